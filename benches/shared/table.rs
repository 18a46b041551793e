//! A function table of stubs, for the benchmarks and tests that bring a framework of their own.

#![expect(unsafe_code, reason = "what it holds is a C interface")]

use std::sync::Once;

use wdk_sys::{_WDFFUNCENUM, WDFFUNC};

/// Entries of the table.
pub const FUNCTIONS: usize = _WDFFUNCENUM::WdfFunctionTableNumEntries as usize;

/// Fills the table; each function must have the type that the header gives its index.
macro_rules! table {
    ($($index:ident: $type:ident = $function:path;)*) => {{
        let mut table: [wdk_sys::WDFFUNC; crate::table::FUNCTIONS] = [None; crate::table::FUNCTIONS];
        $({
            let function: wdk_sys::$type = Some($function);
            // SAFETY: both are optional function pointers; who calls turns it back by its index.
            let function = unsafe { std::mem::transmute::<wdk_sys::$type, wdk_sys::WDFFUNC>(function) };
            table[wdk_sys::_WDFFUNCENUM::$index as usize] = function;
        })*
        table
    }};
}
pub(crate) use table;

/// Puts the program's table where the bindings look for it.
pub fn install(table: &'static [WDFFUNC; FUNCTIONS]) {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // SAFETY: once; whoever reads it has called this function before.
        unsafe { wdk_sys::WdfFunctions = table.as_ptr() };
    });
}
