//! I/O queues.
//!
//! Sources: Microsoft Learn, "Creating I/O Queues", "WdfIoQueueCreate function (wdfio.h)",
//! "EVT_WDF_IO_QUEUE_IO_STOP callback function (wdfio.h)".

use wdk_sys::{
    _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_TRI_STATE, BOOLEAN, ULONG, WDF_IO_QUEUE_CONFIG, WDFQUEUE, WDFREQUEST,
};

use super::{Device, DeviceContext, Error, Request, callback::serve};

/// EvtIoDeviceControl: what a queue does with its requests.
pub(crate) trait IoDeviceControl {
    /// The request is the driver's now.
    fn device_control(context: &DeviceContext, request: Request, asked: Parameters) -> Result<(), Error>;
}

/// What EvtIoDeviceControl gets with a request.
#[derive(Clone, Copy)]
pub(crate) struct Parameters {
    /// Bytes of the output buffer.
    pub output_length: usize,
    /// Bytes of the input buffer.
    pub input_length: usize,
    /// The I/O control code.
    pub code: ULONG,
}

/// EvtIoStop.
pub(crate) trait IoStop {
    /// The device is about to leave D0 or to be removed, and the driver has a request of the queue. It has it already:
    /// so it does not get it once more.
    fn stop(context: &DeviceContext) -> Result<(), Error>;
}

/// A queue for device-control requests; it dies with its device.
pub(crate) struct Queue(pub(super) WDFQUEUE);

// SAFETY: the framework takes queue handles on any thread.
unsafe impl Send for Queue {}
// SAFETY: as above.
unsafe impl Sync for Queue {}

impl Queue {
    /// The queue that gets the device's requests: as many at a time as there are.
    pub fn default_parallel<E: IoDeviceControl>(device: &Device) -> Result<Self, Error> {
        let mut config = delivering::<E>(_WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchParallel);
        config.DefaultQueue = BOOLEAN::from(true);
        config.Settings.Parallel.NumberOfPresentedRequests = ULONG::MAX;
        Self::create(device, config)
    }

    /// A queue that gets what is forwarded to it: one request at a time, the next when that one is completed.
    pub fn sequential<E: IoDeviceControl + IoStop>(device: &Device) -> Result<Self, Error> {
        let mut config = delivering::<E>(_WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchSequential);
        config.EvtIoStop = Some(evt_io_stop::<E>);
        Self::create(device, config)
    }

    /// A queue that keeps what is forwarded to it until the driver takes it out, whatever power the device has. The
    /// framework cancels what is in it: when the caller cancels or closes its handle, and when the device is removed.
    pub fn manual(device: &Device) -> Result<Self, Error> {
        let config = sized!(WDF_IO_QUEUE_CONFIG {
            DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchManual,
            PowerManaged: _WDF_TRI_STATE::WdfFalse,
        });
        Self::create(device, config)
    }

    fn create(device: &Device, mut config: WDF_IO_QUEUE_CONFIG) -> Result<Self, Error> {
        let attributes = wdk_sys::WDF_NO_OBJECT_ATTRIBUTES;
        // SAFETY: the device is valid; the config is a local.
        unsafe { out_call!(WdfIoQueueCreate(device.0, &raw mut config, attributes)) }.map(Self)
    }

    /// Takes out of a manual queue what has been in it for longest; `None` if it is empty.
    pub fn retrieve_next(&self) -> Result<Option<Request>, Error> {
        // SAFETY: the queue is valid.
        match unsafe { out_call!(WdfIoQueueRetrieveNextRequest(self.0)) } {
            // SAFETY: the framework has just given it to the driver.
            Ok(request) => Ok(Some(unsafe { Request::from_raw(request) })),
            Err(Error::Framework { status: wdk_sys::STATUS_NO_MORE_ENTRIES, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// What the kinds share that deliver requests: these wait while the device is not in D0.
fn delivering<E: IoDeviceControl>(dispatch: i32) -> WDF_IO_QUEUE_CONFIG {
    sized!(WDF_IO_QUEUE_CONFIG {
        DispatchType: dispatch,
        PowerManaged: _WDF_TRI_STATE::WdfTrue,
        EvtIoDeviceControl: Some(evt_io_device_control::<E>),
    })
}

unsafe extern "C" fn evt_io_device_control<E: IoDeviceControl>(
    queue: WDFQUEUE,
    request: WDFREQUEST,
    output_length: usize,
    input_length: usize,
    code: ULONG,
) {
    // SAFETY: the framework passes its queue.
    let device = unsafe { call!(WdfIoQueueGetDevice(queue)) };
    // SAFETY: the framework passes the request to the driver, once.
    let request = unsafe { Request::from_raw(request) };
    let asked = Parameters { output_length, input_length, code };
    let device_control = |context: &DeviceContext| E::device_control(context, request, asked);
    // SAFETY: a queue dies before its device.
    unsafe { serve("EvtIoDeviceControl", device, Some(asked), device_control) }
}

unsafe extern "C" fn evt_io_stop<E: IoStop>(queue: WDFQUEUE, _: WDFREQUEST, _flags: ULONG) {
    // SAFETY: the framework passes its queue.
    let device = unsafe { call!(WdfIoQueueGetDevice(queue)) };
    // SAFETY: a queue dies before its device.
    unsafe { serve("EvtIoStop", device, None, E::stop) }
}
