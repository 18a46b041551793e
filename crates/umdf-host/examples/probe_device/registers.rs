//! Accesses that Windows does not check.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::Ordering;

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type,
    WDF_DEVICE_HWACCESS_TARGET_SIZE, WDFDEVICE,
};

use crate::trip::Trip;
use crate::wdf::{expect, wdf};
use crate::{BASE, asked};

fn at(offset: usize) -> *mut c_void {
    BASE.load(Ordering::Relaxed).wrapping_byte_add(offset)
}

fn read(device: WDFDEVICE, size: WDF_DEVICE_HWACCESS_TARGET_SIZE, offset: usize) -> u64 {
    let kind = Type::WdfDeviceHwAccessTargetTypeRegister;
    wdf!(WdfDeviceReadFromHardware, device, kind, size, at(offset), null_mut(), 0)
}

fn write(device: WDFDEVICE, size: WDF_DEVICE_HWACCESS_TARGET_SIZE, offset: usize, value: u64) {
    let kind = Type::WdfDeviceHwAccessTargetTypeRegister;
    wdf!(WdfDeviceWriteToHardware, device, kind, size, at(offset), value, null_mut(), 0);
}

/// Accesses as the device's document has them: no rule is broken.
pub fn check(device: WDFDEVICE) {
    expect("32 bits at 0", read(device, Size::WdfDeviceHwAccessTargetSizeUlong, 0), 0x0100_00ed);
    write(device, Size::WdfDeviceHwAccessTargetSizeUlong64, 0x80, 0x1_0000_0002);
    expect("64 bits at 0x80", read(device, Size::WdfDeviceHwAccessTargetSizeUlong64, 0x80), 0x1_0000_0002);
}

/// In EvtDeviceD0Entry.
pub fn trip(device: WDFDEVICE) {
    if asked(Trip::MappedAddress) {
        let mapped = wdf!(WdfDeviceGetHardwareRegisterMappedAddress, device, at(0));
        expect("no mapped address", mapped.is_null(), true);
    }
    if asked(Trip::UnalignedRead) {
        read(device, Size::WdfDeviceHwAccessTargetSizeUlong, 2);
    }
    if asked(Trip::NarrowRead) {
        expect("a narrow read", read(device, Size::WdfDeviceHwAccessTargetSizeUshort, 4), 0);
    }
    if asked(Trip::WideWrite) {
        write(device, Size::WdfDeviceHwAccessTargetSizeUlong64, 8, 1);
    }
}

/// In EvtDeviceReleaseHardware.
pub fn trip_after_d0_exit(device: WDFDEVICE) {
    if asked(Trip::ReadAfterD0Exit) {
        expect("a read after D0", read(device, Size::WdfDeviceHwAccessTargetSizeUlong, 0), 0x0100_00ed);
    }
}
