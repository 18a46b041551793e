//! Resource descriptors, as PnP hands them to a driver: two parallel lists, raw and translated.
//!
//! One [`Descriptor`] holds what one `CM_PARTIAL_RESOURCE_DESCRIPTOR` holds (wdm.h). Values of the
//! constants are those of the header.

use std::fmt;

use super::device::{Bar, BarKind};
use super::pci::Line;

/// `CmResourceTypePort`.
const TYPE_PORT: u8 = 1;
/// `CmResourceTypeInterrupt`.
const TYPE_INTERRUPT: u8 = 2;
/// `CmResourceTypeMemory`.
const TYPE_MEMORY: u8 = 3;
/// `CmResourceTypeMemoryLarge`.
const TYPE_MEMORY_LARGE: u8 = 7;
/// `CmResourceTypeDevicePrivate`.
const TYPE_DEVICE_PRIVATE: u8 = 0x81;

/// `CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE`.
const INTERRUPT_LEVEL_SENSITIVE: u16 = 0;
/// `CM_RESOURCE_INTERRUPT_LATCHED`.
const INTERRUPT_LATCHED: u16 = 0x1;
/// `CM_RESOURCE_INTERRUPT_LATCHED | CM_RESOURCE_INTERRUPT_MESSAGE`.
const INTERRUPT_MESSAGE: u16 = 0x3;
/// `CM_RESOURCE_MEMORY_READ_WRITE`.
const MEMORY_READ_WRITE: u16 = 0;
/// `CM_RESOURCE_MEMORY_PREFETCHABLE`.
const MEMORY_PREFETCHABLE: u16 = 0x4;
/// `CM_RESOURCE_MEMORY_BAR`.
const MEMORY_BAR: u16 = 0x80;
/// `CM_RESOURCE_PORT_IO | CM_RESOURCE_PORT_POSITIVE_DECODE | CM_RESOURCE_PORT_BAR`.
const PORT: u16 = 0x1 | 0x20 | 0x100;

/// The arms of `MemoryLarge`, shortest first: flag, shift of the length field.
const LARGE: [(u16, u32); 3] = [
    // CM_RESOURCE_MEMORY_LARGE_40, _48, _64
    (0x200, 8),
    (0x400, 16),
    (0x800, 32),
];

/// The two lists of one start: same count, same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// As the bus sees it.
    pub raw: Vec<Descriptor>,
    /// As the CPU sees it. These are the addresses that a driver maps.
    pub translated: Vec<Descriptor>,
}

/// One resource with its attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// `ShareDisposition`.
    pub share: Share,
    /// `Flags`; its meaning depends on the type.
    pub flags: u16,
    /// `Type` and the arm of the union that goes with it.
    pub resource: Resource,
}

/// `ShareDisposition`, with the values of `CM_SHARE_DISPOSITION`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Share {
    /// `CmResourceShareDeviceExclusive`.
    DeviceExclusive = 1,
    /// `CmResourceShareShared`.
    Shared = 3,
}

/// What is assigned. Ranges are never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `CmResourceTypeMemory`: less than 4 GiB.
    Memory {
        /// First address.
        start: u64,
        /// Bytes.
        length: u32,
    },
    /// `CmResourceTypeMemoryLarge`: 4 GiB or more. The flags say which union arm is meant.
    MemoryLarge {
        /// First address.
        start: u64,
        /// The arm's length field (`Length40`, `Length48` or `Length64`), in units of 2^8, 2^16 or
        /// 2^32 bytes.
        length_field: u32,
    },
    /// `CmResourceTypePort`.
    Port {
        /// First port.
        start: u64,
        /// Ports.
        length: u32,
    },
    /// `CmResourceTypeInterrupt`, union arm `Interrupt`, or `MessageInterrupt.Translated` when the
    /// flags say message.
    Interrupt {
        /// Raw: the interrupt request line; translated: the IRQL.
        level: u32,
        /// Never 0: a vector of 0 means that there is no interrupt.
        vector: u32,
        /// Processors.
        affinity: u64,
    },
    /// `CmResourceTypeInterrupt`, union arm `MessageInterrupt.Raw`. Only in raw lists.
    MessageInterrupt {
        /// Messages that the function may send.
        message_count: u16,
        /// Never 0.
        vector: u32,
        /// Processors.
        affinity: u64,
    },
    /// `CmResourceTypeDevicePrivate`: a note of the bus driver to itself, in real PCI lists too.
    DevicePrivate {
        /// The bus driver's own data.
        data: [u32; 3],
    },
}

impl Descriptor {
    /// `Type`.
    pub const fn resource_type(&self) -> u8 {
        match self.resource {
            Resource::Memory { .. } => TYPE_MEMORY,
            Resource::MemoryLarge { .. } => TYPE_MEMORY_LARGE,
            Resource::Port { .. } => TYPE_PORT,
            Resource::Interrupt { .. } | Resource::MessageInterrupt { .. } => TYPE_INTERRUPT,
            Resource::DevicePrivate { .. } => TYPE_DEVICE_PRIVATE,
        }
    }

    /// First address and length in bytes of a memory range.
    pub fn memory(&self) -> Option<(u64, u64)> {
        match self.resource {
            Resource::Memory { start, length } => Some((start, u64::from(length))),
            Resource::MemoryLarge { start, length_field } => {
                let (_, shift) = LARGE.into_iter().find(|(flag, _)| self.flags & flag != 0)?;
                Some((start, u64::from(length_field) << shift))
            }
            _ => None,
        }
    }

    /// The descriptor of a BAR that lies at `start`.
    pub(super) fn bar(bar: &Bar, start: u64) -> Self {
        let (flags, resource) = match (bar.kind(), u32::try_from(bar.length())) {
            (BarKind::Io, Ok(length)) => (PORT, Resource::Port { start, length }),
            (kind, Ok(length)) => (memory_flags(kind), Resource::Memory { start, length }),
            (kind, Err(_)) => {
                let (flag, length_field) = large(bar.length());
                (memory_flags(kind) | flag, Resource::MemoryLarge { start, length_field })
            }
        };
        Self { share: Share::DeviceExclusive, flags, resource }
    }

    /// The note that follows each BAR. What it says is the bus driver's own affair.
    pub(super) fn device_private(bar: usize) -> Self {
        let index = u32::try_from(bar).unwrap_or(u32::MAX);
        let resource = Resource::DevicePrivate { data: [1, index, 0] };
        Self { share: Share::DeviceExclusive, flags: 0, resource }
    }

    /// A level-triggered PCI line.
    pub(super) const fn line(level: u32, vector: u32, affinity: u64) -> Self {
        Self {
            share: Share::Shared,
            flags: INTERRUPT_LEVEL_SENSITIVE,
            resource: Resource::Interrupt { level, vector, affinity },
        }
    }

    /// As [`line`](Self::line), for a line of the given kind.
    pub(super) fn line_of(kind: Line, level: u32, vector: u32, affinity: u64) -> Self {
        let line = Self::line(level, vector, affinity);
        match kind {
            Line::Shared => line,
            Line::Exclusive => Self { share: Share::DeviceExclusive, ..line },
            Line::Edge => Self { share: Share::DeviceExclusive, flags: INTERRUPT_LATCHED, ..line },
        }
    }

    /// Whether this interrupt is triggered by an edge: messages are, and some lines.
    pub const fn is_latched(&self) -> bool {
        self.flags & INTERRUPT_LATCHED != 0
    }

    /// Whether this interrupt is message-signaled.
    pub const fn is_message(&self) -> bool {
        self.flags & INTERRUPT_MESSAGE == INTERRUPT_MESSAGE
    }

    /// A message-signaled interrupt.
    pub(super) const fn message(resource: Resource) -> Self {
        Self { share: Share::DeviceExclusive, flags: INTERRUPT_MESSAGE, resource }
    }
}

fn memory_flags(kind: BarKind) -> u16 {
    let prefetchable = match kind {
        BarKind::Memory32 { prefetchable } | BarKind::Memory64 { prefetchable } => prefetchable,
        BarKind::Io => false,
    };
    MEMORY_READ_WRITE | MEMORY_BAR | if prefetchable { MEMORY_PREFETCHABLE } else { 0 }
}

/// Flag and length field of the shortest arm that holds `length`. A power of two from 2^32 on always
/// has one that holds it exactly.
fn large(length: u64) -> (u16, u32) {
    LARGE
        .into_iter()
        .find_map(|(flag, shift)| Some((flag, u32::try_from(length >> shift).ok()?)))
        .expect("a 64-bit length shifted by 32 fits 32 bits")
}

impl fmt::Display for Descriptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.resource {
            Resource::Memory { start, .. } | Resource::MemoryLarge { start, .. } => {
                let length = self.memory().map_or(0, |(_, length)| length);
                write!(f, "memory 0x{start:x}, 0x{length:x} bytes")
            }
            Resource::Port { start, length } => write!(f, "ports 0x{start:x}, 0x{length:x}"),
            Resource::Interrupt { vector, .. } if self.flags == INTERRUPT_MESSAGE => {
                write!(f, "message interrupt, vector 0x{vector:x}")
            }
            Resource::Interrupt { vector, .. } if self.is_latched() => {
                write!(f, "edge-triggered interrupt line, vector 0x{vector:x}")
            }
            Resource::Interrupt { vector, .. } => write!(f, "interrupt line, vector 0x{vector:x}"),
            Resource::MessageInterrupt { message_count, .. } => {
                write!(f, "message interrupt, {message_count} message(s)")
            }
            Resource::DevicePrivate { .. } => f.write_str("device private"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn large_bar(length: u64) -> Descriptor {
        Descriptor::bar(&Bar::new(BarKind::Memory64 { prefetchable: true }, length).unwrap(), 1 << 61)
    }

    #[test]
    fn memory_below_4_gib_is_memory() {
        let bar = Bar::new(BarKind::Memory32 { prefetchable: false }, 0x10_0000).unwrap();
        let descriptor = Descriptor::bar(&bar, 0xc000_0000);
        assert_eq!((descriptor.resource_type(), descriptor.flags), (3, 0x80));
        assert_eq!(descriptor.share as u8, 1);
        assert_eq!(descriptor.resource, Resource::Memory { start: 0xc000_0000, length: 0x10_0000 });
        assert_eq!(descriptor.memory(), Some((0xc000_0000, 0x10_0000)));
        assert_eq!(descriptor.to_string(), "memory 0xc0000000, 0x100000 bytes");
        assert_eq!(large_bar(1 << 31).resource_type(), 3);
    }

    #[test]
    fn memory_from_4_gib_is_large_in_the_shortest_arm() {
        let expected = [
            (1 << 32, 0x200, 1 << 24),
            (1 << 39, 0x200, 1 << 31),
            (1 << 40, 0x400, 1 << 24),
            (1 << 47, 0x400, 1 << 31),
            (1 << 48, 0x800, 1 << 16),
            (1 << 60, 0x800, 1 << 28),
        ];
        for (length, flag, length_field) in expected {
            let descriptor = large_bar(length);
            assert_eq!(descriptor.resource_type(), 7, "{length:#x}");
            assert_eq!(descriptor.flags, 0x84 | flag, "{length:#x}");
            assert_eq!(descriptor.resource, Resource::MemoryLarge { start: 1 << 61, length_field });
            assert_eq!(descriptor.memory(), Some((1 << 61, length)));
        }
    }

    #[test]
    fn ports_are_ports() {
        let descriptor = Descriptor::bar(&Bar::new(BarKind::Io, 0x20).unwrap(), 0x1000);
        assert_eq!((descriptor.resource_type(), descriptor.flags & 1), (1, 1));
        assert_eq!(descriptor.memory(), None);
        assert_eq!(descriptor.to_string(), "ports 0x1000, 0x20");
    }

    #[test]
    fn private_data_and_interrupts_are_no_memory() {
        let private = Descriptor::device_private(2);
        assert_eq!((private.resource_type(), private.memory()), (0x81, None));
        let line = Descriptor::line(4, 0x74, 1);
        assert_eq!((line.resource_type(), line.flags, line.share as u8), (2, 0, 3));
        assert_eq!(line.to_string(), "interrupt line, vector 0x74");
    }
}
