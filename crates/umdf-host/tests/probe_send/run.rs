//! Runs of the probe.

use std::time::Duration;

use umdf_host::report::Report;
use umdf_host::rules::Rule;
use umdf_host::scenario::Bytes;

use crate::fixture::driver::{Driver, GENEROUS};

#[path = "../../examples/probe_send/case.rs"]
mod case;

pub use case::{Case, TOGETHER, Trip, below};

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
        self.play(&[])
    }

    pub fn run_without(&self, rule: Rule) -> Report {
        self.play(&[rule])
    }

    fn play(&self, without: &[Rule]) -> Report {
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
        let driver = Driver::new("probe_send").parameter("Misbehaviour", self.number);
        driver.play(&text, self.deadline, without)
    }
}
