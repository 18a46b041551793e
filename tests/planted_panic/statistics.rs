//! In the place of `src/statistics.rs`: what panics in a callback of a queue, of a timer, and of an interrupt.

#![expect(clippy::unused_self, reason = "the functions are called as the driver's")]

/// As the driver's.
#[derive(Debug, Default)]
pub struct Statistics {
    /// As the driver's.
    pub interrupts: Counter,
    /// Panics in the service routine, with nothing in hand.
    pub spurious_interrupts: Panics,
    /// As the driver's.
    pub factorials: Counter,
    /// Panics in the timer's callback, with a request in hand that was pending.
    pub timeouts: Panics,
}

/// Counts nothing.
#[derive(Debug, Default)]
pub struct Counter;

impl Counter {
    /// Does nothing.
    pub fn count(&self) {}
}

/// A bug.
#[derive(Debug, Default)]
pub struct Panics;

impl Panics {
    /// Panics.
    pub fn count(&self) {
        panic!("planted in the count");
    }
}

impl Statistics {
    /// Panics: in EvtIoDeviceControl, with the request in hand.
    pub fn read(&self) -> edu_interface::Statistics {
        panic!("planted in the request");
    }
}
