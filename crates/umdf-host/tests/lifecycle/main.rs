//! Life-cycle paths of a device on real workers: what happens to it, and the exact callbacks that its driver
//! sees (`examples/lifecycle`). The numbers are those of the paths in the framework's state machines. Paths 2, 3 and 15 are left to the
//! machines' own tests: no bus here fails a start, and none gives resources that cannot be read.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

mod failed;
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
mod words;

fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
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
    libtest_mimic::run(&arguments, rows.chain(others.into_iter().flatten()).collect()).exit_code()
}

/// A test that fails by panicking.
fn test(name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}
