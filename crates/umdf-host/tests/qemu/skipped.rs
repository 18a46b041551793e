//! These tests once more, in a process that finds a QEMU which will not do: ignored, with the reason and the command.

use std::env;
use std::fs;
use std::process::Command;

use find_qemu::INSTALL;

use crate::fixture::misbehaviour::Misbehaviour;
use crate::fixture::qemu::ELSEWHERE;
use crate::host::{Files, START};

pub fn by_a_qemu_that_will_not_do() {
    let files = Files::new(Misbehaviour::None, START);
    for (way, why) in [
        ("old", "QEMU 6.2, older than 7.2"),
        ("dies", "'edu' is not a valid device"),
        ("other-program", "no QEMU"),
    ] {
        assert_ignored(&files.path_with_fake(way), why);
    }
}

pub fn by_none() {
    let files = Files::new(Misbehaviour::None, START);
    let empty = files.path("empty");
    fs::create_dir(&empty).expect("the folder is writable");
    assert_ignored(&empty.display().to_string(), "there is no qemu-system-x86_64");
}

fn assert_ignored(path: &str, why: &str) {
    let mut tests = Command::new(env::current_exe().expect("this runs"));
    tests.arg("qemu::identities").env("PATH", path).env_remove(ELSEWHERE);
    let output = tests.output().expect("it starts again");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    for words in ["3 ignored;", "(ignored: ", why, INSTALL] {
        assert!(told.contains(words), "`{words}` is not in: {told}");
    }
}
