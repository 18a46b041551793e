//! `eductl factorial`: any number of them, all asked for at once.

use std::fmt;

use serde::Serialize;

use crate::Error;
use crate::device::{Device, FACTORIAL_WITHIN};

/// Most of them that are pending at a time.
const MOST_PENDING: usize = 64;

/// What the device computed.
#[derive(Debug, Serialize)]
pub struct Factorials {
    schema: &'static str,
    factorials: Vec<Factorial>,
}

#[derive(Debug, Serialize)]
struct Factorial {
    n: u32,
    /// Modulo 2^32.
    value: u32,
}

/// Has the device compute factorials; the driver has many of the requests at a time.
///
/// # Errors
/// The first that does not come back, as [`Device::wait`] tells, or fails, as [`Device::value`] does.
pub fn factorials(device: &mut Device, numbers: &[u32]) -> Result<Factorials, Error> {
    let mut factorials = Vec::new();
    for numbers in numbers.chunks(MOST_PENDING) {
        let sent = numbers.iter().map(|n| Ok((*n, device.send_factorial(*n)?)));
        for (n, ticket) in sent.collect::<Result<Vec<_>, Error>>()? {
            let what = format!("factorial of {n}");
            let completed = device.wait(&what, ticket, FACTORIAL_WITHIN)?;
            factorials.push(Factorial { n, value: device.value(&what, &completed)? });
        }
    }
    Ok(Factorials { schema: "eductl.factorial.1", factorials })
}

impl Factorials {
    /// Each n with its factorial.
    pub fn values(&self) -> Vec<(u32, u32)> {
        self.factorials.iter().map(|Factorial { n, value }| (*n, *value)).collect()
    }
}

impl fmt::Display for Factorials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.factorials.iter().try_for_each(|Factorial { n, value }| {
            // 12! is the last one that fits.
            let note = if *n > 12 { " (modulo 2^32)" } else { "" };
            writeln!(f, "{n}! = {value}{note}")
        })
    }
}
