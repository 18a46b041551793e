//! What an application needs to know. Numbers in buffers are little-endian.
//!
//! A read or a write goes to the board's memory; where in the file is where in the memory.

use wdk_sys::{FILE_DEVICE_UNKNOWN, FILE_READ_ACCESS, FILE_WRITE_ACCESS, GUID, METHOD_BUFFERED};

/// The device interface, {0b4d3b2e-6f0c-4f8e-9c35-7d1f3a86e5a1}.
pub static GUID_DEVINTERFACE_ABACUS: GUID = GUID {
    Data1: 0x0b4d_3b2e,
    Data2: 0x6f0c,
    Data3: 0x4f8e,
    Data4: [0x9c, 0x35, 0x7d, 0x1f, 0x3a, 0x86, 0xe5, 0xa1],
};

/// Out: identification (4 bytes), interrupt messages (4), length of the memory (8), label (16).
pub const IOCTL_ABACUS_GET_INFO: u32 = ctl_code(0x800, FILE_READ_ACCESS);
/// In: the label (16 bytes).
pub const IOCTL_ABACUS_SET_LABEL: u32 = ctl_code(0x801, FILE_WRITE_ACCESS);
/// In: where to begin in the memory (4 bytes), how many bytes to add up (4). Out: the total modulo 2^32 (4).
pub const IOCTL_ABACUS_ADD: u32 = ctl_code(0x802, FILE_READ_ACCESS);

/// CTL_CODE of `winioctl.h`.
const fn ctl_code(function: u32, access: u32) -> u32 {
    FILE_DEVICE_UNKNOWN << 16 | access << 14 | function << 2 | METHOD_BUFFERED
}
