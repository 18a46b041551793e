//! Several threads at once.

use std::thread;

use wdk_sys::_WDF_DEVICE_HWACCESS_TARGET_SIZE as Size;

use crate::registers::{load, read, store, write};
use crate::says::expect;

/// Threads, each with a register of its own.
const THREADS: u32 = 4;
/// Stores and loads of each thread.
const ROUNDS: u32 = 250;

/// In EvtDeviceD0Entry. The odd threads access by the framework's functions, the even ones by pointers.
pub fn check() {
    let threads: Vec<_> = (0..THREADS).map(|number| thread::spawn(move || work(number))).collect();
    let wrong: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap_or(u32::MAX)).collect();
    expect("no thread disturbs another", wrong, vec![0; THREADS as usize]);
}

/// How often a register did not hold what was written to it.
fn work(number: u32) -> u32 {
    let here = 8 * number as usize;
    let size = Size::WdfDeviceHwAccessTargetSizeUlong;
    let mut wrong = 0;
    for round in 0..ROUNDS {
        let value = number << 16 | round;
        let found = if number % 2 == 1 {
            write(size, here, value.into());
            read(size, here)
        } else {
            store(here, value);
            load::<u32>(here).into()
        };
        wrong += u32::from(found != value.into());
    }
    wrong
}
