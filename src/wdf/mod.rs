//! Thin safe wrappers over the framework calls that the driver makes.
//!
//! All `unsafe` of the driver stands in this folder, except the entry point that Windows looks for. What the
//! rest may rely on:
//! - a wrapper exists only for an object of its type that the framework handed out; the modules here make them,
//!   nobody else can;
//! - the framework calls functions of this folder only. They wrap the handles, find the [`DeviceContext`], catch
//!   panics, and turn an error into one trace and a status (`callback.rs`). The driver's part of each event is a safe
//!   function, of `driver.rs` or of a trait, which says what it gets to keep and what it only borrows;
//! - a [`Request`] that is let go without being completed completes itself with a failure.
//!
//! What the types cannot say: an object that the driver creates dies with its parent, here always the device. So
//! the device, queues, locks, timers and mappings are kept where nothing can reach them longer than the device
//! lives: in its context.
//!
//! [`DeviceContext`]: crate::device::DeviceContext

#![expect(unsafe_code, reason = "the framework is a C interface")]

/// Calls a framework function: `unsafe { call!(WdfTimerStart(timer, due)) }`.
macro_rules! call {
    ($function:ident($($argument:expr),* $(,)?)) => {
        wdk_sys::call_unsafe_wdf_function_binding!($function, $($argument),*)
    };
}

/// Calls one that returns a status: `unsafe { try_call!(WdfRequestForwardToIoQueue(request, queue)) }?`.
macro_rules! try_call {
    ($function:ident($($argument:expr),* $(,)?)) => {
        $crate::wdf::check(stringify!($function), call!($function($($argument),*)))
    };
}

/// Calls one that, beside the status, gives a handle or an address by its last argument, which is not named:
/// `let lock = unsafe { out_call!(WdfWaitLockCreate(&raw mut attributes)) }?;`
macro_rules! out_call {
    ($function:ident($($argument:expr),* $(,)?)) => {{
        let mut out = std::ptr::null_mut();
        try_call!($function($($argument,)* &raw mut out)).map(|()| out)
    }};
}

/// Makes a struct that holds its own size. What is not named is zero.
macro_rules! sized {
    ($type:ident { $($field:ident: $value:expr),* $(,)? }) => {
        wdk_sys::$type {
            Size: $crate::wdf::size_field::<wdk_sys::$type>().into(),
            $($field: $value,)*
            ..wdk_sys::$type::default()
        }
    };
}

mod callback;
mod context;
mod device;
mod direct_access;
#[cfg(doctest)]
mod doctests;
mod driver;
#[cfg(test)]
pub mod fake;
mod framework_access;
mod interrupt;
mod lock;
mod mapping;
mod pending;
mod queue;
mod registry;
mod request;
mod resource_list;
mod timer;

pub(crate) use callback::status_of;
pub use device::Device;
pub(crate) use device::{DeviceInit, PnpPowerEvents};
pub use direct_access::DirectAccess;
pub(crate) use driver::create_driver;
pub use framework_access::FrameworkAccess;
pub(crate) use interrupt::{Interrupt, InterruptEvents};
pub(crate) use lock::WaitLock;
pub(crate) use pending::{Keep, Pending};
pub(crate) use queue::{IoDeviceControl, IoStop, Parameters, Queue};
pub(crate) use registry::query_u32;
pub(crate) use request::Request;
pub(crate) use resource_list::ResourceList;
pub(crate) use timer::{Timer, TimerEvent};

use wdk_sys::{NT_SUCCESS, NTSTATUS, WDF_OBJECT_ATTRIBUTES, WDFDEVICE};

use crate::{device::DeviceContext, error::Error};

/// Turns what a framework function returned into a result that names the function.
fn check(function: &'static str, status: NTSTATUS) -> Result<(), Error> {
    match status {
        wdk_sys::STATUS_CANCELLED => Err(Error::Cancelled),
        status if NT_SUCCESS(status) => Ok(()),
        status => Err(Error::Framework { function, status }),
    }
}

/// The size of a struct as its `Size` field holds it: a ULONG, or a USHORT.
const fn size_field<T>() -> u16 {
    const { assert!(size_of::<T>() <= u16::MAX as usize) };
    #[expect(clippy::cast_possible_truncation, reason = "checked one line above")]
    let size = size_of::<T>() as u16;
    size
}

/// What WDF_OBJECT_ATTRIBUTES_INIT gives, everything inherited (all zeros would be refused), for an object that dies
/// with this device, or for a device if it is NULL.
fn attributes(parent: WDFDEVICE) -> WDF_OBJECT_ATTRIBUTES {
    sized!(WDF_OBJECT_ATTRIBUTES {
        ParentObject: parent.cast(),
        ExecutionLevel: wdk_sys::_WDF_EXECUTION_LEVEL::WdfExecutionLevelInheritFromParent,
        SynchronizationScope: wdk_sys::_WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeInheritFromParent,
    })
}
