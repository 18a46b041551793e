//! Each framework function of a table, once with good arguments and once for each argument that may be wrong
//! in a way that ends the host. `examples/probe_arguments/table.rs` says how to add a function.
//!
//! This binary is its own worker: see `main`.

use std::process::ExitCode;

use libtest_mimic::Trial;
use umdf_host::coverage::Coverage;
use umdf_host::report::Report;
use umdf_host::rules::Rule;

use fixture::driver::{Driver, GENEROUS};
use fixture::outcome::{assert_broken, assert_called, assert_pass};
use fixture::test;
use rows::{ALL_OF, FUNCTIONS, Mistake, Row, headers, rows};

#[expect(dead_code, reason = "the tests of other drivers use more of it")]
#[path = "../fixture/mod.rs"]
mod fixture;
#[macro_use]
#[path = "../../examples/probe_arguments/table.rs"]
mod table;
#[path = "../../examples/probe_arguments/rows.rs"]
mod rows;

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
    fixture::run(trials)
}

fn trials() -> Vec<Trial> {
    let mut trials = vec![test("the table has whole headers", whole_headers)];
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
    }
}

fn run(number: u32, without: &[Rule]) -> Report {
    let driver = Driver::new("probe_arguments").parameter("Misbehaviour", number);
    let text = format!("title = 'Row {number}'\n[device]\nmodel = 'scratch'\nbars = [0x1000]\n{STEPS}");
    driver.play(&text, GENEROUS, without)
}

fn good(number: u32) {
    assert_pass(&run(number, &[]));
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
    assert_broken(&report, rule, &message);
    assert_called(&report, &format!("{}(", row.function.name), 3);
}

/// Every mistake of a header, one after the other in one run: no call does anything.
fn switched_off(header: &str, place: u32) {
    let report = run(ALL_OF + place, &BROKEN);
    assert_pass(&report);
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
