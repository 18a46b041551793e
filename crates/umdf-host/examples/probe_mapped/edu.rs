//! The registers of the edu device.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use wdk_sys::_WDF_DEVICE_HWACCESS_TARGET_SIZE as Size;

use crate::registers::{load, read, store, write};
use crate::says::expect;

/// Offsets of the registers.
pub const IDENTIFICATION: usize = 0x00;
pub const LIVENESS: usize = 0x04;
const DMA_SOURCE: usize = 0x80;

/// Accesses of which the time is taken at once, and how often that is done.
const ACCESSES: u32 = 200;
const TIMES: u32 = 200;

/// In EvtDeviceD0Entry.
pub fn check() {
    let (long, long64) = (Size::WdfDeviceHwAccessTargetSizeUlong, Size::WdfDeviceHwAccessTargetSizeUlong64);
    expect("identification", load::<u32>(IDENTIFICATION), 0x0100_00ed);
    store(LIVENESS, 0x1234_5678_u32);
    expect("liveness by the framework", read(long, LIVENESS), 0xedcb_a987);
    write(long, LIVENESS, 0xffff_0000);
    expect("liveness by a load", load::<u32>(LIVENESS), 0x0000_ffff);
    store(DMA_SOURCE, 0x1_0000_0002_u64);
    expect("8 bytes by the framework", read(long64, DMA_SOURCE), 0x1_0000_0002);
    expect("8 bytes by a load", load::<u64>(DMA_SOURCE), 0x1_0000_0002);
    let of_a_thread = thread::spawn(|| load::<u32>(IDENTIFICATION)).join();
    expect("a thread of the driver's own", of_a_thread.ok(), Some(0x0100_00ed));
}

/// Prints what a load costs by the one way and by the other: the best of many short times, which others on
/// the machine disturb least.
pub fn measure() {
    let time = |access: &dyn Fn() -> u64| {
        let begin = Instant::now();
        for _ in 0..ACCESSES {
            black_box(access());
        }
        begin.elapsed() / ACCESSES
    };
    let long = Size::WdfDeviceHwAccessTargetSizeUlong;
    let (mut mapped, mut framework) = (Duration::MAX, Duration::MAX);
    for _ in 0..TIMES {
        mapped = mapped.min(time(&|| load::<u32>(LIVENESS).into()));
        framework = framework.min(time(&|| read(long, LIVENESS)));
    }
    let ratio = mapped.as_secs_f64() / framework.as_secs_f64();
    wdk_sys::wdk::println!(
        "cost: load {mapped:?}, WdfDeviceReadFromHardware {framework:?}, ratio {ratio:.2}"
    );
}
