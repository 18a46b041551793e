//! One life-cycle path each: a scenario file, and the callbacks that it must lead to, in their order.

use libtest_mimic::Trial;
use umdf_host::report::Report;

use crate::run::{Change, IMPATIENT, LINE, RAISE, assert_clean, file_with, test};

struct Path {
    /// File in `tests/scenarios`, without extension.
    scenario: &'static str,
    inf: &'static [Change<'static>],
    /// Plug and Play, power and interrupt callbacks of the device, shortened.
    callbacks: &'static [&'static [&'static str]],
    /// Error traces; each must be one of a device that is gone.
    gone: usize,
}

pub const START: &[&str] = &["PrepareHardware", "D0Entry", "InterruptEnable"];
pub const STOP: &[&str] = &["InterruptDisable", "D0Exit", "ReleaseHardware"];
pub const DOWN: &[&str] = &["InterruptDisable", "D0Exit"];
pub const UP: &[&str] = &["D0Entry", "InterruptEnable"];
pub const PULLED: &[&str] = &["SurpriseRemoval"];

const fn path(scenario: &'static str, callbacks: &'static [&'static [&'static str]]) -> Path {
    Path { scenario, inf: &[], callbacks, gone: 0 }
}

const PATHS: &[Path] = &[
    path("sleep-with-requests", &[START, DOWN, UP, STOP]),
    path("sleep-twice", &[START, DOWN, UP, DOWN, UP, STOP]),
    path("rebalance-with-requests", &[START, STOP, START, STOP]),
    path("stop-cancelled", &[START, STOP]),
    path("surprise-with-requests", &[START, PULLED, STOP]),
    path("close-with-requests", &[START, STOP]),
    path("cancel", &[START, STOP]),
    path("interrupt-lost", &[START, STOP]),
    path("long-outputs", &[START, STOP]),
    path("access", &[START, STOP]),
    // A power-on that fails is followed by no power-off.
    Path {
        gone: 1,
        ..path("gone-while-asleep", &[START, DOWN, &["D0Entry", "ReleaseHardware", "SurpriseRemoval"]])
    },
    // The watchdog notices, and the driver reports the failure: Plug and Play removes the device.
    Path { inf: &[IMPATIENT], gone: 1, ..path("gone-while-computing", &[START, PULLED, STOP]) },
    Path { inf: &[RAISE], ..path("wait-interrupt", &[START, STOP]) },
    Path { inf: &[LINE], ..path("neighbour-on-the-line", &[START, STOP]) },
];

pub fn tests() -> Vec<Trial> {
    PATHS
        .iter()
        .map(|path| test(format!("path::{}", path.scenario.replace('-', "_")), || follow(path)))
        .collect()
}

/// Plug and Play, power and interrupt callbacks of the device, shortened.
pub fn happened(report: &Report) -> Vec<&str> {
    let callbacks = report.callback_results.iter();
    let of_device = callbacks
        .filter(|callback| callback.name.starts_with("EvtDevice") || callback.name.contains("able"))
        .filter(|callback| callback.object.starts_with("device") || callback.object.starts_with("interrupt"));
    of_device
        .filter_map(|callback| callback.name.strip_prefix("EvtDevice").or(callback.name.strip_prefix("Evt")))
        .collect()
}

fn follow(path: &Path) {
    let report = file_with(path.inf, &format!("{}.toml", path.scenario));
    assert_clean(&report);
    assert_eq!(happened(&report), path.callbacks.concat(), "{report}");
    let errors: Vec<_> = report.traces.iter().filter(|line| line.contains("ERROR")).collect();
    let requests = errors.iter().filter(|error| error.contains("device is gone")).count();
    assert_eq!(requests, path.gone, "{errors:#?}\n{report}");
}
