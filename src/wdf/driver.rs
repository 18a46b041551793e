//! The driver object.

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, WDF_DRIVER_CONFIG, WDF_NO_HANDLE, WDF_NO_OBJECT_ATTRIBUTES,
    WDFDRIVER, call_unsafe_wdf_function_binding,
};

use super::object::size_field;
use super::{Argument, check};
use crate::error::Error;

/// The driver object, of which there is one.
pub(crate) struct Driver;

impl Argument for Driver {
    type Raw = WDFDRIVER;

    unsafe fn from_raw(_raw: WDFDRIVER) -> Self {
        Self
    }
}

/// The callbacks of a driver: WDF_DRIVER_CONFIG without what the wrapper fills in.
pub(crate) struct DriverCallbacks {
    /// A device of the driver has been found.
    pub device_add: unsafe extern "C" fn(WDFDRIVER, *mut wdk_sys::WDFDEVICE_INIT) -> NTSTATUS,
    /// The last device is gone.
    pub unload: unsafe extern "C" fn(WDFDRIVER),
}

/// Creates the driver object.
///
/// # Safety
/// `driver` and `registry_path` are what DriverEntry got.
pub(crate) unsafe fn create_driver(
    driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
    callbacks: &DriverCallbacks,
) -> Result<(), Error> {
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(callbacks.device_add),
        EvtDriverUnload: Some(callbacks.unload),
        ..WDF_DRIVER_CONFIG::default()
    };
    // SAFETY: the caller vouches for the first two; the config is a local; attributes and handle are optional.
    let status = unsafe {
        call_unsafe_wdf_function_binding!(
            WdfDriverCreate,
            driver,
            registry_path,
            WDF_NO_OBJECT_ATTRIBUTES,
            &raw mut config,
            WDF_NO_HANDLE.cast()
        )
    };
    check("WdfDriverCreate", status)
}
