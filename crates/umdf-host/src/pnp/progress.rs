//! Waiting for what the machines do on other threads.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::machines::{Ending, PowerState};
use crate::schedule::{self, Signal};

/// How far a request is.
#[derive(Default)]
pub struct State {
    /// How the request of the PnP manager ended.
    pub ending: Option<Ending>,
    /// The system's power request is done.
    pub system_done: bool,
    /// The device power request that was done last.
    pub power: Option<PowerState>,
    /// What waits for another thread, or runs there.
    pub later: usize,
    /// The idle timer that runs, by its number.
    pub idle_timer: Option<u64>,
    /// What the power framework waits with before it says that the power is not required.
    pub power_framework: Option<u64>,
    /// Timers so far.
    timers: u64,
}

/// One of the timers.
pub type Which = fn(&mut State) -> &mut Option<u64>;

/// The state, and who waits for it.
#[derive(Default)]
pub struct Progress {
    state: Mutex<State>,
    changed: Signal,
}

impl Progress {
    /// Changes the state and wakes everybody who waits.
    pub fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let changed = change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
        changed
    }

    /// Starts a timer; the answer is its number.
    pub fn start_timer(&self, which: Which) -> u64 {
        self.change(|state| {
            state.timers += 1;
            let number = state.timers;
            *which(state) = Some(number);
            number
        })
    }

    /// Waits for the end of a timer, and counts it as something that still happens. False: it was
    /// stopped.
    pub fn timer_ends(&self, which: Which, number: u64, time: Duration) -> bool {
        let stopped = self.wait(time, |state| (*which(state) != Some(number)).then_some(()));
        stopped.is_none() && self.change(|state| which(state).take_if(|running| *running == number).is_some())
    }

    /// Stops a timer. False: it does not run.
    pub fn stop_timer(&self, which: Which) -> bool {
        self.change(|state| which(state).take().is_some())
    }

    /// Waits until `ready` gives a value, at most for `limit`.
    pub fn wait<T>(&self, limit: Duration, mut ready: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let end = schedule::now().saturating_add(limit);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(value) = ready(&mut state) {
                return Some(value);
            }
            let left = end.checked_sub(schedule::now()).filter(|left| !left.is_zero())?;
            state = self.changed.wait_timeout(&self.state, state, left);
        }
    }
}
