//! What the documents say is there: files, sections, and commands, which are run where this machine can.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use Tried::{BySection, ByTheGate, ByTheTest, Drawing, Here, NotHere, WithQemu};

/// How a command of a document is tried.
enum Tried {
    /// This test runs it in the root and wants success.
    Here,
    /// The same, where there is a QEMU that will do.
    WithQemu,
    /// The same, with a file of its own behind `--diagram`, which it must write.
    Drawing,
    /// `.ci/run` runs it, in these words.
    ByTheGate(&'static str),
    /// This file has a test that does what it does, by these words.
    ByTheTest(&'static str, &'static str),
    /// This file has a test that runs what stands in this section of this document, where the command is.
    BySection(&'static str, &'static str, &'static str),
    /// No machine without Windows, a network or much time can.
    NotHere,
}

/// Who runs the section of README about serving.
const SERVED: &str = "crates/eductl/tests/served/readme.rs";
/// Who tries `umdf-host explore`.
const EXPLORE: &str = "crates/umdf-host/tests/seeds/explore.rs";
/// Who tries `umdf-host inf`.
const INF_COMMAND: &str = "crates/umdf-host/tests/inf_command.rs";

/// Every command that a document names: `cargo`, `umdf-host` and `eductl` with an argument.
const COMMANDS: &[(&str, Tried)] = &[
    ("cargo +nightly fuzz run resources", NotHere),
    ("cargo +nightly fuzz run resources -- -max_total_time=300 -max_len=1200", NotHere),
    ("cargo bench --bench cost", NotHere),
    ("cargo bench --bench cost --no-run", NotHere),
    ("cargo bench --bench cost --no-run --features tracing/release_max_level_off", NotHere),
    ("cargo bench --bench ioctl", NotHere),
    ("cargo bench --bench registers", NotHere),
    ("cargo bench --bench resources", NotHere),
    ("cargo build", ByTheGate("cargo test --workspace")),
    (
        "cargo build && umdf-host run --driver target/debug/libmine.so --inf mine.inx --scenario life.toml",
        BySection(
            "crates/umdf-host/tests/readme.rs",
            "crates/umdf-host/README.md",
            "Run your driver in ten lines",
        ),
    ),
    ("cargo build --release -p eductl", ByTheGate("cargo xtask windows")),
    ("cargo clean -p scratch", NotHere),
    ("cargo clippy --workspace --all-targets", ByTheGate("cargo clippy")),
    ("cargo install --locked --path crates/umdf-host", NotHere),
    ("cargo install --locked cargo-fuzz", NotHere),
    ("cargo install --locked cargo-make", NotHere),
    ("cargo install --locked cargo-mutants", NotHere),
    ("cargo install --locked rust-script --version 0.30.0", NotHere),
    ("cargo make", ByTheTest("crates/xtask/tests/makefile.rs", "cargo.arg(\"make\")")),
    ("cargo make default --release", NotHere),
    ("cargo mutants", NotHere),
    ("cargo mutants --file src/wait.rs", NotHere),
    ("cargo mutants --jobs 2", NotHere),
    ("cargo run -p umdf-host -- rules", Here),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 bench --requests 500",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 factorial 5 12",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 info",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 list",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 live 0x12345678",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 self-test",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 stats",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p eductl -- --connect 127.0.0.1:4711 watch --count 1",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    (
        "cargo run -q -p umdf-host -- serve --driver target/debug/libedu_umdf.so --inf inf/edu_umdf.inx --device edu --control --listen 127.0.0.1:4711",
        BySection(SERVED, "README.md", "Talk to the driver"),
    ),
    ("cargo sim", ByTheGate("cargo sim")),
    ("cargo sim --all", Here),
    ("cargo sim --device qemu:edu", WithQemu),
    ("cargo sim --diagram", Drawing),
    ("cargo sim --diagram FILE.svg", Drawing),
    ("cargo sim --diagram docs/first-life.svg", Drawing),
    ("cargo sim --diagram life.svg", Drawing),
    ("cargo sim --help", Here),
    ("cargo sim --json", Here),
    (
        "cargo sim --scenario tests/scenarios/raised.toml",
        ByTheTest("tests/porting/main.rs", "\"tests/scenarios/raised.toml\""),
    ),
    ("cargo test", ByTheGate("cargo test --workspace")),
    ("cargo test --lib edu", ByTheGate("cargo test --workspace")),
    ("cargo test --lib queue", ByTheGate("cargo test --workspace")),
    ("cargo test --test allocations", ByTheGate("cargo test --workspace")),
    ("cargo test --test direct_access", ByTheGate("cargo test --workspace")),
    ("cargo test --test in_host", ByTheGate("cargo test --workspace")),
    ("cargo test --test in_process", ByTheGate("cargo test --workspace")),
    ("cargo test --test resources", ByTheGate("cargo test --workspace")),
    ("cargo test --test zoo -- --all", NotHere),
    ("cargo test --workspace", ByTheGate("cargo test --workspace")),
    ("cargo test --workspace -- qemu", ByTheGate("cargo test --workspace -- qemu")),
    ("cargo test -p edu-interface", ByTheGate("cargo test --workspace")),
    ("cargo test -p eductl", ByTheGate("cargo test --workspace")),
    ("cargo wdk build --features wdk", NotHere),
    ("cargo wdk build --sign-mode off", NotHere),
    ("cargo wdk build --signtool-args", NotHere),
    (
        "cargo xtask check-package target/release/edu_umdf_package",
        ByTheTest("crates/xtask/src/package.rs", "check(folder.path()).expect(\"it is whole\")"),
    ),
    (
        "cargo xtask stage-inx",
        ByTheTest("crates/xtask/src/stage_inx.rs", "stage(&inx, folder.path()).expect(\"a copy\")"),
    ),
    ("cargo xtask stress", NotHere),
    ("cargo xtask stress --under valgrind --clients 8 --seconds 30", NotHere),
    ("cargo xtask windows", ByTheGate("cargo xtask windows")),
    ("cargo xtask wine", ByTheGate("cargo xtask wine")),
    ("eductl --device 0 factorial 5", NotHere),
    ("eductl --device 0 info", NotHere),
    ("eductl --device 0 self-test", NotHere),
    ("eductl --device 1 self-test", NotHere),
    ("eductl list", NotHere),
    ("eductl raised", ByTheTest("tests/porting/client.rs", "told(&[\"raised\"])?")),
    ("eductl stats", NotHere),
    ("umdf-host coverage", Here),
    ("umdf-host explore", ByTheTest(EXPLORE, "command.arg(\"explore\")")),
    ("umdf-host explore --runs 1000 --seed-from 0", ByTheTest(EXPLORE, "\"--seed-from\"")),
    ("umdf-host faults", ByTheTest("crates/umdf-host/tests/faults_command.rs", "umdf_host(\"faults\", ")),
    ("umdf-host inf check FILE", ByTheTest(INF_COMMAND, "inf(\"check\", &[&file]")),
    ("umdf-host inf check inf/edu_umdf.inx", Here),
    ("umdf-host inf stamp", ByTheTest(INF_COMMAND, "inf(\"stamp\", &[Path::new(INX), &stamped]")),
    ("umdf-host rules", Here),
    ("umdf-host serve", ByTheTest("crates/umdf-host/tests/serve.rs", "command.arg(\"serve\")")),
    ("umdf-host run --drawn", ByTheTest(EXPLORE, "ends_with(\" --drawn\")")),
    (
        "umdf-host run --seed 7",
        ByTheTest("crates/umdf-host/tests/seeds/until.rs", "command.arg(\"run\").arg(\"--driver\")"),
    ),
    (
        "umdf-host run --device qemu:edu",
        ByTheTest("crates/umdf-host/tests/qemu/connected.rs", "files.command().args([\"--device\", &model])"),
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the package lies two folders deep")
}

/// The documents, by their paths from the root.
fn documents() -> BTreeMap<PathBuf, String> {
    ["", "docs", "crates/umdf-host"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).expect("the folder can be listed"))
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a document is text");
            (path.strip_prefix(root()).expect("it lies below the root").to_path_buf(), text)
        })
        .collect()
}

/// What stands in backquotes, and the lines of blocks of code.
fn code(text: &str) -> Vec<&str> {
    let mut code = Vec::new();
    for (index, part) in text.split("```").enumerate() {
        if index % 2 == 1 {
            code.extend(part.lines().skip(1).map(str::trim));
        } else {
            code.extend(part.split('`').skip(1).step_by(2));
        }
    }
    code
}

/// The commands in the documents, each in the words of the document; what stands behind several blanks is a remark.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    code(text)
        .into_iter()
        .map(|line| line.split("  ").next().unwrap_or(line).trim())
        .filter(|line| ["cargo ", "umdf-host ", "eductl "].iter().any(|program| line.starts_with(program)))
}

#[test]
fn every_command_has_a_row_and_every_row_a_command() {
    let documents = documents();
    let named: BTreeSet<_> = documents.values().flat_map(|text| commands(text)).collect();
    let rows: BTreeSet<_> = COMMANDS.iter().map(|(command, _)| *command).collect();
    let untried: Vec<_> = named.difference(&rows).collect();
    assert!(untried.is_empty(), "documents name these, COMMANDS does not: {untried:#?}");
    let unnamed: Vec<_> = rows.difference(&named).collect();
    assert!(unnamed.is_empty(), "COMMANDS has these, no document names them: {unnamed:#?}");
}

#[test]
fn the_gate_and_the_tests_do_what_the_table_says() {
    let gate = fs::read_to_string(root().join(".ci/run")).expect("the gate");
    for (command, tried) in COMMANDS {
        match tried {
            ByTheGate(words) => assert!(gate.contains(words), "{command}: .ci/run has no `{words}`"),
            ByTheTest(file, words) => {
                assert!(text(file).contains(words), "{command}: {file} has no `{words}`");
            }
            BySection(file, document, heading) => {
                assert!(text(file).contains(heading), "{command}: {file} runs no section `{heading}`");
                let document = text(document);
                let (_, rest) = document.split_once(&format!("\n## {heading}\n")).expect(heading);
                let section = rest.split("\n## ").next().unwrap_or(rest);
                assert!(commands(section).any(|line| line == *command), "{command}: not in `{heading}`");
            }
            Here | WithQemu | Drawing | NotHere => (),
        }
    }
}

/// A file of this repository, by its path from the root.
fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Those that are tried in one way.
#[cfg(target_os = "linux")]
fn tried(how: impl Fn(&Tried) -> bool) -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().filter(move |(_, tried)| how(tried)).map(|(command, _)| *command)
}

/// Runs a command in the root. It succeeds, and prints something.
#[cfg(target_os = "linux")]
fn run(command: &str) {
    use std::process::Command;

    let mut words = command.split(' ');
    let mut program = Command::new(env!("CARGO"));
    program.current_dir(root()).env("CARGO_NET_OFFLINE", "true");
    match words.next() {
        Some("cargo") => (),
        Some(name) => drop(program.args(["run", "--quiet", "--package", name, "--"])),
        None => unreachable!("split has one part at least"),
    }
    let output = program.args(words).output().expect("cargo starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !output.stdout.is_empty(), "{command}: {}\n{error}", output.status);
}

#[test]
#[cfg(target_os = "linux")]
fn commands_that_can_run_here_do() {
    tried(|tried| matches!(tried, Here)).for_each(run);
}

/// The tier of QEMU (`tiers.rs`) says why they are not run without.
#[test]
#[cfg(target_os = "linux")]
fn commands_with_qemu_do_where_it_is() {
    if find_qemu::find().is_ok() {
        tried(|tried| matches!(tried, WithQemu)).for_each(run);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn commands_that_draw_write_their_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("life.svg");
    // They differ in the file alone.
    let drawing: BTreeSet<_> = tried(|tried| matches!(tried, Drawing))
        .map(|command| command.split_inclusive("--diagram").next().unwrap_or(command))
        .collect();
    for command in drawing {
        run(&format!("{command} {}", file.display()));
        assert_eq!(
            fs::read_to_string(&file).expect("it is written"),
            text("docs/first-life.svg"),
            "{command}"
        );
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for (document, text) in documents() {
        let folder = root().join(&document).parent().expect("a document lies in a folder").to_path_buf();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, section) = target.split_once('#').unwrap_or((target, ""));
            if file.contains("://") {
                continue;
            }
            links += 1;
            assert!(file.is_empty() || folder.join(file).exists(), "{}: no {file}", document.display());
            let linked = if file.is_empty() {
                text.clone()
            } else {
                fs::read_to_string(folder.join(file)).unwrap_or_default()
            };
            let anchors: Vec<_> = linked.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
            assert!(
                section.is_empty() || anchors.iter().any(|anchor| anchor == section),
                "{}: {target} names no section of {anchors:?}",
                document.display()
            );
        }
    }
    assert!(links > 10, "{links} links");
}

/// What a heading is called in a link.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect::<String>()
        .replace(' ', "-")
}

/// Paths of this repository that stand in backquotes: from the root, or from the document's own folder.
#[test]
fn every_path_exists() {
    let mut paths = 0;
    for (document, text) in documents() {
        for path in code(&text).into_iter().filter(|word| is_path(word)) {
            paths += 1;
            let package = root().join(&document).with_file_name(path);
            assert!(
                root().join(path).exists() || package.exists(),
                "{}: there is no {path}",
                document.display()
            );
        }
    }
    assert!(paths > 100, "{paths} paths");
}

/// Whether a word begins with a room of this repository, and has no placeholders.
fn is_path(word: &str) -> bool {
    let rooms = [
        "src/",
        "crates/",
        "tests/",
        "docs/",
        "inf/",
        "benches/",
        "fuzz/",
        "scripts/",
        ".github/",
        "licences/",
    ];
    rooms.iter().any(|room| word.starts_with(room)) && !word.contains([' ', '*', '<', '{', ':'])
}
