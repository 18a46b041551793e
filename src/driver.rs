//! The driver's beginning and end: DriverEntry, EvtDriverDeviceAdd, EvtDriverUnload.

use edu_interface::GUID_DEVINTERFACE_EDU;
use tracing::info;
use wdk_sys::{NT_SUCCESS, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT};

use crate::device::{self, DeviceContext};
use crate::error::Error;
use crate::trace;
use crate::wdf::{self, DeviceInit, Driver, DriverCallbacks};

/// The entry point: registers the driver with the framework.
///
/// # Safety
/// To be called once, by the loader, with the arguments that a DriverEntry gets.
#[expect(unsafe_code, reason = "the exported entry point")]
#[unsafe(export_name = "DriverEntry")]
pub unsafe extern "system" fn driver_entry(
    driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
) -> NTSTATUS {
    let status = wdf::status_of("DriverEntry", &(), || {
        trace::start();
        info!("DriverEntry: edu_umdf {}", env!("CARGO_PKG_VERSION"));
        let callbacks = DriverCallbacks { device_add: evt_driver_device_add, unload: evt_driver_unload };
        // SAFETY: these are the arguments of DriverEntry.
        unsafe { wdf::create_driver(driver, registry_path, &callbacks) }
    });
    // There will be no EvtDriverUnload.
    if !NT_SUCCESS(status) {
        trace::stop();
    }
    status
}

wdf::callback! {
    EvtDriverDeviceAdd: fn evt_driver_device_add(driver: &Driver, init: DeviceInit) -> NTSTATUS = device_add;
    EvtDriverUnload: fn evt_driver_unload(driver: &Driver) = unload;
}

/// Plug and Play has found a device: makes the framework objects for it. The hardware is not touched yet.
fn device_add(_driver: &Driver, mut init: DeviceInit) -> Result<(), Error> {
    init.set_pnp_power_callbacks(&device::CALLBACKS);
    init.use_file_objects();
    init.create_device(|device| {
        device.allow_surprise_removal();
        device.create_interface(&GUID_DEVINTERFACE_EDU)?;
        DeviceContext::new(device)
    })
}

/// The last device is gone.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
fn unload(_driver: &Driver) -> Result<(), Error> {
    info!("EvtDriverUnload");
    trace::stop();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::fake;

    #[test]
    fn a_device_is_prepared_created_and_given_its_interface() {
        device_add(&Driver, fake::device_init()).unwrap();
        let calls = fake::calls();
        let prepare =
            ["WdfDeviceInitSetPnpPowerEventCallbacks", "WdfDeviceInitSetFileObjectConfig", "WdfDeviceCreate"];
        assert_eq!(calls[..3], prepare);
        assert!(calls.iter().any(|call| call == "WdfDeviceCreateDeviceInterface"), "{calls:?}");
    }
}
