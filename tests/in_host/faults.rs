//! The driver when something goes wrong: each framework call that may fail, and the device at each access.

use libtest_mimic::Trial;

use crate::run::{self, Change, LINE, test};

/// Scenarios with their INF.
const LIVES: [(&str, &[Change]); 3] =
    [("first-life.toml", &[]), ("rebalance-with-requests.toml", &[]), ("sleep-with-requests.toml", &[LINE])];
/// Lives of each with two faults.
const PAIRS: usize = if cfg!(debug_assertions) { 20 } else { 1000 };

pub fn tests() -> Vec<Trial> {
    let lives = LIVES.into_iter();
    lives.map(|(name, inf)| test(format!("faults::{name}"), || sweep(name, inf))).collect()
}

fn sweep(name: &str, inf: &[Change]) {
    let sweep = run::sweep(inf, name, PAIRS);
    assert!(sweep.failures.is_empty(), "{sweep}");
    assert!(sweep.points > 20 && sweep.statuses > sweep.points && sweep.breakages > 50, "{sweep}");
    assert!(sweep.pairs > PAIRS / 2, "{sweep}");
}
