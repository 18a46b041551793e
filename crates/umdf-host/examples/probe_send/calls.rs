//! Sending, in a few words, and what comes back.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, ThreadId, sleep};
use std::time::{Duration, Instant};

use wdk_sys::{
    _WDF_REQUEST_SEND_OPTIONS_FLAGS as Flags, NTSTATUS, ULONG, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_REQUEST_COMPLETION_PARAMS, WDF_REQUEST_REUSE_PARAMS, WDF_REQUEST_SEND_OPTIONS, WDFCONTEXT,
    WDFIOTARGET, WDFMEMORY, WDFMEMORY_OFFSET, WDFREQUEST,
};

use crate::device::target;
use crate::says::expect;
use crate::wdf::{size_field, wdf};

/// `STATUS_REQUEST_NOT_ACCEPTED` (`ntstatus.h`).
pub const NOT_ACCEPTED: NTSTATUS = 0xC000_00D0_u32.cast_signed();
/// `STATUS_WDF_DEVICE_REMOVED_NOT_SENT` (`wdfstatus.h`).
pub const NOT_SENT: NTSTATUS = 0xC020_0206_u32.cast_signed();
/// `STATUS_WDF_REQUEST_INVALID_STATE` (`wdfstatus.h`).
pub const INVALID_STATE: NTSTATUS = 0xC020_0208_u32.cast_signed();
/// 5 ms, relative.
pub const SOON: i64 = -50_000;
/// An hour, relative.
pub const LATE: i64 = -36_000_000_000;

pub const TIMED: i32 = Flags::WDF_REQUEST_SEND_OPTION_TIMEOUT;
pub const SYNCHRONOUS: i32 = Flags::WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
pub const IGNORING: i32 = Flags::WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE;
pub const FORGET: i32 = Flags::WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;

/// Longest wait for something that comes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request of the driver, for its next lower driver.
pub fn make() -> WDFREQUEST {
    make_for(target())
}

/// A request of the driver, for this target or none.
pub fn make_for(target: WDFIOTARGET) -> WDFREQUEST {
    let mut request = std::ptr::null_mut();
    let made = wdf!(WdfRequestCreate, WDF_NO_OBJECT_ATTRIBUTES, target, &raw mut request);
    if made < 0 {
        expect("a request is made", made, 0);
    }
    request
}

pub fn delete(request: WDFREQUEST) {
    wdf!(WdfObjectDelete, request.cast());
}

pub fn options(flags: i32, timeout: i64) -> WDF_REQUEST_SEND_OPTIONS {
    WDF_REQUEST_SEND_OPTIONS {
        Size: size_field::<WDF_REQUEST_SEND_OPTIONS>(),
        Flags: flags.cast_unsigned(),
        Timeout: timeout,
    }
}

/// Sends a request without options.
pub fn send(request: WDFREQUEST, target: WDFIOTARGET) -> bool {
    wdf!(WdfRequestSend, request, target, std::ptr::null_mut()) != 0
}

/// Sends a request with options.
pub fn send_with(request: WDFREQUEST, target: WDFIOTARGET, flags: i32, timeout: i64) -> bool {
    let mut options = options(flags, timeout);
    wdf!(WdfRequestSend, request, target, &raw mut options) != 0
}

pub fn cancel(request: WDFREQUEST) -> bool {
    wdf!(WdfRequestCancelSentRequest, request) != 0
}

pub fn status_of(request: WDFREQUEST) -> NTSTATUS {
    wdf!(WdfRequestGetStatus, request)
}

/// Makes a request as good as new, with this status.
pub fn reuse(request: WDFREQUEST, status: NTSTATUS) -> NTSTATUS {
    let mut params = WDF_REQUEST_REUSE_PARAMS {
        Size: size_field::<WDF_REQUEST_REUSE_PARAMS>(),
        Status: status,
        ..WDF_REQUEST_REUSE_PARAMS::default()
    };
    wdf!(WdfRequestReuse, request, &raw mut params)
}

/// Makes a request an I/O control request without buffers.
pub fn format(request: WDFREQUEST, code: ULONG) -> NTSTATUS {
    format_with(request, code, std::ptr::null_mut(), None)
}

/// Makes a request an I/O control request with an output buffer.
pub fn format_with(
    request: WDFREQUEST,
    code: ULONG,
    output: WDFMEMORY,
    offsets: Option<WDFMEMORY_OFFSET>,
) -> NTSTATUS {
    let (none, mut offsets) = (std::ptr::null_mut(), offsets);
    let offsets = offsets.as_mut().map_or(std::ptr::null_mut(), |offsets| &raw mut *offsets);
    let no_offsets = std::ptr::null_mut();
    wdf!(WdfIoTargetFormatRequestForIoctl, target(), request, code, none, no_offsets, output, offsets)
}

/// What a completion routine was called with.
#[derive(Clone, Copy)]
pub struct Came {
    pub request: WDFREQUEST,
    pub target: WDFIOTARGET,
    pub params: WDF_REQUEST_COMPLETION_PARAMS,
    pub context: usize,
    pub thread: ThreadId,
}

// SAFETY: the handles in it are never dereferenced.
unsafe impl Send for Came {}

impl Came {
    pub fn status(&self) -> NTSTATUS {
        // SAFETY: the framework fills this member.
        unsafe { self.params.IoStatus.__bindgen_anon_1.Status }
    }

    pub fn information(&self) -> u64 {
        self.params.IoStatus.Information
    }

    pub fn is_from_here(&self) -> bool {
        self.thread == thread::current().id()
    }
}

static CAME: Mutex<Vec<Came>> = Mutex::new(Vec::new());
/// How long the next completion routine takes, in milliseconds.
static SLOWNESS: AtomicU32 = AtomicU32::new(0);

pub unsafe extern "C" fn completion_routine(
    request: WDFREQUEST,
    target: WDFIOTARGET,
    params: *mut WDF_REQUEST_COMPLETION_PARAMS,
    context: WDFCONTEXT,
) {
    sleep(Duration::from_millis(SLOWNESS.swap(0, Ordering::Relaxed).into()));
    // SAFETY: the framework's parameters, which live until the routine returns.
    let params = unsafe { params.read() };
    let thread = thread::current().id();
    let came = Came { request, target, params, context: context.addr(), thread };
    CAME.lock().expect("nobody panics with it").push(came);
}

/// Lets the next completion routine take its time.
pub fn slow_down(milliseconds: u32) {
    SLOWNESS.store(milliseconds, Ordering::Relaxed);
}

/// Sets the completion routine; `context` tells the call from others.
pub fn listen(request: WDFREQUEST, context: usize) {
    let context = std::ptr::without_provenance_mut(context);
    wdf!(WdfRequestSetCompletionRoutine, request, Some(completion_routine), context);
}

/// What has come so far and was not asked for.
pub fn came() -> Vec<Came> {
    std::mem::take(&mut CAME.lock().expect("nobody panics with it"))
}

/// Waits until something is so.
pub fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        if Instant::now() > end {
            return expect(what, false, true);
        }
        sleep(Duration::from_millis(1));
    }
}

/// Waits for the next completion routine.
pub fn next() -> Came {
    wait_until("a completion routine is called", || !CAME.lock().expect("nobody panics with it").is_empty());
    CAME.lock().expect("nobody panics with it").remove(0)
}

/// Status and information that a request comes back with next.
pub fn returned() -> (NTSTATUS, u64) {
    let came = next();
    (came.status(), came.information())
}
