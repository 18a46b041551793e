//! The contract rules, each broken by a fixture driver, and the ends that a driver can come to.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

mod binding;
mod deadlines;
mod deaths;
mod deaths_in_steps;
#[path = "../fixture/mod.rs"]
mod fixture;
mod hosts;
mod lives;
mod managers;
mod object_trips;
mod restarts;
mod run;
mod scenarios;
mod statuses;
mod trip;
mod trips;

fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
    let trials = [
        trip::trials(),
        binding::trials(),
        statuses::trials(),
        lives::trials(),
        managers::trials(),
        deadlines::trials(),
        deaths::trials(),
        deaths_in_steps::trials(),
        hosts::trials(),
        restarts::trials(),
    ];
    libtest_mimic::run(&arguments, trials.into_iter().flatten().collect()).exit_code()
}

/// A test that fails by panicking.
fn test(name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}
