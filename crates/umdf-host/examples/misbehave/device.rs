//! The device: how it is made, and its way through start and removal.

use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};
use std::thread::sleep;
use std::time::Duration;

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE, _WDF_FILEOBJECT_CLASS, _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_TRI_STATE,
    BOOLEAN, GUID, NTSTATUS, PWDFDEVICE_INIT, STATUS_DEVICE_CONFIGURATION_ERROR, STATUS_SUCCESS,
    STATUS_UNSUCCESSFUL, ULONG, WDF_FILEOBJECT_CONFIG, WDF_INTERRUPT_CONFIG, WDF_IO_QUEUE_CONFIG,
    WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE, WDFCMRESLIST, WDFDEVICE, WDFDRIVER, WDFINTERRUPT,
    WDFOBJECT, WDFQUEUE, WDFQUEUE__, WDFREQUEST__, WDFTIMER, WDFTIMER__, WDFWAITLOCK, WDFWAITLOCK__,
};

use crate::misbehaviour::Misbehaviour;
use crate::wdf::{
    attributes, check, create_object, ensure, manual_queue_config, size_field, status_of, timer_config, wdf,
};
use crate::{asked, death, hardware, objects, requests, statuses, trace, wdf as calls};

/// What the driver knows of a device. Zeroed memory, as the framework gives it, is a value of it.
pub struct Context {
    /// Pseudo base address of the mapped registers; NULL if nothing is mapped.
    pub base: AtomicPtr<c_void>,
    /// Bytes mapped.
    pub length: AtomicU64,
    /// CPU-relative address of the BAR.
    pub start: AtomicU64,
    /// One thread at a time at the registers.
    pub registers: AtomicPtr<WDFWAITLOCK__>,
    /// Where requests arrive.
    pub default_queue: AtomicPtr<WDFQUEUE__>,
    /// Where requests wait for their handle's end.
    pub waiting: AtomicPtr<WDFQUEUE__>,
    /// Calls of EvtIoDeviceControl that are at their end.
    pub done: AtomicU32,
    /// Fires for the request in `delayed`.
    pub timer: AtomicPtr<WDFTIMER__>,
    /// The request that the timer completes.
    pub delayed: AtomicPtr<WDFREQUEST__>,
    /// The device init that WdfDeviceCreate used up.
    pub used_init: AtomicPtr<c_void>,
}

/// The framework's description of a context type.
#[repr(transparent)]
pub struct TypeInfo(pub WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: nobody writes it; its pointers point to statics.
unsafe impl Sync for TypeInfo {}

static CONTEXT: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: 40,
    ContextName: c"Context".as_ptr().cast_mut(),
    ContextSize: size_of::<Context>(),
    UniqueType: &raw const CONTEXT.0,
    EvtDriverGetUniqueContextType: None,
});

/// The context of a device. It must not be kept beyond the callback.
pub fn context<'a>(device: WDFDEVICE) -> &'a Context {
    let memory: *mut Context =
        wdf!(WdfObjectGetTypedContextWorker, device.cast(), CONTEXT.0.UniqueType).cast();
    // SAFETY: NULL, or the context that the device was made with; it lives as long as the device.
    unsafe { memory.as_ref() }.expect("a device has a context")
}

pub unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of(add(init))
}

fn add(mut init: PWDFDEVICE_INIT) -> Result<(), NTSTATUS> {
    death::die_if(Misbehaviour::DieInDeviceAdd);
    if asked(Misbehaviour::AddNoDevice) {
        return Ok(());
    }
    let given = init;
    if asked(Misbehaviour::ParentIsInit) {
        ensure(create_object(attributes(init.cast()))?.is_null())?;
    }
    set_callbacks(init);
    set_file_callbacks(init);
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(evt_device_cleanup),
        EvtDestroyCallback: Some(evt_device_destroy),
        ContextTypeInfo: &raw const CONTEXT.0,
        ..attributes(null_mut())
    };
    let mut device: WDFDEVICE = null_mut();
    check(wdf!(WdfDeviceCreate, &raw mut init, &raw mut attributes, &raw mut device))?;
    if asked(Misbehaviour::WrongArguments) {
        statuses::of_used_init(given);
    }
    let context = context(device);
    context.used_init.store(given.cast(), Ordering::Relaxed);

    // {b1e5f4a0-5f0e-4c79-9f7c-2a0d6a1d9c11}, this fixture's own.
    let class = GUID {
        Data1: 0xb1e5_f4a0,
        Data2: 0x5f0e,
        Data3: 0x4c79,
        Data4: [0x9f, 0x7c, 0x2a, 0x0d, 0x6a, 0x1d, 0x9c, 0x11],
    };
    check(wdf!(WdfDeviceCreateDeviceInterface, device, &raw const class, null()))?;
    let default_queue = WDF_IO_QUEUE_CONFIG {
        DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchParallel,
        DefaultQueue: BOOLEAN::from(true),
        EvtIoDeviceControl: Some(requests::evt_io_device_control),
        EvtIoStop: Some(requests::evt_io_stop),
        ..manual_queue_config()
    };
    context.default_queue.store(create_queue(device, default_queue)?, Ordering::Relaxed);
    context.waiting.store(create_queue(device, manual_queue_config())?, Ordering::Relaxed);
    context.timer.store(create_timer(device)?, Ordering::Relaxed);
    context.registers.store(create_lock(device)?, Ordering::Relaxed);

    if asked(Misbehaviour::DieInIsr) {
        create_interrupt(device)?;
    }
    hardware::misbehave_before_start(device);
    if asked(Misbehaviour::WrongArguments) {
        statuses::of_device(device)?;
    }
    if asked(Misbehaviour::FailDeviceAdd) { Err(STATUS_UNSUCCESSFUL) } else { Ok(()) }
}

fn set_callbacks(init: PWDFDEVICE_INIT) {
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        EvtDeviceD0Entry: Some(evt_device_d0_entry),
        EvtDeviceD0EntryPostInterruptsEnabled: Some(evt_device_d0_entry_post_interrupts_enabled),
        EvtDeviceD0ExitPreInterruptsDisabled: Some(evt_device_power_changes),
        EvtDeviceD0Exit: Some(evt_device_d0_exit),
        EvtDeviceSelfManagedIoInit: Some(evt_device_self_managed_io_init),
        EvtDeviceSelfManagedIoSuspend: Some(evt_device_self_managed_io_suspend),
        EvtDeviceSelfManagedIoFlush: Some(evt_device_notified),
        EvtDeviceSelfManagedIoCleanup: Some(evt_device_notified),
        EvtDeviceSurpriseRemoval: Some(evt_device_surprise_removal),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    if asked(Misbehaviour::NoRelease) {
        callbacks.EvtDeviceReleaseHardware = None;
    }
    if asked(Misbehaviour::WrongPnpCallbacksSize) {
        callbacks.Size -= 1;
    }
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
}

fn set_file_callbacks(init: PWDFDEVICE_INIT) {
    let mut config = WDF_FILEOBJECT_CONFIG {
        Size: size_field::<WDF_FILEOBJECT_CONFIG>(),
        EvtDeviceFileCreate: Some(requests::evt_device_file_create),
        EvtFileCleanup: Some(requests::evt_file_cleanup),
        EvtFileClose: Some(requests::evt_file_close),
        AutoForwardCleanupClose: _WDF_TRI_STATE::WdfUseDefault,
        FileObjectClass: _WDF_FILEOBJECT_CLASS::WdfFileObjectWdfCannotUseFsContexts,
    };
    if asked(Misbehaviour::WrongFileObjectConfigSize) {
        config.Size -= 1;
    }
    wdf!(WdfDeviceInitSetFileObjectConfig, init, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES);
}

fn create_queue(device: WDFDEVICE, mut config: WDF_IO_QUEUE_CONFIG) -> Result<WDFQUEUE, NTSTATUS> {
    let mut queue: WDFQUEUE = null_mut();
    check(wdf!(WdfIoQueueCreate, device, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES, &raw mut queue))?;
    Ok(queue)
}

fn create_interrupt(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let mut config = WDF_INTERRUPT_CONFIG {
        Size: size_field::<WDF_INTERRUPT_CONFIG>(),
        PassiveHandling: BOOLEAN::from(true),
        EvtInterruptIsr: Some(evt_interrupt_isr),
        ..WDF_INTERRUPT_CONFIG::default()
    };
    let mut interrupt = null_mut();
    check(wdf!(WdfInterruptCreate, device, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES, &raw mut interrupt))
}

unsafe extern "C" fn evt_interrupt_isr(_interrupt: WDFINTERRUPT, _message: ULONG) -> BOOLEAN {
    death::die_if(Misbehaviour::DieInIsr);
    BOOLEAN::from(false)
}

fn create_timer(device: WDFDEVICE) -> Result<WDFTIMER, NTSTATUS> {
    let mut config = timer_config(Some(requests::evt_timer));
    let mut attributes = attributes(device.cast());
    let mut timer: WDFTIMER = null_mut();
    check(wdf!(WdfTimerCreate, &raw mut config, &raw mut attributes, &raw mut timer))?;
    Ok(timer)
}

/// A wait lock that dies with the device.
pub fn create_lock(device: WDFDEVICE) -> Result<WDFWAITLOCK, NTSTATUS> {
    let mut attributes = attributes(device.cast());
    let mut lock: WDFWAITLOCK = null_mut();
    check(wdf!(WdfWaitLockCreate, &raw mut attributes, &raw mut lock))?;
    Ok(lock)
}

unsafe extern "C" fn evt_device_cleanup(device: WDFOBJECT) {
    hardware::misbehave_after_release(device.cast());
}

unsafe extern "C" fn evt_device_destroy(_device: WDFOBJECT) {}

unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    _raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    status_of(prepare(device, translated))
}

fn prepare(device: WDFDEVICE, translated: WDFCMRESLIST) -> Result<(), NTSTATUS> {
    death::die_if(Misbehaviour::DieInPrepare);
    if asked(Misbehaviour::DeleteResourceList) {
        wdf!(WdfObjectDelete, translated.cast());
    }
    if asked(Misbehaviour::FailPrepare) {
        return Err(STATUS_UNSUCCESSFUL);
    }
    let (start, bar_length) = hardware::first_memory(translated).ok_or(STATUS_DEVICE_CONFIGURATION_ERROR)?;
    let key = calls::open_key(device, calls::HARDWARE_KEY)?;
    let length = u64::from(calls::read_and_close(key, "MappedLength")?);
    hardware::misbehave_before_mapping(device, start, bar_length, length)?;
    let base = calls::map(device, start, length)?;
    let context = context(device);
    context.start.store(start, Ordering::Relaxed);
    context.length.store(length, Ordering::Relaxed);
    context.base.store(base, Ordering::Release);
    hardware::misbehave_after_mapping(device, start, length)?;
    if asked(Misbehaviour::FailPrepareLeaveMapped) { Err(STATUS_UNSUCCESSFUL) } else { Ok(()) }
}

unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    status_of(release(device))
}

fn release(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    take_time();
    let context = context(device);
    let base = context.base.swap(null_mut(), Ordering::AcqRel);
    if base.is_null() || asked(Misbehaviour::LeaveMapped) || asked(Misbehaviour::FailPrepareLeaveMapped) {
        return Ok(());
    }
    if asked(Misbehaviour::FailReleaseLeaveMapped) {
        return Err(STATUS_UNSUCCESSFUL);
    }
    let length = context.length.load(Ordering::Relaxed);
    hardware::misbehave_before_unmapping(device, base, length);
    calls::unmap(device, base, length);
    hardware::misbehave_after_unmapping(device, base, length)
}

unsafe extern "C" fn evt_device_d0_entry(device: WDFDEVICE, _previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    status_of(enter_d0(device))
}

fn enter_d0(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let context = context(device);
    let (base, length) = (context.base.load(Ordering::Acquire), context.length.load(Ordering::Relaxed));
    hardware::misbehave_in_d0(device, base, length)?;
    objects::misbehave(device)?;
    death::misbehave(device);
    if asked(Misbehaviour::WrongArguments) {
        statuses::of_started_device(device)?;
    }
    if asked(Misbehaviour::FailD0Entry) { Err(STATUS_UNSUCCESSFUL) } else { Ok(()) }
}

unsafe extern "C" fn evt_device_d0_entry_post_interrupts_enabled(
    _device: WDFDEVICE,
    _previous: WDF_POWER_DEVICE_STATE,
) -> NTSTATUS {
    if asked(Misbehaviour::FailPostInterruptsEnabled) { STATUS_UNSUCCESSFUL } else { STATUS_SUCCESS }
}

unsafe extern "C" fn evt_device_self_managed_io_init(_device: WDFDEVICE) -> NTSTATUS {
    if asked(Misbehaviour::FailSelfManagedIoInit) { STATUS_UNSUCCESSFUL } else { STATUS_SUCCESS }
}

unsafe extern "C" fn evt_device_self_managed_io_suspend(_device: WDFDEVICE) -> NTSTATUS {
    take_time();
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_d0_exit(device: WDFDEVICE, _target: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    death::die_if(Misbehaviour::DieInD0Exit);
    take_time();
    if asked(Misbehaviour::ReadInD0Exit) {
        let base = context(device).base.load(Ordering::Acquire);
        let value =
            hardware::read(device, _WDF_DEVICE_HWACCESS_TARGET_SIZE::WdfDeviceHwAccessTargetSizeUlong, base);
        trace!("EvtDeviceD0Exit reads {value:#x}");
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_power_changes(
    _device: WDFDEVICE,
    _state: WDF_POWER_DEVICE_STATE,
) -> NTSTATUS {
    take_time();
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_notified(_device: WDFDEVICE) {
    take_time();
}

/// In each callback of the removal.
fn take_time() {
    if asked(Misbehaviour::RemoveSlowly) {
        sleep(Duration::from_millis(420));
    }
}

unsafe extern "C" fn evt_device_surprise_removal(_device: WDFDEVICE) {
    death::die_if(Misbehaviour::DieInSurpriseRemoval);
}
