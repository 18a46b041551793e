//! The driver when something goes wrong: each framework call that may fail, and the device at each access.

use std::collections::BTreeSet;

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

/// The statuses of PnP requests and of applications' where the device breaks, by the way it does: first what the driver
/// says of such a device (`src/error.rs`), then what the framework says when a device does not start, or is gone.
const BROKEN: [(&str, &[&str]); 3] = [
    (
        "all ones",
        &[
            "STATUS_DEVICE_DOES_NOT_EXIST",
            "STATUS_SUCCESS",
            "STATUS_DEVICE_POWER_FAILURE",
            "STATUS_INVALID_DEVICE_STATE",
            "STATUS_CANCELLED",
        ],
    ),
    (
        "stuck",
        &[
            // Its liveness register does not answer with the complement.
            "STATUS_DEVICE_CONFIGURATION_ERROR",
            "STATUS_SUCCESS",
            // A factorial that never ends.
            "STATUS_IO_TIMEOUT",
            "STATUS_INVALID_DEVICE_STATE",
            "STATUS_CANCELLED",
        ],
    ),
    // Registers answer, the engine does not.
    ("late", &["STATUS_IO_TIMEOUT", "STATUS_SUCCESS", "STATUS_CANCELLED"]),
];

pub fn tests() -> Vec<Trial> {
    let lives = LIVES.into_iter();
    lives.map(|(name, inf, allowed)| test(format!("faults::{name}"), || sweep(name, inf, allowed))).collect()
}

fn sweep(name: &str, inf: &[Change], allowed: &[Status]) {
    let sweep = run::sweep(inf, name, PAIRS, allowed);
    assert!(sweep.failures.is_empty(), "{sweep}");
    assert!(sweep.points > 20 && sweep.statuses > sweep.points && sweep.breakages > 50, "{sweep}");
    assert!(sweep.pairs > PAIRS / 2, "{sweep}");
    for (how, allowed) in BROKEN {
        let came_out: BTreeSet<_> = sweep.broken[how].keys().map(String::as_str).collect();
        let wrong: Vec<_> = came_out.iter().filter(|status| !allowed.contains(status)).collect();
        assert!(wrong.is_empty() && came_out.contains(allowed[0]), "{how}, {wrong:?}: {sweep}");
    }
}
