//! Queues that stop: for the driver, for a power-down, and for good.

use std::fmt;

use wdk_portable::{_WDF_REQUEST_STOP_ACTION_FLAGS as StopFlags, STATUS_CANCELLED};

use super::cancel::{cancel_owned, cancel_waiting};
use super::present::{present, requeue, settle, take_back};
use crate::framework::device::Device;
use crate::framework::io::Queue;
use crate::framework::request::{Cancel, Completion, Request, Stopping};
use crate::framework::{Handle, callbacks};
use crate::host::{Host, State};
use crate::rules::Rule;

/// What a driver may do with a queue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Takes requests, presents none.
    Stop,
    /// Takes none, presents those it has.
    Drain,
    /// Takes none, cancels those it has.
    Purge,
    /// Takes requests, presents none, cancels those it has.
    StopAndPurge,
}

impl Change {
    /// Whether it is done when the driver owns no request; else the queue must be empty too.
    pub fn stops(self) -> bool {
        matches!(self, Self::Stop | Self::StopAndPurge)
    }

    fn cancels(self) -> bool {
        matches!(self, Self::Purge | Self::StopAndPurge)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stop => "stop",
            Self::Drain => "drain",
            Self::Purge => "purge",
            Self::StopAndPurge => "stop and purge",
        })
    }
}

fn is_in(state: &State, request: Handle, queue: Handle) -> bool {
    state.objects.get::<Request>(request).is_some_and(|request| request.queue == Some(queue))
}

/// Changes what a queue does.
pub fn change(host: &'static Host, queue: Handle, change: Change) {
    let device = host.state().objects.get_mut::<Queue>(queue).map(|body| {
        if change.stops() {
            body.accepting = true;
            body.dispatching = false;
        } else {
            body.accepting = false;
        }
        body.gives_up |= change.cancels();
        body.device
    });
    if let Some(device) = device.filter(|_| change.cancels()) {
        let meant = move |state: &State, request: Handle| is_in(state, request, queue);
        cancel_waiting(host, device, meant);
        cancel_owned(host, device, meant);
    }
    settle(host, queue);
    present(host, queue);
}

/// Lets a queue take and present requests again.
pub fn start(host: &'static Host, queue: Handle) {
    if let Some(body) = host.state().objects.get_mut::<Queue>(queue) {
        body.accepting = true;
        body.dispatching = true;
        body.gives_up = body.shut_down;
        body.became_ready |= !body.waiting.is_empty();
    }
    present(host, queue);
}

/// Ends every request of a queue that is deleted.
pub fn purge_before_deletion(host: &'static Host, queue: Handle) {
    let device = host.state().objects.get_mut::<Queue>(queue).map(|body| {
        body.shut_down = true;
        body.device
    });
    if let Some(device) = device {
        change(host, queue, Change::Purge);
        let meant = move |state: &State, request: Handle| is_in(state, request, queue);
        wait_for_driver(host, device, "deletion of a queue", meant);
        wait_until_idle(host, &[queue]);
    }
}

/// What a wait for the driver finds.
enum Found {
    /// It has nothing that is waited for.
    Nothing,
    /// It gave these back.
    GivenBack(Vec<Handle>),
}

/// Waits until the driver owns no request of the device that is `meant`, and until those that it completed
/// are gone. Once none has come back for as long as the deadline, those that it keeps break the rule; with
/// the rule switched off the host takes them away.
pub fn wait_for_driver(
    host: &'static Host,
    device: Handle,
    why: &str,
    meant: impl Fn(&State, Handle) -> bool,
) {
    let owned = |state: &State| -> Vec<Handle> {
        let mut requests = state.objects.below::<Request>(device);
        requests.retain(|handle| {
            let request = state.objects.get::<Request>(*handle);
            request.is_some_and(|request| request.completing || request.owned) && meant(state, *handle)
        });
        requests
    };
    loop {
        let found = host.wait_for_driver(host.deadline, |state| {
            let owned = owned(state);
            if owned.is_empty() {
                return Ok(Found::Nothing);
            }
            let given_back = |request: &Handle| {
                let request = state.objects.get::<Request>(*request);
                request.is_some_and(|request| request.stop == Stopping::GivenBack && !request.completing)
            };
            let back: Vec<_> = owned.iter().copied().filter(given_back).collect();
            if back.is_empty() { Err(owned) } else { Ok(Found::GivenBack(back)) }
        });
        match found {
            Some(Found::Nothing) => return,
            Some(Found::GivenBack(requests)) => {
                for request in requests {
                    requeue(host, request);
                }
            }
            None => break,
        }
    }
    let (kept, names) = {
        let state = host.state();
        let kept = owned(&state);
        let names: Vec<_> = kept.iter().map(|request| state.objects.name(*request)).collect();
        (kept, names.join(", "))
    };
    host.violation(Rule::ReqNotCompleted, format!("{why} waits for {names}, which the driver keeps"));
    for request in kept {
        abandon(host, request);
    }
}

/// Waits until no callback of these queues runs. As in the framework one that waits for this never ends.
/// The supervisor ends a callback that hangs.
fn wait_until_idle(host: &Host, queues: &[Handle]) {
    let calling = |queue: &Handle, state: &State| {
        state.objects.get::<Queue>(*queue).map_or(0, |queue| queue.calling + queue.telling)
    };
    let idle = |state: &mut State| match queues.iter().map(|queue| calling(queue, state)).sum::<usize>() {
        0 => Ok(()),
        running => Err(running),
    };
    if host.wait_for_driver(host.hang_limit(), idle).is_none() {
        host.end("a callback of a queue did not return before the deadline");
    }
}

/// Waits until every I/O callback of a device has returned: the driver may still use it after it
/// completed the last request. The supervisor ends a callback that hangs.
pub fn wait_for_callbacks(host: &Host, device: Handle) {
    let returned = |state: &mut State| {
        let running = state.objects.get::<Device>(device).map_or(0, |device| device.dispatching);
        if running == 0 { Ok(()) } else { Err(running) }
    };
    if host.wait_for_driver(host.hang_limit(), returned).is_none() {
        host.end("an I/O callback did not return before the deadline");
    }
    host.state().quarantine.check(host);
}

/// Some queues of a device: those that are power-managed, or the others.
#[derive(Clone, Copy)]
struct Group {
    device: Handle,
    power_managed: bool,
}

impl Group {
    fn has(self, queue: &Queue) -> bool {
        queue.device == self.device && queue.power_managed == self.power_managed
    }

    fn queues(self, state: &State) -> Vec<Handle> {
        let mut queues = state.objects.below::<Queue>(self.device);
        queues.retain(|queue| state.objects.get::<Queue>(*queue).is_some_and(|queue| self.has(queue)));
        queues
    }

    /// Whether a request is in one of the queues, or the driver has it from there.
    fn has_request(self, state: &State, request: Handle) -> bool {
        let queue = state.objects.get::<Request>(request).and_then(|request| request.queue);
        queue.and_then(|queue| state.objects.get::<Queue>(queue)).is_some_and(|queue| self.has(queue))
    }
}

fn is_kept(state: &State, request: Handle) -> bool {
    state.objects.get::<Request>(request).is_some_and(|request| request.stop == Stopping::Kept)
}

/// Lets the power-managed queues of a device present requests. Those that the driver kept are resumed
/// first.
pub fn resume_queues(host: &'static Host, device: Handle) {
    let group = Group { device, power_managed: true };
    let (queues, kept) = {
        let mut state = host.state();
        let queues = group.queues(&state);
        let mut kept = Vec::new();
        for handle in &queues {
            let Some(queue) = state.objects.get_mut::<Queue>(*handle) else { continue };
            queue.became_ready |= !queue.waiting.is_empty();
            let (resume, owned) = (queue.config.EvtIoResume, queue.owned.clone());
            for request in owned {
                if let Some(body) = state.objects.get_mut::<Request>(request) {
                    body.stop = Stopping::No;
                    if !body.cancelled {
                        kept.push((*handle, resume, request));
                    }
                }
            }
        }
        (queues, kept)
    };
    for (queue, resume, request) in kept {
        let owned = host.state().objects.get::<Request>(request).is_some_and(|request| request.owned);
        if owned {
            callbacks::io::request("EvtIoResume", resume, queue, request);
        }
    }
    if let Some(device) = host.state().objects.get_mut::<Device>(device) {
        device.presenting = true;
    }
    for queue in queues {
        present(host, queue);
    }
}

/// Holds the power-managed queues of a device: nothing is presented any more and the host waits until their
/// callbacks have returned. Then the driver gets EvtIoStop for each request that it owns, and the host waits
/// until it has none that it did not acknowledge, and no callback runs.
pub fn hold_queues(host: &'static Host, device: Handle) {
    let group = Group { device, power_managed: true };
    let queues = {
        let mut state = host.state();
        if let Some(device) = state.objects.get_mut::<Device>(device) {
            device.presenting = false;
        }
        let queues = group.queues(&state);
        take_back(&mut state, &queues);
        queues
    };
    wait_until_idle(host, &queues);
    tell_driver_to_stop(host, group, StopFlags::WdfRequestStopActionSuspend);
    wait_for_driver(host, device, "power-down", |state, request| {
        group.has_request(state, request) && !is_kept(state, request)
    });
    wait_until_idle(host, &queues);
}

/// Purges queues of a device: new requests are refused, waiting ones cancelled, and the host waits
/// until the driver has none left and no callback of the queues runs.
pub fn purge_queues(host: &'static Host, device: Handle, power_managed: bool) {
    let group = Group { device, power_managed };
    let meant = move |state: &State, request: Handle| group.has_request(state, request);
    let queues = {
        let mut state = host.state();
        let queues = group.queues(&state);
        for queue in &queues {
            if let Some(queue) = state.objects.get_mut::<Queue>(*queue) {
                queue.accepting = false;
                queue.shut_down = true;
                queue.gives_up = true;
            }
        }
        take_back(&mut state, &queues);
        queues
    };
    cancel_waiting(host, device, meant);
    cancel_owned(host, device, meant);
    tell_driver_to_stop(host, group, StopFlags::WdfRequestStopActionPurge);
    wait_for_driver(host, device, "removal", meant);
    wait_until_idle(host, &queues);
}

/// EvtIoStop for every request that the driver has in its hands and that is not cancelled.
fn tell_driver_to_stop(host: &'static Host, group: Group, action: i32) {
    let stops: Vec<_> = {
        let state = host.state();
        let stops = group.queues(&state).into_iter().filter_map(|handle| {
            let queue = state.objects.get::<Queue>(handle)?;
            Some((handle, queue.config.EvtIoStop?, queue.owned.clone()))
        });
        stops
            .flat_map(|(queue, stop, owned)| owned.into_iter().map(move |request| (queue, stop, request)))
            .collect()
    };
    for (queue, stop, request) in stops {
        let mut state = host.state();
        let Some(body) = state.objects.get_mut::<Request>(request) else { continue };
        let marked = matches!(body.cancel, Cancel::Marked(_));
        if !body.owned || body.cancelled || body.outgoing.cancelled {
            continue;
        }
        body.stop = Stopping::Told;
        drop(state);
        let cancelable = if marked { StopFlags::WdfRequestStopRequestCancelable } else { 0 };
        callbacks::io::stop(Some(stop), queue, request, (action | cancelable).cast_unsigned());
    }
}

/// Tells the application that a request is cancelled and leaves it, with its buffers, to the driver that
/// keeps it: the driver may still write into them, and complete it, after everything else is gone.
pub fn abandon(host: &Host, handle: Handle) {
    let mut state = host.state();
    state.objects.orphan(handle);
    let Some(request) = state.objects.get_mut::<Request>(handle) else { return };
    request.abandoned = true;
    if let Some(answer) = &request.answer {
        answer(Completion { status: STATUS_CANCELLED, output: Vec::new(), information: 0 });
    }
    let queue = request.queue;
    if let Some(queue) = queue.and_then(|queue| state.objects.get_mut::<Queue>(queue)) {
        queue.owned.retain(|owned| *owned != handle);
    }
}
