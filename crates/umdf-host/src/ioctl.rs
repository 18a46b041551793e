//! I/O control codes in words.
//!
//! Sources: Microsoft Learn, "Defining I/O Control Codes".

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The required access in a code (`CTL_CODE` of `winioctl.h`): FILE_READ_ACCESS and FILE_WRITE_ACCESS.
const ACCESS: [&str; 4] =
    ["FILE_ANY_ACCESS", "FILE_READ_ACCESS", "FILE_WRITE_ACCESS", "FILE_READ_ACCESS | FILE_WRITE_ACCESS"];
/// How buffers are passed.
const METHODS: [&str; 4] = ["METHOD_BUFFERED", "METHOD_IN_DIRECT", "METHOD_OUT_DIRECT", "METHOD_NEITHER"];

/// The names that a scenario has for codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names(BTreeMap<String, u32>);

impl Names {
    /// The code of that name.
    pub fn code(&self, name: &str) -> Option<u32> {
        self.0.get(name).copied()
    }

    /// Whether no code has a name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every code that has a name.
    pub fn codes(&self) -> impl Iterator<Item = u32> {
        self.0.values().copied()
    }

    /// A code in words: its name, or what it consists of.
    pub fn describe(&self, code: u32) -> String {
        let name = self.0.iter().find(|(_, named)| **named == code).map(|(name, _)| name.clone());
        name.unwrap_or_else(|| Parts(code).to_string())
    }
}

/// `DeviceType`, `Access`, `Function` and `Method` of a code.
struct Parts(u32);

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(code) = *self;
        let part = |names: [&'static str; 4], shift: u32| names[(code >> shift & 3) as usize];
        write!(
            f,
            "{code:#x} (device type {:#x}, function {:#x}, {}, {})",
            code >> 16,
            code >> 2 & 0xfff,
            part(METHODS, 0),
            part(ACCESS, 14)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_told_by_its_name_or_its_parts() {
        let names = Names([("IOCTL_EDU_FACTORIAL".to_owned(), 0x0022_a008)].into());
        assert_eq!(names.code("IOCTL_EDU_FACTORIAL"), Some(0x0022_a008));
        assert_eq!(names.code("IOCTL_EDU"), None);
        assert_eq!(names.describe(0x0022_a008), "IOCTL_EDU_FACTORIAL");
        let parts = "0x226003 (device type 0x22, function 0x800, METHOD_NEITHER, FILE_READ_ACCESS)";
        assert_eq!(names.describe(0x0022_6003), parts);
        let all = "0xffffffff (device type 0xffff, function 0xfff, METHOD_NEITHER, FILE_READ_ACCESS | FILE_WRITE_ACCESS)";
        assert_eq!(names.describe(u32::MAX), all);
        assert!(names.describe(0x0022_2000).ends_with("METHOD_BUFFERED, FILE_ANY_ACCESS)"));
    }
}
