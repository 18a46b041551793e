//! Requests that the driver sends and forgets: the stack below completes them for the application
//! (`FxRequest::PreProcessSendAndForget`).

use wdk_portable::{NTSTATUS, STATUS_CANCELLED};

use super::below::Reply;
use super::complete::{Remains, claim, detach, mark_completed, settle};
use super::dispatch_return;
use crate::framework::device::Device;
use crate::framework::request::place::Place;
use crate::framework::request::{Kind, Request};
use crate::framework::{Handle, object};
use crate::host::Host;

/// A request that the stack below has and the driver knows no more.
pub struct Forgotten {
    /// What was its handle.
    request: Handle,
    /// The device that it was for.
    device: Handle,
    /// Which open of the device it came through.
    open: u64,
    remains: Remains,
    /// Somebody is completing it.
    returning: bool,
}

impl Forgotten {
    /// Whether it was this request.
    pub fn was(&self, request: Handle) -> bool {
        self.request == request
    }

    /// Whether it came through this open of the device.
    pub fn came_through(&self, open: u64) -> bool {
        self.open == open
    }
}

/// Sends a request on and ends its life for the driver. The answer is whether it was still alive.
pub fn forget(host: &'static Host, handle: Handle) -> bool {
    let (reply, remains, device, open, given_up) = {
        let mut state = host.state();
        if !claim(&mut state, handle) {
            return false;
        }
        let Some(request) = state.objects.get::<Request>(handle) else { return false };
        let (open, given_up) = (request.open, request.cancelled);
        let code = if let Kind::DeviceControl { code, .. } = request.kind { Some(code) } else { None };
        let Some(device) = state.objects.device_above(handle) else { return false };
        let Some(slot) = state.objects.get::<Device>(device).map(|device| device.slot) else { return false };
        let Some(remains) = detach(&mut state, handle) else { return false };
        (host.below.reply(slot, code), remains, device, open, given_up)
    };
    let queue = remains.queue();
    let returning = matches!(reply, Reply::Completed { .. });
    let forgotten = Forgotten { request: handle, device, open, remains, returning };
    object::delete_around(host, handle, || {
        host.state().forgotten.push(forgotten);
        match reply {
            Reply::Completed { status, output } => {
                dispatch_return(host, device, move || finish(host, handle, status, &output));
            }
            Reply::Kept if given_up => cancel(host, |forgotten| forgotten.was(handle)),
            Reply::Kept => {}
        }
    });
    mark_completed(&mut host.state(), handle);
    settle(queue);
    true
}

/// The application takes back what was forgotten and is `meant`.
pub fn cancel(host: &'static Host, meant: impl Fn(&Forgotten) -> bool) {
    let cancelled: Vec<_> = {
        let mut state = host.state();
        let meant = state.forgotten.iter_mut().filter(|forgotten| !forgotten.returning && meant(forgotten));
        meant
            .map(|forgotten| {
                forgotten.returning = true;
                (forgotten.device, forgotten.request)
            })
            .collect()
    };
    for (device, request) in cancelled {
        dispatch_return(host, device, move || finish(host, request, STATUS_CANCELLED, &[]));
    }
}

/// Waits until no forgotten request of an open is left. The stack below keeps none that is cancelled.
pub fn wait(host: &Host, open: u64) {
    let gone = host.wait(host.hang_limit(), |state| {
        (!state.forgotten.iter().any(|forgotten| forgotten.came_through(open))).then_some(())
    });
    if gone.is_none() {
        host.end(format!("the stack below keeps requests of open {open}"));
    }
}

/// The stack below completes the application's request.
fn finish(host: &Host, request: Handle, status: NTSTATUS, output: &[u8]) {
    let mut state = host.state();
    let Some(index) = state.forgotten.iter().position(|forgotten| forgotten.was(request)) else { return };
    let Forgotten { remains, .. } = state.forgotten.remove(index);
    let (status, information) = Place::put_into(remains.kind.output(), status, output);
    remains.answer(status, information);
    remains.bury(host, &mut state);
    drop(state);
    host.notify();
}
