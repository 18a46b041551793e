//! What a request costs inside the driver: `cargo bench --bench ioctl`; the figures are in docs/performance.md.
//!
//! The framework is a table of stubs. The instructions are those of the callbacks that a request takes, the stubs that
//! they call included. Traces are as in release builds.

extern crate wdk_portable as wdk_sys;

use std::error::Error;

use wdk_sys::STATUS_SUCCESS;

use crate::instructions::Path;
use crate::life::Life;

#[path = "../shared/instructions.rs"]
mod instructions;
mod life;
mod stubs;
#[path = "../shared/table.rs"]
mod table;

/// Nothing that is measured may fail.
macro_rules! path {
    ($name:literal, $function:literal, $request:ident) => {
        Path {
            name: $name,
            function: $function,
            run: |life| {
                life.$request();
                assert!(matches!(life.framework.completed.get(), Some((STATUS_SUCCESS, _))), $name);
            },
        }
    };
}

const PATHS: &[Path<Life>] = &[
    path!("get info", "*Life*get_info*", get_info),
    path!("liveness", "*Life*liveness*", liveness),
    path!("statistics", "*Life*statistics*", statistics),
    path!("raise", "*Life*raise*", raise),
    path!("factorial", "*Life*factorial*", factorial),
    path!("wait", "*Life*wait*", wait),
];

fn main() -> Result<(), Box<dyn Error>> {
    instructions::run(PATHS, Life::start, |counts| {
        println!("Instructions of one request");
        for (path, count) in PATHS.iter().zip(counts) {
            println!("  {count:6.1}  {}", path.name);
        }
    })
}
