//! What the call macro asks about the bound framework.
//!
//! Sources: `wdk-sys` 0.5.2, whose build script makes this function.

#[doc(hidden)]
pub mod __private {
    use crate::_WDFFUNCENUM;

    /// Entries of the table behind `WdfFunctions`.
    #[must_use]
    pub const fn get_wdf_function_count() -> usize {
        _WDFFUNCENUM::WdfFunctionTableNumEntries as usize
    }
}
