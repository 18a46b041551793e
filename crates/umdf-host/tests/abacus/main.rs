//! The driver of the abacus (`examples/abacus`) in the host: a device of which the host knows as little as of any,
//! with two memory BARs, ports and two interrupts.
//!
//! This binary is its own worker: see `main`.

extern crate wdk_portable as wdk_sys;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

#[path = "../../examples/abacus/interface.rs"]
#[expect(dead_code, reason = "the host opens devices without their interface's GUID")]
mod interface;
#[path = "../fixture/library.rs"]
mod library;
mod lives;
mod requests;
mod run;
mod starts;
mod steps;
#[path = "../../examples/abacus/wdf.rs"]
#[expect(dead_code, unused_imports, reason = "one function of it is tested alone")]
mod wdf;

fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
    let trials = [lives::trials(), requests::trials(), starts::trials()];
    libtest_mimic::run(&arguments, trials.into_iter().flatten().collect()).exit_code()
}

/// A test that fails by panicking.
fn test(name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}
