//! What follows when a host process ends before its time.
//!
//! Microsoft Learn, "How UMDF Handles Driver Failures": the reflector completes what was pending, the devices
//! are surprise-removed, and a device is not restarted before the last handle to its old stack is closed.
//! What the page leaves open is this host's choice: the request of PnP that was on its way ends with the
//! same status as the pending I/O, and so does what is sent on a handle that leads nowhere any more.

use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use super::{During, Hosting, Offline, Stage};
use crate::framework::request::Completion;
use crate::history::{Actor, Event, Record};
use crate::pnp::Request;
use crate::report::{End, Problem};
use crate::scenario::Step;
use crate::script::{self, Expected};
use crate::status::{self, STATUS_DRIVER_PROCESS_TERMINATED};
use crate::supervisor::RunError;
use crate::supervisor::restarts::Next;
use crate::worker::Command;

/// What comes back of a request whose host process has ended.
fn nothing() -> Completion {
    Completion { status: STATUS_DRIVER_PROCESS_TERMINATED, output: Vec::new(), information: 0 }
}

/// The request of the PnP manager that a step is about: its device, its expected status.
pub(super) fn pnp_request(step: &Step) -> Option<(Request, usize, NTSTATUS)> {
    Some(match step {
        Step::Start(pnp) => (Request::Start, pnp.device, pnp.expect.0),
        Step::QueryStop(pnp) => (Request::QueryStop, pnp.device, pnp.expect.0),
        Step::CancelStop(pnp) => (Request::CancelStop, pnp.device, pnp.expect.0),
        Step::Stop(pnp) => (Request::Stop, pnp.device, pnp.expect.0),
        Step::Restart(pnp) => (Request::Restart, pnp.device, pnp.expect.0),
        Step::QueryRemove(pnp) => (Request::QueryRemove, pnp.device, pnp.expect.0),
        Step::CancelRemove(pnp) => (Request::CancelRemove, pnp.device, pnp.expect.0),
        Step::Remove(which) => (Request::Remove, which.device, STATUS_SUCCESS),
        Step::SurpriseRemove(which) => (Request::SurpriseRemove, which.device, STATUS_SUCCESS),
        _ => return None,
    })
}

impl Hosting {
    /// The supervisor tells something in the name of a host process.
    pub(super) fn tell(&mut self, host: usize, event: Event) {
        self.log(host, None, Record { actor: Actor::Host, event });
    }

    /// A host process has ended, and its events are in the log.
    pub(super) fn bury(&mut self, host: usize, during: During<'_>) {
        if !self.hosts[host].bury() {
            return;
        }
        let held = self.take_from(host, during);
        match self.hosts[host].end() {
            _ if matches!(during, During::Finish) => return,
            Some(End::Finished) => {
                return self.give_up(host, &held, Offline::Untold, Some(&Problem::failed_driver_entry()));
            }
            Some(End::Ended { .. }) | None => return self.give_up(host, &held, Offline::Untold, None),
            Some(_) if !self.setup.restarts => {
                self.give_up(host, &held, Offline::Failed, Some(&Problem::failed_post_start()));
            }
            Some(_) => held.into_iter().for_each(|device| self.fail(host, device)),
        }
        if !self.is_over() {
            self.tell_clients(host, during);
        }
    }

    /// Takes the devices from a host process. Says which of them its end failed.
    fn take_from(&mut self, host: usize, during: During<'_>) -> Vec<usize> {
        let mut held = Vec::new();
        for (device, seat) in self.seats.iter_mut().enumerate().filter(|(_, seat)| seat.host == host) {
            match std::mem::take(&mut seat.stage) {
                Stage::Present => held.push(device),
                Stage::Leaving => seat.offline = Some(Offline::Leaving),
                Stage::Absent => {}
            }
        }
        match during {
            During::StartAgain(devices) => held.extend(devices),
            During::Step(step) => match &self.setup.scenario.steps[step] {
                Step::Start(pnp) => held.push(pnp.device),
                // PnP is done with it.
                Step::Remove(which) => held.retain(|device| *device != which.device),
                Step::SurpriseRemove(which) => {
                    held.retain(|device| *device != which.device);
                    self.seats[which.device].offline = Some(Offline::Leaving);
                }
                _ => {}
            },
            During::Nothing | During::Finish => {}
        }
        held.sort_unstable();
        held.dedup();
        for device in &held {
            self.seats[*device].host = host;
            self.hosts[host].devices.insert(*device);
        }
        held
    }

    /// None of the devices that a host process serves gets another one. Those that it held have a problem.
    fn give_up(&mut self, host: usize, held: &[usize], offline: Offline, problem: Option<&Problem>) {
        for device in &self.hosts[host].serves {
            self.seats[*device].offline = Some(offline);
        }
        for device in held {
            self.seats[*device].problem = problem.cloned();
        }
    }

    /// A device failed with its host process.
    fn fail(&mut self, host: usize, device: usize) {
        let next = self.restarts.failed(device, self.began.elapsed());
        let (offline, what) = match next {
            Next::Pool => (Offline::Waits, "it is restarted in the process that it shares".into()),
            Next::Own { left } => {
                (Offline::Waits, format!("it is restarted in a process of its own, then {left} more times"))
            }
            Next::Never => (Offline::Failed, "it is restarted no more".into()),
        };
        let seat = &mut self.seats[device];
        seat.offline = Some(offline);
        seat.problem = (offline == Offline::Failed).then(Problem::failed_post_start);
        self.tell(host, Event::Note { text: format!("device {device} is offline: {what}") });
    }

    /// What applications and the PnP manager see of the end of a host process.
    fn tell_clients(&mut self, host: usize, during: During<'_>) {
        let step = if let During::Step(step) = during { Some(step) } else { None };
        // A process that ended while it loaded the driver has not said so.
        if let Some(step) = step.filter(|step| self.step != step + 1) {
            self.tell(host, script::begins(&self.setup.scenario, step));
        }
        for number in self.clients.lose(host) {
            self.come_back(host, number);
        }
        let Some(step) = step else { return };
        if let Step::Open { expect, .. } = &self.setup.scenario.steps[step] {
            let expected = expect.0;
            self.check_status(host, step, STATUS_DRIVER_PROCESS_TERMINATED, expected);
        }
        if let Some((request, device, expected)) = pnp_request(&self.setup.scenario.steps[step]) {
            // What removes a device does not fail.
            let removes = matches!(request, Request::Remove | Request::SurpriseRemove);
            let status = if removes { STATUS_SUCCESS } else { STATUS_DRIVER_PROCESS_TERMINATED };
            self.end_request(host, request, device, status);
            self.check_status(host, step, status, expected);
        }
    }

    /// The request of a step comes back from a process that has ended.
    pub(super) fn come_back(&mut self, host: usize, number: usize) {
        let expected = Expected::of(&self.setup.scenario.steps[number - 1]);
        let events: Vec<_> =
            expected.iter().flat_map(|expected| expected.check(number, &nothing())).collect();
        for event in events {
            self.tell(host, event);
        }
    }

    pub(super) fn check_status(&mut self, host: usize, step: usize, status: NTSTATUS, expected: NTSTATUS) {
        if let Some(missed) = script::check_status(step + 1, status, expected) {
            self.tell(host, missed);
        }
    }

    pub(super) fn end_request(&mut self, host: usize, request: Request, device: usize, status: NTSTATUS) {
        let (request, status) = (request.to_string(), status::describe(status));
        self.tell(host, Event::Pnp { device: Some(device), request, status });
    }

    /// Restarts the devices that wait for it, if nothing keeps them from it.
    pub(super) fn restart_devices(&mut self) -> Result<(), RunError> {
        loop {
            let free = |device: &usize| self.clients.left_open(*device).next().is_none();
            let Some((host, devices)) = self.next_restart(self.waiting().filter(free).collect())? else {
                return Ok(());
            };
            self.command(host, &[Command::StartAgain(devices.clone())], During::StartAgain(&devices))?;
        }
    }

    /// The devices that wait for a restart. None gets one while the system is asleep.
    pub(super) fn waiting(&self) -> impl Iterator<Item = usize> {
        let waits = |device: &usize| self.seats[*device].offline == Some(Offline::Waits);
        (0..self.seats.len()).filter(move |device| !self.asleep && waits(device))
    }

    /// Of these, which nothing keeps from a restart, those that are restarted together first, and in which process.
    pub(super) fn next_restart(
        &mut self,
        ready: Vec<usize>,
    ) -> Result<Option<(usize, Vec<usize>)>, RunError> {
        let Some(first) = ready.first().copied() else { return Ok(None) };
        let pooled = |device: usize| self.restarts.is_pooled(device);
        let together = |device: &usize| *device == first || (pooled(first) && pooled(*device));
        let devices: Vec<usize> = ready.into_iter().filter(together).collect();
        for device in &devices {
            self.seats[*device].offline = None;
        }
        let host = match self.host_of(first) {
            Some(host) => host,
            None => self.start_host(first, self.step)?,
        };
        Ok(Some((host, devices)))
    }
}
