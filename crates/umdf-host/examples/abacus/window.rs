//! Access to registers, memory and ports, by way of the framework.

use std::ptr::{null_mut, without_provenance_mut};

use wdk_sys::{
    _MEMORY_CACHING_TYPE, _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type,
    NTSTATUS, PHYSICAL_ADDRESS, PVOID, STATUS_DEVICE_CONFIGURATION_ERROR, ULONG,
    WDF_DEVICE_HWACCESS_TARGET_SIZE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDFDEVICE,
};

use crate::resources::Range;
use crate::wdf::{call_unsafe, check};

/// Mapped registers or memory, or ports. Dropping it unmaps what is mapped.
///
/// The framework ends the driver's process when an access passes the end: callers stay below `length`.
pub struct Window {
    device: WDFDEVICE,
    /// A pseudo address, which only the framework understands; of ports the number of the first one.
    base: PVOID,
    pub length: usize,
    /// The most bytes that the hardware takes at once: 1, 2, 4 or 8.
    width: usize,
    ports: bool,
}

impl Window {
    /// Maps a memory resource.
    ///
    /// # Safety
    /// `device` outlives the value, which is dropped before its EvtDeviceReleaseHardware returns.
    pub unsafe fn map(device: WDFDEVICE, range: Range, width: usize) -> Result<Self, NTSTATUS> {
        let start = PHYSICAL_ADDRESS { QuadPart: range.start.cast_signed() };
        let (length, cache) = (address(range.length)?, _MEMORY_CACHING_TYPE::MmNonCached);
        let mut base = null_mut();
        // SAFETY: the caller's device; the base address goes to a local.
        check(unsafe {
            call_unsafe!(WdfDeviceMapIoSpace, device, start, range.length, cache, &raw mut base)
        })?;
        Ok(Self { device, base, length, width, ports: false })
    }

    /// A port resource. Ports are not mapped: their numbers are their addresses.
    ///
    /// # Safety
    /// `device` outlives the value.
    pub unsafe fn ports(device: WDFDEVICE, range: Range, width: usize) -> Result<Self, NTSTATUS> {
        let base = without_provenance_mut(address(range.start)?);
        Ok(Self { device, base, length: address(range.length)?, width, ports: true })
    }

    /// One read, as wide as the hardware can.
    pub fn read(&self, offset: usize) -> u64 {
        let (kind, size, target) = (self.kind(false), size(self.width), self.target(offset));
        // SAFETY: the device is valid as long as this; a plain access has no buffer.
        unsafe { call_unsafe!(WdfDeviceReadFromHardware, self.device, kind, size, target, null_mut(), 0) }
    }

    /// One write, as wide as the hardware can.
    pub fn write(&self, offset: usize, value: u32) {
        let (kind, size, target) = (self.kind(false), size(self.width), self.target(offset));
        let (device, value, none) = (self.device, value.into(), null_mut());
        // SAFETY: as for a read.
        unsafe { call_unsafe!(WdfDeviceWriteToHardware, device, kind, size, target, value, none, 0) };
    }

    /// Fills a buffer from ascending addresses, or from one port.
    pub fn read_all(&self, offset: usize, into: &mut [u8]) {
        let (kind, target) = (self.kind(true), self.target(offset));
        let (size, count) = self.elements(offset, into.len());
        let buffer = into.as_mut_ptr().cast();
        // SAFETY: the device is valid as long as this; the buffer has `count` elements of that size.
        let _ = unsafe {
            call_unsafe!(WdfDeviceReadFromHardware, self.device, kind, size, target, buffer, count)
        };
    }

    /// Writes a buffer to ascending addresses, or to one port.
    pub fn write_all(&self, offset: usize, from: &[u8]) {
        let (kind, target) = (self.kind(true), self.target(offset));
        let (size, count) = self.elements(offset, from.len());
        let buffer = from.as_ptr().cast_mut().cast();
        // SAFETY: as for a read; the buffer is only read.
        unsafe { call_unsafe!(WdfDeviceWriteToHardware, self.device, kind, size, target, 0, buffer, count) };
    }

    fn kind(&self, buffer: bool) -> WDF_DEVICE_HWACCESS_TARGET_TYPE {
        match (self.ports, buffer) {
            (false, false) => Type::WdfDeviceHwAccessTargetTypeRegister,
            (false, true) => Type::WdfDeviceHwAccessTargetTypeRegisterBuffer,
            (true, false) => Type::WdfDeviceHwAccessTargetTypePort,
            (true, true) => Type::WdfDeviceHwAccessTargetTypePortBuffer,
        }
    }

    fn target(&self, offset: usize) -> PVOID {
        self.base.wrapping_byte_add(offset)
    }

    /// Size and number of the widest elements that make up a range, all at multiples of their size.
    fn elements(&self, offset: usize, length: usize) -> (WDF_DEVICE_HWACCESS_TARGET_SIZE, ULONG) {
        let fits = |width: &usize| *width <= self.width && (offset | length).is_multiple_of(*width);
        let width = [8, 4, 2].into_iter().find(fits).unwrap_or(1);
        // The length of a request is a ULONG too.
        (size(width), ULONG::try_from(length / width).unwrap_or(ULONG::MAX))
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if !self.ports {
            // SAFETY: mapped with this base and length, and unmapped only here.
            unsafe { call_unsafe!(WdfDeviceUnmapIoSpace, self.device, self.base, self.length as u64) };
        }
    }
}

fn address(number: u64) -> Result<usize, NTSTATUS> {
    usize::try_from(number).map_err(|_| STATUS_DEVICE_CONFIGURATION_ERROR)
}

fn size(width: usize) -> WDF_DEVICE_HWACCESS_TARGET_SIZE {
    match width {
        8 => Size::WdfDeviceHwAccessTargetSizeUlong64,
        4 => Size::WdfDeviceHwAccessTargetSizeUlong,
        2 => Size::WdfDeviceHwAccessTargetSizeUshort,
        _ => Size::WdfDeviceHwAccessTargetSizeUchar,
    }
}
