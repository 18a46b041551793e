//! Entry functions of the power policy owner's machine (`PowerPol..` in `powerpolicystatemachine.cpp`),
//! without wake, USB selective suspend and directed power transitions.

use crate::machines::actions::PowerState;
use crate::machines::engine::{Engine, Queued};
use crate::machines::tables::events::{IdleEvent, PnpEvent, PolicyEvent, PowerEvent};
use crate::machines::tables::pnp::Pnp;
use crate::machines::tables::policy_not_owner::PolicyNotOwner;
use crate::machines::tables::policy_owner::PolicyOwner as Policy;
use crate::machines::tables::power::Power;
use crate::machines::{Machines, Mutex};

impl Queued for Policy {
    fn engine(machines: &Machines) -> &Mutex<Engine<Self>> {
        &machines.policy_owner
    }

    fn dropped(machines: &Machines, event: PolicyEvent) {
        if event == PolicyEvent::Sx {
            machines.complete_system_request();
        }
    }
}

impl Machines {
    /// Gives the power policy machine an event.
    pub(in crate::machines) fn policy(&self, event: PolicyEvent) {
        if self.owner {
            self.post::<Policy>(event);
        } else {
            self.post::<PolicyNotOwner>(event);
        }
    }

    fn complete_system_request(&self) {
        let request = self.shared().system_request.take();
        if request.is_some() {
            self.actions.system_power_done();
        }
    }

    fn request_d0(&self, refused: Policy) -> Option<Policy> {
        (!self.actions.request_power(PowerState::D0)).then_some(refused)
    }

    /// The power framework hears that the device is used.
    fn component_active(&self) {
        if self.shared().idle_settings.system_managed {
            self.actions.component_active();
        }
    }

    fn complete_d0(&self) -> Option<Policy> {
        self.post::<Power>(PowerEvent::CompleteD0);
        None
    }

    fn complete_dx(&self) -> Option<Policy> {
        self.post::<Power>(PowerEvent::CompleteDx);
        None
    }

    /// Stops the idle timer. Where that is too late, its end is waited for first.
    fn cancel_timer(&self, canceled: Policy, waits: Policy) -> Policy {
        if self.disable_idle_timer() { canceled } else { waits }
    }
}

pub fn starting(machines: &Machines) -> Option<Policy> {
    machines.idle(IdleEvent::Start);
    machines.post::<Power>(PowerEvent::ImplicitD0);
    None
}

pub fn starting_powered_up(machines: &Machines) -> Option<Policy> {
    machines.shared().idle_frozen = true;
    Some(Policy::StartingSucceeded)
}

pub fn starting_succeeded(machines: &Machines) -> Option<Policy> {
    machines.post::<Pnp>(PnpEvent::PwrPolStarted);
    Some(Policy::StartingDecideS0Wake)
}

pub fn starting_failed(machines: &Machines) -> Option<Policy> {
    machines.idle(IdleEvent::Stop);
    machines.post::<Pnp>(PnpEvent::PwrPolStartFailed);
    None
}

pub fn starting_decide_s0_wake(machines: &Machines) -> Option<Policy> {
    let idles = machines.shared().idle_settings.enabled;
    Some(if idles { Policy::StartedIdleCapable } else { Policy::Started })
}

pub fn started(machines: &Machines) -> Option<Policy> {
    machines.disable_idle_timer();
    None
}

pub fn started_idle_capable(machines: &Machines) -> Option<Policy> {
    machines.idle(IdleEvent::Enabled);
    None
}

pub fn started_cancel_timer(machines: &Machines) -> Option<Policy> {
    Some(machines.cancel_timer(Policy::StartingDecideS0Wake, Policy::StartedWaitForIdleTimeout))
}

pub fn started_idle_capable_cancel_timer_for_sleep(machines: &Machines) -> Option<Policy> {
    let waits = Policy::StartedIdleCapableWaitForIdleTimeout;
    Some(machines.cancel_timer(Policy::StartedIdleCapableTimerCanceledForSleep, waits))
}

pub fn started_idle_capable_timer_canceled_for_sleep(_: &Machines) -> Option<Policy> {
    Some(Policy::Sleeping)
}

pub fn idle_capable_device_idle(machines: &Machines) -> Option<Policy> {
    // With the power framework, it tells when the device's power is not required any more.
    let settings = machines.shared().idle_settings;
    if settings.system_managed {
        machines.actions.component_idle(settings.time);
        return None;
    }
    Some(Policy::TimerExpiredNoWake)
}

pub fn device_idle_return_to_active(machines: &Machines) -> Option<Policy> {
    machines.component_active();
    Some(Policy::StartedCancelTimer)
}

pub fn device_idle_sleeping(machines: &Machines) -> Option<Policy> {
    machines.component_active();
    Some(Policy::StartedIdleCapableCancelTimerForSleep)
}

pub fn device_idle_stopping(machines: &Machines) -> Option<Policy> {
    machines.component_active();
    Some(Policy::StoppingCancelTimer)
}

pub fn timer_expired_no_wake(machines: &Machines) -> Option<Policy> {
    let (settings, required) = {
        let shared = machines.shared();
        (shared.idle_settings, shared.power_required)
    };
    if settings.system_managed && required {
        return Some(Policy::TimerExpiredNoWakeUndoPowerDown);
    }
    let state = settings.state.unwrap_or(PowerState::D3);
    (!machines.actions.request_power(state)).then_some(Policy::TimerExpiredNoWakeUndoPowerDown)
}

pub fn timer_expired_no_wake_complete_power_down(machines: &Machines) -> Option<Policy> {
    machines.complete_dx()
}

pub fn timer_expired_no_wake_power_down_not_processed(machines: &Machines) -> Option<Policy> {
    machines.fail();
    Some(Policy::TimerExpiredNoWakeUndoPowerDown)
}

pub fn timer_expired_no_wake_undo_power_down(_: &Machines) -> Option<Policy> {
    Some(Policy::TimerExpiredNoWakeReturnToActive)
}

pub fn timer_expired_no_wake_return_to_active(machines: &Machines) -> Option<Policy> {
    machines.component_active();
    Some(Policy::StartedIdleCapable)
}

pub fn timer_expired_no_wake_powered_down_disable_idle_timer(machines: &Machines) -> Option<Policy> {
    machines.disable_idle_timer();
    Some(Policy::WaitingUnarmedQueryIdle)
}

pub fn waiting_unarmed_query_idle(machines: &Machines) -> Option<Policy> {
    let idle = machines.may_stay_idle();
    Some(if idle { Policy::WaitingUnarmed } else { Policy::S0NoWakePowerUp })
}

pub fn s0_no_wake_power_up(machines: &Machines) -> Option<Policy> {
    machines.component_active();
    machines.request_d0(Policy::DeviceD0PowerRequestFailed)
}

pub fn s0_no_wake_complete_power_up(machines: &Machines) -> Option<Policy> {
    machines.complete_d0()
}

pub fn device_d0_power_request_failed(machines: &Machines) -> Option<Policy> {
    machines.fail();
    machines.tell_pnp_of_failure(PnpEvent::PowerUpFailed);
    Some(Policy::DevicePowerRequestFailed)
}

pub fn device_power_request_failed(machines: &Machines) -> Option<Policy> {
    machines.shared().power_failed = true;
    None
}

pub fn sleeping(_: &Machines) -> Option<Policy> {
    Some(Policy::SleepingNoWakePowerDown)
}

pub fn sleeping_no_wake_power_down(machines: &Machines) -> Option<Policy> {
    (!machines.actions.request_power(PowerState::D3)).then_some(Policy::SleepingNoWakeDxRequestFailed)
}

pub fn sleeping_no_wake_complete_power_down(machines: &Machines) -> Option<Policy> {
    machines.complete_dx()
}

pub fn sleeping_no_wake_dx_request_failed(machines: &Machines) -> Option<Policy> {
    machines.fail();
    machines.complete_system_request();
    machines.tell_pnp_of_failure(PnpEvent::PowerDownFailed);
    Some(Policy::DevicePowerRequestFailed)
}

pub fn sleeping_power_down_not_processed(machines: &Machines) -> Option<Policy> {
    machines.fail();
    Some(Policy::SystemSleepPowerRequestFailed)
}

pub fn system_sleep_power_request_failed(machines: &Machines) -> Option<Policy> {
    machines.complete_system_request();
    Some(Policy::DevicePowerRequestFailed)
}

pub fn system_sleep_from_device_waiting_unarmed(_: &Machines) -> Option<Policy> {
    Some(Policy::SystemAsleepNoWake)
}

pub fn system_asleep_no_wake(machines: &Machines) -> Option<Policy> {
    machines.complete_system_request();
    None
}

pub fn system_wake_device_wake_disabled(machines: &Machines) -> Option<Policy> {
    let settings = machines.shared().idle_settings;
    let may_stay = settings.enabled && !settings.system_managed && !settings.power_up_on_wake;
    Some(if may_stay { Policy::SystemWakeQueryIdle } else { Policy::SystemWakeDeviceToD0 })
}

pub fn system_wake_query_idle(machines: &Machines) -> Option<Policy> {
    let idle = machines.may_stay_idle();
    Some(if idle { Policy::WaitingUnarmed } else { Policy::SystemWakeDeviceToD0 })
}

pub fn system_wake_device_to_d0(machines: &Machines) -> Option<Policy> {
    machines.request_d0(Policy::SystemWakeDeviceD0PowerRequestFailed)
}

pub fn system_wake_device_to_d0_complete_power_up(machines: &Machines) -> Option<Policy> {
    machines.complete_d0()
}

pub fn system_wake_device_d0_power_request_failed(_: &Machines) -> Option<Policy> {
    Some(Policy::DeviceD0PowerRequestFailed)
}

pub fn system_wake_device_power_request_failed(_: &Machines) -> Option<Policy> {
    Some(Policy::DevicePowerRequestFailed)
}

pub fn stopping_reset_device(machines: &Machines) -> Option<Policy> {
    machines.disable_idle_timer();
    machines.component_active();
    machines.request_d0(Policy::DeviceD0PowerRequestFailed)
}

pub fn stopping_reset_device_complete_power_up(machines: &Machines) -> Option<Policy> {
    machines.complete_d0()
}

pub fn stopping_reset_device_failed(machines: &Machines) -> Option<Policy> {
    machines.shared().power_failed = true;
    Some(Policy::Stopping)
}

pub fn stopping_cancel_timer(machines: &Machines) -> Option<Policy> {
    Some(machines.cancel_timer(Policy::Stopping, Policy::StoppingWaitForIdleTimeout))
}

pub fn stopping(machines: &Machines) -> Option<Policy> {
    machines.post::<Power>(PowerEvent::ImplicitD3);
    None
}

pub fn stopping_failed(machines: &Machines) -> Option<Policy> {
    machines.shared().power_failed = true;
    Some(Policy::StoppingSendStatus)
}

pub fn stopping_send_status(machines: &Machines) -> Option<Policy> {
    machines.idle(IdleEvent::Stop);
    let failed = std::mem::take(&mut machines.shared().power_failed);
    machines.post::<Pnp>(if failed { PnpEvent::PwrPolStopFailed } else { PnpEvent::PwrPolStopped });
    Some(Policy::Stopped)
}

pub fn stopped_removing(_: &Machines) -> Option<Policy> {
    Some(Policy::Removed)
}

pub fn removed(machines: &Machines) -> Option<Policy> {
    machines.post::<Pnp>(PnpEvent::PwrPolRemoved);
    None
}

pub fn restarting(machines: &Machines) -> Option<Policy> {
    machines.idle(IdleEvent::Start);
    machines.post::<Power>(PowerEvent::ImplicitD0);
    None
}

pub fn restarting_failed(machines: &Machines) -> Option<Policy> {
    machines.idle(IdleEvent::Stop);
    machines.post::<Pnp>(PnpEvent::PwrPolStartFailed);
    Some(Policy::Stopped)
}
