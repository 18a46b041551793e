//! One device: its data, and its way through start, power and removal.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tracing::{info, info_span};
use wdk_sys::{_WDF_POWER_DEVICE_STATE, WDF_POWER_DEVICE_STATE};

use crate::edu::{Edu, REGISTERS_LENGTH};
use crate::error::Error;
use crate::factorial::Factorials;
use crate::interrupt;
use crate::queue;
use crate::registers::Value;
use crate::resources::{InterruptKind, InterruptPlan, Plan};
use crate::settings::Settings;
use crate::statistics::Statistics;
use crate::wait::Waits;
use crate::wdf::{self, Device, Interrupt, PnpPowerCallbacks, ResourceList, WaitLock};

/// Position of BAR0 among the device's memory.
const BAR0: usize = 0;

/// How registers are accessed: by the framework, or by `DirectAccess`, whose documentation says what that takes.
type Access = wdf::FrameworkAccess<REGISTERS_LENGTH>;

/// What the driver knows about a device. Lives in the device object's context.
pub(crate) struct DeviceContext {
    /// Its number among the devices that the driver has had in this process.
    pub index: u32,
    /// There from EvtDevicePrepareHardware to EvtDeviceReleaseHardware.
    hardware: WaitLock<Hardware>,
    /// Interrupt bits that the service routine has taken, and the work item has not.
    pub raised: AtomicU32,
    /// The factorials under way.
    pub factorials: Factorials,
    /// Who waits for an interrupt.
    pub waits: Waits,
    /// How often what has happened.
    pub statistics: Statistics,
    /// What the registry says.
    pub settings: Settings,
    /// The framework knows that the device has failed.
    failed: AtomicBool,
}

wdf::context_type!(DeviceContext, c"DeviceContext");

/// The mapped and checked device. Dropping it unmaps.
pub(crate) struct Hardware {
    /// The device behind its registers.
    pub edu: Edu<Access>,
    /// What the identification register held at start.
    pub identification: u32,
    /// Interrupt messages that were assigned; 0: a line.
    pub interrupt_messages: u16,
}

impl DeviceContext {
    /// The framework objects of a new device, and no hardware.
    pub fn new(device: &Device) -> Result<Self, Error> {
        static DEVICES: AtomicU32 = AtomicU32::new(0);
        let index = DEVICES.fetch_add(1, Ordering::Relaxed);
        let _span = info_span!("device", index).entered();
        info!("EvtDriverDeviceAdd");
        queue::create(device)?;
        Ok(Self {
            index,
            hardware: WaitLock::new(device)?,
            raised: AtomicU32::new(0),
            factorials: Factorials::new(device)?,
            waits: Waits::new(device)?,
            statistics: Statistics::default(),
            settings: Settings::read(device),
            failed: AtomicBool::new(false),
        })
    }

    /// Lets `work` use the hardware, alone.
    ///
    /// Fails if there is none: before the device has started, and after it was stopped or removed.
    pub fn with_hardware<T>(&self, work: impl FnOnce(&Hardware) -> Result<T, Error>) -> Result<T, Error> {
        let hardware = self.hardware.lock();
        work(hardware.as_ref().ok_or(Error::NoHardware)?)
    }
}

/// Lets `work` use the hardware for a request or an interrupt. If it turns out to be gone, the framework is told.
pub(crate) fn with_hardware<T>(
    device: &Device,
    work: impl FnOnce(&Hardware) -> Result<T, Error>,
) -> Result<T, Error> {
    let outcome = device.context::<DeviceContext>()?.with_hardware(work);
    if let Err(error) = &outcome {
        report_failure(device, error);
    }
    outcome
}

/// Tells the framework, once a start, if this error means that the device does not work any more ("Reporting Device
/// Failures"): it is gone, or what the driver knows about it is not to be trusted. A callback that returns a status
/// does not need it: there the status says so.
pub(crate) fn report_failure(device: &Device, error: &Error) {
    let failed = matches!(error, Error::DeviceGone { .. } | Error::Panicked(_));
    let known = |context: &DeviceContext| context.failed.swap(true, Ordering::Relaxed);
    if failed && !device.context().is_ok_and(known) {
        device.set_failed();
    }
}

/// The Plug and Play and power callbacks, for EvtDriverDeviceAdd.
///
/// There is none for idling or waking: edu has no PCI power-management capability, so Windows cannot put it alone
/// into a low-power state, and it cannot wake the system.
pub(crate) const CALLBACKS: PnpPowerCallbacks = PnpPowerCallbacks {
    prepare_hardware: evt_device_prepare_hardware,
    d0_entry: evt_device_d0_entry,
    d0_exit: evt_device_d0_exit,
    release_hardware: evt_device_release_hardware,
    surprise_removal: evt_device_surprise_removal,
};

wdf::callback! {
    EvtDevicePrepareHardware: fn evt_device_prepare_hardware(
        device: &Device, raw: &ResourceList, translated: &ResourceList
    ) -> NTSTATUS = prepare_hardware;
    EvtDeviceD0Entry: fn evt_device_d0_entry(device: &Device, previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS = d0_entry;
    EvtDeviceD0Exit: fn evt_device_d0_exit(device: &Device, target: WDF_POWER_DEVICE_STATE) -> NTSTATUS = d0_exit;
    EvtDeviceReleaseHardware: fn evt_device_release_hardware(
        device: &Device, translated: &ResourceList
    ) -> NTSTATUS = release_hardware;
    EvtDeviceSurpriseRemoval: fn evt_device_surprise_removal(device: &Device) = surprise_removal;
}

/// Start: finds the registers among the assigned resources, maps them, checks that they are an edu's, and makes the
/// interrupt.
fn prepare_hardware(device: &Device, raw: &ResourceList, translated: &ResourceList) -> Result<(), Error> {
    info!("EvtDevicePrepareHardware");
    let context = device.context::<DeviceContext>()?;
    let plan = Plan::new(raw.descriptors(), translated.descriptors())?;
    let edu = Edu::new(Access::new(device, plan.memory(BAR0, REGISTERS_LENGTH)?)?);
    let identification = edu.identify()?.encode();
    edu.check_liveness()?;
    info!("edu device, identification {identification:#010x}, alive");
    let InterruptPlan { index, kind } = plan.interrupt().ok_or(Error::NoInterrupt)?;
    Interrupt::create(device, raw, translated, index, &interrupt::CALLBACKS)?;
    let interrupt_messages = if let InterruptKind::Message { messages } = kind { messages } else { 0 };
    // On every way out above, dropping `edu` has unmapped the registers again.
    *context.hardware.lock() = Some(Hardware { edu, identification, interrupt_messages });
    context.failed.store(false, Ordering::Relaxed);
    Ok(())
}

/// Power on, after start or sleep: brings the device into a known state. The framework connects the interrupt next.
fn d0_entry(device: &Device, previous: WDF_POWER_DEVICE_STATE) -> Result<(), Error> {
    info!(previous = power_state(previous), "EvtDeviceD0Entry");
    device.context::<DeviceContext>()?.with_hardware(|hardware| hardware.edu.quiet())
}

/// Power off, before sleep, stop or removal. By now the interrupt is disconnected, its work item has run, and no
/// request is left that uses the device.
fn d0_exit(device: &Device, target: WDF_POWER_DEVICE_STATE) -> Result<(), Error> {
    info!(target_state = power_state(target), "EvtDeviceD0Exit");
    let context = device.context::<DeviceContext>()?;
    let silenced = context.with_hardware(|hardware| hardware.edu.quiet());
    context.waits.cancel()?;
    match silenced {
        // Pulled out: there is nothing to silence, and no failure to report.
        Err(gone @ Error::DeviceGone { .. }) => {
            info!("{gone}");
            Ok(())
        }
        outcome => outcome,
    }
}

/// The device was pulled out, or has failed. What the framework calls next is the same as for an orderly removal, and
/// so is what the driver does; it reads all ones from the device.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
fn surprise_removal(_device: &Device) -> Result<(), Error> {
    info!("EvtDeviceSurpriseRemoval");
    Ok(())
}

/// Stop: unmaps the registers, if they are mapped. Also called after a failed start.
fn release_hardware(device: &Device, _translated: &ResourceList) -> Result<(), Error> {
    let hardware = device.context::<DeviceContext>()?.hardware.lock().take();
    info!(mapped = hardware.is_some(), "EvtDeviceReleaseHardware");
    Ok(())
}

/// The name that the documentation gives a device power state.
fn power_state(state: WDF_POWER_DEVICE_STATE) -> &'static str {
    match state {
        _WDF_POWER_DEVICE_STATE::WdfPowerDeviceD0 => "D0",
        _WDF_POWER_DEVICE_STATE::WdfPowerDeviceD1 => "D1",
        _WDF_POWER_DEVICE_STATE::WdfPowerDeviceD2 => "D2",
        _WDF_POWER_DEVICE_STATE::WdfPowerDeviceD3 => "D3",
        _WDF_POWER_DEVICE_STATE::WdfPowerDeviceD3Final => "D3Final",
        _WDF_POWER_DEVICE_STATE::WdfPowerDevicePrepareForHibernation => "PrepareForHibernation",
        _ => "unknown",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::wdf::fake;

    /// What a start leaves behind.
    pub fn put_hardware(device: &Device) {
        let edu = Edu::new(Access::new(device, 0x1000).unwrap());
        let context: &DeviceContext = device.context().unwrap();
        *context.hardware.lock() = Some(Hardware { edu, identification: 0x0100_00ed, interrupt_messages: 1 });
        fake::calls();
    }

    fn unmapped() -> usize {
        fake::calls().iter().filter(|call| call.starts_with("WdfDeviceUnmapIoSpace")).count()
    }

    #[test]
    fn release_unmaps_and_a_second_release_finds_nothing() {
        let device = fake::device_with(DeviceContext::new);
        put_hardware(&device);
        release_hardware(&device, &fake::resources()).unwrap();
        assert_eq!(unmapped(), 1);
        release_hardware(&device, &fake::resources()).unwrap();
        assert_eq!(unmapped(), 0);
    }
}
