//! Reads, writes and opens.

use std::ptr::null_mut;
use std::sync::atomic::Ordering;

use wdk_sys::{
    _WDF_REQUEST_TYPE as RequestType, STATUS_INVALID_DEVICE_REQUEST, STATUS_SUCCESS, WDF_REQUEST_PARAMETERS,
    WDFDEVICE, WDFFILEOBJECT, WDFQUEUE, WDFREQUEST,
};

use crate::asked;
use crate::cancel::evt_request_cancel;
use crate::case::Case;
use crate::device::OPENS;
use crate::requests::{input, linger, output, parameters};
use crate::says::{expect, note};
use crate::wdf::{complete, wdf};

pub unsafe extern "C" fn evt_io_read(_queue: WDFQUEUE, request: WDFREQUEST, length: usize) {
    let given = parameters(request);
    // SAFETY: a read request.
    let read = unsafe { given.Parameters.Read };
    let came = (given.Type, read.Length, read.DeviceOffset);
    expect("parameters of a read", came, (RequestType::WdfRequestTypeRead, length, 0x10));
    expect("input of a read", input(request, 0).0, STATUS_INVALID_DEVICE_REQUEST);
    let mut memory = null_mut();
    let status = wdf!(WdfRequestRetrieveInputMemory, request, &raw mut memory);
    expect("input memory of a read", status, STATUS_INVALID_DEVICE_REQUEST);
    let (status, buffer, size) = output(request, length);
    expect("output of a read", (status, size), (STATUS_SUCCESS, length));
    for (index, place) in (0..size).zip(0u8..) {
        let byte = buffer.cast::<u8>().wrapping_add(index);
        // SAFETY: inside the buffer of the request.
        unsafe { byte.write(place) };
    }
    complete(request, STATUS_SUCCESS, length as u64);
}

pub unsafe extern "C" fn evt_io_write(_queue: WDFQUEUE, request: WDFREQUEST, length: usize) {
    let given: WDF_REQUEST_PARAMETERS = parameters(request);
    // SAFETY: a write request.
    let write = unsafe { given.Parameters.Write };
    let came = (given.Type, write.Length, write.DeviceOffset);
    expect("parameters of a write", came, (RequestType::WdfRequestTypeWrite, length, 0x20));
    expect("output of a write", output(request, 0).0, STATUS_INVALID_DEVICE_REQUEST);
    let (status, buffer, size) = input(request, length);
    expect("input of a write", (status, size), (STATUS_SUCCESS, length));
    // SAFETY: the buffer of the request, one byte at least.
    expect("first byte of a write", unsafe { buffer.cast::<u8>().read() }, 0x5a);
    complete(request, STATUS_SUCCESS, length as u64);
    if asked(Case::Linger) {
        linger();
    }
}

/// Opens come here when the driver routes them to no queue.
pub unsafe extern "C" fn evt_device_file_create(
    _device: WDFDEVICE,
    request: WDFREQUEST,
    file: WDFFILEOBJECT,
) {
    note("file create");
    expect("file object of an open", file.is_null(), asked(Case::NoFileObject));
    expect("file object of its request", wdf!(WdfRequestGetFileObject, request), file);
    if asked(Case::QueueOfOpen) {
        expect("queue of an open", wdf!(WdfRequestGetIoQueue, request), null_mut());
        return complete(request, STATUS_SUCCESS, 0);
    }
    let mark = || wdf!(WdfRequestMarkCancelableEx, request, Some(evt_request_cancel));
    expect("mark of an open", mark(), STATUS_SUCCESS);
    expect("unmark of an open", wdf!(WdfRequestUnmarkCancelable, request), STATUS_SUCCESS);
    let status = wdf!(WdfRequestForwardToIoQueue, request, OPENS.load(Ordering::Relaxed));
    expect("forward of an open", status, STATUS_SUCCESS);
}

/// Opens come here when the driver routes or forwards them to a queue.
pub unsafe extern "C" fn evt_io_default(queue: WDFQUEUE, request: WDFREQUEST) {
    let given = parameters(request);
    expect("type of a create request", given.Type, RequestType::WdfRequestTypeCreate);
    expect("queue of a create request", wdf!(WdfRequestGetIoQueue, request), queue);
    expect("output of a create request", output(request, 0).0, STATUS_INVALID_DEVICE_REQUEST);
    note("open");
    complete(request, STATUS_SUCCESS, 0);
}
