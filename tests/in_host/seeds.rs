//! A seed has one run: the driver's lives in a deterministic host, each played twice.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use umdf_host::history::{Event, Record};
use umdf_host::report::{Outcome, Report};

use crate::run::{self, Change, LINE, RAISE, test};

/// Seeds for each scenario. A release build plays as many as issue 5 asks for.
const SEEDS: u64 = if cfg!(debug_assertions) { 100 } else { 1000 };

/// Scenarios with their INF, in which threads meet: requests pending, cancelled, cut off; interrupts.
const LIVES: [(&str, &[Change]); 8] = [
    ("first-life.toml", &[]),
    ("cancel.toml", &[]),
    ("close-with-requests.toml", &[]),
    ("rebalance-with-requests.toml", &[]),
    ("sleep-with-requests.toml", &[]),
    ("surprise-with-requests.toml", &[]),
    ("wait-interrupt.toml", &[RAISE]),
    ("neighbour-on-the-line.toml", &[LINE]),
];

pub fn tests() -> Vec<Trial> {
    let mut tests: Vec<Trial> = LIVES
        .into_iter()
        .map(|(name, inf)| test(format!("seeds::{name} is the same twice"), || same_twice(name, inf)))
        .collect();
    tests.push(test("seeds::no_preemptions_switch_less", no_preemptions_switch_less));
    tests
}

fn same_twice(name: &str, inf: &[Change]) {
    let mut traces = BTreeSet::new();
    for seed in 0..SEEDS {
        let (first, second) = (play(name, inf, seed, None), play(name, inf, seed, None));
        assert_eq!(first.result, Outcome::Pass, "seed {seed}: {first}");
        let differs = first.events.iter().zip(&second.events).position(|(first, second)| first != second);
        assert_eq!(differs, None, "seed {seed}: {:?}, {:?}", at(&first, differs), at(&second, differs));
        assert_eq!(first.events.len(), second.events.len(), "seed {seed}");
        traces.insert(format!("{:?}", first.events));
    }
    // Else the seeds would choose nothing.
    assert!(traces.len() > 10, "{} seeds have {} traces", SEEDS, traces.len());
}

fn play(name: &str, inf: &[Change], seed: u64, preemptions: Option<u32>) -> Report {
    run::file_set(inf, name, |run| {
        let run = run.seed(seed);
        preemptions.into_iter().fold(run, umdf_host::Run::preemptions)
    })
}

fn at(report: &Report, place: Option<usize>) -> Option<&(usize, Record)> {
    report.events.get(place?)
}

/// With the bound 0 a thread goes on until it waits: the actor changes less often than without a bound.
fn no_preemptions_switch_less() {
    let changes = |preemptions| -> usize {
        let lives = (0..20).map(|seed| play("close-with-requests.toml", &[], seed, preemptions));
        lives.map(|report| actor_changes(&report)).sum()
    };
    let (none, any) = (changes(Some(0)), changes(None));
    assert!(none < any, "{none} changes of the actor with bound 0, {any} without a bound");
}

fn actor_changes(report: &Report) -> usize {
    let acts = |(_, record): &&(usize, Record)| !matches!(record.event, Event::Trace { .. });
    let actors: Vec<_> = report.events.iter().filter(acts).map(|(_, record)| record.actor).collect();
    actors.windows(2).filter(|pair| pair[0] != pair[1]).count()
}
