//! Each trip of the table, with its rule in force and switched off.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use umdf_host::rules::Rule;

use crate::elsewhere::tripped;
use crate::fixture::outcome::{assert_broken, assert_called, assert_pass};
use crate::run::Fixture;
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

/// The lines about rules that README shows are true, and there are both kinds.
pub fn readme(trials: &[Trial]) -> Trial {
    let names: BTreeSet<String> = trials.iter().map(|trial| trial.name().to_owned()).collect();
    test("README shows tests of rules", move || {
        let lines = include_str!("../../../../README.md")
            .lines()
            .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok").map(str::trim_end));
        let shown: Vec<_> = lines.filter(|name| name.contains(": ")).collect();
        let missing: Vec<_> = shown.iter().filter(|name| !names.contains(**name)).collect();
        assert!(missing.is_empty(), "there is no {missing:?}");
        let off = shown.iter().filter(|name| name.ends_with(", switched off")).count();
        assert!(off > 0 && off < shown.len(), "{shown:?}");
    })
}

fn in_force(trip: &Trip) {
    let report = trip.fixture.run();
    assert_broken(&report, trip.rule, trip.names);
    assert_called(&report, trip.call, LAST);
}

fn every_rule_has_a_trip() {
    let tripped: BTreeSet<Rule> = trips().into_iter().map(|trip| trip.rule).chain(tripped()).collect();
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
