//! Each trip of the table, with its rule in force and switched off.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::{self, Rule};

use crate::run::{Fixture, assert_pass};
use crate::test;
use crate::trips::trips;

/// How a fixture breaks a rule, and what the host says about it.
pub struct Trip {
    pub rule: Rule,
    pub fixture: Fixture,
    /// Part of the message: the thing that it is about.
    pub names: &'static str,
    /// What the last events before the violation show: the driver's call, or the callback.
    pub call: &'static str,
}

/// Events before the violation among which the call must stand: other threads record too.
const LAST: usize = 12;

/// Rules that the driver `probe_io` trips, in the test of that name.
const BY_PROBE_IO: [Rule; 10] = [
    Rule::ReqCancelMark,
    Rule::ReqWrongQueue,
    Rule::ReqCompleteWhileCancelable,
    Rule::ReqMemoryReferenced,
    Rule::ReqCancelIgnored,
    Rule::ReqBufferAfterComplete,
    Rule::StopackOutsideIostop,
    Rule::QueueFatal,
    Rule::ImpersonatedDdi,
    Rule::LockHeldOnReturn,
];

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        test("every rule has a trip", every_rule_has_a_trip),
        test("rules are switched off by name", rules_are_switched_off_by_name),
    ];
    for trip in trips() {
        let name = format!("{}: {:?} ({})", trip.rule, trip.fixture.misbehaviour, trip.names);
        let fixture = trip.fixture.clone();
        if trip.rule.text().can_be_switched_off {
            trials.push(test(format!("{name}, switched off"), move || {
                assert_pass(&fixture.run_without(&[trip.rule]));
            }));
        }
        trials.push(test(name, move || in_force(&trip)));
    }
    trials
}

fn in_force(trip: &Trip) {
    let report = trip.fixture.run();
    assert_eq!(report.result, Outcome::Fail, "{report}");
    assert_end(trip.rule, &report);
    let [violation] = report.violations.as_slice() else { panic!("one violation expected\n{report}") };
    assert_eq!(violation.rule, trip.rule.name(), "{report}");
    assert!(violation.message.contains(trip.names), "{} stands in no\n{report}", trip.names);
    let last = violation.history.iter().rev().take(LAST);
    assert!(
        last.into_iter().any(|event| event.contains(trip.call)),
        "{} is not last in\n{report}",
        trip.call
    );
}

/// The end that the rule leads to.
fn assert_end(rule: Rule, report: &Report) {
    match (&report.end, rule.text().outcome) {
        (End::Hung { .. }, _) => assert_eq!(rule, Rule::CallbackTimeout, "{report}"),
        (End::Violation, rules::Outcome::Terminate) => {}
        (End::Finished, rules::Outcome::Report) => assert!(report.missed.is_empty(), "{report}"),
        _ => panic!("another end expected\n{report}"),
    }
}

/// Rules that `examples/probe_device` trips.
const BY_PROBE_DEVICE: [Rule; 7] = [
    Rule::HwMappedAddrMode,
    Rule::HwAccessNotD0,
    Rule::HwAccessUnaligned,
    Rule::HwAccessSizeForDevice,
    Rule::ApiUnavailable,
    Rule::ArgumentInvalid,
    Rule::TargetNotOpen,
];

/// Rules that `tests/probe_interrupt` trips.
const BY_PROBE_INTERRUPT: [Rule; 10] = [
    Rule::IntNotPassive,
    Rule::IntCreateLate,
    Rule::IntBadDescriptorPointer,
    Rule::IntLevelClaimedNotSilenced,
    Rule::IntLevelUnclaimed,
    Rule::IntLockRecursion,
    Rule::IntNoWorkItem,
    Rule::TimerStartRunningDown,
    Rule::WorkItemEnqueueRunningDown,
    Rule::WorkItemFlushInCallback,
];

/// Rules that `tests/lifecycle` trips.
const BY_LIFECYCLE: [Rule; 2] = [Rule::PnpStatusNotSupported, Rule::ResumeIdleUnbalanced];

/// Rules that `tests/probe_mapped` trips.
const BY_PROBE_MAPPED: [Rule; 4] =
    [Rule::HwMappedAddrBase, Rule::PseudoAddressDeref, Rule::HwAccessInstruction, Rule::ContextTypeUnknown];

/// Rules that `tests/probe_send` trips.
const BY_PROBE_SEND: [Rule; 9] = [
    Rule::ReqSentWhileCancelable,
    Rule::ReqAlreadySent,
    Rule::ReqCompleteWhileSent,
    Rule::ReqChangedWhileSent,
    Rule::ReqSentWithoutRoutine,
    Rule::ReqSendAndForget,
    Rule::ReqNullIrp,
    Rule::ReqNoStackLocation,
    Rule::ReqNotFormatted,
];

fn every_rule_has_a_trip() {
    let here = trips().into_iter().map(|trip| trip.rule);
    let probes =
        BY_PROBE_DEVICE.into_iter().chain(BY_PROBE_INTERRUPT).chain(BY_PROBE_IO).chain(BY_PROBE_SEND);
    let probes = probes.chain(BY_LIFECYCLE);
    let tripped: BTreeSet<Rule> = here.chain(probes).chain(BY_PROBE_MAPPED).collect();
    let all: BTreeSet<Rule> = Rule::ALL.iter().copied().collect();
    assert_eq!(tripped, all);
}

fn rules_are_switched_off_by_name() {
    for rule in Rule::ALL {
        let parsed = rule.name().parse::<Rule>();
        if *rule == Rule::CallbackTimeout {
            assert!(parsed.unwrap_err().contains("CALLBACK_TIMEOUT cannot be switched off"));
        } else {
            assert_eq!(parsed, Ok(*rule));
        }
    }
    assert!("NO_SUCH_RULE".parse::<Rule>().unwrap_err().contains("umdf-host rules"));
}
