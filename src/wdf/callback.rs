//! From the framework into the driver: what stands around the driver's part of every callback.
//!
//! Sources: Microsoft Learn, "Reporting Device Failures"; "EVT_WDF_DEVICE_PREPARE_HARDWARE callback function
//! (wdfdevice.h)" for what a status means.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tracing::{Level, debug, debug_span, error, info_span, level_enabled};
use wdk_sys::{NTSTATUS, STATUS_NOT_SUPPORTED, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, WDFDEVICE};

use super::{DeviceContext, Error, Parameters, context};

/// Runs a callback that is a step in the life of a device, Plug and Play or power, and returns its status: that says
/// what became of the device, a panic included.
///
/// # Safety
/// `device` is a device of the driver, and valid until this returns.
pub(super) unsafe fn step(
    event: &'static str,
    device: WDFDEVICE,
    body: impl FnOnce(&DeviceContext) -> Result<(), Error>,
) -> NTSTATUS {
    // SAFETY: the caller vouches for the device.
    let context = unsafe { context::get(device) };
    let _span = info_span!("device", index = context.map(|context| context.index)).entered();
    status(run(event, context, || body(context.ok_or(Error::NoContext)?)))
}

/// Runs a callback that is about a request, an interrupt or a timer. No status tells the framework of a device that
/// does not work any more, so it is reported; and a question that fails is answered with the default: no. `asked` is
/// what comes with a request.
///
/// # Safety
/// As for [`step`].
pub(super) unsafe fn serve<T: Default>(
    event: &'static str,
    device: WDFDEVICE,
    asked: Option<Parameters>,
    body: impl FnOnce(&DeviceContext) -> Result<T, Error>,
) -> T {
    // SAFETY: the caller vouches for the device.
    let context = unsafe { context::get(device) };
    if level_enabled!(Level::DEBUG) {
        in_spans(event, context, asked, body)
    } else {
        reported(event, context, body)
    }
}

/// As [`reported`], in the spans of device and request, and behind a line for a request. Out of the way: while nobody
/// wants them they cost a comparison.
#[cold]
#[inline(never)]
fn in_spans<T: Default>(
    event: &'static str,
    context: Option<&DeviceContext>,
    asked: Option<Parameters>,
    body: impl FnOnce(&DeviceContext) -> Result<T, Error>,
) -> T {
    let _device = debug_span!("device", index = context.map(|context| context.index)).entered();
    let _request = asked.map(|Parameters { code, input_length, output_length }| {
        let request = debug_span!("request", ioctl = format_args!("{code:#010x}")).entered();
        debug!(input_length, output_length, "{event}");
        request
    });
    reported(event, context, body)
}

#[inline]
fn reported<T: Default>(
    event: &'static str,
    context: Option<&DeviceContext>,
    body: impl FnOnce(&DeviceContext) -> Result<T, Error>,
) -> T {
    let outcome = run(event, context, || body(context.ok_or(Error::NoContext)?));
    if let (Some(context), Err(error)) = (context, &outcome) {
        context.report_failure(error);
    }
    outcome.unwrap_or_default()
}

/// Runs a callback that is about no device, or about one that is not there yet or not any more.
pub(crate) fn status_of(event: &'static str, body: impl FnOnce() -> Result<(), Error>) -> NTSTATUS {
    status(run(event, None, body))
}

/// What the framework is told.
fn status(outcome: Result<(), Error>) -> NTSTATUS {
    match outcome.map_err(|error| error.status()) {
        Ok(()) => STATUS_SUCCESS,
        // Of a Plug and Play callback it would mean something else; the framework's verifier stops there
        // ("Reporting Device Failures").
        Err(STATUS_NOT_SUPPORTED) => STATUS_UNSUCCESSFUL,
        Err(status) => status,
    }
}

/// Runs the body of a callback. An error is traced here; so is a panic, and ends here.
///
/// **The panic policy.** A panic is a bug, and what it leaves behind of its device is not to be trusted; everything
/// else goes on. A request in hand is completed with STATUS_INTERNAL_ERROR as it is dropped, as a lock is released.
/// The device is failed: by the status of the callback, or [`Device::set_failed`]. The process stays, and the other
/// devices in it.
///
/// This needs `panic = "unwind"`: with `abort`, one bug in the code of one device would end the process and all
/// devices with it. Unwinding must end here, since in a function of the framework it is undefined behaviour; who calls
/// this is `extern "C"`, so what might pass by it would abort. A second panic, out of a `drop` while the first one
/// unwinds, aborts too: nothing that is dropped in the driver panics.
///
/// [`Device::set_failed`]: super::Device::set_failed
fn run<T>(
    event: &'static str,
    context: Option<&DeviceContext>,
    body: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    // Unwind safe: what is shared is atomic or in a WDF lock, and its device is failed.
    let outcome =
        catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| Err(Error::Panicked(message(&*panic))));
    if let Err(error) = &outcome {
        error!(device = context.map(|context| context.index), event, "{error}");
    }
    outcome
}

/// What `panic!` was given.
fn message(panic: &(dyn Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(ToString::to_string);
    literal.or_else(|| panic.downcast_ref().cloned()).unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use wdk_sys::{STATUS_DEVICE_NOT_READY, STATUS_INTERNAL_ERROR};

    use super::*;
    use crate::wdf::fake;

    /// The body of a callback of this device, as [`step`] and [`serve`] run it.
    fn step_of(context: &DeviceContext, body: impl FnOnce() -> Result<(), Error>) -> NTSTATUS {
        // SAFETY: the device is never freed.
        unsafe { step("EvtTest", context.device.0, |_| body()) }
    }

    fn serve_of(context: &DeviceContext, body: impl FnOnce() -> Result<bool, Error>) -> bool {
        // SAFETY: as above.
        unsafe { serve("EvtTest", context.device.0, None, |_| body()) }
    }

    #[test]
    fn a_body_ends_as_a_status() {
        assert_eq!(status_of("EvtTest", || Ok(())), STATUS_SUCCESS);
        assert_eq!(status_of("EvtTest", || Err(Error::NoHardware)), STATUS_DEVICE_NOT_READY);
    }

    #[test]
    fn a_panic_ends_as_a_status_too_and_keeps_its_words() {
        assert_eq!(status_of("EvtTest", || panic!("literal")), STATUS_INTERNAL_ERROR);
        let n = 3;
        assert_eq!(
            run("EvtTest", None, || -> Result<(), Error> { panic!("formatted {n}") }),
            Err(Error::Panicked("formatted 3".to_owned()))
        );
    }

    #[test]
    fn a_question_that_fails_is_answered_with_no() {
        let context = fake::context();
        assert!(serve_of(context, || Ok(true)));
        assert!(!serve_of(context, || Ok(false)));
        assert!(!serve_of(context, || Err(Error::NoHardware)));
        assert!(!serve_of(context, || panic!("a bug")));
    }

    #[test]
    fn a_device_without_context_is_not_served() {
        let device = fake::bare_device();
        let errors = fake::errors_of(|| {
            // SAFETY: the device is never freed.
            let status = unsafe { step("EvtTest", device.0, |_| Ok(())) };
            assert_eq!(status, STATUS_INTERNAL_ERROR);
        });
        assert!(errors.len() == 1 && errors[0].contains(&Error::NoContext.to_string()), "{errors:?}");
    }

    #[test]
    fn a_panic_fails_the_device_once() {
        let context = fake::context();
        let errors = fake::errors_of(|| assert!(!serve_of(context, || panic!("a bug"))));
        assert_eq!(fake::calls(), ["WdfDeviceSetFailed 1"]);
        assert!(errors.len() == 1 && errors[0].contains(&format!("device={} ", context.index)), "{errors:?}");
        assert!(!serve_of(context, || panic!("a bug")));
        assert!(fake::calls().is_empty(), "a level line would call it again and again");
        // An error is not a bug, and a status says enough.
        serve_of(fake::context(), || Err(Error::NoHardware));
        assert_eq!(step_of(fake::context(), || panic!("a bug")), STATUS_INTERNAL_ERROR);
        assert!(fake::calls().is_empty());
    }

    #[test]
    fn a_device_that_is_gone_is_reported_where_no_status_says_so() {
        const GONE: Error = Error::DeviceGone { register: "Test" };
        let context = fake::context();
        step_of(context, || Err(GONE));
        assert!(fake::calls().is_empty());
        serve_of(context, || Err(GONE));
        assert_eq!(fake::calls(), ["WdfDeviceSetFailed 1"]);
    }

    /// The one status that a Plug and Play callback must not return.
    #[test]
    fn not_supported_becomes_unsuccessful() {
        let refused = || Err(Error::Framework { function: "WdfTest", status: STATUS_NOT_SUPPORTED });
        assert_eq!(status_of("EvtTest", refused), STATUS_UNSUCCESSFUL);
    }
}
