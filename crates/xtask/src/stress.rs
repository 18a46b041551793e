//! `cargo xtask stress`: many clients and removals at random moments, under a tool that sees what memory is used for.
//!
//! The threads run freely here, so a run cannot be repeated exactly; what is drawn by seed is what each thread does.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use fastrand::Rng;
use indicatif::{ProgressBar, ProgressStyle};

use crate::build::{self, Built, Goal};
use crate::sim_all::{self, Played};
use crate::{DEVICE_FUNDAMENTALS, FAILED, INF, root};

/// The scenario whose device and I/O control codes are used.
const CHAOS: &str = "chaos.toml";
/// The target that is named to cargo, so that flags of the sanitizer do not reach build scripts and macros.
const TARGET: &str = "x86_64-unknown-linux-gnu";
/// The flags of the host's and the driver's build. The host exports what the driver's library needs of the sanitizer.
const SANITIZER: &str = "-Zsanitizer=address -Clink-arg=-rdynamic";

/// What the names of files have in them that the tool that watches writes.
const REPORT: &str = "watched";

/// Lives with many clients and removals at random moments, in a build with AddressSanitizer
///
/// Exit code: 0 every life as expected, 1 a rule broken, an expectation missed, memory misused or a failed build.
#[derive(clap::Args)]
pub struct Options {
    /// How long new lives begin
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Applications with a device open and requests pending, at a time
    #[arg(long, default_value_t = 64)]
    clients: u32,
    /// What watches
    #[arg(long, value_enum, default_value = "address")]
    under: Under,
    /// Where the lives' seeds begin [default: a random one, which is printed]
    #[arg(long)]
    seed: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Under {
    /// AddressSanitizer: host and driver are built for it
    Address,
    /// valgrind's memcheck, which is slow
    Valgrind,
    /// Nothing
    Nothing,
}

/// Builds, and plays lives until the time is over.
pub fn run(options: &Options) -> Result<ExitCode> {
    let root = root()?;
    let Some(Built { host, driver, .. }) = built(root, options.under)? else {
        return Ok(ExitCode::from(FAILED));
    };
    let host = host.context("cargo built no program umdf-host")?;
    let driver = driver.context("cargo built no library edu_umdf")?;
    let first = options.seed.unwrap_or_else(|| Rng::new().u64(..1 << 32));
    println!("seeds from {first}, {} clients, {} s", options.clients, options.seconds);

    let chaos = root.join(DEVICE_FUNDAMENTALS).join(CHAOS);
    let chaos = fs::read_to_string(&chaos).with_context(|| format!("cannot read {}", chaos.display()))?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} s {wide_msg}")?;
    let bar = ProgressBar::new(options.seconds).with_style(style);
    let began = Instant::now();
    let mut played: Vec<Played> = Vec::new();
    for seed in first.. {
        let elapsed = began.elapsed();
        if elapsed >= Duration::from_secs(options.seconds) {
            break;
        }
        bar.set_position(elapsed.as_secs());
        bar.set_message(format!("{} lives", played.len()));
        let scenario = folder.path().join(format!("{seed}.toml"));
        fs::write(&scenario, life(&chaos, seed, options.clients)?).context("cannot write a scenario")?;
        let command = command(options.under, &host, &driver, root, &scenario);
        let life = sim_all::play(format!("seed {seed}"), command)?;
        let reports = reports(folder.path())?;
        if life.failed() {
            bar.suspend(|| print!("{}{reports}", sim_all::lines(&life)));
        }
        played.push(life);
    }
    bar.finish_and_clear();
    println!("{}", sim_all::summary(&played));
    Ok(ExitCode::from(sim_all::code(&played)))
}

/// Host and driver, built for what watches.
fn built(root: &Path, under: Under) -> Result<Option<Built>> {
    if under != Under::Address {
        return build::build(root, Goal::HostAndDriver);
    }
    let mut cargo = build::cargo_build(root, Goal::HostAndDriver);
    cargo.args(["--release", "--target", TARGET]);
    cargo.arg("--target-dir").arg(root.join("target/sanitized"));
    // The flag is for nightly compilers; a stable one takes it like this, and has the sanitizer's library too.
    cargo.env("RUSTFLAGS", SANITIZER).env("RUSTC_BOOTSTRAP", "1");
    build::run(cargo, env::consts::DLL_EXTENSION, |_| ())
}

fn command(under: Under, host: &Path, driver: &Path, root: &Path, scenario: &Path) -> Command {
    let mut command = match under {
        Under::Valgrind => {
            let mut valgrind = Command::new("valgrind");
            valgrind.args(["--quiet", "--trace-children=yes", "--error-exitcode=99"]);
            valgrind.arg(format!("--log-file={}.%p", scenario.with_extension(REPORT).display())).arg(host);
            valgrind
        }
        Under::Address | Under::Nothing => Command::new(host),
    };
    command.arg("run").arg("--driver").arg(driver).arg("--inf").arg(root.join(INF));
    command.arg("--scenario").arg(scenario).args(["--json", "--deadline", "60"]);
    // The worker ends without an orderly exit: leaks are what the framework's rules look for.
    let reports = scenario.with_extension(REPORT);
    command.env("ASAN_OPTIONS", format!("detect_leaks=0:log_path={}", reports.display()));
    command
}

/// What the tool that watches wrote about a life, which is taken away.
fn reports(folder: &Path) -> Result<String> {
    let mut text = String::new();
    for entry in fs::read_dir(folder).context("cannot list the temporary folder")? {
        let path = entry.context("cannot list the temporary folder")?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().contains(REPORT)) {
            text += &fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(text)
}

/// A scenario: clients that all go on while the device sleeps, moves and at last is pulled out.
fn life(chaos: &str, seed: u64, clients: u32) -> Result<String> {
    let (head, _) = chaos.split_once("[[step]]").context("the scenario has no step")?;
    let inputs =
        chaos.lines().find(|line| line.starts_with("inputs")).context("the scenario has no inputs")?;
    ensure!(clients > 0, "a life has one client at least");
    let mut rng = Rng::with_seed(seed);
    let mut text = head.to_owned();
    let mut step = |body: &str| {
        text.push_str("[[step]]\n");
        text.push_str(body);
        text.push('\n');
    };
    step("do = \"start\"");
    for client in 0..clients {
        let times = rng.u32(20..400);
        let requests = rng.u32(..);
        step(&format!(
            "do = \"fuzz\"\nseed = {requests}\ntimes = {times}\n{inputs}\nwait = false\ntimeout-ms = 60000 # client {client}"
        ));
    }
    for _ in 0..rng.u32(0..6) {
        let steps: &[&str] = match rng.u32(0..5) {
            0 => &["do = \"sleep\"", "do = \"resume\""],
            1 => &["do = \"query-stop\"", "do = \"stop\"", "do = \"restart\""],
            2 => &["do = \"query-stop\"", "do = \"cancel-stop\""],
            // The raise register: causes that nobody asked for.
            3 => &["do = \"poke\"\noffset = 0x60\nvalue = 0x6\ntimes = 50\nevery-us = 20"],
            _ => &["do = \"poke\"\noffset = 0x60\nvalue = 0x1\ntimes = 3"],
        };
        for body in steps {
            step(body);
        }
    }
    ["do = \"surprise-remove\"", "do = \"wait\"", "do = \"remove\""].into_iter().for_each(step);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAOS: &str = "title = \"t\"\n[[step]]\ndo = \"fuzz\"\ninputs = [\"00\"]\n";

    #[test]
    fn a_seed_names_one_life() {
        let lives = [1, 1, 2].map(|seed| life(CHAOS, seed, 3).expect("a life"));
        assert_eq!(lives[0], lives[1]);
        assert_ne!(lives[0], lives[2]);
        assert_eq!(lives[0].matches("do = \"fuzz\"").count(), 3);
        assert!(lives[0].starts_with("title = \"t\"\n[[step]]\ndo = \"start\"\n"), "{}", lives[0]);
        assert!(
            lives[0]
                .ends_with("do = \"surprise-remove\"\n[[step]]\ndo = \"wait\"\n[[step]]\ndo = \"remove\"\n")
        );
    }

    #[test]
    fn a_life_needs_clients_and_something_to_send() {
        assert!(life(CHAOS, 1, 0).is_err());
        assert!(life("title = \"t\"\n[[step]]\ndo = \"start\"", 1, 1).is_err());
    }
}
