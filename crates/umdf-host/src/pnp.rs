//! What the PnP and power manager do with the one device: add, start, remove, surprise removal.
//!
//! The order of callbacks is that of the framework's state machines (`pnpstatemachine.cpp`,
//! `powerstatemachine.cpp`, `selfmanagediostatemachine.cpp`) for a power policy owner without
//! interrupts.

// UNSAFETY: the driver's PnP and power callbacks are called here.
#![expect(unsafe_code, reason = "calls the driver's PnP and power callbacks")]

use wdk_portable::{
    _WDF_POWER_DEVICE_STATE as Power, NTSTATUS, STATUS_DEVICE_POWER_FAILURE, STATUS_INVALID_DEVICE_STATE,
    STATUS_SUCCESS, WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE,
};

use crate::bus::Assigned;
use crate::framework::device::{Device, DeviceInit};
use crate::framework::driver::Driver;
use crate::framework::resource::ResourceList;
use crate::framework::{Attributes, Handle, Objects, object};
use crate::gate;
use crate::history::Event;
use crate::host::Host;
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
    name: String,
    callbacks: WDF_PNPPOWER_EVENT_CALLBACKS,
    stage: Stage,
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
    let (driver_name, init_name) = names(host, |objects| (objects.name(driver), objects.name(init)));
    let arguments = format!("DeviceInit={init_name}");
    let status = gate::status_callback(function, "EvtDriverDeviceAdd", &driver_name, arguments, |function| {
        // SAFETY: the driver's callback, with live handles of the types it expects.
        unsafe { function(driver.raw(), init.raw()) }
    });
    object::delete(host, init);
    let device = host.state().device;
    match (status >= 0, device) {
        (true, Some(device)) => {
            let (name, callbacks) = names(host, |objects| {
                (
                    objects.name(device),
                    objects.get::<Device>(device).map(|device| device.callbacks).unwrap_or_default(),
                )
            });
            Ok(PnpDevice { host, device, name, callbacks, stage: Stage::Added, self_managed: false })
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

fn names<R>(host: &Host, read: impl FnOnce(&Objects) -> R) -> R {
    read(&host.state().objects)
}

fn delete_device(host: &Host, device: Handle) {
    object::delete(host, device);
    host.state().device = None;
}

/// A failing status, or nothing.
fn failure(status: NTSTATUS) -> Option<NTSTATUS> {
    (status < 0).then_some(status)
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
        self.record_resources(&assigned);
        self.with_device(|device| device.started = true);
        let prepared = self.prepare_hardware(&assigned);
        if let Some(status) = failure(prepared) {
            self.give_up();
            return status;
        }
        if let Some(undo) = self.power_up() {
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
            self.notify("EvtDeviceSelfManagedIoCleanup", self.callbacks.EvtDeviceSelfManagedIoCleanup);
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
            Stage::Failed => self.notify("EvtDeviceSurpriseRemoval", self.callbacks.EvtDeviceSurpriseRemoval),
            Stage::Started => {
                self.notify("EvtDeviceSurpriseRemoval", self.callbacks.EvtDeviceSurpriseRemoval);
                self.stop_working();
                self.give_up();
            }
        }
        STATUS_SUCCESS
    }

    /// EvtDevicePrepareHardware with both lists. A failure is followed by the release.
    fn prepare_hardware(&mut self, assigned: &Assigned) -> NTSTATUS {
        let (raw, translated, arguments) = {
            let mut state = self.host.state();
            if let Some(device) = state.objects.get_mut::<Device>(self.device) {
                device.registers.build(&assigned.translated);
            }
            let mut list = |descriptors: &[crate::bus::Descriptor]| {
                let list = ResourceList::new(descriptors.iter().map(crate::framework::resource::to_cm));
                state.objects.create(self.host, list, Some(self.device), Attributes::default())
            };
            let (raw, translated) = (list(&assigned.raw), list(&assigned.translated));
            let objects = &state.objects;
            let arguments = format!(
                "ResourcesRaw={}, ResourcesTranslated={}",
                objects.name(raw),
                objects.name(translated)
            );
            (raw, translated, arguments)
        };
        let function = self.callbacks.EvtDevicePrepareHardware;
        let status =
            gate::status_callback(function, "EvtDevicePrepareHardware", &self.name, arguments, |function| {
                // SAFETY: the driver's callback, with live handles of the types it expects.
                unsafe { function(self.device.raw(), raw.raw(), translated.raw()) }
            });
        if status < 0 {
            self.release_hardware();
        }
        status
    }

    /// EvtDeviceReleaseHardware, then the check that nothing is mapped any more.
    fn release_hardware(&mut self) {
        let lists = self.host.state().objects.children_of_kind::<ResourceList>(self.device);
        let arguments =
            lists.last().map(|list| format!("ResourcesTranslated={}", names(self.host, |o| o.name(*list))));
        let translated = lists.last().map_or(std::ptr::null_mut(), |list| list.raw());
        let function = self.callbacks.EvtDeviceReleaseHardware;
        let arguments = arguments.unwrap_or_default();
        let status =
            gate::status_callback(function, "EvtDeviceReleaseHardware", &self.name, arguments, |function| {
                // SAFETY: the driver's callback, with live handles of the types it expects.
                unsafe { function(self.device.raw(), translated) }
            });
        let mapped = self.with_device(|device| device.registers.still_mapped()).unwrap_or_default();
        if status >= 0 && !mapped.is_empty() {
            let message = format!("after EvtDeviceReleaseHardware: {mapped}");
            self.host.violation(Rule::RegistersLeftMapped, message);
        }
        self.with_device(|device| device.registers.clear());
        for list in lists {
            object::delete(self.host, list);
        }
    }

    /// D0 for the first time. A failing callback gives the steps that undo what was done.
    fn power_up(&mut self) -> Option<fn(&mut Self)> {
        let previous = Power::WdfPowerDeviceD3Final;
        if self.power_callback("EvtDeviceD0Entry", self.callbacks.EvtDeviceD0Entry, previous) < 0 {
            return Some(Self::release_hardware);
        }
        let post = self.callbacks.EvtDeviceD0EntryPostInterruptsEnabled;
        if self.power_callback("EvtDeviceD0EntryPostInterruptsEnabled", post, previous) < 0 {
            return Some(|device| {
                device.exit_d0();
                device.release_hardware();
            });
        }
        io::resume_queues(self.host, self.device);
        self.self_managed = true;
        let init = self.callbacks.EvtDeviceSelfManagedIoInit;
        if self.status("EvtDeviceSelfManagedIoInit", init) < 0 {
            return Some(Self::power_down);
        }
        None
    }

    /// The queues hold, then the device leaves D0 for good and gives its hardware back.
    fn power_down(&mut self) {
        io::hold_queues(self.host, self.device);
        let target = Power::WdfPowerDeviceD3Final;
        let pre = self.callbacks.EvtDeviceD0ExitPreInterruptsDisabled;
        self.power_callback("EvtDeviceD0ExitPreInterruptsDisabled", pre, target);
        self.exit_d0();
        self.release_hardware();
    }

    fn exit_d0(&mut self) {
        self.power_callback("EvtDeviceD0Exit", self.callbacks.EvtDeviceD0Exit, Power::WdfPowerDeviceD3Final);
    }

    /// From started to released.
    fn stop_working(&mut self) {
        self.status("EvtDeviceSelfManagedIoSuspend", self.callbacks.EvtDeviceSelfManagedIoSuspend);
        self.power_down();
    }

    /// What follows the release when the device will not work again: interfaces off, purge, flush.
    fn give_up(&mut self) {
        self.with_device(|device| {
            device.interfaces_enabled = false;
            device.removed = true;
        });
        io::purge_queues(self.host, true);
        if self.self_managed {
            self.notify("EvtDeviceSelfManagedIoFlush", self.callbacks.EvtDeviceSelfManagedIoFlush);
        }
        if let Err(error) = self.host.bus().stop(SLOT) {
            self.host.end(format!("the bus cannot stop the device: {error}"));
        }
        self.stage = Stage::Failed;
    }

    fn with_device<R>(&self, change: impl FnOnce(&mut Device) -> R) -> Option<R> {
        self.host.state().objects.get_mut::<Device>(self.device).map(change)
    }

    fn record_resources(&self, assigned: &Assigned) {
        for (raw, translated) in assigned.raw.iter().zip(&assigned.translated) {
            self.host.record(Event::Resource { raw: raw.to_string(), translated: translated.to_string() });
        }
    }

    fn status(
        &self,
        name: &'static str,
        function: Option<unsafe extern "C" fn(wdk_portable::WDFDEVICE) -> NTSTATUS>,
    ) -> NTSTATUS {
        gate::status_callback(function, name, &self.name, String::new(), |function| {
            // SAFETY: the driver's callback, with the live device.
            unsafe { function(self.device.raw()) }
        })
    }

    fn notify(&self, name: &'static str, function: Option<unsafe extern "C" fn(wdk_portable::WDFDEVICE)>) {
        if let Some(function) = function {
            gate::callback(name, &self.name, String::new(), || {
                // SAFETY: the driver's callback, with the live device.
                unsafe { function(self.device.raw()) };
            });
        }
    }

    fn power_callback(
        &self,
        name: &'static str,
        function: Option<unsafe extern "C" fn(wdk_portable::WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS>,
        state: WDF_POWER_DEVICE_STATE,
    ) -> NTSTATUS {
        let arguments = match state {
            Power::WdfPowerDeviceD3Final => "WdfPowerDeviceD3Final".into(),
            other => other.to_string(),
        };
        gate::status_callback(function, name, &self.name, arguments, |function| {
            // SAFETY: the driver's callback, with the live device.
            unsafe { function(self.device.raw(), state) }
        })
    }
}
