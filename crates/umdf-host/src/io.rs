//! What the I/O manager, the reflector and the framework's I/O package do with requests.

pub mod below;
pub mod cancel;
pub mod complete;
pub mod forget;
mod power;
pub mod present;
pub mod send;
pub mod stop;
pub mod target;

use std::sync::Arc;

use wdk_portable::{
    _WDF_REQUEST_TYPE as RequestType, NTSTATUS, STATUS_ACCESS_DENIED, STATUS_CANCELLED,
    STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE,
    STATUS_SUCCESS,
};

use crate::framework::device::files::FileConfig;
use crate::framework::device::{Device, file_attributes, request_attributes};
use crate::framework::fileobject::FileObject;
use crate::framework::io::Queue;
use crate::framework::request::buffer::Buffer;
use crate::framework::request::{Completion, Kind, Request, Taker};
use crate::framework::{Handle, Stop, callbacks, object};
use crate::history::Actor;
use crate::host::{Host, State};
use crate::inf::RegistryData;
use crate::inf::directives::MethodNeitherAction;
use crate::pool::Pool;
use crate::rules::Rule;
use crate::scenario::Access;
use crate::schedule::{self, Receiver};

pub use stop::{hold_queues, purge_queues, resume_queues, wait_for_callbacks};

/// The method bits of an I/O control code; METHOD_NEITHER sets both (`winioctl.h`).
const METHOD_NEITHER: u32 = 3;
/// Where the required access stands in an I/O control code (`CTL_CODE`).
const ACCESS_SHIFT: u32 = 14;
/// FILE_READ_ACCESS.
const READ_ACCESS: u32 = 1;
/// FILE_WRITE_ACCESS.
const WRITE_ACCESS: u32 = 2;

/// An application's open handle.
#[derive(Clone, Copy)]
pub struct Open {
    number: u64,
    device: Handle,
    file: Option<Handle>,
    access: Access,
}

impl Open {
    /// Whether the handle was opened with these access bits.
    fn grants(self, bits: u32) -> bool {
        let (read, write) = match self.access {
            Access::ReadWrite => (true, true),
            Access::Read => (true, false),
            Access::Write => (false, true),
            Access::None => (false, false),
        };
        (bits & READ_ACCESS == 0 || read) && (bits & WRITE_ACCESS == 0 || write)
    }
}

/// What an application asks for.
pub enum Asked<'a> {
    /// ReadFile.
    Read {
        /// Bytes.
        length: usize,
        /// Where in the file.
        offset: i64,
    },
    /// WriteFile.
    Write {
        /// What to write.
        bytes: &'a [u8],
        /// Where in the file.
        offset: i64,
    },
    /// DeviceIoControl.
    Control {
        /// The I/O control code.
        code: u32,
        /// Input.
        input: &'a [u8],
        /// Bytes of output.
        output_length: usize,
    },
}

/// A request on its way.
pub struct Sent {
    /// What cancels it; `None` if it never reached the driver's stack.
    pub request: Option<Handle>,
    /// Where its completion arrives.
    pub completion: Receiver<Completion>,
}

/// Runs an I/O callback of a device on some thread.
fn dispatch(host: &'static Host, device: Handle, callback: impl FnOnce() + Send + 'static) {
    dispatch_on(host, &host.pool, device, callback);
}

/// Lets a request that went to a target, or came through a queue or a file, come back from below or run
/// out of time on some thread.
fn dispatch_return(host: &'static Host, through: Handle, callback: impl FnOnce() + Send + 'static) {
    let device = host.state().objects.device_above(through);
    dispatch_on(host, &host.returns, device.unwrap_or(through), callback);
}

fn dispatch_on(host: &'static Host, pool: &Pool, device: Handle, callback: impl FnOnce() + Send + 'static) {
    if let Some(device) = host.state().objects.get_mut::<Device>(device) {
        device.dispatching += 1;
    }
    pool.spawn(Actor::Io, move || {
        callback();
        if let Some(device) = host.state().objects.get_mut::<Device>(device) {
            device.dispatching -= 1;
        }
        host.notify();
    });
}

/// Which callbacks of a queue are counted together.
type Count = fn(&mut Queue) -> &mut usize;
/// Those for requests.
const CALLS: Count = |queue| &mut queue.calling;
/// Those that tell of the queue itself.
const NOTICES: Count = |queue| &mut queue.telling;

/// Counts a callback of a queue that [`dispatch_of_queue`] will run. In one step with what makes it due, so
/// that nobody finds the queue idle between the two.
fn announce(state: &mut State, queue: Handle, count: Count) {
    if let Some(queue) = state.objects.get_mut::<Queue>(queue) {
        *count(queue) += 1;
    }
}

/// Runs an I/O callback of a queue, which was announced, on some thread.
fn dispatch_of_queue(
    host: &'static Host,
    queue: Handle,
    count: Count,
    callback: impl FnOnce() + Send + 'static,
) {
    let device = host.state().objects.get::<Queue>(queue).map(|queue| queue.device);
    let Some(device) = device else { return };
    dispatch(host, device, move || {
        callback();
        if let Some(queue) = host.state().objects.get_mut::<Queue>(queue) {
            *count(queue) -= 1;
        }
        present::settle(host, queue);
    });
}

/// The queue that takes requests of a type, if any.
fn route(state: &State, device: Handle, request: wdk_portable::WDF_REQUEST_TYPE) -> Option<Handle> {
    let device = state.objects.get::<Device>(device)?;
    let routed = device.routes.get(&request).copied();
    // Create requests go nowhere unless the driver says where.
    let default = device.default_queue.filter(|_| request != RequestType::WdfRequestTypeCreate);
    // A filter's default queue does not get what it has no callback for.
    let handles = |queue: &Handle| state.objects.get::<Queue>(*queue).is_some_and(|it| it.handles(request));
    routed.or_else(|| default.filter(|queue| !device.filter || handles(queue)))
}

/// Puts a new request into its queue.
fn enqueue(state: &mut State, request: Handle, queue: Handle) {
    if let Some(body) = state.objects.get_mut::<Request>(request) {
        body.queue = Some(queue);
    }
    if let Some(queue) = state.objects.get_mut::<Queue>(queue) {
        queue.became_ready |= queue.waiting.is_empty();
        queue.waiting.push_back(request);
    }
}

/// Whether the INF lets only one application at a time open the device: the value `Exclusive` of the
/// hardware key (Microsoft Learn, "INF AddReg Directive").
fn is_exclusive(host: &Host, slot: u16) -> bool {
    host.installation(slot)
        .hardware_key
        .iter()
        .any(|value| value.is("", "Exclusive") && matches!(value.data, RegistryData::Dword(1..)))
}

/// Opens the device in a slot. The number tells the opens of a scenario apart.
pub fn open(host: &'static Host, slot: u16, number: u64, access: Access) -> Result<Open, NTSTATUS> {
    let (device, callback, queue, creates, wants_files) = {
        let mut state = host.state();
        let device =
            state.nodes.get(&slot).and_then(|node| node.device).ok_or(STATUS_INVALID_DEVICE_STATE)?;
        let queue = route(&state, device, RequestType::WdfRequestTypeCreate);
        let creates = state.objects.get::<Device>(device).and_then(|device| device.creates);
        let takes = |queue| state.objects.get::<Queue>(queue).is_some_and(Queue::takes_requests);
        if !queue.or(creates).is_none_or(takes) {
            return Err(STATUS_INVALID_DEVICE_STATE);
        }
        let body = state.objects.get_mut::<Device>(device).ok_or(STATUS_INVALID_DEVICE_STATE)?;
        if body.removed || !body.interfaces.any_enabled() {
            return Err(STATUS_INVALID_DEVICE_STATE);
        }
        if is_exclusive(host, slot) && body.opens > 0 {
            return Err(STATUS_ACCESS_DENIED);
        }
        body.opens += 1;
        let callback = body.files.as_ref().and_then(|files| files.config.EvtDeviceFileCreate);
        (device, callback, queue, creates, body.files.as_ref().is_some_and(FileConfig::makes_objects))
    };
    let opened = create(host, device, number, access, wants_files, |request, file| {
        // A queue for opens comes before EvtDeviceFileCreate.
        if let Some(queue) = queue {
            enqueue(&mut host.state(), request, queue);
            present::present(host, queue);
            return true;
        }
        let Some(creates) = creates else { return false };
        {
            let mut state = host.state();
            enqueue(&mut state, request, creates);
            present::hand_over(&mut state, creates, request);
        }
        dispatch(host, device, move || callbacks::io::file_create(callback, device, request, file));
        true
    });
    if opened.is_err() {
        closed(host, device);
    }
    opened
}

/// Makes the file object and sends the create request on its way.
fn create(
    host: &'static Host,
    device: Handle,
    number: u64,
    access: Access,
    wants_files: bool,
    send: impl FnOnce(Handle, Option<Handle>) -> bool,
) -> Result<Open, NTSTATUS> {
    let (answer, completion) = schedule::reply();
    let (file, request) = {
        let mut state = host.state();
        let file = if wants_files {
            let attributes = file_attributes(host, &state, device).map_err(|stop| match stop {
                Stop::Status(status) => status,
                Stop::NoEffect => STATUS_INVALID_DEVICE_STATE,
            })?;
            Some(state.objects.create(host, FileObject::new(device), Some(device), attributes))
        } else {
            None
        };
        let body = Request::new(Kind::Create, file, number, forward(answer));
        // A request that nobody sees needs no object.
        let seen = state.objects.get::<Device>(device).is_some_and(|device| {
            device.routes.contains_key(&RequestType::WdfRequestTypeCreate)
                || device.files.as_ref().is_some_and(|files| files.config.EvtDeviceFileCreate.is_some())
        });
        let attributes = request_attributes(host, &state, device).unwrap_or_default();
        let request = seen.then(|| state.objects.create(host, body, Some(device), attributes));
        (file, request)
    };
    let open = Open { number, device, file, access };
    let status = match request.filter(|request| send(*request, file)) {
        // A filter that does not look at opens forwards them.
        None if host.state().objects.get::<Device>(device).is_some_and(|device| device.filter) => {
            below::UNKNOWN
        }
        None => STATUS_SUCCESS,
        Some(request) => {
            if let Ok(completion) = completion.recv_timeout(host.deadline) {
                completion.status
            } else {
                let name = host.state().objects.name(request);
                let message = format!("open {number} waits for {name}, which the driver keeps");
                host.violation(Rule::ReqNotCompleted, message);
                stop::abandon(host, request);
                STATUS_CANCELLED
            }
        }
    };
    if status < 0 {
        if let Some(file) = file {
            object::delete(host, file);
        }
        return Err(status);
    }
    Ok(open)
}

/// Whether an application has the device in a slot open.
pub fn is_open(host: &Host, slot: u16) -> bool {
    let state = host.state();
    let device = state.nodes.get(&slot).and_then(|node| node.device);
    device.and_then(|device| state.objects.get::<Device>(device)).is_some_and(|device| device.opens > 0)
}

/// One open less. PnP may wait for the last one.
fn closed(host: &Host, device: Handle) {
    let stack = {
        let mut state = host.state();
        let Some(device) = state.objects.get_mut::<Device>(device) else { return };
        device.opens = device.opens.saturating_sub(1);
        device.stack.clone().filter(|_| device.opens == 0)
    };
    if let Some(stack) = stack {
        stack.tell_closed();
    }
}

/// What the I/O manager and the reflector refuse by themselves.
fn refusal(host: &Host, open: Open, asked: &Asked<'_>) -> Option<NTSTATUS> {
    let slot = host.state().objects.get::<Device>(open.device).map(|device| device.slot);
    let method_neither = |slot| host.installation(slot).directives.method_neither;
    match asked {
        Asked::Read { .. } if !open.grants(READ_ACCESS) => Some(STATUS_ACCESS_DENIED),
        Asked::Write { .. } if !open.grants(WRITE_ACCESS) => Some(STATUS_ACCESS_DENIED),
        Asked::Control { code, .. } if !open.grants(code >> ACCESS_SHIFT & (READ_ACCESS | WRITE_ACCESS)) => {
            Some(STATUS_ACCESS_DENIED)
        }
        Asked::Control { code, .. }
            if code & METHOD_NEITHER == METHOD_NEITHER
                && slot.map(method_neither) == Some(MethodNeitherAction::Reject) =>
        {
            Some(STATUS_INVALID_DEVICE_REQUEST)
        }
        _ => None,
    }
}

/// The request's own copy of what is asked; `None` if there is no memory for it.
fn kind(asked: &Asked<'_>) -> Option<Kind> {
    Some(match asked {
        Asked::Read { length, offset } => Kind::Read { output: Buffer::fresh(*length)?, offset: *offset },
        Asked::Write { bytes, offset } => Kind::Write { input: Buffer::with(bytes)?, offset: *offset },
        Asked::Control { code, input, output_length } => Kind::DeviceControl {
            code: *code,
            input: Buffer::with(input)?,
            output: Buffer::fresh(*output_length)?,
        },
    })
}

/// Has completions go into a channel.
fn forward(to: schedule::Sender<Completion>) -> Taker {
    Arc::new(move |completion| to.send(completion))
}

/// Sends a request of an application.
pub fn send(host: &'static Host, open: Open, asked: &Asked<'_>) -> Sent {
    let (answer, completion) = schedule::reply();
    Sent { request: send_to(host, open, asked, forward(answer)), completion }
}

/// As [`send`], with another place for the completion. The answer is what cancels the request; `None` if it never
/// reached the driver's stack.
pub fn send_to(host: &'static Host, open: Open, asked: &Asked<'_>, answer: Taker) -> Option<Handle> {
    let refuse = |status| {
        answer(Completion { status, output: Vec::new(), information: 0 });
        None
    };
    if let Some(status) = refusal(host, open, asked) {
        return refuse(status);
    }
    let mut state = host.state();
    let device = open.device;
    if state.objects.get::<Device>(device).is_none_or(|device| device.removed) {
        return refuse(STATUS_INVALID_DEVICE_STATE);
    }
    let Some(kind) = kind(asked) else { return refuse(STATUS_INSUFFICIENT_RESOURCES) };
    let queue = route(&state, device, kind.request_type());
    let filter = state.objects.get::<Device>(device).is_some_and(|device| device.filter);
    if queue.is_none() && !filter {
        return refuse(STATUS_INVALID_DEVICE_REQUEST);
    }
    if queue.is_some_and(|queue| !state.objects.get::<Queue>(queue).is_some_and(Queue::takes_requests)) {
        return refuse(STATUS_INVALID_DEVICE_STATE);
    }
    let body = Request::new(kind, open.file, open.number, answer);
    let attributes = request_attributes(host, &state, device).unwrap_or_default();
    let request = state.objects.create(host, body, Some(device), attributes);
    if let Some(queue) = queue {
        enqueue(&mut state, request, queue);
        drop(state);
        present::present(host, queue);
    } else {
        drop(state);
        // A filter forwards what none of its queues takes.
        forget::forget(host, request);
    }
    Some(request)
}

/// Waits until a request is on its way no more: the driver has it, it waits in a queue, or it is done. What
/// a scenario does next then finds it where the application left it.
pub fn wait_for_delivery(host: &Host, request: Handle) {
    let arrived = |state: &mut State| {
        let due = state.objects.get::<Request>(request).is_some_and(|request| request.due != 0);
        (!due).then_some(())
    };
    if host.wait(host.hang_limit(), arrived).is_none() {
        host.end("a request did not reach the driver before the deadline");
    }
}

/// Closes an open handle: EvtFileCleanup, then the requests of this open are cancelled, then
/// EvtFileClose.
pub fn close(host: &'static Host, open: Open) {
    let callbacks = {
        let state = host.state();
        let device = state.objects.get::<Device>(open.device);
        device
            .and_then(|device| device.files.as_ref())
            .map(|files| (files.config.EvtFileCleanup, files.config.EvtFileClose))
    };
    let (cleanup, close) = callbacks.unwrap_or((None, None));
    callbacks::io::file_notice("EvtFileCleanup", cleanup, open.device, open.file);
    let of_this_open = move |state: &State, request: Handle| {
        state.objects.get::<Request>(request).is_some_and(|request| request.open == open.number)
    };
    cancel::mark(&mut host.state(), open.device, of_this_open);
    cancel::cancel_waiting(host, open.device, of_this_open);
    cancel::cancel_owned(host, open.device, of_this_open);
    send::cancel(host, of_this_open);
    forget::cancel(host, |forgotten| forgotten.came_through(open.number));
    stop::wait_for_driver(host, open.device, &format!("close of open {}", open.number), of_this_open);
    forget::wait(host, open.number);
    host.state().quarantine.check(host);
    callbacks::io::file_notice("EvtFileClose", close, open.device, open.file);
    if let Some(file) = open.file {
        object::delete(host, file);
    }
    closed(host, open.device);
}
