//! Requests that are sent and come back later.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_REQUEST_TYPE as RequestType, STATUS_BUFFER_TOO_SMALL, STATUS_CANCELLED,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_IO_TIMEOUT, STATUS_PENDING, STATUS_SUCCESS,
    WDF_REQUEST_COMPLETION_PARAMS, WDFMEMORY_OFFSET, WDFREQUEST,
};

use crate::calls::{
    IGNORING, LATE, NOT_ACCEPTED, SOON, TIMED, came, cancel, delete, format, format_with, listen, make, next,
    returned, reuse, send, send_with, status_of, wait_until,
};
use crate::case::below;
use crate::device::target;
use crate::made::params;
use crate::memory::allocate;
use crate::says::expect;
use crate::wdf::wdf;

pub fn check() {
    answers();
    transfers();
    without_a_routine();
    cancelled();
    timed_out();
    expect("nothing else came back", came().len(), 0);
}

/// Formats and sends a request that the stack below keeps.
pub fn send_kept(request: WDFREQUEST, flags: i32, timeout: i64) {
    expect("format", format(request, below::KEPT), STATUS_SUCCESS);
    listen(request, 7);
    expect("sent", send_with(request, target(), flags, timeout), true);
}

fn answers() {
    let request = make();
    let (memory, _) = allocate(8);
    let part = WDFMEMORY_OFFSET { BufferOffset: 3, BufferLength: 0 };
    expect("format", format_with(request, below::ANSWERED, memory, Some(part)), STATUS_SUCCESS);
    listen(request, 42);
    expect("sent", send(request, target()), true);
    let came = next();
    expect("request of the routine", came.request, request);
    expect("target of the routine", came.target, target());
    expect("context of the routine", came.context, 42);
    expect("the routine is called on another thread", came.is_from_here(), false);
    expect("what came back", (came.status(), came.information()), (STATUS_SUCCESS, 4));
    check_control("routine", &came.params, memory);
    check_control("request", &params(request), memory);
    expect("status of the request", status_of(request), STATUS_SUCCESS);
    expect("information of the request", wdf!(WdfRequestGetInformation, request), 4);

    expect("it must be formatted anew", (send(request, target()), status_of(request)), (false, NOT_ACCEPTED));
    expect("format again", format(request, below::UNKNOWN), STATUS_SUCCESS);
    listen(request, 43);
    expect("sent again", send(request, target()), true);
    expect("unknown below", returned(), (STATUS_INVALID_DEVICE_REQUEST, 0));
    expect("status of the unknown", status_of(request), STATUS_INVALID_DEVICE_REQUEST);

    let short = WDFMEMORY_OFFSET { BufferOffset: 0, BufferLength: 3 };
    expect(
        "format with too little",
        format_with(request, below::ANSWERED, memory, Some(short)),
        STATUS_SUCCESS,
    );
    listen(request, 44);
    expect("sent with too little", send(request, target()), true);
    expect("too little for the output", returned(), (STATUS_BUFFER_TOO_SMALL, 0));
    expect("format without a buffer", format(request, below::ANSWERED), STATUS_SUCCESS);
    listen(request, 45);
    expect("sent without a buffer", send(request, target()), true);
    expect("no buffer for the output", returned(), (STATUS_BUFFER_TOO_SMALL, 0));
    wdf!(WdfObjectDelete, memory.cast());
    delete(request);
}

/// The parameters of the answered I/O control request.
fn check_control(of: &str, params: &WDF_REQUEST_COMPLETION_PARAMS, memory: wdk_sys::WDFMEMORY) {
    expect(&format!("type in the {of}"), params.Type, RequestType::WdfRequestTypeDeviceControl);
    // SAFETY: the type says which member it is.
    let control = unsafe { params.Parameters.Ioctl };
    expect(&format!("code in the {of}"), control.IoControlCode, below::ANSWERED);
    let input = (control.Input.Buffer, control.Input.Offset);
    expect(&format!("input in the {of}"), input, (null_mut(), 0));
    let output = (control.Output.Buffer, control.Output.Offset, control.Output.Length);
    expect(&format!("output in the {of}"), output, (memory, 3, 4));
}

/// Reads and writes, which the stack below does not know.
fn transfers() {
    let request = make();
    let (memory, _) = allocate(8);
    let mut part = WDFMEMORY_OFFSET { BufferOffset: 1, BufferLength: 2 };
    let (mut offset, refused) = (16, (STATUS_INVALID_DEVICE_REQUEST, 0));
    let (at, from) = (&raw mut part, &raw mut offset);
    let read = wdf!(WdfIoTargetFormatRequestForRead, target(), request, memory, at, from);
    expect("format a read", read, STATUS_SUCCESS);
    listen(request, 1);
    expect("a read is sent", send(request, target()), true);
    expect("a read comes back", returned(), refused);
    let given = params(request);
    // SAFETY: a read.
    let read = unsafe { given.Parameters.Read };
    let came = (given.Type, read.Buffer, read.Offset, read.Length);
    expect("parameters of a read", came, (RequestType::WdfRequestTypeRead, memory, 1, 0));

    let (at, from) = (&raw mut part, &raw mut offset);
    let write = wdf!(WdfIoTargetFormatRequestForWrite, target(), request, memory, at, from);
    expect("format a write", write, STATUS_SUCCESS);
    listen(request, 2);
    expect("a write is sent", send(request, target()), true);
    expect("a write comes back", returned(), refused);
    let given = params(request);
    // SAFETY: a write.
    let write = unsafe { given.Parameters.Write };
    let came = (given.Type, write.Buffer, write.Offset, write.Length);
    expect("parameters of a write", came, (RequestType::WdfRequestTypeWrite, memory, 1, 0));
    wdf!(WdfObjectDelete, memory.cast());
    delete(request);
}

/// A request of the driver may do without a completion routine.
fn without_a_routine() {
    let request = make();
    expect("a status to be replaced", reuse(request, STATUS_PENDING), STATUS_SUCCESS);
    expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    expect("sent without a routine", send(request, target()), true);
    wait_until("it comes back", || status_of(request) == STATUS_INVALID_DEVICE_REQUEST);
    wdf!(WdfRequestSetCompletionRoutine, request, None, null_mut());
    delete(request);
}

fn cancelled() {
    let request = make();
    send_kept(request, 0, 0);
    expect("a kept request is cancelled", cancel(request), true);
    let came = next();
    expect("it comes back cancelled", (came.status(), came.context), (STATUS_CANCELLED, 7));
    expect("on another thread", came.is_from_here(), false);
    expect("nobody is left to cancel", cancel(request), false);
    expect("format of the cancelled", format(request, below::ANSWERED), STATUS_SUCCESS);
    let resent = (send(request, target()), status_of(request));
    expect("it must be reused first", resent, (false, STATUS_CANCELLED));
    expect("reuse", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    send_kept(request, IGNORING, 0);
    expect("cancelled again", cancel(request), true);
    expect("cancelled twice", cancel(request), false);
    expect("and comes back again", returned().0, STATUS_CANCELLED);
    delete(request);
}

fn timed_out() {
    let request = make();
    expect("timer beforehand", wdf!(WdfRequestAllocateTimer, request), STATUS_SUCCESS);
    send_kept(request, TIMED, SOON);
    expect("timeout with a timer made beforehand", returned().0, STATUS_IO_TIMEOUT);
    expect("status after the timeout", status_of(request), STATUS_IO_TIMEOUT);
    delete(request);
    let request = make();
    send_kept(request, TIMED, SOON);
    expect("timeout without one", returned().0, STATUS_IO_TIMEOUT);
    expect("reuse after a timeout", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    send_kept(request, TIMED, 0);
    expect("a timeout of nothing is none", cancel(request), true);
    expect("so it is cancelled", returned().0, STATUS_CANCELLED);
    expect("reuse again", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    send_kept(request, TIMED, LATE);
    expect("cancelled in time", cancel(request), true);
    expect("no timeout", returned().0, STATUS_CANCELLED);
    expect("reuse once more", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    listen(request, 8);
    expect("sent", send_with(request, target(), TIMED, LATE), true);
    expect("it comes back in time", returned().0, STATUS_INVALID_DEVICE_REQUEST);
    delete(request);
}
