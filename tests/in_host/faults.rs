//! The driver when something goes wrong: each framework call that may fail, and the device at each access.

use libtest_mimic::Trial;
use umdf_host::scenario::Status;
use wdk_portable::STATUS_ACCESS_DENIED;

use crate::run::{self, Change, LINE, RAISE, test};

/// Scenarios with their INF, and the statuses that the driver may make of any fault.
const LIVES: [(&str, &[Change], &[Status]); 4] = [
    ("first-life.toml", &[], &[]),
    ("rebalance-with-requests.toml", &[], &[]),
    ("sleep-with-requests.toml", &[LINE], &[]),
    // Who cannot read in the registry that raising is allowed forbids it.
    ("wait-interrupt.toml", &[RAISE], &[Status(STATUS_ACCESS_DENIED)]),
];
/// Lives of each with two faults.
const PAIRS: usize = if cfg!(debug_assertions) { 20 } else { 1000 };

pub fn tests() -> Vec<Trial> {
    let lives = LIVES.into_iter();
    lives.map(|(name, inf, allowed)| test(format!("faults::{name}"), || sweep(name, inf, allowed))).collect()
}

fn sweep(name: &str, inf: &[Change], allowed: &[Status]) {
    let sweep = run::sweep(inf, name, PAIRS, allowed);
    assert!(sweep.failures.is_empty(), "{sweep}");
    assert!(sweep.points > 20 && sweep.statuses > sweep.points && sweep.breakages > 50, "{sweep}");
    assert!(sweep.pairs > PAIRS / 2, "{sweep}");
}
