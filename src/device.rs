//! One device: its data, and its way through start, power and removal.
//!
//! Sources: Microsoft Learn, "Power-Up Sequence for a Function or Filter Driver", "Power-Down and Removal
//! Sequence for a Function or Filter Driver", "Surprise-Removal Sequence".

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tracing::{info, info_span};
use wdk_sys::WDF_POWER_DEVICE_STATE;

use crate::edu::{Edu, REGISTERS_LENGTH};
use crate::resources::{InterruptPlan, Plan};
use crate::wdf::{self, Device, Interrupt, PnpPowerEvents, Queue, ResourceList, WaitLock};
use crate::{error::Error, factorial::Factorials, queue::DefaultQueue};
use crate::{settings::Settings, statistics::Statistics, wait::Waits};

/// Position of BAR0 among the device's memory.
const BAR0: usize = 0;

/// How registers are accessed: by the framework, or by `DirectAccess`, whose documentation says what that takes.
type Access = wdf::FrameworkAccess<REGISTERS_LENGTH>;

/// What the driver knows about a device. Lives in the device object's context.
pub(crate) struct DeviceContext {
    /// The device object.
    pub device: Device,
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
    pub fn new(device: Device) -> Result<Self, Error> {
        static DEVICES: AtomicU32 = AtomicU32::new(0);
        let index = DEVICES.fetch_add(1, Ordering::Relaxed);
        let _span = info_span!("device", index).entered();
        info!("EvtDriverDeviceAdd");
        Queue::default_parallel::<DefaultQueue>(&device)?;
        // It may deliver before self-managed I/O starts (EvtDeviceSelfManagedIoInit), which this driver does not have.
        Ok(Self {
            index,
            hardware: WaitLock::new(&device)?,
            raised: AtomicU32::new(0),
            factorials: Factorials::new(&device)?,
            waits: Waits::new(&device)?,
            statistics: Statistics::default(),
            settings: Settings::read(&device),
            failed: AtomicBool::new(false),
            device,
        })
    }

    /// Lets `work` use the hardware, alone.
    ///
    /// Fails if there is none: before the device has started, and after it was stopped or removed.
    pub fn with_hardware<T>(&self, work: impl FnOnce(&Hardware) -> Result<T, Error>) -> Result<T, Error> {
        self.hardware.with(|hardware| work(hardware.as_ref().ok_or(Error::NoHardware)?))
    }

    /// Tells the framework, once a start, if this error means that the device does not work any more ("Reporting Device
    /// Failures"): it is gone, or what the driver knows about it is not to be trusted. `wdf` asks this of every error
    /// of a request, and of a callback that returns no status; where there is one, the status says so.
    pub fn report_failure(&self, error: &Error) {
        let failed = matches!(error, Error::DeviceGone { .. } | Error::Panicked(_));
        if failed && !self.failed.swap(true, Ordering::Relaxed) {
            self.device.set_failed();
        }
    }
}

/// There is no callback for idling or waking: edu has no PCI power-management capability, so Windows cannot put it
/// alone into a low-power state, and it cannot wake the system.
impl PnpPowerEvents for DeviceContext {
    /// Start: finds the registers among the assigned resources, maps them, checks that they are an edu's, and makes
    /// the interrupt.
    fn prepare_hardware(&self, raw: &ResourceList, translated: &ResourceList) -> Result<(), Error> {
        info!("EvtDevicePrepareHardware");
        let plan = Plan::new(raw.descriptors(), translated.descriptors())?;
        let edu = Edu::new(Access::new(&self.device, plan.memory(BAR0, REGISTERS_LENGTH)?)?);
        let identification = edu.identify()?;
        edu.check_liveness()?;
        info!("edu device, identification {identification:#010x}, alive");
        let InterruptPlan { index, messages } = plan.interrupt().ok_or(Error::NoInterrupt)?;
        Interrupt::create(&self.device, raw, translated, index)?;
        // On every way out above, dropping `edu` has unmapped the registers again.
        let hardware = Hardware { edu, identification, interrupt_messages: messages };
        self.hardware.with(|place| *place = Some(hardware));
        self.failed.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Power on, after start or sleep: brings the device into a known state. The framework connects the interrupt
    /// next.
    fn d0_entry(&self, previous: WDF_POWER_DEVICE_STATE) -> Result<(), Error> {
        info!(previous, "EvtDeviceD0Entry");
        self.with_hardware(|hardware| hardware.edu.quiet())
    }

    /// Power off, before sleep, stop or removal. By now the interrupt is disconnected, its work item has run, and no
    /// request is left that uses the device.
    fn d0_exit(&self, target: WDF_POWER_DEVICE_STATE) -> Result<(), Error> {
        info!(target_state = target, "EvtDeviceD0Exit");
        let silenced = self.with_hardware(|hardware| hardware.edu.quiet());
        let cancelled = self.waits.cancel();
        // Pulled out: there is nothing to silence, and no failure to report.
        if let Err(gone @ Error::DeviceGone { .. }) = silenced {
            info!("{gone}");
            return cancelled;
        }
        silenced.and(cancelled)
    }

    /// Stop: unmaps the registers, if they are mapped. Also called after a failed start.
    fn release_hardware(&self) -> Result<(), Error> {
        let hardware = self.hardware.with(Option::take);
        info!(mapped = hardware.is_some(), "EvtDeviceReleaseHardware");
        Ok(())
    }

    /// The device was pulled out, or has failed. What the framework calls next is the same as for an orderly removal,
    /// and so is what the driver does; it reads all ones from the device.
    fn surprise_removal(&self) -> Result<(), Error> {
        info!("EvtDeviceSurpriseRemoval");
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use wdk_sys::{SIZE_T, STATUS_UNSUCCESSFUL};

    use super::*;
    use crate::wdf::fake;

    /// A device with what a start leaves behind.
    pub fn started() -> &'static DeviceContext {
        let context = fake::context();
        let edu = Edu::new(Access::new(&context.device, 0x1000).unwrap());
        let hardware = Hardware { edu, identification: 0x0100_00ed, interrupt_messages: 1 };
        context.hardware.with(|place| *place = Some(hardware));
        fake::calls();
        context
    }

    fn unmapped() -> usize {
        fake::calls().iter().filter(|call| call.starts_with("WdfDeviceUnmapIoSpace")).count()
    }

    /// Both fail: the device is not there to be silenced, and those who wait cannot be taken out of their queue.
    #[test]
    fn power_off_reports_what_failed_first() {
        const QUEUE: &str = "WdfIoQueueRetrieveNextRequest";
        let refused = Err(Error::Framework { function: QUEUE, status: STATUS_UNSUCCESSFUL });
        let all_ones = SIZE_T::from(u32::MAX);
        for (context, expected) in [
            (fake::context(), Err(Error::NoHardware)),
            // It is gone, which is no failure.
            (started(), refused),
        ] {
            fake::answer_reads(&[all_ones; 2]);
            fake::put_into_queue(fake::request_handle(&[]));
            fake::refuse(QUEUE, 0, STATUS_UNSUCCESSFUL);
            assert_eq!(context.d0_exit(0), expected);
        }
    }

    #[test]
    fn release_unmaps_and_a_second_release_finds_nothing() {
        let context = started();
        context.release_hardware().unwrap();
        assert_eq!(unmapped(), 1);
        context.release_hardware().unwrap();
        assert_eq!(unmapped(), 0);
    }
}
