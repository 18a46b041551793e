//! Factorials: many may be asked for, the engine computes one at a time.
//!
//! The default queue forwards them to a sequential queue, which delivers one, and the next when that is completed.
//! The delivered one is kept, and can be cancelled, until the device answers: an interrupt says when to look. A
//! watchdog looks too, and ends the wait when the device has had its time.

use std::sync::atomic::{AtomicBool, Ordering};

use tracing::debug;

use crate::wdf::{
    Device, IoDeviceControl, IoStop, Keep, Parameters, Pending, Queue, Request, Timer, TimerEvent,
};
use crate::{device::DeviceContext, edu::Computation, error::Error, queue::read_value, settings::Settings};

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

impl Keep for Job {
    fn place(context: &DeviceContext) -> &Pending<Self> {
        &context.factorials.pending
    }
}

impl Factorials {
    /// The framework objects, below `device`.
    pub fn new(device: &Device) -> Result<Self, Error> {
        Ok(Self {
            queue: Queue::sequential::<Self>(device)?,
            pending: Pending::new(device)?,
            watchdog: Timer::new::<Self>(device)?,
            watched: AtomicBool::new(false),
        })
    }

    /// Lets a request wait for the engine, if it is a good one.
    pub fn enqueue(&self, request: Request) {
        match read_value(&request) {
            Ok(_) => request.forward(&self.queue),
            Err(error) => request.complete(Err(error)),
        }
    }

    /// Has the watchdog look in a while. Answers whether it may look once before: for the factorial that the engine
    /// had until now, it is too late to take that look back.
    fn start_watchdog(&self, settings: &Settings) -> bool {
        let watched = self.watched.swap(true, Ordering::AcqRel);
        let taken_back = self.watchdog.start(settings.factorial_timeout / LOOKS);
        watched && !taken_back
    }
}

impl IoDeviceControl for Factorials {
    /// It is a request's turn.
    fn device_control(context: &DeviceContext, request: Request, _: Parameters) -> Result<(), Error> {
        match read_value(&request) {
            Ok(n) => {
                let early = context.factorials.start_watchdog(&context.settings);
                let job = Job { computation: Computation::new(n), looks_left: LOOKS + u32::from(early) };
                Pending::keep(context, request, job);
                look(context);
            }
            Err(error) => request.complete(Err(error)),
        }
        Ok(())
    }
}

/// Looks what the engine does, if a factorial waits for it.
pub(crate) fn look(context: &DeviceContext) {
    look_or(context, |_| None);
}

/// Looks what the engine does, if a factorial waits for it. Without an answer, `overdue` may know another outcome.
fn look_or(context: &DeviceContext, overdue: impl FnOnce(&mut Job) -> Option<Error>) {
    let finished = context.factorials.pending.finish(|job| {
        match context.with_hardware(|hardware| job.computation.advance(&hardware.edu)) {
            Ok(None) => overdue(job).map(Err),
            outcome => outcome.transpose(),
        }
    });
    let Some((request, outcome)) = finished else { return };
    match &outcome {
        Ok(_) => context.statistics.factorials.count(),
        Err(Error::FactorialTimeout { .. }) => context.statistics.timeouts.count(),
        Err(_) => {}
    }
    let outcome = outcome.and_then(|result| request.write_output(&edu_interface::Reply::new(result)));
    request.complete(outcome);
}

impl TimerEvent for Factorials {
    /// The watchdog looks.
    fn fired(context: &DeviceContext) -> Result<(), Error> {
        let DeviceContext { factorials, settings, .. } = context;
        look_or(context, |job| {
            job.looks_left = job.looks_left.saturating_sub(1);
            let (n, timeout) = (job.computation.n, settings.factorial_timeout);
            (job.looks_left == 0).then_some(Error::FactorialTimeout { n, timeout })
        });
        factorials.watched.store(false, Ordering::Release);
        if factorials.pending.is_kept() {
            factorials.start_watchdog(settings);
        }
        Ok(())
    }
}

impl IoStop for Factorials {
    /// What the engine has is cancelled. What still waits for it stays in the queue, which holds or cancels it.
    ///
    /// The registers may be unmapped by now, when the device is being removed, so they are not touched.
    fn stop(context: &DeviceContext) -> Result<(), Error> {
        // If there is none, it is being completed anyway.
        if let Some((request, n)) = context.factorials.pending.finish(|job| Some(job.computation.n)) {
            debug!("the factorial of {n} ends: the device is about to leave D0");
            request.complete(Err(Error::Cancelled));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use edu_interface::IOCTL_EDU_FACTORIAL;
    use wdk_sys::WDFREQUEST;
    use zerocopy::IntoBytes;

    use super::*;
    use crate::device::tests::started;
    use crate::wdf::fake;

    /// A factorial that gets to the engine of this device.
    fn start(context: &DeviceContext) -> WDFREQUEST {
        let handle = fake::request_handle(edu_interface::Request::new(5).as_bytes());
        let asked = Parameters { output_length: 8, input_length: 8, code: IOCTL_EDU_FACTORIAL };
        Factorials::device_control(context, fake::request_of(handle), asked).unwrap();
        handle
    }

    /// The fake device is idle at every look, so the second look finds the answer.
    #[test]
    fn a_factorial_is_kept_until_there_is_an_answer() {
        let context = started();
        let errors = fake::errors_of(|| {
            start(context);
        });
        assert_eq!(fake::calls(), ["WdfTimerStart -5000000", "WdfRequestMarkCancelableEx"]);
        look(context);
        let answered = ["WdfRequestUnmarkCancelable", "WdfRequestCompleteWithInformation 0x00000000 8"];
        assert_eq!(fake::calls(), answered);
        look(context);
        assert!(fake::calls().is_empty() && errors.is_empty());
    }

    /// With an engine that never answers.
    #[test]
    fn time_is_up_after_its_looks_and_not_one_later() {
        let context = started();
        start(context);
        context.factorials.pending.finish(|job| {
            assert_eq!(job.looks_left, LOOKS);
            None::<()>
        });
        // The timer of the fake framework was not running, so the look that was due for it may still come.
        assert!(context.factorials.start_watchdog(&context.settings));
    }

    /// When the framework cancels what is left, the registers are unmapped: neither of the two looks at them.
    #[test]
    fn cancelling_and_stopping_touch_no_register() {
        let context = started();
        for cancelled in [true, false] {
            let handle = start(context);
            fake::accesses();
            fake::calls();
            if cancelled {
                fake::cancel(handle);
            } else {
                Factorials::stop(context).unwrap();
            }
            assert_eq!(fake::accesses(), (0, vec![]));
            let calls = fake::calls();
            let completed = "WdfRequestCompleteWithInformation 0xc0000120 0".to_owned();
            assert_eq!(calls.last(), Some(&completed), "{calls:?}");
        }
    }
}
