//! Device registers, mapped.
//!
//! Sources: Microsoft Learn, "Finding and Mapping Hardware Resources", "WdfDeviceMapIoSpace function
//! (wdfdevice.h)", "WdfDeviceUnmapIoSpace function (wdfdevice.h)".

use tracing::info;
use wdk_sys::{_MEMORY_CACHING_TYPE, PHYSICAL_ADDRESS, PVOID, WDFDEVICE};

use super::{Device, Error};

/// A mapped range of registers. Dropping it unmaps, with exactly the base and length of the mapping.
///
/// It must be dropped before EvtDeviceReleaseHardware returns.
pub(super) struct Mapping {
    /// Valid while its registers are mapped.
    pub device: WDFDEVICE,
    /// The pseudo base address: only the framework can do something with it, and with what lies behind it.
    pub base: PVOID,
    length: usize,
}

// SAFETY: the framework takes calls about registers on any thread; nothing here looks behind the pointers.
unsafe impl Send for Mapping {}
// See `context`: a mapping must not die with the device.
static_assertions::assert_not_impl_any!(Mapping: Sync);

impl Mapping {
    /// Maps `length` bytes of registers at the physical address `start`, not cached.
    ///
    /// The framework ends the driver's process if the range is not inside one assigned memory resource, if
    /// that resource is mapped already, or if the INF does not allow access to hardware.
    pub fn new(device: &Device, start: u64, length: usize) -> Result<Self, Error> {
        let (device, address) = (device.0, PHYSICAL_ADDRESS { QuadPart: start.cast_signed() });
        let caching = _MEMORY_CACHING_TYPE::MmNonCached;
        // SAFETY: the device is valid.
        let base = unsafe { out_call!(WdfDeviceMapIoSpace(device, address, length as u64, caching)) }?;
        info!("mapped {length:#x} bytes at {start:#x}");
        Ok(Self { device, base, length })
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: mapped by `new` with this base and length, and unmapped here only.
        unsafe { call!(WdfDeviceUnmapIoSpace(self.device, self.base, self.length as u64)) };
        info!("unmapped {:#x} bytes", self.length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::fake;

    #[test]
    fn registers_are_mapped_uncached_and_unmapped_as_they_were_mapped() {
        let device = fake::bare_device();
        drop(Mapping::new(&device, 0xfe00_0000, 0x80).unwrap());
        let map =
            format!("WdfDeviceMapIoSpace 0xfe000000 0x80 caching {}", _MEMORY_CACHING_TYPE::MmNonCached);
        assert_eq!(fake::calls(), [map, "WdfDeviceUnmapIoSpace 0x1000 0x80".to_owned()]);
    }
}
