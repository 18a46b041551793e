//! Two queues: the default one follows the device's power, the one for reads does not.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, _WDF_REQUEST_STOP_ACTION_FLAGS as Stop,
    _WDF_REQUEST_TYPE as RequestType, _WDF_TRI_STATE as Tri, BOOLEAN, NTSTATUS, PVOID, STATUS_CANCELLED,
    STATUS_SUCCESS, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDF_REQUEST_PARAMETERS, WDFDEVICE,
    WDFQUEUE, WDFREQUEST,
};

use crate::commands;
use crate::plan::{HOLD, KEEP};
use crate::wdf::{check, complete, size_field, wdf};

fn create(device: WDFDEVICE, mut config: WDF_IO_QUEUE_CONFIG) -> Result<WDFQUEUE, NTSTATUS> {
    let mut queue = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    check(wdf!(WdfIoQueueCreate, device, &raw mut config, none, &raw mut queue))?;
    Ok(queue)
}

pub fn create_queues(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let parallel = WDF_IO_QUEUE_CONFIG {
        Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
        DispatchType: Dispatch::WdfIoQueueDispatchParallel,
        ..WDF_IO_QUEUE_CONFIG::default()
    };
    create(
        device,
        WDF_IO_QUEUE_CONFIG {
            PowerManaged: Tri::WdfUseDefault,
            DefaultQueue: BOOLEAN::from(true),
            EvtIoDeviceControl: Some(evt_io_device_control),
            EvtIoStop: Some(evt_io_stop),
            EvtIoResume: Some(evt_io_resume),
            ..parallel
        },
    )?;
    let reads = WDF_IO_QUEUE_CONFIG { PowerManaged: Tri::WdfFalse, EvtIoRead: Some(evt_io_read), ..parallel };
    let reads = create(device, reads)?;
    check(wdf!(WdfDeviceConfigureRequestDispatching, device, reads, RequestType::WdfRequestTypeRead))
}

unsafe extern "C" fn evt_io_device_control(
    queue: WDFQUEUE,
    request: WDFREQUEST,
    _output: usize,
    _input: usize,
    code: u32,
) {
    if code == KEEP {
        return;
    }
    let mut status = STATUS_SUCCESS;
    if code == HOLD {
        let device = wdf!(WdfIoQueueGetDevice, queue);
        let mut file = 0_i8;
        let file = (&raw mut file).cast();
        status = wdf!(WdfDeviceStopIdleActual, device, BOOLEAN::from(false), null_mut(), 0, file);
    }
    // D0 may still be on its way.
    complete(request, status.min(STATUS_SUCCESS), 0);
}

/// The request stays with the driver, unless everything ends.
unsafe extern "C" fn evt_io_stop(_queue: WDFQUEUE, request: WDFREQUEST, flags: u32) {
    if flags.cast_signed() & Stop::WdfRequestStopActionPurge != 0 {
        complete(request, STATUS_CANCELLED, 0);
    } else {
        wdf!(WdfRequestStopAcknowledge, request, BOOLEAN::from(false));
    }
}

unsafe extern "C" fn evt_io_resume(_queue: WDFQUEUE, _request: WDFREQUEST) {}

/// The offset is the command; the status of the call goes back.
unsafe extern "C" fn evt_io_read(queue: WDFQUEUE, request: WDFREQUEST, _length: usize) {
    let mut parameters = WDF_REQUEST_PARAMETERS {
        Size: u16::try_from(size_of::<WDF_REQUEST_PARAMETERS>()).expect("it is small"),
        ..WDF_REQUEST_PARAMETERS::default()
    };
    wdf!(WdfRequestGetParameters, request, &raw mut parameters);
    // SAFETY: the request is a read, whose arm this is.
    let offset = unsafe { parameters.Parameters.Read }.DeviceOffset;
    let status = commands::run(wdf!(WdfIoQueueGetDevice, queue), offset);
    let (mut buffer, mut length): (PVOID, usize) = (null_mut(), 0);
    let answered = wdf!(
        WdfRequestRetrieveOutputBuffer,
        request,
        size_of::<NTSTATUS>(),
        &raw mut buffer,
        &raw mut length
    );
    if answered < 0 {
        complete(request, answered, 0);
        return;
    }
    // SAFETY: the framework says that the buffer has room for a status.
    unsafe { buffer.cast::<NTSTATUS>().write_unaligned(status) };
    complete(request, STATUS_SUCCESS, size_of::<NTSTATUS>() as u64);
}
