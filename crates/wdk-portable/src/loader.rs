//! How a host loads a driver that is built on this crate.
//!
//! The driver's library exports `FxDriverEntryUm` (see
//! [`export_fx_driver_entry_um!`](crate::export_fx_driver_entry_um)). A host calls it once with a
//! [`LoaderInterface`], and [`enter`] does what the WDK's stub library does on Windows: bind to the
//! framework, then call the driver's `DriverEntry`, and unbind if that fails. After success the driver is the
//! host's: it ends the driver's life by calling `EvtDriverUnload`, and there is no unbind.
//!
//! Only a host that knows this interface can load such a driver. Anything else, the Windows host among them,
//! passes a structure without [`LOADER_SIGNATURE`] and gets `STATUS_REVISION_MISMATCH`.
//!
//! Sources: `wdf.h`, for `FxDriverEntryUm`. The interface behind it is this crate's own.

use core::ffi::c_void;

use crate::wdk::{self, DebugOutput};
use crate::{
    _WDFFUNCENUM, NT_SUCCESS, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT, PWDF_DRIVER_GLOBALS,
    STATUS_REVISION_MISMATCH, WDFFUNC, WdfDriverGlobals, WdfFunctions,
};

/// First field of every [`LoaderInterface`]: the bytes `umdfload`, whatever the machine's byte order.
pub const LOADER_SIGNATURE: u64 = u64::from_ne_bytes(*b"umdfload");

/// Version of the interface that this crate speaks.
pub const LOADER_VERSION: u32 = 1;

/// What a host hands to `FxDriverEntryUm`. It is read during that call only; the functions and the context
/// must stay usable until `unbind` returns or, after success, for as long as the driver is loaded.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct LoaderInterface {
    /// [`LOADER_SIGNATURE`].
    pub signature: u64,
    /// Size of this structure in bytes; a later version may only append.
    pub size: u32,
    /// [`LOADER_VERSION`].
    pub version: u32,
    /// Connects the driver with the framework: checks [`BindInfo`], then stores the table and the globals
    /// where it says.
    pub bind: Option<unsafe extern "C" fn(context: *mut c_void, bind: *mut BindInfo) -> NTSTATUS>,
    /// Undoes `bind` after a failed `DriverEntry`.
    pub unbind: Option<unsafe extern "C" fn(context: *mut c_void)>,
    /// Takes a piece of debug text: `length` bytes of UTF-8 without a NUL. Called on any thread.
    pub debug_output: Option<unsafe extern "C" fn(context: *mut c_void, text: *const u8, length: usize)>,
}

/// What the driver asks of the framework, and where the answer goes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BindInfo {
    /// Size of this structure in bytes.
    pub size: u32,
    /// Major version of UMDF that the driver is built for: 2.
    pub major: u32,
    /// Minor version: 15.
    pub minor: u32,
    /// Entries that the driver expects in the table: 257, the count released with 2.15.
    pub function_count: u32,
    /// Out: receives the pointer to the framework's table.
    pub functions: *mut *const WDFFUNC,
    /// Out: receives the driver's globals.
    pub driver_globals: *mut PWDF_DRIVER_GLOBALS,
}

/// A driver's `DriverEntry`.
pub type DriverEntryFn =
    unsafe extern "C" fn(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS;

/// The symbol `FxDriverEntryUm` that a host looks for.
pub type FxDriverEntryUm = unsafe extern "C" fn(
    loader: *const LoaderInterface,
    context: *mut c_void,
    driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
) -> NTSTATUS;

/// The part of [`LoaderInterface`] that says how much of it there is.
#[repr(C)]
#[derive(Clone, Copy)]
struct Prefix {
    signature: u64,
    size: u32,
    version: u32,
}

/// Binds the driver, then calls its `DriverEntry`.
///
/// Returns the status of `DriverEntry`; before that the status of a failed bind, or
/// `STATUS_REVISION_MISMATCH` if the loader is NULL, has a foreign signature, another version, too small a
/// size or a missing function.
///
/// # Safety
///
/// `loader` is NULL or readable for 8 bytes; if these are [`LOADER_SIGNATURE`], for its `size` bytes (at
/// least 16), with functions as [`LoaderInterface`] describes. `driver` and `registry_path` are what
/// `driver_entry` expects. No other call is under way. A `driver_entry` that fails leaves no thread behind: when
/// `unbind` has returned, the context may be gone, and nothing of the driver may print any more.
pub unsafe fn enter(
    loader: *const LoaderInterface,
    context: *mut c_void,
    driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
    driver_entry: DriverEntryFn,
) -> NTSTATUS {
    // SAFETY: the caller's promise about `loader`.
    let interface = unsafe { read_interface(loader) };
    let Some(LoaderInterface {
        bind: Some(bind),
        unbind: Some(unbind),
        debug_output: Some(debug_output),
        ..
    }) = interface
    else {
        return STATUS_REVISION_MISMATCH;
    };

    let mut request = BindInfo {
        size: const { size_as_u32::<BindInfo>() },
        major: 2,
        minor: 15,
        function_count: _WDFFUNCENUM::WdfFunctionTableNumEntries.cast_unsigned(),
        functions: &raw mut WdfFunctions,
        driver_globals: &raw mut WdfDriverGlobals,
    };
    // SAFETY: the loader's own function with the loader's own context; `request` and what it points to
    // outlive the call.
    let status = unsafe { bind(context, &raw mut request) };
    if !NT_SUCCESS(status) {
        return status;
    }

    wdk::set_output(Some(DebugOutput { function: debug_output, context }));
    // SAFETY: the driver is bound, and the caller promises that the arguments are what DriverEntry expects.
    let status = unsafe { driver_entry(driver, registry_path) };
    if !NT_SUCCESS(status) {
        // SAFETY: bind succeeded with the same context, and the driver does not run any more.
        unsafe { unbind(context) };
        // Not earlier: undoing the bind may call cleanup callbacks of the driver, which print.
        wdk::set_output(None);
        // SAFETY: the driver does not run any more, so nobody reads the variable.
        unsafe { WdfFunctions = core::ptr::null() };
        // SAFETY: as above.
        unsafe { WdfDriverGlobals = core::ptr::null_mut() };
    }
    status
}

/// The size of a structure as its own `size` field holds it.
const fn size_as_u32<T>() -> u32 {
    assert!(size_of::<T>() <= u32::MAX as usize);
    #[expect(clippy::cast_possible_truncation, reason = "just checked")]
    return size_of::<T>() as u32;
}

/// Reads the interface if it is one of ours: the signature first, because a foreign structure may be shorter
/// than ours.
///
/// # Safety
///
/// As [`enter`] says about `loader`.
unsafe fn read_interface(loader: *const LoaderInterface) -> Option<LoaderInterface> {
    if loader.is_null() {
        return None;
    }
    // SAFETY: not NULL, so the caller promises 8 readable bytes.
    let signature = unsafe { loader.cast::<u64>().read_unaligned() };
    if signature != LOADER_SIGNATURE {
        return None;
    }
    // SAFETY: the signature is ours, so the caller promises at least 16 readable bytes.
    let prefix = unsafe { loader.cast::<Prefix>().read_unaligned() };
    if prefix.version != LOADER_VERSION || (prefix.size as usize) < size_of::<LoaderInterface>() {
        return None;
    }
    // SAFETY: the caller promises `size` readable bytes, and that is the whole structure.
    Some(unsafe { loader.read_unaligned() })
}

/// Exports `FxDriverEntryUm`, which binds the driver and then calls the given `DriverEntry`.
///
/// For a driver built with a WDK the stub library brings that symbol. The argument is the path of a function
/// `(PDRIVER_OBJECT, PCUNICODE_STRING) -> NTSTATUS`, safe or not, `extern "C"` or `extern "system"`.
#[macro_export]
macro_rules! export_fx_driver_entry_um {
    ($driver_entry:path) => {
        /// Where a host enters this driver: binds it to the framework, then calls its `DriverEntry`.
        ///
        /// # Safety
        ///
        /// As `wdk_portable::loader::enter` demands.
        #[allow(
            non_snake_case,
            unsafe_code,
            unused_unsafe,
            reason = "an exported entry point; DriverEntry may be safe"
        )]
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn FxDriverEntryUm(
            loader: *const $crate::loader::LoaderInterface,
            context: *mut ::core::ffi::c_void,
            driver: $crate::PDRIVER_OBJECT,
            registry_path: $crate::PCUNICODE_STRING,
        ) -> $crate::NTSTATUS {
            // Named so that it does not hide the driver's own function: items are not hygienic.
            unsafe extern "C" fn __call_driver_entry(
                driver: $crate::PDRIVER_OBJECT,
                registry_path: $crate::PCUNICODE_STRING,
            ) -> $crate::NTSTATUS {
                // SAFETY: `enter` passes on what the host promises about the arguments.
                unsafe { $driver_entry(driver, registry_path) }
            }
            // SAFETY: the host keeps the promises of `enter`.
            unsafe { $crate::loader::enter(loader, context, driver, registry_path, __call_driver_entry) }
        }

        const _: $crate::loader::FxDriverEntryUm = FxDriverEntryUm;
    };
}
