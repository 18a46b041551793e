//! How often what has happened to a device.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters that any callback can count up, without a lock.
#[derive(Debug, Default)]
pub(crate) struct Statistics {
    /// Interrupts that the device had raised.
    pub interrupts: Counter,
    /// Interrupts that it had not raised.
    pub spurious_interrupts: Counter,
    /// Factorials that it has answered.
    pub factorials: Counter,
    /// Factorials that it did not answer in time.
    pub timeouts: Counter,
}

/// One counter.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    /// Counts one more.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Statistics {
    /// The counts, as a caller gets them.
    pub fn read(&self) -> edu_interface::Statistics {
        edu_interface::Statistics {
            version: edu_interface::INTERFACE_VERSION,
            reserved: [0; 3],
            interrupts: self.interrupts.0.load(Ordering::Relaxed),
            spurious_interrupts: self.spurious_interrupts.0.load(Ordering::Relaxed),
            factorials: self.factorials.0.load(Ordering::Relaxed),
            timeouts: self.timeouts.0.load(Ordering::Relaxed),
        }
    }
}
