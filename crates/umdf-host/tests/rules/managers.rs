//! What the PnP and the power manager do between start and removal.

use libtest_mimic::Trial;
use umdf_host::report::{Outcome, Report};

use crate::fixture::misbehaviour::Misbehaviour as M;
use crate::run::{assert_pass, run};
use crate::scenarios::{CLOSE, OPEN, REMOVE, START, START_FAILS, SURPRISE_REMOVE, WRITE_AND_READ};
use crate::test;

const QUERY_STOP: &str = "[[step]]\ndo = \"query-stop\"\n";
const CANCEL_STOP: &str = "[[step]]\ndo = \"cancel-stop\"\n";
const STOP: &str = "[[step]]\ndo = \"stop\"\n";
const RESTART: &str = "[[step]]\ndo = \"restart\"\n";
const QUERY_REMOVE: &str = "[[step]]\ndo = \"query-remove\"\n";
const CANCEL_REMOVE: &str = "[[step]]\ndo = \"cancel-remove\"\n";
const SLEEP: &str = "[[step]]\ndo = \"sleep\"\n";
const RESUME: &str = "[[step]]\ndo = \"resume\"\n";

const UP: [&str; 2] = ["D0Entry", "D0EntryPostInterruptsEnabled"];
const DOWN: [&str; 3] = ["SelfManagedIoSuspend", "D0ExitPreInterruptsDisabled", "D0Exit"];

pub fn trials() -> Vec<Trial> {
    vec![
        test("a rebalance gives the driver other addresses", a_rebalance_gives_other_addresses),
        test("a second start stops the device first", a_second_start_stops_the_device_first),
        test("the device sleeps and comes back", the_device_sleeps_and_comes_back),
        test("queries that are cancelled leave the device alone", cancelled_queries_leave_the_device_alone),
        test("a stopped device is removed by surprise", a_stopped_device_is_removed_by_surprise),
        test("pulled out hardware does not answer", hardware_that_was_pulled_out_does_not_answer),
        test("a scenario may end anywhere", a_scenario_may_end_anywhere),
        test("the managers send no request that would never end", no_request_that_would_never_end),
        test("PnP is asked to look at a device that failed", pnp_is_asked_to_look),
    ]
}

/// The PnP and power callbacks after the first start, without `EvtDevice`.
fn after_start(report: &Report) -> Vec<&str> {
    let callbacks = report.callbacks.iter().filter_map(|name| name.strip_prefix("EvtDevice"));
    let callbacks = callbacks.filter(|name| !name.starts_with("File"));
    callbacks.skip_while(|name| *name != "SelfManagedIoInit").skip(1).collect()
}

const GONE: [&str; 2] = ["SelfManagedIoFlush", "SelfManagedIoCleanup"];

fn a_rebalance_gives_other_addresses() {
    let steps = [START, OPEN, QUERY_STOP, STOP, RESTART, WRITE_AND_READ, CLOSE, REMOVE];
    let report = run(M::None, &steps);
    assert_pass(&report);
    let released = [&DOWN[..], &["ReleaseHardware"]].concat();
    let expected = [&released[..], &["PrepareHardware"], &UP, &released, &GONE].concat();
    assert_eq!(after_start(&report), expected, "{report}");
    assert_eq!((report.mapped.len(), &report.mapped), (2, &report.unmapped));
    assert_ne!(report.mapped[0].physical, report.mapped[1].physical);
}

fn a_second_start_stops_the_device_first() {
    let report = run(M::None, &[START, START, REMOVE]);
    assert_pass(&report);
    let released = [&DOWN[..], &["ReleaseHardware"]].concat();
    let expected = [&released[..], &["PrepareHardware"], &UP, &released, &GONE].concat();
    assert_eq!(after_start(&report), expected, "{report}");
    assert_eq!(report.mapped[0], report.mapped[1]);
}

fn the_device_sleeps_and_comes_back() {
    let report = run(M::None, &[START, OPEN, SLEEP, RESUME, WRITE_AND_READ, CLOSE, REMOVE]);
    assert_pass(&report);
    let expected = [&DOWN[..], &UP, &DOWN, &["ReleaseHardware"], &GONE].concat();
    assert_eq!(after_start(&report), expected, "{report}");
    assert_eq!(report.mapped.len(), 1, "registers stay mapped while the device sleeps");
}

fn cancelled_queries_leave_the_device_alone() {
    let steps = [START, QUERY_STOP, CANCEL_STOP, QUERY_REMOVE, CANCEL_REMOVE, QUERY_REMOVE, REMOVE];
    let report = run(M::None, &steps);
    assert_pass(&report);
    assert_eq!(after_start(&report), [&DOWN[..], &["ReleaseHardware"], &GONE].concat(), "{report}");
}

fn a_stopped_device_is_removed_by_surprise() {
    let report = run(M::None, &[START, QUERY_STOP, STOP, SURPRISE_REMOVE, REMOVE]);
    assert_pass(&report);
    let expected = [&DOWN[..], &["ReleaseHardware", "SurpriseRemoval"], &GONE].concat();
    assert_eq!(after_start(&report), expected, "{report}");
}

/// EvtDeviceD0Exit reads the register that was written before.
fn hardware_that_was_pulled_out_does_not_answer() {
    let life = |last: &[&'static str]| run(M::ReadInD0Exit, &[&[START, OPEN, WRITE_AND_READ], last].concat());
    let removed = life(&[CLOSE, REMOVE]);
    assert_pass(&removed);
    assert_eq!(removed.traces[0], "EvtDeviceD0Exit reads 0x12345678");
    let pulled_out = life(&[SURPRISE_REMOVE, CLOSE, REMOVE]);
    assert_pass(&pulled_out);
    assert_eq!(pulled_out.traces[0], "EvtDeviceD0Exit reads 0xffffffff");
}

fn a_scenario_may_end_anywhere() {
    for steps in [&[START, QUERY_STOP][..], &[START, QUERY_STOP, STOP], &[START, SLEEP]] {
        let report = run(M::None, steps);
        assert_pass(&report);
        assert_eq!(report.pnp_status("remove"), Some("STATUS_SUCCESS"));
        assert_eq!(after_start(&report).last(), Some(&"SelfManagedIoCleanup"), "{report}");
    }
}

fn no_request_that_would_never_end() {
    for (steps, missed) in [
        (&[START, STOP][..], "PnP sends no stop to a device in the state WdfDevStatePnpStarted"),
        (
            &[START, QUERY_STOP, REMOVE],
            "PnP sends no remove to a device in the state WdfDevStatePnpQueryStopPending",
        ),
        (&[START, SLEEP, REMOVE], "the system is asleep: resume before remove"),
        (&[START, RESUME], "the system is awake: sleep before resume"),
        (&[START, OPEN, QUERY_REMOVE], "PnP does not remove a device that is open: close client0 first"),
        (
            &[START, SURPRISE_REMOVE, SURPRISE_REMOVE],
            "nothing sits in the slot any more: its device was pulled out",
        ),
        (
            &[START, OPEN, SURPRISE_REMOVE, SURPRISE_REMOVE],
            "PnP sends no surprise-remove to a device that was told to go: close it, and PnP removes it",
        ),
        (
            &[START, OPEN, SURPRISE_REMOVE, QUERY_STOP],
            "PnP sends no query-stop to a device that was told to go: close it, and PnP removes it",
        ),
        (&[START, SURPRISE_REMOVE, START], "nothing sits in the slot any more: its device was pulled out"),
        (&[QUERY_STOP], "there is no device for query-stop: start one first"),
    ] {
        let report = run(M::None, steps);
        assert_eq!(report.result, Outcome::Fail);
        assert_eq!(report.missed, [format!("step {}: {missed}", steps.len())], "{report}");
        let surprises = report.callbacks.iter().filter(|name| *name == "EvtDeviceSurpriseRemoval");
        assert!(surprises.count() <= 1, "{report}");
    }
}

fn pnp_is_asked_to_look() {
    let report = run(M::FailPrepare, &[START_FAILS]);
    let asked = "the framework asks PnP to look at the device's state: it failed";
    assert!(report.notes.iter().any(|note| note == asked), "{report}");
}
