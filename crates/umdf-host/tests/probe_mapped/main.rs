//! Registers that are mapped into the process, as `examples/probe_mapped` sees them: a test for each of its
//! checks, two for each of its mistakes.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use umdf_host::report::{End, Outcome, Report};

use crate::mode::Mode;
use crate::run::{EDU, LARGE, Life, PLAIN};

mod mistakes;
#[path = "../../examples/probe_mapped/mode.rs"]
mod mode;
mod run;

/// Where this host can map registers.
const MAPS_REGISTERS: bool =
    cfg!(all(target_arch = "x86_64", any(all(target_os = "linux", target_env = "gnu"), windows)));

fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
    let trials = if MAPS_REGISTERS { trials() } else { vec![test("the mode is refused", refused)] };
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials() -> Vec<Trial> {
    let lives = [
        ("plain registers", Life::new(Mode::Forms).device(PLAIN), 75),
        ("edu", Life::new(Mode::Edu), 26),
        ("threads", Life::new(Mode::Threads).device(PLAIN), 2),
    ];
    let more_lives = [("no room", Life::new(Mode::NoRoom).device(LARGE), 5)];
    let lives = lives.into_iter().chain(more_lives.into_iter().filter(|_| cfg!(target_os = "linux")));
    let checks = lives.into_iter().flat_map(|(name, life, least)| checks_of(name, &life, least));
    let more = [
        test("every access of every thread is recorded", every_access_is_recorded),
        // For a release build: `cargo test --release --test probe_mapped -- --ignored --nocapture`.
        test("what an access costs", cost).with_ignored_flag(true),
    ];
    checks.chain(mistakes::trials()).chain(more).collect()
}

/// A test that fails by panicking.
fn test(name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}

/// One test for each line that the probe prints in this life, and one for the life.
fn checks_of(name: &str, life: &Life, least: usize) -> Vec<Trial> {
    let report = life.run();
    let mut trials = Vec::new();
    for line in &report.traces {
        if let Some(check) = line.strip_prefix("ok ") {
            trials.push(test(format!("{name}: {check}"), || ()));
        } else if let Some(failure) = line.strip_prefix("FAILED ") {
            let failure = failure.to_owned();
            let check = failure.split(" => ").next().unwrap_or_default().to_owned();
            trials.push(Trial::test(format!("{name}: {check}"), move || Err(Failed::from(failure))));
        }
    }
    let found = trials.len();
    trials.push(test(format!("{name}: the whole life"), move || {
        assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
        let counted = report.traces.last().and_then(|line| line.strip_prefix("checks: "));
        assert_eq!(counted.and_then(|count| count.parse().ok()), Some(found), "{report}");
        assert!(found >= least, "only {found} checks");
    }));
    trials
}

/// Two threads load and store by pointers, two by the framework's functions: 250 of each.
fn every_access_is_recorded() {
    let report = Life::new(Mode::Threads).device(PLAIN).run();
    assert_eq!((report.register_reads, report.register_writes), (1000, 1000), "{report}");
}

fn cost() {
    let report = Life::new(Mode::Cost).run();
    let cost = report.traces.iter().find(|line| line.starts_with("cost: "));
    println!("{}", cost.unwrap_or_else(|| panic!("{report}")));
}

fn refused() {
    let error = Life::new(Mode::Edu).device(EDU).try_run().expect_err("the mode is refused").to_string();
    assert!(error.contains("set UmdfRegisterAccessMode = RegisterAccessUsingSystemCall"), "{error}");
}

/// No check of the probe failed.
#[track_caller]
fn no_failed_check(report: &Report) {
    assert!(!report.traces.iter().any(|line| line.starts_with("FAILED")), "{report}");
}
