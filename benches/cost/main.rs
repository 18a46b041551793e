//! What the driver costs in the host, and what the host costs: CPU time and memory, recorder on.
//!
//! `cargo bench --bench cost` prints the figures of docs/performance.md. Each line comes from a process of its
//! own, since a process holds one driver, once. Times are CPU time of the whole process, all its threads.

// Where the macro that calls the framework looks.
extern crate wdk_portable as wdk_sys;

use std::env;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use umdf_host::InProcess;
use umdf_host::history::Event;
use umdf_host::scenario::{Scenario, Step};
use wdk_sys::loader::FxDriverEntryUm;

use meters::{Memory, cpu_time};

mod caller;
mod meters;

/// Lives that are measured, after as many that are not.
const LIVES: &str = "5000";
/// Lives over which memory must not grow.
const MANY_LIVES: &str = "100000";
/// How often a framework function is called in one request.
const CALLS: u32 = 10_000;

/// An open, three requests and a close.
const REQUESTS: &str = "
    [[step]]
    do = 'open'
    [[step]]
    do = 'ioctl'
    name = 'get info'
    code = 0x226000
    output-length = 20
    [[step]]
    do = 'ioctl'
    name = 'liveness'
    code = 0x226004
    input = '0100 0000 78563412'
    output-length = 8
    expect-output = '0100 0000 87a9cbed'
    [[step]]
    do = 'ioctl'
    name = 'liveness again'
    code = 0x226004
    input = '0100 0000 00000000'
    output-length = 8
    expect-output = '0100 0000 ffffffff'
    [[step]]
    do = 'close'
";

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    // Cargo tells every benchmark that it is one.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => all(),
        ["life", lives] => life(lives.parse()?, ""),
        ["life-with-requests", lives] => life(lives.parse()?, REQUESTS),
        ["growth", lives] => growth(lives.parse()?),
        ["devices", count] => devices(count.parse()?),
        ["calls", devices] => calls(devices.parse()?),
        ["ioctls", count] => ioctls(count.parse()?),
        other => Err(format!("there is no measurement {other:?}").into()),
    }
}

/// Each measurement in a process of its own.
fn all() -> Outcome {
    println!("One device life, add to removal");
    run(&["life", LIVES])?;
    run(&["life-with-requests", LIVES])?;
    run(&["growth", MANY_LIVES])?;
    println!("\nDevices that are there together; of each one, and the time until all have started");
    println!("  devices      start      again     remove    memory   history    all");
    for count in ["1", "10", "100", "1000"] {
        run(&["devices", count])?;
    }
    println!("\nOne call of the framework, beside so many other devices");
    for devices in ["0", "1000"] {
        run(&["calls", devices])?;
    }
    Ok(())
}

fn run(arguments: &[&str]) -> Outcome {
    let status = Command::new(env::current_exe()?).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("{arguments:?}: {status}").into()) }
}

/// A host with so many edu devices and this driver, and the steps for it.
fn load(entry: FxDriverEntryUm, devices: u32, steps: &str) -> Outcome<(InProcess, Vec<Step>)> {
    let devices = "[[device]]\nmodel = 'edu'\n".repeat(devices.try_into()?);
    let scenario = Scenario::parse(&format!("title = 'cost'\n{devices}{steps}"), Path::new("cost"))?;
    let inf = Path::new(env!("CARGO_MANIFEST_DIR")).join("inf/edu_umdf.inx");
    #[expect(unsafe_code, reason = "a driver's entry point is passed")]
    // SAFETY: both drivers here have an entry point that does what `export_fx_driver_entry_um!` does.
    let host = unsafe { InProcess::load(entry, &inf, &scenario) }?;
    Ok((host, scenario.steps))
}

/// A step for each device.
fn for_each(devices: u32, what: &str) -> String {
    (0..devices).fold(String::new(), |mut steps, device| {
        let _ = writeln!(steps, "[[step]]\ndo = '{what}'\ndevice = {device}");
        steps
    })
}

/// Nothing that is measured may go wrong.
fn check(host: &InProcess) -> Outcome {
    let wrong = |event: &Event| matches!(event, Event::Missed { .. } | Event::Violation { .. });
    match host.records()?.into_iter().find(|record| wrong(&record.event)) {
        Some(record) => Err(record.event.to_string().into()),
        None => Ok(()),
    }
}

/// Plays steps; the answer is their CPU time.
fn play(host: &mut InProcess, steps: &[Step]) -> Outcome<Duration> {
    let before = cpu_time()?;
    host.play(steps);
    let time = cpu_time()?.saturating_sub(before);
    check(host)?;
    Ok(time)
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn life(lives: u32, steps: &str) -> Outcome {
    let steps = format!("{}{steps}{}", for_each(1, "start"), for_each(1, "remove"));
    let (mut host, steps) = load(edu_umdf::FxDriverEntryUm, 1, &steps)?;
    for _ in 0..lives {
        host.play(&steps);
    }
    let before = cpu_time()?;
    for _ in 0..lives {
        host.play(&steps);
    }
    let time = cpu_time()?.saturating_sub(before) / lives;
    play(&mut host, &steps)?;
    let events = host.records()?.len();
    let what = if steps.len() > 2 { "with an open, 3 requests, a close" } else { "start, remove" };
    println!("  {:6.1} us  {what} ({events} events)", micros(time));
    host.unload();
    Ok(())
}

fn growth(lives: u32) -> Outcome {
    let steps = format!("{}{REQUESTS}{}", for_each(1, "start"), for_each(1, "remove"));
    let (mut host, steps) = load(edu_umdf::FxDriverEntryUm, 1, &steps)?;
    for _ in 0..lives / 10 {
        host.play(&steps);
    }
    let before = Memory::now()?;
    for _ in 0..lives {
        host.play(&steps);
    }
    let grown = Memory::now()?.beyond(before);
    println!("  {:6} KiB more memory after {lives} more lives", grown.own + grown.history);
    host.unload();
    Ok(())
}

fn devices(count: u32) -> Outcome {
    let steps = for_each(count, "start") + &for_each(count, "remove");
    let (mut host, steps) = load(edu_umdf::FxDriverEntryUm, count, &steps)?;
    let (start, remove) = steps.split_at(count.try_into()?);
    let (memory, wall, cpu) = (Memory::now()?, Instant::now(), cpu_time()?);
    host.play(start);
    let (wall, first) = (wall.elapsed(), cpu_time()?.saturating_sub(cpu));
    let grown = Memory::now()?.beyond(memory);
    check(&host)?;
    play(&mut host, remove)?;
    let (again, remove) = (play(&mut host, start)?, play(&mut host, remove)?);
    let each = |time: Duration| micros(time / count);
    println!(
        "  {count:7}  {:6.1} us  {:6.1} us  {:6.1} us  {:4} KiB  {:4} KiB  {:.3} s",
        each(first),
        each(again),
        each(remove),
        grown.own / i64::from(count),
        grown.history / i64::from(count),
        wall.as_secs_f64(),
    );
    host.unload();
    Ok(())
}

/// Liveness requests with tracing switched off, to count the driver's instructions in.
fn ioctls(count: usize) -> Outcome {
    // The driver keeps a subscriber that is there.
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(LevelFilter::OFF))?;
    let request = "
        [[step]]
        do = 'ioctl'
        name = 'liveness'
        code = 0x226004
        input = '0100 0000 78563412'
        output-length = 8
        expect-output = '0100 0000 87a9cbed'
    ";
    let steps = for_each(1, "start") + "[[step]]\ndo = 'open'\n" + &request.repeat(count);
    let (mut host, steps) = load(edu_umdf::FxDriverEntryUm, 1, &steps)?;
    let time = play(&mut host, &steps)?;
    println!("  {:6.1} us  for the start and {count} requests", micros(time));
    host.unload();
    Ok(())
}

fn calls(others: u32) -> Outcome {
    let request = |name: &str, code: u32| {
        format!(
            "[[step]]\ndo = 'ioctl'\nname = '{name}'\ncode = {code}\ninput = '{:08x}'\n",
            CALLS.swap_bytes()
        )
    };
    let names = ["WdfDeviceGetDriver", "WdfDeviceReadFromHardware", "WdfDeviceWriteToHardware"];
    let requests: String =
        names.into_iter().zip(caller::CODES).map(|(name, code)| request(name, code)).collect();
    let steps = for_each(others + 1, "start") + "[[step]]\ndo = 'open'\n" + &requests;
    let (mut host, steps) = load(caller::entry, others + 1, &steps)?;
    let (set_up, requests) = steps.split_at(steps.len() - names.len());
    play(&mut host, set_up)?;
    for (name, request) in names.into_iter().zip(requests) {
        let request = std::slice::from_ref(request);
        play(&mut host, request)?;
        let time = play(&mut host, request)?;
        println!("  {:6.3} us  {name}, {others} other devices", micros(time) / f64::from(CALLS));
    }
    host.unload();
    Ok(())
}
