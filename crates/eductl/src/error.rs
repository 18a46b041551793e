//! Why a command did not do what it was asked for.

use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;
use serve_wire::WireError;
use thiserror::Error;

use crate::code::Code;

/// Why a command did not do what it was asked for. [`exit_code`](Self::exit_code) tells scripts.
#[derive(Debug, Error)]
pub enum Error {
    /// A request failed.
    #[error("{what}: {code}, {}", code.words())]
    Failed {
        /// What was asked for.
        what: String,
        /// The code that it came back with.
        code: Code,
    },
    /// The driver's answer is not what its interface says.
    #[error("{what}: the driver answered {problem}")]
    BadReply {
        /// What was asked for.
        what: String,
        /// What is wrong with the answer.
        problem: String,
    },
    /// The device answered, and not with what it should.
    #[error("{0}")]
    Wrong(String),
    /// A request did not come back.
    #[error("{what}: no answer within {limit:?}")]
    NoAnswer {
        /// What was asked for.
        what: String,
        /// The deadline.
        limit: Duration,
    },
    /// There is no device, or none of that number or path.
    #[error("{0}")]
    NoDevice(String),
    /// The device went away.
    #[error("the device was unplugged")]
    Gone,
    /// The device is about to be removed.
    #[error("Plug and Play wants to remove the device: it is closed now")]
    GaveWay,
    /// The other side of the connection is not there, or is no `umdf-host serve`.
    #[error("{0}")]
    Connection(String),
    /// Wrong usage that only shows while the command runs.
    #[error("{0}")]
    Usage(String),
    /// The program's own output, or something else of the system.
    #[error("{0}")]
    System(String),
}

impl Error {
    /// A number for scripts; `eductl --help` lists them.
    pub fn number(&self) -> u8 {
        match self {
            Self::Failed { .. }
            | Self::BadReply { .. }
            | Self::Wrong(_)
            | Self::NoAnswer { .. }
            | Self::System(_) => 1,
            Self::Usage(_) => 2,
            Self::NoDevice(_) => 3,
            Self::Gone => 4,
            Self::GaveWay => 5,
            Self::Connection(_) => 6,
        }
    }

    /// The same as this program's exit code.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.number())
    }

    /// The Windows code, if there is one.
    pub fn code(&self) -> Option<Code> {
        if let Self::Failed { code, .. } = self { Some(*code) } else { None }
    }

    /// A request came back with this code.
    pub fn failed(what: impl Into<String>, code: Code) -> Self {
        Self::Failed { what: what.into(), code }
    }
}

impl From<WireError> for Error {
    fn from(error: WireError) -> Self {
        Self::Connection(error.to_string())
    }
}

/// The document that `--json` prints for an error.
#[derive(Serialize)]
pub struct Document {
    schema: &'static str,
    error: String,
    code: Option<Code>,
    exit_code: u8,
}

impl From<&Error> for Document {
    fn from(error: &Error) -> Self {
        Self {
            schema: "eductl.error.1",
            error: error.to_string(),
            code: error.code(),
            exit_code: error.number(),
        }
    }
}

impl std::fmt::Display for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error)
    }
}
