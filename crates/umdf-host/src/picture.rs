//! All that happened in a run, and pictures of it: a sequence diagram, and a timeline for the Perfetto viewer. Both are drawn from what
//! the host processes recorded.

mod draw;
mod perfetto;
mod sequence;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::history::Record;
#[cfg(target_os = "linux")]
use crate::history::digest;
use crate::report::Entry;
use crate::scenario::Scenario;

/// What happened in a run, event by event.
pub struct Recording {
    scenario: Scenario,
    log: Vec<Entry>,
}

impl Recording {
    pub(crate) fn new(scenario: Scenario, log: Vec<Entry>) -> Self {
        Self { scenario, log }
    }

    /// Every event, in order, with the place of its host process in [`Report::hosts`](crate::report::Report).
    pub fn events(&self) -> impl Iterator<Item = (usize, &Record)> {
        self.log.iter().map(|entry| (entry.host, &entry.record))
    }

    /// A number for all that the host processes recorded: of a life that a seed decides it is what
    /// [`Run::explore`](crate::Run::explore) adds up.
    #[cfg(target_os = "linux")]
    pub fn digest(&self) -> u64 {
        digest::of_events(self.log.iter().filter_map(|entry| Some((entry.thread?, &entry.record))))
    }

    /// A sequence diagram, as an SVG document: application, PnP manager, framework, driver and device.
    ///
    /// It tells what follows from what, not how long that takes: runs that differ in nothing but the times at
    /// which their threads move have the same diagram. Each callback stands where it began, with all that its
    /// thread did in it; what other threads did meanwhile stands below.
    pub fn diagram(&self) -> String {
        draw::document(&self.scenario.title, &sequence::rows(&self.scenario, &self.log))
    }

    /// A timeline, as a document of the Trace Event Format ("Trace Event Format", the JSON that
    /// ui.perfetto.dev and chrome://tracing open): a process for each host process, a track for each of its
    /// threads.
    ///
    /// Histories have no clock. An event takes one microsecond here: the order is true, the lengths are not.
    pub fn perfetto(&self) -> impl Serialize + use<> {
        perfetto::document(&self.scenario, &self.log)
    }
}

/// Whether a callback is one in which an interrupt comes to the driver.
fn is_interrupt(callback: &str) -> bool {
    callback == "EvtInterruptIsr"
}
