//! The driver with `DirectAccess`: the one line is switched in a copy, and the copy runs in the host.
//!
//! The supervisor starts this executable again as its worker, hence no test harness of its own kind.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use libtest_mimic::{Arguments, Trial};
use umdf_host::Run;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::rules::Rule;
use umdf_host::scenario::Scenario;

#[path = "../copy/mod.rs"]
mod copy;
mod disassembly;

/// The line of `src/device.rs` that names the way to access registers, and what it becomes.
const FRAMEWORK: &str = "type Access = wdf::FrameworkAccess<REGISTERS_LENGTH>;";
const DIRECT: &str = "type Access = wdf::DirectAccess<REGISTERS_LENGTH>;";

/// Where the host can map registers, and the test can read instructions.
const POSSIBLE: bool = cfg!(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"));

/// What is looked at, with the library of the copy.
type Check = fn(&Path);

fn main() {
    umdf_host::run_worker_if_asked();
    let arguments = Arguments::from_args();
    let tests: [(&str, Check); 4] = [
        ("the first life is the same", first_life),
        ("an INF that does not map registers is refused", refused),
        ("where Windows would go on, the start fails", not_mapped),
        ("each access has the instructions of a bare one", disassembly::same_as_bare),
    ];
    if !POSSIBLE || arguments.list {
        let why = if POSSIBLE { "" } else { " (Linux on x86-64 only)" };
        let ignored = tests
            .map(|(name, _)| Trial::test(format!("{name}{why}"), || Ok(())).with_ignored_flag(!POSSIBLE));
        libtest_mimic::run(&arguments, ignored.into()).exit();
    }
    let driver = build().unwrap_or_else(|error| panic!("the copy cannot be built: {error}"));
    let trials = tests.map(|(name, check)| {
        let driver = driver.clone();
        Trial::test(name, move || {
            check(&driver);
            Ok(())
        })
    });
    libtest_mimic::run(&arguments, trials.into()).exit();
}

/// Builds the copy for release. It also has the functions of `benches/registers/paths.rs`.
fn build() -> Result<PathBuf, Box<dyn Error>> {
    let paths = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/registers/paths.rs");
    let switched = copy::make("direct-access", &|path, text| {
        if path.ends_with("src/device.rs") {
            assert_eq!(text.matches(FRAMEWORK).count(), 1, "src/device.rs names the access once");
            text.replace(FRAMEWORK, DIRECT)
        } else if path.ends_with("src/lib.rs") {
            format!("{text}\n#[path = {:?}]\npub mod paths;\n", paths.display().to_string())
        } else {
            text
        }
    })?;
    copy::build(&switched)
}

/// The first life with a driver, and with an INF that has registers mapped into the process or not.
fn run(driver: &Path, mapped: bool) -> Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inf = if mapped { mapping_inf(root) } else { root.join("inf/edu_umdf.inx") };
    let scenario = Scenario::load(&root.join("tests/scenarios/first-life.toml"));
    Run::new(driver.to_owned(), inf, scenario.unwrap_or_else(|error| panic!("{error}")))
}

fn report(run: Run) -> Report {
    run.run().unwrap_or_else(|error| panic!("{error}"))
}

/// The driver's INF with the other UmdfRegisterAccessMode.
fn mapping_inf(root: &Path) -> PathBuf {
    let text = fs::read_to_string(root.join("inf/edu_umdf.inx")).expect("the INF is text");
    let (mode, mapping) = ("= RegisterAccessUsingSystemCall", "= RegisterAccessUsingUserModeMapping");
    assert_eq!(text.matches(mode).count(), 2, "the INF says it for Windows 10 and 11");
    let inf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mapped.inx");
    fs::write(&inf, text.replace(mode, mapping)).expect("cargo made the folder");
    inf
}

/// The driver as it is, beside this test.
fn default_driver() -> PathBuf {
    let name = format!("{}edu_umdf{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    env::current_exe().expect("the test knows its own path").with_file_name(name)
}

/// The same callbacks, answers and register accesses as with the framework's functions; the driver does not even
/// notice when those are used on mapped registers.
fn first_life(driver: &Path) {
    let direct = report(run(driver, true));
    assert_eq!((direct.result, &direct.end), (Outcome::Pass, &End::Finished), "{direct}");
    assert_eq!(direct.mapped, direct.unmapped, "{direct}");
    assert!(direct.register_reads > 0 && direct.register_writes > 0, "{direct}");
    let story = direct.to_string().replace("libdirect_access", "libedu_umdf");
    for mapped in [false, true] {
        let framework = report(run(&default_driver(), mapped));
        assert_eq!(story, framework.to_string(), "mapped: {mapped}");
    }
}

/// Windows ends the process.
fn refused(driver: &Path) {
    let report = report(run(driver, false));
    assert_eq!((report.result, &report.end), (Outcome::Fail, &End::Violation), "{report}");
    assert!(report.to_string().contains("HW_MAPPED_ADDR_MODE"), "{report}");
}

/// NULL instead of an address is an error of the driver, and what was mapped is unmapped.
fn not_mapped(driver: &Path) {
    let report = report(run(driver, false).without_rule(Rule::HwMappedAddrMode));
    let errors: Vec<_> = report.traces.iter().filter(|line| line.contains("ERROR")).collect();
    assert!(!errors.is_empty(), "{report}");
    assert!(errors.iter().all(|error| error.contains("not mapped into this process")), "{errors:?}");
    assert_eq!(report.end, End::Finished, "{report}");
    assert_eq!(report.mapped, report.unmapped, "{report}");
    assert_eq!((report.register_reads, report.register_writes), (0, 0), "{report}");
}
