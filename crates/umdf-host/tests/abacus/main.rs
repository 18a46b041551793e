//! The driver of the abacus (`examples/abacus`) in the host: a device of which the host knows as little as of any,
//! with two memory BARs, ports and two interrupts.
//!
//! This binary is its own worker: see `main`.

extern crate wdk_portable as wdk_sys;

use std::process::ExitCode;

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
#[path = "../../examples/abacus/interface.rs"]
#[expect(dead_code, reason = "the host opens devices without their interface's GUID")]
mod interface;
mod lives;
mod qemu;
mod requests;
mod run;
mod starts;
mod steps;
#[path = "../../examples/abacus/wdf.rs"]
#[expect(dead_code, unused_imports, reason = "one function of it is tested alone")]
mod wdf;

use fixture::test;

fn main() -> ExitCode {
    fixture::run(|| {
        let trials = [lives::trials(), requests::trials(), starts::trials(), qemu::trials()];
        trials.into_iter().flatten().collect()
    })
}
