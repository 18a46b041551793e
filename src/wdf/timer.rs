//! One-shot timers.

use std::ptr::null_mut;
use std::time::Duration;

use wdk_sys::{
    _WDF_EXECUTION_LEVEL, WDF_OBJECT_ATTRIBUTES, WDF_TIMER_CONFIG, WDFTIMER, call_unsafe_wdf_function_binding,
};

use super::object::{attributes_below, size_field};
use super::{Callback, Device, Object, Ref, Subject};
use crate::error::Error;

/// A timer of a device. It fires once per start: the framework refuses a periodic one at passive level.
pub(crate) struct Timer(WDFTIMER);

// SAFETY: the framework takes timer handles on any thread.
unsafe impl Send for Timer {}
// SAFETY: as above.
unsafe impl Sync for Timer {}

impl Object for Timer {
    type Handle = WDFTIMER;

    unsafe fn from_handle(handle: WDFTIMER) -> Self {
        Self(handle)
    }
}

impl Subject for Timer {
    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        Some(self.device())
    }
}

impl Timer {
    /// Makes a timer that dies with `device`; that stops it and waits for its callback.
    pub fn new(device: &Device, callback: Callback<unsafe extern "C" fn(WDFTIMER)>) -> Result<Self, Error> {
        // No automatic serialization: the device has no synchronization scope that the callback could join.
        let mut config = WDF_TIMER_CONFIG {
            Size: size_field::<WDF_TIMER_CONFIG>(),
            EvtTimerFunc: Some(callback.function()),
            ..WDF_TIMER_CONFIG::default()
        };
        let mut attributes = WDF_OBJECT_ATTRIBUTES {
            ExecutionLevel: _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive,
            ..attributes_below(device.as_object())
        };
        let mut timer: WDFTIMER = null_mut();
        // SAFETY: the parent is valid; all pointers point to locals.
        unsafe { call!(WdfTimerCreate(&raw mut config, &raw mut attributes, &raw mut timer)) }?;
        Ok(Self(timer))
    }

    /// Lets the callback run once, `after` this time. A timer that runs already is set anew: answers whether that was so.
    pub fn start(&self, after: Duration) -> bool {
        // Negative: relative, in units of 100 ns.
        let due = i64::try_from(after.as_nanos() / 100).map_or(i64::MIN, |ticks| -ticks);
        // SAFETY: the timer is valid as long as its device.
        let was_running = unsafe { call_unsafe_wdf_function_binding!(WdfTimerStart, self.0, due) };
        was_running != 0
    }

    /// The timer's device.
    pub fn device(&self) -> Ref<'_, Device> {
        // SAFETY: the timer is valid.
        let parent = unsafe { call_unsafe_wdf_function_binding!(WdfTimerGetParentObject, self.0) };
        // SAFETY: `new` makes every timer of the driver, with a device as parent, which outlives it.
        unsafe { Ref::new(parent.cast()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::{callback, fake};

    callback! {
        EvtTimerFunc: fn evt_timer(timer: &Timer) = nothing;
    }

    #[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
    fn nothing(_timer: &Timer) -> Result<(), Error> {
        Ok(())
    }

    #[test]
    fn the_callback_runs_at_passive_level_after_a_relative_time() {
        let timer = Timer::new(&fake::bare_device(), evt_timer).unwrap();
        timer.start(Duration::from_millis(10));
        let create = format!("WdfTimerCreate level {}", _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive);
        assert_eq!(fake::calls(), [create, "WdfTimerStart -100000".to_owned()]);
    }
}
