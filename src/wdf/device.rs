//! The device object, and what it is made from.
//!
//! Sources: Microsoft Learn, "WdfDeviceCreate function (wdfdevice.h)",
//! "WdfDeviceInitSetPnpPowerEventCallbacks function (wdfdevice.h)", "WdfDeviceSetFailed function
//! (wdfdevice.h)".

use edu_interface::Guid;
use wdk_sys::{
    _WDF_TRI_STATE, GUID, NTSTATUS, PWDFDEVICE_INIT, WDF_DEVICE_PNP_CAPABILITIES, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_POWER_DEVICE_STATE, WDFCMRESLIST, WDFDEVICE,
};

use super::{DeviceContext, Error, ResourceList, attributes, callback::step, context, size_field};

/// The Plug and Play and power callbacks of a device: WDF_PNPPOWER_EVENT_CALLBACKS, as far as the driver has them.
pub(crate) trait PnpPowerEvents {
    /// EvtDevicePrepareHardware.
    fn prepare_hardware(&self, raw: &ResourceList, translated: &ResourceList) -> Result<(), Error>;
    /// EvtDeviceD0Entry, with a WdfPowerDevice*.
    fn d0_entry(&self, previous: WDF_POWER_DEVICE_STATE) -> Result<(), Error>;
    /// EvtDeviceD0Exit, with a WdfPowerDevice*.
    fn d0_exit(&self, target: WDF_POWER_DEVICE_STATE) -> Result<(), Error>;
    /// EvtDeviceReleaseHardware.
    fn release_hardware(&self) -> Result<(), Error>;
    /// EvtDeviceSurpriseRemoval; nobody is told of an error.
    fn surprise_removal(&self) -> Result<(), Error>;
}

/// What a device is to become: the framework's argument of EvtDriverDeviceAdd.
pub(crate) struct DeviceInit(pub(super) PWDFDEVICE_INIT);

impl DeviceInit {
    /// Has the framework call the [`PnpPowerEvents`] of the device's context.
    pub fn set_pnp_power_callbacks(&mut self) {
        let mut callbacks = sized!(WDF_PNPPOWER_EVENT_CALLBACKS {
            EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
            EvtDeviceD0Entry: Some(evt_device_d0_entry),
            EvtDeviceD0Exit: Some(evt_device_d0_exit),
            EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
            EvtDeviceSurpriseRemoval: Some(evt_device_surprise_removal),
        });
        // SAFETY: the init is not used up yet; the callbacks are copied before the call returns.
        unsafe { call!(WdfDeviceInitSetPnpPowerEventCallbacks(self.0, &raw mut callbacks)) };
    }

    /// Asks for a framework file object per open handle, without callbacks of its own.
    pub fn use_file_objects(&mut self) {
        let mut config = sized!(WDF_FILEOBJECT_CONFIG {
            AutoForwardCleanupClose: _WDF_TRI_STATE::WdfUseDefault,
            // UMDF makes this class of the ones that could use the FsContext fields.
            FileObjectClass: wdk_sys::_WDF_FILEOBJECT_CLASS::WdfFileObjectWdfCannotUseFsContexts,
        });
        // SAFETY: the init is not used up yet; the config is copied before the call returns.
        unsafe { call!(WdfDeviceInitSetFileObjectConfig(self.0, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES)) };
    }

    /// Creates the device, and its context with what `make` returns.
    ///
    /// `make` may create objects below the device. A power-managed queue delivers nothing before the device has
    /// started, and a timer that nobody starts does not fire; but a queue that is not power-managed may deliver
    /// at once, and then its callback finds no context. If `make` fails, so does this; the framework removes the
    /// device when EvtDriverDeviceAdd fails.
    pub fn create_device(
        mut self,
        make: impl FnOnce(Device) -> Result<DeviceContext, Error>,
    ) -> Result<(), Error> {
        let mut attributes = attributes(std::ptr::null_mut());
        context::attach(&mut attributes);
        // SAFETY: the init is used up here and nowhere else; the attributes are a local.
        let device = unsafe { out_call!(WdfDeviceCreate(&raw mut self.0, &raw mut attributes)) }?;
        let context = make(Device(device))?;
        // SAFETY: the device has just been created with room for it; this is the only call for it.
        unsafe { context::fill(device, context) }
    }
}

/// A device object.
pub struct Device(pub(super) WDFDEVICE);

// SAFETY: the framework takes device handles on any thread.
unsafe impl Send for Device {}
// SAFETY: as above.
unsafe impl Sync for Device {}

impl Device {
    /// Wraps a handle, for a program that is a framework itself.
    ///
    /// # Safety
    /// `handle` is valid as long as the value is used, and as long as anything made with it.
    pub const unsafe fn from_handle(handle: WDFDEVICE) -> Self {
        Self(handle)
    }

    /// Tells Plug and Play that the device may be pulled out without asking: Windows then warns nobody about it.
    pub(crate) fn allow_surprise_removal(&self) {
        let keep = _WDF_TRI_STATE::WdfUseDefault;
        let mut capabilities = WDF_DEVICE_PNP_CAPABILITIES {
            Size: size_field::<WDF_DEVICE_PNP_CAPABILITIES>().into(),
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
            Address: u32::MAX,
            UINumber: u32::MAX,
        };
        // SAFETY: the device is valid; the capabilities are copied before the call returns.
        unsafe { call!(WdfDeviceSetPnpCapabilities(self.0, &raw mut capabilities)) };
    }

    /// Reports the device as failed. The framework removes it, and has it found and started again if it is there.
    pub(crate) fn set_failed(&self) {
        let action = wdk_sys::_WDF_DEVICE_FAILED_ACTION::WdfDeviceFailedAttemptRestart;
        // SAFETY: the device is valid.
        unsafe { call!(WdfDeviceSetFailed(self.0, action)) };
    }

    /// Registers a device interface; the framework enables it when the device has started.
    pub(crate) fn create_interface(&self, class: &Guid) -> Result<(), Error> {
        let guid = GUID { Data1: class.data1, Data2: class.data2, Data3: class.data3, Data4: class.data4 };
        // SAFETY: the device is valid; the GUID is a local; there is no reference string.
        unsafe { try_call!(WdfDeviceCreateDeviceInterface(self.0, &raw const guid, std::ptr::null())) }
    }
}

unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    let prepare =
        |context: &DeviceContext| context.prepare_hardware(&ResourceList(raw), &ResourceList(translated));
    // SAFETY: the framework passes its device.
    unsafe { step("EvtDevicePrepareHardware", device, prepare) }
}

unsafe extern "C" fn evt_device_d0_entry(device: WDFDEVICE, previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    // SAFETY: the framework passes its device.
    unsafe { step("EvtDeviceD0Entry", device, |context| context.d0_entry(previous)) }
}

unsafe extern "C" fn evt_device_d0_exit(device: WDFDEVICE, target: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    // SAFETY: the framework passes its device.
    unsafe { step("EvtDeviceD0Exit", device, |context| context.d0_exit(target)) }
}

unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    // SAFETY: the framework passes its device.
    unsafe { step("EvtDeviceReleaseHardware", device, DeviceContext::release_hardware) }
}

unsafe extern "C" fn evt_device_surprise_removal(device: WDFDEVICE) {
    // SAFETY: the framework passes its device.
    unsafe { step("EvtDeviceSurpriseRemoval", device, DeviceContext::surprise_removal) };
}
