//! I/O targets that start, stop and go (`fxiotarget.cpp`).

use wdk_portable::{
    _WDF_IO_TARGET_SENT_IO_ACTION as SentAction, _WDF_IO_TARGET_STATE as TargetState, NTSTATUS,
    STATUS_INVALID_DEVICE_STATE, STATUS_SUCCESS, WDF_IO_TARGET_SENT_IO_ACTION, WDF_IO_TARGET_STATE,
};

use super::send;
use crate::framework::Handle;
use crate::framework::iotarget::IoTarget;
use crate::host::Host;
use crate::status::STATUS_WDF_DEVICE_REMOVED_NOT_SENT;

/// Starts a target; what waits in it is sent.
pub fn start(host: &'static Host, target: Handle) -> NTSTATUS {
    loop {
        let mut state = host.state();
        let Some(body) = state.objects.get_mut::<IoTarget>(target) else {
            return STATUS_INVALID_DEVICE_STATE;
        };
        if body.state == TargetState::WdfIoTargetDeleted {
            return STATUS_INVALID_DEVICE_STATE;
        }
        // A stop or a purge on another thread comes first.
        if !body.waiting {
            body.state = TargetState::WdfIoTargetStarted;
            let pended = state.sendings.pended(target);
            drop(state);
            send::resend(host, pended);
            return STATUS_SUCCESS;
        }
        drop(state);
        wait_for_sent(host, target);
    }
}

/// Stops a target: what is sent from now on waits in it. What has left it is cancelled, awaited, or left
/// alone.
pub fn stop(host: &'static Host, target: Handle, action: WDF_IO_TARGET_SENT_IO_ACTION) {
    let from = [TargetState::WdfIoTargetStarted, TargetState::WdfIoTargetPurged];
    let (sent, waits) = {
        let mut state = host.state();
        let sent = state.sendings.sent(target, false);
        let Some(body) = state.objects.get_mut::<IoTarget>(target) else { return };
        if from.contains(&body.state) {
            body.state = TargetState::WdfIoTargetStopped;
        }
        body.waiting = action != SentAction::WdfIoTargetLeaveSentIoPending && !sent.is_empty();
        (sent, body.waiting)
    };
    // It may have ended the wait of another thread.
    host.notify();
    if action == SentAction::WdfIoTargetCancelSentIo {
        recall(host, sent);
    }
    if waits {
        wait_for_sent(host, target);
    }
}

/// Purges a target: what waits in it fails, what has left it is cancelled, what is sent from now on is
/// refused.
pub fn purge(host: &'static Host, target: Handle, wait: bool) {
    let from = [TargetState::WdfIoTargetStarted, TargetState::WdfIoTargetStopped];
    let (pended, sent, waits) = {
        let mut state = host.state();
        let (pended, sent) = (state.sendings.pended(target), state.sendings.sent(target, false));
        let Some(body) = state.objects.get_mut::<IoTarget>(target) else { return };
        if from.contains(&body.state) {
            body.state = TargetState::WdfIoTargetPurged;
        }
        body.waiting = wait && !sent.is_empty();
        (pended, sent, body.waiting)
    };
    host.notify();
    fail(host, pended);
    recall(host, sent);
    if waits {
        wait_for_sent(host, target);
    }
}

/// Closes or deletes a target: as a purge, for what ignores the target's state too. Once nothing is left
/// nothing more is sent at all.
pub fn remove(host: &'static Host, target: Handle, to: WDF_IO_TARGET_STATE) {
    let stops = host.state().objects.get::<IoTarget>(target).is_some_and(|target| target.waiting);
    if stops {
        wait_for_sent(host, target);
    }
    let (pended, sent) = {
        let mut state = host.state();
        let pended = state.sendings.pended(target);
        let sent = [state.sendings.sent(target, false), state.sendings.sent(target, true)].concat();
        let Some(body) = state.objects.get_mut::<IoTarget>(target) else { return };
        body.state = to;
        body.removing = !sent.is_empty();
        (pended, sent)
    };
    host.notify();
    let waits = !sent.is_empty();
    fail(host, pended);
    recall(host, sent);
    if waits {
        wait_for_sent(host, target);
    }
    if to == TargetState::WdfIoTargetDeleted {
        // The completion routines of all others, too.
        wait(host, target, |target| target.outstanding == 0);
    }
}

/// Requests that never left the target come back.
fn fail(host: &'static Host, pended: Vec<u64>) {
    for number in pended {
        send::finish(host, number, STATUS_WDF_DEVICE_REMOVED_NOT_SENT, &[]);
    }
}

fn recall(host: &'static Host, sent: Vec<u64>) {
    for number in sent {
        send::recall(host, number);
    }
}

/// Waits until everything has come back that a stop, a purge or a removal waits for.
fn wait_for_sent(host: &Host, target: Handle) {
    wait(host, target, |target| !target.waiting && !target.removing && target.awaited == 0);
}

/// The supervisor ends a callback that waits for what never comes back.
fn wait(host: &Host, target: Handle, done: impl Fn(&IoTarget) -> bool) {
    let gone = |state: &mut crate::host::State| {
        state.objects.get::<IoTarget>(target).is_none_or(&done).then_some(())
    };
    if host.wait(host.hang_limit(), gone).is_none() {
        let name = host.state().objects.name(target);
        host.end(format!("requests that were sent to {name} did not come back before the deadline"));
    }
}
