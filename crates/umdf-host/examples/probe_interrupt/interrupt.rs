//! The interrupt callbacks: what they do is set by the checks, and they count what happens to them.

use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering::SeqCst};

use wdk_sys::{
    BOOLEAN, NTSTATUS, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, ULONG, WDFDEVICE, WDFINTERRUPT, WDFINTERRUPT__,
    WDFOBJECT,
};

use crate::asked;
use crate::mode::Mode;
use crate::wdf::{a_while, eventually, expect, read, wdf, write};

/// Offset of the interrupt status register.
pub const STATUS: usize = 0x24;
/// Offset of the interrupt raise register.
pub const RAISE: usize = 0x60;
/// Offset of the interrupt acknowledge register.
pub const ACKNOWLEDGE: usize = 0x64;

/// The interrupt that is never the device's.
pub static STRANGER: AtomicPtr<WDFINTERRUPT__> = AtomicPtr::new(std::ptr::null_mut());
/// Runs of the ISR that began, without the stranger's.
pub static ISR_BEGAN: AtomicU32 = AtomicU32::new(0);
/// Runs of the ISR that ended.
pub static ISR_ENDED: AtomicU32 = AtomicU32::new(0);
/// Runs of the stranger's ISR.
pub static STRANGER_ASKED: AtomicU32 = AtomicU32::new(0);
/// Every status bit that an ISR saw.
pub static SEEN: AtomicU32 = AtomicU32::new(0);
/// The message of the last run.
pub static MESSAGE: AtomicU32 = AtomicU32::new(0);
/// An ISR takes its time.
pub static SLOW: AtomicBool = AtomicBool::new(false);
/// Set while the ISR must not return once it has acknowledged what it saw.
pub static HOLD: AtomicBool = AtomicBool::new(false);
/// Runs of the ISR that acknowledged the device's interrupt.
pub static ISR_ACKNOWLEDGED: AtomicU32 = AtomicU32::new(0);
/// An ISR queues the work item.
pub static QUEUE_WORK: AtomicBool = AtomicBool::new(false);
/// Runs of the work item that ended.
pub static WORK_ENDED: AtomicU32 = AtomicU32::new(0);
/// Two runs of the ISR at the same time were seen.
pub static PARALLEL: AtomicBool = AtomicBool::new(false);
/// An ISR ran without its interrupt's lock.
pub static UNLOCKED: AtomicBool = AtomicBool::new(false);
/// An ISR ran while its interrupt was not enabled.
pub static NOT_ENABLED: AtomicBool = AtomicBool::new(false);
/// EvtInterruptEnable ran and EvtInterruptDisable did not.
pub static ENABLED: AtomicBool = AtomicBool::new(false);
static RUNNING: AtomicBool = AtomicBool::new(false);

pub unsafe extern "C" fn evt_interrupt_isr(interrupt: WDFINTERRUPT, message: ULONG) -> BOOLEAN {
    if interrupt == STRANGER.load(SeqCst) {
        STRANGER_ASKED.fetch_add(1, SeqCst);
        return 0;
    }
    ISR_BEGAN.fetch_add(1, SeqCst);
    if RUNNING.swap(true, SeqCst) {
        PARALLEL.store(true, SeqCst);
    }
    if !ENABLED.load(SeqCst) {
        NOT_ENABLED.store(true, SeqCst);
    }
    if wdf!(WdfInterruptTryToAcquireLock, interrupt) != 0 {
        UNLOCKED.store(true, SeqCst);
        wdf!(WdfInterruptReleaseLock, interrupt);
    }
    MESSAGE.store(message, SeqCst);
    let mine = serve(interrupt);
    RUNNING.store(false, SeqCst);
    ISR_ENDED.fetch_add(1, SeqCst);
    mine
}

fn serve(interrupt: WDFINTERRUPT) -> BOOLEAN {
    if asked(Mode::LockInIsr) {
        wdf!(WdfInterruptAcquireLock, interrupt);
    }
    if asked(Mode::NotSilenced) || asked(Mode::Unclaimed) {
        return asked(Mode::NotSilenced).into();
    }
    let status = read(STATUS);
    if status == 0 {
        return 0;
    }
    SEEN.fetch_or(status, SeqCst);
    write(ACKNOWLEDGE, status);
    ISR_ACKNOWLEDGED.fetch_add(1, SeqCst);
    eventually(|| !HOLD.load(SeqCst));
    if QUEUE_WORK.load(SeqCst) {
        let _ = wdf!(WdfInterruptQueueWorkItemForIsr, interrupt);
    }
    if SLOW.load(SeqCst) {
        a_while();
    }
    1
}

pub unsafe extern "C" fn evt_interrupt_enable(interrupt: WDFINTERRUPT, _device: WDFDEVICE) -> NTSTATUS {
    if asked(Mode::LockInEnable) {
        wdf!(WdfInterruptAcquireLock, interrupt);
    }
    if asked(Mode::SecondEnableFails) && interrupt != STRANGER.load(SeqCst) {
        return STATUS_UNSUCCESSFUL;
    }
    ENABLED.store(true, SeqCst);
    STATUS_SUCCESS
}

pub unsafe extern "C" fn evt_interrupt_disable(_interrupt: WDFINTERRUPT, _device: WDFDEVICE) -> NTSTATUS {
    ENABLED.store(false, SeqCst);
    STATUS_SUCCESS
}

pub unsafe extern "C" fn evt_interrupt_work_item(interrupt: WDFINTERRUPT, object: WDFOBJECT) {
    let device: WDFDEVICE = wdf!(WdfInterruptGetDevice, interrupt);
    if object != device.cast() {
        expect("a work item gets its device", object, device.cast());
    }
    if SLOW.load(SeqCst) {
        // Longer than the ISR that queued it, so that nothing ends with the ISR by chance.
        a_while();
        a_while();
    }
    WORK_ENDED.fetch_add(1, SeqCst);
}
