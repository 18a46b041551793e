//! Connecting and disconnecting the device's interrupts.

use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use super::Machines;
use super::shared::Connected;

impl Machines {
    /// Connects and enables each interrupt, in order of creation, up to the first that fails. One
    /// that cannot be enabled stays connected.
    pub(super) fn connect_interrupts(&self) -> NTSTATUS {
        for interrupt in self.actions.interrupts() {
            let status = interrupt.connect();
            if status < 0 {
                return status;
            }
            self.shared().connected.push(Connected { interrupt: interrupt.clone(), enabled: false });
            let status = interrupt.enable();
            if status < 0 {
                return status;
            }
            if let Some(last) = self.shared().connected.last_mut() {
                last.enabled = true;
            }
        }
        STATUS_SUCCESS
    }

    /// The device has no resources any more.
    pub(super) fn revoke_resources(&self) {
        for interrupt in self.actions.interrupts() {
            interrupt.revoke_resources();
        }
    }

    /// Disables (where it is enabled) and disconnects each connected interrupt, last one first. The
    /// last failure is the answer.
    pub(super) fn disconnect_interrupts(&self) -> NTSTATUS {
        let mut status = STATUS_SUCCESS;
        loop {
            let Some(last) = self.shared().connected.pop() else { return status };
            if last.enabled {
                let disabled = last.interrupt.disable();
                status = if disabled < 0 { disabled } else { status };
            }
            last.interrupt.disconnect();
        }
    }
}
