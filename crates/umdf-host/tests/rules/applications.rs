//! What applications do to a device, and what a reinstall is to its host process.

use std::time::Duration;

use libtest_mimic::Trial;
use umdf_host::report::{Outcome, Report};

use crate::fixture::driver::misbehave;
use crate::fixture::misbehaviour::Misbehaviour as M;
use crate::hosts::{Two, start, step};
use crate::run::{GENEROUS, assert_pass, run};
use crate::scenarios::{CLOSE, KEEP, OPEN, REMOVE, START, WRITE_AND_READ, on_device};
use crate::test;

const QUERY_STOP: &str = "[[step]]\ndo = \"query-stop\"\n";
const STOP: &str = "[[step]]\ndo = \"stop\"\n";
const END_PROCESS: &str = "[[step]]\ndo = \"end-process\"\n";
const REINSTALL: &str = "[[step]]\ndo = \"reinstall\"\n";
const WAIT: &str = "[[step]]\ndo = \"wait\"\n";
const FUZZ: &str = "[[step]]\ndo = \"fuzz\"\nseed = 1\ntimes = 200\n";
const FUZZ_BRIEFLY: &str = "[[step]]\ndo = \"fuzz\"\nseed = 1\ntimes = 20\ntimeout-ms = 200\n";
const FUZZ_MEANWHILE: &str = "[[step]]\ndo = \"fuzz\"\nseed = 1\ntimes = 200\nwait = false\n";

/// A deadline that comes when the fuzz has given up.
const LATER: Duration = Duration::from_secs(2);

pub fn trials() -> Vec<Trial> {
    vec![
        test("a stopped device starts where it was", a_stopped_device_starts_where_it_was),
        test("the end of the process cancels and closes", the_end_of_the_process_cancels_and_closes),
        test("requests of any kind come back", requests_of_any_kind_come_back),
        test("requests of any kind come while other steps happen", requests_come_meanwhile),
        test("a request that does not come back is told", a_request_that_does_not_come_back_is_told),
        test("a reinstall ends the host process", a_reinstall_ends_the_host_process),
        test("nothing is reinstalled that is present", nothing_is_reinstalled_that_is_present),
    ]
}

/// A run in which the requests of any kind know the driver's codes.
fn run_fuzz(misbehaviour: M, deadline: Duration, steps: &[&str]) -> Report {
    let device = "title = \"A fixture device's life\"\ndevice = { model = \"scratch\", bars = [0x1000] }\n";
    let codes = "[ioctls]\nWRITE_AND_READ = 0x222000\nKEEP = 0x222004\n";
    let scenario = on_device(&format!("{device}{codes}"), steps);
    misbehave(misbehaviour).run(&scenario, |run| run.deadline(deadline)).expect("the run can be told")
}

fn a_stopped_device_starts_where_it_was() {
    let report = run(M::None, &[START, OPEN, QUERY_STOP, STOP, START, WRITE_AND_READ, CLOSE, REMOVE]);
    assert_pass(&report);
    assert_eq!(report.mapped.len(), 2, "{report}");
    assert_eq!(report.mapped[0], report.mapped[1]);
}

fn the_end_of_the_process_cancels_and_closes() {
    let report = run(M::None, &[START, OPEN, KEEP, END_PROCESS, OPEN, WRITE_AND_READ, END_PROCESS, REMOVE]);
    assert_pass(&report);
    assert_eq!(report.ioctls[0].status, "STATUS_CANCELLED", "{report}");
}

fn asked(report: &Report) -> usize {
    report.callbacks.iter().filter(|callback| callback.starts_with("EvtIo")).count()
}

fn requests_of_any_kind_come_back() {
    let report = run_fuzz(M::None, GENEROUS, &[START, FUZZ, OPEN, WRITE_AND_READ, CLOSE, REMOVE]);
    assert_pass(&report);
    assert!(asked(&report) > 50, "{report}");
}

fn requests_come_meanwhile() {
    let steps = [START, FUZZ_MEANWHILE, OPEN, QUERY_STOP, STOP, START, WRITE_AND_READ, CLOSE, WAIT, REMOVE];
    let report = run_fuzz(M::None, GENEROUS, &steps);
    assert_pass(&report);
    assert!(asked(&report) > 50, "{report}");
}

fn a_request_that_does_not_come_back_is_told() {
    let report = run_fuzz(M::KeepRequest, LATER, &[START, FUZZ_BRIEFLY]);
    assert_eq!(report.result, Outcome::Fail);
    // The close of the handle waits for the request too.
    assert_eq!(report.missed, ["step 2: fuzz with seed 1: goes on after 400ms"], "{report}");
    assert_eq!(report.violations.len(), 1, "{report}");
}

fn a_reinstall_ends_the_host_process() {
    let steps = [START, REMOVE, REINSTALL, START, OPEN, WRITE_AND_READ, CLOSE, REMOVE, REINSTALL];
    let report = run(M::None, &steps);
    assert_pass(&report);
    let count = |name: &str| report.callbacks.iter().filter(|callback| *callback == name).count();
    assert_eq!((report.hosts.len(), count("DriverEntry"), count("EvtDriverUnload")), (2, 2, 2), "{report}");
}

fn nothing_is_reinstalled_that_is_present() {
    let missed = |device| {
        format!("step 4: the host process has device {device}: remove it before the driver is uninstalled")
    };
    for present in [0, 1] {
        let steps = [start(0), start(1), step("remove", 1 - present), step("reinstall", 0)];
        let report = Two::pooled(&steps).run();
        assert_eq!(report.missed, [missed(present)], "{report}");
        assert_eq!(report.hosts.len(), 1);
    }
}
