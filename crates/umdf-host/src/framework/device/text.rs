//! `UNICODE_STRING` arguments, as the framework checks them (`FxValidateUnicodeString`).

use wdk_portable::{STATUS_INVALID_PARAMETER, UNICODE_STRING};

use super::super::{Pointer, Stop};
use crate::host::Host;

/// The text; refuses NULL and strings that are not well-formed.
pub fn text(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<String, Stop> {
    let string = pointer.read(host, name)?;
    if string.Length % 2 != 0
        || string.MaximumLength % 2 != 0
        || string.Length > string.MaximumLength
        || (string.MaximumLength > 0 && string.Buffer.is_null())
    {
        return Err(Stop::Status(STATUS_INVALID_PARAMETER));
    }
    let units: Vec<u16> = (0..usize::from(string.Length / 2))
        .map(|index| {
            let place = string.Buffer.wrapping_add(index);
            // SAFETY: the driver's string has `Length` bytes at `Buffer`, which is not NULL.
            unsafe { place.read_unaligned() }
        })
        .collect();
    Ok(String::from_utf16_lossy(&units))
}

/// The text of an optional string; NULL is the empty string.
pub fn optional_text(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<String, Stop> {
    if pointer.is_null() { Ok(String::new()) } else { text(host, pointer, name) }
}
