//! Drivers that take their process down, leave it, or call what is not there.

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome, Report};

use crate::fixture::misbehaviour::Misbehaviour;
use crate::run::{assert_pass, run};
use crate::scenarios::LIFE;
use crate::test;

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        test("a child process does not disturb", || assert_pass(&run(Misbehaviour::StartChild, LIFE))),
        test("WdfFdoInitSetFilter is named", || {
            is_named(Misbehaviour::CallFdoInitSetFilter, "WdfFdoInitSetFilter");
        }),
        test("a history that is full", a_history_that_is_full),
        test("exit code 3", || dies(Misbehaviour::ExitThree, &["exit code 3"])),
        test("exit code 0", || dies(Misbehaviour::ExitZero, &["exit code 0"])),
    ];
    if cfg!(unix) {
        trials.extend([
            test("a write near NULL", || dies(Misbehaviour::WriteNearNull, &["SIGSEGV"])),
            test("a handle dereferenced", || dies(Misbehaviour::DereferenceHandle, &["SIGSEGV"])),
            test("a pseudo base dereferenced", || dies(Misbehaviour::DereferenceBase, &["SIGSEGV"])),
            test("abort", || dies(Misbehaviour::Abort, &["SIGABRT"])),
            test("a panic out of a callback", || dies(Misbehaviour::Panic, &["SIGABRT"])),
            // Rust's own guard turns the fault into an abort.
            test("a stack overflow", || dies(Misbehaviour::OverflowStack, &["SIGSEGV", "SIGABRT"])),
        ]);
    }
    trials
}

/// The driver dies in EvtDeviceD0Entry, and the report has what was before.
fn dies(misbehaviour: Misbehaviour, how: &[&str]) {
    let report = run(misbehaviour, LIFE);
    let End::Died { how: died } = &report.end else { panic!("{report}") };
    assert!(how.iter().any(|how| died.ends_with(how)), "{died} instead of {how:?}");
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

fn assert_ended_in_d0_entry(report: &Report) {
    assert_eq!(report.result, Outcome::Fail);
    assert!(report.violations.is_empty(), "{report}");
    let last = report.callback_results.last().expect("callbacks were called");
    assert_eq!((last.name.as_str(), last.result.as_deref()), ("EvtDeviceD0Entry", None));
    assert!(report.history.iter().any(|event| event.contains("> EvtDeviceD0Entry(device0")), "{report}");
    assert_eq!((report.mapped.len(), report.unmapped.len()), (1, 0));
}
