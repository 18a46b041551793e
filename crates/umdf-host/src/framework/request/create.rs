//! Requests that the driver makes: their birth, second life and end (`fxrequest.cpp`, `fxrequestbase.cpp`).

use wdk_portable::{
    _WDF_REQUEST_REUSE_FLAGS as ReuseFlags, NTSTATUS, PWDF_OBJECT_ATTRIBUTES, PWDF_REQUEST_REUSE_PARAMS,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDF_REQUEST_REUSE_PARAMS,
    WDFIOTARGET, WDFREQUEST,
};

use super::checks::{is_in_hand, name_of, not_sent};
use super::{Kind, Request};
use crate::framework::attributes::{self, Allowed};
use crate::framework::iotarget::IoTarget;
use crate::framework::{Handle, Pointer, Stop, object};
use crate::host::{Host, State};
use crate::rules::Rule;
use crate::status::STATUS_WDF_REQUEST_INVALID_STATE;

/// `WDF_REQUEST_REUSE_MUST_COMPLETE`, which the framework knows and the headers of UMDF do not have.
const MUST_COMPLETE: u32 = 2;

/// A request of the driver should not be deleted while it is sent. Its object stays until the request has come
/// back.
pub fn check_deletion(host: &Host, handle: Handle) {
    let state = host.state();
    if state.objects.get::<Request>(handle).is_some_and(|request| !request.is_from_queue()) {
        // The call goes on as if nothing was wrong.
        let _ = not_sent(host, &state, handle);
    }
}

/// A request of the driver that is deleted gives back the memory that it is formatted with. Another one
/// has done so with its completion.
pub fn release_memory(host: &Host, handle: Handle) {
    let mut state = host.state();
    let memories = state.objects.get_mut::<Request>(handle).map(|request| request.outgoing.release());
    drop(state);
    object::release_all(host, memories.unwrap_or_default());
}

/// The checked parameters of a reuse.
fn params(host: &Host, params: Pointer<WDF_REQUEST_REUSE_PARAMS>) -> Result<WDF_REQUEST_REUSE_PARAMS, Stop> {
    let invalid = Stop::Status(STATUS_INVALID_PARAMETER);
    // Unlike others this function has no status of its own for a wrong size.
    if params.size_field(host, "ReuseParams")? as usize != size_of::<WDF_REQUEST_REUSE_PARAMS>() {
        return Err(invalid);
    }
    let params = params.read(host, "ReuseParams")?;
    let known = ReuseFlags::WDF_REQUEST_REUSE_SET_NEW_IRP.cast_unsigned() | MUST_COMPLETE;
    if params.Flags & !known != 0 { Err(invalid) } else { Ok(params) }
}

/// What is left to do with a request whose format is gone.
fn reuse(
    host: &Host,
    state: &mut State,
    handle: Handle,
    params: &WDF_REQUEST_REUSE_PARAMS,
) -> Result<NTSTATUS, Stop> {
    let name = name_of(state, handle);
    let request = state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?;
    let new_irp = params.Flags & ReuseFlags::WDF_REQUEST_REUSE_SET_NEW_IRP.cast_unsigned() != 0;
    if request.is_from_queue() {
        if new_irp {
            return Err(Stop::Status(STATUS_WDF_REQUEST_INVALID_STATE));
        }
    } else if new_irp {
        if !params.NewIrp.is_null() {
            let message = format!("NewIrp for {name}: there are no IRPs that a UMDF driver could have");
            return Err(host.refusal(Rule::ArgumentInvalid, STATUS_INVALID_PARAMETER, message));
        }
        request.outgoing.irp = false;
    }
    if !request.is_from_queue() && params.Flags & MUST_COMPLETE != 0 {
        let status =
            if request.outgoing.irp { STATUS_INVALID_DEVICE_REQUEST } else { STATUS_INVALID_PARAMETER };
        let message = format!("{name} is to be completed by the driver, which has made it");
        return Err(host.refusal(Rule::ArgumentInvalid, status, message));
    }
    if request.outgoing.irp {
        request.outgoing.status = params.Status;
        request.information = 0;
    }
    request.outgoing.cancelled = false;
    request.cancelled = false;
    Ok(STATUS_SUCCESS)
}

ddi! {
    /// Makes a request. Without a target it cannot be used before WdfRequestChangeTarget.
    fn WdfRequestCreate(
        host,
        RequestAttributes: PWDF_OBJECT_ATTRIBUTES,
        IoTarget: WDFIOTARGET,
        Request: *mut WDFREQUEST,
    ) -> NTSTATUS {
        let mut state = host.state();
        let has_target = !IoTarget.is_null();
        if has_target {
            state.objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
        } else {
            // It would say to which driver the request belongs.
            attributes::check_parent(host, &state.objects, RequestAttributes)?;
        }
        Request.write(host, "Request", std::ptr::null_mut())?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, RequestAttributes, allowed)?;
        let body = Request::of_driver(Kind::None, has_target);
        let request = object::create_below_driver(host, &mut state, body, attributes)?;
        Request.write(host, "Request", request.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Makes a request as good as new, to be formatted and sent once more.
    fn WdfRequestReuse(host, Request: WDFREQUEST, ReuseParams: PWDF_REQUEST_REUSE_PARAMS) -> NTSTATUS {
        let (handle, params, memories) = {
            let mut state = host.state();
            let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
            let params = params(host, ReuseParams)?;
            is_in_hand(host, &state, handle)?;
            if not_sent(host, &state, handle).is_err() {
                // Reported; the real framework goes on with an IRP that somebody else has.
                return Err(Stop::NoEffect);
            }
            let request = state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?;
            request.outgoing.routine = None;
            (handle, params, request.outgoing.release())
        };
        object::release_all(host, memories);
        reuse(host, &mut host.state(), handle, &params)
    }

    /// Says where a request will be sent, which takes its format away.
    fn WdfRequestChangeTarget(host, Request: WDFREQUEST, IoTarget: WDFIOTARGET) -> NTSTATUS {
        let memories = {
            let mut state = host.state();
            let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
            state.objects.resolve::<IoTarget>(host, IoTarget, "IoTarget")?;
            is_in_hand(host, &state, handle)?;
            not_sent(host, &state, handle)?;
            let request = state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?;
            request.outgoing.irp = true;
            request.outgoing.release()
        };
        object::release_all(host, memories);
        Ok(STATUS_SUCCESS)
    }

    /// Makes the timer of a request beforehand. A timer needs no memory here, so nothing can fail now or
    /// later.
    fn WdfRequestAllocateTimer(host, Request: WDFREQUEST) -> NTSTATUS {
        host.state().objects.resolve::<Request>(host, Request, "Request")?;
        Ok(STATUS_SUCCESS)
    }
}
