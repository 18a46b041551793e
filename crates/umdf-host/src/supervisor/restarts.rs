//! What becomes of a device whose host process ended before its time (Microsoft Learn, "Using Device Pooling
//! in UMDF Drivers" and "How UMDF Handles Driver Failures").
//!
//! The pages leave two things open, which are this host's choice: nobody can tell which device of a pool
//! is to blame, so the failure is counted for each device that the process held; and the failures in a
//! device's own process are counted apart from those in the pool.

use std::collections::BTreeMap;
use std::time::Duration;

/// Failures in the pool after which a device gets a process of its own.
const POOLED_FAILURES: u32 = 2;
/// Restarts of a device in its own process.
const RESTARTS: u32 = 5;
/// Time without a failure after which the next one counts as the first.
const FORGIVEN: Duration = Duration::from_mins(30);

/// What happens to the device next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is started again in the process that it shares with others.
    Pool,
    /// It is started again in a process of its own.
    Own {
        /// Restarts that are left after this one.
        left: u32,
    },
    /// It stays failed.
    Never,
}

/// Failures of one device.
#[derive(Default)]
struct Failures {
    pooled: bool,
    count: u32,
    last: Option<Duration>,
}

/// The failures of every device, by their numbers. Times are counted from any fixed moment.
#[derive(Default)]
pub struct Restarts {
    devices: BTreeMap<usize, Failures>,
}

impl Restarts {
    /// No failures yet. `pooled` says of each device whether its INF lets it share a process.
    pub fn new(pooled: impl IntoIterator<Item = (usize, bool)>) -> Self {
        let new = |(device, pooled)| (device, Failures { pooled, ..Failures::default() });
        Self { devices: pooled.into_iter().map(new).collect() }
    }

    /// Whether the device is hosted in the process that it shares with others.
    pub fn is_pooled(&self, device: usize) -> bool {
        self.devices.get(&device).is_some_and(|failures| failures.pooled)
    }

    /// The host process of a device ended.
    pub fn failed(&mut self, device: usize, now: Duration) -> Next {
        let failures = self.devices.entry(device).or_default();
        let forgiven = failures.last.is_some_and(|last| now.saturating_sub(last) >= FORGIVEN);
        failures.count = if forgiven { 1 } else { failures.count.saturating_add(1) };
        failures.last = Some(now);
        if failures.pooled && failures.count < POOLED_FAILURES {
            Next::Pool
        } else if failures.pooled {
            *failures = Failures::default();
            Next::Own { left: RESTARTS }
        } else {
            RESTARTS.checked_sub(failures.count).map_or(Next::Never, |left| Next::Own { left })
        }
    }

    /// The device was taken out or disabled: what comes back is a new instance with no failures.
    pub fn forget(&mut self, device: usize) {
        if let Some(failures) = self.devices.get_mut(&device) {
            failures.count = 0;
            failures.last = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const HALF_AN_HOUR: Duration = Duration::from_mins(30);

    fn own(left: u32) -> Next {
        Next::Own { left }
    }

    /// What follows from failures at these times.
    fn failures(restarts: &mut Restarts, device: usize, times: &[Duration]) -> Vec<Next> {
        times.iter().map(|time| restarts.failed(device, *time)).collect()
    }

    #[test]
    fn a_pooled_device_is_restarted_pooled_then_alone_then_five_times_then_never() {
        let mut restarts = Restarts::new([(0, true)]);
        assert!(restarts.is_pooled(0));
        assert_eq!(failures(&mut restarts, 0, &[SECOND]), [Next::Pool]);
        assert!(restarts.is_pooled(0));
        assert_eq!(failures(&mut restarts, 0, &[SECOND]), [own(5)]);
        assert!(!restarts.is_pooled(0));
        let alone = [own(4), own(3), own(2), own(1), own(0), Next::Never, Next::Never];
        assert_eq!(failures(&mut restarts, 0, &[SECOND * 2; 7]), alone);
    }

    #[test]
    fn a_device_that_shares_no_process_has_five_restarts() {
        let mut restarts = Restarts::new([(0, false)]);
        let expected = [own(4), own(3), own(2), own(1), own(0), Next::Never];
        assert_eq!(failures(&mut restarts, 0, &[SECOND; 6]), expected);
    }

    #[test]
    fn half_an_hour_makes_the_next_failure_the_first() {
        let mut restarts = Restarts::new([(0, false)]);
        assert_eq!(failures(&mut restarts, 0, &[SECOND; 5])[4], own(0));
        assert_eq!(restarts.failed(0, HALF_AN_HOUR), Next::Never);
        // Counted from the last failure, not from the first one.
        assert_eq!(restarts.failed(0, SECOND + HALF_AN_HOUR), Next::Never);
        assert_eq!(restarts.failed(0, SECOND + HALF_AN_HOUR * 2), own(4));
        assert_eq!(restarts.failed(0, SECOND + HALF_AN_HOUR * 2), own(3));
    }

    #[test]
    fn half_an_hour_keeps_a_pooled_device_in_the_pool() {
        let mut restarts = Restarts::new([(0, true)]);
        for hours in 1..10 {
            assert_eq!(restarts.failed(0, HALF_AN_HOUR * hours), Next::Pool);
        }
        assert_eq!(restarts.failed(0, HALF_AN_HOUR * 9 + SECOND), own(5));
        // What was alone once is pooled no more.
        assert_eq!(restarts.failed(0, HALF_AN_HOUR * 20), own(4));
    }

    #[test]
    fn devices_are_counted_apart() {
        let mut restarts = Restarts::new([(0, true), (1, true)]);
        assert_eq!(restarts.failed(0, SECOND), Next::Pool);
        assert_eq!(restarts.failed(0, SECOND), own(5));
        assert_eq!(restarts.failed(1, SECOND), Next::Pool);
        assert_eq!((restarts.is_pooled(0), restarts.is_pooled(1)), (false, true));
    }

    #[test]
    fn a_new_instance_has_no_failures() {
        let mut restarts = Restarts::new([(0, false)]);
        assert_eq!(failures(&mut restarts, 0, &[SECOND; 6])[5], Next::Never);
        restarts.forget(0);
        assert_eq!(restarts.failed(0, SECOND), own(4));
    }

    #[test]
    fn time_that_runs_backwards_forgives_nothing() {
        let mut restarts = Restarts::new([(0, false)]);
        assert_eq!(failures(&mut restarts, 0, &[HALF_AN_HOUR * 2, SECOND]), [own(4), own(3)]);
    }
}
