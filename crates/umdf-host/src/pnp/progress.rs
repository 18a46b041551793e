//! Waiting for what the machines do on other threads.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::machines::Ending;

/// How far a request is.
#[derive(Default)]
pub struct State {
    /// How the request of the PnP manager ended.
    pub ending: Option<Ending>,
    /// The system's power request is done.
    pub system_done: bool,
    /// What waits for another thread, or runs there.
    pub later: usize,
    /// The idle timer that runs, by its number.
    pub idle_timer: Option<u64>,
    /// Idle timers so far.
    pub idle_timers: u64,
}

/// The state, and who waits for it.
#[derive(Default)]
pub struct Progress {
    state: Mutex<State>,
    changed: Condvar,
}

impl Progress {
    /// Changes the state and wakes everybody who waits.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }

    /// Ends the idle timer if `running` is the one that runs.
    pub fn take_idle_timer(&self, running: Option<u64>) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.idle_timer.take_if(|timer| Some(*timer) == running).is_some()
    }

    /// Stops the idle timer, if one runs.
    pub fn stop_idle_timer(&self) -> bool {
        let mut running = None;
        self.change(|state| running = state.idle_timer.take());
        running.is_some()
    }

    /// Waits until `ready` gives a value, at most for `limit`.
    pub fn wait<T>(&self, limit: Duration, mut ready: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let end = Instant::now() + limit;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(value) = ready(&mut state) {
                return Some(value);
            }
            let left = end.checked_duration_since(Instant::now())?;
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
