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
            assert!(counts("any level", 0).iter().all(|(fired, callbacks)| fired == callbacks));
        }),
        test("a passive callback that has not begun stands for the next one too", || {
            let counts = counts("passive", 1);
            assert!(counts.iter().any(|(fired, callbacks)| fired > callbacks), "{counts:?}");
            assert!(counts.iter().all(|(_, callbacks)| *callbacks > 0), "{counts:?}");
        }),
        test("a stop that waits cancels a callback that nobody has taken up", || {
            for (name, number) in [("stopped", 2), ("stopped, passive", 3)] {
                let counts = counts(name, number);
                assert!(counts.iter().any(|(fired, callbacks)| *fired > 0 && *callbacks == 0), "{counts:?}");
            }
        }),
    ]
}

/// How often a timer fired, as the driver was told, and how often it called back.
fn counts(name: &str, number: usize) -> BTreeSet<(usize, usize)> {
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
        assert!(callbacks <= fired, "seed {seed}: {callbacks} callbacks of {fired}");
        (fired, callbacks)
    };
    (0..SEEDS).map(of_seed).collect()
}
