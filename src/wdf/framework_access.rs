//! Register access through the framework: the driver's way, and the one that Microsoft recommends.

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE, _WDF_DEVICE_HWACCESS_TARGET_TYPE, WDF_DEVICE_HWACCESS_TARGET_SIZE,
    call_unsafe_wdf_function_binding,
};

use super::Device;
use super::mapping::Mapping;
use crate::error::Error;
use crate::registers::{Access, Width};

/// Access to `LEN` bytes of mapped registers by WdfDeviceReadFromHardware and WdfDeviceWriteToHardware.
///
/// Works whether or not the registers are mapped into this process (INF directive UmdfRegisterAccessMode). The
/// framework checks the range of every access, and traces it; no address is dereferenced here. See "Reading and
/// Writing to Device Registers".
pub struct FrameworkAccess<const LEN: usize>(Mapping);

impl<const LEN: usize> FrameworkAccess<LEN> {
    /// Maps registers at the physical address `start`; fails if the framework refuses. Dropping it unmaps.
    pub fn new(device: &Device, start: u64) -> Result<Self, Error> {
        Mapping::new(device, start, LEN).map(Self)
    }
}

#[inline]
fn target_size(width: Width) -> WDF_DEVICE_HWACCESS_TARGET_SIZE {
    match width {
        Width::Bits8 => _WDF_DEVICE_HWACCESS_TARGET_SIZE::WdfDeviceHwAccessTargetSizeUchar,
        Width::Bits16 => _WDF_DEVICE_HWACCESS_TARGET_SIZE::WdfDeviceHwAccessTargetSizeUshort,
        Width::Bits32 => _WDF_DEVICE_HWACCESS_TARGET_SIZE::WdfDeviceHwAccessTargetSizeUlong,
        Width::Bits64 => _WDF_DEVICE_HWACCESS_TARGET_SIZE::WdfDeviceHwAccessTargetSizeUlong64,
    }
}

impl<const LEN: usize> Access for FrameworkAccess<LEN> {
    const LENGTH: usize = LEN;

    #[inline]
    fn read(&self, offset: usize, width: Width) -> u64 {
        // SAFETY: the device is valid while its registers are mapped; a plain register takes no buffer. The
        // framework checks the address itself.
        unsafe {
            call_unsafe_wdf_function_binding!(
                WdfDeviceReadFromHardware,
                self.0.device(),
                _WDF_DEVICE_HWACCESS_TARGET_TYPE::WdfDeviceHwAccessTargetTypeRegister,
                target_size(width),
                self.0.address(offset),
                std::ptr::null_mut(),
                0
            )
        }
    }

    #[inline]
    fn write(&self, offset: usize, width: Width, value: u64) {
        // SAFETY: as for reading.
        unsafe {
            call_unsafe_wdf_function_binding!(
                WdfDeviceWriteToHardware,
                self.0.device(),
                _WDF_DEVICE_HWACCESS_TARGET_TYPE::WdfDeviceHwAccessTargetTypeRegister,
                target_size(width),
                self.0.address(offset),
                value,
                std::ptr::null_mut(),
                0
            );
        }
    }
}
