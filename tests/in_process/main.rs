//! The driver in the host, both in this process: for measurements, and what they show.
//!
//! A process holds a driver once, and what goes wrong ends it. So each test runs in a process of its own, which
//! is this program again.

use std::env;
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};

mod driver;
#[cfg(target_os = "linux")]
mod linear;
mod lives;

/// Stands before the name of the test that this program is asked to be.
const BE: &str = "--be";
const LIVES: &str = "lives_follow_each_other";
const LINEAR: &str = "a_device_costs_the_same_beside_many_others";
/// Rounds after which it is no disturbance by other programs that makes costs differ. Only the first round in a
/// process finds it empty.
const ROUNDS: u32 = 5;

/// Runs a test, again if it fails, up to so many times.
fn run(name: &str, rounds: u32) -> Result<(), Failed> {
    let mut told = Vec::new();
    for _ in 0..rounds {
        let round = Command::new(env::current_exe()?).args([BE, name]).output()?;
        if round.status.success() {
            return Ok(());
        }
        told.extend([round.stdout, round.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()));
    }
    Err(told.concat().into())
}

fn be(name: &str) -> bool {
    match name {
        LIVES => {
            lives::lives_follow_each_other();
            true
        }
        #[cfg(target_os = "linux")]
        LINEAR => linear::costs_the_same(),
        _ => false,
    }
}

fn main() -> ExitCode {
    if let [_, asked, name] = &env::args().collect::<Vec<_>>()[..]
        && asked == BE
    {
        return if be(name) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let can_measure = cfg!(target_os = "linux");
    let linear =
        if can_measure { LINEAR.into() } else { format!("{LINEAR} (ignored: measured on Linux only)") };
    let tests = vec![
        Trial::test(LIVES, || run(LIVES, 1)),
        Trial::test(linear, || run(LINEAR, ROUNDS)).with_ignored_flag(!can_measure),
    ];
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}
