//! From the framework into the driver: the one way in.

use std::any::Any;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tracing::span::EnteredSpan;
use tracing::{Level, debug_span, error, level_enabled};
use wdk_sys::{
    BOOLEAN, NTSTATUS, STATUS_NOT_SUPPORTED, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, ULONG,
    WDF_POWER_DEVICE_STATE, WDFOBJECT, WDFREQUEST,
};

use super::{Device, Ref};
use crate::device::{DeviceContext, report_failure};
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
    /// Opens its span, if it has one.
    fn open_span(&self) -> Option<EnteredSpan> {
        None
    }
}

/// What a callback is about: its first argument.
pub(crate) trait Subject {
    /// Opens the span of its callbacks. At `info` if they are steps in the life of a device: Plug and Play and power.
    fn open_span(&self) -> Option<EnteredSpan>
    where
        Self: Sized,
    {
        level_enabled!(Level::DEBUG).then(|| debug_span!("device", index = index_of(self)).entered())
    }
    /// The device that it belongs to.
    fn belongs_to(&self) -> Option<Ref<'_, Device>>;
}

impl<T: Subject> Subject for Ref<'_, T> {
    fn open_span(&self) -> Option<EnteredSpan> {
        (**self).open_span()
    }

    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        (**self).belongs_to()
    }
}

/// Nothing that has a device.
impl Subject for () {
    fn open_span(&self) -> Option<EnteredSpan> {
        None
    }

    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        None
    }
}

/// The device of something that may be gone when it is asked for.
impl<T: Subject> Subject for Option<T> {
    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        self.as_ref().and_then(Subject::belongs_to)
    }
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

#[cfg(test)]
impl<H> Unused<H> {
    /// For tests, which have no handle.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

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
                // SAFETY: as below.
                let subject = unsafe {
                    $crate::wdf::callback!(@subject $($argument: $(&$lent)? $($owned)?),*)
                };
                $crate::wdf::$shim(stringify!($event), &subject, || {
                    $(
                        // SAFETY: the framework passes valid handles, which outlive the call; what the driver
                        // is to own it passes once.
                        let $argument = unsafe { $crate::wdf::callback!(@wrap $argument $(&$lent)? $($owned)?) };
                        let _span = $crate::wdf::callback!(@span $argument $(&$lent)?);
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
    (@subject $first:ident: &$lent:ident $($rest:tt)*) => { $crate::wdf::Ref::<$lent>::new($first) };
    // It may be gone when it is asked for its device.
    (@subject $first:ident: $owned:ident $($rest:tt)*) => { Some($owned::device_of($first)) };
    (@span $argument:ident &$lent:ident) => { () };
    (@span $argument:ident) => { $crate::wdf::Argument::open_span(&$argument) };
    (@pass $argument:ident &$lent:ident) => { &*$argument };
    (@pass $argument:ident) => { $argument };
}
pub(crate) use callback;

/// Runs the body of a callback that returns a status: that says what became of the device, a panic included.
pub(crate) fn status_of<S: Subject>(
    event: &'static str,
    subject: &S,
    body: impl FnOnce() -> Result<(), Error>,
) -> NTSTATUS {
    match run(event, subject, body) {
        Ok(()) => STATUS_SUCCESS,
        // Of a Plug and Play callback it would mean something else; the framework's verifier stops there
        // ("Reporting Device Failures").
        Err(error) if error.status() == STATUS_NOT_SUPPORTED => STATUS_UNSUCCESSFUL,
        Err(error) => error.status(),
    }
}

/// Runs the body of a callback that returns whether something is so. An error means no.
pub(crate) fn boolean_of<S: Subject>(
    event: &'static str,
    subject: &S,
    body: impl FnOnce() -> Result<bool, Error>,
) -> BOOLEAN {
    BOOLEAN::from(run_without_status(event, subject, body).unwrap_or(false))
}

/// Runs the body of a callback that returns nothing.
pub(crate) fn void_of<S: Subject>(
    event: &'static str,
    subject: &S,
    body: impl FnOnce() -> Result<(), Error>,
) {
    run_without_status(event, subject, body);
}

/// As [`run`], where no status tells the framework of a panic: the device is reported as failed.
fn run_without_status<S: Subject, T>(
    event: &'static str,
    subject: &S,
    body: impl FnOnce() -> Result<T, Error>,
) -> Option<T> {
    let outcome = run(event, subject, body);
    if let Err(error @ Error::Panicked(_)) = &outcome
        && let Some(device) = subject.belongs_to()
    {
        report_failure(&device, error);
    }
    outcome.ok()
}

/// Runs the body of a callback in the span of its device. An error is traced here; so is a panic, and ends here.
///
/// **The panic policy.** A panic is a bug, and what it leaves behind of its device is not to be trusted; everything
/// else goes on. A request in hand is completed with STATUS_INTERNAL_ERROR as it is dropped, as a lock is released.
/// The device is failed: by the status of the callback, or [`Device::set_failed`]. The process stays, and the other
/// devices in it.
///
/// This needs `panic = "unwind"`: with `abort`, one bug in the code of one device would end the process and all
/// devices with it. Unwinding must end here, since in a function of the framework it is undefined behaviour; a shim is
/// `extern "C"`, so what might pass by this would abort. A second panic, out of a `drop` while the first one unwinds,
/// aborts too: nothing that is dropped in the driver panics.
fn run<S: Subject, T>(
    event: &'static str,
    subject: &S,
    body: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let _span = subject.open_span();
    // Unwind safe: what is shared is atomic or in a WDF lock, and its device is failed.
    let outcome =
        catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| Err(Error::Panicked(message(&*panic))));
    if let Err(error) = &outcome {
        error!(device = index_of(subject), event, "{error}");
    }
    outcome
}

/// The number of the device, for a span or a line that is wanted.
pub(super) fn index_of<S: Subject>(subject: &S) -> Option<u32> {
    subject.belongs_to()?.context::<DeviceContext>().ok().map(|context| context.index)
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
    use crate::wdf::fake;

    #[test]
    fn a_body_ends_as_a_status() {
        assert_eq!(status_of("EvtTest", &(), || Ok(())), STATUS_SUCCESS);
        assert_eq!(status_of("EvtTest", &(), || Err(Error::NoHardware)), STATUS_DEVICE_NOT_READY);
    }

    #[test]
    fn a_panic_ends_as_a_status_too_and_keeps_its_words() {
        assert_eq!(status_of("EvtTest", &(), || panic!("literal")), STATUS_INTERNAL_ERROR);
        let n = 3;
        assert_eq!(
            run("EvtTest", &(), || -> Result<(), Error> { panic!("formatted {n}") }),
            Err(Error::Panicked("formatted 3".to_owned()))
        );
    }

    #[test]
    fn a_question_that_fails_is_answered_with_no() {
        assert_eq!(boolean_of("EvtTest", &(), || Ok(true)), BOOLEAN::from(true));
        assert_eq!(boolean_of("EvtTest", &(), || Ok(false)), BOOLEAN::from(false));
        assert_eq!(boolean_of("EvtTest", &(), || Err(Error::NoHardware)), BOOLEAN::from(false));
        assert_eq!(boolean_of("EvtTest", &(), || panic!("a bug")), BOOLEAN::from(false));
    }

    #[test]
    fn a_panic_fails_the_device_once() {
        let device = fake::device_with(DeviceContext::new);
        let index = device.context::<DeviceContext>().unwrap().index;
        let queue = fake::queue(&device);
        let errors = fake::errors_of(|| void_of("EvtTest", &queue, || panic!("a bug")));
        assert_eq!(fake::calls(), ["WdfDeviceSetFailed 1"]);
        assert!(errors.len() == 1 && errors[0].contains(&format!("device={index} ")), "{errors:?}");
        assert_eq!(boolean_of("EvtTest", &queue, || panic!("a bug")), BOOLEAN::from(false));
        assert!(fake::calls().is_empty(), "a level line would call it again and again");
        // An error is not a bug, and a status says enough.
        void_of("EvtTest", &queue, || Err(Error::NoHardware));
        assert_eq!(status_of("EvtTest", &device, || panic!("a bug")), STATUS_INTERNAL_ERROR);
        assert!(fake::calls().is_empty());
    }

    /// The one status that a Plug and Play callback must not return.
    #[test]
    fn not_supported_becomes_unsuccessful() {
        let refused = || Err(Error::Framework { function: "WdfTest", status: STATUS_NOT_SUPPORTED });
        assert_eq!(status_of("EvtTest", &(), refused), STATUS_UNSUCCESSFUL);
    }
}
