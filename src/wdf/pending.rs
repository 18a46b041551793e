//! A request that stays with the driver for a while, and can be cancelled meanwhile.

use std::mem::ManuallyDrop;

use wdk_sys::{STATUS_CANCELLED, WDFREQUEST, call_unsafe_wdf_function_binding};

use super::{Callback, Device, Request, WaitLock, check};
use crate::error::Error;

/// EvtRequestCancel.
type EvtRequestCancel = Callback<unsafe extern "C" fn(WDFREQUEST)>;

/// A place for one request and what the driver needs to know about it.
///
/// It is completed once, whoever is faster: the driver that has an answer, or EvtRequestCancel. Both come by the
/// lock here first. So while one of them looks at the request, the other has not completed it yet; and a request
/// that EvtRequestCancel has got, or will get, is not given to the driver any more.
pub(crate) struct Pending<T> {
    place: WaitLock<(Cancelable, T)>,
}

impl<T> Pending<T> {
    /// Makes an empty place that dies with `device`.
    pub fn new(device: &Device) -> Result<Self, Error> {
        Ok(Self { place: WaitLock::new(device)? })
    }

    /// Puts a request into the place, which must be empty; `cancel` is called if it is cancelled.
    ///
    /// If that has happened already, the request is completed with STATUS_CANCELLED.
    pub fn keep(&self, request: Request, value: T, cancel: EvtRequestCancel) {
        let mut place = self.place.lock();
        match Cancelable::mark(request, cancel) {
            Ok(request) => *place = Some((request, value)),
            Err((request, error)) => {
                drop(place);
                request.complete(Err(error));
            }
        }
    }

    /// Lets `look` see the value. If it gives an outcome, the request is the caller's from now on, to be completed
    /// with it: unless it is being cancelled, then there is nothing more to do.
    pub fn finish<R>(&self, look: impl FnOnce(&mut T) -> Option<R>) -> Option<(Request, R)> {
        let mut place = self.place.lock();
        let outcome = place.as_mut().and_then(|(_, value)| look(value))?;
        let request = place.take().and_then(|(request, _)| request.unmark())?;
        Some((request, outcome))
    }

    /// Whether a request is in the place.
    pub fn is_kept(&self) -> bool {
        self.place.lock().is_some()
    }

    /// For EvtRequestCancel: empties the place, and completes the request with STATUS_CANCELLED.
    pub fn cancel(&self, request: Request) {
        // Not completed before the place is empty, not even by a panic.
        let request = ManuallyDrop::new(request);
        // If nobody has taken it out yet it is this request: there is only one.
        *self.place.lock() = None;
        ManuallyDrop::into_inner(request).complete(Err(Error::Cancelled));
    }
}

/// A request that EvtRequestCancel may get at any time. Dropping this completes nothing.
struct Cancelable(ManuallyDrop<Request>);

impl Cancelable {
    /// Lets a request be cancelled. Gives it back, with the reason, if it is cancelled already.
    fn mark(request: Request, cancel: EvtRequestCancel) -> Result<Self, (Request, Error)> {
        // SAFETY: the request is owned; the callback is one of the driver's.
        let status = unsafe {
            call_unsafe_wdf_function_binding!(
                WdfRequestMarkCancelableEx,
                request.handle(),
                Some(cancel.function())
            )
        };
        match status {
            STATUS_CANCELLED => Err((request, Error::Cancelled)),
            status => match check("WdfRequestMarkCancelableEx", status) {
                Ok(()) => Ok(Self(ManuallyDrop::new(request))),
                Err(error) => Err((request, error)),
            },
        }
    }

    /// Takes the request back. `None`: EvtRequestCancel has got it or will get it, and completes it.
    fn unmark(self) -> Option<Request> {
        // SAFETY: the request is not completed: EvtRequestCancel comes by the lock first.
        let status =
            unsafe { call_unsafe_wdf_function_binding!(WdfRequestUnmarkCancelable, self.0.handle()) };
        (status != STATUS_CANCELLED).then(|| ManuallyDrop::into_inner(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::{callback, fake};

    callback! {
        EvtRequestCancel: fn evt_cancel(request: Request) = nothing;
    }

    #[expect(clippy::unnecessary_wraps, reason = "the shape of every callback")]
    fn nothing(request: Request) -> Result<(), Error> {
        request.complete(Ok(0));
        Ok(())
    }

    const CANCELLED: &str = "WdfRequestCompleteWithInformation 0xc0000120 0";

    fn pending() -> Pending<u32> {
        Pending::new(&fake::bare_device()).unwrap()
    }

    #[test]
    fn a_kept_request_is_given_out_once_when_there_is_an_outcome() {
        let pending = pending();
        pending.keep(fake::request(&[]), 5, evt_cancel);
        assert!(pending.finish(|_| None::<()>).is_none());
        assert!(pending.is_kept());
        let (request, outcome) = pending.finish(|value| Some(*value)).unwrap();
        assert_eq!(outcome, 5);
        assert!(pending.finish(|value| Some(*value)).is_none());
        request.complete(Ok(0));
        assert_eq!(
            fake::calls(),
            [
                "WdfRequestMarkCancelableEx",
                "WdfRequestUnmarkCancelable",
                "WdfRequestCompleteWithInformation 0x00000000 0"
            ]
        );
    }

    #[test]
    fn a_request_that_is_cancelled_before_it_is_kept_is_completed() {
        let pending = pending();
        fake::refuse("WdfRequestMarkCancelableEx", 0, STATUS_CANCELLED);
        pending.keep(fake::request(&[]), 5, evt_cancel);
        assert_eq!(fake::calls(), ["WdfRequestMarkCancelableEx", CANCELLED]);
        assert!(!pending.is_kept());
    }

    /// EvtRequestCancel is on its way, and waits for the lock.
    #[test]
    fn a_request_that_is_being_cancelled_is_not_given_out() {
        let pending = pending();
        let handle = fake::request_handle(&[]);
        pending.keep(fake::request_of(handle), 5, evt_cancel);
        fake::refuse("WdfRequestUnmarkCancelable", 0, STATUS_CANCELLED);
        assert!(pending.finish(|value| Some(*value)).is_none());
        pending.cancel(fake::request_of(handle));
        assert_eq!(fake::calls(), ["WdfRequestMarkCancelableEx", "WdfRequestUnmarkCancelable", CANCELLED]);
    }

    #[test]
    fn a_cancelled_request_leaves_the_place_and_is_completed_once() {
        let pending = pending();
        let handle = fake::request_handle(&[]);
        pending.keep(fake::request_of(handle), 5, evt_cancel);
        pending.cancel(fake::request_of(handle));
        assert!(!pending.is_kept());
        assert_eq!(fake::calls(), ["WdfRequestMarkCancelableEx", CANCELLED]);
    }
}
