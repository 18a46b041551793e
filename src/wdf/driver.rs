//! The driver object.

use tracing::span::EnteredSpan;
use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDFDEVICE_INIT, WDF_DRIVER_CONFIG, WDF_NO_HANDLE,
    WDF_NO_OBJECT_ATTRIBUTES, WDFDRIVER,
};

use super::object::size_field;
use super::{Callback, Device, Object, Ref, Subject};
use crate::error::Error;

/// The driver object, of which there is one.
pub(crate) struct Driver;

impl Object for Driver {
    type Handle = WDFDRIVER;

    unsafe fn from_handle(_handle: WDFDRIVER) -> Self {
        Self
    }
}

impl Subject for Driver {
    fn open_span(&self) -> Option<EnteredSpan> {
        None
    }

    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        None
    }
}

/// The callbacks of a driver: WDF_DRIVER_CONFIG without what the wrapper fills in.
pub(crate) struct DriverCallbacks {
    /// A device of the driver has been found.
    pub device_add: Callback<unsafe extern "C" fn(WDFDRIVER, PWDFDEVICE_INIT) -> NTSTATUS>,
    /// The last device is gone.
    pub unload: Callback<unsafe extern "C" fn(WDFDRIVER)>,
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
        EvtDriverDeviceAdd: Some(callbacks.device_add.function()),
        EvtDriverUnload: Some(callbacks.unload.function()),
        ..WDF_DRIVER_CONFIG::default()
    };
    // SAFETY: the caller vouches for the first two; the config is a local; attributes and handle are optional.
    unsafe {
        call!(WdfDriverCreate(
            driver,
            registry_path,
            WDF_NO_OBJECT_ATTRIBUTES,
            &raw mut config,
            WDF_NO_HANDLE.cast()
        ))
    }
}
