//! Runs of the probe driver.

use umdf_host::report::Report;
use umdf_host::rules::Rule;
use umdf_host::{Run, RunError};

use crate::fixture::driver::{Driver, GENEROUS};
use crate::mode::Mode;

const STEPS: &str = "[[step]]\ndo = \"start\"\n[[step]]\ndo = \"remove\"\n";

/// The edu device.
pub const EDU: &str = "{ model = \"edu\" }";
/// Registers that remember what is written.
pub const PLAIN: &str = "{ model = \"scratch\", bars = [4096, 4096] }";
/// As [`PLAIN`], with a resource of 1 GiB.
pub const LARGE: &str = "{ model = \"scratch\", bars = [4096, 0x40000000] }";

/// What the INF says of registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// They are mapped into the process.
    Mapped,
    /// They are reached by system calls.
    SystemCall,
    /// They are not reached.
    Rejected,
}

/// One life of the probe driver.
#[derive(Clone, Copy)]
pub struct Life {
    pub mode: Mode,
    pub access: Access,
    pub device: &'static str,
}

impl Life {
    /// Start and removal of an edu device, with its registers mapped into the process.
    pub fn new(mode: Mode) -> Self {
        Self { mode, access: Access::Mapped, device: EDU }
    }

    pub fn access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    pub fn device(self, device: &'static str) -> Self {
        Self { device, ..self }
    }

    pub fn run(self) -> Report {
        self.try_run().expect("the run can be told")
    }

    pub fn try_run(self) -> Result<Report, RunError> {
        self.run_without(None)
    }

    /// Runs it with a rule switched off.
    pub fn run_without(self, rule: Option<Rule>) -> Result<Report, RunError> {
        let mode = match self.access {
            Access::Mapped | Access::Rejected => "RegisterAccessUsingUserModeMapping",
            Access::SystemCall => "RegisterAccessUsingSystemCall",
        };
        let driver = Driver::new("probe_mapped")
            .directive("UmdfRegisterAccessMode", mode)
            .hardware_allowed(self.access != Access::Rejected)
            .parameter("Trip", self.mode as u32);
        let scenario = format!("title = \"Mapped registers\"\ndevice = {}\n{STEPS}", self.device);
        driver.run(&scenario, |run| {
            let run = run.deadline(GENEROUS);
            rule.into_iter().fold(run, Run::without_rule)
        })
    }
}
