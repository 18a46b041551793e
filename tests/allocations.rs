//! What a request takes of the heap while control is in the driver, with traces as in release builds.
//!
//! The framework is the one of `benches/ioctl`, which takes nothing.

extern crate wdk_portable as wdk_sys;

use std::cell::Cell;
use std::hint::black_box;
use std::io;
use std::sync::Once;

use edu_interface::{DeviceInfo, INTERFACE_VERSION, Reply, STATE_IDLE, Statistics};
use tracing_subscriber::filter::LevelFilter;
use wdk_sys::STATUS_SUCCESS;
use zerocopy::IntoBytes;

use crate::life::Life;

#[path = "../benches/ioctl/life.rs"]
mod life;
#[path = "../benches/ioctl/stubs/mod.rs"]
mod stubs;
#[path = "../benches/shared/table.rs"]
mod table;

/// Takes memory for each line, as the debugger's output does.
struct Debugger;

impl io::Write for Debugger {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        drop(black_box(line.to_vec()));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A device that has started, in a process with the traces of a release build: the driver keeps what is there.
fn start() -> Life {
    static TRACES: Once = Once::new();
    TRACES.call_once(|| {
        tracing_subscriber::fmt().with_max_level(LevelFilter::INFO).with_writer(|| Debugger).init();
    });
    Life::start()
}

/// Allocations of one request, which must be answered with this. The first one of its kind may take no more than any
/// other.
#[track_caller]
fn allocations(life: &Life, request: fn(&Life), answer: &[u8]) -> u64 {
    let once = || {
        life.framework.output.iter().for_each(|byte| byte.set(0xaa));
        let info = allocation_counter::measure(|| request(life));
        assert_eq!(life.framework.completed.get(), Some((STATUS_SUCCESS, answer.len() as u64)));
        assert!(life.framework.output.iter().map(Cell::get).take(answer.len()).eq(answer.iter().copied()));
        info.count_total
    };
    let first = once();
    assert!((0..100).all(|_| once() == first), "the first takes {first}");
    first
}

#[test]
fn information_takes_no_memory() {
    let info = DeviceInfo {
        version: INTERFACE_VERSION,
        reserved: 0,
        identification: 0x0100_00ed,
        mapped_length: 0x80,
        state: STATE_IDLE,
        interrupt_messages: 1,
    };
    assert_eq!(allocations(&start(), Life::get_info, info.as_bytes()), 0);
}

#[test]
fn liveness_takes_no_memory() {
    assert_eq!(allocations(&start(), Life::liveness, Reply::new(!0x1234_5678).as_bytes()), 0);
}

#[test]
fn statistics_take_no_memory() {
    let life = start();
    life.factorial();
    let statistics = Statistics {
        version: INTERFACE_VERSION,
        reserved: [0; 3],
        interrupts: 1,
        spurious_interrupts: 0,
        factorials: 1,
        timeouts: 0,
    };
    assert_eq!(allocations(&life, Life::statistics, statistics.as_bytes()), 0);
}

#[test]
fn raising_takes_no_memory() {
    assert_eq!(allocations(&start(), Life::raise, &[]), 0);
}

/// From the default queue to EvtInterruptWorkItem.
#[test]
fn a_factorial_takes_no_memory() {
    assert_eq!(allocations(&start(), Life::factorial, Reply::new(120).as_bytes()), 0);
}

/// The list of those who are told: one piece of memory for up to four of them.
#[test]
fn a_wait_takes_one_piece_of_memory() {
    assert_eq!(allocations(&start(), Life::wait, Reply::new(0x10).as_bytes()), 1);
}
