//! A QEMU that is none, or that breaks.

use std::fs;
use std::time::Instant;

use libtest_mimic::Trial;

use crate::fixture;
use crate::fixture::misbehaviour::Misbehaviour;
use crate::host::{Files, PATIENCE, START};

/// What is wrong with it, as `fake.sh` calls it, and what the error must say.
const BEFORE: [(&str, &[&str]); 10] = [
    ("old", &["6.2 is too old", "7.2"]),
    ("other-program", &["--version", "hello"]),
    ("version-empty", &["it said nothing"]),
    ("version-hangs", &["--version"]),
    ("dies", &["ended", "'edu' is not a valid device model name"]),
    ("silent", &["did not answer", "irq_intercept_in"]),
    ("garbage", &["irq_intercept_in", "what?"]),
    ("flood", &["qtest protocol"]),
    ("endless-line", &["qtest protocol"]),
    ("empty-slot", &["no device"]),
];

pub fn before_the_run() -> Vec<Trial> {
    let mut trials: Vec<_> = BEFORE
        .iter()
        .map(|(way, words)| fixture::test(format!("qemu::broken::{way}"), || is_wrong_usage(way, words)))
        .collect();
    trials.push(fixture::test("qemu::broken::missing", missing));
    trials
}

/// Exit code 2 and one line on standard error with these words, soon, and nothing is left.
fn is_wrong_usage(way: &str, words: &[&str]) {
    let files = Files::new(Misbehaviour::None, START);
    refused(&files, files.command_with_fake(way), words);
}

fn missing() {
    let files = Files::new(Misbehaviour::None, START);
    let empty = files.path("empty");
    fs::create_dir(&empty).expect("the folder is writable");
    let mut command = files.command();
    command.env("PATH", &empty);
    refused(&files, command, &["qemu-system-x86_64", "apt-get install"]);
}

fn refused(files: &Files, mut command: std::process::Command, words: &[&str]) {
    let began = Instant::now();
    let output = command.output().expect("umdf-host starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    for word in words {
        // Once: what is behind an error stands in its words already.
        assert_eq!(error.matches(word).count(), 1, "`{word}` in: {error}");
    }
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    assert!(files.soon(<[_]>::is_empty), "{:?}", files.processes());
}

/// A request is pending when QEMU breaks: PnP pulls the device out, and the request comes back.
const PENDING: &str = "
[[step]]
do = 'open'
[[step]]
do = 'ioctl'
name = 'kept'
code = 0x222000
input = '78563412'
output-length = 4
wait = false
[[step]]
do = 'poke'
offset = 0x04
value = 0xdeadbeef
[[step]]
do = 'wait'
timeout-ms = 60000
[[step]]
do = 'close'
[[step]]
do = 'remove'
";

fn breaks(way: &str, words: &str) {
    let files = Files::new(Misbehaviour::CompleteOnStop, &format!("{START}{PENDING}"));
    let began = Instant::now();
    let output = files.command_with_fake(way).output().expect("umdf-host starts");
    let story = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{story}{error}");
    for part in ["the hardware of device 0 is lost: QEMU", words, "EvtDeviceSurpriseRemoval(device0)"] {
        assert!(story.contains(part), "`{part}` is not in: {story}");
    }
    assert!(began.elapsed() < PATIENCE * 2, "{:?}", began.elapsed());
    assert!(files.soon(<[_]>::is_empty), "{:?}", files.processes());
}

pub fn dies_in_the_middle() {
    breaks("dies-later", "ended");
}

pub fn talks_nonsense_in_the_middle() {
    breaks("garbage-later", "what?");
}

pub fn falls_silent_in_the_middle() {
    breaks("silent-later", "did not answer");
}
