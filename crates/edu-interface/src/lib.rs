//! What a program needs to talk to the edu driver: the interface class, the IOCTL codes and the bytes
//! that travel with them.
//!
//! The driver, its clients and its tests share this crate, so the two sides of the wire cannot drift
//! apart. Every IOCTL is METHOD_BUFFERED. All integers are in the byte order of the machine, which both
//! sides share; Windows is little-endian everywhere.
//!
//! | code | access needed | input | output |
//! |---|---|---|---|
//! | [`IOCTL_EDU_GET_INFO`] | read | nothing | [`DeviceInfo`] |
//! | [`IOCTL_EDU_LIVENESS`] | read | [`Request`]: any value | [`Reply`]: its bitwise complement |
//! | [`IOCTL_EDU_FACTORIAL`] | write | [`Request`]: n | [`Reply`]: n! modulo 2^32 |
//! | [`IOCTL_EDU_GET_STATISTICS`] | read | nothing | [`Statistics`] |
//! | [`IOCTL_EDU_WAIT_INTERRUPT`] | read | nothing | [`Reply`]: the interrupt bits |
//! | [`IOCTL_EDU_RAISE_INTERRUPT`] | write | [`Request`]: the interrupt bits | nothing |
//!
//! The driver refuses, in this order and with these statuses:
//! 1. an unknown code: STATUS_INVALID_DEVICE_REQUEST;
//! 2. an input shorter than its struct: STATUS_BUFFER_TOO_SMALL;
//! 3. an input longer than its struct: STATUS_INVALID_PARAMETER;
//! 4. an output shorter than its struct: STATUS_BUFFER_TOO_SMALL (a longer one is fine, the byte count
//!    returned says how much was written);
//! 5. a version other than [`INTERFACE_VERSION`], or a reserved field that is not zero:
//!    STATUS_INVALID_PARAMETER.
//!
//! A request that stays pending (a factorial, a wait) can be cancelled at any moment: STATUS_CANCELLED. So ends
//! also what the device works on or what waits for it when it loses power or its resources: the device may forget
//! it, and raises no interrupt then. A factorial that the device has not begun is kept, and computed afterwards.

#![no_std]

use static_assertions::{assert_eq_align, const_assert_eq};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// The version of the structs in this crate; it stands first in each of them.
pub const INTERFACE_VERSION: u16 = 1;

/// A GUID, laid out as `GUID` of `guiddef.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Guid {
    /// The first group of eight hexadecimal digits.
    pub data1: u32,
    /// The second group, four digits.
    pub data2: u16,
    /// The third group, four digits.
    pub data3: u16,
    /// The last two groups, byte by byte.
    pub data4: [u8; 8],
}

/// The device interface class of the edu driver: `{827811f2-d3b7-4938-b205-c52781094125}`.
pub const GUID_DEVINTERFACE_EDU: Guid = Guid {
    data1: 0x8278_11f2,
    data2: 0xd3b7,
    data3: 0x4938,
    data4: [0xb2, 0x05, 0xc5, 0x27, 0x81, 0x09, 0x41, 0x25],
};

/// The device type in every code below: FILE_DEVICE_UNKNOWN of `winioctl.h`.
pub const DEVICE_TYPE: u32 = 0x22;

/// The transfer method of every code below: METHOD_BUFFERED of `winioctl.h`.
pub const METHOD: u32 = 0;

/// FILE_READ_ACCESS of `winioctl.h`: the handle must have been opened for reading.
pub const READ_ACCESS: u32 = 1;

/// FILE_WRITE_ACCESS of `winioctl.h`: the handle must have been opened for writing.
pub const WRITE_ACCESS: u32 = 2;

/// Composes an I/O control code as the `CTL_CODE` macro does ("Defining I/O Control Codes"):
/// bits 31..16 device type, 15..14 access, 13..2 function, 1..0 method.
///
/// # Panics
/// When an argument does not fit its field; in a constant this is a compile error.
pub const fn ctl_code(device_type: u32, function: u32, method: u32, access: u32) -> u32 {
    assert!(device_type <= 0xffff && function <= 0xfff && method <= 3 && access <= 3);
    device_type << 16 | access << 14 | function << 2 | method
}

/// Asks what the driver found at start, and what the device is doing. Output: [`DeviceInfo`].
pub const IOCTL_EDU_GET_INFO: u32 = ctl_code(DEVICE_TYPE, 0x800, METHOD, READ_ACCESS);

/// Writes the value of a [`Request`] to the liveness register and returns the device's answer in a [`Reply`].
pub const IOCTL_EDU_LIVENESS: u32 = ctl_code(DEVICE_TYPE, 0x801, METHOD, READ_ACCESS);

/// Lets the device compute a factorial. The request stays pending while the device computes; if that takes
/// longer than the device's registry value `FactorialTimeoutMs` says, it ends with STATUS_IO_TIMEOUT. Many may be
/// outstanding: the device computes one at a time, first come, first served.
pub const IOCTL_EDU_FACTORIAL: u32 = ctl_code(DEVICE_TYPE, 0x802, METHOD, WRITE_ACCESS);

/// Asks how often what has happened since the device was found. Output: [`Statistics`].
pub const IOCTL_EDU_GET_STATISTICS: u32 = ctl_code(DEVICE_TYPE, 0x803, METHOD, READ_ACCESS);

/// Waits for an interrupt: the request stays pending until the device raises one, and the [`Reply`] holds its bits
/// ([`INTERRUPT_FACTORIAL`], and what [`IOCTL_EDU_RAISE_INTERRUPT`] raises). Who waits when an interrupt comes is
/// told, however many; what comes while nobody waits is kept, all bits together, for the next one.
pub const IOCTL_EDU_WAIT_INTERRUPT: u32 = ctl_code(DEVICE_TYPE, 0x804, METHOD, READ_ACCESS);

/// Lets the device raise the interrupt bits in a [`Request`], at least one. For tests: STATUS_ACCESS_DENIED unless
/// the device's registry value `EnableRaiseInterrupt` is 1.
pub const IOCTL_EDU_RAISE_INTERRUPT: u32 = ctl_code(DEVICE_TYPE, 0x805, METHOD, WRITE_ACCESS);

/// The interrupt bit that the device raises when a factorial is done.
pub const INTERRUPT_FACTORIAL: u32 = 0x01;

/// [`DeviceInfo::state`]: the factorial engine is free.
pub const STATE_IDLE: u32 = 0;

/// [`DeviceInfo::state`]: the factorial engine is computing.
pub const STATE_COMPUTING: u32 = 1;

/// The input of [`IOCTL_EDU_LIVENESS`], [`IOCTL_EDU_FACTORIAL`] and [`IOCTL_EDU_RAISE_INTERRUPT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Request {
    /// [`INTERFACE_VERSION`].
    pub version: u16,
    /// Zero.
    pub reserved: u16,
    /// The pattern for the liveness register, n, or interrupt bits.
    pub value: u32,
}

impl Request {
    /// A request of this version.
    pub const fn new(value: u32) -> Self {
        Self { version: INTERFACE_VERSION, reserved: 0, value }
    }
}

/// The output of [`IOCTL_EDU_LIVENESS`], [`IOCTL_EDU_FACTORIAL`] and [`IOCTL_EDU_WAIT_INTERRUPT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Reply {
    /// [`INTERFACE_VERSION`].
    pub version: u16,
    /// Zero.
    pub reserved: u16,
    /// What the device answered.
    pub value: u32,
}

impl Reply {
    /// A reply of this version.
    pub const fn new(value: u32) -> Self {
        Self { version: INTERFACE_VERSION, reserved: 0, value }
    }
}

/// The output of [`IOCTL_EDU_GET_INFO`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct DeviceInfo {
    /// [`INTERFACE_VERSION`].
    pub version: u16,
    /// Zero.
    pub reserved: u16,
    /// The identification register, 0xRRrr00ed: major and minor revision of the device.
    pub identification: u32,
    /// How many bytes of BAR0 the driver has mapped.
    pub mapped_length: u32,
    /// [`STATE_IDLE`] or [`STATE_COMPUTING`].
    pub state: u32,
    /// How many interrupt messages the device was given; 0: an interrupt line.
    pub interrupt_messages: u32,
}

/// The output of [`IOCTL_EDU_GET_STATISTICS`]: counts since the device was found, over all its starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct Statistics {
    /// [`INTERFACE_VERSION`].
    pub version: u16,
    /// Zero.
    pub reserved: [u16; 3],
    /// Interrupts that the device had raised.
    pub interrupts: u64,
    /// Interrupts that came without the device having raised one: another device's on a shared line, or one whose
    /// bits were taken with the interrupt before.
    pub spurious_interrupts: u64,
    /// Factorials that the device has answered.
    pub factorials: u64,
    /// Factorials that it did not answer in time.
    pub timeouts: u64,
}

const_assert_eq!(size_of::<Guid>(), 16);
const_assert_eq!(size_of::<Request>(), 8);
const_assert_eq!(core::mem::offset_of!(Request, value), 4);
const_assert_eq!(size_of::<Reply>(), 8);
const_assert_eq!(core::mem::offset_of!(Reply, value), 4);
const_assert_eq!(size_of::<DeviceInfo>(), 20);
const_assert_eq!(core::mem::offset_of!(DeviceInfo, identification), 4);
const_assert_eq!(core::mem::offset_of!(DeviceInfo, mapped_length), 8);
const_assert_eq!(core::mem::offset_of!(DeviceInfo, state), 12);
const_assert_eq!(core::mem::offset_of!(DeviceInfo, interrupt_messages), 16);
const_assert_eq!(size_of::<Statistics>(), 40);
const_assert_eq!(core::mem::offset_of!(Statistics, interrupts), 8);
const_assert_eq!(core::mem::offset_of!(Statistics, spurious_interrupts), 16);
const_assert_eq!(core::mem::offset_of!(Statistics, factorials), 24);
const_assert_eq!(core::mem::offset_of!(Statistics, timeouts), 32);
assert_eq_align!(Guid, Request, Reply, DeviceInfo, u32);
assert_eq_align!(Statistics, u64);

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers as a C client's CTL_CODE computes them.
    #[test]
    fn codes_are_those_of_the_ctl_code_macro() {
        assert_eq!(IOCTL_EDU_GET_INFO, 0x0022_6000);
        assert_eq!(IOCTL_EDU_LIVENESS, 0x0022_6004);
        assert_eq!(IOCTL_EDU_FACTORIAL, 0x0022_a008);
        assert_eq!(IOCTL_EDU_GET_STATISTICS, 0x0022_600c);
        assert_eq!(IOCTL_EDU_WAIT_INTERRUPT, 0x0022_6010);
        assert_eq!(IOCTL_EDU_RAISE_INTERRUPT, 0x0022_a014);
    }

    #[test]
    fn a_request_is_these_bytes() {
        let bytes = Request::new(0x0a0b_0c0d);
        assert_eq!(bytes.as_bytes(), [1, 0, 0, 0, 0x0d, 0x0c, 0x0b, 0x0a]);
        assert_eq!(Request::read_from_bytes(bytes.as_bytes()), Ok(bytes));
    }

    /// Version 4, variant 1 of RFC 9562: the GUID was made up at random, as it should be.
    #[test]
    fn the_interface_class_is_a_random_guid() {
        assert_eq!(GUID_DEVINTERFACE_EDU.data3 >> 12, 4);
        assert_eq!(GUID_DEVINTERFACE_EDU.data4[0] >> 6, 0b10);
    }
}
