//! Drivers that take their process down, leave it, or call what is not there.

use libtest_mimic::Trial;
use umdf_host::RunError;
use umdf_host::history::HistoryError;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;

use crate::fixture::driver::misbehave;
use crate::fixture::ends::{ABORT, ACCESS_VIOLATION, STACK_OVERFLOW};
use crate::fixture::misbehaviour::Misbehaviour;
use crate::run::{Fixture, SHORT, assert_pass, run};
use crate::scenarios::{LIFE, scenario};
use crate::{test, test_if};

/// Why only Linux has some of these deaths.
const ELF: &str = "only libraries of Linux have an initialiser here";
const PROC: &str = "the driver finds the history in /proc, which is Linux's";
const DAEMON: &str = "a daemon is a process of Unix";

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        test("a child process does not disturb", || assert_pass(&run(Misbehaviour::StartChild, LIFE))),
        test("WdfUsbTargetDeviceCreate is named", || {
            is_named(Misbehaviour::CallUsb, "WdfUsbTargetDeviceCreate");
        }),
        test("a history that is full", a_history_that_is_full),
        test("a hang beside a running timer", a_hang_beside_a_running_timer),
        test("a driver's thread that goes on to the very end", a_thread_that_goes_on_to_the_end),
        test("exit code 3", || dies(Misbehaviour::ExitThree, "exit code 3")),
        test("exit code 0", || dies(Misbehaviour::ExitZero, "exit code 0")),
    ];
    let linux = |why, name, body: fn()| test_if(cfg!(target_os = "linux"), why, name, body);
    trials.extend([
        linux(ELF, "a library that hangs while it is loaded", a_library_that_hangs_on_load),
        linux(PROC, "a history that the driver damages", a_history_that_the_driver_damages),
        linux(DAEMON, "a daemon does not disturb", || assert_pass(&run(Misbehaviour::StartDaemon, LIFE))),
        linux(DAEMON, "a crash beside a daemon", || dies(Misbehaviour::DieWithDaemon, ACCESS_VIOLATION)),
        linux(DAEMON, "a driver that stops its process", a_driver_that_stops_its_process),
        test("a driver that reads its input", a_driver_that_reads_its_input),
        test("a write near NULL", || dies(Misbehaviour::WriteNearNull, ACCESS_VIOLATION)),
        test("a handle dereferenced", || dies(Misbehaviour::DereferenceHandle, ACCESS_VIOLATION)),
        test("abort", || dies(Misbehaviour::Abort, ABORT)),
        test("a panic out of a callback", || dies(Misbehaviour::Panic, ABORT)),
        test("a stack overflow", || dies(Misbehaviour::OverflowStack, STACK_OVERFLOW)),
    ]);
    trials
}

/// The driver dies in EvtDeviceD0Entry, and the report has what was before.
fn dies(misbehaviour: Misbehaviour, how: &str) {
    let report = run(misbehaviour, LIFE);
    let End::Died { how: died } = &report.end else { panic!("{report}") };
    assert_eq!(died, how);
    assert_ended_in_d0_entry(&report);
}

/// The driver calls a function that the host does not implement.
fn is_named(misbehaviour: Misbehaviour, function: &str) {
    let report = run(misbehaviour, LIFE);
    let End::Ended { reason } = &report.end else { panic!("{report}") };
    assert!(reason.contains(function) && reason.contains("does not implement"), "{reason}");
    assert_ended_in_d0_entry(&report);
}

/// Each trace is progress, so no deadline ends this one.
fn a_history_that_is_full() {
    let report = run(Misbehaviour::TraceForEver, LIFE);
    let End::Ended { reason } = &report.end else { panic!("{report}") };
    assert!(reason.contains("history is full"), "{reason}");
    assert_eq!(report.result, Outcome::Fail);
    assert_eq!(report.callback_results.last().map(|last| last.name.as_str()), Some("EvtDeviceD0Entry"));
}

/// What the timer does is no progress of the callback that hangs.
fn a_hang_beside_a_running_timer() {
    let fixture = Fixture { deadline: SHORT, ..Fixture::new(Misbehaviour::HangBesideTimer, LIFE) };
    let report = fixture.run();
    assert_hung(&report, "EvtDeviceD0Entry(device0)");
    // Were they progress, the timer would have to stop first.
    let ticks = report.callbacks.iter().filter(|callback| *callback == "EvtTimerFunc").count();
    assert!((2..200).contains(&ticks), "{ticks} ticks: {report}");
}

fn a_library_that_hangs_on_load() {
    let fixture =
        Fixture { driver: "hang_on_load", deadline: SHORT, ..Fixture::new(Misbehaviour::None, LIFE) };
    let report = fixture.run();
    assert_hung(&report, "the initialiser of libhang_on_load.so");
    assert!(report.callbacks.is_empty(), "{report}");
}

fn a_driver_that_stops_its_process() {
    let report = Fixture { deadline: SHORT, ..Fixture::new(Misbehaviour::StopWithDaemon, LIFE) }.run();
    assert_hung(&report, "EvtDeviceD0Entry(device0)");
}

/// It finds nothing there: the supervisor's commands are for the host alone.
fn a_driver_that_reads_its_input() {
    let report = run(Misbehaviour::ReadInput, LIFE);
    assert_pass(&report);
    assert_eq!(report.traces[0], "standard input: Ok(\"\")", "{report}");
}

fn a_history_that_the_driver_damages() {
    let driver = misbehave(Misbehaviour::DamageHistory);
    let error = driver.run(&scenario(LIFE), |run| run.deadline(SHORT)).expect_err("there is nothing to tell");
    assert!(matches!(error, RunError::History(HistoryError::Damaged { .. })), "{error}");
}

#[track_caller]
fn assert_hung(report: &Report, expected: &str) {
    let End::Hung { what } = &report.end else { panic!("{report}") };
    assert_eq!((what.as_str(), report.result), (expected, Outcome::Fail), "{report}");
    let [violation] = report.violations.as_slice() else { panic!("{report}") };
    assert_eq!(violation.rule, Rule::CallbackTimeout.name());
    assert!(violation.message.contains(expected), "{}", violation.message);
}

/// Nothing that it does stands behind the end of the scenario.
fn a_thread_that_goes_on_to_the_end() {
    for _ in 0..5 {
        assert_pass(&run(Misbehaviour::TraceAfterUnload, LIFE));
    }
}

fn assert_ended_in_d0_entry(report: &Report) {
    assert_eq!(report.result, Outcome::Fail);
    assert!(report.violations.is_empty(), "{report}");
    let last = report.callback_results.last().expect("callbacks were called");
    assert_eq!((last.name.as_str(), last.result.as_deref()), ("EvtDeviceD0Entry", None));
    assert!(report.history.iter().any(|event| event.contains("> EvtDeviceD0Entry(device0")), "{report}");
    assert_eq!((report.mapped.len(), report.unmapped.len()), (1, 0));
}
