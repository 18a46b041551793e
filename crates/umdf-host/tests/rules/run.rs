//! Runs of the fixture drivers.

use std::time::Duration;

use umdf_host::Run;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;

use crate::fixture::misbehaviour::Misbehaviour;
use crate::fixture::{Package, library};
use crate::scenarios::scenario;

/// Longest time without progress of a run that is not about that: it ends a test that went wrong.
pub const GENEROUS: Duration = Duration::from_secs(20);
/// Longest time without progress of a run that is about that.
pub const SHORT: Duration = Duration::from_millis(300);

/// A fixture driver, how it is installed, and what happens to its device.
#[derive(Clone)]
pub struct Fixture {
    pub driver: &'static str,
    pub service: &'static str,
    pub misbehaviour: Misbehaviour,
    pub hardware_allowed: bool,
    pub deadline: Duration,
    pub steps: Vec<&'static str>,
}

impl Fixture {
    pub fn new(misbehaviour: Misbehaviour, steps: &[&'static str]) -> Self {
        Self {
            driver: "misbehave",
            service: "misbehave",
            misbehaviour,
            hardware_allowed: true,
            deadline: GENEROUS,
            steps: steps.to_vec(),
        }
    }

    /// Runs it.
    pub fn run(&self) -> Report {
        self.run_without(&[])
    }

    /// Runs it with rules switched off.
    pub fn run_without(&self, rules: &[Rule]) -> Report {
        let package = Package::new(self.service, self.misbehaviour, self.hardware_allowed);
        let run =
            Run::new(library(self.driver), package.inf(), scenario(&self.steps)).deadline(self.deadline);
        rules.iter().copied().fold(run, Run::without_rule).run().expect("the run can be told")
    }
}

/// Runs the driver `misbehave`.
pub fn run(misbehaviour: Misbehaviour, steps: &[&'static str]) -> Report {
    Fixture::new(misbehaviour, steps).run()
}

/// Everything went as the scenario expects.
#[track_caller]
pub fn assert_pass(report: &Report) {
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
}
