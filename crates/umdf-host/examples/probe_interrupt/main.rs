//! A driver that probes `wdfinterrupt.h`, `wdfworkitem.h` and `wdftimer.h`.
//!
//! [`mode`] lists what it does in one life; the INF says which. Each check prints a line: `ok name`, or
//! `FAILED name: what`.

#![allow(unsafe_code, reason = "a driver without safe wrappers: its calls are made through the C interface")]

extern crate wdk_portable as wdk_sys;

use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, UNICODE_STRING, WDF_DRIVER_CONFIG, WDF_NO_OBJECT_ATTRIBUTES,
    WDFDRIVER, WDFKEY,
};

use mode::Mode;
use wdf::{check, size_field, status_of, wdf};

mod arguments;
mod delivery;
mod device;
mod interrupt;
pub mod mode;
mod serialized;
mod timers;
mod trips;
mod wdf;
mod workitems;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// The access right of that name (`winnt.h`).
const KEY_READ: u32 = 0x0002_0019;

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
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(device::evt_driver_device_add),
        ..WDF_DRIVER_CONFIG::default()
    };
    let mut driver: WDFDRIVER = std::ptr::null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    check(wdf!(WdfDriverCreate, driver_object, registry_path, none, &raw mut config, &raw mut driver))?;

    let mut key: WDFKEY = std::ptr::null_mut();
    check(wdf!(WdfDriverOpenParametersRegistryKey, driver, KEY_READ, none, &raw mut key))?;
    // The NUL does not count as part of the name.
    let mut units: Vec<u16> = "Mode\0".encode_utf16().collect();
    let bytes = u16::try_from(units.len() * 2).expect("the name is short");
    let name = UNICODE_STRING { Length: bytes - 2, MaximumLength: bytes, Buffer: units.as_mut_ptr() };
    let mut mode = 0;
    let status = wdf!(WdfRegistryQueryULong, key, &raw const name, &raw mut mode);
    wdf!(WdfRegistryClose, key);
    check(status)?;
    ASKED.store(mode, Ordering::Relaxed);
    Ok(())
}
