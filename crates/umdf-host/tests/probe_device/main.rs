//! `wdfdevice.h`, `wdffdo.h` and `wdfiotarget.h`, as `examples/probe_device` sees them: a test for each of its
//! checks, two for each of its mistakes.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;
use umdf_host::report::Report;
use umdf_host::rules::Rule;

use fixture::checks::checks;
use fixture::driver::{Driver, GENEROUS};
use fixture::outcome::{assert_broken, assert_pass};
use fixture::test;
use trip::Trip;

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
#[path = "../../examples/probe_device/trip.rs"]
mod trip;

const DEVICE: &str = "title = \"A probed device's life\"\ndevice = { model = \"edu\" }\n";
/// The interfaces are switched off and on while the device is open.
const CHECKS: &str = r#"
[[step]]
do = "start"
[[step]]
do = "open"
[[step]]
do = "ioctl"
name = "interfaces off"
code = 0x222000
[[step]]
do = "open"
handle = "second"
expect = "STATUS_INVALID_DEVICE_STATE"
[[step]]
do = "ioctl"
name = "interfaces on"
code = 0x222004
[[step]]
do = "open"
handle = "third"
[[step]]
do = "close"
[[step]]
do = "close"
handle = "third"
[[step]]
do = "remove"
"#;
const MISTAKE: &str = "[[step]]\ndo = \"start\"\n[[step]]\ndo = \"remove\"\n";

fn main() -> ExitCode {
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let mut trials = checks("check", run(0, CHECKS, &[]), 224);
    for &trip in Trip::ALL {
        trials.push(test(format!("{trip:?} breaks {}", trip.rule()), move || in_force(trip)));
        trials.push(test(format!("{trip:?} without {}", trip.rule()), move || switched_off(trip)));
    }
    trials
}

/// Runs the probe: its checks, which are number 0, or a mistake.
fn run(number: u32, steps: &str, without: &[Rule]) -> Report {
    let driver = Driver::new("probe_device")
        .hardware_allowed(true)
        .directive("UmdfRegisterAccessMode", "RegisterAccessUsingSystemCall")
        .hardware_key("HKR,,MappedLength,0x00010001,0x80")
        .parameter("Trip", number);
    driver.play(&format!("{DEVICE}{steps}"), GENEROUS, without)
}

fn rule(trip: Trip) -> Rule {
    trip.rule().parse().expect("the rule exists")
}

fn in_force(trip: Trip) {
    assert_broken(&run(trip as u32, MISTAKE, &[]), rule(trip), trip.message());
}

fn switched_off(trip: Trip) {
    assert_pass(&run(trip as u32, MISTAKE, &[rule(trip)]));
}
