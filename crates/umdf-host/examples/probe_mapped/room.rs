//! A process that may not have more addresses.

use std::ffi::{c_int, c_ulong, c_void};
use std::fs;
use std::ptr::null_mut;

use wdk_sys::{STATUS_INSUFFICIENT_RESOURCES, WDFCMRESLIST, WDFDEVICE};

use crate::registers::{map_range, memory};
use crate::says::expect;
use crate::wdf::wdf;

/// Length of the second memory resource, and bytes that are left to the process.
const LENGTH: u64 = 1 << 30;
const LEFT: c_ulong = 1 << 28;
/// `RLIMIT_AS`: bytes of addresses.
const ADDRESSES: c_int = 9;

#[repr(C)]
struct Limit {
    current: c_ulong,
    most: c_ulong,
}

unsafe extern "C" {
    fn getrlimit(resource: c_int, limit: *mut Limit) -> c_int;
    fn setrlimit(resource: c_int, limit: *const Limit) -> c_int;
}

/// In EvtDevicePrepareHardware.
pub fn check(device: WDFDEVICE, translated: WDFCMRESLIST) {
    let start = memory(translated)[1];
    let mut before = Limit { current: 0, most: 0 };
    // SAFETY: a structure as the function wants it.
    let asked = unsafe { getrlimit(ADDRESSES, &raw mut before) };
    let pages = fs::read_to_string("/proc/self/statm").expect("a process has its figures");
    let pages: c_ulong =
        pages.split(' ').next().and_then(|pages| pages.parse().ok()).expect("the first is the size");
    let low = Limit { current: pages * 4096 + LEFT, most: before.most };
    // SAFETY: as above.
    let lowered = unsafe { setrlimit(ADDRESSES, &raw const low) };
    let mut base: *mut c_void = std::ptr::without_provenance_mut(1);
    let refused = map_range(device, start, LENGTH, &raw mut base);
    // SAFETY: as above.
    let raised = unsafe { setrlimit(ADDRESSES, &raw const before) };
    expect("the limit was changed", [asked, lowered, raised], [0; 3]);
    expect("no room for registers", refused, STATUS_INSUFFICIENT_RESOURCES);
    expect("no pseudo base", base, null_mut());
    expect("room for registers", map_range(device, start, LENGTH, &raw mut base), 0);
    wdf!(WdfDeviceUnmapIoSpace, device, base, LENGTH);
}
