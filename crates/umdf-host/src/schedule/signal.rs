//! Where threads wait for each other.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{SCHEDULE, mine};

/// A condition variable in both modes. As with any, who waits looks again after each wait whether there is
/// reason to go on.
#[derive(Default)]
pub struct Signal {
    condvar: Condvar,
}

impl Signal {
    /// What it is called in the schedule. Only compared, so it may differ from run to run.
    fn place(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    /// Wakes one thread that waits.
    pub fn notify_one(&self) {
        match SCHEDULE.get() {
            Some(schedule) => schedule.lock().turns.wake_one(self.place()),
            None => self.condvar.notify_one(),
        }
    }

    /// Wakes every thread that waits.
    pub fn notify_all(&self) {
        match SCHEDULE.get() {
            Some(schedule) => schedule.lock().turns.wake_all(self.place()),
            None => self.condvar.notify_all(),
        }
    }

    /// Waits for as long as it takes: for threads that have nothing to do. The guard is that of the mutex.
    pub fn wait<'a, T>(&self, mutex: &'a Mutex<T>, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        match mine() {
            Some(_) => self.wait_in_turn(mutex, guard, None),
            None => self.condvar.wait(guard).unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Waits, at most for `limit`.
    pub fn wait_timeout<'a, T>(
        &self,
        mutex: &'a Mutex<T>,
        guard: MutexGuard<'a, T>,
        limit: Duration,
    ) -> MutexGuard<'a, T> {
        match mine() {
            Some(_) => self.wait_in_turn(mutex, guard, Some(limit)),
            None => self.condvar.wait_timeout(guard, limit).unwrap_or_else(PoisonError::into_inner).0,
        }
    }

    fn wait_in_turn<'a, T>(
        &self,
        mutex: &'a Mutex<T>,
        guard: MutexGuard<'a, T>,
        limit: Option<Duration>,
    ) -> MutexGuard<'a, T> {
        // Nobody else runs between here and the hand-over, so no wake-up is lost.
        drop(guard);
        if let Some((schedule, task)) = mine() {
            schedule.pass_from(task, |turns| turns.wait(self.place(), limit));
        }
        super::lock(mutex)
    }
}
