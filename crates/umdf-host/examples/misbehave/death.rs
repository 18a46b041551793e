//! Ways to hang and to die.

use std::hint::black_box;
use std::process::{Child, Command, Stdio};
use std::ptr::without_provenance_mut;
use std::thread;
use std::time::Duration;

use wdk_sys::WDFDEVICE;

use crate::misbehaviour::Misbehaviour;
use crate::{asked, trace};

/// In EvtDeviceD0Entry.
pub fn misbehave(device: WDFDEVICE) {
    if asked(Misbehaviour::HangInD0Entry) {
        hang();
    }
    if asked(Misbehaviour::HangWithChild) {
        start_child();
        // For whoever waits for the moment to end the host.
        eprintln!("misbehave hangs");
        hang();
    }
    if asked(Misbehaviour::StartChild) {
        start_child();
    }
    if asked(Misbehaviour::TraceForEver) {
        let line = "x".repeat(1 << 20);
        loop {
            trace!("{line}");
        }
    }
    if asked(Misbehaviour::WriteNearNull) {
        let near_null: *mut u32 = black_box(without_provenance_mut(16));
        // SAFETY: none: nothing is there, and this must end the process.
        unsafe { near_null.write_volatile(1) };
    }
    if asked(Misbehaviour::DereferenceHandle) {
        // SAFETY: none: a handle is no address, and this must end the process.
        unsafe { device.cast::<u8>().read_volatile() };
    }
    if asked(Misbehaviour::Abort) {
        std::process::abort();
    }
    if asked(Misbehaviour::ExitThree) {
        std::process::exit(3);
    }
    if asked(Misbehaviour::ExitZero) {
        std::process::exit(0);
    }
    if asked(Misbehaviour::OverflowStack) {
        let depth = recurse(0);
        trace!("the stack is {depth} calls deep");
    }
    assert!(!asked(Misbehaviour::Panic), "this panic leaves a callback");
}

/// Waits for ever, without a call to the framework.
pub fn hang() {
    loop {
        thread::sleep(Duration::from_secs(1));
    }
}

/// Starts a process that would outlive everybody here. Nobody waits for it.
fn start_child() {
    let child = Command::new("sleep").arg("1000").stdin(Stdio::null()).spawn();
    trace!("the child is process {:?}", child.as_ref().map(Child::id));
    // A driver's standard output is nobody's report.
    println!("misbehave has a child");
}

/// Never comes back: each call needs stack of its own.
#[expect(unconditional_recursion, reason = "that is the point")]
fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    black_box(recurse(depth + 1)) + frame[63]
}
