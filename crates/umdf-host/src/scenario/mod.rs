//! Scenario files: what sits in the slot, what happens to it, and what is expected.
//!
//! ```toml
//! title = "A factorial"
//!
//! [device]
//! model = "edu"
//!
//! [[step]]
//! do = "start"
//!
//! [[step]]
//! do = "open"
//!
//! [[step]]
//! do = "ioctl"
//! name = "factorial of 5"
//! code = 0x22a008
//! input = "0100 0000 05000000"
//! output-length = 8
//! expect-output = "0100 0000 78000000"
//! ```
//!
//! The host knows nothing about a driver's IOCTLs: the bytes stand in the scenario. A table `[ioctls]`
//! with lines such as `IOCTL_EDU_FACTORIAL = 0x22a008` gives codes their names, for steps
//! (`code = "IOCTL_EDU_FACTORIAL"`) and for reports.
//!
//! Several devices are several `[[device]]` tables. A step happens to the first one unless it says
//! `device = 1` or another number; a handle stays with the device that it was opened on.
//!
//! When a host process ends before its time, the requests that it had come back with
//! `STATUS_DRIVER_PROCESS_TERMINATED`, and its handles lead nowhere. If devices are restarted, a device is so
//! once each of its old handles is closed; the scenario goes on with the next step.
//!
//! Sources: Microsoft Learn, "How UMDF Handles Driver Failures".

mod device;
mod load;
mod save;
mod step;
mod value;

#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::bus::PciBus;
use crate::failing::FailingCall;
use crate::ioctl::Names;
use crate::schedule::Plan;

pub use device::{Device, DeviceError, Lower, Model, Replacement};
pub use load::ScenarioError;
pub use step::{Access, Disturb, Fuzz, Ioctl, Pnp, Poke, Read, Step, Which, Write};
pub use value::{Bytes, Status};

/// One scenario. A worker gets it from its supervisor as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// What it tells, in a few words.
    pub title: String,
    /// What sits in the slots. Steps name a device by its place in this list.
    pub devices: Vec<Device>,
    /// Names of I/O control codes, for steps and reports.
    pub ioctls: Names,
    /// What makes it deterministic; a run may say otherwise.
    pub plan: Option<Plan>,
    /// No status, no output and no refusal by the PnP manager is one that is not expected: every request comes
    /// back, and no rule is broken.
    pub any_status: bool,
    /// Framework calls that fail.
    pub failing: Vec<FailingCall>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

impl Scenario {
    /// The buses with every device in its slot.
    ///
    /// # Errors
    /// [`DeviceError`] if a device cannot be built, or two have the same slot.
    pub fn bus(&self) -> Result<PciBus, DeviceError> {
        let mut bus = PciBus::default();
        for (device, slot) in self.devices.iter().zip(self.slots()) {
            device.plug_into(&mut bus, slot)?;
        }
        Ok(bus)
    }

    /// The same with another model in the place of every device.
    #[must_use]
    pub fn with_model(mut self, model: impl Into<Replacement>) -> Self {
        let Replacement { model, qtest } = model.into();
        for device in &mut self.devices {
            device.model = model;
            device.qtest = qtest;
        }
        self
    }

    /// The slot of each device.
    pub fn slots(&self) -> impl Iterator<Item = u16> {
        self.devices.iter().enumerate().map(|(number, device)| device.slot(number))
    }

    /// The longest time for which an application in it waits.
    pub fn longest_wait(&self) -> Duration {
        let wait = |step: &Step| match step {
            Step::Wait { timeout_ms }
            | Step::Idle { timeout_ms, .. }
            | Step::Ioctl(Ioctl { wait: true, timeout_ms, .. })
            | Step::Read(Read { wait: true, timeout_ms, .. })
            | Step::Write(Write { wait: true, timeout_ms, .. }) => *timeout_ms,
            Step::Fuzz(Fuzz { timeout_ms, .. }) => timeout_ms.saturating_mul(2),
            Step::Pause { us } => us.div_ceil(1000),
            _ => 0,
        };
        Duration::from_millis(self.steps.iter().map(wait).max().unwrap_or_default())
    }
}
