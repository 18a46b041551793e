//! A driver that probes `wdfinterrupt.h`, `wdfworkitem.h` and `wdftimer.h`.
//!
//! [`mode`] lists what it does in one life; the INF says which. Each check prints a line: `ok name`, or
//! `FAILED name: what`.

#![expect(unsafe_code, reason = "a driver without safe wrappers: its calls are made through the C interface")]

extern crate wdk_portable as wdk_sys;

use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT};

use mode::Mode;
use shared::{create_driver, parameter, status_of};

mod arguments;
mod delivery;
mod device;
mod interrupt;
pub mod mode;
#[path = "../shared/says.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod says;
mod serialized;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod shared;
mod timers;
mod trips;
mod wdf;
mod workitems;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// Number of the mode that the INF asks for.
static ASKED: AtomicU32 = AtomicU32::new(0);

/// Whether the INF asks for this mode.
fn asked(mode: Mode) -> bool {
    ASKED.load(Ordering::Relaxed) == mode as u32
}

unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(driver, registry_path))
}

fn start(driver_object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    let driver = create_driver(driver_object, registry_path, Some(device::evt_driver_device_add))?;
    ASKED.store(parameter(driver, "Mode")?, Ordering::Relaxed);
    Ok(())
}
