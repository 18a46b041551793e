//! What a request costs inside the driver: `cargo bench --bench ioctl`; the figures are in docs/performance.md.
//!
//! The framework is a table of stubs. The instructions are those of the callbacks that a request takes, the stubs that
//! they call included. Traces are as in release builds.

extern crate wdk_portable as wdk_sys;

use std::error::Error;

use crate::instructions::Path;
use crate::life::Life;

#[path = "../shared/instructions.rs"]
mod instructions;
mod life;
mod stubs;
#[path = "../shared/table.rs"]
mod table;

const PATHS: &[Path<Life>] = &[
    Path { name: "get info", function: "*Life*get_info*", run: Life::get_info },
    Path { name: "liveness", function: "*Life*liveness*", run: Life::liveness },
    Path { name: "statistics", function: "*Life*statistics*", run: Life::statistics },
    Path { name: "raise", function: "*Life*raise*", run: Life::raise },
    Path { name: "factorial", function: "*Life*factorial*", run: Life::factorial },
    Path { name: "wait", function: "*Life*wait*", run: Life::wait },
];

fn main() -> Result<(), Box<dyn Error>> {
    instructions::run(PATHS, Life::start, |counts| {
        println!("Instructions of one request");
        for (path, count) in PATHS.iter().zip(counts) {
            println!("  {count:6.1}  {}", path.name);
        }
    })
}
