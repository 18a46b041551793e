//! What the functions of requests refuse: one that is over, that the driver does not own, or that is sent.

use wdk_portable::{STATUS_INTERNAL_ERROR, STATUS_INVALID_DEVICE_REQUEST};

use super::{Cancel, Request};
use crate::framework::{Handle, Pointer, Stop};
use crate::host::{Host, State};
use crate::rules::Rule;

pub fn name_of(state: &State, request: Handle) -> String {
    state.objects.name(request)
}

/// Refuses a request that is over or never had an IRP; a reference of the driver may keep the object.
pub fn not_completed(host: &Host, state: &State, handle: Handle) -> Result<(), Stop> {
    let request = state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?;
    let why = if request.completing || request.completed {
        "was completed before"
    } else if !request.outgoing.irp {
        "has no target and so no IRP"
    } else {
        return Ok(());
    };
    let message = format!("{} {why}", name_of(state, handle));
    Err(host.refusal(Rule::ReqNotOwned, STATUS_INTERNAL_ERROR, message))
}

/// Refuses a request that never had a target: the framework uses its IRP without a look.
pub fn has_irp(host: &Host, state: &State, handle: Handle) -> Result<(), Stop> {
    if state.objects.get::<Request>(handle).is_none_or(|request| request.outgoing.irp) {
        return Ok(());
    }
    let message = format!("{} has no target and so no IRP", name_of(state, handle));
    Err(host.violation(Rule::ReqNullIrp, message))
}

/// The request, if it came from a queue and the driver has it.
pub fn is_owned(host: &Host, state: &State, handle: Handle) -> Result<Handle, Stop> {
    let request = state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?;
    if request.owned {
        return Ok(handle);
    }
    let name = name_of(state, handle);
    let message = if request.is_from_queue() {
        format!("{name} is in a queue, the driver does not own it")
    } else {
        format!("{name} was made by the driver: it came from no queue")
    };
    Err(host.refusal(Rule::ReqNotOwned, STATUS_INVALID_DEVICE_REQUEST, message))
}

pub fn owned(host: &Host, state: &State, request: Pointer<impl Sized>) -> Result<Handle, Stop> {
    let handle = state.objects.resolve::<Request>(host, request, "Request")?;
    is_owned(host, state, handle)
}

/// The request, if the driver owns it and has no cancel mark on it. One that EvtRequestCancel was called for
/// keeps its mark.
pub fn owned_unmarked(host: &Host, state: &State, handle: Handle) -> Result<Handle, Stop> {
    let handle = is_owned(host, state, handle)?;
    if state.objects.get::<Request>(handle).is_none_or(|request| matches!(request.cancel, Cancel::None)) {
        return Ok(handle);
    }
    let message = format!("{} is marked as cancelable", name_of(state, handle));
    Err(host.refusal(Rule::ReqCancelMark, STATUS_INVALID_DEVICE_REQUEST, message))
}

/// Refuses a request that the driver has sent and that has not come back.
pub fn not_sent(host: &Host, state: &State, handle: Handle) -> Result<(), Stop> {
    if state.objects.get::<Request>(handle).is_none_or(|request| request.outgoing.sent.is_none()) {
        return Ok(());
    }
    let message = format!("{} is sent and has not come back", name_of(state, handle));
    Err(host.refusal(Rule::ReqChangedWhileSent, STATUS_INVALID_DEVICE_REQUEST, message))
}

/// Refuses a request that is over or that a queue has. One that the driver made is always in its hands.
pub fn is_in_hand(host: &Host, state: &State, handle: Handle) -> Result<(), Stop> {
    let request = state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?;
    if request.is_from_queue() {
        not_completed(host, state, handle)?;
        is_owned(host, state, handle)?;
    }
    Ok(())
}
