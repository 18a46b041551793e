//! Life-cycle paths of a device on real workers: what happens to it, and the exact callbacks that its driver
//! sees (`examples/lifecycle`). The numbers are those of the paths in the framework's state machines. Paths 2, 3 and 15 are left to the
//! machines' own tests: no bus here fails a start, and none gives resources that cannot be read.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;

mod failed;
#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod idle;
#[path = "../../examples/lifecycle/plan.rs"]
mod plan;
mod refused;
mod remove;
mod roles;
mod row;
mod rules;
#[path = "../../src/machines/tests/short.rs"]
#[expect(dead_code, reason = "the machines' own tests need more of it")]
mod short;
mod sleep;
mod start;
mod stop;
mod table;
mod words;

use fixture::test;

fn main() -> ExitCode {
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let rows = [
        start::rows(),
        stop::rows(),
        remove::rows(),
        idle::rows(),
        sleep::rows(),
        failed::rows(),
        roles::rows(),
    ];
    let rows = rows.into_iter().flatten().map(|row| test(row.name, move || row.check()));
    let others = [
        start::tests(),
        idle::tests(),
        sleep::tests(),
        failed::tests(),
        roles::tests(),
        refused::tests(),
        rules::tests(),
    ];
    rows.chain(others.into_iter().flatten()).collect()
}
