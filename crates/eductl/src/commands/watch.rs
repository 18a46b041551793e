//! `eductl watch`: tells of each interrupt. One request is always pending at the driver, which completes it when
//! the device calls: an inverted call.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use edu_interface::INTERRUPT_FACTORIAL;
use serde::Serialize;

use crate::Error;
use crate::code::Code;
use crate::device::{Device, SOON};
use crate::output::Output;

/// How often it is looked whether somebody wants an end.
const LOOK: Duration = Duration::from_millis(100);

/// An interrupt.
#[derive(Debug, Serialize)]
struct Interrupt {
    schema: &'static str,
    /// From 1.
    number: u64,
    bits: u32,
}

/// Prints each interrupt, until there were `count` of them or `stop` is true.
///
/// # Errors
/// [`Error::Failed`]: a wait failed. As [`Device::poll`] and [`Output::print`].
pub fn watch(
    device: &mut Device,
    output: Output,
    count: Option<u64>,
    stop: &AtomicBool,
) -> Result<(), Error> {
    for number in 1..=count.unwrap_or(u64::MAX) {
        let ticket = device.send_wait()?;
        let completed = loop {
            if let Some(completed) = device.poll(ticket, LOOK)? {
                break completed;
            }
            if stop.load(Ordering::Relaxed) {
                device.cancel(ticket)?;
                let last = device.wait("the cancelled wait", ticket, SOON)?;
                if last.code == Code::ERROR_OPERATION_ABORTED {
                    return Ok(());
                }
                break last;
            }
        };
        let bits = device.value("wait for an interrupt", &completed)?;
        output.print(&Interrupt { schema: "eductl.watch.1", number, bits })?;
    }
    Ok(())
}

impl fmt::Display for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.bits & INTERRUPT_FACTORIAL != 0 { ": a factorial is done" } else { "" };
        write!(f, "interrupt {}: bits {:#x}{what}", self.number, self.bits)
    }
}
