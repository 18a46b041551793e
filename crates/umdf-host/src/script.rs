//! What worker and supervisor tell of the steps of a scenario: that one begins, and how it ended if it
//! ended otherwise than expected. The supervisor tells it where no host process is left to do so.

use std::time::Duration;

use wdk_portable::NTSTATUS;

use crate::bus::Interruption;
use crate::framework::request::Completion;
use crate::history::Event;
use crate::scenario::{Bytes, Disturb, Fuzz, Ioctl, Poke, Read, Scenario, Step, Write};
use crate::status;

/// A step begins, by its place in the scenario.
pub fn begins(scenario: &Scenario, index: usize) -> Event {
    step_begins(index + 1, &scenario.steps[index], scenario.devices.len())
}

/// A step begins, by its number from 1, in a scenario with so many devices.
pub fn step_begins(number: usize, step: &Step, devices: usize) -> Event {
    let device = step.device().filter(|_| devices > 1).map(|device| format!(", device {device}"));
    Event::Step { number, text: words(step) + &device.unwrap_or_default() }
}

fn words(step: &Step) -> String {
    match step {
        Step::Start(_) => "start the device".into(),
        Step::Open { handle, .. } => format!("open {handle}"),
        Step::Ioctl(Ioctl { name, handle, .. })
        | Step::Read(Read { name, handle, .. })
        | Step::Write(Write { name, handle, .. }) => format!("{name} on {handle}"),
        Step::Cancel { name } => format!("cancel {name}"),
        Step::Wait { .. } => "wait for every pending request".into(),
        Step::Settle { .. } => "wait until no callback runs".into(),
        Step::DeviceGone(_) => "the hardware stops answering".into(),
        Step::Poke(Poke { offset, value, times, .. }) => {
            format!("the hardware does as if {value:#x} were written to offset {offset:#x}, {times} time(s)")
        }
        Step::Disturb(Disturb { how, times, .. }) => match how {
            Interruption::Lost => format!("the next {times} interrupt message(s) are lost"),
            Interruption::Doubled => format!("the next {times} interrupt message(s) arrive twice"),
            Interruption::Spurious => format!("{times} interrupt(s) for which there is no reason"),
        },
        Step::Pause { us } => format!("{us} us pass"),
        Step::NeighbourInterrupts(_) => "a device on the same interrupt line asks for attention".into(),
        Step::Fuzz(Fuzz { seed, times, .. }) => format!("{times} requests of any kind, seed {seed}"),
        Step::EndProcess => "the applications' process ends".into(),
        Step::Close { handle } => format!("close {handle}"),
        Step::QueryStop(_) => "ask whether the device may be stopped".into(),
        Step::CancelStop(_) => "the device is not stopped".into(),
        Step::Stop(_) => "stop the device".into(),
        Step::Restart(_) => "start the device at other addresses".into(),
        Step::QueryRemove(_) => "ask whether the device may be removed".into(),
        Step::CancelRemove(_) => "the device is not removed".into(),
        Step::Remove(_) => "remove the device".into(),
        Step::Reinstall(_) => "the driver is uninstalled and installed anew".into(),
        Step::SurpriseRemove(_) => "the device is pulled out".into(),
        Step::Sleep { .. } => "the system goes to sleep".into(),
        Step::Resume { .. } => "the system comes back".into(),
        Step::Idle { .. } => "wait for the device to idle out".into(),
        Step::Shutdown => "the system shuts down".into(),
    }
}

/// The beginning of the note that an application takes a request back after a long wait.
pub const GIVES_UP: &str = "the application gives up";

/// Why nothing can be done with a handle.
pub fn not_open(handle: &str) -> String {
    format!("{handle} is not open: its open failed")
}

/// Why PnP does not remove a device: some handles are open.
pub fn still_open<'a>(handles: impl Iterator<Item = &'a str>) -> Option<String> {
    let handles: Vec<_> = handles.collect();
    let open = !handles.is_empty();
    open.then(|| format!("PnP does not remove a device that is open: close {} first", handles.join(", ")))
}

/// A status that is not the expected one.
pub fn check_status(number: usize, status: NTSTATUS, expected: NTSTATUS) -> Option<Event> {
    (status != expected).then(|| {
        let message = format!("{} instead of {}", status::describe(status), status::describe(expected));
        Event::Missed { number, message }
    })
}

/// How a request should come back.
pub struct Expected {
    /// What the request is called.
    pub name: String,
    /// How long the step waits for it.
    pub patience: Duration,
    status: NTSTATUS,
    output: Option<Bytes>,
    information: Option<u64>,
}

fn patience(wait: bool, timeout_ms: u64) -> Duration {
    if wait { Duration::from_millis(timeout_ms) } else { Duration::ZERO }
}

impl From<&Ioctl> for Expected {
    fn from(step: &Ioctl) -> Self {
        Self {
            name: step.name.clone(),
            patience: patience(step.wait, step.timeout_ms),
            status: step.expect.0,
            output: step.expect_output.clone(),
            information: step.expect_information,
        }
    }
}

impl From<&Read> for Expected {
    fn from(step: &Read) -> Self {
        Self {
            name: step.name.clone(),
            patience: patience(step.wait, step.timeout_ms),
            status: step.expect.0,
            output: step.expect_output.clone(),
            information: step.expect_information,
        }
    }
}

impl From<&Write> for Expected {
    fn from(step: &Write) -> Self {
        Self {
            name: step.name.clone(),
            patience: patience(step.wait, step.timeout_ms),
            status: step.expect.0,
            output: None,
            information: step.expect_information,
        }
    }
}

impl Expected {
    /// What is expected of the request that a step sends; `None` if it sends none.
    pub fn of(step: &Step) -> Option<Self> {
        match step {
            Step::Ioctl(ioctl) => Some(ioctl.into()),
            Step::Read(read) => Some(read.into()),
            Step::Write(write) => Some(write.into()),
            _ => None,
        }
    }

    /// The request of step `number` came back.
    pub fn check(&self, number: usize, completion: &Completion) -> impl Iterator<Item = Event> + use<> {
        let output = Bytes(completion.output.clone()).to_string();
        let name = self.name.clone();
        let mut wrong = Vec::new();
        if completion.status != self.status {
            let (came, expected) = (status::describe(completion.status), status::describe(self.status));
            wrong.push(format!("{came} instead of {expected}"));
        }
        if let Some(expected) = self.output.as_ref().filter(|expected| expected.0 != completion.output) {
            wrong.push(format!("output {output} instead of {expected}"));
        }
        if let Some(expected) = self.information.filter(|expected| *expected != completion.information) {
            wrong.push(format!("{} bytes instead of {expected}", completion.information));
        }
        let missed = (!wrong.is_empty())
            .then(|| Event::Missed { number, message: format!("{name}: {}", wrong.join(", ")) });
        let status = status::describe(completion.status);
        let came = Event::Ioctl { number, name, status, output, information: completion.information };
        [Some(came), missed].into_iter().flatten()
    }
}
