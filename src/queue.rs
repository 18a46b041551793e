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
#[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
fn device_control(
    queue: &Queue,
    request: Request,
    output_length: usize,
    input_length: usize,
    code: ULONG,
) -> Result<(), Error> {
    info!(code = format_args!("{code:#010x}"), input_length, output_length, "EvtIoDeviceControl");
    let device = queue.device();
    let next = device.context().and_then(|context: &DeviceContext| {
        Ok(match Ioctl::decode(code, input_length, output_length)? {
            Ioctl::GetInfo => Next::Complete(get_info(context, &request)?),
            Ioctl::Liveness => Next::Complete(liveness(context, &request)?),
            Ioctl::Factorial => Next::Forward(&context.engine_queue),
        })
    });
    match next {
        Ok(Next::Complete(bytes)) => request.complete(Ok(bytes)),
        Ok(Next::Forward(engine_queue)) => request.forward(engine_queue),
        Err(error) => request.complete(Err(error)),
    }
    Ok(())
}

/// What becomes of a request that has come in.
enum Next<'a> {
    /// It is answered, with so many bytes.
    Complete(usize),
    /// It waits in that queue.
    Forward(&'a Queue),
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
#[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
fn engine_device_control(
    queue: &Queue,
    request: Request,
    _output_length: usize,
    _input_length: usize,
    _code: ULONG,
) -> Result<(), Error> {
    let device = queue.device();
    let start = device.context().and_then(|context| Ok((context, value_of(request.read_input()?)?)));
    match start {
        Ok((context, n)) => {
            advance(context, Job { request, computation: Computation::new(n, POLLS_ALLOWED) });
        }
        Err(error) => request.complete(Err(error)),
    }
    Ok(())
}

/// It is time to look at the engine.
fn poll_timer(timer: &Timer) -> Result<(), Error> {
    let device = timer.device();
    let context = device.context::<DeviceContext>()?;
    let job = context.job.lock()?.take();
    if let Some(job) = job {
        advance(context, job);
    }
    Ok(())
}

/// Does the next step of a factorial; then either the request is completed, or the timer runs again.
fn advance(context: &DeviceContext, mut job: Job) {
    let outcome = match context.with_hardware(|hardware| job.computation.poll(&hardware.edu)) {
        Ok(None) => match context.job.lock() {
            Ok(mut place) => {
                *place = Some(job);
                drop(place);
                context.poll_timer.start(POLL_INTERVAL);
                return;
            }
            Err(error) => Err(error),
        },
        Ok(Some(result)) => job.request.write_output(&Reply::new(result)),
        Err(error) => Err(error),
    };
    job.request.complete(outcome);
}

#[cfg(test)]
mod tests {
    use wdk_sys::STATUS_UNSUCCESSFUL;
    use zerocopy::IntoBytes;

    use super::*;
    use crate::device::tests::put_hardware;
    use crate::wdf::fake;

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

    /// A factorial that gets to the engine, on a device whose engine is idle, with one lock refused.
    fn factorial_without(lock: usize) -> (Vec<String>, Vec<String>) {
        let device = fake::device_with(DeviceContext::new);
        put_hardware(&device);
        let request = fake::request(edu_interface::Request::new(5).as_bytes());
        fake::refuse("WdfWaitLockAcquire", lock, STATUS_UNSUCCESSFUL);
        let errors = fake::errors_of(|| {
            engine_device_control(&fake::queue(&device), request, 8, 8, IOCTL_EDU_FACTORIAL).unwrap();
        });
        (fake::calls(), errors)
    }

    #[test]
    fn a_request_ends_with_the_error_that_ended_it_and_one_trace_of_it() {
        for lock in [0, 1] {
            let (calls, errors) = factorial_without(lock);
            assert_eq!(calls, ["WdfRequestCompleteWithInformation 0xc0000001 0"], "lock {lock}");
            assert_eq!(errors.len(), 1, "lock {lock}: {errors:?}");
            assert!(errors[0].contains("WdfWaitLockAcquire"), "lock {lock}: {errors:?}");
        }
    }

    #[test]
    fn a_request_of_a_device_without_context_ends_with_that_error() {
        for device_control in [device_control, engine_device_control] {
            let queue = fake::queue(&fake::bare_device());
            let request = fake::request(edu_interface::Request::new(5).as_bytes());
            let errors = fake::errors_of(|| {
                device_control(&queue, request, 8, 8, IOCTL_EDU_FACTORIAL).unwrap();
            });
            assert_eq!(fake::calls(), ["WdfRequestCompleteWithInformation 0xc00000e5 0"]);
            assert_eq!(errors.len(), 1, "{errors:?}");
            assert!(errors[0].contains(&Error::NoContext.to_string()), "{errors:?}");
        }
    }
}
