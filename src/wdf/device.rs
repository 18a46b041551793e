//! The device object, and what it is made from.

use std::ptr::{null, null_mut};

use edu_interface::Guid;
use wdk_sys::{
    _WDF_FILEOBJECT_CLASS, _WDF_TRI_STATE, GUID, PWDFDEVICE_INIT, WDF_FILEOBJECT_CONFIG,
    WDF_NO_OBJECT_ATTRIBUTES, WDF_PNPPOWER_EVENT_CALLBACKS, WDFDEVICE, WDFOBJECT,
    call_unsafe_wdf_function_binding,
};

use super::object::{attributes, size_field};
use super::{Argument, Context, check, context};
use crate::error::Error;

/// What a device is to become: the framework's argument of EvtDriverDeviceAdd.
pub(crate) struct DeviceInit(PWDFDEVICE_INIT);

impl Argument for DeviceInit {
    type Raw = PWDFDEVICE_INIT;

    unsafe fn from_raw(raw: PWDFDEVICE_INIT) -> Self {
        Self(raw)
    }
}

impl DeviceInit {
    /// Sets the Plug and Play and power callbacks. `Size` is filled in.
    pub fn set_pnp_power_callbacks(&mut self, callbacks: WDF_PNPPOWER_EVENT_CALLBACKS) {
        let mut callbacks =
            WDF_PNPPOWER_EVENT_CALLBACKS { Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(), ..callbacks };
        // SAFETY: the init is not used up yet; the callbacks are copied before the call returns.
        unsafe {
            call_unsafe_wdf_function_binding!(
                WdfDeviceInitSetPnpPowerEventCallbacks,
                self.0,
                &raw mut callbacks
            );
        }
    }

    /// Asks for a framework file object per open handle, without callbacks of its own.
    pub fn use_file_objects(&mut self) {
        let mut config = WDF_FILEOBJECT_CONFIG {
            Size: size_field::<WDF_FILEOBJECT_CONFIG>(),
            AutoForwardCleanupClose: _WDF_TRI_STATE::WdfUseDefault,
            // UMDF makes this class of the ones that could use the FsContext fields.
            FileObjectClass: _WDF_FILEOBJECT_CLASS::WdfFileObjectWdfCannotUseFsContexts,
            ..WDF_FILEOBJECT_CONFIG::default()
        };
        // SAFETY: the init is not used up yet; the config is copied before the call returns.
        unsafe {
            call_unsafe_wdf_function_binding!(
                WdfDeviceInitSetFileObjectConfig,
                self.0,
                &raw mut config,
                WDF_NO_OBJECT_ATTRIBUTES
            );
        }
    }

    /// Creates the device, and its context with what `make` returns.
    ///
    /// `make` may create objects below the device: none of their callbacks runs before EvtDriverDeviceAdd has
    /// returned. If it fails, so does this; the framework removes the device when EvtDriverDeviceAdd fails.
    pub fn create_device<T: Context>(
        mut self,
        make: impl FnOnce(&Device) -> Result<T, Error>,
    ) -> Result<Device, Error> {
        let mut attributes = context::attach::<T>(attributes());
        let mut device: WDFDEVICE = null_mut();
        // SAFETY: the init is used up here and nowhere else; the other pointers point to locals.
        let status = unsafe {
            call_unsafe_wdf_function_binding!(
                WdfDeviceCreate,
                &raw mut self.0,
                &raw mut attributes,
                &raw mut device
            )
        };
        check("WdfDeviceCreate", status)?;
        let device = Device(device);
        let value = make(&device)?;
        // SAFETY: the device has just been created with room for a `T`; this is the only call for it.
        unsafe { context::fill(device.as_object(), value)? };
        Ok(device)
    }
}

/// A device object.
pub(crate) struct Device(WDFDEVICE);

impl Argument for Device {
    type Raw = WDFDEVICE;

    unsafe fn from_raw(raw: WDFDEVICE) -> Self {
        Self(raw)
    }
}

impl Device {
    /// The handle, for the other wrappers.
    pub(super) fn handle(&self) -> WDFDEVICE {
        self.0
    }

    /// The handle as a parent.
    pub(super) fn as_object(&self) -> WDFOBJECT {
        self.0.cast()
    }

    /// The driver's data.
    pub fn context<T: Context>(&self) -> Result<&T, Error> {
        // SAFETY: the device is valid as long as `self`.
        unsafe { context::get(self.as_object()) }
    }

    /// Registers a device interface; the framework enables it when the device has started.
    pub fn create_interface(&self, class: &Guid) -> Result<(), Error> {
        let guid = GUID { Data1: class.data1, Data2: class.data2, Data3: class.data3, Data4: class.data4 };
        // SAFETY: the device is valid; the GUID is a local; there is no reference string.
        let status = unsafe {
            call_unsafe_wdf_function_binding!(WdfDeviceCreateDeviceInterface, self.0, &raw const guid, null())
        };
        check("WdfDeviceCreateDeviceInterface", status)
    }
}
