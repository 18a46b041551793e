//! What a run came to: built by the supervisor from the histories of the host processes.
//!
//! Sources: `cfg.h` and Microsoft Learn, "Device Manager error messages", for the problems of devices.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::history::{Event, Record};
use crate::scenario::Bytes;
use crate::served::Answer;
use crate::status;

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

/// What happened.
pub(crate) struct Entry {
    /// The place of its host process in [`Report::hosts`].
    pub host: usize,
    /// The number of its thread that recorded it; `None` for what the supervisor tells.
    pub thread: Option<u32>,
    /// The event.
    pub record: Record,
    /// For a broken rule: the events before it, if the log does not have them any more.
    pub before: Option<Vec<String>>,
    /// It came behind the end of the process: the supervisor tells it.
    pub after_end: bool,
}

/// How a host process ended.
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
    /// Name of the host process.
    pub host: String,
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
    /// Name of the host process that the device has.
    pub host: String,
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

impl Problem {
    /// `CM_PROB_FAILED_DRIVER_ENTRY`: DriverEntry failed.
    pub(crate) fn failed_driver_entry() -> Self {
        Self { code: 37, name: "CM_PROB_FAILED_DRIVER_ENTRY".into(), status: None }
    }

    /// `CM_PROB_FAILED_POST_START`: the device failed after its start, which is what the end of its host
    /// process comes to.
    pub(crate) fn failed_post_start() -> Self {
        Self { code: 43, name: "CM_PROB_FAILED_POST_START".into(), status: None }
    }
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
    /// Names of the host processes that held it, in order.
    pub hosts: Vec<String>,
    /// `not added`, `started`, `stopped`, `removed`, `problem` or `disconnected`.
    pub state: String,
    /// Why it does not work.
    pub problem: Option<Problem>,
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Name of the host process.
    pub host: String,
    /// Name of the rule.
    pub rule: String,
    /// What the driver did.
    pub message: String,
    /// The last events before it.
    pub history: Vec<String>,
}

/// A host process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Host {
    /// `host0`, `host1`, ... in the order in which they began.
    pub name: String,
    /// The devices that it held at some time, by their numbers.
    pub devices: Vec<usize>,
    /// How it ended.
    pub end: End,
    /// Its last events, if it did not finish.
    pub history: Vec<String>,
}

impl Host {
    /// The host process at this place in the log.
    pub(crate) fn new(place: usize, devices: Vec<usize>, end: End, log: &[Entry]) -> Self {
        let history = if end == End::Finished { Vec::new() } else { last_events(place, log) };
        Self { name: host_name(place), devices, end, history }
    }
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
    /// How the first host process ended that did not finish; that they finished if each of them did.
    pub end: End,
    /// The host processes, in the order in which they began.
    pub hosts: Vec<Host>,
    /// The devices, by their numbers.
    pub devices: Vec<Device>,
    /// Assigned resources, one line a pair of descriptors.
    pub resources: Vec<String>,
    /// Names of the callbacks in the order in which they began.
    pub callbacks: Vec<String>,
    /// The callbacks again, with object and result.
    pub callback_results: Vec<Callback>,
    /// PnP requests in order.
    pub pnp: Vec<Pnp>,
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
    /// The last events of the host process that `end` is about, if it did not finish.
    pub history: Vec<String>,
}

impl Report {
    /// Builds the report.
    pub(crate) fn new(
        scenario: String,
        installed: Vec<String>,
        log: &[Entry],
        hosts: Vec<Host>,
        devices: Vec<Device>,
    ) -> Self {
        let unfinished = hosts.iter().find(|host| host.end != End::Finished);
        let (end, history) =
            unfinished.map_or((End::Finished, Vec::new()), |host| (host.end.clone(), host.history.clone()));
        let mut report = Self {
            schema: SCHEMA,
            result: Outcome::Fail,
            scenario,
            installed,
            end,
            hosts,
            devices,
            resources: Vec::new(),
            callbacks: Vec::new(),
            callback_results: Vec::new(),
            pnp: Vec::new(),
            notes: Vec::new(),
            mapped: Vec::new(),
            unmapped: Vec::new(),
            ioctls: Vec::new(),
            register_reads: 0,
            register_writes: 0,
            missed: Vec::new(),
            violations: Vec::new(),
            traces: Vec::new(),
            history,
        };
        for (index, entry) in log.iter().enumerate() {
            report.take(entry, &log[..index]);
        }
        if report.end == End::Finished && report.missed.is_empty() && report.violations.is_empty() {
            report.result = Outcome::Pass;
        }
        report
    }

    fn take(&mut self, entry: &Entry, before: &[Entry]) {
        let host = host_name(entry.host);
        match entry.record.event.clone() {
            Event::Resource { raw, translated } => self.resources.push(format!("{translated} (raw: {raw})")),
            Event::Enter { callback, object, arguments } => {
                self.callbacks.push(callback.clone());
                self.callback_results.push(Callback {
                    host,
                    name: callback,
                    object,
                    arguments,
                    result: None,
                });
            }
            Event::Leave { callback, object, result } => {
                let mut open = self.callback_results.iter_mut().rev();
                if let Some(entry) = open.find(|e| {
                    e.result.is_none() && (&e.host, &e.name, &e.object) == (&host, &callback, &object)
                }) {
                    entry.result = Some(result);
                }
            }
            Event::Mapped { physical, length } => self.mapped.push(Mapping { physical, length }),
            Event::Unmapped { physical, length } => self.unmapped.push(Mapping { physical, length }),
            Event::RegisterRead { .. } => self.register_reads += 1,
            Event::RegisterWrite { .. } => self.register_writes += 1,
            Event::Trace { line } => self.traces.push(line),
            Event::Ioctl { name, status, output, information, .. } => {
                self.ioctls.push(Ioctl { name, status, output, information });
            }
            Event::Answered { answer: Answer::Completed { name, status, output, information }, .. } => {
                let (status, output) = (status::describe(status), Bytes(output).to_string());
                self.ioctls.push(Ioctl { name, status, output, information });
            }
            Event::Note { text } => self.notes.push(text),
            Event::Pnp { device, request, status } => self.pnp.push(Pnp { host, device, request, status }),
            Event::HardwareLost { device, reason } => {
                self.missed.push(format!("the hardware of device {device} is lost: {reason}"));
            }
            Event::Missed { number, message } => self.missed.push(format!("step {number}: {message}")),
            Event::Violation { rule, message } => {
                self.violations.push(Violation {
                    host,
                    rule,
                    message,
                    history: entry.before.clone().unwrap_or_else(|| last_events(entry.host, before)),
                });
            }
            Event::Step { .. }
            | Event::Device { .. }
            | Event::Done
            | Event::Opened { .. }
            | Event::Answered { .. }
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

/// What the host process at this place is called.
pub(crate) fn host_name(place: usize) -> String {
    format!("host{place}")
}

/// The last events of a host process.
pub(crate) fn last_events(host: usize, log: &[Entry]) -> Vec<String> {
    let events = log.iter().rev().filter(|entry| entry.host == host && !entry.after_end).take(LAST_EVENTS);
    let mut last: Vec<_> =
        events.map(|entry| format!("{}: {}", entry.record.actor, entry.record.event)).collect();
    last.reverse();
    last
}
