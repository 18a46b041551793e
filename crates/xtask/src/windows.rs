//! `cargo xtask windows`: builds the driver and the host for Windows, and looks at what came out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use crate::binary::{BuildPaths, check_driver};
use crate::build::{self, Built, Goal, Test, cargo, cargo_build};
use crate::tools::{self, DLLTOOL, TOOL_PREFIX, Toolchain};
use crate::{FAILED, root};

/// The Rust target. Std for it imports nothing that is newer than Windows 7; what the target for Windows 10
/// imports, Wine 8 does not have.
const TARGET: &str = "x86_64-win7-windows-gnu";
/// Where cargo puts what it builds, from the root. The compiler is another one than for this system's own build,
/// so nothing could be shared.
const TARGET_FOLDER: &str = "target/windows";
/// Where the import library goes, from the root.
const IMPORTS: &str = "target/windows/imports";
/// The import library that `tracing-etw` links, of which the Windows SDK has one and MinGW has none: where ETW is.
const ONE_CORE: &str = "libOneCore_apiset.a";
/// What is in it, as `dlltool` reads it. The library of the SDK has more.
const ONE_CORE_DEFINITION: &str = "LIBRARY ADVAPI32.dll
EXPORTS
EventActivityIdControl
EventRegister
EventSetInformation
EventUnregister
EventWriteTransfer
";
/// The client.
const EDUCTL: &str = "eductl";
/// The program that loads and unloads the driver.
const RELOAD: &str = "reload";
/// The program that reads the INF through the set-up API.
const SETUP: &str = "setup";
/// The libraries whose tests in the modules are run: the driver, the host, what stands for the WDK, and the client.
const LIBRARIES: &[&str] = &["edu_umdf", "umdf_host", "wdk_portable", EDUCTL];
/// The tests beside the modules of the first three that are run.
const TESTS: &[&str] = &[
    "allocations",
    "bindings",
    "in_host",
    "in_process",
    "resources",
    "abacus",
    "cli",
    "faults_command",
    "inf_command",
    "lifecycle",
    "probe_arguments",
    "probe_device",
    "probe_interrupt",
    "probe_io",
    "probe_mapped",
    "probe_objects",
    "probe_send",
    "qemu",
    "rules",
    "seeds",
    "serve",
    "abi",
    "loader",
    "names",
];
/// Those that are built and not run, and why.
pub const NOT_RUN: &[(&str, &str)] = &[
    ("by_seed", "the scenarios by seed are compared with the native ones, event by event"),
    ("direct_access", "cargo builds a copy of the driver in it"),
    ("porting", "cargo builds copies of the driver in it"),
    ("zoo", "cargo builds copies of the driver in it"),
    ("readme", "a Unix shell runs the commands of a document in it"),
];
/// For tests: nobody looks for lines of code under Wine.
const NO_LINES: &str = "--config=profile.dev.debug=0";
/// The version of all packages here.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Name and version of the JSON document.
const SCHEMA: &str = "edu-umdf.windows.1";

/// Builds the driver and the host for Windows, with Debian's toolchain
///
/// Exit code: 0 built, 1 a failed build or a driver that is not as it should be, 2 wrong usage or missing packages.
#[derive(clap::Args)]
pub struct Options {
    /// Prints one JSON document that says where the files are
    #[arg(long)]
    json: bool,
}

/// The files for Windows.
#[derive(Debug, Serialize)]
pub struct Artifacts {
    /// The program `umdf-host`.
    pub host: PathBuf,
    /// The driver's DLL.
    pub driver: PathBuf,
    /// The program `eductl`.
    pub eductl: PathBuf,
    /// The program `reload`.
    pub reload: PathBuf,
    /// The program `setup`.
    pub setup: PathBuf,
}

/// The JSON document.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    target: &'a str,
    #[serde(flatten)]
    artifacts: &'a Artifacts,
}

impl Artifacts {
    fn json(&self) -> Result<String> {
        let document = Document { schema: SCHEMA, target: TARGET, artifacts: self };
        Ok(serde_json::to_string_pretty(&document)?)
    }
}

/// Builds, checks, and says where the files are.
pub fn run(options: &Options) -> Result<ExitCode> {
    let Some(artifacts) = build(root()?, &tools::toolchain()?)? else {
        return Ok(ExitCode::from(FAILED));
    };
    if options.json {
        println!("{}", artifacts.json()?);
    } else {
        let Artifacts { host, driver, eductl, reload, setup } = &artifacts;
        let files =
            [("host", host), ("driver", driver), ("eductl", eductl), ("reload", reload), ("setup", setup)];
        for (name, file) in files {
            println!("{name:<7} {}", file.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the driver and the host and checks them; `None` if the build failed, which cargo has then explained.
pub fn build(root: &Path, toolchain: &Toolchain) -> Result<Option<Artifacts>> {
    let paths = BuildPaths::new(root, &toolchain.sources)?;
    let mut cargo = cargo_build(root, Goal::HostAndDriver);
    for program in [EDUCTL, RELOAD, SETUP] {
        cargo.args(["--package", program, "--bin", program]);
    }
    cargo.arg("--release");
    for_windows(&mut cargo, root, toolchain, &paths)?;

    let Some(built) = build::run(cargo, "dll", |_| {})? else {
        return Ok(None);
    };
    let host = built.host.context("cargo built no program umdf-host")?;
    let driver = built.driver.context("cargo built no library edu_umdf")?;
    let eductl = built.eductl.with_context(|| format!("cargo built no program {EDUCTL}"))?;
    let reload = built.reload.with_context(|| format!("cargo built no program {RELOAD}"))?;
    let setup = built.setup.with_context(|| format!("cargo built no program {SETUP}"))?;
    for file in [&host, &driver, &eductl, &reload, &setup] {
        let binary = fs::read(file).with_context(|| file.display().to_string())?;
        let checked = paths.check_absent(&binary);
        let checked =
            if file == &driver { checked.and_then(|()| check_driver(&binary, VERSION)) } else { checked };
        checked.with_context(|| file.display().to_string())?;
    }
    Ok(Some(Artifacts { host, driver, eductl, reload, setup }))
}

/// Builds all that `cargo test --workspace` builds on Windows, and answers with the tests to run here; `None` if the
/// build failed.
pub fn build_tests(root: &Path, toolchain: &Toolchain) -> Result<Option<Built>> {
    let paths = BuildPaths::new(root, &toolchain.sources)?;
    let mut cargo = cargo("test", root);
    cargo.args(["--no-run", "--workspace", NO_LINES]);
    for_windows(&mut cargo, root, toolchain, &paths)?;
    let Some(mut built) = build::run(cargo, "dll", |_| {})? else { return Ok(None) };
    built.tests.retain(is_run);
    Ok(Some(built))
}

/// Whether a test program is run under Wine.
fn is_run(test: &Test) -> bool {
    (if test.of_library { LIBRARIES } else { TESTS }).contains(&test.name.as_str())
}

/// Lets a command of cargo build for Windows.
fn for_windows(cargo: &mut Command, root: &Path, toolchain: &Toolchain, paths: &BuildPaths) -> Result<()> {
    let mut flags = paths.compiler_flags();
    flags.push("\x1f-Lnative=");
    flags.push(imports(root)?);
    cargo.args(["--locked", "--target", TARGET, "--target-dir"]).arg(root.join(TARGET_FOLDER));
    // There is no std for this target to install: it is built too. That is an unstable option of cargo, which
    // this variable allows, as is the one that makes warnings errors: clippy does not see this build.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.args(["-Zbuild-std=std,panic_unwind", "-Zwarnings", "--config=build.warnings='deny'"]);
    // What begins the name of the resource compiler: the driver's build script asks for it.
    cargo.env("CROSS_COMPILE", TOOL_PREFIX);
    cargo.env("RUSTC", &toolchain.rustc).env("CARGO_ENCODED_RUSTFLAGS", flags);
    Ok(())
}

/// Makes the import library; the answer is its folder.
fn imports(root: &Path) -> Result<PathBuf> {
    let folder = root.join(IMPORTS);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let definition = folder.join("OneCore_apiset.def");
    fs::write(&definition, ONE_CORE_DEFINITION).with_context(|| definition.display().to_string())?;
    let mut dlltool = Command::new(DLLTOOL);
    dlltool.arg("--input-def").arg(definition).arg("--output-lib").arg(folder.join(ONE_CORE));
    let status = dlltool.status().with_context(|| format!("could not start {DLLTOOL}"))?;
    ensure!(status.success(), "{DLLTOOL} made no {ONE_CORE} ({status})");
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_json_document_has_this_shape() {
        let [host, driver, eductl, reload, setup] =
            ["umdf-host.exe", "edu_umdf.dll", "eductl.exe", "reload.exe", "setup.exe"]
                .map(|name| PathBuf::from(format!("/r/target/{name}")));
        let printed = Artifacts { host, driver, eductl, reload, setup }.json().unwrap();
        let document: Value = serde_json::from_str(&printed).unwrap();
        let expected = json!({
            "schema": "edu-umdf.windows.1",
            "target": "x86_64-win7-windows-gnu",
            "host": "/r/target/umdf-host.exe",
            "driver": "/r/target/edu_umdf.dll",
            "eductl": "/r/target/eductl.exe",
            "reload": "/r/target/reload.exe",
            "setup": "/r/target/setup.exe",
        });
        assert_eq!(document, expected);
    }

    /// The names of the tests in a package's folder `tests`: those of files, and of folders with a `main.rs`.
    fn tests_in(package: &str) -> Vec<String> {
        let folder = root().unwrap().join(package).join("tests");
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let tests = entries
            .filter(|path| path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").is_file());
        tests.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_test_is_run_or_said_not_to_be() {
        let mut there: Vec<_> =
            ["", "crates/umdf-host", "crates/wdk-portable"].into_iter().flat_map(tests_in).collect();
        let mut known: Vec<_> = TESTS.iter().chain(NOT_RUN.iter().map(|(test, _)| test)).copied().collect();
        there.sort_unstable();
        known.sort_unstable();
        assert_eq!(there, known);
    }
}
