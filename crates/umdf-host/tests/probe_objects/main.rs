//! Objects, collections, memory, strings, the registry and the driver object: the driver
//! `examples/probe_objects` asks, and each answer is a test.
//!
//! This binary is its own worker: see `main`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use tempfile::TempDir;
use umdf_host::Run;
use umdf_host::report::{Outcome, Report};
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
    libtest_mimic::run(&arguments, trials(&run())).exit_code()
}

/// Runs the driver.
fn run() -> Report {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let inf = folder.path().join("probe.inx");
    fs::write(&inf, include_str!("probe.inx")).expect("the folder is writable");
    let scenario = Scenario::parse(SCENARIO, Path::new("probe.toml")).expect("the steps make a scenario");
    Run::new(fixture::library("probe_objects"), inf, scenario).run().expect("the run can be told")
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
        }
    }
    trials
}
