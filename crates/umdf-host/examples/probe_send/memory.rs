//! The memory that requests are formatted with: who keeps it, and how long.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{
    PWDFDEVICE_INIT, STATUS_INFO_LENGTH_MISMATCH, STATUS_INTEGER_OVERFLOW, STATUS_SUCCESS,
    WDF_OBJECT_ATTRIBUTES, WDF_REQUEST_SEND_OPTIONS, WDFMEMORY, WDFMEMORY_OFFSET, WDFOBJECT, WDFREQUEST,
};

use crate::calls::{SYNCHRONOUS, delete, format, format_with, make, options, reuse, send_with};
use crate::case::below;
use crate::device::target;
use crate::says::expect;
use crate::wdf::{attributes, wdf};

/// Memory objects that are gone.
static DESTROYED: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn evt_destroy_callback(_object: WDFOBJECT) {
    DESTROYED.fetch_add(1, Ordering::Relaxed);
}

unsafe extern "C" fn evt_cleanup_callback(_object: WDFOBJECT) {}

/// The host tells when requests of applications are over.
pub fn watch_requests(init: PWDFDEVICE_INIT) {
    let mut attributes =
        WDF_OBJECT_ATTRIBUTES { EvtCleanupCallback: Some(evt_cleanup_callback), ..attributes(null_mut()) };
    wdf!(WdfDeviceInitSetRequestAttributes, init, &raw mut attributes);
}

/// A memory object of that many zeroed bytes, and its bytes.
pub fn allocate(length: usize) -> (WDFMEMORY, *mut u8) {
    let mut attributes =
        WDF_OBJECT_ATTRIBUTES { EvtDestroyCallback: Some(evt_destroy_callback), ..attributes(null_mut()) };
    let (mut memory, mut buffer) = (null_mut(), null_mut());
    let made = wdf!(WdfMemoryCreate, &raw mut attributes, 0, 0, length, &raw mut memory, &raw mut buffer);
    if made < 0 {
        expect("memory is made", made, STATUS_SUCCESS);
    } else {
        // SAFETY: fresh memory of this length.
        unsafe { buffer.cast::<u8>().write_bytes(0, length) };
    }
    (memory, buffer.cast())
}

fn destroyed() -> u32 {
    DESTROYED.swap(0, Ordering::Relaxed)
}

fn delete_memory(memory: WDFMEMORY) {
    wdf!(WdfObjectDelete, memory.cast());
}

/// `request` is the one of the application that asks for the checks.
pub fn check(request: WDFREQUEST) {
    offsets();
    references();
    transfers();
    own_memory(request);
}

fn offsets() {
    let request = make();
    let (memory, _) = allocate(8);
    let part = |offset, length| WDFMEMORY_OFFSET { BufferOffset: offset, BufferLength: length };
    for (what, offsets, expected) in [
        ("everything", part(0, 0), STATUS_SUCCESS),
        ("the end", part(8, 0), STATUS_SUCCESS),
        ("the middle", part(2, 4), STATUS_SUCCESS),
        ("beyond the end", part(2, 7), STATUS_INTEGER_OVERFLOW),
        ("behind the end", part(9, 0), STATUS_INTEGER_OVERFLOW),
        ("beyond everything", part(2, usize::MAX), STATUS_INTEGER_OVERFLOW),
    ] {
        let control = format_with(request, below::ANSWERED, memory, Some(offsets));
        expect(&format!("I/O control into {what}"), control, expected);
        let (mut offsets, no_offset) = (offsets, null_mut());
        let at = &raw mut offsets;
        let read = wdf!(WdfIoTargetFormatRequestForRead, target(), request, memory, at, no_offset);
        expect(&format!("read into {what}"), read, expected);
        let write = wdf!(WdfIoTargetFormatRequestForWrite, target(), request, memory, at, no_offset);
        expect(&format!("write of {what}"), write, expected);
        let none = null_mut();
        let (code, target) = (below::ANSWERED, target());
        let input =
            wdf!(WdfIoTargetFormatRequestForIoctl, target, request, code, memory, at, none, null_mut());
        expect(&format!("I/O control with {what}"), input, expected);
    }
    delete(request);
    delete_memory(memory);
    expect("no reference is left", destroyed(), 1);
}

/// A request keeps its memory until it is formatted or reused, gets a target, is sent in one call, or is
/// deleted.
fn references() {
    let request = make();
    let formatted = || {
        let (memory, _) = allocate(8);
        let status = format_with(request, below::ANSWERED, memory, None);
        expect("format with memory", status, STATUS_SUCCESS);
        delete_memory(memory);
        expect("the memory is kept", destroyed(), 0);
    };
    formatted();
    expect("another format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    expect("another format gives it back", destroyed(), 1);
    formatted();
    expect("reuse", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    expect("a reuse gives it back", destroyed(), 1);
    formatted();
    expect("retarget", wdf!(WdfRequestChangeTarget, request, target()), STATUS_SUCCESS);
    expect("a new target takes it back", destroyed(), 1);
    formatted();
    let (none, mut no_size) = (null_mut(), WDF_REQUEST_SEND_OPTIONS { Size: 8, ..options(0, 0) });
    let (options, back) = (&raw mut no_size, null_mut());
    let refused = wdf!(WdfIoTargetSendWriteSynchronously, target(), request, none, null_mut(), options, back);
    expect("a refused call", refused, STATUS_INFO_LENGTH_MISMATCH);
    expect("a call that formats it anew gives it back, even if it is refused", destroyed(), 1);
    formatted();
    expect("sent", send_with(request, target(), SYNCHRONOUS, 0), true);
    expect("a request that came back keeps it", destroyed(), 0);
    delete(request);
    expect("a deletion gives it back", destroyed(), 1);
}

/// What the stack below puts into the memory.
fn transfers() {
    let request = make();
    let (memory, bytes) = allocate(8);
    let part = WDFMEMORY_OFFSET { BufferOffset: 2, BufferLength: 5 };
    expect("format", format_with(request, below::ANSWERED, memory, Some(part)), STATUS_SUCCESS);
    expect("sent", send_with(request, target(), SYNCHRONOUS, 0), true);
    // SAFETY: the memory object's eight bytes.
    let came = unsafe { bytes.cast::<[u8; 8]>().read() };
    expect("the output stands where it should", came, [0, 0, 1, 2, 3, 4, 0, 0]);
    delete(request);
    delete_memory(memory);
    expect("nothing is left", destroyed(), 1);
}

/// A request that is formatted with its own memory may be completed.
fn own_memory(request: WDFREQUEST) {
    let mut memory = null_mut();
    let status = wdf!(WdfRequestRetrieveOutputMemory, request, &raw mut memory);
    expect("output memory", status, STATUS_SUCCESS);
    expect("format with it", format_with(request, below::UNKNOWN, memory, None), STATUS_SUCCESS);
}
