//! Reads the fields of a resource descriptor: `CM_PARTIAL_RESOURCE_DESCRIPTOR` in `wudfwdm.h`.
//!
//! Which fields mean something follows from the descriptor's type; that is for the caller to know. All are plain
//! integers, so reading others gives numbers without meaning and nothing worse.

use std::mem::offset_of;

use wdk_sys::{
    CM_PARTIAL_RESOURCE_DESCRIPTOR, CM_RESOURCE_INTERRUPT_MESSAGE, CmResourceTypeInterrupt,
    CmResourceTypeMemory, CmResourceTypeMemoryLarge, CmResourceTypePort,
};

static_assertions::const_assert_eq!(size_of::<CM_PARTIAL_RESOURCE_DESCRIPTOR>(), 20);

/// A descriptor as its bytes lie in memory: type, share disposition, flags (2), then a union (16).
///
/// Bytes, and not the struct of the header: of a struct with a union nobody knows which bytes were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptor([u8; 20]);

/// Reads the integer at a field's place.
macro_rules! field {
    ($descriptor:expr, $type:ty, $($place:ident).+) => {{
        const OFFSET: usize = offset_of!(CM_PARTIAL_RESOURCE_DESCRIPTOR, $($place).+);
        <$type>::from_ne_bytes($descriptor.bytes_at::<OFFSET, { size_of::<$type>() }>())
    }};
}

impl Descriptor {
    /// Any bytes are a descriptor of something.
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// The bytes of one field.
    fn bytes_at<const OFFSET: usize, const LENGTH: usize>(&self) -> [u8; LENGTH] {
        const { assert!(OFFSET + LENGTH <= 20, "the field lies outside the descriptor") };
        std::array::from_fn(|index| self.0[OFFSET + index])
    }

    /// CmResourceType*.
    pub(super) fn kind(&self) -> u8 {
        field!(self, u8, Type)
    }

    /// CmResourceShare*.
    pub(super) fn share_disposition(&self) -> u8 {
        field!(self, u8, ShareDisposition)
    }

    /// CM_RESOURCE_*, by type.
    pub(super) fn flags(&self) -> u16 {
        field!(self, u16, Flags)
    }

    /// Whether this is memory, of any length.
    pub(super) fn is_memory(&self) -> bool {
        [CmResourceTypeMemory, CmResourceTypeMemoryLarge].contains(&self.kind().into())
    }

    /// Whether this and its twin in the other list can be the same resource.
    ///
    /// The type is the same, and so is what raises an interrupt. But a platform may lead from memory on one side
    /// of a bus bridge to ports on the other, and back ("Mapping Bus-Relative Addresses to Virtual Addresses").
    pub(super) fn is_same_resource(&self, twin: &Self) -> bool {
        let is_range = |side: &Self| side.is_memory() || u32::from(side.kind()) == CmResourceTypePort;
        let is_message = |side: &Self| u32::from(side.flags()) & CM_RESOURCE_INTERRUPT_MESSAGE != 0;
        if u32::from(self.kind()) == CmResourceTypeInterrupt && is_message(self) != is_message(twin) {
            return false;
        }
        self.kind() == twin.kind() || is_range(self) && is_range(twin)
    }

    /// Start and length of CmResourceTypeMemory, in bytes.
    pub(super) fn memory(&self) -> (u64, u32) {
        (field!(self, u64, u.Memory.Start), field!(self, u32, u.Memory.Length))
    }

    /// Start, and length in units of 2^8 bytes, of CmResourceTypeMemoryLarge with CM_RESOURCE_MEMORY_LARGE_40.
    pub(super) fn memory40(&self) -> (u64, u32) {
        (field!(self, u64, u.Memory40.Start), field!(self, u32, u.Memory40.Length40))
    }

    /// Start, and length in units of 2^16 bytes, of CmResourceTypeMemoryLarge with CM_RESOURCE_MEMORY_LARGE_48.
    pub(super) fn memory48(&self) -> (u64, u32) {
        (field!(self, u64, u.Memory48.Start), field!(self, u32, u.Memory48.Length48))
    }

    /// Start, and length in units of 2^32 bytes, of CmResourceTypeMemoryLarge with CM_RESOURCE_MEMORY_LARGE_64.
    pub(super) fn memory64(&self) -> (u64, u32) {
        (field!(self, u64, u.Memory64.Start), field!(self, u32, u.Memory64.Length64))
    }

    /// Start and length of CmResourceTypePort, in bytes.
    pub(super) fn port(&self) -> (u64, u32) {
        (field!(self, u64, u.Port.Start), field!(self, u32, u.Port.Length))
    }

    /// Vector of a line-based CmResourceTypeInterrupt.
    pub(super) fn line_vector(&self) -> u32 {
        field!(self, u32, u.Interrupt.Vector)
    }

    /// Message count of a raw CmResourceTypeInterrupt with CM_RESOURCE_INTERRUPT_MESSAGE.
    pub(super) fn message_count(&self) -> u16 {
        field!(self, u16, u.MessageInterrupt.__bindgen_anon_1.Raw.MessageCount)
    }

    /// Vector of the first message of a translated CmResourceTypeInterrupt with CM_RESOURCE_INTERRUPT_MESSAGE.
    pub(super) fn message_vector(&self) -> u32 {
        field!(self, u32, u.MessageInterrupt.__bindgen_anon_1.Translated.Vector)
    }

    /// Channel and port of CmResourceTypeDma.
    pub(super) fn dma(&self) -> (u32, u32) {
        (field!(self, u32, u.Dma.Channel), field!(self, u32, u.Dma.Port))
    }

    /// Channel, request line and transfer width of CmResourceTypeDma with CM_RESOURCE_DMA_V3.
    pub(super) fn dma_v3(&self) -> (u32, u32, u8) {
        (
            field!(self, u32, u.DmaV3.Channel),
            field!(self, u32, u.DmaV3.RequestLine),
            field!(self, u8, u.DmaV3.TransferWidth),
        )
    }

    /// First bus number and count of CmResourceTypeBusNumber.
    pub(super) fn bus_numbers(&self) -> (u32, u32) {
        (field!(self, u32, u.BusNumber.Start), field!(self, u32, u.BusNumber.Length))
    }

    /// Class, type and identifier of CmResourceTypeConnection.
    pub(super) fn connection(&self) -> (u8, u8, u64) {
        let [low, high] =
            [field!(self, u32, u.Connection.IdLowPart), field!(self, u32, u.Connection.IdHighPart)];
        let id = u64::from(high) << 32 | u64::from(low);
        (field!(self, u8, u.Connection.Class), field!(self, u8, u.Connection.Type), id)
    }

    /// Size in bytes of the data that follow CmResourceTypeDeviceSpecific.
    pub(super) fn device_specific_size(&self) -> u32 {
        field!(self, u32, u.DeviceSpecificData.DataSize)
    }
}
