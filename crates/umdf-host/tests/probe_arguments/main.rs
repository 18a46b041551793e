//! Each framework function of a table, once with good arguments and once for each argument that may be wrong
//! in a way that ends the host. `examples/probe_arguments/table.rs` says how to add a function.
//!
//! This binary is its own worker: see `main`.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use libtest_mimic::{Arguments, Trial};
use tempfile::TempDir;
use umdf_host::Run;
use umdf_host::coverage::Coverage;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;
use umdf_host::scenario::Scenario;

use rows::{ALL_OF, FUNCTIONS, Mistake, Row, headers, rows};

#[macro_use]
#[path = "../../examples/probe_arguments/table.rs"]
mod table;
#[path = "../../examples/probe_arguments/rows.rs"]
mod rows;

/// Longest time without progress: it ends a test that went wrong.
const GENEROUS: Duration = Duration::from_secs(20);
/// Events before the violation among which the call must stand: other threads record too.
const LAST: usize = 12;
/// What the mistakes of the table break.
const BROKEN: [Rule; 3] = [Rule::HandleNullOrType, Rule::HandleStale, Rule::ParamNull];
/// Two requests for the calls, then the call. Whatever it does with the first two, they end cancelled.
const STEPS: &str = "
[[step]]
do = 'start'
[[step]]
do = 'open'
[[step]]
do = 'ioctl'
name = 'held'
code = 0x222004
input = '00'
output-length = 4
wait = false
expect = 'STATUS_CANCELLED'
[[step]]
do = 'ioctl'
name = 'waiting'
code = 0x222008
wait = false
expect = 'STATUS_CANCELLED'
[[step]]
do = 'ioctl'
name = 'call'
code = 0x222000
[[step]]
do = 'close'
[[step]]
do = 'remove'
";

fn main() -> ExitCode {
    umdf_host::run_worker_if_asked();
    let mut arguments = Arguments::from_args();
    // Runs wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(8));
    let mut trials = vec![test("the table has whole headers".into(), whole_headers)];
    for (header, place) in headers().into_iter().zip(0..) {
        trials.push(test(
            format!("{header}: mistakes do nothing with their rules switched off"),
            move || {
                switched_off(header, place);
            },
        ));
    }
    for (row, number) in rows().into_iter().zip(1..) {
        trials.push(test(name(&row), move || {
            if row.mistake == Mistake::None { good(number) } else { bad(&row, number) }
        }));
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

fn name(row: &Row) -> String {
    let Row { function, argument, mistake } = row;
    match mistake {
        Mistake::None => format!("{} with good arguments", function.name),
        Mistake::Null => format!("{}: {argument} is NULL", function.name),
        Mistake::OtherType => format!("{}: {argument} has another type", function.name),
        Mistake::Stale => format!("{}: {argument} is stale", function.name),
        Mistake::NullFromHere => format!("{}: {argument} is NULL before others are", function.name),
    }
}

fn run(number: u32, without: &[Rule]) -> Report {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let text = include_str!("../fixture/misbehave.inx")
        .replace("@SERVICE@", "probe_arguments")
        .replace("@HARDWARE@", "RejectDirectHardwareAccess")
        .replace("@MISBEHAVIOUR@", &number.to_string());
    let inf = folder.path().join("fixture.inx");
    fs::write(&inf, text).expect("the folder is writable");
    let text = format!("title = 'Row {number}'\n[device]\nmodel = 'scratch'\nbars = [0x1000]\n{STEPS}");
    let scenario = Scenario::parse(&text, Path::new("probe.toml")).expect("the scenario is one");
    let program = env::current_exe().expect("a process knows its program");
    let profile = program.ancestors().nth(2).expect("a test lies in deps/ below the profile's folder");
    let file = format!("{}probe_arguments{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let run = Run::new(profile.join("examples").join(file), inf, scenario).deadline(GENEROUS);
    without.iter().copied().fold(run, Run::without_rule).run().expect("the run can be told")
}

#[track_caller]
fn no_failed_check(report: &Report) {
    let failed: Vec<_> = report.traces.iter().filter(|line| line.starts_with("FAILED")).collect();
    assert!(failed.is_empty(), "{failed:#?}\n{report}");
}

fn good(number: u32) {
    let report = run(number, &[]);
    no_failed_check(&report);
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
}

fn bad(row: &Row, number: u32) {
    let Row { argument, mistake, .. } = row;
    let pointer = row.function.arguments.iter().any(|(name, kind)| name == argument && *kind != "handle");
    let (rule, message) = match mistake {
        Mistake::OtherType => (Rule::HandleNullOrType, format!("{argument} is object0, a WDFOBJECT, not a ")),
        Mistake::Stale => (Rule::HandleStale, format!("{argument} is object1, which is gone")),
        Mistake::None | Mistake::Null | Mistake::NullFromHere => {
            let rule = if pointer { Rule::ParamNull } else { Rule::HandleNullOrType };
            (rule, format!("{argument} is NULL"))
        }
    };
    let report = run(number, &[]);
    no_failed_check(&report);
    let [violation] = report.violations.as_slice() else { panic!("one violation expected\n{report}") };
    assert_eq!((violation.rule.as_str(), &report.end), (rule.name(), &End::Violation), "{report}");
    assert!(violation.message.starts_with(&message), "{} is not {message}", violation.message);
    let call = format!("{}(", row.function.name);
    assert!(violation.history.iter().rev().take(LAST).any(|event| event.contains(&call)), "{report}");
}

/// Every mistake of a header, one after the other in one run: no call does anything.
fn switched_off(header: &str, place: u32) {
    let report = run(ALL_OF + place, &BROKEN);
    no_failed_check(&report);
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    assert!(report.violations.is_empty(), "{report}");
    let mistakes =
        rows().iter().filter(|row| row.function.header == header && row.mistake != Mistake::None).count();
    let judged = report.traces.iter().filter(|line| line.starts_with("ok Wdf")).count();
    assert_eq!(judged, mistakes, "{report}");
}

/// A function that is missing here is implemented without a test of its arguments.
fn whole_headers() {
    let beginnings = [
        ("wdffileobject.h", "WdfFileObject"),
        ("wdfio.h", "WdfIoQueue"),
        ("wdfiotarget.h", "WdfIoTarget"),
        ("wdfrequest.h", "WdfRequest"),
    ];
    for (header, beginning) in beginnings {
        let here =
            |name: &str| FUNCTIONS.iter().any(|function| function.header == header && function.name == name);
        let implemented = Coverage::of_table().implemented;
        let missing: Vec<_> =
            implemented.into_iter().filter(|name| name.starts_with(beginning) && !here(name)).collect();
        assert!(missing.is_empty(), "not in the table of {header}: {missing:?}");
    }
}
