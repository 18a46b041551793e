//! Entry functions of the power policy machine of a driver that does not own the policy
//! (`NotPowerPolOwner..` in `notpowerpolicyownerstatemachine.cpp`).

use crate::machines::Machines;
use crate::machines::tables::events::{PnpEvent, PowerEvent};
use crate::machines::tables::pnp::Pnp;
use crate::machines::tables::policy_not_owner::PolicyNotOwner;
use crate::machines::tables::power::Power;

impl Machines {
    fn complete(&self, event: PowerEvent) -> Option<PolicyNotOwner> {
        self.post::<Power>(event);
        None
    }
}

pub fn starting(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.complete(PowerEvent::ImplicitD0)
}

pub fn starting_failed(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.post::<Pnp>(PnpEvent::PwrPolStartFailed);
    None
}

pub fn started(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.post::<Pnp>(PnpEvent::PwrPolStarted);
    Some(PolicyNotOwner::StartingSucceeded)
}

pub fn goto_dx(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.complete(PowerEvent::CompleteDx)
}

pub fn goto_dx_in_dx(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.complete(PowerEvent::CompleteDx)
}

pub fn goto_d0(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.complete(PowerEvent::CompleteD0)
}

pub fn goto_d0_in_d0(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.complete(PowerEvent::CompleteD0)
}

pub fn stopping(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.post::<Power>(PowerEvent::ImplicitD3);
    Some(PolicyNotOwner::StoppingWaitingForImplicitPowerDown)
}

pub fn stopping_powering_up(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.complete(PowerEvent::CompleteD0)
}

pub fn stopping_powering_down(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.complete(PowerEvent::CompleteDx)
}

pub fn stopping_failed(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.post::<Pnp>(PnpEvent::PwrPolStopFailed);
    Some(PolicyNotOwner::Stopped)
}

pub fn stopping_send_status(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.post::<Pnp>(PnpEvent::PwrPolStopped);
    Some(PolicyNotOwner::Stopped)
}

pub fn removed(machines: &Machines) -> Option<PolicyNotOwner> {
    machines.post::<Pnp>(PnpEvent::PwrPolRemoved);
    None
}
