//! Connecting and disconnecting the device's interrupts.

use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use super::Machines;

impl Machines {
    /// Connects and enables each interrupt, in order of creation, up to the first that fails.
    pub(super) fn connect_interrupts(&self) -> NTSTATUS {
        let mut statuses = self.actions.interrupts().into_iter().map(|interrupt| interrupt.connect());
        statuses.find(|status| *status < 0).unwrap_or(STATUS_SUCCESS)
    }

    /// The device has no resources any more.
    pub(super) fn revoke_resources(&self) {
        for interrupt in self.actions.interrupts() {
            interrupt.revoke_resources();
        }
    }

    /// Disables and disconnects each interrupt that is connected, last one first. The last failure is
    /// the answer.
    pub(super) fn disconnect_interrupts(&self) -> NTSTATUS {
        let mut status = STATUS_SUCCESS;
        for interrupt in self.actions.interrupts().into_iter().rev() {
            let disconnected = interrupt.disconnect();
            status = if disconnected < 0 { disconnected } else { status };
        }
        status
    }
}
