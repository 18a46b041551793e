//! Each framework function of a table, once with good arguments and once for each way in which an argument may
//! be wrong. `examples/probe_arguments/table/mod.rs` says how to add a function.
//!
//! This binary is its own worker: see `main`.

use std::collections::BTreeSet;
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

use rows::{AttributesMistake, Mistake, Outcome as Due, Row, Run as Calls, functions, headers, rows};

#[macro_use]
#[path = "../../examples/probe_arguments/table/mod.rs"]
mod table;
#[path = "../../examples/probe_arguments/rows.rs"]
#[expect(dead_code, reason = "the driver needs more of it")]
mod rows;

/// Longest time without progress: it ends a test that went wrong.
const GENEROUS: Duration = Duration::from_secs(20);
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
    let mut trials = vec![test("the table has every implemented function".into(), whole_headers)];
    for (header, place) in headers().into_iter().zip(0..) {
        trials.push(test(
            format!("{header}: mistakes do nothing with their rules switched off"),
            move || {
                switched_off(place);
            },
        ));
    }
    for (function, place) in functions().zip(0..) {
        let count = Calls::Refused(place).rows().len();
        if count > 0 {
            let name = format!("{} answers {count} mistakes", function.name);
            trials.push(test(name, move || answered(Calls::Refused(place), &[])));
        }
    }
    for (row, place) in rows().zip(0..).filter(|(row, _)| !row.is_refused()) {
        trials.push(test(name(&row), move || judge(&row, Calls::Row(place))));
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
        Mistake::Text(wrong) => format!("{}: {argument} is malformed: {wrong:?}", function.name),
        Mistake::Attributes(wrong) => format!("{}: {argument} are wrong: {wrong:?}", function.name),
        Mistake::Other(what, _) => format!("{}: {argument}: {what}", function.name),
    }
}

fn run(calls: Calls, without: &[Rule]) -> Report {
    let number = calls.number();
    let folder = TempDir::new().expect("a temporary folder can be made");
    let text = include_str!("../fixture/misbehave.inx")
        .replace("@SERVICE@", &format!("probe_arguments_{number}"))
        .replace("@HARDWARE@", "AllowDirectHardwareAccess")
        .replace("@MISBEHAVIOUR@", "0");
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

/// Every call of a run must have the answer that the table says, and break no rule but those.
fn answered(calls: Calls, without: &[Rule]) {
    let report = run(calls, without);
    no_failed_check(&report);
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    assert!(report.violations.is_empty(), "{report}");
    let judged = report.traces.iter().filter(|line| line.starts_with("ok Wdf")).count();
    assert_eq!(judged, calls.rows().len(), "{report}");
}

/// The host must say the outcome of a row.
fn judge(row: &Row, calls: Calls) {
    let (rule, end) = match row.outcome() {
        Due::Answer => return answered(calls, &[]),
        Due::Report(rule) => (rule, End::Finished),
        Due::End(rule) => (rule, End::Violation),
    };
    let report = run(calls, &[]);
    no_failed_check(&report);
    let [violation] = report.violations.as_slice() else { panic!("one violation expected\n{report}") };
    assert_eq!((violation.rule.as_str(), &report.end), (rule, &end), "{report}");
    let begins = message(row);
    assert!(violation.message.starts_with(&begins), "{} is not {begins}", violation.message);
    let call = format!("{}(", row.function.name);
    assert!(violation.history.iter().rev().take(3).any(|event| event.contains(&call)), "{report}");
}

/// How the host's message begins.
fn message(row: &Row) -> String {
    let Row { argument, mistake, .. } = row;
    match mistake {
        Mistake::Null | Mistake::NullFromHere => format!("{argument} is NULL"),
        Mistake::OtherType => format!("{argument} is object0, a WDFOBJECT, not a "),
        Mistake::Stale => format!("{argument} is object1, which is gone"),
        Mistake::Attributes(AttributesMistake::StaleParent) => {
            "Attributes->ParentObject is object1, which is gone".into()
        }
        _ => String::new(),
    }
}

/// Every mistake of a header that breaks a rule, one after the other in one run: no call does anything.
fn switched_off(place: usize) {
    let calls = Calls::Broken(place);
    let broken: BTreeSet<&str> = calls
        .rows()
        .iter()
        .filter_map(|row| match row.outcome() {
            Due::Answer => None,
            Due::Report(rule) | Due::End(rule) => Some(rule),
        })
        .collect();
    let rules: Vec<Rule> =
        broken.into_iter().map(|rule| rule.parse().expect("the table knows the rules")).collect();
    answered(calls, &rules);
}

/// Functions without an argument that could be bad, and why they have none.
const WITHOUT_ARGUMENTS: [(&str, &str); 3] = [
    ("WdfVerifierDbgBreakPoint", "takes nothing"),
    ("WdfVerifierKeBugCheck", "takes five numbers that mean what the driver wants, and ends the host"),
    ("WdfGetTriageInfo", "takes nothing"),
];

/// A function that is neither in the table nor in the list above is implemented without a test of its
/// arguments.
fn whole_headers() {
    let known = |name: &str| {
        functions().any(|function| function.name == name)
            || WITHOUT_ARGUMENTS.iter().any(|(known, _)| *known == name)
    };
    let implemented = Coverage::of_table().implemented;
    let missing: Vec<_> = implemented.iter().filter(|name| !known(name)).collect();
    assert!(missing.is_empty(), "neither in the table nor without arguments: {missing:?}");
    for (name, reason) in WITHOUT_ARGUMENTS {
        assert!(implemented.contains(&name), "{name} ({reason}) is not implemented");
        assert!(functions().all(|function| function.name != name), "{name} is in the table");
    }
}
