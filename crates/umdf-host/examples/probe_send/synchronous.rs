//! Requests that the driver waits for.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_MEMORY_DESCRIPTOR_TYPE as DescriptorType, _WDF_REQUEST_TYPE as RequestType, NTSTATUS, PVOID,
    STATUS_BUFFER_TOO_SMALL, STATUS_CANCELLED, STATUS_INFO_LENGTH_MISMATCH, STATUS_INSUFFICIENT_RESOURCES,
    STATUS_INTEGER_OVERFLOW, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE,
    STATUS_INVALID_PARAMETER, STATUS_IO_TIMEOUT, STATUS_SUCCESS, ULONG, WDF_MEMORY_DESCRIPTOR,
    WDF_REQUEST_SEND_OPTIONS, WDFMEMORY, WDFMEMORY_OFFSET, WDFREQUEST,
};

use crate::calls::{
    LATE, SOON, SYNCHRONOUS, TIMED, came, cancel, delete, format, listen, make, make_for, options, reuse,
    send_with, status_of,
};
use crate::case::below;
use crate::device::target;
use crate::made::params;
use crate::memory::allocate;
use crate::says::expect;
use crate::wdf::wdf;

pub fn check() {
    sent();
    buffers();
    memory_objects();
    refusals();
    with_a_request();
}

/// WdfRequestSend that waits.
fn sent() {
    let request = make();
    expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    listen(request, 9);
    expect("sent and awaited", send_with(request, target(), SYNCHRONOUS, 0), true);
    let calls = came();
    let called = calls.first().map(|came| (came.context, came.status()));
    expect("the routine was called before", called, Some((9, STATUS_INVALID_DEVICE_REQUEST)));
    expect("status after the wait", status_of(request), STATUS_INVALID_DEVICE_REQUEST);
    expect("format again", format(request, below::KEPT), STATUS_SUCCESS);
    expect("awaited in vain", send_with(request, target(), SYNCHRONOUS | TIMED, SOON), true);
    expect("status after the timeout", status_of(request), STATUS_IO_TIMEOUT);
    expect("the first routine is not called again", came().len(), 0);
    expect("reuse", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    expect("format in time", format(request, below::UNKNOWN), STATUS_SUCCESS);
    expect("awaited in time", send_with(request, target(), SYNCHRONOUS | TIMED, LATE), true);
    expect("status in time", status_of(request), STATUS_INVALID_DEVICE_REQUEST);
    delete(request);
}

fn descriptor(kind: i32, buffer: PVOID, length: ULONG) -> WDF_MEMORY_DESCRIPTOR {
    let mut descriptor = WDF_MEMORY_DESCRIPTOR { Type: kind, ..WDF_MEMORY_DESCRIPTOR::default() };
    descriptor.u.BufferType.Buffer = buffer;
    descriptor.u.BufferType.Length = length;
    descriptor
}

/// An I/O control request in one call; status and bytes that came back.
fn control(
    request: WDFREQUEST,
    code: ULONG,
    output: Option<WDF_MEMORY_DESCRIPTOR>,
    options: Option<WDF_REQUEST_SEND_OPTIONS>,
) -> (NTSTATUS, u64) {
    let (mut output, mut options, mut bytes) = (output, options, 99);
    let output = output.as_mut().map_or(null_mut(), |output| &raw mut *output);
    let options = options.as_mut().map_or(null_mut(), |options| &raw mut *options);
    let (input, back) = (null_mut(), &raw mut bytes);
    let status =
        wdf!(WdfIoTargetSendIoctlSynchronously, target(), request, code, input, output, options, back);
    (status, bytes)
}

fn buffers() {
    let mut place = [0_u8; 6];
    let kind = DescriptorType::WdfMemoryDescriptorTypeBuffer;
    let mut into = |length| Some(descriptor(kind, (&raw mut place).cast(), length));
    let (whole, short) = (into(6), into(3));
    let none = null_mut();
    expect("an answer", control(none, below::ANSWERED, whole, None), (STATUS_SUCCESS, 4));
    expect("the bytes of the answer", place, [1, 2, 3, 4, 0, 0]);
    place.fill(0);
    expect("too little for it", control(none, below::ANSWERED, short, None), (STATUS_BUFFER_TOO_SMALL, 0));
    expect("no bytes of it", place, [0; 6]);
    expect("nothing for it", control(none, below::ANSWERED, None, None), (STATUS_BUFFER_TOO_SMALL, 0));
    let timed = Some(options(TIMED, SOON));
    expect("a timeout", control(none, below::KEPT, whole, timed), (STATUS_IO_TIMEOUT, 0));
    let mut mdl = 0_u8;
    let mdl = descriptor(DescriptorType::WdfMemoryDescriptorTypeMdl, (&raw mut mdl).cast(), 1);
    let refused = (STATUS_INSUFFICIENT_RESOURCES, 99);
    expect("an MDL", control(none, below::ANSWERED, Some(mdl), None), refused);
}

fn memory_objects() {
    let (memory, bytes) = allocate(8);
    let into = |memory: WDFMEMORY, offsets: Option<&mut WDFMEMORY_OFFSET>| {
        let kind = DescriptorType::WdfMemoryDescriptorTypeHandle;
        let mut descriptor = WDF_MEMORY_DESCRIPTOR { Type: kind, ..WDF_MEMORY_DESCRIPTOR::default() };
        descriptor.u.HandleType.Memory = memory;
        descriptor.u.HandleType.Offsets = offsets.map_or(null_mut(), |offsets| &raw mut *offsets);
        descriptor
    };
    let (none, code) = (null_mut(), below::ANSWERED);
    let mut part = WDFMEMORY_OFFSET { BufferOffset: 4, BufferLength: 0 };
    let output = into(memory, Some(&mut part));
    expect("an answer in a memory object", control(none, code, Some(output), None), (STATUS_SUCCESS, 4));
    // SAFETY: the memory object's eight bytes.
    let came = unsafe { bytes.cast::<[u8; 8]>().read() };
    expect("the bytes in the memory object", came, [0, 0, 0, 0, 1, 2, 3, 4]);
    part.BufferOffset = 9;
    let output = into(memory, Some(&mut part));
    let refused = (STATUS_INTEGER_OVERFLOW, 99);
    expect("a part beyond the memory object", control(none, code, Some(output), None), refused);
    wdf!(WdfObjectDelete, memory.cast());
}

/// What the call refuses without a report.
fn refusals() {
    let good = options(0, 0);
    let none = null_mut();
    for (what, given, expected) in [
        ("size", WDF_REQUEST_SEND_OPTIONS { Size: 8, ..good }, STATUS_INFO_LENGTH_MISMATCH),
        ("flag", options(0x10, 0), STATUS_INVALID_PARAMETER),
        ("combination", options(crate::calls::FORGET | TIMED, 0), STATUS_INVALID_PARAMETER),
        ("impersonation", options(0x1_0000, 0), STATUS_INVALID_PARAMETER),
    ] {
        let came = control(none, below::ANSWERED, None, Some(given));
        expect(&format!("options of a wrong {what}"), came, (expected, 99));
    }
    for kind in 0..=4 {
        let came = control(none, below::ANSWERED, Some(descriptor(kind, null_mut(), 0)), None);
        expect(&format!("memory descriptor {kind} of nothing"), came, (STATUS_INVALID_PARAMETER, 99));
    }
}

/// With a request of the driver in place of one of the framework.
fn with_a_request() {
    let request = make_for(null_mut());
    let answer = control(request, below::UNKNOWN, None, None);
    expect("an answer to a request", answer, (STATUS_INVALID_DEVICE_REQUEST, 0));
    expect("its status", status_of(request), STATUS_INVALID_DEVICE_REQUEST);
    expect("format", format(request, below::KEPT), STATUS_SUCCESS);
    expect("its parameters", params(request).Type, RequestType::WdfRequestTypeDeviceControl);
    listen(request, 10);
    let timed = Some(options(TIMED, SOON));
    expect("its timeout", control(request, below::KEPT, None, timed), (STATUS_IO_TIMEOUT, 0));
    expect("its routine is not called", came().len(), 0);
    let cancelled = control(request, below::UNKNOWN, None, None);
    expect("it must be reused", cancelled, (STATUS_CANCELLED, 0));
    expect("its status then", status_of(request), STATUS_CANCELLED);
    expect("reuse", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    expect("cancel", cancel(request), false);
    let (mut bytes, options) = (99, null_mut());
    let (none, back) = (null_mut(), &raw mut bytes);
    let read = wdf!(WdfIoTargetSendReadSynchronously, target(), request, none, null_mut(), options, back);
    expect("a cancelled read", (read, bytes), (STATUS_CANCELLED, 0));
    let back = &raw mut bytes;
    let write =
        wdf!(WdfIoTargetSendWriteSynchronously, target(), null_mut(), none, null_mut(), options, back);
    expect("a write", (write, bytes), (STATUS_INVALID_DEVICE_REQUEST, 0));
    wdf!(WdfIoTargetPurge, target(), wdk_sys::_WDF_IO_TARGET_PURGE_IO_ACTION::WdfIoTargetPurgeIo);
    let refused = control(null_mut(), below::ANSWERED, None, None);
    expect("a purged target", refused, (STATUS_INVALID_DEVICE_STATE, 0));
    expect("start", wdf!(WdfIoTargetStart, target()), STATUS_SUCCESS);
    delete(request);
}
