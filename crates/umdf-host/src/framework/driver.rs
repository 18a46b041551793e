//! `wdfdriver.h`.

use std::cell::UnsafeCell;

use wdk_portable::{
    _WDF_DRIVER_INIT_FLAGS, ACCESS_MASK, BOOLEAN, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT,
    PFN_WDF_DRIVER_DEVICE_ADD, PFN_WDF_DRIVER_UNLOAD, PWDF_DRIVER_CONFIG,
    PWDF_DRIVER_VERSION_AVAILABLE_PARAMS, PWDF_OBJECT_ATTRIBUTES, PWSTR, STATUS_DRIVER_INTERNAL_ERROR,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDFDRIVER, WDFKEY, WDFSTRING,
};

use super::attributes::{self, Allowed};
use super::registry::Key;
use super::string::StringObject;
use super::{Stop, object, unicode};
use crate::rules::Rule;
use crate::supervisor::{MAJOR, MINOR};

/// The driver object.
pub struct Driver {
    /// Called for each device.
    pub device_add: PFN_WDF_DRIVER_DEVICE_ADD,
    /// Called when the last device is gone.
    pub unload: PFN_WDF_DRIVER_UNLOAD,
    /// The registry path that DriverEntry got, with a NUL. The driver reads it where it is.
    registry_path: Vec<UnsafeCell<u16>>,
}

/// `WdfDriverInitCompanion`: newer than the headers of UMDF 2.15, but today's framework knows it.
const COMPANION: u32 = 4;
const KNOWN_FLAGS: u32 = COMPANION
    | (_WDF_DRIVER_INIT_FLAGS::WdfDriverInitNonPnpDriver
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
        let own_dispatch = config.DriverInitFlags & _WDF_DRIVER_INIT_FLAGS::WdfDriverInitNoDispatchOverride as u32 != 0;
        if config.DriverInitFlags & !KNOWN_FLAGS != 0 {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let mut registry_path = unicode::units(host, RegistryPath, "RegistryPath")?;
        registry_path.push(0);
        let mut state = host.state();
        if state.driver.is_some() {
            let message = "WdfDriverCreate once more: a driver has one driver object";
            return Err(host.refusal(Rule::DriverCreateTwice, STATUS_DRIVER_INTERNAL_ERROR, message));
        }
        Driver.write_if_any(std::ptr::null_mut());
        if non_pnp && !own_dispatch && config.EvtDriverDeviceAdd.is_some() {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let allowed = Allowed { level: true, scope: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, DriverAttributes, allowed)?;
        let body = Driver {
            device_add: config.EvtDriverDeviceAdd,
            unload: config.EvtDriverUnload,
            registry_path: registry_path.into_iter().map(UnsafeCell::new).collect(),
        };
        let driver = state.objects.create(host, body, None, attributes);
        state.driver = Some(driver);
        Driver.write_if_any(driver.raw());
        Ok(STATUS_SUCCESS)
    }

    /// The registry path that DriverEntry got, up to a NUL.
    fn WdfDriverGetRegistryPath(host, Driver: WDFDRIVER) -> PWSTR {
        let state = host.state();
        let driver = state.objects.resolve::<Driver>(host, Driver, "Driver")?;
        let driver = state.objects.get::<Driver>(driver).ok_or(Stop::NoEffect)?;
        Ok(UnsafeCell::raw_get(driver.registry_path.as_ptr()))
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
        Key.write(host, "Key", std::ptr::null_mut())?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, KeyAttributes, allowed)?;
        state.objects.resolve::<Driver>(host, Driver, "Driver")?;
        let body = Key::parameters(host, DesiredAccess)?;
        let key = object::create_below_driver(host, &mut state, body, attributes)?;
        Key.write(host, "Key", key.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// The framework's version in words. The rules make this host one with the verifier on.
    fn WdfDriverRetrieveVersionString(host, Driver: WDFDRIVER, String: WDFSTRING) -> NTSTATUS {
        let mut state = host.state();
        state.objects.resolve::<Driver>(host, Driver, "Driver")?;
        String.require(host, "String")?;
        let string = state.objects.resolve::<StringObject>(host, String, "String")?;
        let text = format!("User Mode Driver Framework (verifier on) version {MAJOR}.{MINOR}.0");
        let units: Vec<u16> = text.encode_utf16().collect();
        state.objects.get_mut::<StringObject>(string).ok_or(Stop::NoEffect)?.assign(&units)?;
        Ok(STATUS_SUCCESS)
    }

    /// Whether a driver for that version runs on this framework; not if it asks with a wrong size.
    fn WdfDriverIsVersionAvailable(
        host,
        Driver: WDFDRIVER,
        VersionAvailableParams: PWDF_DRIVER_VERSION_AVAILABLE_PARAMS,
    ) -> BOOLEAN {
        host.state().objects.resolve::<Driver>(host, Driver, "Driver")?;
        let asked = VersionAvailableParams.read_sized(host, "VersionAvailableParams")?;
        Ok((asked.MajorVersion == MAJOR && asked.MinorVersion <= MINOR).into())
    }
}
