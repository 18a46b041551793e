//! One-shot timers.
//!
//! Sources: Microsoft Learn, "Using Timers", "WdfTimerCreate function (wdftimer.h)".

use std::time::Duration;

use wdk_sys::{_WDF_EXECUTION_LEVEL, WDFTIMER};

use super::{Device, DeviceContext, Error, attributes, callback::serve};

/// EvtTimerFunc.
pub(crate) trait TimerEvent {
    /// The time has passed.
    fn fired(context: &DeviceContext) -> Result<(), Error>;
}

/// A timer of a device. It fires once per start: the framework refuses a periodic one at passive level.
pub(crate) struct Timer(WDFTIMER);

// SAFETY: the framework takes timer handles on any thread.
unsafe impl Send for Timer {}
// SAFETY: as above.
unsafe impl Sync for Timer {}

impl Timer {
    /// Makes a timer that dies with `device`; that stops it and waits for its callback.
    pub fn new<E: TimerEvent>(device: &Device) -> Result<Self, Error> {
        // No automatic serialization: the device has no synchronization scope that the callback could join.
        let mut config = sized!(WDF_TIMER_CONFIG { EvtTimerFunc: Some(evt_timer_func::<E>) });
        let mut attributes = attributes(device.0);
        attributes.ExecutionLevel = _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive;
        // SAFETY: the parent is valid; config and attributes are locals.
        unsafe { out_call!(WdfTimerCreate(&raw mut config, &raw mut attributes)) }.map(Self)
    }

    /// Lets the callback run once, `after` this time. A timer that runs already is set anew: answers whether that was
    /// so. A callback that has become due goes on, on a thread of its own, and may still be about to begin.
    pub fn start(&self, after: Duration) -> bool {
        // Negative: relative, in units of 100 ns.
        let due = i64::try_from(after.as_nanos() / 100).map_or(i64::MIN, |ticks| -ticks);
        // SAFETY: the timer is valid as long as its device.
        unsafe { call!(WdfTimerStart(self.0, due)) != 0 }
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
        timer.start(Duration::from_millis(10));
        let create = format!("WdfTimerCreate level {}", _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive);
        assert_eq!(fake::calls(), [create, "WdfTimerStart -100000".to_owned()]);
    }
}
