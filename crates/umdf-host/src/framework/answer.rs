//! What a framework call answers, and how a call ends early.

use wdk_portable::{BOOLEAN, NTSTATUS};

use crate::host::Host;
use crate::status;

/// Why a framework call ends before it did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The driver gets this status.
    Status(NTSTATUS),
    /// The call broke a rule and is ignored: success, 0 or NULL for the driver.
    NoEffect,
}

/// A type that framework functions and callbacks return.
pub trait Answer {
    /// Success, 0 or NULL.
    fn no_effect() -> Self;
    /// The answer for a failed call; functions without a status answer as if ignored.
    fn from_status(status: NTSTATUS) -> Self;
    /// In words, for the history.
    fn describe(&self, host: &Host) -> String;
}

impl Answer for () {
    fn no_effect() {}
    fn from_status(_: NTSTATUS) {}
    fn describe(&self, _: &Host) -> String {
        String::new()
    }
}

impl Answer for NTSTATUS {
    fn no_effect() -> Self {
        wdk_portable::STATUS_SUCCESS
    }
    fn from_status(status: NTSTATUS) -> Self {
        status
    }
    fn describe(&self, _: &Host) -> String {
        status::describe(*self)
    }
}

macro_rules! numbers {
    ($($type:ty)+) => {$(
        impl Answer for $type {
            fn no_effect() -> Self {
                0
            }
            fn from_status(_: NTSTATUS) -> Self {
                0
            }
            fn describe(&self, _: &Host) -> String {
                format!("{self:#x}")
            }
        }
    )+};
}

numbers! { i8 u16 u32 u64 usize }

/// `BOOLEAN`, the only type of one byte that they return.
impl Answer for BOOLEAN {
    fn no_effect() -> Self {
        0
    }
    fn from_status(_: NTSTATUS) -> Self {
        0
    }
    fn describe(&self, _: &Host) -> String {
        match self {
            0 => "FALSE".into(),
            1 => "TRUE".into(),
            other => format!("{other:#x}"),
        }
    }
}

impl<T> Answer for *mut T {
    fn no_effect() -> Self {
        std::ptr::null_mut()
    }
    fn from_status(_: NTSTATUS) -> Self {
        std::ptr::null_mut()
    }
    fn describe(&self, host: &Host) -> String {
        host.state().objects.describe(self.addr() as u64)
    }
}
