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
                Pending::keep(context, request, || {
                    watch(context);
                    Job { computation: Computation::new(n), looks_left: LOOKS }
                });
                look(context);
            }
            Err(error) => request.complete(Err(error)),
        }
        Ok(())
    }
}

/// Has the watchdog look in a while; answers whether it was about to.
///
/// This is done where nobody else can reach the factorial that waits, and so is each look. So a look that finds the
/// watchdog at rest was not too early: since it was started for this factorial, its time has passed.
fn watch(context: &DeviceContext) -> bool {
    context.factorials.watchdog.start(context.settings.factorial_timeout / LOOKS)
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
        let timeout = context.settings.factorial_timeout;
        look_or(context, |job| {
            // If another look was to come, this one was for the factorial before.
            let counts = !watch(context);
            job.looks_left = job.looks_left.saturating_sub(counts.into());
            (job.looks_left == 0).then_some(Error::FactorialTimeout { n: job.computation.n, timeout })
        });
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

    /// With an engine that never answers. Looks that were due for factorials before begin late, and take none away from
    /// the next one.
    #[test]
    fn time_is_up_after_its_looks_and_not_one_later() {
        let context = started();
        let pending = &context.factorials.pending;
        let kept = || {
            let mut kept = false;
            pending.finish(|_| {
                kept = true;
                None::<()>
            });
            kept
        };
        let start = || {
            fake::answer_reads(&[1]);
            start(context);
        };
        let fired = || {
            fake::answer_reads(&[1]);
            Factorials::fired(context).unwrap();
        };
        for before in 0..3 {
            for _ in 0..before {
                start();
                fake::timer_due();
                let (request, ()) = pending.finish(|_| Some(())).unwrap();
                request.complete(Ok(0));
            }
            start();
            (0..before).for_each(|_| fired());
            for look in 1..=LOOKS {
                assert!(kept(), "look {look} of {LOOKS}");
                fake::timer_due();
                fired();
            }
            assert!(!kept());
            assert_eq!(context.statistics.read().timeouts, before + 1);
        }
    }

    /// A timer's callback that has not begun stands for those that become due meanwhile.
    #[test]
    fn a_look_that_stands_for_two_counts() {
        let context = started();
        let pending = &context.factorials.pending;
        fake::answer_reads(&[1; 3]);
        start(context);
        fake::timer_due();
        let (request, ()) = pending.finish(|_| Some(())).unwrap();
        request.complete(Ok(0));
        start(context);
        fake::timer_due();
        Factorials::fired(context).unwrap();
        let looks_left = pending.finish(|job| Some(job.looks_left)).map(|(request, looks)| {
            request.complete(Ok(0));
            looks
        });
        assert_eq!(looks_left, Some(LOOKS - 1));
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
