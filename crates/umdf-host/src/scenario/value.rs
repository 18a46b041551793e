//! Values that scenario files spell in their own way.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use crate::status;

/// An expected status, spelled with its name. The default is `STATUS_SUCCESS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Status(pub NTSTATUS);

impl Default for Status {
    fn default() -> Self {
        Self(STATUS_SUCCESS)
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = status::name(self.0).ok_or_else(|| S::Error::custom("a status without a name"))?;
        serializer.serialize_str(name)
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let status = status::from_name(name);
        status
            .map(Self)
            .ok_or_else(|| format!("{name} is no known status: use a name such as STATUS_INVALID_PARAMETER"))
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Bytes, spelled as pairs of hexadecimal digits with blanks where they help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let digits: Option<Vec<u8>> = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let (pairs, rest) = match &digits {
            Some(digits) => digits.as_chunks::<2>(),
            None => (&[][..], &[0][..]),
        };
        if !rest.is_empty() {
            return Err(D::Error::custom(format!(
                "\"{text}\" is not bytes: use pairs of hexadecimal digits"
            )));
        }
        Ok(Self(pairs.iter().map(|[high, low]| high << 4 | low).collect()))
    }
}
