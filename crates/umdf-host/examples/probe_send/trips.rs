//! The mistakes.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_REQUEST_REUSE_FLAGS as ReuseFlags, BOOLEAN, NTSTATUS, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDF_OBJECT_ATTRIBUTES, WDF_REQUEST_COMPLETION_PARAMS,
    WDF_REQUEST_PARAMETERS, WDF_REQUEST_REUSE_PARAMS, WDF_REQUEST_SEND_OPTIONS, WDFREQUEST,
};

use crate::calls::{
    FORGET, LATE, SYNCHRONOUS, TIMED, cancel, delete, format, format_with, listen, make, make_for, next,
    options, reuse, send, send_with, status_of,
};
use crate::case::{Trip, below};
use crate::device::{device, held, target};
use crate::passed_on::{self, SENT};
use crate::says::expect;
use crate::sent::send_kept;
use crate::trips;
use crate::wdf::{complete, size_field, wdf};

/// Does the mistake that the INF asks for, then tidies up. Nothing runs on after a mistake that ends the
/// host, unless its rule is switched off.
pub fn misdeed(request: WDFREQUEST) {
    passed_on::wait();
    with_kept(SENT.load(std::sync::atomic::Ordering::Relaxed));
    with_sent();
    with_made();
    without_target();
    with_owned(request);
}

/// Nothing that the driver could tell from success may come of a mistake, but for a refusal.
fn expect_harmless(status: NTSTATUS) {
    let harmless = [STATUS_SUCCESS, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_PARAMETER];
    expect("a mistake does no harm", harmless.contains(&status), true);
}

fn reuse_params(flags: u32) -> WDF_REQUEST_REUSE_PARAMS {
    WDF_REQUEST_REUSE_PARAMS {
        Size: size_field::<WDF_REQUEST_REUSE_PARAMS>(),
        Flags: flags,
        ..WDF_REQUEST_REUSE_PARAMS::default()
    }
}

/// A request of the driver that the stack below keeps.
fn with_sent() {
    let mistakes = [
        Trip::SendTwice,
        Trip::SendTwiceSynchronously,
        Trip::ReuseSent,
        Trip::RetargetSent,
        Trip::FormatSent,
        Trip::SetRoutineOfSent,
        Trip::DeleteSent,
    ];
    if !mistakes.iter().any(|mistake| trips(*mistake)) {
        return;
    }
    let request = make();
    send_kept(request, 0, 0);
    if trips(Trip::SendTwice) {
        expect("not sent again", send(request, target()), false);
    } else if trips(Trip::SendTwiceSynchronously) {
        let none = null_mut();
        let sent = wdf!(
            WdfIoTargetSendIoctlSynchronously,
            target(),
            request,
            below::UNKNOWN,
            null_mut(),
            null_mut(),
            none,
            null_mut()
        );
        expect_harmless(sent);
    } else if trips(Trip::ReuseSent) {
        expect_harmless(reuse(request, STATUS_SUCCESS));
    } else if trips(Trip::RetargetSent) {
        expect_harmless(wdf!(WdfRequestChangeTarget, request, target()));
    } else if trips(Trip::FormatSent) {
        expect_harmless(format(request, below::UNKNOWN));
    } else if trips(Trip::SetRoutineOfSent) {
        listen(request, 8);
    } else {
        delete(request);
    }
    expect("it can still be cancelled", cancel(request), true);
    let came = next();
    expect("it comes back once, as it was sent", (came.request, came.context), (request, 7));
    if !trips(Trip::DeleteSent) {
        delete(request);
    }
}

/// The request of an application that the stack below keeps.
fn with_kept(kept: WDFREQUEST) {
    if trips(Trip::ForgetSent) {
        expect("not sent again", send_with(kept, target(), FORGET, 0), false);
    } else if trips(Trip::CompleteSent) {
        complete(kept, STATUS_SUCCESS, 0);
    } else if trips(Trip::FormatCurrentOfSent) {
        wdf!(WdfRequestFormatRequestUsingCurrentType, kept);
    } else if trips(Trip::ForwardSent) {
        expect_harmless(wdf!(WdfRequestForwardToIoQueue, kept, held()));
    } else if trips(Trip::RequeueSent) {
        expect_harmless(wdf!(WdfRequestRequeue, kept));
    } else if trips(Trip::MarkSent) {
        expect_harmless(wdf!(WdfRequestMarkCancelableEx, kept, Some(evt_request_cancel)));
    }
}

unsafe extern "C" fn evt_request_cancel(request: WDFREQUEST) {
    expect("nobody cancels", request.is_null(), true);
}

/// The request of the application that asks for the mistake. It is completed with success.
fn with_owned(request: WDFREQUEST) {
    let current = || wdf!(WdfRequestFormatRequestUsingCurrentType, request);
    with_queued(request);
    if trips(Trip::SendCancelable) {
        wdf!(WdfRequestMarkCancelable, request, Some(evt_request_cancel));
        current();
        expect("sent", send_with(request, target(), SYNCHRONOUS, 0), true);
        expect("the mark stays", wdf!(WdfRequestUnmarkCancelable, request), STATUS_SUCCESS);
    } else if trips(Trip::SendWithoutRoutine) {
        current();
        expect("not sent", send(request, target()), false);
    } else if trips(Trip::ForgetWithRoutine) {
        passed_on::listen(request);
        expect("sent", send_with(request, target(), FORGET, 0), true);
        return;
    } else if trips(Trip::ForgetFormatted) {
        expect("format", format(request, below::UNKNOWN), STATUS_SUCCESS);
        expect("not sent", send_with(request, target(), FORGET, 0), false);
    } else if trips(Trip::CompleteForgotten) {
        expect("sent", send_with(request, target(), FORGET, 0), true);
        complete(request, STATUS_SUCCESS, 0);
        return;
    } else if trips(Trip::CompleteWithFormattedMemory) {
        let (made, mut memory) = (make(), null_mut());
        let status = wdf!(WdfRequestRetrieveOutputMemory, request, &raw mut memory);
        expect("output memory", status, STATUS_SUCCESS);
        expect("format", format_with(made, below::UNKNOWN, memory, None), STATUS_SUCCESS);
        complete(request, STATUS_SUCCESS, 0);
        delete(made);
        return;
    } else if trips(Trip::ParamsOfUnformatted) {
        let mut params = WDF_REQUEST_COMPLETION_PARAMS {
            Size: size_field::<WDF_REQUEST_COMPLETION_PARAMS>(),
            Type: 1,
            ..WDF_REQUEST_COMPLETION_PARAMS::default()
        };
        wdf!(WdfRequestGetCompletionParams, request, &raw mut params);
        let empty = wdk_sys::_WDF_REQUEST_TYPE::WdfRequestTypeNoFormat;
        expect("parameters of nothing", params.Type, empty);
    } else if trips(Trip::ParamsOfNoSize) {
        let mut params =
            WDF_REQUEST_COMPLETION_PARAMS { Type: 1, ..WDF_REQUEST_COMPLETION_PARAMS::default() };
        wdf!(WdfRequestGetCompletionParams, request, &raw mut params);
        expect("parameters of no size", params.Type, 1);
    }
    to_null(request);
    complete(request, STATUS_SUCCESS, 0);
}

/// NULL and something else that is refused with a status.
fn to_null(request: WDFREQUEST) {
    if trips(Trip::NoActivityToNull) {
        expect_harmless(wdf!(WdfRequestRetrieveActivityId, request, null_mut()));
    } else if trips(Trip::NoInputToNull) {
        expect_harmless(wdf!(WdfRequestRetrieveInputMemory, request, null_mut()));
    } else if trips(Trip::NoAttributesToNull) {
        let mut none = WDF_OBJECT_ATTRIBUTES::default();
        expect_harmless(wdf!(WdfIoTargetCreate, device(), &raw mut none, null_mut()));
    }
}

/// The same request, while it waits in a queue.
fn with_queued(request: WDFREQUEST) {
    let mistakes = [
        Trip::SendQueued,
        Trip::FormatQueued,
        Trip::FormatCurrentOfQueued,
        Trip::RetargetQueued,
        Trip::ReuseQueued,
        Trip::InformationOfQueued,
    ];
    if !mistakes.iter().any(|mistake| trips(*mistake)) {
        return;
    }
    passed_on::listen(request);
    wdf!(WdfRequestFormatRequestUsingCurrentType, request);
    expect("forward", wdf!(WdfRequestForwardToIoQueue, request, held()), STATUS_SUCCESS);
    if trips(Trip::SendQueued) {
        expect("not sent", send(request, target()), false);
    } else if trips(Trip::FormatQueued) {
        expect_harmless(format(request, below::UNKNOWN));
    } else if trips(Trip::FormatCurrentOfQueued) {
        wdf!(WdfRequestFormatRequestUsingCurrentType, request);
    } else if trips(Trip::RetargetQueued) {
        expect_harmless(wdf!(WdfRequestChangeTarget, request, target()));
    } else if trips(Trip::ReuseQueued) {
        expect_harmless(reuse(request, STATUS_SUCCESS));
    } else {
        wdf!(WdfRequestSetInformation, request, 1);
        expect("no information", wdf!(WdfRequestGetInformation, request), 0);
    }
    let mut retrieved = null_mut();
    let next = wdf!(WdfIoQueueRetrieveNextRequest, held(), &raw mut retrieved);
    expect("taken back", (next, retrieved), (STATUS_SUCCESS, request));
}

/// A request of the driver.
fn with_made() {
    let request = make();
    let mut good = options(0, 0);
    let sent = |options: &mut WDF_REQUEST_SEND_OPTIONS| {
        expect("not sent", wdf!(WdfRequestSend, request, target(), &raw mut *options), BOOLEAN::from(false));
    };
    let reuse_with = |mut params: WDF_REQUEST_REUSE_PARAMS| {
        expect_harmless(wdf!(WdfRequestReuse, request, &raw mut params));
    };
    if trips(Trip::OptionsOfNoSize) {
        good.Size = 8;
        sent(&mut good);
    } else if trips(Trip::OptionsUnknown) {
        sent(&mut options(0x10, 0));
    } else if trips(Trip::OptionsForgetInTime) {
        sent(&mut options(FORGET | TIMED, LATE));
    } else if trips(Trip::OptionsImpersonate) {
        sent(&mut options(0x1_0000, 0));
    } else if trips(Trip::ReuseToComplete) {
        reuse_with(reuse_params(2));
    } else if trips(Trip::ReuseWithIrp) {
        let irp = std::ptr::without_provenance_mut(0x1000);
        let new_irp = ReuseFlags::WDF_REQUEST_REUSE_SET_NEW_IRP.cast_unsigned();
        reuse_with(WDF_REQUEST_REUSE_PARAMS { NewIrp: irp, ..reuse_params(new_irp) });
    } else if trips(Trip::CompleteMade) {
        complete(request, STATUS_SUCCESS, 0);
    } else if trips(Trip::ForwardMade) {
        expect_harmless(wdf!(WdfRequestForwardToIoQueue, request, held()));
    } else if trips(Trip::RequeueMade) {
        expect_harmless(wdf!(WdfRequestRequeue, request));
    } else if trips(Trip::MarkMade) {
        expect_harmless(wdf!(WdfRequestMarkCancelableEx, request, Some(evt_request_cancel)));
    } else if trips(Trip::ParametersOfMade) {
        let size = u16::try_from(size_of::<WDF_REQUEST_PARAMETERS>()).expect("a small structure");
        let mut parameters =
            WDF_REQUEST_PARAMETERS { Size: size, Type: 77, ..WDF_REQUEST_PARAMETERS::default() };
        wdf!(WdfRequestGetParameters, request, &raw mut parameters);
        expect("no parameters", parameters.Type, 77);
    } else if trips(Trip::BufferOfMade) {
        let (mut buffer, mut length) = (null_mut(), 0);
        let (at, length) = (&raw mut buffer, &raw mut length);
        expect_harmless(wdf!(WdfRequestRetrieveInputBuffer, request, 0, at, length));
        expect("no buffer", buffer, null_mut());
    } else if trips(Trip::FileOfMade) {
        expect("no file object", wdf!(WdfRequestGetFileObject, request), null_mut());
    } else if trips(Trip::FormatCurrentOfMade) {
        wdf!(WdfRequestFormatRequestUsingCurrentType, request);
    }
    delete(request);
}

/// A request of the driver that has no target yet.
fn without_target() {
    let request = make_for(null_mut());
    if trips(Trip::InformationWithoutTarget) {
        wdf!(WdfRequestSetInformation, request, 1);
    } else if trips(Trip::SendWithoutTarget) {
        expect("not sent", send(request, target()), false);
    } else if trips(Trip::FormatCurrentWithoutTarget) {
        wdf!(WdfRequestFormatRequestUsingCurrentType, request);
    } else if trips(Trip::StatusWithoutTarget) {
        expect("no status", status_of(request), STATUS_SUCCESS);
    }
    delete(request);
}
