//! The two variables that the bind fills.
#![expect(non_upper_case_globals, reason = "the names of wdffuncenum.h and wdfglobals.h")]

use crate::{PWDF_DRIVER_GLOBALS, WDFFUNC};

/// The framework's function table, `_WDFFUNCENUM::WdfFunctionTableNumEntries` entries; NULL unless the driver
/// is bound.
pub static mut WdfFunctions: *const WDFFUNC = core::ptr::null();

/// The first argument of every framework function; NULL unless the driver is bound.
pub static mut WdfDriverGlobals: PWDF_DRIVER_GLOBALS = core::ptr::null_mut();
