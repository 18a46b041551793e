//! A worker that stops behind an event, for a debugger.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::PATIENCE;
use crate::fixture::driver::{LIFE, misbehave};
use crate::fixture::library::library;
use crate::fixture::misbehaviour::Misbehaviour;

/// The event.
const EVENT: usize = 25;

/// What the system calls the state of a process that is stopped (`proc_pid_stat(5)`).
fn is_stopped(process: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('T'))
}

pub fn stops() {
    let package = misbehave(Misbehaviour::None).install();
    let scenario = package.folder().join("scenario.toml");
    fs::write(&scenario, LIFE).expect("the folder is writable");
    let timeline = package.folder().join("timeline.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
    command.arg("run").arg("--driver").arg(library("misbehave")).arg("--inf").arg(package.inf());
    command.arg("--scenario").arg(&scenario).args(["--seed", "7", "--deadline", "1", "--json"]);
    command.arg("--perfetto").arg(&timeline).arg("--until").arg(EVENT.to_string());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("umdf-host starts");
    let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let stopped = lines.map_while(Result::ok).find(|line| line.starts_with("umdf-host: stopped"));
    let stopped = stopped.expect("it says so");
    let process = stopped.rsplit(' ').next().and_then(|word| word.parse().ok()).expect("with a number");

    let end = Instant::now() + PATIENCE;
    while !is_stopped(process) {
        assert!(Instant::now() < end, "{stopped}");
        thread::sleep(Duration::from_millis(1));
    }
    // Longer than the deadline of the run.
    thread::sleep(Duration::from_secs(2));
    assert!(is_stopped(process) && child.try_wait().expect("it can be waited for").is_none());
    kill(Pid::from_raw(process), Signal::SIGCONT).expect("it lives");
    let output = child.wait_with_output().expect("it ends");
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(report["result"], "pass", "{report}");
}
