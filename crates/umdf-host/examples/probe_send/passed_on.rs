//! Requests of applications that the driver sends on.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

use wdk_sys::{
    _WDF_IO_TARGET_SENT_IO_ACTION as SentAction, _WDF_REQUEST_SEND_OPTIONS_FLAGS as Flags,
    _WDF_REQUEST_STOP_ACTION_FLAGS as StopFlags, STATUS_INVALID_DEVICE_REQUEST, ULONG,
    WDF_REQUEST_COMPLETION_PARAMS, WDFCONTEXT, WDFIOTARGET, WDFOBJECT, WDFQUEUE, WDFREQUEST, WDFREQUEST__,
};

use crate::calls::{
    FORGET, IGNORING, SYNCHRONOUS, came, cancel, format, make, send as send_off, send_with, slow_down,
    status_of, wait_until,
};
use crate::case::{Case, TOGETHER, Trip, below};
use crate::device::target;
use crate::says::expect;
use crate::wdf::{complete, wdf};
use crate::{asked, trips};

/// The last request that was passed on.
pub static SENT: AtomicPtr<WDFREQUEST__> = AtomicPtr::new(null_mut());
/// Requests that were sent on, or are about to be.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Completes an application's request with what it came back with.
pub unsafe extern "C" fn completion_routine(
    request: WDFREQUEST,
    target: WDFIOTARGET,
    params: *mut WDF_REQUEST_COMPLETION_PARAMS,
    _context: WDFCONTEXT,
) {
    // SAFETY: the framework's parameters, which live until the routine returns.
    let params = unsafe { params.read() };
    // SAFETY: the framework fills this member.
    let status = unsafe { params.IoStatus.__bindgen_anon_1.Status };
    expect("target of a passed on request", target, crate::device::target());
    expect("status of a passed on request", status_of(request), status);
    let unformatted = wdk_sys::_WDF_REQUEST_TYPE::WdfRequestTypeNoFormat;
    expect("type of a passed on request", params.Type, unformatted);
    // With the information that it has.
    wdf!(WdfRequestComplete, request, status);
}

/// Sets the routine that completes the request.
pub fn listen(request: WDFREQUEST) {
    wdf!(WdfRequestSetCompletionRoutine, request, Some(completion_routine), null_mut());
}

/// Sends a request on as the run wants it.
pub fn send(request: WDFREQUEST) {
    send_on(request);
    COUNT.fetch_add(1, Ordering::Relaxed);
}

/// Waits until a request was sent on.
pub fn wait() {
    wait_until("a request is sent on", || COUNT.load(Ordering::Relaxed) > 0);
}

fn send_on(request: WDFREQUEST) {
    if asked(Case::LeaveSent) {
        leave_sent();
    }
    if asked(Case::PassOnLate) || asked(Case::ForgetLate) {
        COUNT.fetch_add(1, Ordering::Relaxed);
        wait_until("the application cancels", || wdf!(WdfRequestIsCanceled, request) != 0);
    }
    if asked(Case::Forget) || asked(Case::ForgetLate) {
        expect("forgotten", send_with(request, target(), FORGET, 0), true);
        return;
    }
    wdf!(WdfRequestFormatRequestUsingCurrentType, request);
    if asked(Case::Wait) || asked(Case::WaitTogether) {
        COUNT.fetch_add(1, Ordering::Relaxed);
        if asked(Case::WaitTogether) {
            let all_are_here = || COUNT.load(Ordering::Relaxed) >= TOGETHER;
            wait_until("all are to be sent", all_are_here);
        }
        expect("sent and awaited", send_with(request, target(), SYNCHRONOUS, 0), true);
        let status = status_of(request);
        wdf!(WdfRequestComplete, request, status);
        return;
    }
    if asked(Case::PassOnToStopped) {
        wdf!(WdfIoTargetStop, target(), SentAction::WdfIoTargetCancelSentIo);
    }
    listen(request);
    expect("passed on", send_off(request, target()), true);
    SENT.store(request, Ordering::Relaxed);
}

/// How each request of the driver is sent that nobody cancels.
const LEFT: [i32; 3] = [0, 0, IGNORING];

/// The first one to come back takes its time.
fn leave_sent() {
    slow_down(100);
    for (flags, context) in LEFT.into_iter().zip(1..) {
        let kept = make();
        expect("format", format(kept, below::KEPT), 0);
        crate::calls::listen(kept, context);
        expect("sent", send_with(kept, target(), flags, 0), true);
    }
}

/// The device goes.
pub unsafe extern "C" fn evt_cleanup_callback(_device: WDFOBJECT) {
    let left = if asked(Case::LeaveSent) { LEFT.len() } else { 0 };
    expect("all came back, and their routines returned", came().len(), left);
}

/// Reads and writes.
pub unsafe extern "C" fn evt_io_default(_queue: WDFQUEUE, request: WDFREQUEST) {
    send(request);
}

/// Opens: sent on in the name of the application, and refused below. The last one in the name of the
/// driver, which the framework sees no fault in.
pub unsafe extern "C" fn evt_io_default_of_opens(_queue: WDFQUEUE, request: WDFREQUEST) {
    if trips(Trip::ForgetOpen) {
        let sent = send_with(request, target(), FORGET, 0);
        expect("an open is forgotten", sent, true);
        return;
    }
    wdf!(WdfRequestFormatRequestUsingCurrentType, request);
    let in_its_name = SYNCHRONOUS
        | Flags::WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT
        | Flags::WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE;
    expect("an open is passed on", send_with(request, target(), in_its_name, 0), true);
    expect("an open is refused below", status_of(request), STATUS_INVALID_DEVICE_REQUEST);
    complete(request, STATUS_INVALID_DEVICE_REQUEST, 0);
}

pub unsafe extern "C" fn evt_io_stop(_queue: WDFQUEUE, request: WDFREQUEST, flags: ULONG) {
    let suspend = StopFlags::WdfRequestStopActionSuspend.cast_unsigned();
    expect("flags of EvtIoStop", flags, suspend);
    expect("cancelled by EvtIoStop", cancel(request), true);
}
