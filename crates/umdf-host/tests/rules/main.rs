//! The contract rules, each broken by a fixture driver, and the ends that a driver can come to.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

mod applications;
mod binding;
mod deadlines;
mod deaths;
mod deaths_in_steps;
mod elsewhere;
#[expect(dead_code, reason = "the tests of other drivers use more of it")]
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

use fixture::{test, test_if};

fn main() -> ExitCode {
    let trials = || {
        let trips = trip::trials();
        let readme = vec![trip::readme(&trips)];
        [
            trips,
            readme,
            applications::trials(),
            binding::trials(),
            statuses::trials(),
            lives::trials(),
            managers::trials(),
            deadlines::trials(),
            deaths::trials(),
            deaths_in_steps::trials(),
            hosts::trials(),
            restarts::trials(),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    fixture::run(trials)
}
