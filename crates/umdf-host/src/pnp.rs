//! What the PnP and power manager do with the one device: add, start, remove, surprise removal.
//!
//! The order of callbacks is that of the framework's state machines (`pnpstatemachine.cpp`,
//! `powerstatemachine.cpp`, `selfmanagediostatemachine.cpp`) for a power policy owner.

use wdk_portable::{
    _WDF_POWER_DEVICE_STATE as Power, NTSTATUS, STATUS_DEVICE_POWER_FAILURE, STATUS_INVALID_DEVICE_STATE,
    STATUS_SUCCESS, WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE,
};

use crate::bus::{Assigned, Descriptor};
use crate::framework::callbacks::{self, DeviceNotice, DevicePower, DeviceStatus};
use crate::framework::device::{Device, DeviceInit};
use crate::framework::driver::Driver;
use crate::framework::resource::{ResourceList, to_cm};
use crate::framework::{Attributes, Handle, object};
use crate::history::Event;
use crate::host::Host;
use crate::interrupts;
use crate::io;
use crate::rules::Rule;

/// The slot of the one device.
pub const SLOT: u8 = 4;

/// How far the device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Added, never started.
    Added,
    /// Started, in D0.
    Started,
    /// A start failed, or it was removed by surprise: waits for its removal.
    Failed,
    /// The device object is gone.
    Removed,
}

/// The one device as the PnP manager sees it.
pub struct PnpDevice {
    host: &'static Host,
    device: Handle,
    callbacks: WDF_PNPPOWER_EVENT_CALLBACKS,
    stage: Stage,
    /// The raw and the translated list, from the start to the release.
    lists: Option<(Handle, Handle)>,
    /// EvtDeviceSelfManagedIoInit was called.
    self_managed: bool,
}

/// Calls EvtDriverDeviceAdd for the device.
pub fn add(host: &'static Host) -> Result<PnpDevice, NTSTATUS> {
    let (driver, function, init) = {
        let mut state = host.state();
        let driver = state.driver.ok_or(STATUS_INVALID_DEVICE_STATE)?;
        let function = state.objects.get::<Driver>(driver).and_then(|driver| driver.device_add);
        let init = state.objects.create(host, DeviceInit::default(), None, Attributes::default());
        (driver, function, init)
    };
    let status = callbacks::device_add(function, driver, init);
    object::delete(host, init);
    let device = host.state().device;
    match (status >= 0, device) {
        (true, Some(device)) => {
            let callbacks = host.state().objects.get::<Device>(device).map(|device| device.callbacks);
            let callbacks = callbacks.unwrap_or_default();
            Ok(PnpDevice { host, device, callbacks, stage: Stage::Added, lists: None, self_managed: false })
        }
        (true, None) => Err(STATUS_INVALID_DEVICE_STATE),
        (false, device) => {
            if let Some(device) = device {
                delete_device(host, device);
            }
            Err(status)
        }
    }
}

fn delete_device(host: &Host, device: Handle) {
    io::wait_for_callbacks(host);
    object::delete(host, device);
    host.state().device = None;
}

impl PnpDevice {
    /// Assigns resources and starts the device.
    pub fn start(&mut self) -> NTSTATUS {
        if self.stage != Stage::Added {
            return STATUS_INVALID_DEVICE_STATE;
        }
        let assigned = match self.host.bus().start(SLOT, self.host.installation.message_signaled) {
            Ok(assigned) => assigned,
            Err(error) => self.host.end(format!("the bus cannot start the device: {error}")),
        };
        for (raw, translated) in assigned.raw.iter().zip(&assigned.translated) {
            self.host.record(Event::Resource { raw: raw.to_string(), translated: translated.to_string() });
        }
        self.with_device(|device| device.started = true);
        let prepared = self.prepare_hardware(&assigned);
        if prepared < 0 {
            self.release_hardware();
            self.give_up();
            return prepared;
        }
        if let Err(undo) = self.power_up() {
            undo(self);
            self.give_up();
            return STATUS_DEVICE_POWER_FAILURE;
        }
        self.with_device(|device| device.interfaces_enabled = true);
        self.stage = Stage::Started;
        STATUS_SUCCESS
    }

    /// Removes the device in order: from any stage.
    pub fn remove(&mut self) -> NTSTATUS {
        match self.stage {
            Stage::Started => {
                self.stop_working();
                self.give_up();
            }
            Stage::Added | Stage::Failed => {}
            Stage::Removed => return STATUS_INVALID_DEVICE_STATE,
        }
        io::purge_queues(self.host, false);
        if self.self_managed {
            self.notice("EvtDeviceSelfManagedIoCleanup", self.callbacks.EvtDeviceSelfManagedIoCleanup);
        }
        delete_device(self.host, self.device);
        self.stage = Stage::Removed;
        STATUS_SUCCESS
    }

    /// The hardware was pulled out. Open handles stay; the removal follows when they are closed.
    pub fn surprise_remove(&mut self) -> NTSTATUS {
        match self.stage {
            Stage::Removed => return STATUS_INVALID_DEVICE_STATE,
            Stage::Added => {}
            Stage::Failed => self.notice("EvtDeviceSurpriseRemoval", self.callbacks.EvtDeviceSurpriseRemoval),
            Stage::Started => {
                self.notice("EvtDeviceSurpriseRemoval", self.callbacks.EvtDeviceSurpriseRemoval);
                self.stop_working();
                self.give_up();
            }
        }
        STATUS_SUCCESS
    }

    /// Makes the register tables and both lists, then EvtDevicePrepareHardware.
    fn prepare_hardware(&mut self, assigned: &Assigned) -> NTSTATUS {
        self.with_device(|device| device.registers.build(&assigned.translated));
        let list = |descriptors: &[Descriptor]| {
            let list = ResourceList::new(descriptors.iter().map(to_cm));
            self.host.state().objects.create(self.host, list, Some(self.device), Attributes::default())
        };
        let (raw, translated) = (list(&assigned.raw), list(&assigned.translated));
        self.lists = Some((raw, translated));
        interrupts::prepare(self.host, self.device, assigned, (raw, translated), || {
            callbacks::prepare_hardware(self.callbacks.EvtDevicePrepareHardware, self.device, raw, translated)
        })
    }

    /// EvtDeviceReleaseHardware, then the check that nothing is mapped any more.
    fn release_hardware(&mut self) {
        let Some((raw, translated)) = self.lists.take() else { return };
        let function = self.callbacks.EvtDeviceReleaseHardware;
        let status = callbacks::release_hardware(function, self.device, translated);
        let mapped = self.with_device(|device| device.registers.still_mapped()).unwrap_or_default();
        // The framework looks only if the callback succeeded.
        if status >= 0 && !mapped.is_empty() {
            self.host
                .violation(Rule::RegistersLeftMapped, format!("after EvtDeviceReleaseHardware: {mapped}"));
        }
        self.with_device(|device| device.registers.clear());
        interrupts::delete_made_in_prepare(self.host, self.device);
        object::delete(self.host, raw);
        object::delete(self.host, translated);
    }

    /// D0 for the first time. A failing callback gives what undoes the steps before it.
    fn power_up(&mut self) -> Result<(), fn(&mut Self)> {
        let previous = Power::WdfPowerDeviceD3Final;
        if self.power("EvtDeviceD0Entry", self.callbacks.EvtDeviceD0Entry, previous) < 0 {
            return Err(Self::release_hardware);
        }
        if interrupts::connect_all(self.host, self.device).is_err() {
            return Err(Self::leave_d0);
        }
        let post = self.callbacks.EvtDeviceD0EntryPostInterruptsEnabled;
        if self.power("EvtDeviceD0EntryPostInterruptsEnabled", post, previous) < 0 {
            return Err(Self::leave_d0);
        }
        io::resume_queues(self.host, self.device);
        self.self_managed = true;
        if self.status("EvtDeviceSelfManagedIoInit", self.callbacks.EvtDeviceSelfManagedIoInit) < 0 {
            return Err(Self::power_down);
        }
        Ok(())
    }

    /// From started to released.
    fn stop_working(&mut self) {
        self.status("EvtDeviceSelfManagedIoSuspend", self.callbacks.EvtDeviceSelfManagedIoSuspend);
        self.power_down();
    }

    /// The queues hold, then the device leaves D0 for good and gives its hardware back.
    fn power_down(&mut self) {
        io::hold_queues(self.host, self.device);
        let pre = self.callbacks.EvtDeviceD0ExitPreInterruptsDisabled;
        self.power("EvtDeviceD0ExitPreInterruptsDisabled", pre, Power::WdfPowerDeviceD3Final);
        self.leave_d0();
    }

    fn leave_d0(&mut self) {
        // The device fails anyway or is being removed: only resumes care whether this went well.
        let _ = interrupts::disconnect_all(self.host, self.device);
        self.power("EvtDeviceD0Exit", self.callbacks.EvtDeviceD0Exit, Power::WdfPowerDeviceD3Final);
        self.release_hardware();
    }

    /// What follows the release when the device will not work again: interfaces off, purge, flush.
    fn give_up(&mut self) {
        self.with_device(|device| {
            device.interfaces_enabled = false;
            device.removed = true;
        });
        io::purge_queues(self.host, true);
        if self.self_managed {
            self.notice("EvtDeviceSelfManagedIoFlush", self.callbacks.EvtDeviceSelfManagedIoFlush);
        }
        if let Err(error) = self.host.bus().stop(SLOT) {
            self.host.end(format!("the bus cannot stop the device: {error}"));
        }
        self.stage = Stage::Failed;
    }

    fn with_device<R>(&self, change: impl FnOnce(&mut Device) -> R) -> Option<R> {
        self.host.state().objects.get_mut::<Device>(self.device).map(change)
    }

    fn status(&self, event: &'static str, function: DeviceStatus) -> NTSTATUS {
        callbacks::device_status(event, function, self.device)
    }

    fn notice(&self, event: &'static str, function: DeviceNotice) {
        callbacks::device_notice(event, function, self.device);
    }

    fn power(&self, event: &'static str, function: DevicePower, state: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
        callbacks::device_power(event, function, self.device, state)
    }
}
