//! Thin safe wrappers over the framework calls that the driver makes.
//!
//! All `unsafe` of the driver stands in this folder, except the entry point that Windows looks for. What the
//! rest may rely on:
//! - a wrapper exists only for an object of its type that the framework handed out; the modules here make them,
//!   nobody else can;
//! - [`callback!`] makes the function that the framework calls: it wraps the handles, catches panics, turns an
//!   error into one trace and a status; a wrapper takes no function from elsewhere;
//! - a handle that a callback gets is lent ([`Ref`]), unless it is the driver's own from now on;
//! - a [`Request`] that is let go without being completed completes itself with a failure.
//!
//! What the types cannot say: an object that the driver creates dies with its parent, here always the device. So
//! queues, locks, timers and mappings are kept where nothing can reach them longer than the device lives: in its
//! context.

#![expect(unsafe_code, reason = "the framework is a C interface")]

/// Calls a framework function that returns a status: `unsafe { call!(WdfTimerCreate(..)) }?`.
macro_rules! call {
    ($function:ident($($argument:expr),* $(,)?)) => {
        $crate::wdf::check(
            stringify!($function),
            wdk_sys::call_unsafe_wdf_function_binding!($function, $($argument),*)
        )
    };
}

mod callback;
mod context;
mod device;
mod direct_access;
mod driver;
#[cfg(test)]
pub mod fake;
mod framework_access;
mod interrupt;
mod lock;
mod mapping;
mod object;
mod pending;
mod queue;
mod registry;
mod request;
mod resource_list;
mod timer;

pub(crate) use callback::{
    Argument, AssociatedObject, Callback, StoppedRequest, Subject, boolean_of, callback, status_of, void_of,
};
pub(crate) use context::{Context, TypeInfo, context_type};
pub use device::Device;
pub(crate) use device::{DeviceInit, PnpPowerCallbacks};
pub use direct_access::DirectAccess;
pub(crate) use driver::{Driver, DriverCallbacks, create_driver};
pub use framework_access::FrameworkAccess;
pub(crate) use interrupt::{Interrupt, InterruptCallbacks};
pub(crate) use lock::WaitLock;
pub use object::Object;
pub(crate) use object::Ref;
pub(crate) use pending::Pending;
pub(crate) use queue::Queue;
pub(crate) use registry::Key;
pub(crate) use request::Request;
pub(crate) use resource_list::ResourceList;
pub(crate) use timer::Timer;

use wdk_sys::{NT_SUCCESS, NTSTATUS};

use crate::error::Error;

/// Turns what a framework function returned into a result that names the function.
fn check(function: &'static str, status: NTSTATUS) -> Result<(), Error> {
    if NT_SUCCESS(status) { Ok(()) } else { Err(Error::Framework { function, status }) }
}
