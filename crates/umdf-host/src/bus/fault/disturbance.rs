//! Interrupts that the hardware loses, doubles or invents.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What happens to interrupts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interruption {
    /// The next messages do not arrive. A line cannot be lost: it stays high.
    Lost,
    /// The next messages arrive twice.
    Doubled,
    /// A message arrives, or the line is high for a moment, for which the device has no reason. Once, that is
    /// one that comes early; often, a storm.
    Spurious,
}

/// Interrupts that go wrong from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disturbance {
    /// How they go wrong.
    pub how: Interruption,
    /// How many of them.
    pub times: u32,
    /// Time from one that is invented to the next, and from one that is doubled to its double.
    pub every: Duration,
}

/// The disturbances of a device that are not over.
#[derive(Default)]
pub struct Disturbances {
    lost: u32,
    doubled: u32,
    every: Duration,
    /// The doubles that are on their way: when they arrive, and which messages they are.
    again: Option<(Duration, u32)>,
    /// The next invented one, how many are left, and the time between them.
    spurious: Option<(Duration, u32, Duration)>,
    /// The line was high for no reason, and falls.
    falls: Option<Duration>,
    /// Messages stand for the line.
    in_messages: bool,
}

impl Disturbances {
    /// One more begins.
    pub fn begin(&mut self, Disturbance { how, times, every }: Disturbance, now: Duration) {
        match how {
            Interruption::Lost => self.lost = times,
            Interruption::Doubled => (self.doubled, self.every) = (times, every),
            Interruption::Spurious => self.spurious = (times > 0).then_some((now, times, every)),
        }
    }

    /// Says whether the device interrupts by messages.
    pub fn set_messages(&mut self, count: u8) {
        self.in_messages = count > 0;
    }

    /// The messages that arrive when the device has sent these.
    pub fn messages(&mut self, sent: u32, now: Duration) -> u32 {
        let mut arrived = sent;
        if arrived != 0 && self.lost > 0 {
            self.lost -= 1;
            arrived = 0;
        }
        if let Some((_, again)) = self.again.take_if(|(due, _)| *due <= now) {
            arrived |= again;
        } else if arrived != 0 && self.doubled > 0 {
            self.doubled -= 1;
            self.again = Some((now.saturating_add(self.every), arrived));
        }
        arrived | u32::from(self.in_messages && self.invents(now))
    }

    /// Whether the line is high when the device keeps it so.
    pub fn line(&mut self, high: bool, now: Duration) -> bool {
        self.falls = None;
        let invented = !self.in_messages && self.invents(now);
        if invented && !high {
            self.falls = Some(now);
        }
        high || invented
    }

    /// When something happens by itself.
    pub fn next_event(&self) -> Option<Duration> {
        let again = self.again.map(|(due, _)| due);
        let spurious = self.spurious.map(|(due, ..)| due);
        [again, spurious, self.falls].into_iter().flatten().min()
    }

    fn invents(&mut self, now: Duration) -> bool {
        let Some((due, left, every)) = self.spurious.filter(|(due, ..)| *due <= now) else { return false };
        self.spurious = (left > 1).then_some((due.max(now).saturating_add(every), left - 1, every));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::ZERO;
    const LATER: Duration = Duration::from_micros(5);

    fn disturbed(how: Interruption, times: u32) -> Disturbances {
        let mut disturbances = Disturbances::default();
        disturbances.set_messages(2);
        disturbances.begin(Disturbance { how, times, every: LATER }, NOW);
        disturbances
    }

    #[test]
    fn a_lost_message_does_not_arrive() {
        let mut lost = disturbed(Interruption::Lost, 1);
        assert_eq!([0, 2, 2].map(|sent| lost.messages(sent, NOW)), [0, 0, 2]);
        assert!(lost.line(true, NOW));
    }

    #[test]
    fn a_doubled_message_arrives_twice() {
        let mut doubled = disturbed(Interruption::Doubled, 1);
        assert_eq!(doubled.messages(2, NOW), 2);
        assert_eq!((doubled.next_event(), doubled.messages(0, NOW)), (Some(LATER), 0));
        assert_eq!((doubled.messages(0, LATER), doubled.messages(2, LATER)), (2, 2));
        assert_eq!(doubled.next_event(), None);
    }

    #[test]
    fn messages_are_invented_in_time() {
        let mut storm = disturbed(Interruption::Spurious, 2);
        assert_eq!([NOW, NOW, LATER, LATER].map(|now| storm.messages(0, now)), [1, 0, 1, 0]);
        assert_eq!(storm.next_event(), None);
    }

    #[test]
    fn a_line_that_is_high_for_no_reason_falls_at_the_next_look() {
        let mut early = disturbed(Interruption::Spurious, 1);
        early.set_messages(0);
        assert!(early.line(false, NOW));
        assert_eq!(early.next_event(), Some(NOW));
        assert!(!early.line(false, NOW));
        assert_eq!(early.next_event(), None);
    }
}
