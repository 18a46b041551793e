//! The device and its queues.

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{
    _WDF_FILEOBJECT_CLASS, _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, _WDF_REQUEST_TYPE as RequestType,
    _WDF_TRI_STATE as TriState, BOOLEAN, GUID, NTSTATUS, PWDFDEVICE_INIT, STATUS_SUCCESS, ULONG,
    WDF_FILEOBJECT_CONFIG, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDFCMRESLIST, WDFDEVICE, WDFDEVICE__, WDFDRIVER, WDFFILEOBJECT,
    WDFIOTARGET, WDFQUEUE, WDFQUEUE__, WDFREQUEST,
};

use crate::case::{Case, Trip, below};
use crate::wdf::{attributes, check, complete, manual_queue_config, size_field, status_of, wdf};
use crate::{asked, made, memory, passed_on, sent, synchronous, targets, trips};

/// The checks, each a request.
const MADE: ULONG = 0x22_2000;
const MEMORY: ULONG = 0x22_2004;
const SENT: ULONG = 0x22_2008;
const SYNCHRONOUS: ULONG = 0x22_200c;
const TARGETS: ULONG = 0x22_2010;
/// A mistake.
const MISDEED: ULONG = 0x22_2014;
/// Comes back when a request was sent on.
const BARRIER: ULONG = 0x22_2018;

static DEVICE: AtomicPtr<WDFDEVICE__> = AtomicPtr::new(null_mut());
/// A manual queue.
static HELD: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());

/// The one device.
pub fn device() -> WDFDEVICE {
    DEVICE.load(Ordering::Relaxed)
}

/// Its next lower driver.
pub fn target() -> WDFIOTARGET {
    wdf!(WdfDeviceGetIoTarget, device())
}

/// A manual queue.
pub fn held() -> WDFQUEUE {
    HELD.load(Ordering::Relaxed)
}

pub unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of(add(init))
}

fn create_queue(device: WDFDEVICE, mut config: WDF_IO_QUEUE_CONFIG) -> Result<WDFQUEUE, NTSTATUS> {
    let mut queue = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    check(wdf!(WdfIoQueueCreate, device, &raw mut config, none, &raw mut queue))?;
    Ok(queue)
}

fn add(mut init: PWDFDEVICE_INIT) -> Result<(), NTSTATUS> {
    let mut files = WDF_FILEOBJECT_CONFIG {
        Size: size_field::<WDF_FILEOBJECT_CONFIG>(),
        EvtFileCleanup: Some(evt_file_cleanup),
        EvtFileClose: Some(evt_file_close),
        AutoForwardCleanupClose: TriState::WdfUseDefault,
        FileObjectClass: _WDF_FILEOBJECT_CLASS::WdfFileObjectWdfCannotUseFsContexts,
        ..WDF_FILEOBJECT_CONFIG::default()
    };
    wdf!(WdfDeviceInitSetFileObjectConfig, init, &raw mut files, WDF_NO_OBJECT_ATTRIBUTES);
    memory::watch_requests(init);
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    let mut device = null_mut();
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(passed_on::evt_cleanup_callback),
        ..attributes(null_mut())
    };
    check(wdf!(WdfDeviceCreate, &raw mut init, &raw mut attributes, &raw mut device))?;
    DEVICE.store(device, Ordering::Relaxed);
    // {0d6f6a3c-73f1-4f3e-8b14-6b8f0d5a2f01}, this fixture's own.
    let class = GUID {
        Data1: 0x0d6f_6a3c,
        Data2: 0x73f1,
        Data3: 0x4f3e,
        Data4: [0x8b, 0x14, 0x6b, 0x8f, 0x0d, 0x5a, 0x2f, 0x01],
    };
    check(wdf!(WdfDeviceCreateDeviceInterface, device, &raw const class, null()))?;
    let queue = |dispatch| WDF_IO_QUEUE_CONFIG {
        DispatchType: dispatch,
        PowerManaged: TriState::WdfTrue,
        ..manual_queue_config()
    };
    create_queue(
        device,
        WDF_IO_QUEUE_CONFIG {
            DefaultQueue: BOOLEAN::from(true),
            EvtIoDeviceControl: Some(evt_io_device_control),
            EvtIoDefault: Some(passed_on::evt_io_default),
            EvtIoStop: Some(passed_on::evt_io_stop),
            ..queue(Dispatch::WdfIoQueueDispatchParallel)
        },
    )?;
    HELD.store(create_queue(device, queue(Dispatch::WdfIoQueueDispatchManual))?, Ordering::Relaxed);
    if asked(Case::PassOnOpens) || trips(Trip::ForgetOpen) {
        let opens = WDF_IO_QUEUE_CONFIG {
            EvtIoDefault: Some(passed_on::evt_io_default_of_opens),
            ..queue(Dispatch::WdfIoQueueDispatchSequential)
        };
        let (opens, create) = (create_queue(device, opens)?, RequestType::WdfRequestTypeCreate);
        check(wdf!(WdfDeviceConfigureRequestDispatching, device, opens, create))?;
    }
    Ok(())
}

unsafe extern "C" fn evt_device_release_hardware(_device: WDFDEVICE, _resources: WDFCMRESLIST) -> NTSTATUS {
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_file_cleanup(_file: WDFFILEOBJECT) {}

unsafe extern "C" fn evt_file_close(_file: WDFFILEOBJECT) {}

unsafe extern "C" fn evt_io_device_control(
    _queue: WDFQUEUE,
    request: WDFREQUEST,
    _output_length: usize,
    _input_length: usize,
    code: ULONG,
) {
    match code {
        MADE => made::check(request),
        MEMORY => memory::check(request),
        SENT => sent::check(),
        SYNCHRONOUS => synchronous::check(),
        TARGETS => targets::check(),
        BARRIER => passed_on::wait(),
        MISDEED => return trips::misdeed(request),
        below::KEPT | below::ANSWERED | below::UNKNOWN => return passed_on::send(request),
        _ => {}
    }
    complete(request, STATUS_SUCCESS, 0);
}
