//! `cargo sim --all`: many scenarios, one line each, and a summary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde_json::Value;

use crate::{FAILED, USAGE};

/// What a scenario came to.
pub struct Played {
    name: String,
    time: Duration,
    result: Result<(), Failure>,
}

impl Played {
    /// Whether it did not pass.
    pub fn failed(&self) -> bool {
        self.result.is_err()
    }
}

/// Why a scenario did not pass.
#[derive(Debug, PartialEq, Eq)]
struct Failure {
    /// The exit code of `cargo sim`.
    code: u8,
    reasons: Vec<String>,
}

/// Plays scenarios, each with the command that prints its report as JSON.
pub fn run(scenarios: Vec<(PathBuf, Command)>, junit: Option<&Path>) -> Result<ExitCode> {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}")?;
    // On a terminal only.
    let bar = ProgressBar::new(u64::try_from(scenarios.len())?).with_style(style);
    let mut all = Vec::new();
    for (path, command) in scenarios {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        bar.set_message(name.clone());
        let played = play(name, command)?;
        bar.suspend(|| print!("{}", lines(&played)));
        bar.inc(1);
        all.push(played);
    }
    bar.finish_and_clear();
    println!("\n{}", summary(&all));
    if let Some(path) = junit {
        let document = document(&all)?;
        fs::write(path, document).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(ExitCode::from(code(&all)))
}

/// Plays one scenario: `command` prints its report as JSON.
pub fn play(name: String, mut command: Command) -> Result<Played> {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().context("could not start umdf-host")?;
    Ok(Played { name, time: began.elapsed(), result: judge(&output) })
}

fn judge(output: &Output) -> Result<(), Failure> {
    let code = output.status.code().and_then(|code| u8::try_from(code).ok());
    let reasons = reasons(&output.stdout);
    match (code, reasons) {
        (Some(0), Some(reasons)) if reasons.is_empty() => Ok(()),
        (Some(code), Some(reasons)) if !reasons.is_empty() => {
            Err(Failure { code: code.max(FAILED), reasons })
        }
        // Without a report, the last line of standard error says why.
        (code, _) => {
            let error = String::from_utf8_lossy(&output.stderr);
            let last = error.lines().last().unwrap_or("umdf-host told nothing").to_owned();
            Err(Failure { code: code.unwrap_or(FAILED).max(FAILED), reasons: vec![last] })
        }
    }
}

/// What a report complains about; `None` if it is no report.
fn reasons(report: &[u8]) -> Option<Vec<String>> {
    let report: Value = serde_json::from_slice(report).ok()?;
    let passed = report["result"].as_str()? == "pass";
    let violation = |violation: &Value| {
        Some(format!("{}: {}", violation["rule"].as_str()?, violation["message"].as_str()?))
    };
    let violations = report["violations"].as_array()?.iter().filter_map(violation);
    let missed = report["missed"].as_array()?.iter().filter_map(|missed| missed.as_str().map(Into::into));
    let mut reasons: Vec<String> = violations.chain(missed).collect();
    if !passed && report["end"] != "finished" {
        reasons.push(format!("the host process ended before its time: {}", report["end"]));
    }
    if !passed && reasons.is_empty() {
        reasons.push("it failed, and the report does not say why".into());
    }
    Some(reasons)
}

/// One line, and one for each reason.
pub fn lines(played: &Played) -> String {
    let Played { name, time, result } = played;
    let (word, reasons) = match result {
        Ok(()) => ("PASS", &[][..]),
        Err(failure) => ("FAIL", &failure.reasons[..]),
    };
    let first = format!("{word}  {name:<32} {:>6.2} s\n", time.as_secs_f64());
    reasons.iter().fold(first, |lines, reason| lines + "       " + reason + "\n")
}

/// How many passed.
pub fn summary(all: &[Played]) -> String {
    let failed = all.iter().filter(|played| played.result.is_err()).count();
    let time: Duration = all.iter().map(|played| played.time).sum();
    let word = if failed == 0 { "PASS" } else { "FAIL" };
    format!("{word}: {} passed, {failed} failed, {:.1} s", all.len() - failed, time.as_secs_f64())
}

/// The worst of the exit codes.
pub fn code(all: &[Played]) -> u8 {
    let codes = all.iter().filter_map(|played| played.result.as_ref().err().map(|failure| failure.code));
    codes.max().map_or(0, |code| code.min(USAGE))
}

fn document(all: &[Played]) -> Result<String> {
    let mut suite = TestSuite::new("device fundamentals");
    for Played { name, time, result } in all {
        let status = match result {
            Ok(()) => TestCaseStatus::success(),
            Err(failure) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(failure.reasons.first().cloned().unwrap_or_default());
                status.set_description(failure.reasons.join("\n"));
                status
            }
        };
        let mut case = TestCase::new(name.as_str(), status);
        case.set_classname("hlk").set_time(*time);
        suite.add_test_case(case);
    }
    let mut report = Report::new("cargo sim");
    report.add_test_suite(suite);
    Ok(report.to_string()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn played(name: &str, result: Result<(), Failure>) -> Played {
        Played { name: name.into(), time: Duration::from_millis(1500), result }
    }

    fn failure(code: u8) -> Failure {
        Failure { code, reasons: vec!["step 1: <a> & b".into(), "step 2: c".into()] }
    }

    #[test]
    fn a_report_tells_what_it_complains_about() {
        let report = |result: &str, rest: &str| format!(r#"{{ "result": "{result}", {rest} }}"#);
        let clean = report("pass", r#""violations": [], "missed": [], "end": "finished""#);
        assert_eq!(reasons(clean.as_bytes()), Some(vec![]));
        let broken = report(
            "fail",
            r#""violations": [{"rule": "R", "message": "m"}], "missed": ["s"], "end": "finished""#,
        );
        assert_eq!(reasons(broken.as_bytes()), Some(vec!["R: m".into(), "s".into()]));
        let died = report("fail", r#""violations": [], "missed": [], "end": {"died": {"how": "signal 11"}}"#);
        assert!(reasons(died.as_bytes()).is_some_and(|reasons| reasons[0].contains("signal 11")));
        let silent = report("fail", r#""violations": [], "missed": [], "end": "finished""#);
        assert_eq!(reasons(silent.as_bytes()).map(|reasons| reasons.len()), Some(1));
        assert_eq!(reasons(b""), None);
        assert_eq!(reasons(b"[]"), None);
    }

    #[test]
    fn the_worst_exit_code_is_that_of_all() {
        assert_eq!(code(&[played("a", Ok(()))]), 0);
        assert_eq!(code(&[played("a", Ok(())), played("b", Err(failure(1)))]), 1);
        assert_eq!(code(&[played("a", Err(failure(2))), played("b", Err(failure(1)))]), 2);
        assert_eq!(code(&[played("a", Err(failure(70)))]), 2);
    }

    #[test]
    fn every_scenario_has_its_line_and_the_reasons_of_its_failure() {
        let all = [played("a", Ok(())), played("b", Err(failure(1)))];
        assert!(lines(&all[0]).starts_with("PASS  a ") && lines(&all[0]).ends_with("1.50 s\n"));
        assert_eq!(lines(&all[1]).lines().count(), 3);
        assert_eq!(summary(&all), "FAIL: 1 passed, 1 failed, 3.0 s");
        assert_eq!(summary(&all[..1]), "PASS: 1 passed, 0 failed, 1.5 s");
    }

    #[test]
    fn junit_has_every_scenario() {
        let text = document(&[played("a", Ok(())), played("b", Err(failure(1)))]).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
        assert_eq!((suite.attribute("tests"), suite.attribute("failures")), (Some("2"), Some("1")));
        let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
        let names: Vec<_> =
            cases.iter().map(|case| (case.attribute("name"), case.attribute("time"))).collect();
        assert_eq!(names, [(Some("a"), Some("1.500")), (Some("b"), Some("1.500"))]);
        let failed = cases[1].first_element_child().unwrap();
        assert_eq!(failed.tag_name().name(), "failure");
        assert_eq!(failed.attribute("message"), Some("step 1: <a> & b"));
        assert!(cases[0].first_element_child().is_none());
    }
}
