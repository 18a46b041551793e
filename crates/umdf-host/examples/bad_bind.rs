//! A client of the framework that binds with the function count at the end of its service's name, and calls
//! one function of those it got. For `bind_250` that is a count that no UMDF version has. `bind_short` says
//! that its bind information is too short; `bind_nowhere` has no place for the functions.

#![expect(unsafe_code, reason = "does by hand what wdk-portable does for a driver")]

use std::ffi::c_void;
use std::mem::transmute;
use std::ptr::{null, null_mut};

use wdk_portable::loader::{BindInfo, LoaderInterface};
use wdk_portable::{
    _WDFFUNCENUM, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PFN_WDFOBJECTCREATE, STATUS_INVALID_PARAMETER,
    STATUS_UNSUCCESSFUL, WDFFUNC,
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
    let number = unsafe { last_word(registry_path) };
    let short = number.as_deref() == Some("short");
    let number = number.and_then(|word| word.parse().ok());
    let function_count = number.unwrap_or(WHOLE_TABLE);
    let has_own_table = function_count <= OWN_TABLE;

    // One slot more than the framework may fill.
    let mut own_table: [WDFFUNC; OWN_TABLE as usize + 1] = [None; OWN_TABLE as usize + 1];
    let mut framework_table: *const WDFFUNC = null();
    let mut driver_globals = null_mut();
    let functions = match number {
        None if !short => null_mut(),
        _ if has_own_table => own_table.as_mut_ptr().cast(),
        _ => &raw mut framework_table,
    };
    let whole = u32::try_from(size_of::<BindInfo>()).unwrap_or_default();
    let mut info = BindInfo {
        size: if short { 8 } else { whole },
        major: 2,
        minor: 15,
        function_count,
        functions,
        driver_globals: &raw mut driver_globals,
    };
    // SAFETY: the host's own function and context; the tables and the globals' place outlive the call.
    let status = unsafe { bind(context, &raw mut info) };
    if number.is_none() || function_count > WHOLE_TABLE {
        // Refused, and nothing was written. Without a framework there is nothing more to do.
        let untouched = framework_table.is_null() && driver_globals.is_null();
        return if status == STATUS_INVALID_PARAMETER && untouched { 0 } else { STATUS_UNSUCCESSFUL };
    }
    let function = _WDFFUNCENUM::WdfObjectCreateTableIndex as usize;
    let (bound, create) = if has_own_table {
        let (own, behind) = own_table.split_at(function_count as usize);
        let filled = own.iter().all(Option::is_some) && behind.iter().all(Option::is_none);
        (filled, own.get(function).copied().flatten())
    } else if framework_table.is_null() {
        (false, None)
    } else {
        let place = framework_table.wrapping_add(function);
        // SAFETY: the table has as many functions as this client bound, and this is one of them.
        (true, unsafe { place.read() })
    };
    if !bound || driver_globals.is_null() {
        return STATUS_UNSUCCESSFUL;
    }
    // SAFETY: what the table has at this index is of this type.
    let create: PFN_WDFOBJECTCREATE = unsafe { transmute(create) };
    let mut object = null_mut();
    // SAFETY: the globals that came with the table, no attributes, and a place for the handle.
    let created = create.map_or(0, |create| unsafe { create(driver_globals, null_mut(), &raw mut object) });
    if created == 0 { status } else { STATUS_UNSUCCESSFUL }
}

/// What follows the last underscore of a string.
///
/// # Safety
/// `string` is readable, and so are the units that it says it has.
unsafe fn last_word(string: PCUNICODE_STRING) -> Option<String> {
    // SAFETY: the caller's promise.
    let string = unsafe { string.read() };
    // SAFETY: the caller's promise.
    let units = unsafe { std::slice::from_raw_parts(string.Buffer, usize::from(string.Length / 2)) };
    let text = String::from_utf16_lossy(units);
    Some(text.rsplit_once('_')?.1.to_owned())
}
