//! Good arguments.

use std::ptr::null_mut;
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{
    _WDF_IO_TARGET_OPEN_TYPE as OpenType, GUID, NTSTATUS, PFN_WDF_IO_QUEUE_STATE, PFN_WDF_REQUEST_CANCEL,
    PFN_WDF_REQUEST_IMPERSONATE, PVOID, UNICODE_STRING, WDF_IO_QUEUE_CONFIG, WDF_IO_TARGET_OPEN_PARAMS,
    WDF_NO_OBJECT_ATTRIBUTES, WDF_REQUEST_COMPLETION_PARAMS, WDF_REQUEST_PARAMETERS,
    WDF_REQUEST_REUSE_PARAMS, WDFCONTEXT, WDFDEVICE, WDFDEVICE__, WDFFILEOBJECT, WDFIOTARGET, WDFQUEUE,
    WDFQUEUE__, WDFREQUEST, WDFREQUEST__,
};

pub use device::*;
pub use hardware::*;
pub use objects::*;
pub use registry::*;

use crate::rows::{Mistake, Row};
use crate::says::expect;
use crate::wdf::{manual_queue_config, size_field, wdf};

mod device;
mod hardware;
mod objects;
mod registry;

/// The device.
pub static DEVICE: AtomicPtr<WDFDEVICE__> = AtomicPtr::new(null_mut());
/// A manual queue whose one request the driver has.
pub static HELD: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// A manual queue in which one request waits.
pub static WAITING: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// A manual queue without requests.
pub static EMPTY: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// The request of the held queue.
pub static REQUEST: AtomicPtr<WDFREQUEST__> = AtomicPtr::new(null_mut());
/// The request of the waiting queue.
pub static WAITER: AtomicPtr<WDFREQUEST__> = AtomicPtr::new(null_mut());
/// Where requests stand that were found, each with a reference, as addresses of places.
static FOUND: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// Memory that stays as long as the process.
pub fn keep<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

/// Such memory, after a change.
fn changed<T>(mut value: T, change: impl FnOnce(&mut T)) -> *mut T {
    change(&mut value);
    keep(value)
}

/// A good argument could be made.
fn made_ok(status: NTSTATUS) {
    expect("a good argument is made", status >= 0, true);
}

/// A text with a NUL behind it, which is counted in its `MaximumLength`.
pub fn text(text: &str) -> *mut UNICODE_STRING {
    let units: Vec<u16> = text.encode_utf16().chain([0]).collect();
    let bytes = u16::try_from(units.len() * 2).expect("texts are short");
    let buffer = Box::leak(units.into_boxed_slice()).as_mut_ptr();
    keep(UNICODE_STRING { Length: bytes - 2, MaximumLength: bytes, Buffer: buffer })
}

/// A place for a pointer.
pub fn place<T>() -> *mut *mut T {
    keep(null_mut())
}

pub fn device() -> WDFDEVICE {
    DEVICE.load(Ordering::Relaxed)
}

pub fn queue() -> WDFQUEUE {
    EMPTY.load(Ordering::Relaxed)
}

pub fn waiting() -> WDFQUEUE {
    WAITING.load(Ordering::Relaxed)
}

pub fn request() -> WDFREQUEST {
    REQUEST.load(Ordering::Relaxed)
}

/// The request, marked as cancelable.
pub fn marked() -> WDFREQUEST {
    let _ = wdf!(WdfRequestMarkCancelableEx, request(), EVT_REQUEST_CANCEL);
    request()
}

/// The request with an activity.
pub fn with_activity() -> WDFREQUEST {
    wdf!(WdfRequestSetActivityId, request(), activity());
    request()
}

pub fn activity() -> *mut GUID {
    keep(GUID { Data1: 1, Data2: 0, Data3: 0, Data4: [0; 8] })
}

pub fn file() -> WDFFILEOBJECT {
    wdf!(WdfRequestGetFileObject, request())
}

/// A place for a request that comes with a reference.
pub fn place_for_found() -> *mut WDFREQUEST {
    let place: *mut WDFREQUEST = place();
    FOUND.lock().expect("nobody panics with it").push(place.expose_provenance());
    place
}

/// The request that waits, with a reference.
pub fn found() -> WDFREQUEST {
    let place = place_for_found();
    let none = null_mut();
    let status = wdf!(WdfIoQueueFindRequest, waiting(), none, null_mut(), null_mut(), place);
    expect("a request is found", status, 0);
    // SAFETY: a place of its own.
    unsafe { place.read() }
}

/// Gives the references of found requests back.
pub fn forget_found() {
    for place in std::mem::take(&mut *FOUND.lock().expect("nobody panics with it")) {
        let place: *mut WDFREQUEST = std::ptr::with_exposed_provenance_mut(place);
        // SAFETY: a place of its own.
        let found = unsafe { place.read() };
        if !found.is_null() {
            wdf!(WdfObjectDereferenceActual, found.cast(), null_mut(), 0, null_mut());
        }
    }
}

pub fn target() -> WDFIOTARGET {
    wdf!(WdfDeviceGetIoTarget, device())
}

/// A remote target.
pub fn remote() -> WDFIOTARGET {
    let mut target = null_mut();
    let made = wdf!(WdfIoTargetCreate, device(), WDF_NO_OBJECT_ATTRIBUTES, &raw mut target);
    expect("a remote target is made", made, 0);
    target
}

pub fn open_params() -> *mut WDF_IO_TARGET_OPEN_PARAMS {
    let name = keep([u16::from(b'a'), 0]).cast();
    keep(WDF_IO_TARGET_OPEN_PARAMS {
        Size: size_field::<WDF_IO_TARGET_OPEN_PARAMS>(),
        Type: OpenType::WdfIoTargetOpenByName,
        TargetDeviceName: UNICODE_STRING { Length: 2, MaximumLength: 4, Buffer: name },
        ..WDF_IO_TARGET_OPEN_PARAMS::default()
    })
}

/// A request of the driver.
pub fn made() -> WDFREQUEST {
    let mut request = null_mut();
    let made = wdf!(WdfRequestCreate, WDF_NO_OBJECT_ATTRIBUTES, target(), &raw mut request);
    expect("a request is made", made, 0);
    request
}

/// A request of the driver that can be sent.
pub fn formatted() -> WDFREQUEST {
    let (request, none) = (made(), null_mut());
    let formatted = wdf!(WdfIoTargetFormatRequestForRead, target(), request, none, null_mut(), null_mut());
    expect("a request is formatted", formatted, 0);
    request
}

pub fn queue_config(change: impl FnOnce(&mut WDF_IO_QUEUE_CONFIG)) -> *mut WDF_IO_QUEUE_CONFIG {
    changed(manual_queue_config(), change)
}

pub fn reuse_params() -> *mut WDF_REQUEST_REUSE_PARAMS {
    keep(WDF_REQUEST_REUSE_PARAMS {
        Size: size_field::<WDF_REQUEST_REUSE_PARAMS>(),
        ..WDF_REQUEST_REUSE_PARAMS::default()
    })
}

pub fn completion_params() -> *mut WDF_REQUEST_COMPLETION_PARAMS {
    keep(WDF_REQUEST_COMPLETION_PARAMS {
        Size: size_field::<WDF_REQUEST_COMPLETION_PARAMS>(),
        ..WDF_REQUEST_COMPLETION_PARAMS::default()
    })
}

pub fn parameters() -> *mut WDF_REQUEST_PARAMETERS {
    let size = u16::try_from(size_of::<WDF_REQUEST_PARAMETERS>()).expect("a small structure");
    keep(WDF_REQUEST_PARAMETERS { Size: size, ..WDF_REQUEST_PARAMETERS::default() })
}

pub const EVT_REQUEST_CANCEL: PFN_WDF_REQUEST_CANCEL = Some(evt_request_cancel);

unsafe extern "C" fn evt_request_cancel(_request: WDFREQUEST) {}

pub const EVT_REQUEST_IMPERSONATE: PFN_WDF_REQUEST_IMPERSONATE = Some(evt_request_impersonate);

unsafe extern "C" fn evt_request_impersonate(_request: WDFREQUEST, _context: PVOID) {}

pub const EVT_IO_QUEUE_STATE: PFN_WDF_IO_QUEUE_STATE = Some(evt_io_queue_state);

unsafe extern "C" fn evt_io_queue_state(_queue: WDFQUEUE, _context: WDFCONTEXT) {}

/// Undoes what a call leaves behind and nobody else undoes.
pub fn tidy(row: &Row) {
    if row.mistake != Mistake::None {
        return;
    }
    match row.function.name {
        "WdfObjectReferenceActual" => {
            wdf!(WdfObjectDereferenceActual, object(), null_mut(), 0, null_mut());
        }
        "WdfObjectAcquireLock" => wdf!(WdfObjectReleaseLock, device().cast()),
        "WdfWaitLockAcquire" => wdf!(WdfWaitLockRelease, wait_lock()),
        "WdfSpinLockAcquire" => wdf!(WdfSpinLockRelease, spin_lock()),
        "WdfInterruptAcquireLock" | "WdfInterruptTryToAcquireLock" => {
            wdf!(WdfInterruptReleaseLock, interrupt());
        }
        "WdfDeviceUnmapIoSpace" => forget_mapping(),
        _ => (),
    }
}
