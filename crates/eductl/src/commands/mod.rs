//! The commands, each with what it prints.

pub mod bench;
pub mod factorial;
pub mod info;
pub mod list;
pub mod live;
pub mod self_test;
pub mod stats;
pub mod watch;

use crate::Error;
use crate::device::Device;
use crate::transport::{Access, Transport};

/// Which device a command is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one at this place in `eductl list`, from 0.
    Index(usize),
    /// The one with this path.
    Path(String),
}

impl Which {
    /// A number is an index, all else a path.
    pub fn parse(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Path(text.into()), Self::Index)
    }

    /// The path of the device.
    ///
    /// # Errors
    /// [`Error::NoDevice`]: there is none of that number. As [`Transport::interfaces`].
    pub fn path(&self, transport: &mut dyn Transport) -> Result<String, Error> {
        match self {
            Self::Path(path) => Ok(path.clone()),
            Self::Index(index) => {
                let paths = transport.interfaces()?;
                let count = paths.len();
                paths.into_iter().nth(*index).ok_or_else(|| {
                    Error::NoDevice(match count {
                        0 => "there is no edu device with its driver started".into(),
                        _ => format!("there is no device {index}: there are {count}, numbered from 0"),
                    })
                })
            }
        }
    }

    /// Opens the device.
    ///
    /// # Errors
    /// As [`path`](Self::path) and [`Device::open`].
    pub fn open(&self, transport: &mut dyn Transport) -> Result<Device, Error> {
        let path = self.path(transport)?;
        Device::open(transport, &path, Access::ReadWrite)
    }
}
