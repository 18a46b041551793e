//! Files and requests, and what can be got wrong about them.
//!
//! | code | the good driver |
//! |---|---|
//! | `0x222000` | writes the input (4 bytes) to the first register, answers with what it reads back |
//! | `0x222004` | keeps the request until its handle is closed |
//! | `0x222008` | completes the request when the timer fires |
//! | `0x22200c` | completes the request when the callbacks of as many others as the input says are through |
//! | `0x222014` | dies in the way that the input says |

use std::cell::Cell;
use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{sleep, spawn};
use std::time::Duration;

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, BOOLEAN, NTSTATUS, STATUS_CANCELLED, STATUS_DEVICE_NOT_READY,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_IO_TIMEOUT, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, ULONG,
    WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO, WDFDEVICE, WDFFILEOBJECT, WDFOBJECT, WDFQUEUE,
    WDFREQUEST, WDFTIMER,
};

use crate::device::{TypeInfo, context};
use crate::misbehaviour::Misbehaviour;
use crate::objects::acquire;
use crate::wdf::{DRIVER_KEY, attributes, check, complete, create_object, open_key, read_and_close, wdf};
use crate::{asked, deadlock, death, hardware, trace};

const WRITE_AND_READ: ULONG = 0x22_2000;
const KEEP: ULONG = 0x22_2004;
const LATER: ULONG = 0x22_2008;
const AFTER_OTHERS: ULONG = 0x22_200c;
const DIE: ULONG = 0x22_2014;

/// Bytes of a register.
const REGISTER: usize = 4;

pub unsafe extern "C" fn evt_device_file_create(
    _device: WDFDEVICE,
    request: WDFREQUEST,
    _file: WDFFILEOBJECT,
) {
    death::die_if(Misbehaviour::DieInFileCreate);
    if asked(Misbehaviour::FailFileCreate) {
        complete(request, STATUS_UNSUCCESSFUL, 0);
    } else if !asked(Misbehaviour::KeepCreate) {
        complete(request, STATUS_SUCCESS, 0);
    }
}

pub unsafe extern "C" fn evt_file_cleanup(file: WDFFILEOBJECT) {
    if asked(Misbehaviour::DeleteFileObject) {
        wdf!(WdfObjectDelete, file.cast());
    }
}

pub unsafe extern "C" fn evt_file_close(_file: WDFFILEOBJECT) {
    death::die_if(Misbehaviour::DieInFileClose);
    if asked(Misbehaviour::ForwardLate) {
        trace!("the file is closed");
    }
}

pub unsafe extern "C" fn evt_io_device_control(
    queue: WDFQUEUE,
    request: WDFREQUEST,
    _output_length: usize,
    _input_length: usize,
    code: ULONG,
) {
    if IN_REQUEST.replace(true) && asked(Misbehaviour::ForgetNested) {
        return;
    }
    let device = wdf!(WdfIoQueueGetDevice, queue);
    let done = &context(device).done;
    let result = match code {
        WRITE_AND_READ => write_and_read(device, request),
        KEEP => keep(device, request),
        LATER => later(device, request),
        AFTER_OTHERS => after_others(device, request),
        DIE => read_input(request).map(|how| {
            death::die(how);
            complete(request, STATUS_SUCCESS, 0);
        }),
        _ => Err(STATUS_INVALID_DEVICE_REQUEST),
    };
    if let Err(status) = result
        && !asked(Misbehaviour::ForgetOnError)
    {
        let other = asked(Misbehaviour::OtherStatusOnError);
        complete(request, if other { STATUS_UNSUCCESSFUL } else { status }, 0);
    }
    done.fetch_add(1, Ordering::Release);
    IN_REQUEST.set(false);
}

thread_local! {
    /// A request is in the middle of its callback on this thread.
    static IN_REQUEST: Cell<bool> = const { Cell::new(false) };
}

pub unsafe extern "C" fn evt_io_stop(_queue: WDFQUEUE, request: WDFREQUEST, _action_flags: ULONG) {
    if asked(Misbehaviour::CompleteOnStop) {
        complete(request, STATUS_CANCELLED, 0);
    }
}

/// Fails only if the request is still to be completed.
fn write_and_read(device: WDFDEVICE, request: WDFREQUEST) -> Result<(), NTSTATUS> {
    if asked(Misbehaviour::KeepRequest) || asked(Misbehaviour::CompleteOnStop) {
        return Ok(());
    }
    if asked(Misbehaviour::AnswerLate) {
        let first = context(device).delayed.swap(request, Ordering::AcqRel);
        if first.is_null() {
            return Ok(());
        }
        answer_late(first);
    }
    if asked(Misbehaviour::AnswerInTurn) {
        answer_in_turn(request);
        return Ok(());
    }
    if asked(Misbehaviour::DeleteRequest) {
        wdf!(WdfObjectDelete, request.cast());
    }
    if asked(Misbehaviour::HangInIoctl) {
        death::hang();
    }
    if asked(Misbehaviour::LocksInOtherOrder) {
        deadlock::take_locks_beside_work_item(device)?;
    }
    if asked(Misbehaviour::NullBuffer) {
        check(wdf!(WdfRequestRetrieveInputBuffer, request, REGISTER, null_mut(), null_mut()))?;
    }
    answer(device, request)?;

    let (enough, too_many) = (REGISTER as u64, REGISTER as u64 + 1);
    if asked(Misbehaviour::SetInformationTooLarge) {
        wdf!(WdfRequestSetInformation, request, too_many);
        wdf!(WdfRequestComplete, request, STATUS_SUCCESS);
    } else if asked(Misbehaviour::InformationTooLarge) {
        complete(request, STATUS_SUCCESS, too_many);
    } else if asked(Misbehaviour::InformationTooLargeOfFailure) {
        complete(request, STATUS_UNSUCCESSFUL, too_many);
    } else {
        complete(request, STATUS_SUCCESS, enough);
    }
    if asked(Misbehaviour::ReturnLate) {
        sleep(Duration::from_millis(50));
        let lock = context(device).registers.load(Ordering::Relaxed);
        acquire(lock).expect("the device is still there");
        wdf!(WdfWaitLockRelease, lock);
    }
    if asked(Misbehaviour::CompleteTwice) {
        complete(request, STATUS_SUCCESS, 0);
    }
    if asked(Misbehaviour::CompleteTwiceLater) {
        let object = create_object(attributes(device.cast())).expect("the attributes are right");
        wdf!(WdfObjectDelete, object);
        complete(request, STATUS_SUCCESS, 0);
    }
    if asked(Misbehaviour::HandleOfCompleted) {
        assert_eq!(input(request), Ok(null_mut()), "the call has no effect");
    }
    Ok(())
}

/// Answers a request that nobody waits for any more.
fn answer_late(request: WDFREQUEST) {
    let mut output: *mut c_void = null_mut();
    let found = wdf!(WdfRequestRetrieveOutputBuffer, request, REGISTER, &raw mut output, null_mut());
    check(found).expect("the request is still the driver's");
    // SAFETY: the buffer is that long, and lives until the request is completed.
    unsafe { output.cast::<u32>().write_unaligned(1) };
    complete(request, STATUS_SUCCESS, REGISTER as u64);
    trace!("answered late");
}

/// Answers from a thread of its own, after all those before.
fn answer_in_turn(request: WDFREQUEST) {
    static REQUESTS: AtomicU32 = AtomicU32::new(0);
    let turn = REQUESTS.fetch_add(1, Ordering::Relaxed) + 1;
    let request = request.addr();
    spawn(move || {
        sleep(Duration::from_millis(250) * turn);
        complete(without_provenance_mut(request), STATUS_SUCCESS, 0);
    });
}

/// Writes the input to the first register and reads it back into the output.
fn answer(device: WDFDEVICE, request: WDFREQUEST) -> Result<(), NTSTATUS> {
    let value = read_input(request)?;
    let mut output = null_mut();
    check(wdf!(WdfRequestRetrieveOutputBuffer, request, REGISTER, &raw mut output, null_mut()))?;

    let context = context(device);
    let base = context.base.load(Ordering::Acquire);
    if base.is_null() {
        return Err(STATUS_DEVICE_NOT_READY);
    }
    let lock = context.registers.load(Ordering::Relaxed);
    acquire(lock)?;
    let long = Size::WdfDeviceHwAccessTargetSizeUlong;
    hardware::write(device, long, base, value.into());
    let read = hardware::read(device, long, base).to_le_bytes();
    wdf!(WdfWaitLockRelease, lock);

    // SAFETY: the buffer has the bytes that were asked for.
    unsafe { output.cast::<u8>().copy_from_nonoverlapping(read.as_ptr(), REGISTER) };
    Ok(())
}

fn input(request: WDFREQUEST) -> Result<*mut c_void, NTSTATUS> {
    let mut input = null_mut();
    check(wdf!(WdfRequestRetrieveInputBuffer, request, REGISTER, &raw mut input, null_mut()))?;
    Ok(input)
}

fn read_input(request: WDFREQUEST) -> Result<u32, NTSTATUS> {
    let input: *const u32 = input(request)?.cast();
    // SAFETY: the buffer has the bytes that were asked for.
    Ok(unsafe { input.read_unaligned() })
}

/// Leaves the request in the manual queue.
fn keep(device: WDFDEVICE, request: WDFREQUEST) -> Result<(), NTSTATUS> {
    watch(request)?;
    if asked(Misbehaviour::ForwardLate) {
        sleep(Duration::from_millis(50));
    }
    let waiting = context(device).waiting.load(Ordering::Relaxed);
    check(wdf!(WdfRequestForwardToIoQueue, request, waiting))?;
    if asked(Misbehaviour::CompleteForwarded) {
        complete(request, STATUS_SUCCESS, 0);
    }
    if asked(Misbehaviour::RetrieveForwarded) {
        let refused = [Ok(null_mut()), Err(STATUS_INVALID_DEVICE_REQUEST)];
        assert!(refused.contains(&input(request)), "the call has no effect");
    }
    if asked(Misbehaviour::ForwardForwarded) {
        let status = wdf!(WdfRequestForwardToIoQueue, request, waiting);
        let refused = [STATUS_SUCCESS, STATUS_INVALID_DEVICE_REQUEST];
        assert!(refused.contains(&status), "the call has no effect");
    }
    if asked(Misbehaviour::SetForwarded) {
        wdf!(WdfRequestSetInformation, request, 1);
    }
    Ok(())
}

/// Waits until so many calls of EvtIoDeviceControl are at their end on other threads.
fn after_others(device: WDFDEVICE, request: WDFREQUEST) -> Result<(), NTSTATUS> {
    let others = read_input(request)?;
    let done = &context(device).done;
    for _ in 0..5_000 {
        if done.load(Ordering::Acquire) >= others {
            complete(request, STATUS_SUCCESS, 0);
            return Ok(());
        }
        sleep(Duration::from_millis(1));
    }
    Err(STATUS_IO_TIMEOUT)
}

static WATCHED: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: 40,
    ContextName: c"Watched".as_ptr().cast_mut(),
    ContextSize: 1,
    UniqueType: &raw const WATCHED.0,
    EvtDriverGetUniqueContextType: None,
});

/// Lets the end of the request be seen: its EvtCleanupCallback is called.
fn watch(request: WDFREQUEST) -> Result<(), NTSTATUS> {
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(evt_request_cleanup),
        ContextTypeInfo: &raw const WATCHED.0,
        ..attributes(null_mut())
    };
    check(wdf!(WdfObjectAllocateContext, request.cast(), &raw mut attributes, null_mut()))
}

unsafe extern "C" fn evt_request_cleanup(_request: WDFOBJECT) {
    if asked(Misbehaviour::ForwardLate) {
        // The end of any object wakes the threads of the host that wait for something.
        if let Ok(object) = create_object(attributes(null_mut())) {
            wdf!(WdfObjectDelete, object);
        }
        sleep(Duration::from_millis(50));
        trace!("the request is cleaned up");
    }
}

/// Completes the request some milliseconds later.
fn later(device: WDFDEVICE, request: WDFREQUEST) -> Result<(), NTSTATUS> {
    let delay = read_and_close(open_key(device, DRIVER_KEY)?, "DelayMilliseconds")?;
    let context = context(device);
    context.delayed.store(request, Ordering::Release);
    let timer = context.timer.load(Ordering::Relaxed);
    // Negative: relative, in units of 100 ns.
    let _was_started = wdf!(WdfTimerStart, timer, -10_000 * i64::from(delay));
    Ok(())
}

pub unsafe extern "C" fn evt_timer(timer: WDFTIMER) {
    let device: WDFDEVICE = wdf!(WdfTimerGetParentObject, timer).cast();
    if asked(Misbehaviour::HangInTimer) {
        death::hang();
    }
    if asked(Misbehaviour::StopTimerInCallback) {
        let stopped = wdf!(WdfTimerStop, timer, BOOLEAN::from(true));
        assert_eq!(stopped, 0, "the call has no effect");
    }
    let request = context(device).delayed.swap(null_mut(), Ordering::AcqRel);
    if !request.is_null() {
        complete(request, STATUS_SUCCESS, 0);
    }
}
