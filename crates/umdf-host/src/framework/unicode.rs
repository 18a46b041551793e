//! `UNICODE_STRING` arguments, as the framework checks them (`fxvalidatefunctions.hpp`).

use wdk_portable::{STATUS_INVALID_PARAMETER, UNICODE_STRING};

use super::{Pointer, Stop};
use crate::host::Host;
use crate::rules::Rule;

/// Refuses NULL and a string whose members do not go together.
pub fn check(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<UNICODE_STRING, Stop> {
    let string = pointer.read(host, name)?;
    let refused = string.Length % 2 != 0
        || string.MaximumLength % 2 != 0
        || (string.MaximumLength > 0 && string.Buffer.is_null())
        || string.Length > string.MaximumLength;
    if refused { Err(Stop::Status(STATUS_INVALID_PARAMETER)) } else { Ok(string) }
}

/// The characters in the first `bytes` of a checked string's buffer.
fn characters(string: &UNICODE_STRING, bytes: u16) -> impl Iterator<Item = u16> {
    (0..usize::from(bytes / 2)).map(|index| {
        let place = string.Buffer.wrapping_add(index);
        // SAFETY: the driver's string has `MaximumLength` bytes at `Buffer`, which is not NULL.
        unsafe { place.read_unaligned() }
    })
}

/// The characters of a string.
pub fn units(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<Vec<u16>, Stop> {
    let string = check(host, pointer, name)?;
    Ok(characters(&string, string.Length).collect())
}

/// The name of a registry key or value. In user mode the framework hands the buffer to functions
/// that read up to a NUL and know nothing of `Length` (`fxregkeyum.cpp`).
pub fn registry_name(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<String, Stop> {
    let string = check(host, pointer, name)?;
    let units: Vec<u16> = characters(&string, string.MaximumLength).take_while(|unit| *unit != 0).collect();
    let terminated = string.Buffer.is_null() || units.len() < usize::from(string.MaximumLength / 2);
    if terminated {
        return Ok(String::from_utf16_lossy(&units));
    }
    let count = string.Length / 2;
    let shown = String::from_utf16_lossy(&units[..usize::from(count)]);
    host.violation(
        Rule::RegNameNotTerminated,
        format!("{name} \"{shown}\" has no NUL behind its {count} characters"),
    );
    Ok(shown)
}
