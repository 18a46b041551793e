//! What a PCI device model offers to the bus.

use std::time::Duration;

use thiserror::Error;

/// Size of one register access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 1 byte.
    U8,
    /// 2 bytes.
    U16,
    /// 4 bytes.
    U32,
    /// 8 bytes.
    U64,
}

impl Width {
    /// Number of bytes: 1, 2, 4 or 8.
    pub const fn bytes(self) -> u64 {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::U32 => 4,
            Self::U64 => 8,
        }
    }

    /// The value with every bit of this width set: what a CPU reads where nothing answers.
    pub const fn all_ones(self) -> u64 {
        u64::MAX >> (64 - 8 * self.bytes())
    }

    /// The low bits of `value` that fit this width.
    pub const fn truncate(self, value: u64) -> u64 {
        value & self.all_ones()
    }
}

/// Who a PCI function says it is in configuration space, and which interrupts it can raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Vendor ID.
    pub vendor: u16,
    /// Device ID.
    pub device: u16,
    /// Subsystem vendor ID.
    pub subsystem_vendor: u16,
    /// Subsystem ID.
    pub subsystem: u16,
    /// Revision ID.
    pub revision: u8,
    /// Base class, subclass and programming interface.
    pub class: [u8; 3],
    /// The function has an interrupt pin (INTA#).
    pub interrupt_pin: bool,
    /// Messages of its MSI capability: 1, 2, 4, 8, 16 or 32; 0 without one.
    pub messages: u8,
}

impl Identity {
    /// Hardware IDs, most specific first (Microsoft Learn, "Identifiers for PCI Devices").
    pub fn hardware_ids(&self) -> Vec<String> {
        let device = self.device_id();
        let subsystem = format!("{device}&SUBSYS_{:04X}{:04X}", self.subsystem, self.subsystem_vendor);
        let [class, interface] = self.class_codes();
        vec![
            format!("{subsystem}&REV_{:02X}", self.revision),
            subsystem,
            format!("{device}&{interface}"),
            format!("{device}&{class}"),
        ]
    }

    /// Compatible IDs, most specific first (Microsoft Learn, "Identifiers for PCI Devices").
    pub fn compatible_ids(&self) -> Vec<String> {
        let device = self.device_id();
        let vendor = format!("PCI\\VEN_{:04X}", self.vendor);
        let [class, interface] = self.class_codes();
        vec![
            format!("{device}&REV_{:02X}", self.revision),
            device,
            format!("{vendor}&{interface}"),
            format!("{vendor}&{class}"),
            vendor,
            format!("PCI\\{interface}"),
            format!("PCI\\{class}"),
        ]
    }

    fn device_id(&self) -> String {
        format!("PCI\\VEN_{:04X}&DEV_{:04X}", self.vendor, self.device)
    }

    /// `CC_ccss` and `CC_ccsspp`.
    fn class_codes(&self) -> [String; 2] {
        let [base, sub, interface] = self.class;
        [format!("CC_{base:02X}{sub:02X}"), format!("CC_{base:02X}{sub:02X}{interface:02X}")]
    }
}

/// Where a BAR lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarKind {
    /// Memory below 4 GiB.
    Memory32 {
        /// Reads have no side effects.
        prefetchable: bool,
    },
    /// Memory anywhere in the 64-bit address space.
    Memory64 {
        /// Reads have no side effects.
        prefetchable: bool,
    },
    /// I/O ports.
    Io,
}

/// One base address register: a range that the bus assigns. The length is a power of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    kind: BarKind,
    length: u64,
}

/// A length that no BAR of that kind can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no {kind:?} BAR has 0x{length:x} bytes: use a power of two from 0x{minimum:x} to 0x{maximum:x}")]
pub struct BarError {
    /// Kind asked for.
    pub kind: BarKind,
    /// Length asked for, in bytes.
    pub length: u64,
    /// Shortest length of that kind.
    pub minimum: u64,
    /// Longest length of that kind.
    pub maximum: u64,
}

impl Bar {
    /// A BAR of `length` bytes: 0x10 to 2 GiB for 32-bit memory, 0x10 to 2^60 for 64-bit memory,
    /// 4 to 256 for I/O ports.
    ///
    /// # Errors
    /// [`BarError`] if no BAR of that kind has that length.
    pub const fn new(kind: BarKind, length: u64) -> Result<Self, BarError> {
        let (minimum, maximum) = match kind {
            BarKind::Memory32 { .. } => (0x10, 0x8000_0000),
            BarKind::Memory64 { .. } => (0x10, 1 << 60),
            BarKind::Io => (4, 0x100),
        };
        if !length.is_power_of_two() || length < minimum || length > maximum {
            return Err(BarError { kind, length, minimum, maximum });
        }
        Ok(Self { kind, length })
    }

    /// A memory BAR of the kind that real devices of that length have: 32-bit below 256 MiB,
    /// else 64-bit prefetchable.
    ///
    /// # Errors
    /// [`BarError`] if no BAR has that length.
    pub const fn memory(length: u64) -> Result<Self, BarError> {
        if length < 0x1000_0000 {
            Self::new(BarKind::Memory32 { prefetchable: false }, length)
        } else {
            Self::new(BarKind::Memory64 { prefetchable: true }, length)
        }
    }

    /// Where it lies.
    pub const fn kind(&self) -> BarKind {
        self.kind
    }

    /// Number of base address registers that it takes.
    pub const fn registers(&self) -> usize {
        match self.kind {
            BarKind::Memory64 { .. } => 2,
            BarKind::Memory32 { .. } | BarKind::Io => 1,
        }
    }

    /// Length in bytes, never 0.
    pub const fn length(&self) -> u64 {
        self.length
    }
}

/// Tells the host that a device changed by itself, in the time of the machine. It may take the bus: what holds the
/// bus must not wait for the thread that calls it.
pub type Waker = Box<dyn Fn() + Send>;

/// A device model: one PCI function.
///
/// `now` is the host's model time and never runs backwards. `bar` is an index into
/// [`bars`](Self::bars): a 64-bit BAR counts once. A model answers any offset and width; what real
/// hardware would not decode has the result that the hardware's document names.
pub trait PciDevice: Send {
    /// Configuration-space identity.
    fn identity(&self) -> Identity;

    /// The BARs, in register order.
    fn bars(&self) -> &[Bar];

    /// Whether the hardware decodes accesses of this width at this offset.
    fn decodes(&self, _bar: usize, _offset: u64, _width: Width) -> bool {
        true
    }

    /// One read. The result has no bits beyond `width`.
    fn read(&mut self, bar: usize, offset: u64, width: Width, now: Duration) -> u64;

    /// One write. Bits of `value` beyond `width` are ignored.
    fn write(&mut self, bar: usize, offset: u64, width: Width, value: u64, now: Duration);

    /// Level of the interrupt pin.
    fn interrupt_line(&mut self, now: Duration) -> bool;

    /// The messages sent since the last call: bit n stands for message n. One that was sent several
    /// times counts once, as for a processor that has not taken it yet.
    fn take_messages(&mut self, now: Duration) -> u32;

    /// Messages that the function may use instead of its pin: 0, or a power of two that is at most
    /// [`Identity::messages`]. With fewer than it has, several of its interrupts share one.
    fn set_messages(&mut self, count: u8);

    /// Model time of the next change that comes without an access, if one is under way.
    fn next_event(&self) -> Option<Duration>;

    /// Says whom a device tells that changes by itself in the time of the machine. One that changes in model time
    /// only tells nobody.
    fn set_waker(&mut self, _waker: Waker) {}

    /// Why the hardware does not answer any more, if it stopped by itself.
    fn failure(&self) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_have_their_bytes_and_ones() {
        let expected = [
            (Width::U8, 1, 0xff),
            (Width::U16, 2, 0xffff),
            (Width::U32, 4, 0xffff_ffff),
            (Width::U64, 8, u64::MAX),
        ];
        for (width, bytes, ones) in expected {
            assert_eq!((width.bytes(), width.all_ones()), (bytes, ones));
            assert_eq!(width.truncate(u64::MAX), ones);
        }
    }

    #[test]
    fn bars_refuse_impossible_lengths() {
        let memory = BarKind::Memory32 { prefetchable: false };
        for length in [0, 1, 8, 0x18, 0x1_0000_0000] {
            assert!(Bar::new(memory, length).is_err(), "{length:#x}");
        }
        assert!(Bar::new(BarKind::Io, 0x200).is_err());
        assert!(Bar::new(BarKind::Io, 4).is_ok());
        assert!(Bar::new(BarKind::Memory64 { prefetchable: true }, 1 << 61).is_err());
        let message = Bar::new(memory, 0x18).unwrap_err().to_string();
        assert!(message.contains("0x18") && message.contains("power of two"), "{message}");
    }

    #[test]
    fn long_memory_bars_are_64_bit() {
        assert_eq!(Bar::memory(0x40).unwrap().kind(), BarKind::Memory32 { prefetchable: false });
        assert_eq!(Bar::memory(1 << 32).unwrap().kind(), BarKind::Memory64 { prefetchable: true });
    }
}
