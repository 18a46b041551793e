//! Calls into the driver, as safe functions: the framework's side of every callback type.
//!
//! What all of them rest on: the driver registered the function for this callback, so it has the
//! callback's signature, and the handles passed are live objects of the types that it expects.

pub mod io;

use wdk_portable::{
    BOOLEAN, NTSTATUS, PFN_WDF_DEVICE_PREPARE_HARDWARE, PFN_WDF_DEVICE_RELEASE_HARDWARE,
    PFN_WDF_DRIVER_DEVICE_ADD, PFN_WDF_DRIVER_UNLOAD, PFN_WDF_INTERRUPT_ENABLE, PFN_WDF_INTERRUPT_ISR,
    PFN_WDF_INTERRUPT_SYNCHRONIZE, PFN_WDF_INTERRUPT_WORKITEM, PFN_WDF_OBJECT_CONTEXT_CLEANUP, PFN_WDF_TIMER,
    PFN_WDF_WORKITEM, STATUS_SUCCESS, WDF_POWER_DEVICE_STATE, WDFCONTEXT, WDFDEVICE,
};

use super::Handle;
use crate::gate;
use crate::host::host;

/// A callback with the device alone and a status.
pub type DeviceStatus = Option<unsafe extern "C" fn(WDFDEVICE) -> NTSTATUS>;
/// A callback with the device alone.
pub type DeviceNotice = Option<unsafe extern "C" fn(WDFDEVICE)>;
/// A callback with a power state and a status.
pub type DevicePower = Option<unsafe extern "C" fn(WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS>;

fn name(handle: Handle) -> String {
    host().state().objects.name(handle)
}

/// `Argument=object, ...` for the history.
fn arguments(pairs: &[(&str, Handle)]) -> String {
    pairs
        .iter()
        .map(|(argument, handle)| format!("{argument}={}", name(*handle)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// EvtDriverDeviceAdd.
pub fn device_add(function: PFN_WDF_DRIVER_DEVICE_ADD, driver: Handle, init: Handle) -> NTSTATUS {
    let Some(function) = function else { return STATUS_SUCCESS };
    gate::callback("EvtDriverDeviceAdd", &name(driver), arguments(&[("DeviceInit", init)]), || {
        // SAFETY: see the head of this file.
        unsafe { function(driver.raw(), init.raw()) }
    })
}

/// EvtDriverUnload.
pub fn driver_unload(function: PFN_WDF_DRIVER_UNLOAD, driver: Handle) {
    let Some(function) = function else { return };
    gate::callback("EvtDriverUnload", &name(driver), String::new(), || {
        // SAFETY: see the head of this file.
        unsafe { function(driver.raw()) };
    });
}

/// EvtDevicePrepareHardware.
pub fn prepare_hardware(
    function: PFN_WDF_DEVICE_PREPARE_HARDWARE,
    device: Handle,
    raw: Handle,
    translated: Handle,
) -> NTSTATUS {
    let Some(function) = function else { return STATUS_SUCCESS };
    let arguments = arguments(&[("ResourcesRaw", raw), ("ResourcesTranslated", translated)]);
    gate::callback("EvtDevicePrepareHardware", &name(device), arguments, || {
        // SAFETY: see the head of this file.
        unsafe { function(device.raw(), raw.raw(), translated.raw()) }
    })
}

/// EvtDeviceReleaseHardware.
pub fn release_hardware(
    function: PFN_WDF_DEVICE_RELEASE_HARDWARE,
    device: Handle,
    translated: Handle,
) -> NTSTATUS {
    let Some(function) = function else { return STATUS_SUCCESS };
    let arguments = arguments(&[("ResourcesTranslated", translated)]);
    gate::callback("EvtDeviceReleaseHardware", &name(device), arguments, || {
        // SAFETY: see the head of this file.
        unsafe { function(device.raw(), translated.raw()) }
    })
}

/// A callback with the device alone; success if the driver has none.
pub fn device_status(event: &'static str, function: DeviceStatus, device: Handle) -> NTSTATUS {
    let Some(function) = function else { return STATUS_SUCCESS };
    gate::callback(event, &name(device), String::new(), || {
        // SAFETY: see the head of this file.
        unsafe { function(device.raw()) }
    })
}

/// A callback with the device alone that returns nothing.
pub fn device_notice(event: &'static str, function: DeviceNotice, device: Handle) {
    let Some(function) = function else { return };
    gate::callback(event, &name(device), String::new(), || {
        // SAFETY: see the head of this file.
        unsafe { function(device.raw()) };
    });
}

/// A callback with a power state; success if the driver has none.
pub fn device_power(
    event: &'static str,
    function: DevicePower,
    device: Handle,
    state: WDF_POWER_DEVICE_STATE,
) -> NTSTATUS {
    use wdk_portable::_WDF_POWER_DEVICE_STATE as State;
    let Some(function) = function else { return STATUS_SUCCESS };
    let words = match state {
        State::WdfPowerDeviceD0 => "WdfPowerDeviceD0".into(),
        State::WdfPowerDeviceD1 => "WdfPowerDeviceD1".into(),
        State::WdfPowerDeviceD2 => "WdfPowerDeviceD2".into(),
        State::WdfPowerDeviceD3 => "WdfPowerDeviceD3".into(),
        State::WdfPowerDeviceD3Final => "WdfPowerDeviceD3Final".into(),
        other => other.to_string(),
    };
    gate::callback(event, &name(device), words, || {
        // SAFETY: see the head of this file.
        unsafe { function(device.raw(), state) }
    })
}

/// EvtTimerFunc.
pub fn timer(function: PFN_WDF_TIMER, timer: Handle) {
    let Some(function) = function else { return };
    gate::callback("EvtTimerFunc", &name(timer), String::new(), || {
        // SAFETY: see the head of this file.
        unsafe { function(timer.raw()) };
    });
}

/// EvtWorkItem.
pub fn work_item(function: PFN_WDF_WORKITEM, item: Handle) {
    let Some(function) = function else { return };
    gate::callback("EvtWorkItem", &name(item), String::new(), || {
        // SAFETY: see the head of this file.
        unsafe { function(item.raw()) };
    });
}

/// EvtInterruptIsr. The caller holds the interrupt's lock.
pub fn interrupt_isr(function: PFN_WDF_INTERRUPT_ISR, interrupt: Handle, message: u32) -> BOOLEAN {
    let Some(function) = function else { return 0 };
    gate::callback("EvtInterruptIsr", &name(interrupt), format!("MessageID={message}"), || {
        // SAFETY: see the head of this file.
        unsafe { function(interrupt.raw(), message) }
    })
}

/// EvtInterruptEnable or EvtInterruptDisable, which have the same signature. The caller holds the
/// interrupt's lock.
pub fn interrupt_change(
    event: &'static str,
    function: PFN_WDF_INTERRUPT_ENABLE,
    interrupt: Handle,
    device: Handle,
) -> NTSTATUS {
    let Some(function) = function else { return STATUS_SUCCESS };
    gate::callback(event, &name(interrupt), arguments(&[("AssociatedDevice", device)]), || {
        // SAFETY: see the head of this file.
        unsafe { function(interrupt.raw(), device.raw()) }
    })
}

/// EvtInterruptWorkItem or EvtInterruptDpc, which have the same signature.
pub fn interrupt_work(
    event: &'static str,
    function: PFN_WDF_INTERRUPT_WORKITEM,
    interrupt: Handle,
    device: Handle,
) {
    let Some(function) = function else { return };
    gate::callback(event, &name(interrupt), arguments(&[("AssociatedObject", device)]), || {
        // SAFETY: see the head of this file.
        unsafe { function(interrupt.raw(), device.raw()) };
    });
}

/// EvtInterruptSynchronize, with the context of the call. The caller holds the interrupt's lock.
pub fn interrupt_synchronize(
    function: PFN_WDF_INTERRUPT_SYNCHRONIZE,
    interrupt: Handle,
    context: WDFCONTEXT,
) -> BOOLEAN {
    let Some(function) = function else { return 0 };
    gate::callback("EvtInterruptSynchronize", &name(interrupt), String::new(), || {
        // SAFETY: see the head of this file; the context is the driver's own affair.
        unsafe { function(interrupt.raw(), context) }
    })
}

/// EvtCleanupCallback or EvtDestroyCallback, which have the same signature.
pub fn context_notice(event: &'static str, function: PFN_WDF_OBJECT_CONTEXT_CLEANUP, object: Handle) {
    let Some(function) = function else { return };
    gate::callback(event, &name(object), String::new(), || {
        // SAFETY: see the head of this file; each is called once, with the context memory in place.
        unsafe { function(object.raw()) };
    });
}
