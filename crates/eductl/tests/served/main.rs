//! `eductl` against `umdf-host serve` with this repository's driver: real processes on both sides.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

mod between;
mod commands;
mod ends;
mod readme;
mod several;
mod stand;
mod strangers;

/// A test that fails by panicking.
fn test(name: &str, body: fn()) -> Trial {
    Trial::test(name, move || {
        body();
        Ok(())
    })
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // They wait more than they work.
    arguments.test_threads = arguments.test_threads.or(Some(4));
    let mut trials = commands::trials();
    trials.extend(ends::trials());
    trials.extend(readme::trials());
    trials.extend(several::trials());
    trials.extend(strangers::trials());
    if !arguments.list {
        stand::build();
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
