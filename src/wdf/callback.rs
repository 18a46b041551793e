//! From the framework into the driver: the one way in.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tracing::error;
use wdk_sys::{NTSTATUS, STATUS_SUCCESS, ULONG, WDF_POWER_DEVICE_STATE};

use crate::error::Error;

/// An argument of a callback: what the framework passes, and what the driver's function gets.
pub(crate) trait Argument: Sized {
    /// The C type.
    type Raw;
    /// Wraps it.
    ///
    /// # Safety
    /// `raw` is what the framework passed to a callback of this driver, and the value is used no longer than
    /// the object behind it lives. A request has not been wrapped before.
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

/// Makes the functions that the framework calls.
///
/// ```text
/// callback! {
///     EvtDriverDeviceAdd: fn evt_driver_device_add(driver: &Driver, init: DeviceInit) -> NTSTATUS = device_add;
///     EvtTimerFunc: fn evt_timer(timer: &Timer) = poll;
/// }
/// ```
///
/// Event, name and arguments are those of the event's prototype, the argument types being wrappers
/// ([`Argument`]). The function on the right is safe and returns `Result<(), Error>`. What it borrows it cannot
/// keep; a request is its own.
macro_rules! callback {
    ($($event:ident: fn $name:ident($($arguments:tt)*) $(-> $status:ident)? = $target:path;)*) => {
        $( $crate::wdf::callback!(@one $event $name ($($arguments)*) $target, $($status)?); )*
    };
    (@one $event:ident $name:ident ($($arguments:tt)*) $target:path, NTSTATUS) => {
        $crate::wdf::callback!(@make status_of ::wdk_sys::NTSTATUS, $event $name ($($arguments)*) $target);
    };
    (@one $event:ident $name:ident ($($arguments:tt)*) $target:path,) => {
        $crate::wdf::callback!(@make void_of (), $event $name ($($arguments)*) $target);
    };
    (@make $shim:ident $returned:ty, $event:ident
        $name:ident ($($argument:ident: $(&$borrowed:ident)? $($owned:ident)?),*) $target:path
    ) => {
        #[doc = concat!(stringify!($event), ", as the framework calls it.")]
        #[expect(unsafe_code, reason = "made by wdf::callback")]
        unsafe extern "C" fn $name(
            $($argument: <$($borrowed)? $($owned)? as $crate::wdf::Argument>::Raw),*
        ) -> $returned {
            use $crate::wdf::Argument;
            $crate::wdf::$shim(stringify!($event), || {
                $(
                    // SAFETY: the framework passes valid handles, a request once; they outlive the call.
                    let $argument = unsafe { <$($borrowed)? $($owned)? as Argument>::from_raw($argument) };
                )*
                $target($($crate::wdf::callback!(@pass $argument $($borrowed)?)),*)
            })
        }
    };
    (@pass $argument:ident $borrowed:ident) => { &$argument };
    (@pass $argument:ident) => { $argument };
}
pub(crate) use callback;

/// Runs the body of a callback that returns a status. Traces the error, if there is one.
pub(crate) fn status_of(event: &'static str, body: impl FnOnce() -> Result<(), Error>) -> NTSTATUS {
    match guarded(body) {
        Ok(()) => STATUS_SUCCESS,
        Err(error) => {
            error!(event, "{error}");
            error.status()
        }
    }
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
}
