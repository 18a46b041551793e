//! `cargo xtask wine`: runs the Windows binaries under Wine, and compares what they do with the native ones.
//!
//! - `prefix`: Wine, and programs that are run to their end;
//! - `lives`: the first life, as the native one, with the embedded model and with QEMU's, in folders of any name;
//! - `seeds`: every scenario event by event, in deterministic mode;
//! - `broken`: a QEMU that is not there, is none, or ends in the middle;
//! - `client`: eductl, without a device and against a native host that serves;
//! - `setup`: the INF and the set-up API, with `crates/setup`;
//! - `reload`: the driver loaded again and again, with `crates/reload`;
//! - `tests`: the tests of driver and host, `ignored` those that Wine cannot run; `qemu`: QEMUs for all of this.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::build::{self, Built, Goal};
use crate::tools;
use crate::windows::{self, Artifacts};
use crate::{FAILED, root};

mod broken;
mod client;
mod ignored;
mod inf;
mod lives;
mod prefix;
mod qemu;
mod reload;
mod seeds;
mod setup;
mod tests;

use prefix::Prefix;

/// Where Wine keeps its Windows and the programs' output goes, from the root.
const FOLDER: &str = "target/wine";
/// Lines that are told of what is wrong.
const MOST_TOLD: usize = 20;
/// The results in the JSON document.
const PASS: &str = "pass";
const FAIL: &str = "fail";
/// Name and version of the JSON document.
const SCHEMA: &str = "edu-umdf.wine.1";

/// Runs the Windows binaries under Wine, and compares what they do with the native ones
///
/// Builds both. Exit code: 0 all as it should be, 1 not so, or a failed build; 2 wrong usage or missing packages.
#[derive(clap::Args)]
pub struct Options {
    /// Prints one JSON document instead of a line for each check
    #[arg(long)]
    json: bool,
}

/// What the checks work with.
struct Bench<'a> {
    root: &'a Path,
    /// For files of the checks.
    folder: PathBuf,
    prefix: Prefix,
    /// QEMU's program.
    qemu: PathBuf,
    /// As `cargo xtask windows` leaves them.
    windows: Artifacts,
    /// Tests for Windows, and what they need: made as for this system, so that they trace the same.
    tests: Built,
    /// Host and driver of this system.
    native: Pair,
}

/// A host and a driver that fit together.
struct Pair {
    host: PathBuf,
    driver: PathBuf,
}

impl Pair {
    fn of(built: &Built) -> Result<Self> {
        let host = built.host.clone().context("cargo built no program umdf-host")?;
        let driver = built.driver.clone().context("cargo built no library edu_umdf")?;
        Ok(Self { host, driver })
    }
}

/// What a check found: a sentence, or what is wrong.
type Found = Result<Result<String, Vec<String>>>;

/// A check.
type Check = fn(&Bench) -> Found;

/// All checks, in order: what takes long comes last.
const CHECKS: &[(&str, Check)] = &[
    ("first-life", lives::first_life),
    ("paths", lives::any_path),
    ("qemu", lives::in_qemu),
    ("broken-qemu", broken::answers),
    ("setup", setup::reads),
    ("reload", reload::again),
    ("client", client::talks),
    ("seeds", seeds::same_events),
    ("tests", tests::all),
];

/// The JSON document.
#[derive(Serialize)]
struct Document {
    schema: &'static str,
    result: &'static str,
    checks: Vec<Checked>,
}

/// One check in it.
#[derive(Serialize)]
struct Checked {
    name: &'static str,
    result: &'static str,
    /// A sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<String>,
    /// What is wrong.
    wrong: Vec<String>,
}

impl Document {
    fn of(checks: Vec<Checked>) -> Self {
        let good = checks.iter().all(|checked| checked.result == PASS);
        Self { schema: SCHEMA, result: if good { PASS } else { FAIL }, checks }
    }
}

impl Checked {
    fn of(name: &'static str, found: Found) -> Self {
        match found.unwrap_or_else(|error| Err(vec![format!("{error:#}")])) {
            Ok(told) => Self { name, result: PASS, told: Some(told), wrong: Vec::new() },
            Err(wrong) => Self { name, result: FAIL, told: None, wrong },
        }
    }
}

/// Builds, and runs the checks.
pub fn run(options: &Options) -> Result<ExitCode> {
    let root = root()?;
    let (toolchain, wine, qemu) = tools::toolchain_wine_and_qemu()?;
    let Some(windows) = windows::build(root, &toolchain)? else { return Ok(ExitCode::from(FAILED)) };
    let Some(tests) = windows::build_tests(root, &toolchain)? else { return Ok(ExitCode::from(FAILED)) };
    let Some(native) = build::build(root, Goal::HostAndDriver)? else { return Ok(ExitCode::from(FAILED)) };

    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let prefix = Prefix::new(wine, &folder)?;
    let bench = Bench { root, folder, prefix, qemu, windows, tests, native: Pair::of(&native)? };

    let mut checks = Vec::new();
    for (name, check) in CHECKS {
        let checked = Checked::of(name, check(&bench));
        if !options.json {
            tell(&checked, &bench.folder);
        }
        checks.push(checked);
    }
    let document = Document::of(checks);
    if options.json {
        println!("{}", serde_json::to_string_pretty(&document)?);
    }
    Ok(if document.result == PASS { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

fn tell(checked: &Checked, folder: &Path) {
    if let Some(told) = &checked.told {
        println!("{told}");
        return;
    }
    println!("FAILED: {} ({} has what the programs printed)", checked.name, folder.display());
    for line in checked.wrong.iter().take(MOST_TOLD) {
        println!("  {line}");
    }
    if checked.wrong.len() > MOST_TOLD {
        println!("  and {} more", checked.wrong.len() - MOST_TOLD);
    }
}

fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

#[cfg(test)]
mod shape {
    use serde_json::{Value, json};

    use super::*;

    fn parsed(checks: Vec<Checked>) -> Value {
        let printed = serde_json::to_string_pretty(&Document::of(checks)).unwrap();
        serde_json::from_str(&printed).unwrap()
    }

    #[test]
    fn the_json_document_has_this_shape() {
        let good = || Checked::of("paths", Ok(Ok("All is well".into())));
        let checks = vec![
            good(),
            Checked::of("seeds", Ok(Err(vec!["a".into(), "b".into()]))),
            Checked::of("setup", Err(anyhow::anyhow!("below").context("above"))),
        ];
        let expected = json!({
            "schema": "edu-umdf.wine.1",
            "result": "fail",
            "checks": [
                { "name": "paths", "result": "pass", "told": "All is well", "wrong": [] },
                { "name": "seeds", "result": "fail", "wrong": ["a", "b"] },
                { "name": "setup", "result": "fail", "wrong": ["above: below"] },
            ],
        });
        assert_eq!(parsed(checks), expected);
        assert_eq!(parsed(vec![good()])["result"], "pass");
    }
}
