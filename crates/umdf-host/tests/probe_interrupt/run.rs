//! Runs of the probe driver.

use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use tempfile::TempDir;
use umdf_host::Run;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;
use umdf_host::scenario::Scenario;

use crate::mode::Mode;

/// Longest time without progress: it ends a test that went wrong.
const GENEROUS: Duration = Duration::from_secs(20);

pub const START: &str = "[[step]]\ndo = \"start\"\n";
pub const START_FAILS: &str = "[[step]]\ndo = \"start\"\nexpect = \"STATUS_DEVICE_POWER_FAILURE\"\n";
pub const START_FAILS_IN_DRIVER: &str = "[[step]]\ndo = \"start\"\nexpect = \"STATUS_UNSUCCESSFUL\"\n";
pub const NEIGHBOUR: &str = "[[step]]\ndo = \"neighbour-interrupts\"\n";
pub const SURPRISE_REMOVE: &str = "[[step]]\ndo = \"surprise-remove\"\n";
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
        let folder = TempDir::new().expect("a temporary folder can be made");
        let inf = folder.path().join("probe.inx");
        let hardware =
            if self.hardware_allowed { "AllowDirectHardwareAccess" } else { "RejectDirectHardwareAccess" };
        let message = matches!(self.wiring, Wiring::Message);
        // The one device with two messages.
        let (model, id) = match self.mode {
            Mode::TwoMessages => ("abacus", "VEN_1AF4&DEV_10F0"),
            _ => ("edu", "VEN_1234&DEV_11E8"),
        };
        let text = include_str!("probe.inx")
            .replace("@ID@", id)
            .replace("@MODE@", &(self.mode as u32).to_string())
            .replace("@HARDWARE@", hardware)
            .replace("@MSI@", &u32::from(message).to_string());
        fs::write(&inf, text).expect("the folder is writable");
        let line = match self.wiring {
            Wiring::Line(line) => line,
            Wiring::Message => "shared",
        };
        let device = format!(
            "title = \"A probe\"\ndevice = {{ model = \"{model}\", interrupt-line = \"{line}\" }}\n{}",
            self.steps.concat()
        );
        let scenario = Scenario::parse(&device, Path::new("probe.toml")).expect("the steps make a scenario");
        let run = Run::new(library(), inf, scenario).deadline(GENEROUS);
        rules.iter().copied().fold(run, Run::without_rule).run().expect("the run can be told")
    }
}

/// The probe's library: cargo builds the examples with the tests, in a folder beside theirs.
fn library() -> std::path::PathBuf {
    let test = env::current_exe().expect("a process knows its program");
    let profile = test.ancestors().nth(2).expect("a test lies in deps/ below the profile's folder");
    let file = format!("{}probe_interrupt{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let library = profile.join("examples").join(file);
    assert!(library.exists(), "{} is missing: run cargo build --examples", library.display());
    library
}

/// Everything went as the scenario expects, and no check failed.
#[track_caller]
pub fn assert_pass(report: &Report) {
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    assert_no_failed_check(report);
}

/// No check of the probe failed.
#[track_caller]
pub fn assert_no_failed_check(report: &Report) {
    let failed: Vec<_> = report.traces.iter().filter(|line| line.starts_with("FAILED")).collect();
    assert!(failed.is_empty(), "{failed:#?}\n{report}");
}
