//! A seed has one run: the driver's lives in a deterministic host, each played twice.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use umdf_host::history::Event;
use umdf_host::picture::Recording;
use umdf_host::report::{Outcome, Report};

use crate::hlk;
use crate::run::{self, Change, LINE, RAISE, test};

/// Seeds for each scenario: as many as a test has time for.
const SEEDS: u64 = if cfg!(debug_assertions) { 20 } else { 1000 };
/// Seeds for each of the scenarios of the device fundamentals tests, which are longer.
const LONG_SEEDS: u64 = SEEDS / 10;

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

/// What exploring found, with their INF: it passes now.
const FOUND: [(&str, &[Change]); 1] = [("found/neighbour-while-raising.toml", &[LINE])];

pub fn tests() -> Vec<Trial> {
    let mut tests: Vec<Trial> = LIVES
        .into_iter()
        .map(|(name, inf)| test(format!("seeds::{name} is the same twice"), || differ_by_seed(name, inf)))
        .collect();
    tests.extend(hlk::names().map(|name| {
        let file = format!("hlk/{name}.toml");
        test(format!("seeds::{file} is the same twice"), move || drop(same_twice(&file, &[], LONG_SEEDS)))
    }));
    tests.extend(FOUND.into_iter().map(|(name, inf)| {
        test(format!("seeds::{name} passes"), || run::assert_clean(&run::file_with(inf, name)))
    }));
    tests.push(test("seeds::a_factorial_has_all_its_time_and_no_more", all_its_time));
    tests.push(test("seeds::no_preemptions_switch_less", no_preemptions_switch_less));
    tests
}

fn differ_by_seed(name: &str, inf: &[Change]) {
    let traces = same_twice(name, inf, SEEDS);
    // Else the seeds would choose nothing.
    assert!(traces.len() > 5, "{SEEDS} seeds have {} traces", traces.len());
}

/// Plays the lives of so many seeds, each twice. The answer is the different ones among them.
fn same_twice(name: &str, inf: &[Change], seeds: u64) -> BTreeSet<String> {
    let mut traces = BTreeSet::new();
    for seed in 0..seeds {
        let (first, second) = (play(name, inf, seed, None), play(name, inf, seed, None));
        assert_eq!(first.0.result, Outcome::Pass, "seed {seed}: {}", first.0);
        let differs = first.1.events().zip(second.1.events()).find(|(first, second)| first != second);
        assert_eq!(differs, None, "seed {seed}");
        assert_eq!(first.1.events().count(), second.1.events().count(), "seed {seed}");
        traces.insert(format!("{:?}", first.1.events().collect::<Vec<_>>()));
    }
    traces
}

fn play(name: &str, inf: &[Change], seed: u64, preemptions: Option<u32>) -> (Report, Recording) {
    run::recording_of(inf, name, |run| {
        let run = run.seed(seed);
        preemptions.into_iter().fold(run, umdf_host::Run::preemptions)
    })
}

/// An engine that never finishes: the watchdog looks four times for each of the factorials, whenever the next one is
/// delivered.
fn all_its_time() {
    for seed in 0..SEEDS.max(100) {
        let (report, recording) = play("never-finishes.toml", &[], seed, None);
        run::assert_clean(&report);
        let mut looks = vec![0];
        for (_, record) in recording.events() {
            match &record.event {
                Event::Enter { callback, .. } if callback == "EvtTimerFunc" => {
                    *looks.last_mut().unwrap() += 1;
                }
                Event::Call { function, .. } if function == "WdfRequestCompleteWithInformation" => {
                    looks.push(0);
                }
                _ => {}
            }
        }
        assert_eq!(looks, [4, 4, 4, 4, 0], "seed {seed}");
    }
}

/// With the bound 0 a thread goes on until it waits: the actor changes less often than without a bound.
fn no_preemptions_switch_less() {
    let changes = |preemptions| -> usize {
        let lives = (0..20).map(|seed| play("close-with-requests.toml", &[], seed, preemptions));
        lives.map(|(_, recording)| actor_changes(&recording)).sum()
    };
    let (none, any) = (changes(Some(0)), changes(None));
    assert!(none < any, "{none} changes of the actor with bound 0, {any} without a bound");
}

fn actor_changes(recording: &Recording) -> usize {
    let records = recording.events().map(|(_, record)| record);
    let acts = records.filter(|record| !matches!(record.event, Event::Trace { .. }));
    let actors: Vec<_> = acts.map(|record| record.actor).collect();
    actors.windows(2).filter(|pair| pair[0] != pair[1]).count()
}
