//! I/O queues.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_TRI_STATE, BOOLEAN, STATUS_NO_MORE_ENTRIES, ULONG, WDF_IO_QUEUE_CONFIG,
    WDF_NO_OBJECT_ATTRIBUTES, WDFQUEUE, WDFREQUEST, call_unsafe_wdf_function_binding,
};

use super::object::size_field;
use super::{Argument, Callback, Device, Object, Ref, Request, Subject, check};
use crate::error::Error;

/// EvtIoDeviceControl: queue, request, output length, input length, code.
type EvtIoDeviceControl = Callback<unsafe extern "C" fn(WDFQUEUE, WDFREQUEST, usize, usize, ULONG)>;

/// EvtIoStop: queue, request, WDF_REQUEST_STOP_ACTION_FLAGS.
type EvtIoStop = Callback<unsafe extern "C" fn(WDFQUEUE, WDFREQUEST, ULONG)>;

/// A queue for device-control requests; it dies with its device.
pub(crate) struct Queue(WDFQUEUE);

// SAFETY: the framework takes queue handles on any thread.
unsafe impl Send for Queue {}
// SAFETY: as above.
unsafe impl Sync for Queue {}

impl Object for Queue {
    type Handle = WDFQUEUE;

    unsafe fn from_handle(handle: WDFQUEUE) -> Self {
        Self(handle)
    }
}

impl Subject for Queue {
    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        Some(self.device())
    }
}

impl Queue {
    /// The queue that gets the device's requests: as many at a time as there are.
    pub fn default_parallel(device: &Device, device_control: EvtIoDeviceControl) -> Result<Self, Error> {
        let mut config = config(device_control);
        config.DispatchType = _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchParallel;
        config.DefaultQueue = BOOLEAN::from(true);
        config.Settings.Parallel.NumberOfPresentedRequests = ULONG::MAX;
        Self::create(device, config)
    }

    /// A queue that gets what is forwarded to it: one request at a time, the next when that one is completed.
    ///
    /// `stop` is called for the one that the driver has, when the device is about to leave D0 or to be removed.
    pub fn sequential(
        device: &Device,
        device_control: EvtIoDeviceControl,
        stop: EvtIoStop,
    ) -> Result<Self, Error> {
        let mut config = config(device_control);
        config.DispatchType = _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchSequential;
        config.EvtIoStop = Some(stop.function());
        Self::create(device, config)
    }

    /// A queue that keeps what is forwarded to it until the driver takes it out, whatever power the device has. The
    /// framework cancels what is in it: when the caller cancels or closes its handle, and when the device is removed.
    pub fn manual(device: &Device) -> Result<Self, Error> {
        let config = WDF_IO_QUEUE_CONFIG {
            Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
            DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchManual,
            PowerManaged: _WDF_TRI_STATE::WdfFalse,
            ..WDF_IO_QUEUE_CONFIG::default()
        };
        Self::create(device, config)
    }

    fn create(device: &Device, mut config: WDF_IO_QUEUE_CONFIG) -> Result<Self, Error> {
        let mut queue: WDFQUEUE = null_mut();
        // SAFETY: the device is valid; the other pointers point to locals.
        unsafe {
            call!(WdfIoQueueCreate(
                device.handle(),
                &raw mut config,
                WDF_NO_OBJECT_ATTRIBUTES,
                &raw mut queue
            ))
        }?;
        Ok(Self(queue))
    }

    /// The handle, for the other wrappers.
    pub(super) fn handle(&self) -> WDFQUEUE {
        self.0
    }

    /// Takes out of a manual queue what has been in it for longest; `None` if it is empty.
    pub fn retrieve_next(&self) -> Result<Option<Request>, Error> {
        let mut request: WDFREQUEST = null_mut();
        // SAFETY: the queue is valid; the handle goes to a local.
        let status = unsafe {
            call_unsafe_wdf_function_binding!(WdfIoQueueRetrieveNextRequest, self.0, &raw mut request)
        };
        if status == STATUS_NO_MORE_ENTRIES {
            return Ok(None);
        }
        check("WdfIoQueueRetrieveNextRequest", status)?;
        // SAFETY: the framework has just given it to the driver.
        Ok(Some(unsafe { Request::from_raw(request) }))
    }

    /// The queue's device.
    pub fn device(&self) -> Ref<'_, Device> {
        // SAFETY: the queue is valid.
        let device = unsafe { call_unsafe_wdf_function_binding!(WdfIoQueueGetDevice, self.0) };
        // SAFETY: the framework just handed it out, and it lives at least as long as the queue.
        unsafe { Ref::new(device) }
    }
}

/// What the kinds share that deliver requests: these wait while the device is not in D0.
fn config(device_control: EvtIoDeviceControl) -> WDF_IO_QUEUE_CONFIG {
    WDF_IO_QUEUE_CONFIG {
        Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
        PowerManaged: _WDF_TRI_STATE::WdfTrue,
        EvtIoDeviceControl: Some(device_control.function()),
        ..WDF_IO_QUEUE_CONFIG::default()
    }
}
