//! A small driver that does the one thing wrong that its INF asks for.
//!
//! As long as it asks for nothing the driver is a good one: it maps the first registers of its device, answers
//! requests and unmaps. [`misbehaviour`] lists what can go wrong; `device` and `requests` are the
//! driver, `hardware`, `objects`, `statuses` and `death` what it gets wrong on the way.

#![expect(
    unsafe_code,
    reason = "a driver without safe wrappers: its mistakes are made through the C interface"
)]

extern crate wdk_portable as wdk_sys;

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use wdk_sys::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, STATUS_DELETE_PENDING, STATUS_UNSUCCESSFUL,
    WDF_DRIVER_CONFIG, WDF_OBJECT_ATTRIBUTES, WDFDRIVER, WDFOBJECT,
};

use misbehaviour::Misbehaviour;
use wdf::{attributes, check, parameter, size_field, status_of, wdf};

mod deadlock;
mod death;
mod device;
mod hardware;
pub mod misbehaviour;
mod model;
mod objects;
mod requests;
mod statuses;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture drivers need more of it")]
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// Number of the misbehaviour that the INF asks for.
static ASKED: AtomicU32 = AtomicU32::new(0);

/// Whether the INF asks for this misbehaviour.
fn asked(misbehaviour: Misbehaviour) -> bool {
    ASKED.load(Ordering::Relaxed) == misbehaviour as u32
}

/// Tells the debugger.
macro_rules! trace {
    ($($argument:tt)*) => { wdk_sys::wdk::println!($($argument)*) };
}
pub(crate) use trace;

unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(driver, registry_path))
}

fn start(driver_object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(device::evt_driver_device_add),
        EvtDriverUnload: Some(evt_driver_unload),
        ..WDF_DRIVER_CONFIG::default()
    };
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(evt_driver_cleanup),
        ..attributes(std::ptr::null_mut())
    };
    let mut driver: WDFDRIVER = std::ptr::null_mut();
    check(wdf!(
        WdfDriverCreate,
        driver_object,
        registry_path,
        &raw mut attributes,
        &raw mut config,
        &raw mut driver
    ))?;

    ASKED.store(parameter(driver, "Misbehaviour")?, Ordering::Relaxed);
    death::die_if(Misbehaviour::DieInDriverEntry);

    if asked(Misbehaviour::WrongArguments) {
        statuses::of_driver(driver_object, registry_path, config);
    }
    if asked(Misbehaviour::CreateDriverTwice) {
        statuses::second_driver(driver_object, registry_path, config);
    }
    if asked(Misbehaviour::HangInDriverEntry) {
        death::hang();
    }
    if asked(Misbehaviour::HangInSecondLife) && death::lives_before() == 1 {
        death::hang();
    }
    if asked(Misbehaviour::LoadOnce) && was_loaded() {
        return Err(STATUS_DELETE_PENDING);
    }
    #[cfg(target_os = "linux")]
    if asked(Misbehaviour::LoadWhereInitialised) && !INITIALISED.get() {
        return Err(STATUS_DELETE_PENDING);
    }
    if asked(Misbehaviour::FailDriverEntry) { Err(STATUS_UNSUCCESSFUL) } else { Ok(()) }
}

thread_local! {
    /// The library was loaded on this thread.
    #[cfg(target_os = "linux")]
    static INITIALISED: Cell<bool> = const { Cell::new(false) };
}

#[cfg(target_os = "linux")]
#[used]
// SAFETY: the loader calls what stands there, and this is a function that it may call.
#[unsafe(link_section = ".init_array")]
static INITIALISER: extern "C" fn() = initialise;

#[cfg(target_os = "linux")]
extern "C" fn initialise() {
    INITIALISED.set(true);
}

/// Whether this image says that it was loaded before, in the process or on the thread.
fn was_loaded() -> bool {
    static LOADED: AtomicBool = AtomicBool::new(false);
    thread_local! {
        static HERE: Cell<bool> = const { Cell::new(false) };
    }
    LOADED.swap(true, Ordering::Relaxed) | HERE.replace(true)
}

unsafe extern "C" fn evt_driver_unload(_driver: WDFDRIVER) {
    trace!("EvtDriverUnload");
    death::misbehave_in_unload();
}

/// Calls the framework: it must still be there, and it makes nothing more below the driver.
unsafe extern "C" fn evt_driver_cleanup(driver: WDFOBJECT) {
    if wdf::create_object(attributes(driver)) == Err(STATUS_DELETE_PENDING) {
        trace!("EvtCleanupCallback of the driver");
    }
}
