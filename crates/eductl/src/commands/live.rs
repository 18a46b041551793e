//! `eductl live`: whether the device answers.

use std::fmt;

use serde::Serialize;

use crate::Error;
use crate::device::Device;

/// What the device answered to a value.
#[derive(Debug, Serialize)]
pub struct Live {
    schema: &'static str,
    value: u32,
    answer: u32,
}

/// Has the device answer a value.
///
/// # Errors
/// [`Error::Wrong`]: the answer is not the value's complement. As [`Device::live`].
pub fn live(device: &mut Device, value: u32) -> Result<Live, Error> {
    let answer = device.live(value)?;
    if answer != !value {
        return Err(Error::Wrong(format!(
            "the device answers {value:#010x} with {answer:#010x} instead of {:#010x}",
            !value
        )));
    }
    Ok(Live { schema: "eductl.live.1", value, answer })
}

impl fmt::Display for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the device answers {:#010x} with {:#010x}", self.value, self.answer)
    }
}
