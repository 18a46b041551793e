//! The program `umdf-host`: exit codes, usage errors, the JSON document, and what it leaves behind.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use umdf_host::rules::{NOT_TESTABLE, Rule};

use fixture::driver::{LIFE, Package, misbehave};
use fixture::ends::ACCESS_VIOLATION;
use fixture::library::library;
use fixture::misbehaviour::Misbehaviour;

#[expect(dead_code, reason = "other tests use more of it")]
mod fixture;

/// Longest wait for a process to end, and for what it started.
const PATIENCE: Duration = Duration::from_secs(10);

fn umdf_host() -> Command {
    Command::new(env!("CARGO_BIN_EXE_umdf-host"))
}

/// A package and a scenario beside it.
struct Files {
    package: Package,
}

impl Files {
    fn new(misbehaviour: Misbehaviour) -> Self {
        Self::with_scenario(misbehaviour, LIFE)
    }

    fn with_scenario(misbehaviour: Misbehaviour, scenario: &str) -> Self {
        let files = Self { package: misbehave(misbehaviour).install() };
        fs::write(files.scenario(), scenario).expect("the folder is writable");
        files
    }

    fn scenario(&self) -> PathBuf {
        self.package.folder().join("scenario.toml")
    }

    /// `umdf-host run` with these files.
    fn command(&self) -> Command {
        run_command(&library("misbehave"), &self.package.inf(), &self.scenario())
    }
}

fn run_command(driver: &Path, inf: &Path, scenario: &Path) -> Command {
    let mut command = umdf_host();
    command.arg("run").arg("--driver").arg(driver).arg("--inf").arg(inf).arg("--scenario").arg(scenario);
    command
}

fn output(command: &mut Command) -> Output {
    command.output().expect("umdf-host starts")
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("UTF-8")
}

#[track_caller]
fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("standard output is one JSON document")
}

/// Wrong usage: exit code 2, nothing on standard output, one line on standard error with these words.
#[track_caller]
fn assert_usage(command: &mut Command, words: &[&str]) {
    let output = output(command);
    let error = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{error}");
    assert_eq!((error.lines().count(), error.ends_with('\n')), (1, true), "{error}");
    for word in words {
        assert!(error.contains(word), "`{word}` is not in: {error}");
    }
}

#[test]
fn a_good_driver_passes() {
    let output = output(&mut Files::new(Misbehaviour::None).command());
    let story = text(&output.stdout);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{story}");
    assert!(story.ends_with("PASS: every expectation met, no rule broken\n"), "{story}");
    for part in ["EvtDevicePrepareHardware(device0)", "mapped   0x80 bytes at 0x8c0000000", "78563412"] {
        assert!(story.contains(part), "`{part}` is not in: {story}");
    }
}

#[test]
fn a_broken_rule_fails_and_passes_without_the_rule() {
    let files = Files::new(Misbehaviour::MapTwice);
    let broken = output(&mut files.command());
    let story = text(&broken.stdout);
    assert_eq!(broken.status.code(), Some(1), "{story}");
    assert!(story.contains("Rule broken: MAP_TWICE") && story.contains("FAIL: 1 rule(s) broken"), "{story}");

    let without = output(files.command().args(["--without-rule", "MAP_TWICE"]));
    assert_eq!(without.status.code(), Some(0), "{}", text(&without.stdout));
    let others = ["--without-rule", "MAP_ZERO", "--without-rule", "UNMAP_MISMATCH"];
    assert_eq!(output(files.command().args(others)).status.code(), Some(1));
}

#[test]
fn a_missed_expectation_fails() {
    let scenario = LIFE.replace("expect-output = \"78563412\"", "expect-output = \"00000000\"");
    let output = output(&mut Files::with_scenario(Misbehaviour::None, &scenario).command());
    let story = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{story}");
    assert!(story.contains("step 3: write and read: output 78563412 instead of 00000000"), "{story}");
}

#[test]
fn a_hang_ends_at_the_deadline() {
    let files = Files::new(Misbehaviour::HangInD0Entry);
    let output = output(files.command().args(["--deadline", "0.2"]));
    let story = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{story}");
    assert!(story.contains("Rule broken: CALLBACK_TIMEOUT"), "{story}");
    assert!(story.contains("EvtDeviceD0Entry(device0)") && story.contains("did not return"), "{story}");
}

#[test]
fn pictures_are_files_beside_the_report() {
    let files = Files::new(Misbehaviour::HangInD0Entry);
    let (diagram, timeline) = (files.package.folder().join("a.svg"), files.package.folder().join("a.json"));
    let mut command = files.command();
    command.args(["--deadline", "0.2", "--json", "--diagram"]).arg(&diagram).arg("--perfetto").arg(&timeline);
    let output = output(&mut command);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(json(&output)["violations"][0]["rule"], "CALLBACK_TIMEOUT");
    let diagram = fs::read_to_string(diagram).expect("the diagram was written");
    let document = roxmltree::Document::parse(&diagram).expect("it is XML");
    let texts: Vec<_> = document.descendants().filter_map(|node| node.text()).map(str::trim).collect();
    assert!(texts.contains(&"EvtDeviceD0Entry(device0) did not return"), "{texts:?}");
    let timeline = fs::read(timeline).expect("the timeline was written");
    let timeline: Value = serde_json::from_slice(&timeline).expect("it is JSON");
    let events = timeline["traceEvents"].as_array().expect("a list");
    let count = |phase: &str| events.iter().filter(|event| event["ph"] == phase).count();
    assert_eq!(count("B"), count("E"));
    let hanging = events.iter().rfind(|event| event["name"] == "EvtDeviceD0Entry(device0)");
    assert_eq!(hanging.expect("the callback is there")["args"]["result"], "did not return");
}

#[test]
fn a_picture_that_cannot_be_written_is_named() {
    let files = Files::new(Misbehaviour::None);
    for option in ["--diagram", "--perfetto"] {
        assert_usage(files.command().args([option, "no/such/folder"]), &["no/such/folder", "another file"]);
    }
}

#[test]
fn json_is_one_document() {
    let output = output(Files::new(Misbehaviour::None).command().arg("--json"));
    assert_eq!(output.status.code(), Some(0));
    let report = json(&output);
    assert_eq!(report["schema"], "umdf-host.report.1");
    assert_eq!(report["result"], "pass");
    let callbacks: Vec<_> = report["callbacks"].as_array().expect("a list").iter().collect();
    assert_eq!(callbacks[..3], ["DriverEntry", "EvtDriverDeviceAdd", "EvtDevicePrepareHardware"]);
    let mapping: Value = serde_json::json!([{ "physical": 0x8_c000_0000_u64, "length": 0x80 }]);
    assert_eq!((&report["mapped"], &report["unmapped"]), (&mapping, &mapping));
    let ioctl = &report["ioctls"][0];
    assert_eq!((&ioctl["name"], &ioctl["status"]), (&"write and read".into(), &"STATUS_SUCCESS".into()));
    assert_eq!((&ioctl["output"], &ioctl["information"]), (&"78563412".into(), &4.into()));
    assert_eq!((&report["register_reads"], &report["register_writes"]), (&1.into(), &1.into()));
    assert_eq!(report["violations"], serde_json::json!([]));
}

#[test]
fn json_tells_a_violation() {
    let output = output(Files::new(Misbehaviour::MapTwice).command().arg("--json"));
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output);
    assert_eq!(report["result"], "fail");
    let violation = &report["violations"][0];
    assert_eq!(violation["rule"], "MAP_TWICE");
    assert!(violation["message"].as_str().expect("text").contains("mapped already"), "{violation}");
    let history = violation["history"].as_array().expect("a list");
    let last = history.last().and_then(Value::as_str).expect("events");
    assert!(last.contains("WdfDeviceMapIoSpace("), "{violation}");
}

#[test]
fn json_tells_host_processes_and_devices() {
    let (start, _) = LIFE.split_once("[[step]]\ndo = \"open\"").expect("the device is started first");
    let files = Files::with_scenario(Misbehaviour::DieInPrepare, start);
    let once = output(files.command().arg("--json"));
    let restarted = output(files.command().args(["--json", "--restart"]));
    // Pooled twice, then six times alone.
    for (output, processes) in [(once, 1), (restarted, 8)] {
        assert_eq!(output.status.code(), Some(1));
        let report = json(&output);
        let hosts = report["hosts"].as_array().expect("a list");
        assert_eq!(hosts.len(), processes, "{report}");
        for (number, host) in hosts.iter().enumerate() {
            assert_eq!(host["name"], format!("host{number}"));
            assert_eq!(host["devices"], serde_json::json!([0]));
            assert_eq!(host["end"], serde_json::json!({ "died": { "how": ACCESS_VIOLATION } }));
            let last = host["history"].as_array().and_then(|events| events.last()).expect("events");
            assert!(last.as_str().expect("text").contains("> EvtDevicePrepareHardware(device0"), "{host}");
        }
        assert_eq!(report["end"], hosts[0]["end"]);
        let [device] = report["devices"].as_array().expect("a list").as_slice() else { panic!("{report}") };
        assert_eq!(device["problem"]["code"], 43);
        assert_eq!(device["problem"]["name"], "CM_PROB_FAILED_POST_START");
        assert_eq!(device["hosts"].as_array().map(Vec::len), Some(processes), "{device}");
    }
}

#[test]
fn rules_lists_every_rule() {
    let story = output(umdf_host().arg("rules"));
    let listed = json(&output(umdf_host().args(["rules", "--json"])));
    assert_eq!(story.status.code(), Some(0));
    let names = |list: &str| -> Vec<_> {
        let listed = listed[list].as_array().expect("a list");
        listed.iter().map(|rule| rule["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("rules"), Rule::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>());
    let not_testable: Vec<_> = NOT_TESTABLE.iter().map(|mistake| mistake.name).collect();
    assert_eq!(names("not_testable_here"), not_testable);
    let (rules, others) = text(&story.stdout).split_once("\nNot testable here\n").expect("two lists");
    for (list, rules) in [(rules, names("rules")), (others, names("not_testable_here"))] {
        for rule in rules {
            assert!(list.lines().any(|line| line == rule), "{rule}");
        }
    }
}

#[test]
fn coverage_tells_every_function() {
    let story = output(umdf_host().arg("coverage"));
    let listed = json(&output(umdf_host().args(["coverage", "--json"])));
    assert_eq!(story.status.code(), Some(0));
    let (implemented, missing) = (&listed["implemented"], &listed["missing"]);
    let implemented = implemented.as_array().expect("a list");
    let missing = missing.as_array().expect("a list");
    assert_eq!(implemented.len() + missing.len(), 257);
    assert!(implemented.iter().any(|name| name == "WdfDriverCreate"));
    let story = text(&story.stdout);
    assert!(story.starts_with(&format!("{} of 257 functions", implemented.len())), "{story}");
    for function in missing {
        let (name, reason) = (function["name"].as_str(), function["reason"].as_str());
        let (name, reason) = (name.expect("a name"), reason.expect("a reason"));
        assert!(!reason.is_empty() && story.lines().any(|line| line.contains(name)), "{name}");
    }
}

#[test]
fn transitions_that_too_few_took_are_a_failure() {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let record = folder.path().join("states");
    let files = Files::new(Misbehaviour::None);
    let run = output(files.command().env("UMDF_HOST_STATES", &record));
    assert_eq!(run.status.code(), Some(0));
    let coverage = |arguments: &[&str]| {
        output(umdf_host().args(["coverage", "--json", "--states"]).arg(&record).args(arguments))
    };
    let told = coverage(&[]);
    let told = (told.status.code(), json(&told));
    assert_eq!(told.0, Some(0));
    assert!(told.1["by_workers"].as_u64().is_some_and(|taken| taken > 20), "{}", told.1["by_workers"]);
    assert_eq!(told.1["by_workers"], told.1["taken"]);
    assert_eq!(coverage(&["--at-least", "5"]).status.code(), Some(0));
    assert_eq!(coverage(&["--at-least", "50"]).status.code(), Some(1));
    assert_usage(umdf_host().args(["coverage", "--at-least", "5"]), &["--states"]);
    let missing = folder.path().join("missing.file");
    assert_usage(umdf_host().args(["coverage", "--states"]).arg(missing), &["missing.file"]);
}

#[test]
fn files_that_are_missing_or_wrong_are_named() {
    let files = Files::new(Misbehaviour::None);
    let (driver, inf, scenario) = (library("misbehave"), files.package.inf(), files.scenario());
    let missing = files.package.folder().join("missing.file");
    let broken = files.package.folder().join("broken.file");
    fs::write(&broken, "neither an INF nor a scenario\n").expect("the folder is writable");

    assert_usage(&mut run_command(&missing, &inf, &scenario), &["missing.file", "build it first"]);
    assert_usage(&mut run_command(&driver, &missing, &scenario), &["missing.file", "INF"]);
    assert_usage(&mut run_command(&driver, &inf, &missing), &["missing.file", "scenario"]);
    assert_usage(&mut run_command(&driver, &broken, &scenario), &["broken.file", "line 1"]);
    assert_usage(&mut run_command(&driver, &inf, &broken), &["broken.file", "line 1"]);
}

#[test]
fn wrong_steps_and_devices_are_named() {
    let steps = [
        ("do = \"open\"", "do = \"fly\"", &["scenario.toml", "line 8", "fly"]),
        (
            "\"scratch\", bars = [0x1000]",
            "\"scratch\", bars = [0x1001]",
            &["scenario.toml", "line 3", "1001"],
        ),
        ("expect-output = \"78563412\"", "expect-output = \"7\"", &["scenario.toml", "line 11", "digits"]),
    ];
    for (good, bad, words) in steps {
        let scenario = LIFE.replace(good, bad);
        assert_ne!(scenario, LIFE);
        assert_usage(&mut Files::with_scenario(Misbehaviour::None, &scenario).command(), words);
    }
}

#[test]
fn an_inf_that_cannot_install_is_named() {
    let files = Files::new(Misbehaviour::None);
    let inf = fs::read_to_string(files.package.inf()).expect("the INF is text");
    for (good, bad, words) in [
        ("DEV_11E8", "DEV_11E9", &["fixture.inx", "PCI\\VEN_1234&DEV_11E8"]),
        ("$UMDFVERSION$", "2.33.0", &["fixture.inx", "2.33"]),
        ("AllowDirectHardwareAccess", "AllowEverything", &["fixture.inx", "AllowEverything"]),
    ] {
        fs::write(files.package.inf(), inf.replace(good, bad)).expect("the folder is writable");
        assert_usage(&mut files.command(), words);
    }
}

#[test]
fn wrong_arguments_are_named() {
    let files = Files::new(Misbehaviour::None);
    for (arguments, words) in [
        (["--without-rule", "NO_SUCH_RULE"], ["NO_SUCH_RULE", "umdf-host rules"]),
        (["--without-rule", "CALLBACK_TIMEOUT"], ["CALLBACK_TIMEOUT", "cannot be switched off"]),
        (["--deadline", "0"], ["--deadline", "positive number of seconds"]),
        (["--deadline", "-1"], ["-1", "--help"]),
        (["--deadline", "soon"], ["--deadline", "positive number of seconds"]),
        (["--deadline", "1e19"], ["--deadline", "at most a day"]),
        (["--deadline", "1e300"], ["--deadline", "at most a day"]),
        (["--fast", "1"], ["--fast", "--help"]),
        (["--inf", "twice"], ["--inf", "--help"]),
    ] {
        assert_usage(files.command().args(arguments), &words);
    }
    assert_usage(&mut umdf_host(), &["run, serve, explore, faults, coverage, inf or rules", "--help"]);
    assert_usage(umdf_host().arg("walk"), &["walk", "--help"]);
    assert_usage(
        umdf_host().args(["run", "--driver", "a.so"]),
        &["--inf <INF>", "--scenario <SCENARIO>", "--help"],
    );
}

#[cfg_attr(not(target_os = "linux"), ignore = "the driver finds the history in /proc, which is Linux's")]
#[test]
fn a_run_that_cannot_be_told_is_no_wrong_usage() {
    let output = output(Files::new(Misbehaviour::DamageHistory).command().args(["--deadline", "0.2"]));
    let error = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""), "{error}");
    assert!(error.contains("history file is damaged") && !error.contains("--help"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let (good, bad) = (Files::new(Misbehaviour::None), Files::new(Misbehaviour::MapTwice));
    let mut rules = umdf_host();
    rules.arg("rules");
    let mut coverage = umdf_host();
    coverage.args(["coverage", "--json"]);
    for (mut command, code) in [(good.command(), 0), (bad.command(), 1), (rules, 0), (coverage, 0)] {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let host = command.stdout(writer).stderr(Stdio::piped()).spawn().expect("umdf-host starts");
        let output = host.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(code), ""));
    }
}

#[test]
fn help_is_no_error() {
    let help = output(umdf_host().arg("--help"));
    assert_eq!((help.status.code(), text(&help.stderr)), (Some(0), ""));
    assert!(text(&help.stdout).contains("Usage: umdf-host"));
}

/// Whatever a worker and its children print goes to the program's standard error, so that ends when the
/// last of them is gone. Says what they printed, line by line.
fn lines_until_all_are_gone(child: &mut Child) -> Receiver<String> {
    let error = child.stderr.take().expect("standard error is a pipe");
    let (send, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(error).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    lines
}

/// Waits for the end of the lines; false if it does not come.
fn all_are_gone(lines: &Receiver<String>) -> bool {
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(_) => {}
            Err(error) => return error == std::sync::mpsc::RecvTimeoutError::Disconnected,
        }
    }
}

/// A command whose temporary files go to a folder of their own, with both outputs piped.
fn confined(files: &Files) -> (Command, PathBuf) {
    let folder = files.package.folder().join("temporary");
    fs::create_dir(&folder).expect("the folder is writable");
    let mut command = files.command();
    command.envs(["TMPDIR", "TEMP", "TMP"].map(|name| (name, &folder)));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    (command, folder)
}

fn files_in(folder: &Path) -> usize {
    fs::read_dir(folder).expect("the folder can be listed").count()
}

#[test]
fn nothing_is_left_of_a_worker_however_it_ends() {
    let anywhere = [
        (Misbehaviour::StartChild, 0),
        (Misbehaviour::HangWithChild, 1),
        (Misbehaviour::MapTwice, 1),
        (Misbehaviour::WriteNearNull, 1),
        (Misbehaviour::ExitZero, 1),
    ];
    nothing_is_left(&anywhere);
}

#[cfg_attr(not(target_os = "linux"), ignore = "a daemon is a process of Unix")]
#[test]
fn nothing_is_left_of_a_worker_with_a_daemon() {
    nothing_is_left(&[
        (Misbehaviour::StartDaemon, 0),
        (Misbehaviour::DieWithDaemon, 1),
        (Misbehaviour::StopWithDaemon, 1),
    ]);
}

fn nothing_is_left(ways: &[(Misbehaviour, i32)]) {
    for &(misbehaviour, code) in ways {
        let files = Files::new(misbehaviour);
        let (mut command, folder) = confined(&files);
        let mut host = command.args(["--json", "--deadline", "0.3"]).spawn().expect("umdf-host starts");
        let lines = lines_until_all_are_gone(&mut host);
        assert!(all_are_gone(&lines), "a process of the worker lives on: {misbehaviour:?}");

        let mut report = Vec::new();
        host.stdout.take().expect("a pipe").read_to_end(&mut report).expect("readable");
        let _: Value = serde_json::from_slice(&report).expect("the driver's own output is not in the report");
        assert_eq!(host.wait().expect("it ended").code(), Some(code), "{misbehaviour:?}");
        assert_eq!(files_in(&folder), 0, "a history is left: {misbehaviour:?}");
    }
}

#[test]
fn a_killed_supervisor_takes_its_worker_along() {
    killed_supervisor_leaves_nothing(Misbehaviour::HangWithChild);
}

#[cfg_attr(not(target_os = "linux"), ignore = "a daemon is a process of Unix")]
#[test]
fn a_killed_supervisor_takes_a_stopped_worker_along() {
    killed_supervisor_leaves_nothing(Misbehaviour::StopWithDaemon);
}

fn killed_supervisor_leaves_nothing(misbehaviour: Misbehaviour) {
    let files = Files::new(misbehaviour);
    let (mut command, folder) = confined(&files);
    let mut host = command.spawn().expect("umdf-host starts");
    let lines = lines_until_all_are_gone(&mut host);
    let hangs = |line: String| line.contains("misbehave hangs");
    while !hangs(lines.recv_timeout(PATIENCE).expect("the driver says that it hangs")) {}
    assert_eq!(files_in(&folder), 1, "the history is elsewhere");

    host.kill().expect("umdf-host runs");
    host.wait().expect("it ended");

    assert!(all_are_gone(&lines), "the worker or its child lives on: {misbehaviour:?}");
    assert_eq!(files_in(&folder), 0, "the history is left: {misbehaviour:?}");
}
