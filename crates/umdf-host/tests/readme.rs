//! What `README.md` says is tried: a driver is built and run by its recipe, its commands work, its steps exist.
#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use umdf_host::scenario::Scenario;

const README: &str = include_str!("../README.md");
const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The blocks of code in a section, each with its language.
fn blocks(section: &str) -> Vec<(&'static str, &'static str)> {
    let (_, rest) = README.split_once(&format!("## {section}\n")).expect("README has the section");
    let text = rest.split("\n## ").next().unwrap_or(rest);
    let fences: Vec<_> = text.split("```").collect();
    fences.iter().skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect()
}

/// A command of README. `umdf-host` is the one under test; cargo needs no network and keeps what it builds.
fn command(line: &str, folder: &Path, target: &str) -> Command {
    let mut words = line.split_whitespace();
    let program = match words.next().expect("a command") {
        "umdf-host" => env!("CARGO_BIN_EXE_umdf-host"),
        "cargo" => env!("CARGO"),
        other => panic!("README calls {other}"),
    };
    let mut command = Command::new(program);
    command.current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true");
    command.args(words.map(|word| match word.strip_prefix("target/") {
        Some(file) => format!("{target}/{file}"),
        None => word.to_owned(),
    }));
    command
}

/// Runs a line; the answer is what it printed.
fn run(line: &str, folder: &Path, target: &str) -> String {
    let mut printed = String::new();
    for part in line.split("&&") {
        let output = command(part, folder, target).output().expect("the program starts");
        printed = String::from_utf8(output.stdout).expect("UTF-8");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{part}: {}\n{printed}\n{error}", output.status);
    }
    printed
}

/// The driver of the abacus, outside of this repository, with the lines of README and no others.
#[test]
fn a_driver_runs_by_the_recipe() {
    let recipe = blocks("Run your driver in ten lines");
    let [("toml", manifest), ("rust", root), ("toml", scenario), ("sh", run_it)] = recipe[..] else {
        panic!("another recipe: {recipe:#?}")
    };
    let lines = recipe.iter().flat_map(|(_, block)| block.lines());
    assert_eq!(lines.filter(|line| !line.is_empty()).count(), 10, "{recipe:#?}");

    let folder = TempDir::new().expect("a temporary folder can be made");
    let write = |file: &str, text: &str| {
        fs::write(folder.path().join(file), text).expect("the folder is writable");
    };
    let repository = Path::new(CRATE).ancestors().nth(2).expect("the package lies two folders deep");
    let package = "[package]\nname = \"mine\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let manifest = manifest.replace("../edu-umdf", repository.to_str().expect("the path is text"));
    write("Cargo.toml", &format!("{package}{manifest}"));
    write("Cargo.lock", &fs::read_to_string(repository.join("Cargo.lock")).expect("it is text"));
    write("life.toml", scenario);
    let example = Path::new(CRATE).join("examples/abacus");
    write("mine.inx", &fs::read_to_string(example.join("abacus.inx")).expect("it is text"));
    fs::create_dir(folder.path().join("src")).expect("the folder is writable");
    for entry in fs::read_dir(&example).expect("the example is there") {
        let path = entry.expect("the folder can be listed").path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("it is text");
            let name = path.file_name().and_then(OsStr::to_str).expect("file names are text");
            assert!(name != "main.rs" || text.contains(root), "the example begins in another way");
            write(&format!("src/{}", name.replace("main.rs", "lib.rs")), &text);
        }
    }

    // The repository's own folder of built files: what the driver depends on is there already. A cargo that runs
    // this test holds no lock on it any more; another one at work there only takes its time.
    let target =
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().and_then(Path::to_str).expect("a path that is text");
    let library = Path::new(target).join("debug/libmine.so");
    // That of an earlier run must not stand in for this one's.
    assert!(fs::remove_file(&library).is_ok() || !library.exists(), "{} stays", library.display());
    let story = run(run_it.trim_end(), folder.path(), target);
    for part in ["libmine.so in the place of", "EvtInterruptEnable(interrupt1)", "PASS"] {
        assert!(story.contains(part), "`{part}` is not in: {story}");
    }
}

#[test]
fn other_commands_work() {
    let commands = blocks("What it checks");
    assert_eq!(commands.len(), 2, "{commands:?}");
    for (language, line) in commands {
        assert_eq!(language, "sh");
        for line in [line.to_owned(), format!("{} --json", line.trim_end())] {
            assert!(run(&line, Path::new(CRATE), "target").lines().count() > 10, "{line}");
        }
    }
    let help = ["run", "serve", "explore", "faults", "coverage"]
        .map(|part| run(&format!("umdf-host {part} --help"), Path::new(CRATE), "target"));
    let options = README.split(|c: char| c.is_whitespace() || c == '`').filter(|word| word.starts_with("--"));
    for option in options.filter(|option| !["--locked", "--path"].contains(option)) {
        assert!(help.concat().contains(option), "there is no {option}");
    }
}

/// The words in backquotes in the rows of a table.
fn words_of_table(head: &str) -> Vec<&'static str> {
    let (_, rest) = README.split_once(head).expect("README has the table");
    let table = rest.split("\n\n").next().unwrap_or(rest);
    let firsts = table.lines().filter_map(|row| row.strip_prefix("| `")?.split('|').next());
    firsts.flat_map(|cell| cell.split(['`', ',', ' '])).filter(|word| !word.is_empty()).collect()
}

/// The words that the error message about an unknown one offers.
fn known(text: &str) -> Vec<String> {
    let error = Scenario::parse(text, Path::new("readme")).expect_err("no such word").to_string();
    let (_, list) = error.split_once("expected one of ").expect("the message lists the words");
    let mut words: Vec<_> =
        list.split(['`', ',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort();
    words
}

#[test]
fn every_model_and_step_is_named() {
    let mut models = words_of_table("| `model` | device |");
    models.sort_unstable();
    assert_eq!(models, known("title = 't'\ndevice = { model = 'nothing' }\n"));
    let mut steps = words_of_table("| `do` | what |");
    steps.sort_unstable();
    assert_eq!(steps, known("title = 't'\ndevice = { model = 'edu' }\nstep = [{ do = 'nothing' }]\n"));
}
