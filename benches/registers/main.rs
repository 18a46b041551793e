//! What the driver's register module costs beside what it stands for: a call of the framework, or a load or store.
//! `cargo bench --bench registers`; the figures are in docs/performance.md.
//!
//! The framework is a table of stubs. Valgrind counts the instructions, where it is installed: those of a function
//! that makes one access, the stub that it calls included.

#![expect(unsafe_code, reason = "the stubs are a framework")]

extern crate wdk_portable as wdk_sys;

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::Command;

use criterion::Criterion;
use edu_umdf::{DirectAccess, FrameworkAccess, registers};

use crate::stubs::Ways;

mod paths;
mod stubs;

/// Accesses of which the instructions are counted.
const COUNTED: u32 = 1000;

/// One of the functions that are measured, as something that can be done over and over.
struct Path {
    name: &'static str,
    function: &'static str,
    /// The name of what it is compared with; its own, if it is that.
    bare: &'static str,
    access: fn(&Ways),
}

macro_rules! path {
    ($name:literal, $bare:literal, $function:ident($way:ident $(, $value:expr)?)) => {
        Path { name: $name, function: stringify!($function), bare: $bare, access: |ways| {
            black_box(paths::$function(black_box(&ways.$way) $(, black_box($value))?));
        } }
    };
}

const PATHS: &[Path] = &[
    path!("read, FrameworkAccess", "read, bare call", framework_read_u32(framework)),
    path!("read, bare call", "read, bare call", call_read_u32(calls)),
    path!("write, FrameworkAccess", "write, bare call", framework_write_u32(framework, 7)),
    path!("write, bare call", "write, bare call", call_write_u32(calls, 7)),
    path!("read, DirectAccess", "read, bare load", direct_read_u32(direct)),
    path!("read, bare load", "read, bare load", load_u32(pointer)),
    path!("write, DirectAccess", "write, bare store", direct_write_u32(direct, 7)),
    path!("write, bare store", "write, bare store", store_u32(pointer, 7)),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let ways = Ways::new();
    if let [only, function] = &arguments[..]
        && only == "only"
    {
        let path = PATHS.iter().find(|path| path.function == function).ok_or("no such function")?;
        (0..COUNTED).for_each(|_| (path.access)(&ways));
        return Ok(());
    }
    instructions()?;
    let mut criterion = Criterion::default().configure_from_args();
    for path in PATHS {
        criterion.bench_function(path.name, |bencher| bencher.iter(|| (path.access)(&ways)));
    }
    criterion.final_summary();
    Ok(())
}

/// Prints how many instructions each access takes, and how many percent more than the bare one that is.
fn instructions() -> Result<(), Box<dyn Error>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is not installed: no instructions are counted");
        return Ok(());
    }
    let counts: Vec<f64> = PATHS.iter().map(|path| count(path.function)).collect::<Result<_, _>>()?;
    println!("Instructions of one access");
    for (path, own) in PATHS.iter().zip(&counts) {
        let bare = PATHS.iter().position(|other| other.name == path.bare).ok_or("nothing to compare with")?;
        println!("  {own:5.1}  {:+6.1} %  {}", (own / counts[bare] - 1.0) * 100.0, path.name);
    }
    Ok(())
}

/// Instructions of one call of a function.
fn count(function: &str) -> Result<f64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect={function}"))
        .arg(env::current_exe()?)
        .args(["only", function])
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected : "));
    let collected: u32 = collected.ok_or_else(|| told.clone())?.1.trim().parse()?;
    if collected == 0 { Err(told)? } else { Ok(f64::from(collected) / f64::from(COUNTED)) }
}
