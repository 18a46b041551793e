//! Registers: where they are, and what can be got wrong about mapping and accessing them.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::Ordering;

use wdk_sys::{
    _MEMORY_CACHING_TYPE, _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type,
    CmResourceTypeMemory, NTSTATUS, PHYSICAL_ADDRESS, WDF_DEVICE_HWACCESS_TARGET_SIZE,
    WDF_DEVICE_HWACCESS_TARGET_TYPE, WDFCMRESLIST, WDFDEVICE,
};

use crate::asked;
use crate::device::context;
use crate::misbehaviour::Misbehaviour;
use crate::wdf::{check, ensure, map, map_cached, unmap, wdf};

/// `CmResourceTypeMemoryLarge` (`wdm.h`).
const MEMORY_LARGE: u32 = 7;
/// `CM_RESOURCE_MEMORY_LARGE_40` (`wdm.h`): the length counts 256 bytes.
const MEMORY_LARGE_40: u16 = 0x200;

/// Start and length of the first memory resource.
pub fn first_memory(translated: WDFCMRESLIST) -> Option<(u64, u64)> {
    let count = wdf!(WdfCmResourceListGetCount, translated);
    (0..count).find_map(|index| {
        let descriptor = wdf!(WdfCmResourceListGetDescriptor, translated, index);
        // SAFETY: NULL, or a descriptor that lives as long as the list.
        let descriptor = unsafe { descriptor.as_ref() }?;
        let kind = u32::from(descriptor.Type);
        let unit = if kind == CmResourceTypeMemory {
            1
        } else if kind == MEMORY_LARGE && descriptor.Flags & MEMORY_LARGE_40 != 0 {
            1 << 8
        } else {
            return None;
        };
        // SAFETY: the type says which member it is; `Memory40` lies as `Memory` does.
        let memory = unsafe { descriptor.u.Memory };
        // SAFETY: both members are the same 64 bits.
        let start = unsafe { memory.Start.QuadPart };
        Some((start.cast_unsigned(), unit * u64::from(memory.Length)))
    })
}

/// One register access of some width: the value, 0 if the call has no effect.
pub fn read(device: WDFDEVICE, size: WDF_DEVICE_HWACCESS_TARGET_SIZE, address: *mut c_void) -> u64 {
    access(device, Type::WdfDeviceHwAccessTargetTypeRegister, size, address, null_mut(), 0)
}

fn access(
    device: WDFDEVICE,
    kind: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    address: *mut c_void,
    buffer: *mut c_void,
    count: u32,
) -> u64 {
    wdf!(WdfDeviceReadFromHardware, device, kind, size, address, buffer, count)
}

/// Writes a register.
pub fn write(device: WDFDEVICE, size: WDF_DEVICE_HWACCESS_TARGET_SIZE, address: *mut c_void, value: u64) {
    let kind = Type::WdfDeviceHwAccessTargetTypeRegister;
    wdf!(WdfDeviceWriteToHardware, device, kind, size, address, value, null_mut(), 0);
}

/// In EvtDriverDeviceAdd, where no resources are assigned yet.
pub fn misbehave_before_start(device: WDFDEVICE) {
    if asked(Misbehaviour::MapBeforePrepare) {
        // Where the BAR will be does not matter: there is nothing to map yet.
        let _mapped = map(device, 0x8_c000_0000, 0x80);
    }
}

/// In EvtCleanupCallback of the device.
pub fn misbehave_after_release(device: WDFDEVICE) {
    if asked(Misbehaviour::MapAfterRelease) {
        let _mapped = map(device, context(device).start.load(Ordering::Relaxed), 0x80);
    }
}

/// In EvtDevicePrepareHardware, before the good mapping of `length` bytes.
pub fn misbehave_before_mapping(
    device: WDFDEVICE,
    start: u64,
    bar_length: u64,
    length: u64,
) -> Result<(), NTSTATUS> {
    let non_cached = _MEMORY_CACHING_TYPE::MmNonCached;
    let wrong = [
        (Misbehaviour::MapOutside, start + bar_length, length, non_cached),
        (Misbehaviour::MapAcrossEnd, start + bar_length - 1, 2, non_cached),
        (Misbehaviour::MapOverflow, start + 1, u64::MAX, non_cached),
        (Misbehaviour::MapNothing, start, 0, non_cached),
        (Misbehaviour::MapAddressZero, 0, length, non_cached),
        (Misbehaviour::MapUnknownCache, start, length, _MEMORY_CACHING_TYPE::MmMaximumCacheType),
        (Misbehaviour::MapNegativeCache, start, length, -1),
    ];
    for (misbehaviour, start, length, cache) in wrong {
        if asked(misbehaviour) {
            ensure(map_cached(device, start, length, cache)?.is_null())?;
        }
    }
    if asked(Misbehaviour::NullBase) {
        let address = PHYSICAL_ADDRESS { QuadPart: start.cast_signed() };
        check(wdf!(WdfDeviceMapIoSpace, device, address, length, non_cached, null_mut()))?;
    }
    Ok(())
}

/// In EvtDevicePrepareHardware, after the good mapping of `length` bytes.
pub fn misbehave_after_mapping(device: WDFDEVICE, start: u64, length: u64) -> Result<(), NTSTATUS> {
    if asked(Misbehaviour::MapTwice) {
        ensure(map(device, start, length)?.is_null())?;
    }
    if asked(Misbehaviour::MapOtherPart) {
        ensure(map(device, start + length, length)?.is_null())?;
    }
    Ok(())
}

/// In EvtDeviceReleaseHardware, before the good unmapping.
pub fn misbehave_before_unmapping(device: WDFDEVICE, base: *mut c_void, length: u64) {
    if asked(Misbehaviour::UnmapOtherBase) {
        unmap(device, base.wrapping_byte_add(1), length);
    }
    if asked(Misbehaviour::UnmapOtherLength) {
        unmap(device, base, length - 1);
    }
    if asked(Misbehaviour::UnmapNull) {
        unmap(device, null_mut(), length);
    }
}

/// In EvtDeviceReleaseHardware, after the good unmapping.
pub fn misbehave_after_unmapping(device: WDFDEVICE, base: *mut c_void, length: u64) -> Result<(), NTSTATUS> {
    if asked(Misbehaviour::UnmapTwice) {
        unmap(device, base, length);
    }
    if asked(Misbehaviour::ReadAfterUnmap) {
        ensure(read(device, Size::WdfDeviceHwAccessTargetSizeUlong, base) == 0)?;
    }
    Ok(())
}

/// In EvtDeviceD0Entry: accesses that are out of range or not well-formed.
pub fn misbehave_in_d0(device: WDFDEVICE, base: *mut c_void, length: u64) -> Result<(), NTSTATUS> {
    let end = base.wrapping_byte_add(usize::try_from(length).expect("the mapping is short"));
    let mut buffer = [0_u32; 4];
    let buffer: *mut c_void = buffer.as_mut_ptr().cast();
    let (byte, long) = (Size::WdfDeviceHwAccessTargetSizeUchar, Size::WdfDeviceHwAccessTargetSizeUlong);
    let (register, registers) =
        (Type::WdfDeviceHwAccessTargetTypeRegister, Type::WdfDeviceHwAccessTargetTypeRegisterBuffer);
    let physical = without_provenance_mut(
        usize::try_from(context(device).start.load(Ordering::Relaxed)).expect("an address fits"),
    );
    let port = Type::WdfDeviceHwAccessTargetTypePort;
    let wrong = [
        (Misbehaviour::ReadBehindMapping, register, byte, end, null_mut(), 0),
        (Misbehaviour::ReadAcrossEnd, register, long, end.wrapping_byte_sub(3), null_mut(), 0),
        (Misbehaviour::ReadBufferAcrossEnd, registers, long, end.wrapping_byte_sub(12), buffer, 4),
        (Misbehaviour::ReadHugeBuffer, registers, long, base, buffer, u32::MAX),
        (Misbehaviour::ReadPhysical, register, long, physical, null_mut(), 0),
        (Misbehaviour::ReadPort, port, byte, without_provenance_mut(0x80), null_mut(), 0),
        (Misbehaviour::AccessUnknownType, 0, long, base, null_mut(), 0),
        (Misbehaviour::AccessUnknownSize, register, 0, base, null_mut(), 0),
        (Misbehaviour::AccessNull, register, long, null_mut(), null_mut(), 0),
        (Misbehaviour::AccessWithoutBuffer, registers, long, base, null_mut(), 4),
        (Misbehaviour::AccessCountZero, registers, long, base, buffer, 0),
        (Misbehaviour::AccessNeedlessBuffer, register, long, base, buffer, 0),
        (Misbehaviour::AccessNeedlessCount, register, long, base, null_mut(), 1),
    ];
    for (misbehaviour, kind, size, address, buffer, count) in wrong {
        if asked(misbehaviour) {
            ensure(access(device, kind, size, address, buffer, count) == 0)?;
        }
    }
    if asked(Misbehaviour::WriteBehindMapping) {
        write(device, byte, end, 1);
    }
    if asked(Misbehaviour::DereferenceBase) {
        // SAFETY: a mistake that the host sees: what a pseudo base stands for is no memory.
        ensure(unsafe { base.cast::<u32>().read_volatile() } == 0)?;
    }
    Ok(())
}
