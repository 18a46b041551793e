//! Runs of the probe driver.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use tempfile::TempDir;
use umdf_host::report::Report;
use umdf_host::rules::Rule;
use umdf_host::scenario::Scenario;
use umdf_host::{Run, RunError};

use crate::mode::Mode;

const INF: &str = include_str!("../probe_device/probe_device.inx");
const STEPS: &str = "[[step]]\ndo = \"start\"\n[[step]]\ndo = \"remove\"\n";
/// Longest time without progress: it ends a test that went wrong.
const GENEROUS: Duration = Duration::from_secs(20);

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
        let (mode, hardware) = match self.access {
            Access::Mapped => ("RegisterAccessUsingUserModeMapping", "AllowDirectHardwareAccess"),
            Access::SystemCall => ("RegisterAccessUsingSystemCall", "AllowDirectHardwareAccess"),
            Access::Rejected => ("RegisterAccessUsingUserModeMapping", "RejectDirectHardwareAccess"),
        };
        let inf = INF
            .replace("@TRIP@", &(self.mode as u32).to_string())
            .replace("RegisterAccessUsingSystemCall", mode)
            .replace("AllowDirectHardwareAccess", hardware);
        let folder = TempDir::new().expect("a temporary folder can be made");
        let path = folder.path().join("probe.inx");
        fs::write(&path, inf).expect("the folder is writable");
        let scenario = format!("title = \"Mapped registers\"\ndevice = {}\n{STEPS}", self.device);
        let scenario = Scenario::parse(&scenario, Path::new("probe.toml")).expect("it is a scenario");
        let run = Run::new(library(), path, scenario).deadline(GENEROUS);
        rule.into_iter().fold(run, Run::without_rule).run()
    }
}

/// The probe's library: cargo builds the examples with the tests, in a folder beside theirs.
fn library() -> PathBuf {
    let test = env::current_exe().expect("a process knows its program");
    let profile = test.ancestors().nth(2).expect("a test lies in deps/ below the profile's folder");
    let file = format!("{}probe_mapped{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let library = profile.join("examples").join(file);
    assert!(library.exists(), "{} is missing: run cargo build --examples", library.display());
    library
}
