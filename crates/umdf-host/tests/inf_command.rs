//! `umdf-host inf`: exit codes, what is printed, and the file that is written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const INX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../inf/edu_umdf.inx");

fn inf(command: &str, files: &[&Path], options: &[&str]) -> Output {
    let mut host = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
    host.args(["inf", command]).args(files).args(options).output().expect("umdf-host starts")
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_inx_of_this_repository_is_clean() {
    let output = inf("check", &[Path::new(INX)], &[]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert_eq!(text(&output.stdout), "PASS: nothing found\n");
}

#[test]
fn findings_have_line_and_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bad.INX");
    let bad = fs::read_to_string(INX).expect("text").replace("HKR,,EnableRaise", "HKLM,,EnableRaise");
    let line = bad.lines().position(|line| line.starts_with("HKLM")).expect("it is there") + 1;
    fs::write(&file, bad).expect("the folder is writable");

    let output = inf("check", &[&file], &[]);
    let story = text(&output.stdout);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), ""), "{story}");
    assert!(story.starts_with(&format!("line {line}: error 1304: HKLM, ,")), "{story}");
    assert!(story.ends_with("FAIL: 1 finding(s)\n"), "{story}");

    let output = inf("check", &[&file], &["--json"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!((output.status.code(), &document["schema"]), (Some(1), &"umdf-host.inf-check.1".into()));
    let finding = &document["findings"][0];
    assert_eq!((&finding["line"], &finding["rule"]), (&line.into(), &1304.into()));
    assert_eq!(finding["level"], "error");
}

#[test]
fn a_stamped_inf_is_clean_and_the_inx_as_an_inf_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let stamped = folder.path().join("edu_umdf.inf");
    let output = inf("stamp", &[Path::new(INX), &stamped], &["--driver-ver", "11/25/2026,0.1.0.0"]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert_eq!(inf("check", &[&stamped], &[]).status.code(), Some(0));

    fs::copy(INX, &stamped).expect("the folder is writable");
    assert_eq!(inf("check", &[&stamped], &[]).status.code(), Some(1));
}

#[test]
fn what_cannot_be_read_or_written_is_wrong_usage() {
    let (inx, missing) = (Path::new(INX), Path::new("no/such/file"));
    for (output, words) in [
        (inf("check", &[missing], &[]), "no/such/file"),
        (inf("check", &[], &[]), "<FILE>"),
        (inf("stamp", &[inx, missing], &["--driver-ver", "11/25/2026,0.1.0.0"]), "no/such/file"),
        (inf("stamp", &[inx, missing], &["--driver-ver", "yesterday"]), "mm/dd/yyyy"),
        (inf("stamp", &[inx, missing], &[]), "--driver-ver"),
    ] {
        let error = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{error}");
        assert!(error.contains(words) && error.lines().count() == 1, "{error}");
    }
}
