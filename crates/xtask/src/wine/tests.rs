//! The tests of driver and host, as Windows programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Result, ensure};

use super::ignored::{self, Ignored};
use super::prefix::{Finished, MANY_RUNS, finish};
use super::qemu::Qemus;
use super::{Bench, Found, file_name};
use crate::tools;
use crate::windows::NOT_RUN;

/// What a test says when Wine starts no process: `ERROR_INTERNAL_ERROR`, out of `CreateProcess`; as a value, or in words.
const NO_PROCESS: [&str; 2] = ["Worker(Os { code: 1359", "(os error 1359)"];
/// Threads of a test program. Each of its runs has processes with threads of their own.
const TEST_THREADS: &str = "4";
/// Where the tests find QEMU (`crates/umdf-host/tests/fixture/qemu.rs`).
const QEMU: &str = "UMDF_HOST_TEST_QEMU";

/// What a first pass leaves out, and a second one, one by one, runs: tests with a device that has a time of its own.
const IN_REAL_TIME: &str = "qemu";
/// Most tests of all that may fail and pass when they are tried again alone, as those do that a busy machine disturbs.
/// Those without a process are not among them.
const MOST_DISTURBED: usize = 5;
/// Tries of a test for which Wine starts no process.
const TRIES: usize = 3;

/// Runs them.
pub fn all(bench: &Bench) -> Found {
    ensure!(!bench.tests.tests.is_empty(), "cargo built no tests");
    let (_qemus, addresses) = Qemus::with_each(&bench.qemu)?;
    let mut all = Sum::default();
    for test in &bench.tests.tests {
        let name = file_name(&test.program);
        let run = |files: &str, threads: &str, arguments: &[&str]| {
            let mut command = bench.prefix.command(&test.program);
            command.current_dir(&test.package).env(QEMU, &addresses);
            command.args(["--test-threads", threads]).args(arguments);
            finish(&mut command, &bench.folder.join(files), MANY_RUNS)
        };
        let again =
            |victim: &str| passes_alone(victim, || run(&format!("{name}-again"), "1", &["--exact", victim]));
        let finished = run(&name, TEST_THREADS, &["--skip", IN_REAL_TIME])?;
        let rest = tally(&finished.output).map_or(0, |tally| tally.filtered);
        all.add(&name, &finished, again)?;
        if rest > 0 {
            all.add(&name, &run(&format!("{name}-{IN_REAL_TIME}"), "1", &[IN_REAL_TIME])?, again)?;
        }
    }
    all.wrong.extend(ignored::unknown(&all.ignored, tools::in_ci()));
    if !all.wrong.is_empty() {
        return Ok(Err(all.wrong));
    }
    Ok(Ok(all.told(bench.tests.tests.len())))
}

/// What all runs so far come to.
#[derive(Default)]
struct Sum {
    passed: u32,
    /// Tests for which Wine started no process at the first try.
    not_started: u32,
    /// Tests that failed for another reason, and passed alone.
    disturbed: Vec<String>,
    ignored: Vec<Ignored>,
    wrong: Vec<String>,
}

impl Sum {
    /// Adds a run of a program. Tests that failed are tried again, alone.
    fn add(&mut self, name: &str, finished: &Finished, again: impl Fn(&str) -> Result<bool>) -> Result<()> {
        let Finished { status, output, errors } = finished;
        let failed = failed(output);
        let Some(tally) = tally(output).filter(|_| status.success() || !failed.is_empty()) else {
            self.wrong.extend(failed.iter().map(|test| failure(name, test)));
            self.wrong.push(no_end(name, errors));
            return Ok(());
        };
        self.passed += tally.passed;
        let not_started = not_started(output);
        for test in failed {
            let disturbed = !not_started.contains(&test);
            // Whatever is wrong beyond that is wrong with more than the machine's load.
            let hopeless = disturbed && self.disturbed.len() >= MOST_DISTURBED;
            if hopeless || !again(test)? {
                self.wrong.push(failure(name, test));
            } else if disturbed {
                self.disturbed.push(format!("{name}: {test}"));
            } else {
                self.not_started += 1;
            }
        }
        let of_this = ignored::of(output);
        ensure!(of_this.len() == tally.ignored as usize, "{name} ignores others than it counts: {of_this:?}");
        self.ignored.extend(of_this);
        Ok(())
    }

    /// As a sentence.
    fn told(&self, programs: usize) -> String {
        let Self { passed, not_started, disturbed, ignored, .. } = self;
        let sum = *passed as usize + *not_started as usize + disturbed.len();
        let mut told = format!("The tests pass under Wine: {programs} programs, {sum} tests");
        if *not_started > 0 {
            let _ = write!(told, ", {not_started} at another try because Wine started no process");
        }
        if !disturbed.is_empty() {
            let _ = write!(told, ", {} only when alone ({})", disturbed.len(), disturbed.join(", "));
        }
        let _ = write!(told, "; {} ignored: {}", ignored.len(), by_reason(ignored));
        let left_out = NOT_RUN.iter().map(|(test, why)| format!("{test} ({why})"));
        let _ = write!(told, "; built only: {}", left_out.collect::<Vec<_>>().join(", "));
        told
    }
}

/// Whether a test passes when it is tried again. Another try is only for one that got no process.
fn passes_alone(test: &str, mut run: impl FnMut() -> Result<Finished>) -> Result<bool> {
    for _ in 0..TRIES {
        let Finished { status, output, .. } = run()?;
        if status.success() {
            return Ok(tally(&output).is_some_and(|tally| tally.passed == 1));
        }
        if !not_started(&output).contains(&test) {
            break;
        }
    }
    Ok(false)
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
    let started_nothing = |text: &str| {
        text.lines().next().is_some_and(|line| NO_PROCESS.iter().any(|words| line.contains(words)))
    };
    named.filter(|(_, text)| started_nothing(text)).map(|(name, _)| name).collect()
}

/// What the last line of a test program says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    ignored: u32,
    filtered: u32,
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; ...`.
fn tally(output: &str) -> Option<Tally> {
    let line = output.lines().rev().find(|line| line.starts_with("test result: "))?;
    let count = |word: &str| {
        let words: Vec<&str> = line.split([' ', ';']).collect();
        let place = words.iter().position(|other| *other == word)?;
        words.get(place.checked_sub(1)?)?.parse().ok()
    };
    Some(Tally {
        passed: count("passed")?,
        failed: count("failed")?,
        ignored: count("ignored")?,
        filtered: count("filtered")?,
    })
}

/// The names of the tests that failed.
fn failed(output: &str) -> Vec<&str> {
    let lines = output.lines();
    // Names that are shorter than others have blanks behind them.
    lines
        .filter_map(|line| Some(line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?.trim_end()))
        .collect()
}

fn failure(program: &str, test: &str) -> String {
    format!("{program}: {test} FAILED")
}

/// A program that did not come to its end, or failed without a test that did.
fn no_end(program: &str, errors: &str) -> String {
    let last = errors.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
    format!("{program} did not come to its end; it said last: {last}")
}

#[cfg(test)]
mod unit_tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn the_tally_is_the_last_line() {
        let output = "test result: FAILED. 9 passed; 1 failed; 9 ignored\n\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.1s\n";
        assert_eq!(tally(output), Some(Tally { passed: 3, failed: 0, ignored: 1, filtered: 2 }));
        for output in
            ["", "test a ... ok", "test result: ok. many passed; 0 failed; 1 ignored; 0 filtered out"]
        {
            assert_eq!(tally(output), None, "{output}");
        }
    }

    #[test]
    fn tests_without_a_process_are_found() {
        let output = "test a ... FAILED\n\nfailures:\n\n---- a: b ----\ntest panicked: x: Worker(Os { code: 1359, kind: y\n\n\n---- c ----\ntest panicked: y\nWorker(Os { code: 1359\n";
        assert_eq!(not_started(output), ["a: b"]);
        let in_words = "\n---- d ----\ntest panicked: worker process: Internal error. (os error 1359)\n";
        assert_eq!(not_started(in_words), ["d"]);
        assert_eq!(not_started("test a ... ok\n"), [""; 0]);
    }

    #[test]
    fn failures_are_named() {
        assert_eq!(failed("test a ... ok\ntest b: c   ... FAILED\n"), ["b: c"]);
        let said = "x.exe did not come to its end; it said last: crash";
        assert_eq!(no_end("x.exe", "crash\n\n"), said);
    }

    /// A sum with the run of a program in it that failed so many tests; a second try of each ends so.
    fn sum(failures: usize, output: &str, second: bool) -> Sum {
        let named = (0..failures).map(|number| format!("test t{number} ... FAILED\n"));
        let last = format!(
            "test result: FAILED. 7 passed; {failures} failed; 0 ignored; 0 measured; 0 filtered out"
        );
        let output = format!("{}{output}\n{last}\n", named.collect::<String>());
        let status = Command::new(TOOL).arg("--no-such-argument").stderr(Stdio::null()).status().unwrap();
        let finished = Finished { status, output, errors: String::new() };
        let mut sum = Sum::default();
        sum.add("x.exe", &finished, |_| Ok(second)).unwrap();
        sum
    }

    /// A program that is there, and fails without sensible arguments.
    const TOOL: &str = env!("CARGO");

    #[test]
    fn who_passes_alone_is_told_of() {
        let passes = sum(1, "", true);
        assert!(passes.wrong.is_empty());
        let told = passes.told(3);
        assert!(told.contains("3 programs, 8 tests, 1 only when alone (x.exe: t0);"), "{told}");
        assert_eq!(sum(1, "", false).wrong, ["x.exe: t0 FAILED"]);
    }

    #[test]
    fn only_who_had_no_process_is_tried_once_more() {
        const NOTHING: &str = "\n---- t0 ----\nx: Worker(Os { code: 1359, kind: y\n";
        const FAILED: &str = "\n---- t0 ----\ntest panicked: x\n";
        const PASSED: &str = "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 7 filtered out";
        let tried = |outputs: &[&str]| {
            let mut tries = outputs.iter().copied();
            let passes = passes_alone("t0", || {
                let output = tries.next().expect("it is tried no more").to_owned();
                let argument = if output == PASSED { "--version" } else { "--no-such-argument" };
                let mut tool = Command::new(TOOL);
                let status = tool.arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
                Ok(Finished { status, output, errors: String::new() })
            });
            assert_eq!(tries.next(), None, "it is tried too few times");
            passes.unwrap()
        };
        assert!(tried(&[PASSED]) && tried(&[NOTHING, NOTHING, PASSED]));
        assert!(!tried(&[FAILED]) && !tried(&[NOTHING, FAILED]) && !tried(&[NOTHING; 3]));
    }

    #[test]
    fn who_had_no_process_is_told_of_apart() {
        let told = sum(1, "\n---- t0 ----\nx: Worker(Os { code: 1359, kind: y\n", true).told(3);
        assert!(told.contains("8 tests, 1 at another try because Wine started no process;"), "{told}");
    }

    #[test]
    fn too_many_disturbed_tests_are_wrong() {
        assert_eq!(sum(MOST_DISTURBED, "", true).wrong, [""; 0]);
        assert_eq!(sum(MOST_DISTURBED + 1, "", true).wrong, ["x.exe: t5 FAILED"]);
    }

    #[test]
    fn a_failed_program_without_a_failed_test_is_wrong() {
        assert_eq!(sum(0, "", true).wrong, ["x.exe did not come to its end; it said last: nothing"]);
    }
}
