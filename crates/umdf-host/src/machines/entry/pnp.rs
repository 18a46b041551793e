//! Entry functions of the PnP machine (`PnpEvent..` in `pnpstatemachine.cpp`).

use wdk_portable::{
    NTSTATUS, STATUS_DEVICE_NOT_READY, STATUS_DEVICE_POWER_FAILURE, STATUS_INVALID_DEVICE_STATE,
    STATUS_PENDING, STATUS_SUCCESS,
};

use crate::machines::actions::{Callback, Ending, PnpRequest, Queues};
use crate::machines::engine::{Engine, Queued};
use crate::machines::tables::events::{PnpEvent, PolicyEvent, SelfManagedIoEvent};
use crate::machines::tables::pnp::Pnp;
use crate::machines::{Machines, Mutex};

/// Events that carry a request of the PnP manager: to drop one is to end its request.
const WITH_REQUEST: [PnpEvent; 8] = [
    PnpEvent::StartDeviceComplete,
    PnpEvent::QueryRemove,
    PnpEvent::QueryStop,
    PnpEvent::CancelRemove,
    PnpEvent::CancelStop,
    PnpEvent::Stop,
    PnpEvent::SurpriseRemove,
    PnpEvent::Eject,
];

impl Queued for Pnp {
    fn engine(machines: &Machines) -> &Mutex<Engine<Self>> {
        &machines.pnp
    }

    fn dropped(machines: &Machines, event: PnpEvent) {
        if WITH_REQUEST.contains(&event) {
            machines.finish_request();
        }
    }

    fn drained(machines: &Machines) -> Option<fn(&Machines)> {
        std::mem::take(&mut machines.shared().send_down).then_some(Machines::send_down)
    }
}

impl Machines {
    /// The machine is done with the pending request, if there is one: a start and a failed request
    /// are completed, the others go down when the machine has nothing more to do.
    fn finish_request(&self) {
        let mut shared = self.shared();
        match shared.pnp_request {
            Some((request, status)) if request == PnpRequest::Start || status < 0 => {
                shared.pnp_request = None;
                drop(shared);
                self.actions.finish(request, Ending::Completed(status));
            }
            Some(_) => shared.send_down = true,
            None => {}
        }
    }

    fn send_down(&self) {
        let request = self.shared().pnp_request.take();
        if let Some((request, _)) = request {
            self.actions.finish(request, Ending::SentDown);
        }
    }

    /// The framework fails the device. PnP will ask for the device's state and see it.
    pub(in crate::machines) fn fail(&self) {
        self.shared().internal_failure = true;
        self.actions.invalidate_state();
    }

    fn set_status(&self, status: NTSTATUS) {
        self.shared().set_request_status(status);
    }

    fn tell_policy(&self, event: PolicyEvent) {
        self.policy(event);
    }

    /// Resources, then the driver. `matched` is where a failure of the driver leads, `unmatched`
    /// where one of the resources leads.
    fn prepare_hardware(&self, unmatched: Pnp, matched: Pnp) -> Result<(), Pnp> {
        let (status, to) = match self.actions.match_resources() {
            Ok(()) => (self.actions.callback(Callback::PrepareHardware), matched),
            Err(status) => (status, unmatched),
        };
        if status >= 0 {
            return Ok(());
        }
        self.fail();
        self.set_status(status);
        Err(to)
    }

    /// What happens to interfaces, queues and self-managed I/O when the device will not come back.
    fn clean_up_for_remove(&self) {
        self.actions.disable_interfaces();
        self.actions.queues(Queues::PurgeManaged);
        self.self_managed_io(SelfManagedIoEvent::Flush);
        self.revoke_resources();
    }

    /// Sends the start to the drivers below; the event tells how it went.
    fn start_below(&self) {
        let status = self.actions.start_below();
        if status >= 0 {
            self.post::<Pnp>(PnpEvent::StartDeviceComplete);
            return;
        }
        // First the event, so that the machine is ready for the removal that follows the failure.
        self.post::<Pnp>(PnpEvent::StartDeviceFailed);
        let request = self.shared().pnp_request.take();
        if let Some((request, _)) = request {
            self.actions.finish(request, Ending::Completed(status));
        }
    }

    fn static_check(&self, ask: Pnp) -> Pnp {
        let mut shared = self.shared();
        let status = if shared.static_stops > 0 {
            STATUS_INVALID_DEVICE_STATE
        } else if shared.special_use {
            STATUS_DEVICE_NOT_READY
        } else {
            return ask;
        };
        shared.set_request_status(status);
        Pnp::Started
    }

    fn ask_driver(&self, callback: Callback, agreed: Pnp) -> Pnp {
        let status = self.actions.callback(callback);
        self.set_status(status);
        if status >= 0 { agreed } else { Pnp::Started }
    }

    /// The device is brought to D0, and kept there, while the query is pending.
    fn ensure_device_awake(&self, pending: Pnp) -> Option<Pnp> {
        let status = if self.owner { self.reference_for_pnp() } else { STATUS_SUCCESS };
        if status == STATUS_PENDING {
            None
        } else if status >= 0 {
            Some(pending)
        } else {
            self.set_status(status);
            Some(Pnp::Started)
        }
    }

    /// Gives up the reference of [`Self::ensure_device_awake`].
    fn let_device_sleep(&self) {
        if self.owner {
            self.release_reference();
        }
    }
}

pub fn init_starting(machines: &Machines) -> Option<Pnp> {
    machines.start_below();
    None
}

pub fn init_surprise_removed(machines: &Machines) -> Option<Pnp> {
    machines.finish_request();
    Some(Pnp::Init)
}

pub fn init_query_remove(machines: &Machines) -> Option<Pnp> {
    machines.send_down();
    None
}

pub fn init_query_remove_canceled(machines: &Machines) -> Option<Pnp> {
    machines.send_down();
    Some(Pnp::Init)
}

pub fn hardware_available(machines: &Machines) -> Option<Pnp> {
    if let Err(to) = machines.prepare_hardware(Pnp::FailedInit, Pnp::FailedOwnHardware) {
        return Some(to);
    }
    machines.tell_policy(PolicyEvent::Start);
    None
}

pub fn enable_interfaces(machines: &Machines) -> Option<Pnp> {
    machines.actions.enable_interfaces();
    Some(Pnp::Started)
}

pub fn hardware_available_power_policy_failed(machines: &Machines) -> Option<Pnp> {
    machines.set_status(STATUS_DEVICE_POWER_FAILURE);
    Some(Pnp::FailedOwnHardware)
}

pub fn started(machines: &Machines) -> Option<Pnp> {
    machines.shared().achieved_start = true;
    machines.finish_request();
    None
}

pub fn started_cancel_stop(_: &Machines) -> Option<Pnp> {
    Some(Pnp::Started)
}

pub fn started_cancel_remove(_: &Machines) -> Option<Pnp> {
    Some(Pnp::Started)
}

pub fn query_stop_static_check(machines: &Machines) -> Option<Pnp> {
    Some(machines.static_check(Pnp::QueryStopAskDriver))
}

pub fn query_stop_ask_driver(machines: &Machines) -> Option<Pnp> {
    Some(machines.ask_driver(Callback::QueryStop, Pnp::QueryStopEnsureDeviceAwake))
}

pub fn query_stop_ensure_device_awake(machines: &Machines) -> Option<Pnp> {
    machines.ensure_device_awake(Pnp::QueryStopPending)
}

pub fn query_stop_pending(machines: &Machines) -> Option<Pnp> {
    machines.send_down();
    None
}

pub fn query_remove_static_check(machines: &Machines) -> Option<Pnp> {
    Some(machines.static_check(Pnp::QueryRemoveAskDriver))
}

pub fn query_remove_ask_driver(machines: &Machines) -> Option<Pnp> {
    Some(machines.ask_driver(Callback::QueryRemove, Pnp::QueryRemoveEnsureDeviceAwake))
}

pub fn query_remove_ensure_device_awake(machines: &Machines) -> Option<Pnp> {
    machines.ensure_device_awake(Pnp::QueryRemovePending)
}

pub fn query_remove_pending(machines: &Machines) -> Option<Pnp> {
    machines.send_down();
    None
}

pub fn query_canceled(machines: &Machines) -> Option<Pnp> {
    machines.let_device_sleep();
    Some(Pnp::Started)
}

pub fn queried_removing(machines: &Machines) -> Option<Pnp> {
    machines.tell_policy(PolicyEvent::Stop);
    machines.let_device_sleep();
    None
}

pub fn queried_surprise_remove(machines: &Machines) -> Option<Pnp> {
    machines.let_device_sleep();
    Some(Pnp::SurpriseRemoveIoStarted)
}

pub fn started_stopping(machines: &Machines) -> Option<Pnp> {
    machines.tell_policy(PolicyEvent::Stop);
    machines.let_device_sleep();
    None
}

pub fn stopped(machines: &Machines) -> Option<Pnp> {
    let released = machines.actions.callback(Callback::ReleaseHardware) >= 0;
    if released {
        machines.revoke_resources();
    } else {
        machines.fail();
    }
    machines.finish_request();
    (!released).then_some(Pnp::Failed)
}

pub fn stopped_wait_for_start_completion(machines: &Machines) -> Option<Pnp> {
    machines.start_below();
    None
}

pub fn starting_from_stopped(machines: &Machines) -> Option<Pnp> {
    let prepared = machines.prepare_hardware(Pnp::Failed, Pnp::FailedOwnHardware);
    Some(prepared.err().unwrap_or(Pnp::Restarting))
}

pub fn restarting(machines: &Machines) -> Option<Pnp> {
    machines.tell_policy(PolicyEvent::Start);
    None
}

pub fn restart(machines: &Machines) -> Option<Pnp> {
    machines.tell_policy(PolicyEvent::Stop);
    None
}

pub fn restart_release_hardware(machines: &Machines) -> Option<Pnp> {
    let status = machines.actions.callback(Callback::ReleaseHardware);
    if status < 0 {
        machines.fail();
        machines.set_status(status);
        return Some(Pnp::Failed);
    }
    machines.start_below();
    None
}

pub fn restart_hardware_available(machines: &Machines) -> Option<Pnp> {
    if let Err(to) = machines.prepare_hardware(Pnp::Failed, Pnp::FailedOwnHardware) {
        return Some(to);
    }
    machines.tell_policy(PolicyEvent::Start);
    None
}

pub fn started_removing(machines: &Machines) -> Option<Pnp> {
    machines.tell_policy(PolicyEvent::Stop);
    None
}

pub fn removing_disable_interfaces(machines: &Machines) -> Option<Pnp> {
    machines.actions.callback(Callback::ReleaseHardware);
    machines.clean_up_for_remove();
    machines.tell_policy(PolicyEvent::Remove);
    None
}

pub fn removed(_: &Machines) -> Option<Pnp> {
    Some(Pnp::RemovedChildrenRemoved)
}

pub fn removed_children_removed(_: &Machines) -> Option<Pnp> {
    Some(Pnp::FdoRemoved)
}

pub fn fdo_removed(machines: &Machines) -> Option<Pnp> {
    machines.actions.queues(Queues::PurgeNonManaged);
    machines.self_managed_io(SelfManagedIoEvent::Cleanup);
    machines.actions.dispose();
    Some(Pnp::Final)
}

pub fn r#final(machines: &Machines) -> Option<Pnp> {
    machines.shared().send_down = true;
    None
}

pub fn surprise_removed(machines: &Machines) -> Option<Pnp> {
    machines.actions.callback(Callback::SurpriseRemoval);
    Some(Pnp::Failed)
}

pub fn surprise_remove_io_started(machines: &Machines) -> Option<Pnp> {
    machines.actions.callback(Callback::SurpriseRemoval);
    Some(Pnp::FailedIoStarting)
}

pub fn failed_init(machines: &Machines) -> Option<Pnp> {
    machines.finish_request();
    Some(Pnp::Init)
}

pub fn failed_io_starting(machines: &Machines) -> Option<Pnp> {
    machines.tell_policy(PolicyEvent::SurpriseRemove);
    None
}

pub fn failed_power_down(machines: &Machines) -> Option<Pnp> {
    machines.tell_policy(PolicyEvent::Stop);
    None
}

pub fn failed_own_hardware(machines: &Machines) -> Option<Pnp> {
    machines.actions.callback(Callback::ReleaseHardware);
    Some(Pnp::Failed)
}

pub fn failed(machines: &Machines) -> Option<Pnp> {
    machines.clean_up_for_remove();
    machines.tell_policy(PolicyEvent::Remove);
    None
}

pub fn failed_power_policy_removed(machines: &Machines) -> Option<Pnp> {
    machines.finish_request();
    machines.ask_for_restart();
    Some(Pnp::FailedWaitForRemove)
}

pub fn failed_surprise_removed(machines: &Machines) -> Option<Pnp> {
    machines.actions.callback(Callback::SurpriseRemoval);
    machines.finish_request();
    Some(Pnp::FailedWaitForRemove)
}

pub fn failed_started(machines: &Machines) -> Option<Pnp> {
    machines.set_status(STATUS_INVALID_DEVICE_STATE);
    machines.finish_request();
    Some(Pnp::FailedWaitForRemove)
}
