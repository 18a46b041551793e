//! Interrupts of the device, from the register that raises them to the ISR.

use std::sync::atomic::Ordering::SeqCst;
use std::thread;

use crate::device::the_interrupt;
use crate::interrupt::{
    ENABLED, HOLD, ISR_ACKNOWLEDGED, ISR_BEGAN, ISR_ENDED, MESSAGE, NOT_ENABLED, PARALLEL, QUEUE_WORK, RAISE,
    SEEN, SLOW, STATUS, STRANGER_ASKED, UNLOCKED, WORK_ENDED,
};
use crate::wdf::{a_while, eventually, expect, info, read, wdf, write};

/// Offset of the factorial register.
const FACTORIAL: usize = 0x08;
/// Offset of the status register, and its bit for an interrupt when the factorial is done.
const CONTROL: usize = 0x20;
const INTERRUPT_WHEN_DONE: u32 = 0x80;
/// The interrupt status bit of a factorial.
const FACTORIAL_DONE: u32 = 1;

/// Runs of the ISR that ended.
fn runs() -> u32 {
    ISR_ENDED.load(SeqCst)
}

/// Waits for the ISR to have run so often.
fn runs_become(runs: u32) -> bool {
    eventually(|| ISR_ENDED.load(SeqCst) >= runs) && ISR_ENDED.load(SeqCst) == runs
}

pub fn checks() {
    let interrupt = the_interrupt();
    let message = info(interrupt).MessageSignaled != 0;

    let before = runs();
    write(CONTROL, INTERRUPT_WHEN_DONE);
    write(FACTORIAL, 5);
    expect("a factorial interrupts when it is done", runs_become(before + 1), true);
    expect("the ISR sees the factorial's bit", SEEN.load(SeqCst), FACTORIAL_DONE);
    expect("the factorial is done", read(FACTORIAL), 120);
    write(CONTROL, 0);
    expect("the ISR gets message 0", MESSAGE.load(SeqCst), 0);

    let before = runs();
    write(RAISE, 0x1000);
    expect("a raise interrupts", runs_become(before + 1), true);
    expect("the ISR acknowledged it", read(STATUS), 0);

    collapse(message);
    work();
    disable_and_enable(message);
    disconnect_waits();
    expect("the ISR never ran in parallel", PARALLEL.load(SeqCst), false);
    expect("the ISR always had its lock", UNLOCKED.load(SeqCst), false);
    expect("the ISR ran between enable and disable only", NOT_ENABLED.load(SeqCst), false);
}

/// What arrives while the lock is held, or while the ISR runs, is one more run.
fn collapse(message: bool) {
    let interrupt = the_interrupt();
    let before = runs();
    wdf!(WdfInterruptAcquireLock, interrupt);
    for bit in [0x10, 0x20, 0x40, 0x80] {
        write(RAISE, bit);
    }
    a_while();
    expect("the lock holds the ISR up", ISR_BEGAN.load(SeqCst), before);
    wdf!(WdfInterruptReleaseLock, interrupt);
    // A message after the first one sets the event again; the line is silenced by the first run.
    let expected = before + if message { 2 } else { 1 };
    expect("events collapse", runs_become(expected), true);
    a_while();
    expect("events stay collapsed", runs(), expected);
    expect("the ISR saw every event", SEEN.load(SeqCst) & 0xf0, 0xf0);

    HOLD.store(true, SeqCst);
    let (before, acknowledged) = (runs(), ISR_ACKNOWLEDGED.load(SeqCst));
    write(RAISE, 1);
    eventually(|| ISR_ACKNOWLEDGED.load(SeqCst) > acknowledged);
    for _ in 0..3 {
        write(RAISE, 2);
    }
    HOLD.store(false, SeqCst);
    expect("events during a run are one more run", runs_become(before + 2), true);
    a_while();
    expect("events during a run stay one", runs(), before + 2);
}

fn work() {
    let interrupt = the_interrupt();
    let queued: u32 = (0..100).map(|_| u32::from(wdf!(WdfInterruptQueueWorkItemForIsr, interrupt))).sum();
    expect("a work item that is not queued can be queued", queued > 0, true);
    expect("it runs as often as it was queued", eventually(|| WORK_ENDED.load(SeqCst) == queued), true);
    let more = u32::from(wdf!(WdfInterruptQueueDpcForIsr, interrupt));
    expect("QueueDpcForIsr queues it too", more, 1);
    expect("that runs too", eventually(|| WORK_ENDED.load(SeqCst) == queued + 1), true);
    QUEUE_WORK.store(true, SeqCst);
    write(RAISE, 1);
    expect("the ISR queues it", eventually(|| WORK_ENDED.load(SeqCst) == queued + 2), true);
    QUEUE_WORK.store(false, SeqCst);
}

fn disable_and_enable(message: bool) {
    let interrupt = the_interrupt();
    wdf!(WdfInterruptDisable, interrupt);
    expect("Disable calls EvtInterruptDisable", ENABLED.load(SeqCst), false);
    let before = runs();
    write(RAISE, 1);
    a_while();
    expect("a disabled interrupt is not delivered", runs(), before);
    wdf!(WdfInterruptEnable, interrupt);
    expect("Enable calls EvtInterruptEnable", ENABLED.load(SeqCst), true);
    // A line is still high; a message is gone.
    let expected = before + u32::from(!message);
    expect("a line waits, a message is lost", runs_become(expected), true);
    a_while();
    expect("a message stays lost", runs(), expected);
    wdf!(WdfInterruptEnable, interrupt);
    write(RAISE, 1);
    expect("an enabled interrupt is delivered", runs_become(expected + 1), true);
}

fn disconnect_waits() {
    let interrupt = the_interrupt();
    SLOW.store(true, SeqCst);
    let before = runs();
    write(RAISE, 1);
    eventually(|| ISR_BEGAN.load(SeqCst) > before);
    wdf!(WdfInterruptDisable, interrupt);
    expect("Disable waits for an ISR without work item", runs(), before + 1);
    wdf!(WdfInterruptEnable, interrupt);
    QUEUE_WORK.store(true, SeqCst);
    let (before, work) = (runs(), WORK_ENDED.load(SeqCst));
    write(RAISE, 1);
    eventually(|| ISR_BEGAN.load(SeqCst) > before);
    wdf!(WdfInterruptDisable, interrupt);
    expect("Disable waits for the ISR", runs(), before + 1);
    expect("Disable waits for the work item", WORK_ENDED.load(SeqCst), work + 1);
    SLOW.store(false, SeqCst);
    QUEUE_WORK.store(false, SeqCst);
    wdf!(WdfInterruptEnable, interrupt);
    many_raises();
}

/// Raises from several threads: nothing is lost but what collapses.
fn many_raises() {
    thread::scope(|scope| {
        for shift in 0..4 {
            scope.spawn(move || (0..50).for_each(|_| write(RAISE, 1 << (8 + shift))));
        }
    });
    expect("every raise is served", eventually(|| read(STATUS) == 0), true);
}

/// One interrupt that was made in EvtDevicePrepareHardware, with a DPC. No EvtInterruptDisable waits for its
/// lock.
pub fn in_prepare() {
    QUEUE_WORK.store(true, SeqCst);
    write(RAISE, 1);
    expect("a raise interrupts", runs_become(1), true);
    expect("a DPC is a work item", eventually(|| WORK_ENDED.load(SeqCst) == 1), true);
    QUEUE_WORK.store(false, SeqCst);
    disconnect_waits();
}

/// An edge is delivered once; while the line stays high there is no other one.
pub fn edge() {
    let interrupt = the_interrupt();
    expect("an edge is latched", info(interrupt).Mode, wdk_sys::_KINTERRUPT_MODE::Latched);
    expect("an edge is no message", info(interrupt).MessageSignaled, 0);
    write(RAISE, 1);
    expect("an edge interrupts", runs_become(1), true);
    write(RAISE, 1);
    expect("another edge interrupts", runs_become(2), true);
    wdf!(WdfInterruptDisable, interrupt);
    write(RAISE, 1);
    wdf!(WdfInterruptEnable, interrupt);
    a_while();
    expect("an edge while disconnected is lost", runs(), 2);
    write(RAISE, 2);
    a_while();
    expect("a line that stays high has no edge", runs(), 2);
}

/// The first interrupt on the line is asked and says no; the second one serves the device.
pub fn two_on_a_line() {
    write(RAISE, 1);
    expect("the second interrupt is asked", runs_become(1), true);
    expect("the first one was asked before", STRANGER_ASKED.load(SeqCst), 1);
}

/// Disabled before the first connection: not connected on D0 entry, but by Enable.
pub fn disabled_before_start() {
    expect("a disabled interrupt is not enabled on D0 entry", ENABLED.load(SeqCst), false);
    wdf!(WdfInterruptEnable, the_interrupt());
    expect("Enable connects it", ENABLED.load(SeqCst), true);
    write(RAISE, 1);
    expect("it is delivered", runs_become(1), true);
}
