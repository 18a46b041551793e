//! A UMDF 2 driver in Rust that maps and drives the registers of QEMU's edu PCI device.
//!
//! Read it in this order:
//! [`driver`] (how it begins), `device` (a device's way through start, power and removal), [`resources`] (from
//! assigned resources to the registers), [`registers`] (the one way to touch them), [`edu`] (what they mean),
//! `interrupt`, `queue` (requests; those that stay pending are in `factorial` and `wait`), `settings`,
//! `statistics`, [`error`] (what can go wrong), `trace`, and last `wdf` (the framework's C interface as
//! safe Rust, and all the `unsafe` but the entry point's).
//!
//! The same source is built on two sets of bindings. On Windows with the feature `wdk` these are the genuine
//! `wdk-sys` and `wdk`; everywhere else it is `wdk-portable`, under their names. The lines below choose, and no
//! other line of the driver knows.

#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

#[cfg(all(windows, feature = "wdk"))]
extern crate wdk;

#[cfg(not(all(windows, feature = "wdk")))]
extern crate wdk_portable as wdk_sys;
#[cfg(not(all(windows, feature = "wdk")))]
use wdk_portable::wdk;
// With a WDK its stub library brings this symbol.
#[cfg(not(all(windows, feature = "wdk")))]
wdk_portable::export_fx_driver_entry_um!(driver::driver_entry);

mod device;
pub mod driver;
pub mod edu;
pub mod error;
mod factorial;
mod interrupt;
mod queue;
pub mod registers;
pub mod resources;
mod settings;
mod statistics;
mod trace;
mod wait;
mod wdf;

// Both ways to access registers, of which `device` names the one that is used, and what they need from a test or a
// benchmark that brings a framework of its own.
pub use wdf::{Device, DirectAccess, FrameworkAccess};
