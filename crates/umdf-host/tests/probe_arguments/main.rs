//! Each framework function of a table, once with good arguments and once for each way in which an argument may
//! be wrong. `examples/probe_arguments/table/mod.rs` says how to add a function.
//!
//! This binary is its own worker: see `main`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use libtest_mimic::Trial;
use umdf_host::coverage::Coverage;
use umdf_host::report::{End, Report};
use umdf_host::rules::Rule;

use fixture::driver::{Driver, GENEROUS};
use fixture::outcome::{assert_broken, assert_called, assert_pass};
use fixture::test;
use rows::{AttributesMistake, Mistake, Outcome as Due, Row, Run as Calls, functions, headers, rows};

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
#[macro_use]
#[path = "../../examples/probe_arguments/table/mod.rs"]
mod table;
#[path = "../../examples/probe_arguments/rows.rs"]
#[expect(dead_code, reason = "the driver needs more of it")]
mod rows;

/// Events before the violation among which the call must stand: other threads record too.
const LAST: usize = 12;
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
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let mut trials = vec![test("the table has every implemented function", whole_headers)];
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
    trials
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
    let driver = Driver::new("probe_arguments")
        .service(&format!("probe_arguments_{number}"))
        .hardware_allowed(true)
        .hardware_key("HKR,,MappedLength,0x00010001,0x80\nHKR,,Text,,\"no number\"");
    let text = format!("title = 'Row {number}'\n[device]\nmodel = 'scratch'\nbars = [0x1000]\n{STEPS}");
    driver.play(&text, GENEROUS, without)
}

/// Every call of a run must have the answer that the table says, and break no rule but those.
fn answered(calls: Calls, without: &[Rule]) {
    let report = run(calls, without);
    assert_pass(&report);
    let judged = report.traces.iter().filter(|line| line.starts_with("ok Wdf")).count();
    assert_eq!(judged, calls.rows().len(), "{report}");
}

fn named(rule: &str) -> Rule {
    rule.parse().expect("the table knows the rules")
}

/// The host must say the outcome of a row.
fn judge(row: &Row, calls: Calls) {
    let (rule, end) = match row.outcome() {
        Due::Answer => return answered(calls, &[]),
        Due::Report(rule) => (named(rule), End::Finished),
        Due::End(rule) => (named(rule), End::Violation),
    };
    let report = run(calls, &[]);
    let begins = message(row);
    assert_broken(&report, rule, &begins);
    assert_eq!(report.end, end, "{report}");
    assert!(report.violations[0].message.starts_with(&begins), "{begins} does not begin\n{report}");
    assert_called(&report, &format!("{}(", row.function.name), LAST);
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
    let rules: Vec<Rule> = broken.into_iter().map(named).collect();
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
