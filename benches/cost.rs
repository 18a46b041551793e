//! What the driver costs in the host: CPU time and memory of device lives, recorder on.
//!
//! `cargo bench --bench cost` prints the figures of docs/performance.md. Each row is a process of its own, since
//! a process holds one host for good. Time is CPU time of the whole process, every thread of it.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use nix::time::{ClockId, clock_gettime};
use umdf_host::InProcess;
use umdf_host::history::Event;
use umdf_host::scenario::Scenario;

/// Lives that are measured, after as many that are not.
const LIVES: usize = 2000;

const REQUESTS: &str = "
    [[step]]
    do = 'open'
    [[step]]
    do = 'ioctl'
    name = 'get info'
    code = 0x226000
    output-length = 16
    [[step]]
    do = 'ioctl'
    name = 'liveness'
    code = 0x226004
    input = '0100 0000 78563412'
    output-length = 8
    expect-output = '0100 0000 87a9cbed'
    [[step]]
    do = 'close'";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => all(),
        ["life", lives] => lives_of(lives.parse()?, ""),
        ["life-with-requests", lives] => lives_of(lives.parse()?, REQUESTS),
        ["devices", count] => devices(count.parse()?),
        other => Err(format!("unknown measurement {other:?}").into()),
    }
}

/// Each measurement in a process of its own.
fn all() -> Outcome<()> {
    let lives = LIVES.to_string();
    println!("One device life, add to removal");
    run(&["life", &lives])?;
    run(&["life-with-requests", &lives])?;
    println!("\nDevices that are there together; time and memory of each");
    for count in ["1", "10", "100", "1000"] {
        run(&["devices", count])?;
    }
    Ok(())
}

fn run(arguments: &[&str]) -> Outcome<()> {
    let status = Command::new(env::current_exe()?).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("{arguments:?}: {status}").into()) }
}

/// CPU time of this process so far.
fn cpu_time() -> Outcome<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?.into())
}

/// A host with so many edu devices, and the steps for it.
fn host(devices: usize, steps: &str) -> Outcome<(InProcess, Scenario)> {
    let text = format!("title = 'cost'\n{}{steps}", "[[device]]\nmodel = 'edu'\n".repeat(devices));
    let scenario = Scenario::parse(&text, Path::new("cost"))?;
    let inf = Path::new(env!("CARGO_MANIFEST_DIR")).join("inf/edu_umdf.inx");
    #[expect(unsafe_code, reason = "the driver's entry point")]
    // SAFETY: `export_fx_driver_entry_um!` made it in the driver's src/lib.rs.
    let host = unsafe { InProcess::load(edu_umdf::FxDriverEntryUm, &inf, &scenario) }?;
    Ok((host, scenario))
}

/// Nothing that is measured may go wrong.
fn check(host: &InProcess) -> Outcome<usize> {
    let records = host.records()?;
    let wrong = |event: &Event| matches!(event, Event::Missed { .. } | Event::Violation { .. });
    match records.iter().find(|record| wrong(&record.event)) {
        Some(record) => Err(record.event.to_string().into()),
        None => Ok(records.len()),
    }
}

fn lives_of(lives: usize, steps: &str) -> Outcome<()> {
    let life = format!("[[step]]\ndo = 'start'\n{steps}\n[[step]]\ndo = 'remove'");
    let (mut host, scenario) = host(1, &life)?;
    for _ in 0..lives {
        host.play(&scenario.steps);
    }
    let events = check(&host)?;
    let before = cpu_time()?;
    for _ in 0..lives {
        host.play(&scenario.steps);
    }
    let time = cpu_time()?.saturating_sub(before) / u32::try_from(lives)?;
    println!("  {:>7.1} us  {events} events, {} steps", micros(time), scenario.steps.len());
    host.unload();
    Ok(())
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// A line of `/proc/self/status` that counts kB.
fn status(field: &str) -> Outcome<i64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(field)).ok_or("no such line")?;
    Ok(line.trim_start_matches(':').trim_end_matches("kB").trim().parse()?)
}

fn devices(count: u32) -> Outcome<()> {
    let mut steps = String::new();
    for what in ["start", "remove"] {
        for device in 0..count {
            write!(steps, "[[step]]\ndo = '{what}'\ndevice = {device}\n")?;
        }
    }
    let begin = cpu_time()?;
    let (mut host, scenario) = host(count as usize, &steps)?;
    let (start, remove) = scenario.steps.split_at(count as usize);
    let loaded = cpu_time()?;
    let fields = ["RssAnon", "RssFile", "RssShmem"];
    let before: Vec<_> = fields.into_iter().map(status).collect::<Result<_, _>>()?;
    host.play(start);
    let started = cpu_time()?;
    let after: Vec<_> = fields.into_iter().map(status).collect::<Result<_, _>>()?;
    check(&host)?;
    let checked = cpu_time()?;
    host.play(remove);
    let removed = cpu_time()?;
    check(&host)?;
    let each = |time: Duration| micros(time) / f64::from(count);
    println!(
        "  {count:>5}  set-up {:>7.1} us  start {:>7.1} us  remove {:>7.1} us  memory {:?} KiB",
        each(loaded.saturating_sub(begin)),
        each(started.saturating_sub(loaded)),
        each(removed.saturating_sub(checked)),
        after
            .iter()
            .zip(before)
            .map(|(after, before)| (after - before) / i64::from(count))
            .collect::<Vec<_>>()
    );
    host.unload();
    Ok(())
}
