//! `wdfinterrupt.h`, `wdfworkitem.h` and `wdftimer.h`, as the driver `probe_interrupt` sees them.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use umdf_host::report::End;

use crate::mode::Mode;
use crate::run::{Life, SHARED, Wiring};

mod lives;
#[path = "../../examples/probe_interrupt/mode.rs"]
mod mode;
mod run;
mod trips;

fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
    let checks = [
        ("line", Life::new(Mode::Checks).wired(SHARED), 125),
        ("exclusive line", Life::new(Mode::Checks).wired(Wiring::Line("exclusive")), 125),
        ("message", Life::new(Mode::Checks).wired(Wiring::Message), 125),
        ("edge", Life::new(Mode::Edge).wired(Wiring::Line("edge")), 6),
        ("two on a line", Life::new(Mode::TwoOnALine), 2),
        ("made in prepare, line", Life::new(Mode::InPrepare), 5),
        ("made in prepare, message", Life::new(Mode::InPrepare).wired(Wiring::Message), 5),
        ("made in prepare, two messages", Life::new(Mode::TwoMessages).wired(Wiring::Message), 4),
        ("serialized", Life::new(Mode::Serialized), 13),
        ("serialized, passive", Life::new(Mode::SerializedPassive), 10),
        ("serialized by queue", Life::new(Mode::SerializedByQueue), 2),
        ("disabled before the start", Life::new(Mode::DisabledBeforeStart), 3),
    ];
    let checks = checks.into_iter().flat_map(|(name, life, count)| checks_of(name, &life, count));
    let trials = checks.chain(lives::trials()).chain(trips::trials()).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// One test for each line that the probe prints in this life, and one for the life.
fn checks_of(name: &str, life: &Life, least: usize) -> Vec<Trial> {
    let report = life.run();
    let lines = report.traces.iter().filter(|line| line.starts_with("ok ") || line.starts_with("FAILED "));
    let mut trials: Vec<_> = lines
        .map(|line| {
            let (result, check) = line.split_once(' ').unwrap_or((line, ""));
            let outcome = if result == "ok" { Ok(()) } else { Err(Failed::from(check)) };
            Trial::test(format!("{name}: {check}"), move || outcome)
        })
        .collect();
    let count = trials.len();
    trials.push(test(format!("{name}: the whole life"), move || {
        assert_eq!(report.end, End::Finished, "{report}");
        assert!(report.missed.is_empty() && report.violations.is_empty(), "{report}");
        assert!(count >= least, "{count} checks\n{report}");
    }));
    trials
}

/// A test that fails by panicking.
fn test(name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}
