//! Runs of the probe, and the table of checks that it says aloud.

use std::env;
use std::time::Duration;

use libtest_mimic::Trial;
use umdf_host::report::Report;
use umdf_host::rules::Rule;

use crate::case::Case;
use crate::fixture::checks::checks;
use crate::fixture::driver::{Driver, GENEROUS};
use crate::fixture::test;

/// A run of the probe.
#[derive(Clone)]
pub struct Probe {
    case: Case,
    steps: Vec<String>,
    deadline: Duration,
    neither: &'static str,
}

impl Probe {
    pub fn new(case: Case, steps: &[&str]) -> Self {
        let steps = steps.iter().map(|step| (*step).to_owned()).collect();
        Self { case, steps, deadline: GENEROUS, neither: "Reject" }
    }

    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// METHOD_NEITHER requests are copied.
    pub fn copy_neither(mut self) -> Self {
        self.neither = "Copy";
        self
    }

    pub fn run(&self) -> Report {
        self.play(&[])
    }

    pub fn run_without(&self, rule: Rule) -> Report {
        self.play(&[rule])
    }

    fn play(&self, without: &[Rule]) -> Report {
        let driver = Driver::new("probe_io")
            .directive("UmdfMethodNeitherAction", self.neither)
            .parameter("Misbehaviour", self.case as u32);
        let exclusive = "HKR,,Exclusive,0x00010001,1";
        let driver = if self.case == Case::Exclusive { driver.hardware_key(exclusive) } else { driver };
        let steps = ["", self.steps.join("\n[[step]]\n").as_str()].join("[[step]]\n");
        let devices = if self.case == Case::ForwardToOtherDevice { 2 } else { 1 };
        let devices = "[[device]]\nmodel = 'scratch'\nbars = [0x1000]\n".repeat(devices);
        let text = format!("title = '{:?}'\n{devices}{steps}", self.case);
        driver.play(&text, self.deadline, without)
    }
}

/// The driver noted this, in this order.
#[track_caller]
pub fn notes(report: &Report, expected: &[&str]) {
    let notes: Vec<_> = report.traces.iter().filter_map(|line| line.strip_prefix("note ")).collect();
    assert_eq!(notes, expected, "{report}");
}

/// What an application does in the run of the checks.
const CHECKS: &[&str] = &[
    "do = 'start'",
    "do = 'open'",
    "do = 'ioctl'\nname = 'after start'\ncode = 0x222020",
    "do = 'ioctl'\nname = 'check'\ncode = 0x222000\ninput = '00112233 44556677'\noutput-length = 4\nexpect-information = 0",
    "do = 'ioctl'\nname = 'no bytes'\ncode = 0x222028",
    "do = 'read'\nname = 'read'\nlength = 4\noffset = 0x10\nexpect-output = '00010203'\nexpect-information = 4",
    "do = 'read'\nname = 'empty read'\nlength = 0\nexpect-output = ''",
    "do = 'write'\nname = 'write'\ninput = '5a01'\noffset = 0x20\nexpect-information = 2",
    "do = 'write'\nname = 'empty write'\nexpect-information = 0",
    "do = 'ioctl'\nname = 'neither'\ncode = 0x22202f\nexpect = 'STATUS_INVALID_DEVICE_REQUEST'",
    "do = 'open'\nhandle = 'reader'\naccess = 'read'",
    "do = 'ioctl'\nhandle = 'reader'\nname = 'any access'\ncode = 0x222030",
    "do = 'ioctl'\nhandle = 'reader'\nname = 'read access'\ncode = 0x226030",
    "do = 'ioctl'\nhandle = 'reader'\nname = 'write access'\ncode = 0x22a030\nexpect = 'STATUS_ACCESS_DENIED'",
    "do = 'ioctl'\nhandle = 'reader'\nname = 'both'\ncode = 0x22e030\nexpect = 'STATUS_ACCESS_DENIED'",
    "do = 'write'\nhandle = 'reader'\nname = 'denied write'\ninput = '00'\nexpect = 'STATUS_ACCESS_DENIED'",
    "do = 'open'\nhandle = 'writer'\naccess = 'write'",
    "do = 'read'\nhandle = 'writer'\nname = 'denied read'\nlength = 1\nexpect = 'STATUS_ACCESS_DENIED'",
    "do = 'ioctl'\nhandle = 'writer'\nname = 'write access'\ncode = 0x22a030",
    "do = 'ioctl'\nname = 'held 1'\ncode = 0x222004\nwait = false",
    "do = 'ioctl'\nname = 'barrier'\ncode = 0x222034\ninput = '01'",
    "do = 'ioctl'\nname = 'held 2'\ncode = 0x222004\nwait = false",
    "do = 'ioctl'\nname = 'barrier'\ncode = 0x222034\ninput = '02'",
    "do = 'ioctl'\nname = 'take'\ncode = 0x22200c",
    "do = 'wait'",
    "do = 'ioctl'\nname = 'marked'\ncode = 0x222010\nwait = false\nexpect = 'STATUS_CANCELLED'",
    "do = 'cancel'\nname = 'marked'",
    "do = 'wait'",
    "do = 'ioctl'\nname = 'kept'\ncode = 0x222014\nwait = false\nexpect = 'STATUS_CANCELLED'",
    "do = 'ioctl'\nname = 'barrier'\ncode = 0x222034\ninput = '04'",
    "do = 'cancel'\nname = 'kept'",
    "do = 'ioctl'\nname = 'after cancel'\ncode = 0x222018",
    "do = 'wait'",
    "do = 'ioctl'\nname = 'held 3'\ncode = 0x222004\nwait = false\nexpect = 'STATUS_CANCELLED'",
    "do = 'cancel'\nname = 'held 3'",
    "do = 'wait'",
    "do = 'ioctl'\nname = 'watched'\ncode = 0x222008\nwait = false\nexpect = 'STATUS_CANCELLED'",
    "do = 'ioctl'\nname = 'barrier'\ncode = 0x222034\ninput = '06'",
    "do = 'cancel'\nname = 'watched'",
    "do = 'wait'",
];

/// One trial for each line of the run of the checks, and two for the run.
pub fn trials() -> Vec<Trial> {
    if env::args().any(|argument| argument == "--list") {
        return vec![test("checks", || {})];
    }
    let report = Probe::new(Case::Checks, CHECKS).run();
    let lines = report.traces.iter().filter(|line| line.contains("EvtRequestCancel"));
    let lines: Vec<_> = lines.cloned().collect();
    let mut trials = checks("check", report, 117);
    trials.push(test("the order of a cancellation", move || {
        let unmark = "ok unmark in EvtRequestCancel";
        let now = ["note EvtRequestCancel comes now", unmark, "note EvtRequestCancel was here"];
        assert_eq!(lines, [&[unmark][..], &now[..]].concat());
    }));
    trials
}
