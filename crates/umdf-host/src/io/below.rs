//! The stack below the driver: the PCI bus driver, which knows no requests but those of the scenario.

use wdk_portable::{NTSTATUS, STATUS_INVALID_DEVICE_REQUEST};

use crate::scenario::Lower;

/// What the stack below answers to requests that it knows nothing of.
const UNKNOWN: NTSTATUS = STATUS_INVALID_DEVICE_REQUEST;

/// What becomes of a request that reached the stack below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is kept until it is cancelled.
    Kept,
    /// It is completed.
    Completed {
        /// With this status.
        status: NTSTATUS,
        /// And this output.
        output: Vec<u8>,
    },
}

/// The stack below the driver.
pub struct LowerStack(Vec<Lower>);

impl LowerStack {
    /// A stack that knows these I/O control codes.
    pub fn new(known: Vec<Lower>) -> Self {
        Self(known)
    }

    /// What becomes of an I/O control request with this code; of any other request without one.
    pub fn reply(&self, code: Option<u32>) -> Reply {
        match self.0.iter().find(|known| Some(known.code) == code) {
            Some(Lower { keeps: true, .. }) => Reply::Kept,
            Some(known) => Reply::Completed { status: known.status.0, output: known.output.0.clone() },
            None => Reply::Completed { status: UNKNOWN, output: Vec::new() },
        }
    }
}
