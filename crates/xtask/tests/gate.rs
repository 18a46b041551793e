//! `.ci/run`: the budgets of its steps, and what it makes of those that fail or take too long.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn gate() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the checkout");
    fs::read_to_string(root.join(".ci/run")).expect("the gate is text")
}

/// Runs the gate with other steps in the place of its own.
fn run(steps: &str, ci: &str) -> Output {
    let gate = gate();
    let (machinery, _) = gate.split_once("\nstep '").expect("it has steps");
    let here = machinery.replace("cd \"$(dirname \"$0\")/..\"\n", "");
    assert_ne!(here, machinery, "it goes to the checkout in other words");
    let script = format!("{here}\n{steps}");
    Command::new("bash").args(["-c", &script]).env("CI", ci).output().expect("bash starts")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_budgets_add_up_to_the_whole() {
    let gate = gate();
    let whole = gate.lines().find_map(|line| line.strip_prefix("whole=")).expect("there is one for all");
    let steps = gate.lines().filter_map(|line| line.strip_prefix("step '")?.split_once("' "));
    let budgets = steps.map(|(name, rest)| {
        let budget = rest.split(' ').next().and_then(|word| word.parse::<u32>().ok());
        budget.unwrap_or_else(|| panic!("{name} has no budget"))
    });
    let budgets: Vec<u32> = budgets.collect();
    assert!(budgets.len() > 10 && budgets.iter().all(|budget| *budget > 0), "{budgets:?}");
    let whole: u32 = whole.parse().expect("a number of seconds");
    assert!(whole <= 40 * 60 && budgets.iter().sum::<u32>() <= whole, "{budgets:?} are not {whole} together");
}

#[test]
fn every_step_is_told_when_one_fails() {
    let output = run("step 'a' 5 true\nstep 'b' 5 false\nstep 'c' 5 true\n", "");
    let told = text(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let rows: Vec<_> =
        told.lines().filter(|line| line.contains(" s of ") && !line.starts_with('=')).collect();
    let [a, b, whole] = rows.as_slice() else { panic!("{told}") };
    assert!(a.starts_with("a ") && a.ends_with("  ok"), "{a}");
    assert!(b.starts_with("b ") && b.ends_with("  FAILED"), "{b}");
    assert!(whole.starts_with("the whole "), "{whole}");
    assert!(!told.contains("all passed"), "{told}");
}

#[test]
fn who_takes_too_long_fails_where_the_machine_is_for_this_alone() {
    let output = run("step 'a' 0 sleep 1.1\nstep 'b' 5 true\n", "true");
    let told = text(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("ok, OVER its budget") && told.contains("==== over budget: a\n"), "{told}");
    for (ci, code) in [("", 0), ("true", 1)] {
        let output = run("whole=0\nstep 'a' 5 sleep 1.1\n", ci);
        let told = text(&output);
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains("==== over budget: the whole\n"), "{told}");
        assert_eq!(told.contains("all passed"), code == 0, "{told}");
    }
    assert_eq!(run("step 'a' 5 true\n", "true").status.code(), Some(0));
}
