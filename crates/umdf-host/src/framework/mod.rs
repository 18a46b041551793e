//! The WDF function table: one file per WDF header (`wdfdevice.h` is `device.rs`).
//!
//! Each function checks its arguments in the order of the real framework
//! (microsoft/Windows-Driver-Frameworks) and has its outcome: a status for the driver, a report, or
//! the end of the worker.

// UNSAFETY: this is the C side of the contract: it is called by the driver and calls the driver.
#![expect(unsafe_code, reason = "the driver's pointers and callbacks are reached through the C contract")]

mod answer;
mod attributes;
mod context;
#[macro_use]
mod ddi;
mod bind;
pub mod callbacks;
mod collection;
pub mod device;
pub mod driver;
pub mod fdo;
pub mod fileobject;
pub mod held;
pub mod hwaccess;
pub mod image;
pub mod interrupt;
pub mod io;
pub mod iotarget;
mod memory;
pub mod object;
mod objects;
mod pointer;
mod registry;
pub mod request;
pub mod resource;
pub mod serialize;
mod string;
mod sync;
mod table;
pub mod timer;
mod triage;
mod unicode;
mod verifier;
pub mod workitem;

pub use answer::{Answer, Stop};
pub use attributes::Attributes;
pub use objects::{Handle, Objects};
pub use pointer::Pointer;
pub use table::functions;
