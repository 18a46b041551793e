//! What breaks a rule, one thing in a life.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering::SeqCst};

use wdk_sys::{
    NTSTATUS, STATUS_INVALID_DEVICE_STATE, WDF_INTERRUPT_CONFIG, WDF_OBJECT_ATTRIBUTES, WDFCONTEXT,
    WDFDEVICE, WDFINTERRUPT, WDFINTERRUPT__, WDFOBJECT, WDFTIMER, WDFWAITLOCK, WDFWORKITEM,
};

use crate::device::{Pair, the_interrupt};
use crate::interrupt::{ISR_ENDED, RAISE};
use crate::mode::Mode;
use crate::wdf::{
    a_while, attributes, check, create_interrupt, create_interrupt_with, eventually, expect,
    interrupt_config, wdf, write,
};
use crate::{arguments, asked, timers, workitems};

pub fn in_device_add(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let good = interrupt_config();
    if asked(Mode::NotPassive) {
        create_interrupt(device, WDF_INTERRUPT_CONFIG { PassiveHandling: 0, ..good })?;
    }
    if asked(Mode::DeleteParentQueue) {
        let queue = arguments::create_queue(device)?;
        let config = WDF_INTERRUPT_CONFIG { AutomaticSerialization: 1, ..good };
        create_interrupt_with(device, config, Some(attributes(queue.cast())))?;
        wdf!(WdfObjectDelete, queue.cast());
    }
    if asked(Mode::KeepGivenLock) {
        let mut lock: WDFWAITLOCK = null_mut();
        let mut of_device = attributes(device.cast());
        check(wdf!(WdfWaitLockCreate, &raw mut of_device, &raw mut lock))?;
        keep_lock(device, create_interrupt(device, WDF_INTERRUPT_CONFIG { WaitLock: lock, ..good })?)?;
    }
    Ok(())
}

/// Makes an interrupt from a copy of one of the descriptors, or gives one a policy.
pub fn in_prepare(device: WDFDEVICE, line: Pair) -> Result<(), NTSTATUS> {
    if asked(Mode::PolicyInPrepare) || asked(Mode::ExtendedInPrepare) {
        let (raw, translated) = (line.raw, line.translated);
        let config =
            WDF_INTERRUPT_CONFIG { InterruptRaw: raw, InterruptTranslated: translated, ..interrupt_config() };
        let interrupt = create_interrupt(device, config)?;
        let mut policy = arguments::extended_policy();
        if asked(Mode::PolicyInPrepare) {
            wdf!(WdfInterruptSetPolicy, interrupt, policy.Policy, policy.Priority, 1);
        } else {
            wdf!(WdfInterruptSetExtendedPolicy, interrupt, &raw mut policy);
        }
        // Not connected: the other one is to serve the device.
        wdf!(WdfInterruptDisable, interrupt);
    }
    if !(asked(Mode::CopiedRaw) || asked(Mode::CopiedTranslated)) {
        return Ok(());
    }
    let copied = if asked(Mode::CopiedRaw) { line.raw } else { line.translated };
    // SAFETY: a descriptor of the list.
    let mut copy = unsafe { copied.read() };
    let mut config = WDF_INTERRUPT_CONFIG {
        InterruptRaw: line.raw,
        InterruptTranslated: line.translated,
        ..interrupt_config()
    };
    if asked(Mode::CopiedRaw) {
        config.InterruptRaw = &raw mut copy;
    } else {
        config.InterruptTranslated = &raw mut copy;
    }
    create_interrupt(device, config).map(|_| ())
}

pub fn in_d0_entry(device: WDFDEVICE) {
    if asked(Mode::CreateLate) {
        let late = create_interrupt(device, interrupt_config());
        // Without the rule the call has no effect.
        let ignored = late.is_ok_and(WDFINTERRUPT::is_null);
        expect("refused or ignored", ignored || late == Err(STATUS_INVALID_DEVICE_STATE), true);
    }
}

unsafe extern "C" fn evt_interrupt_synchronize(_interrupt: WDFINTERRUPT, _context: WDFCONTEXT) -> u8 {
    1
}

pub fn when_started(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let interrupt = the_interrupt();
    if asked(Mode::NotSilenced) || asked(Mode::Unclaimed) || asked(Mode::LockInIsr) {
        write(RAISE, 1);
        // Time for the host to look at what the ISR did.
        eventually(|| ISR_ENDED.load(SeqCst) > 0);
        a_while();
    }
    locks(interrupt);
    if asked(Mode::KeepLock) {
        keep_lock(device, interrupt)?;
    }
    if asked(Mode::QueueNothing) {
        expect("nothing is queued", wdf!(WdfInterruptQueueWorkItemForIsr, interrupt), 0);
    }
    if asked(Mode::DeleteInterrupt) {
        wdf!(WdfObjectDelete, interrupt.cast());
        expect("the interrupt is still there", wdf!(WdfInterruptGetDevice, interrupt), device);
    }
    timers_and_work_items(device)
}

fn locks(interrupt: WDFINTERRUPT) {
    let held = [Mode::LockTwice, Mode::SynchronizeLocked, Mode::DisableLocked].into_iter().any(asked);
    if held {
        wdf!(WdfInterruptAcquireLock, interrupt);
    }
    if asked(Mode::LockTwice) {
        wdf!(WdfInterruptAcquireLock, interrupt);
    }
    if asked(Mode::SynchronizeLocked) {
        let function = Some(evt_interrupt_synchronize as unsafe extern "C" fn(_, _) -> _);
        expect("nothing is called", wdf!(WdfInterruptSynchronize, interrupt, function, null_mut()), 0);
    }
    if asked(Mode::DisableLocked) {
        wdf!(WdfInterruptDisable, interrupt);
    }
    if held || asked(Mode::ReleaseUnowned) {
        wdf!(WdfInterruptReleaseLock, interrupt);
    }
}

/// The interrupt whose lock a callback keeps.
static KEPT: AtomicPtr<WDFINTERRUPT__> = AtomicPtr::new(null_mut());

/// Keeps the lock, for its caller.
unsafe extern "C" fn evt_cleanup_and_lock(_object: WDFOBJECT) {
    wdf!(WdfInterruptAcquireLock, KEPT.load(SeqCst));
}

/// A callback inside this one returns with the lock. It is released on the same thread.
fn keep_lock(device: WDFDEVICE, interrupt: WDFINTERRUPT) -> Result<(), NTSTATUS> {
    KEPT.store(interrupt, SeqCst);
    let attributes = attributes(device.cast());
    let object = arguments::create_object_with(WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(evt_cleanup_and_lock),
        ..attributes
    })?;
    wdf!(WdfObjectDelete, object);
    wdf!(WdfInterruptReleaseLock, interrupt);
    Ok(())
}

unsafe extern "C" fn evt_timer_cleanup(timer: WDFOBJECT) {
    let timer: WDFTIMER = timer.cast();
    expect("the timer is not started", wdf!(WdfTimerStart, timer, 0), 0);
    a_while();
}

unsafe extern "C" fn evt_work_item_cleanup(item: WDFOBJECT) {
    let item: WDFWORKITEM = item.cast();
    wdf!(WdfWorkItemEnqueue, item);
}

fn timers_and_work_items(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let owned = attributes(device.cast());
    if asked(Mode::StartDeletedTimer) {
        let attributes = WDF_OBJECT_ATTRIBUTES { EvtCleanupCallback: Some(evt_timer_cleanup), ..owned };
        let timer = timers::create_with(attributes, timers::config())?;
        wdf!(WdfObjectDelete, timer.cast());
    }
    if asked(Mode::EnqueueDeletedWorkItem) {
        let attributes = WDF_OBJECT_ATTRIBUTES { EvtCleanupCallback: Some(evt_work_item_cleanup), ..owned };
        let item = workitems::create_with(attributes, workitems::config())?;
        wdf!(WdfObjectDelete, item.cast());
    }
    if asked(Mode::FlushInCallback) {
        let item = workitems::create(device.cast())?;
        wdf!(WdfWorkItemEnqueue, item);
        wdf!(WdfWorkItemFlush, item);
    }
    Ok(())
}
