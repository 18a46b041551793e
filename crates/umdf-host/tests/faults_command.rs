//! `umdf-host faults`: exit codes, what is printed, and the scenarios that are written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use fixture::driver::{LIFE, Package, misbehave};
use fixture::library::library;
use fixture::misbehaviour::Misbehaviour;

#[expect(dead_code, reason = "other tests use more of it")]
mod fixture;

/// A package with a scenario beside it.
fn package(misbehaviour: Misbehaviour, scenario: &str) -> Package {
    let package = misbehave(misbehaviour).install();
    fs::write(package.folder().join("scenario.toml"), scenario).expect("the folder is writable");
    package
}

fn umdf_host(command: &str, package: &Package, scenario: &Path, options: &[&str]) -> Output {
    let mut host = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
    host.arg(command).arg("--driver").arg(library("misbehave")).arg("--inf").arg(package.inf());
    host.arg("--scenario").arg(scenario).args(options).output().expect("umdf-host starts")
}

fn faults(package: &Package, options: &[&str]) -> Output {
    umdf_host("faults", package, &package.folder().join("scenario.toml"), options)
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("UTF-8")
}

/// The document of a sweep with this exit code.
#[track_caller]
fn document(output: &Output, code: i32) -> Value {
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(code), ""), "{}", text(&output.stdout));
    serde_json::from_slice(&output.stdout).expect("standard output is one JSON document")
}

#[track_caller]
fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list: {value}"))
}

/// Lives that failed with so many faults, each in words.
fn failed(sweep: &Value, faults: usize) -> Vec<String> {
    let failures = list(sweep, "failures").iter().filter(|failure| list(failure, "faults").len() == faults);
    failures.map(|failure| failure["faults"].to_string()).collect()
}

/// Wrong usage: exit code 2, nothing on standard output, one line on standard error with these words.
#[track_caller]
fn assert_usage(output: &Output, words: &[&str]) {
    let error = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    for word in words {
        assert!(error.contains(word), "`{word}` is not in: {error}");
    }
}

/// A good driver: how much was tried, what came out, and nothing else.
#[test]
fn a_good_driver_passes() {
    let package = package(Misbehaviour::None, LIFE);
    let folder = package.folder().join("saved");
    let save = folder.to_str().expect("UTF-8");
    let sweep = document(&faults(&package, &["--json", "--pairs", "10", "--save", save]), 0);
    let count = |key: &str| sweep[key].as_u64().unwrap_or_else(|| panic!("{key} is no number: {sweep}"));
    assert!(count("points") > 10 && count("statuses") > count("points"), "{sweep}");
    // Two accesses, three ways to break.
    assert_eq!(count("breakages"), 6, "{sweep}");
    assert!((8..=10).contains(&count("pairs")), "{sweep}");
    assert_eq!(list(&sweep, "failures"), [] as [Value; 0]);
    assert!(!folder.exists(), "there is nothing to save");
    // This one looks at nothing that it reads: all is well with a device that is broken.
    let lives = serde_json::json!({ "STATUS_SUCCESS": 2 });
    let broken = serde_json::json!({ "all ones": lives, "late": lives, "stuck": lives });
    assert_eq!(sweep["broken"], broken);
    let came_out = |status: &str| sweep["came_out"][status].as_u64().unwrap_or(0);
    assert!(came_out("STATUS_SUCCESS") > count("points"), "{sweep}");
    assert!(came_out("STATUS_BUFFER_TOO_SMALL") >= 2, "{sweep}");
}

/// One that forgets a request when it does not get its input: it is told, and what is written repeats it.
#[test]
fn a_failure_is_told_and_saved() {
    let forgetful = package(Misbehaviour::ForgetOnError, LIFE);
    let folder = forgetful.folder().join("deep/saved");
    let save = ["--pairs", "0", "--save", folder.to_str().expect("UTF-8")];
    let sweep = document(&faults(&forgetful, &["--json", "--pairs", "0"]), 1);
    let told = faults(&forgetful, &save);
    let (story, failures) = (text(&told.stdout), list(&sweep, "failures"));
    assert_eq!((told.status.code(), text(&told.stderr)), (Some(1), ""), "{story}");
    assert!(!failures.is_empty() && failures.len() == failed(&sweep, 1).len(), "{sweep}");
    assert!(story.ends_with(&format!("\n{} lives did not come out right\n", failures.len())), "{story}");

    let [good, bad] = [Misbehaviour::None, Misbehaviour::ForgetOnError].map(|how| package(how, LIFE));
    let mut saved: Vec<_> =
        fs::read_dir(&folder).expect("it was made").map(|file| file.expect("readable").path()).collect();
    saved.sort();
    assert_eq!(saved.len(), failures.len(), "{saved:?}");
    for (number, failure) in failures.iter().enumerate() {
        let fault = failure["faults"][0].as_str().expect("in words");
        let what = failure["what"][0].as_str().expect("in words");
        assert!(
            fault.contains(" of WdfRequestRetrieve") && what.starts_with("REQ_CANCEL_IGNORED: "),
            "{failure}"
        );
        assert!(story.contains(&format!("{fault}\n  {what}\n")), "{fault}: {what}: {story}");
        let file = folder.join(format!("fault-{number}.toml"));
        let scenario = fs::read_to_string(&file).expect("it was written");
        assert!(scenario.starts_with(&format!("# {what}")) && scenario.contains(fault), "{scenario}");
        for (package, code) in [(&good, 0), (&bad, 1)] {
            let again = umdf_host("run", package, &file, &[]);
            assert_eq!(again.status.code(), Some(code), "{}", text(&again.stdout));
        }
    }
}

/// The seed draws the pairs, and the same seed the same ones.
#[test]
fn pairs_come_by_seed() {
    let package = package(Misbehaviour::ForgetOnError, LIFE);
    let sweep = |seed: &str| document(&faults(&package, &["--json", "--pairs", "20", "--seed", seed]), 1);
    let (first, again, other) = (sweep("3"), sweep("3"), sweep("4"));
    assert_eq!(first, again);
    assert!(!failed(&first, 2).is_empty(), "{first}");
    assert_ne!(failed(&first, 2), failed(&other, 2));
}

/// A status that neither the framework nor the life without faults has is a failure, unless it is allowed.
#[test]
fn another_status_has_to_be_allowed() {
    let package = package(Misbehaviour::OtherStatusOnError, LIFE);
    let refused = document(&faults(&package, &["--json", "--pairs", "0"]), 1);
    for failure in list(&refused, "failures") {
        let broken = failure["what"].as_array().expect("a list");
        assert_eq!(broken, &["STATUS_UNSUCCESSFUL came out"], "{failure}");
    }
    let options =
        ["--json", "--pairs", "0", "--allow", "STATUS_ACCESS_DENIED", "--allow", "STATUS_UNSUCCESSFUL"];
    document(&faults(&package, &options), 0);
    assert_eq!(document(&faults(&package, &options[..5]), 1), refused);
}

#[test]
fn wrong_usage_is_told_and_nothing_is_played() {
    let package = package(Misbehaviour::None, LIFE);
    assert_usage(&faults(&package, &["--allow", "STATUS_OF_MINE"]), &["--allow", "STATUS_OF_MINE"]);
    assert_usage(&faults(&package, &["--pairs", "some"]), &["--pairs", "some"]);
    assert_usage(&faults(&package, &["--seed", "-1"]), &["-1"]);
    let missing = package.folder().join("missing.toml");
    assert_usage(&umdf_host("faults", &package, &missing, &[]), &["missing.toml"]);
    let qemu = ["--device", "qemu:edu"];
    assert_usage(&faults(&package, &qemu), &["qemu:edu", "--device"]);
}

/// Of a driver that fails without any fault nothing can be said.
#[test]
fn a_life_that_fails_anyway_is_told() {
    let package = package(Misbehaviour::MapTwice, LIFE);
    assert_usage(&faults(&package, &[]), &["although nothing goes wrong", "MAP_TWICE", "mend that first"]);
}

/// What cannot be written is named.
#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let package = package(Misbehaviour::ForgetOnError, LIFE);
    let taken = package.folder().join("taken");
    fs::write(&taken, "a file").expect("the folder is writable");
    let options = ["--pairs", "0", "--save", taken.to_str().expect("UTF-8")];
    assert_usage(&faults(&package, &options), &["taken", "another folder"]);
}
