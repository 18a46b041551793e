//! `wdfinterrupt.h`, `wdfworkitem.h` and `wdftimer.h`, as the driver `probe_interrupt` sees them.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;

use crate::fixture::checks::checks;
use crate::mode::Mode;
use crate::run::{Life, SHARED, Wiring};

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod lives;
#[path = "../../examples/probe_interrupt/mode.rs"]
mod mode;
mod run;
mod table;
mod timers;
mod trips;

fn main() -> ExitCode {
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let lives = [
        ("line", Life::new(Mode::Checks).wired(SHARED), 136),
        ("exclusive line", Life::new(Mode::Checks).wired(Wiring::Line("exclusive")), 136),
        ("message", Life::new(Mode::Checks).wired(Wiring::Message), 136),
        ("edge", Life::new(Mode::Edge).wired(Wiring::Line("edge")), 6),
        ("two on a line", Life::new(Mode::TwoOnALine), 2),
        ("made in prepare, line", Life::new(Mode::InPrepare), 6),
        ("made in prepare, message", Life::new(Mode::InPrepare).wired(Wiring::Message), 6),
        ("made in prepare, two messages", Life::new(Mode::TwoMessages).wired(Wiring::Message), 4),
        ("serialized", Life::new(Mode::Serialized), 15),
        ("serialized, passive", Life::new(Mode::SerializedPassive), 10),
        ("serialized by queue", Life::new(Mode::SerializedByQueue), 2),
        ("disabled before the start", Life::new(Mode::DisabledBeforeStart), 3),
    ];
    let checks = lives.into_iter().flat_map(|(name, life, count)| checks(name, life.run(), count));
    checks.chain(lives::trials()).chain(timers::trials()).chain(trips::trials()).collect()
}
