//! The functions of `wdfinterrupt.h` with good and bad arguments.

use std::mem::offset_of;
use std::ptr::null_mut;

use wdk_sys::{
    _KINTERRUPT_MODE, _WDF_EXECUTION_LEVEL, _WDF_INTERRUPT_POLICY as Policy,
    _WDF_INTERRUPT_PRIORITY as Priority, _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_SYNCHRONIZATION_SCOPE,
    _WDF_TRI_STATE, BOOLEAN, CM_PARTIAL_RESOURCE_DESCRIPTOR, NTSTATUS, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, WDF_INTERRUPT_CONFIG,
    WDF_INTERRUPT_EXTENDED_POLICY, WDF_INTERRUPT_INFO, WDF_IO_QUEUE_CONFIG, WDF_OBJECT_ATTRIBUTES,
    WDFCONTEXT, WDFDEVICE, WDFINTERRUPT, WDFOBJECT, WDFQUEUE, WDFWAITLOCK,
};

use crate::device::{Pair, the_interrupt};
use crate::wdf::{
    attributes, check, create_interrupt, create_interrupt_with, expect, info, info_of_size, interrupt_config,
    size_field, wdf,
};

/// Statuses of `wdfstatus.h`.
const PARENT_ASSIGNMENT_NOT_ALLOWED: NTSTATUS = u32::cast_signed(0xC020_020F);
const SYNCHRONIZATION_SCOPE_INVALID: NTSTATUS = u32::cast_signed(0xC020_0210);
const EXECUTION_LEVEL_INVALID: NTSTATUS = u32::cast_signed(0xC020_0211);

/// A number that no framework object has at this place; it is never looked behind.
fn some_descriptor() -> *mut CM_PARTIAL_RESOURCE_DESCRIPTOR {
    std::ptr::without_provenance_mut(0x1000)
}

fn refused(name: &str, device: WDFDEVICE, config: WDF_INTERRUPT_CONFIG, expected: NTSTATUS) {
    expect(name, create_interrupt(device, config).err(), Some(expected));
}

fn refused_with(name: &str, device: WDFDEVICE, attributes: WDF_OBJECT_ATTRIBUTES, expected: NTSTATUS) {
    expect(name, create_interrupt_with(device, interrupt_config(), Some(attributes)).err(), Some(expected));
}

/// Makes a queue that hands out nothing by itself.
pub fn create_queue(device: WDFDEVICE) -> Result<WDFQUEUE, NTSTATUS> {
    create_queue_with(device, attributes(null_mut()))
}

/// The same with these attributes.
pub fn create_queue_with(
    device: WDFDEVICE,
    mut attributes: WDF_OBJECT_ATTRIBUTES,
) -> Result<WDFQUEUE, NTSTATUS> {
    let mut config = WDF_IO_QUEUE_CONFIG {
        Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
        DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchManual,
        PowerManaged: _WDF_TRI_STATE::WdfTrue,
        ..WDF_IO_QUEUE_CONFIG::default()
    };
    let mut queue: WDFQUEUE = null_mut();
    check(wdf!(WdfIoQueueCreate, device, &raw mut config, &raw mut attributes, &raw mut queue))?;
    Ok(queue)
}

pub fn in_device_add(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let good = interrupt_config();
    let size = |size: usize| WDF_INTERRUPT_CONFIG {
        Size: u32::try_from(size).expect("structures are small"),
        ..good
    };
    for wrong in [0, 4, size_of::<WDF_INTERRUPT_CONFIG>() - 1, size_of::<WDF_INTERRUPT_CONFIG>() + 8] {
        refused(&format!("create: size {wrong}"), device, size(wrong), STATUS_INFO_LENGTH_MISMATCH);
    }
    let bad = |name: &str, config| refused(name, device, config, STATUS_INVALID_PARAMETER);
    bad("create: no ISR", WDF_INTERRUPT_CONFIG { EvtInterruptIsr: None, ..good });
    bad("create in add: raw descriptor", WDF_INTERRUPT_CONFIG { InterruptRaw: some_descriptor(), ..good });
    bad(
        "create in add: translated descriptor",
        WDF_INTERRUPT_CONFIG { InterruptTranslated: some_descriptor(), ..good },
    );
    bad("create in add: can wake", WDF_INTERRUPT_CONFIG { CanWakeDevice: 1, ..good });
    bad(
        "create: DPC and work item",
        WDF_INTERRUPT_CONFIG { EvtInterruptDpc: good.EvtInterruptWorkItem, ..good },
    );
    bad(
        "create: spin lock",
        WDF_INTERRUPT_CONFIG { SpinLock: std::ptr::without_provenance_mut(0x1000), ..good },
    );

    let parent = attributes(device.cast());
    refused_with("create: parent", device, parent, PARENT_ASSIGNMENT_NOT_ALLOWED);
    let mut wrong = attributes(null_mut());
    wrong.Size -= 1;
    refused_with("create: size of attributes", device, wrong, STATUS_INFO_LENGTH_MISMATCH);
    let level = _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive;
    let wrong = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..attributes(null_mut()) };
    refused_with("create: execution level", device, wrong, EXECUTION_LEVEL_INVALID);
    let scope = _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeDevice;
    let wrong = WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..attributes(null_mut()) };
    refused_with("create: synchronization scope", device, wrong, SYNCHRONIZATION_SCOPE_INVALID);

    let serialized = WDF_INTERRUPT_CONFIG { AutomaticSerialization: 1, ..good };
    let with_parent = |parent: WDFOBJECT| create_interrupt_with(device, serialized, Some(attributes(parent)));
    let object = create_object_with(attributes(device.cast()))?;
    expect("create: parent is a plain object", with_parent(object).err(), Some(STATUS_INVALID_PARAMETER));
    let driver = wdf!(WdfDeviceGetDriver, device);
    expect("create: parent is the driver", with_parent(driver.cast()).err(), Some(STATUS_INVALID_PARAMETER));
    expect("create: parent is the device", with_parent(device.cast()).map(|_| ()), Ok(()));
    let queue = create_queue(device)?;
    let child = with_parent(queue.cast());
    expect("create: parent is a queue", child.map(|_| ()), Ok(()));
    let of = child.map(|interrupt| wdf!(WdfInterruptGetDevice, interrupt));
    expect("GetDevice: parent is a queue", of, Ok(device));

    let mut lock: WDFWAITLOCK = null_mut();
    let mut lock_attributes = attributes(device.cast());
    check(wdf!(WdfWaitLockCreate, &raw mut lock_attributes, &raw mut lock))?;
    let locked = create_interrupt(device, WDF_INTERRUPT_CONFIG { WaitLock: lock, ..good })?;
    given_lock(locked, lock);

    let older = [
        ("without CanWakeDevice", offset_of!(WDF_INTERRUPT_CONFIG, CanWakeDevice)),
        ("without EvtInterruptWorkItem", offset_of!(WDF_INTERRUPT_CONFIG, EvtInterruptWorkItem)),
    ];
    for (name, bytes) in older {
        expect(&format!("create: older size, {name}"), create_interrupt(device, size(bytes)).err(), None);
    }

    expect("GetDevice", wdf!(WdfInterruptGetDevice, the_interrupt()), device);
    let unassigned = info(the_interrupt());
    expect("GetInfo before the start: vector", unassigned.Vector, 0);
    expect("GetInfo before the start: message", unassigned.MessageNumber, 0);
    expect("GetInfo: message counts interrupts", info(locked).MessageNumber, 3);
    let bytes = u32::try_from(offset_of!(WDF_INTERRUPT_INFO, Group)).expect("structures are small");
    let older = info_of_size(the_interrupt(), bytes);
    expect("GetInfo: older size", (older.Size, older.Vector, older.Group), (bytes, 0, 0xbeef));
    expect("disconnected: Enable and Disable do nothing", enable_and_disable(the_interrupt()), 0);
    policies(the_interrupt());
    Ok(())
}

/// An interrupt with the driver's own wait lock.
fn given_lock(interrupt: WDFINTERRUPT, lock: WDFWAITLOCK) {
    let mut now = 0;
    wdf!(WdfInterruptAcquireLock, interrupt);
    wdf!(WdfInterruptReleaseLock, interrupt);
    let status = wdf!(WdfWaitLockAcquire, lock, null_mut());
    expect("the interrupt gives its wait lock back", status, 0);
    expect("TryToAcquireLock: the wait lock is held", wdf!(WdfInterruptTryToAcquireLock, interrupt), 0);
    wdf!(WdfWaitLockRelease, lock);
    expect("TryToAcquireLock: the wait lock is free", wdf!(WdfInterruptTryToAcquireLock, interrupt), 1);
    let status = std::thread::scope(|scope| {
        let lock = lock.addr();
        let other = scope.spawn(move || {
            let lock: WDFWAITLOCK = std::ptr::without_provenance_mut(lock);
            wdf!(WdfWaitLockAcquire, lock, &raw mut now)
        });
        other.join().expect("a call does not panic")
    });
    expect("the wait lock is the interrupt's lock", status, wdk_sys::STATUS_TIMEOUT);
    wdf!(WdfInterruptReleaseLock, interrupt);
}

/// Enable and disable without resources; the answer is how often a callback ran.
fn enable_and_disable(interrupt: WDFINTERRUPT) -> u32 {
    wdf!(WdfInterruptDisable, interrupt);
    wdf!(WdfInterruptEnable, interrupt);
    crate::interrupt::ENABLED.load(std::sync::atomic::Ordering::SeqCst).into()
}

/// Good policies: they return nothing, and the life of the checks breaks no rule.
fn policies(interrupt: WDFINTERRUPT) {
    let mut extended = extended_policy();
    for policy in Policy::WdfIrqPolicyMachineDefault..=Policy::WdfIrqPolicySpreadMessagesAcrossAllProcessors {
        for priority in Priority::WdfIrqPriorityLow..=Priority::WdfIrqPriorityHigh {
            wdf!(WdfInterruptSetPolicy, interrupt, policy, priority, 1);
            (extended.Policy, extended.Priority) = (policy, priority);
            wdf!(WdfInterruptSetExtendedPolicy, interrupt, &raw mut extended);
        }
    }
}

/// A good policy.
pub fn extended_policy() -> WDF_INTERRUPT_EXTENDED_POLICY {
    WDF_INTERRUPT_EXTENDED_POLICY {
        Size: size_field::<WDF_INTERRUPT_EXTENDED_POLICY>(),
        Policy: Policy::WdfIrqPolicyAllProcessorsInMachine,
        Priority: Priority::WdfIrqPriorityNormal,
        ..WDF_INTERRUPT_EXTENDED_POLICY::default()
    }
}

/// Makes an object for contexts and parenthood only.
pub fn create_object_with(mut attributes: WDF_OBJECT_ATTRIBUTES) -> Result<WDFOBJECT, NTSTATUS> {
    let mut object: WDFOBJECT = null_mut();
    check(wdf!(WdfObjectCreate, &raw mut attributes, &raw mut object))?;
    Ok(object)
}

pub fn in_prepare(device: WDFDEVICE, memory: Pair, line: Pair) {
    // SAFETY: a descriptor of the list.
    let descriptor = unsafe { line.translated.read() };
    let message = descriptor.Flags & 2 != 0;
    let resources = info(the_interrupt());
    expect("GetInfo: has a vector", resources.Vector != 0, true);
    expect("GetInfo: passive level", resources.Irql, 0);
    expect("GetInfo: message-signaled", resources.MessageSignaled, message.into());
    let mode = if message { _KINTERRUPT_MODE::Latched } else { _KINTERRUPT_MODE::LevelSensitive };
    expect("GetInfo: mode", resources.Mode, mode);
    expect("GetInfo: share disposition", resources.ShareDisposition, descriptor.ShareDisposition);
    expect("GetInfo: processors", resources.TargetProcessorSet, 1);

    let good = WDF_INTERRUPT_CONFIG {
        InterruptRaw: line.raw,
        InterruptTranslated: line.translated,
        ..interrupt_config()
    };
    let late = |name: &str, config| refused(name, device, config, STATUS_INVALID_DEVICE_STATE);
    late("create in prepare: no raw descriptor", WDF_INTERRUPT_CONFIG { InterruptRaw: null_mut(), ..good });
    late(
        "create in prepare: no translated descriptor",
        WDF_INTERRUPT_CONFIG { InterruptTranslated: null_mut(), ..good },
    );
    late(
        "create in prepare: share vector",
        WDF_INTERRUPT_CONFIG { ShareVector: _WDF_TRI_STATE::WdfFalse, ..good },
    );
    let bad = |name: &str, config| refused(name, device, config, STATUS_INVALID_PARAMETER);
    let of_memory =
        WDF_INTERRUPT_CONFIG { InterruptRaw: memory.raw, InterruptTranslated: memory.translated, ..good };
    bad("create in prepare: memory descriptors", of_memory);
    bad("create in prepare: no pair", WDF_INTERRUPT_CONFIG { InterruptRaw: memory.raw, ..good });
    bad("create in prepare: can wake without the hint", WDF_INTERRUPT_CONFIG { CanWakeDevice: 1, ..good });
    for (name, descriptor) in [("raw", line.raw), ("translated", line.translated)] {
        // SAFETY: the driver's clone of a descriptor of the list.
        let clone = unsafe { &mut *descriptor };
        clone.Flags ^= 0x4000;
        bad(&format!("create in prepare: {name} descriptor written to"), good);
        clone.Flags ^= 0x4000;
    }
    // The interrupt from EvtDriverDeviceAdd has the one message; a line can have several.
    let expected = if message { Err(STATUS_INVALID_PARAMETER) } else { Ok(resources.Vector) };
    let again = create_interrupt(device, good);
    expect("create in prepare, once more", again.map(|interrupt| info(interrupt).Vector), expected);
    if let Ok(interrupt) = again {
        // Not connected: the other one is to serve the device.
        wdf!(WdfInterruptDisable, interrupt);
    }
}

/// Two interrupts from one descriptor.
pub fn two_messages(first: WDFINTERRUPT, second: WDFINTERRUPT) {
    let (first, second) = (info(first), info(second));
    expect("two messages: their numbers", (first.MessageNumber, second.MessageNumber), (0, 1));
    expect("two messages: message-signaled", (first.MessageSignaled, second.MessageSignaled), (1, 1));
    expect("two messages: an even vector", (first.Vector != 0, first.Vector % 2), (true, 0));
    expect("two messages: the next vector", second.Vector, first.Vector + 1);
}

pub fn in_d0(device: WDFDEVICE) {
    let interrupt = the_interrupt();
    expect("TryToAcquireLock", wdf!(WdfInterruptTryToAcquireLock, interrupt), 1);
    expect("TryToAcquireLock by its owner", wdf!(WdfInterruptTryToAcquireLock, interrupt), 0);
    wdf!(WdfInterruptReleaseLock, interrupt);
    wdf!(WdfInterruptAcquireLock, interrupt);
    wdf!(WdfInterruptReleaseLock, interrupt);
    for answer in [0, 1] {
        let mut context = answer;
        let context: WDFCONTEXT = (&raw mut context).cast();
        let came = wdf!(WdfInterruptSynchronize, interrupt, Some(evt_interrupt_synchronize), context);
        expect(&format!("Synchronize answers {answer}"), came, answer);
    }
    expect("Synchronize gives the lock back", wdf!(WdfInterruptTryToAcquireLock, interrupt), 1);
    wdf!(WdfInterruptReleaseLock, interrupt);
    let late = create_interrupt(device, WDF_INTERRUPT_CONFIG { Size: 1, ..interrupt_config() });
    expect("create when started: the size comes first", late.err(), Some(STATUS_INFO_LENGTH_MISMATCH));
}

/// Answers what its context says.
unsafe extern "C" fn evt_interrupt_synchronize(interrupt: WDFINTERRUPT, context: WDFCONTEXT) -> BOOLEAN {
    expect("Synchronize holds the lock", wdf!(WdfInterruptTryToAcquireLock, interrupt), 0);
    // SAFETY: the context is the number that `in_d0` lent to this call.
    unsafe { context.cast::<BOOLEAN>().read() }
}
