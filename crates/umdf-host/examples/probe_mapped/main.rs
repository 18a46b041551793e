//! Probes registers that are mapped into the process: each check is a line that says `ok` or `FAILED`.
//!
//! The number in its INF says what the driver does ([`mode`]): checks, or one mistake.

#![cfg(target_arch = "x86_64")]
#![expect(unsafe_code, reason = "the checks are made through the C interface and with single instructions")]

extern crate wdk_portable as wdk_sys;

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering::SeqCst};

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDFDEVICE_INIT, STATUS_SUCCESS, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE, WDFCMRESLIST, WDFDEVICE, WDFDRIVER, WDFDRIVER__,
};

use mode::Mode;
use wdf::{create_driver, parameter, size_field, status_of, wdf};

mod edu;
mod forms;
mod interrupt;
mod mistakes;
pub mod mode;
mod registers;
#[cfg(target_os = "linux")]
mod room;
#[path = "../shared/says.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod says;
mod threads;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// Number of the mode that the INF asks for.
static ASKED: AtomicU32 = AtomicU32::new(0);
static DRIVER: AtomicPtr<WDFDRIVER__> = AtomicPtr::new(null_mut());

/// Whether the INF asks for this mode.
fn asked(mode: Mode) -> bool {
    ASKED.load(SeqCst) == mode as u32
}

unsafe extern "system" fn driver_entry(object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(object, registry_path))
}

fn start(object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    let driver = create_driver(object, registry_path, Some(evt_driver_device_add))?;
    DRIVER.store(driver, SeqCst);
    ASKED.store(parameter(driver, "Trip")?, SeqCst);
    Ok(())
}

unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    let mut init = init;
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        EvtDeviceD0Entry: Some(evt_device_d0_entry),
        EvtDeviceSelfManagedIoInit: Some(evt_device_self_managed_io_init),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    let mut device: WDFDEVICE = null_mut();
    let status = wdf!(WdfDeviceCreate, &raw mut init, WDF_NO_OBJECT_ATTRIBUTES, &raw mut device);
    if status >= 0 && asked(Mode::Edu) {
        interrupt::make(device);
    }
    status
}

unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    _raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    if asked(Mode::AddressOfNothing) {
        mistakes::ask_for_nothing(device);
        return STATUS_SUCCESS;
    }
    registers::map(device, registers::memory(translated)[0]);
    match () {
        () if asked(Mode::Forms) => forms::check_mapping(device, translated),
        #[cfg(target_os = "linux")]
        () if asked(Mode::NoRoom) => room::check(device, translated),
        () => {}
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_d0_entry(_device: WDFDEVICE, _previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    match () {
        () if asked(Mode::Forms) => forms::check(),
        () if asked(Mode::Edu) => edu::check(),
        () if asked(Mode::Threads) => threads::check(),
        () if asked(Mode::Cost) => edu::measure(),
        () => mistakes::make(DRIVER.load(SeqCst)),
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_self_managed_io_init(device: WDFDEVICE) -> NTSTATUS {
    if asked(Mode::Edu) {
        interrupt::check(device);
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_release_hardware(_device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    mistakes::make_after_d0_exit();
    registers::unmap();
    STATUS_SUCCESS
}
