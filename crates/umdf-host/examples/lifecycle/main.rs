//! A driver that registers every PnP, power and self-managed I/O callback, two interrupts and two queues,
//! and fails where its INF says ([`plan`]).

#![expect(unsafe_code, reason = "a driver without safe wrappers: its calls are made through the C interface")]

extern crate wdk_portable as wdk_sys;

use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, STATUS_SUCCESS};

use plan::Fallible;
use wdf::{create_driver, parameter, status_of};

mod commands;
mod device;
mod interrupts;
pub mod plan;
mod power;
mod requests;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture driver needs more of it")]
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

static OPTIONS: AtomicU32 = AtomicU32::new(0);
static IDLE_TIMEOUT: AtomicU32 = AtomicU32::new(0);
static FAIL_CALLBACK: AtomicU32 = AtomicU32::new(0);
static FAIL_CALL: AtomicU32 = AtomicU32::new(0);
static FAIL_CALLS: AtomicU32 = AtomicU32::new(0);
static FAIL_STATUS: AtomicU32 = AtomicU32::new(0);
/// Calls of each callback so far, of all devices together.
static CALLS: [AtomicU32; LAST + 1] = [const { AtomicU32::new(0) }; LAST + 1];
/// The last callback that can fail.
const LAST: usize = Fallible::InterruptDisable as usize;

/// Whether the INF sets this option.
fn has(option: u32) -> bool {
    OPTIONS.load(Ordering::Relaxed) & option != 0
}

/// The idle time, in milliseconds.
fn idle_timeout() -> u32 {
    IDLE_TIMEOUT.load(Ordering::Relaxed)
}

/// What a callback returns.
fn outcome(callback: Fallible) -> NTSTATUS {
    let call = CALLS[callback as usize].fetch_add(1, Ordering::SeqCst) + 1;
    let first = FAIL_CALL.load(Ordering::Relaxed);
    let fails = FAIL_CALLBACK.load(Ordering::Relaxed) == callback as u32
        && call >= first
        && call - first < FAIL_CALLS.load(Ordering::Relaxed);
    if fails { FAIL_STATUS.load(Ordering::Relaxed).cast_signed() } else { STATUS_SUCCESS }
}

unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(driver, registry_path))
}

fn start(driver_object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    let driver = create_driver(driver_object, registry_path, Some(device::evt_driver_device_add))?;
    for (name, place) in [
        ("Options", &OPTIONS),
        ("IdleTimeout", &IDLE_TIMEOUT),
        ("FailCallback", &FAIL_CALLBACK),
        ("FailCall", &FAIL_CALL),
        ("FailCalls", &FAIL_CALLS),
        ("FailStatus", &FAIL_STATUS),
    ] {
        place.store(parameter(driver, name)?, Ordering::Relaxed);
    }
    Ok(())
}
