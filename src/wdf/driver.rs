//! The driver object.
//!
//! Sources: Microsoft Learn, "DriverEntry for WDF Drivers routine", "WdfDriverCreate function (wdfdriver.h)".

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDFDEVICE_INIT, WDF_NO_HANDLE, WDF_NO_OBJECT_ATTRIBUTES,
    WDFDRIVER,
};

use super::{DeviceInit, status_of};
use crate::error::Error;

/// The callbacks of a driver: WDF_DRIVER_CONFIG.
pub(crate) trait DriverEvents {
    /// EvtDriverDeviceAdd: a device of the driver has been found.
    fn device_add(init: DeviceInit) -> Result<(), Error>;
    /// EvtDriverUnload: the last device is gone.
    fn unload() -> Result<(), Error>;
}

/// Creates the driver object.
///
/// # Safety
/// `driver` and `registry_path` are what DriverEntry got.
pub(crate) unsafe fn create_driver<E: DriverEvents>(
    driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
) -> Result<(), Error> {
    let mut config = sized!(WDF_DRIVER_CONFIG {
        EvtDriverDeviceAdd: Some(evt_driver_device_add::<E>),
        EvtDriverUnload: Some(evt_driver_unload::<E>),
    });
    let (attributes, handle) = (WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE.cast());
    // SAFETY: the caller vouches for the first two; the config is a local; attributes and handle are optional.
    unsafe { try_call!(WdfDriverCreate(driver, registry_path, attributes, &raw mut config, handle)) }
}

unsafe extern "C" fn evt_driver_device_add<E: DriverEvents>(_: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of("EvtDriverDeviceAdd", || E::device_add(DeviceInit(init)))
}

unsafe extern "C" fn evt_driver_unload<E: DriverEvents>(_: WDFDRIVER) {
    status_of("EvtDriverUnload", E::unload);
}
