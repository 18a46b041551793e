//! The driver object.
//!
//! Sources: Microsoft Learn, "DriverEntry for WDF Drivers routine", "WdfDriverCreate function (wdfdriver.h)".

use wdk_sys::{NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDFDEVICE_INIT, WDFDRIVER};

use super::{DeviceInit, Error, status_of};
use crate::driver;

/// Creates the driver object, with the callbacks of `driver.rs`.
///
/// # Safety
/// `driver` and `registry_path` are what DriverEntry got.
pub(crate) unsafe fn create_driver(
    driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
) -> Result<(), Error> {
    let mut config = sized!(WDF_DRIVER_CONFIG {
        EvtDriverDeviceAdd: Some(evt_driver_device_add),
        EvtDriverUnload: Some(evt_driver_unload),
    });
    let (attributes, handle) = (wdk_sys::WDF_NO_OBJECT_ATTRIBUTES, wdk_sys::WDF_NO_HANDLE.cast());
    // SAFETY: the caller vouches for the first two; the config is a local; attributes and handle are optional.
    unsafe { try_call!(WdfDriverCreate(driver, registry_path, attributes, &raw mut config, handle)) }
}

unsafe extern "C" fn evt_driver_device_add(_: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of("EvtDriverDeviceAdd", || driver::device_add(DeviceInit(init)))
}

unsafe extern "C" fn evt_driver_unload(_: WDFDRIVER) {
    status_of("EvtDriverUnload", || {
        driver::unload();
        Ok(())
    });
}
