//! A driver that makes one call of a table: with good arguments, or with one that is wrong.

#![expect(unsafe_code, reason = "the calls are made through the C interface, also wrongly")]

extern crate wdk_portable as wdk_sys;

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicUsize, Ordering};

use wdk_sys::{
    _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, BOOLEAN, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT,
    PWDFDEVICE_INIT, STATUS_CANCELLED, STATUS_SUCCESS, ULONG, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES,
    WDFDEVICE, WDFDRIVER, WDFQUEUE, WDFREQUEST,
};

use rows::{Mistake, Place, Row, Run};
use says::expect;
use wdf::{check, complete, manual_queue_config, status_of, wdf};

#[macro_use]
mod table;
mod bad;
mod calls;
mod good;
pub mod rows;
#[path = "../shared/says.rs"]
#[expect(dead_code, reason = "the other fixture driver needs more of it")]
mod says;
#[path = "../shared/wdf.rs"]
#[expect(dead_code, reason = "the other fixture driver needs more of it")]
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// Makes the call.
const CALL: ULONG = 0x22_2000;
/// Is there for the calls: the driver has it.
const HOLD: ULONG = 0x22_2004;
/// Is there for the calls: it waits in a queue.
const LET_WAIT: ULONG = 0x22_2008;

/// The run that the INF asks for: its number ends the name of the service, which DriverEntry sees before the first call.
static ASKED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(driver, registry_path))
}

fn start(driver_object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    good::DRIVER_OBJECT.store(driver_object, Ordering::Relaxed);
    good::REGISTRY_PATH.store(registry_path.cast_mut(), Ordering::Relaxed);
    ASKED.store(number_in(registry_path), Ordering::Relaxed);
    perform(Place::Entry);
    let config = good::driver_config(|_| ());
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let mut driver: WDFDRIVER = null_mut();
    check(wdf!(WdfDriverCreate, driver_object, registry_path, none, config, &raw mut driver))?;
    bad::prepare()
}

/// The number behind the last `_` of a registry path.
fn number_in(registry_path: PCUNICODE_STRING) -> usize {
    // SAFETY: the framework's string.
    let path = unsafe { registry_path.read() };
    // SAFETY: so many bytes are there, until DriverEntry returns.
    let units = unsafe { std::slice::from_raw_parts(path.Buffer, usize::from(path.Length / 2)) };
    let path = String::from_utf16_lossy(units);
    path.rsplit('_').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// What the INF asks for.
fn asked() -> Run {
    Run::of_number(ASKED.load(Ordering::Relaxed))
}

/// Whether the rules that the calls break are switched off.
fn is_without_rules() -> bool {
    matches!(asked(), Run::Broken(_))
}

/// Makes the calls that are asked for at this place.
fn perform(place: Place) {
    let asked = asked().rows();
    for row in asked.iter().filter(|row| row.function.place == place) {
        calls::perform(row);
    }
}

unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of(add(init))
}

fn create_queue(device: WDFDEVICE, mut config: WDF_IO_QUEUE_CONFIG) -> Result<WDFQUEUE, NTSTATUS> {
    let (mut queue, none) = (null_mut(), WDF_NO_OBJECT_ATTRIBUTES);
    check(wdf!(WdfIoQueueCreate, device, &raw mut config, none, &raw mut queue))?;
    Ok(queue)
}

fn add(mut init: PWDFDEVICE_INIT) -> Result<(), NTSTATUS> {
    good::INIT.store(init, Ordering::Relaxed);
    perform(Place::Init);
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, good::pnp_callbacks(|_| ()));
    wdf!(WdfDeviceInitSetFileObjectConfig, init, good::files(|_| ()), WDF_NO_OBJECT_ATTRIBUTES);
    let mut device = null_mut();
    check(wdf!(WdfDeviceCreate, &raw mut init, WDF_NO_OBJECT_ATTRIBUTES, &raw mut device))?;
    check(wdf!(WdfDeviceCreateDeviceInterface, device, good::class(), null()))?;
    // One request after the other, so that those for the calls are there before the call.
    let default = WDF_IO_QUEUE_CONFIG {
        DispatchType: Dispatch::WdfIoQueueDispatchSequential,
        DefaultQueue: BOOLEAN::from(true),
        EvtIoDeviceControl: Some(evt_io_device_control),
        ..manual_queue_config()
    };
    create_queue(device, default)?;
    good::DEVICE.store(device, Ordering::Relaxed);
    for queue in [&good::HELD, &good::WAITING, &good::EMPTY] {
        queue.store(create_queue(device, manual_queue_config())?, Ordering::Relaxed);
    }
    good::create_interrupt()?;
    perform(Place::Add);
    Ok(())
}

unsafe extern "C" fn evt_io_device_control(
    _queue: WDFQUEUE,
    request: WDFREQUEST,
    _output_length: usize,
    _input_length: usize,
    code: ULONG,
) {
    let put_aside = match code {
        HOLD => good::HELD.load(Ordering::Relaxed),
        LET_WAIT => {
            good::WAITER.store(request, Ordering::Relaxed);
            good::waiting()
        }
        _ => null_mut(),
    };
    if put_aside.is_null() {
        if code == CALL {
            call();
        }
        complete(request, STATUS_SUCCESS, 0);
    } else {
        expect("a request is put aside", wdf!(WdfRequestForwardToIoQueue, request, put_aside), 0);
    }
}

fn retrieve(queue: WDFQUEUE) -> WDFREQUEST {
    let mut request = null_mut();
    let _ = wdf!(WdfIoQueueRetrieveNextRequest, queue, &raw mut request);
    request
}

/// Requests of a queue that the driver has.
fn owned(queue: WDFQUEUE) -> ULONG {
    let mut owned = 0;
    let _ = wdf!(WdfIoQueueGetState, queue, null_mut(), &raw mut owned);
    owned
}

/// Whether the call of a row leaves the request marked as cancelable.
fn leaves_mark(row: &Row) -> bool {
    let marks = ["WdfRequestMarkCancelable", "WdfRequestMarkCancelableEx"].contains(&row.function.name);
    marks && row.mistake == Mistake::None
}

fn call() {
    let held = good::HELD.load(Ordering::Relaxed);
    good::REQUEST.store(retrieve(held), Ordering::Relaxed);
    perform(Place::Call);
    good::forget_found();
    if owned(held) > 0 {
        if asked().rows().iter().any(leaves_mark) {
            let _ = wdf!(WdfRequestUnmarkCancelable, good::request());
        }
        complete(good::request(), STATUS_CANCELLED, 0);
    }
    if owned(good::waiting()) > 0 {
        // A call has taken it; nobody else would complete it.
        complete(good::WAITER.load(Ordering::Relaxed), STATUS_CANCELLED, 0);
    }
}
