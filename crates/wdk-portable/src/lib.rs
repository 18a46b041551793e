//! What `wdk-sys` 0.5.2 and `wdk` 0.5.0 give a UMDF 2.15 driver, for machines without a Windows Driver Kit.
//!
//! A driver names this crate `wdk_sys` and is otherwise written as for the genuine one:
//!
//! ```
//! extern crate wdk_portable as wdk_sys;
//!
//! use wdk_sys::{NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, WDF_DRIVER_CONFIG, WDF_NO_HANDLE,
//!     WDF_NO_OBJECT_ATTRIBUTES, call_unsafe_wdf_function_binding};
//!
//! unsafe extern "system" fn driver_entry(driver: PDRIVER_OBJECT, path: PCUNICODE_STRING) -> NTSTATUS {
//!     let mut config = WDF_DRIVER_CONFIG { Size: 32, ..WDF_DRIVER_CONFIG::default() };
//!     unsafe {
//!         call_unsafe_wdf_function_binding!(
//!             WdfDriverCreate,
//!             driver,
//!             path,
//!             WDF_NO_OBJECT_ATTRIBUTES,
//!             &raw mut config,
//!             WDF_NO_HANDLE.cast()
//!         )
//!     }
//! }
//!
//! wdk_portable::export_fx_driver_entry_um!(driver_entry);
//! # fn main() {}
//! ```
//!
//! - Names, types, fields and modules equal those of genuine wdk-sys for everything offered here;
//!   `tests/abi.rs` holds each against a data file. Layouts are those of 64-bit Windows on every 64-bit
//!   machine: `ULONG` is `u32`, `ULONG_PTR` and `SIZE_T` are `u64`.
//! - Framework functions are called through the genuine macro, [`call_unsafe_wdf_function_binding!`], which
//!   reads `types.rs`. The table has 257 entries (UMDF 2.15); the first 248 of them are UMDF 2.0.
//! - Four things genuine wdk-sys does not have: [`wdk`] (the stand-in of the crate of that name), [`loader`]
//!   (how a host loads a driver that is built on this crate), [`export_fx_driver_entry_um!`] and
//!   [`for_each_wdf_function!`].
//! - Not there: USB (beyond the table indexes and handles), what needs a later framework than 2.15, Win32
//!   functions (`wdk_sys::windows`), status codes beyond the common ones, and whatever genuine wdk-sys lacks
//!   too: `CTL_CODE`, the `*_INIT` helpers, `STATUS_WDF_*`.
//!
//! The crate exports no symbol of its own. Names and numbers derive from Microsoft's MIT-licensed headers:
//! `licences/NOTICE`.

// The crate hands raw framework pointers through; every `unsafe` in it is the binding itself.
#![expect(unsafe_code, reason = "bindings: static mut globals, foreign calls and all-zero values")]

#[macro_use]
mod zeroed;

mod globals;
mod status;
mod table;

#[expect(
    missing_docs,
    reason = "the headers' own documentation is Microsoft's; the constants keep the headers' names"
)]
#[expect(non_upper_case_globals, reason = "as the headers spell them")]
mod constants;
#[expect(
    missing_docs,
    reason = "the headers' own documentation is Microsoft's; the types keep the headers' names"
)]
#[expect(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    reason = "as the headers and bindgen spell them"
)]
#[expect(clippy::pub_underscore_fields, reason = "as bindgen spells them")]
mod headers;
#[expect(
    missing_docs,
    reason = "the headers' own documentation is Microsoft's; the types keep the headers' names"
)]
#[expect(non_camel_case_types, reason = "as the headers spell them")]
mod scalars;
#[expect(
    missing_docs,
    reason = "the headers' own documentation is Microsoft's; the functions keep the headers' names"
)]
#[expect(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    reason = "as the headers and bindgen spell them"
)]
mod types;

pub mod loader;
pub mod wdf;
pub mod wdk;

pub use constants::*;
pub use globals::*;
pub use headers::*;
pub use scalars::*;
pub use status::*;
pub use types::*;

#[doc(hidden)]
pub use wdk_macros as __proc_macros;

include!(concat!(env!("OUT_DIR"), "/call_unsafe_wdf_function_binding.rs"));
