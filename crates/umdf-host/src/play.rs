//! Plays steps of a scenario in a worker: the application and the PnP manager's side of a life.

mod fuzz;

use std::collections::BTreeMap;
use std::time::Duration;

use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use crate::bus::{Disturbance, Poke};
use crate::delivery;
use crate::gate;
use crate::history::{Actor, Event};
use crate::host::Host;
use crate::io::{self, Asked, Open, Sent};
use crate::pnp::{self, Request};
use crate::scenario::{self, Access, Disturb, Pnp, Scenario, Status, Step, Which};
use crate::schedule;
use crate::script::{self, Expected};

use fuzz::Fuzzing;

/// A request that a later step or the end waits for.
struct Pending {
    step: usize,
    expected: Expected,
    sent: Sent,
}

fn succeeds(Which { device }: Which) -> Pnp {
    Pnp { device, expect: Status(STATUS_SUCCESS) }
}

/// Plays steps, and knows what those before left open or pending.
pub struct Player {
    host: &'static Host,
    /// Slots, by the numbers of the devices.
    slots: Vec<u16>,
    /// Number of the step that is played, from 1.
    step: usize,
    opens: BTreeMap<String, Opened>,
    opened: u64,
    pending: Vec<Pending>,
    /// With their seeds.
    fuzzing: Vec<(Fuzzing, u64)>,
    /// I/O control codes that the scenario knows.
    codes: Vec<u32>,
    /// Nothing is refused or comes back otherwise than expected.
    any_status: bool,
}

/// A handle of an application.
struct Opened {
    device: usize,
    open: Open,
}

impl Player {
    /// Nothing is open or present yet.
    pub fn new(host: &'static Host, scenario: &Scenario) -> Self {
        Self {
            host,
            slots: scenario.slots().collect(),
            step: 0,
            opens: BTreeMap::new(),
            opened: 0,
            pending: Vec::new(),
            fuzzing: Vec::new(),
            codes: scenario.ioctls.codes().collect(),
            any_status: scenario.any_status,
        }
    }

    /// Plays steps; the first has this number.
    pub fn play(&mut self, first: usize, steps: &[Step]) {
        for (number, step) in (first..).zip(steps) {
            self.step = number;
            schedule::passage();
            self.host.record(script::step_begins(number, step, self.slots.len()));
            self.step(step);
            self.settle();
        }
    }

    /// Starts devices that another host process held until its end.
    pub fn start_again(&mut self, devices: &[usize]) {
        for device in devices {
            // How that ends stands among the PnP requests: no step expects anything of it.
            let _ = self.request(Request::Start, *device);
        }
        self.settle();
    }

    fn step(&mut self, step: &Step) {
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
                self.send(&ioctl.handle, Expected::from(ioctl), &asked);
            }
            Step::Read(read) => {
                let asked = Asked::Read { length: read.length as usize, offset: read.offset };
                self.send(&read.handle, Expected::from(read), &asked);
            }
            Step::Write(write) => {
                let asked = Asked::Write { bytes: &write.input.0, offset: write.offset };
                self.send(&write.handle, Expected::from(write), &asked);
            }
            Step::Cancel { name } => self.cancel(name),
            Step::Wait { timeout_ms } => {
                self.end_fuzzing();
                self.check_pending(0, Duration::from_millis(*timeout_ms));
            }
            Step::Fuzz(fuzz) => {
                let slot = self.slots[fuzz.device];
                let fuzzing = Fuzzing::begin(self.host, slot, self.step, fuzz, self.codes.clone());
                self.fuzzing.push((fuzzing, fuzz.seed));
                if fuzz.wait {
                    self.end_fuzzing();
                }
            }
            Step::EndProcess => {
                for request in self.pending.iter().filter_map(|pending| pending.sent.request) {
                    io::cancel::cancel(self.host, request);
                }
                self.close_all();
            }
            Step::Settle { timeout_ms, .. } => {
                if !self.host.pool.settle(Duration::from_millis(*timeout_ms)) {
                    let message = format!("callbacks of the driver still run after {timeout_ms} ms");
                    self.host.record(Event::Missed { number: self.step, message });
                }
            }
            Step::DeviceGone(which) => pnp::take_hardware_away(self.host, self.slots[which.device]),
            Step::Poke(scenario::Poke { device, bar, offset, value, times, every_us }) => {
                let every = Duration::from_micros(*every_us);
                let poke = Poke { bar: *bar, offset: *offset, value: *value, times: *times, every };
                delivery::poke(self.host, self.slots[*device], poke);
            }
            Step::Disturb(Disturb { device, how, times, every_us }) => {
                let every = Duration::from_micros(*every_us);
                delivery::disturb(
                    self.host,
                    self.slots[*device],
                    Disturbance { how: *how, times: *times, every },
                );
            }
            Step::Pause { us } => schedule::sleep(Duration::from_micros(*us)),
            Step::NeighbourInterrupts(which) => {
                delivery::neighbour_asks(self.host, self.slots[which.device]);
            }
            Step::Close { handle } => match self.opens.remove(handle) {
                Some(opened) => self.close(opened.open),
                None => self.missed(script::not_open(handle)),
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
            // The supervisor does it: this process does not live on.
            Step::Reinstall(_) => {}
            Step::SurpriseRemove(which) => self.pnp(Request::SurpriseRemove, succeeds(*which)),
            Step::Idle { device, timeout_ms } => {
                let (host, slot) = (self.host, self.slots[*device]);
                let limit = Duration::from_millis(*timeout_ms);
                let idle = gate::run_as(Actor::Pnp, || host.pnp.wait_for_idle(slot, limit));
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
        if !io::is_open(self.host, self.slots[device]) {
            return true;
        }
        let open = self.opens.iter().filter(|(_, opened)| opened.device == device);
        let refusal = script::still_open(open.map(|(handle, _)| handle.as_str()));
        let closed = refusal.is_none();
        if let Some(refusal) = refusal {
            self.missed(refusal);
        }
        closed
    }

    /// A request of the power manager to every device. Power requests do not fail.
    fn power(&mut self, request: Request, expect: Status) {
        let host = self.host;
        match gate::run_as(Actor::Pnp, || host.pnp.power(host, request)) {
            Ok(()) => self.expect_status(STATUS_SUCCESS, expect.0),
            Err(reason) => self.missed(reason),
        }
    }

    /// A request of the PnP manager to a device, with its expected status.
    fn pnp(&mut self, request: Request, pnp: Pnp) {
        match self.request(request, pnp.device) {
            Ok(status) => self.expect_status(status, pnp.expect.0),
            Err(reason) => self.missed(reason),
        }
    }

    /// A request of the PnP manager to a device. The error says why it does not send it.
    fn request(&self, request: Request, device: usize) -> Result<NTSTATUS, String> {
        let (host, slot) = (self.host, self.slots[device]);
        gate::run_as(Actor::Pnp, || host.pnp.request(host, slot, request))
    }

    /// Lets PnP do what drivers asked for meanwhile.
    fn settle(&self) {
        let host = self.host;
        gate::run_as(Actor::Pnp, || host.pnp.settle(host));
    }

    fn open(&mut self, device: usize, handle: &str, access: Access) -> NTSTATUS {
        self.opened += 1;
        let (host, slot, number) = (self.host, self.slots[device], self.opened);
        match gate::run_as(Actor::Io, || io::open(host, slot, number, access)) {
            Ok(open) => {
                self.opens.insert(handle.into(), Opened { device, open });
                self.host.record(Event::Opened { device, handle: handle.into() });
                STATUS_SUCCESS
            }
            Err(status) => status,
        }
    }

    fn close(&mut self, open: Open) {
        let host = self.host;
        gate::run_as(Actor::Io, || io::close(host, open));
        self.check_pending(0, Duration::ZERO);
    }

    fn send(&mut self, handle: &str, expected: Expected, asked: &Asked<'_>) {
        let Some(Opened { open, .. }) = self.opens.get(handle) else {
            return self.missed(script::not_open(handle));
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
        let end = schedule::now().saturating_add(patience);
        let mut left = Vec::new();
        for pending in std::mem::take(&mut self.pending) {
            let waited = pending.step >= first && !patience.is_zero();
            let limit = if waited { end.saturating_sub(schedule::now()) } else { Duration::ZERO };
            let mut answer = pending.sent.completion.recv_timeout(limit);
            if let (Err(_), true, Some(request)) = (&answer, waited && self.any_status, pending.sent.request)
            {
                // The application has waited long enough for whatever it was.
                let text = format!("{} {}", script::GIVES_UP, pending.expected.name);
                self.host.record(Event::Note { text });
                io::cancel::cancel(self.host, request);
                answer = pending.sent.completion.recv_timeout(patience);
            }
            match answer {
                Ok(completion) => {
                    let came = pending.expected.check(pending.step, &completion);
                    came.filter(|event| self.is_told(event)).for_each(|event| self.host.record(event));
                }
                Err(_) if waited => {
                    let message = format!("{} was not completed within {patience:?}", pending.expected.name);
                    self.host.record(Event::Missed { number: pending.step, message });
                }
                Err(_) => left.push(pending),
            }
        }
        self.pending = left;
    }

    fn expect_status(&self, status: NTSTATUS, expected: NTSTATUS) {
        let missed = script::check_status(self.step, status, expected);
        if let Some(missed) = missed.filter(|event| self.is_told(event)) {
            self.host.record(missed);
        }
    }

    /// Something is not as the step expects it.
    fn missed(&self, message: String) {
        let missed = Event::Missed { number: self.step, message };
        if self.is_told(&missed) {
            self.host.record(missed);
        }
    }

    fn is_told(&self, event: &Event) -> bool {
        !(self.any_status && matches!(event, Event::Missed { .. }))
    }

    fn end_fuzzing(&mut self) {
        for (fuzzing, seed) in std::mem::take(&mut self.fuzzing) {
            fuzzing.join(self.host, seed);
        }
    }

    fn close_all(&mut self) {
        for (_, opened) in std::mem::take(&mut self.opens) {
            self.close(opened.open);
        }
    }

    /// Closes what is open and removes what is present.
    pub fn finish(mut self) {
        self.end_fuzzing();
        self.close_all();
        self.settle();
        let host = self.host;
        gate::run_as(Actor::Pnp, || host.pnp.remove_all(host));
        self.check_pending(0, Duration::ZERO);
        for pending in &self.pending {
            let message = format!("{} was never completed", pending.expected.name);
            self.host.record(Event::Missed { number: pending.step, message });
        }
    }
}
