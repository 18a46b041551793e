//! The scenarios named after the device fundamentals tests of the Windows Hardware Lab Kit.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use umdf_host::report::Report;

use crate::paths::{DOWN, PULLED, START, STOP, UP, happened};
use crate::run::{assert_clean, file, steps, test};

/// What a scenario leads to.
enum Leads {
    /// To these callbacks.
    To(&'static [&'static [&'static str]]),
    /// To this many requests at least, and whatever callbacks come of them.
    Requests(usize),
}

use Leads::{Requests, To};

const SCENARIOS: &[(&str, Leads)] = &[
    ("chaos", Requests(500)),
    ("fuzz", Requests(300)),
    ("io-with-process-termination", To(&[START, STOP])),
    ("pnp-cancel-remove", To(&[START, STOP])),
    ("pnp-cancel-stop", To(&[START, STOP])),
    (
        "pnp-disable-and-enable",
        To(&[START, DOWN, UP, STOP, START, DOWN, UP, STOP, START, DOWN, UP, STOP, START, STOP]),
    ),
    ("pnp-rebalance", To(&[START, STOP, START, STOP, START, STOP])),
    ("pnp-rebalance-fail-restart", To(&[START, STOP, PULLED])),
    ("pnp-rebalance-new-resources", To(&[START, STOP, START, STOP, START, STOP])),
    ("pnp-remove", To(&[START, STOP, START, STOP, START, STOP])),
    ("pnp-surprise-remove", To(&[START, PULLED, STOP])),
    ("reinstall-with-io", To(&[START, STOP, START, STOP, START, STOP])),
    ("sleep-with-io-during", To(&[START, DOWN, UP, DOWN, UP, DOWN, UP, STOP])),
];

pub fn tests() -> Vec<Trial> {
    let mut tests: Vec<_> = SCENARIOS
        .iter()
        .map(|(name, leads)| test(format!("hlk::{}", name.replace('-', "_")), || follow(name, leads)))
        .collect();
    tests.push(test("hlk::every_scenario_is_played", every_scenario));
    tests.push(test("hlk::resources_are_those_that_the_test_wants", resources));
    tests.push(test("hlk::a_reinstall_has_a_new_host_process", reinstall));
    tests.push(test("hlk::more_applications_than_the_host_has_threads", many_applications));
    tests
}

/// Their names.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCENARIOS.iter().map(|(name, _)| *name)
}

fn play(name: &str) -> Report {
    file(&format!("hlk/{name}.toml"))
}

fn follow(name: &str, leads: &Leads) {
    let report = play(name);
    assert_clean(&report);
    match leads {
        To(callbacks) => assert_eq!(happened(&report), callbacks.concat(), "{report}"),
        Requests(least) => {
            let requests = report.callbacks.iter().filter(|name| name.starts_with("EvtIo")).count();
            assert!(requests >= *least, "{requests} requests: {report}");
        }
    }
}

/// `cargo sim --all` plays what lies in the folder; so does this test.
fn every_scenario() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/hlk");
    let files = fs::read_dir(folder).expect("the folder can be listed").map(|entry| {
        let path = entry.expect("the folder can be listed").path();
        path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    });
    let played: BTreeSet<_> = SCENARIOS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files.collect::<BTreeSet<_>>(), played);
}

fn resources() {
    let addresses = |name: &str| {
        let addresses: Vec<_> = play(name).mapped.iter().map(|range| range.physical).collect();
        assert_eq!(addresses.len(), 3);
        addresses.into_iter().collect::<BTreeSet<_>>().len()
    };
    assert_eq!(addresses("pnp-rebalance"), 1);
    assert!(addresses("pnp-rebalance-new-resources") > 1);
}

/// Each of them waits in a close, which must not keep the driver's callbacks from their threads.
fn many_applications() {
    let fuzz = |seed| {
        format!(
            "[[step]]\ndo = \"fuzz\"\nseed = {seed}\ntimes = 60\nwait = false\ntimeout-ms = 20000\n\
             inputs = [\"0100 0000 05000000\", \"\"]\n"
        )
    };
    let applications: String = (0..80).map(fuzz).collect();
    let report = steps(
        "model = \"edu\"\n[ioctls]\nfactorial = 0x22a008\nwait-interrupt = 0x226010",
        &format!(
            "[[step]]\ndo = \"start\"\n{applications}[[step]]\ndo = \"sleep\"\n[[step]]\ndo = \"resume\"\n\
             [[step]]\ndo = \"surprise-remove\"\n[[step]]\ndo = \"wait\"\n[[step]]\ndo = \"remove\"\n"
        ),
    );
    assert_clean(&report);
}

fn reinstall() {
    let report = play("reinstall-with-io");
    assert_eq!(report.hosts.len(), 3, "{report}");
    let count = |name: &str| report.callbacks.iter().filter(|callback| *callback == name).count();
    assert_eq!((count("DriverEntry"), count("EvtDriverUnload")), (3, 3), "{report}");
}
