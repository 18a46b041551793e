//! Cancellation: by the application, and of everything in a queue.

use std::collections::VecDeque;

use wdk_portable::{PFN_WDF_REQUEST_CANCEL, STATUS_CANCELLED};

use super::complete::complete;
use super::{CALLS, announce, dispatch_of_queue, forget, present, send};
use crate::framework::io::Queue;
use crate::framework::request::{Cancel, Request};
use crate::framework::{Handle, callbacks};
use crate::history::Actor;
use crate::host::{Host, State};
use crate::rules::Rule;

/// Takes the mark of a request for a call of EvtRequestCancel, if the driver allows cancelling and
/// nobody was faster. From here on the driver cannot unmark it.
fn claim(state: &mut State, request: Handle) -> Option<(PFN_WDF_REQUEST_CANCEL, Handle)> {
    let body = state.objects.get_mut::<Request>(request)?;
    let Cancel::Marked(function) = body.cancel else { return None };
    let queue = body.queue?;
    body.cancel = Cancel::Called;
    body.cancelled = true;
    Some((function, queue))
}

/// Calls EvtRequestCancel on this thread, if the driver allows cancelling.
pub fn call_routine(host: &Host, request: Handle) {
    let claimed = claim(&mut host.state(), request);
    if let Some((function, queue)) = claimed {
        callbacks::io::request_cancel(function, queue, request);
    }
}

/// The application takes a request back. The reflector gives the driver as long as for a PnP request.
pub fn cancel(host: &'static Host, request: Handle) {
    let known = host.state().objects.device_above(request);
    let Some(device) = known else {
        // The driver may have sent it on and forgotten it.
        return forget::cancel(host, |forgotten| forgotten.was(request));
    };
    let this = move |_: &State, other: Handle| other == request;
    mark(&mut host.state(), device, this);
    cancel_waiting(host, device, this);
    cancel_owned(host, device, this);
    send::cancel(host, this);
    host.pool.spawn(Actor::Io, move || {
        let done = host.wait(host.deadline, |state| {
            let body = state.objects.get::<Request>(request);
            body.is_none_or(|body| body.completed).then_some(())
        });
        if done.is_none() {
            let name = host.state().objects.name(request);
            let message = format!("{name} was cancelled and the driver keeps it");
            host.violation(Rule::ReqCancelIgnored, message);
            complete(host, request, STATUS_CANCELLED, Some(0));
        }
    });
}

/// Ends a request that waits in no queue any more. A driver that had it before may want it back.
pub fn cancel_in_queue(host: &'static Host, request: Handle, queue: Handle) {
    let function = {
        let mut state = host.state();
        let function = state.objects.get::<Queue>(queue).and_then(|queue| queue.config.EvtIoCanceledOnQueue);
        let body = state.objects.get_mut::<Request>(request);
        let function = body.filter(|body| body.presented && function.is_some()).and_then(|body| {
            body.cancelled = true;
            body.owned = true;
            function
        });
        if let Some(queue) = state.objects.get_mut::<Queue>(queue).filter(|_| function.is_some()) {
            queue.owned.push(request);
        }
        if function.is_some() {
            announce(&mut state, queue, CALLS);
        }
        function
    };
    if function.is_some() {
        dispatch_of_queue(host, queue, CALLS, move || {
            callbacks::io::request("EvtIoCanceledOnQueue", function, queue, request);
        });
    } else {
        complete(host, request, STATUS_CANCELLED, Some(0));
    }
}

/// Marks the requests of a device that are `meant`: they end as soon as they wait in a queue.
pub fn mark(state: &mut State, device: Handle, meant: impl Fn(&State, Handle) -> bool) {
    for request in state.objects.below::<Request>(device) {
        if meant(state, request)
            && let Some(request) = state.objects.get_mut::<Request>(request)
        {
            request.cancelled = true;
        }
    }
}

/// Cancels the requests of a device that wait in queues and are `meant`.
pub fn cancel_waiting(host: &'static Host, device: Handle, meant: impl Fn(&State, Handle) -> bool) {
    let mut state = host.state();
    let mut cancelled = Vec::new();
    for handle in state.objects.below::<Queue>(device) {
        let Some(queue) = state.objects.get::<Queue>(handle) else { continue };
        let (meant, left): (VecDeque<_>, VecDeque<_>) =
            queue.waiting.iter().partition(|request| meant(&state, **request));
        cancelled.extend(meant.into_iter().map(|request| (handle, request)));
        // Out of the queue before the lock is given up: nobody can present them any more.
        if let Some(queue) = state.objects.get_mut::<Queue>(handle) {
            queue.waiting = left;
        }
    }
    drop(state);
    for (queue, request) in cancelled {
        cancel_in_queue(host, request, queue);
        present::settle(host, queue);
    }
}

/// Calls EvtRequestCancel for the requests of a device that the driver has, allows to cancel, and that are
/// `meant`.
pub fn cancel_owned(host: &'static Host, device: Handle, meant: impl Fn(&State, Handle) -> bool) {
    let claimed = {
        let mut state = host.state();
        let requests = state.objects.below::<Request>(device);
        let requests = requests.into_iter().filter(|request| meant(&state, *request)).collect::<Vec<_>>();
        let claimed: Vec<_> =
            requests.into_iter().filter_map(|request| Some((request, claim(&mut state, request)?))).collect();
        for (_, (_, queue)) in &claimed {
            announce(&mut state, *queue, CALLS);
        }
        claimed
    };
    for (request, (function, queue)) in claimed {
        dispatch_of_queue(host, queue, CALLS, move || {
            callbacks::io::request_cancel(function, queue, request);
        });
    }
}
