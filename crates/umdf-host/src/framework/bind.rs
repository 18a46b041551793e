//! The bind: how a driver image gets the function table (`fxlibrarycommon.cpp`).

use std::ffi::c_void;
use std::sync::OnceLock;

use wdk_portable::loader::{BindInfo, LOADER_SIGNATURE, LOADER_VERSION, LoaderInterface};
use wdk_portable::{NTSTATUS, STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDF_DRIVER_GLOBALS, WDFFUNC};

use super::pointer::Pointer;
use super::table::table;
use super::{Stop, object};
use crate::gate;
use crate::history::Event;
use crate::host::{Host, host};
use crate::rules::Rule;

/// Function counts of the released UMDF 2 versions, 2.0 to 2.33 (`wdffuncenum.h` of each).
const RELEASED: [u32; 9] = [248, 257, 260, 261, 265, 268, 269, 273, 274];
/// Up to this count (UMDF 2.0) the client's table is filled; later clients get a pointer to the
/// framework's. A client of another count is taken for the one or the other in the same way.
const COPIED: u32 = 248;

/// What the driver's entry point gets from the host.
pub fn loader_interface() -> &'static LoaderInterface {
    static INTERFACE: LoaderInterface = LoaderInterface {
        signature: LOADER_SIGNATURE,
        #[expect(clippy::cast_possible_truncation, reason = "a structure of six words")]
        size: size_of::<LoaderInterface>() as u32,
        version: LOADER_VERSION,
        bind: Some(bind),
        unbind: Some(unbind),
        debug_output: Some(debug_output),
    };
    &INTERFACE
}

/// The context for the loader interface; this host has one client and needs none.
pub fn loader_context() -> *mut c_void {
    std::ptr::null_mut()
}

struct Globals(WDF_DRIVER_GLOBALS);

// SAFETY: the host never touches the globals after it made them; their pointer member stays NULL.
unsafe impl Send for Globals {}
// SAFETY: as above.
unsafe impl Sync for Globals {}

fn globals() -> *mut WDF_DRIVER_GLOBALS {
    static GLOBALS: OnceLock<Globals> = OnceLock::new();
    let globals = GLOBALS.get_or_init(|| {
        let mut globals = WDF_DRIVER_GLOBALS::default();
        let service = host().service().bytes().chain(std::iter::repeat(0));
        // One byte stays for the terminator.
        let last = globals.DriverName.len() - 1;
        for (place, byte) in globals.DriverName[..last].iter_mut().zip(service) {
            *place = byte.cast_signed();
        }
        Globals(globals)
    });
    std::ptr::from_ref(&globals.0).cast_mut()
}

unsafe extern "C" fn bind(_context: *mut c_void, info: *mut BindInfo) -> NTSTATUS {
    // SAFETY: the client passes NULL or its bind information.
    let info = unsafe { Pointer::new(info) };
    gate::call(
        "WdfVersionBind",
        |_| String::new(),
        |host| {
            let size = info.size_field(host, "BindInfo")?;
            if size as usize != size_of::<BindInfo>() {
                return Err(refuse(host, format!("the bind information has {size} bytes")));
            }
            let info = info.read(host, "BindInfo")?;
            let table = table();
            let count = info.function_count;
            if info.functions.is_null() || info.driver_globals.is_null() {
                return Err(refuse(host, "the bind information has no place for functions or globals"));
            }
            if !RELEASED.contains(&count) || count as usize > table.len() {
                let newest = table.len();
                let message = format!(
                    "the driver binds UMDF {}.{} with {count} functions; released counts up to {newest} are 248 and 257",
                    info.major, info.minor
                );
                let refused = refuse(host, message);
                if count as usize > table.len() {
                    return Err(refused);
                }
            }
            if count <= COPIED {
                let own = info.functions.cast::<WDFFUNC>();
                for (index, function) in table.iter().take(count as usize).enumerate() {
                    let place = own.wrapping_add(index);
                    // SAFETY: a client with this count has a table of that many entries there.
                    unsafe { place.write(*function) };
                }
            } else {
                // SAFETY: not NULL, so the client's place for the pointer.
                unsafe { info.functions.write(table.as_ptr()) };
            }
            host.state().client_minor = info.minor;
            // SAFETY: not NULL, so the client's place for its globals.
            unsafe { info.driver_globals.write(globals()) };
            Ok(STATUS_SUCCESS)
        },
    )
}

/// What cannot be bound: with the rule switched off the client gets a status, because success would
/// let it call functions that it does not have.
fn refuse(host: &Host, message: impl Into<String>) -> Stop {
    host.violation(Rule::BindTableMismatch, message);
    Stop::Status(STATUS_INVALID_PARAMETER)
}

/// The client is going: what its DriverEntry made is deleted, without EvtDriverUnload, while the
/// client can still call the framework (`FxLibraryCommonUnregisterClient`).
unsafe extern "C" fn unbind(_context: *mut c_void) {
    gate::call(
        "WdfVersionUnbind",
        |_| String::new(),
        |host| {
            let driver = host.state().driver.take();
            if let Some(driver) = driver {
                object::delete(host, driver);
                object::report_leaks(host);
            }
            Ok(())
        },
    );
}

unsafe extern "C" fn debug_output(_context: *mut c_void, text: *const u8, length: usize) {
    if text.is_null() {
        return;
    }
    gate::output(|host| {
        // SAFETY: not NULL, so `length` bytes of the driver's that live until this returns.
        let bytes = unsafe { std::slice::from_raw_parts(text, length) };
        let text = String::from_utf8_lossy(bytes);
        for line in text.lines() {
            host.record(Event::Trace { line: line.into() });
        }
    });
}
