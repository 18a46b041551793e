//! Which devices to look at: those that something happened to, and those whose next change is due. All the
//! others ask of the processor what they asked before.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What is known of the devices, by slot.
#[derive(Default)]
pub struct Attention {
    /// Something happened to them since the last look.
    touched: BTreeSet<u16>,
    /// Their next changes that come without an access, in order.
    due: BTreeSet<(Duration, u16)>,
    /// The same, by slot.
    next: BTreeMap<u16, Duration>,
    /// The lines that were high at the last look, and the slots that keep them so.
    high: BTreeMap<u32, BTreeSet<u16>>,
    /// The line that each slot keeps high.
    keeps: BTreeMap<u16, u32>,
    /// How often each slot let its line fall.
    falls: BTreeMap<u16, u64>,
}

impl Attention {
    /// Something happened to the device; its next change comes at `next`.
    pub fn touch(&mut self, slot: u16, next: Option<Duration>) {
        self.touched.insert(slot);
        self.expect(slot, next);
    }

    /// The slots to look at by `now`, in order.
    pub fn take(&mut self, now: Duration) -> BTreeSet<u16> {
        let mut slots = std::mem::take(&mut self.touched);
        slots.extend(self.due.range(..=(now, u16::MAX)).map(|(_, slot)| *slot));
        slots
    }

    /// What a look found: the line that the device keeps high, and its next change.
    pub fn seen(&mut self, slot: u16, line: Option<u32>, next: Option<Duration>) {
        self.expect(slot, next);
        let before = match line {
            Some(line) => self.keeps.insert(slot, line),
            None => self.keeps.remove(&slot),
        };
        if before == line {
            return;
        }
        if line.is_none() {
            *self.falls.entry(slot).or_default() += 1;
        }
        if let Some(before) = before
            && let Some(slots) = self.high.get_mut(&before)
        {
            slots.remove(&slot);
            if slots.is_empty() {
                self.high.remove(&before);
            }
        }
        if let Some(line) = line {
            self.high.entry(line).or_default().insert(slot);
        }
    }

    /// Whether the slot kept a line high at the last look.
    pub fn is_kept_high_by(&self, slot: u16) -> bool {
        self.keeps.contains_key(&slot)
    }

    /// How often looks found that the slot had let its line fall.
    pub fn falls(&self, slot: u16) -> u64 {
        self.falls.get(&slot).copied().unwrap_or_default()
    }

    /// The lines that were high at the last look, by vector.
    pub fn lines(&self) -> impl Iterator<Item = u32> {
        self.high.keys().copied()
    }

    /// The next change of any device.
    pub fn next_event(&self) -> Option<Duration> {
        self.due.first().map(|(time, _)| *time)
    }

    fn expect(&mut self, slot: u16, next: Option<Duration>) {
        let before = match next {
            Some(next) => self.next.insert(slot, next),
            None => self.next.remove(&slot),
        };
        if before == next {
            return;
        }
        if let Some(before) = before {
            self.due.remove(&(before, slot));
        }
        if let Some(next) = next {
            self.due.insert((next, slot));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(time: u64) -> Duration {
        Duration::from_nanos(time)
    }

    #[test]
    fn only_what_was_touched_or_is_due_is_looked_at() {
        let mut attention = Attention::default();
        attention.touch(1, None);
        attention.touch(2, Some(at(20)));
        attention.touch(3, Some(at(10)));
        assert_eq!(attention.take(at(0)), [1, 2, 3].into());
        assert_eq!(attention.next_event(), Some(at(10)));
        assert_eq!(attention.take(at(9)), [].into());
        assert_eq!(attention.take(at(10)), [3].into());
        attention.seen(3, None, None);
        attention.touch(1, Some(at(15)));
        assert_eq!(attention.next_event(), Some(at(15)));
        assert_eq!(attention.take(at(30)), [1, 2].into());
    }

    #[test]
    fn a_line_is_high_until_the_last_slot_lets_it_fall() {
        let mut attention = Attention::default();
        let lines = |attention: &Attention| attention.lines().collect::<Vec<_>>();
        for (slot, line) in [(1, Some(7)), (2, Some(7)), (3, Some(8)), (1, None)] {
            attention.seen(slot, line, None);
        }
        assert_eq!(lines(&attention), [7, 8]);
        attention.seen(2, Some(8), None);
        assert_eq!(lines(&attention), [8]);
        attention.seen(2, None, None);
        attention.seen(3, None, None);
        assert_eq!(lines(&attention), [0; 0]);
        assert_eq!([1, 2, 3, 4].map(|slot| attention.falls(slot)), [1, 1, 1, 0]);
    }
}
