//! Targets that stop, are purged, and go, with requests in them.

use std::ptr::null_mut;
use std::thread::sleep;
use std::time::Duration;

use wdk_sys::{
    _WDF_IO_TARGET_PURGE_IO_ACTION as PurgeAction, _WDF_IO_TARGET_SENT_IO_ACTION as SentAction,
    _WDF_IO_TARGET_STATE as TargetState, STATUS_CANCELLED, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_DEVICE_STATE, STATUS_IO_TIMEOUT, STATUS_SUCCESS, WDF_NO_OBJECT_ATTRIBUTES, WDFIOTARGET,
    WDFREQUEST,
};

use crate::calls::{
    Came, IGNORING, LATE, NOT_SENT, SOON, SYNCHRONOUS, TIMED, came, cancel, delete, format, listen, make,
    make_for, next, returned, reuse, send, send_with, slow_down, status_of,
};
use crate::case::below;
use crate::device::{device, target};
use crate::says::expect;
use crate::sent::send_kept;
use crate::wdf::wdf;

/// Longer than a slow completion routine, if nobody waits for it.
const SLOW: u32 = 30;

pub fn check() {
    stop_and_cancel();
    stop_and_wait();
    stop_and_leave();
    started_again();
    pended();
    purged();
    ignoring();
    remote();
    expect("nothing else came back", came().len(), 0);
    expect("the target is started", state(target()), TargetState::WdfIoTargetStarted);
}

fn state(target: WDFIOTARGET) -> i32 {
    wdf!(WdfIoTargetGetState, target)
}

fn stop(target: WDFIOTARGET, action: i32) {
    wdf!(WdfIoTargetStop, target, action);
    expect("stopped", state(target), TargetState::WdfIoTargetStopped);
}

fn purge(target: WDFIOTARGET, action: i32) {
    wdf!(WdfIoTargetPurge, target, action);
    expect("purged", state(target), TargetState::WdfIoTargetPurged);
}

fn start(target: WDFIOTARGET) {
    expect("start", wdf!(WdfIoTargetStart, target), STATUS_SUCCESS);
}

/// Formats and sends a request that then waits in its target.
fn send_pended(request: WDFREQUEST, target: WDFIOTARGET, code: u32, context: usize) {
    expect("format", format(request, code), STATUS_SUCCESS);
    listen(request, context);
    expect("sent to a stopped target", send(request, target), true);
}

/// What has come back, by the contexts of the routines.
fn contexts() -> Vec<usize> {
    came().iter().map(|came| came.context).collect()
}

fn stop_and_cancel() {
    let requests = [make(), make()];
    for request in requests {
        send_kept(request, 0, 0);
    }
    slow_down(SLOW);
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    // The other one's routine need not have returned: only the last one is waited for.
    let statuses = [returned().0, returned().0];
    expect("a stop cancels", statuses, [STATUS_CANCELLED; 2]);
    start(target());
    let request = make();
    send_kept(request, 0, 0);
    slow_down(SLOW);
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    expect("the routine returned before the stop", contexts(), vec![7]);
    start(target());
    for request in requests.into_iter().chain([request]) {
        delete(request);
    }
}

fn stop_and_wait() {
    let request = make();
    send_kept(request, TIMED, SOON);
    stop(target(), SentAction::WdfIoTargetWaitForSentIoToComplete);
    let came = came();
    expect("a stop waits", came.first().map(Came::status), Some(STATUS_IO_TIMEOUT));
    start(target());
    delete(request);
}

fn stop_and_leave() {
    let request = make();
    send_kept(request, 0, 0);
    stop(target(), SentAction::WdfIoTargetLeaveSentIoPending);
    expect("a stop leaves what was sent", came().len(), 0);
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    expect("a second stop cancels it", came().first().map(Came::status), Some(STATUS_CANCELLED));
    start(target());
    delete(request);
}

/// What waits in a target is sent when it starts, in order and without timeouts.
fn started_again() {
    let requests = [make(), make(), make()];
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    for (request, context) in requests.into_iter().zip(1..) {
        send_pended(request, target(), below::UNKNOWN, context);
    }
    expect("a stopped target keeps requests", came().len(), 0);
    start(target());
    let mut order = [next().context, next().context, next().context];
    // Each comes back on its own thread.
    order.sort_unstable();
    expect("a started target sends them", order, [1, 2, 3]);

    let [request, ..] = requests;
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    expect("format", format(request, below::KEPT), STATUS_SUCCESS);
    listen(request, 4);
    expect("sent with a timeout", send_with(request, target(), TIMED, SOON * 10), true);
    start(target());
    sleep(Duration::from_millis(100));
    expect("its timeout ended with the start", came().len(), 0);
    expect("cancelled", cancel(request), true);
    expect("so it is no timeout", returned().0, STATUS_CANCELLED);
    for request in requests {
        delete(request);
    }
}

/// Requests that wait in a stopped target.
fn pended() {
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    let request = make();
    send_pended(request, target(), below::UNKNOWN, 1);
    expect("cancelled in its target", cancel(request), true);
    let calls = came();
    let first = calls.first().map(|came| (came.status(), came.is_from_here()));
    expect("it comes back in the call", first, Some((STATUS_CANCELLED, true)));
    expect("reuse", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    listen(request, 2);
    expect("sent with a timeout", send_with(request, target(), TIMED, SOON), true);
    expect("a timeout in its target", returned().0, STATUS_IO_TIMEOUT);
    expect("reuse", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    expect("awaited in vain", send_with(request, target(), SYNCHRONOUS | TIMED, SOON), true);
    expect("a timeout of the wait", status_of(request), STATUS_IO_TIMEOUT);
    start(target());
    delete(request);
}

fn purged() {
    let (sent, waiting) = (make(), make());
    send_kept(sent, 0, 0);
    stop(target(), SentAction::WdfIoTargetLeaveSentIoPending);
    send_pended(waiting, target(), below::UNKNOWN, 1);
    slow_down(0);
    purge(target(), PurgeAction::WdfIoTargetPurgeIoAndWait);
    let calls = came();
    let came: Vec<_> = calls.iter().map(|came| (came.context, came.status(), came.is_from_here())).collect();
    let expected = [(1, NOT_SENT, true), (7, STATUS_CANCELLED, false)];
    expect("a purge ends everything", came, expected.to_vec());
    expect("format", format(waiting, below::UNKNOWN), STATUS_SUCCESS);
    listen(waiting, 2);
    let refused = (send(waiting, target()), status_of(waiting));
    expect("a purged target refuses", refused, (false, STATUS_INVALID_DEVICE_STATE));
    let refused = send_with(waiting, target(), SYNCHRONOUS, 0);
    expect("also who waits", (refused, status_of(waiting)), (false, STATUS_INVALID_DEVICE_STATE));
    expect("but for who ignores that", send_with(waiting, target(), IGNORING, 0), true);
    expect("its routine stayed", next().context, 2);

    start(target());
    expect("reuse", reuse(sent, STATUS_SUCCESS), STATUS_SUCCESS);
    send_kept(sent, 0, 0);
    purge(target(), PurgeAction::WdfIoTargetPurgeIo);
    expect("a purge may cancel and not wait", returned().0, STATUS_CANCELLED);
    start(target());
    delete(sent);
    delete(waiting);
}

/// What ignores the state of its target is nothing to a stop.
fn ignoring() {
    let request = make();
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    send_kept(request, IGNORING | TIMED, LATE);
    stop(target(), SentAction::WdfIoTargetCancelSentIo);
    stop(target(), SentAction::WdfIoTargetWaitForSentIoToComplete);
    expect("a stop does not touch it", came().len(), 0);
    purge(target(), PurgeAction::WdfIoTargetPurgeIoAndWait);
    expect("nor does a purge", came().len(), 0);
    expect("cancelled", cancel(request), true);
    expect("it comes back", returned().0, STATUS_CANCELLED);
    start(target());
    delete(request);
}

/// A remote target, which never opens, may be stopped: then it keeps requests until it goes.
fn remote() {
    let make_remote = || {
        let mut target = null_mut();
        let made = wdf!(WdfIoTargetCreate, device(), WDF_NO_OBJECT_ATTRIBUTES, &raw mut target);
        expect("remote target", made, STATUS_SUCCESS);
        stop(target, SentAction::WdfIoTargetCancelSentIo);
        target
    };
    let remote = make_remote();
    let request = make_for(remote);
    send_pended(request, remote, below::UNKNOWN, 1);
    wdf!(WdfIoTargetClose, remote);
    expect("a close ends it", returned().0, NOT_SENT);
    expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    let refused = (send_with(request, remote, IGNORING, 0), status_of(request));
    expect("a closed target refuses", refused, (false, STATUS_INVALID_DEVICE_STATE));
    wdf!(WdfObjectDelete, remote.cast());

    let remote = make_remote();
    send_pended(request, remote, below::UNKNOWN, 2);
    wdf!(WdfObjectDelete, remote.cast());
    expect("a deletion ends it", returned().0, NOT_SENT);
    expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
    listen(request, 3);
    expect("sent to another target", send(request, target()), true);
    expect("and comes back", returned().0, STATUS_INVALID_DEVICE_REQUEST);
    delete(request);
}
