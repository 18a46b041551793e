//! A driver that asks the framework's queue, request and file functions everything, and says what it
//! thinks of the answers: one line `ok <name>` or `FAILED <name>: <what>` for each check.

#![expect(
    unsafe_code,
    reason = "a driver without safe wrappers: its mistakes are made through the C interface"
)]

extern crate wdk_portable as wdk_sys;

use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT};

use case::Case;
use wdf::{create_driver, parameter, status_of};

mod cancel;
pub mod case;
mod device;
mod queues;
mod refusals;
mod requests;
#[path = "../shared/says.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod says;
mod transfer;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture driver needs more of it")]
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// Number of the case that the INF asks for.
static ASKED: AtomicU32 = AtomicU32::new(0);

/// Whether the run is about this.
fn asked(case: Case) -> bool {
    ASKED.load(Ordering::Relaxed) == case as u32
}

unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(driver, registry_path))
}

fn start(driver_object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    let driver = create_driver(driver_object, registry_path, Some(device::evt_driver_device_add))?;
    ASKED.store(parameter(driver, "Misbehaviour")?, Ordering::Relaxed);
    Ok(())
}
