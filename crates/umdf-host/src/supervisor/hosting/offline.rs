//! Steps for devices that have no host process.

use wdk_portable::{STATUS_INVALID_DEVICE_STATE, STATUS_SUCCESS};

use super::ends::pnp_request;
use super::{Hosting, Offline};
use crate::history::Event;
use crate::pnp::Request;
use crate::scenario::{Ioctl, Read, Step, Write};
use crate::script;
use crate::supervisor::routes::Route;

impl Hosting {
    /// Plays a step that goes to no host process.
    pub(super) fn play_offline(&mut self, step: usize) {
        let device = if let Route::Device(device) = self.routes[step] { device } else { 0 };
        let (host, offline) = (self.seats[device].host, self.seats[device].offline);
        if offline == Some(Offline::Untold) {
            return;
        }
        let what = self.setup.scenario.steps[step].clone();
        let handle = match &what {
            Step::Ioctl(Ioctl { handle, .. })
            | Step::Read(Read { handle, .. })
            | Step::Write(Write { handle, .. })
            | Step::Close { handle } => Some(handle),
            _ => None,
        };
        let missing = handle.filter(|handle| !self.clients.has(handle));
        self.tell(host, script::begins(&self.setup.scenario, step));
        if let Some(handle) = missing {
            self.miss(host, step, script::not_open(handle));
        }
        if let Step::Open { expect, .. } = &what {
            self.check_status(host, step, STATUS_INVALID_DEVICE_STATE, expect.0);
        }
        for number in self.clients.lose(host) {
            self.come_back(host, number);
        }
        if let (Some((request, device, _)), Some(offline)) = (pnp_request(&what), offline)
            && let Err(reason) = self.request_offline(host, request, device, offline)
        {
            self.miss(host, step, reason);
        }
    }

    fn miss(&mut self, host: usize, step: usize, message: String) {
        self.tell(host, Event::Missed { number: step + 1, message });
    }

    /// A request of the PnP manager. The error says why it sends none.
    fn request_offline(
        &mut self,
        host: usize,
        request: Request,
        device: usize,
        offline: Offline,
    ) -> Result<(), String> {
        match request {
            Request::Remove => {
                script::still_open(self.clients.left_open(device)).map_or(Ok(()), Err)?;
                self.restarts.forget(device);
                self.seats[device].offline = None;
            }
            Request::SurpriseRemove if offline != Offline::Leaving => {
                self.seats[device].offline = Some(Offline::Leaving);
            }
            _ => {
                let first = if offline == Offline::Waits { "close its handles" } else { "remove it" };
                return Err(format!(
                    "PnP sends no {request} to a device whose host process has ended: {first} first"
                ));
            }
        }
        self.seats[device].problem = None;
        self.end_request(host, request, device, STATUS_SUCCESS);
        Ok(())
    }
}
