//! From the framework into the driver: the one way in.

use std::any::Any;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tracing::error;
use wdk_sys::{
    BOOLEAN, NTSTATUS, STATUS_NOT_SUPPORTED, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, ULONG,
    WDF_POWER_DEVICE_STATE, WDFOBJECT, WDFREQUEST,
};

use crate::error::Error;

/// A function that [`callback!`] has made; `F` is its C type. Wrappers give the framework no other functions.
#[derive(Clone, Copy)]
pub(crate) struct Callback<F>(F);

impl<F: Copy> Callback<F> {
    /// For [`callback!`].
    ///
    /// # Safety
    /// `function` does nothing unsound if the framework calls it as the header says of a callback of that type.
    pub const unsafe fn new(function: F) -> Self {
        Self(function)
    }

    /// The function, for the framework.
    pub(super) fn function(self) -> F {
        self.0
    }
}

/// An argument that a callback gets by value, to keep: a plain number, or an object that is the driver's from now
/// on. Other objects are lent ([`Ref`](super::Ref)).
pub(crate) trait Argument: Sized {
    /// The C type.
    type Raw;
    /// Wraps it.
    ///
    /// # Safety
    /// `raw` is what the framework passed to a callback of this driver, and has not been wrapped before.
    unsafe fn from_raw(raw: Self::Raw) -> Self;
}

/// Arguments that are plain numbers.
macro_rules! number {
    ($($type:ty),*) => { $(
        impl Argument for $type {
            type Raw = Self;
            unsafe fn from_raw(raw: Self) -> Self {
                raw
            }
        }
    )* };
}
number!(usize, ULONG, WDF_POWER_DEVICE_STATE);

/// A handle that a callback gets and the driver has no use for.
pub(crate) struct Unused<H>(PhantomData<H>);

/// What EvtInterruptWorkItem gets beside the interrupt: its device, which the interrupt knows anyway.
pub(crate) type AssociatedObject = Unused<WDFOBJECT>;
/// What EvtIoStop gets beside the queue: a request that the driver has already, and keeps in a [`Pending`].
///
/// [`Pending`]: super::Pending
pub(crate) type StoppedRequest = Unused<WDFREQUEST>;

impl<H> Argument for Unused<H> {
    type Raw = H;

    unsafe fn from_raw(_raw: H) -> Self {
        Self(PhantomData)
    }
}

/// Makes the functions that the framework calls, as constants of type [`Callback`].
///
/// ```text
/// callback! {
///     EvtDriverDeviceAdd: fn evt_driver_device_add(driver: &Driver, init: DeviceInit) -> NTSTATUS = device_add;
///     EvtTimerFunc: fn evt_timer(timer: &Timer) = poll;
/// }
/// ```
///
/// Event, name and arguments are those of the event's prototype. An argument `&T` is an [`Object`](super::Object)
/// that the function on the right borrows and cannot keep; one without `&` is an [`Argument`], its own. That
/// function is safe and returns `Result<(), Error>`; where the event returns BOOLEAN, `Result<bool, Error>`.
macro_rules! callback {
    ($($event:ident: fn $name:ident($($arguments:tt)*) $(-> $status:ident)? = $target:path;)*) => {
        $( $crate::wdf::callback!(@one $event $name ($($arguments)*) $target, $($status)?); )*
    };
    (@one $event:ident $name:ident ($($arguments:tt)*) $target:path, NTSTATUS) => {
        $crate::wdf::callback!(@make status_of ::wdk_sys::NTSTATUS, $event $name ($($arguments)*) $target);
    };
    (@one $event:ident $name:ident ($($arguments:tt)*) $target:path, BOOLEAN) => {
        $crate::wdf::callback!(@make boolean_of ::wdk_sys::BOOLEAN, $event $name ($($arguments)*) $target);
    };
    (@one $event:ident $name:ident ($($arguments:tt)*) $target:path,) => {
        $crate::wdf::callback!(@make void_of (), $event $name ($($arguments)*) $target);
    };
    (@make $shim:ident $returned:ty, $event:ident
        $name:ident ($($argument:ident: $(&$lent:ident)? $($owned:ident)?),*) $target:path
    ) => {
        #[doc = concat!(stringify!($event), ", as the framework calls it.")]
        #[expect(unsafe_code, reason = "made by wdf::callback")]
        #[expect(non_upper_case_globals, reason = "stands for the function of that name")]
        const $name: $crate::wdf::Callback<
            unsafe extern "C" fn($($crate::wdf::callback!(@raw $(&$lent)? $($owned)?)),*) -> $returned
        > = {
            unsafe extern "C" fn $name(
                $($argument: $crate::wdf::callback!(@raw $(&$lent)? $($owned)?)),*
            ) -> $returned {
                $crate::wdf::$shim(stringify!($event), || {
                    $(
                        // SAFETY: the framework passes valid handles, which outlive the call; what the driver
                        // is to own it passes once.
                        let $argument = unsafe { $crate::wdf::callback!(@wrap $argument $(&$lent)? $($owned)?) };
                    )*
                    $target($($crate::wdf::callback!(@pass $argument $(&$lent)?)),*)
                })
            }
            // SAFETY: the function relies on what the framework promises of every callback, as said in it.
            unsafe { $crate::wdf::Callback::new($name) }
        };
    };
    (@raw &$lent:ident) => { <$lent as $crate::wdf::Object>::Handle };
    (@raw $owned:ident) => { <$owned as $crate::wdf::Argument>::Raw };
    (@wrap $raw:ident &$lent:ident) => { $crate::wdf::Ref::<$lent>::new($raw) };
    (@wrap $raw:ident $owned:ident) => { <$owned as $crate::wdf::Argument>::from_raw($raw) };
    (@pass $argument:ident &$lent:ident) => { &*$argument };
    (@pass $argument:ident) => { $argument };
}
pub(crate) use callback;

/// Runs the body of a callback that returns a status. Traces the error, if there is one.
pub(crate) fn status_of(event: &'static str, body: impl FnOnce() -> Result<(), Error>) -> NTSTATUS {
    match guarded(body) {
        Ok(()) => STATUS_SUCCESS,
        Err(error) => {
            error!(event, "{error}");
            // Of a Plug and Play callback it would mean something else; the framework's verifier stops there
            // ("Reporting Device Failures").
            if error.status() == STATUS_NOT_SUPPORTED { STATUS_UNSUCCESSFUL } else { error.status() }
        }
    }
}

/// Runs the body of a callback that returns whether something is so. An error, which is traced, means no.
pub(crate) fn boolean_of(event: &'static str, body: impl FnOnce() -> Result<bool, Error>) -> BOOLEAN {
    let mut answer = false;
    status_of(event, || {
        answer = body()?;
        Ok(())
    });
    BOOLEAN::from(answer)
}

/// Runs the body of a callback that returns nothing. Traces the error, if there is one.
pub(crate) fn void_of(event: &'static str, body: impl FnOnce() -> Result<(), Error>) {
    status_of(event, body);
}

/// Catches a panic. A value that the body owned has been dropped by then: a lock is free, a request completed.
fn guarded(body: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| Err(Error::Panicked(message(&*panic))))
}

/// What `panic!` was given.
fn message(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use wdk_sys::{STATUS_DEVICE_NOT_READY, STATUS_INTERNAL_ERROR};

    use super::*;

    #[test]
    fn a_body_ends_as_a_status() {
        assert_eq!(status_of("EvtTest", || Ok(())), STATUS_SUCCESS);
        assert_eq!(status_of("EvtTest", || Err(Error::NoHardware)), STATUS_DEVICE_NOT_READY);
    }

    #[test]
    fn a_panic_ends_as_a_status_too_and_keeps_its_words() {
        assert_eq!(status_of("EvtTest", || panic!("literal")), STATUS_INTERNAL_ERROR);
        let n = 3;
        assert_eq!(guarded(|| panic!("formatted {n}")), Err(Error::Panicked("formatted 3".to_owned())));
    }

    #[test]
    fn a_question_that_fails_is_answered_with_no() {
        assert_eq!(boolean_of("EvtTest", || Ok(true)), BOOLEAN::from(true));
        assert_eq!(boolean_of("EvtTest", || Ok(false)), BOOLEAN::from(false));
        assert_eq!(boolean_of("EvtTest", || Err(Error::NoHardware)), BOOLEAN::from(false));
        assert_eq!(boolean_of("EvtTest", || panic!("a bug")), BOOLEAN::from(false));
    }

    /// The one status that a Plug and Play callback must not return.
    #[test]
    fn not_supported_becomes_unsuccessful() {
        let refused = || Err(Error::Framework { function: "WdfTest", status: STATUS_NOT_SUPPORTED });
        assert_eq!(status_of("EvtTest", refused), STATUS_UNSUCCESSFUL);
    }
}
