//! What the PnP and power manager do with a device.
//!
//! The order of callbacks is that of the framework's state machines ([`crate::machines`]).

mod actions;
mod progress;

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use wdk_portable::{NTSTATUS, STATUS_INVALID_DEVICE_STATE, STATUS_SUCCESS, WDF_PNPPOWER_EVENT_CALLBACKS};

use crate::framework::device::{Device, DeviceInit};
use crate::framework::driver::Driver;
use crate::framework::{Attributes, Handle, callbacks, object};
use crate::host::Host;
use crate::io;
use crate::machines::table::State;
use crate::machines::tables::pnp::Pnp;
use crate::machines::{Ending, Machines, PnpRequest, Settings, SystemPower};

use actions::{DeviceActions, Resources};
use progress::Progress;

/// What the PnP and the power manager can do with a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Starts it.
    Start,
    /// Asks whether it may be stopped.
    QueryStop,
    /// It is not stopped after all.
    CancelStop,
    /// Stops it, to assign other resources.
    Stop,
    /// Starts it again, at other addresses.
    Restart,
    /// Asks whether it may be removed.
    QueryRemove,
    /// It is not removed after all.
    CancelRemove,
    /// Removes it.
    Remove,
    /// Tells that it is gone.
    SurpriseRemove,
    /// The system goes to sleep.
    Sleep,
    /// The system comes back.
    Resume,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "start",
            Self::QueryStop => "query-stop",
            Self::CancelStop => "cancel-stop",
            Self::Stop => "stop",
            Self::Restart => "restart",
            Self::QueryRemove => "query-remove",
            Self::CancelRemove => "cancel-remove",
            Self::Remove => "remove",
            Self::SurpriseRemove => "surprise-remove",
            Self::Sleep => "sleep",
            Self::Resume => "resume",
        })
    }
}

impl Request {
    /// States of the PnP machine in which the PnP manager sends it. Elsewhere it would never end.
    fn states(self) -> &'static [Pnp] {
        use Pnp::{
            FailedWaitForRemove, Init, InitQueryRemove, QueryRemovePending, QueryStopPending, Started,
            Stopped,
        };
        match self {
            Self::Start => &[Init, Started, FailedWaitForRemove],
            Self::QueryStop => &[Started],
            Self::CancelStop => &[QueryStopPending, Started],
            Self::Stop => &[QueryStopPending],
            Self::Restart => &[Stopped],
            Self::QueryRemove => &[Init, Started],
            Self::CancelRemove => &[InitQueryRemove, QueryRemovePending, Started],
            Self::Remove => &[Init, InitQueryRemove, Started, QueryRemovePending, FailedWaitForRemove],
            Self::SurpriseRemove => {
                &[Init, Started, QueryStopPending, Stopped, QueryRemovePending, FailedWaitForRemove]
            }
            Self::Sleep | Self::Resume => Pnp::ALL,
        }
    }
}

/// A device as the PnP manager sees it.
pub struct PnpDevice {
    host: &'static Host,
    machines: Arc<Machines>,
    actions: Arc<DeviceActions>,
    asleep: bool,
    pulled_out: bool,
}

/// Calls EvtDriverDeviceAdd for the device in a slot.
pub fn add(host: &'static Host, slot: u16) -> Result<PnpDevice, NTSTATUS> {
    let (driver, function, init) = {
        let mut state = host.state();
        let driver = state.driver.ok_or(STATUS_INVALID_DEVICE_STATE)?;
        let function = state.objects.get::<Driver>(driver).and_then(|driver| driver.device_add);
        let init = state.objects.create(host, DeviceInit::new(slot), None, Attributes::default());
        (driver, function, init)
    };
    let status = callbacks::device_add(function, driver, init);
    object::delete(host, init);
    let device = host.state().nodes.get(&slot).and_then(|node| node.device);
    match (status >= 0, device) {
        (true, Some(device)) => {
            let callbacks = host.state().objects.get::<Device>(device).map(|device| device.callbacks);
            let callbacks = callbacks.unwrap_or_default();
            Ok(PnpDevice::new(host, slot, device, callbacks))
        }
        (true, None) => Err(STATUS_INVALID_DEVICE_STATE),
        (false, device) => {
            if let Some(device) = device {
                delete_device(host, slot, device);
            }
            Err(status)
        }
    }
}

/// The hardware in a slot stops answering, for good.
pub fn take_hardware_away(host: &Host, slot: u16) {
    let gone = host.bus().go_away(slot);
    if let Err(error) = gone {
        host.end(format!("the bus cannot take the device away: {error}"));
    }
}

fn delete_device(host: &Host, slot: u16, device: Handle) {
    io::wait_for_callbacks(host, device);
    object::delete(host, device);
    if let Some(node) = host.state().nodes.get_mut(&slot) {
        node.device = None;
    }
}

impl PnpDevice {
    fn new(host: &'static Host, slot: u16, device: Handle, callbacks: WDF_PNPPOWER_EVENT_CALLBACKS) -> Self {
        let actions = Arc::new(DeviceActions {
            host,
            slot,
            device,
            callbacks,
            progress: Progress::default(),
            resources: Mutex::new(Resources::default()),
            machines: OnceLock::new(),
        });
        let settings = Settings {
            owner: true,
            release_after_descendants: false,
            client_minor: host.state().client_minor,
        };
        let machines = Arc::new(Machines::new(Box::new(Arc::clone(&actions)), settings));
        actions.machines.get_or_init(|| Arc::downgrade(&machines));
        machines.added();
        Self { host, machines, actions, asleep: false, pulled_out: false }
    }

    /// Does what is asked and waits until the device is at rest again.
    ///
    /// # Errors
    /// Neither manager would do this now: says why, and what to do.
    pub fn request(&mut self, request: Request) -> Result<NTSTATUS, String> {
        if self.asleep != (request == Request::Resume) {
            let (state, first) = if self.asleep { ("asleep", "resume") } else { ("awake", "sleep") };
            return Err(format!("the system is {state}: {first} before {request}"));
        }
        if self.pulled_out && !matches!(request, Request::Remove | Request::Sleep | Request::Resume) {
            return Err(format!("PnP sends no {request} to a device that was pulled out: remove it"));
        }
        let state = self.machines.pnp_state();
        if !request.states().contains(&state) {
            return Err(format!("PnP sends no {request} to a device in the state {}", state.row().full_name));
        }
        let status = match request {
            Request::Start => self.pnp_request(PnpRequest::Start),
            Request::QueryStop => self.pnp_request(PnpRequest::QueryStop),
            Request::CancelStop => self.pnp_request(PnpRequest::CancelStop),
            Request::Stop => self.pnp_request(PnpRequest::Stop),
            Request::Restart => {
                self.actions.move_elsewhere();
                self.pnp_request(PnpRequest::Start)
            }
            Request::QueryRemove => self.pnp_request(PnpRequest::QueryRemove),
            Request::CancelRemove => self.pnp_request(PnpRequest::CancelRemove),
            Request::Remove => self.pnp_request(PnpRequest::Remove),
            Request::SurpriseRemove => self.surprise_remove(),
            Request::Sleep => self.sleep(),
            Request::Resume => self.resume(),
        };
        self.settle();
        Ok(status)
    }

    /// The device object is gone.
    pub fn is_removed(&self) -> bool {
        self.machines.pnp_state() == Pnp::Final
    }

    /// Removes the device from wherever it is, by the requests that lead there.
    pub fn remove_for_good(&mut self) -> NTSTATUS {
        let way: &[Request] = match self.machines.pnp_state() {
            Pnp::QueryStopPending => &[Request::CancelStop, Request::Remove],
            Pnp::Stopped => &[Request::SurpriseRemove, Request::Remove],
            _ => &[Request::Remove],
        };
        let wake = self.asleep.then_some(Request::Resume);
        let mut status = STATUS_SUCCESS;
        for request in wake.iter().chain(way) {
            match self.request(*request) {
                Ok(done) => status = done,
                Err(reason) => self.host.end(format!("the device cannot be removed: {reason}")),
            }
        }
        status
    }

    fn pnp_request(&self, request: PnpRequest) -> NTSTATUS {
        self.machines.pnp_request(request);
        match self.wait(|state| state.ending.take()) {
            Ending::Completed(status) => status,
            Ending::SentDown => STATUS_SUCCESS,
        }
    }

    /// The hardware is gone before the driver hears of it.
    fn surprise_remove(&mut self) -> NTSTATUS {
        self.pulled_out = true;
        take_hardware_away(self.host, self.actions.slot);
        self.pnp_request(PnpRequest::SurpriseRemoval)
    }

    fn sleep(&mut self) -> NTSTATUS {
        self.asleep = true;
        self.machines.system_power(SystemPower::Sleep);
        self.wait(|state| std::mem::take(&mut state.system_done).then_some(()));
        STATUS_SUCCESS
    }

    fn resume(&mut self) -> NTSTATUS {
        self.asleep = false;
        self.machines.system_power(SystemPower::Working);
        STATUS_SUCCESS
    }

    /// Waits until nothing is left for other threads.
    fn settle(&self) {
        self.wait(|state| (state.later == 0).then_some(()));
    }

    /// Waits for what the machines do on other threads, for as long as the driver gets on.
    fn wait<T>(&self, mut ready: impl FnMut(&mut progress::State) -> Option<T>) -> T {
        let limit = self.host.hang_limit();
        loop {
            let moves = self.host.moves();
            if let Some(value) = self.actions.progress.wait(limit, &mut ready) {
                return value;
            }
            if self.host.moves() == moves {
                let state = self.machines.pnp_state().row().full_name;
                self.host.end(format!("the device did not come to rest in {limit:?}: {state}"));
            }
        }
    }
}
