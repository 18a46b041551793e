//! Runs of the fixture drivers.

use std::time::Duration;

use umdf_host::report::Report;
use umdf_host::rules::Rule;

use crate::fixture::driver::Driver;
use crate::fixture::misbehaviour::Misbehaviour;
use crate::scenarios::scenario;

pub use crate::fixture::driver::{GENEROUS, SHORT};
pub use crate::fixture::outcome::assert_pass;

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
        let driver = Driver::new(self.driver).service(self.service).hardware_allowed(self.hardware_allowed);
        driver.misbehaves(self.misbehaviour).play(&scenario(&self.steps), self.deadline, rules)
    }
}

/// Runs the driver `misbehave`.
pub fn run(misbehaviour: Misbehaviour, steps: &[&'static str]) -> Report {
    Fixture::new(misbehaviour, steps).run()
}
