//! Deterministic mode with drivers that wait for what never comes: found by some seeds, told in words, and
//! without waiting for it in real time.
//!
//! This binary is its own worker: see `main`.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use umdf_host::picture::Recording;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;
use umdf_host::scenario::Model;
use umdf_host::{Run, RunError};

use fixture::driver::{LIFE, misbehave};
use fixture::misbehaviour::Misbehaviour;
#[cfg(not(target_os = "linux"))]
use fixture::not_here;
use fixture::outcome::assert_broken;
use fixture::test;

#[cfg(target_os = "linux")]
mod explore;
mod faults;
#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
#[cfg(target_os = "linux")]
mod until;

/// The deadline of Windows, which no test waits for.
const DEADLINE: Duration = Duration::from_mins(1);
/// Longest real time of one run.
const PATIENCE: Duration = Duration::from_secs(20);
/// Seeds that are tried.
const SEEDS: u64 = 100;

const FORKS: &str =
    "the process that plays the lives is a copy of one that has loaded the driver, and Windows makes none";
const STOPS: &str = "a signal stops the worker, and Windows has none";
/// Tests for Linux alone, and why.
const ON_LINUX: [(&str, &str); 9] = [
    ("exploring finds the seeds that fail, and they fail again", FORKS),
    ("a life that dies ends no other", FORKS),
    ("the program prints what repeats a life", FORKS),
    ("a drawn life that fails is made small and kept", FORKS),
    ("drawn lives repeat", FORKS),
    ("a life among others is what it is alone", FORKS),
    ("each life has a fresh image", FORKS),
    ("each thread has its own of what the driver keeps for it", FORKS),
    ("a worker stops for a debugger", STOPS),
];

fn main() -> ExitCode {
    fixture::run(|| -> Vec<Trial> {
        let anywhere = vec![
            test("some seeds find a deadlock and say who waits for what", deadlock),
            test("a limit without preemptions is kept", no_preemption_no_deadlock),
            test("deadlines count in virtual time", virtual_deadline),
            test("a thread of the driver cannot be scheduled", foreign_thread),
            test("a good driver passes a sweep", faults::good),
            test("a sweep finds what a driver forgets", faults::forgetful),
            test("the program sweeps too", faults::program),
            test("a device of QEMU has no virtual time", real_time),
        ];
        anywhere.into_iter().chain(on_linux()).collect()
    })
}

#[cfg(target_os = "linux")]
fn on_linux() -> [Trial; 9] {
    let bodies = [
        explore::finds_seeds,
        explore::death,
        explore::program,
        explore::smallest,
        explore::repeats,
        explore::together,
        explore::fresh,
        explore::locals,
        until::stops,
    ];
    std::array::from_fn(|index| test(ON_LINUX[index].0, bodies[index]))
}

#[cfg(not(target_os = "linux"))]
fn on_linux() -> [Trial; 9] {
    ON_LINUX.map(|(name, why)| not_here(name, why))
}

fn run(misbehaviour: Misbehaviour, settings: impl FnOnce(Run) -> Run) -> Report {
    record(misbehaviour, settings).0
}

fn record(misbehaviour: Misbehaviour, settings: impl FnOnce(Run) -> Run) -> (Report, Recording) {
    let begin = Instant::now();
    let recorded = misbehave(misbehaviour).record(LIFE, |run| settings(run.deadline(DEADLINE)));
    assert!(begin.elapsed() < PATIENCE, "{:?}", begin.elapsed());
    recorded.expect("the run can be told")
}

fn deadlock() {
    let mut ends = BTreeSet::new();
    for seed in 0..SEEDS {
        let [first, second] = [(); 2].map(|()| record(Misbehaviour::LocksInOtherOrder, |run| run.seed(seed)));
        assert!(first.1.events().eq(second.1.events()), "seed {seed}");
        let first = first.0;
        if first.result == Outcome::Fail {
            let parts = [
                "deadlock: ",
                "EvtIoDeviceControl(queue0) waits in WdfWaitLockAcquire(Lock=waitlock2",
                "EvtWorkItem(workitem0) waits in WdfWaitLockAcquire(Lock=waitlock1",
            ];
            for part in parts {
                assert_broken(&first, Rule::CallbackTimeout, part);
            }
        }
        ends.insert(first.result == Outcome::Fail);
    }
    assert_eq!(ends.len(), 2, "one of the ends is never reached");
}

fn no_preemption_no_deadlock() {
    // Who takes the first lock takes the second too, unless it is made to wait in between.
    for seed in 0..SEEDS {
        let report = run(Misbehaviour::LocksInOtherOrder, |run| run.seed(seed).preemptions(0));
        assert_eq!(report.result, Outcome::Pass, "seed {seed}: {report}");
    }
}

fn virtual_deadline() {
    for kept in [Misbehaviour::KeepRequest, Misbehaviour::KeepCreate] {
        let report = run(kept, |run| run.seed(1));
        let broken: Vec<_> = report.violations.iter().map(|violation| violation.rule.as_str()).collect();
        assert_eq!(broken, [Rule::ReqNotCompleted.name()], "{report}");
    }
}

fn real_time() {
    let life = LIFE
        .replace(r#"device = { model = "scratch", bars = [0x1000] }"#, r#"device = { model = "qemu:edu" }"#);
    let refused = misbehave(Misbehaviour::None).run(&life, |run| run.seed(1));
    assert!(matches!(refused, Err(RunError::RealTime { model: Model::QemuEdu })), "{refused:?}");
}

fn foreign_thread() {
    let report = run(Misbehaviour::HangOnLock, |run| run.seed(1));
    let End::Ended { reason } = &report.end else { panic!("another end expected\n{report}") };
    assert!(reason.contains("a thread that the driver started"), "{report}");
}
