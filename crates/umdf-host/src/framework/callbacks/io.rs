//! Callbacks of queues, requests and files. Those of one synchronization scope never run in parallel.

use std::ptr::null_mut;

use wdk_portable::{
    PFN_WDF_DEVICE_FILE_CREATE, PFN_WDF_FILE_CLEANUP, PFN_WDF_IO_QUEUE_IO_DEFAULT,
    PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL, PFN_WDF_IO_QUEUE_IO_READ, PFN_WDF_IO_QUEUE_IO_STOP,
    PFN_WDF_IO_QUEUE_STATE, PFN_WDF_REQUEST_CANCEL, PFN_WDF_REQUEST_IMPERSONATE,
    WDF_REQUEST_COMPLETION_PARAMS,
};

use super::{arguments, name};
use crate::framework::device::files;
use crate::framework::request::outgoing::Routine;
use crate::framework::{Handle, serialize};
use crate::gate;
use crate::host::host;
use crate::status;

/// Runs a callback of a queue, with the queue's callback lock held.
fn of_queue(event: &'static str, queue: Handle, arguments: String, invoke: impl FnOnce()) {
    let lock = serialize::lock_of(&host().state().objects, queue);
    serialize::with(host(), lock, || gate::callback(event, &name(queue), arguments, invoke));
}

/// EvtDeviceFileCreate.
pub fn file_create(
    function: PFN_WDF_DEVICE_FILE_CREATE,
    device: Handle,
    request: Handle,
    file: Option<Handle>,
) {
    let Some(function) = function else { return };
    let arguments = format!("{}, FileObject={}", arguments(&[("Request", request)]), name_or_null(file));
    let lock = files::lock(&host().state().objects, device);
    serialize::with(host(), lock, || {
        gate::callback("EvtDeviceFileCreate", &name(device), arguments, || {
            // SAFETY: see the head of the module above.
            unsafe { function(device.raw(), request.raw(), file.map_or(null_mut(), Handle::raw)) };
        });
    });
}

fn name_or_null(object: Option<Handle>) -> String {
    object.map_or_else(|| "NULL".to_owned(), name)
}

/// EvtFileCleanup or EvtFileClose, which have the same signature.
pub fn file_notice(
    event: &'static str,
    function: PFN_WDF_FILE_CLEANUP,
    device: Handle,
    file: Option<Handle>,
) {
    let Some(function) = function else { return };
    let lock = files::lock(&host().state().objects, device);
    serialize::with(host(), lock, || {
        gate::callback(event, &name_or_null(file), String::new(), || {
            // SAFETY: see the head of the module above.
            unsafe { function(file.map_or(null_mut(), Handle::raw)) };
        });
    });
}

/// EvtIoDeviceControl.
pub fn device_control(
    function: PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL,
    queue: Handle,
    request: Handle,
    output: usize,
    input: usize,
    code: u32,
) {
    let Some(function) = function else { return };
    let arguments = format!(
        "{}, OutputBufferLength={output:#x}, InputBufferLength={input:#x}, IoControlCode={}",
        arguments(&[("Request", request)]),
        host().ioctls.describe(code)
    );
    of_queue("EvtIoDeviceControl", queue, arguments, || {
        // SAFETY: see the head of the module above.
        unsafe { function(queue.raw(), request.raw(), output, input, code) };
    });
}

/// EvtIoRead or EvtIoWrite, which have the same signature.
pub fn transfer(
    event: &'static str,
    function: PFN_WDF_IO_QUEUE_IO_READ,
    queue: Handle,
    request: Handle,
    length: usize,
) {
    let Some(function) = function else { return };
    let arguments = format!("{}, Length={length:#x}", arguments(&[("Request", request)]));
    of_queue(event, queue, arguments, || {
        // SAFETY: see the head of the module above.
        unsafe { function(queue.raw(), request.raw(), length) };
    });
}

/// EvtIoDefault, EvtIoResume or EvtIoCanceledOnQueue, which have the same signature.
pub fn request(event: &'static str, function: PFN_WDF_IO_QUEUE_IO_DEFAULT, queue: Handle, request: Handle) {
    let Some(function) = function else { return };
    of_queue(event, queue, arguments(&[("Request", request)]), || {
        // SAFETY: see the head of the module above.
        unsafe { function(queue.raw(), request.raw()) };
    });
}

/// EvtIoStop. The driver may complete the request at the same time and must synchronize, as on
/// Windows.
pub fn stop(function: PFN_WDF_IO_QUEUE_IO_STOP, queue: Handle, request: Handle, flags: u32) {
    let Some(function) = function else { return };
    let arguments = format!("{}, ActionFlags={flags:#x}", arguments(&[("Request", request)]));
    of_queue("EvtIoStop", queue, arguments, || {
        // SAFETY: see the head of the module above.
        unsafe { function(queue.raw(), request.raw(), flags) };
    });
}

/// EvtIoQueueState: a queue reached the state that the driver waits for. `context` is the driver's
/// own and opaque here.
pub fn queue_state(function: PFN_WDF_IO_QUEUE_STATE, queue: Handle, context: usize) {
    let Some(function) = function else { return };
    of_queue("EvtIoQueueState", queue, String::new(), || {
        // SAFETY: see the head of the module above.
        unsafe { function(queue.raw(), std::ptr::with_exposed_provenance_mut(context)) };
    });
}

/// EvtRequestCancel.
pub fn request_cancel(function: PFN_WDF_REQUEST_CANCEL, queue: Handle, request: Handle) {
    let Some(function) = function else { return };
    of_queue("EvtRequestCancel", queue, arguments(&[("Request", request)]), || {
        // SAFETY: see the head of the module above.
        unsafe { function(request.raw()) };
    });
}

/// The CompletionRoutine of a request that was sent. No callback lock is held: the framework synchronizes
/// these with nothing.
pub fn completion(routine: Routine, request: Handle, target: Handle, params: WDF_REQUEST_COMPLETION_PARAMS) {
    let Some(function) = routine.function else { return };
    // SAFETY: the framework fills this member.
    let status = unsafe { params.IoStatus.__bindgen_anon_1.Status };
    let arguments = format!(
        "{}, Status={}, Information={:#x}",
        arguments(&[("Target", target)]),
        status::describe(status),
        params.IoStatus.Information
    );
    gate::callback("CompletionRoutine", &name(request), arguments, || {
        let mut params = params;
        let context = std::ptr::with_exposed_provenance_mut(routine.context);
        // SAFETY: see the head of the module above; the parameters live until the routine returns.
        unsafe { function(request.raw(), target.raw(), &raw mut params, context) };
    });
}

/// EvtRequestImpersonate. `context` is the driver's own and opaque here.
pub fn request_impersonate(
    function: PFN_WDF_REQUEST_IMPERSONATE,
    request: Handle,
    context: *mut std::ffi::c_void,
) {
    let Some(function) = function else { return };
    gate::callback("EvtRequestImpersonate", &name(request), String::new(), || {
        // SAFETY: see the head of the module above.
        unsafe { function(request.raw(), context) };
    });
}
