//! Calls into the framework, and how a check tells what it found.

pub use crate::says::expect;
pub(crate) use crate::shared::wdf;
pub use crate::shared::{KEY_READ, Text, attributes, size_field};

/// A string of an odd length.
pub fn malformed() -> Text {
    let mut text = Text::new("ab");
    text.string.Length = 3;
    text
}
