//! One device as the PnP and the power manager see it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use wdk_portable::{NTSTATUS, STATUS_INVALID_DEVICE_STATE, STATUS_SUCCESS, WDF_PNPPOWER_EVENT_CALLBACKS};

use super::actions::{DeviceActions, Resources};
use super::progress::{self, Progress};
use super::{Asked, Request, delete_device};
use crate::framework::device::{Device, DeviceInit};
use crate::framework::driver::Driver;
use crate::framework::{Attributes, Handle, callbacks, object};
use crate::host::Host;
use crate::machines::table::State;
use crate::machines::tables::pnp::Pnp;
use crate::machines::tables::power::Power;
use crate::machines::{Ending, Machines, PnpRequest, PowerState, Settings, SystemPower};
use crate::schedule;

/// The machines of a device object, and what they do.
#[derive(Clone)]
pub struct Stack {
    /// The machines.
    pub machines: Arc<Machines>,
    actions: Arc<DeviceActions>,
    /// Queues whose requests keep the device in D0.
    awake: Arc<Mutex<BTreeSet<Handle>>>,
}

impl Stack {
    /// For a device object that was just made.
    pub fn new(
        host: &'static Host,
        slot: u16,
        device: Handle,
        callbacks: WDF_PNPPOWER_EVENT_CALLBACKS,
        settings: Settings,
    ) -> Self {
        let actions = Arc::new(DeviceActions {
            host,
            slot,
            device,
            callbacks,
            progress: Progress::default(),
            resources: Mutex::new(Resources::default()),
            machines: OnceLock::new(),
        });
        let machines = Arc::new(Machines::new(Box::new(Arc::clone(&actions)), settings));
        actions.machines.get_or_init(|| Arc::downgrade(&machines));
        Self { machines, actions, awake: Arc::default() }
    }

    /// Asks the PnP manager to look at the device's state.
    pub fn ask_for_a_look(&self) {
        self.actions.ask(Asked::Look);
    }

    /// Tells the PnP manager that nobody has the device open any more.
    pub fn tell_closed(&self) {
        self.actions.ask(Asked::Closed);
    }

    /// Lets the requests of a queue keep the device in D0, or no longer. False: nothing kept it there,
    /// though it should have.
    pub fn keep_awake(&self, queue: Handle, needed: impl FnOnce() -> bool) -> bool {
        let mut awake = schedule::lock(&self.awake);
        match (needed(), awake.contains(&queue)) {
            (true, false) => {
                // A device that is not started, or that failed, cannot be kept.
                if self.machines.take_reference(None) >= 0 {
                    awake.insert(queue);
                }
                true
            }
            (false, true) => {
                awake.remove(&queue);
                self.machines.release_reference()
            }
            _ => true,
        }
    }

    /// Waits until the device is idle in a low-power state. False: it is not within `limit`.
    pub fn wait_for_idle(&self, limit: Duration) -> bool {
        let idle = |state: &mut progress::State| {
            let low = state.power.is_some_and(|power| power != PowerState::D0);
            (low && state.later == 0).then_some(())
        };
        self.actions.progress.wait(limit, idle).is_some()
    }
}

/// A device with a driver, as the managers see it.
pub struct PnpDevice {
    host: &'static Host,
    stack: Stack,
    /// PnP started it once, and tells it before it removes it without asking.
    pub started: bool,
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
    let stack = {
        let state = host.state();
        device.and_then(|device| state.objects.get::<Device>(device)?.stack.clone())
    };
    match (status >= 0, stack) {
        (true, Some(stack)) => Ok(PnpDevice { host, stack, started: false }),
        (true, None) => Err(STATUS_INVALID_DEVICE_STATE),
        (false, _) => {
            if let Some(device) = device {
                delete_device(host, slot, device);
            }
            Err(status)
        }
    }
}

impl PnpDevice {
    /// The device object.
    pub fn object(&self) -> Handle {
        self.stack.actions.device
    }

    /// Its machines, and what waits for them.
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// The state of the PnP machine.
    pub fn state(&self) -> Pnp {
        self.stack.machines.pnp_state()
    }

    /// Does what is asked and waits until the device is at rest again.
    ///
    /// # Errors
    /// Neither manager would do this now: says why.
    pub fn request(&mut self, request: Request) -> Result<NTSTATUS, String> {
        self.settle();
        let state = self.state();
        if !request.states().contains(&state) {
            return Err(format!("PnP sends no {request} to a device in the state {}", state.row().full_name));
        }
        let status = match request {
            Request::Start => self.pnp_request(PnpRequest::Start),
            Request::QueryStop => self.pnp_request(PnpRequest::QueryStop),
            Request::CancelStop => self.pnp_request(PnpRequest::CancelStop),
            Request::Stop => self.pnp_request(PnpRequest::Stop),
            Request::Restart => {
                self.stack.actions.move_elsewhere();
                self.pnp_request(PnpRequest::Start)
            }
            Request::QueryRemove => self.pnp_request(PnpRequest::QueryRemove),
            Request::CancelRemove => self.pnp_request(PnpRequest::CancelRemove),
            Request::Remove => self.pnp_request(PnpRequest::Remove),
            Request::SurpriseRemove => self.pnp_request(PnpRequest::SurpriseRemoval),
            Request::Sleep => self.power_down(SystemPower::Sleep),
            Request::Shutdown => self.power_down(SystemPower::Shutdown),
            Request::Resume => self.power_up(),
        };
        if matches!(request, Request::Start | Request::Restart) {
            self.started |= status >= 0;
        }
        self.settle();
        Ok(status)
    }

    fn pnp_request(&self, request: PnpRequest) -> NTSTATUS {
        self.stack.machines.pnp_request(request);
        match self.wait(|state| state.ending.take()) {
            Ending::Completed(status) => status,
            Ending::SentDown => STATUS_SUCCESS,
        }
    }

    /// The system leaves its working state. The owner of the power policy takes the device down with
    /// it: this driver, or another one of the device's stack, whose part the host plays.
    fn power_down(&self, power: SystemPower) -> NTSTATUS {
        let machines = &self.stack.machines;
        machines.system_power(power);
        self.wait(|state| std::mem::take(&mut state.system_done).then_some(()));
        if !machines.is_policy_owner() && machines.power_state() == Power::D0 {
            self.device_power(PowerState::D3);
        }
        STATUS_SUCCESS
    }

    /// The system is back; it does not wait for the device.
    fn power_up(&self) -> NTSTATUS {
        let machines = &self.stack.machines;
        machines.system_power(SystemPower::Working);
        if !machines.is_policy_owner() && machines.power_state() == Power::Dx {
            self.device_power(PowerState::D0);
        }
        STATUS_SUCCESS
    }

    /// If another driver owns the power policy, it powers the device down.
    pub fn idle_by_owner(&self) {
        let machines = &self.stack.machines;
        if !machines.is_policy_owner() && machines.power_state() == Power::D0 {
            self.device_power(PowerState::D3);
            self.settle();
        }
    }

    /// The owner of the power policy, which is another driver, requests this state.
    fn device_power(&self, to: PowerState) {
        self.stack.machines.device_power(to);
        self.wait(|state| (state.power == Some(to)).then_some(()));
    }

    /// Waits until the device is at rest: nothing is left for other threads.
    pub fn settle(&self) {
        self.wait(|state| (state.later == 0).then_some(()));
    }

    /// Waits for what the machines do on other threads, for as long as the driver gets on.
    fn wait<T>(&self, mut ready: impl FnMut(&mut progress::State) -> Option<T>) -> T {
        let limit = self.host.hang_limit();
        loop {
            let moves = self.host.moves();
            if let Some(value) = self.stack.actions.progress.wait(limit, &mut ready) {
                return value;
            }
            if self.host.moves() == moves {
                let state = self.state().row().full_name;
                self.host.end(format!("the device did not come to rest in {limit:?}: {state}"));
            }
        }
    }
}
