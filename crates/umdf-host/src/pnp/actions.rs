//! What the machines do in this host: the driver's callbacks, queues, bus and PnP manager.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use wdk_portable::{
    _WDF_POWER_DEVICE_STATE as Power, NTSTATUS, STATUS_NOT_SUPPORTED, STATUS_SUCCESS,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE,
};

use super::progress::{Progress, Which};
use super::{Asked, delete_device};
use crate::bus::{Assigned, Descriptor};
use crate::framework::callbacks::{self, DeviceNotice, DevicePower, DeviceStatus};
use crate::framework::device::Device;
use crate::framework::resource::{ResourceList, to_cm};
use crate::framework::{Attributes, Handle, object};
use crate::history::{Actor, Event};
use crate::host::Host;
use crate::interrupts;
use crate::io;
use crate::machines::{
    Actions, Callback, Ending, Interrupt, Later, Machines, PnpRequest, PowerState, Queues,
};
use crate::rules::Rule;
use crate::schedule;

/// What the PnP manager did about resources.
#[derive(Default)]
pub struct Resources {
    /// Assign other addresses at the next start.
    elsewhere: bool,
    assigned: Option<Assigned>,
    /// The raw and the translated list that the driver got.
    lists: Option<(Handle, Handle)>,
}

/// A device, and what its machines do to it.
pub struct DeviceActions {
    pub host: &'static Host,
    pub slot: u16,
    pub device: Handle,
    pub callbacks: WDF_PNPPOWER_EVENT_CALLBACKS,
    pub progress: Progress,
    pub resources: Mutex<Resources>,
    /// The device's machines, which own this.
    pub machines: OnceLock<Weak<Machines>>,
}

fn number(state: PowerState) -> WDF_POWER_DEVICE_STATE {
    match state {
        PowerState::D0 => Power::WdfPowerDeviceD0,
        PowerState::D1 => Power::WdfPowerDeviceD1,
        PowerState::D2 => Power::WdfPowerDeviceD2,
        PowerState::D3 => Power::WdfPowerDeviceD3,
        PowerState::D3Final => Power::WdfPowerDeviceD3Final,
    }
}

impl DeviceActions {
    fn with_device<R>(&self, change: impl FnOnce(&mut Device) -> R) -> Option<R> {
        self.host.state().objects.get_mut::<Device>(self.device).map(change)
    }

    fn with_resources<R>(&self, change: impl FnOnce(&mut Resources) -> R) -> R {
        change(&mut self.resources.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The next start is at other addresses.
    pub fn move_elsewhere(&self) {
        self.with_resources(|resources| resources.elsewhere = true);
    }

    /// `EvtDevicePrepareHardware`, with lists that live until the release.
    fn prepare_hardware(&self) -> NTSTATUS {
        let Some(assigned) = self.with_resources(|resources| resources.assigned.clone()) else {
            return STATUS_SUCCESS;
        };
        let list = |descriptors: &[Descriptor]| {
            let list = ResourceList::new(descriptors.iter().map(to_cm));
            self.host.state().objects.create(self.host, list, Some(self.device), Attributes::default())
        };
        let (raw, translated) = (list(&assigned.raw), list(&assigned.translated));
        self.with_resources(|resources| resources.lists = Some((raw, translated)));
        let status = interrupts::prepare(self.host, self.device, &assigned, (raw, translated), || {
            callbacks::prepare_hardware(self.callbacks.EvtDevicePrepareHardware, self.device, raw, translated)
        });
        self.supported("EvtDevicePrepareHardware", status)
    }

    /// `EvtDeviceReleaseHardware`, then the check that nothing is mapped any more.
    fn release_hardware(&self) -> NTSTATUS {
        let Some((raw, translated)) = self.with_resources(|resources| resources.lists.take()) else {
            return STATUS_SUCCESS;
        };
        let function = self.callbacks.EvtDeviceReleaseHardware;
        let status = callbacks::release_hardware(function, self.device, translated);
        self.supported("EvtDeviceReleaseHardware", status);
        let mapped = self.with_device(|device| device.registers.still_mapped()).unwrap_or_default();
        if !mapped.is_empty() {
            // The framework looks only if the callback succeeded.
            let rule = if status >= 0 { Rule::RegistersLeftMapped } else { Rule::PrepareReleaseLeak };
            self.host.violation(rule, format!("after EvtDeviceReleaseHardware: {mapped}"));
        }
        self.with_device(|device| device.registers.clear());
        interrupts::delete_made_in_prepare(self.host, self.device);
        object::delete(self.host, raw);
        object::delete(self.host, translated);
        status
    }

    fn status(&self, event: &'static str, function: DeviceStatus) -> NTSTATUS {
        callbacks::device_status(event, function, self.device)
    }

    /// The status of a callback for which one of them is not allowed.
    fn supported(&self, event: &'static str, status: NTSTATUS) -> NTSTATUS {
        if status == STATUS_NOT_SUPPORTED {
            self.host
                .violation(Rule::PnpStatusNotSupported, format!("{event} returned STATUS_NOT_SUPPORTED"));
        }
        status
    }

    fn notice(&self, event: &'static str, function: DeviceNotice) -> NTSTATUS {
        callbacks::device_notice(event, function, self.device);
        STATUS_SUCCESS
    }

    fn power(&self, event: &'static str, function: DevicePower, state: PowerState) -> NTSTATUS {
        callbacks::device_power(event, function, self.device, number(state))
    }

    /// Lets a timer of the device run. It ends with `over` unless it is stopped before.
    fn start_timer(self: &Arc<Self>, which: Which, time: Duration, over: fn(&Arc<Self>)) {
        let running = self.progress.start_timer(which);
        let actions = Arc::clone(self);
        self.host.pool.spawn(Actor::Timer, move || {
            if actions.progress.timer_ends(which, running, time) {
                over(&actions);
            }
        });
    }

    fn with_machines(&self, act: impl FnOnce(&Machines)) {
        if let Some(machines) = self.machines.get().and_then(Weak::upgrade) {
            act(&machines);
        }
    }

    /// Asks the PnP manager for something.
    pub fn ask(&self, asked: Asked) {
        self.host.pnp.ask(self.host, self.slot, self.device, asked);
    }

    fn note(&self, text: impl Into<String>) {
        self.host.record(Event::Note { text: text.into() });
    }
}

/// An interrupt as the power machine sees it.
struct WiredInterrupt {
    host: &'static Host,
    handle: Handle,
}

impl Interrupt for WiredInterrupt {
    fn connect(&self) -> NTSTATUS {
        interrupts::connect(self.host, self.handle).err().unwrap_or(STATUS_SUCCESS)
    }

    fn disconnect(&self) -> NTSTATUS {
        interrupts::disconnect(self.host, self.handle).err().unwrap_or(STATUS_SUCCESS)
    }

    fn revoke_resources(&self) {
        interrupts::revoke(self.host, self.handle);
    }
}

impl Actions for Arc<DeviceActions> {
    fn callback(&self, callback: Callback) -> NTSTATUS {
        let all = &self.callbacks;
        match callback {
            Callback::PrepareHardware => self.prepare_hardware(),
            Callback::ReleaseHardware => self.release_hardware(),
            Callback::D0Entry(state) => {
                self.with_device(|device| device.registers.set_powered(true));
                self.power("EvtDeviceD0Entry", all.EvtDeviceD0Entry, state)
            }
            Callback::D0EntryPostInterruptsEnabled(state) => self.power(
                "EvtDeviceD0EntryPostInterruptsEnabled",
                all.EvtDeviceD0EntryPostInterruptsEnabled,
                state,
            ),
            Callback::D0ExitPreInterruptsDisabled(state) => self.power(
                "EvtDeviceD0ExitPreInterruptsDisabled",
                all.EvtDeviceD0ExitPreInterruptsDisabled,
                state,
            ),
            Callback::D0Exit(state) => {
                let status = self.power("EvtDeviceD0Exit", all.EvtDeviceD0Exit, state);
                self.with_device(|device| device.registers.set_powered(false));
                status
            }
            Callback::SelfManagedIoInit => {
                self.status("EvtDeviceSelfManagedIoInit", all.EvtDeviceSelfManagedIoInit)
            }
            Callback::SelfManagedIoRestart => {
                self.status("EvtDeviceSelfManagedIoRestart", all.EvtDeviceSelfManagedIoRestart)
            }
            Callback::SelfManagedIoSuspend => {
                self.status("EvtDeviceSelfManagedIoSuspend", all.EvtDeviceSelfManagedIoSuspend)
            }
            Callback::SelfManagedIoFlush => {
                self.notice("EvtDeviceSelfManagedIoFlush", all.EvtDeviceSelfManagedIoFlush)
            }
            Callback::SelfManagedIoCleanup => {
                self.notice("EvtDeviceSelfManagedIoCleanup", all.EvtDeviceSelfManagedIoCleanup)
            }
            Callback::QueryStop => {
                let status = self.status("EvtDeviceQueryStop", all.EvtDeviceQueryStop);
                self.supported("EvtDeviceQueryStop", status)
            }
            Callback::QueryRemove => {
                let status = self.status("EvtDeviceQueryRemove", all.EvtDeviceQueryRemove);
                self.supported("EvtDeviceQueryRemove", status)
            }
            Callback::SurpriseRemoval => {
                self.notice("EvtDeviceSurpriseRemoval", all.EvtDeviceSurpriseRemoval)
            }
        }
    }

    fn match_resources(&self) -> Result<(), NTSTATUS> {
        let translated = self.with_resources(|resources| {
            resources.assigned.as_ref().map(|assigned| assigned.translated.clone())
        });
        self.with_device(|device| device.registers.build(&translated.unwrap_or_default()));
        Ok(())
    }

    fn interrupts(&self) -> Vec<Arc<dyn Interrupt>> {
        let handles = interrupts::of_device(&self.host.state(), self.device);
        let wired = |handle| Arc::new(WiredInterrupt { host: self.host, handle }) as Arc<dyn Interrupt>;
        handles.into_iter().map(wired).collect()
    }

    fn queues(&self, action: Queues) {
        match action {
            Queues::Resume => io::resume_queues(self.host, self.device),
            Queues::Hold => io::hold_queues(self.host, self.device),
            Queues::PurgeManaged => {
                self.with_device(|device| device.removed = true);
                io::purge_queues(self.host, self.device, true);
            }
            Queues::PurgeNonManaged => io::purge_queues(self.host, self.device, false),
        }
    }

    fn enable_interfaces(&self) {
        self.with_device(|device| device.interfaces.enable_all());
    }

    fn disable_interfaces(&self) {
        self.with_device(|device| device.interfaces.disable_all());
    }

    fn start_below(&self) -> NTSTATUS {
        let elsewhere = self.with_resources(|resources| std::mem::take(&mut resources.elsewhere));
        let assigned = {
            let mut bus = self.host.bus();
            let messages = self.host.installation(self.slot).messages();
            // A start without a stop before it stops the device first.
            bus.stop(self.slot).and_then(|()| {
                if elsewhere { bus.rebalance(self.slot, messages) } else { bus.start(self.slot, messages) }
            })
        };
        let assigned = match assigned {
            Ok(assigned) => assigned,
            Err(error) => self.host.end(format!("the bus cannot start the device: {error}")),
        };
        for (raw, translated) in assigned.raw.iter().zip(&assigned.translated) {
            self.host.record(Event::Resource { raw: raw.to_string(), translated: translated.to_string() });
        }
        self.with_resources(|resources| resources.assigned = Some(assigned));
        self.with_device(|device| device.started = true);
        STATUS_SUCCESS
    }

    fn finish(&self, request: PnpRequest, ending: Ending) {
        let leaves = matches!(request, PnpRequest::Stop | PnpRequest::SurpriseRemoval | PnpRequest::Remove);
        if leaves && let Err(error) = self.host.bus().stop(self.slot) {
            self.host.end(format!("the bus cannot stop the device: {error}"));
        }
        self.progress.change(|state| state.ending = Some(ending));
    }

    fn dispose(&self) {
        delete_device(self.host, self.slot, self.device);
    }

    fn invalidate_state(&self) {
        self.note("the framework asks PnP to look at the device's state: it failed");
        self.ask(Asked::Look);
    }

    fn may_restart(&self, started_before: bool) -> bool {
        let now = schedule::now();
        let mut state = self.host.state();
        state.nodes.get_mut(&self.slot).is_some_and(|node| node.restarts.allow(now, started_before))
    }

    fn reenumerate(&self) {
        self.note("the framework asks the bus to remove the device and find it again");
        self.ask(Asked::Reenumerate);
    }

    fn request_power(&self, state: PowerState) -> bool {
        self.later(Later::PowerRequest(state));
        true
    }

    fn power_done(&self, to: PowerState) {
        self.progress.change(|state| state.power = Some(to));
    }

    fn system_power_done(&self) {
        self.progress.change(|state| state.system_done = true);
    }

    fn start_idle_timer(&self, time: Duration) {
        self.start_timer(
            |state| &mut state.idle_timer,
            time,
            |actions| actions.with_machines(Machines::idle_time_over),
        );
    }

    fn stop_idle_timer(&self) -> bool {
        self.progress.stop_timer(|state| &mut state.idle_timer)
    }

    fn component_idle(&self, hint: Option<Duration>) {
        // A system that is left to itself takes the driver's hint, and has no opinion without one.
        let time = hint.unwrap_or_default();
        self.start_timer(
            |state| &mut state.power_framework,
            time,
            |actions| actions.later(Later::PowerNotRequired),
        );
    }

    fn component_active(&self) {
        // In time, and the power framework says nothing.
        if !self.progress.stop_timer(|state| &mut state.power_framework) {
            self.later(Later::PowerRequired);
        }
    }

    fn later(&self, event: Later) {
        self.progress.change(|state| state.later += 1);
        let actions = Arc::clone(self);
        self.host.pool.spawn(Actor::Pnp, move || {
            actions.with_machines(|machines| machines.deliver(event));
            actions.progress.change(|state| state.later -= 1);
        });
    }

    fn dropped(&self, machine: &'static str, state: &'static str, event: String) {
        self.note(format!("the {machine} machine drops {event} in the state {state}"));
    }

    fn stuck(&self, reason: String) -> ! {
        self.host.end(format!("the state machines cannot go on: {reason}"))
    }
}
