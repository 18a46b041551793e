//! A client of the framework that binds with the function count at the end of its service's name, and does
//! nothing else. For `bind_250` that is a count that no UMDF version has. Without a number it has no place for
//! the functions.

#![allow(unsafe_code, reason = "does by hand what wdk-portable does for a driver")]

use std::ffi::c_void;
use std::ptr::{null, null_mut};

use wdk_portable::loader::{BindInfo, LoaderInterface};
use wdk_portable::{
    NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, STATUS_INVALID_PARAMETER, STATUS_UNSUCCESSFUL, WDFFUNC,
};

/// The count of UMDF 2.0, up to which the framework fills the client's own table.
const OWN_TABLE: u32 = 248;
/// The count of UMDF 2.15.
const WHOLE_TABLE: u32 = 257;

/// Where the host enters this client.
///
/// # Safety
/// To be called by a host, with what `wdk_portable::loader::enter` demands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn FxDriverEntryUm(
    loader: *const LoaderInterface,
    context: *mut c_void,
    _driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
) -> NTSTATUS {
    // SAFETY: the host passes a readable interface.
    let Some(bind) = (unsafe { loader.read_unaligned() }).bind else { return STATUS_INVALID_PARAMETER };
    // SAFETY: the host passes the path of the service.
    let number = unsafe { last_number(registry_path) };
    let function_count = number.unwrap_or(WHOLE_TABLE);
    let has_own_table = function_count == OWN_TABLE;

    // One slot more than the framework may fill.
    let mut own_table: [WDFFUNC; OWN_TABLE as usize + 1] = [None; OWN_TABLE as usize + 1];
    let mut framework_table: *const WDFFUNC = null();
    let mut driver_globals = null_mut();
    let functions = match number {
        None => null_mut(),
        Some(_) if has_own_table => own_table.as_mut_ptr().cast(),
        Some(_) => &raw mut framework_table,
    };
    let mut info = BindInfo {
        size: u32::try_from(size_of::<BindInfo>()).unwrap_or_default(),
        major: 2,
        minor: 15,
        function_count,
        functions,
        driver_globals: &raw mut driver_globals,
    };
    // SAFETY: the host's own function and context; the tables and the globals' place outlive the call.
    let status = unsafe { bind(context, &raw mut info) };
    let [own @ .., behind] = &own_table;
    let bound = match function_count {
        OWN_TABLE => own.iter().all(Option::is_some) && behind.is_none() && !driver_globals.is_null(),
        WHOLE_TABLE if number.is_some() => !framework_table.is_null() && !driver_globals.is_null(),
        _ => true,
    };
    if bound { status } else { STATUS_UNSUCCESSFUL }
}

/// The digits at the end of a string.
///
/// # Safety
/// `string` is readable, and so are the units that it says it has.
unsafe fn last_number(string: PCUNICODE_STRING) -> Option<u32> {
    // SAFETY: the caller's promise.
    let string = unsafe { string.read() };
    // SAFETY: the caller's promise.
    let units = unsafe { std::slice::from_raw_parts(string.Buffer, usize::from(string.Length / 2)) };
    let text = String::from_utf16_lossy(units);
    let (_, digits) = text.rsplit_once('_')?;
    digits.parse().ok()
}
