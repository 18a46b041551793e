//! Everything that can go wrong in the driver, and the NTSTATUS that each case becomes.
//!
//! Sources: Microsoft Learn, "NTSTATUS Values".

use std::time::Duration;

use edu_interface::INTERFACE_VERSION;
use wdk_sys::NTSTATUS;

use crate::resources::Resource;

/// Why a callback or a request failed.
///
/// The text is what the error trace says; [`status`](Self::status) is what the framework is told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of a variant says what its fields are")]
pub enum Error {
    /// A framework function refused.
    #[error("{function} failed with status {status:#010x}")]
    Framework { function: &'static str, status: NTSTATUS },
    /// A framework object does not carry the context that the driver put there.
    #[error("the framework object has no context of the driver")]
    NoContext,
    /// The request has been cancelled: by its caller, or because the device loses power or its resources.
    #[error("the request was cancelled")]
    Cancelled,
    /// A callback panicked.
    #[error("the callback panicked: {0}")]
    Panicked(String),
    /// The driver let go of a request without completing it.
    #[error("a request was dropped without being completed")]
    RequestDropped,

    /// The raw and the translated resource list differ in length.
    #[error("{raw} raw resource descriptors but {translated} translated ones")]
    ResourceCounts { raw: usize, translated: usize },
    /// The framework gave no descriptor at an index below the count that it gave.
    #[error("resource descriptor {index} is missing")]
    ResourceMissing { index: u32 },
    /// Two descriptors at the same index cannot be the same resource.
    #[error("resource {index} is {:x?} in the raw list, but {:x?} in the translated", pair[0], pair[1])]
    ResourcePair { index: u32, pair: Box<[Resource; 2]> },
    /// The device was not assigned so many memory ranges.
    #[error("no memory descriptor at position {position}, {count} are assigned")]
    NoMemory { position: usize, count: usize },
    /// Memory of the device that the processor reaches through ports.
    #[error("memory {position} is reached through ports on this platform and cannot be mapped")]
    MemoryIsPorts { position: usize },
    /// Memory is shorter than the registers that the driver uses, perhaps empty.
    #[error("memory {position} is {length:#x} bytes long, {needed:#x} are needed")]
    MemoryShort { position: usize, length: u64, needed: u64 },
    /// Memory starts at address 0 or reaches beyond the end of the address space.
    #[error("memory {position} at {start:#x} with length {length:#x} is not an address range")]
    MemoryAddress { position: usize, start: u64, length: u64 },
    /// No interrupt among the assigned resources.
    #[error("no interrupt is assigned: neither a message nor a line")]
    NoInterrupt,
    /// The registers cannot be reached by the driver's own loads and stores.
    #[error("the registers are not mapped into this process: the INF does not say so")]
    NotMappedIntoProcess,
    /// The registers are mapped into this process where loads and stores of all widths cannot reach them.
    #[error("the registers are mapped into this process at {address:#x}, which is no multiple of 8")]
    MisalignedMapping { address: usize },

    /// An offset that was computed is not a multiple of the width of the access, or is outside the mapping.
    #[error("no aligned register of {size} bytes is at {offset:#x} of {length:#x} mapped bytes")]
    NoRegister { offset: usize, size: usize, length: usize },
    /// A register holds what its data sheet does not know.
    #[error("{register} holds {value:#x}, and no data sheet says what that means")]
    UnknownFieldValue { register: &'static str, value: u64 },

    /// The device is an edu of a major version that is not known.
    #[error("identification {value:#010x} is not an edu device of major version 1")]
    WrongIdentification { value: u32 },
    /// The liveness register did not answer with the complement.
    #[error("liveness check failed: wrote {written:#010x}, read {read:#010x}, expected {:#010x}", !written)]
    LivenessFailed { written: u32, read: u32 },
    /// Every register reads all ones: the device does not answer any more.
    #[error("the device is gone: reading {register} and then the identification gave all ones")]
    DeviceGone { register: &'static str },
    /// The factorial engine did not answer in time.
    #[error("the device did not finish the factorial of {n} within {timeout:?}")]
    FactorialTimeout { n: u32, timeout: Duration },
    /// The registers are not mapped.
    #[error("the hardware is not mapped")]
    NoHardware,

    /// An I/O control code that the driver does not know.
    #[error("unknown I/O control code {code:#010x}")]
    UnknownIoctl { code: u32 },
    /// A buffer of an I/O control request is too short.
    #[error("the {buffer} buffer has {length} bytes, {needed} are needed")]
    BufferTooSmall { buffer: &'static str, length: usize, needed: usize },
    /// The input of an I/O control request is longer than its struct.
    #[error("the input buffer has {length} bytes, only {expected} mean anything")]
    InputTooLong { length: usize, expected: usize },
    /// The input is of another version of the interface, or its reserved field is not zero.
    #[error(
        "the input has version {version} and reserved field {reserved:#x}, they must be {INTERFACE_VERSION} and 0"
    )]
    WrongHeader { version: u16, reserved: u16 },
    /// No interrupt bits are to be raised.
    #[error("the input names no interrupt bits to raise")]
    NothingToRaise,
    /// The registry does not let callers raise interrupts.
    #[error("raising interrupts is not enabled: set the device's registry value EnableRaiseInterrupt to 1")]
    RaiseNotEnabled,
}

impl Error {
    /// The status for the framework, and through it for Plug and Play or the caller of a request.
    pub fn status(&self) -> NTSTATUS {
        match self {
            Self::Framework { status, .. } => *status,
            Self::NoContext | Self::Panicked(_) | Self::RequestDropped => wdk_sys::STATUS_INTERNAL_ERROR,
            Self::ResourceCounts { .. }
            | Self::ResourceMissing { .. }
            | Self::ResourcePair { .. }
            | Self::NoMemory { .. }
            | Self::NoInterrupt
            | Self::MemoryIsPorts { .. }
            | Self::MemoryShort { .. }
            | Self::MemoryAddress { .. }
            | Self::NotMappedIntoProcess
            | Self::MisalignedMapping { .. }
            | Self::WrongIdentification { .. }
            | Self::LivenessFailed { .. } => wdk_sys::STATUS_DEVICE_CONFIGURATION_ERROR,
            Self::UnknownFieldValue { .. } => wdk_sys::STATUS_DEVICE_PROTOCOL_ERROR,
            Self::DeviceGone { .. } => wdk_sys::STATUS_DEVICE_DOES_NOT_EXIST,
            Self::FactorialTimeout { .. } => wdk_sys::STATUS_IO_TIMEOUT,
            Self::Cancelled => wdk_sys::STATUS_CANCELLED,
            Self::NoHardware => wdk_sys::STATUS_DEVICE_NOT_READY,
            Self::UnknownIoctl { .. } => wdk_sys::STATUS_INVALID_DEVICE_REQUEST,
            Self::BufferTooSmall { .. } => wdk_sys::STATUS_BUFFER_TOO_SMALL,
            Self::InputTooLong { .. }
            | Self::WrongHeader { .. }
            | Self::NothingToRaise
            | Self::NoRegister { .. } => wdk_sys::STATUS_INVALID_PARAMETER,
            Self::RaiseNotEnabled => wdk_sys::STATUS_ACCESS_DENIED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_was_found_and_what_was_expected() {
        let text = Error::LivenessFailed { written: 0x1234_5678, read: 0 }.to_string();
        assert_eq!(text, "liveness check failed: wrote 0x12345678, read 0x00000000, expected 0xedcba987");
    }

    #[test]
    fn a_framework_status_is_passed_on_and_printed_as_the_headers_print_it() {
        let error =
            Error::Framework { function: "WdfDeviceMapIoSpace", status: 0xc000_009a_u32.cast_signed() };
        assert_eq!(error.status().cast_unsigned(), 0xc000_009a);
        assert_eq!(error.to_string(), "WdfDeviceMapIoSpace failed with status 0xc000009a");
    }
}
