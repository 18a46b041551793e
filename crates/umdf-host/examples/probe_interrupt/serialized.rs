//! AutomaticSerialization: callbacks that take the lock of their parent, and parents that do not fit.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

use wdk_sys::{
    _WDF_EXECUTION_LEVEL as Level, _WDF_SYNCHRONIZATION_SCOPE as Scope, NTSTATUS, WDF_INTERRUPT_CONFIG,
    WDF_OBJECT_ATTRIBUTES, WDF_TIMER_CONFIG, WDF_WORKITEM_CONFIG, WDFDEVICE, WDFINTERRUPT, WDFOBJECT,
    WDFQUEUE, WDFTIMER, WDFWORKITEM,
};

use crate::arguments::create_queue_with;
use crate::mode::Mode;
use crate::wdf::{
    a_while, attributes, create_interrupt, create_interrupt_with, eventually, expect, interrupt_config, wdf,
};
use crate::{asked, timers, workitems};

/// Status of `wdfstatus.h`.
const INCOMPATIBLE_EXECUTION_LEVEL: NTSTATUS = u32::cast_signed(0xC020_020C);

/// Callbacks that began.
static BEGAN: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn evt_timer(_timer: WDFTIMER) {
    BEGAN.fetch_add(1, SeqCst);
}

unsafe extern "C" fn evt_work_item(_item: WDFWORKITEM) {
    BEGAN.fetch_add(1, SeqCst);
}

unsafe extern "C" fn evt_interrupt_work(_interrupt: WDFINTERRUPT, _device: WDFOBJECT) {
    BEGAN.fetch_add(1, SeqCst);
}

/// Attributes of the device in this life.
pub fn device_attributes() -> WDF_OBJECT_ATTRIBUTES {
    let passive =
        asked(Mode::SerializedPassive) || asked(Mode::SerializedTimer) || asked(Mode::SerializedDpc);
    let unmarked =
        asked(Mode::Serialized) || asked(Mode::SerializedWorkItem) || asked(Mode::SerializedInterrupt);
    let mut attributes = attributes(null_mut());
    if passive || unmarked {
        attributes.SynchronizationScope = Scope::WdfSynchronizationScopeDevice;
    }
    if asked(Mode::SerializedByQueue) {
        attributes.SynchronizationScope = Scope::WdfSynchronizationScopeQueue;
    }
    if passive {
        attributes.ExecutionLevel = Level::WdfExecutionLevelPassive;
    }
    attributes
}

fn create_timer(parent: WDFOBJECT, level: i32) -> Result<WDFTIMER, NTSTATUS> {
    let config =
        WDF_TIMER_CONFIG { EvtTimerFunc: Some(evt_timer), AutomaticSerialization: 1, ..timers::config() };
    timers::create_with(WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..attributes(parent) }, config)
}

fn create_work_item(parent: WDFOBJECT) -> Result<WDFWORKITEM, NTSTATUS> {
    let config = WDF_WORKITEM_CONFIG {
        EvtWorkItemFunc: Some(evt_work_item),
        AutomaticSerialization: 1,
        ..workitems::config()
    };
    workitems::create_with(attributes(parent), config)
}

fn with_work_item() -> WDF_INTERRUPT_CONFIG {
    WDF_INTERRUPT_CONFIG {
        EvtInterruptWorkItem: Some(evt_interrupt_work),
        AutomaticSerialization: 1,
        ..interrupt_config()
    }
}

fn with_dpc() -> WDF_INTERRUPT_CONFIG {
    WDF_INTERRUPT_CONFIG {
        EvtInterruptDpc: Some(evt_interrupt_work),
        EvtInterruptWorkItem: None,
        ..with_work_item()
    }
}

/// A queue with this scope.
fn queue_of_scope(device: WDFDEVICE, scope: i32) -> Result<WDFQUEUE, NTSTATUS> {
    create_queue_with(device, WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..attributes(null_mut()) })
}

/// A callback waits for the lock of `object`, or does not.
fn waits(name: &str, object: WDFOBJECT, expected: bool, enqueue: impl FnOnce()) {
    let before = BEGAN.load(SeqCst);
    wdf!(WdfObjectAcquireLock, object);
    enqueue();
    if expected {
        a_while();
        expect(&format!("{name} waits for the lock"), BEGAN.load(SeqCst), before);
    } else {
        let began = eventually(|| BEGAN.load(SeqCst) == before + 1);
        expect(&format!("{name} does not wait for the lock"), began, true);
    }
    wdf!(WdfObjectReleaseLock, object);
    expect(&format!("{name} runs"), eventually(|| BEGAN.load(SeqCst) == before + 1), true);
}

fn start(timer: WDFTIMER) {
    let _ = wdf!(WdfTimerStart, timer, 0);
}

/// The parent has another level. Without the rule the call has no effect.
fn refused<T>(name: &str, made: Result<*mut T, NTSTATUS>) {
    let as_expected = made.map_or_else(|status| status == INCOMPATIBLE_EXECUTION_LEVEL, <*mut T>::is_null);
    expect(name, as_expected, true);
}

/// In EvtDriverDeviceAdd, where interrupts are made.
pub fn in_device_add(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let inherit = Level::WdfExecutionLevelInheritFromParent;
    if asked(Mode::SerializedTimer) {
        refused("timer below a passive device", create_timer(device.cast(), inherit));
    }
    if asked(Mode::SerializedWorkItem) {
        refused("work item below a device", create_work_item(device.cast()));
    }
    if asked(Mode::SerializedInterrupt) {
        refused("work item of an interrupt", create_interrupt(device, with_work_item()));
    }
    if asked(Mode::SerializedDpc) {
        refused("DPC below a passive device", create_interrupt(device, with_dpc()));
    }
    let interrupts = [
        (Mode::Serialized, device.cast(), with_dpc()),
        (Mode::SerializedPassive, device.cast(), with_work_item()),
    ];
    for (_, parent, config) in interrupts.into_iter().filter(|(mode, ..)| asked(*mode)) {
        let interrupt = create_interrupt_with(device, config, Some(attributes(parent)))?;
        waits("interrupt", parent, true, || {
            let _ = wdf!(WdfInterruptQueueDpcForIsr, interrupt);
        });
    }
    if asked(Mode::Serialized) {
        let queue = queue_of_scope(device, Scope::WdfSynchronizationScopeQueue)?;
        let interrupt = create_interrupt_with(device, with_work_item(), Some(attributes(queue.cast())))?;
        waits("interrupt of a queue", queue.cast(), true, || {
            let _ = wdf!(WdfInterruptQueueWorkItemForIsr, interrupt);
        });
    }
    Ok(())
}

/// Everything else.
pub fn when_started(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let (inherit, passive) = (Level::WdfExecutionLevelInheritFromParent, Level::WdfExecutionLevelPassive);
    if asked(Mode::Serialized) {
        let timer = create_timer(device.cast(), inherit)?;
        waits("timer", device.cast(), true, || start(timer));
        expect("without AutomaticSerialization every level fits", not_serialized(device), Ok(()));
        // A queue has the level that it inherits, and its own scope.
        let queue = queue_of_scope(device, Scope::WdfSynchronizationScopeQueue)?;
        let item = create_work_item(queue.cast())?;
        waits("work item of a queue", queue.cast(), true, || wdf!(WdfWorkItemEnqueue, item));
        waits("work item of a queue, device", device.cast(), false, || wdf!(WdfWorkItemEnqueue, item));
        let queue = queue_of_scope(device, Scope::WdfSynchronizationScopeInheritFromParent)?;
        let item = create_work_item(queue.cast())?;
        waits("work item of an inheriting queue", device.cast(), true, || wdf!(WdfWorkItemEnqueue, item));
        let queue = queue_of_scope(device, Scope::WdfSynchronizationScopeNone)?;
        let timer = create_timer(queue.cast(), inherit)?;
        waits("timer of a queue without scope", device.cast(), false, || start(timer));
    }
    if asked(Mode::SerializedPassive) {
        let timer = create_timer(device.cast(), passive)?;
        waits("passive timer", device.cast(), true, || start(timer));
        let item = create_work_item(device.cast())?;
        waits("work item", device.cast(), true, || wdf!(WdfWorkItemEnqueue, item));
        // The scope is that of the device above, the level that of the parent itself.
        let of_device = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: passive, ..attributes(device.cast()) };
        let item = create_work_item(crate::arguments::create_object_with(of_device)?)?;
        waits("work item of an object", device.cast(), true, || wdf!(WdfWorkItemEnqueue, item));
        let timer = create_timer(crate::arguments::create_object_with(attributes(device.cast()))?, inherit)?;
        waits("timer of an object", device.cast(), true, || start(timer));
    }
    if asked(Mode::SerializedByQueue) {
        let timer = create_timer(device.cast(), inherit)?;
        waits("timer of a device with queue scope", device.cast(), true, || start(timer));
    }
    Ok(())
}

/// Makes what would not fit if it were serialized.
fn not_serialized(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let passive = WDF_OBJECT_ATTRIBUTES {
        ExecutionLevel: Level::WdfExecutionLevelPassive,
        ..attributes(device.cast())
    };
    timers::create_with(passive, timers::config())?;
    workitems::create(device.cast()).map(|_| ())
}
