//! Plays a scenario: the application and the PnP manager's side of a life.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use crate::delivery;
use crate::framework::request::Completion;
use crate::history::{Actor, Event};
use crate::host::Host;
use crate::io::{self, Asked, Open, Sent};
use crate::pnp::{self, Request};
use crate::scenario::{Access, Bytes, Ioctl, Pnp, Read, Scenario, Status, Step, Which, Write};
use crate::status;

/// Plays every step. What a scenario leaves open or present at its end is closed and removed.
pub fn scenario(host: &'static Host, scenario: &Scenario) {
    let mut player = Player {
        host,
        slots: scenario.slots().collect(),
        step: 0,
        opens: BTreeMap::new(),
        opened: 0,
        pending: Vec::new(),
    };
    for (index, step) in scenario.steps.iter().enumerate() {
        player.step = index + 1;
        let several = scenario.devices.len() > 1;
        let device = step.device().filter(|_| several).map(|device| format!(", device {device}"));
        let text = words(step) + &device.unwrap_or_default();
        host.record(Event::Step { number: player.step, text });
        player.play(step);
        player.settle();
    }
    player.finish();
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
        Step::DeviceGone(_) => "the hardware stops answering".into(),
        Step::NeighbourInterrupts(_) => "a device on the same interrupt line asks for attention".into(),
        Step::Close { handle } => format!("close {handle}"),
        Step::QueryStop(_) => "ask whether the device may be stopped".into(),
        Step::CancelStop(_) => "the device is not stopped".into(),
        Step::Stop(_) => "stop the device".into(),
        Step::Restart(_) => "start the device at other addresses".into(),
        Step::QueryRemove(_) => "ask whether the device may be removed".into(),
        Step::CancelRemove(_) => "the device is not removed".into(),
        Step::Remove(_) => "remove the device".into(),
        Step::SurpriseRemove(_) => "the device is pulled out".into(),
        Step::Sleep { .. } => "the system goes to sleep".into(),
        Step::Resume { .. } => "the system comes back".into(),
        Step::Idle { .. } => "wait for the device to idle out".into(),
        Step::Shutdown => "the system shuts down".into(),
    }
}

/// A request that a later step or the end waits for.
struct Pending {
    step: usize,
    expected: Expected,
    sent: Sent,
}

/// How a request should come back.
struct Expected {
    name: String,
    status: NTSTATUS,
    output: Option<Bytes>,
    information: Option<u64>,
    /// How long the step waits for it.
    patience: Duration,
}

fn patience(wait: bool, timeout_ms: u64) -> Duration {
    if wait { Duration::from_millis(timeout_ms) } else { Duration::ZERO }
}

impl From<&Ioctl> for Expected {
    fn from(step: &Ioctl) -> Self {
        Self {
            name: step.name.clone(),
            status: step.expect.0,
            output: step.expect_output.clone(),
            information: step.expect_information,
            patience: patience(step.wait, step.timeout_ms),
        }
    }
}

impl From<&Read> for Expected {
    fn from(step: &Read) -> Self {
        Self {
            name: step.name.clone(),
            status: step.expect.0,
            output: step.expect_output.clone(),
            information: step.expect_information,
            patience: patience(step.wait, step.timeout_ms),
        }
    }
}

impl From<&Write> for Expected {
    fn from(step: &Write) -> Self {
        Self {
            name: step.name.clone(),
            status: step.expect.0,
            output: None,
            information: step.expect_information,
            patience: patience(step.wait, step.timeout_ms),
        }
    }
}

fn succeeds(Which { device }: Which) -> Pnp {
    Pnp { device, expect: Status(STATUS_SUCCESS) }
}

struct Player {
    host: &'static Host,
    /// Slots, by the numbers of the devices.
    slots: Vec<u16>,
    step: usize,
    opens: BTreeMap<String, Opened>,
    opened: u64,
    pending: Vec<Pending>,
}

/// A handle of an application.
struct Opened {
    device: usize,
    open: Open,
}

impl Player {
    fn play(&mut self, step: &Step) {
        match step {
            Step::Start(pnp) => self.pnp(Request::Start, *pnp),
            Step::QueryStop(pnp) => self.pnp(Request::QueryStop, *pnp),
            Step::CancelStop(pnp) => self.pnp(Request::CancelStop, *pnp),
            Step::Stop(pnp) => self.pnp(Request::Stop, *pnp),
            Step::Restart(pnp) => self.pnp(Request::Restart, *pnp),
            Step::CancelRemove(pnp) => self.pnp(Request::CancelRemove, *pnp),
            Step::Sleep { expect } => self.power(Request::Sleep, *expect),
            Step::Resume { expect } => self.power(Request::Resume, *expect),
            Step::Open { device, handle, access, expect } => {
                let status = self.open(*device, handle, *access);
                self.expect_status(status, expect.0);
            }
            Step::Ioctl(ioctl) => {
                let output_length = ioctl.output_length as usize;
                let asked = Asked::Control { code: ioctl.code, input: &ioctl.input.0, output_length };
                self.send(&ioctl.handle, ioctl.into(), &asked);
            }
            Step::Read(read) => {
                let asked = Asked::Read { length: read.length as usize, offset: read.offset };
                self.send(&read.handle, read.into(), &asked);
            }
            Step::Write(write) => {
                let asked = Asked::Write { bytes: &write.input.0, offset: write.offset };
                self.send(&write.handle, write.into(), &asked);
            }
            Step::Cancel { name } => self.cancel(name),
            Step::Wait { timeout_ms } => self.check_pending(0, Duration::from_millis(*timeout_ms)),
            Step::DeviceGone(which) => pnp::take_hardware_away(self.host, self.slots[which.device]),
            Step::NeighbourInterrupts(which) => {
                delivery::neighbour_asks(self.host, self.slots[which.device]);
            }
            Step::Close { handle } => match self.opens.remove(handle) {
                Some(opened) => self.close(opened.open),
                None => self.missed(format!("{handle} is not open: its open failed")),
            },
            Step::QueryRemove(pnp) => {
                if self.is_closed(pnp.device) {
                    self.pnp(Request::QueryRemove, *pnp);
                }
            }
            Step::Remove(which) => {
                if self.is_closed(which.device) {
                    self.pnp(Request::Remove, succeeds(*which));
                }
            }
            Step::SurpriseRemove(which) => self.pnp(Request::SurpriseRemove, succeeds(*which)),
            Step::Idle { device, timeout_ms } => {
                let (host, slot) = (self.host, self.slots[*device]);
                let limit = Duration::from_millis(*timeout_ms);
                let idle = host.pool.run(Actor::Pnp, move || host.pnp.wait_for_idle(slot, limit));
                if let Err(reason) = idle {
                    self.missed(reason);
                }
            }
            Step::Shutdown => {
                self.close_all();
                self.power(Request::Shutdown, Status(STATUS_SUCCESS));
            }
        }
    }

    /// PnP removes a device in an orderly way only if nobody has it open.
    fn is_closed(&self, device: usize) -> bool {
        let open = self.opens.iter().filter(|(_, opened)| opened.device == device);
        let open: Vec<_> = open.map(|(handle, _)| handle.as_str()).collect();
        if !open.is_empty() {
            self.missed(format!(
                "PnP does not remove a device that is open: close {} first",
                open.join(", ")
            ));
        }
        open.is_empty()
    }

    /// A request of the power manager to every device. Power requests do not fail.
    fn power(&mut self, request: Request, expect: Status) {
        let host = self.host;
        match host.pool.run(Actor::Pnp, move || host.pnp.power(host, request)) {
            Ok(()) => self.expect_status(STATUS_SUCCESS, expect.0),
            Err(reason) => self.missed(reason),
        }
    }

    /// A request of the PnP manager to a device.
    fn pnp(&mut self, request: Request, pnp: Pnp) {
        let (host, slot) = (self.host, self.slots[pnp.device]);
        match host.pool.run(Actor::Pnp, move || host.pnp.request(host, slot, request)) {
            Ok(status) => self.expect_status(status, pnp.expect.0),
            Err(reason) => self.missed(reason),
        }
    }

    /// Lets PnP do what drivers asked for meanwhile.
    fn settle(&self) {
        let host = self.host;
        host.pool.run(Actor::Pnp, move || host.pnp.settle(host));
    }

    fn open(&mut self, device: usize, handle: &str, access: Access) -> NTSTATUS {
        self.opened += 1;
        let (host, slot, number) = (self.host, self.slots[device], self.opened);
        match host.pool.run(Actor::Io, move || io::open(host, slot, number, access)) {
            Ok(open) => {
                self.opens.insert(handle.into(), Opened { device, open });
                STATUS_SUCCESS
            }
            Err(status) => status,
        }
    }

    fn close(&mut self, open: Open) {
        let host = self.host;
        host.pool.run(Actor::Io, move || io::close(host, open));
        self.check_pending(0, Duration::ZERO);
    }

    fn send(&mut self, handle: &str, expected: Expected, asked: &Asked<'_>) {
        let Some(Opened { open, .. }) = self.opens.get(handle) else {
            return self.missed(format!("{handle} is not open: its open failed"));
        };
        let sent = io::send(self.host, *open, asked);
        let patience = expected.patience;
        if let Some(request) = sent.request.filter(|_| patience.is_zero()) {
            io::wait_for_delivery(self.host, request);
        }
        self.pending.push(Pending { step: self.step, expected, sent });
        self.check_pending(self.step, patience);
    }

    fn cancel(&mut self, name: &str) {
        let named = self.pending.iter().find(|pending| pending.expected.name == name);
        match named.map(|pending| pending.sent.request) {
            Some(Some(request)) => io::cancel::cancel(self.host, request),
            // It has come back already.
            Some(None) => {}
            None => self.missed(format!("no pending request is called {name}")),
        }
    }

    /// Takes the completions that arrived; those of requests sent from step `first` on may take up to
    /// `patience` together.
    fn check_pending(&mut self, first: usize, patience: Duration) {
        let end = Instant::now() + patience;
        let mut left = Vec::new();
        for pending in std::mem::take(&mut self.pending) {
            let waited = pending.step >= first && !patience.is_zero();
            let limit = if waited { end.saturating_duration_since(Instant::now()) } else { Duration::ZERO };
            match pending.sent.completion.recv_timeout(limit) {
                Ok(completion) => self.check_completion(pending.step, &pending.expected, &completion),
                Err(_) if waited => {
                    let message = format!("{} was not completed within {patience:?}", pending.expected.name);
                    self.host.record(Event::Missed { number: pending.step, message });
                }
                Err(_) => left.push(pending),
            }
        }
        self.pending = left;
    }

    fn check_completion(&mut self, step: usize, request: &Expected, completion: &Completion) {
        let output = Bytes(completion.output.clone()).to_string();
        let name = &request.name;
        self.host.record(Event::Ioctl {
            name: name.clone(),
            status: status::describe(completion.status),
            output: output.clone(),
            information: completion.information,
        });
        let mut wrong = Vec::new();
        if completion.status != request.status {
            let (came, expected) = (status::describe(completion.status), status::describe(request.status));
            wrong.push(format!("{came} instead of {expected}"));
        }
        if let Some(expected) = request.output.as_ref().filter(|expected| expected.0 != completion.output) {
            wrong.push(format!("output {output} instead of {expected}"));
        }
        if let Some(expected) = request.information.filter(|expected| *expected != completion.information) {
            wrong.push(format!("{} bytes instead of {expected}", completion.information));
        }
        if !wrong.is_empty() {
            self.host
                .record(Event::Missed { number: step, message: format!("{name}: {}", wrong.join(", ")) });
        }
    }

    fn expect_status(&self, status: NTSTATUS, expected: NTSTATUS) {
        if status != expected {
            self.missed(format!("{} instead of {}", status::describe(status), status::describe(expected)));
        }
    }

    fn missed(&self, message: String) {
        self.host.record(Event::Missed { number: self.step, message });
    }

    fn close_all(&mut self) {
        for (_, opened) in std::mem::take(&mut self.opens) {
            self.close(opened.open);
        }
    }

    fn finish(mut self) {
        self.close_all();
        self.settle();
        let host = self.host;
        host.pool.run(Actor::Pnp, move || host.pnp.remove_all(host));
        self.check_pending(0, Duration::ZERO);
        for pending in &self.pending {
            let message = format!("{} was never completed", pending.expected.name);
            self.host.record(Event::Missed { number: pending.step, message });
        }
    }
}
