//! `eductl info`: what the driver found.

use std::fmt;

use edu_interface::STATE_COMPUTING;
use serde::Serialize;

use crate::Error;
use crate::device::Device;

/// What the driver found at start, and what the device is doing.
#[derive(Debug, Serialize)]
pub struct Info {
    schema: &'static str,
    identification: u32,
    major: u8,
    minor: u8,
    mapped_length: u32,
    computing: bool,
    interrupt_messages: u32,
}

/// Asks the driver.
///
/// # Errors
/// As [`Device::info`].
pub fn info(device: &mut Device) -> Result<Info, Error> {
    let info = device.info()?;
    let [major, minor, ..] = info.identification.to_be_bytes();
    Ok(Info {
        schema: "eductl.info.1",
        identification: info.identification,
        major,
        minor,
        mapped_length: info.mapped_length,
        computing: info.state == STATE_COMPUTING,
        interrupt_messages: info.interrupt_messages,
    })
}

impl fmt::Display for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { identification, major, minor, mapped_length, .. } = self;
        writeln!(f, "identification  {identification:#010x}: edu, revision {major}.{minor}")?;
        writeln!(f, "registers       {mapped_length:#x} bytes mapped")?;
        writeln!(f, "factorial       {}", if self.computing { "one is being computed" } else { "idle" })?;
        match self.interrupt_messages {
            0 => writeln!(f, "interrupt       a line"),
            count => writeln!(f, "interrupt       {count} message(s)"),
        }
    }
}
