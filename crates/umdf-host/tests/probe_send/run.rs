//! Runs of the probe.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Duration;

use libtest_mimic::Trial;
use tempfile::TempDir;
use umdf_host::Run;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;
use umdf_host::scenario::{Bytes, Scenario};

#[path = "../../examples/probe_send/case.rs"]
mod case;

pub use case::{Case, TOGETHER, Trip, below};

/// Longest time without progress of a run that is not about that: it ends a test that went wrong.
const GENEROUS: Duration = Duration::from_secs(20);

pub const START: &str = "do = 'start'";
pub const OPEN: &str = "do = 'open'";
pub const WAIT: &str = "do = 'wait'";
pub const CLOSE: &str = "do = 'close'";

/// A run of the probe.
pub struct Probe {
    number: u32,
    steps: Vec<String>,
    deadline: Duration,
}

impl Probe {
    /// With the number of what it is about.
    pub fn new(number: u32, steps: &[&str]) -> Self {
        let steps = steps.iter().map(|step| (*step).to_owned()).collect();
        Self { number, steps, deadline: GENEROUS }
    }

    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    pub fn run(&self) -> Report {
        self.run_with(|run| run)
    }

    pub fn run_without(&self, rule: Rule) -> Report {
        self.run_with(|run| run.without_rule(rule))
    }

    fn run_with(&self, change: impl FnOnce(Run) -> Run) -> Report {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let text = include_str!("../fixture/misbehave.inx")
            .replace("@SERVICE@", "probe_send")
            .replace("@HARDWARE@", "RejectDirectHardwareAccess")
            .replace("@MISBEHAVIOUR@", &self.number.to_string());
        let inf = folder.path().join("fixture.inx");
        fs::write(&inf, text).expect("the folder is writable");
        let answer = Bytes(below::ANSWER.to_vec());
        let lower = format!(
            "[{{ code = {}, keeps = true }}, {{ code = {}, output = '{answer}' }}]",
            below::KEPT,
            below::ANSWERED
        );
        let steps = ["", self.steps.join("\n[[step]]\n").as_str()].join("[[step]]\n");
        let text = format!(
            "title = 'Run {}'\n[device]\nmodel = 'scratch'\nbars = [0x1000]\nlower = {lower}\n\
             [ioctls]\nIOCTL_UNKNOWN = {}\n{steps}",
            self.number,
            below::UNKNOWN
        );
        let scenario = Scenario::parse(&text, Path::new("probe.toml")).expect("the scenario is one");
        let program = env::current_exe().expect("a process knows its program");
        let profile = program.ancestors().nth(2).expect("a test lies in deps/ below the profile's folder");
        let file = format!("{}probe_send{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
        let run = Run::new(profile.join("examples").join(file), inf, scenario).deadline(self.deadline);
        change(run).run().expect("the run can be told")
    }
}

/// A test that fails by panicking.
pub fn test(name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}

/// Everything went as the scenario expects, and every check of the driver held.
#[track_caller]
pub fn assert_pass(report: &Report) {
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    no_failed_check(report);
}

#[track_caller]
pub fn no_failed_check(report: &Report) {
    let failed: Vec<_> = report.traces.iter().filter(|line| line.starts_with("FAILED")).collect();
    assert!(failed.is_empty(), "{failed:#?}\n{report}");
}
