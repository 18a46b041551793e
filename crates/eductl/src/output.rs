//! What commands print.

use std::fmt::Display;
use std::io::{self, Write, stdout};

use serde::Serialize;

use crate::Error;

/// How a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// JSON documents instead of text.
    pub json: bool,
}

impl Output {
    /// Prints a result: as text, or as a JSON document of a line.
    ///
    /// # Errors
    /// [`Error::System`]: the output takes it not. A reader that has left wants no more of it, which is no failure.
    pub fn print(self, result: &(impl Serialize + Display)) -> Result<(), Error> {
        let text = if self.json {
            serde_json::to_string(result).map_err(|error| Error::System(error.to_string()))?
        } else {
            result.to_string()
        };
        let mut output = stdout().lock();
        match writeln!(output, "{}", text.trim_end()).and_then(|()| output.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::System(format!("standard output: {error}")))
            }
            _ => Ok(()),
        }
    }
}
