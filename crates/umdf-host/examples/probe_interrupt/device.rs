//! The device: how it is made, and its way through start and removal.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering::SeqCst};

use wdk_sys::{
    _MEMORY_CACHING_TYPE, CM_PARTIAL_RESOURCE_DESCRIPTOR, CmResourceTypeInterrupt, CmResourceTypeMemory,
    NTSTATUS, PHYSICAL_ADDRESS, PWDFDEVICE_INIT, STATUS_DEVICE_CONFIGURATION_ERROR, STATUS_SUCCESS,
    STATUS_UNSUCCESSFUL, WDF_INTERRUPT_CONFIG, WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE,
    WDFCMRESLIST, WDFDEVICE, WDFDEVICE__, WDFDRIVER, WDFINTERRUPT, WDFINTERRUPT__,
};

use crate::mode::Mode;
use crate::wdf::{check, create_interrupt, interrupt_config, size_field, status_of, wdf};
use crate::{arguments, asked, delivery, interrupt, serialized, timers, trips, workitems};

/// Bytes of the BAR that are mapped.
const LENGTH: u64 = 0x80;

static DEVICE: AtomicPtr<WDFDEVICE__> = AtomicPtr::new(null_mut());
static BASE: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
static INTERRUPT: AtomicPtr<WDFINTERRUPT__> = AtomicPtr::new(null_mut());

/// A pair of descriptors of the framework.
#[derive(Clone, Copy)]
pub struct Pair {
    pub raw: *mut CM_PARTIAL_RESOURCE_DESCRIPTOR,
    pub translated: *mut CM_PARTIAL_RESOURCE_DESCRIPTOR,
}

/// The device and the pseudo base address of its registers.
pub fn hardware() -> (WDFDEVICE, *mut c_void) {
    (DEVICE.load(SeqCst), BASE.load(SeqCst))
}

/// The interrupt that the checks use.
pub fn the_interrupt() -> WDFINTERRUPT {
    INTERRUPT.load(SeqCst)
}

pub unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of(add(init))
}

fn add(mut init: PWDFDEVICE_INIT) -> Result<(), NTSTATUS> {
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        EvtDeviceD0Entry: Some(evt_device_d0_entry),
        EvtDeviceD0EntryPostInterruptsEnabled: Some(evt_device_d0_entry_post_interrupts_enabled),
        EvtDeviceD0ExitPreInterruptsDisabled: Some(evt_device_power_changes),
        EvtDeviceD0Exit: Some(evt_device_power_changes),
        EvtDeviceSelfManagedIoInit: Some(evt_device_self_managed_io_init),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    let mut device: WDFDEVICE = null_mut();
    let mut attributes = serialized::device_attributes();
    check(wdf!(WdfDeviceCreate, &raw mut init, &raw mut attributes, &raw mut device))?;
    DEVICE.store(device, SeqCst);

    trips::in_device_add(device)?;
    serialized::in_device_add(device)?;
    if two_on_a_line() || asked(Mode::InPrepare) || asked(Mode::TwoMessages) {
        return Ok(());
    }
    let mut config = interrupt_config();
    if asked(Mode::QueueNothing) {
        config.EvtInterruptWorkItem = None;
    }
    INTERRUPT.store(create_interrupt(device, config)?, SeqCst);
    if asked(Mode::Checks) {
        arguments::in_device_add(device)?;
        timers::in_device_add(device)?;
        workitems::in_device_add(device)?;
    }
    if asked(Mode::AddFails) {
        timers::create(device.cast(), timers::config())?;
        workitems::create(device.cast())?;
        return Err(STATUS_UNSUCCESSFUL);
    }
    Ok(())
}

fn two_on_a_line() -> bool {
    asked(Mode::TwoOnALine) || asked(Mode::SecondEnableFails) || asked(Mode::PrepareFails)
}

unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    status_of(prepare(device, raw, translated))
}

/// The descriptors of one type (`CmResourceType...`), in order.
fn pairs(raw: WDFCMRESLIST, translated: WDFCMRESLIST, kind: u32) -> impl Iterator<Item = Pair> {
    (0..wdf!(WdfCmResourceListGetCount, translated)).filter_map(move |index| {
        let pair = Pair {
            raw: wdf!(WdfCmResourceListGetDescriptor, raw, index),
            translated: wdf!(WdfCmResourceListGetDescriptor, translated, index),
        };
        // SAFETY: the index is below the count, so this is a descriptor of the list.
        let found = unsafe { (*pair.translated).Type };
        (u32::from(found) == kind).then_some(pair)
    })
}

fn prepare(device: WDFDEVICE, raw: WDFCMRESLIST, translated: WDFCMRESLIST) -> Result<(), NTSTATUS> {
    let memory = pairs(raw, translated, CmResourceTypeMemory).next();
    let memory = memory.ok_or(STATUS_DEVICE_CONFIGURATION_ERROR)?;
    let line = pairs(raw, translated, CmResourceTypeInterrupt).next();
    let line = line.ok_or(STATUS_DEVICE_CONFIGURATION_ERROR)?;
    let from = |pair: Pair| WDF_INTERRUPT_CONFIG {
        InterruptRaw: pair.raw,
        InterruptTranslated: pair.translated,
        ..interrupt_config()
    };
    // SAFETY: a descriptor of the list.
    let descriptor = unsafe { memory.translated.read() };
    // SAFETY: it is a memory descriptor, whose arm this is.
    let arm = unsafe { descriptor.u.Memory };
    map(device, arm.Start)?;
    if asked(Mode::Checks) {
        arguments::in_prepare(device, memory, line);
    }
    trips::in_prepare(device, line)?;
    if asked(Mode::InPrepare) {
        let work = interrupt_config().EvtInterruptWorkItem;
        let config = WDF_INTERRUPT_CONFIG {
            EvtInterruptDpc: work,
            EvtInterruptWorkItem: None,
            EvtInterruptDisable: None,
            ..from(line)
        };
        INTERRUPT.store(create_interrupt(device, config)?, SeqCst);
    }
    if asked(Mode::TwoMessages) {
        arguments::two_messages(create_interrupt(device, from(line))?, create_interrupt(device, from(line))?);
    }
    if two_on_a_line() {
        interrupt::STRANGER.store(create_interrupt(device, from(line))?, SeqCst);
        INTERRUPT.store(create_interrupt(device, from(line))?, SeqCst);
    }
    if asked(Mode::PrepareFails) { Err(STATUS_UNSUCCESSFUL) } else { Ok(()) }
}

fn map(device: WDFDEVICE, start: PHYSICAL_ADDRESS) -> Result<(), NTSTATUS> {
    let mut base = null_mut();
    let cache = _MEMORY_CACHING_TYPE::MmNonCached;
    check(wdf!(WdfDeviceMapIoSpace, device, start, LENGTH, cache, &raw mut base))?;
    BASE.store(base, SeqCst);
    Ok(())
}

unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    let base = BASE.swap(null_mut(), SeqCst);
    if !base.is_null() {
        wdf!(WdfDeviceUnmapIoSpace, device, base, LENGTH);
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_d0_entry(device: WDFDEVICE, _previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    if asked(Mode::D0EntryFails) {
        return STATUS_UNSUCCESSFUL;
    }
    if asked(Mode::DisabledBeforeStart) {
        wdf!(WdfInterruptDisable, the_interrupt());
    }
    trips::in_d0_entry(device);
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_d0_entry_post_interrupts_enabled(
    _device: WDFDEVICE,
    _previous: WDF_POWER_DEVICE_STATE,
) -> NTSTATUS {
    if asked(Mode::PostInterruptsEnabledFails) { STATUS_UNSUCCESSFUL } else { STATUS_SUCCESS }
}

unsafe extern "C" fn evt_device_power_changes(
    _device: WDFDEVICE,
    _state: WDF_POWER_DEVICE_STATE,
) -> NTSTATUS {
    STATUS_SUCCESS
}

/// The interrupts are connected and the queues present: here the device is put to work.
unsafe extern "C" fn evt_device_self_managed_io_init(device: WDFDEVICE) -> NTSTATUS {
    if asked(Mode::Checks) {
        arguments::in_d0(device);
        timers::in_d0(device);
        workitems::in_d0(device);
        delivery::checks();
    }
    if asked(Mode::InPrepare) {
        delivery::in_prepare();
    }
    if asked(Mode::Edge) {
        delivery::edge();
    }
    if asked(Mode::TwoOnALine) {
        delivery::two_on_a_line();
    }
    if asked(Mode::DisabledBeforeStart) {
        delivery::disabled_before_start();
    }
    if asked(Mode::Timers)
        && let Err(status) = timers::again_and_again(device)
    {
        return status;
    }
    status_of(serialized::when_started(device).and_then(|()| trips::when_started(device)))
}
