//! Objects, collections, memory, strings, the registry and the driver object: the driver
//! `examples/probe_objects` asks, and each answer is a test.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;
use umdf_host::report::Report;
use umdf_host::rules::Rule;

use fixture::checks::checks;
use fixture::driver::{Driver, GENEROUS};
use fixture::outcome::{assert_broken, assert_called, assert_pass};
use fixture::test;

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;

/// Answers that the driver judges.
const ANSWERS: usize = 331;
/// Ways in which it can break a rule.
const TRIPS: usize = 100;

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
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let report = run(0, &[]);
    let trips: Vec<_> = report.traces.iter().filter_map(|line| line.strip_prefix("trip ")).collect();
    let told = trips.len();
    let trips: Vec<_> = trips.into_iter().filter_map(Trip::parse).flat_map(Trip::trials).collect();
    let mut trials = checks("answer", report, ANSWERS);
    trials.extend(trips);
    // The driver alone has their list.
    trials.push(test("the driver tells all trips", move || assert_eq!(told, TRIPS)));
    trials
}

/// Runs the driver; 0 is no trip.
fn run(trip: u32, without: &[Rule]) -> Report {
    let driver = Driver::new("probe_objects")
        .driver_key(DRIVER_KEY)
        .hardware_key(HARDWARE_KEY)
        .parameter("Trip", trip)
        .parameter("Parameter", 11);
    driver.play(SCENARIO, GENEROUS, without)
}

/// A way in which the driver breaks a rule.
#[derive(Clone)]
struct Trip {
    number: u32,
    rule: Rule,
    function: String,
    message: String,
}

impl Trip {
    /// `number rule function message`.
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.splitn(4, ' ');
        Some(Self {
            number: words.next()?.parse().ok()?,
            rule: words.next()?.parse().ok()?,
            function: words.next()?.into(),
            message: words.next()?.into(),
        })
    }

    fn trials(self) -> [Trial; 2] {
        let name = format!("{}: {}, {}", self.rule, self.function, self.message);
        let (number, rule) = (self.number, self.rule);
        [
            test(format!("{name}, switched off"), move || assert_pass(&run(number, &[rule]))),
            test(name, move || {
                let report = run(self.number, &[]);
                assert_broken(&report, self.rule, &self.message);
                assert_called(&report, &self.function, 2);
            }),
        ]
    }
}
