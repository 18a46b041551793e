//! Completion of requests.

use wdk_portable::{NTSTATUS, STATUS_DEVICE_BUSY, STATUS_INTERNAL_ERROR, STATUS_INVALID_DEVICE_REQUEST};

use super::present;
use crate::framework::io::Queue;
use crate::framework::request::{Cancel, Completion, Kind, Request};
use crate::framework::{Handle, object};
use crate::host::{Host, host};
use crate::rules::Rule;
use crate::status::{STATUS_WDF_BUSY, STATUS_WDF_PAUSED};

/// The status that leaves the framework for one that only WDF drivers know (`fxrequest.cpp`).
fn outside_status(status: NTSTATUS) -> NTSTATUS {
    const FACILITY: u32 = 0xC020_0000;
    const INTERNAL_ERROR: u32 = 0xC020_0201;
    match status.cast_unsigned() {
        _ if status == STATUS_WDF_PAUSED || status == STATUS_WDF_BUSY => STATUS_DEVICE_BUSY,
        INTERNAL_ERROR => STATUS_INTERNAL_ERROR,
        other if other & 0xFFFF_0000 == FACILITY => STATUS_INVALID_DEVICE_REQUEST,
        _ => status,
    }
}

/// The bytes that go back to the application, and the length that the information is checked against.
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
        Kind::Create => None,
        Kind::Read { output: buffer, .. } | Kind::Write { input: buffer, .. } => Some(buffer.length),
        Kind::DeviceControl { output, .. } => Some(output.length).filter(|length| *length > 0),
    }
}

/// Completes a request; `None` keeps the information that the driver set before. The answer is
/// whether it was still to be completed.
pub fn complete(_: &Host, handle: Handle, status: NTSTATUS, information: Option<u64>) -> bool {
    let host = host();
    let mut state = host.state();
    let name = state.objects.name(handle);
    let Some(request) = state.objects.get_mut::<Request>(handle) else { return false };
    if std::mem::replace(&mut request.completing, true) || request.completed {
        return false;
    }
    let status = outside_status(status);
    let mut information = information.unwrap_or(request.information);
    if let Some(length) = limit(&request.kind).filter(|length| status >= 0 && information > *length as u64) {
        let side = if matches!(request.kind, Kind::Write { .. }) { "input" } else { "output" };
        let message = format!("{name} has {length} {side} bytes and is completed with {information}");
        host.violation(Rule::ReqInfoTooLarge, message);
        information = length as u64;
    }
    request.owned = false;
    request.cancel = Cancel::None;
    // The object may outlive its request if the driver has a reference.
    let mut kind = std::mem::replace(&mut request.kind, Kind::Create);
    let (answer, queue, memories) = (request.answer.clone(), request.queue, request.memories);
    if let Some(queue) = queue.and_then(|queue| state.objects.get_mut::<Queue>(queue)) {
        queue.owned.retain(|owned| *owned != handle);
        queue.waiting.retain(|waiting| *waiting != handle);
    }
    drop(state);
    // Before the object goes: who waits for that must find the completion at the application.
    let output = output(&kind, status, information);
    let _ = answer.send(Completion { status, output, information });
    object::delete(host, handle);
    {
        let mut state = host.state();
        let kept = memories.into_iter().flatten().any(|memory| state.objects.object(memory).is_some());
        if kept {
            // The rule against it is switched off: the memory objects must not lead to freed memory.
            std::mem::forget(kind.take_buffers());
        } else {
            state.quarantine.take(host, &name, kind.take_buffers());
        }
        if let Some(request) = state.objects.get_mut::<Request>(handle) {
            request.completing = false;
            request.completed = true;
        }
    }
    host.notify();
    if let Some(queue) = queue {
        present::settle(host, queue);
        present::present(host, queue);
    }
    true
}
