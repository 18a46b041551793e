//! A request that stays with the driver for a while, and can be cancelled meanwhile.
//!
//! Sources: Microsoft Learn, "Canceling I/O Requests", "WdfRequestMarkCancelableEx function (wdfrequest.h)",
//! "WdfRequestUnmarkCancelable function (wdfrequest.h)".

use std::mem::ManuallyDrop;

use wdk_sys::WDFREQUEST;

use super::{Device, DeviceContext, Error, Request, WaitLock, callback::serve};

/// What the driver knows about a request that it keeps, and where it keeps it.
pub(crate) trait Keep: Sized {
    /// The place of a device for its request of this kind.
    fn place(context: &DeviceContext) -> &Pending<Self>;
}

/// A place for one request and what the driver needs to know about it.
///
/// It is completed once, whoever is faster: the driver that has an answer, or EvtRequestCancel. Both come by the
/// lock here first. So while one of them looks at the request, the other has not completed it yet; and a request
/// that EvtRequestCancel has got, or will get, is not given to the driver any more.
pub(crate) struct Pending<T>(WaitLock<(ManuallyDrop<Request>, T)>);

impl<T: Keep> Pending<T> {
    /// Makes an empty place that dies with `device`.
    pub fn new(device: &Device) -> Result<Self, Error> {
        WaitLock::new(device).map(Self)
    }

    /// Puts a request into its place, which must be empty, with the value that `make` returns while nobody else can
    /// reach the place. It can be cancelled from now on, and is completed with STATUS_CANCELLED then, or at once, and
    /// without a value, if it has been cancelled already.
    pub fn keep(context: &DeviceContext, request: Request, make: impl FnOnce() -> T) {
        let refused = T::place(context).0.with(|place| {
            // SAFETY: the request is owned, and the callback is for requests that are kept here.
            let marked =
                unsafe { try_call!(WdfRequestMarkCancelableEx(request.0, Some(evt_request_cancel::<T>))) };
            if let Err(error) = marked {
                return Some((request, error));
            }
            *place = Some((ManuallyDrop::new(request), make()));
            None
        });
        if let Some((request, error)) = refused {
            request.complete(Err(error));
        }
    }

    /// Lets `look` see the value. If it gives an outcome, the request is the caller's from now on, to be completed
    /// with it: unless it is being cancelled, then there is nothing more to do.
    pub fn finish<R>(&self, look: impl FnOnce(&mut T) -> Option<R>) -> Option<(Request, R)> {
        self.0.with(|place| {
            let outcome = place.as_mut().and_then(|(_, value)| look(value))?;
            let (request, _) = place.take()?;
            // SAFETY: the request is not completed: EvtRequestCancel comes by the lock first.
            let unmarked = unsafe { try_call!(WdfRequestUnmarkCancelable(request.0)) };
            // A cancelled one is EvtRequestCancel's.
            (unmarked != Err(Error::Cancelled)).then(|| (ManuallyDrop::into_inner(request), outcome))
        })
    }
}

/// Empties the place if the request is in it, and completes the request.
unsafe extern "C" fn evt_request_cancel<T: Keep>(request: WDFREQUEST) {
    let cancel = |context: &DeviceContext| {
        drop(T::place(context).0.with(|place| place.take_if(|(kept, _)| kept.0 == request)));
        // SAFETY: the framework passes the request to the driver, and nobody else has it any more by the line above.
        unsafe { Request::from_raw(request) }.complete(Err(Error::Cancelled));
        Ok(())
    };
    // SAFETY: the request is not completed yet, and its device is there as long.
    let device = unsafe { Request::device_of(request) };
    // SAFETY: a callback that has a request keeps its device.
    unsafe { serve("EvtRequestCancel", device, None, cancel) }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use wdk_sys::STATUS_CANCELLED;

    use super::*;
    use crate::wdf::fake;

    const CANCELLED: &str = "WdfRequestCompleteWithInformation 0xc0000120 0";

    thread_local! {
        static PLACE: Cell<Option<&'static Pending<Five>>> = const { Cell::new(None) };
    }

    /// What is known about a request.
    struct Five(u32);

    impl Keep for Five {
        fn place(context: &DeviceContext) -> &Pending<Self> {
            let make = || Box::leak(Box::new(Pending::new(&context.device).unwrap()));
            let place = PLACE.get().unwrap_or_else(|| make());
            PLACE.set(Some(place));
            place
        }
    }

    fn keep(context: &DeviceContext, request: Request) -> &Pending<Five> {
        Pending::keep(context, request, || Five(5));
        Five::place(context)
    }

    fn is_kept(pending: &Pending<Five>) -> bool {
        pending.0.with(|place| place.is_some())
    }

    #[test]
    fn a_kept_request_is_given_out_once_when_there_is_an_outcome() {
        let pending = keep(fake::context(), fake::request(&[]));
        assert!(pending.finish(|_| None::<()>).is_none());
        assert!(is_kept(pending));
        let (request, outcome) = pending.finish(|five| Some(five.0)).unwrap();
        assert_eq!(outcome, 5);
        assert!(pending.finish(|five| Some(five.0)).is_none());
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
        let context = fake::context();
        fake::refuse("WdfRequestMarkCancelableEx", 0, STATUS_CANCELLED);
        let pending = keep(context, fake::request(&[]));
        assert_eq!(fake::calls(), ["WdfRequestMarkCancelableEx", CANCELLED]);
        assert!(!is_kept(pending));
    }

    /// EvtRequestCancel is on its way, and waits for the lock.
    #[test]
    fn a_request_that_is_being_cancelled_is_not_given_out() {
        let handle = fake::request_handle(&[]);
        let context = fake::context();
        let pending = keep(context, fake::request_of(handle));
        fake::refuse("WdfRequestUnmarkCancelable", 0, STATUS_CANCELLED);
        assert!(pending.finish(|_| Some(())).is_none());
        // The next one may be there already.
        keep(context, fake::request(&[]));
        fake::cancel(handle);
        assert!(is_kept(pending));
        let calls = fake::calls();
        assert_eq!(calls.iter().filter(|call| *call == CANCELLED).count(), 1, "{calls:?}");
    }

    #[test]
    fn a_cancelled_request_leaves_the_place_and_is_completed_once() {
        let handle = fake::request_handle(&[]);
        let pending = keep(fake::context(), fake::request_of(handle));
        fake::cancel(handle);
        assert!(!is_kept(pending));
        assert_eq!(fake::calls(), ["WdfRequestMarkCancelableEx", CANCELLED]);
    }

    /// What is traced comes after the request has left its place: nobody completes it again.
    #[test]
    fn a_panic_while_a_cancellation_is_traced_completes_it_once() {
        let handle = fake::request_handle(&[]);
        let pending = keep(fake::context(), fake::request_of(handle));
        fake::panic_in_first_trace(|| fake::cancel(handle));
        assert!(pending.finish(|_| Some(())).is_none());
        let calls = fake::calls();
        let completions = calls.iter().filter(|call| call.starts_with("WdfRequestComplete"));
        assert_eq!(completions.count(), 1, "{calls:?}");
    }
}
