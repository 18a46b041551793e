//! What the framework refuses and reports about a request that the driver owns.

use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{NTSTATUS, WDFQUEUE__, WDFREQUEST};

use crate::asked;
use crate::cancel::evt_request_cancel;
use crate::case::Case;
use crate::device::{DEFAULT, HELD};
use crate::says::note;
use crate::wdf::wdf;

/// Makes the mistake that was asked for, and says what came of it.
pub fn make(request: WDFREQUEST) {
    if let Some(status) = mistake(request) {
        note(&format!("came {:#x}", status.cast_unsigned()));
    }
}

fn mistake(request: WDFREQUEST) -> Option<NTSTATUS> {
    let mark = || wdf!(WdfRequestMarkCancelableEx, request, Some(evt_request_cancel));
    let forward = |queue: &AtomicPtr<WDFQUEUE__>| {
        let queue = queue.load(Ordering::Relaxed);
        wdf!(WdfRequestForwardToIoQueue, request, queue)
    };
    let marked = |misdeed: &dyn Fn() -> NTSTATUS| {
        mark();
        let status = misdeed();
        let _ = wdf!(WdfRequestUnmarkCancelable, request);
        status
    };
    Some(match () {
        () if asked(Case::MarkTwice) => marked(&mark),
        () if asked(Case::ForwardMarked) => marked(&|| forward(&HELD)),
        () if asked(Case::RequeueMarked) => marked(&|| wdf!(WdfRequestRequeue, request)),
        () if asked(Case::AskMarked) => marked(&|| wdf!(WdfRequestIsCanceled, request).into()),
        () if asked(Case::ForwardToOwnQueue) => forward(&DEFAULT),
        // The last device that was added is the other one.
        () if asked(Case::ForwardToOtherDevice) => forward(&HELD),
        () if asked(Case::RequeueFromParallel) => wdf!(WdfRequestRequeue, request),
        () => return None,
    })
}
