//! A framework of five functions that do nothing, so that what is measured is the way to them.

use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::AtomicU64;

use edu_umdf::Device;
use wdk_sys::{
    MEMORY_CACHING_TYPE, NTSTATUS, PHYSICAL_ADDRESS, PVOID, PWDF_DRIVER_GLOBALS, SIZE_T, STATUS_SUCCESS,
    ULONG, WDF_DEVICE_HWACCESS_TARGET_SIZE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDFDEVICE, WDFFUNC,
};

use crate::paths::{self, Calls, Direct, Framework, Pointer};
use crate::registers::Bar;
use crate::table::{self, FUNCTIONS, table};
use crate::{DirectAccess, FrameworkAccess};

/// Where the registers are, for the framework and on the bus.
const PSEUDO: usize = 0x1000;
const PHYSICAL: u64 = 0xfe00_0000;
/// What a register holds.
const VALUE: SIZE_T = 0x1234_5678;

static TABLE: [WDFFUNC; FUNCTIONS] = table! {
    WdfDeviceMapIoSpaceTableIndex: PFN_WDFDEVICEMAPIOSPACE = map;
    WdfDeviceUnmapIoSpaceTableIndex: PFN_WDFDEVICEUNMAPIOSPACE = unmap;
    WdfDeviceGetHardwareRegisterMappedAddressTableIndex: PFN_WDFDEVICEGETHARDWAREREGISTERMAPPEDADDRESS = mapped_address;
    WdfDeviceReadFromHardwareTableIndex: PFN_WDFDEVICEREADFROMHARDWARE = read;
    WdfDeviceWriteToHardwareTableIndex: PFN_WDFDEVICEWRITETOHARDWARE = write;
};

/// Ordinary memory that stands for the mapped registers.
static REGISTERS: [AtomicU64; paths::LENGTH / 8] = [const { AtomicU64::new(0) }; paths::LENGTH / 8];

/// The registers, for each way to them.
pub struct Ways {
    pub framework: Framework,
    pub calls: Calls,
    pub direct: Direct,
    pub pointer: Pointer,
}

impl Ways {
    pub fn new() -> Self {
        table::install(&TABLE);
        // SAFETY: the functions below do not look behind a handle.
        let device = unsafe { Device::from_handle(null_mut()) };
        let framework = FrameworkAccess::new(&device, PHYSICAL).expect("the framework never fails");
        let direct = DirectAccess::new(&device, PHYSICAL).expect("the framework never fails");
        Self {
            framework: Bar::new(framework),
            calls: Calls { device: null_mut(), base: without_provenance_mut(PSEUDO) },
            direct: Bar::new(direct),
            pointer: Pointer { registers: REGISTERS.as_ptr().cast_mut().cast() },
        }
    }
}

unsafe extern "C" fn map(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: PHYSICAL_ADDRESS,
    _: SIZE_T,
    _: MEMORY_CACHING_TYPE,
    base: *mut PVOID,
) -> NTSTATUS {
    // SAFETY: the driver passes a place for the address.
    unsafe { base.write(without_provenance_mut(PSEUDO)) };
    STATUS_SUCCESS
}

unsafe extern "C" fn unmap(_: PWDF_DRIVER_GLOBALS, _: WDFDEVICE, _: PVOID, _: SIZE_T) {}

unsafe extern "C" fn mapped_address(_: PWDF_DRIVER_GLOBALS, _: WDFDEVICE, _: PVOID) -> PVOID {
    REGISTERS.as_ptr().cast_mut().cast()
}

unsafe extern "C" fn read(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    _: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    _: PVOID,
    _: PVOID,
    _: ULONG,
) -> SIZE_T {
    VALUE
}

unsafe extern "C" fn write(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    _: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    _: PVOID,
    _: SIZE_T,
    _: PVOID,
    _: ULONG,
) {
}
