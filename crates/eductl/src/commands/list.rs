//! `eductl list`: the devices.

use std::fmt;

use serde::Serialize;

use crate::Error;
use crate::transport::Transport;

/// The devices.
#[derive(Debug, Serialize)]
pub struct List {
    schema: &'static str,
    devices: Vec<String>,
}

/// Finds the devices.
///
/// # Errors
/// [`Error::NoDevice`]: there is none. As [`Transport::interfaces`].
pub fn list(transport: &mut dyn Transport) -> Result<List, Error> {
    let devices = transport.interfaces()?;
    if devices.is_empty() {
        return Err(Error::NoDevice("there is no edu device with its driver started".into()));
    }
    Ok(List { schema: "eductl.list.1", devices })
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.devices.iter().enumerate().try_for_each(|(index, path)| writeln!(f, "{index} {path}"))
    }
}
