//! A channel for one value, on which both modes can wait.

use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Signal, now};

struct Slot<T> {
    value: Option<T>,
    /// No value will come any more.
    closed: bool,
}

struct Shared<T> {
    slot: Mutex<Slot<T>>,
    changed: Signal,
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, Slot<T>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends the value. The channel closes when the last of its clones goes.
pub struct Sender<T> {
    end: Arc<End<T>>,
}

struct End<T> {
    shared: Arc<Shared<T>>,
}

/// Gets the value.
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
}

/// Makes the two ends.
pub fn reply<T>() -> (Sender<T>, Receiver<T>) {
    let slot = Mutex::new(Slot { value: None, closed: false });
    let shared = Arc::new(Shared { slot, changed: Signal::default() });
    let end = Arc::new(End { shared: Arc::clone(&shared) });
    (Sender { end }, Receiver { shared })
}

impl<T> Sender<T> {
    /// Sends the value. Whether anybody still waits for it is not known.
    pub fn send(&self, value: T) {
        self.end.shared.lock().value = Some(value);
        self.end.shared.changed.notify_all();
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self { end: Arc::clone(&self.end) }
    }
}

impl<T> Drop for End<T> {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }
}

impl<T> Receiver<T> {
    /// Waits for the value, at most for `limit`.
    ///
    /// # Errors
    /// Time is up, or the other end is gone and has sent nothing.
    pub fn recv_timeout(&self, limit: Duration) -> Result<T, RecvTimeoutError> {
        let end = now().saturating_add(limit);
        let mut slot = self.shared.lock();
        loop {
            if let Some(value) = slot.value.take() {
                return Ok(value);
            }
            if slot.closed {
                return Err(RecvTimeoutError::Disconnected);
            }
            let left = end.saturating_sub(now());
            if left.is_zero() {
                return Err(RecvTimeoutError::Timeout);
            }
            slot = self.shared.changed.wait_timeout(&self.shared.slot, slot, left);
        }
    }
}
