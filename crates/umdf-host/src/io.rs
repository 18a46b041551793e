//! What the I/O manager, the reflector and the framework's I/O package do with requests.

use std::sync::mpsc::{Receiver, channel};

use wdk_portable::{
    _WDF_REQUEST_STOP_ACTION_FLAGS as StopFlags, _WDF_REQUEST_TYPE as RequestType, NTSTATUS,
    STATUS_CANCELLED, STATUS_DEVICE_BUSY, STATUS_INSUFFICIENT_RESOURCES, STATUS_INTERNAL_ERROR,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_SUCCESS,
};

use crate::framework::device::{Device, file_attributes, request_attributes};
use crate::framework::fileobject::FileObject;
use crate::framework::io::Queue;
use crate::framework::request::{Buffer, Completion, Kind, Request};
use crate::framework::{Handle, Stop, callbacks, object};
use crate::history::Actor;
use crate::host::{Host, State, host};
use crate::rules::Rule;
use crate::status::{STATUS_WDF_BUSY, STATUS_WDF_PAUSED};

/// An application's open handle.
#[derive(Clone, Copy)]
pub struct Open {
    number: u64,
    file: Option<Handle>,
}

/// Opens the device. The number tells the opens of a scenario apart.
pub fn open(host: &'static Host, number: u64) -> Result<Open, NTSTATUS> {
    let (device, callback, route) = {
        let state = host.state();
        let device = state.device.ok_or(STATUS_INVALID_DEVICE_STATE)?;
        let body = state.objects.get::<Device>(device).ok_or(STATUS_INVALID_DEVICE_STATE)?;
        if body.removed || !body.interfaces.any_enabled() {
            return Err(STATUS_INVALID_DEVICE_STATE);
        }
        let route = body.routes.get(&RequestType::WdfRequestTypeCreate).copied();
        let callback = match &body.files {
            None if route.is_none() => return Ok(Open { number, file: None }),
            files => files.as_ref().and_then(|files| files.config.EvtDeviceFileCreate),
        };
        (device, callback, route)
    };
    let file = {
        let mut state = host.state();
        let attributes = file_attributes(host, &state, device).map_err(|stop| match stop {
            Stop::Status(status) => status,
            Stop::NoEffect => STATUS_INVALID_DEVICE_STATE,
        })?;
        state.objects.create(host, FileObject { device }, Some(device), attributes)
    };
    let open = Open { number, file: Some(file) };
    if callback.is_none() && route.is_none() {
        return Ok(open);
    }
    let (answer, completion) = channel();
    let body = Request {
        kind: Kind::Create,
        file: Some(file),
        open: number,
        queue: route.filter(|_| callback.is_none()),
        owned: callback.is_some(),
        completing: false,
        cancelled: false,
        information: 0,
        answer,
    };
    let request = {
        let mut state = host.state();
        let attributes = request_attributes(host, &state, device).unwrap_or_default();
        state.objects.create(host, body, Some(device), attributes)
    };
    match route {
        Some(queue) if callback.is_none() => enqueue(host, queue, request),
        _ => dispatch(host, move || callbacks::file_create(callback, device, request, file)),
    }
    let status = if let Ok(completion) = completion.recv_timeout(host.deadline) {
        completion.status
    } else {
        let name = host.state().objects.name(request);
        let message = format!("open {number} waits for {name}, which the driver keeps");
        host.violation(Rule::ReqNotCompleted, message);
        complete(host, request, STATUS_CANCELLED, Some(0));
        STATUS_CANCELLED
    };
    if status < 0 {
        object::delete(host, file);
        return Err(status);
    }
    Ok(open)
}

/// Sends an I/O control request; its completion arrives at the receiver.
pub fn device_control(
    host: &'static Host,
    open: Open,
    code: u32,
    input: &[u8],
    output_length: usize,
) -> Receiver<Completion> {
    let (answer, completion) = channel();
    let refuse = |status| {
        let _ = answer.send(Completion { status, output: Vec::new(), information: 0 });
    };
    let mut state = host.state();
    let device =
        state.device.filter(|device| state.objects.get::<Device>(*device).is_some_and(|d| !d.removed));
    let Some(device) = device else {
        refuse(STATUS_INVALID_DEVICE_STATE);
        return completion;
    };
    let queue = state.objects.get::<Device>(device).and_then(|device| {
        device.routes.get(&RequestType::WdfRequestTypeDeviceControl).copied().or(device.default_queue)
    });
    let Some(queue) = queue else {
        refuse(STATUS_INVALID_DEVICE_REQUEST);
        return completion;
    };
    if !state.objects.get::<Queue>(queue).is_some_and(|queue| queue.accepting) {
        refuse(STATUS_INVALID_DEVICE_STATE);
        return completion;
    }
    let (Some(input), Some(output)) = (Buffer::with(input), Buffer::zeroed(output_length)) else {
        refuse(STATUS_INSUFFICIENT_RESOURCES);
        return completion;
    };
    let body = Request {
        kind: Kind::DeviceControl { code, input, output },
        file: open.file,
        open: open.number,
        queue: Some(queue),
        owned: false,
        completing: false,
        cancelled: false,
        information: 0,
        answer,
    };
    let attributes = request_attributes(host, &state, device).unwrap_or_default();
    let request = state.objects.create(host, body, Some(queue), attributes);
    drop(state);
    enqueue(host, queue, request);
    completion
}

/// Puts a new request at the end of a queue.
fn enqueue(host: &'static Host, queue: Handle, request: Handle) {
    if let Some(queue) = host.state().objects.get_mut::<Queue>(queue) {
        queue.waiting.push_back(request);
    }
    present(host, queue);
}

/// Closes an open handle: EvtFileCleanup, then the requests of this open are cancelled, then
/// EvtFileClose.
pub fn close(host: &'static Host, open: Open) {
    let callbacks = {
        let state = host.state();
        let device = state.device.and_then(|device| state.objects.get::<Device>(device));
        device
            .and_then(|device| device.files.as_ref())
            .map(|files| (files.config.EvtFileCleanup, files.config.EvtFileClose))
    };
    let (cleanup, close) = callbacks.unwrap_or((None, None));
    if let Some(file) = open.file {
        callbacks::file_notice("EvtFileCleanup", cleanup, file);
    }
    let of_this_open = move |state: &State, request: Handle| {
        state.objects.get::<Request>(request).is_some_and(|request| request.open == open.number)
    };
    for request in host.state().objects.all_mut::<Request>().filter(|request| request.open == open.number) {
        request.cancelled = true;
    }
    cancel_waiting(host, of_this_open);
    wait_for_driver(host, &format!("close of open {}", open.number), of_this_open);
    if let Some(file) = open.file {
        callbacks::file_notice("EvtFileClose", close, file);
        object::delete(host, file);
    }
}

/// Presents waiting requests of a queue to the driver, as many as it may own.
pub fn present(host: &'static Host, queue: Handle) {
    loop {
        let mut state = host.state();
        let may_present = state.objects.get::<Queue>(queue).is_some_and(|queue| {
            let powered = !queue.power_managed
                || state.objects.get::<Device>(queue.device).is_some_and(|device| device.presenting);
            powered && queue.owned.len() < queue.limit
        });
        if !may_present {
            return;
        }
        let Some(body) = state.objects.get_mut::<Queue>(queue) else { return };
        let Some(request) = body.waiting.pop_front() else { return };
        body.owned.push(request);
        if let Some(request) = state.objects.get_mut::<Request>(request) {
            request.owned = true;
        }
        drop(state);
        dispatch(host, move || invoke(host, queue, request));
    }
}

/// Runs an I/O callback on some thread.
fn dispatch(host: &'static Host, callback: impl FnOnce() + Send + 'static) {
    host.state().dispatching += 1;
    host.pool.spawn(Actor::Io, move || {
        callback();
        host.state().dispatching -= 1;
        host.notify();
    });
}

/// Waits until every I/O callback has returned: the driver may still use its device after it completed
/// the last request. The supervisor ends a callback that hangs.
pub fn wait_for_callbacks(host: &Host) {
    if host.wait(host.hang_limit(), |state| (state.dispatching == 0).then_some(())).is_none() {
        host.end("an I/O callback did not return before the deadline");
    }
}

/// Calls the queue's callback for a request.
fn invoke(host: &'static Host, queue: Handle, request: Handle) {
    let state = host.state();
    let objects = &state.objects;
    let Some(body) = objects.get::<Queue>(queue) else { return };
    let Some(asked) = objects.get::<Request>(request) else { return };
    let control = match &asked.kind {
        Kind::DeviceControl { code, input, output } => Some((*code, input.length, output.length)),
        Kind::Create => None,
    };
    let (device_control, io_default) = (body.device_control, body.io_default);
    drop(state);
    if let (Some((code, input, output)), true) = (control, device_control.is_some()) {
        callbacks::io_device_control(device_control, queue, request, output, input, code);
    } else if io_default.is_some() {
        callbacks::io_default(io_default, queue, request);
    } else {
        complete(host, request, STATUS_INVALID_DEVICE_REQUEST, Some(0));
    }
}

/// Moves a request that the driver owns to the end of another queue.
pub fn forward(_: &Host, request: Handle, destination: Handle) -> Result<NTSTATUS, Stop> {
    let host = host();
    let mut state = host.state();
    let source = state.objects.get::<Request>(request).and_then(|request| request.queue);
    let device_of = |queue| state.objects.get::<Queue>(queue).map(|queue| queue.device);
    if source.and_then(device_of) != device_of(destination) {
        return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
    }
    let cancelled = state.objects.get::<Request>(request).is_some_and(|request| request.cancelled);
    match state.objects.get_mut::<Queue>(destination) {
        Some(queue) if queue.accepting && !cancelled => queue.waiting.push_back(request),
        Some(queue) if queue.accepting => {
            drop(state);
            complete(host, request, STATUS_CANCELLED, Some(0));
            return Ok(STATUS_SUCCESS);
        }
        _ => return Err(Stop::Status(STATUS_WDF_BUSY)),
    }
    if let Some(source) = source.and_then(|source| state.objects.get_mut::<Queue>(source)) {
        source.owned.retain(|owned| *owned != request);
    }
    if let Some(body) = state.objects.get_mut::<Request>(request) {
        body.owned = false;
        body.queue = Some(destination);
    }
    drop(state);
    host.notify();
    if let Some(source) = source {
        present(host, source);
    }
    present(host, destination);
    Ok(STATUS_SUCCESS)
}

/// The status that leaves the framework for one that only WDF drivers know (`fxrequest.cpp`).
fn outside_status(status: NTSTATUS) -> NTSTATUS {
    const FACILITY: u32 = 0xC020_0000;
    const INTERNAL_ERROR: u32 = 0xC020_0201;
    match status.cast_unsigned() {
        _ if status == STATUS_WDF_PAUSED || status == STATUS_WDF_BUSY => STATUS_DEVICE_BUSY,
        INTERNAL_ERROR => STATUS_INTERNAL_ERROR,
        other if other & 0xFFFF_0000 == FACILITY => STATUS_INVALID_DEVICE_REQUEST,
        _ => status,
    }
}

/// Completes a request; `None` keeps the information that the driver set before. The answer is
/// whether it was still to be completed.
pub fn complete(_: &Host, handle: Handle, status: NTSTATUS, information: Option<u64>) -> bool {
    let host = host();
    let mut state = host.state();
    let name = state.objects.name(handle);
    let Some(request) = state.objects.get_mut::<Request>(handle) else { return false };
    if std::mem::replace(&mut request.completing, true) {
        return false;
    }
    let status = outside_status(status);
    let mut information = information.unwrap_or(request.information);
    let output = match &request.kind {
        Kind::DeviceControl { output, .. } => {
            if status >= 0 && output.length > 0 && information > output.length as u64 {
                let message =
                    format!("{name} has {} output bytes and is completed with {information}", output.length);
                host.violation(Rule::ReqInfoTooLarge, message);
                information = output.length as u64;
            }
            // Errors carry no bytes back; successes and warnings do.
            if status.cast_unsigned() >> 30 == 3 { Vec::new() } else { output.bytes(information) }
        }
        Kind::Create => Vec::new(),
    };
    request.owned = false;
    let (answer, queue) = (request.answer.clone(), request.queue);
    if let Some(queue) = queue.and_then(|queue| state.objects.get_mut::<Queue>(queue)) {
        queue.owned.retain(|owned| *owned != handle);
        queue.waiting.retain(|waiting| *waiting != handle);
    }
    drop(state);
    object::delete(host, handle);
    let _ = answer.send(Completion { status, output, information });
    host.notify();
    if let Some(queue) = queue {
        present(host, queue);
    }
    true
}

/// Completes the requests that wait in queues and are `meant`, as cancelled.
fn cancel_waiting(host: &'static Host, meant: impl Fn(&State, Handle) -> bool) {
    let mut state = host.state();
    let waiting = state.objects.all::<Queue>().flat_map(|(_, queue)| queue.waiting.iter().copied());
    let cancelled: Vec<_> = waiting.filter(|request| meant(&state, *request)).collect();
    // Out of the queues before the lock is given up: nobody can present them any more.
    for queue in state.objects.all_mut::<Queue>() {
        queue.waiting.retain(|request| !cancelled.contains(request));
    }
    drop(state);
    for request in cancelled {
        complete(host, request, STATUS_CANCELLED, Some(0));
    }
}

/// Waits until the driver owns no request that is `meant`, and until those that it completed are
/// gone. One that it keeps for longer than the deadline breaks the rule; with the rule switched off
/// the host takes the request away.
fn wait_for_driver(host: &'static Host, why: &str, meant: impl Fn(&State, Handle) -> bool) {
    let owned = |state: &State| -> Vec<Handle> {
        let requests = state.objects.all::<Request>();
        let owned = requests.filter(|(_, request)| request.owned || request.completing);
        owned.map(|(handle, _)| handle).filter(|request| meant(state, *request)).collect()
    };
    if host.wait(host.deadline, |state| owned(state).is_empty().then_some(())).is_some() {
        return;
    }
    let (kept, names) = {
        let state = host.state();
        let kept = owned(&state);
        let names: Vec<_> = kept.iter().map(|request| state.objects.name(*request)).collect();
        (kept, names.join(", "))
    };
    host.violation(Rule::ReqNotCompleted, format!("{why} waits for {names}, which the driver keeps"));
    for request in kept {
        complete(host, request, STATUS_CANCELLED, Some(0));
    }
}

fn is_power_managed(state: &State, request: Handle) -> bool {
    let queue = state.objects.get::<Request>(request).and_then(|request| request.queue);
    queue.and_then(|queue| state.objects.get::<Queue>(queue)).is_some_and(|queue| queue.power_managed)
}

/// Lets power-managed queues present requests.
pub fn resume_queues(host: &'static Host, device: Handle) {
    let queues: Vec<_> = {
        let mut state = host.state();
        if let Some(device) = state.objects.get_mut::<Device>(device) {
            device.presenting = true;
        }
        state.objects.all::<Queue>().map(|(handle, _)| handle).collect()
    };
    for queue in queues {
        present(host, queue);
    }
}

/// Holds the power-managed queues: nothing is presented any more, the driver gets EvtIoStop for
/// each request that it owns, and the host waits until it has none.
pub fn hold_queues(host: &'static Host, device: Handle) {
    if let Some(device) = host.state().objects.get_mut::<Device>(device) {
        device.presenting = false;
    }
    tell_driver_to_stop(host, StopFlags::WdfRequestStopActionSuspend as u32);
    wait_for_driver(host, "power-down", is_power_managed);
}

/// Purges queues: new requests are refused, waiting ones cancelled, and the host waits until the
/// driver has none left.
pub fn purge_queues(host: &'static Host, power_managed: bool) {
    let meant = move |state: &State, request: Handle| is_power_managed(state, request) == power_managed;
    for queue in host.state().objects.all_mut::<Queue>() {
        if queue.power_managed == power_managed {
            queue.accepting = false;
        }
    }
    cancel_waiting(host, meant);
    if power_managed {
        tell_driver_to_stop(host, StopFlags::WdfRequestStopActionPurge as u32);
    }
    wait_for_driver(host, "removal", meant);
}

fn tell_driver_to_stop(host: &'static Host, flags: u32) {
    let stops: Vec<_> = {
        let state = host.state();
        let queues = state.objects.all::<Queue>().filter(|(_, queue)| queue.power_managed);
        let stops = queues.filter_map(|(handle, queue)| Some((handle, queue.io_stop?, queue.owned.clone())));
        stops
            .flat_map(|(queue, stop, owned)| owned.into_iter().map(move |request| (queue, stop, request)))
            .collect()
    };
    for (queue, stop, request) in stops {
        let owned = host.state().objects.get::<Request>(request).is_some_and(|request| request.owned);
        if owned {
            callbacks::io_stop(Some(stop), queue, request, flags);
        }
    }
}
