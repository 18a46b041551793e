//! Runs this project's driver, as just built, through a scenario.

use std::env;
use std::fs;
#[cfg(target_os = "linux")]
use std::ops::Range;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use tempfile::NamedTempFile;
#[cfg(target_os = "linux")]
use umdf_host::Plan;
use umdf_host::Run;
use umdf_host::bus::QemuModel;
#[cfg(target_os = "linux")]
use umdf_host::explore::{Exploration, Lives, draw};
use umdf_host::faults::Sweep;
use umdf_host::picture::Recording;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::scenario::{Scenario, Status};

use crate::in_qemu::in_scenario;

const MANIFEST: &str = env!("CARGO_MANIFEST_DIR");

/// A test that fails by panicking.
pub fn test(name: impl Into<String>, check: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, || {
        check();
        Ok(())
    })
}

/// The library that cargo built with this test: beside it, not one level above, where an older one may lie.
fn driver() -> PathBuf {
    let name = format!("{}edu_umdf{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    env::current_exe().expect("the test knows its own path").with_file_name(name)
}

/// The library of an example, which cargo builds for the tests.
fn example(name: &str) -> PathBuf {
    let name = format!("{}{name}{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let program = env::current_exe().expect("the test knows its own path");
    let profile = program.ancestors().nth(2).expect("the test lies in deps, below the profile's folder");
    profile.join("examples").join(name)
}

/// A change to the INF: what stands there, and what is to stand there.
pub type Change<'a> = (&'a str, &'a str);

/// The devices share a host process.
pub const POOLED: Change<'static> = ("ProcessSharingDisabled", "ProcessSharingEnabled");
/// The device gets an interrupt line, no message.
pub const LINE: Change<'static> = ("MSISupported,0x10001,1", "MSISupported,0x10001,0");
/// Callers may let the device raise interrupts.
pub const RAISE: Change<'static> = ("EnableRaiseInterrupt,0x10001,0", "EnableRaiseInterrupt,0x10001,1");
/// The device may take 0.1 s to answer a factorial.
pub const IMPATIENT: Change<'static> = ("FactorialTimeoutMs,0x10001,2000", "FactorialTimeoutMs,0x10001,100");
/// The device may take a minute to answer a factorial: no watchdog wakes up, however slow the machine is.
pub const PATIENT: Change<'static> = ("FactorialTimeoutMs,0x10001,2000", "FactorialTimeoutMs,0x10001,60000");

/// Plays a scenario file of `tests/scenarios`.
pub fn file(name: &str) -> Report {
    file_with(&[], name)
}

/// As [`file`], with another INF.
pub fn file_with(changes: &[Change], name: &str) -> Report {
    recording_of(changes, name, |run| run).0
}

/// As [`file`], with memory for so many objects and contexts.
pub fn file_with_allocations(name: &str, count: u32) -> Report {
    let section = "[Edu_UmdfService]\r\n";
    let fault = format!(
        "[Fault]\r\nHKR,Parameters\\Wdf,VerifierAllocateFailCount,0x00010001,{count}\r\n\r\n\
         {section}AddReg = Fault\r\n"
    );
    file_with(&[(section, &fault)], name)
}

/// As [`file_with`], with QEMU's edu in the place of the embedded one.
///
/// Its time is not the scenario's: a computation that requests meet halfway takes 2 s there, so that they do on a busy
/// machine too.
pub fn file_in_qemu(changes: &[Change], name: &str) -> Report {
    let (long, longer) = (400_000_000_u32, 2_000_000_000_u32);
    let [long, longer] = [long, longer].map(|number| format!("{:08x}", number.swap_bytes()));
    let path = scenario(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{error}")).replace(&long, &longer);
    let scenario = Scenario::parse(&text, &path).unwrap_or_else(|error| panic!("{error}"));
    play(&driver(), changes, scenario.with_model(in_scenario(QemuModel::Edu)), |run| run)
}

/// Steps from nothing to an open device, and back.
pub const START_AND_OPEN: &str = "
    [[step]]
    do = 'start'
    [[step]]
    do = 'open'";
pub const CLOSE_AND_REMOVE: &str = "
    [[step]]
    do = 'close'
    [[step]]
    do = 'remove'";

fn scenario(name: &str) -> PathBuf {
    Path::new(MANIFEST).join("tests/scenarios").join(name)
}

fn load(name: &str) -> Scenario {
    Scenario::load(&scenario(name)).unwrap_or_else(|error| panic!("{error}"))
}

/// Plays a scenario with this device and these steps.
pub fn steps(device: &str, steps: &str) -> Report {
    steps_with(&[], device, steps)
}

/// As [`steps`], with another INF.
pub fn steps_with(changes: &[Change], device: &str, steps: &str) -> Report {
    let text = format!("title = \"test\"\n[device]\n{device}\n{steps}");
    play(&driver(), changes, parse(&text), |run| run)
}

/// As [`steps_with`], with QEMU's edu.
pub fn steps_in_qemu(changes: &[Change], steps: &str) -> Report {
    let text = format!("title = \"test\"\n[device]\nmodel = 'edu'\n{steps}");
    play(&driver(), changes, parse(&text).with_model(in_scenario(QemuModel::Edu)), |run| run)
}

/// Plays a whole scenario, with the driver that has a bug.
pub fn planted_panic(changes: &[Change], scenario: &str) -> Report {
    play(&example("planted_panic"), changes, parse(scenario), |run| run)
}

fn parse(text: &str) -> Scenario {
    Scenario::parse(text, Path::new("inline")).unwrap_or_else(|error| panic!("{error}"))
}

fn play(driver: &Path, changes: &[Change], scenario: Scenario, settings: impl FnOnce(Run) -> Run) -> Report {
    record(driver, changes, scenario, settings).0
}

/// As [`file_with`], with settings of the run, and with all that happened.
pub fn recording_of(
    changes: &[Change],
    name: &str,
    settings: impl FnOnce(Run) -> Run,
) -> (Report, Recording) {
    record(&driver(), changes, load(name), settings)
}

/// Plays the lives of so many seeds: what they draw from a scenario file, or its own steps.
#[cfg(target_os = "linux")]
pub fn explore(changes: &[Change], name: &str, lives: Lives, seeds: Range<u64>) -> Exploration {
    let inf = changed(changes);
    let run = Run::new(driver(), inf.path(), load(name)).seed(seeds.start);
    run.explore(seeds.end - seeds.start, lives).unwrap_or_else(|error| panic!("{error}"))
}

/// Plays one of those lives as `umdf-host run` does: in a worker of its own.
#[cfg(target_os = "linux")]
pub fn replay(changes: &[Change], name: &str, lives: Lives, seed: u64) -> (Report, Recording) {
    let scenario = match lives {
        Lives::Drawn => draw(&load(name), Plan { seed, preemptions: None }),
        Lives::Written => load(name),
    };
    record(&driver(), changes, scenario, |run| run.seed(seed))
}

/// Plays a scenario file with one thing going wrong after the other, and with so many pairs of them.
pub fn sweep(changes: &[Change], name: &str, pairs: usize, allowed: &[Status]) -> Sweep {
    let inf = changed(changes);
    let swept = Run::new(driver(), inf.path(), load(name)).sweep_faults(pairs, allowed);
    swept.unwrap_or_else(|error| panic!("{error}"))
}

fn record(
    driver: &Path,
    changes: &[Change],
    scenario: Scenario,
    settings: impl FnOnce(Run) -> Run,
) -> (Report, Recording) {
    let inf = changed(changes);
    let run = settings(crate::SEED.into_iter().fold(Run::new(driver, inf.path(), scenario), Run::seed));
    run.record().unwrap_or_else(|error| panic!("{error}"))
}

/// The INF with changes.
fn changed(changes: &[Change]) -> NamedTempFile {
    let mut text = fs::read_to_string(Path::new(MANIFEST).join("inf/edu_umdf.inx")).expect("the INF is text");
    for (old, new) in changes {
        assert!(text.contains(old), "the INF does not say {old}");
        text = text.replace(old, new);
    }
    let file = tempfile::Builder::new().suffix(".inx").tempfile().expect("a file in the temporary folder");
    fs::write(file.path(), text).expect("the file is there");
    file
}

/// The driver met every expectation, broke no rule and unmapped what it mapped.
pub fn assert_clean(report: &Report) {
    assert_eq!(report.result, Outcome::Pass, "{report}");
    assert_eq!(report.end, End::Finished, "{report}");
    assert_eq!(report.mapped, report.unmapped, "{report}");
}

/// The driver wrote exactly one error trace, and it names the cause.
pub fn assert_one_error(report: &Report, cause: &str) {
    assert_errors(report, 1, cause);
}

/// The driver wrote exactly so many error traces, and each names the cause.
pub fn assert_errors(report: &Report, count: usize, cause: &str) {
    let errors: Vec<_> = report.traces.iter().filter(|line| line.contains("ERROR")).collect();
    assert_eq!(errors.len(), count, "{errors:#?}\n{report}");
    assert!(errors.iter().all(|error| error.contains(cause)), "{errors:?} do not say {cause:?}");
}
