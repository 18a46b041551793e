//! Many lives of drivers that go wrong in some or all of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;
use umdf_host::explore::{Lives, draw};
use umdf_host::report::Outcome;
use umdf_host::scenario::Scenario;
use umdf_host::{Plan, Run, RunError};

use crate::fixture::driver::{LIFE, misbehave, scenario};
use crate::fixture::library::library;
use crate::fixture::misbehaviour::Misbehaviour;
use crate::{DEADLINE, PATIENCE, run};

/// Lives that are played.
const LIVES: u64 = 60;
/// The first seed.
const FIRST: u64 = 1000;

pub fn finds_seeds() {
    let package = misbehave(Misbehaviour::LocksInOtherOrder).install();
    let explored =
        Run::new(library("misbehave"), package.inf(), scenario(LIFE)).deadline(DEADLINE).seed(FIRST);
    let found = explored.explore(LIVES, Lives::Written).expect("lives can be explored");
    assert_eq!((found.runs, found.violations), (LIVES, found.failures.len()), "{found}");
    assert!(found.violations > 0 && found.lives_per_second > 0.0 && found.switches_per_life > 1.0, "{found}");
    for seed in FIRST..FIRST + LIVES {
        let again = run(Misbehaviour::LocksInOtherOrder, |run| run.seed(seed));
        let failure = found.failures.iter().find(|failure| failure.seed == seed);
        assert_eq!(again.result == Outcome::Fail, failure.is_some(), "seed {seed}: {found}{again}");
        if let Some(failure) = failure {
            let told = again.violations.first().map(|broken| format!("{}: {}", broken.rule, broken.message));
            assert_eq!(told.as_ref(), Some(&failure.what), "{again}");
        }
    }
}

pub fn death() {
    let package = misbehave(Misbehaviour::Abort).install();
    let explored = Run::new(library("misbehave"), package.inf(), scenario(LIFE)).deadline(DEADLINE);
    let found = explored.explore(3, Lives::Written).expect("lives can be explored");
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
    command.arg("--scenario").arg(&file).args([
        "--runs",
        "60",
        "--seed-from",
        "1000",
        "--keep-steps",
        "--json",
    ]);
    let output = command.output().expect("umdf-host starts");
    let document: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!((output.status.code(), &document["runs"]), (Some(1), &Value::from(60)), "{document}");
    let replay = document["replay"].as_str().expect("a life failed");
    let words: Vec<_> = replay.split(' ').collect();
    assert!(words.ends_with(&["--seed", &document["failures"][0]["seed"].to_string()]), "{replay}");
    let again = Command::new(program).args(&words[1..]).output().expect("umdf-host starts");
    assert_eq!(again.status.code(), Some(1), "{replay}");
}

/// What lives are drawn from: I/O control requests of this code write and read a register.
const BASE: &str = r#"
title = "Drawn"
device = { model = "scratch", bars = [0x1000] }
ioctls = { WRITE_AND_READ = 0x222000 }

[[step]]
do = "start"

[[step]]
do = "fuzz"
seed = 1
times = 5
inputs = ["78563412"]
"#;

/// A life that fails is made small, and the file that says it fails in the same way. Without the bug it does not.
pub fn smallest() {
    let package = misbehave(Misbehaviour::LocksInOtherOrder).install();
    let folder = package.folder().join("found");
    let base = package.folder().join("base.toml");
    fs::write(&base, BASE).expect("the folder is writable");
    let program = env!("CARGO_BIN_EXE_umdf-host");
    let files = |inf: &Path, scenario: &Path| {
        [
            "--driver".into(),
            library("misbehave"),
            "--inf".into(),
            inf.into(),
            "--scenario".into(),
            scenario.into(),
        ]
    };
    let mut command = Command::new(program);
    command.arg("explore").args(files(&package.inf(), &base)).args([
        "--runs",
        "8",
        "--seed-from",
        "4",
        "--json",
        "--save",
    ]);
    let output = command.arg(&folder).output().expect("umdf-host starts");
    let document: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(output.status.code(), Some(1), "{document}");
    let replay =
        document["replay"].as_str().filter(|replay| replay.ends_with(" --drawn")).expect("a life failed");
    let again = Command::new(program).args(replay.split(' ').skip(1)).output().expect("umdf-host starts");
    assert_eq!(again.status.code(), Some(1), "{replay}");

    let saved = document["saved"].as_array().expect("a list");
    let saved = saved.iter().filter_map(|path| path.as_str()).find(|path| path.contains("callback-timeout"));
    let saved = Path::new(saved.expect("a deadlock is found"));
    let failures = document["failures"].as_array().expect("a list").iter();
    let seed = failures.clone().find(|failure| failure["what"].to_string().contains("deadlock"));
    let seed = seed.and_then(|failure| failure["seed"].as_u64()).expect("it has a seed");
    let drawn = draw(&scenario(BASE), Plan { seed, preemptions: None });
    let small = Scenario::load(saved).expect("it is a scenario");
    assert!(small.steps.len() < drawn.steps.len() && small.steps.len() <= 3, "{small:#?}");
    assert!(small.plan.is_some_and(|plan| plan.preemptions.is_some_and(|most| most < 16)), "{small:#?}");

    let play = |inf: &Path| {
        let mut command = Command::new(program);
        let output = command.arg("run").args(files(inf, saved)).arg("--json").output();
        serde_json::from_slice::<Value>(&output.expect("umdf-host starts").stdout).expect("one JSON document")
    };
    let [first, second] = [(); 2].map(|()| play(&package.inf()));
    assert_eq!(first, second);
    assert_eq!(first["violations"][0]["rule"], "CALLBACK_TIMEOUT", "{first}");
    let good = misbehave(Misbehaviour::None).install();
    assert_eq!(play(&good.inf())["result"], "pass");
}

/// Explores this driver as the program does. The answer comes when nobody has the program's output open any more: no
/// process is left.
fn explore(driver: &str, misbehaviour: Misbehaviour, options: &[&str]) -> (Output, Duration) {
    let package = misbehave(misbehaviour).install();
    let file = package.folder().join("scenario.toml");
    fs::write(&file, LIFE).expect("the folder is writable");
    let mut command = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
    command.arg("explore").arg("--driver").arg(library(driver)).arg("--inf").arg(package.inf());
    command.arg("--scenario").arg(&file).args(["--keep-steps", "--json"]).args(options);
    command.env("MISBEHAVE_LIVES", package.folder().join("lives"));
    let begin = Instant::now();
    (command.output().expect("umdf-host starts"), begin.elapsed())
}

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

/// A library whose initialiser does not return: the supervisor gives up, and no process is left.
pub fn never_loads() {
    let (output, time) = explore("hang_on_load", Misbehaviour::None, &["--deadline", "0.1", "--runs", "3"]);
    let error = str::from_utf8(&output.stderr).expect("UTF-8");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{error}");
    let said = "umdf-host: worker process: the driver's library is not loaded after 10.1s: run one life to be told more\n";
    assert_eq!(error, said);
    assert!(time < PATIENCE, "{time:?}");
}

/// A driver that hangs in each life, and starts what lives on.
pub fn never_ends() {
    for misbehaviour in
        [Misbehaviour::HangInDriverEntry, Misbehaviour::HangWithChild, Misbehaviour::StopWithDaemon]
    {
        let (output, time) = explore("misbehave", misbehaviour, &["--deadline", "0.5", "--runs", "3"]);
        let found = document(&output);
        assert_eq!((output.status.code(), &found["violations"]), (Some(1), &3.into()), "{found}");
        for failure in found["failures"].as_array().expect("a list") {
            assert_eq!(failure["what"], "no end of the life for 500ms of real time", "{found}");
        }
        // None of them came to its end.
        assert_eq!(found["switches_per_life"], 0.0, "{found}");
        assert!(time < PATIENCE, "{misbehaviour:?}: {time:?}");
    }
}

/// A life that was late among others and is not alone had to wait for the machine: nothing is wrong with it.
pub fn late_once() {
    let options = ["--deadline", "2", "--runs", "5"];
    let (output, time) = explore("misbehave", Misbehaviour::HangInSecondLife, &options);
    let found = document(&output);
    assert_eq!((output.status.code(), &found["violations"]), (Some(0), &0.into()), "{found}");
    // It was.
    assert!(time > Duration::from_secs(2), "{time:?}");
}

/// The average is of the lives that came to their end, those that missed an expectation too.
pub fn average() {
    let [good, bad] = ["78563412", "00000000"].map(|output| {
        let package = misbehave(Misbehaviour::None).install();
        let life = LIFE.replace("expect-output = \"78563412\"", &format!("expect-output = \"{output}\""));
        let run =
            Run::new(library("misbehave"), package.inf(), scenario(&life)).deadline(DEADLINE).seed(FIRST);
        run.explore(LIVES, Lives::Written).expect("lives can be explored")
    });
    assert_eq!((good.violations as u64, bad.violations as u64), (0, LIVES));
    assert!(good.switches_per_life > 1.0, "{good}");
    assert_eq!(good.switches_per_life.to_bits(), bad.switches_per_life.to_bits(), "{good}{bad}");
}

/// The same seeds have the same lives, and others have others.
pub fn repeats() {
    let package = misbehave(Misbehaviour::None).install();
    let digest = |first: u64| {
        let run =
            Run::new(library("misbehave"), package.inf(), scenario(BASE)).deadline(DEADLINE).seed(first);
        let found = run.explore(LIVES, Lives::Drawn).expect("lives can be explored");
        (found.digest, found.failures)
    };
    let (first, again, other) = (digest(1), digest(1), digest(1000));
    assert_eq!(first, again);
    assert_ne!(first.0, other.0);
}

/// A life among others in one process is what it is in a process of its own, however the others end.
pub fn together() {
    for misbehaviour in [Misbehaviour::None, Misbehaviour::LocksInOtherOrder] {
        let package = misbehave(misbehaviour).install();
        let explored = |first: u64, lives: u64| {
            let run =
                Run::new(library("misbehave"), package.inf(), scenario(BASE)).deadline(DEADLINE).seed(first);
            let found = run.explore(lives, Lives::Drawn).expect("lives can be explored");
            let digest = u64::from_str_radix(&found.digest, 16).expect("a number in hexadecimal");
            (digest, found.failures)
        };
        let alone = (FIRST..FIRST + LIVES).map(|seed| explored(seed, 1)).reduce(
            |(digest, mut all), (more, failures)| {
                all.extend(failures);
                (digest.wrapping_add(more), all)
            },
        );
        assert_eq!(Some(explored(FIRST, LIVES)), alone);
    }
}

/// A scenario that ends its host process has no life in one: it is refused, unless other lives are drawn from it.
pub fn one_process() {
    let package = misbehave(Misbehaviour::None).install();
    let life = LIFE.to_owned() + "[[step]]\ndo = \"reinstall\"\n[[step]]\ndo = \"start\"\n";
    let explore = |lives| {
        let run = Run::new(library("misbehave"), package.inf(), scenario(&life)).deadline(DEADLINE);
        run.explore(3, lives)
    };
    let refused = explore(Lives::Written);
    assert!(matches!(refused, Err(RunError::Reinstalls { number: 6 })), "{refused:?}");
    assert!(explore(Lives::Drawn).is_ok());
}

/// A life is what it is where it is played alone, in a worker and on threads of the system.
pub fn replays() {
    for misbehaviour in
        [Misbehaviour::None, Misbehaviour::LocksInOtherOrder, Misbehaviour::Abort, Misbehaviour::KeepRequest]
    {
        let package = misbehave(misbehaviour).install();
        let run = |seed: u64, scenario: Scenario| {
            Run::new(library("misbehave"), package.inf(), scenario).deadline(DEADLINE).seed(seed)
        };
        for seed in FIRST..FIRST + LIVES / 3 {
            let explored = run(seed, scenario(BASE)).explore(1, Lives::Drawn).expect("lives can be explored");
            let life = draw(&scenario(BASE), Plan { seed, preemptions: None });
            let (report, recording) = run(seed, life).record().expect("the run can be told");
            let digest = format!("{:016x}", recording.digest());
            assert_eq!(explored.digest, digest, "{misbehaviour:?}, seed {seed}: {explored}{report}");
        }
    }
}

/// Each life has the library as it was right after loading.
pub fn fresh() {
    let package = misbehave(Misbehaviour::LoadOnce).install();
    let run = Run::new(library("misbehave"), package.inf(), scenario(LIFE)).deadline(DEADLINE);
    let found = run.explore(LIVES, Lives::Written).expect("lives can be explored");
    assert_eq!((found.runs, found.violations), (LIVES, 0), "{found}");
}

/// The thread that loaded the library has what its initialiser kept for it, and is the first one of each life.
pub fn initialised() {
    let package = misbehave(Misbehaviour::LoadWhereInitialised).install();
    let run = Run::new(library("misbehave"), package.inf(), scenario(LIFE)).deadline(DEADLINE).seed(FIRST);
    let found = run.clone().explore(LIVES, Lives::Written).expect("lives can be explored");
    assert_eq!((found.runs, found.violations), (LIVES, 0), "{found}");
    assert_eq!(run.run().expect("the run can be told").result, Outcome::Pass);
}

/// What the driver keeps for a thread is that thread's, although all run on one of the system.
pub fn locals() {
    let [sound, keeps] = [Misbehaviour::None, Misbehaviour::ForgetNested].map(|misbehaviour| {
        let package = misbehave(misbehaviour).install();
        let run =
            Run::new(library("misbehave"), package.inf(), scenario(BASE)).deadline(DEADLINE).seed(FIRST);
        let found = run.explore(LIVES, Lives::Drawn).expect("lives can be explored");
        (found.digest, found.failures)
    });
    assert_eq!(sound, keeps);
}
