//! The host's one clock.

use std::time::{Duration, Instant};

/// Time since the worker began. Device models and timers read no other clock.
pub struct Clock {
    begin: Instant,
}

impl Clock {
    pub fn start() -> Self {
        Self { begin: Instant::now() }
    }

    pub fn now(&self) -> Duration {
        self.begin.elapsed()
    }
}
