//! What the PnP manager keeps about a device, whether a driver made a device object for it or not.

use crate::framework::Handle;
use crate::framework::device::property::Properties;
use crate::machines::RestartCounter;

/// A device node.
#[derive(Default)]
pub struct DevNode {
    /// The device object, once `WdfDeviceCreate` made it.
    pub device: Option<Handle>,
    /// What drivers stored about the device.
    pub properties: Properties,
    /// Restarts of the device that failed.
    pub restarts: RestartCounter,
}
