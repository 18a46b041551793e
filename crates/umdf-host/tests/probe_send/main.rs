//! Requests that a driver sends, as the fixture driver `probe_send` sees them.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;
use umdf_host::rules::Rule;

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod lives;
mod run;

use fixture::outcome::{assert_broken, assert_called, assert_pass};
use fixture::test;
use run::{CLOSE, OPEN, Probe, START, Trip, WAIT, below};

fn main() -> ExitCode {
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let mut trials: Vec<_> = CHECKS.iter().map(checks).collect();
    trials.extend(lives::trials());
    for &trip in Trip::ALL {
        trials.push(test(format!("{trip:?} breaks {}", trip.rule()), move || in_force(trip)));
        trials.push(test(format!("{trip:?} without {}", trip.rule()), move || switched_off(trip)));
    }
    trials
}

/// A request for checks: what they are about, its code, and how many there are, with that of
/// the device when it goes.
struct Checks {
    about: &'static str,
    code: u32,
    count: usize,
}

const CHECKS: &[Checks] = &[
    Checks { about: "requests that the driver makes", code: 0x22_2000, count: 52 },
    Checks { about: "memory", code: 0x22_2004, count: 53 },
    Checks { about: "requests that come back later", code: 0x22_2008, count: 77 },
    Checks { about: "requests that the driver waits for", code: 0x22_200c, count: 46 },
    Checks { about: "targets", code: 0x22_2010, count: 103 },
];

/// All checks of one kind in one run.
fn checks(checks: &'static Checks) -> Trial {
    test(format!("checks of {}", checks.about), move || {
        let ask = format!("do = 'ioctl'\nname = 'check'\ncode = {}\noutput-length = 4", checks.code);
        let report = Probe::new(0, &[START, OPEN, &ask, CLOSE, "do = 'remove'"]).run();
        assert_pass(&report);
        let held = report.traces.iter().filter(|line| line.starts_with("ok ")).count();
        assert_eq!(held, checks.count, "a check is missing or new\n{report}");
    })
}

/// A run with one mistake, while another request of the application is kept below.
fn probe(trip: Trip) -> Probe {
    if trip == Trip::ForgetOpen {
        let open = "do = 'open'\nexpect = 'STATUS_INVALID_DEVICE_REQUEST'";
        return Probe::new(trip.number(), &[START, open]);
    }
    // What is forgotten is refused below.
    let forgotten = [Trip::ForgetWithRoutine, Trip::CompleteForgotten].contains(&trip);
    let status = if forgotten { "STATUS_INVALID_DEVICE_REQUEST" } else { "STATUS_SUCCESS" };
    let kept = format!(
        "do = 'ioctl'\nname = 'kept'\ncode = {}\nwait = false\nexpect = 'STATUS_CANCELLED'",
        below::KEPT
    );
    let misdeed =
        format!("do = 'ioctl'\nname = 'misdeed'\ncode = 0x222014\noutput-length = 4\nexpect = '{status}'");
    let cancel = "do = 'cancel'\nname = 'kept'";
    Probe::new(trip.number(), &[START, OPEN, &kept, &misdeed, cancel, WAIT, CLOSE, "do = 'remove'"])
}

fn rule(trip: Trip) -> Rule {
    trip.rule().parse().expect("the rule exists")
}

fn in_force(trip: Trip) {
    let report = probe(trip).run();
    assert_broken(&report, rule(trip), trip.message());
    if trip == Trip::SendTwiceSynchronously {
        assert_called(&report, "IoctlCode=IOCTL_UNKNOWN", usize::MAX);
    }
}

fn switched_off(trip: Trip) {
    assert_pass(&probe(trip).run_without(rule(trip)));
}
