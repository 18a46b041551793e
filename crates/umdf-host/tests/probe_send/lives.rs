//! Requests of applications that go further down: cancelled, closed, and with the device on its way out.

use libtest_mimic::Trial;
use umdf_host::report::{End, Report};

use crate::fixture::driver::SHORT;
use crate::fixture::outcome::{assert_pass, no_failed_check};
use crate::fixture::test;
use crate::run::{CLOSE, Case, OPEN, Probe, START, TOGETHER, WAIT, below};

const REMOVE: &str = "do = 'remove'";
/// Comes back when the other request was sent on.
const BARRIER: &str = "do = 'ioctl'\nname = 'barrier'\ncode = 0x222018";
const CANCEL: &str = "do = 'cancel'\nname = 'kept'";
/// What the driver sees of the request that is kept below, and of its file.
const BACK: &str = "CompletionRoutine(request0)";
const OVER: &str = "EvtCleanupCallback(request0)";
const FILE: [&str; 2] = ["EvtFileCleanup(file0)", "EvtFileClose(file0)"];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for case in [Case::PassOn, Case::Wait, Case::Forget] {
        trials.push(test(format!("{case:?}: what the stack below answers"), move || answers(case)));
    }
    for case in [Case::PassOn, Case::Forget, Case::PassOnToStopped] {
        trials.push(test(format!("{case:?}: the application cancels"), move || cancelled(case)));
        trials.push(test(format!("{case:?}: the application closes"), move || closed(case)));
    }
    for case in [Case::PassOnLate, Case::ForgetLate] {
        trials.push(test(format!("{case:?}: the application has cancelled"), move || cancelled(case)));
    }
    trials.extend([
        test("the application cancels what the driver waits for", || cancelled(Case::Wait)),
        test("as many requests are awaited as the host has threads", awaited_together),
        test("opens are sent on", opens),
        test("EvtIoStop cancels a sent request", stopped),
        test("sent requests of the driver come back at removal", removed),
        test("sent requests of the driver come back at surprise removal", surprise_removed),
        test("a forgotten request ends when its open is closed after the removal", forgotten_and_removed),
        test("a wait for a request that never comes back is a hang", hang),
    ]);
    trials
}

fn ioctl(name: &str, code: u32, expected: &str) -> String {
    format!("do = 'ioctl'\nname = '{name}'\ncode = {code}\noutput-length = 4\n{expected}")
}

fn kept() -> String {
    ioctl("kept", below::KEPT, "wait = false\nexpect = 'STATUS_CANCELLED'\nexpect-information = 0")
}

fn run(case: Case, steps: &[&str]) -> Report {
    let report = Probe::new(case as u32, steps).run();
    assert_pass(&report);
    report
}

/// The driver's callbacks, each with its object, but for the queue's calls and other requests.
fn story(report: &Report) -> Vec<String> {
    let calls = report.callback_results.iter().map(|call| format!("{}({})", call.name, call.object));
    let other = |call: &String| call.contains("(request") && !call.contains("(request0)");
    let told =
        |call: &String| call.contains("(request") || call.contains("(file") || call.contains("EvtIoStop");
    calls.filter(|call| told(call) && !other(call)).collect()
}

fn answers(case: Case) {
    let answered = ioctl("answered", below::ANSWERED, "expect-output = '01020304'\nexpect-information = 4");
    let refused = "expect = 'STATUS_INVALID_DEVICE_REQUEST'\nexpect-information = 0";
    let unknown = ioctl("unknown", below::UNKNOWN, refused);
    let short = format!(
        "do = 'ioctl'\nname = 'short'\ncode = {}\noutput-length = 3\nexpect = 'STATUS_BUFFER_TOO_SMALL'",
        below::ANSWERED
    );
    let read = format!("do = 'read'\nname = 'read'\nlength = 4\n{refused}");
    let write = format!("do = 'write'\nname = 'write'\ninput = '00'\n{refused}");
    let steps = [START, OPEN, &answered, &unknown, &short, &read, &write, CLOSE, REMOVE];
    let report = run(case, &steps);
    let routines = report.callbacks.iter().filter(|name| *name == "CompletionRoutine").count();
    assert_eq!(routines, if case == Case::PassOn { 5 } else { 0 }, "{report}");
    let over = report.callbacks.iter().filter(|name| *name == "EvtCleanupCallback").count();
    // Those of the requests, and the device's.
    assert_eq!(over, 5 + 1, "{report}");
}

fn cancelled(case: Case) {
    let report = run(case, &[START, OPEN, &kept(), BARRIER, CANCEL, WAIT, CLOSE, REMOVE]);
    let has_routine = !matches!(case, Case::Forget | Case::ForgetLate | Case::Wait);
    let before: &[_] = if has_routine { &[BACK, OVER] } else { &[OVER] };
    assert_eq!(story(&report), [before, &FILE].concat(), "{report}");
}

fn closed(case: Case) {
    let report = run(case, &[START, OPEN, &kept(), BARRIER, CLOSE, REMOVE]);
    let [cleanup, close] = FILE;
    let expected: &[_] =
        if case == Case::Forget { &[OVER, cleanup, close] } else { &[cleanup, BACK, OVER, close] };
    assert_eq!(story(&report), expected, "{report}");
}

/// Those threads cannot be the ones on which the requests come back.
fn awaited_together() {
    let answered = ioctl("answered", below::ANSWERED, "wait = false\nexpect-information = 4");
    let all = vec![answered.as_str(); TOGETHER as usize];
    let steps = [&[START, OPEN], all.as_slice(), &[WAIT, CLOSE, REMOVE]];
    run(Case::WaitTogether, &steps.concat());
}

fn opens() {
    let open = "do = 'open'\nexpect = 'STATUS_INVALID_DEVICE_REQUEST'";
    run(Case::PassOnOpens, &[START, open, open, REMOVE]);
}

/// The device is stopped to move it elsewhere: the driver gets its sent request back first.
fn stopped() {
    let stop = "do = 'query-stop'";
    let report = run(
        Case::PassOn,
        &[START, OPEN, &kept(), BARRIER, stop, "do = 'stop'", WAIT, "do = 'restart'", CLOSE, REMOVE],
    );
    let [cleanup, close] = FILE;
    assert_eq!(story(&report), ["EvtIoStop(queue0)", BACK, OVER, cleanup, close], "{report}");
}

/// What is called after the device was added, but for queues and files.
fn at_the_end(report: &Report) -> Vec<String> {
    let calls = report.callback_results.iter().map(|call| format!("{}({})", call.name, call.object));
    let mut calls: Vec<_> = calls.filter(|call| !call.contains("EvtIo") && !call.contains("File")).collect();
    calls.drain(..2);
    calls
}

fn removed() {
    left_sent(&[CLOSE, REMOVE]);
}

fn surprise_removed() {
    left_sent(&["do = 'surprise-remove'", CLOSE, REMOVE]);
}

/// Requests of the driver come back after the hardware was released and before the device goes.
fn left_sent(ending: &[&str]) {
    let answered = ioctl("answered", below::ANSWERED, "");
    let report = run(Case::LeaveSent, &[&[START, OPEN, &answered], ending].concat());
    let expected = [
        "CompletionRoutine(request0)",
        "EvtCleanupCallback(request0)",
        "EvtDeviceReleaseHardware(device0)",
        "CompletionRoutine(request1)",
        "CompletionRoutine(request2)",
        "CompletionRoutine(request3)",
        "EvtCleanupCallback(device0)",
    ];
    let mut calls = at_the_end(&report);
    // They come back on threads of their own.
    calls.get_mut(3..6).expect("as many calls").sort();
    assert_eq!(calls, expected, "{report}");
}

fn forgotten_and_removed() {
    let report = run(Case::Forget, &[START, OPEN, &kept(), BARRIER, "do = 'surprise-remove'", CLOSE, REMOVE]);
    let [cleanup, close] = FILE;
    assert_eq!(story(&report), [OVER, cleanup, close], "{report}");
}

fn hang() {
    let wait = ioctl("kept", below::KEPT, "wait = false\nexpect = 'STATUS_CANCELLED'");
    let probe = Probe::new(Case::Wait as u32, &[START, OPEN, &wait, BARRIER, "do = 'wait'"]);
    let report = probe.deadline(SHORT).run();
    assert!(matches!(&report.end, End::Hung { .. }), "{report}");
    no_failed_check(&report);
}
