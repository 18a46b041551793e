//! Registry values of a device.

use std::ptr::null_mut;

use wdk_sys::{
    ACCESS_MASK, ULONG, UNICODE_STRING, WDF_NO_OBJECT_ATTRIBUTES, WDFKEY, call_unsafe_wdf_function_binding,
};

use super::Device;
use crate::error::Error;

/// PLUGPLAY_REGKEY_DEVICE of `wudfwdm.h`: the hardware key, where the AddReg of an INF's `.HW` section writes.
const PLUGPLAY_REGKEY_DEVICE: ULONG = 1;
/// KEY_READ of `winnt.h`.
const KEY_READ: ACCESS_MASK = 0x0002_0019;

/// An open registry key. Dropping it closes it.
pub(crate) struct Key(WDFKEY);

impl Key {
    /// Opens the hardware key of a device, for reading.
    pub fn of_hardware(device: &Device) -> Result<Self, Error> {
        let mut key: WDFKEY = null_mut();
        // SAFETY: the device is valid; the handle goes to a local.
        unsafe {
            call!(WdfDeviceOpenRegistryKey(
                device.handle(),
                PLUGPLAY_REGKEY_DEVICE,
                KEY_READ,
                WDF_NO_OBJECT_ATTRIBUTES,
                &raw mut key
            ))
        }?;
        Ok(Self(key))
    }

    /// Reads a REG_DWORD. Fails if there is none of that name, or a value of another type.
    pub fn query_u32(&self, name: &'static str) -> Result<u32, Error> {
        // UMDF hands the characters on as a C string, so a NUL stands behind them, which the length leaves out.
        let mut units: Vec<u16> = name.encode_utf16().chain([0]).collect();
        let bytes = u16::try_from(units.len() * 2).expect("the driver's own names are short");
        let name = UNICODE_STRING { Length: bytes - 2, MaximumLength: bytes, Buffer: units.as_mut_ptr() };
        let mut value: ULONG = 0;
        // SAFETY: the key is open; the name and its characters, and the value, are locals.
        unsafe { call!(WdfRegistryQueryULong(self.0, &raw const name, &raw mut value)) }?;
        Ok(value)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        // SAFETY: opened by `of_hardware`, and closed here only.
        unsafe { call_unsafe_wdf_function_binding!(WdfRegistryClose, self.0) };
    }
}
