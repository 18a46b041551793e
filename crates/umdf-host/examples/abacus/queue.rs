//! Requests. The default queue is sequential and power-managed: they come one by one, and only while the device is
//! on.

use std::ptr::null_mut;
use std::sync::PoisonError;
use std::time::Duration;

use wdk_sys::{
    _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_TRI_STATE, BOOLEAN, NTSTATUS, STATUS_DEVICE_DOES_NOT_EXIST,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_PARAMETER, STATUS_IO_TIMEOUT, STATUS_SUCCESS, ULONG,
    WDF_IO_QUEUE_CONFIG, WDF_NO_HANDLE, WDF_NO_OBJECT_ATTRIBUTES, WDF_REQUEST_PARAMETERS, WDFDEVICE,
    WDFQUEUE, WDFREQUEST,
};

use crate::device::{Abacus, with};
use crate::interface::{IOCTL_ABACUS_ADD, IOCTL_ABACUS_GET_INFO, IOCTL_ABACUS_SET_LABEL};
use crate::wdf::{call_unsafe, check, size_field};
use crate::window::Window;

/// Longest time for an addition.
const PATIENCE: Duration = Duration::from_secs(1);

/// Makes the default queue.
///
/// # Safety
/// `device` is valid.
pub unsafe fn create(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let mut config = WDF_IO_QUEUE_CONFIG {
        Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
        DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchSequential,
        PowerManaged: _WDF_TRI_STATE::WdfTrue,
        DefaultQueue: BOOLEAN::from(true),
        EvtIoDeviceControl: Some(evt_io_device_control),
        EvtIoRead: Some(evt_io_read),
        EvtIoWrite: Some(evt_io_write),
        ..WDF_IO_QUEUE_CONFIG::default()
    };
    let (config, none, no_handle) = (&raw mut config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE.cast());
    // SAFETY: the caller's device; the config is a local that the framework copies.
    check(unsafe { call_unsafe!(WdfIoQueueCreate, device, config, none, no_handle) })
}

unsafe extern "C" fn evt_io_device_control(
    queue: WDFQUEUE,
    request: WDFREQUEST,
    _output_length: usize,
    _input_length: usize,
    code: ULONG,
) {
    let control = |abacus: &Abacus, request: &mut Request| match code {
        IOCTL_ABACUS_GET_INFO => info(abacus, request),
        IOCTL_ABACUS_SET_LABEL => {
            abacus.state().hardware()?.set_label(request.input()?);
            Ok(0)
        }
        IOCTL_ABACUS_ADD => addition(abacus, request),
        _ => Err(STATUS_INVALID_DEVICE_REQUEST),
    };
    // SAFETY: the framework passes a valid queue, and a request that is this driver's from here on.
    unsafe { answer("EvtIoDeviceControl", queue, request, control) };
}

unsafe extern "C" fn evt_io_read(queue: WDFQUEUE, request: WDFREQUEST, length: usize) {
    let read = |abacus: &Abacus, request: &mut Request| {
        let state = abacus.state();
        let memory = &state.hardware()?.memory;
        memory.read_all(request.offset_in(memory, length)?, request.output(length)?);
        Ok(length)
    };
    // SAFETY: the framework passes a valid queue, and a request that is this driver's from here on.
    unsafe { answer("EvtIoRead", queue, request, read) };
}

unsafe extern "C" fn evt_io_write(queue: WDFQUEUE, request: WDFREQUEST, length: usize) {
    let write = |abacus: &Abacus, request: &mut Request| {
        let state = abacus.state();
        let memory = &state.hardware()?.memory;
        memory.write_all(request.offset_in(memory, length)?, request.bytes(length)?);
        Ok(length)
    };
    // SAFETY: the framework passes a valid queue, and a request that is this driver's from here on.
    unsafe { answer("EvtIoWrite", queue, request, write) };
}

fn info(abacus: &Abacus, request: &mut Request) -> Result<usize, NTSTATUS> {
    let state = abacus.state();
    let hardware = state.hardware()?;
    let place: &mut [u8; 32] = request.output(32)?.first_chunk_mut().ok_or(STATUS_INVALID_PARAMETER)?;
    place[0..4].copy_from_slice(&hardware.identification().to_le_bytes());
    place[4..8].copy_from_slice(&u32::from(hardware.messages).to_le_bytes());
    place[8..16].copy_from_slice(&(hardware.memory.length as u64).to_le_bytes());
    place[16..].copy_from_slice(&hardware.label());
    Ok(place.len())
}

/// Lets the board add, and waits until it interrupts. Meanwhile this occupies a thread of the host process, which a
/// device that takes longer should not do.
fn addition(abacus: &Abacus, request: &mut Request) -> Result<usize, NTSTATUS> {
    let range = *request.input()?;
    let place: &mut [u8; 4] = request.output(4)?.first_chunk_mut().ok_or(STATUS_INVALID_PARAMETER)?;
    let mut state = abacus.state();
    // What an addition left that took too long must not count for this one.
    (state.causes, state.result) = (0, None);
    state.hardware()?.add(range);
    let waited = abacus.finished.wait_timeout_while(state, PATIENCE, |state| state.result.is_none());
    let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
    let Some(result) = state.result.take() else {
        let hardware = state.hardware()?;
        hardware.end();
        let gone = hardware.identification() == u32::MAX;
        return Err(if gone { STATUS_DEVICE_DOES_NOT_EXIST } else { STATUS_IO_TIMEOUT });
    };
    *place = result?.to_le_bytes();
    Ok(place.len())
}

/// Runs the body of an EvtIo callback, and completes the request with the number of bytes that it came to.
///
/// # Safety
/// `queue` is valid; `request` is this driver's, and is not used afterwards.
unsafe fn answer(
    event: &str,
    queue: WDFQUEUE,
    request: WDFREQUEST,
    body: impl FnOnce(&Abacus, &mut Request) -> Result<usize, NTSTATUS>,
) {
    // SAFETY: the caller's queue.
    let device = unsafe { call_unsafe!(WdfIoQueueGetDevice, queue) };
    // SAFETY: a device is valid as long as its queues, and they deliver nothing before it has started.
    let result = unsafe { with(event, device, |abacus| body(abacus, &mut Request(request))) };
    let (status, bytes) = result.map_or_else(|status| (status, 0), |bytes| (STATUS_SUCCESS, bytes));
    // SAFETY: the caller's request.
    unsafe { call_unsafe!(WdfRequestCompleteWithInformation, request, status, bytes as u64) };
}

/// A request that is this driver's as long as this lives.
struct Request(WDFREQUEST);

impl Request {
    /// Where in the memory a read or write of `length` bytes begins.
    fn offset_in(&self, memory: &Window, length: usize) -> Result<usize, NTSTATUS> {
        #[expect(clippy::cast_possible_truncation, reason = "a small structure")]
        const SIZE: u16 = size_of::<WDF_REQUEST_PARAMETERS>() as u16;
        let mut parameters = WDF_REQUEST_PARAMETERS { Size: SIZE, ..WDF_REQUEST_PARAMETERS::default() };
        // SAFETY: the driver's request; the parameters are a local.
        unsafe { call_unsafe!(WdfRequestGetParameters, self.0, &raw mut parameters) };
        // SAFETY: any bits are numbers. It is the member of a read; that of a write has the same form.
        let read = unsafe { parameters.Parameters.Read };
        let fits = |offset: &usize| offset.checked_add(length).is_some_and(|end| end <= memory.length);
        usize::try_from(read.DeviceOffset).ok().filter(fits).ok_or(STATUS_INVALID_PARAMETER)
    }

    /// The input as a structure of N bytes.
    fn input<const N: usize>(&self) -> Result<&[u8; N], NTSTATUS> {
        self.bytes(N)?.first_chunk().ok_or(STATUS_INVALID_PARAMETER)
    }

    /// The input, at least `minimum` bytes.
    fn bytes(&self, minimum: usize) -> Result<&[u8], NTSTATUS> {
        let (mut buffer, mut length) = (null_mut(), 0);
        let (place, size) = (&raw mut buffer, &raw mut length);
        // SAFETY: the driver's request; the pointers point to locals.
        check(unsafe { call_unsafe!(WdfRequestRetrieveInputBuffer, self.0, minimum, place, size) })?;
        // SAFETY: the framework says how long the buffer is, and keeps it until the request is completed.
        Ok(unsafe { std::slice::from_raw_parts(buffer.cast(), length) })
    }

    /// The place for at least `minimum` bytes of output.
    fn output(&mut self, minimum: usize) -> Result<&mut [u8], NTSTATUS> {
        let (mut buffer, mut length) = (null_mut(), 0);
        let (place, size) = (&raw mut buffer, &raw mut length);
        // SAFETY: the driver's request; the pointers point to locals.
        check(unsafe { call_unsafe!(WdfRequestRetrieveOutputBuffer, self.0, minimum, place, size) })?;
        // SAFETY: as for the input, which is another buffer; nobody else is at this one.
        Ok(unsafe { std::slice::from_raw_parts_mut(buffer.cast(), length) })
    }
}
