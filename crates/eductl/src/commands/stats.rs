//! `eductl stats`: how often what has happened.

use std::fmt;

use serde::Serialize;

use crate::Error;
use crate::device::Device;

/// Counts since the device was found.
#[derive(Debug, Serialize)]
pub struct Stats {
    schema: &'static str,
    interrupts: u64,
    spurious_interrupts: u64,
    factorials: u64,
    timeouts: u64,
}

/// Asks the driver.
///
/// # Errors
/// As [`Device::statistics`].
pub fn stats(device: &mut Device) -> Result<Stats, Error> {
    let statistics = device.statistics()?;
    Ok(Stats {
        schema: "eductl.stats.1",
        interrupts: statistics.interrupts,
        spurious_interrupts: statistics.spurious_interrupts,
        factorials: statistics.factorials,
        timeouts: statistics.timeouts,
    })
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "interrupts           {}", self.interrupts)?;
        writeln!(f, "spurious interrupts  {}", self.spurious_interrupts)?;
        writeln!(f, "factorials           {}", self.factorials)?;
        writeln!(f, "timeouts             {}", self.timeouts)
    }
}
