//! Requests on their way to the driver: presented, forwarded, requeued.

use wdk_portable::{NTSTATUS, STATUS_INVALID_DEVICE_REQUEST, STATUS_SUCCESS};

use super::cancel::cancel_in_queue;
use super::complete::complete;
use super::{CALLS, NOTICES, announce, dispatch_of_queue, power};
use crate::framework::device::Device;
use crate::framework::io::Queue;
use crate::framework::request::{Kind, Request, Stopping};
use crate::framework::{Handle, Stop, callbacks};
use crate::host::{Host, State};
use crate::rules::Rule;
use crate::status::STATUS_WDF_BUSY;

/// What a queue does next.
enum Next {
    /// Calls the driver for a request; the number is that of the hand-over.
    Request(Handle, u64),
    /// Tells the driver that a manual queue has requests.
    Ready,
}

/// Presents waiting requests of a queue to the driver, as many as it may own.
pub fn present(host: &'static Host, queue: Handle) {
    power::follow(host, queue);
    loop {
        let mut state = host.state();
        let next = next(&mut state, queue);
        drop(state);
        match next {
            Some(Next::Request(request, number)) => {
                dispatch_of_queue(host, queue, CALLS, move || invoke(host, queue, request, number));
            }
            Some(Next::Ready) => dispatch_of_queue(host, queue, NOTICES, move || {
                let notice = host.state().objects.get::<Queue>(queue).and_then(|queue| queue.ready);
                if let Some(notice) = notice {
                    callbacks::io::queue_state(notice.function, queue, notice.context);
                }
            }),
            None => return,
        }
    }
}

fn next(state: &mut State, queue: Handle) -> Option<Next> {
    let body = state.objects.get::<Queue>(queue)?;
    let powered = !body.power_managed || state.objects.get::<Device>(body.device)?.presenting;
    let number = state.hand_overs + 1;
    let body = state.objects.get_mut::<Queue>(queue)?;
    if !powered || !body.dispatching || body.waiting.is_empty() {
        return None;
    }
    if body.is_manual() {
        if body.ready.is_none() || !std::mem::take(&mut body.became_ready) {
            return None;
        }
        announce(state, queue, NOTICES);
        return Some(Next::Ready);
    }
    if body.owned.len() >= body.limit {
        return None;
    }
    let request = body.waiting.pop_front()?;
    body.owned.push(request);
    announce(state, queue, CALLS);
    state.hand_overs = number;
    let body = state.objects.get_mut::<Request>(request)?;
    body.owned = true;
    body.due = number;
    Some(Next::Request(request, number))
}

/// Gives the driver a waiting request that it asked for.
pub fn hand_over(state: &mut State, queue: Handle, request: Handle) {
    if let Some(queue) = state.objects.get_mut::<Queue>(queue) {
        queue.waiting.retain(|waiting| *waiting != request);
        queue.owned.push(request);
    }
    if let Some(request) = state.objects.get_mut::<Request>(request) {
        request.owned = true;
        request.presented = true;
    }
}

/// Calls the queue's callback for a request, unless the hand-over was taken back.
fn invoke(host: &'static Host, queue: Handle, request: Handle, number: u64) {
    let mut state = host.state();
    let Some(body) = state.objects.get_mut::<Request>(request).filter(|body| body.due == number) else {
        return;
    };
    body.due = 0;
    body.presented = true;
    let empty = body.kind.is_empty_transfer();
    let length = body.kind.length();
    let control = match &body.kind {
        Kind::DeviceControl { code, input, output } => Some((*code, input.length, output.length)),
        _ => None,
    };
    let (read, write) = (matches!(body.kind, Kind::Read { .. }), matches!(body.kind, Kind::Write { .. }));
    let Some(config) = state.objects.get::<Queue>(queue).map(|queue| queue.config) else { return };
    drop(state);
    host.notify();
    let handled = read && config.EvtIoRead.is_some()
        || write && config.EvtIoWrite.is_some()
        || control.is_some() && config.EvtIoDeviceControl.is_some()
        || config.EvtIoDefault.is_some();
    if !handled {
        complete(host, request, STATUS_INVALID_DEVICE_REQUEST, Some(0));
    } else if empty && config.AllowZeroLengthRequests == 0 {
        complete(host, request, STATUS_SUCCESS, Some(0));
    } else if read && config.EvtIoRead.is_some() {
        callbacks::io::transfer("EvtIoRead", config.EvtIoRead, queue, request, length);
    } else if write && config.EvtIoWrite.is_some() {
        callbacks::io::transfer("EvtIoWrite", config.EvtIoWrite, queue, request, length);
    } else if let Some((code, input, output)) = control.filter(|_| config.EvtIoDeviceControl.is_some()) {
        callbacks::io::device_control(config.EvtIoDeviceControl, queue, request, output, input, code);
    } else {
        callbacks::io::request("EvtIoDefault", config.EvtIoDefault, queue, request);
    }
}

/// Tells those who wait for the queue to be stopped or empty, once it is.
pub fn settle(host: &'static Host, queue: Handle) {
    let notices = {
        let mut state = host.state();
        let Some(body) = state.objects.get_mut::<Queue>(queue) else { return };
        let idle = body.owned.is_empty() && body.calling == 0;
        let empty = idle && body.waiting.is_empty();
        let stopped = if idle { body.stopped.take() } else { None };
        let purged = if empty { body.purged.take() } else { None };
        if (stopped.is_some() || purged.is_some()) && !body.shut_down {
            body.gives_up = false;
        }
        let notices = [stopped, purged].into_iter().flatten();
        let notices: Vec<_> = notices.filter(|notice| notice.function.is_some()).collect();
        for _ in &notices {
            announce(&mut state, queue, NOTICES);
        }
        notices
    };
    host.notify();
    power::follow(host, queue);
    for notice in notices {
        dispatch_of_queue(host, queue, NOTICES, move || {
            callbacks::io::queue_state(notice.function, queue, notice.context);
        });
    }
}

/// Takes a request from the driver and puts it to the head or the end of a queue, or ends it there if it
/// is cancelled.
fn give_back(host: &'static Host, request: Handle, queue: Handle, at_head: bool) {
    let mut state = host.state();
    let Some(body) = state.objects.get_mut::<Request>(request) else { return };
    let source = body.queue.replace(queue);
    body.owned = false;
    body.due = 0;
    body.stop = Stopping::No;
    let cancelled = body.cancelled;
    if let Some(source) = source.and_then(|source| state.objects.get_mut::<Queue>(source)) {
        source.owned.retain(|owned| *owned != request);
    }
    let Some(body) = state.objects.get_mut::<Queue>(queue) else { return };
    let ends = cancelled || (at_head && body.gives_up);
    if !ends {
        body.became_ready |= body.waiting.is_empty();
        if at_head { body.waiting.push_front(request) } else { body.waiting.push_back(request) }
    }
    drop(state);
    if ends {
        cancel_in_queue(host, request, queue);
    }
    for queue in source.into_iter().chain([queue]) {
        settle(host, queue);
        present(host, queue);
    }
}

/// Moves a request that the driver owns to the end of another queue of its device.
pub fn forward(host: &'static Host, request: Handle, destination: Handle) -> Result<NTSTATUS, Stop> {
    {
        let state = host.state();
        let source = state.objects.get::<Request>(request).and_then(|request| request.queue);
        let device_of = |queue| state.objects.get::<Queue>(queue).map(|queue| queue.device);
        let (name, to) = (state.objects.name(request), state.objects.name(destination));
        let why = if source == Some(destination) {
            "where it is already"
        } else if source.and_then(device_of) != device_of(destination) {
            "which is another device's"
        } else {
            ""
        };
        if !why.is_empty() {
            let message = format!("{name} is forwarded to {to}, {why}");
            return Err(host.refusal(Rule::ReqWrongQueue, STATUS_INVALID_DEVICE_REQUEST, message));
        }
        if !state.objects.get::<Queue>(destination).is_some_and(Queue::takes_requests) {
            return Err(Stop::Status(STATUS_WDF_BUSY));
        }
    }
    give_back(host, request, destination, false);
    Ok(STATUS_SUCCESS)
}

/// Puts a request that the driver owns back to the head of its queue.
pub fn requeue(host: &'static Host, request: Handle) {
    let queue = host.state().objects.get::<Request>(request).and_then(|request| request.queue);
    if let Some(queue) = queue {
        give_back(host, request, queue, true);
    }
}

/// Takes requests of these queues back that are meant for the driver but have not reached it.
pub fn take_back(state: &mut State, queues: &[Handle]) {
    let owned = |queue: &Handle| state.objects.get::<Queue>(*queue).map(|queue| queue.owned.clone());
    let back: Vec<_> = queues.iter().filter_map(owned).flatten().collect();
    // The last one first: each goes before the others.
    for request in back.into_iter().rev() {
        let Some(body) = state.objects.get_mut::<Request>(request).filter(|body| body.due != 0) else {
            continue;
        };
        body.due = 0;
        body.owned = false;
        if let Some(queue) = body.queue.and_then(|queue| state.objects.get_mut::<Queue>(queue)) {
            queue.owned.retain(|owned| *owned != request);
            queue.waiting.push_front(request);
        }
    }
}
