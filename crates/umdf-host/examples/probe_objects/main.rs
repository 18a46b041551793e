//! A driver that asks the framework about objects, collections, memory, strings, the registry and itself.
//!
//! It runs in EvtDriverDeviceAdd and traces `ok name` or `FAILED name: what` for each answer.

#![expect(unsafe_code, reason = "a driver without safe wrappers: it asks through the C interface")]

extern crate wdk_portable as wdk_sys;

use std::ptr::null_mut;

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDFDEVICE_INIT, STATUS_SUCCESS, WDF_DRIVER_CONFIG,
    WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDFDEVICE, WDFDRIVER,
};

use wdf::{attributes, size_field, wdf};

mod collection;
mod deletion;
mod driver;
mod memory;
mod object;
mod registry;
#[path = "../shared/says.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod says;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod shared;
mod string;
mod values;
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

unsafe extern "system" fn driver_entry(
    driver_object: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
) -> NTSTATUS {
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(evt_driver_device_add),
        ..WDF_DRIVER_CONFIG::default()
    };
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(deletion::evt_driver_cleanup),
        ..attributes(null_mut())
    };
    let mut driver: WDFDRIVER = null_mut();
    let status = wdf!(
        WdfDriverCreate,
        driver_object,
        registry_path,
        &raw mut attributes,
        &raw mut config,
        &raw mut driver
    );
    if status >= 0 {
        driver::check_path(driver_object, registry_path, config, driver);
    }
    status
}

unsafe extern "C" fn evt_driver_device_add(driver: WDFDRIVER, mut init: PWDFDEVICE_INIT) -> NTSTATUS {
    let mut device: WDFDEVICE = null_mut();
    let status = wdf!(WdfDeviceCreate, &raw mut init, WDF_NO_OBJECT_ATTRIBUTES, &raw mut device);
    if status < 0 {
        return status;
    }
    object::check(device);
    deletion::check(device);
    collection::check(device);
    memory::check(device);
    string::check(device);
    driver::check(driver);
    registry::check(device);
    values::check(device);
    STATUS_SUCCESS
}
