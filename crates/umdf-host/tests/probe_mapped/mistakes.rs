//! Each mistake: the rule that it breaks in force and switched off, or the end that it comes to.

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;

use crate::fixture::ends::{ACCESS_VIOLATION, STACK_OVERFLOW};
use crate::fixture::outcome::{assert_broken, assert_pass, no_failed_check};
use crate::fixture::{test, test_if};
use crate::mode::Mode;
use crate::run::{Access, Life};
use crate::table::TRIPS;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for &(rule, mode, message) in TRIPS {
        let access = match (mode, rule) {
            (Mode::AddressOfNothing, Rule::HwNotAllowed) => Access::Rejected,
            (Mode::Address, _) => Access::SystemCall,
            _ => Access::Mapped,
        };
        trials.extend(both(rule, Life::new(mode).access(access), message));
        // Neither a pseudo address nor NULL is one of memory in the other mode either.
        if [Rule::PseudoAddressDeref, Rule::ContextTypeUnknown].contains(&rule) {
            trials.extend(both(rule, Life::new(mode).access(Access::SystemCall), message));
        }
    }
    for mode in [Mode::HostWrites, Mode::HostWritesLocked, Mode::HostWritesPseudo] {
        trials.push(test(format!("{mode:?} ends"), move || ends(mode)));
    }
    trials.push(test("the accesses before a mistake are told", accesses_are_told));
    trials.push(test("a load near NULL", || dies(Mode::ReadNull, ACCESS_VIOLATION)));
    trials.push(test("a stack overflow", || dies(Mode::OverflowStack, STACK_OVERFLOW)));
    trials
}

fn both(rule: Rule, life: Life, message: &'static str) -> [Trial; 2] {
    let name = format!("{rule}: {:?}, {:?}", life.mode, life.access);
    let here = cfg!(unix) || life.mode != Mode::PseudoInRbp;
    let why = "what Windows makes of a stack fault is not documented, and Wine ends the process";
    [
        test_if(here, why, &format!("{name}, switched off"), move || switched_off(rule, life)),
        test_if(here, why, &name, move || assert_broken(&life.run(), rule, message)),
    ]
}

fn switched_off(rule: Rule, life: Life) {
    let report = life.run_without(Some(rule)).expect("the run can be told");
    if matches!(life.mode, Mode::Push | Mode::Jump) {
        assert!(report.violations.is_empty(), "{report}");
        no_failed_check(&report);
        assert_ended(&report, "can be neither carried out nor left out");
    } else {
        assert_pass(&report);
    }
}

#[track_caller]
fn assert_ended(report: &Report, sentence: &str) {
    let End::Ended { reason } = &report.end else { panic!("{report}") };
    assert!(reason.contains(sentence), "{reason}");
    assert_eq!(report.result, Outcome::Fail);
}

/// The framework itself touches registers: no rule names that.
fn ends(mode: Mode) {
    let report = Life::new(mode).run();
    assert_ended(
        &report,
        "was given the address of mapped registers, or a pseudo address, as that of memory",
    );
    assert!(report.violations.is_empty(), "{report}");
    let last = report.history.iter().rev().find(|event| event.contains("Wdf")).expect("a call was made");
    let function =
        if mode == Mode::HostWritesLocked { "WdfDeviceMapIoSpace(" } else { "WdfDeviceReadFromHardware(" };
    assert!(last.contains(function), "{last}");
}

/// Loads and stores stand in the history as accesses by the framework's functions do.
fn accesses_are_told() {
    let report = Life::new(Mode::ReadNarrow).run();
    let history = &report.violations[0].history;
    let [.., stored, loaded, _trace] = history.as_slice() else { panic!("{report}") };
    assert!(stored.ends_with(": write32 0x8c0000004: 0x12345678"), "{history:#?}");
    assert!(loaded.ends_with(": read32 0x8c0000004: 0xedcba987"), "{history:#?}");
}

/// What is not about registers kills the worker as ever.
fn dies(mode: Mode, how: &str) {
    let report = Life::new(mode).run();
    let End::Died { how: died } = &report.end else { panic!("{report}") };
    assert_eq!(died, how);
    assert!(report.violations.is_empty(), "{report}");
}
