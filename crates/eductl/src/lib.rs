//! The command-line client of the edu driver.
//!
//! The same commands work over two [`transport`]s: `win32` is Windows itself, and [`remote`] is `umdf-host serve`,
//! which has devices where there is no Windows. [`device`] makes typed calls of the bytes of
//! [`edu_interface`], with deadlines, and notices when the device goes; [`commands`] has a file per command.
//! What fails is an [`Error`], which has an exit code of its own for each thing that a script may want to know.

pub mod code;
pub mod commands;
pub mod device;
pub mod error;
pub mod output;
pub mod remote;
pub mod transport;
#[cfg(windows)]
pub mod win32;

pub use error::Error;
