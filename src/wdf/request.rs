//! I/O requests.
//!
//! Sources: Microsoft Learn, "Completing I/O Requests", "Accessing Data Buffers in WDF Drivers",
//! "WdfRequestCompleteWithInformation function (wdfrequest.h)".

use std::mem::ManuallyDrop;
use std::ptr::null_mut;

use tracing::field::{Value, display};
use tracing::{Level, debug, error, level_enabled};
use wdk_sys::{NTSTATUS, PVOID, STATUS_SUCCESS, WDFDEVICE, WDFREQUEST};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{Error, Queue, context};

/// A request that the driver owns.
///
/// It is completed exactly once: completing and forwarding consume it, and if it is dropped instead (a bug, or
/// a panic on the way) it completes itself with a failure.
#[derive(Debug)]
pub(crate) struct Request(pub(super) WDFREQUEST);

static_assertions::assert_not_impl_any!(Request: Clone);

// SAFETY: the framework takes request handles on any thread.
unsafe impl Send for Request {}
// See `context`: a request must not die with the device.
static_assertions::assert_not_impl_any!(Request: Sync);

impl Request {
    /// Wraps a handle.
    ///
    /// # Safety
    /// The driver owns the request, and it is not wrapped otherwise.
    pub(super) unsafe fn from_raw(handle: WDFREQUEST) -> Self {
        Self(handle)
    }

    /// Copies the first bytes of the input buffer out.
    ///
    /// Fails if there are fewer than `T` has.
    pub fn read_input<T: FromBytes>(&self) -> Result<T, Error> {
        let mut buffer: PVOID = null_mut();
        let (needed, length) = (size_of::<T>(), null_mut());
        // SAFETY: the request is owned; the buffer's address goes to a local; its length is not asked for.
        unsafe { try_call!(WdfRequestRetrieveInputBuffer(self.0, needed, &raw mut buffer, length)) }?;
        // SAFETY: the buffer has at least the length that was asked for and lives until completion; any bytes
        // are a `T`.
        Ok(unsafe { buffer.cast::<T>().read_unaligned() })
    }

    /// Copies a value into the output buffer; returns how many bytes that were.
    ///
    /// Fails if there are fewer than `T` has.
    pub fn write_output<T: IntoBytes + Immutable>(&self, value: &T) -> Result<usize, Error> {
        let bytes = value.as_bytes();
        let mut buffer: PVOID = null_mut();
        let (needed, length) = (bytes.len(), null_mut());
        // SAFETY: as for the input.
        unsafe { try_call!(WdfRequestRetrieveOutputBuffer(self.0, needed, &raw mut buffer, length)) }?;
        // SAFETY: the buffer has at least the length that was asked for and lives until completion; it is the
        // framework's memory, so it does not overlap the value.
        unsafe { buffer.cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        Ok(bytes.len())
    }

    /// Gives the request back: with so many bytes of output, or with the error, which is traced. Being cancelled is
    /// no error in a trace: the caller wanted it, or the device's way through power and removal.
    ///
    /// The framework may deliver the next request before this returns, so no lock may be held.
    pub fn complete(self, outcome: Result<usize, Error>) {
        if outcome.is_err() || level_enabled!(Level::DEBUG) {
            self.trace_end(&outcome);
        }
        let (status, bytes) = match outcome {
            Ok(bytes) => (STATUS_SUCCESS, bytes),
            Err(error) => (error.status(), 0),
        };
        // Only now: should tracing panic, the request is dropped, and so completed.
        ManuallyDrop::new(self).complete_once(status, bytes);
    }

    /// Hands the request to another queue of the device; completes it if the queue does not take it.
    pub fn forward(self, queue: &Queue) {
        // SAFETY: the request is owned, and the queue belongs to its device.
        match unsafe { try_call!(WdfRequestForwardToIoQueue(self.0, queue.0)) } {
            // Owned by the queue now.
            Ok(()) => std::mem::forget(self),
            Err(error) => self.complete(Err(error)),
        }
    }

    /// The device of a request.
    ///
    /// # Safety
    /// The request is not completed.
    pub(super) unsafe fn device_of(request: WDFREQUEST) -> WDFDEVICE {
        // SAFETY: the caller vouches for the request, and every request of the driver came from a queue.
        let queue = unsafe { call!(WdfRequestGetIoQueue(request)) };
        // SAFETY: the framework has just handed it out.
        unsafe { call!(WdfIoQueueGetDevice(queue)) }
    }

    /// The code that EvtIoDeviceControl got with it, for a trace.
    fn ioctl(&self) -> impl Value {
        let mut parameters = sized!(WDF_REQUEST_PARAMETERS {});
        // SAFETY: the request is owned; the parameters go to a local.
        unsafe { call!(WdfRequestGetParameters(self.0, &raw mut parameters)) };
        // SAFETY: the driver's queues take nothing but device-control requests.
        let code = unsafe { parameters.Parameters.DeviceIoControl.IoControlCode };
        display(format!("{code:#010x}"))
    }

    /// Traces how the request ends, and reports the device as failed if that is the reason.
    #[cold]
    fn trace_end(&self, outcome: &Result<usize, Error>) {
        match outcome {
            Ok(bytes) => debug!(ioctl = self.ioctl(), bytes, "request completed"),
            Err(Error::Cancelled) => debug!(ioctl = self.ioctl(), "request cancelled"),
            Err(error) => {
                // SAFETY: the request is owned.
                let device = unsafe { Self::device_of(self.0) };
                // SAFETY: a device is there as long as its requests.
                let context = unsafe { context::get(device) };
                let device = context.map(|context| context.index);
                error!(device, ioctl = self.ioctl(), "request failed: {error}");
                if let Some(context) = context {
                    context.report_failure(error);
                }
            }
        }
    }

    /// Completes the request; the handle is dead afterwards.
    fn complete_once(&self, status: NTSTATUS, bytes: usize) {
        // SAFETY: the request is owned. Every caller consumes the wrapper, so there is no second time.
        unsafe { call!(WdfRequestCompleteWithInformation(self.0, status, bytes as u64)) };
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The panic is traced where it is caught.
            self.complete_once(Error::RequestDropped.status(), 0);
        } else {
            // Should tracing panic, the request comes here again.
            Self(self.0).complete(Err(Error::RequestDropped));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::DeviceContext;
    use crate::wdf::{IoDeviceControl, Parameters, fake};

    const FAILED: &str = "WdfRequestCompleteWithInformation 0xc00000e5 0";

    struct Panics;

    impl IoDeviceControl for Panics {
        fn device_control(_: &DeviceContext, _request: Request, _: Parameters) -> Result<(), Error> {
            panic!("a bug")
        }
    }

    #[test]
    fn a_dropped_request_is_completed_once_and_traced_once() {
        let errors = fake::errors_of(|| drop(fake::request(&[])));
        assert_eq!(fake::calls(), [FAILED]);
        assert_eq!(errors.len(), 1, "{errors:?}");
    }

    #[test]
    fn a_panic_with_a_request_in_hand_completes_it_once_and_is_traced_once_and_fails_the_device() {
        let queue = Queue::default_parallel::<Panics>(&fake::context().device).unwrap();
        fake::calls();
        let request = fake::request_handle(&[]);
        let errors = fake::errors_of(|| fake::deliver(&queue, request, 0));
        assert_eq!(fake::calls(), [FAILED, "WdfDeviceSetFailed 1"]);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains("a bug"), "{errors:?}");
    }

    #[test]
    fn a_panic_while_a_dropped_request_is_traced_completes_it_once() {
        let request = fake::request(&[]);
        fake::panic_in_first_trace(|| drop(request));
        assert_eq!(fake::calls(), [FAILED]);
    }

    #[test]
    fn a_panic_while_the_completion_is_traced_completes_it_once() {
        let request = fake::request(&[]);
        fake::panic_in_first_trace(|| request.complete(Err(Error::NoHardware)));
        assert_eq!(fake::calls(), [FAILED]);
    }

    /// The subscriber takes nothing but errors.
    #[test]
    fn an_error_names_device_and_request_whatever_the_level() {
        let spans = format!("device={} ioctl=0x00000000", fake::context().index);
        let errors = fake::errors_of(|| fake::request(&[]).complete(Err(Error::NoHardware)));
        assert!(errors[0].contains(&spans), "{errors:?}");
        let errors = fake::errors_of(|| drop(fake::request(&[])));
        assert!(errors[0].contains(&spans), "{errors:?}");
        assert!(fake::errors_of(|| fake::request(&[]).complete(Ok(0))).is_empty());
    }

    #[test]
    fn a_device_that_is_gone_is_reported_before_its_request_is_completed() {
        let _context = fake::context();
        fake::request(&[]).complete(Err(Error::DeviceGone { register: "Test" }));
        let calls = ["WdfDeviceSetFailed 1", "WdfRequestCompleteWithInformation 0xc00000c0 0"];
        assert_eq!(fake::calls(), calls);
    }

    #[test]
    fn an_outcome_is_passed_on() {
        fake::request(&[]).complete(Ok(8));
        fake::request(&[]).complete(Err(Error::NoHardware));
        let complete = "WdfRequestCompleteWithInformation";
        assert_eq!(fake::calls(), [format!("{complete} 0x00000000 8"), format!("{complete} 0xc00000a3 0")]);
    }
}
