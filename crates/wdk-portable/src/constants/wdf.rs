//! Constants of the WDF headers and the `WDF_NO_*` null pointers.

use crate::{PVOID, PWDF_OBJECT_ATTRIBUTES};

pub const WDF_DRIVER_GLOBALS_NAME_LEN: u32 = 32;
pub const WDF_REGKEY_DEVICE_SUBKEY: u32 = 0x100;
pub const WDF_REGKEY_DRIVER_SUBKEY: u32 = 0x100;
pub const WDF_UNUSED_VALUE: u32 = 0;
pub const WDF_ZERO_BUFFER_COUNT: u32 = 0;

pub const WDF_NO_OBJECT_ATTRIBUTES: PWDF_OBJECT_ATTRIBUTES = core::ptr::null_mut();
pub const WDF_NO_EVENT_CALLBACK: PVOID = core::ptr::null_mut();
pub const WDF_NO_HANDLE: PVOID = core::ptr::null_mut();
pub const WDF_NO_CONTEXT: PVOID = core::ptr::null_mut();
pub const WDF_NO_SEND_OPTIONS: PVOID = core::ptr::null_mut();
