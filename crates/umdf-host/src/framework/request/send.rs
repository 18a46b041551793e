//! Sending requests and what comes back (`fxrequestapi.cpp`).

use std::sync::MutexGuard;
use std::time::Duration;

use wdk_portable::{
    BOOLEAN, NTSTATUS, PFN_WDF_REQUEST_COMPLETION_ROUTINE, PWDF_REQUEST_COMPLETION_PARAMS,
    PWDF_REQUEST_SEND_OPTIONS, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE,
    STATUS_INVALID_PARAMETER, WDF_REQUEST_COMPLETION_PARAMS, WDFCONTEXT, WDFIOTARGET, WDFREQUEST,
};

use super::checks::{has_irp, is_in_hand, name_of, not_sent};
use super::outgoing::{Load, Routine};
use super::place::Place;
use super::{Kind, Request};
use crate::framework::device::Device;
use crate::framework::device::files::FileConfig;
use crate::framework::iotarget::IoTarget;
use crate::framework::iotarget::options::{Manner, SendOptions};
use crate::framework::{Handle, Stop};
use crate::host::{Host, State, host};
use crate::io::forget;
use crate::io::send::{self, Order, Return};
use crate::rules::Rule;
use crate::schedule;
use crate::status::STATUS_REQUEST_NOT_ACCEPTED;

/// A request that could not be sent says why. The answer is that reason.
pub fn refuse(host: &Host, state: &mut State, request: Handle, status: NTSTATUS) -> Stop {
    if let Err(stop) = has_irp(host, state, request) {
        return stop;
    }
    if let Some(request) = state.objects.get_mut::<Request>(request) {
        request.outgoing.status = status;
    }
    Stop::Status(status)
}

/// As [`refuse`], for a mistake that the framework reports.
fn refuse_reported(host: &Host, state: &mut State, request: Handle, status: NTSTATUS, what: Mistake) -> Stop {
    match host.refusal(what.rule, status, what.message) {
        Stop::Status(status) => refuse(host, state, request, status),
        Stop::NoEffect => Stop::NoEffect,
    }
}

struct Mistake {
    rule: Rule,
    message: String,
}

/// Refuses a request that somebody else may use while it is sent, or is sent already.
pub fn check_sendable(host: &Host, state: &State, request: Handle) -> Result<(), Stop> {
    is_in_hand(host, state, request)?;
    let body = state.objects.get::<Request>(request).ok_or(Stop::NoEffect)?;
    if body.outgoing.sent.is_some() {
        let message = format!("{} is sent and has not come back", name_of(state, request));
        return Err(host.violation(Rule::ReqAlreadySent, message));
    }
    if body.is_marked() {
        let name = name_of(state, request);
        let message = format!("{name} is sent while EvtRequestCancel may be called for it");
        host.violation(Rule::ReqSentWhileCancelable, message);
    }
    Ok(())
}

/// What the request asks for, if it is formatted.
fn load(host: &Host, state: &mut State, request: Handle) -> Result<Load, Stop> {
    let load = state.objects.get::<Request>(request).and_then(|request| request.outgoing.load);
    load.ok_or_else(|| refuse(host, state, request, STATUS_REQUEST_NOT_ACCEPTED))
}

/// Sends a request and waits until it has come back; the answer is what with.
pub fn synchronously(
    state: MutexGuard<'_, State>,
    mut order: Order,
    timeout: Option<Duration>,
) -> Result<Return, Stop> {
    let host = host();
    let (waiter, came_back) = schedule::reply();
    let target = order.target;
    order.waiter = Some(waiter);
    let number = send::submit(host, state, order)?;
    let limit = host.hang_limit();
    if let Some(timeout) = timeout {
        if let Ok(came_back) = came_back.recv_timeout(timeout) {
            return Ok(came_back);
        }
        send::time_out(host, number);
    }
    came_back.recv_timeout(limit).map_err(|_| {
        let name = host.state().objects.name(target);
        host.end(format!("a request that was sent to {name} did not come back before the deadline"))
    })
}

/// Sends a request as the options say; the answer is whether it was sent.
fn send(
    host: &Host,
    mut state: MutexGuard<'_, State>,
    request: Handle,
    target: Handle,
    options: &SendOptions,
) -> Result<(), Stop> {
    if options.manner == Manner::Forget {
        return send_and_forget(host, state, request);
    }
    let body = state.objects.get::<Request>(request).ok_or(Stop::NoEffect)?;
    let lacks_routine = body.is_from_queue() && body.outgoing.routine.is_none();
    if options.manner == Manner::Asynchronous && lacks_routine {
        let message = format!("{} has no completion routine", name_of(&state, request));
        let mistake = Mistake { rule: Rule::ReqSentWithoutRoutine, message };
        let status = STATUS_INVALID_DEVICE_REQUEST;
        return Err(refuse_reported(host, &mut state, request, status, mistake));
    }
    check_sendable(host, &state, request)?;
    has_irp(host, &state, request)?;
    let load = load(host, &mut state, request)?;
    let order = Order {
        target,
        request: Some(request),
        load,
        ignores_state: options.ignores_state,
        timeout: None,
        waiter: None,
    };
    let sent = if options.manner == Manner::Synchronous {
        synchronously(state, order, options.timeout).map(|_| ())
    } else {
        send::submit(self::host(), state, Order { timeout: options.timeout, ..order }).map(|_| ())
    };
    sent.map_err(|stop| match stop {
        Stop::Status(status) => refuse(host, &mut host.state(), request, status),
        Stop::NoEffect => stop,
    })
}

/// Whether an application opens the device with the request.
fn is_create(state: &State, request: Handle) -> bool {
    state.objects.get::<Request>(request).is_some_and(|request| matches!(request.kind, Kind::Create))
}

/// Whether the framework made a file object for the request, which creates one.
fn creates_file(state: &State, request: Handle) -> bool {
    let device = state.objects.device_above(request);
    let files = device.and_then(|device| state.objects.get::<Device>(device)?.files.as_ref());
    is_create(state, request) && files.is_some_and(FileConfig::makes_objects)
}

/// Sends a request that the driver has from a queue, and gives it up. The state of the target does not
/// count.
fn send_and_forget(host: &Host, mut state: MutexGuard<'_, State>, request: Handle) -> Result<(), Stop> {
    let name = name_of(&state, request);
    let body = state.objects.get::<Request>(request).ok_or(Stop::NoEffect)?;
    if !body.is_from_queue() {
        return Err(refuse(host, &mut state, request, STATUS_INVALID_DEVICE_STATE));
    }
    if body.outgoing.formatted.is_some() {
        let message = format!("{name} is forgotten, but it was formatted with memory");
        let mistake = Mistake { rule: Rule::ReqSendAndForget, message };
        let status = STATUS_INVALID_DEVICE_REQUEST;
        return Err(refuse_reported(host, &mut state, request, status, mistake));
    }
    check_sendable(host, &state, request)?;
    let body = state.objects.get::<Request>(request).ok_or(Stop::NoEffect)?;
    for (holds, what) in [
        (body.outgoing.routine.is_some(), "it has a completion routine, which will not be called"),
        (creates_file(&state, request), "it creates a file object"),
    ] {
        if holds {
            host.violation(Rule::ReqSendAndForget, format!("{name} is forgotten, but {what}"));
        }
    }
    drop(state);
    if forget::forget(self::host(), request) {
        Ok(())
    } else {
        Err(host.violation(Rule::ReqDoubleComplete, format!("{name} was completed before")))
    }
}

ddi! {
    /// Sends a request. The answer is whether it was sent; if not, WdfRequestGetStatus says why.
    fn WdfRequestSend(
        host,
        Request: WDFREQUEST,
        Target: WDFIOTARGET,
        Options: PWDF_REQUEST_SEND_OPTIONS,
    ) -> BOOLEAN {
        let mut state = host.state();
        let request = state.objects.resolve::<Request>(host, Request, "Request")?;
        let creates = is_create(&state, request);
        let options = match SendOptions::read(host, Options, creates) {
            Ok(options) => options,
            Err(Stop::Status(_)) => {
                // Whatever is wrong with them.
                let message = format!("the options for {} are none", name_of(&state, request));
                let mistake = Mistake { rule: Rule::ArgumentInvalid, message };
                let status = STATUS_INVALID_PARAMETER;
                return Err(refuse_reported(host, &mut state, request, status, mistake));
            }
            Err(stop) => return Err(stop),
        };
        let target = state.objects.resolve::<IoTarget>(host, Target, "Target")?;
        send(host, state, request, target, &options).map(|()| BOOLEAN::from(true))
    }

    /// Asks whoever has a sent request to give it back. The answer is whether somebody was asked; the
    /// completion routine is called in any case.
    fn WdfRequestCancelSentRequest(host, Request: WDFREQUEST) -> BOOLEAN {
        let sent = {
            let mut state = host.state();
            let request = state.objects.resolve::<Request>(host, Request, "Request")?;
            let request = state.objects.get_mut::<Request>(request).ok_or(Stop::NoEffect)?;
            // It cannot be sent now, either.
            request.outgoing.cancelled = true;
            request.outgoing.sent
        };
        Ok(sent.is_some_and(|number| send::recall(self::host(), number)).into())
    }

    /// Says who is told when the request comes back.
    fn WdfRequestSetCompletionRoutine(
        host,
        Request: WDFREQUEST,
        CompletionRoutine: PFN_WDF_REQUEST_COMPLETION_ROUTINE,
        CompletionContext: WDFCONTEXT,
    ) {
        let mut state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        not_sent(host, &state, handle)?;
        let request = state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?;
        request.outgoing.routine = Routine::new(CompletionRoutine, CompletionContext.raw());
        Ok(())
    }

    /// What a request came back with that was formatted with memory.
    fn WdfRequestGetCompletionParams(host, Request: WDFREQUEST, Params: PWDF_REQUEST_COMPLETION_PARAMS) {
        let state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        let size = Params.size_field(host, "Params")?;
        if size as usize != size_of::<WDF_REQUEST_COMPLETION_PARAMS>() {
            let message = format!("Params->Size is {size}, not {}", size_of::<WDF_REQUEST_COMPLETION_PARAMS>());
            return Err(host.violation(Rule::ArgumentInvalid, message));
        }
        let request = state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?;
        Params.write_if_any(request.outgoing.params());
        if request.outgoing.formatted.is_none() {
            let message = format!("{} is not formatted", name_of(&state, handle));
            return Err(host.violation(Rule::ReqNotFormatted, message));
        }
        Ok(())
    }

    /// Passes a request on as it came.
    fn WdfRequestFormatRequestUsingCurrentType(host, Request: WDFREQUEST) {
        let mut state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        has_irp(host, &state, handle)?;
        is_in_hand(host, &state, handle)?;
        not_sent(host, &state, handle)?;
        let name = name_of(&state, handle);
        let request = state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?;
        let code = match request.kind {
            Kind::None => {
                let message = format!("{name} was made by the driver and asks for nothing");
                return Err(host.violation(Rule::ReqNoStackLocation, message));
            }
            Kind::DeviceControl { code, .. } => Some(code),
            Kind::Create | Kind::Read { .. } | Kind::Write { .. } => None,
        };
        request.outgoing.load = Some(Load { code, output: Place::Own });
        Ok(())
    }
}
