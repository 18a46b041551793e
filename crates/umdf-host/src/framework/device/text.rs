//! `UNICODE_STRING` arguments, as the framework checks them (`FxValidateUnicodeString`).

use wdk_portable::UNICODE_STRING;

use super::super::{Pointer, Stop, unicode};
use crate::host::Host;

/// The text; refuses NULL and strings that are not well-formed.
pub fn text(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<String, Stop> {
    Ok(String::from_utf16_lossy(&unicode::units(host, pointer, name)?))
}

/// The text of an optional string; NULL is the empty string.
pub fn optional_text(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<String, Stop> {
    if pointer.is_null() { Ok(String::new()) } else { text(host, pointer, name) }
}
