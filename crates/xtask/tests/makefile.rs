//! `cargo make` where there is no Windows: it says what can be done here, does nothing, and ends well. Without
//! cargo-make the test that runs it is ignored, with the command that installs it; what its task would print is looked
//! at all the same.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Output};

use libtest_mimic::{Arguments, Trial};
use toml::Table;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the package lies two folders deep")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What the task behind an alias of `default` prints. It has a script of `echo`, of plain words, and nothing else.
fn said(alias: &str) -> Vec<String> {
    let makefile: Table = text("Makefile.toml").parse().expect("Makefile.toml is TOML");
    let tasks = makefile["tasks"].as_table().expect("tasks");
    let name = tasks["default"][alias].as_str().expect("a task");
    let task = tasks[name].as_table().expect("it is there");
    let keys: Vec<&str> = task.keys().map(String::as_str).collect();
    assert_eq!(keys, ["description", "script", "script_runner"], "{name}");
    assert_eq!(task["script_runner"].as_str(), Some("@duckscript"));
    let script = task["script"].as_str().expect("a script").trim();
    let line = |line: &str| {
        let words = line.strip_prefix("echo ").unwrap_or_else(|| panic!("not an echo: {line}"));
        // What means something to duckscript.
        assert!(!words.contains(['$', '%', '#', '"', '\\']), "{line}");
        words.to_owned()
    };
    script.lines().map(line).collect()
}

/// It names the other system, the document about it, and commands for this one.
fn the_task_says_what_can_be_done() {
    let linux = said("linux_alias");
    assert_eq!(linux, said("mac_alias"));
    let words = linux.join(" ");
    for part in
        ["on Windows", "`cargo make`", "docs/test-machine.md", "`cargo sim`", "`cargo test --workspace`"]
    {
        assert!(words.contains(part), "`{part}` is not in: {words}");
    }
}

fn cargo_make(arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.arg("make").args(arguments).current_dir(root()).output().expect("cargo starts")
}

/// With cargo-make itself.
fn it_runs() {
    let output = cargo_make(&[]);
    let (printed, errors) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{printed}{errors}");
    let lines: Vec<&str> = printed.lines().map(str::trim).collect();
    let said = said("linux_alias");
    assert!(lines.windows(said.len()).any(|lines| lines == said), "{printed}{errors}");
    // On Windows its load script leaves this, with a WDK.
    assert!(!root().join("target/rust-driver-makefile.toml").exists());
}

/// Makes the test, which needs cargo-make of the version that the workflow has.
fn with_cargo_make() -> Trial {
    let is_there = cargo_make(&["--version"]).status.success();
    let workflow = text(".github/workflows/ci.yml");
    let (_, rest) = workflow.split_once("CARGO_MAKE: ").expect("the workflow has a version");
    let version = rest.lines().next().unwrap_or(rest);
    let why = format!("ignored: no cargo-make; cargo install --locked --version {version} cargo-make");
    let name = "cargo make says so and ends well";
    let name = if is_there { name.to_owned() } else { format!("{name} ({why})") };
    let run = || {
        it_runs();
        Ok(())
    };
    Trial::test(name, run).with_ignored_flag(!is_there || cfg!(windows))
}

fn main() -> ExitCode {
    let task = Trial::test("the task says what can be done here", || {
        the_task_says_what_can_be_done();
        Ok(())
    });
    libtest_mimic::run(&Arguments::from_args(), vec![task, with_cargo_make()]).exit_code()
}
