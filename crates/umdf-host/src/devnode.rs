//! What the PnP manager keeps about a device, whether a driver made a device object for it or not.

use crate::framework::Handle;
use crate::framework::device::property::Properties;
use crate::machines::RestartCounter;
use crate::pnp::NodeState;

/// A device node.
pub struct DevNode {
    /// The number of the device in the scenario.
    pub number: usize,
    /// The device object, once `WdfDeviceCreate` made it.
    pub device: Option<Handle>,
    /// What drivers stored about the device.
    pub properties: Properties,
    /// Restarts of the device that failed.
    pub restarts: RestartCounter,
    /// How the device is.
    pub state: NodeState,
}

impl DevNode {
    /// For a device that no driver was added to.
    pub fn new(number: usize) -> Self {
        Self {
            number,
            device: None,
            properties: Properties::default(),
            restarts: RestartCounter::default(),
            state: NodeState::NotAdded,
        }
    }
}
