//! What the PnP manager does of itself: because a start has failed, or because of what drivers and the
//! framework told it.

use wdk_portable::NTSTATUS;

use super::{Asked, Present, System, Work};
use crate::framework::Handle;
use crate::framework::device::Device;
use crate::machines::tables::pnp::Pnp;
use crate::pnp::Request;
use crate::pnp::node::{self, NodeState, Problem};

/// So often in a row a bus finds a device again before the host takes it for endless, as it would be on
/// Windows.
const MOST_ARRIVALS: u32 = 64;

impl Work<'_> {
    /// A start has ended. PnP asks for the state of a device that was started, and removes one that
    /// was not.
    pub(super) fn started(&mut self, slot: u16, status: NTSTATUS) {
        if status < 0 {
            self.leave(slot, NodeState::Problem(Problem::FailedStart(status)));
        } else {
            node::change(self.host, slot, NodeState::Started);
            self.look(slot, false);
        }
    }

    /// The device is told to go. PnP removes it as soon as nobody has it open.
    pub(super) fn leave(&mut self, slot: u16, to: NodeState) {
        let Some(present) = self.tree.devices.get_mut(&slot) else { return };
        if present.leaving.replace(to).is_none() {
            // A device that was never started hears of it only if its hardware is gone.
            if to == NodeState::Disconnected || present.device.started {
                self.must(slot, Request::SurpriseRemove);
            }
        }
        node::change(self.host, slot, to);
        self.remove_if_closed(slot);
    }

    /// Gives a device a request that it takes where it is.
    pub(super) fn must(&mut self, slot: u16, request: Request) -> NTSTATUS {
        self.give(slot, request)
            .unwrap_or_else(|reason| self.host.end(format!("the PnP manager cannot go on: {reason}")))
    }

    fn remove_if_closed(&mut self, slot: u16) {
        let Some(Present { device, leaving: Some(to) }) = self.tree.devices.get(&slot) else { return };
        let (object, to) = (device.object(), *to);
        let open = self.host.state().objects.get::<Device>(object).is_some_and(|device| device.opens > 0);
        if !open {
            self.must(slot, Request::Remove);
            self.drop_removed(slot, to);
        }
    }

    /// The removal has gone down the stack: nothing of the driver's device is left.
    pub(super) fn drop_removed(&mut self, slot: u16, to: NodeState) {
        let Some(present) = self.tree.devices.remove(&slot) else { return };
        node::change(self.host, slot, to);
        if self.tree.reenumerated.get(&slot) == Some(&present.device.object()) {
            self.tree.arrivals.push_back(slot);
        }
    }

    /// Handles what is asked from inside until there is nothing more.
    pub(super) fn handle_asked(&mut self) {
        let mut arrivals = 0;
        let mut later = Vec::new();
        while self.tree.system == System::Working {
            if let Some(slot) = self.tree.arrivals.pop_front() {
                arrivals += 1;
                if arrivals > MOST_ARRIVALS {
                    self.host.end(format!(
                        "the device failed and was found again {MOST_ARRIVALS} times: on Windows this \
                         would go on for ever; fail it with WdfDeviceFailedNoRestart"
                    ));
                }
                // A refusal leaves the device as it is: nothing sits there any more.
                let _ = self.start(slot);
                continue;
            }
            let next = self.host.pnp.inbox().asked.pop_front();
            let Some((slot, device, asked)) = next else { break };
            if let Some(present) = self.tree.devices.get(&slot) {
                present.device.settle();
            }
            if self.is_in_operation(slot) && asked != Asked::Closed {
                later.push((slot, device, asked));
                continue;
            }
            match asked {
                Asked::Look if self.is_current(slot, device) => self.look(slot, true),
                Asked::Closed if self.is_current(slot, device) => self.remove_if_closed(slot),
                // A refusal leaves the device as it is: it is on its way out.
                Asked::Lost if self.is_current(slot, device) => drop(self.pull_out(slot)),
                Asked::Look | Asked::Closed | Asked::Lost => {}
                Asked::Reenumerate => self.reenumerate(slot, device),
            }
        }
        self.host.pnp.inbox().asked.extend(later);
    }

    /// The PnP manager is in the middle of a rebalance or a removal of the device.
    fn is_in_operation(&self, slot: u16) -> bool {
        let Some(present) = self.tree.devices.get(&slot) else { return false };
        self.node(slot) == NodeState::Stopped
            || matches!(present.device.state(), Pnp::QueryStopPending | Pnp::QueryRemovePending)
    }

    fn is_current(&self, slot: u16, object: Handle) -> bool {
        self.tree.devices.get(&slot).is_some_and(|present| present.device.object() == object)
    }

    /// The bus takes the device away and looks what is there.
    fn reenumerate(&mut self, slot: u16, object: Handle) {
        if self.tree.reenumerated.insert(slot, object) == Some(object) {
            return;
        }
        let there = self.host.bus().is_there(slot);
        if self.is_current(slot, object) {
            let leaving = self.tree.devices.get(&slot).and_then(|present| present.leaving);
            self.leave(slot, leaving.unwrap_or(NodeState::Removed));
        } else if !self.tree.devices.contains_key(&slot) {
            // The driver is gone already; the device comes back all the same.
            self.tree.arrivals.push_back(slot);
        }
        if !there {
            self.tree.arrivals.retain(|arrival| *arrival != slot);
            self.tree.reenumerated.remove(&slot);
            node::change(self.host, slot, NodeState::Disconnected);
        }
    }

    /// Asks a started device for its state (`IRP_MN_QUERY_PNP_DEVICE_STATE`) and acts on it.
    fn look(&mut self, slot: u16, asked: bool) {
        let Some(Present { device, leaving: None }) = self.tree.devices.get(&slot) else { return };
        if self.node(slot) != NodeState::Started {
            return;
        }
        let failed = device.stack().machines.has_failed();
        let given = {
            let state = self.host.state();
            state.objects.get::<Device>(device.object()).map(|device| device.reported.state)
        };
        let Some(given) = given else { return };
        if given.is_disabled() {
            self.leave(slot, NodeState::Problem(Problem::HardwareDisabled));
        } else if given.is_removed() {
            self.leave(slot, NodeState::Problem(Problem::NotThere));
        } else if given.has_other_resources() {
            if asked {
                self.rebalance(slot, failed || given.is_failed());
            }
        } else if failed || given.is_failed() {
            self.leave(slot, NodeState::Problem(Problem::FailedPostStart));
        }
    }

    /// The device wants other resources. A failed one is stopped for that, another one is started over.
    fn rebalance(&mut self, slot: u16, stop: bool) {
        if stop && self.must(slot, Request::QueryStop) < 0 {
            self.must(slot, Request::CancelStop);
            return;
        }
        if stop {
            self.must(slot, Request::Stop);
        }
        let status = self.must(slot, if stop { Request::Restart } else { Request::Start });
        self.started(slot, status);
    }
}
