//! The patches of `docs/porting.md`: the driver without interrupts, and without I/O control requests. Each is applied
//! to a copy, which is built, and lives in the host.
//!
//! The supervisor starts this executable again as its worker, hence no test harness of its own kind.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use libtest_mimic::{Arguments, Trial};
use umdf_host::Run;
use umdf_host::report::{End, Outcome};
use umdf_host::scenario::Scenario;

#[path = "../copy/mod.rs"]
mod copy;

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

fn main() {
    umdf_host::run_worker_if_asked();
    let tests = [("without-interrupts", FACTORIAL), ("without-ioctls", INTERRUPT)].map(|(name, steps)| {
        Trial::test(name.replace('-', "_"), move || {
            lives(name, steps).map_err(|error| error.to_string().into())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), tests.into()).exit();
}

fn lives(name: &str, steps: &str) -> Result<(), Box<dyn Error>> {
    let patched = copy::make(name, &|_, text| text)?;
    apply(&Path::new(ROOT).join(format!("docs/porting/{name}.patch")), &patched)?;
    let driver = copy::build(&patched)?;
    let text = format!(
        "title = '{name}'\n[device]\nmodel = 'edu'\n[[step]]\ndo = 'start'\n{steps}\n[[step]]\ndo = 'remove'"
    );
    let scenario = Scenario::parse(&text, Path::new("inline"))?;
    let report = Run::new(driver, Path::new(ROOT).join("inf/edu_umdf.inx"), scenario).run()?;
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    assert_eq!(report.mapped, report.unmapped, "{report}");
    let errors = report.traces.iter().filter(|line| line.contains("ERROR")).count();
    assert_eq!((report.mapped.len(), errors), (1, 0), "{report}");
    let served = report.callbacks.iter().any(|callback| callback == "EvtInterruptWorkItem");
    assert_eq!(served, steps == INTERRUPT, "{report}");
    Ok(())
}

/// Applies a patch as `git apply` does in a fresh checkout: to exactly the source that it was made for.
fn apply(patch: &Path, folder: &Path) -> io::Result<()> {
    assert!(fs::read_to_string(patch)?.contains("deleted file"), "the patch deletes something");
    // A folder below the repository is the repository's for git, unless it is told to look for none.
    let applied = Command::new("git")
        .arg("apply")
        .arg(patch)
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", folder.parent().expect("it lies in the target folder"))
        .output()?;
    let told = String::from_utf8_lossy(&applied.stderr);
    assert!(applied.status.success(), "{} does not fit the source: make it anew\n{told}", patch.display());
    Ok(())
}
