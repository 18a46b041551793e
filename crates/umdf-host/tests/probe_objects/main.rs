//! Objects, collections, memory, strings, the registry and the driver object: the driver
//! `examples/probe_objects` asks, and each answer is a test.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use umdf_host::report::Report;

use fixture::checks::checks;
use fixture::driver::{Driver, GENEROUS};

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;

/// Answers that the driver judges.
const ANSWERS: usize = 333;

const SCENARIO: &str = "title = \"A probe's life\"\ndevice = { model = \"scratch\", bars = [0x1000] }\n\
                        [[step]]\ndo = \"start\"\n[[step]]\ndo = \"remove\"\n";

/// What the driver reads in its keys.
const DRIVER_KEY: &str = "HKR,,Software,0x00010001,9";
const HARDWARE_KEY: &str = r#"HKR,,Number,0x00010001,0x12345678
HKR,,Text,,"Hello"
HKR,,Expand,0x00020000,"%%x%%y"
HKR,,Texts,0x00010000,"one","two"
HKR,,Binary,0x00000001,01,02,ff
HKR,,Bytes,0x00000001,01,02,03,04
HKR,Below\Deeper,Number,0x00010001,7"#;

fn main() -> ExitCode {
    fixture::run(|| checks("answer", run(), ANSWERS))
}

/// Runs the driver.
fn run() -> Report {
    let driver = Driver::new("probe_objects")
        .driver_key(DRIVER_KEY)
        .hardware_key(HARDWARE_KEY)
        .parameter("Parameter", 11);
    driver.play(SCENARIO, GENEROUS, &[])
}
