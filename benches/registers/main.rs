//! What the driver's register module costs beside what it stands for: a call of the framework, or a load or store.
//! `cargo bench --bench registers`; the figures are in docs/performance.md.
//!
//! The framework is a table of stubs. The instructions are those of a function that makes one access, the stub that
//! it calls included.

#![expect(unsafe_code, reason = "the stubs are a framework")]

extern crate wdk_portable as wdk_sys;

use std::error::Error;
use std::hint::black_box;

use edu_umdf::{DirectAccess, FrameworkAccess, registers};

use crate::instructions::Path;
use crate::stubs::Ways;

#[path = "../shared/instructions.rs"]
mod instructions;
mod paths;
mod stubs;
#[path = "../shared/table.rs"]
mod table;

macro_rules! path {
    ($name:literal, $function:ident($way:ident $(, $value:expr)?)) => {
        Path { name: $name, function: stringify!($function), run: |ways| {
            black_box(paths::$function(black_box(&ways.$way) $(, black_box($value))?));
        } }
    };
}

/// In pairs: the module's way, and the bare one.
const PATHS: &[Path<Ways>] = &[
    path!("read, FrameworkAccess", framework_read_u32(framework)),
    path!("read, bare call", call_read_u32(calls)),
    path!("write, FrameworkAccess", framework_write_u32(framework, 7)),
    path!("write, bare call", call_write_u32(calls, 7)),
    path!("read, DirectAccess", direct_read_u32(direct)),
    path!("read, bare load", load_u32(pointer)),
    path!("write, DirectAccess", direct_write_u32(direct, 7)),
    path!("write, bare store", store_u32(pointer, 7)),
];

fn main() -> Result<(), Box<dyn Error>> {
    instructions::run(PATHS, Ways::new, |counts| {
        println!("Instructions of one access, and how many percent more than the bare one that is");
        for (pair, counts) in PATHS.chunks(2).zip(counts.chunks(2)) {
            for (path, own) in pair.iter().zip(counts) {
                println!("  {own:5.1}  {:+6.1} %  {}", (own / counts[1] - 1.0) * 100.0, path.name);
            }
        }
    })
}
