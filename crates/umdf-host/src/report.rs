//! What a run came to: built by the supervisor from the history.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::history::{Event, Record};

/// Name and version of the JSON document.
const SCHEMA: &str = "umdf-host.report.1";
/// Events of the history that a violation or a crash shows.
const LAST_EVENTS: usize = 24;

/// Whether everything went as the scenario expects and no rule was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It did.
    Pass,
    /// It did not.
    Fail,
}

/// How the worker ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// It ran the scenario to its end.
    Finished,
    /// It ended itself because a rule was broken.
    Violation,
    /// It ended itself for the reason that the last event gives.
    Ended {
        /// Why, and what to do.
        reason: String,
    },
    /// It died: the driver crashed it or left it.
    Died {
        /// Signal or exit code.
        how: String,
    },
    /// The supervisor ended it: it made no progress.
    Hung {
        /// What did not return.
        what: String,
    },
}

/// A range of mapped registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mapping {
    /// CPU-relative address of the first byte.
    pub physical: u64,
    /// Bytes.
    pub length: u64,
}

/// A callback that returned or should have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Callback {
    /// Name of the callback.
    pub name: String,
    /// The object that it was called for.
    pub object: String,
    /// What else it was called with, in words.
    pub arguments: String,
    /// What it returned; `None` if it never returned.
    pub result: Option<String>,
}

/// One I/O control request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ioctl {
    /// What the scenario calls it.
    pub name: String,
    /// Final status.
    pub status: String,
    /// Bytes that came back, as hex.
    pub output: String,
    /// `Information`.
    pub information: u64,
}

/// One PnP request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pnp {
    /// Number of the device in the scenario; `None` if the request is about the driver.
    pub device: Option<usize>,
    /// `load`, `start`, `remove`, ...
    pub request: String,
    /// Final status.
    pub status: String,
}

/// Why a device does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Number of the problem, as Device Manager shows it.
    pub code: u32,
    /// Name of the problem, `CM_PROB_XXX`.
    pub name: String,
    /// The status that led to it, if one did.
    pub status: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.code)?;
        self.status.as_ref().map_or(Ok(()), |status| write!(f, ", {status}"))
    }
}

/// How a device is at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Device {
    /// Number of the device in the scenario.
    pub device: usize,
    /// `started`, `stopped`, `removed`, `problem` or `disconnected`.
    pub state: String,
    /// Why it does not work.
    pub problem: Option<Problem>,
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Name of the rule.
    pub rule: String,
    /// What the driver did.
    pub message: String,
    /// The last events before it.
    pub history: Vec<String>,
}

/// The result of a run. Serialises to the document that `--json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Name and version of this document.
    pub schema: &'static str,
    /// Pass or fail.
    pub result: Outcome,
    /// Title of the scenario.
    pub scenario: String,
    /// What was installed for each device: its description, the service and the matched ID.
    pub installed: Vec<String>,
    /// How the worker ended.
    pub end: End,
    /// Assigned resources, one line a pair of descriptors.
    pub resources: Vec<String>,
    /// Names of the callbacks in the order in which they began.
    pub callbacks: Vec<String>,
    /// The callbacks again, with object and result.
    pub callback_results: Vec<Callback>,
    /// PnP requests in order.
    pub pnp: Vec<Pnp>,
    /// How the devices are at the end, those that a driver was added to.
    pub devices: Vec<Device>,
    /// What the framework asked of the PnP manager, and events that its machines dropped.
    pub notes: Vec<String>,
    /// What was mapped, in order.
    pub mapped: Vec<Mapping>,
    /// What was unmapped, in order.
    pub unmapped: Vec<Mapping>,
    /// I/O control requests that came back. Each step looks for them in the order in which they were
    /// sent, so those that came back between two looks stand in that order.
    pub ioctls: Vec<Ioctl>,
    /// Register and port reads.
    pub register_reads: u64,
    /// Register and port writes.
    pub register_writes: u64,
    /// Expectations of the scenario that were missed.
    pub missed: Vec<String>,
    /// Rules that were broken.
    pub violations: Vec<Violation>,
    /// Lines that the driver traced.
    pub traces: Vec<String>,
    /// The last events, if the worker did not finish.
    pub history: Vec<String>,
}

impl Report {
    /// Builds the report.
    pub fn new(scenario: String, installed: Vec<String>, records: &[Record], end: End) -> Self {
        let mut report = Self {
            schema: SCHEMA,
            result: Outcome::Fail,
            scenario,
            installed,
            resources: Vec::new(),
            callbacks: Vec::new(),
            callback_results: Vec::new(),
            pnp: Vec::new(),
            devices: Vec::new(),
            notes: Vec::new(),
            mapped: Vec::new(),
            unmapped: Vec::new(),
            ioctls: Vec::new(),
            register_reads: 0,
            register_writes: 0,
            missed: Vec::new(),
            violations: Vec::new(),
            traces: Vec::new(),
            history: if end == End::Finished { Vec::new() } else { last_events(records) },
            end,
        };
        for (index, record) in records.iter().enumerate() {
            report.take(&record.event, &records[..index]);
        }
        if report.end == End::Finished && report.missed.is_empty() && report.violations.is_empty() {
            report.result = Outcome::Pass;
        }
        report
    }

    /// Adds a rule that the supervisor found broken.
    pub(crate) fn add_violation(&mut self, rule: &str, message: String) {
        self.result = Outcome::Fail;
        self.violations.push(Violation { rule: rule.into(), message, history: self.history.clone() });
    }

    fn take(&mut self, event: &Event, before: &[Record]) {
        match event.clone() {
            Event::Resource { raw, translated } => self.resources.push(format!("{translated} (raw: {raw})")),
            Event::Enter { callback, object, arguments } => {
                self.callbacks.push(callback.clone());
                self.callback_results.push(Callback { name: callback, object, arguments, result: None });
            }
            Event::Leave { callback, object, result } => {
                let mut open = self.callback_results.iter_mut().rev();
                if let Some(entry) =
                    open.find(|e| e.result.is_none() && e.name == callback && e.object == object)
                {
                    entry.result = Some(result);
                }
            }
            Event::Mapped { physical, length } => self.mapped.push(Mapping { physical, length }),
            Event::Unmapped { physical, length } => self.unmapped.push(Mapping { physical, length }),
            Event::RegisterRead { .. } => self.register_reads += 1,
            Event::RegisterWrite { .. } => self.register_writes += 1,
            Event::Trace { line } => self.traces.push(line),
            Event::Ioctl { name, status, output, information } => {
                self.ioctls.push(Ioctl { name, status, output, information });
            }
            Event::Device { device, state, problem } => {
                self.devices.retain(|known| known.device != device);
                self.devices.push(Device { device, state, problem });
                self.devices.sort_by_key(|known| known.device);
            }
            Event::Note { text } => self.notes.push(text),
            Event::Pnp { device, request, status } => self.pnp.push(Pnp { device, request, status }),
            Event::Missed { number, message } => self.missed.push(format!("step {number}: {message}")),
            Event::Violation { rule, message } => {
                self.violations.push(Violation { rule, message, history: last_events(before) });
            }
            Event::Step { .. }
            | Event::Call { .. }
            | Event::Return { .. }
            | Event::Loading { .. }
            | Event::Loaded { .. }
            | Event::Created { .. }
            | Event::Destroyed { .. }
            | Event::Ended { .. }
            | Event::Connected { .. }
            | Event::Disconnected { .. }
            | Event::Finished => {}
        }
    }

    /// Status of a PnP request, the last one of that name.
    pub fn pnp_status(&self, request: &str) -> Option<&str> {
        self.pnp.iter().rev().find(|pnp| pnp.request == request).map(|pnp| pnp.status.as_str())
    }
}

fn last_events(records: &[Record]) -> Vec<String> {
    let first = records.len().saturating_sub(LAST_EVENTS);
    records[first..].iter().map(|record| format!("{}: {}", record.actor, record.event)).collect()
}
