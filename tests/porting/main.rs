//! The patches of `docs/porting.md`: the driver without interrupts, and without I/O control requests; and that of
//! `docs/add-an-ioctl.md`, with its scenario and its client. Each is applied to a copy, which is built, and lives in the
//! host.
//!
//! The supervisor starts this executable again as its worker, hence no test harness of its own kind.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Trial};
use umdf_host::Run;
use umdf_host::report::{End, Outcome};
use umdf_host::scenario::Scenario;

#[path = "../copy/mod.rs"]
mod copy;

mod client;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a driver without interrupts still does.
const FACTORIAL: &str = "
    [[step]]
    do = 'open'
    [[step]]
    do = 'ioctl'
    name = 'factorial of 5'
    code = 0x22a008
    input = '0100 0000 05000000'
    output-length = 8
    expect-output = '0100 0000 78000000'
    [[step]]
    do = 'close'";

/// What a driver without I/O control requests still does.
const INTERRUPT: &str = "
    [[step]]
    do = 'poke'
    offset = 0x60
    value = 0x10
    [[step]]
    do = 'settle'";

/// The document that tells how to add an I/O control request, and what it comes to.
const DOCUMENT: &str = include_str!("../../docs/add-an-ioctl.md");
const RESULT: &str = include_str!("../../docs/porting/add-an-ioctl.patch");

fn main() {
    umdf_host::run_worker_if_asked();
    let patches = [("without-interrupts", FACTORIAL, false), ("without-ioctls", INTERRUPT, true)];
    let mut tests: Vec<Trial> = Vec::from(patches.map(|(name, steps, interrupts)| {
        Trial::test(name.replace('-', "_"), move || {
            ported(name, steps, interrupts).map_err(|error| error.to_string().into())
        })
    }));
    tests.push(Trial::test("add_an_ioctl", || one_more().map_err(|error| error.to_string().into())));
    tests.push(Trial::test("add_an_ioctl_is_what_its_document_says", || {
        document_is_the_patch();
        Ok(())
    }));
    libtest_mimic::run(&Arguments::from_args(), tests).exit();
}

/// Each line of code in the document is one that the patch adds, and the patch fits all of its files.
fn document_is_the_patch() {
    let added: Vec<&str> = RESULT.lines().filter_map(|line| line.strip_prefix('+')).map(str::trim).collect();
    let blocks = DOCUMENT.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let mut lines = 0;
    for line in blocks.flat_map(|(_, code)| code.lines()).map(str::trim).filter(|line| !line.is_empty()) {
        assert!(added.contains(&line), "the patch does not add: {line}");
        lines += 1;
    }
    assert!(lines > 30, "{lines} lines of code");
    let mut git = Command::new("git");
    git.args(["apply", "--check", "docs/porting/add-an-ioctl.patch"]).current_dir(ROOT);
    let fits = git.output().expect("git starts");
    assert!(fits.status.success(), "make the patch anew\n{}", String::from_utf8_lossy(&fits.stderr));
}

/// A driver with less than this one has.
fn ported(name: &str, steps: &str, interrupts: bool) -> Result<(), Box<dyn Error>> {
    let patched = patched(name, &[])?;
    let text = format!(
        "title = '{name}'\n[device]\nmodel = 'edu'\n[[step]]\ndo = 'start'\n{steps}\n[[step]]\ndo = 'remove'"
    );
    lives(copy::build(&patched)?, Scenario::parse(&text, Path::new("inline"))?, interrupts)
}

/// A driver with one more I/O control request: it plays the scenario that comes with it, and answers the client.
fn one_more() -> Result<(), Box<dyn Error>> {
    const NAME: &str = "add-an-ioctl";
    const SCENARIO: &str = "tests/scenarios/raised.toml";
    let patched = patched(NAME, &[SCENARIO])?;
    let driver = copy::build(&patched)?;
    lives(driver.clone(), Scenario::load(&patched.join(SCENARIO))?, true)?;
    client::asks(&client::build(NAME)?, driver)
}

/// A copy of the driver with a patch, and with these files that the patch brings.
fn patched(name: &str, new: &[&str]) -> Result<PathBuf, Box<dyn Error>> {
    let patched = copy::make(name, &|_, text| text)?;
    for file in new.iter().map(|file| patched.join(file)) {
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    let includes: Vec<String> =
        ["src/*", "crates/edu-interface/*"].iter().chain(new).map(ToString::to_string).collect();
    apply(&Path::new(ROOT).join(format!("docs/porting/{name}.patch")), &patched, &includes)?;
    Ok(patched)
}

fn lives(driver: PathBuf, scenario: Scenario, interrupts: bool) -> Result<(), Box<dyn Error>> {
    let report = Run::new(driver, Path::new(ROOT).join("inf/edu_umdf.inx"), scenario).run()?;
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    assert_eq!(report.mapped, report.unmapped, "{report}");
    let errors = report.traces.iter().filter(|line| line.contains("ERROR")).count();
    assert_eq!((report.mapped.len(), errors), (1, 0), "{report}");
    let served = report.callbacks.iter().any(|callback| callback == "EvtInterruptWorkItem");
    assert_eq!(served, interrupts, "{report}");
    Ok(())
}

/// Applies the part of a patch that these files are in, as `git apply` does in a fresh checkout: to exactly the source
/// that it was made for.
fn apply(patch: &Path, folder: &Path, includes: &[String]) -> io::Result<()> {
    // A folder below the repository is the repository's for git, unless it is told to look for none.
    let applied = Command::new("git")
        .arg("apply")
        .args(includes.iter().map(|include| format!("--include={include}")))
        .arg(patch)
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", folder.parent().expect("it lies in the target folder"))
        .output()?;
    let told = String::from_utf8_lossy(&applied.stderr);
    assert!(applied.status.success(), "{} does not fit the source: make it anew\n{told}", patch.display());
    Ok(())
}
