//! Runs this project's driver, as just built, through a scenario.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use umdf_host::Run;
use umdf_host::report::{End, Outcome, Report};
use umdf_host::scenario::Scenario;

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

/// Plays a scenario file of `tests/scenarios`.
pub fn file(name: &str) -> Report {
    play(load(name))
}

/// As [`file`], with an INF that lets the devices share a host process.
pub fn file_pooled(name: &str) -> Report {
    let text = fs::read_to_string(inf()).expect("the INF is text");
    let own = "ProcessSharingDisabled";
    assert!(text.contains(own), "the INF gives each device a process of its own");
    let inf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pooled.inx");
    fs::write(&inf, text.replace(own, "ProcessSharingEnabled")).expect("cargo made the folder");
    Run::new(driver(), inf, load(name)).run().unwrap_or_else(|error| panic!("{error}"))
}

/// As [`file`], with memory for so many objects and contexts.
pub fn file_with_allocations(name: &str, count: u32) -> Report {
    let text = fs::read_to_string(inf()).expect("the INF is text");
    let section = "[Edu_UmdfService]\r\n";
    assert!(text.contains(section), "the INF has the service's section");
    let fault = format!(
        "[Fault]\r\nHKR,Parameters\\Wdf,VerifierAllocateFailCount,0x00010001,{count}\r\n\r\n\
         {section}AddReg = Fault\r\n"
    );
    let inf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("allocations-{count}.inx"));
    fs::write(&inf, text.replace(section, &fault)).expect("cargo made the folder");
    Run::new(driver(), inf, load(name)).run().unwrap_or_else(|error| panic!("{error}"))
}

fn load(name: &str) -> Scenario {
    let path = Path::new(MANIFEST).join("tests/scenarios").join(name);
    Scenario::load(&path).unwrap_or_else(|error| panic!("{error}"))
}

fn inf() -> PathBuf {
    Path::new(MANIFEST).join("inf/edu_umdf.inx")
}

/// Plays a scenario with this device and these steps.
pub fn steps(device: &str, steps: &str) -> Report {
    let text = format!("title = \"test\"\n[device]\n{device}\n{steps}");
    play(Scenario::parse(&text, Path::new("inline")).unwrap_or_else(|error| panic!("{error}")))
}

fn play(scenario: Scenario) -> Report {
    Run::new(driver(), inf(), scenario).run().unwrap_or_else(|error| panic!("{error}"))
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
