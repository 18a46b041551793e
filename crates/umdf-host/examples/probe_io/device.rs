//! The device and its queues.

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use wdk_sys::{
    _WDF_FILEOBJECT_CLASS as FileClass, _WDF_IO_QUEUE_CONFIG__bindgen_ty_1,
    _WDF_IO_QUEUE_CONFIG__bindgen_ty_1__bindgen_ty_1, _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch,
    _WDF_REQUEST_TYPE as RequestType, _WDF_SYNCHRONIZATION_SCOPE as Scope, _WDF_TRI_STATE as TriState,
    BOOLEAN, GUID, NTSTATUS, PWDFDEVICE_INIT, STATUS_SUCCESS, WDF_FILEOBJECT_CONFIG, WDF_IO_QUEUE_CONFIG,
    WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_DEVICE_STATE,
    WDFDEVICE, WDFDRIVER, WDFFILEOBJECT, WDFQUEUE, WDFQUEUE__,
};

use crate::case::Case;
use crate::wdf::{attributes, check, manual_queue_config, size_field, status_of, wdf};
use crate::{asked, cancel, queues, requests, says, transfer};

/// Where requests wait until the driver looks for them. One device, so statics will do.
pub static HELD: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// As `HELD`, with EvtIoCanceledOnQueue.
pub static WATCHED: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// A queue that takes no requests.
pub static DRAINED: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// The default queue.
pub static DEFAULT: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());
/// EvtFileCleanup was called.
pub static CLEANED: AtomicBool = AtomicBool::new(false);
/// Where opens go, if to a queue.
pub static OPENS: AtomicPtr<WDFQUEUE__> = AtomicPtr::new(null_mut());

/// A queue that calls the driver.
pub fn queue_config(dispatch: i32) -> WDF_IO_QUEUE_CONFIG {
    WDF_IO_QUEUE_CONFIG { DispatchType: dispatch, PowerManaged: TriState::WdfFalse, ..manual_queue_config() }
}

/// Makes a queue.
pub fn create(device: WDFDEVICE, mut config: WDF_IO_QUEUE_CONFIG, scope: i32) -> Result<WDFQUEUE, NTSTATUS> {
    let mut attributes = WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..attributes(null_mut()) };
    let mut queue = null_mut();
    check(wdf!(WdfIoQueueCreate, device, &raw mut config, &raw mut attributes, &raw mut queue))?;
    Ok(queue)
}

pub unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of(add(init))
}

fn add(mut init: PWDFDEVICE_INIT) -> Result<(), NTSTATUS> {
    let inherit = Scope::WdfSynchronizationScopeInheritFromParent;
    let sees_opens = [Case::FileCreate, Case::NoFileObject, Case::QueueAndFileCreate, Case::QueueOfOpen];
    let sees_opens = sees_opens.into_iter().any(asked);
    let mut files = WDF_FILEOBJECT_CONFIG {
        Size: size_field::<WDF_FILEOBJECT_CONFIG>(),
        EvtDeviceFileCreate: if sees_opens { Some(transfer::evt_device_file_create) } else { None },
        EvtFileCleanup: Some(evt_file_cleanup),
        EvtFileClose: Some(evt_file_close),
        AutoForwardCleanupClose: TriState::WdfUseDefault,
        FileObjectClass: if asked(Case::NoFileObject) {
            FileClass::WdfFileObjectNotRequired
        } else {
            FileClass::WdfFileObjectWdfCannotUseFsContexts
        },
    };
    wdf!(WdfDeviceInitSetFileObjectConfig, init, &raw mut files, WDF_NO_OBJECT_ATTRIBUTES);
    if asked(Case::Linger) {
        let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
            Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
            EvtDeviceD0Exit: Some(evt_device_d0_exit),
            EvtDeviceSelfManagedIoCleanup: Some(evt_device_self_managed_io_cleanup),
            ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
        };
        wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    }
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        SynchronizationScope: if asked(Case::DeviceScope) || asked(Case::AcquireLockOnThreads) {
            Scope::WdfSynchronizationScopeDevice
        } else {
            inherit
        },
        ..attributes(null_mut())
    };
    let mut device = null_mut();
    check(wdf!(WdfDeviceCreate, &raw mut init, &raw mut attributes, &raw mut device))?;
    // {b1e5f4a0-5f0e-4c79-9f7c-2a0d6a1d9c12}, this fixture's own.
    let class = GUID {
        Data1: 0xb1e5_f4a0,
        Data2: 0x5f0e,
        Data3: 0x4c79,
        Data4: [0x9f, 0x7c, 0x2a, 0x0d, 0x6a, 0x1d, 0x9c, 0x12],
    };
    check(wdf!(WdfDeviceCreateDeviceInterface, device, &raw const class, null()))?;

    let parallel = _WDF_IO_QUEUE_CONFIG__bindgen_ty_1__bindgen_ty_1 {
        NumberOfPresentedRequests: if asked(Case::TwoAtATime) { 2 } else { 0 },
    };
    let default = WDF_IO_QUEUE_CONFIG {
        PowerManaged: TriState::WdfTrue,
        DefaultQueue: BOOLEAN::from(true),
        EvtIoDeviceControl: Some(requests::evt_io_device_control),
        EvtIoStop: Some(cancel::evt_io_stop),
        Settings: _WDF_IO_QUEUE_CONFIG__bindgen_ty_1 { Parallel: parallel },
        ..queue_config(Dispatch::WdfIoQueueDispatchParallel)
    };
    let scope = if asked(Case::QueueScope) { Scope::WdfSynchronizationScopeQueue } else { inherit };
    let default = create(device, default, scope)?;
    DEFAULT.store(default, Ordering::Relaxed);
    let manual = queue_config(Dispatch::WdfIoQueueDispatchManual);
    HELD.store(create(device, manual, inherit)?, Ordering::Relaxed);
    let watched =
        WDF_IO_QUEUE_CONFIG { EvtIoCanceledOnQueue: Some(cancel::evt_io_canceled_on_queue), ..manual };
    WATCHED.store(create(device, watched, inherit)?, Ordering::Relaxed);
    let drained = create(device, manual, inherit)?;
    wdf!(WdfIoQueueDrain, drained, None, null_mut());
    DRAINED.store(drained, Ordering::Relaxed);
    route(device, drained)?;
    if asked(Case::Checks) {
        queues::before_start(device, default)?;
    }
    Ok(())
}

fn route(device: WDFDEVICE, manual: WDFQUEUE) -> Result<(), NTSTATUS> {
    let inherit = Scope::WdfSynchronizationScopeInheritFromParent;
    let transfers = WDF_IO_QUEUE_CONFIG {
        EvtIoRead: Some(transfer::evt_io_read),
        EvtIoWrite: Some(transfer::evt_io_write),
        ..queue_config(Dispatch::WdfIoQueueDispatchSequential)
    };
    let transfers = create(device, transfers, inherit)?;
    check(wdf!(WdfDeviceConfigureRequestDispatching, device, transfers, RequestType::WdfRequestTypeRead))?;
    check(wdf!(WdfDeviceConfigureRequestDispatching, device, transfers, RequestType::WdfRequestTypeWrite))?;
    let forwards = asked(Case::FileCreate) || asked(Case::NoFileObject);
    if forwards || asked(Case::CreateQueue) || asked(Case::QueueAndFileCreate) {
        let creates = WDF_IO_QUEUE_CONFIG {
            EvtIoDefault: Some(transfer::evt_io_default),
            ..queue_config(Dispatch::WdfIoQueueDispatchParallel)
        };
        let creates = create(device, creates, inherit)?;
        OPENS.store(creates, Ordering::Relaxed);
        if !forwards {
            let opens = RequestType::WdfRequestTypeCreate;
            check(wdf!(WdfDeviceConfigureRequestDispatching, device, creates, opens))?;
        }
    }
    if asked(Case::Checks) {
        queues::routes(device, manual);
    }
    Ok(())
}

unsafe extern "C" fn evt_device_d0_exit(_device: WDFDEVICE, _target: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    says::note("D0 exit");
    STATUS_SUCCESS
}

/// Comes after the purge of the queues that are not power-managed.
unsafe extern "C" fn evt_device_self_managed_io_cleanup(_device: WDFDEVICE) {
    says::note("I/O cleanup");
}

unsafe extern "C" fn evt_file_cleanup(file: WDFFILEOBJECT) {
    says::expect("file object of EvtFileCleanup", file.is_null(), asked(Case::NoFileObject));
    CLEANED.store(true, Ordering::Relaxed);
    says::note("cleanup");
}

unsafe extern "C" fn evt_file_close(file: WDFFILEOBJECT) {
    says::expect("file object of EvtFileClose", file.is_null(), asked(Case::NoFileObject));
    says::note("close");
}
