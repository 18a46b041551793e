//! Bad arguments in the place of good ones.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::rows::{Mistake, Row};
use crate::wdf::{attributes, create_object, wdf};

/// An object of a type that no function of the table takes.
static OTHER: AtomicPtr<std::ffi::c_void> = AtomicPtr::new(null_mut());
/// The handle of an object that is gone.
static GONE: AtomicPtr<std::ffi::c_void> = AtomicPtr::new(null_mut());

/// Makes the bad handles.
pub fn prepare() -> Result<(), wdk_sys::NTSTATUS> {
    OTHER.store(create_object(attributes(null_mut()))?, Ordering::Relaxed);
    let gone = create_object(attributes(null_mut()))?;
    wdf!(WdfObjectDelete, gone);
    GONE.store(gone, Ordering::Relaxed);
    Ok(())
}

impl Row {
    fn is_wrong(&self, argument: &str) -> bool {
        if self.mistake != Mistake::NullFromHere {
            return self.argument == argument;
        }
        let order = self.function.required();
        let place = |argument: &str| order.iter().position(|known| *known == argument);
        place(argument) >= place(self.argument)
    }

    /// A handle, wrong if the row is about this argument.
    pub fn handle<T>(&self, argument: &str, good: *mut T) -> *mut T {
        match self.mistake {
            _ if !self.is_wrong(argument) => good,
            Mistake::OtherType => OTHER.load(Ordering::Relaxed).cast(),
            Mistake::Stale => GONE.load(Ordering::Relaxed).cast(),
            Mistake::Null | Mistake::NullFromHere => null_mut(),
            Mistake::None => good,
        }
    }

    /// A handle that may be NULL.
    pub fn optional<T>(&self, argument: &str, good: *mut T) -> *mut T {
        self.handle(argument, good)
    }

    /// A pointer.
    pub fn pointer<T>(&self, argument: &str, good: *mut T) -> *mut T {
        if self.is_wrong(argument) { null_mut() } else { good }
    }

    /// A callback.
    pub fn function<F>(&self, argument: &str, good: Option<F>) -> Option<F> {
        good.filter(|_| !self.is_wrong(argument))
    }

    /// What is never wrong.
    pub fn given<T>(&self, _argument: &str, good: T) -> T {
        good
    }
}

/// What a framework function answers.
pub trait Answer: Copy + PartialEq + std::fmt::Debug {
    /// Whether a call that has no effect may answer this.
    fn is_nothing(self) -> bool;
    /// Whether good arguments may be answered with this.
    fn is_good(self) -> bool {
        true
    }
}

impl Answer for () {
    fn is_nothing(self) -> bool {
        true
    }
}

/// A status, or a number that is none.
impl Answer for i32 {
    fn is_nothing(self) -> bool {
        self == 0
    }
    fn is_good(self) -> bool {
        self >= 0
    }
}

macro_rules! numbers {
    ($($number:ty)+) => {$(
        impl Answer for $number {
            fn is_nothing(self) -> bool {
                self == 0
            }
        }
    )+};
}

numbers! { i8 u8 u32 u64 }

impl<T> Answer for *mut T {
    fn is_nothing(self) -> bool {
        self.is_null()
    }
}
