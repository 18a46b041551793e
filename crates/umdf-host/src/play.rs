//! Plays a scenario: the application and the PnP manager's side of a life.

use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use crate::delivery;
use crate::framework::request::Completion;
use crate::history::{Actor, Event};
use crate::host::Host;
use crate::io::{self, Open};
use crate::pnp::{self, PnpDevice, Request, SLOT};
use crate::scenario::{Bytes, Ioctl, Scenario, Step};
use crate::status;

/// Plays every step. What a scenario leaves open or present at its end is closed and removed.
pub fn scenario(host: &'static Host, scenario: &Scenario) {
    let mut player =
        Player { host, step: 0, device: None, opens: BTreeMap::new(), opened: 0, pending: Vec::new() };
    for (index, step) in scenario.steps.iter().enumerate() {
        player.step = index + 1;
        host.record(Event::Step { number: player.step, text: words(step) });
        player.play(step);
    }
    player.finish();
}

fn words(step: &Step) -> String {
    match step {
        Step::Start { .. } => "start the device".into(),
        Step::Open { handle, .. } => format!("open {handle}"),
        Step::Ioctl(ioctl) => format!("{} on {}", ioctl.name, ioctl.handle),
        Step::Wait { .. } => "wait for every pending request".into(),
        Step::DeviceGone {} => "the hardware stops answering".into(),
        Step::NeighbourInterrupts {} => "a device on the same interrupt line asks for attention".into(),
        Step::Close { handle } => format!("close {handle}"),
        Step::QueryStop { .. } => "ask whether the device may be stopped".into(),
        Step::CancelStop { .. } => "the device is not stopped".into(),
        Step::Stop { .. } => "stop the device".into(),
        Step::Restart { .. } => "start the device at other addresses".into(),
        Step::QueryRemove { .. } => "ask whether the device may be removed".into(),
        Step::CancelRemove { .. } => "the device is not removed".into(),
        Step::Remove {} => "remove the device".into(),
        Step::SurpriseRemove {} => "the device is pulled out".into(),
        Step::Sleep { .. } => "the system goes to sleep".into(),
        Step::Resume { .. } => "the system comes back".into(),
    }
}

/// A request that a later step or the end waits for.
struct Pending {
    step: usize,
    ioctl: Ioctl,
    completion: Receiver<Completion>,
}

struct Player {
    host: &'static Host,
    step: usize,
    device: Option<PnpDevice>,
    opens: BTreeMap<String, Open>,
    opened: u64,
    pending: Vec<Pending>,
}

impl Player {
    fn play(&mut self, step: &Step) {
        match step {
            Step::Start { expect } => self.start(expect.0),
            Step::QueryStop { expect } => self.pnp(Request::QueryStop, expect.0),
            Step::CancelStop { expect } => self.pnp(Request::CancelStop, expect.0),
            Step::Stop { expect } => self.pnp(Request::Stop, expect.0),
            Step::Restart { expect } => self.pnp(Request::Restart, expect.0),
            Step::CancelRemove { expect } => self.pnp(Request::CancelRemove, expect.0),
            Step::Sleep { expect } => self.pnp(Request::Sleep, expect.0),
            Step::Resume { expect } => self.pnp(Request::Resume, expect.0),
            Step::Open { handle, expect } => {
                let status = self.open(handle);
                self.expect_status(status, expect.0);
            }
            Step::Ioctl(ioctl) => self.ioctl(ioctl),
            Step::Wait { timeout_ms } => self.check_pending(0, Duration::from_millis(*timeout_ms)),
            Step::DeviceGone {} => {
                if let Err(error) = self.host.bus().go_away(SLOT) {
                    self.host.end(format!("the bus cannot take the device away: {error}"));
                }
            }
            Step::NeighbourInterrupts {} => delivery::neighbour_asks(self.host, SLOT),
            Step::Close { handle } => match self.opens.remove(handle) {
                Some(open) => self.close(open),
                None => self.missed(format!("{handle} is not open: its open failed")),
            },
            Step::Remove {} | Step::QueryRemove { .. } if !self.opens.is_empty() => {
                let open: Vec<_> = self.opens.keys().cloned().collect();
                self.missed(format!(
                    "PnP does not remove a device that is open: close {} first",
                    open.join(", ")
                ));
            }
            Step::QueryRemove { expect } => self.pnp(Request::QueryRemove, expect.0),
            Step::Remove {} => {
                self.pnp(Request::Remove, STATUS_SUCCESS);
                self.device.take_if(|device| device.is_removed());
            }
            Step::SurpriseRemove {} => self.pnp(Request::SurpriseRemove, STATUS_SUCCESS),
        }
    }

    /// Adds the device if there is none, and starts it.
    fn start(&mut self, expected: NTSTATUS) {
        if self.device.is_none() {
            let host = self.host;
            let added = host.pool.run(Actor::Pnp, move || pnp::add(host));
            let status = added.as_ref().err().copied().unwrap_or(STATUS_SUCCESS);
            self.record_pnp("add".into(), status);
            match added {
                Ok(device) => self.device = Some(device),
                Err(status) => return self.expect_status(status, expected),
            }
        }
        self.pnp(Request::Start, expected);
    }

    /// A request of the PnP or the power manager to the device.
    fn pnp(&mut self, request: Request, expected: NTSTATUS) {
        match self.with_device(move |device| device.request(request)) {
            Some(Ok(status)) => {
                self.record_pnp(request.to_string(), status);
                self.expect_status(status, expected);
            }
            Some(Err(reason)) => self.missed(reason),
            None => self.missed(format!("there is no device for {request}: start one first")),
        }
    }

    /// Does something with the device, if there is one, on a thread of the PnP manager.
    fn with_device<R: Send + 'static>(
        &mut self,
        act: impl FnOnce(&mut PnpDevice) -> R + Send + 'static,
    ) -> Option<R> {
        let mut device = self.device.take()?;
        let (device, result) = self.host.pool.run(Actor::Pnp, move || {
            let result = act(&mut device);
            (device, result)
        });
        self.device = Some(device);
        Some(result)
    }

    fn record_pnp(&self, request: String, status: NTSTATUS) {
        self.host.record(Event::Pnp { request, status: status::describe(status) });
    }

    fn open(&mut self, handle: &str) -> NTSTATUS {
        self.opened += 1;
        let (host, number) = (self.host, self.opened);
        match host.pool.run(Actor::Io, move || io::open(host, number)) {
            Ok(open) => {
                self.opens.insert(handle.into(), open);
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

    fn ioctl(&mut self, ioctl: &Ioctl) {
        let Some(open) = self.opens.get(&ioctl.handle) else {
            return self.missed(format!("{} is not open: its open failed", ioctl.handle));
        };
        let completion =
            io::device_control(self.host, *open, ioctl.code, &ioctl.input.0, ioctl.output_length as usize);
        self.pending.push(Pending { step: self.step, ioctl: ioctl.clone(), completion });
        let patience = if ioctl.wait { Duration::from_millis(ioctl.timeout_ms) } else { Duration::ZERO };
        self.check_pending(self.step, patience);
    }

    /// Takes the completions that arrived; those of requests sent from step `first` on may take up to
    /// `patience` together.
    fn check_pending(&mut self, first: usize, patience: Duration) {
        let end = Instant::now() + patience;
        let mut left = Vec::new();
        for pending in std::mem::take(&mut self.pending) {
            let waited = pending.step >= first && !patience.is_zero();
            let limit = if waited { end.saturating_duration_since(Instant::now()) } else { Duration::ZERO };
            match pending.completion.recv_timeout(limit) {
                Ok(completion) => self.check_completion(pending.step, &pending.ioctl, &completion),
                Err(_) if waited => {
                    let message = format!("{} was not completed within {patience:?}", pending.ioctl.name);
                    self.host.record(Event::Missed { number: pending.step, message });
                }
                Err(_) => left.push(pending),
            }
        }
        self.pending = left;
    }

    fn check_completion(&mut self, step: usize, ioctl: &Ioctl, completion: &Completion) {
        let output = Bytes(completion.output.clone()).to_string();
        let name = &ioctl.name;
        self.host.record(Event::Ioctl {
            name: name.clone(),
            status: status::describe(completion.status),
            output: output.clone(),
            information: completion.information,
        });
        let mut wrong = Vec::new();
        if completion.status != ioctl.expect.0 {
            let (came, expected) = (status::describe(completion.status), status::describe(ioctl.expect.0));
            wrong.push(format!("{came} instead of {expected}"));
        }
        if let Some(expected) =
            ioctl.expect_output.as_ref().filter(|expected| expected.0 != completion.output)
        {
            wrong.push(format!("output {output} instead of {expected}"));
        }
        if let Some(expected) =
            ioctl.expect_information.filter(|expected| *expected != completion.information)
        {
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

    fn finish(mut self) {
        for (_, open) in std::mem::take(&mut self.opens) {
            self.close(open);
        }
        if let Some(status) = self.with_device(PnpDevice::remove_for_good) {
            self.record_pnp(Request::Remove.to_string(), status);
        }
        self.check_pending(0, Duration::ZERO);
        for pending in &self.pending {
            let message = format!("{} was never completed", pending.ioctl.name);
            self.host.record(Event::Missed { number: pending.step, message });
        }
    }
}
