//! Benchmarks in instructions, which repeat exactly, and in time.

use std::env;
use std::error::Error;
use std::process::Command;

use criterion::Criterion;

/// How often a path is done while its instructions are counted.
const COUNTED: u32 = 1000;

/// Something that can be done over and over.
pub struct Path<S> {
    pub name: &'static str,
    /// The function that stands for it, as valgrind's `--toggle-collect` takes it. It must not be inlined.
    pub function: &'static str,
    pub run: fn(&S),
}

/// Hands the instructions of each path to `print`, then measures the time of each. Each path has a subject of its own.
///
/// Valgrind counts, where it is installed, in this program, which it starts again.
pub fn run<S>(
    paths: &[Path<S>],
    make: impl Fn() -> S,
    print: impl FnOnce(&[f64]),
) -> Result<(), Box<dyn Error>> {
    // So `cargo bench` tells every benchmark that it is one. `cargo test` does not: each path is done once.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let measures = env::args().any(|argument| argument == "--bench");
    if let [only, name] = &arguments[..]
        && only == "only"
    {
        let path = paths.iter().find(|path| path.name == name).ok_or("no such path")?;
        let subject = make();
        (0..COUNTED).for_each(|_| (path.run)(&subject));
        return Ok(());
    }
    if !measures {
        println!("each path once: `cargo bench` measures");
    } else if Command::new("valgrind").arg("--version").output().is_ok() {
        print(&paths.iter().map(count).collect::<Result<Vec<_>, _>>()?);
    } else {
        println!("valgrind is not installed: no instructions are counted");
    }
    let mut criterion = Criterion::default().configure_from_args();
    for path in paths {
        let subject = make();
        criterion.bench_function(path.name, |bencher| bencher.iter(|| (path.run)(&subject)));
    }
    criterion.final_summary();
    Ok(())
}

/// Instructions of a path, done once.
fn count<S>(path: &Path<S>) -> Result<f64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect={}", path.function))
        .arg(env::current_exe()?)
        .args(["only", path.name])
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected : "));
    let collected: u32 = collected.ok_or_else(|| told.clone())?.1.trim().parse()?;
    if collected == 0 { Err(told)? } else { Ok(f64::from(collected) / f64::from(COUNTED)) }
}
