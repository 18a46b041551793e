//! As much of a framework as DriverEntry and EvtDriverUnload need: WdfDriverCreate.

// UNSAFETY: the framework is a C interface, and the driver is called through it.
#![expect(unsafe_code, reason = "the framework is a C interface")]

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use wdk_portable::loader::{BindInfo, FxDriverEntryUm, LOADER_SIGNATURE, LOADER_VERSION, LoaderInterface};
use wdk_portable::{
    _WDFFUNCENUM, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PFN_WDF_DRIVER_UNLOAD, PFN_WDFDRIVERCREATE,
    PWDF_DRIVER_CONFIG, PWDF_DRIVER_GLOBALS, PWDF_OBJECT_ATTRIBUTES, STATUS_SUCCESS, STATUS_UNSUCCESSFUL,
    UNICODE_STRING, WDFDRIVER, WDFFUNC,
};

/// The driver's entry point.
pub type Entry = FxDriverEntryUm;

/// What the driver is told and has told.
struct State {
    refuse: bool,
    unload: PFN_WDF_DRIVER_UNLOAD,
    /// Debug output.
    text: String,
}

static STATE: Mutex<State> = Mutex::new(State { refuse: false, unload: None, text: String::new() });

const FUNCTIONS: usize = _WDFFUNCENUM::WdfFunctionTableNumEntries as usize;

static TABLE: [WDFFUNC; FUNCTIONS] = {
    let mut table: [WDFFUNC; FUNCTIONS] = [None; FUNCTIONS];
    let create: PFN_WDFDRIVERCREATE = Some(driver_create);
    // SAFETY: both are optional function pointers; who calls turns it back by its index.
    let create = unsafe { std::mem::transmute::<PFN_WDFDRIVERCREATE, WDFFUNC>(create) };
    table[_WDFFUNCENUM::WdfDriverCreateTableIndex as usize] = create;
    table
};

/// Calls the entry point. `refuse`: WdfDriverCreate fails.
pub fn enter(entry: Entry, refuse: bool) -> NTSTATUS {
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    *state = State { refuse, unload: None, text: String::new() };
    drop(state);
    let loader = LoaderInterface {
        signature: LOADER_SIGNATURE,
        size: u32::try_from(size_of::<LoaderInterface>()).unwrap_or(0),
        version: LOADER_VERSION,
        bind: Some(bind),
        unbind: Some(unbind),
        debug_output: Some(debug_output),
    };
    let path = UNICODE_STRING::default();
    // SAFETY: the interface is as it should be; nothing here looks behind the driver object and the path.
    unsafe { entry(&raw const loader, null_mut(), null_mut(), &raw const path) }
}

/// What the driver has written to the debugger, in this life.
pub fn debugger() -> String {
    STATE.lock().unwrap_or_else(PoisonError::into_inner).text.clone()
}

/// Calls EvtDriverUnload.
pub fn unload() -> Result<()> {
    let unload = STATE.lock().unwrap_or_else(PoisonError::into_inner).unload.take();
    let unload = unload.context("the driver has no EvtDriverUnload")?;
    // SAFETY: the driver registered it, and is there.
    unsafe { unload(null_mut()) };
    Ok(())
}

unsafe extern "C" fn bind(_context: *mut c_void, info: *mut BindInfo) -> NTSTATUS {
    // SAFETY: the driver passes its bind information.
    let info = unsafe { &*info };
    // SAFETY: it has a place for the table.
    unsafe { info.functions.write(TABLE.as_ptr()) };
    // SAFETY: and one for the globals, which the one function here does not look at.
    unsafe { info.driver_globals.write(null_mut()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn unbind(_context: *mut c_void) {}

unsafe extern "C" fn debug_output(_context: *mut c_void, text: *const u8, length: usize) {
    // SAFETY: so many bytes of the driver's.
    let text = unsafe { std::slice::from_raw_parts(text, length) };
    STATE.lock().unwrap_or_else(PoisonError::into_inner).text.push_str(&String::from_utf8_lossy(text));
}

unsafe extern "C" fn driver_create(
    _: PWDF_DRIVER_GLOBALS,
    _: PDRIVER_OBJECT,
    _: PCUNICODE_STRING,
    _: PWDF_OBJECT_ATTRIBUTES,
    config: PWDF_DRIVER_CONFIG,
    _: *mut WDFDRIVER,
) -> NTSTATUS {
    // SAFETY: the driver passes a config.
    let unload = unsafe { &*config }.EvtDriverUnload;
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    if state.refuse {
        return STATUS_UNSUCCESSFUL;
    }
    state.unload = unload;
    STATUS_SUCCESS
}
