//! `wdfio.h`: queues. How requests move through them is in [`crate::io`].

use std::collections::VecDeque;

use wdk_portable::{
    _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, _WDF_REQUEST_TYPE as RequestType, _WDF_TRI_STATE, NTSTATUS,
    PFN_WDF_IO_QUEUE_IO_DEFAULT, PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL, PFN_WDF_IO_QUEUE_IO_STOP,
    PWDF_IO_QUEUE_CONFIG, PWDF_OBJECT_ATTRIBUTES, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE,
    STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER_4, STATUS_SUCCESS, STATUS_UNSUCCESSFUL,
    WDF_IO_QUEUE_CONFIG, WDF_REQUEST_TYPE, WDFDEVICE, WDFQUEUE,
};

use super::Stop;
use super::attributes::{self, Allowed};
use super::device::Device;
use super::objects::Handle;
use crate::status::STATUS_WDF_NO_CALLBACK;

/// A queue.
pub struct Queue {
    /// Its device.
    pub device: Handle,
    /// Requests go here unless they are routed elsewhere.
    pub default: bool,
    /// Requests wait while the device is not in D0.
    pub power_managed: bool,
    /// Requests that the driver may own at a time; 0 for a manual queue.
    pub limit: usize,
    /// Requests that wait, oldest first.
    pub waiting: VecDeque<Handle>,
    /// Requests that the driver owns.
    pub owned: Vec<Handle>,
    /// New requests are taken.
    pub accepting: bool,
    /// Types of requests that have a callback of their own.
    pub handled: Vec<WDF_REQUEST_TYPE>,
    /// EvtIoDeviceControl.
    pub device_control: PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL,
    /// EvtIoDefault.
    pub io_default: PFN_WDF_IO_QUEUE_IO_DEFAULT,
    /// EvtIoStop.
    pub io_stop: PFN_WDF_IO_QUEUE_IO_STOP,
}

impl Queue {
    /// Requests of this type can reach the driver through it (`FxIoQueue::IsIoEventHandlerRegistered`).
    pub fn handles(&self, kind: WDF_REQUEST_TYPE) -> bool {
        self.limit == 0 || self.io_default.is_some() || self.handled.contains(&kind)
    }
}

/// The types of requests that have a callback of their own.
fn handled(config: &WDF_IO_QUEUE_CONFIG) -> Vec<WDF_REQUEST_TYPE> {
    let callbacks = [
        (config.EvtIoRead.is_some(), RequestType::WdfRequestTypeRead),
        (config.EvtIoWrite.is_some(), RequestType::WdfRequestTypeWrite),
        (config.EvtIoDeviceControl.is_some(), RequestType::WdfRequestTypeDeviceControl),
        (config.EvtIoInternalDeviceControl.is_some(), RequestType::WdfRequestTypeDeviceControlInternal),
    ];
    callbacks.into_iter().filter(|(given, _)| *given).map(|(_, kind)| kind).collect()
}

/// The number of requests that a queue presents at a time.
fn presented(config: &WDF_IO_QUEUE_CONFIG) -> Result<usize, Stop> {
    // SAFETY: `Parallel` is the only member of the union, and any bit pattern is a number.
    let given = unsafe { config.Settings.Parallel }.NumberOfPresentedRequests;
    let handlers = config.EvtIoDefault.is_some()
        || config.EvtIoRead.is_some()
        || config.EvtIoWrite.is_some()
        || config.EvtIoDeviceControl.is_some();
    let manual = config.DispatchType == Dispatch::WdfIoQueueDispatchManual;
    let limit = match config.DispatchType {
        Dispatch::WdfIoQueueDispatchSequential => 1,
        Dispatch::WdfIoQueueDispatchParallel if given == 0 => usize::MAX,
        Dispatch::WdfIoQueueDispatchParallel => given as usize,
        Dispatch::WdfIoQueueDispatchManual => 0,
        _ => return Err(Stop::Status(STATUS_INVALID_PARAMETER)),
    };
    if !manual && !handlers {
        return Err(Stop::Status(STATUS_WDF_NO_CALLBACK));
    }
    let parallel = config.DispatchType == Dispatch::WdfIoQueueDispatchParallel;
    if (manual && handlers) || (!parallel && given != 0) {
        return Err(Stop::Status(STATUS_INVALID_PARAMETER));
    }
    Ok(limit)
}

ddi! {
    /// Makes a queue.
    fn WdfIoQueueCreate(
        host,
        Device: WDFDEVICE,
        Config: PWDF_IO_QUEUE_CONFIG,
        QueueAttributes: PWDF_OBJECT_ATTRIBUTES,
        Queue: *mut WDFQUEUE,
    ) -> NTSTATUS {
        let mut state = host.state();
        let device = state.objects.resolve::<Device>(host, Device, "Device")?;
        Config.require(host, "Config")?;
        let allowed = Allowed { parent: true, level: true, scope: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, QueueAttributes, allowed)?;
        let config = Config.read_sized(host, "Config")?;
        let default = config.DefaultQueue != 0;
        if !default && Queue.is_null() {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER_4));
        }
        let (started, has_default) =
            state.objects.get::<Device>(device).map_or((false, false), |d| (d.started, d.default_queue.is_some()));
        if default && started {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_STATE));
        }
        if attributes.parent.is_some_and(|parent| state.objects.device_above(parent) != Some(device)) {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        let limit = presented(&config)?;
        if default && has_default {
            return Err(Stop::Status(STATUS_UNSUCCESSFUL));
        }
        let body = Queue {
            device,
            default,
            // UseDefault is TRUE for a function driver.
            power_managed: config.PowerManaged != _WDF_TRI_STATE::WdfFalse,
            limit,
            waiting: VecDeque::new(),
            owned: Vec::new(),
            accepting: true,
            handled: handled(&config),
            device_control: config.EvtIoDeviceControl,
            io_default: config.EvtIoDefault,
            io_stop: config.EvtIoStop,
        };
        let queue = state.objects.create(host, body, Some(device), attributes);
        if let Some(device) = state.objects.get_mut::<Device>(device).filter(|_| default) {
            device.default_queue = Some(queue);
        }
        Queue.write_if_any(queue.raw());
        Ok(STATUS_SUCCESS)
    }

    /// The device of a queue.
    fn WdfIoQueueGetDevice(host, Queue: WDFQUEUE) -> WDFDEVICE {
        let state = host.state();
        let queue = state.objects.resolve::<Queue>(host, Queue, "Queue")?;
        let queue = state.objects.get::<Queue>(queue).ok_or(Stop::NoEffect)?;
        Ok(queue.device.raw())
    }
}
