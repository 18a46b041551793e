//! Requests that are cancelled or stopped.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{
    _WDF_REQUEST_STOP_ACTION_FLAGS as Flags, BOOLEAN, STATUS_CANCELLED, STATUS_SUCCESS, ULONG, WDFQUEUE,
    WDFREQUEST, WDFREQUEST__,
};

use crate::asked;
use crate::case::Case;
use crate::device::DRAINED;
use crate::queues::BUSY;
use crate::says::{expect, note};
use crate::wdf::{complete, wdf};

/// The request that the driver keeps without a mark.
pub static KEPT: AtomicPtr<WDFREQUEST__> = AtomicPtr::new(null_mut());

pub unsafe extern "C" fn evt_request_cancel(request: WDFREQUEST) {
    let status = wdf!(WdfRequestUnmarkCancelable, request);
    expect("unmark in EvtRequestCancel", status, STATUS_CANCELLED);
    complete(request, STATUS_CANCELLED, 0);
}

pub unsafe extern "C" fn evt_io_canceled_on_queue(_queue: WDFQUEUE, request: WDFREQUEST) {
    expect("cancelled on its queue", wdf!(WdfRequestIsCanceled, request), BOOLEAN::from(true));
    complete(request, STATUS_CANCELLED, 0);
}

/// Marks of a request that nobody cancels.
pub fn marks(request: WDFREQUEST) {
    let canceled = || wdf!(WdfRequestIsCanceled, request);
    let unmark = || wdf!(WdfRequestUnmarkCancelable, request);
    expect("not cancelled", canceled(), BOOLEAN::from(false));
    wdf!(WdfRequestMarkCancelable, request, Some(evt_request_cancel));
    expect("unmark", unmark(), STATUS_SUCCESS);
    let marked = wdf!(WdfRequestMarkCancelableEx, request, Some(evt_request_cancel));
    expect("mark, with an answer", marked, STATUS_SUCCESS);
    expect("unmark again", unmark(), STATUS_SUCCESS);
    let drained = DRAINED.load(Ordering::Relaxed);
    expect("forward to a drained queue", wdf!(WdfRequestForwardToIoQueue, request, drained), BUSY);
}

/// The kept request was cancelled while it had no mark.
pub fn after_cancel() {
    let request = KEPT.swap(null_mut(), Ordering::Relaxed);
    expect("cancelled without a mark", wdf!(WdfRequestIsCanceled, request), BOOLEAN::from(true));
    let marked = wdf!(WdfRequestMarkCancelableEx, request, Some(evt_request_cancel));
    expect("mark of a cancelled request", marked, STATUS_CANCELLED);
    note("EvtRequestCancel comes now");
    wdf!(WdfRequestMarkCancelable, request, Some(evt_request_cancel));
    note("EvtRequestCancel was here");
}

pub unsafe extern "C" fn evt_io_stop(_queue: WDFQUEUE, request: WDFREQUEST, flags: ULONG) {
    let suspend = flags & Flags::WdfRequestStopActionSuspend.cast_unsigned() != 0;
    if flags & Flags::WdfRequestStopRequestCancelable.cast_unsigned() != 0 {
        note("cancelable");
    }
    if suspend && asked(Case::KeepOnStop) {
        note("suspend");
        wdf!(WdfRequestStopAcknowledge, request, BOOLEAN::from(false));
    } else if suspend {
        note("give back");
        let _ = wdf!(WdfRequestUnmarkCancelable, request);
        wdf!(WdfRequestStopAcknowledge, request, BOOLEAN::from(true));
    } else {
        note("purge");
        complete(request, STATUS_SUCCESS, 0);
    }
}
