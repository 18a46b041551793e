//! One-shot timers.
//!
//! Sources: Microsoft Learn, "Using Timers", "WdfTimerCreate function (wdftimer.h)".

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use wdk_sys::{_WDF_EXECUTION_LEVEL, WDF_OBJECT_ATTRIBUTES, WDFTIMER};

use super::{Device, DeviceContext, Error, attributes, callback::serve};

/// EvtTimerFunc.
pub(crate) trait TimerEvent {
    /// The time has passed. Says when it is done: [`Timer::end`].
    fn fired(context: &DeviceContext) -> Result<(), Error>;
}

/// A timer of a device. It fires once per start: the framework refuses a periodic one at passive level.
pub(crate) struct Timer {
    timer: WDFTIMER,
    /// Callbacks that are to come, or have not ended.
    callbacks: AtomicU32,
}

// SAFETY: the framework takes timer handles on any thread.
unsafe impl Send for Timer {}
// SAFETY: as above.
unsafe impl Sync for Timer {}

impl Timer {
    /// Makes a timer that dies with `device`; that stops it and waits for its callback.
    pub fn new<E: TimerEvent>(device: &Device) -> Result<Self, Error> {
        // No automatic serialization: the device has no synchronization scope that the callback could join.
        let mut config = sized!(WDF_TIMER_CONFIG { EvtTimerFunc: Some(evt_timer_func::<E>) });
        let mut attributes = WDF_OBJECT_ATTRIBUTES {
            ExecutionLevel: _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive,
            ..attributes(device.0)
        };
        // SAFETY: the parent is valid; config and attributes are locals.
        let timer = unsafe { out_call!(WdfTimerCreate(&raw mut config, &raw mut attributes)) }?;
        Ok(Self { timer, callbacks: AtomicU32::new(0) })
    }

    /// Lets the callback run once, `after` this time. A timer that runs already is set anew; a callback that has begun
    /// goes on, and this will be one more. `prepare` is done when the callback counts already, and cannot come yet.
    pub fn start(&self, after: Duration, prepare: impl FnOnce()) {
        self.callbacks.fetch_add(1, Ordering::AcqRel);
        prepare();
        // Negative: relative, in units of 100 ns.
        let due = i64::try_from(after.as_nanos() / 100).map_or(i64::MIN, |ticks| -ticks);
        // SAFETY: the timer is valid as long as its device.
        let set_anew = || unsafe { call!(WdfTimerStart(self.timer, due)) != 0 };
        // Set anew, one callback was counted twice. Should it have ended meanwhile, it was not the last one, so it is
        // to come again.
        while set_anew() && self.callbacks.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.callbacks.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// In a callback that has not ended: whether no other one is to come.
    pub fn is_last(&self) -> bool {
        self.callbacks.load(Ordering::Acquire) == 1
    }

    /// Ends a callback. Answers whether no other one is to come.
    pub fn end(&self) -> bool {
        self.callbacks.fetch_sub(1, Ordering::AcqRel) == 1
    }
}

unsafe extern "C" fn evt_timer_func<E: TimerEvent>(timer: WDFTIMER) {
    // SAFETY: the framework passes its timer.
    let parent = unsafe { call!(WdfTimerGetParentObject(timer)) };
    // SAFETY: `Timer::new` makes every timer of the driver, with a device as parent, which outlives it.
    unsafe { serve("EvtTimerFunc", parent.cast(), None, E::fired) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::fake;

    struct Nothing;

    impl TimerEvent for Nothing {
        fn fired(_: &DeviceContext) -> Result<(), Error> {
            Ok(())
        }
    }

    #[test]
    fn the_callback_runs_at_passive_level_after_a_relative_time() {
        let timer = Timer::new::<Nothing>(&fake::bare_device()).unwrap();
        timer.start(Duration::from_millis(10), || ());
        let create = format!("WdfTimerCreate level {}", _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive);
        assert_eq!(fake::calls(), [create, "WdfTimerStart -100000".to_owned()]);
    }
}
