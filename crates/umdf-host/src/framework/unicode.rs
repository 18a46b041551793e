//! `UNICODE_STRING` arguments, as the framework checks them (`fxvalidatefunctions.hpp`).

use wdk_portable::{STATUS_INVALID_PARAMETER, UNICODE_STRING};

use super::{Pointer, Stop};
use crate::host::Host;
use crate::rules::Rule;

/// A checked string.
pub struct Text {
    /// The `Length` bytes of it.
    units: Vec<u16>,
    /// Everything up to the first NUL within `MaximumLength`, if there is one.
    terminated: Option<Vec<u16>>,
}

/// Refuses NULL and a string whose members do not go together.
pub fn read(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<Text, Stop> {
    let string = pointer.read(host, name)?;
    let refused = string.Length % 2 != 0
        || string.MaximumLength % 2 != 0
        || (string.MaximumLength > 0 && string.Buffer.is_null())
        || string.Length > string.MaximumLength;
    if refused {
        return Err(Stop::Status(STATUS_INVALID_PARAMETER));
    }
    let buffer = usize::from(string.MaximumLength / 2);
    let mut units = Vec::with_capacity(buffer);
    for index in 0..buffer {
        let place = string.Buffer.wrapping_add(index);
        // SAFETY: the driver's string has `MaximumLength` bytes at `Buffer`, which is not NULL.
        units.push(unsafe { place.read_unaligned() });
    }
    let terminated = if string.Buffer.is_null() {
        Some(Vec::new())
    } else {
        units.iter().position(|unit| *unit == 0).map(|end| units[..end].to_vec())
    };
    units.truncate(usize::from(string.Length / 2));
    Ok(Text { units, terminated })
}

/// The characters of a string.
pub fn units(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<Vec<u16>, Stop> {
    Ok(read(host, pointer, name)?.units)
}

/// The name of a registry key or value. In user mode the framework hands the buffer to functions
/// that read up to a NUL and know nothing of `Length` (`fxregkeyum.cpp`).
pub fn registry_name(host: &Host, pointer: Pointer<UNICODE_STRING>, name: &str) -> Result<String, Stop> {
    let text = read(host, pointer, name)?;
    if let Some(units) = text.terminated {
        return Ok(String::from_utf16_lossy(&units));
    }
    let shown = String::from_utf16_lossy(&text.units);
    let message = format!("{name} \"{shown}\" has no NUL behind its {} characters", text.units.len());
    host.violation(Rule::RegNameNotTerminated, message);
    Ok(shown)
}
