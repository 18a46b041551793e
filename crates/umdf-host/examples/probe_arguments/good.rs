//! Good arguments.

use std::ptr::null_mut;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use wdk_sys::{
    _WDF_IO_TARGET_OPEN_TYPE as OpenType, GUID, PVOID, UNICODE_STRING, WDF_IO_QUEUE_CONFIG,
    WDF_IO_TARGET_OPEN_PARAMS, WDF_NO_OBJECT_ATTRIBUTES, WDF_REQUEST_COMPLETION_PARAMS,
    WDF_REQUEST_PARAMETERS, WDF_REQUEST_REUSE_PARAMS, WDFCONTEXT, WDFDEVICE, WDFDEVICE__, WDFFILEOBJECT,
    WDFIOTARGET, WDFMEMORY, WDFQUEUE, WDFQUEUE__, WDFREQUEST, WDFREQUEST__,
};

use crate::says::expect;
use crate::wdf::{manual_queue_config, size_field, wdf};

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
fn keep<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
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

/// The request, marked as cancelable by the first call.
pub fn marked() -> WDFREQUEST {
    static MARKED: AtomicBool = AtomicBool::new(false);
    if !MARKED.swap(true, Ordering::Relaxed) {
        let _ = wdf!(WdfRequestMarkCancelableEx, request(), Some(evt_request_cancel));
    }
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

pub fn memory() -> WDFMEMORY {
    let (mut memory, attributes) = (null_mut(), WDF_NO_OBJECT_ATTRIBUTES);
    let made = wdf!(WdfMemoryCreate, attributes, 0, 0, 8, &raw mut memory, null_mut());
    expect("memory is made", made, 0);
    memory
}

pub fn queue_config() -> *mut WDF_IO_QUEUE_CONFIG {
    keep(manual_queue_config())
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

pub unsafe extern "C" fn evt_request_cancel(_request: WDFREQUEST) {}

pub unsafe extern "C" fn evt_request_impersonate(_request: WDFREQUEST, _context: PVOID) {}

pub unsafe extern "C" fn evt_io_queue_state(_queue: WDFQUEUE, _context: WDFCONTEXT) {}
