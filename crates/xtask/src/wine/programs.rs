//! Programs that tell themselves whether all is well: tests, `reload`, `setup`.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use anyhow::{Context, ensure};

use super::prefix::{MANY_RUNS, RUN, finish, windows_path};
use super::{Bench, Found, file_name};
use crate::INF;

/// How the line ends that `reload` prints if all went well.
const RELOADED: &str = "no provider left";
/// The device that the INF is for, and one that it is not for.
const ID: &str = r"PCI\VEN_1234&DEV_11E8";
const OTHER_ID: &str = r"PCI\VEN_1234&DEV_11E9";
/// What stampinf would write.
const DRIVER_VER: &str = concat!("11/25/2026,", env!("CARGO_PKG_VERSION"), ".0");
/// Tests that are left out, and why.
const LEFT_OUT: &[(&str, &str)] =
    &[("a stack overflow", "a process whose stack overflows does not end under Wine 8")];
/// What a test says when Wine starts no process: `ERROR_INTERNAL_ERROR`, out of `CreateProcess`.
const NO_PROCESS: &str = "Worker(Os { code: 1359";
/// Threads of a test program. Each of its runs has processes with threads of their own.
const TEST_THREADS: &str = "4";

/// Has the driver loaded and unloaded in one process.
pub fn reload(bench: &Bench) -> Found {
    let mut command = bench.prefix.command(&bench.windows.reload);
    command.arg(windows_path(&bench.windows.driver));
    let finished = finish(&mut command, &bench.folder.join("reload"), RUN)?;
    let told = finished.output.trim_end();
    // Wine's debugger may end a program that crashes with success, and then has told about it.
    ensure!(
        finished.status.success() && told.lines().count() == 1 && told.ends_with(RELOADED),
        "the driver does not survive being unloaded and loaded again ({}):\n{}{}",
        finished.status,
        finished.output,
        finished.errors
    );
    Ok(Ok(format!("The driver can be unloaded and loaded again: {told}")))
}

/// Has the stamped INF read by the set-up API, and its files copied.
pub fn setup(bench: &Bench) -> Found {
    let package = bench.folder.join("package");
    fs::create_dir_all(&package).with_context(|| package.display().to_string())?;
    let inf = package.join("edu_umdf.inf");
    let mut stamp = Command::new(&bench.native.host);
    stamp.args(["inf", "stamp"]).arg(bench.root.join(INF)).arg(&inf).args(["--driver-ver", DRIVER_VER]);
    let stamped = finish(&mut stamp, &bench.folder.join("stamp"), RUN)?;
    ensure!(stamped.status.success(), "the INX cannot be stamped: {}", stamped.errors);
    let driver = package.join("edu_umdf.dll");
    fs::copy(&bench.windows.driver, &driver).with_context(|| driver.display().to_string())?;

    let run = |id: &str, name: &str| {
        let mut command = bench.prefix.command(&bench.windows.setup);
        command.arg(windows_path(&inf)).arg(id);
        finish(&mut command, &bench.folder.join(name), RUN)
    };
    let read = run(ID, "setup")?;
    ensure!(read.status.success(), "the set-up API has other views ({}):\n{}", read.status, read.errors);
    // A program that says yes to everything would say yes here too.
    let other = run(OTHER_ID, "setup-other")?;
    ensure!(!other.status.success(), "the INF fits {OTHER_ID} too: {}", other.output);
    Ok(Ok(format!("The set-up API reads the INF as the host does: {}", read.output.trim_end())))
}

/// Runs the tests of driver and host.
pub fn tests(bench: &Bench) -> Found {
    let mut sum = Tally::default();
    let (mut again, mut wrong) = (0, Vec::new());
    ensure!(!bench.tests.tests.is_empty(), "cargo built no tests");
    for test in &bench.tests.tests {
        let name = file_name(&test.program);
        let run = |arguments: &[&str], files: &str| {
            let mut command = bench.prefix.command(&test.program);
            command.current_dir(&test.package).args(["--test-threads", TEST_THREADS]).args(arguments);
            command.args(LEFT_OUT.iter().flat_map(|(test, _)| ["--skip", test]));
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
        if !finished.status.success() || tally.passed == 0 {
            wrong.append(&mut failed);
        }
        sum.passed += tally.passed;
        sum.ignored += tally.ignored;
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let left_out: Vec<String> = LEFT_OUT.iter().map(|(test, why)| format!("{test} ({why})")).collect();
    let programs = bench.tests.tests.len();
    let Tally { passed, ignored, .. } = sum;
    let mut told = format!(
        "The tests pass under Wine: {programs} programs, {} tests, {ignored} ignored",
        passed + again
    );
    if again > 0 {
        let _ = write!(told, ", {again} at the second try because Wine started no process");
    }
    let _ = write!(told, "; left out: {}", left_out.join(", "));
    Ok(Ok(told))
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
