//! Requests: from the I/O control code to the reply.
//!
//! Information and liveness are answered at once. A factorial takes the device some time: the default queue
//! forwards it to the engine queue, which delivers one at a time; there it starts the engine and stays pending
//! while a timer polls. Who has the [`Job`] in hand owns the request, so it ends exactly once.

use std::time::Duration;

use edu_interface::{
    DeviceInfo, INTERFACE_VERSION, IOCTL_EDU_FACTORIAL, IOCTL_EDU_GET_INFO, IOCTL_EDU_LIVENESS, Reply,
};
use tracing::info;
use wdk_sys::ULONG;

use crate::device::DeviceContext;
use crate::edu::{Computation, REGISTERS_LENGTH};
use crate::error::Error;
use crate::wdf::{self, Device, Queue, Request, Timer};

/// Time between two looks at the engine.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// How often the engine is looked at before a factorial counts as failed: two seconds' worth. Windows may fire
/// timers late, so this is the shortest it can take.
const POLLS_ALLOWED: u32 = 200;

/// A factorial request that the engine is busy with.
#[derive(Debug)]
pub(crate) struct Job {
    request: Request,
    computation: Computation,
}

wdf::callback! {
    EvtIoDeviceControl: fn evt_io_device_control(
        queue: &Queue, request: Request, output_length: usize, input_length: usize, code: ULONG
    ) = device_control;
    EvtIoDeviceControl: fn evt_engine_device_control(
        queue: &Queue, request: Request, output_length: usize, input_length: usize, code: ULONG
    ) = engine_device_control;
    EvtTimerFunc: fn evt_poll_timer(timer: &Timer) = poll_timer;
}

/// Makes the queue that all requests of a device come in by.
pub(crate) fn create_default_queue(device: &Device) -> Result<Queue, Error> {
    Queue::default_parallel(device, evt_io_device_control)
}

/// Makes the queue in which factorials wait for the engine.
pub(crate) fn create_engine_queue(device: &Device) -> Result<Queue, Error> {
    Queue::sequential(device, evt_engine_device_control)
}

/// Makes the timer that polls the engine.
pub(crate) fn create_poll_timer(device: &Device) -> Result<Timer, Error> {
    Timer::new(device, evt_poll_timer)
}

/// A control code that the driver knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ioctl {
    GetInfo,
    Liveness,
    Factorial,
}

impl Ioctl {
    /// Recognises a code and holds the lengths of its buffers against the structs of the interface.
    fn decode(code: u32, input_length: usize, output_length: usize) -> Result<Self, Error> {
        let (ioctl, input, output) = match code {
            IOCTL_EDU_GET_INFO => (Self::GetInfo, 0, size_of::<DeviceInfo>()),
            IOCTL_EDU_LIVENESS => (Self::Liveness, size_of::<edu_interface::Request>(), size_of::<Reply>()),
            IOCTL_EDU_FACTORIAL => (Self::Factorial, size_of::<edu_interface::Request>(), size_of::<Reply>()),
            code => return Err(Error::UnknownIoctl { code }),
        };
        if input_length < input {
            return Err(Error::BufferTooSmall { buffer: "input", length: input_length, needed: input });
        }
        if input_length > input {
            return Err(Error::InputTooLong { length: input_length, expected: input });
        }
        if output_length < output {
            return Err(Error::BufferTooSmall { buffer: "output", length: output_length, needed: output });
        }
        Ok(ioctl)
    }
}

/// Checks the header of a request and returns its value.
fn value_of(input: edu_interface::Request) -> Result<u32, Error> {
    let edu_interface::Request { version, reserved, value } = input;
    if version != INTERFACE_VERSION {
        return Err(Error::WrongVersion { version, expected: INTERFACE_VERSION });
    }
    if reserved != 0 {
        return Err(Error::ReservedNotZero { value: reserved });
    }
    Ok(value)
}

/// A request has come in.
fn device_control(
    queue: &Queue,
    request: Request,
    output_length: usize,
    input_length: usize,
    code: ULONG,
) -> Result<(), Error> {
    info!(code = format_args!("{code:#010x}"), input_length, output_length, "EvtIoDeviceControl");
    let device = queue.device();
    let context = device.context::<DeviceContext>()?;
    match Ioctl::decode(code, input_length, output_length) {
        Ok(Ioctl::GetInfo) => {
            let outcome = get_info(context, &request);
            request.complete(outcome);
        }
        Ok(Ioctl::Liveness) => {
            let outcome = liveness(context, &request);
            request.complete(outcome);
        }
        Ok(Ioctl::Factorial) => match request.read_input().and_then(value_of) {
            Ok(_) => request.forward(&context.engine_queue),
            Err(error) => request.complete(Err(error)),
        },
        Err(error) => request.complete(Err(error)),
    }
    Ok(())
}

/// [`IOCTL_EDU_GET_INFO`].
fn get_info(context: &DeviceContext, request: &Request) -> Result<usize, Error> {
    let (identification, state) =
        context.with_hardware(|hardware| Ok((hardware.identification, hardware.edu.state()?)))?;
    #[expect(clippy::cast_possible_truncation, reason = "0x80")]
    let mapped_length = REGISTERS_LENGTH as u32;
    request.write_output(&DeviceInfo {
        version: INTERFACE_VERSION,
        reserved: 0,
        identification,
        mapped_length,
        state,
    })
}

/// [`IOCTL_EDU_LIVENESS`].
fn liveness(context: &DeviceContext, request: &Request) -> Result<usize, Error> {
    let value = value_of(request.read_input()?)?;
    let answer = context.with_hardware(|hardware| hardware.edu.liveness(value))?;
    request.write_output(&Reply::new(answer))
}

/// [`IOCTL_EDU_FACTORIAL`], when its turn has come: starts the engine.
fn engine_device_control(
    queue: &Queue,
    request: Request,
    _output_length: usize,
    _input_length: usize,
    _code: ULONG,
) -> Result<(), Error> {
    let device = queue.device();
    match request.read_input().and_then(value_of) {
        Ok(n) => advance(device.context()?, Job { request, computation: Computation::new(n, POLLS_ALLOWED) }),
        Err(error) => {
            request.complete(Err(error));
            Ok(())
        }
    }
}

/// It is time to look at the engine.
fn poll_timer(timer: &Timer) -> Result<(), Error> {
    let device = timer.device();
    let context = device.context::<DeviceContext>()?;
    let job = context.job.lock()?.take();
    job.map_or(Ok(()), |job| advance(context, job))
}

/// Does the next step of a factorial; then either the request is completed, or the timer runs again.
fn advance(context: &DeviceContext, mut job: Job) -> Result<(), Error> {
    match context.with_hardware(|hardware| job.computation.poll(&hardware.edu)) {
        Ok(None) => {
            *context.job.lock()? = Some(job);
            context.poll_timer.start(POLL_INTERVAL);
        }
        Ok(Some(result)) => {
            let outcome = job.request.write_output(&Reply::new(result));
            job.request.complete(outcome);
        }
        Err(error) => job.request.complete(Err(error)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_with_fitting_buffers_is_recognised() {
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 0, 16), Ok(Ioctl::GetInfo));
        assert_eq!(Ioctl::decode(IOCTL_EDU_LIVENESS, 8, 8), Ok(Ioctl::Liveness));
        assert_eq!(Ioctl::decode(IOCTL_EDU_FACTORIAL, 8, 1000), Ok(Ioctl::Factorial));
    }

    #[test]
    fn an_unknown_code_is_refused_before_its_buffers() {
        let code = IOCTL_EDU_FACTORIAL + 4;
        assert_eq!(Ioctl::decode(code, 0, 0), Err(Error::UnknownIoctl { code }));
    }

    #[test]
    fn each_wrong_length_is_named() {
        let short = |buffer, length, needed| Err(Error::BufferTooSmall { buffer, length, needed });
        let long = |length, expected| Err(Error::InputTooLong { length, expected });
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 0, 15), short("output", 15, 16));
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 0, 0), short("output", 0, 16));
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 1, 16), long(1, 0));
        assert_eq!(Ioctl::decode(IOCTL_EDU_LIVENESS, 0, 8), short("input", 0, 8));
        assert_eq!(Ioctl::decode(IOCTL_EDU_LIVENESS, 7, 8), short("input", 7, 8));
        assert_eq!(Ioctl::decode(IOCTL_EDU_LIVENESS, 9, 8), long(9, 8));
        assert_eq!(Ioctl::decode(IOCTL_EDU_FACTORIAL, 8, 7), short("output", 7, 8));
        // Two faults: the input is looked at first.
        assert_eq!(Ioctl::decode(IOCTL_EDU_FACTORIAL, 9, 0), long(9, 8));
    }

    #[test]
    fn the_header_of_a_request_is_checked() {
        let good = edu_interface::Request::new(5);
        assert_eq!(value_of(good), Ok(5));
        assert_eq!(
            value_of(edu_interface::Request { version: 2, ..good }),
            Err(Error::WrongVersion { version: 2, expected: 1 })
        );
        assert_eq!(
            value_of(edu_interface::Request { reserved: 1, ..good }),
            Err(Error::ReservedNotZero { value: 1 })
        );
    }
}
