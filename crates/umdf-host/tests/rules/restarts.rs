//! What happens to devices whose host process ended before its time, as long as Windows would restart them.

use libtest_mimic::Trial;
use umdf_host::report::{End, Report};

use crate::fixture::misbehaviour::{Death, Misbehaviour as M};
use crate::hosts::{
    FAILED, TERMINATED, Two, assert_as_expected, assert_hosts, assert_problems, came_back, close, die,
    expects, keep, open, plain, start, step, use_it,
};
use crate::run::assert_pass;
use crate::test;

pub fn trials() -> Vec<Trial> {
    vec![
        test("restarts: nothing is restarted that does not die", nothing_is_restarted),
        test("restarts: from the pool to the problem code", from_the_pool_to_the_problem_code),
        test("restarts: a start that dies, in the pool", || a_start_that_dies(true, 8)),
        test("restarts: a start that dies, alone", || a_start_that_dies(false, 6)),
        test("restarts: a DriverEntry that dies", a_driver_entry_that_dies),
        test("restarts: not before the last handle is closed", not_before_the_last_handle_is_closed),
        test("restarts: a new instance has no failures", a_new_instance_has_no_failures),
        test("restarts: not before the system is awake", not_before_the_system_is_awake),
        test("restarts: not of what is removed meanwhile", not_of_what_is_removed_meanwhile),
        test("restarts: not of what is pulled out meanwhile", not_of_what_is_pulled_out_meanwhile),
        test("restarts: pending requests come back", pending_requests_come_back),
        test("restarts: the hardware stays as it is", the_hardware_stays_as_it_is),
        test("restarts: PnP sends nothing to what failed", nothing_is_sent_to_what_failed),
        test("restarts: a violation and a hang too", a_violation_and_a_hang_too),
        test("restarts: none because of what the host lacks", none_because_of_what_the_host_lacks),
    ]
}

/// Dies of a request, with both ends of the handle.
fn one_death(device: usize) -> [String; 3] {
    [open(device), die(device, Death::Crash), close(device)]
}

fn notes_about(report: &Report, device: usize) -> Vec<&str> {
    let start = format!("device {device} is offline: it is restarted ");
    report.notes.iter().filter_map(|note| note.strip_prefix(&start)).collect()
}

fn nothing_is_restarted() {
    let report = Two::pooled(&[start(0), start(1), open(0), use_it(0)]).run();
    assert_pass(&report);
    assert_eq!((report.hosts.len(), report.notes.len()), (1, 0), "{report}");
}

fn from_the_pool_to_the_problem_code() {
    let pooled = [
        &[start(0), start(1), open(0), use_it(0)][..],
        // Device 1 is restarted at once, device 0 once its handle is closed.
        &[die(0, Death::Crash), open(1), use_it(1), close(0), open(0), use_it(0)],
        // The pool's second end: each has a process of its own.
        &[die(0, Death::Crash), close(1), open(1), use_it(1), close(0), open(0), use_it(0), close(0)],
    ];
    let alone: Vec<_> = (0..6).flat_map(|_| one_death(0)).collect();
    let failed = [expects("STATUS_INVALID_DEVICE_STATE", &open(0)), use_it(1)];
    let report = Two::pooled(&[&pooled.concat()[..], &alone, &failed].concat()).run();
    assert_as_expected(&report);
    let pool = [(&[0, 1][..], true), (&[0, 1], true)];
    let own = [
        (&[1][..], false),
        (&[0], true),
        (&[0], true),
        (&[0], true),
        (&[0], true),
        (&[0], true),
        (&[0], true),
    ];
    assert_hosts(&report, &[&pool[..], &own].concat());
    assert_problems(&report, [FAILED, None]);
    assert_eq!(report.devices[1].hosts, ["host0", "host1", "host2"]);
    let own = |left| format!("in a process of its own, then {left} more times");
    let expected = ["in the process that it shares".into(), own(5), own(4), own(3), own(2), own(1), own(0)];
    assert_eq!(notes_about(&report, 0), [&expected[..], &["no more".into()]].concat());
    assert_eq!(notes_about(&report, 1), expected[..2]);
    // Each start again begins with the driver.
    let begun = |host: &str| {
        let callbacks = report.callback_results.iter().filter(|callback| callback.host == host);
        callbacks.map(|callback| callback.name.as_str()).take(3).collect::<Vec<_>>()
    };
    for host in &report.hosts {
        assert_eq!(begun(&host.name), ["DriverEntry", "EvtDriverDeviceAdd", "EvtDevicePrepareHardware"]);
    }
}

fn a_start_that_dies(shared: bool, processes: usize) {
    let two = Two { misbehaviour: M::DieInPrepare, shared, ..Two::pooled(&[expects(TERMINATED, &start(0))]) };
    let report = two.run();
    assert_as_expected(&report);
    assert_hosts(&report, &vec![(&[0][..], true); processes]);
    assert_problems(&report, [FAILED, None]);
    for host in &report.hosts {
        assert!(host.history.iter().any(|event| event.contains("> EvtDevicePrepareHardware")), "{report}");
    }
    assert_eq!(report.pnp_status("start"), Some(TERMINATED));
}

fn a_driver_entry_that_dies() {
    let starts = [expects(TERMINATED, &start(0)), expects(TERMINATED, &start(1))];
    let two = Two { misbehaviour: M::DieInDriverEntry, shared: false, ..Two::pooled(&starts) };
    let report = two.run();
    assert_as_expected(&report);
    assert_hosts(&report, &[vec![(&[0][..], true); 6], vec![(&[1][..], true); 6]].concat());
    assert_problems(&report, [FAILED, FAILED]);
    for host in &report.hosts {
        assert!(host.history.iter().any(|event| event.contains("> DriverEntry(misbehave")), "{report}");
    }
}

fn not_before_the_last_handle_is_closed() {
    let second = |step: String| step.replace("h0", "second");
    let steps = [
        &[start(0), open(0), second(open(0)), die(0, Death::Crash), close(0)][..],
        &[expects("STATUS_INVALID_DEVICE_STATE", &open(0)), second(die(0, Death::Crash))],
        &[second(close(0)), open(0), use_it(0)],
    ];
    let report = Two::pooled(&steps.concat()).run();
    assert_as_expected(&report);
    assert_hosts(&report, &[(&[0], true), (&[0], false)]);
    let dead = ("die 0", TERMINATED);
    assert_eq!(came_back(&report), [dead, dead, ("use 0", "STATUS_SUCCESS")]);
}

fn a_new_instance_has_no_failures() {
    let steps = [expects(TERMINATED, &start(0)), step("remove", 0), expects(TERMINATED, &start(0))];
    let two = Two { misbehaviour: M::DieInPrepare, shared: false, ..Two::pooled(&steps) };
    let report = two.run();
    assert_as_expected(&report);
    assert_eq!(report.hosts.len(), 12, "{report}");
    assert_problems(&report, [FAILED, None]);
}

fn not_before_the_system_is_awake() {
    let steps = [start(0), start(1), plain("sleep"), plain("resume"), open(1), use_it(1)];
    let report = Two { misbehaviour: M::DieInD0Exit, ..Two::pooled(&steps) }.run();
    assert_as_expected(&report);
    // The second one dies when its devices are removed.
    assert_hosts(&report, &[(&[0, 1], true), (&[0, 1], true)]);
    assert_eq!(came_back(&report), [("use 1", "STATUS_SUCCESS")]);
    let starts: Vec<_> = report.pnp.iter().filter(|pnp| pnp.request == "start").collect();
    assert_eq!(starts.len(), 4, "{report}");
    let asleep = Two { misbehaviour: M::DieInD0Exit, ..Two::pooled(&steps[..3]) }.run();
    assert_hosts(&asleep, &[(&[0, 1], true)]);
}

fn not_of_what_is_removed_meanwhile() {
    let steps = [start(0), start(1), step("remove", 0), open(1), use_it(1)];
    let report = Two { misbehaviour: M::DieInD0Exit, ..Two::pooled(&steps) }.run();
    assert_as_expected(&report);
    assert_hosts(&report, &[(&[0, 1], true), (&[1], true)]);
    assert_eq!(report.pnp_status("remove"), Some("STATUS_SUCCESS"));
    assert_problems(&report, [None, None]);
}

fn not_of_what_is_pulled_out_meanwhile() {
    let steps = [
        [start(0), start(1), open(0), step("surprise-remove", 0), keep(0)],
        [open(1), use_it(1), close(0), step("remove", 0), close(1)],
    ];
    let report = Two { misbehaviour: M::DieInSurpriseRemoval, ..Two::pooled(&steps.concat()) }.run();
    assert_as_expected(&report);
    assert_hosts(&report, &[(&[0, 1], true), (&[1], false)]);
    assert_eq!(came_back(&report), [("keep 0", TERMINATED), ("use 1", "STATUS_SUCCESS")]);
    let requests: Vec<_> = report.pnp.iter().map(|pnp| (pnp.request.as_str(), pnp.device)).collect();
    assert!(requests.contains(&("surprise-remove", Some(0))) && requests.contains(&("remove", Some(0))));
    assert!(report.pnp.iter().all(|pnp| pnp.status == "STATUS_SUCCESS"), "{report}");
    assert_problems(&report, [None, None]);
}

fn pending_requests_come_back() {
    let steps = [
        &[start(0), start(1), open(0), open(1), keep(0), keep(1), keep(0), use_it(1)][..],
        &[die(1, Death::Crash), plain("wait"), "[[step]]\ndo = \"cancel\"\nname = \"keep 0\"\n".into()],
        &[close(0), close(1), open(0), use_it(0)],
    ];
    let report = Two::pooled(&steps.concat()).run();
    assert_as_expected(&report);
    let (used, lost) = ("STATUS_SUCCESS", TERMINATED);
    let expected = [
        ("use 1", used),
        ("keep 0", lost),
        ("keep 1", lost),
        ("keep 0", lost),
        ("die 1", lost),
        ("use 0", used),
    ];
    assert_eq!(came_back(&report), expected, "{report}");
}

/// The register reads all ones before and after the restart.
fn the_hardware_stays_as_it_is() {
    let gone = use_it(0).replace("expect-output = \"78563412\"", "expect-output = \"ffffffff\"");
    let steps = [
        &[start(0), open(0), use_it(0), step("device-gone", 0), gone.clone()][..],
        &[die(0, Death::Crash), close(0), open(0), gone],
    ];
    let report = Two::pooled(&steps.concat()).run();
    assert_as_expected(&report);
    assert_eq!((report.hosts.len(), report.ioctls.len()), (2, 4), "{report}");
}

fn nothing_is_sent_to_what_failed() {
    let pulled_out = || step("surprise-remove", 0);
    let steps = [
        [expects(TERMINATED, &start(0)), start(0), step("query-stop", 0)],
        [pulled_out(), pulled_out(), step("remove", 0)],
    ];
    let two = Two { misbehaviour: M::DieInPrepare, shared: false, ..Two::pooled(&steps.concat()) };
    let report = two.run();
    let refused = |step, request| {
        format!(
            "step {step}: PnP sends no {request} to a device whose host process has ended: remove it first"
        )
    };
    let expected = [refused(2, "start"), refused(3, "query-stop"), refused(5, "surprise-remove")];
    assert_eq!(report.missed, expected, "{report}");
    assert_eq!(report.hosts.len(), 6, "{report}");
    assert_problems(&report, [None, None]);
}

fn a_violation_and_a_hang_too() {
    let steps =
        [start(0), open(0), die(0, Death::BreakRule), close(0), open(0), die(0, Death::Hang), close(0)];
    let rest = [open(0), use_it(0)];
    let report = Two { deadline: crate::run::SHORT, ..Two::pooled(&[&steps[..], &rest].concat()) }.run();
    assert_as_expected(&report);
    let ends: Vec<_> = report.hosts.iter().map(|host| &host.end).collect();
    let hung = End::Hung { what: "EvtIoDeviceControl(queue0)".into() };
    assert_eq!(ends, [&End::Violation, &hung, &End::Finished], "{report}");
    let broken: Vec<_> = report.violations.iter().map(|broken| (&*broken.rule, &*broken.host)).collect();
    assert_eq!(broken, [("HANDLE_NULL_OR_TYPE", "host0"), ("CALLBACK_TIMEOUT", "host1")]);
}

/// What this host cannot do it cannot do in another process either.
fn none_because_of_what_the_host_lacks() {
    let report = Two { misbehaviour: M::CallUsb, ..Two::pooled(&[start(0), start(1)]) }.run();
    assert_eq!(report.hosts.len(), 1, "{report}");
    let End::Ended { reason } = &report.end else { panic!("{report}") };
    assert!(reason.contains("WdfUsbTargetDeviceCreate"), "{reason}");
    assert_problems(&report, [None, None]);
}
