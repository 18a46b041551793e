//! Reads the fields of a resource descriptor: `CM_PARTIAL_RESOURCE_DESCRIPTOR` in `wudfwdm.h`.
//!
//! Which fields mean something follows from the descriptor's type; that is for the caller to know. All are plain
//! integers, so reading others gives numbers without meaning and nothing worse.

static_assertions::const_assert_eq!(size_of::<wdk_sys::CM_PARTIAL_RESOURCE_DESCRIPTOR>(), 20);

/// A descriptor as its bytes lie in memory: type, share disposition, flags (2), then a union (16).
///
/// Bytes, and not the struct of the header: of a struct with a union nobody knows which bytes were written. Any bytes
/// are a descriptor of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptor(pub [u8; 20]);

/// Reads the integer at the place of a field: `field!(descriptor, u32, u.Interrupt.Vector)`.
macro_rules! field {
    ($descriptor:expr, $type:ty, $($place:ident).+) => {{
        const OFFSET: usize = std::mem::offset_of!(wdk_sys::CM_PARTIAL_RESOURCE_DESCRIPTOR, $($place).+);
        <$type>::from_ne_bytes($descriptor.bytes_at::<OFFSET, { size_of::<$type>() }>())
    }};
}
pub(super) use field;

impl Descriptor {
    /// The bytes of one field, for [`field`].
    pub(super) fn bytes_at<const OFFSET: usize, const LENGTH: usize>(&self) -> [u8; LENGTH] {
        const { assert!(OFFSET + LENGTH <= 20, "the field lies outside the descriptor") };
        std::array::from_fn(|index| self.0[OFFSET + index])
    }

    /// CmResourceType*.
    pub(super) fn kind(&self) -> u32 {
        field!(self, u8, Type).into()
    }

    /// CM_RESOURCE_*, by type.
    pub(super) fn flags(&self) -> u32 {
        field!(self, u16, Flags).into()
    }

    /// Whether this is memory, of any length.
    pub(super) fn is_memory(&self) -> bool {
        [wdk_sys::CmResourceTypeMemory, wdk_sys::CmResourceTypeMemoryLarge].contains(&self.kind())
    }

    /// Whether this and its twin in the other list can be the same resource.
    ///
    /// The type is the same, and so is what raises an interrupt. But a platform may lead from memory on one side
    /// of a bus bridge to ports on the other, and back ("Mapping Bus-Relative Addresses to Virtual Addresses").
    pub(super) fn is_same_resource(&self, twin: &Self) -> bool {
        let is_range = |side: &Self| side.is_memory() || side.kind() == wdk_sys::CmResourceTypePort;
        let is_message = |side: &Self| side.flags() & wdk_sys::CM_RESOURCE_INTERRUPT_MESSAGE != 0;
        if self.kind() == wdk_sys::CmResourceTypeInterrupt && is_message(self) != is_message(twin) {
            return false;
        }
        self.kind() == twin.kind() || is_range(self) && is_range(twin)
    }
}
