//! What `umdf-host serve` does with the host processes while it serves.

use std::collections::BTreeSet;

use super::{During, Hosting, Offline, Stage};
use crate::history::{Event, Record};
use crate::report::{Entry, last_events};
use crate::scenario::Step;
use crate::served::{Answer, Operation};
use crate::supervisor::RunError;
use crate::worker::Command;

/// Events that a log keeps in any case, if it is of a run that serves: the newest ones.
const NEWEST: usize = 50_000;
/// Longest output of a client's request that a log keeps, in bytes.
const LONGEST_OUTPUT: usize = 256;

impl Hosting {
    /// How many host processes there were.
    pub fn hosts(&self) -> usize {
        self.hosts.len()
    }

    /// Whether the system is asleep.
    pub fn is_asleep(&self) -> bool {
        self.asleep
    }

    /// Whether there is a device of that number, with a host process.
    pub fn is_present(&self, device: usize) -> bool {
        self.seats.get(device).is_some_and(|seat| seat.stage == Stage::Present && seat.offline.is_none())
    }

    /// Whether there is any.
    pub fn any_is_present(&self) -> bool {
        (0..self.seats.len()).any(|device| self.is_present(device))
    }

    /// What a host process did since this was asked last.
    pub fn news_of(&mut self, host: usize) -> Result<Vec<(Option<u32>, Record)>, RunError> {
        self.hosts[host].look()?;
        Ok(self.hosts[host].take_all_events())
    }

    /// Keeps an event for the report. One that serves for long has more of them than anybody can read: then only
    /// those that say how the devices and the driver are, and the newest ones.
    pub fn keep(&mut self, host: usize, thread: Option<u32>, mut record: Record) {
        if let Event::Answered { answer: Answer::Completed { output, .. }, .. } = &mut record.event {
            output.truncate(LONGEST_OUTPUT);
        }
        self.log(host, thread, record);
        if self.log.len() > NEWEST * 2 {
            self.left_out += thin_out(&mut self.log, NEWEST);
        }
    }

    /// Sees to the end of a host process, which may have been about to restart devices. True if it has just ended.
    pub fn see_to_end(&mut self, host: usize, restarting: &[usize]) -> bool {
        if self.hosts[host].end().is_none() || self.hosts[host].is_buried() {
            return false;
        }
        self.bury(host, During::StartAgain(restarting));
        true
    }

    /// Has devices restarted that wait for it, if they are not open any more. Says which, and in which process.
    pub fn begin_restart(
        &mut self,
        is_open: impl Fn(usize) -> bool,
    ) -> Result<Option<(usize, Vec<usize>)>, RunError> {
        let begun = self.next_restart(self.waiting().filter(|device| !is_open(*device)).collect())?;
        if let Some((host, devices)) = &begun {
            self.hosts[*host].ask(&Command::StartAgain(devices.clone()))?;
        }
        Ok(begun)
    }

    /// No device is there, and none will be.
    pub fn is_deserted(&self) -> bool {
        self.seats.iter().all(|seat| match seat.offline {
            Some(Offline::Waits) => !self.setup.restarts,
            Some(_) => true,
            None => false,
        })
    }

    /// Has a host process do something for a client.
    pub fn ask_for_client(&mut self, host: usize, operation: u64, what: Operation) -> Result<(), RunError> {
        let waited = matches!(what, Operation::Open { .. } | Operation::Close { .. });
        self.hosts[host].ask_for_client(operation, what, waited)
    }

    /// Has the host processes play a step that it is for: those of a device, or all. Says its number, and which
    /// host processes they are.
    pub fn act(&mut self, step: &Step) -> Result<(usize, BTreeSet<usize>), RunError> {
        let live: BTreeSet<usize> = self.live().collect();
        let hosts = match step.device() {
            Some(device) => live.into_iter().filter(|host| self.seats[device].host == *host).collect(),
            None => live,
        };
        self.setup.scenario.steps.push(step.clone());
        let number = self.setup.scenario.steps.len();
        for host in &hosts {
            self.hosts[*host].ask(&Command::Act { number, step: step.clone() })?;
        }
        Ok((number, hosts))
    }

    /// Says how much is missing in the log.
    pub(super) fn tell_what_is_left_out(&mut self) {
        if self.left_out > 0 && !self.hosts.is_empty() {
            let text = format!("{} older events of serving are left out of this report", self.left_out);
            self.tell(0, Event::Note { text });
        }
    }
}

/// Leaves out what is not among the newest events and says nothing that lasts. Says how many that were.
fn thin_out(log: &mut Vec<Entry>, newest: usize) -> usize {
    let before: Vec<_> = (0..log.len())
        .filter(|index| matches!(log[*index].record.event, Event::Violation { .. }))
        .map(|index| (index, last_events(log[index].host, &log[..index])))
        .collect();
    for (index, events) in before {
        log[index].before.get_or_insert(events);
    }
    let (all, old) = (log.len(), log.len().saturating_sub(newest));
    let mut index = 0;
    log.retain(|entry| {
        index += 1;
        index > old || lasts(&entry.record.event)
    });
    all - log.len()
}

fn lasts(event: &Event) -> bool {
    matches!(
        event,
        Event::Step { .. }
            | Event::Missed { .. }
            | Event::HardwareLost { .. }
            | Event::Resource { .. }
            | Event::Mapped { .. }
            | Event::Unmapped { .. }
            | Event::Pnp { .. }
            | Event::Device { .. }
            | Event::Note { .. }
            | Event::Violation { .. }
            | Event::Ended { .. }
            | Event::Finished
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Actor;

    fn entry(event: Event) -> Entry {
        Entry {
            host: 0,
            thread: Some(1),
            record: Record { actor: Actor::Io, event },
            before: None,
            after_end: false,
        }
    }

    #[test]
    fn what_lasts_stays_and_a_violation_keeps_what_was_before_it() {
        let trace = |number: usize| entry(Event::Trace { line: format!("line {number}") });
        let violation = || {
            let (rule, message) = ("MAP_TWICE".into(), String::new());
            entry(Event::Violation { rule, message })
        };
        let mut log: Vec<Entry> = (0..100).map(trace).collect();
        log.push(violation());
        log.extend((100..200).map(trace));
        assert_eq!(thin_out(&mut log, 50), 150);
        assert_eq!(log.len(), 51);
        let before = log[0].before.clone().unwrap();
        assert_eq!(before.last().map(String::as_str), Some("io: trace: line 99"));
        assert_eq!(log[1].record, trace(150).record);
        // Thinned out again, it still has them.
        assert_eq!(thin_out(&mut log, 10), 40);
        assert_eq!(log[0].before.as_ref(), Some(&before));
    }
}
