//! `wdfdevice.h`, `wdffdo.h` and `wdfiotarget.h`, as `examples/probe_device` sees them: a test for each of its
//! checks, two for each of its mistakes.
//!
//! This binary is its own worker: see `main`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use tempfile::TempDir;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::{self, Rule};
use umdf_host::scenario::Scenario;
use umdf_host::{Run, RunError, run_worker_if_asked};

use trip::Trip;

#[path = "../../examples/probe_device/trip.rs"]
mod trip;

const INF: &str = include_str!("probe_device.inx");
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
/// Longest time without progress: it ends a test that went wrong.
const GENEROUS: Duration = Duration::from_secs(20);

fn main() -> ExitCode {
    run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
    let mut trials = checks();
    for &trip in Trip::ALL {
        trials.push(test(format!("{trip:?} breaks {}", trip.rule()), move || in_force(trip)));
        trials.push(test(format!("{trip:?} without {}", trip.rule()), move || switched_off(trip)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A test that fails by panicking.
fn test(name: String, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}

/// The library of the probe. `cargo test` builds it with the tests, in a folder beside theirs.
fn library() -> PathBuf {
    let test = std::env::current_exe().expect("a process knows its program");
    let profile = test.ancestors().nth(2).expect("a test lies in deps/ below the profile's folder");
    let file = format!("{}probe_device{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = profile.join("examples").join(file);
    assert!(library.exists(), "{} is missing: run cargo build --examples", library.display());
    library
}

/// Runs the probe with an INF and some steps.
fn run(inf: &str, steps: &str, without: Option<Rule>) -> Result<Report, RunError> {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let path = folder.path().join("probe.inx");
    fs::write(&path, inf).expect("the folder is writable");
    let scenario = Scenario::parse(&format!("{DEVICE}{steps}"), Path::new("probe.toml"));
    let run = Run::new(library(), path, scenario.expect("the steps make a scenario")).deadline(GENEROUS);
    without.into_iter().fold(run, Run::without_rule).run()
}

fn run_trip(trip: u32, steps: &str, without: Option<Rule>) -> Report {
    run(&INF.replace("@TRIP@", &trip.to_string()), steps, without).expect("the run can be told")
}

/// One test for each check, and one that says that none is missing.
fn checks() -> Vec<Trial> {
    let report = run_trip(0, CHECKS, None);
    let mut trials = Vec::new();
    for line in &report.traces {
        if let Some(name) = line.strip_prefix("ok ") {
            trials.push(test(format!("check: {name}"), || ()));
        } else if let Some(failure) = line.strip_prefix("FAILED ") {
            let failure = failure.to_owned();
            let name = failure.split(" => ").next().unwrap_or_default().to_owned();
            trials.push(Trial::test(format!("check: {name}"), move || Err(Failed::from(failure))));
        }
    }
    let found = trials.len();
    trials.push(test("the checks are complete".into(), move || {
        assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
        let counted = report.traces.last().and_then(|line| line.strip_prefix("checks: "));
        assert_eq!(counted.and_then(|count| count.parse().ok()), Some(found), "{report}");
        assert!(found > 150, "only {found} checks");
        assert!(report.violations.is_empty(), "{report}");
    }));
    trials
}

fn rule(trip: Trip) -> Rule {
    trip.rule().parse().expect("the rule exists")
}

#[track_caller]
fn no_failed_check(report: &Report) {
    assert!(!report.traces.iter().any(|line| line.starts_with("FAILED")), "{report}");
}

fn in_force(trip: Trip) {
    let report = run_trip(trip as u32, MISTAKE, None);
    let [violation] = report.violations.as_slice() else { panic!("one violation expected\n{report}") };
    assert_eq!((violation.rule.as_str(), report.result), (trip.rule(), Outcome::Fail), "{report}");
    assert!(violation.message.contains(trip.message()), "{}", violation.message);
    let end = match rule(trip).text().outcome {
        rules::Outcome::Terminate => End::Violation,
        rules::Outcome::Report => End::Finished,
    };
    assert_eq!(report.end, end, "{report}");
    no_failed_check(&report);
}

fn switched_off(trip: Trip) {
    let report = run_trip(trip as u32, MISTAKE, Some(rule(trip)));
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    assert!(report.violations.is_empty(), "{report}");
    no_failed_check(&report);
}
