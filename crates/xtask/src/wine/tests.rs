//! The tests of driver and host, as Windows programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::ensure;

use super::ignored::{self, Ignored};
use super::prefix::{MANY_RUNS, finish};
use super::qemu::Qemus;
use super::{Bench, Found, file_name};
use crate::tools;
use crate::windows::NOT_BUILT;

/// What a test says when Wine starts no process: `ERROR_INTERNAL_ERROR`, out of `CreateProcess`.
const NO_PROCESS: &str = "Worker(Os { code: 1359";
/// Threads of a test program. Each of its runs has processes with threads of their own.
const TEST_THREADS: &str = "4";
/// Where the tests find QEMU (`crates/umdf-host/tests/fixture/qemu.rs`).
const QEMU: &str = "UMDF_HOST_TEST_QEMU";

/// Runs them.
pub fn all(bench: &Bench) -> Found {
    ensure!(!bench.tests.tests.is_empty(), "cargo built no tests");
    let (_qemus, addresses) = Qemus::with_each(&bench.qemu)?;
    let (mut passed, mut again, mut wrong) = (0, 0, Vec::new());
    let mut ignored = Vec::new();
    for test in &bench.tests.tests {
        let name = file_name(&test.program);
        let run = |arguments: &[&str], files: &str| {
            let mut command = bench.prefix.command(&test.program);
            command.current_dir(&test.package).env(QEMU, &addresses);
            command.args(["--test-threads", TEST_THREADS]).args(arguments);
            finish(&mut command, &bench.folder.join(files), MANY_RUNS)
        };
        let finished = run(&[], &name)?;
        let mut failed = failures(&name, &finished.output, &finished.errors);
        let Some(tally) = tally(&finished.output) else {
            wrong.append(&mut failed);
            continue;
        };
        for victim in not_started(&finished.output) {
            if run(&["--exact", victim], &format!("{name}-again"))?.status.success() {
                failed.retain(|line| !line.contains(&format!("test {victim} ")));
                again += 1;
            }
        }
        if !finished.status.success() {
            wrong.append(&mut failed);
        }
        passed += tally.passed;
        let of_this = ignored::of(&finished.output);
        ensure!(of_this.len() == tally.ignored as usize, "{name} ignores others than it counts: {of_this:?}");
        ignored.extend(of_this);
    }
    wrong.extend(ignored::unknown(&ignored, tools::in_ci()));
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let programs = bench.tests.tests.len();
    let mut told = format!("The tests pass under Wine: {programs} programs, {} tests", passed + again);
    if again > 0 {
        let _ = write!(told, ", {again} at the second try because Wine started no process");
    }
    let _ = write!(told, "; {} ignored: {}", ignored.len(), by_reason(&ignored));
    let left_out = NOT_BUILT.iter().map(|(test, why)| format!("{test} ({why})"));
    let _ = write!(told, "; not built: {}", left_out.collect::<Vec<_>>().join(", "));
    Ok(Ok(told))
}

/// `3 because ..., 1 because ...`.
fn by_reason(ignored: &[Ignored]) -> String {
    let mut counts = BTreeMap::<&str, u32>::new();
    for Ignored { why, .. } in ignored {
        *counts.entry(why).or_default() += 1;
    }
    counts.iter().map(|(why, count)| format!("{count} ({why})")).collect::<Vec<_>>().join(", ")
}

/// Tests that failed because Wine did not start a process for them, which it does now and then if there are many.
fn not_started(output: &str) -> Vec<&str> {
    let blocks = output.split("\n---- ").skip(1);
    let named = blocks.filter_map(|block| block.split_once(" ----\n"));
    let started_nothing = |text: &str| text.lines().next().is_some_and(|line| line.contains(NO_PROCESS));
    named.filter(|(_, text)| started_nothing(text)).map(|(name, _)| name).collect()
}

/// What the last line of a test program says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    ignored: u32,
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
fn tally(output: &str) -> Option<Tally> {
    let line = output.lines().rev().find(|line| line.starts_with("test result: "))?;
    let count = |word: &str| {
        let words: Vec<&str> = line.split([' ', ';']).collect();
        let place = words.iter().position(|other| *other == word)?;
        words.get(place.checked_sub(1)?)?.parse().ok()
    };
    Some(Tally { passed: count("passed")?, failed: count("failed")?, ignored: count("ignored")? })
}

/// The tests that failed; without one, how the program ended.
fn failures(name: &str, output: &str, errors: &str) -> Vec<String> {
    let failed = output.lines().filter(|line| line.starts_with("test ") && line.ends_with(" FAILED"));
    let failed: Vec<String> = failed.map(|line| format!("{name}: {line}")).collect();
    if !failed.is_empty() {
        return failed;
    }
    let last = errors.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
    vec![format!("{name} did not come to its end; it said last: {last}")]
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn the_tally_is_the_last_line() {
        let output = "test result: FAILED. 9 passed; 1 failed; 9 ignored\n\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.1s\n";
        assert_eq!(tally(output), Some(Tally { passed: 3, failed: 0, ignored: 1 }));
        for output in ["", "test a ... ok", "test result: ok. many passed; 0 failed; 1 ignored"] {
            assert_eq!(tally(output), None, "{output}");
        }
    }

    #[test]
    fn tests_without_a_process_are_found() {
        let output = "test a ... FAILED\n\nfailures:\n\n---- a: b ----\ntest panicked: x: Worker(Os { code: 1359, kind: y\n\n\n---- c ----\ntest panicked: y\nWorker(Os { code: 1359\n";
        assert_eq!(not_started(output), ["a: b"]);
        assert_eq!(not_started("test a ... ok\n"), [""; 0]);
    }

    #[test]
    fn failures_are_named() {
        let output = "test a ... ok\ntest b ... FAILED\n";
        assert_eq!(failures("x.exe", output, ""), ["x.exe: test b ... FAILED"]);
        assert_eq!(
            failures("x.exe", "", "crash\n\n"),
            ["x.exe did not come to its end; it said last: crash"]
        );
    }
}
