//! Registry values of a device.
//!
//! Sources: Microsoft Learn, "WdfDeviceOpenRegistryKey function (wdfdevice.h)", "WdfRegistryQueryULong
//! function (wdfregistry.h)".

use wdk_sys::{ACCESS_MASK, ULONG, UNICODE_STRING};

use super::{Device, Error};

/// PLUGPLAY_REGKEY_DEVICE of `wudfwdm.h`: the hardware key, where the AddReg of an INF's `.HW` section writes.
const PLUGPLAY_REGKEY_DEVICE: ULONG = 1;
/// KEY_READ of `winnt.h`.
const KEY_READ: ACCESS_MASK = 0x0002_0019;

/// Reads a REG_DWORD from the hardware key of a device. Fails if there is none of that name, or a value of another
/// type.
pub(crate) fn query_u32(device: &Device, name: &str) -> Result<u32, Error> {
    let (device, kind, attributes) = (device.0, PLUGPLAY_REGKEY_DEVICE, wdk_sys::WDF_NO_OBJECT_ATTRIBUTES);
    // SAFETY: the device is valid.
    let key = unsafe { out_call!(WdfDeviceOpenRegistryKey(device, kind, KEY_READ, attributes)) }?;
    // UMDF hands the characters on as a C string, so a NUL stands behind them, which the length leaves out.
    let mut units: Vec<u16> = name.encode_utf16().chain([0]).collect();
    let bytes = u16::try_from(units.len() * 2).expect("the driver's own names are short");
    let name = UNICODE_STRING { Length: bytes - 2, MaximumLength: bytes, Buffer: units.as_mut_ptr() };
    let mut value: ULONG = 0;
    // SAFETY: the key is open; the name and its characters, and the value, are locals.
    let found = unsafe { try_call!(WdfRegistryQueryULong(key, &raw const name, &raw mut value)) };
    // SAFETY: opened above, and not used any more.
    unsafe { call!(WdfRegistryClose(key)) };
    found.map(|()| value)
}
