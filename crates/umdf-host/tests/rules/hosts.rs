//! Runs with several devices: who is in which host process, and what the end of one is to the others.

use std::time::Duration;

use libtest_mimic::Trial;
use umdf_host::Run;
use umdf_host::report::{End, Host, Outcome, Report};

use crate::deadlines::{DEADLINE, MANY};
use crate::fixture::driver::misbehave;
use crate::fixture::ends::ACCESS_VIOLATION;
use crate::fixture::misbehaviour::{Death, Misbehaviour};
use crate::run::{GENEROUS, SHORT, assert_pass};
use crate::scenarios::on_device;
use crate::test;

/// What comes back of a request whose host process ended.
pub const TERMINATED: &str = "STATUS_DRIVER_PROCESS_TERMINATED";

/// Two devices, and what happens to them.
pub struct Two {
    pub misbehaviour: Misbehaviour,
    pub shared: bool,
    pub restarts: bool,
    pub deadline: Duration,
    pub steps: Vec<String>,
}

impl Two {
    /// In the pool, restarted.
    pub fn pooled(steps: &[String]) -> Self {
        Self {
            misbehaviour: Misbehaviour::None,
            shared: true,
            restarts: true,
            deadline: GENEROUS,
            steps: steps.to_vec(),
        }
    }

    /// In processes of their own, not restarted.
    pub fn own(steps: &[String]) -> Self {
        Self { shared: false, restarts: false, ..Self::pooled(steps) }
    }

    pub fn run(&self) -> Report {
        let driver = misbehave(self.misbehaviour);
        let driver = if self.shared { driver } else { driver.unshared() };
        let settings = |run: Run| run.deadline(self.deadline).restarts(self.restarts);
        driver.run(&self.scenario(), settings).expect("the run can be told")
    }

    fn scenario(&self) -> String {
        let device = "[[device]]\nmodel = \"scratch\"\nbars = [0x1000]\n";
        let steps: Vec<&str> = self.steps.iter().map(String::as_str).collect();
        on_device(&format!("title = \"Two fixture devices\"\n{device}{device}"), &steps)
    }
}

/// A step about a device.
pub fn step(what: &str, device: usize) -> String {
    format!("[[step]]\ndo = \"{what}\"\ndevice = {device}\n")
}

pub fn start(device: usize) -> String {
    step("start", device)
}

/// The same with a status that is expected.
pub fn expects(status: &str, step: &str) -> String {
    format!("{step}expect = \"{status}\"\n")
}

/// A step without a device.
pub fn plain(what: &str) -> String {
    format!("[[step]]\ndo = \"{what}\"\n")
}

/// Opens a device with the handle `h0` or `h1`.
pub fn open(device: usize) -> String {
    format!("{}handle = \"h{device}\"\n", step("open", device))
}

pub fn close(device: usize) -> String {
    format!("{}handle = \"h{device}\"\n", plain("close"))
}

fn ioctl(device: usize, name: &str, code: u32, rest: &str) -> String {
    format!("{}handle = \"h{device}\"\nname = \"{name}\"\ncode = {code}\n{rest}\n", plain("ioctl"))
}

/// A request that a driver in order answers.
pub fn use_it(device: usize) -> String {
    let rest = "input = \"78563412\"\noutput-length = 4\nexpect-output = \"78563412\"";
    ioctl(device, &format!("use {device}"), 0x22_2000, rest)
}

/// A request that stays pending, and is lost with its host process.
pub fn keep(device: usize) -> String {
    let rest = format!("wait = false\nexpect = \"{TERMINATED}\"\nexpect-information = 0");
    ioctl(device, &format!("keep {device}"), 0x22_2004, &rest)
}

/// A request that the driver dies of.
pub fn die(device: usize, death: Death) -> String {
    let expect = if death == Death::CrashLater { "STATUS_SUCCESS" } else { TERMINATED };
    let rest = format!("input = \"0{}000000\"\nexpect = \"{expect}\"", death as u32);
    ioctl(device, &format!("die {device}"), 0x22_2014, &rest)
}

/// Devices of each host process, and whether it died of a crash.
#[track_caller]
pub fn assert_hosts(report: &Report, expected: &[(&[usize], bool)]) {
    let died = |host: &Host| matches!(&host.end, End::Died { how } if how == ACCESS_VIOLATION);
    let hosts: Vec<_> = report.hosts.iter().map(|host| (&host.devices[..], died(host))).collect();
    assert_eq!(hosts, expected, "{report}");
    for (number, host) in report.hosts.iter().enumerate() {
        assert_eq!(host.name, format!("host{number}"));
        assert_eq!(host.history.is_empty(), host.end == End::Finished, "{report}");
    }
}

/// The problem code of each device.
#[track_caller]
pub fn assert_problems(report: &Report, expected: [Option<&str>; 2]) {
    let problems = report.devices.iter().map(|device| device.problem.as_ref().map(ToString::to_string));
    assert_eq!(problems.collect::<Vec<_>>(), expected.map(|problem| problem.map(str::to_owned)), "{report}");
}

pub const FAILED: Option<&str> = Some("CM_PROB_FAILED_POST_START (43)");

/// A host process died, so the run failed, and yet everything came as the scenario expects.
#[track_caller]
pub fn assert_as_expected(report: &Report) {
    assert_eq!(report.result, Outcome::Fail, "{report}");
    assert_eq!(report.missed, [""; 0], "{report}");
}

/// Name and status of each request that came back.
pub fn came_back(report: &Report) -> Vec<(&str, &str)> {
    report.ioctls.iter().map(|ioctl| (ioctl.name.as_str(), ioctl.status.as_str())).collect()
}

pub fn trials() -> Vec<Trial> {
    vec![
        test("hosts: a pool is one process", a_pool_is_one_process),
        test("hosts: devices that share nothing have two", devices_that_share_nothing_have_two),
        test("hosts: the order of events is the same again", the_order_is_the_same_again),
        test("hosts: a wait, a sleep and a resume are for all", what_is_for_all),
        test("hosts: DriverEntry fails in each", driver_entry_fails_in_each),
        test("hosts: one may hang beside the other", one_hangs_beside_the_other),
        test("hosts: one may have nothing to do", one_has_nothing_to_do),
        test("hosts: the end of one is nothing to the other", the_end_of_one_is_nothing_to_the_other),
        test("hosts: one that dies unasked", one_that_dies_unasked),
        test("hosts: without restarts the pool's end is the run's", the_pools_end_is_the_runs),
    ]
}

fn life() -> [String; 8] {
    [start(0), start(1), open(0), open(1), use_it(0), use_it(1), close(0), close(1)]
}

fn a_pool_is_one_process() {
    let report = Two::pooled(&life()).run();
    assert_pass(&report);
    assert_hosts(&report, &[(&[0, 1], false)]);
    assert_problems(&report, [None, None]);
    assert_eq!(report.callbacks.iter().filter(|name| *name == "DriverEntry").count(), 1);
    let names: Vec<_> = report.devices.iter().map(|device| (device.device, &device.hosts[..])).collect();
    let host0 = ["host0".to_owned()];
    assert_eq!(names, [(0, &host0[..]), (1, &host0[..])]);
}

fn devices_that_share_nothing_have_two() {
    let report = Two::own(&life()).run();
    assert_pass(&report);
    assert_hosts(&report, &[(&[0], false), (&[1], false)]);
    let entries = report.callback_results.iter().filter(|callback| callback.name == "DriverEntry");
    assert_eq!(entries.map(|callback| callback.host.as_str()).collect::<Vec<_>>(), ["host0", "host1"]);
    // As in one process: a BAR lies where it lies, whoever drives it.
    let mapped: Vec<u64> = report.mapped.iter().map(|mapping| mapping.physical).collect();
    assert_eq!(mapped, [0x8_c000_0000, 0x8_c000_1000]);
}

fn the_order_is_the_same_again() {
    let two =
        Two::own(&[&life()[..], &[step("remove", 1), start(1), plain("sleep"), plain("resume")]].concat());
    let first = two.run();
    assert_pass(&first);
    for _ in 0..5 {
        let again = two.run();
        assert_eq!(again.callback_results, first.callback_results);
        assert_eq!(again.to_string(), first.to_string());
    }
}

fn what_is_for_all() {
    let after = |device: usize| ioctl(device, "later", 0x22_2008, "wait = false");
    let steps = [start(0), start(1), open(0), open(1), after(1), after(0), plain("wait")];
    let rest = [plain("sleep"), plain("resume"), use_it(0), use_it(1)];
    let report = Two::own(&[&steps[..], &rest].concat()).run();
    assert_pass(&report);
    assert_eq!(report.ioctls.len(), 4, "{report}");
    let power: Vec<_> =
        report.pnp.iter().filter(|pnp| ["sleep", "resume"].contains(&&*pnp.request)).collect();
    assert_eq!(power.iter().map(|pnp| pnp.device).collect::<Vec<_>>(), [Some(0), Some(1), Some(0), Some(1)]);
}

fn driver_entry_fails_in_each() {
    let two = Two { misbehaviour: Misbehaviour::FailDriverEntry, ..Two::own(&life()) };
    let report = two.run();
    assert_eq!(report.result, Outcome::Fail);
    let missed = |step| format!("step {step}: the driver did not load: STATUS_UNSUCCESSFUL");
    assert_eq!(report.missed, [missed(1), missed(2)], "{report}");
    let problem = Some("CM_PROB_FAILED_DRIVER_ENTRY (37)");
    assert_problems(&report, [problem, problem]);
}

fn one_hangs_beside_the_other() {
    let steps = [start(0), start(1), open(0), open(1), die(0, Death::Hang), use_it(1)];
    let report = Two { deadline: SHORT, ..Two::own(&steps) }.run();
    assert_as_expected(&report);
    assert_eq!(report.hosts[0].end, End::Hung { what: "EvtIoDeviceControl(queue0)".into() }, "{report}");
    assert_eq!(report.hosts[1].end, End::Finished);
    let [violation] = report.violations.as_slice() else { panic!("{report}") };
    assert_eq!((&*violation.rule, &*violation.host), ("CALLBACK_TIMEOUT", "host0"));
    assert_eq!(came_back(&report), [("die 0", TERMINATED), ("use 1", "STATUS_SUCCESS")]);
    assert_problems(&report, [FAILED, None]);
}

/// The other one works for longer than a process may be silent that is asked for something.
fn one_has_nothing_to_do() {
    let in_turn = ioctl(0, "in turn", 0x22_2000, "input = \"78563412\"\noutput-length = 4\nwait = false");
    let steps = [&[start(0), start(1), open(0)][..], &vec![in_turn; MANY], &[close(0), open(1)]].concat();
    let misbehaviour = Misbehaviour::AnswerInTurn;
    let report = Two { misbehaviour, deadline: DEADLINE, ..Two::own(&steps) }.run();
    assert_pass(&report);
}

fn the_end_of_one_is_nothing_to_the_other() {
    let steps = [
        [start(0), start(1), open(0), open(1), keep(0), use_it(1)],
        [die(0, Death::Crash), use_it(1), plain("sleep"), plain("resume"), use_it(1), close(0)],
    ];
    let report = Two::own(&steps.concat()).run();
    assert_as_expected(&report);
    assert_hosts(&report, &[(&[0], true), (&[1], false)]);
    assert_problems(&report, [FAILED, None]);
    let used = ("use 1", "STATUS_SUCCESS");
    assert_eq!(came_back(&report), [used, ("keep 0", TERMINATED), ("die 0", TERMINATED), used, used]);
    let unloads = report.callback_results.iter().filter(|callback| callback.name == "EvtDriverUnload");
    assert_eq!(unloads.map(|callback| callback.host.as_str()).collect::<Vec<_>>(), ["host1"]);
}

/// It dies while the other one plays, or between two steps.
fn one_that_dies_unasked() {
    let pause = ioctl(1, "later", 0x22_2008, "");
    let steps = [start(0), start(1), open(0), open(1), keep(0), die(0, Death::CrashLater)];
    let report = Two::own(&[&steps[..], &vec![pause; 20], &[plain("wait"), use_it(1)]].concat()).run();
    assert_as_expected(&report);
    assert_hosts(&report, &[(&[0], true), (&[1], false)]);
    assert!(came_back(&report).contains(&("keep 0", TERMINATED)), "{report}");
    assert_eq!(report.ioctls.len(), 23, "{report}");
}

fn the_pools_end_is_the_runs() {
    let steps = [start(0), start(1), open(0), open(1), keep(1), die(0, Death::Crash), use_it(1)];
    let report = Two { restarts: false, ..Two::pooled(&steps) }.run();
    assert_hosts(&report, &[(&[0, 1], true)]);
    assert_problems(&report, [FAILED, FAILED]);
    assert_eq!((came_back(&report), &report.missed), (vec![], &vec![]), "{report}");
}
