//! The driver of a device is uninstalled and installed anew.

use super::{During, Hosting, Stage};
use crate::history::Event;
use crate::script;
use crate::supervisor::RunError;
use crate::worker::Command;

impl Hosting {
    /// Ends the host process of a device that was removed. One that has none is installed anew as it is.
    pub(super) fn reinstall(&mut self, device: usize, step: usize) -> Result<(), RunError> {
        let host = self.host_of(device);
        let teller = host.unwrap_or(self.seats[device].host);
        if self.hosts.is_empty() {
            return Ok(());
        }
        self.tell(teller, script::begins(&self.setup.scenario, step));
        let Some(host) = host else { return Ok(()) };
        let present =
            self.seats.iter().enumerate().find(|(_, seat)| seat.host == host && seat.stage != Stage::Absent);
        if let Some((present, _)) = present {
            let message =
                format!("the host process has device {present}: remove it before the driver is uninstalled");
            self.tell(host, Event::Missed { number: step + 1, message });
            return Ok(());
        }
        self.restarts.forget(device);
        self.command(host, &[Command::Finish], During::Finish)?;
        Ok(())
    }
}
