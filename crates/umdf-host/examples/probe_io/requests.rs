//! I/O control requests: each asks the framework about something.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use wdk_sys::{
    _SECURITY_IMPERSONATION_LEVEL as Level, _WDF_DEVICE_IO_TYPE, _WDF_REQUEST_TYPE as RequestType, BOOLEAN,
    GUID, NTSTATUS, PVOID, STATUS_ACCESS_DENIED, STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_NO_MORE_ENTRIES, STATUS_NOT_FOUND, STATUS_SUCCESS, ULONG, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_REQUEST_PARAMETERS, WDFOBJECT, WDFQUEUE, WDFREQUEST,
};

use crate::asked;
use crate::cancel::{self, KEPT, evt_request_cancel};
use crate::case::Case;
use crate::device::{CLEANED, DEFAULT, HELD, WATCHED};
use crate::says::{expect, note};
use crate::wdf::{complete, wdf};
use crate::{queues, refusals};

const CHECK: ULONG = 0x22_2000;
const HOLD: ULONG = 0x22_2004;
const WATCH: ULONG = 0x22_2008;
const TAKE: ULONG = 0x22_200c;
const PEND: ULONG = 0x22_2010;
const KEEP: ULONG = 0x22_2014;
const AFTER_CANCEL: ULONG = 0x22_2018;
const SLOW: ULONG = 0x22_201c;
const AFTER_START: ULONG = 0x22_2020;
const MISDEED: ULONG = 0x22_2024;
const NO_BYTES: ULONG = 0x22_2028;
const BARRIER: ULONG = 0x22_2034;
const UNTIL_CLEANUP: ULONG = 0x22_2038;
const LINGER: ULONG = 0x22_203c;

/// Longest wait for other threads.
const PATIENCE: Duration = Duration::from_secs(10);

/// Callbacks that run now, and the most that ran at a time.
static RUNNING: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);
/// Requests that were put aside.
static PUT_ASIDE: AtomicUsize = AtomicUsize::new(0);
/// Times that EvtRequestImpersonate was called.
static IMPERSONATED: AtomicUsize = AtomicUsize::new(0);

pub fn input(request: WDFREQUEST, minimum: usize) -> (NTSTATUS, PVOID, usize) {
    let (mut buffer, mut length) = (null_mut(), 0);
    let status = wdf!(WdfRequestRetrieveInputBuffer, request, minimum, &raw mut buffer, &raw mut length);
    (status, buffer, length)
}

pub fn output(request: WDFREQUEST, minimum: usize) -> (NTSTATUS, PVOID, usize) {
    let (mut buffer, mut length) = (null_mut(), 0);
    let status = wdf!(WdfRequestRetrieveOutputBuffer, request, minimum, &raw mut buffer, &raw mut length);
    (status, buffer, length)
}

pub fn parameters(request: WDFREQUEST) -> WDF_REQUEST_PARAMETERS {
    let size = u16::try_from(size_of::<WDF_REQUEST_PARAMETERS>()).expect("a small structure");
    let mut parameters = WDF_REQUEST_PARAMETERS { Size: size, ..WDF_REQUEST_PARAMETERS::default() };
    wdf!(WdfRequestGetParameters, request, &raw mut parameters);
    parameters
}

pub unsafe extern "C" fn evt_io_device_control(
    queue: WDFQUEUE,
    request: WDFREQUEST,
    output_length: usize,
    input_length: usize,
    code: ULONG,
) {
    match code {
        CHECK => {
            caller(request, queue, (output_length, input_length, code));
            buffers(request);
            cancel::marks(request);
            complete(request, STATUS_SUCCESS, 0);
        }
        HOLD | WATCH => {
            let queue = if code == HOLD { &HELD } else { &WATCHED };
            let status = wdf!(WdfRequestForwardToIoQueue, request, queue.load(Ordering::Relaxed));
            expect("forward", status, STATUS_SUCCESS);
        }
        TAKE => {
            take(HELD.load(Ordering::Relaxed));
            complete(request, STATUS_SUCCESS, 0);
        }
        PEND => wdf!(WdfRequestMarkCancelable, request, Some(evt_request_cancel)),
        KEEP => KEPT.store(request, Ordering::Relaxed),
        AFTER_CANCEL => {
            cancel::after_cancel();
            complete(request, STATUS_SUCCESS, 0);
        }
        SLOW => slow(request),
        AFTER_START => {
            let device = wdf!(WdfIoQueueGetDevice, queue);
            queues::after_start(device, DEFAULT.load(Ordering::Relaxed), HELD.load(Ordering::Relaxed));
            complete(request, STATUS_SUCCESS, 0);
        }
        NO_BYTES => {
            expect("input without bytes", input(request, 0).0, STATUS_BUFFER_TOO_SMALL);
            expect("output without bytes", output(request, 0).0, STATUS_BUFFER_TOO_SMALL);
            let mut memory = null_mut();
            let status = wdf!(WdfRequestRetrieveInputMemory, request, &raw mut memory);
            expect("input memory without bytes", status, STATUS_BUFFER_TOO_SMALL);
            complete(request, STATUS_SUCCESS, 0);
        }
        MISDEED => misdeed(request),
        BARRIER => barrier(request),
        UNTIL_CLEANUP => {
            let cleaned = || CLEANED.load(Ordering::Relaxed);
            wait_until(cleaned);
            expect("EvtFileCleanup beside another callback", cleaned(), true);
            complete(request, STATUS_SUCCESS, 0);
        }
        LINGER => {
            complete(request, STATUS_SUCCESS, 0);
            linger();
        }
        _ => complete(request, STATUS_SUCCESS, 0),
    }
    if matches!(code, HOLD | WATCH | PEND | KEEP) {
        PUT_ASIDE.fetch_add(1, Ordering::Relaxed);
    }
}

/// Everything about who asks, and what for.
fn caller(request: WDFREQUEST, queue: WDFQUEUE, (output_length, input_length, code): (usize, usize, ULONG)) {
    let given = parameters(request);
    // SAFETY: an I/O control request.
    let control = unsafe { given.Parameters.DeviceIoControl };
    expect("type of a control request", given.Type, RequestType::WdfRequestTypeDeviceControl);
    let came = (control.OutputBufferLength, control.InputBufferLength, control.IoControlCode);
    expect("parameters of a control request", came, (output_length, input_length, code));

    expect("information at first", wdf!(WdfRequestGetInformation, request), 0);
    wdf!(WdfRequestSetInformation, request, 3);
    expect("information", wdf!(WdfRequestGetInformation, request), 3);
    expect("status", wdf!(WdfRequestGetStatus, request), STATUS_SUCCESS);
    expect("queue of a request", wdf!(WdfRequestGetIoQueue, request), queue);
    expect("requestor mode", wdf!(WdfRequestGetRequestorMode, request), 1);
    let no = BOOLEAN::from(false);
    expect("32-bit process", wdf!(WdfRequestIsFrom32BitProcess, request), no);
    expect("from a driver", wdf!(WdfRequestIsFromUserModeDriver, request), no);
    expect("initiated by a driver at first", wdf!(WdfRequestGetUserModeDriverInitiatedIo, request), no);
    wdf!(WdfRequestSetUserModeDriverInitiatedIo, request, BOOLEAN::from(true));
    let initiated = wdf!(WdfRequestGetUserModeDriverInitiatedIo, request);
    expect("initiated by a driver", initiated, BOOLEAN::from(true));
    let buffered = _WDF_DEVICE_IO_TYPE::WdfDeviceIoBuffered;
    expect("effective I/O type", wdf!(WdfRequestGetEffectiveIoType, request), buffered);
    activity(request);

    let file = wdf!(WdfRequestGetFileObject, request);
    expect("file object", file.is_null(), false);
    let process = wdf!(WdfRequestGetRequestorProcessId, request);
    expect("process", process != 0, true);
    expect("process of the file", wdf!(WdfFileObjectGetInitiatorProcessId, file), process);
    expect("device of the file", wdf!(WdfFileObjectGetDevice, file), wdf!(WdfIoQueueGetDevice, queue));
    expect("related file", wdf!(WdfFileObjectGetRelatedFileObject, file).is_null(), true);
    let name = wdf!(WdfFileObjectGetFileName, file);
    // SAFETY: NULL or the name of the file object, which lives.
    let length = unsafe { name.as_ref() }.map(|name| name.Length);
    expect("name of the file", length, Some(0));
    impersonation(request);
}

fn activity(request: WDFREQUEST) {
    let mut activity = GUID { Data1: 0, Data2: 0, Data3: 0, Data4: [0; 8] };
    let retrieve = |activity: &mut GUID| wdf!(WdfRequestRetrieveActivityId, request, &raw mut *activity);
    expect("no activity", retrieve(&mut activity), STATUS_INVALID_DEVICE_REQUEST);
    let mut named = GUID { Data1: 5, Data2: 0, Data3: 0, Data4: [1; 8] };
    wdf!(WdfRequestSetActivityId, request, &raw mut named);
    expect(
        "activity",
        (retrieve(&mut activity), activity.Data1, activity.Data4),
        (STATUS_SUCCESS, 5, [1; 8]),
    );
}

/// The functions for requests do not look who the thread is.
unsafe extern "C" fn evt_request_impersonate(request: WDFREQUEST, context: PVOID) {
    IMPERSONATED.fetch_add(context.addr(), Ordering::Relaxed);
    let (status, _, length) = input(request, 8);
    expect("input while impersonating", (status, length), (STATUS_SUCCESS, 8));
    expect("information while impersonating", wdf!(WdfRequestGetInformation, request), 3);
}

unsafe extern "C" fn call_framework(request: WDFREQUEST, _context: PVOID) {
    let queue = wdf!(WdfRequestGetIoQueue, request);
    expect("the device is not told", wdf!(WdfIoQueueGetDevice, queue).is_null(), true);
}

unsafe extern "C" fn impersonate_again(request: WDFREQUEST, context: PVOID) {
    let again = Some(evt_request_impersonate as unsafe extern "C" fn(WDFREQUEST, PVOID));
    let _ = wdf!(WdfRequestImpersonate, request, Level::SecurityIdentification, again, context);
    expect("not impersonated again", IMPERSONATED.load(Ordering::Relaxed), 0);
}

fn impersonation(request: WDFREQUEST) {
    let context: *mut c_void = std::ptr::without_provenance_mut(7);
    let act = |level, function| wdf!(WdfRequestImpersonate, request, level, function, context);
    let harmless = Some(evt_request_impersonate as unsafe extern "C" fn(WDFREQUEST, PVOID));
    let identify = Level::SecurityIdentification;
    let denied = act(Level::SecurityImpersonation, harmless);
    expect("impersonate beyond the INF", denied, STATUS_ACCESS_DENIED);
    expect("impersonate", act(identify, harmless), STATUS_SUCCESS);
    expect("impersonated", IMPERSONATED.load(Ordering::Relaxed), 7);
}

/// Buffers and memory objects; 8 bytes in, 4 bytes out.
fn buffers(request: WDFREQUEST) {
    let (status, from, length) = input(request, 8);
    expect("input", (status, length), (STATUS_SUCCESS, 8));
    expect("input that is too short", input(request, 9), (STATUS_BUFFER_TOO_SMALL, null_mut(), 0));
    let (status, to, length) = output(request, 4);
    expect("output", (status, length), (STATUS_SUCCESS, 4));
    expect("output that is too short", output(request, 5), (STATUS_BUFFER_TOO_SMALL, null_mut(), 0));
    expect("input and output are apart", from.addr().abs_diff(to.addr()) >= 4, true);
    // SAFETY: the buffer of the request, four bytes.
    let fresh = unsafe { to.cast::<[u8; 4]>().read() };
    expect("fresh output is no data", fresh.contains(&0), false);
    let memory = |input: bool| {
        let mut memory = null_mut();
        let status = if input {
            wdf!(WdfRequestRetrieveInputMemory, request, &raw mut memory)
        } else {
            wdf!(WdfRequestRetrieveOutputMemory, request, &raw mut memory)
        };
        (status, memory)
    };
    let (status, first) = memory(true);
    expect("input memory", (status, first.is_null()), (STATUS_SUCCESS, false));
    expect("input memory again", memory(true), (STATUS_SUCCESS, first));
    let mut size = 0;
    let address = wdf!(WdfMemoryGetBuffer, first, &raw mut size);
    expect("buffer of the input memory", (address, size), (from, 8));
    let (status, second) = memory(false);
    expect("output memory", (status, second == first), (STATUS_SUCCESS, false));
}

/// Waits for what other threads do, but not for ever.
pub fn wait_until(holds: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() && Instant::now() < end {
        sleep(Duration::from_millis(1));
    }
}

/// Two requests wait in the queue.
fn take(queue: WDFQUEUE) {
    let find = |tag: WDFREQUEST, file| {
        let mut request = null_mut();
        let status = wdf!(WdfIoQueueFindRequest, queue, tag, file, null_mut(), &raw mut request);
        (status, request)
    };
    let retrieve = |found: WDFREQUEST| {
        let mut request = null_mut();
        let status = wdf!(WdfIoQueueRetrieveFoundRequest, queue, found, &raw mut request);
        (status, request)
    };
    expect("two requests wait", (queues::state(queue).1, queues::state(queue).2), (2, 0));
    let (status, first) = find(null_mut(), null_mut());
    expect("find the first", status, STATUS_SUCCESS);
    let type_of = parameters(first).Type;
    expect("parameters of a found request", type_of, RequestType::WdfRequestTypeDeviceControl);
    let (status, second) = find(first, null_mut());
    expect("find the second", (status, second == first), (STATUS_SUCCESS, false));
    expect("find no third", find(second, null_mut()), (STATUS_NO_MORE_ENTRIES, null_mut()));
    expect("retrieve the second", retrieve(second), (STATUS_SUCCESS, second));
    expect("retrieve it again", retrieve(second), (STATUS_NOT_FOUND, null_mut()));
    expect("find after one that is gone", find(second, null_mut()).0, STATUS_NOT_FOUND);
    expect("one waits", (queues::state(queue).1, queues::state(queue).2), (1, 1));
    expect("requeue", wdf!(WdfRequestRequeue, second), STATUS_SUCCESS);
    expect("the requeued one is the first", find(null_mut(), null_mut()), (STATUS_SUCCESS, second));
    expect("next", queues::next(queue), (STATUS_SUCCESS, second));
    let file = wdf!(WdfRequestGetFileObject, second);
    expect("find by file", find(null_mut(), file), (STATUS_SUCCESS, first));
    let mut request = null_mut();
    let status = wdf!(WdfIoQueueRetrieveRequestByFileObject, queue, file, &raw mut request);
    expect("retrieve by file", (status, request), (STATUS_SUCCESS, first));
    let status = wdf!(WdfIoQueueRetrieveRequestByFileObject, queue, file, &raw mut request);
    expect("retrieve by file once more", (status, request), (STATUS_NO_MORE_ENTRIES, null_mut()));
    // Each was found twice, and each time with a reference.
    for found in [first, second, second, first] {
        wdf!(WdfObjectDereferenceActual, found.cast(), null_mut(), 0, null_mut());
    }
    for request in [first, second] {
        complete(request, STATUS_SUCCESS, 0);
    }
}

/// Comes back when as many requests were put aside as its input says.
fn barrier(request: WDFREQUEST) {
    let (_, buffer, _) = input(request, 1);
    // SAFETY: NULL, or the input of the request, one byte at least.
    let count = unsafe { buffer.cast::<u8>().as_ref() }.copied().unwrap_or_default();
    wait_until(|| PUT_ASIDE.load(Ordering::Relaxed) >= count.into());
    complete(request, STATUS_SUCCESS, 0);
}

/// Takes its time: in the callback, or every other one on a thread, with the device's callback lock or without it.
fn slow(request: WDFREQUEST) {
    static ARRIVED: AtomicUsize = AtomicUsize::new(0);
    let turn = ARRIVED.fetch_add(1, Ordering::Relaxed);
    if asked(Case::AcquireLock) {
        take_time_locked(request);
    } else if asked(Case::AcquireLockOnThreads) && turn.is_multiple_of(2) {
        let request = AtomicPtr::new(request);
        spawn(move || take_time_locked(request.into_inner()));
    } else {
        take_time(request);
    }
}

fn take_time_locked(request: WDFREQUEST) {
    let device: WDFOBJECT = wdf!(WdfIoQueueGetDevice, DEFAULT.load(Ordering::Relaxed)).cast();
    wdf!(WdfObjectAcquireLock, device);
    take_time(request);
    wdf!(WdfObjectReleaseLock, device);
}

/// Takes its time, and says how many do so with it.
fn take_time(request: WDFREQUEST) {
    let running = 1 + RUNNING.fetch_add(1, Ordering::Relaxed);
    MOST.fetch_max(running, Ordering::Relaxed);
    let together = match () {
        () if asked(Case::Checks) => 3,
        () if asked(Case::TwoAtATime) => 2,
        () => 1,
    };
    wait_until(|| MOST.load(Ordering::Relaxed) >= together);
    // For one that should not be here at the same time.
    sleep(Duration::from_millis(20));
    RUNNING.fetch_sub(1, Ordering::Relaxed);
    note(&format!("at most {}", MOST.load(Ordering::Relaxed)));
    complete(request, STATUS_SUCCESS, 0);
}

/// Goes on for a while after the request is completed.
pub fn linger() {
    sleep(Duration::from_millis(200));
    note("the callback returns");
}

fn misdeed(request: WDFREQUEST) {
    refusals::make(request);
    let mark = || wdf!(WdfRequestMarkCancelable, request, Some(evt_request_cancel));
    let mut memory = null_mut();
    if asked(Case::CompleteWhileCancelable) {
        mark();
    } else if asked(Case::AcknowledgeUnasked) {
        wdf!(WdfRequestStopAcknowledge, request, BOOLEAN::from(false));
    } else if asked(Case::DrainTwice) {
        let queue = DEFAULT.load(Ordering::Relaxed);
        wdf!(WdfIoQueueDrain, queue, Some(queues::reached), null_mut());
        wdf!(WdfIoQueueDrain, queue, Some(queues::reached), null_mut());
    } else if asked(Case::CallWhileImpersonating) {
        let level = Level::SecurityIdentification;
        let _ = wdf!(WdfRequestImpersonate, request, level, Some(call_framework), null_mut());
    } else if asked(Case::ImpersonateAgain) {
        let level = Level::SecurityIdentification;
        let _ = wdf!(WdfRequestImpersonate, request, level, Some(impersonate_again), null_mut());
    } else if asked(Case::KeepLock) {
        let mut lock = null_mut();
        let _ = wdf!(WdfWaitLockCreate, WDF_NO_OBJECT_ATTRIBUTES, &raw mut lock);
        let _ = wdf!(WdfWaitLockAcquire, lock, null_mut());
    } else if asked(Case::KeepMemory) {
        let _ = wdf!(WdfRequestRetrieveInputMemory, request, &raw mut memory);
        wdf!(WdfObjectReferenceActual, memory.cast(), null_mut(), 0, null_mut());
    } else if asked(Case::IgnoreCancel) {
        return;
    } else if asked(Case::ParametersOfNoSize) {
        let mut parameters = WDF_REQUEST_PARAMETERS { Type: 77, ..WDF_REQUEST_PARAMETERS::default() };
        wdf!(WdfRequestGetParameters, request, &raw mut parameters);
        expect("parameters of a wrong size", parameters.Type, 77);
    }
    let buffer = input(request, 1).1.cast::<u8>();
    complete(request, STATUS_SUCCESS, 0);
    if asked(Case::KeepMemory) {
        wdf!(WdfObjectDereferenceActual, memory.cast(), null_mut(), 0, null_mut());
    }
    if asked(Case::WriteAfterComplete) {
        // SAFETY: there is none: the misdeed. The host keeps the memory for a while.
        unsafe { buffer.write(1) };
    }
}
