//! The driver in the host: its whole life, and what it makes of bad input and bad devices.
//!
//! The supervisor starts this executable again as its worker, hence no test harness of its own kind.

mod device;
mod explored;
mod faults;
mod hlk;
#[expect(dead_code, reason = "the tests of other devices use more of it")]
#[path = "../../crates/umdf-host/tests/fixture/qemu.rs"]
mod in_qemu;
mod interrupts;
mod ioctl;
mod life;
mod panics;
mod paths;
mod pictures;
mod qemu;
mod run;
mod seeds;

use libtest_mimic::{Arguments, Trial};

/// Threads run freely, unless a test has seeds of its own.
const SEED: Option<u64> = None;

fn main() {
    umdf_host::run_worker_if_asked();
    let mut tests: Vec<Trial> = [
        life::tests(),
        paths::tests(),
        hlk::tests(),
        pictures::tests(),
        interrupts::tests(),
        ioctl::tests(),
        device::tests(),
        panics::tests(),
        qemu::tests(),
        seeds::tests(),
        explored::tests(),
        faults::tests(),
    ]
    .into_iter()
    .flatten()
    .collect();
    tests.push(readme(&tests));
    libtest_mimic::run(&Arguments::from_args(), tests).exit();
}

/// The lines about these tests that README shows are true.
fn readme(tests: &[Trial]) -> Trial {
    let names: Vec<String> = tests.iter().map(|test| test.name().to_owned()).collect();
    run::test("readme::shows_tests", move || {
        let lines = include_str!("../../README.md")
            .lines()
            .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok").map(str::trim_end));
        let shown: Vec<_> = lines.filter(|name| name.contains("::")).collect();
        assert!(
            shown.len() >= 3 && shown.iter().all(|name| names.iter().any(|known| known == name)),
            "{shown:?}"
        );
    })
}
