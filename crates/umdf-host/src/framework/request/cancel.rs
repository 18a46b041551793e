//! Cancel marks, and the answer to EvtIoStop.

use wdk_portable::{
    BOOLEAN, NTSTATUS, PFN_WDF_REQUEST_CANCEL, STATUS_CANCELLED, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_SUCCESS, WDFREQUEST,
};

use super::checks::{is_owned, name_of, not_sent, owned, owned_unmarked};
use super::{Cancel, Request, Stopping};
use crate::framework::io::Queue;
use crate::framework::{Handle, Pointer, Stop};
use crate::host::{Host, State, host};
use crate::io;
use crate::rules::Rule;

/// Whether a cancel came before the mark, or the queue gives up every request.
fn is_cancelled(state: &State, request: Handle) -> bool {
    state.objects.get::<Request>(request).is_some_and(|request| {
        let queue = request.queue.and_then(|queue| state.objects.get::<Queue>(queue));
        request.cancelled || queue.is_some_and(|queue| queue.gives_up)
    })
}

/// The request, if it came from a queue and has the driver as its owner.
fn from_queue(
    host: &Host,
    state: &State,
    request: Pointer<wdk_portable::WDFREQUEST__>,
    function: PFN_WDF_REQUEST_CANCEL,
) -> Result<Handle, Stop> {
    let handle = state.objects.resolve::<Request>(host, request, "Request")?;
    if function.is_none() {
        return Err(host.violation(Rule::ParamNull, "EvtRequestCancel is NULL"));
    }
    is_owned(host, state, handle)?;
    not_sent(host, state, handle)?;
    owned_unmarked(host, state, handle)
}

ddi! {
    /// Allows cancelling. A request that is cancelled already gets its EvtRequestCancel before this
    /// returns.
    fn WdfRequestMarkCancelable(host, Request: WDFREQUEST, EvtRequestCancel: PFN_WDF_REQUEST_CANCEL) {
        let handle = {
            let mut state = host.state();
            let handle = from_queue(host, &state, Request, EvtRequestCancel)?;
            let cancelled = is_cancelled(&state, handle);
            if let Some(request) = state.objects.get_mut::<Request>(handle) {
                request.cancel = Cancel::Marked(EvtRequestCancel);
            }
            if !cancelled {
                return Ok(());
            }
            handle
        };
        io::cancel::call_routine(host, handle);
        Ok(())
    }

    /// Allows cancelling. For a request that is cancelled already the answer says so and the driver
    /// completes it.
    fn WdfRequestMarkCancelableEx(host, Request: WDFREQUEST, EvtRequestCancel: PFN_WDF_REQUEST_CANCEL) -> NTSTATUS {
        let mut state = host.state();
        let handle = from_queue(host, &state, Request, EvtRequestCancel)?;
        if is_cancelled(&state, handle) {
            return Err(Stop::Status(STATUS_CANCELLED));
        }
        if let Some(request) = state.objects.get_mut::<Request>(handle) {
            request.cancel = Cancel::Marked(EvtRequestCancel);
        }
        Ok(STATUS_SUCCESS)
    }

    /// Takes the mark back: the driver may complete the request, unless EvtRequestCancel was faster.
    fn WdfRequestUnmarkCancelable(host, Request: WDFREQUEST) -> NTSTATUS {
        let mut state = host.state();
        let handle = owned(host, &state, Request)?;
        match state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?.cancel {
            Cancel::Marked(_) => {
                if let Some(request) = state.objects.get_mut::<Request>(handle) {
                    request.cancel = Cancel::None;
                }
                Ok(STATUS_SUCCESS)
            }
            Cancel::Called => Err(Stop::Status(STATUS_CANCELLED)),
            Cancel::None => {
                let message = format!("{} is unmarked and has no mark", name_of(&state, handle));
                Err(host.refusal(Rule::ReqCancelMark, STATUS_INVALID_DEVICE_REQUEST, message))
            }
        }
    }

    /// Whether the request is cancelled; for requests that are not marked.
    fn WdfRequestIsCanceled(host, Request: WDFREQUEST) -> BOOLEAN {
        let state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        let handle = owned_unmarked(host, &state, handle)?;
        Ok(state.objects.get::<Request>(handle).is_some_and(|request| request.cancelled).into())
    }

    /// The answer to EvtIoStop: the driver keeps the request, or gives it back to its queue.
    fn WdfRequestStopAcknowledge(host, Request: WDFREQUEST, Requeue: BOOLEAN) {
        let mut state = host.state();
        let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
        let name = name_of(&state, handle);
        let stopped = state.objects.get::<Request>(handle).is_some_and(|request| request.stop == Stopping::Told);
        if !stopped {
            let message = format!("WdfRequestStopAcknowledge({name}) answers no EvtIoStop");
            return Err(host.violation(Rule::StopackOutsideIostop, message));
        }
        if Requeue != 0 {
            owned_unmarked(host, &state, handle)?;
            not_sent(host, &state, handle)?;
        }
        if let Some(request) = state.objects.get_mut::<Request>(handle) {
            request.stop = if Requeue != 0 { Stopping::GivenBack } else { Stopping::Kept };
        }
        drop(state);
        host.notify();
        Ok(())
    }

    /// Puts the request at the head of its manual queue; the driver does not own it any more.
    fn WdfRequestRequeue(host, Request: WDFREQUEST) -> NTSTATUS {
        let request = {
            let state = host.state();
            let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
            let handle = owned_unmarked(host, &state, handle)?;
            not_sent(host, &state, handle)?;
            let queue = state.objects.get::<Request>(handle).and_then(|request| request.queue);
            if !queue.and_then(|queue| state.objects.get::<Queue>(queue)).is_some_and(Queue::is_manual) {
                let message = format!("{} is requeued from a queue that is not manual", name_of(&state, handle));
                return Err(host.refusal(Rule::ReqWrongQueue, STATUS_INVALID_DEVICE_REQUEST, message));
            }
            handle
        };
        io::present::requeue(self::host(), request);
        Ok(STATUS_SUCCESS)
    }
}
