//! The PnP and power state machines of one device, as the framework has them.
//!
//! [`tables`] are the state tables as data; `entry` are the entry functions of the states, small and
//! named as the framework's; `engine` moves a machine through its table. What the machines do to
//! driver, queues, bus and PnP manager goes through [`Actions`], so they run without a framework too.
//!
//! The PnP machine stands at the top. It starts and stops the power policy machine, which moves the
//! power machine; the idle machine knows whether the device is in use. A machine that posts an event
//! runs the other one at once, nested in its own step, and finds the answer in its queue.
//!
//! Sources: microsoft/Windows-Driver-Frameworks, `src/framework/shared/irphandlers/pnp`.

mod actions;
pub mod coverage;
mod engine;
mod entry;
mod failure;
mod interrupts;
mod requests;
mod shared;
pub mod table;
pub mod tables;

#[cfg(test)]
mod tests;

use std::sync::{Mutex, MutexGuard};

use crate::schedule::{Signal, lock};
use engine::{Engine, Queued};
use shared::Shared;
use table::State;
use tables::idle::Idle;
use tables::pnp::Pnp;
use tables::policy_not_owner::PolicyNotOwner;
use tables::policy_owner::PolicyOwner;
use tables::power::Power;
use tables::self_managed_io::SelfManagedIo;

pub use actions::{Actions, Callback, Ending, Interrupt, Later, PnpRequest, PowerState, Queues};
pub use failure::RestartCounter;
pub use shared::{FailedAction, IdleSettings, Settings, SystemPower};

/// Why a machine moved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An event, by name.
    Event(String),
    /// The entry function of the state before.
    Return,
}

/// A step of a machine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    /// The machine.
    pub machine: &'static str,
    /// The state that it left.
    pub from: &'static str,
    /// Why.
    pub cause: Cause,
    /// The state that it entered.
    pub to: &'static str,
}

/// The machines of one device.
pub struct Machines {
    actions: Box<dyn Actions>,
    owner: bool,
    pnp: Mutex<Engine<Pnp>>,
    power: Mutex<Engine<Power>>,
    policy_owner: Mutex<Engine<PolicyOwner>>,
    policy_not_owner: Mutex<Engine<PolicyNotOwner>>,
    /// Locked while the machine moves: it has no queue.
    idle: Mutex<Idle>,
    /// Locked while the machine moves, callbacks included: it has no queue.
    self_managed_io: Mutex<SelfManagedIo>,
    shared: Mutex<Shared>,
    /// The device came to D0, or never will.
    in_d0: Signal,
}

macro_rules! queued {
    ($state:ty, $engine:ident) => {
        impl Queued for $state {
            fn engine(machines: &Machines) -> &Mutex<Engine<Self>> {
                &machines.$engine
            }
        }
    };
}

queued!(Power, power);
queued!(PolicyNotOwner, policy_not_owner);

impl Machines {
    /// The machines of a device that was just added.
    pub fn new(actions: Box<dyn Actions>, settings: Settings) -> Self {
        Self {
            actions,
            owner: settings.owner,
            pnp: Mutex::default(),
            power: Mutex::default(),
            policy_owner: Mutex::default(),
            policy_not_owner: Mutex::default(),
            idle: Mutex::new(Idle::INITIAL),
            self_managed_io: Mutex::new(SelfManagedIo::INITIAL),
            shared: Mutex::new(Shared::new(settings)),
            in_d0: Signal::default(),
        }
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        lock(&self.shared)
    }

    fn moved(&self, transition: &Transition) {
        coverage::record(transition);
        self.actions.moved(transition);
    }

    /// The state of the PnP machine (`WdfDeviceGetDevicePnpState`).
    pub fn pnp_state(&self) -> Pnp {
        lock(&self.pnp).state()
    }

    /// The state of the power machine (`WdfDeviceGetDevicePowerState`).
    pub fn power_state(&self) -> Power {
        lock(&self.power).state()
    }

    /// The driver owns the device's power policy.
    pub fn is_policy_owner(&self) -> bool {
        self.owner
    }

    /// The framework or the driver failed the device.
    pub fn has_failed(&self) -> bool {
        let shared = self.shared();
        shared.internal_failure || shared.failed_action.is_some()
    }

    /// Number of the power policy machine's state (`WdfDeviceGetDevicePowerPolicyState`).
    pub fn policy_state(&self) -> u16 {
        if self.owner {
            lock(&self.policy_owner).state().row().number
        } else {
            lock(&self.policy_not_owner).state().row().number
        }
    }
}
