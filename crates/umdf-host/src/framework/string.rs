//! `wdfstring.h`: string objects.

use std::cell::UnsafeCell;

use wdk_portable::{
    NTSTATUS, PCUNICODE_STRING, PUNICODE_STRING, PWDF_OBJECT_ATTRIBUTES, STATUS_INTEGER_OVERFLOW,
    STATUS_SUCCESS, UNICODE_STRING, WDFSTRING,
};

use super::attributes::{self, Allowed};
use super::{Stop, object, unicode};

/// `WDFSTRING`. The driver reads the characters through the address it gets.
#[derive(Default)]
pub struct StringObject {
    /// The buffer: characters, a NUL, and what was left of a longer string. Empty: no buffer yet.
    buffer: Vec<UnsafeCell<u16>>,
    length: usize,
}

impl StringObject {
    /// A string with these characters.
    pub fn new(units: &[u16]) -> Result<Self, Stop> {
        let mut string = Self::default();
        string.assign(units)?;
        Ok(string)
    }

    /// Replaces the characters. A buffer that is large enough stays where it is, as the driver may
    /// have noticed.
    pub fn assign(&mut self, units: &[u16]) -> Result<(), Stop> {
        // A `UNICODE_STRING` counts bytes in 16 bits, the NUL included.
        if (units.len() + 1) * 2 > usize::from(u16::MAX) {
            return Err(Stop::Status(STATUS_INTEGER_OVERFLOW));
        }
        if self.buffer.len() <= units.len() {
            self.buffer = vec![0; units.len() + 1].into_iter().map(UnsafeCell::new).collect();
        }
        for (place, unit) in self.buffer.iter_mut().zip(units.iter().copied().chain([0])) {
            *place.get_mut() = unit;
        }
        self.length = units.len();
        Ok(())
    }

    /// The characters.
    pub fn units(&mut self) -> Vec<u16> {
        self.buffer.iter_mut().take(self.length).map(|unit| *unit.get_mut()).collect()
    }

    /// As the driver sees it.
    fn unicode_string(&self) -> UNICODE_STRING {
        let bytes = |units: usize| u16::try_from(units * 2).unwrap_or(u16::MAX);
        UNICODE_STRING {
            Length: bytes(self.length),
            MaximumLength: bytes(self.buffer.len()),
            Buffer: self
                .buffer
                .first()
                .map_or(std::ptr::null_mut(), |_| UnsafeCell::raw_get(self.buffer.as_ptr())),
        }
    }
}

ddi! {
    /// Makes a string, empty unless it is given characters to copy.
    fn WdfStringCreate(
        host,
        UnicodeString: PCUNICODE_STRING,
        StringAttributes: PWDF_OBJECT_ATTRIBUTES,
        String: *mut WDFSTRING,
    ) -> NTSTATUS {
        let mut state = host.state();
        String.write(host, "String", std::ptr::null_mut())?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, StringAttributes, allowed)?;
        let body = if UnicodeString.is_null() {
            StringObject::default()
        } else {
            StringObject::new(&unicode::units(host, UnicodeString, "UnicodeString")?)?
        };
        let string = object::create_below_driver(host, &mut state, body, attributes)?;
        String.write(host, "String", string.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Where the characters are; they stay the string's own.
    fn WdfStringGetUnicodeString(host, String: WDFSTRING, UnicodeString: PUNICODE_STRING) {
        let state = host.state();
        let string = state.objects.resolve::<StringObject>(host, String, "String")?;
        UnicodeString.require(host, "UnicodeString")?;
        let string = state.objects.get::<StringObject>(string).ok_or(Stop::NoEffect)?;
        UnicodeString.write(host, "UnicodeString", string.unicode_string())
    }
}
