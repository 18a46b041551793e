//! Queues: states, notices, and what their functions refuse.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

use wdk_sys::{
    _WDF_IO_QUEUE_CONFIG__bindgen_ty_1, _WDF_IO_QUEUE_CONFIG__bindgen_ty_1__bindgen_ty_1,
    _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, _WDF_IO_QUEUE_STATE as State, _WDF_REQUEST_TYPE as RequestType,
    _WDF_SYNCHRONIZATION_SCOPE as Scope, _WDF_TRI_STATE as TriState, NTSTATUS, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER,
    STATUS_INVALID_PARAMETER_4, STATUS_NO_MORE_ENTRIES, STATUS_SUCCESS, ULONG, WDF_IO_QUEUE_CONFIG,
    WDF_REQUEST_PARAMETERS, WDFCONTEXT, WDFDEVICE, WDFQUEUE, WDFREQUEST,
};

use crate::device::{create, queue_config};
use crate::requests::wait_until;
use crate::says::expect;
use crate::wdf::wdf;

/// STATUS_WDF_PAUSED and STATUS_WDF_BUSY (`wdfstatus.h`).
pub const PAUSED: NTSTATUS = 0xC020_0203_u32.cast_signed();
pub const BUSY: NTSTATUS = 0xC020_0204_u32.cast_signed();

/// Queues that reached the state that was asked for.
pub static REACHED: AtomicUsize = AtomicUsize::new(0);
/// Queues that became ready.
pub static READY: AtomicUsize = AtomicUsize::new(0);

pub unsafe extern "C" fn reached(_queue: WDFQUEUE, context: WDFCONTEXT) {
    REACHED.fetch_add(context.addr(), Ordering::Relaxed);
}

pub unsafe extern "C" fn ready(_queue: WDFQUEUE, _context: WDFCONTEXT) {
    READY.fetch_add(1, Ordering::Relaxed);
}

/// The state, and the requests of the queue and of the driver.
pub fn state(queue: WDFQUEUE) -> (i32, ULONG, ULONG) {
    let (mut waiting, mut owned) = (0, 0);
    let state = wdf!(WdfIoQueueGetState, queue, &raw mut waiting, &raw mut owned);
    (state, waiting, owned)
}

pub fn next(queue: WDFQUEUE) -> (NTSTATUS, WDFREQUEST) {
    let mut request = null_mut();
    (wdf!(WdfIoQueueRetrieveNextRequest, queue, &raw mut request), request)
}

const EMPTY: i32 = State::WdfIoQueueNoRequests | State::WdfIoQueueDriverNoRequests;
const ACCEPT: i32 = State::WdfIoQueueAcceptRequests;
const DISPATCH: i32 = State::WdfIoQueueDispatchRequests;

/// What `WdfDeviceConfigureRequestDispatching` refuses without a report; `probe_device` has the rest.
pub fn routes(device: WDFDEVICE, manual: WDFQUEUE) {
    let found = wdf!(WdfDeviceConfigureRequestDispatching, device, manual, 5);
    expect("route of a strange type", found, STATUS_INVALID_PARAMETER);
}

pub fn before_start(device: WDFDEVICE, default: WDFQUEUE) -> Result<(), NTSTATUS> {
    let inherit = Scope::WdfSynchronizationScopeInheritFromParent;
    let manual = create(device, queue_config(Dispatch::WdfIoQueueDispatchManual), inherit)?;
    expect("state of a new queue", state(manual), (ACCEPT | DISPATCH | EMPTY, 0, 0));
    let held = ACCEPT | DISPATCH | EMPTY | State::WdfIoQueuePnpHeld;
    expect("state of a power-managed queue before D0", state(default), (held, 0, 0));
    expect("next of an empty queue", next(manual), (STATUS_NO_MORE_ENTRIES, null_mut()));
    expect("next of a parallel queue", next(default).0, STATUS_INVALID_DEVICE_STATE);
    let managed = WDF_IO_QUEUE_CONFIG {
        PowerManaged: TriState::WdfTrue,
        ..queue_config(Dispatch::WdfIoQueueDispatchManual)
    };
    let managed = create(device, managed, inherit)?;
    expect("next of a power-managed queue before D0", next(managed).0, PAUSED);
    versions(device);
    changes(manual);
    notices(manual, default);
    finding(manual, default);
    wdf!(WdfObjectDelete, manual.cast());
    Ok(())
}

/// Older configurations: what they lack is not looked at.
fn versions(device: WDFDEVICE) {
    let manual = queue_config(Dispatch::WdfIoQueueDispatchManual);
    let inherit = Scope::WdfSynchronizationScopeInheritFromParent;
    let made = |change: WDF_IO_QUEUE_CONFIG| create(device, change, inherit).err().unwrap_or(STATUS_SUCCESS);
    let driver = wdf!(WdfDeviceGetDriver, device);
    expect("queue with a driver", made(WDF_IO_QUEUE_CONFIG { Driver: driver, ..manual }), STATUS_SUCCESS);
    let presented = _WDF_IO_QUEUE_CONFIG__bindgen_ty_1__bindgen_ty_1 { NumberOfPresentedRequests: 5 };
    let given = WDF_IO_QUEUE_CONFIG {
        Settings: _WDF_IO_QUEUE_CONFIG__bindgen_ty_1 { Parallel: presented },
        ..manual
    };
    let (settings, length) = (STATUS_INVALID_PARAMETER, STATUS_INFO_LENGTH_MISMATCH);
    // Those of 1.7 and 1.9 end before `Settings` and before `Driver`.
    for (size, name, status) in [
        (79, "less than a 1.7 queue", length),
        (80, "1.7 queue with settings", STATUS_SUCCESS),
        (81, "more than a 1.7 queue", length),
        (88, "1.9 queue with settings", settings),
        (96, "queue with settings", settings),
        (97, "more than a queue", length),
    ] {
        expect(name, made(WDF_IO_QUEUE_CONFIG { Size: size, ..given }), status);
    }
    let no_driver = WDF_IO_QUEUE_CONFIG { Size: 88, Driver: device.cast(), ..manual };
    expect("1.9 queue with no driver", made(no_driver), STATUS_SUCCESS);
}

/// Stop, drain, purge and start of an empty queue.
fn changes(queue: WDFQUEUE) {
    let context = |number: usize| std::ptr::without_provenance_mut(number);
    wdf!(WdfIoQueueStop, queue, Some(reached), context(1));
    expect("state of a stopped queue", state(queue).0, ACCEPT | EMPTY);
    expect("next of a stopped queue", next(queue).0, PAUSED);
    wdf!(WdfIoQueueStart, queue);
    expect("state of a started queue", state(queue).0, ACCEPT | DISPATCH | EMPTY);
    wdf!(WdfIoQueueDrain, queue, Some(reached), context(10));
    expect("state of a drained queue", state(queue).0, DISPATCH | EMPTY);
    wdf!(WdfIoQueueStart, queue);
    wdf!(WdfIoQueuePurge, queue, Some(reached), context(100));
    expect("state of a purged queue", state(queue).0, DISPATCH | EMPTY);
    wdf!(WdfIoQueueStart, queue);
    wdf!(WdfIoQueueStopAndPurge, queue, Some(reached), context(1000));
    expect("state after stop and purge", state(queue).0, ACCEPT | EMPTY);
    wdf!(WdfIoQueueStopSynchronously, queue);
    wdf!(WdfIoQueueStopAndPurgeSynchronously, queue);
    expect("state after the synchronous stops", state(queue).0, ACCEPT | EMPTY);
    wdf!(WdfIoQueueStart, queue);
    wdf!(WdfIoQueueDrainSynchronously, queue);
    expect("state after the synchronous drain", state(queue).0, DISPATCH | EMPTY);
    wdf!(WdfIoQueueStart, queue);
    wdf!(WdfIoQueuePurgeSynchronously, queue);
    expect("state after the synchronous purge", state(queue).0, DISPATCH | EMPTY);
    wdf!(WdfIoQueueStart, queue);
}

/// WdfIoQueueReadyNotify.
fn notices(queue: WDFQUEUE, parallel: WDFQUEUE) {
    let notify = |queue, function| wdf!(WdfIoQueueReadyNotify, queue, function, null_mut());
    expect("ready notice of a parallel queue", notify(parallel, Some(ready)), STATUS_INVALID_DEVICE_REQUEST);
    expect("no ready notice, which is none", notify(queue, None), STATUS_INVALID_DEVICE_REQUEST);
    expect("ready notice", notify(queue, Some(ready)), STATUS_SUCCESS);
    expect("ready notice twice", notify(queue, Some(ready)), STATUS_INVALID_DEVICE_REQUEST);
    expect("no ready notice of a started queue", notify(queue, None), STATUS_INVALID_DEVICE_REQUEST);
    wdf!(WdfIoQueueStop, queue, None, null_mut());
    expect("no ready notice of a stopped queue", notify(queue, None), STATUS_SUCCESS);
    wdf!(WdfIoQueueStart, queue);
}

/// WdfIoQueueFindRequest without requests.
fn finding(queue: WDFQUEUE, parallel: WDFQUEUE) {
    let mut request = null_mut();
    let mut parameters = WDF_REQUEST_PARAMETERS::default();
    let mut find = |queue, parameters| {
        wdf!(WdfIoQueueFindRequest, queue, null_mut(), null_mut(), parameters, &raw mut request)
    };
    expect("find in a parallel queue", find(parallel, null_mut()), STATUS_INVALID_DEVICE_REQUEST);
    expect("find in an empty queue", find(queue, null_mut()), STATUS_NO_MORE_ENTRIES);
    expect("find with parameters of no size", find(queue, &raw mut parameters), STATUS_INVALID_PARAMETER_4);
}

/// What is refused after the start, and what was called since.
pub fn after_start(device: WDFDEVICE, default: WDFQUEUE, manual: WDFQUEUE) {
    let route =
        wdf!(WdfDeviceConfigureRequestDispatching, device, manual, RequestType::WdfRequestTypeDeviceControl);
    expect("route after the start", route, STATUS_INVALID_DEVICE_STATE);
    expect("device of a queue", wdf!(WdfIoQueueGetDevice, manual), device);
    // Each callback comes on a thread of the host.
    wait_until(|| REACHED.load(Ordering::Relaxed) == 1111);
    expect("state callbacks", REACHED.load(Ordering::Relaxed), 1111);
    expect("state of the default queue", state(default).0, ACCEPT | DISPATCH | State::WdfIoQueueNoRequests);
}
