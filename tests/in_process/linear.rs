//! What happens to one device costs the same, however many others are there, and each takes little memory.
//!
//! Compares CPU times of one process with each other, never with a clock; each is the shortest of several.

use std::time::Duration;

use umdf_host::InProcess;
use umdf_host::scenario::Step;

use crate::driver::{load, play};
use meters::{Memory, cpu_time};

#[path = "../../benches/cost/meters.rs"]
mod meters;

/// Devices that are there in the end.
const DEVICES: usize = 1500;
/// Devices that are measured together.
const BATCH: usize = 10;
/// How often.
const BATCHES: usize = 10;
/// How many times what it costs beside a few others a device may cost beside all of them. If anything in it
/// looks at every device, it is more.
const AT_MOST: f64 = 2.0;
/// Most memory of a device, KiB. The history, which begins anew with each batch, is next to nothing of it.
const MOST_MEMORY: i64 = 64;

/// How a device comes, and what it does; `@` is its number.
const ARRIVE: &str = "
    [[step]]
    do = 'start'
    device = @
    [[step]]
    do = 'open'
    device = @
    handle = 'h@'
    [[step]]
    do = 'ioctl'
    handle = 'h@'
    name = 'liveness'
    code = 0x226004
    input = '0100 0000 78563412'
    output-length = 8
    expect-output = '0100 0000 87a9cbed'
";
/// How it goes.
const LEAVE: &str = "
    [[step]]
    do = 'close'
    handle = 'h@'
    [[step]]
    do = 'remove'
    device = @
";

/// What each device does, device after device, in batches.
fn batches(steps: &[Step], each: usize) -> Vec<Vec<Step>> {
    steps.chunks(BATCH * each).map(<[Step]>::to_vec).collect()
}

/// The CPU time of steps.
fn time(host: &mut InProcess, steps: &[Step]) -> Duration {
    let before = cpu_time().unwrap();
    play(host, steps);
    cpu_time().unwrap().saturating_sub(before)
}

/// Plays all batches; the answer is how many times the cost of the first ones the last ones cost.
fn growth(host: &mut InProcess, batches: &[Vec<Step>]) -> f64 {
    let times: Vec<_> = batches.iter().map(|batch| time(host, batch).as_secs_f64()).collect();
    let shortest = |times: &[f64]| times.iter().copied().fold(f64::INFINITY, f64::min);
    shortest(&times[times.len() - BATCHES..]) / shortest(&times[..BATCHES])
}

/// Lets all the devices come, then all of them go; the answer is whether nothing costs too much.
pub fn costs_the_same() -> bool {
    let of_each =
        |steps: &str| (0..DEVICES).map(|device| steps.replace('@', &device.to_string())).collect::<String>();
    let (mut host, steps) = load(DEVICES, &(of_each(ARRIVE) + &of_each(LEAVE))).unwrap();
    let (arrive, leave) = steps.split_at(3 * DEVICES);
    let (arrive, leave) = (batches(arrive, 3), batches(leave, 2));
    let before = Memory::now().unwrap();
    // The first one comes beside none; the last one goes beside none.
    let arriving = growth(&mut host, &arrive);
    let grown = Memory::now().unwrap().beyond(before);
    let leaving = 1.0 / growth(&mut host, &leave);
    host.unload();
    let memory = (grown.own + grown.history) / i64::try_from(DEVICES).unwrap();
    println!(
        "beside {DEVICES}, arriving costs {arriving:.2} and leaving {leaving:.2} times as much; {memory} KiB each"
    );
    arriving <= AT_MOST && leaving <= AT_MOST && memory <= MOST_MEMORY
}
