//! The clockwork of timers and timeouts: one thread that sleeps until the next one is due.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crate::framework::{Handle, timer};
use crate::host::Host;
use crate::io::send;
use crate::schedule::{self, Signal};

/// A WDF due time or timeout, 100 ns units. Negative is relative, which is what drivers use.
/// Absolute times count from 1601; this host has no calendar and takes them as due at once.
pub fn relative(time: i64) -> Duration {
    if time < 0 { Duration::from_nanos(time.unsigned_abs().saturating_mul(100)) } else { Duration::ZERO }
}

/// What becomes due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expiry {
    /// A timer of the driver.
    Timer(Handle),
    /// The timeout of a sent request, by the number of the sending.
    Sent(u64),
}

/// A start: when it is due, its number, what it is of.
type Due = Reverse<(Duration, u64, Expiry)>;

#[derive(Default)]
struct Queue {
    due: BinaryHeap<Due>,
    started: u64,
}

/// The timers that run.
#[derive(Default)]
pub struct Timers {
    queue: Mutex<Queue>,
    changed: Signal,
    thread: OnceLock<()>,
}

impl Timers {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets something expire after `delay`. The answer is the number of this start: what expires knows by
    /// it which start is the current one.
    pub fn start(&self, host: &'static Host, expiry: Expiry, delay: Duration) -> u64 {
        self.thread.get_or_init(|| {
            schedule::spawn(move || host.timers.work(host));
        });
        let mut queue = self.lock();
        queue.started += 1;
        let number = queue.started;
        queue.due.push(Reverse((schedule::now().saturating_add(delay), number, expiry)));
        drop(queue);
        self.changed.notify_one();
        number
    }

    fn work(&self, host: &'static Host) {
        let mut queue = self.lock();
        loop {
            let now = schedule::now();
            match queue.due.peek() {
                Some(Reverse((due, number, expiry))) if *due <= now => {
                    let (number, expiry) = (*number, *expiry);
                    queue.due.pop();
                    // Both take the state's lock, under which this is started.
                    drop(queue);
                    match expiry {
                        Expiry::Timer(timer) => timer::expire(host, timer, number),
                        Expiry::Sent(sent) => send::expire(host, sent, number),
                    }
                    queue = self.lock();
                }
                Some(Reverse((due, ..))) => {
                    let left = due.saturating_sub(now);
                    queue = self.changed.wait_timeout(&self.queue, queue, left);
                }
                None => queue = self.changed.wait(&self.queue, queue),
            }
        }
    }
}
