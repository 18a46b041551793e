//! A driver that makes one call of a table: with good arguments, or with one that is wrong.

#![allow(unsafe_code, reason = "the calls are made through the C interface, also wrongly")]

extern crate wdk_portable as wdk_sys;

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{
    _WDF_FILEOBJECT_CLASS, _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, _WDF_TRI_STATE as TriState, BOOLEAN,
    GUID, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDFDEVICE_INIT, STATUS_CANCELLED, STATUS_SUCCESS,
    ULONG, WDF_DRIVER_CONFIG, WDF_FILEOBJECT_CONFIG, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES,
    WDFDEVICE, WDFDRIVER, WDFQUEUE, WDFREQUEST,
};

use rows::{ALL_OF, Mistake, Row, headers, rows};
use says::expect;
use wdf::{check, complete, manual_queue_config, read_and_close, size_field, status_of, wdf};

#[macro_use]
mod table;
mod bad;
mod calls;
mod good;
pub mod rows;
#[path = "../probe_io/says.rs"]
#[expect(dead_code, reason = "the other fixture driver needs more of it")]
mod says;
#[path = "../misbehave/wdf.rs"]
#[expect(dead_code, reason = "the other fixture driver needs more of it")]
mod wdf;

wdk_sys::export_fx_driver_entry_um!(driver_entry);

/// Makes the call.
const CALL: ULONG = 0x22_2000;
/// Is there for the calls: the driver has it.
const HOLD: ULONG = 0x22_2004;
/// Is there for the calls: it waits in a queue.
const LET_WAIT: ULONG = 0x22_2008;

/// The row that the INF asks for.
static ASKED: AtomicU32 = AtomicU32::new(0);

unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    status_of(start(driver, registry_path))
}

fn start(driver_object: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> Result<(), NTSTATUS> {
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(evt_driver_device_add),
        ..WDF_DRIVER_CONFIG::default()
    };
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let mut driver: WDFDRIVER = null_mut();
    check(wdf!(WdfDriverCreate, driver_object, registry_path, none, &raw mut config, &raw mut driver))?;
    let mut key = null_mut();
    check(wdf!(WdfDriverOpenParametersRegistryKey, driver, wdf::KEY_READ, none, &raw mut key))?;
    ASKED.store(read_and_close(key, "Misbehaviour")?, Ordering::Relaxed);
    bad::prepare()
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
    let mut files = WDF_FILEOBJECT_CONFIG {
        Size: size_field::<WDF_FILEOBJECT_CONFIG>(),
        AutoForwardCleanupClose: TriState::WdfUseDefault,
        FileObjectClass: _WDF_FILEOBJECT_CLASS::WdfFileObjectWdfCannotUseFsContexts,
        ..WDF_FILEOBJECT_CONFIG::default()
    };
    wdf!(WdfDeviceInitSetFileObjectConfig, init, &raw mut files, WDF_NO_OBJECT_ATTRIBUTES);
    let mut device = null_mut();
    check(wdf!(WdfDeviceCreate, &raw mut init, WDF_NO_OBJECT_ATTRIBUTES, &raw mut device))?;
    // {7c0b8f5e-2a44-4b0e-9d1c-52f7a86f2e11}, this fixture's own.
    let class = GUID {
        Data1: 0x7c0b_8f5e,
        Data2: 0x2a44,
        Data3: 0x4b0e,
        Data4: [0x9d, 0x1c, 0x52, 0xf7, 0xa8, 0x6f, 0x2e, 0x11],
    };
    check(wdf!(WdfDeviceCreateDeviceInterface, device, &raw const class, null()))?;
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
    match row.function.name {
        "WdfRequestMarkCancelable" | "WdfRequestMarkCancelableEx" => row.mistake == Mistake::None,
        "WdfRequestUnmarkCancelable" => row.mistake != Mistake::None,
        _ => false,
    }
}

fn call() {
    let held = good::HELD.load(Ordering::Relaxed);
    good::REQUEST.store(retrieve(held), Ordering::Relaxed);
    let asked = asked();
    for row in &asked {
        calls::perform(row);
    }
    good::forget_found();
    if owned(held) > 0 {
        if asked.iter().any(leaves_mark) {
            let _ = wdf!(WdfRequestUnmarkCancelable, good::request());
        }
        complete(good::request(), STATUS_CANCELLED, 0);
    }
    if owned(good::waiting()) > 0 {
        // A call has taken it; nobody else would complete it.
        complete(good::WAITER.load(Ordering::Relaxed), STATUS_CANCELLED, 0);
    }
}

/// The rows that the INF asks for.
fn asked() -> Vec<Row> {
    let asked = ASKED.load(Ordering::Relaxed);
    let Some(header) = asked.checked_sub(ALL_OF) else {
        return rows().into_iter().skip(asked as usize - 1).take(1).collect();
    };
    let header = headers().get(header as usize).copied().unwrap_or_default();
    let of_header = |row: &Row| row.function.header == header && row.mistake != Mistake::None;
    rows().into_iter().filter(of_header).collect()
}
