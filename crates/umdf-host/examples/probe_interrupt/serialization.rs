//! `AutomaticSerialization`: callbacks of a timer, a work item and an interrupt that wait for the lock of the
//! queue above them.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering::SeqCst};

use wdk_sys::{
    _WDF_EXECUTION_LEVEL, _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_SYNCHRONIZATION_SCOPE, NTSTATUS,
    WDF_INTERRUPT_CONFIG, WDF_IO_QUEUE_CONFIG, WDF_OBJECT_ATTRIBUTES, WDF_TIMER_CONFIG, WDF_WORKITEM_CONFIG,
    WDFDEVICE, WDFINTERRUPT, WDFINTERRUPT__, WDFOBJECT, WDFQUEUE, WDFQUEUE__, WDFTIMER, WDFWORKITEM,
};

use crate::wdf::{
    a_while, attributes, check, create_interrupt_with, eventually, expect, interrupt_config, wdf,
};
use crate::{timers, workitems};

/// A queue whose callbacks wait for each other.
static QUEUE: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// An interrupt below it.
static INTERRUPT: AtomicPtr<WDFINTERRUPT__> = AtomicPtr::new(null_mut());
/// Callbacks that ran.
static RUNS: AtomicU32 = AtomicU32::new(0);

fn queue() -> WDFQUEUE {
    QUEUE.load(SeqCst)
}

unsafe extern "C" fn evt_timer(_timer: WDFTIMER) {
    RUNS.fetch_add(1, SeqCst);
}

unsafe extern "C" fn evt_work_item(_item: WDFWORKITEM) {
    RUNS.fetch_add(1, SeqCst);
}

unsafe extern "C" fn evt_interrupt_work_item(_interrupt: WDFINTERRUPT, _device: WDFOBJECT) {
    RUNS.fetch_add(1, SeqCst);
}

/// Makes the queue and the interrupt.
pub fn in_device_add(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let scope = _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeQueue;
    let mut serialized = WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..attributes(null_mut()) };
    let mut config = WDF_IO_QUEUE_CONFIG {
        Size: crate::wdf::size_field::<WDF_IO_QUEUE_CONFIG>(),
        DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchManual,
        ..WDF_IO_QUEUE_CONFIG::default()
    };
    let mut queue: WDFQUEUE = null_mut();
    check(wdf!(WdfIoQueueCreate, device, &raw mut config, &raw mut serialized, &raw mut queue))?;
    QUEUE.store(queue, SeqCst);
    let config = WDF_INTERRUPT_CONFIG {
        AutomaticSerialization: 1,
        EvtInterruptWorkItem: Some(evt_interrupt_work_item),
        ..interrupt_config()
    };
    let interrupt = create_interrupt_with(device, config, Some(attributes(queue.cast())))?;
    INTERRUPT.store(interrupt, SeqCst);
    Ok(())
}

/// Starts something while this thread has the lock of the queue. It runs meanwhile or, `serialized`, after.
fn expect_order(name: &str, serialized: bool, start: impl FnOnce()) {
    RUNS.store(0, SeqCst);
    wdf!(WdfObjectAcquireLock, queue().cast());
    start();
    if serialized {
        a_while();
        expect(&format!("{name} waits for the lock of its queue"), RUNS.load(SeqCst), 0);
    } else {
        let ran = eventually(|| RUNS.load(SeqCst) == 1);
        expect(&format!("{name} without serialization does not wait"), ran, true);
    }
    wdf!(WdfObjectReleaseLock, queue().cast());
    let ran = eventually(|| RUNS.load(SeqCst) == 1);
    expect(&format!("{name} runs once, serialized: {serialized}"), ran, true);
}

pub fn in_d0() {
    for serialized in [true, false] {
        let automatic = u8::from(serialized);
        let config = WDF_TIMER_CONFIG {
            EvtTimerFunc: Some(evt_timer),
            AutomaticSerialization: automatic,
            ..timers::config()
        };
        let level = _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive;
        let passive = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..attributes(queue().cast()) };
        match timers::create_with(passive, config) {
            Ok(timer) => expect_order("timer", serialized, || {
                let _ = wdf!(WdfTimerStart, timer, 0);
            }),
            Err(status) => expect("timer below a serialized queue", status, 0),
        }
        let config = WDF_WORKITEM_CONFIG {
            EvtWorkItemFunc: Some(evt_work_item),
            AutomaticSerialization: automatic,
            ..workitems::config()
        };
        match workitems::create_with(attributes(queue().cast()), config) {
            Ok(item) => expect_order("work item", serialized, || wdf!(WdfWorkItemEnqueue, item)),
            Err(status) => expect("work item below a serialized queue", status, 0),
        }
    }
    expect_order("interrupt's work item", true, || {
        let _ = wdf!(WdfInterruptQueueWorkItemForIsr, INTERRUPT.load(SeqCst));
    });
}
