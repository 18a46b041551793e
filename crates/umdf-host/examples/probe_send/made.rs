//! Requests that the driver makes: what their functions refuse, and what they are before they are sent.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_EXECUTION_LEVEL as Level, _WDF_REQUEST_REUSE_FLAGS as ReuseFlags, _WDF_REQUEST_TYPE as RequestType,
    _WDF_SYNCHRONIZATION_SCOPE as Scope, BOOLEAN, NTSTATUS, STATUS_CANCELLED, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ULONG, WDF_OBJECT_ATTRIBUTES,
    WDF_REQUEST_COMPLETION_PARAMS, WDF_REQUEST_REUSE_PARAMS, WDFREQUEST,
};

use crate::calls::{
    FORGET, INVALID_STATE, NOT_ACCEPTED, delete, format, listen, make, make_for, reuse, send, send_with,
    status_of,
};
use crate::case::below;
use crate::device::target;
use crate::says::expect;
use crate::wdf::{attributes, size_field, wdf};

/// STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID and STATUS_WDF_EXECUTION_LEVEL_INVALID (`wdfstatus.h`).
const SCOPE_INVALID: NTSTATUS = 0xC020_0210_u32.cast_signed();
const LEVEL_INVALID: NTSTATUS = 0xC020_0211_u32.cast_signed();
/// `WDF_REQUEST_REUSE_MUST_COMPLETE` of the headers of KMDF.
const MUST_COMPLETE: ULONG = 2;

pub fn params(request: WDFREQUEST) -> WDF_REQUEST_COMPLETION_PARAMS {
    let mut params = WDF_REQUEST_COMPLETION_PARAMS {
        Size: size_field::<WDF_REQUEST_COMPLETION_PARAMS>(),
        ..WDF_REQUEST_COMPLETION_PARAMS::default()
    };
    wdf!(WdfRequestGetCompletionParams, request, &raw mut params);
    params
}

/// `request` is the one of the application that asks for the checks.
pub fn check(request: WDFREQUEST) {
    creation();
    targets();
    reuses();
    reuses_of_an_application(request);
    triage();
}

fn create(attributes: WDF_OBJECT_ATTRIBUTES) -> (NTSTATUS, WDFREQUEST) {
    let (mut attributes, mut request) = (attributes, std::ptr::dangling_mut());
    let made = wdf!(WdfRequestCreate, &raw mut attributes, target(), &raw mut request);
    (made, request)
}

fn creation() {
    let good = attributes(null_mut());
    let none = null_mut();
    for (what, given, expected) in [
        ("size", WDF_OBJECT_ATTRIBUTES { Size: 8, ..good }, STATUS_INFO_LENGTH_MISMATCH),
        (
            "scope",
            WDF_OBJECT_ATTRIBUTES { SynchronizationScope: Scope::WdfSynchronizationScopeDevice, ..good },
            SCOPE_INVALID,
        ),
        (
            "level",
            WDF_OBJECT_ATTRIBUTES { ExecutionLevel: Level::WdfExecutionLevelPassive, ..good },
            LEVEL_INVALID,
        ),
    ] {
        expect(&format!("request with attributes of a wrong {what}"), create(given), (expected, none));
    }
    let request = make();
    expect("a request is made", request.is_null(), false);
    expect("queue of a made request", wdf!(WdfRequestGetIoQueue, request).is_null(), true);
    expect("status of a made request", status_of(request), STATUS_SUCCESS);
    expect("information of a made request", wdf!(WdfRequestGetInformation, request), 0);
    wdf!(WdfRequestSetInformation, request, 5);
    expect("information that was set", wdf!(WdfRequestGetInformation, request), 5);
    expect("made by a driver", wdf!(WdfRequestIsFromUserModeDriver, request), BOOLEAN::from(true));
    expect("a request that is not formatted", send(request, target()), false);
    expect("why it is not sent", status_of(request), NOT_ACCEPTED);
    expect("a made request is not forgotten", send_with(request, target(), FORGET, 0), false);
    expect("why it is not forgotten", status_of(request), STATUS_INVALID_DEVICE_STATE);
    expect("cancel before it is sent", crate::calls::cancel(request), false);
    expect("format of a cancelled request", format(request, below::ANSWERED), STATUS_SUCCESS);
    expect("a cancelled request is not sent", send(request, target()), false);
    expect("why it is not sent either", status_of(request), STATUS_CANCELLED);
    expect("timer", wdf!(WdfRequestAllocateTimer, request), STATUS_SUCCESS);
    expect("timer again", wdf!(WdfRequestAllocateTimer, request), STATUS_SUCCESS);
    delete(request);

    let (made, parent) = create(good);
    expect("request with attributes", made, STATUS_SUCCESS);
    let (made, child) = create(attributes(parent.cast()));
    expect("request with a parent", (made, child.is_null()), (STATUS_SUCCESS, false));
    delete(parent);
}

fn targets() {
    let request = make_for(null_mut());
    expect("request without a target", request.is_null(), false);
    expect("change of the target", wdf!(WdfRequestChangeTarget, request, target()), STATUS_SUCCESS);
    expect("status with a target", status_of(request), STATUS_SUCCESS);
    expect("format", format(request, below::ANSWERED), STATUS_SUCCESS);
    expect("change to the same target", wdf!(WdfRequestChangeTarget, request, target()), STATUS_SUCCESS);
    expect(
        "the change took the format",
        (send(request, target()), status_of(request)),
        (false, NOT_ACCEPTED),
    );
    let other = make_for(null_mut());
    expect("format without a target", format(other, below::ANSWERED), STATUS_SUCCESS);
    expect("the format named the target", status_of(other), STATUS_SUCCESS);
    delete(other);
    delete(request);
}

fn reuses() {
    let request = make();
    let good = WDF_REQUEST_REUSE_PARAMS {
        Size: size_field::<WDF_REQUEST_REUSE_PARAMS>(),
        Status: STATUS_CANCELLED,
        ..WDF_REQUEST_REUSE_PARAMS::default()
    };
    let with = |params: WDF_REQUEST_REUSE_PARAMS| {
        let mut params = params;
        wdf!(WdfRequestReuse, request, &raw mut params)
    };
    let new_irp = ReuseFlags::WDF_REQUEST_REUSE_SET_NEW_IRP.cast_unsigned();
    expect(
        "reuse of a wrong size",
        with(WDF_REQUEST_REUSE_PARAMS { Size: 8, ..good }),
        STATUS_INVALID_PARAMETER,
    );
    expect(
        "reuse with a strange flag",
        with(WDF_REQUEST_REUSE_PARAMS { Flags: 4, ..good }),
        STATUS_INVALID_PARAMETER,
    );
    expect("status is still the old one", status_of(request), STATUS_SUCCESS);
    expect("cancel", crate::calls::cancel(request), false);
    expect("reuse", with(good), STATUS_SUCCESS);
    expect("status of the reuse", status_of(request), STATUS_CANCELLED);
    expect("format after the reuse", format(request, below::ANSWERED), STATUS_SUCCESS);
    listen(request, 1);
    expect("reuse once more", reuse(request, STATUS_SUCCESS), STATUS_SUCCESS);
    let left = params(request);
    expect("parameters after a reuse", left.Type, RequestType::WdfRequestTypeNoFormat);
    expect("the reuse took the format", (send(request, target()), status_of(request)), (false, NOT_ACCEPTED));
    expect("format once more", format(request, below::ANSWERED), STATUS_SUCCESS);
    expect("sent without a routine", send_with(request, target(), crate::calls::SYNCHRONOUS, 0), true);
    expect("the reuse took the routine", crate::calls::came().len(), 0);
    expect("reuse without an IRP", with(WDF_REQUEST_REUSE_PARAMS { Flags: new_irp, ..good }), STATUS_SUCCESS);
    expect("a new target after that", wdf!(WdfRequestChangeTarget, request, target()), STATUS_SUCCESS);
    delete(request);
}

/// What the parameters of a reuse mean for a request from a queue.
fn reuses_of_an_application(request: WDFREQUEST) {
    let with = |flags| {
        let mut params = WDF_REQUEST_REUSE_PARAMS {
            Size: size_field::<WDF_REQUEST_REUSE_PARAMS>(),
            Flags: flags,
            Status: STATUS_CANCELLED,
            ..WDF_REQUEST_REUSE_PARAMS::default()
        };
        wdf!(WdfRequestReuse, request, &raw mut params)
    };
    let new_irp = ReuseFlags::WDF_REQUEST_REUSE_SET_NEW_IRP.cast_unsigned();
    expect("another IRP for an application's request", with(new_irp), INVALID_STATE);
    expect("its status is still the old one", status_of(request), STATUS_SUCCESS);
    expect("reuse of an application's request", with(MUST_COMPLETE), STATUS_SUCCESS);
    expect("its status", status_of(request), STATUS_CANCELLED);
    let retargeted = wdf!(WdfRequestChangeTarget, request, target());
    expect("target of an application's request", retargeted, STATUS_SUCCESS);
    expect("its queue", wdf!(WdfRequestGetIoQueue, request).is_null(), false);
}

/// The versions at the head of `WDF_TRIAGE_INFO` (`wdftriage.h`).
fn triage() {
    let information = wdf!(WdfGetTriageInfo).cast::<[ULONG; 4]>();
    // SAFETY: the framework's structure, which lives as long as the framework.
    let versions = unsafe { information.read() };
    expect("triage information", versions, [2, 15, 1, 0]);
}
