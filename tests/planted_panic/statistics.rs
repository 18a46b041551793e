//! In the place of `src/statistics.rs`: what panics in a callback of a queue, of a timer, and of an interrupt.

/// As the driver's.
#[derive(Debug, Default)]
pub struct Statistics {
    /// In the service routine or its work item, with nothing in hand.
    pub interrupts: Counter,
    /// In the service routine: BOOLEAN is returned there.
    pub spurious_interrupts: Panics,
    /// As the driver's.
    pub factorials: Counter,
    /// In the timer's callback, with a request in hand that was pending.
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
