//! However a run ends: no QEMU is left.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use nix::sys::signal::{self, Signal};
use nix::unistd::Pid;

use crate::fixture::misbehaviour::Misbehaviour;
use crate::host::{Files, START, is_qemu};

#[track_caller]
fn nothing_is_left(files: &Files) {
    assert!(files.soon(<[_]>::is_empty), "{:?}", files.processes());
}

pub fn after_a_run() {
    let files = Files::new(Misbehaviour::None, &format!("{START}[[step]]\ndo = 'remove'\n"));
    let output = files.command().output().expect("umdf-host starts");
    let story = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{story}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(files.processes(), [], "not later, but when the run is over");
}

pub fn after_the_worker_crashed() {
    let files = Files::new(Misbehaviour::DieInPrepare, START);
    let output = files.command().output().expect("umdf-host starts");
    let story = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{story}");
    assert!(story.contains("SIGSEGV"), "{story}");
    assert_eq!(files.processes(), [], "not later, but when the run is over");
}

/// A run whose driver hangs, with QEMU there.
fn hang(files: &Files) -> Child {
    let mut host = files.command().stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let error = BufReader::new(host.stderr.take().expect("a pipe"));
    let mut lines = error.lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("misbehave hangs")), "the driver says that it hangs");
    // What is written there meanwhile must find a reader.
    std::thread::spawn(move || lines.for_each(drop));
    assert!(files.processes().iter().any(|(_, name)| is_qemu(name)), "{:?}", files.processes());
    host
}

fn kill(process: i32) {
    signal::kill(Pid::from_raw(process), Signal::SIGKILL).expect("it lives");
}

pub fn after_the_worker_was_killed() {
    let files = Files::new(Misbehaviour::HangWithChild, START);
    let host = hang(&files);
    let processes = files.processes();
    let parent = |process: i32| {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("it lives");
        let (_, behind_name) = stat.rsplit_once(')').expect("the name has parentheses");
        behind_name.split_whitespace().nth(1).expect("a parent").parse::<i32>().expect("a number")
    };
    let (qemu, _) = processes.iter().find(|(_, name)| is_qemu(name)).expect("it is there");
    kill(parent(*qemu));
    let output = host.wait_with_output().expect("it ends");
    let story = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{story}");
    assert!(story.contains("SIGKILL"), "{story}");
    assert_eq!(files.processes(), [], "not later, but when the run is over");
}

pub fn after_the_supervisor_was_killed() {
    let files = Files::new(Misbehaviour::HangWithChild, START);
    let mut host = hang(&files);
    host.kill().expect("umdf-host runs");
    host.wait().expect("it ended");
    nothing_is_left(&files);
}
