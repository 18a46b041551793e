//! One device: its data, and its way through start, power and removal.

use tracing::info;
use wdk_sys::{_WDF_POWER_DEVICE_STATE, WDF_POWER_DEVICE_STATE};

use crate::edu::{Edu, REGISTERS_LENGTH};
use crate::error::Error;
use crate::queue::{self, Job};
use crate::registers::Value;
use crate::resources::Plan;
use crate::wdf::{self, Device, PnpPowerCallbacks, Queue, ResourceList, Timer, WaitLock};

/// How registers are accessed: by the framework, or by `DirectAccess`, whose documentation says what that takes.
type Access = wdf::FrameworkAccess<REGISTERS_LENGTH>;

/// What the driver knows about a device. Lives in the device object's context.
pub(crate) struct DeviceContext {
    /// There from EvtDevicePrepareHardware to EvtDeviceReleaseHardware.
    hardware: WaitLock<Hardware>,
    /// The factorial that the device is computing, between two polls.
    pub job: WaitLock<Job>,
    /// Where factorial requests wait for the engine, first come, first served.
    pub engine_queue: Queue,
    /// Fires when the engine is to be polled.
    pub poll_timer: Timer,
}

wdf::context_type!(DeviceContext, c"DeviceContext");

/// The mapped and checked device. Dropping it unmaps.
pub(crate) struct Hardware {
    /// The device behind its registers.
    pub edu: Edu<Access>,
    /// What the identification register held at start.
    pub identification: u32,
}

impl DeviceContext {
    /// The framework objects of a new device, and no hardware.
    pub fn new(device: &Device) -> Result<Self, Error> {
        queue::create_default_queue(device)?;
        Ok(Self {
            hardware: WaitLock::new(device)?,
            job: WaitLock::new(device)?,
            engine_queue: queue::create_engine_queue(device)?,
            poll_timer: queue::create_poll_timer(device)?,
        })
    }

    /// Lets `work` use the hardware, alone.
    ///
    /// Fails if there is none: before the device has started, and after it was stopped or removed.
    pub fn with_hardware<T>(&self, work: impl FnOnce(&Hardware) -> Result<T, Error>) -> Result<T, Error> {
        let hardware = self.hardware.lock()?;
        work(hardware.as_ref().ok_or(Error::NoHardware)?)
    }
}

/// The Plug and Play and power callbacks, for EvtDriverDeviceAdd.
pub(crate) const CALLBACKS: PnpPowerCallbacks = PnpPowerCallbacks {
    prepare_hardware: evt_device_prepare_hardware,
    d0_entry: evt_device_d0_entry,
    d0_exit: evt_device_d0_exit,
    release_hardware: evt_device_release_hardware,
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
}

/// Start: finds the registers among the assigned resources, maps them, and checks that they are an edu's.
fn prepare_hardware(device: &Device, raw: &ResourceList, translated: &ResourceList) -> Result<(), Error> {
    info!("EvtDevicePrepareHardware");
    let plan = Plan::new(&raw.descriptors()?, &translated.descriptors()?)?;
    plan.trace(REGISTERS_LENGTH);
    let edu = Edu::new(Access::new(device, plan.bar0(REGISTERS_LENGTH)?)?);
    let identification = edu.identify()?.encode();
    edu.check_liveness()?;
    info!("edu device, identification {identification:#010x}, alive");
    // On every way out above, dropping `edu` has unmapped the registers again.
    *device.context::<DeviceContext>()?.hardware.lock()? = Some(Hardware { edu, identification });
    Ok(())
}

/// Power on, after start or sleep: brings the device into a known state.
fn d0_entry(device: &Device, previous: WDF_POWER_DEVICE_STATE) -> Result<(), Error> {
    info!(previous = power_state(previous), "EvtDeviceD0Entry");
    device.context::<DeviceContext>()?.with_hardware(|hardware| hardware.edu.quiet())
}

/// Power off, before sleep or stop. By now no request is left that uses the device, so nothing is to be done.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
fn d0_exit(_device: &Device, target: WDF_POWER_DEVICE_STATE) -> Result<(), Error> {
    info!(target_state = power_state(target), "EvtDeviceD0Exit");
    Ok(())
}

/// Stop: unmaps the registers, if they are mapped. Also called after a failed start.
fn release_hardware(device: &Device, _translated: &ResourceList) -> Result<(), Error> {
    let hardware = device.context::<DeviceContext>()?.hardware.lock()?.take();
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
    use wdk_sys::STATUS_UNSUCCESSFUL;

    use super::*;
    use crate::wdf::fake;

    /// What a start leaves behind.
    pub fn put_hardware(device: &Device) {
        let edu = Edu::new(Access::new(device, 0x1000).unwrap());
        let context: &DeviceContext = device.context().unwrap();
        *context.hardware.lock().unwrap() = Some(Hardware { edu, identification: 0x0100_00ed });
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

    /// When the context dies it is too late to unmap: the device is not there any more.
    #[test]
    fn what_a_failed_release_left_mapped_is_not_unmapped_with_the_context() {
        let device = fake::device_with(DeviceContext::new);
        put_hardware(&device);
        fake::refuse("WdfWaitLockAcquire", 0, STATUS_UNSUCCESSFUL);
        release_hardware(&device, &fake::resources()).unwrap_err();
        fake::destroy(&device);
        assert_eq!(unmapped(), 0);
    }
}
