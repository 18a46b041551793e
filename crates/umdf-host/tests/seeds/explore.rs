//! Many lives of drivers that go wrong in some or all of them.

use std::fs;
use std::process::Command;

use serde_json::Value;
use umdf_host::Run;
use umdf_host::report::Outcome;

use crate::fixture::driver::{misbehave, scenario};
use crate::fixture::library::library;
use crate::fixture::misbehaviour::Misbehaviour;
use crate::{DEADLINE, LIFE, run};

/// Lives that are played.
const LIVES: u64 = 60;
/// The first seed.
const FIRST: u64 = 1000;

pub fn finds_seeds() {
    let package = misbehave(Misbehaviour::LocksInOtherOrder).install();
    let explored =
        Run::new(library("misbehave"), package.inf(), scenario(LIFE)).deadline(DEADLINE).seed(FIRST);
    let found = explored.explore(LIVES).expect("lives can be explored");
    assert_eq!((found.runs, found.violations), (LIVES, found.failures.len()), "{found}");
    assert!(found.violations > 0 && found.lives_per_second > 0.0 && found.switches_per_life > 1.0, "{found}");
    for seed in FIRST..FIRST + LIVES {
        let again = run(Misbehaviour::LocksInOtherOrder, |run| run.seed(seed));
        let failure = found.failures.iter().find(|failure| failure.seed == seed);
        assert_eq!(again.result == Outcome::Fail, failure.is_some(), "seed {seed}: {found}{again}");
        if let Some(failure) = failure {
            // The step's time is up before the deadlock is certain.
            assert_eq!(again.missed.first(), Some(&failure.what), "{again}");
        }
    }
}

pub fn death() {
    let package = misbehave(Misbehaviour::Abort).install();
    let explored = Run::new(library("misbehave"), package.inf(), scenario(LIFE)).deadline(DEADLINE);
    let found = explored.explore(3).expect("lives can be explored");
    let told: Vec<_> = found.failures.iter().map(|failure| (failure.seed, failure.what.as_str())).collect();
    assert_eq!(told, [(0, "signal SIGABRT"), (1, "signal SIGABRT"), (2, "signal SIGABRT")]);
}

pub fn program() {
    let package = misbehave(Misbehaviour::LocksInOtherOrder).install();
    let file = package.folder().join("scenario.toml");
    fs::write(&file, LIFE).expect("the folder is writable");
    let program = env!("CARGO_BIN_EXE_umdf-host");
    let mut command = Command::new(program);
    command.arg("explore").arg("--driver").arg(library("misbehave")).arg("--inf").arg(package.inf());
    command.arg("--scenario").arg(&file).args(["--runs", "60", "--seed-from", "1000", "--json"]);
    let output = command.output().expect("umdf-host starts");
    let document: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!((output.status.code(), &document["runs"]), (Some(1), &Value::from(60)), "{document}");
    let replay = document["replay"].as_str().expect("a life failed");
    let words: Vec<_> = replay.split(' ').collect();
    assert!(words.ends_with(&["--seed", &document["failures"][0]["seed"].to_string()]), "{replay}");
    let again = Command::new(program).args(&words[1..]).output().expect("umdf-host starts");
    assert_eq!(again.status.code(), Some(1), "{replay}");
}
