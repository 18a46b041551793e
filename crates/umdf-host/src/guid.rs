//! GUIDs as text and as the bytes that Windows keeps.
//!
//! Sources: Microsoft Learn, "GUID structure (guiddef.h)".

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A GUID. Ordered by its fields, for use as a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Guid {
    first: u32,
    second: u16,
    third: u16,
    rest: [u8; 8],
}

impl Guid {
    /// From its three numbers and eight bytes.
    pub const fn new(first: u32, second: u16, third: u16, rest: [u8; 8]) -> Self {
        Self { first, second, third, rest }
    }

    /// From the 16 bytes of the structure in memory.
    pub fn from_bytes([a, b, c, d, rest @ ..]: [u8; 16]) -> Self {
        let [second_low, second_high, third_low, third_high, rest @ ..] = rest;
        Self {
            first: u32::from_le_bytes([a, b, c, d]),
            second: u16::from_le_bytes([second_low, second_high]),
            third: u16::from_le_bytes([third_low, third_high]),
            rest,
        }
    }

    /// The 16 bytes of the structure in memory.
    pub fn bytes(self) -> Vec<u8> {
        let numbers = [&self.first.to_le_bytes()[..], &self.second.to_le_bytes(), &self.third.to_le_bytes()];
        [&numbers.concat()[..], &self.rest].concat()
    }
}

impl From<wdk_portable::GUID> for Guid {
    fn from(guid: wdk_portable::GUID) -> Self {
        Self { first: guid.Data1, second: guid.Data2, third: guid.Data3, rest: guid.Data4 }
    }
}

impl fmt::Display for Guid {
    /// `{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}` with lower-case digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, node @ ..] = self.rest;
        write!(f, "{{{:08x}-{:04x}-{:04x}-{a:02x}{b:02x}-", self.first, self.second, self.third)?;
        for byte in node {
            write!(f, "{byte:02x}")?;
        }
        f.write_str("}")
    }
}

impl FromStr for Guid {
    type Err = String;

    /// The form of [`Display`](fmt::Display), digits in either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text)
            .ok_or_else(|| format!("{text} is no GUID: write {{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}}"))
    }
}

fn parse(text: &str) -> Option<Guid> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let groups: Vec<&str> = inner.split('-').collect();
    let lengths = groups.iter().map(|group| group.len());
    if !lengths.eq([8, 4, 4, 4, 12]) || !inner.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()) {
        return None;
    }
    let rest = u64::from_str_radix(&format!("{}{}", groups[3], groups[4]), 16).ok()?;
    Some(Guid {
        first: u32::from_str_radix(groups[0], 16).ok()?,
        second: u16::from_str_radix(groups[1], 16).ok()?,
        third: u16::from_str_radix(groups[2], 16).ok()?,
        rest: rest.to_be_bytes(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PCI_BUS: &str = "{c8ebdfb0-b510-11d0-80e5-00a0c92542e3}";

    #[test]
    fn text_and_bytes_are_those_of_windows() {
        let guid: Guid = PCI_BUS.to_uppercase().parse().unwrap();
        assert_eq!(guid.to_string(), PCI_BUS);
        let bytes =
            [0xb0, 0xdf, 0xeb, 0xc8, 0x10, 0xb5, 0xd0, 0x11, 0x80, 0xe5, 0, 0xa0, 0xc9, 0x25, 0x42, 0xe3];
        assert_eq!(guid.bytes(), bytes);
        assert_eq!(Guid::from_bytes(bytes), guid);
    }

    #[test]
    fn other_text_is_refused() {
        for text in
            ["", "{}", &PCI_BUS[1..], "{c8ebdfb0b510-11d0-80e5-00a0-c92542e3}", &PCI_BUS.replace('c', "+")]
        {
            assert!(text.parse::<Guid>().is_err(), "{text}");
        }
    }
}
