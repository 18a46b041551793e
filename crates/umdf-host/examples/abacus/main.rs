//! A small but complete UMDF 2 driver, for the abacus: a memory board that adds up the bytes that lie in it.
//!
//! The board's data sheet is `crates/umdf-host/src/bus/abacus.rs`. Of this repository the driver knows wdk-portable
//! alone. What is where: `device`, a device's way through start, power and removal; `resources`, what the system
//! assigned; `hardware`, what registers and ports mean; `window`, access to them; `interrupt`, two interrupts, or
//! one for everything; `queue`, requests; `interface`, what applications need to know; `wdf`, what every callback
//! needs.

#![expect(unsafe_code, reason = "the framework is a C interface")]

extern crate wdk_portable as wdk_sys;
wdk_sys::export_fx_driver_entry_um!(driver_entry);

mod device;
mod hardware;
mod interface;
mod interrupt;
mod queue;
mod resources;
mod wdf;
mod window;

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, WDF_DRIVER_CONFIG, WDF_NO_HANDLE, WDF_NO_OBJECT_ATTRIBUTES,
};

use wdf::{call_unsafe, check, contain, size_field, status_of};

/// Registers the driver with the framework.
///
/// # Safety
/// To be called once, by the loader, with the arguments that a DriverEntry gets.
unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(device::evt_driver_device_add),
        ..WDF_DRIVER_CONFIG::default()
    };
    let (config, none, no_handle) = (&raw mut config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE.cast());
    status_of(contain("DriverEntry", || {
        // SAFETY: the arguments of DriverEntry; the config is a local that the framework copies.
        check(unsafe { call_unsafe!(WdfDriverCreate, driver, registry_path, none, config, no_handle) })
    }))
}
