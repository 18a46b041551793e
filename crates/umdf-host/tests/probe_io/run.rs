//! Runs of the probe, and the table of checks that it says aloud.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Duration;

use libtest_mimic::Trial;
use tempfile::TempDir;
use umdf_host::Run;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::{self, Rule};
use umdf_host::scenario::Scenario;

#[path = "../../examples/probe_io/case.rs"]
mod case;

pub use case::Case;

/// Longest time without progress of a run that is not about that: it ends a test that went wrong.
pub const GENEROUS: Duration = Duration::from_secs(20);

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
        self.run_with(|run| run)
    }

    pub fn run_without(&self, rule: Rule) -> Report {
        self.run_with(|run| run.without_rule(rule))
    }

    fn run_with(&self, change: impl FnOnce(Run) -> Run) -> Report {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let hardware = format!("RejectDirectHardwareAccess\nUmdfMethodNeitherAction = {}", self.neither);
        let exclusive = if self.case == Case::Exclusive { "HKR,,Exclusive,0x00010001,1\n" } else { "" };
        let text = include_str!("../fixture/misbehave.inx")
            .replace("@SERVICE@", "probe_io")
            .replace("= @HARDWARE@", &format!("= {hardware}"))
            .replace("HKR,,Text,,", &format!("{exclusive}HKR,,Text,,"))
            .replace("@MISBEHAVIOUR@", &(self.case as u32).to_string());
        let inf = folder.path().join("fixture.inx");
        fs::write(&inf, text).expect("the folder is writable");
        let steps = ["", self.steps.join("\n[[step]]\n").as_str()].join("[[step]]\n");
        let devices = if self.case == Case::ForwardToOtherDevice { 2 } else { 1 };
        let devices = "[[device]]\nmodel = 'scratch'\nbars = [0x1000]\n".repeat(devices);
        let text = format!("title = '{:?}'\n{devices}{steps}", self.case);
        let scenario = Scenario::parse(&text, Path::new("probe.toml")).expect("the scenario is one");
        let program = env::current_exe().expect("a process knows its program");
        let profile = program.ancestors().nth(2).expect("a test lies in deps/ below the profile's folder");
        let file = format!("{}probe_io{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
        let run = Run::new(profile.join("examples").join(file), inf, scenario).deadline(self.deadline);
        change(run).run().expect("the run can be told")
    }
}

/// A test that fails by panicking.
pub fn test(name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}

/// Everything went as the scenario expects.
#[track_caller]
pub fn assert_pass(report: &Report) {
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    no_failed_check(report);
}

#[track_caller]
fn no_failed_check(report: &Report) {
    assert!(!report.traces.iter().any(|line| line.starts_with("FAILED")), "{report}");
}

/// The rule was broken, once, and nothing else.
#[track_caller]
pub fn assert_broken(report: &Report, rule: Rule) {
    let [violation] = report.violations.as_slice() else { panic!("one violation expected\n{report}") };
    assert_eq!(violation.rule, rule.name(), "{report}");
    let end = match rule.text().outcome {
        rules::Outcome::Terminate => End::Violation,
        rules::Outcome::Report => End::Finished,
    };
    assert_eq!((report.result, &report.end), (Outcome::Fail, &end), "{report}");
    no_failed_check(report);
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

/// One trial for each line of the run of the checks, and one for the run.
pub fn checks() -> Vec<Trial> {
    if env::args().any(|argument| argument == "--list") {
        return vec![test("checks", || {})];
    }
    let report = Probe::new(Case::Checks, CHECKS).run();
    let mut trials: Vec<_> = report
        .traces
        .iter()
        .filter(|line| !line.starts_with("note "))
        .map(|line| {
            let name = line.split_once(' ').map_or("", |(_, rest)| rest).split(':').next().unwrap_or("");
            let line = line.clone();
            test(format!("check: {name}"), move || assert!(line.starts_with("ok "), "{line}"))
        })
        .collect();
    let count = trials.len();
    trials.push(test("the run of the checks", move || {
        assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
        assert_eq!(count, EXPECTED, "a check is missing or new\n{report}");
        let order: Vec<_> = report.traces.iter().filter(|line| line.contains("EvtRequestCancel")).collect();
        let unmark = "ok unmark in EvtRequestCancel";
        let now = ["note EvtRequestCancel comes now", unmark, "note EvtRequestCancel was here"];
        assert_eq!(order, [&[unmark][..], &now[..]].concat(), "{report}");
    }));
    trials
}

/// Lines that the run of the checks has.
const EXPECTED: usize = 110;
