//! The lives of `tests/in_host`, each by a seed: one thread runs at a time, in the order that the seed chooses, and time
//! is virtual. So a run is as every other, and takes as long as the host computes. `cargo mutants` asks these tests.
//!
//! The supervisor starts this executable again as its worker, hence no test harness of its own kind.

#[path = "../in_host/device.rs"]
mod device;
#[expect(dead_code, reason = "`in_host` uses more of it")]
#[path = "../in_host/hlk.rs"]
mod hlk;
#[expect(dead_code, reason = "as above")]
#[path = "../../crates/umdf-host/tests/fixture/qemu.rs"]
mod in_qemu;
#[path = "../in_host/interrupts.rs"]
mod interrupts;
#[path = "../in_host/ioctl.rs"]
mod ioctl;
#[path = "../in_host/life.rs"]
mod life;
#[path = "../in_host/paths.rs"]
mod paths;
#[expect(dead_code, reason = "as above")]
#[path = "../in_host/run.rs"]
mod run;

use libtest_mimic::Arguments;

/// Every run has this seed.
const SEED: Option<u64> = Some(0);

fn main() {
    umdf_host::run_worker_if_asked();
    let tests =
        [life::tests(), paths::tests(), hlk::tests(), interrupts::tests(), ioctl::tests(), device::tests()];
    libtest_mimic::run(&Arguments::from_args(), tests.into_iter().flatten().collect()).exit();
}
