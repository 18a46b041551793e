//! Requests: from the I/O control code to the reply.
//!
//! Information, liveness, statistics and raising are answered at once. A factorial and a wait stay pending: they go
//! on to queues of their own, in `factorial.rs` and `wait.rs`.
//!
//! Sources: Microsoft Learn, "Request Handlers", "EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL callback function
//! (wdfio.h)".

use edu_interface::{DeviceInfo, INTERFACE_VERSION, Reply, Statistics};

use crate::wdf::{IoDeviceControl, Parameters, Request};
use crate::{device::DeviceContext, edu::REGISTERS_LENGTH, error::Error};

/// A control code that the driver knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ioctl {
    GetInfo,
    Liveness,
    Factorial,
    GetStatistics,
    WaitInterrupt,
    RaiseInterrupt,
}

impl Ioctl {
    /// Recognises a code and holds the lengths of its buffers against the structs of the interface.
    fn decode(code: u32, input_length: usize, output_length: usize) -> Result<Self, Error> {
        const REQUEST: usize = size_of::<edu_interface::Request>();
        const REPLY: usize = size_of::<Reply>();
        let (ioctl, input, output) = match code {
            edu_interface::IOCTL_EDU_GET_INFO => (Self::GetInfo, 0, size_of::<DeviceInfo>()),
            edu_interface::IOCTL_EDU_LIVENESS => (Self::Liveness, REQUEST, REPLY),
            edu_interface::IOCTL_EDU_FACTORIAL => (Self::Factorial, REQUEST, REPLY),
            edu_interface::IOCTL_EDU_GET_STATISTICS => (Self::GetStatistics, 0, size_of::<Statistics>()),
            edu_interface::IOCTL_EDU_WAIT_INTERRUPT => (Self::WaitInterrupt, 0, REPLY),
            edu_interface::IOCTL_EDU_RAISE_INTERRUPT => (Self::RaiseInterrupt, REQUEST, 0),
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

/// Reads the input of a request, checks its header, and returns its value.
pub(crate) fn read_value(request: &Request) -> Result<u32, Error> {
    match request.read_input()? {
        edu_interface::Request { version: INTERFACE_VERSION, reserved: 0, value } => Ok(value),
        edu_interface::Request { version, reserved, .. } => Err(Error::WrongHeader { version, reserved }),
    }
}

/// The queue that all requests of a device come in by.
pub(crate) struct DefaultQueue;

impl IoDeviceControl for DefaultQueue {
    fn device_control(context: &DeviceContext, request: Request, asked: Parameters) -> Result<(), Error> {
        let Parameters { output_length, input_length, code } = asked;
        let outcome = match Ioctl::decode(code, input_length, output_length) {
            Ok(Ioctl::GetInfo) => get_info(context, &request),
            Ok(Ioctl::Liveness) => liveness(context, &request),
            Ok(Ioctl::GetStatistics) => request.write_output(&context.statistics.read()),
            Ok(Ioctl::RaiseInterrupt) => raise_interrupt(context, &request),
            Ok(Ioctl::Factorial) => {
                context.factorials.enqueue(request);
                return Ok(());
            }
            Ok(Ioctl::WaitInterrupt) => return context.waits.enqueue(request),
            Err(error) => Err(error),
        };
        request.complete(outcome);
        Ok(())
    }
}

/// Answers IOCTL_EDU_GET_INFO.
fn get_info(context: &DeviceContext, request: &Request) -> Result<usize, Error> {
    #[expect(clippy::cast_possible_truncation, reason = "0x80")]
    let mapped_length = REGISTERS_LENGTH as u32;
    let info = context.with_hardware(|hardware| {
        Ok(DeviceInfo {
            version: INTERFACE_VERSION,
            reserved: 0,
            identification: hardware.identification,
            mapped_length,
            state: hardware.edu.state()?,
            interrupt_messages: hardware.interrupt_messages.into(),
        })
    })?;
    request.write_output(&info)
}

/// Answers IOCTL_EDU_LIVENESS.
fn liveness(context: &DeviceContext, request: &Request) -> Result<usize, Error> {
    let value = read_value(request)?;
    let answer = context.with_hardware(|hardware| hardware.edu.liveness(value))?;
    request.write_output(&Reply::new(answer))
}

/// Answers IOCTL_EDU_RAISE_INTERRUPT.
fn raise_interrupt(context: &DeviceContext, request: &Request) -> Result<usize, Error> {
    let bits = read_value(request)?;
    if !context.settings.raise_enabled {
        return Err(Error::RaiseNotEnabled);
    }
    if bits == 0 {
        return Err(Error::NothingToRaise);
    }
    context.with_hardware(|hardware| {
        hardware.edu.raise_interrupts(bits);
        Ok(0)
    })
}

#[cfg(test)]
mod tests {
    use edu_interface::{
        IOCTL_EDU_FACTORIAL, IOCTL_EDU_GET_INFO, IOCTL_EDU_GET_STATISTICS, IOCTL_EDU_LIVENESS,
        IOCTL_EDU_RAISE_INTERRUPT, IOCTL_EDU_WAIT_INTERRUPT,
    };
    use zerocopy::IntoBytes;

    use super::*;
    use crate::wdf::fake;

    #[test]
    fn a_code_with_fitting_buffers_is_recognised() {
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 0, 20), Ok(Ioctl::GetInfo));
        assert_eq!(Ioctl::decode(IOCTL_EDU_LIVENESS, 8, 8), Ok(Ioctl::Liveness));
        assert_eq!(Ioctl::decode(IOCTL_EDU_FACTORIAL, 8, 1000), Ok(Ioctl::Factorial));
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_STATISTICS, 0, 40), Ok(Ioctl::GetStatistics));
        assert_eq!(Ioctl::decode(IOCTL_EDU_WAIT_INTERRUPT, 0, 8), Ok(Ioctl::WaitInterrupt));
        assert_eq!(Ioctl::decode(IOCTL_EDU_RAISE_INTERRUPT, 8, 0), Ok(Ioctl::RaiseInterrupt));
    }

    #[test]
    fn an_unknown_code_is_refused_before_its_buffers() {
        let code = IOCTL_EDU_RAISE_INTERRUPT + 4;
        assert_eq!(Ioctl::decode(code, 0, 0), Err(Error::UnknownIoctl { code }));
    }

    #[test]
    fn each_wrong_length_is_named() {
        let short = |buffer, length, needed| Err(Error::BufferTooSmall { buffer, length, needed });
        let long = |length, expected| Err(Error::InputTooLong { length, expected });
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 0, 19), short("output", 19, 20));
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 0, 0), short("output", 0, 20));
        assert_eq!(Ioctl::decode(IOCTL_EDU_GET_INFO, 1, 20), long(1, 0));
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
        let read = |input: edu_interface::Request| {
            let request = fake::request(input.as_bytes());
            let value = read_value(&request);
            request.complete(Ok(0));
            value
        };
        let wrong = |version, reserved| Err(Error::WrongHeader { version, reserved });
        assert_eq!(read(good), Ok(5));
        assert_eq!(read(edu_interface::Request { version: 2, ..good }), wrong(2, 0));
        assert_eq!(read(edu_interface::Request { reserved: 1, ..good }), wrong(1, 1));
    }
}
