//! How often a timer calls back that is started again and again, by seed.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use umdf_host::report::Callback;

use crate::fixture::outcome::assert_pass;
use crate::fixture::test;
use crate::mode::Mode;
use crate::run::{Life, REMOVE, SETTLE, START};

/// Seeds that are tried.
const SEEDS: u64 = 60;

pub fn trials() -> Vec<Trial> {
    vec![
        test("each start that was not replaced calls back", || {
            assert_eq!(missing("any level", 0), BTreeSet::from([0]));
        }),
        test("a passive callback that has not begun stands for the next one too", || {
            assert!(missing("passive", 1).len() > 1, "always as many as the starts");
        }),
        test("a stop that waits cancels a callback that has not begun", || {
            assert!(missing("stopped", 2).len() > 1, "none is ever cancelled");
        }),
    ]
}

/// How many callbacks of a timer were fewer than the driver was told that it fired.
fn missing(name: &str, number: usize) -> BTreeSet<usize> {
    let life = Life::new(Mode::Timers).steps(&[START, SETTLE, REMOVE]);
    let of_seed = |seed| {
        let report = life.run_with(|run| run.seed(seed));
        assert_pass(&report);
        let note = format!("note {name}: ");
        let fired = report.traces.iter().find_map(|line| line.strip_prefix(&note)?.parse::<usize>().ok());
        let object = format!("timer{number}");
        let is_its = |callback: &&Callback| callback.name == "EvtTimerFunc" && callback.object == object;
        let callbacks = report.callback_results.iter().filter(is_its).count();
        let fired = fired.expect("the driver tells it");
        fired
            .checked_sub(callbacks)
            .unwrap_or_else(|| panic!("seed {seed}: {callbacks} callbacks of {fired}"))
    };
    (0..SEEDS).map(of_seed).collect()
}
