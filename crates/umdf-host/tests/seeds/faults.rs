//! Sweeps over the faults of a life.

use std::fs;
use std::process::Command;

use umdf_host::Run;
use umdf_host::faults::Sweep;
use umdf_host::report::Outcome;
use umdf_host::scenario::Scenario;

use crate::DEADLINE;
use crate::fixture::driver::{LIFE, misbehave, scenario};
use crate::fixture::library::library;
use crate::fixture::misbehaviour::Misbehaviour;

fn sweep(misbehaviour: Misbehaviour) -> Sweep {
    let package = misbehave(misbehaviour).install();
    let run = Run::new(library("misbehave"), package.inf(), scenario(LIFE)).deadline(DEADLINE).seed(3);
    run.sweep_faults(20, &[]).expect("the life is well")
}

/// A good driver passes, and every call of its life that may fail was made to.
pub fn good() {
    let sweep = sweep(Misbehaviour::None);
    assert!(sweep.failures.is_empty(), "{sweep}");
    assert!(sweep.points > 10 && sweep.statuses > sweep.points && sweep.pairs > 10, "{sweep}");
    // Two accesses, three ways to break.
    assert_eq!(sweep.breakages, 6, "{sweep}");
    for status in ["STATUS_INSUFFICIENT_RESOURCES", "STATUS_BUFFER_TOO_SMALL", "STATUS_DEVICE_POWER_FAILURE"]
    {
        assert!(sweep.came_out.contains_key(status), "{sweep}");
    }
}

/// One that forgets a request when it does not get its input is found, and what is written repeats it.
pub fn forgetful() {
    let sweep = sweep(Misbehaviour::ForgetOnError);
    let single: Vec<_> = sweep.failures.iter().filter(|failure| failure.faults.len() == 1).collect();
    let faults: Vec<_> = single.iter().map(|failure| failure.faults[0].as_str()).collect();
    let call = "call 1 of WdfRequestRetrieveInputBuffer returns ";
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.contains("WdfRequestRetrieve")), "{sweep}");
    assert!(faults.iter().any(|fault| fault.starts_with(call)), "{sweep}");

    let text = single[0].scenario.to_toml().expect("a file can say it");
    let life = Scenario::parse(&text, "found.toml".as_ref()).expect("it is a scenario");
    let play = |misbehaviour| {
        let package = misbehave(misbehaviour).install();
        Run::new(library("misbehave"), package.inf(), life.clone()).run().expect("the run can be told")
    };
    assert_eq!(play(Misbehaviour::ForgetOnError).result, Outcome::Fail);
    assert_eq!(play(Misbehaviour::None).result, Outcome::Pass);
}

/// The program says by its exit code whether all came out right.
pub fn program() {
    for (misbehaviour, code) in [(Misbehaviour::None, 0), (Misbehaviour::ForgetOnError, 1)] {
        let package = misbehave(misbehaviour).install();
        let file = package.folder().join("scenario.toml");
        fs::write(&file, LIFE).expect("the folder is writable");
        let mut command = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
        command.arg("faults").arg("--driver").arg(library("misbehave")).arg("--inf").arg(package.inf());
        let output =
            command.arg("--scenario").arg(&file).args(["--pairs", "5"]).output().expect("umdf-host starts");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(code), false), "{error}");
    }
}
