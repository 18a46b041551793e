//! The stack below the driver: the PCI bus driver, which knows no requests but those of the scenario.

use std::collections::BTreeMap;

use wdk_portable::{NTSTATUS, STATUS_INVALID_DEVICE_REQUEST};

use crate::scenario::{Lower, Scenario};

/// What the stack below answers to requests that it knows nothing of.
pub const UNKNOWN: NTSTATUS = STATUS_INVALID_DEVICE_REQUEST;

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

/// The stacks below the driver: what each knows, by the slot of the device.
pub struct LowerStack(BTreeMap<u16, Vec<Lower>>);

impl LowerStack {
    /// The stacks of the devices of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let known = scenario.devices.iter().map(|device| device.lower.clone());
        Self(scenario.slots().zip(known).collect())
    }

    /// What becomes of an I/O control request with this code below the device in a slot; of any other
    /// request without one.
    pub fn reply(&self, slot: u16, code: Option<u32>) -> Reply {
        let known = self.0.get(&slot).map_or(&[][..], Vec::as_slice);
        match known.iter().find(|known| Some(known.code) == code) {
            Some(Lower { keeps: true, .. }) => Reply::Kept,
            Some(known) => Reply::Completed { status: known.status.0, output: known.output.0.clone() },
            None => Reply::Completed { status: UNKNOWN, output: Vec::new() },
        }
    }
}
