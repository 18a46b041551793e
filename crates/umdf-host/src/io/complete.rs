//! Completion of requests.

use wdk_portable::{NTSTATUS, STATUS_DEVICE_BUSY, STATUS_INTERNAL_ERROR, STATUS_INVALID_DEVICE_REQUEST};

use super::present;
use crate::framework::io::Queue;
use crate::framework::request::{Cancel, Completion, Kind, Request, Taker};
use crate::framework::{Handle, object};
use crate::host::{Host, State, host};
use crate::rules::Rule;
use crate::status::{STATUS_WDF_BUSY, STATUS_WDF_PAUSED};

/// The status that leaves the framework for one that only WDF drivers know (`fxrequest.cpp`).
pub fn outside_status(status: NTSTATUS) -> NTSTATUS {
    const FACILITY: u32 = 0xC020_0000;
    const INTERNAL_ERROR: u32 = 0xC020_0201;
    match status.cast_unsigned() {
        _ if status == STATUS_WDF_PAUSED || status == STATUS_WDF_BUSY => STATUS_DEVICE_BUSY,
        INTERNAL_ERROR => STATUS_INTERNAL_ERROR,
        other if other & 0xFFFF_0000 == FACILITY => STATUS_INVALID_DEVICE_REQUEST,
        _ => status,
    }
}

/// The bytes that go back to the application.
fn output(kind: &Kind, status: NTSTATUS, information: u64) -> Vec<u8> {
    match kind {
        // Errors carry no bytes back; successes and warnings do.
        Kind::Read { output, .. } | Kind::DeviceControl { output, .. }
            if status.cast_unsigned() >> 30 != 3 =>
        {
            output.bytes(information)
        }
        _ => Vec::new(),
    }
}

/// What the information may be at most; `None` if it means something else.
fn limit(kind: &Kind) -> Option<usize> {
    match kind {
        Kind::None | Kind::Create => None,
        Kind::Read { output: buffer, .. } | Kind::Write { input: buffer, .. } => Some(buffer.length),
        Kind::DeviceControl { output, .. } => Some(output.length).filter(|length| *length > 0),
    }
}

/// What a request leaves behind: its object may outlive it if the driver has a reference.
pub struct Remains {
    /// The request's name.
    pub name: String,
    /// What it asked for, with its buffers.
    pub kind: Kind,
    answer: Option<Taker>,
    queue: Option<Handle>,
    memories: [Option<Handle>; 2],
}

impl Remains {
    /// Tells the application.
    pub fn answer(&self, status: NTSTATUS, information: u64) {
        if let Some(answer) = &self.answer {
            let output = output(&self.kind, status, information);
            answer(Completion { status, output, information });
        }
    }

    /// Takes the buffers away from the driver.
    pub fn bury(mut self, host: &Host, state: &mut State) {
        let kept = self.memories.into_iter().flatten().any(|memory| state.objects.object(memory).is_some());
        if kept {
            // The rule against it is switched off: the memory objects must not lead to freed memory.
            std::mem::forget(self.kind.take_buffers());
        } else {
            state.quarantine.take(host, &self.name, self.kind.take_buffers());
        }
    }

    /// The queue that the request came from.
    pub fn queue(&self) -> Option<Handle> {
        self.queue
    }
}

/// Lets a queue go on without the request that has left it.
pub fn settle(queue: Option<Handle>) {
    let host = host();
    host.notify();
    if let Some(queue) = queue {
        present::settle(host, queue);
        present::present(host, queue);
    }
}

/// Claims a request for whoever ends it; `false` if somebody did before.
pub fn claim(state: &mut State, handle: Handle) -> bool {
    let Some(request) = state.objects.get_mut::<Request>(handle) else { return false };
    !std::mem::replace(&mut request.completing, true) && !request.completed
}

/// Takes a claimed request from the driver and from its queue.
pub fn detach(state: &mut State, handle: Handle) -> Option<Remains> {
    let name = state.objects.name(handle);
    let request = state.objects.get_mut::<Request>(handle)?;
    request.owned = false;
    request.cancel = Cancel::None;
    let remains = Remains {
        name,
        kind: std::mem::replace(&mut request.kind, Kind::None),
        answer: request.answer.clone(),
        queue: request.queue,
        memories: request.memories,
    };
    if let Some(queue) = remains.queue.and_then(|queue| state.objects.get_mut::<Queue>(queue)) {
        queue.owned.retain(|owned| *owned != handle);
        queue.waiting.retain(|waiting| *waiting != handle);
    }
    Some(remains)
}

/// The claimed request is over.
pub fn mark_completed(state: &mut State, handle: Handle) {
    if let Some(request) = state.objects.get_mut::<Request>(handle) {
        request.completing = false;
        request.completed = true;
    }
}

/// Completes a request; `None` keeps the information that the driver set before. The answer is
/// whether it was still to be completed.
pub fn complete(_: &Host, handle: Handle, status: NTSTATUS, information: Option<u64>) -> bool {
    let host = host();
    let mut state = host.state();
    if !claim(&mut state, handle) {
        return false;
    }
    let status = outside_status(status);
    let Some(request) = state.objects.get::<Request>(handle) else { return false };
    let mut information = information.unwrap_or(request.information);
    if let Some(length) = limit(&request.kind).filter(|length| status >= 0 && information > *length as u64) {
        let side = if matches!(request.kind, Kind::Write { .. }) { "input" } else { "output" };
        let name = state.objects.name(handle);
        let message = format!("{name} has {length} {side} bytes and is completed with {information}");
        host.violation(Rule::ReqInfoTooLarge, message);
        information = length as u64;
    }
    let Some(remains) = detach(&mut state, handle) else { return false };
    drop(state);
    // Before the object goes: who waits for that must find the completion at the application.
    object::delete_around(host, handle, || remains.answer(status, information));
    let queue = remains.queue();
    {
        let mut state = host.state();
        remains.bury(host, &mut state);
        mark_completed(&mut state, handle);
    }
    settle(queue);
    true
}
