//! Runs of the probe driver.

use umdf_host::Run;
use umdf_host::report::Report;
use umdf_host::rules::Rule;

use crate::fixture::driver::{Driver, GENEROUS};
use crate::mode::Mode;

pub const START: &str = "[[step]]\ndo = \"start\"\n";
pub const START_FAILS: &str = "[[step]]\ndo = \"start\"\nexpect = \"STATUS_DEVICE_POWER_FAILURE\"\n";
pub const START_FAILS_IN_DRIVER: &str = "[[step]]\ndo = \"start\"\nexpect = \"STATUS_UNSUCCESSFUL\"\n";
pub const NEIGHBOUR: &str = "[[step]]\ndo = \"neighbour-interrupts\"\n";
pub const SURPRISE_REMOVE: &str = "[[step]]\ndo = \"surprise-remove\"\n";
/// Until every timer that is due has fired, and its callbacks have run.
pub const SETTLE: &str = "[[step]]\ndo = \"pause\"\nus = 1000\n[[step]]\ndo = \"settle\"\n";
pub const REMOVE: &str = "[[step]]\ndo = \"remove\"\n";

/// What the interrupts of the device are.
#[derive(Clone, Copy, Debug)]
pub enum Wiring {
    Line(&'static str),
    Message,
}

pub const SHARED: Wiring = Wiring::Line("shared");

/// One life of the probe driver.
#[derive(Clone)]
pub struct Life {
    pub mode: Mode,
    pub wiring: Wiring,
    pub hardware_allowed: bool,
    pub steps: Vec<&'static str>,
}

impl Life {
    /// Start and removal with a shared line.
    pub fn new(mode: Mode) -> Self {
        Self { mode, wiring: SHARED, hardware_allowed: true, steps: vec![START, REMOVE] }
    }

    pub fn wired(mut self, wiring: Wiring) -> Self {
        self.wiring = wiring;
        self
    }

    pub fn steps(mut self, steps: &[&'static str]) -> Self {
        self.steps = steps.to_vec();
        self
    }

    pub fn run(&self) -> Report {
        self.run_without(&[])
    }

    /// Runs it with rules switched off.
    pub fn run_without(&self, rules: &[Rule]) -> Report {
        self.run_with(|run| rules.iter().copied().fold(run, Run::without_rule))
    }

    /// Runs it with these settings.
    pub fn run_with(&self, settings: impl FnOnce(Run) -> Run) -> Report {
        let message = matches!(self.wiring, Wiring::Message);
        // The one device with two messages.
        let (model, id) = match self.mode {
            Mode::TwoMessages => ("abacus", "VEN_1AF4&DEV_10F0"),
            _ => ("edu", "VEN_1234&DEV_11E8"),
        };
        let messages = "HKR,\"Interrupt Management\",,0x00000010\n\
            HKR,\"Interrupt Management\\MessageSignaledInterruptProperties\",,0x00000010\n\
            HKR,\"Interrupt Management\\MessageSignaledInterruptProperties\",MSISupported,0x00010001,";
        let driver = Driver::new("probe_interrupt")
            .id(id)
            .hardware_allowed(self.hardware_allowed)
            .hardware_key(&format!("{messages}{}", u32::from(message)))
            .parameter("Mode", self.mode as u32);
        let line = match self.wiring {
            Wiring::Line(line) => line,
            Wiring::Message => "shared",
        };
        let scenario = format!(
            "title = \"A probe\"\ndevice = {{ model = \"{model}\", interrupt-line = \"{line}\" }}\n{}",
            self.steps.concat()
        );
        driver.run(&scenario, |run| settings(run.deadline(GENEROUS))).expect("the run can be told")
    }
}
