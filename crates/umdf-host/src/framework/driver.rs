//! `wdfdriver.h`.

use wdk_portable::{
    _WDF_DRIVER_INIT_FLAGS, ACCESS_MASK, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT,
    PFN_WDF_DRIVER_DEVICE_ADD, PFN_WDF_DRIVER_UNLOAD, PWDF_DRIVER_CONFIG, PWDF_OBJECT_ATTRIBUTES,
    STATUS_DRIVER_INTERNAL_ERROR, STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDFDRIVER, WDFKEY,
};

use super::Stop;
use super::attributes::{self, Allowed};
use super::registry::Key;

/// The driver object.
pub struct Driver {
    /// Called for each device.
    pub device_add: PFN_WDF_DRIVER_DEVICE_ADD,
    /// Called when the last device is gone.
    pub unload: PFN_WDF_DRIVER_UNLOAD,
}

const KNOWN_FLAGS: u32 = (_WDF_DRIVER_INIT_FLAGS::WdfDriverInitNonPnpDriver
    | _WDF_DRIVER_INIT_FLAGS::WdfDriverInitNoDispatchOverride) as u32;

ddi! {
    /// Makes the driver object; once a driver.
    fn WdfDriverCreate(
        host,
        DriverObject: PDRIVER_OBJECT,
        RegistryPath: PCUNICODE_STRING,
        DriverAttributes: PWDF_OBJECT_ATTRIBUTES,
        DriverConfig: PWDF_DRIVER_CONFIG,
        Driver: *mut WDFDRIVER,
    ) -> NTSTATUS {
        DriverObject.require(host, "DriverObject")?;
        RegistryPath.require(host, "RegistryPath")?;
        let config = DriverConfig.read_sized(host, "DriverConfig")?;
        let non_pnp = config.DriverInitFlags & _WDF_DRIVER_INIT_FLAGS::WdfDriverInitNonPnpDriver as u32 != 0;
        if config.DriverInitFlags & !KNOWN_FLAGS != 0 || (non_pnp && config.EvtDriverDeviceAdd.is_some()) {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let mut state = host.state();
        if state.driver.is_some() {
            return Err(Stop::Status(STATUS_DRIVER_INTERNAL_ERROR));
        }
        let allowed = Allowed { level: true, scope: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, DriverAttributes, allowed)?;
        let body = Driver { device_add: config.EvtDriverDeviceAdd, unload: config.EvtDriverUnload };
        let driver = state.objects.create(host, body, None, attributes);
        state.driver = Some(driver);
        Driver.write_if_any(driver.raw());
        Ok(STATUS_SUCCESS)
    }

    /// Opens the `Parameters` key of the driver's service.
    fn WdfDriverOpenParametersRegistryKey(
        host,
        Driver: WDFDRIVER,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS {
        let mut state = host.state();
        let driver = state.objects.resolve::<Driver>(host, Driver, "Driver")?;
        Key.require(host, "Key")?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, KeyAttributes, allowed)?;
        let body = Key::new(&host.installation.parameters);
        let key = state.objects.create(host, body, Some(driver), attributes);
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }
}
