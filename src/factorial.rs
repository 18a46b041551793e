//! Factorials: many may be asked for, the engine computes one at a time.
//!
//! The default queue forwards them to a sequential queue, which delivers one, and the next when that is completed.
//! The delivered one is kept, and can be cancelled, until the device answers: an interrupt says when to look. A
//! watchdog looks too, and ends the wait when the device has had its time.
//!
//! Sources: Microsoft Learn, "Dispatching Methods for I/O Requests", "Canceling I/O Requests", "Using Timers".

use tracing::debug;

use crate::wdf::{
    Device, IoDeviceControl, IoStop, Keep, Parameters, Pending, Queue, Request, Timer, TimerEvent,
};
use crate::{device::DeviceContext, edu::Computation, error::Error, queue::read_value};

/// How often the watchdog looks until time is up. A look that finds the answer makes good for a lost interrupt.
const LOOKS: u32 = 4;

/// What a device has for its factorials.
pub(crate) struct Factorials {
    /// Where they wait for the engine, first come, first served.
    queue: Queue,
    /// The one that the engine has.
    pending: Pending<Job>,
    watchdog: Timer,
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
        })
    }

    /// Lets a request wait for the engine, if it is a good one.
    pub fn enqueue(&self, request: Request) {
        match read_value(&request) {
            Ok(_) => request.forward(&self.queue),
            Err(error) => request.complete(Err(error)),
        }
    }
}

impl IoDeviceControl for Factorials {
    /// It is a request's turn.
    fn device_control(context: &DeviceContext, request: Request, _: Parameters) -> Result<(), Error> {
        match read_value(&request) {
            Ok(n) => {
                let job = Job { computation: Computation::new(n), looks_left: LOOKS };
                let keep = || Pending::keep(context, request, job);
                context.factorials.watchdog.start(context.settings.factorial_timeout / LOOKS, keep);
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
        let Factorials { pending, watchdog, .. } = &context.factorials;
        let timeout = context.settings.factorial_timeout;
        look_or(context, |job| {
            // If another look comes, this one was for the factorial before.
            job.looks_left = job.looks_left.saturating_sub(watchdog.is_last().into());
            (job.looks_left == 0).then_some(Error::FactorialTimeout { n: job.computation.n, timeout })
        });
        if watchdog.end() && pending.is_kept() {
            watchdog.start(timeout / LOOKS, || ());
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
pub(crate) mod tests {
    use edu_interface::IOCTL_EDU_FACTORIAL;
    use wdk_sys::WDFREQUEST;
    use zerocopy::IntoBytes;

    use super::*;
    use crate::device::tests::started;
    use crate::wdf::fake;

    /// A factorial that gets to the engine of this device.
    pub fn start(context: &DeviceContext) -> WDFREQUEST {
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
        assert_eq!(fake::calls(), ["WdfRequestMarkCancelableEx", "WdfTimerStart -5000000"]);
        look(context);
        let answered = ["WdfRequestUnmarkCancelable", "WdfRequestCompleteWithInformation 0x00000000 8"];
        assert_eq!(fake::calls(), answered);
        look(context);
        assert!(fake::calls().is_empty() && errors.is_empty());
    }

    /// With an engine that never answers. The timer of the fake framework is never running when it is started, so the
    /// look that was due for a factorial before still comes; it takes none away from the next one.
    #[test]
    fn time_is_up_after_its_looks_and_not_one_later() {
        let context = started();
        let Factorials { pending, watchdog, .. } = &context.factorials;
        let computing = || fake::answer_reads(&[1]);
        for before in 0..3 {
            for _ in 0..before {
                computing();
                start(context);
                let (request, ()) = pending.finish(|_| Some(())).unwrap();
                request.complete(Ok(0));
            }
            computing();
            start(context);
            let fired = (1..=2 * LOOKS).find(|_| {
                computing();
                Factorials::fired(context).unwrap();
                !pending.is_kept()
            });
            assert_eq!(fired, Some(before + LOOKS));
            assert!(!watchdog.is_last(), "none is left");
        }
        assert_eq!(context.statistics.read().timeouts, 3);
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
