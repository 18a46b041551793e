//! The queue, request and file functions, asked by the fixture driver `probe_io`.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;
use umdf_host::report::Report;

#[path = "../../examples/probe_io/case.rs"]
mod case;
#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
mod run;
mod table;

use case::Case;
use fixture::driver::{GENEROUS, SHORT};
use fixture::outcome::{assert_broken, assert_pass};
use fixture::test;
use run::Probe;
use table::{REFUSALS, TRIPS};

fn main() -> ExitCode {
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let mut trials = run::trials();
    trials.extend(behaviour());
    trials.extend(rules());
    trials
}

const SLOW: &str = "do = 'ioctl'\nname = 'slow'\ncode = 0x22201c\nwait = false";
const WAIT: &str = "do = 'wait'";
const OPEN: &str = "do = 'open'";
const START: &str = "do = 'start'";

fn behaviour() -> Vec<Trial> {
    let at_a_time = |case| {
        let report = Probe::new(case, &[START, OPEN, SLOW, SLOW, SLOW, SLOW, WAIT]).run();
        assert_pass(&report);
        let most = report.traces.iter().filter_map(|line| line.strip_prefix("note at most "));
        most.map(|number| number.parse::<usize>().expect("a number")).max()
    };
    vec![
        test("callbacks run in parallel without a scope", move || {
            let most = at_a_time(Case::Checks);
            assert!(most > Some(2), "{most:?}");
        }),
        test("device scope serializes", move || assert_eq!(at_a_time(Case::DeviceScope), Some(1))),
        test("files without attributes do not inherit the scope", || {
            let until_cleanup = "do = 'ioctl'\nname = 'busy'\ncode = 0x222038\nwait = false";
            let steps = [START, OPEN, until_cleanup, "do = 'close'", WAIT];
            assert_pass(&Probe::new(Case::DeviceScope, &steps).run());
        }),
        test("queue scope serializes", move || assert_eq!(at_a_time(Case::QueueScope), Some(1))),
        test("WdfObjectAcquireLock excludes other callbacks", move || {
            assert_eq!(at_a_time(Case::AcquireLock), Some(1));
        }),
        test("WdfObjectAcquireLock on a thread excludes callbacks", move || {
            assert_eq!(at_a_time(Case::AcquireLockOnThreads), Some(1));
        }),
        test("two requests are presented at a time", move || {
            assert_eq!(at_a_time(Case::TwoAtATime), Some(2));
        }),
        test("opens go to a queue", || {
            let report = Probe::new(Case::CreateQueue, &[START, OPEN]).run();
            assert_pass(&report);
            assert!(report.traces.contains(&"note open".to_owned()), "{report}");
        }),
        test("opens go to EvtDeviceFileCreate, which has them from a queue", || {
            let report = Probe::new(Case::FileCreate, &[START, OPEN, "do = 'close'"]).run();
            assert_pass(&report);
            run::notes(&report, &["file create", "open", "cleanup", "close"]);
        }),
        test("without file objects the callbacks about files get NULL", || {
            let report = Probe::new(Case::NoFileObject, &[START, OPEN, "do = 'close'"]).run();
            assert_pass(&report);
            run::notes(&report, &["file create", "open", "cleanup", "close"]);
            let made = report.traces.iter().filter(|line| line.contains("file object of")).count();
            assert_eq!(made, 4, "{report}");
        }),
        test("a queue for opens comes before EvtDeviceFileCreate", || {
            let report = Probe::new(Case::QueueAndFileCreate, &[START, OPEN, "do = 'close'"]).run();
            assert_pass(&report);
            run::notes(&report, &["open", "cleanup", "close"]);
        }),
        test("a power-down waits for callbacks", || {
            let linger = "do = 'ioctl'\nname = 'linger'\ncode = 0x22203c";
            let report = Probe::new(Case::Linger, &[START, OPEN, linger, "do = 'sleep'"]).run();
            assert_pass(&report);
            let end = ["cleanup", "close", "D0 exit", "I/O cleanup"];
            run::notes(&report, &[&["the callback returns", "D0 exit"][..], &end[..]].concat());
        }),
        test("a removal waits for callbacks of queues that are not power-managed", || {
            let linger = "do = 'write'\nname = 'linger'\ninput = '5a01'\noffset = 0x20";
            let report =
                Probe::new(Case::Linger, &[START, OPEN, linger, "do = 'close'", "do = 'remove'"]).run();
            assert_pass(&report);
            run::notes(&report, &["cleanup", "close", "D0 exit", "the callback returns", "I/O cleanup"]);
        }),
        test("an exclusive device is opened once at a time", || {
            let second = "do = 'open'\nhandle = 'second'\nexpect = 'STATUS_ACCESS_DENIED'";
            let third = "do = 'open'\nhandle = 'third'";
            let report = Probe::new(Case::Exclusive, &[START, OPEN, second, "do = 'close'", third]).run();
            assert_pass(&report);
        }),
        test("a request is kept while its queue stops", || {
            let report = stopped(Case::KeepOnStop, KEEP, "STATUS_SUCCESS");
            run::notes(&report, &["suspend", "purge", "cleanup", "close"]);
        }),
        test("a cancelable request is cancelled at the removal", || {
            let report = stopped(Case::KeepOnStop, PEND, "STATUS_CANCELLED");
            run::notes(&report, &["cancelable", "suspend", "cleanup", "close"]);
        }),
        test("a request goes back to its queue that stops", || {
            let report = stopped(Case::RequeueOnStop, PEND, "STATUS_CANCELLED");
            run::notes(&report, &["cancelable", "give back", "cleanup", "close"]);
        }),
        test("METHOD_NEITHER is copied if the INF says so", || {
            let neither = "do = 'ioctl'\nname = 'neither'\ncode = 0x22202f\ninput = '01'";
            assert_pass(&Probe::new(Case::Checks, &[START, OPEN, neither]).copy_neither().run());
        }),
    ]
}

/// A request that the driver marks as cancelable, and one that it only keeps.
const PEND: u32 = 0x22_2010;
const KEEP: u32 = 0x22_2014;

/// A request that the driver has when the device is pulled out.
fn stopped(case: Case, code: u32, status: &str) -> Report {
    let pend = format!("do = 'ioctl'\nname = 'pending'\ncode = {code}\nwait = false\nexpect = '{status}'");
    let put_aside = "do = 'ioctl'\nname = 'barrier'\ncode = 0x222034\ninput = '01'";
    let report =
        Probe::new(case, &[START, OPEN, &pend, put_aside, "do = 'surprise-remove'", "do = 'close'"]).run();
    assert_pass(&report);
    report
}

const MISDEED: &str = "do = 'ioctl'\nname = 'misdeed'\ncode = 0x222024\ninput = '00'";

fn rules() -> Vec<Trial> {
    let cancelled = "do = 'ioctl'\nname = 'misdeed'\ncode = 0x222024\ninput = '00'\nwait = false\n\
                     expect = 'STATUS_CANCELLED'";
    let mut trials = Vec::new();
    for &(rule, case) in TRIPS {
        let deeds = match case {
            Case::IgnoreCancel => vec![cancelled, "do = 'cancel'\nname = 'misdeed'", WAIT],
            Case::QueueOfOpen => vec![],
            _ => vec![MISDEED],
        };
        let steps: Vec<_> = [START, OPEN].into_iter().chain(deeds).collect();
        let deadline = if case == Case::IgnoreCancel { SHORT } else { GENEROUS };
        let probe = Probe::new(case, &steps).deadline(deadline);
        let off = probe.clone();
        trials.push(test(format!("{rule}"), move || assert_broken(&probe.run(), rule, "")));
        trials.push(test(format!("{rule}, switched off"), move || {
            assert_pass(&off.run_without(rule));
        }));
    }
    trials.extend(refusals());
    trials
}

/// What is refused with a status, and reported.
fn refusals() -> Vec<Trial> {
    let mut trials = Vec::new();
    for &(rule, case, came) in REFUSALS {
        let other = (case == Case::ForwardToOtherDevice).then_some("do = 'start'\ndevice = 1");
        let steps: Vec<_> = [START].into_iter().chain(other).chain([OPEN, MISDEED]).collect();
        let probe = Probe::new(case, &steps);
        let off = probe.clone();
        trials.push(test(format!("{rule}: {case:?}"), move || {
            let report = probe.run();
            assert_broken(&report, rule, "");
            run::notes(&report, &[came, "cleanup", "close"]);
        }));
        trials.push(test(format!("{rule}: {case:?}, switched off"), move || {
            let report = off.run_without(rule);
            assert_pass(&report);
            run::notes(&report, &["came 0x0", "cleanup", "close"]);
        }));
    }
    trials
}
