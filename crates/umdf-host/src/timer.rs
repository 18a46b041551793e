//! The clockwork of the timers: one thread that sleeps until the next one is due.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use crate::framework::{Handle, timer};
use crate::host::Host;

/// A WDF due time or timeout, 100 ns units. Negative is relative, which is what drivers use.
/// Absolute times count from 1601; this host has no calendar and takes them as due at once.
pub fn relative(time: i64) -> Duration {
    if time < 0 { Duration::from_nanos(time.unsigned_abs().saturating_mul(100)) } else { Duration::ZERO }
}

/// A start of a timer: when it is due, its number, its timer.
type Due = Reverse<(Duration, u64, Handle)>;

#[derive(Default)]
struct Queue {
    due: BinaryHeap<Due>,
    started: u64,
}

/// The timers that run.
#[derive(Default)]
pub struct Timers {
    queue: Mutex<Queue>,
    changed: Condvar,
    thread: OnceLock<()>,
}

impl Timers {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `timer` expire after `delay`. The answer is the number of this start: a timer knows by
    /// it which start is the current one.
    pub fn start(&self, host: &'static Host, timer: Handle, delay: Duration) -> u64 {
        self.thread.get_or_init(|| {
            thread::spawn(move || host.timers.work(host));
        });
        let mut queue = self.lock();
        queue.started += 1;
        let number = queue.started;
        queue.due.push(Reverse((host.clock.now().saturating_add(delay), number, timer)));
        drop(queue);
        self.changed.notify_one();
        number
    }

    fn work(&self, host: &'static Host) {
        let mut queue = self.lock();
        loop {
            let now = host.clock.now();
            match queue.due.peek() {
                Some(Reverse((due, number, timer))) if *due <= now => {
                    let (number, timer) = (*number, *timer);
                    queue.due.pop();
                    // `expire` takes the state's lock, under which timers are started.
                    drop(queue);
                    timer::expire(host, timer, number);
                    queue = self.lock();
                }
                Some(Reverse((due, ..))) => {
                    let left = due.saturating_sub(now);
                    queue = self.changed.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
                }
                None => queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
