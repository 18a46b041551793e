//! Probes `wdfdevice.h`, `wdffdo.h` and `wdfiotarget.h`: each check is a line that says `ok` or `FAILED`.
//!
//! With a number in its INF the driver makes the one mistake of that number instead ([`trip`]).

#![expect(unsafe_code, reason = "the checks are made through the C interface")]

extern crate wdk_portable as wdk_sys;

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};

use wdk_sys::{
    _MEMORY_CACHING_TYPE, CmResourceTypeMemory, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PHYSICAL_ADDRESS,
    PVOID, PWDFDEVICE_INIT, STATUS_SUCCESS, WDF_NO_OBJECT_ATTRIBUTES, WDF_PNPPOWER_EVENT_CALLBACKS,
    WDF_POWER_DEVICE_STATE, WDFCMRESLIST, WDFDEVICE, WDFDRIVER, WDFQUEUE, WDFREQUEST,
};

use shared::{create_driver, parameter, status_of};
use trip::Trip;
use wdf::{expect, size_field, wdf};

mod init;
mod interfaces;
mod power;
mod properties;
mod registers;
#[path = "../shared/says.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod says;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod shared;
mod state;
mod targets;
pub mod trip;
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// Bytes that are mapped.
const MAPPED: u64 = 0x100;

/// Number of the mistake that the INF asks for; 0 for the checks.
static ASKED: AtomicU32 = AtomicU32::new(0);
/// Where the registers are mapped.
static BASE: AtomicPtr<std::ffi::c_void> = AtomicPtr::new(null_mut());
/// The mapped length, 0 if nothing is mapped.
static LENGTH: AtomicU64 = AtomicU64::new(0);

/// Whether the INF asks for this mistake.
fn asked(trip: Trip) -> bool {
    ASKED.load(Ordering::Relaxed) == trip as u32
}

/// Whether the INF asks for the checks.
fn checks() -> bool {
    ASKED.load(Ordering::Relaxed) == 0
}

unsafe extern "system" fn driver_entry(object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(object, registry_path))
}

fn start(object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    let driver = create_driver(object, registry_path, Some(evt_driver_device_add))?;
    ASKED.store(parameter(driver, "Trip")?, Ordering::Relaxed);
    Ok(())
}

unsafe extern "C" fn evt_driver_device_add(driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    let mut init = init;
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        EvtDeviceD0Entry: Some(evt_device_d0_entry),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    if checks() {
        init::check(init);
    } else {
        init::trip(driver, init);
        power::trip_init(driver, init);
    }
    let mut device: WDFDEVICE = null_mut();
    let status = wdf!(WdfDeviceCreate, &raw mut init, WDF_NO_OBJECT_ATTRIBUTES, &raw mut device);
    if status < 0 {
        return status;
    }
    if checks() {
        state::check(device);
        properties::check(device);
        interfaces::check(device);
        targets::check(device);
        power::check(device);
    } else {
        state::trip(device);
        properties::trip(device);
        interfaces::trip(device);
        targets::trip(device);
        power::trip(device);
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    _raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    let count = wdf!(WdfCmResourceListGetCount, translated);
    for index in 0..count {
        let descriptor = wdf!(WdfCmResourceListGetDescriptor, translated, index);
        // SAFETY: NULL, or a descriptor that lives as long as the list.
        let Some(descriptor) = (unsafe { descriptor.as_ref() }) else { continue };
        if u32::from(descriptor.Type) == CmResourceTypeMemory {
            // SAFETY: the type says which member it is.
            let memory = unsafe { descriptor.u.Memory };
            return map(device, memory.Start);
        }
    }
    STATUS_SUCCESS
}

fn map(device: WDFDEVICE, start: PHYSICAL_ADDRESS) -> NTSTATUS {
    let mut base: PVOID = null_mut();
    let cache = _MEMORY_CACHING_TYPE::MmNonCached;
    let status = wdf!(WdfDeviceMapIoSpace, device, start, MAPPED, cache, &raw mut base);
    BASE.store(base, Ordering::Relaxed);
    LENGTH.store(MAPPED, Ordering::Relaxed);
    status
}

unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    registers::trip_after_d0_exit(device);
    power::trip_late(device);
    let length = LENGTH.swap(0, Ordering::Relaxed);
    if length > 0 {
        wdf!(WdfDeviceUnmapIoSpace, device, BASE.load(Ordering::Relaxed), length);
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_d0_entry(device: WDFDEVICE, _previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    if checks() {
        registers::check(device);
        state::check_started(device);
        properties::check_started(device);
        power::check_started(device);
    } else {
        registers::trip(device);
        power::trip_started(device);
    }
    STATUS_SUCCESS
}

/// The routed queue: 0x222000 switches the first interface off, 0x222004 on.
unsafe extern "C" fn evt_io_device_control(
    queue: WDFQUEUE,
    request: WDFREQUEST,
    _output: usize,
    _input: usize,
    code: u32,
) {
    if checks() {
        expect("the request came to the routed queue", queue == state::routed(), true);
        init::check_request(request);
        interfaces::set_state(wdf!(WdfIoQueueGetDevice, queue), code == 0x22_2004);
    }
    wdf!(WdfRequestComplete, request, STATUS_SUCCESS);
}

/// The queue for opens.
unsafe extern "C" fn evt_io_default(queue: WDFQUEUE, request: WDFREQUEST) {
    if checks() {
        expect("the open came to its queue", wdf!(WdfRequestGetIoQueue, request) == queue, true);
    }
    wdf!(WdfRequestComplete, request, STATUS_SUCCESS);
}
