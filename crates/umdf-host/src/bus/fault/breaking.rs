//! How a device breaks in the middle of its life.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Width;

/// A device breaks at one of its register accesses, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Break {
    /// The access that finds it broken: from 1, reads and writes together.
    pub access: u64,
    /// What it does then.
    pub how: Breakage,
}

/// What a broken device does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Breakage {
    /// It answers every read with all ones, ignores writes and raises no interrupt.
    AllOnes,
    /// Its registers keep what they have, and it raises no interrupt.
    Stuck,
    /// What it does by itself takes 30 s longer: no driver waits so long.
    Late,
}

/// How late a late device is.
pub const LATE: Duration = Duration::from_secs(30);

/// The way of a device to its breakage.
#[derive(Default)]
pub struct Breaking {
    at: Option<Break>,
    accesses: u64,
    broken: Option<(Breakage, Duration)>,
    /// Values of registers that are stuck, by BAR, offset and bytes.
    stuck: BTreeMap<(usize, u64, u64), u64>,
}

impl Breaking {
    /// Says when it breaks, counted from its first access.
    pub fn set(&mut self, at: Option<Break>) {
        self.at = at;
    }

    /// An access begins.
    pub fn access(&mut self, now: Duration) {
        self.accesses = self.accesses.saturating_add(1);
        if let Some(Break { how, .. }) = self.at.filter(|at| at.access == self.accesses) {
            self.broken = Some((how, now));
        }
    }

    /// What it does, if it is broken.
    pub fn how(&self) -> Option<Breakage> {
        self.broken.map(|(how, _)| how)
    }

    /// The value that a register is stuck at; `now` is the one that it has at the first read of it.
    pub fn stuck(&mut self, bar: usize, offset: u64, width: Width, now: impl FnOnce() -> u64) -> u64 {
        *self.stuck.entry((bar, offset, width.bytes())).or_insert_with(now)
    }

    /// The device's own time: that of a late one stands still for a while.
    pub fn time(&self, now: Duration) -> Duration {
        match self.broken {
            Some((Breakage::Late, since)) => now.saturating_sub(LATE).max(since.min(now)),
            Some((Breakage::Stuck, since)) => since.min(now),
            _ => now,
        }
    }

    /// When the device's own time is `time`.
    pub fn when(&self, time: Duration) -> Duration {
        match self.broken {
            Some((Breakage::Late, since)) if time > since => time.saturating_add(LATE),
            _ => time,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn broken(how: Breakage) -> Breaking {
        let mut breaking = Breaking::default();
        breaking.set(Some(Break { access: 2, how }));
        breaking.access(s(1));
        assert_eq!(breaking.how(), None);
        breaking.access(s(5));
        assert_eq!(breaking.how(), Some(how));
        breaking
    }

    #[test]
    fn the_time_of_a_late_device_stands_still_and_then_goes_on() {
        let late = broken(Breakage::Late);
        let times = [s(5), s(6), s(5) + LATE, s(8) + LATE].map(|now| late.time(now));
        assert_eq!(times, [s(5), s(5), s(5), s(8)]);
        assert_eq!((late.when(s(5)), late.when(s(8))), (s(5), s(8) + LATE));
    }

    #[test]
    fn a_stuck_register_keeps_its_first_value() {
        let mut stuck = broken(Breakage::Stuck);
        assert_eq!(stuck.stuck(0, 4, Width::U32, || 7), 7);
        assert_eq!(stuck.stuck(0, 4, Width::U32, || 8), 7);
        assert_eq!(stuck.stuck(0, 8, Width::U32, || 8), 8);
        assert_eq!(stuck.time(s(9)), s(5));
    }
}
