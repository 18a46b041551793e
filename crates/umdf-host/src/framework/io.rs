//! `wdfio.h`: queues. How requests move through them is in [`crate::io`].

pub mod control;
pub mod retrieve;

use std::collections::{BTreeMap, VecDeque};
use std::mem::offset_of;

use wdk_portable::{
    _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, _WDF_REQUEST_TYPE as RequestType, _WDF_TRI_STATE, NTSTATUS,
    PFN_WDF_IO_QUEUE_STATE, PWDF_IO_QUEUE_CONFIG, PWDF_OBJECT_ATTRIBUTES, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_INVALID_PARAMETER_4, STATUS_SUCCESS,
    STATUS_UNSUCCESSFUL, WDF_IO_QUEUE_CONFIG, WDF_IO_QUEUE_DISPATCH_TYPE, WDF_REQUEST_TYPE, WDFDEVICE,
    WDFQUEUE,
};

use super::Stop;
use super::attributes::{self, Allowed};
use super::device::Device;
use super::driver::Driver;
use super::objects::Handle;
use super::pointer::Pointer;
use crate::status::STATUS_WDF_NO_CALLBACK;

/// Sizes of WDF_IO_QUEUE_CONFIG before it had its last members (framework 1.7 and 1.9).
const OLDER_CONFIGS: [usize; 2] =
    [offset_of!(WDF_IO_QUEUE_CONFIG, Settings), offset_of!(WDF_IO_QUEUE_CONFIG, Driver)];

/// Where requests of a type go, by `WDF_REQUEST_TYPE`.
pub type Routes = BTreeMap<WDF_REQUEST_TYPE, Handle>;

/// Somebody wants to know when a queue reaches a state.
#[derive(Clone, Copy, Default)]
pub struct Notice {
    /// The driver's function; `None` where a framework function waits.
    pub function: PFN_WDF_IO_QUEUE_STATE,
    /// The driver's own value, opaque here.
    pub context: usize,
}

/// A queue.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one queue")]
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
    /// Callbacks for requests that are due or have not returned.
    pub calling: usize,
    /// Callbacks that tell of the queue, likewise. They come on threads of their own here, so nothing that
    /// they could tell waits for them.
    pub telling: usize,
    /// New requests are taken.
    pub accepting: bool,
    /// Requests are presented and may be retrieved.
    pub dispatching: bool,
    /// The device goes: nothing makes the queue take requests again.
    pub shut_down: bool,
    /// It is being purged: requests count as cancelled.
    pub gives_up: bool,
    /// The first request arrived since a manual queue was last told about.
    pub became_ready: bool,
    /// Who waits for the driver to own none.
    pub stopped: Option<Notice>,
    /// Who waits for the queue to have none either.
    pub purged: Option<Notice>,
    /// `WdfIoQueueReadyNotify`.
    pub ready: Option<Notice>,
    /// What the driver asked for, with its callbacks.
    pub config: WDF_IO_QUEUE_CONFIG,
}

// SAFETY: the only pointer in the configuration is a handle, which is never followed.
unsafe impl Send for Queue {}

impl Queue {
    /// A manual queue that is not power-managed. The other members make others of it.
    fn new(device: Handle, config: WDF_IO_QUEUE_CONFIG) -> Self {
        Self {
            device,
            default: false,
            power_managed: false,
            limit: 0,
            waiting: VecDeque::new(),
            owned: Vec::new(),
            calling: 0,
            telling: 0,
            accepting: true,
            dispatching: true,
            shut_down: false,
            gives_up: false,
            became_ready: false,
            stopped: None,
            purged: None,
            ready: None,
            config,
        }
    }

    /// The framework's own, where opens are while EvtDeviceFileCreate has them (`fxpkggeneral.cpp`).
    pub fn of_creates(device: Handle) -> Self {
        let kind = Dispatch::WdfIoQueueDispatchManual;
        Self::new(device, WDF_IO_QUEUE_CONFIG { DispatchType: kind, ..WDF_IO_QUEUE_CONFIG::default() })
    }

    fn kind(&self) -> WDF_IO_QUEUE_DISPATCH_TYPE {
        self.config.DispatchType
    }

    /// The driver retrieves the requests itself.
    pub fn is_manual(&self) -> bool {
        self.kind() == Dispatch::WdfIoQueueDispatchManual
    }

    /// Whether a new or forwarded request may come in.
    pub fn takes_requests(&self) -> bool {
        self.accepting && !self.shut_down
    }

    /// Whether it has something to call for requests of this type.
    pub fn handles(&self, request: WDF_REQUEST_TYPE) -> bool {
        let config = &self.config;
        self.is_manual()
            || config.EvtIoDefault.is_some()
            || match request {
                RequestType::WdfRequestTypeRead => config.EvtIoRead.is_some(),
                RequestType::WdfRequestTypeWrite => config.EvtIoWrite.is_some(),
                RequestType::WdfRequestTypeDeviceControl => config.EvtIoDeviceControl.is_some(),
                RequestType::WdfRequestTypeDeviceControlInternal => {
                    config.EvtIoInternalDeviceControl.is_some()
                }
                _ => false,
            }
    }
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
        let config =
            Config.read_any_version(host, "Config", &OLDER_CONFIGS, WDF_IO_QUEUE_CONFIG::default())?;
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
        if !config.Driver.is_null() {
            // SAFETY: a handle is never dereferenced.
            state.objects.resolve::<Driver>(host, unsafe { Pointer::new(config.Driver) }, "Config->Driver")?;
        }
        let limit = presented(&config)?;
        if default && has_default {
            return Err(Stop::Status(STATUS_UNSUCCESSFUL));
        }
        let power_managed = match config.PowerManaged {
            _WDF_TRI_STATE::WdfFalse => false,
            _WDF_TRI_STATE::WdfTrue => true,
            _ => state.objects.get::<Device>(device).is_none_or(|device| !device.filter),
        };
        let body = Queue { default, power_managed, limit, ..Queue::new(device, config) };
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
