//! What reaches the machines from outside: the PnP and the power manager, the driver, and I/O.

use wdk_portable::STATUS_SUCCESS;

use super::Machines;
use super::actions::{Later, PnpRequest, PowerState};
use super::shared::{IdleSettings, SystemPower};
use super::tables::events::{IdleEvent, PnpEvent, PolicyEvent, PowerEvent};
use super::tables::pnp::Pnp;
use super::tables::policy_owner::PolicyOwner;
use super::tables::power::Power;
use crate::schedule::lock;

impl Machines {
    /// The device object exists.
    pub fn added(&self) {
        self.post::<Pnp>(PnpEvent::AddDevice);
    }

    /// A request of the PnP manager. [`super::Actions::finish`] tells its end, which may come later.
    pub fn pnp_request(&self, request: PnpRequest) {
        self.shared().pnp_request = Some((request, STATUS_SUCCESS));
        self.post::<Pnp>(match request {
            PnpRequest::Start => PnpEvent::StartDevice,
            PnpRequest::QueryStop => PnpEvent::QueryStop,
            PnpRequest::CancelStop => PnpEvent::CancelStop,
            PnpRequest::Stop => PnpEvent::Stop,
            PnpRequest::QueryRemove => PnpEvent::QueryRemove,
            PnpRequest::CancelRemove => PnpEvent::CancelRemove,
            PnpRequest::SurpriseRemoval => PnpEvent::SurpriseRemove,
            PnpRequest::Remove => PnpEvent::Remove,
        });
    }

    /// The system changes its power state. [`super::Actions::system_power_done`] tells when the
    /// device is ready for a sleep; on the way back the system does not wait.
    pub fn system_power(&self, power: SystemPower) {
        self.shared().system = power;
        match (self.owner, power) {
            (true, SystemPower::Working) => self.policy(PolicyEvent::S0),
            (true, _) => {
                self.shared().system_request = Some(power);
                self.policy(PolicyEvent::Sx);
            }
            // Passed down: the owner of the policy deals with it.
            (false, SystemPower::Working) => {}
            (false, _) => self.actions.system_power_done(),
        }
    }

    /// A power request arrives at the device: the owner's own, or another driver's that owns the
    /// policy.
    pub fn device_power(&self, state: PowerState) {
        {
            let mut shared = self.shared();
            shared.power_request = Some(state);
            if state != PowerState::D0 {
                shared.system_action = shared.system;
            }
        }
        self.post::<Power>(if state == PowerState::D0 { PowerEvent::D0 } else { PowerEvent::Dx });
    }

    /// The change of the system's power because of which the device leaves D0, or left it
    /// (`WdfDeviceGetSystemPowerAction`). `Working` if there is none.
    pub fn system_action(&self) -> SystemPower {
        self.shared().system_action
    }

    /// The idle time is over.
    pub fn idle_time_over(&self) {
        self.idle(IdleEvent::TimerExpired);
    }

    /// Handles what was left for another thread.
    pub fn deliver(&self, event: Later) {
        match event {
            Later::TimedOut => self.policy(PolicyEvent::PowerTimeoutExpired),
            Later::IoPresent => self.policy(PolicyEvent::IoPresent),
            Later::InD0 => self.post::<Pnp>(PnpEvent::DeviceInD0),
            Later::PowerRequest(state) => self.device_power(state),
            Later::PowerRequestNotSeen(PowerState::D0) => self.policy(PolicyEvent::PowerUpNotSeen),
            Later::PowerDownDone => self.power_down_done(),
            Later::PowerNotRequired => self.power_required(false),
            Later::PowerRequired => self.power_required(true),
            Later::PowerRequestNotSeen(_) => self.policy(PolicyEvent::PowerDown),
        }
    }

    /// The power framework's word on an idle device with a system-managed timeout: its power is
    /// required, or not any more.
    pub fn power_required(&self, required: bool) {
        self.shared().power_required = required;
        if lock(&self.policy_owner).state() == PolicyOwner::Removed {
            // The power framework does not know the device any more.
            return;
        }
        self.policy(if required {
            PolicyEvent::DevicePowerRequired
        } else {
            PolicyEvent::DevicePowerNotRequired
        });
    }

    /// Whether it is too late to say who manages the idle time.
    pub fn idle_frozen(&self) -> bool {
        self.shared().idle_frozen
    }

    /// `WdfDeviceAssignS0IdleSettings`.
    pub fn assign_idle_settings(&self, settings: IdleSettings) {
        self.shared().idle_settings = settings;
        self.policy(PolicyEvent::S0IdlePolicyChanged);
    }

    /// `WdfDeviceSetStaticStopRemove`: whether the device may be stopped and removed in order. Calls
    /// nest. False: it may be already.
    pub fn set_static_stop_remove(&self, allowed: bool) -> bool {
        let mut shared = self.shared();
        if !allowed {
            shared.static_stops = shared.static_stops.saturating_add(1);
            return true;
        }
        let nested = shared.static_stops.checked_sub(1);
        shared.static_stops = nested.unwrap_or(0);
        nested.is_some()
    }

    /// The device carries a special file (paging, hibernation or dump), or no longer does.
    pub fn set_special_use(&self, used: bool) {
        self.shared().special_use = used;
    }
}
