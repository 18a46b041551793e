//! The events that a worker records.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::report::Problem;
use crate::served::Answer;

/// Who acted. Threads have no names of their own here: histories of two runs must compare equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Actor {
    /// The host itself: set-up, the scenario, the application that opened the device.
    Host,
    /// The PnP and power manager.
    Pnp,
    /// A thread that dispatches I/O requests.
    Io,
    /// A timer.
    Timer,
    /// A thread that runs interrupt service routines.
    Interrupt,
    /// A thread that runs work items.
    WorkItem,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Host => "host",
            Self::Pnp => "pnp",
            Self::Io => "io",
            Self::Timer => "timer",
            Self::Interrupt => "interrupt",
            Self::WorkItem => "work item",
        })
    }
}

/// One event and who caused it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Who acted.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

/// One thing that happened in the worker.
///
/// Objects appear under symbolic names (`device0`, `queue1`); no event holds a pointer, a path, a
/// thread id or a wall-clock time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Event {
    /// A step of the scenario begins.
    Step {
        /// Position in the scenario, from 1.
        number: usize,
        /// The step in words.
        text: String,
    },
    /// A step of the scenario ended otherwise than it expects.
    Missed {
        /// Position in the scenario, from 1.
        number: usize,
        /// What was expected and what came.
        message: String,
    },
    /// The hardware of a device stopped answering by itself.
    HardwareLost {
        /// Number of the device in the scenario.
        device: usize,
        /// Why.
        reason: String,
    },
    /// The worker did what the supervisor asked for: some steps, or starting devices again.
    Done,
    /// An application opened a device.
    Opened {
        /// Number of the device in the scenario.
        device: usize,
        /// Name of the handle.
        handle: String,
    },
    /// A resource that PnP assigned, one event a pair of descriptors.
    Resource {
        /// The descriptor of the raw list, in words.
        raw: String,
        /// The descriptor of the translated list, in words.
        translated: String,
    },
    /// The driver called a framework function.
    Call {
        /// Name of the function.
        function: String,
        /// `Name=value` pairs.
        arguments: String,
    },
    /// The framework function returned.
    Return {
        /// Name of the function.
        function: String,
        /// The returned value in words, empty for `void`.
        result: String,
    },
    /// The driver's library is being loaded: its initialisers run.
    Loading {
        /// The file's name.
        library: String,
    },
    /// The library is loaded, or refused to be.
    Loaded {
        /// The file's name.
        library: String,
    },
    /// The framework called into the driver.
    Enter {
        /// Name of the callback.
        callback: String,
        /// The object that it is called for.
        object: String,
        /// `Name=value` pairs.
        arguments: String,
    },
    /// The callback returned.
    Leave {
        /// Name of the callback.
        callback: String,
        /// The object that it was called for.
        object: String,
        /// The returned value in words, empty for `void`.
        result: String,
    },
    /// The framework made an object.
    Created {
        /// Name of the object.
        object: String,
        /// Name of its parent, if it has one.
        parent: Option<String>,
    },
    /// An object's memory is gone.
    Destroyed {
        /// Name of the object.
        object: String,
    },
    /// An interrupt was connected: its device can reach the driver.
    Connected {
        /// Name of the interrupt.
        object: String,
    },
    /// An interrupt was disconnected; neither its ISR nor its work item runs any more.
    Disconnected {
        /// Name of the interrupt.
        object: String,
    },
    /// Registers were mapped.
    Mapped {
        /// First byte, CPU-relative.
        physical: u64,
        /// Bytes.
        length: u64,
    },
    /// Registers were unmapped.
    Unmapped {
        /// First byte, CPU-relative.
        physical: u64,
        /// Bytes.
        length: u64,
    },
    /// The driver read a device register or port.
    RegisterRead {
        /// CPU-relative address.
        physical: u64,
        /// Bytes: 1, 2, 4 or 8.
        width: u64,
        /// The value read.
        value: u64,
    },
    /// The driver wrote a device register or port.
    RegisterWrite {
        /// CPU-relative address.
        physical: u64,
        /// Bytes: 1, 2, 4 or 8.
        width: u64,
        /// The value written.
        value: u64,
    },
    /// A line that the driver sent to the debugger.
    Trace {
        /// The line, without its line end.
        line: String,
    },
    /// An I/O request came back to the application.
    Ioctl {
        /// The step that sent it, from 1.
        number: usize,
        /// What the scenario calls it.
        name: String,
        /// Final status in words.
        status: String,
        /// Bytes that came back, as hex.
        output: String,
        /// `Information` of the completion.
        information: u64,
    },
    /// What a client of `umdf-host serve` asked for has ended.
    Answered {
        /// The number that the supervisor gave it.
        operation: u64,
        /// How.
        answer: Answer,
    },
    /// A PnP request to the device ended.
    Pnp {
        /// Number of the device; `None` if the request is about the driver.
        device: Option<usize>,
        /// `start`, `remove`, ...
        request: String,
        /// Final status in words.
        status: String,
    },
    /// A device is otherwise than before.
    Device {
        /// Its number.
        device: usize,
        /// `started`, `problem`, ...
        state: String,
        /// Why it does not work.
        problem: Option<Problem>,
    },
    /// The framework asked the PnP manager for something, or dropped an event.
    Note {
        /// What, in words.
        text: String,
    },
    /// The driver broke a rule.
    Violation {
        /// Name of the rule, e.g. `MAP_TWICE`.
        rule: String,
        /// What it did.
        message: String,
    },
    /// The worker cannot go on for a reason that is not a rule: a function that the host does not
    /// implement, a driver that does not load, a history that is full.
    Ended {
        /// Why, and what to do.
        reason: String,
    },
    /// The scenario is done and every object of the driver is gone.
    Finished,
}
