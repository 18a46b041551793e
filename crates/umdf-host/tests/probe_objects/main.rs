//! Objects, collections, memory, strings, the registry and the driver object: the driver
//! `examples/probe_objects` asks, and each answer is a test.
//!
//! This binary is its own worker: see `main`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use tempfile::TempDir;
use umdf_host::Run;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::{self, Rule};
use umdf_host::scenario::Scenario;

#[expect(dead_code, reason = "the packages of the driver `misbehave`")]
#[path = "../fixture/mod.rs"]
mod fixture;

const SCENARIO: &str = "title = \"A probe's life\"\ndevice = { model = \"scratch\", bars = [0x1000] }\n\
                        [[step]]\ndo = \"start\"\n[[step]]\ndo = \"remove\"\n";

fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
    libtest_mimic::run(&arguments, trials(&run(0, None))).exit_code()
}

/// Runs the driver; 0 is no trip.
fn run(trip: u32, without: Option<Rule>) -> Report {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let inf = folder.path().join("probe.inx");
    let text = include_str!("probe.inx").replace("@TRIP@", &trip.to_string());
    fs::write(&inf, text).expect("the folder is writable");
    let scenario = Scenario::parse(SCENARIO, Path::new("probe.toml")).expect("the steps make a scenario");
    let run = Run::new(fixture::library("probe_objects"), inf, scenario);
    without.into_iter().fold(run, Run::without_rule).run().expect("the run can be told")
}

/// One test for each line of the driver, and one for the run itself.
fn trials(report: &Report) -> Vec<Trial> {
    let lines = || report.traces.iter();
    let told = lines().filter(|line| line.starts_with("ok ") || line.starts_with("FAILED ")).count();
    let ended = report.result == Outcome::Pass && lines().any(|line| *line == format!("end {told}"));
    let story = report.to_string();
    let mut trials =
        vec![Trial::test(
            "the driver asks everything",
            move || {
                if ended { Ok(()) } else { Err(story.into()) }
            },
        )];
    for line in lines() {
        if let Some(name) = line.strip_prefix("ok ") {
            trials.push(Trial::test(name, || Ok(())));
        } else if let Some(what) = line.strip_prefix("FAILED ") {
            let (name, why) = what.split_once(": ").unwrap_or((what, ""));
            let why = why.to_owned();
            trials.push(Trial::test(name, move || Err(why.into())));
        } else if let Some(trip) = line.strip_prefix("trip ").and_then(Trip::parse) {
            trials.extend(trip.trials());
        }
    }
    trials
}

/// A way in which the driver breaks a rule.
#[derive(Clone)]
struct Trip {
    number: u32,
    rule: Rule,
    function: String,
    message: String,
}

impl Trip {
    /// `number rule function message`.
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.splitn(4, ' ');
        Some(Self {
            number: words.next()?.parse().ok()?,
            rule: words.next()?.parse().ok()?,
            function: words.next()?.into(),
            message: words.next()?.into(),
        })
    }

    fn trials(self) -> [Trial; 2] {
        let name = format!("{}: {}, {}", self.rule, self.function, self.message);
        let silent = self.clone();
        [
            Trial::test(format!("{name}, switched off"), move || silent.is_silent()),
            Trial::test(name, move || self.is_in_force()),
        ]
    }

    fn is_silent(&self) -> Result<(), Failed> {
        let report = run(self.number, Some(self.rule));
        if report.result == Outcome::Pass { Ok(()) } else { Err(report.to_string().into()) }
    }

    fn is_in_force(&self) -> Result<(), Failed> {
        let report = run(self.number, None);
        let end = match self.rule.text().outcome {
            rules::Outcome::Terminate => End::Violation,
            rules::Outcome::Report => End::Finished,
        };
        let told = match report.violations.as_slice() {
            [violation] => {
                violation.rule == self.rule.name()
                    && violation.message.contains(&self.message)
                    && violation.history.iter().rev().take(2).any(|event| event.contains(&self.function))
            }
            _ => false,
        };
        if told && report.end == end { Ok(()) } else { Err(report.to_string().into()) }
    }
}
