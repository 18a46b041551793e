//! `wdfcontrol.h`: control devices.

use crate::WDFDEVICE;

pub mod _WDF_DEVICE_SHUTDOWN_FLAGS {
    pub type Type = i32;
    pub const WdfDeviceShutdown: Type = 1;
    pub const WdfDeviceLastChanceShutdown: Type = 2;
}
pub type WDF_DEVICE_SHUTDOWN_FLAGS = _WDF_DEVICE_SHUTDOWN_FLAGS::Type;

pub type EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION = Option<unsafe extern "C" fn(Device: WDFDEVICE)>;
