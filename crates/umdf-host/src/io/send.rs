//! Requests that the driver sends: how they go to an I/O target and come back (`fxiotarget.cpp`,
//! `fxrequestbase.cpp`).

use std::collections::BTreeMap;
use std::sync::MutexGuard;
use std::time::Duration;

use wdk_portable::{
    _WDF_IO_TARGET_STATE as TargetState, NTSTATUS, STATUS_CANCELLED, STATUS_INVALID_DEVICE_STATE,
    STATUS_IO_TIMEOUT,
};

use super::below::Reply;
use super::dispatch_return;
use crate::framework::device::Device;
use crate::framework::iotarget::IoTarget;
use crate::framework::request::Request;
use crate::framework::request::outgoing::Load;
use crate::framework::{Handle, Stop, callbacks, object};
use crate::host::{Host, State};
use crate::rules::Rule;
use crate::schedule::Sender;
use crate::timer::Expiry;

/// A request that the driver wants to send.
pub struct Order {
    /// Where to.
    pub target: Handle,
    /// The request; `None` for the one that the framework makes for a synchronous call.
    pub request: Option<Handle>,
    /// What it asks for.
    pub load: Load,
    /// It goes even to a target that is stopped or purged.
    pub ignores_state: bool,
    /// When it is cancelled, if it has not come back by then.
    pub timeout: Option<Duration>,
    /// Who waits for it.
    pub waiter: Option<Sender<Return>>,
}

/// What a request came back with.
#[derive(Clone, Copy)]
pub struct Return {
    /// Final status.
    pub status: NTSTATUS,
    /// `Information`.
    pub information: u64,
}

/// Who has a request that was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The target, which is stopped.
    Pended,
    /// The stack below, until the request is cancelled.
    Kept,
    /// Nobody: it is on its way back.
    Returning,
}

/// A request that was sent and has not come back.
struct Sending {
    order: Order,
    stage: Stage,
    /// The running timeout.
    timer: Option<u64>,
    /// The timeout cancelled it.
    timed_out: bool,
}

/// The requests that were sent and have not come back, by the number of the sending.
#[derive(Default)]
pub struct Sendings {
    last: u64,
    all: BTreeMap<u64, Sending>,
}

impl Sendings {
    /// Where a sending goes.
    fn target(&self, number: u64) -> Option<Handle> {
        self.all.get(&number).map(|sending| sending.order.target)
    }

    /// Numbers of those in a target that wait until it is started.
    pub fn pended(&self, target: Handle) -> Vec<u64> {
        self.of(target, |sending| sending.stage == Stage::Pended)
    }

    /// Numbers of those in a target that have left it: either those that heed its state or the others.
    pub fn sent(&self, target: Handle, ignores_state: bool) -> Vec<u64> {
        self.of(target, |sending| {
            sending.stage != Stage::Pended && sending.order.ignores_state == ignores_state
        })
    }

    /// Oldest first.
    fn of(&self, target: Handle, meant: impl Fn(&Sending) -> bool) -> Vec<u64> {
        let of_target = self.all.iter().filter(|(_, sending)| sending.order.target == target);
        of_target.filter(|(_, sending)| meant(sending)).map(|(number, _)| *number).collect()
    }
}

/// The application gave the request up, so that nobody keeps it.
fn is_given_up(state: &State, request: Option<Handle>) -> bool {
    request.and_then(|request| state.objects.get::<Request>(request)).is_some_and(|request| request.cancelled)
}

/// Sends a request, or lets it wait in its target. The caller has made its own checks with `state`. The
/// answer is the number of the sending.
pub fn submit(host: &'static Host, mut state: MutexGuard<'_, State>, order: Order) -> Result<u64, Stop> {
    let refused = |status| Err(Stop::Status(status));
    let target = state.objects.get::<IoTarget>(order.target).ok_or(Stop::NoEffect)?;
    let waits = match target.state {
        TargetState::WdfIoTargetStarted => false,
        TargetState::WdfIoTargetStopped => !order.ignores_state,
        TargetState::WdfIoTargetPurged if order.ignores_state => false,
        _ if order.ignores_state && target.removing => false,
        _ => return refused(STATUS_INVALID_DEVICE_STATE),
    };
    if !waits {
        reachable(host, &state, order.target)?;
    }
    let outgoing = order.request.and_then(|request| state.objects.get::<Request>(request));
    if outgoing.is_some_and(|request| request.outgoing.cancelled || (waits && request.cancelled)) {
        return refused(STATUS_CANCELLED);
    }
    let sendings = &mut state.sendings;
    sendings.last += 1;
    let number = sendings.last;
    let timer = order.timeout.map(|timeout| host.timers.start(host, Expiry::Sent(number), timeout));
    let (target, request) = (order.target, order.request);
    sendings.all.insert(number, Sending { order, stage: Stage::Pended, timer, timed_out: false });
    if let Some(target) = state.objects.get_mut::<IoTarget>(target) {
        target.outstanding += 1;
    }
    if let Some(request) = request {
        if let Some(object) = state.objects.object_mut(request) {
            object.references += 1;
        }
        if let Some(body) = state.objects.get_mut::<Request>(request) {
            body.outgoing.sent = Some(number);
        }
    }
    let departure = if waits { None } else { depart(host, &mut state, number) };
    drop(state);
    arrive(host, departure);
    Ok(number)
}

/// Nothing is open behind a remote target: no other device exists.
fn reachable(host: &Host, state: &State, target: Handle) -> Result<(), Stop> {
    if state.objects.get::<IoTarget>(target).is_some_and(|target| target.local) {
        return Ok(());
    }
    let message = format!("{} is not open", state.objects.name(target));
    Err(host.violation(Rule::TargetNotOpen, message))
}

/// A request on its way back, by the number of its sending.
struct Departure {
    number: u64,
    status: NTSTATUS,
    output: Vec<u8>,
}

/// Hands a request to the stack below; the answer is what becomes of one that is not kept.
fn depart(host: &Host, state: &mut State, number: u64) -> Option<Departure> {
    let Order { request, target, .. } = state.sendings.all.get(&number)?.order;
    let device = state.objects.get::<IoTarget>(target)?.device;
    let slot = state.objects.get::<Device>(device)?.slot;
    let given_up = is_given_up(state, request);
    let sending = state.sendings.all.get_mut(&number)?;
    let departure = match host.below.reply(slot, sending.order.load.code) {
        Reply::Kept if !given_up => {
            sending.stage = Stage::Kept;
            return None;
        }
        Reply::Kept => Departure { number, status: STATUS_CANCELLED, output: Vec::new() },
        Reply::Completed { status, output } => Departure { number, status, output },
    };
    sending.stage = Stage::Returning;
    Some(departure)
}

/// Lets a request come back: never on the thread that sent it.
fn arrive(host: &'static Host, departure: Option<Departure>) {
    if let Some(Departure { number, status, output }) = departure {
        let target = host.state().sendings.target(number);
        if let Some(target) = target {
            dispatch_return(host, target, move || finish(host, number, status, &output));
        }
    }
}

/// Sends what waited in a target that is started now. Its timeouts are over.
pub fn resend(host: &'static Host, numbers: Vec<u64>) {
    for number in numbers {
        let departure = {
            let mut state = host.state();
            let Some(sending) =
                state.sendings.all.get_mut(&number).filter(|sending| sending.stage == Stage::Pended)
            else {
                continue;
            };
            sending.timer = None;
            let target = sending.order.target;
            if reachable(host, &state, target).is_err() {
                let status = STATUS_INVALID_DEVICE_STATE;
                Some(Departure { number, status, output: Vec::new() })
            } else {
                depart(host, &mut state, number)
            }
        };
        arrive(host, departure);
    }
}

/// A request comes back: its completion routine is called, who waits for it goes on.
pub fn finish(host: &'static Host, number: u64, status: NTSTATUS, output: &[u8]) {
    let mut state = host.state();
    let Some(Sending { order, timed_out, .. }) = state.sendings.all.remove(&number) else { return };
    let (mut status, information) = order.load.output.put(&state.objects, order.request, status, output);
    if status == STATUS_CANCELLED && timed_out {
        status = STATUS_IO_TIMEOUT;
    }
    let awaited = is_awaited(&mut state, &order);
    let came_back = Return { status, information };
    let body = order.request.and_then(|request| state.objects.get_mut::<Request>(request));
    let call = body.and_then(|body| body.come_back(came_back));
    drop(state);
    if let (Some(request), Some((routine, params))) = (order.request, call) {
        callbacks::io::completion(routine, request, order.target, params);
    }
    if let Some(waiter) = order.waiter {
        // Nobody hears it if the wait was given up.
        waiter.send(came_back);
    }
    if let Some(request) = order.request {
        object::release(host, request);
    }
    if let Some(target) = host.state().objects.get_mut::<IoTarget>(order.target) {
        target.outstanding -= 1;
        target.awaited -= usize::from(awaited);
    }
    host.notify();
}

/// Whether a stop, a purge or a removal waits for just this request: the last one that left the target.
fn is_awaited(state: &mut State, order: &Order) -> bool {
    let heeding = state.sendings.sent(order.target, false).len();
    let ignoring = state.sendings.sent(order.target, true).len();
    let Some(target) = state.objects.get_mut::<IoTarget>(order.target) else { return false };
    let last = if target.removing {
        heeding + ignoring == 0
    } else {
        target.waiting && !order.ignores_state && heeding == 0
    };
    if last {
        target.removing = false;
        target.waiting = false;
        target.awaited += 1;
    }
    last
}

/// Asks whoever has the request to give it back. The answer is whether somebody was asked.
fn ask_back(host: &'static Host, number: u64) -> bool {
    let mut state = host.state();
    let Some(sending) = state.sendings.all.get_mut(&number) else { return false };
    let (had_it, target) = (sending.stage, sending.order.target);
    if had_it == Stage::Kept {
        sending.stage = Stage::Returning;
    }
    drop(state);
    match had_it {
        // The target's own cancel routine completes it, on this thread.
        Stage::Pended => finish(host, number, STATUS_CANCELLED, &[]),
        Stage::Kept => dispatch_return(host, target, move || finish(host, number, STATUS_CANCELLED, &[])),
        Stage::Returning => return false,
    }
    true
}

/// The framework cancels a sending: for the driver, or because its target stops. Until it is reused the
/// request cannot be sent again.
pub fn recall(host: &'static Host, number: u64) -> bool {
    {
        let mut state = host.state();
        let request = state.sendings.all.get(&number).and_then(|sending| sending.order.request);
        if let Some(request) = request.and_then(|request| state.objects.get_mut::<Request>(request)) {
            request.outgoing.cancelled = true;
            request.cancelled = true;
        }
    }
    ask_back(host, number)
}

/// Cancels the requests that are sent and `meant`, as their application does.
pub fn cancel(host: &'static Host, meant: impl Fn(&State, Handle) -> bool) {
    let sent: Vec<_> = {
        let state = host.state();
        let sendings = &state.sendings.all;
        let sent = sendings.iter().filter_map(|(number, sending)| Some((*number, sending.order.request?)));
        sent.filter(|(_, request)| meant(&state, *request)).map(|(number, _)| number).collect()
    };
    for number in sent {
        ask_back(host, number);
    }
}

/// The timeout of a sending is over, if start `timer` still is the one that runs.
pub fn expire(host: &'static Host, number: u64, timer: u64) {
    let target = {
        let sendings = &host.state().sendings;
        let running = sendings.all.get(&number).is_some_and(|sending| sending.timer == Some(timer));
        sendings.target(number).filter(|_| running)
    };
    if let Some(target) = target {
        dispatch_return(host, target, move || time_out(host, number));
    }
}

/// Cancels a sending because of its timeout.
pub fn time_out(host: &'static Host, number: u64) {
    if let Some(sending) = host.state().sendings.all.get_mut(&number) {
        sending.timed_out = true;
    }
    recall(host, number);
}
