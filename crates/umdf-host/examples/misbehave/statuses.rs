//! Wrong arguments that the framework answers with a status. Each answer is traced as `what: status`.

use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::Ordering;

use wdk_sys::{
    _WDF_EXECUTION_LEVEL as Level, _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch,
    _WDF_SYNCHRONIZATION_SCOPE as Scope, BOOLEAN, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PVOID,
    PWDFDEVICE_INIT, UNICODE_STRING, WDF_DRIVER_CONFIG, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO, WDF_TIMER_CONFIG, WDFDEVICE, WDFQUEUE, WDFTIMER,
};

use crate::device::{TypeInfo, context};
use crate::objects::{acquire, on_another_thread};
use crate::wdf::{
    DRIVER_KEY, HARDWARE_KEY, KEY_READ, attributes, create_object, manual_queue_config, open_key, query,
    timer_config, wdf,
};
use crate::{requests, trace};

fn tell(what: &str, status: NTSTATUS) {
    trace!("{what}: {status:#010x}");
}

/// WdfDriverCreate once more, with arguments of which the last is right.
pub fn of_driver(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING, config: WDF_DRIVER_CONFIG) {
    let create = |mut config: WDF_DRIVER_CONFIG| {
        wdf!(WdfDriverCreate, driver, registry_path, WDF_NO_OBJECT_ATTRIBUTES, &raw mut config, null_mut())
    };
    tell("driver config size", create(WDF_DRIVER_CONFIG { Size: config.Size - 1, ..config }));
    tell("driver flags", create(WDF_DRIVER_CONFIG { DriverInitFlags: 0x8000, ..config }));
}

/// WdfDriverCreate once more, with right arguments.
pub fn second_driver(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING, mut config: WDF_DRIVER_CONFIG) {
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let status = wdf!(WdfDriverCreate, driver, registry_path, none, &raw mut config, null_mut());
    tell("second driver", status);
}

/// WdfDeviceCreate once more, with the device init that it used up.
pub fn of_used_init(init: PWDFDEVICE_INIT) {
    let (mut init, mut device) = (init, null_mut());
    tell(
        "device of a used init",
        wdf!(WdfDeviceCreate, &raw mut init, WDF_NO_OBJECT_ATTRIBUTES, &raw mut device),
    );
}

/// What EvtDriverDeviceAdd can get wrong.
pub fn of_device(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    of_attributes(device);
    of_contexts(device);
    of_queues(device);
    of_timers(device);
    of_registry(device)
}

static TYPE: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: 40,
    ContextName: c"Type".as_ptr().cast_mut(),
    ContextSize: 16,
    UniqueType: &raw const TYPE.0,
    EvtDriverGetUniqueContextType: None,
});

/// WDF_OBJECT_ATTRIBUTES, through WdfObjectCreate.
fn of_attributes(device: WDFDEVICE) {
    let good = attributes(device.cast());
    let create = |what: &str, attributes: WDF_OBJECT_ATTRIBUTES| {
        tell(what, create_object(attributes).err().unwrap_or_default());
    };
    let with_type =
        |info: &WDF_OBJECT_CONTEXT_TYPE_INFO| WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: info, ..good };
    create("attributes size", WDF_OBJECT_ATTRIBUTES { Size: good.Size + 1, ..good });
    create("context type size", with_type(&WDF_OBJECT_CONTEXT_TYPE_INFO { Size: 39, ..TYPE.0 }));
    create(
        "context without name",
        with_type(&WDF_OBJECT_CONTEXT_TYPE_INFO { ContextName: null_mut(), ..TYPE.0 }),
    );
    create("override without type", WDF_OBJECT_ATTRIBUTES { ContextSizeOverride: 16, ..good });
    let overridden = |size: usize| WDF_OBJECT_ATTRIBUTES { ContextSizeOverride: size, ..with_type(&TYPE.0) };
    create("override too small", overridden(15));
    create("override too large", overridden(usize::MAX));
    create("level 0", WDF_OBJECT_ATTRIBUTES { ExecutionLevel: Level::WdfExecutionLevelInvalid, ..good });
    create("level 4", WDF_OBJECT_ATTRIBUTES { ExecutionLevel: 4, ..good });
    create(
        "scope 0",
        WDF_OBJECT_ATTRIBUTES { SynchronizationScope: Scope::WdfSynchronizationScopeInvalid, ..good },
    );
    create("scope 5", WDF_OBJECT_ATTRIBUTES { SynchronizationScope: 5, ..good });
    let scope = Scope::WdfSynchronizationScopeDevice;
    create("scope not allowed", WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..good });
    let level = Level::WdfExecutionLevelPassive;
    create("level allowed", WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..good });
    create("attributes", good);
}

/// WdfObjectAllocateContext.
fn of_contexts(device: WDFDEVICE) {
    let mut memory: PVOID = null_mut();
    let mut allocate = |what: &str, attributes: Option<&WDF_OBJECT_ATTRIBUTES>| {
        let attributes = attributes.map_or(null_mut(), |attributes| (&raw const *attributes).cast_mut());
        tell(what, wdf!(WdfObjectAllocateContext, device.cast(), attributes, &raw mut memory));
    };
    let without_type = attributes(null_mut());
    let good = WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: &raw const TYPE.0, ..without_type };
    allocate("context without attributes", None);
    allocate("context with parent", Some(&WDF_OBJECT_ATTRIBUTES { ParentObject: device.cast(), ..good }));
    allocate("context without type", Some(&without_type));
    allocate("context", Some(&good));
    allocate("context again", Some(&good));
}

/// WdfIoQueueCreate.
fn of_queues(device: WDFDEVICE) {
    let manual = manual_queue_config();
    let sequential = WDF_IO_QUEUE_CONFIG {
        DispatchType: Dispatch::WdfIoQueueDispatchSequential,
        EvtIoDeviceControl: Some(requests::evt_io_device_control),
        ..manual
    };
    let mut limited = sequential;
    limited.Settings.Parallel.NumberOfPresentedRequests = 1;
    let wrong = [
        ("queue config size", WDF_IO_QUEUE_CONFIG { Size: manual.Size - 1, ..manual }),
        ("dispatch type 0", WDF_IO_QUEUE_CONFIG { DispatchType: 0, ..sequential }),
        (
            "dispatch type 4",
            WDF_IO_QUEUE_CONFIG { DispatchType: Dispatch::WdfIoQueueDispatchMax, ..sequential },
        ),
        ("queue without callback", WDF_IO_QUEUE_CONFIG { EvtIoDeviceControl: None, ..sequential }),
        (
            "manual queue with callback",
            WDF_IO_QUEUE_CONFIG { DispatchType: Dispatch::WdfIoQueueDispatchManual, ..sequential },
        ),
        ("sequential queue with limit", limited),
        ("second default queue", WDF_IO_QUEUE_CONFIG { DefaultQueue: BOOLEAN::from(true), ..sequential }),
    ];
    for (what, mut config) in wrong {
        let mut queue: WDFQUEUE = null_mut();
        tell(what, wdf!(WdfIoQueueCreate, device, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES, &raw mut queue));
    }
    let mut config = manual;
    let status = wdf!(WdfIoQueueCreate, device, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES, null_mut());
    tell("queue without handle", status);
}

/// WdfTimerCreate.
fn of_timers(device: WDFDEVICE) {
    let good = timer_config(Some(requests::evt_timer));
    let create = |what: &str, mut config: WDF_TIMER_CONFIG, attributes: Option<WDF_OBJECT_ATTRIBUTES>| {
        let mut attributes = attributes;
        let attributes = attributes.as_mut().map_or(null_mut(), |attributes| &raw mut *attributes);
        let mut timer: WDFTIMER = null_mut();
        tell(what, wdf!(WdfTimerCreate, &raw mut config, attributes, &raw mut timer));
    };
    let driver = wdf!(WdfDeviceGetDriver, device);
    let below_device = attributes(device.cast());
    let passive = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: Level::WdfExecutionLevelPassive, ..below_device };
    create("timer without attributes", good, None);
    create("timer without parent", good, Some(attributes(null_mut())));
    create("timer config size", WDF_TIMER_CONFIG { Size: good.Size + 8, ..good }, Some(below_device));
    create("timer period", WDF_TIMER_CONFIG { Period: 0x8000_0000, ..good }, Some(below_device));
    let high_resolution = WDF_TIMER_CONFIG { UseHighResolutionTimer: BOOLEAN::from(true), ..good };
    create("high resolution timer", high_resolution, Some(below_device));
    create("passive periodic timer", WDF_TIMER_CONFIG { Period: 1, ..good }, Some(passive));
    create("timer below driver", good, Some(attributes(driver.cast())));
}

/// WdfDeviceOpenRegistryKey and WdfRegistryQueryULong.
fn of_registry(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    tell("registry key 3", open_key(device, 3).err().unwrap_or_default());
    let (mut owned, mut none) = (attributes(device.cast()), std::ptr::dangling_mut());
    // Bad attributes come before a bad type.
    let status = wdf!(WdfDeviceOpenRegistryKey, device, 3, KEY_READ, &raw mut owned, &raw mut none);
    tell("registry key with parent", status);
    tell("no registry key", i32::from(!none.is_null()));
    let mut value = 0;
    let key = open_key(device, HARDWARE_KEY)?;
    tell("absent value", query(key, "Absent", &mut value));
    tell("text value", query(key, "Text", &mut value));
    tell("value in other case", query(key, "MAPPEDLENGTH", &mut value));
    let mut units = [u16::from(b'T'); 2];
    let mut odd_name = |what: &str, length: u16, maximum: u16, has_buffer: bool| {
        let buffer = if has_buffer { units.as_mut_ptr() } else { null_mut() };
        let name = UNICODE_STRING { Length: length, MaximumLength: maximum, Buffer: buffer };
        tell(what, wdf!(WdfRegistryQueryULong, key, &raw const name, &raw mut value));
    };
    odd_name("name of half a unit", 3, 4, true);
    odd_name("name longer than its buffer", 4, 2, true);
    odd_name("name without buffer", 4, 4, false);
    odd_name("empty name", 0, 0, false);
    wdf!(WdfRegistryClose, key);
    let key = open_key(device, DRIVER_KEY)?;
    tell("value of other key", query(key, "MappedLength", &mut value));
    wdf!(WdfRegistryClose, key);
    Ok(())
}

/// What comes too late once the device starts, and what is not there.
pub fn of_started_device(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let mut config = WDF_IO_QUEUE_CONFIG { DefaultQueue: BOOLEAN::from(true), ..manual_queue_config() };
    let status = wdf!(WdfIoQueueCreate, device, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES, null_mut());
    tell("default queue after start", status);

    let lock = context(device).registers.load(Ordering::Relaxed);
    acquire(lock)?;
    on_another_thread(lock, |lock| {
        // Relative: 1 ms.
        let mut limit: i64 = -10_000;
        tell("lock held elsewhere", wdf!(WdfWaitLockAcquire, lock, &raw mut limit));
        Ok(())
    })?;
    wdf!(WdfWaitLockRelease, lock);

    let mut longest = i64::MIN;
    tell("longest wait for a free lock", wdf!(WdfWaitLockAcquire, lock, &raw mut longest));
    wdf!(WdfWaitLockRelease, lock);

    // Answers are whether it was started before: twice started, twice stopped.
    let timer = context(device).timer.load(Ordering::Relaxed);
    let mut started = [0; 4];
    for was_started in &mut started[..2] {
        *was_started = wdf!(WdfTimerStart, timer, i64::MIN);
    }
    for was_started in &mut started[2..] {
        *was_started = wdf!(WdfTimerStop, timer, BOOLEAN::from(true));
    }
    trace!("timer started: {started:?}");

    let object = wdf!(WdfObjectContextGetObject, without_provenance_mut(8));
    trace!("object of no context: {object:?}");
    let driver = wdf!(WdfDeviceGetDriver, device);
    let memory = wdf!(WdfObjectGetTypedContextWorker, driver.cast(), &raw const TYPE.0);
    trace!("context of other type: {memory:?}");
    Ok(())
}
