//! The device object, and what it is made from.

use std::ptr::{null, null_mut};

use edu_interface::Guid;
use tracing::info_span;
use tracing::span::EnteredSpan;
use wdk_sys::{
    _WDF_DEVICE_FAILED_ACTION, _WDF_FILEOBJECT_CLASS, _WDF_TRI_STATE, GUID, NTSTATUS, PWDFDEVICE_INIT, ULONG,
    WDF_DEVICE_PNP_CAPABILITIES, WDF_FILEOBJECT_CONFIG, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE, WDFCMRESLIST, WDFDEVICE, WDFOBJECT,
    call_unsafe_wdf_function_binding,
};

use super::callback::index_of;
use super::object::{attributes, size_field};
use super::{Argument, Callback, Context, Object, Ref, Subject, context};
use crate::error::Error;

/// The Plug and Play and power callbacks of a device: WDF_PNPPOWER_EVENT_CALLBACKS, as far as the driver has them.
pub(crate) struct PnpPowerCallbacks {
    /// EvtDevicePrepareHardware.
    pub prepare_hardware: Callback<unsafe extern "C" fn(WDFDEVICE, WDFCMRESLIST, WDFCMRESLIST) -> NTSTATUS>,
    /// EvtDeviceD0Entry.
    pub d0_entry: Callback<unsafe extern "C" fn(WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS>,
    /// EvtDeviceD0Exit.
    pub d0_exit: Callback<unsafe extern "C" fn(WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS>,
    /// EvtDeviceReleaseHardware.
    pub release_hardware: Callback<unsafe extern "C" fn(WDFDEVICE, WDFCMRESLIST) -> NTSTATUS>,
    /// EvtDeviceSurpriseRemoval.
    pub surprise_removal: Callback<unsafe extern "C" fn(WDFDEVICE)>,
}

/// What a device is to become: the framework's argument of EvtDriverDeviceAdd.
pub(crate) struct DeviceInit(PWDFDEVICE_INIT);

impl Argument for DeviceInit {
    type Raw = PWDFDEVICE_INIT;

    unsafe fn from_raw(raw: PWDFDEVICE_INIT) -> Self {
        Self(raw)
    }
}

impl DeviceInit {
    /// Sets the Plug and Play and power callbacks.
    pub fn set_pnp_power_callbacks(&mut self, callbacks: &PnpPowerCallbacks) {
        let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
            Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
            EvtDevicePrepareHardware: Some(callbacks.prepare_hardware.function()),
            EvtDeviceD0Entry: Some(callbacks.d0_entry.function()),
            EvtDeviceD0Exit: Some(callbacks.d0_exit.function()),
            EvtDeviceReleaseHardware: Some(callbacks.release_hardware.function()),
            EvtDeviceSurpriseRemoval: Some(callbacks.surprise_removal.function()),
            ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
        };
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
    /// `make` may create objects below the device. A power-managed queue delivers nothing before the device has
    /// started, and a timer that nobody starts does not fire; but a queue that is not power-managed may deliver
    /// at once, and then its callback finds no context. If `make` fails, so does this; the framework removes the
    /// device when EvtDriverDeviceAdd fails.
    pub fn create_device<T: Context>(
        mut self,
        make: impl FnOnce(&Device) -> Result<T, Error>,
    ) -> Result<(), Error> {
        let mut attributes = context::attach::<T>(attributes());
        let mut device: WDFDEVICE = null_mut();
        // SAFETY: the init is used up here and nowhere else; the other pointers point to locals.
        unsafe { call!(WdfDeviceCreate(&raw mut self.0, &raw mut attributes, &raw mut device)) }?;
        let device = Device(device);
        let value = make(&device)?;
        // SAFETY: the device has just been created with room for a `T`; this is the only call for it.
        unsafe { context::fill(device.as_object(), value) }
    }
}

/// A device object.
pub struct Device(WDFDEVICE);

impl Object for Device {
    type Handle = WDFDEVICE;

    unsafe fn from_handle(handle: WDFDEVICE) -> Self {
        Self(handle)
    }
}

impl Subject for Device {
    fn open_span(&self) -> Option<EnteredSpan> {
        Some(info_span!("device", index = index_of(self)).entered())
    }

    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        // SAFETY: the device is valid as long as `self`.
        Some(unsafe { Ref::new(self.0) })
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
    pub(crate) fn context<T: Context>(&self) -> Result<&T, Error> {
        // SAFETY: the device is valid as long as `self`.
        unsafe { context::get(self.as_object()) }
    }

    /// Tells Plug and Play that the device may be pulled out without asking: Windows then warns nobody about it.
    pub fn allow_surprise_removal(&self) {
        let keep = _WDF_TRI_STATE::WdfUseDefault;
        let mut capabilities = WDF_DEVICE_PNP_CAPABILITIES {
            Size: size_field::<WDF_DEVICE_PNP_CAPABILITIES>(),
            LockSupported: keep,
            EjectSupported: keep,
            Removable: keep,
            DockDevice: keep,
            UniqueID: keep,
            SilentInstall: keep,
            SurpriseRemovalOK: _WDF_TRI_STATE::WdfTrue,
            HardwareDisabled: keep,
            NoDisplayInUI: keep,
            // All ones: the bus driver's stay.
            Address: ULONG::MAX,
            UINumber: ULONG::MAX,
        };
        // SAFETY: the device is valid; the capabilities are copied before the call returns.
        unsafe {
            call_unsafe_wdf_function_binding!(WdfDeviceSetPnpCapabilities, self.0, &raw mut capabilities);
        }
    }

    /// Reports the device as failed. The framework removes it, and has it found and started again if it is there.
    pub fn set_failed(&self) {
        // SAFETY: the device is valid.
        unsafe {
            call_unsafe_wdf_function_binding!(
                WdfDeviceSetFailed,
                self.0,
                _WDF_DEVICE_FAILED_ACTION::WdfDeviceFailedAttemptRestart
            );
        }
    }

    /// Registers a device interface; the framework enables it when the device has started.
    pub fn create_interface(&self, class: &Guid) -> Result<(), Error> {
        let guid = GUID { Data1: class.data1, Data2: class.data2, Data3: class.data3, Data4: class.data4 };
        // SAFETY: the device is valid; the GUID is a local; there is no reference string.
        unsafe { call!(WdfDeviceCreateDeviceInterface(self.0, &raw const guid, null())) }
    }
}
