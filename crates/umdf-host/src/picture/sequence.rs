//! What a sequence diagram shows, from top to bottom.

use std::collections::HashMap;
use std::mem;

use super::is_interrupt;
use crate::history::Event;
use crate::report::{Entry, host_name};
use crate::scenario::{Scenario, Step};

/// Who acts, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    Application,
    Pnp,
    Framework,
    Driver,
    Device,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody wants something from the framework.
    Request,
    /// How that ended.
    Answer,
    /// Resources that PnP assigns.
    Resources,
    /// The framework calls the driver.
    Callback,
    /// The callback returns a value.
    Return,
    /// The driver calls the framework.
    Call,
    /// Registers are mapped, read or written.
    Register,
    /// The device raises an interrupt.
    Interrupt,
}

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub enum Row {
    /// An arrow from one to another.
    Message { from: Lane, to: Lane, kind: Kind, lines: Vec<String> },
    /// Something that one does or is.
    Note { lane: Lane, text: String },
    /// Something that should not be.
    Alarm(String),
    /// From here on the driver works on a callback.
    Begin,
    /// It does no longer.
    End,
}

/// Calls that are not shown: looks at what is there already, locks, and register accesses, which are shown
/// themselves.
const QUIET: &[&str] = &[
    "WdfObjectGetTypedContextWorker",
    "WdfIoQueueGetDevice",
    "WdfInterruptGetDevice",
    "WdfWaitLockAcquire",
    "WdfWaitLockRelease",
    "WdfSpinLockAcquire",
    "WdfSpinLockRelease",
    "WdfDeviceReadFromHardware",
    "WdfDeviceWriteToHardware",
];
/// Most register accesses in a row of which each is shown.
const ACCESSES: usize = 2;
/// Most characters in a line of calls; one name may be longer.
const LINE: usize = 46;

/// The rows of a run.
pub fn rows(scenario: &Scenario, log: &[Entry]) -> Vec<Row> {
    let mut builder = Builder::new(scenario, log.iter().any(|entry| entry.host > 0));
    for block in blocks(log) {
        for entry in block {
            builder.take(entry);
        }
        builder.end_of_block();
    }
    builder.rows
}

/// The events in the order in which they are shown. An outermost callback is a block of everything that its
/// thread did in it; every other event is a block of its own. Blocks stand in the order in which they began.
fn blocks(log: &[Entry]) -> Vec<Vec<&Entry>> {
    let mut blocks: Vec<Vec<&Entry>> = Vec::new();
    // Where a thread's block is, and how many callbacks are open in it.
    let mut open: HashMap<_, (usize, usize)> = HashMap::new();
    for entry in log {
        let thread = (entry.host, entry.thread, entry.after_end);
        let enters = matches!(entry.record.event, Event::Enter { .. });
        let leaves = matches!(entry.record.event, Event::Leave { .. });
        if let Some((block, depth)) = open.get_mut(&thread) {
            blocks[*block].push(entry);
            *depth = (*depth + usize::from(enters)).saturating_sub(usize::from(leaves));
            if *depth == 0 {
                open.remove(&thread);
            }
        } else {
            if enters {
                open.insert(thread, (blocks.len(), 1));
            }
            blocks.push(vec![entry]);
        }
    }
    blocks
}

/// A framework function that the driver called in a row.
struct Called {
    function: String,
    times: usize,
    /// The status, if it is no success.
    failed: Option<String>,
}

struct Builder<'a> {
    scenario: &'a Scenario,
    several_hosts: bool,
    rows: Vec<Row>,
    /// Calls that are not shown yet; then `accesses` is empty, and the other way round.
    calls: Vec<Called>,
    /// Register accesses that are not shown yet: whether it is a write, and the access in words.
    accesses: Vec<(bool, String)>,
    /// Callbacks that are open in the block.
    open: Vec<String>,
    /// Ranges of registers that were mapped.
    mapped: Vec<(u64, u64)>,
}

impl<'a> Builder<'a> {
    fn new(scenario: &'a Scenario, several_hosts: bool) -> Self {
        Self {
            scenario,
            several_hosts,
            rows: Vec::new(),
            calls: Vec::new(),
            accesses: Vec::new(),
            open: Vec::new(),
            mapped: Vec::new(),
        }
    }

    fn take(&mut self, entry: &Entry) {
        let event = &entry.record.event;
        let before = if self.several_hosts { host_name(entry.host) + " " } else { String::new() };
        match event {
            Event::Call { function, .. } => self.call(function),
            Event::Return { function, result } => self.returned(function, result),
            Event::RegisterRead { physical, value, .. } => self.access(false, *physical, *value),
            Event::RegisterWrite { physical, value, .. } => self.access(true, *physical, *value),
            Event::Enter { callback, object, .. } => {
                if is_interrupt(callback) {
                    self.message(Lane::Device, Lane::Framework, Kind::Interrupt, object.clone());
                }
                let call = format!("{before}{callback}({object})");
                self.message(Lane::Framework, Lane::Driver, Kind::Callback, call.clone());
                self.rows.push(Row::Begin);
                self.open.push(call);
            }
            Event::Leave { result, .. } => {
                self.flush();
                if self.open.pop().is_some() {
                    if !result.is_empty() {
                        self.message(Lane::Driver, Lane::Framework, Kind::Return, result.clone());
                    }
                    self.rows.push(Row::End);
                }
            }
            Event::Step { number, text } => self.step(*number, format!("{number}: {text}")),
            Event::Resource { translated, .. } => self.resource(translated),
            Event::Pnp { device, request, status } => {
                let device = device.filter(|_| self.scenario.devices.len() > 1);
                let device = device.map(|device| format!(", device {device}")).unwrap_or_default();
                let text = format!("{before}{request}{device}: {status}");
                self.message(Lane::Framework, Lane::Pnp, Kind::Answer, text);
            }
            Event::Opened { .. } | Event::Ioctl { .. } | Event::Answered { .. } => {
                self.message(Lane::Framework, Lane::Application, Kind::Answer, event.to_string());
            }
            Event::Mapped { physical, length } => {
                self.mapped.push((*physical, *length));
                self.message(Lane::Framework, Lane::Device, Kind::Register, event.to_string());
            }
            Event::Unmapped { .. } => {
                self.message(Lane::Framework, Lane::Device, Kind::Register, event.to_string());
            }
            Event::Connected { .. } | Event::Disconnected { .. } | Event::Note { .. } => {
                self.note(Lane::Framework, format!("{before}{event}"));
            }
            Event::Device { .. } => self.note(Lane::Pnp, event.to_string()),
            Event::Missed { .. }
            | Event::Violation { .. }
            | Event::HardwareLost { .. }
            | Event::Ended { .. } => {
                self.flush();
                self.rows.push(Row::Alarm(format!("{before}{event}")));
            }
            Event::Done
            | Event::Loading { .. }
            | Event::Loaded { .. }
            | Event::Created { .. }
            | Event::Destroyed { .. }
            | Event::Trace { .. }
            | Event::Finished => {}
        }
    }

    /// What is still open in a block has no end.
    fn end_of_block(&mut self) {
        self.flush();
        for call in mem::take(&mut self.open).into_iter().rev() {
            self.rows.push(Row::Alarm(format!("{call} did not return")));
            self.rows.push(Row::End);
        }
    }

    fn message(&mut self, from: Lane, to: Lane, kind: Kind, line: String) {
        self.flush();
        self.rows.push(Row::Message { from, to, kind, lines: vec![line] });
    }

    fn note(&mut self, lane: Lane, text: String) {
        self.flush();
        self.rows.push(Row::Note { lane, text });
    }

    /// Who does a step. One that the history alone knows is the application's.
    fn step(&mut self, number: usize, text: String) {
        let step = number.checked_sub(1).and_then(|index| self.scenario.steps.get(index));
        match step {
            Some(
                Step::Open { .. }
                | Step::Ioctl(_)
                | Step::Read(_)
                | Step::Write(_)
                | Step::Cancel { .. }
                | Step::Fuzz(_)
                | Step::EndProcess
                | Step::Close { .. },
            ) => self.message(Lane::Application, Lane::Framework, Kind::Request, text),
            Some(
                Step::Start(_)
                | Step::QueryStop(_)
                | Step::CancelStop(_)
                | Step::Stop(_)
                | Step::Restart(_)
                | Step::QueryRemove(_)
                | Step::CancelRemove(_)
                | Step::Remove(_)
                | Step::Reinstall(_)
                | Step::Sleep { .. }
                | Step::Resume { .. }
                | Step::Shutdown,
            ) => self.message(Lane::Pnp, Lane::Framework, Kind::Request, text),
            Some(Step::SurpriseRemove(_)) => {
                self.message(Lane::Device, Lane::Pnp, Kind::Interrupt, text);
            }
            Some(Step::DeviceGone(_) | Step::Poke(_) | Step::Disturb(_) | Step::NeighbourInterrupts(_)) => {
                self.note(Lane::Device, text);
            }
            Some(Step::Wait { .. } | Step::Settle { .. } | Step::Pause { .. } | Step::Idle { .. }) | None => {
                self.note(Lane::Application, text);
            }
        }
    }

    /// Resources in a row are one message.
    fn resource(&mut self, translated: &str) {
        self.flush();
        match self.rows.last_mut() {
            Some(Row::Message { kind: Kind::Resources, lines, .. }) => lines.push(translated.into()),
            _ => self.message(Lane::Pnp, Lane::Framework, Kind::Resources, translated.into()),
        }
    }

    fn call(&mut self, function: &str) {
        if QUIET.contains(&function) {
            return;
        }
        self.flush_accesses();
        match self.calls.last_mut() {
            Some(last) if last.function == function && last.failed.is_none() => last.times += 1,
            _ => self.calls.push(Called { function: function.into(), times: 1, failed: None }),
        }
    }

    /// Only what failed is told.
    fn returned(&mut self, function: &str, result: &str) {
        if !result.starts_with("STATUS_") || result == "STATUS_SUCCESS" {
            return;
        }
        match self.calls.last_mut() {
            Some(last) if last.function == function => {
                if last.times > 1 {
                    last.times -= 1;
                    self.calls.push(Called { function: function.into(), times: 1, failed: None });
                }
                if let Some(last) = self.calls.last_mut() {
                    last.failed = Some(result.into());
                }
            }
            // Something happened in the call, and it is shown already.
            _ => self.message(Lane::Framework, Lane::Driver, Kind::Return, format!("{function}: {result}")),
        }
    }

    fn access(&mut self, write: bool, physical: u64, value: u64) {
        self.flush_calls();
        let offset =
            |&(start, length): &(u64, u64)| physical.checked_sub(start).filter(|offset| *offset < length);
        let place = self.mapped.iter().rev().find_map(offset).unwrap_or(physical);
        let verb = if write { "write" } else { "read" };
        self.accesses.push((write, format!("{verb} {place:#x}: {value:#x}")));
    }

    fn flush(&mut self) {
        self.flush_calls();
        self.flush_accesses();
    }

    fn flush_calls(&mut self) {
        let mut lines: Vec<String> = Vec::new();
        for Called { function, times, failed } in mem::take(&mut self.calls) {
            let times = if times > 1 { format!(" × {times}") } else { String::new() };
            let failed = failed.map(|status| format!(": {status}")).unwrap_or_default();
            let call = format!("{function}{times}{failed}");
            match lines.last_mut() {
                Some(line) if line.chars().count() + 2 + call.chars().count() <= LINE => {
                    line.push_str(", ");
                    line.push_str(&call);
                }
                _ => lines.push(call),
            }
        }
        if !lines.is_empty() {
            self.rows.push(Row::Message { from: Lane::Driver, to: Lane::Framework, kind: Kind::Call, lines });
        }
    }

    fn flush_accesses(&mut self) {
        let accesses = mem::take(&mut self.accesses);
        let show = |line| Row::Message {
            from: Lane::Driver,
            to: Lane::Device,
            kind: Kind::Register,
            lines: vec![line],
        };
        if accesses.len() > ACCESSES {
            let writes = accesses.iter().filter(|(write, _)| *write).count();
            self.rows.push(show(format!("{} reads, {writes} writes", accesses.len() - writes)));
        } else {
            self.rows.extend(accesses.into_iter().map(|(_, line)| show(line)));
        }
    }
}
