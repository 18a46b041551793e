//! `cargo xtask windows`: builds the driver and the host for Windows, and looks at what came out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use crate::binary::{BuildPaths, check_driver};
use crate::build::{self, Built, Goal, cargo, cargo_build};
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
/// The tests that run drivers: this repository's own, then the fixtures.
const TESTS: &[&str] = &[
    "in_host",
    "abacus",
    "lifecycle",
    "probe_arguments",
    "probe_device",
    "probe_interrupt",
    "probe_io",
    "probe_mapped",
    "probe_objects",
    "probe_send",
    "rules",
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

/// Builds, checks, and says where the files are.
pub fn run(options: &Options) -> Result<ExitCode> {
    let Some(artifacts) = build(root()?, &tools::toolchain()?)? else {
        return Ok(ExitCode::from(FAILED));
    };
    if options.json {
        let document = Document { schema: SCHEMA, target: TARGET, artifacts: &artifacts };
        println!("{}", serde_json::to_string_pretty(&document)?);
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

/// Builds the tests that run drivers, the drivers, and the tests of the client's Win32 side; `None` if a build failed.
pub fn build_tests(root: &Path, toolchain: &Toolchain) -> Result<Option<Built>> {
    let paths = BuildPaths::new(root, &toolchain.sources)?;
    let mut tests = cargo("build", root);
    tests.args(["--package", "edu-umdf", "--package", "umdf-host", "--lib", "--bins", "--examples"]);
    tests.args(TESTS.iter().flat_map(|test| ["--test", test])).arg(NO_LINES);
    for_windows(&mut tests, root, toolchain, &paths)?;
    let Some(mut built) = build::run(tests, "dll", |_| {})? else { return Ok(None) };
    // These are in the library: `cargo build` would make no program of them.
    let mut client = cargo("test", root);
    client.args(["--no-run", "--package", EDUCTL, "--lib", NO_LINES]);
    for_windows(&mut client, root, toolchain, &paths)?;
    let client = build::run(client, "dll", |_| {})?;
    Ok(client.map(|client| {
        built.tests.extend(client.tests);
        built
    }))
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
