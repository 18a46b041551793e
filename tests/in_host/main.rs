//! The driver in the host: its whole life, and what it makes of bad input and bad devices.
//!
//! The supervisor starts this executable again as its worker, hence no test harness of its own kind.

mod device;
mod interrupts;
mod ioctl;
mod life;
mod panics;
mod paths;
mod run;

use libtest_mimic::{Arguments, Trial};

fn main() {
    umdf_host::run_worker_if_asked();
    let tests: Vec<Trial> = [
        life::tests(),
        paths::tests(),
        interrupts::tests(),
        ioctl::tests(),
        device::tests(),
        panics::tests(),
    ]
    .into_iter()
    .flatten()
    .collect();
    libtest_mimic::run(&Arguments::from_args(), tests).exit();
}
