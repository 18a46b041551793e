//! Registers that are mapped into the process, as `examples/probe_mapped` sees them: a test for each of its
//! checks, two for each of its mistakes.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;

use crate::fixture::checks::checks;
use crate::fixture::{not_here, test};
use crate::mode::Mode;
use crate::run::{EDU, LARGE, Life, PLAIN};

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod mistakes;
#[path = "../../examples/probe_mapped/mode.rs"]
mod mode;
mod run;
mod table;

/// Where this host can map registers.
const MAPS_REGISTERS: bool =
    cfg!(all(target_arch = "x86_64", any(all(target_os = "linux", target_env = "gnu"), windows)));

fn main() -> ExitCode {
    fixture::run(|| if MAPS_REGISTERS { trials() } else { vec![test("the mode is refused", refused)] })
}

fn trials() -> Vec<Trial> {
    // Windows has no red zone, so nothing is to be checked there.
    let forms = if cfg!(unix) { 79 } else { 78 };
    let lives = [
        ("plain registers", Life::new(Mode::Forms).device(PLAIN), forms),
        ("edu", Life::new(Mode::Edu), 26),
        ("threads", Life::new(Mode::Threads).device(PLAIN), 2),
    ];
    let checks_of = |(name, life, count): (&str, Life, usize)| checks(name, life.run(), count);
    let no_room = ("no room", Life::new(Mode::NoRoom).device(LARGE), 5);
    let no_room = if cfg!(target_os = "linux") {
        checks_of(no_room)
    } else {
        vec![not_here(no_room.0, "Linux alone lets a process bound its own addresses")]
    };
    let checks = lives.into_iter().flat_map(checks_of).chain(no_room);
    let more = [
        test("every access of every thread is recorded", every_access_is_recorded),
        // For a release build: `cargo test --release --test probe_mapped -- --ignored --nocapture`.
        test("what an access costs (ignored: it measures a release build)", cost).with_ignored_flag(true),
    ];
    checks.chain(mistakes::trials()).chain(more).collect()
}

/// Two threads load and store by pointers, two by the framework's functions: 250 of each.
fn every_access_is_recorded() {
    let report = Life::new(Mode::Threads).device(PLAIN).run();
    assert_eq!((report.register_reads, report.register_writes), (1000, 1000), "{report}");
}

fn cost() {
    let report = Life::new(Mode::Cost).run();
    let cost = report.traces.iter().find(|line| line.starts_with("cost: "));
    println!("{}", cost.unwrap_or_else(|| panic!("{report}")));
}

fn refused() {
    let error = Life::new(Mode::Edu).device(EDU).try_run().expect_err("the mode is refused").to_string();
    assert!(error.contains("set UmdfRegisterAccessMode = RegisterAccessUsingSystemCall"), "{error}");
}
