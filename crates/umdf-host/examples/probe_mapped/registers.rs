//! The mapped registers, by pointers and by the framework.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering::SeqCst};

use wdk_sys::{
    _MEMORY_CACHING_TYPE, _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type,
    CmResourceTypeMemory, NTSTATUS, PHYSICAL_ADDRESS, WDF_DEVICE_HWACCESS_TARGET_SIZE, WDFCMRESLIST,
    WDFDEVICE, WDFDEVICE__,
};

use crate::says::expect;
use crate::wdf::wdf;

/// Bytes that are mapped.
const MAPPED: u64 = END as u64;
/// Offset of what is behind the mapping.
pub const END: usize = 0x100;

static DEVICE: AtomicPtr<WDFDEVICE__> = AtomicPtr::new(null_mut());
/// The pseudo base address; NULL if nothing is mapped.
static BASE: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
/// Where the registers are, once somebody asked; stays after unmapping.
static ADDRESS: AtomicPtr<u8> = AtomicPtr::new(null_mut());

/// A register as a pointer.
pub fn at<T>(offset: usize) -> *mut T {
    if ADDRESS.load(SeqCst).is_null() {
        ADDRESS.store(mapped_address(device(), pseudo(0)), SeqCst);
    }
    ADDRESS.load(SeqCst).wrapping_add(offset).cast()
}

/// The pseudo address of a register.
pub fn pseudo(offset: usize) -> *mut c_void {
    BASE.load(SeqCst).wrapping_byte_add(offset)
}

pub fn device() -> WDFDEVICE {
    DEVICE.load(SeqCst)
}

/// Loads a register.
pub fn load<T: Copy>(offset: usize) -> T {
    // SAFETY: the register is mapped, or the load is a mistake that the host sees.
    unsafe { at::<T>(offset).read_volatile() }
}

/// Stores to a register.
pub fn store<T: Copy>(offset: usize, value: T) {
    // SAFETY: the register is mapped, or the store is a mistake that the host sees.
    unsafe { at::<T>(offset).write_volatile(value) };
}

/// Reads a register by the framework.
pub fn read(size: WDF_DEVICE_HWACCESS_TARGET_SIZE, offset: usize) -> u64 {
    read_into(size, pseudo(offset), null_mut())
}

/// Reads by the framework: one register, or several into a buffer.
pub fn read_into(size: WDF_DEVICE_HWACCESS_TARGET_SIZE, from: *mut c_void, buffer: *mut c_void) -> u64 {
    let (kind, count) = if buffer.is_null() {
        (Type::WdfDeviceHwAccessTargetTypeRegister, 0)
    } else {
        (Type::WdfDeviceHwAccessTargetTypeRegisterBuffer, 4)
    };
    wdf!(WdfDeviceReadFromHardware, device(), kind, size, from, buffer, count)
}

/// Writes a register by the framework.
pub fn write(size: WDF_DEVICE_HWACCESS_TARGET_SIZE, offset: usize, value: u64) {
    let kind = Type::WdfDeviceHwAccessTargetTypeRegister;
    wdf!(WdfDeviceWriteToHardware, device(), kind, size, pseudo(offset), value, null_mut(), 0);
}

/// All 8 bytes of a plain register.
pub fn whole(offset: usize) -> u64 {
    read(Size::WdfDeviceHwAccessTargetSizeUlong64, offset)
}

/// Sets all 8 bytes of a plain register.
pub fn set_whole(offset: usize, value: u64) {
    write(Size::WdfDeviceHwAccessTargetSizeUlong64, offset, value);
}

/// Starts of the memory resources.
pub fn memory(translated: WDFCMRESLIST) -> Vec<u64> {
    let mut starts = Vec::new();
    for index in 0..wdf!(WdfCmResourceListGetCount, translated) {
        let descriptor = wdf!(WdfCmResourceListGetDescriptor, translated, index);
        // SAFETY: NULL, or a descriptor that lives as long as the list.
        let Some(descriptor) = (unsafe { descriptor.as_ref() }) else { continue };
        if u32::from(descriptor.Type) == CmResourceTypeMemory {
            // SAFETY: the type says which member it is.
            let memory = unsafe { descriptor.u.Memory };
            // SAFETY: both members are the same 64 bits.
            starts.push(unsafe { memory.Start.QuadPart }.cast_unsigned());
        }
    }
    starts
}

/// Maps registers; the pseudo base address.
pub fn map_range(device: WDFDEVICE, start: u64, length: u64, base: *mut *mut c_void) -> NTSTATUS {
    let start = PHYSICAL_ADDRESS { QuadPart: start.cast_signed() };
    wdf!(WdfDeviceMapIoSpace, device, start, length, _MEMORY_CACHING_TYPE::MmNonCached, base)
}

/// Where registers are mapped.
pub fn mapped_address(device: WDFDEVICE, base: *mut c_void) -> *mut u8 {
    wdf!(WdfDeviceGetHardwareRegisterMappedAddress, device, base).cast()
}

/// Maps the registers that the checks use.
pub fn map(device: WDFDEVICE, start: u64) {
    let mut base = null_mut();
    expect("registers are mapped", map_range(device, start, MAPPED, &raw mut base), 0);
    DEVICE.store(device, SeqCst);
    BASE.store(base, SeqCst);
}

/// Unmaps them.
pub fn unmap() {
    let base = BASE.swap(null_mut(), SeqCst);
    if !base.is_null() {
        wdf!(WdfDeviceUnmapIoSpace, device(), base, MAPPED);
    }
}
