//! The driver's beginning and end: DriverEntry, EvtDriverDeviceAdd, EvtDriverUnload.

use tracing::info;
use wdk_sys::{NT_SUCCESS, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT};

use crate::wdf::{self, DeviceInit};
use crate::{device::DeviceContext, error::Error, trace};

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
    let status = wdf::status_of("DriverEntry", || {
        trace::start();
        info!("DriverEntry: edu_umdf {}", env!("CARGO_PKG_VERSION"));
        // SAFETY: these are the arguments of DriverEntry.
        unsafe { wdf::create_driver(driver, registry_path) }
    });
    // There will be no EvtDriverUnload.
    if !NT_SUCCESS(status) {
        trace::stop();
    }
    status
}

/// EvtDriverDeviceAdd: makes the framework objects of a device. The hardware is not touched yet.
pub(crate) fn device_add(mut init: DeviceInit) -> Result<(), Error> {
    init.set_pnp_power_callbacks();
    init.use_file_objects();
    init.create_device(|device| {
        device.allow_surprise_removal();
        device.create_interface(&edu_interface::GUID_DEVINTERFACE_EDU)?;
        DeviceContext::new(device)
    })
}

/// EvtDriverUnload: the last device is gone.
pub(crate) fn unload() {
    info!("EvtDriverUnload");
    trace::stop();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::fake;

    #[test]
    fn a_device_is_prepared_created_and_given_its_interface() {
        device_add(fake::device_init()).unwrap();
        let calls = fake::calls();
        let prepare =
            ["WdfDeviceInitSetPnpPowerEventCallbacks", "WdfDeviceInitSetFileObjectConfig", "WdfDeviceCreate"];
        assert_eq!(calls[..3], prepare);
        assert!(calls.iter().any(|call| call == "WdfDeviceCreateDeviceInterface"), "{calls:?}");
    }
}
