//! Factorials: many may be asked for, the engine computes one at a time.
//!
//! The default queue forwards them to a sequential queue, which delivers one, and the next when that is completed.
//! The delivered one is kept, and can be cancelled, until the device answers: an interrupt says when to look. A
//! watchdog looks too, and ends the wait when the device has had its time.

use std::sync::atomic::{AtomicBool, Ordering};

use edu_interface::Reply;
use tracing::debug;
use wdk_sys::ULONG;

use crate::device::{DeviceContext, report_failure};
use crate::edu::Computation;
use crate::error::Error;
use crate::queue::value_of;
use crate::settings::Settings;
use crate::wdf::{self, Device, Pending, Queue, Request, StoppedRequest, Timer};

/// How often the watchdog looks until time is up. A look that finds the answer makes good for a lost interrupt.
const LOOKS: u32 = 4;

/// What a device has for its factorials.
pub(crate) struct Factorials {
    /// Where they wait for the engine, first come, first served.
    queue: Queue,
    /// The one that the engine has.
    pending: Pending<Job>,
    watchdog: Timer,
    /// The watchdog is to look once more, or is looking.
    watched: AtomicBool,
}

/// What is known about the factorial that the engine has.
struct Job {
    computation: Computation,
    looks_left: u32,
}

wdf::callback! {
    EvtIoDeviceControl: fn evt_io_device_control(
        queue: &Queue, request: Request, output_length: usize, input_length: usize, code: ULONG
    ) = start;
    EvtIoStop: fn evt_io_stop(queue: &Queue, request: StoppedRequest, flags: ULONG) = stop;
    EvtRequestCancel: fn evt_request_cancel(request: Request) = cancel;
    EvtTimerFunc: fn evt_watchdog(timer: &Timer) = watchdog;
}

impl Factorials {
    /// The framework objects, below `device`.
    pub fn new(device: &Device) -> Result<Self, Error> {
        Ok(Self {
            queue: Queue::sequential(device, evt_io_device_control, evt_io_stop)?,
            pending: Pending::new(device)?,
            watchdog: Timer::new(device, evt_watchdog)?,
            watched: AtomicBool::new(false),
        })
    }

    /// Lets a request wait for the engine.
    pub fn enqueue(&self, request: Request) {
        request.forward(&self.queue);
    }

    /// Has the watchdog look in a while. Answers whether it may look once before: for the factorial that the engine
    /// had until now, it is too late to take that look back.
    fn start_watchdog(&self, settings: &Settings) -> bool {
        let watched = self.watched.swap(true, Ordering::AcqRel);
        let taken_back = self.watchdog.start(settings.factorial_timeout / LOOKS);
        watched && !taken_back
    }
}

/// It is a request's turn.
fn start(
    queue: &Queue,
    request: Request,
    _output_length: usize,
    _input_length: usize,
    _code: ULONG,
) -> Result<(), Error> {
    let device = queue.device();
    let input = device.context().and_then(|context| Ok((context, value_of(request.read_input()?)?)));
    let (context, n): (&DeviceContext, _) = match input {
        Ok(input) => input,
        Err(error) => {
            request.complete(Err(error));
            return Ok(());
        }
    };
    let early = context.factorials.start_watchdog(&context.settings);
    let job = Job { computation: Computation::new(n), looks_left: LOOKS + u32::from(early) };
    context.factorials.pending.keep(request, job, evt_request_cancel);
    look(&device)
}

/// Looks what the engine does, if a factorial waits for it.
pub(crate) fn look(device: &Device) -> Result<(), Error> {
    look_or(device, |_| None)
}

/// Looks what the engine does, if a factorial waits for it. Without an answer, `overdue` may know another outcome.
fn look_or(device: &Device, overdue: impl FnOnce(&mut Job) -> Option<Error>) -> Result<(), Error> {
    let context = device.context::<DeviceContext>()?;
    let finished = context.factorials.pending.finish(|job| {
        match context.with_hardware(|hardware| job.computation.advance(&hardware.edu)) {
            Ok(None) => overdue(job).map(Err),
            outcome => outcome.transpose(),
        }
    });
    let Some((request, outcome)) = finished else { return Ok(()) };
    match &outcome {
        Ok(_) => context.statistics.factorials.count(),
        Err(Error::FactorialTimeout { .. }) => context.statistics.timeouts.count(),
        Err(error) => report_failure(device, error),
    }
    let outcome = outcome.and_then(|result| request.write_output(&Reply::new(result)));
    request.complete(outcome);
    Ok(())
}

/// Time has passed.
fn watchdog(timer: &Timer) -> Result<(), Error> {
    let device = timer.device();
    let DeviceContext { factorials, settings, .. } = device.context()?;
    look_or(&device, |job| {
        job.looks_left = job.looks_left.saturating_sub(1);
        let milliseconds = u32::try_from(settings.factorial_timeout.as_millis()).unwrap_or(u32::MAX);
        (job.looks_left == 0).then_some(Error::FactorialTimeout { n: job.computation.n, milliseconds })
    })?;
    factorials.watched.store(false, Ordering::Release);
    if factorials.pending.is_kept() {
        factorials.start_watchdog(settings);
    }
    Ok(())
}

/// The caller does not want the answer any more. The engine goes on, and the next factorial waits for it.
///
/// The registers may be unmapped by now, when the device is being removed, so they are not touched.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
fn cancel(request: Request) -> Result<(), Error> {
    request.with_device(|device, request| match device.context::<DeviceContext>() {
        Ok(context) => context.factorials.pending.cancel(request),
        Err(error) => request.complete(Err(error)),
    });
    Ok(())
}

/// The device is about to lose power, or to be removed: what the engine has is cancelled. What still waits for it
/// stays in the queue, which holds or cancels it.
fn stop(queue: &Queue, _request: StoppedRequest, _flags: ULONG) -> Result<(), Error> {
    let device = queue.device();
    let context = device.context::<DeviceContext>()?;
    // If there is none, it is being completed anyway.
    if let Some((request, n)) = context.factorials.pending.finish(|job| Some(job.computation.n)) {
        debug!("the factorial of {n} ends: the device is about to leave D0");
        request.complete(Err(Error::Cancelled));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use edu_interface::IOCTL_EDU_FACTORIAL;
    use zerocopy::IntoBytes;

    use super::*;
    use crate::device::tests::put_hardware;
    use crate::wdf::fake;

    /// A factorial that gets to the engine of this device.
    fn started(device: &Device) -> (Vec<String>, Vec<String>) {
        let request = fake::request(edu_interface::Request::new(5).as_bytes());
        let errors = fake::errors_of(|| {
            start(&fake::queue(device), request, 8, 8, IOCTL_EDU_FACTORIAL).unwrap();
        });
        (fake::calls(), errors)
    }

    fn device() -> wdf::Ref<'static, Device> {
        let device = fake::device_with(DeviceContext::new);
        put_hardware(&device);
        device
    }

    #[test]
    fn a_request_of_a_device_without_context_ends_with_that_error() {
        let (calls, errors) = started(&fake::bare_device());
        assert_eq!(calls, ["WdfRequestCompleteWithInformation 0xc00000e5 0"]);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(&Error::NoContext.to_string()), "{errors:?}");
    }

    /// The fake device is idle at every look, so the second look finds the answer.
    #[test]
    fn a_factorial_is_kept_until_there_is_an_answer() {
        let device = device();
        let (calls, errors) = started(&device);
        assert_eq!(calls, ["WdfTimerStart -5000000", "WdfRequestMarkCancelableEx"]);
        look(&device).unwrap();
        let answered = ["WdfRequestUnmarkCancelable", "WdfRequestCompleteWithInformation 0x00000000 8"];
        assert_eq!(fake::calls(), answered);
        look(&device).unwrap();
        assert!(fake::calls().is_empty() && errors.is_empty());
    }

    /// With an engine that never answers.
    #[test]
    fn time_is_up_after_its_looks_and_not_one_later() {
        let device = device();
        started(&device);
        let DeviceContext { factorials, .. } = device.context().unwrap();
        factorials.pending.finish(|job| {
            assert_eq!(job.looks_left, LOOKS);
            None::<()>
        });
        // The timer of the fake framework was not running, so the look that was due for it may still come.
        assert!(factorials.start_watchdog(&Settings::read(&device)));
    }

    /// When the framework cancels what is left, the registers are unmapped: neither of the two looks at them.
    #[test]
    fn cancelling_and_stopping_touch_no_register() {
        let device = device();
        for end in [true, false] {
            let handle = fake::request_handle(edu_interface::Request::new(5).as_bytes());
            let queue = fake::queue(&device);
            start(&queue, fake::request_of(handle), 8, 8, IOCTL_EDU_FACTORIAL).unwrap();
            fake::accesses();
            fake::calls();
            if end {
                cancel(fake::request_of(handle)).unwrap();
            } else {
                stop(&queue, StoppedRequest::new(), 0).unwrap();
            }
            assert_eq!(fake::accesses(), (0, vec![]));
            let calls = fake::calls();
            let completed = "WdfRequestCompleteWithInformation 0xc0000120 0".to_owned();
            assert_eq!(calls.last(), Some(&completed), "{calls:?}");
        }
    }
}
