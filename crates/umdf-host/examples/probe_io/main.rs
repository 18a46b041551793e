//! A driver that asks the framework's queue, request and file functions everything, and says what it
//! thinks of the answers: one line `ok <name>` or `FAILED <name>: <what>` for each check.

#![allow(
    unsafe_code,
    reason = "a driver without safe wrappers: its mistakes are made through the C interface"
)]

extern crate wdk_portable as wdk_sys;

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, WDF_DRIVER_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDFDRIVER,
};

use case::Case;
use wdf::{check, read_and_close, size_field, status_of, wdf};

mod cancel;
pub mod case;
mod device;
mod queues;
mod refusals;
mod requests;
mod says;
mod transfer;
#[path = "../misbehave/wdf.rs"]
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
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(device::evt_driver_device_add),
        ..WDF_DRIVER_CONFIG::default()
    };
    let mut driver: WDFDRIVER = null_mut();
    check(wdf!(
        WdfDriverCreate,
        driver_object,
        registry_path,
        WDF_NO_OBJECT_ATTRIBUTES,
        &raw mut config,
        &raw mut driver
    ))?;
    let mut key = null_mut();
    check(wdf!(
        WdfDriverOpenParametersRegistryKey,
        driver,
        wdf::KEY_READ,
        WDF_NO_OBJECT_ATTRIBUTES,
        &raw mut key
    ))?;
    ASKED.store(read_and_close(key, "Misbehaviour")?, Ordering::Relaxed);
    Ok(())
}
