//! Register access through the framework: the driver's way, and the one that Microsoft recommends.
//!
//! Sources: Microsoft Learn, "Reading and Writing to Device Registers", "WdfDeviceReadFromHardware function
//! (wdfhwaccess.h)".

use std::ptr::null_mut;

use wdk_sys::{_WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type};

use super::{Device, Error, mapping::Mapping};
use crate::registers::{Access, Bits};

/// Access to `LEN` bytes of mapped registers by WdfDeviceReadFromHardware and WdfDeviceWriteToHardware.
///
/// Works whether or not the registers are mapped into this process (INF directive UmdfRegisterAccessMode). The
/// framework checks the range of every access, and traces it; no address is dereferenced here. See "Reading and
/// Writing to Device Registers".
pub struct FrameworkAccess<const LEN: usize>(Mapping);

impl<const LEN: usize> FrameworkAccess<LEN> {
    /// Maps registers at the physical address `start`. Dropping it unmaps.
    ///
    /// # Errors
    /// The framework refuses.
    pub fn new(device: &Device, start: u64) -> Result<Self, Error> {
        Mapping::new(device, start, LEN).map(Self)
    }
}

/// What the framework calls the size of `T`.
const fn target_size<T: Bits>() -> wdk_sys::WDF_DEVICE_HWACCESS_TARGET_SIZE {
    match size_of::<T>() {
        1 => Size::WdfDeviceHwAccessTargetSizeUchar,
        2 => Size::WdfDeviceHwAccessTargetSizeUshort,
        4 => Size::WdfDeviceHwAccessTargetSizeUlong,
        _ => Size::WdfDeviceHwAccessTargetSizeUlong64,
    }
}

impl<const LEN: usize> Access for FrameworkAccess<LEN> {
    const LENGTH: usize = LEN;

    #[inline]
    fn read<T: Bits>(&self, offset: usize) -> T {
        let (device, address) = (self.0.device, self.0.base.wrapping_byte_add(offset));
        let (kind, size) = (Type::WdfDeviceHwAccessTargetTypeRegister, const { target_size::<T>() });
        // SAFETY: the device is valid while its registers are mapped; a plain register takes no buffer. The
        // framework checks the address itself.
        T::from_bits(unsafe { call!(WdfDeviceReadFromHardware(device, kind, size, address, null_mut(), 0)) })
    }

    #[inline]
    fn write<T: Bits>(&self, offset: usize, value: T) {
        let (device, address) = (self.0.device, self.0.base.wrapping_byte_add(offset));
        let (kind, size) = (Type::WdfDeviceHwAccessTargetTypeRegister, const { target_size::<T>() });
        // SAFETY: as for reading.
        unsafe { call!(WdfDeviceWriteToHardware(device, kind, size, address, value.into(), null_mut(), 0)) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::Bar;
    use crate::wdf::fake::{self, Byte, Half, Long, Word};

    #[test]
    fn each_width_is_accessed_at_its_own() {
        let bar =
            Bar::<0x10, _>::new(FrameworkAccess::<0x10>::new(&fake::bare_device(), 0xfe00_0000).unwrap());
        bar.write::<Byte>(1);
        bar.write::<Half>(2);
        bar.write::<Word>(3);
        bar.write::<Long>(4);
        fake::answer_reads(&[5, 6, 7, 8]);
        assert_eq!(bar.read::<Byte>().value(), Ok(5));
        assert_eq!(bar.read::<Half>().value(), Ok(6));
        assert_eq!(bar.read::<Word>().value(), Ok(7));
        assert_eq!(bar.read::<Long>().value(), Ok(8));
        assert_eq!(fake::accesses(), (4, vec![1, 2, 3, 4]));
        let sizes = [
            Size::WdfDeviceHwAccessTargetSizeUchar,
            Size::WdfDeviceHwAccessTargetSizeUshort,
            Size::WdfDeviceHwAccessTargetSizeUlong,
            Size::WdfDeviceHwAccessTargetSizeUlong64,
        ];
        assert_eq!(fake::access_sizes(), sizes.repeat(2));
    }
}
