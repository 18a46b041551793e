//! From the resources that Windows assigned to the registers that are to be mapped.
//!
//! Plug and Play hands EvtDevicePrepareHardware two lists of equal length and order: raw (as the bus sees it)
//! and translated (as the processor sees it). This module turns them into a [`Plan`]; it calls nothing, so it
//! can be tested with any bytes. See "Finding and Mapping Hardware Resources".

mod descriptor;

use std::fmt;

use tracing::info;
use wdk_sys::{
    _CM_SHARE_DISPOSITION, CM_RESOURCE_INTERRUPT_LATCHED, CM_RESOURCE_INTERRUPT_MESSAGE,
    CM_RESOURCE_MEMORY_LARGE_40, CM_RESOURCE_MEMORY_LARGE_48, CM_RESOURCE_MEMORY_LARGE_64,
    CmResourceTypeBusNumber, CmResourceTypeConnection, CmResourceTypeDevicePrivate,
    CmResourceTypeDeviceSpecific, CmResourceTypeDma, CmResourceTypeInterrupt, CmResourceTypeMemory,
    CmResourceTypeMemoryLarge, CmResourceTypeNonArbitrated, CmResourceTypeNull, CmResourceTypePort,
};

pub use self::descriptor::Descriptor;
use crate::error::Error;

/// A range of physical addresses as the processor sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryRange {
    /// The first address.
    pub start: u64,
    /// How many bytes; a descriptor can claim 0, or more than there are addresses.
    pub length: u64,
}

/// What one descriptor stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Device memory: CmResourceTypeMemory, or CmResourceTypeMemoryLarge in one of its three units.
    Memory(MemoryRange),
    /// I/O ports.
    Port {
        /// The first port.
        start: u64,
        /// How many.
        length: u32,
    },
    /// An interrupt line.
    LineInterrupt {
        /// The system's vector.
        vector: u32,
        /// Edge-triggered; else level-triggered.
        latched: bool,
        /// Other devices may use the line too.
        shared: bool,
    },
    /// Message-signaled interrupts.
    MessageInterrupt {
        /// The system's vector of the first message.
        vector: u32,
        /// How many messages, from the raw descriptor.
        messages: u16,
    },
    /// A DMA channel of the system's controller.
    Dma {
        /// Its number.
        channel: u32,
    },
    /// Bus numbers, for bridges.
    BusNumber {
        /// The first.
        start: u32,
        /// How many.
        length: u32,
    },
    /// A connection through another bus (GPIO, I2C, SPI, UART).
    Connection {
        /// CM_RESOURCE_CONNECTION_CLASS_*.
        class: u8,
        /// CM_RESOURCE_CONNECTION_TYPE_*.
        kind: u8,
        /// What to open the connection with.
        id: u64,
    },
    /// Left by the bus driver for itself; PCI puts one beside each BAR.
    DevicePrivate,
    /// A vendor's data, which follow the list.
    DeviceSpecific {
        /// How many bytes.
        size: u32,
    },
    /// An empty place in the list.
    Null,
    /// Another kind that is not arbitrated (128 and above): configuration data of old buses.
    NotArbitrated {
        /// Its CmResourceType.
        kind: u8,
    },
    /// A kind that no header names.
    Unknown {
        /// Its CmResourceType.
        kind: u8,
    },
}

impl Resource {
    /// Says what a descriptor stands for, given its twin in the raw list. Every descriptor stands for something.
    #[expect(non_upper_case_globals, reason = "the constants are spelled as the headers spell them")]
    pub fn classify(raw: &Descriptor, translated: &Descriptor) -> Self {
        let flags = u32::from(translated.flags());
        let kind = translated.kind();
        match u32::from(kind) {
            CmResourceTypeMemory => Self::memory(translated.memory(), 0),
            // The framework tests the three flags in this order.
            CmResourceTypeMemoryLarge if flags & CM_RESOURCE_MEMORY_LARGE_40 != 0 => {
                Self::memory(translated.memory40(), 8)
            }
            CmResourceTypeMemoryLarge if flags & CM_RESOURCE_MEMORY_LARGE_48 != 0 => {
                Self::memory(translated.memory48(), 16)
            }
            CmResourceTypeMemoryLarge if flags & CM_RESOURCE_MEMORY_LARGE_64 != 0 => {
                Self::memory(translated.memory64(), 32)
            }
            // Without a unit there is no length.
            CmResourceTypeMemoryLarge => Self::memory((translated.memory().0, 0), 0),
            CmResourceTypePort => {
                let (start, length) = translated.port();
                Self::Port { start, length }
            }
            CmResourceTypeInterrupt if flags & CM_RESOURCE_INTERRUPT_MESSAGE != 0 => {
                Self::MessageInterrupt { vector: translated.message_vector(), messages: raw.message_count() }
            }
            CmResourceTypeInterrupt => Self::LineInterrupt {
                vector: translated.line_vector(),
                latched: flags & CM_RESOURCE_INTERRUPT_LATCHED != 0,
                shared: i32::from(translated.share_disposition())
                    == _CM_SHARE_DISPOSITION::CmResourceShareShared,
            },
            CmResourceTypeDma => Self::Dma { channel: translated.dma_channel() },
            CmResourceTypeBusNumber => {
                let (start, length) = translated.bus_numbers();
                Self::BusNumber { start, length }
            }
            CmResourceTypeConnection => {
                let (class, kind, id) = translated.connection();
                Self::Connection { class, kind, id }
            }
            CmResourceTypeDevicePrivate => Self::DevicePrivate,
            CmResourceTypeDeviceSpecific => Self::DeviceSpecific { size: translated.device_specific_size() },
            CmResourceTypeNull => Self::Null,
            CmResourceTypeNonArbitrated.. => Self::NotArbitrated { kind },
            _ => Self::Unknown { kind },
        }
    }

    /// A 32-bit length in units of 2^`shift` bytes, `shift` being 32 at most, fits 64 bits.
    fn memory((start, length): (u64, u32), shift: u32) -> Self {
        Self::Memory(MemoryRange { start, length: u64::from(length) << shift })
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory(MemoryRange { start, length }) => {
                write!(formatter, "memory {start:#x}, length {length:#x}")
            }
            Self::Port { start, length } => write!(formatter, "ports {start:#x}, length {length:#x}"),
            Self::LineInterrupt { vector, latched, shared } => {
                let trigger = if *latched { "edge" } else { "level" };
                let share = if *shared { "shared" } else { "exclusive" };
                write!(formatter, "line interrupt, vector {vector:#x}, {trigger}, {share}")
            }
            Self::MessageInterrupt { vector, messages } => {
                write!(formatter, "message interrupt, vector {vector:#x}, messages {messages}")
            }
            Self::Dma { channel } => write!(formatter, "DMA channel {channel}"),
            Self::BusNumber { start, length } => write!(formatter, "bus numbers {start}, length {length}"),
            Self::Connection { class, kind, id } => {
                write!(formatter, "connection, class {class}, type {kind}, id {id:#x}")
            }
            Self::DevicePrivate => write!(formatter, "bus driver's private data"),
            Self::DeviceSpecific { size } => write!(formatter, "vendor's data, size {size}"),
            Self::Null => write!(formatter, "nothing"),
            Self::NotArbitrated { kind } => write!(formatter, "configuration data of type {kind}"),
            Self::Unknown { kind } => write!(formatter, "unknown type {kind}"),
        }
    }
}

/// What the assigned resources are, and which of them the driver uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    resources: Vec<Resource>,
    /// Index of the first memory descriptor. PCI lists the BARs in their order, so this is BAR0; its length
    /// says nothing about which BAR it is.
    bar0: Option<usize>,
}

impl Plan {
    /// Walks both lists together. Fails only if they differ in length.
    pub fn new(raw: &[Descriptor], translated: &[Descriptor]) -> Result<Self, Error> {
        if raw.len() != translated.len() {
            return Err(Error::ResourceCounts { raw: raw.len(), translated: translated.len() });
        }
        let resources: Vec<_> =
            raw.iter().zip(translated).map(|(raw, translated)| Resource::classify(raw, translated)).collect();
        let bar0 = resources.iter().position(|resource| matches!(resource, Resource::Memory(_)));
        Ok(Self { resources, bar0 })
    }

    /// Traces every descriptor with its verdict, `needed` being what [`bar0`](Self::bar0) is asked for.
    pub fn trace(&self, needed: usize) {
        let bar0 = if self.bar0(needed).is_ok() { "BAR0: used" } else { "BAR0: refused" };
        for (index, resource) in self.resources.iter().enumerate() {
            let verdict = if self.bar0 == Some(index) { bar0 } else { "not used" };
            info!(index, %resource, verdict, "assigned resource");
        }
    }

    /// Index of the interrupt that is to be used, and how many messages it has: a message, or else a line (0).
    pub fn interrupt(&self) -> Result<(u32, u16), Error> {
        let find = |wanted: fn(&Resource) -> Option<u16>| {
            self.resources.iter().zip(0..).find_map(|(resource, index)| Some((index, wanted(resource)?)))
        };
        find(|resource| match resource {
            Resource::MessageInterrupt { messages, .. } => Some(*messages),
            _ => None,
        })
        .or_else(|| find(|resource| matches!(resource, Resource::LineInterrupt { .. }).then_some(0)))
        .ok_or(Error::NoInterrupt { count: self.resources.len() })
    }

    /// The physical address of BAR0, of which the first `needed` bytes are to be mapped.
    ///
    /// Fails if there is no memory, if the range is empty or no range at all, or if it is shorter than `needed`.
    pub fn bar0(&self, needed: usize) -> Result<u64, Error> {
        let needed = needed as u64;
        let Some(Resource::Memory(MemoryRange { start, length })) =
            self.bar0.map(|index| self.resources[index])
        else {
            return Err(Error::NoMemory { count: self.resources.len() });
        };
        if length == 0 {
            return Err(Error::Bar0Empty { start });
        }
        if start == 0 || start.checked_add(length - 1).is_none() {
            return Err(Error::Bar0Address { start, length });
        }
        if length < needed {
            return Err(Error::Bar0Short { length, needed });
        }
        Ok(start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A descriptor from its parts; `words` are the four words of the union.
    fn descriptor(kind: u32, share: u8, flags: u32, words: [u32; 4]) -> Descriptor {
        let mut bytes = [0; 20];
        bytes[0] = u8::try_from(kind).unwrap();
        bytes[1] = share;
        bytes[2..4].copy_from_slice(&u16::try_from(flags).unwrap().to_ne_bytes());
        for (place, word) in bytes[4..].chunks_exact_mut(4).zip(words) {
            place.copy_from_slice(&word.to_ne_bytes());
        }
        Descriptor::from_bytes(bytes)
    }

    fn memory(start: u64, length: u32) -> Descriptor {
        large(CmResourceTypeMemory, 0, start, length)
    }

    fn large(kind: u32, flags: u32, start: u64, length: u32) -> Descriptor {
        let [low, high] = [start & 0xffff_ffff, start >> 32].map(|half| u32::try_from(half).unwrap());
        descriptor(kind, 1, flags, [low, high, length, 0])
    }

    fn plan(translated: &[Descriptor]) -> Plan {
        Plan::new(translated, translated).unwrap()
    }

    #[test]
    fn every_kind_is_recognised() {
        let range = |start, length| Resource::Memory(MemoryRange { start, length });
        let large = |flags| large(CmResourceTypeMemoryLarge, flags, 0x12_3456_7000, 0x8000_0001);
        let message = |words| descriptor(CmResourceTypeInterrupt, 1, 3, words);
        let cases = [
            (memory(0xfe00_0000, 0x10_0000), range(0xfe00_0000, 0x10_0000)),
            (memory(0x8_0000_0000, 0x1000), range(0x8_0000_0000, 0x1000)),
            (large(CM_RESOURCE_MEMORY_LARGE_40), range(0x12_3456_7000, 0x80_0000_0100)),
            (large(CM_RESOURCE_MEMORY_LARGE_48), range(0x12_3456_7000, 0x8000_0001_0000)),
            (large(CM_RESOURCE_MEMORY_LARGE_64), range(0x12_3456_7000, 0x8000_0001_0000_0000)),
            // Two units at once: the first in the framework's order counts.
            (
                large(CM_RESOURCE_MEMORY_LARGE_48 | CM_RESOURCE_MEMORY_LARGE_64),
                range(0x12_3456_7000, 0x8000_0001_0000),
            ),
            (large(0), range(0x12_3456_7000, 0)),
            (
                descriptor(CmResourceTypePort, 1, 1, [0xc000, 0, 0x100, 0]),
                Resource::Port { start: 0xc000, length: 0x100 },
            ),
            (
                descriptor(CmResourceTypeInterrupt, 3, 0, [7, 0x91, 1, 0]),
                Resource::LineInterrupt { vector: 0x91, latched: false, shared: true },
            ),
            (
                descriptor(CmResourceTypeInterrupt, 1, 1, [7, 0x92, 1, 0]),
                Resource::LineInterrupt { vector: 0x92, latched: true, shared: false },
            ),
            // Both lists are this one here: as a raw descriptor its first word is reserved (16 bits) and count.
            (message([0x0004_0000, 0x93, 1, 0]), Resource::MessageInterrupt { vector: 0x93, messages: 4 }),
            (descriptor(CmResourceTypeDma, 0, 0, [5, 0, 0, 0]), Resource::Dma { channel: 5 }),
            (descriptor(CmResourceTypeDma, 0, 0x80, [6, 9, 0x0002_0000, 0]), Resource::Dma { channel: 6 }),
            (
                descriptor(CmResourceTypeBusNumber, 0, 0, [3, 2, 0, 0]),
                Resource::BusNumber { start: 3, length: 2 },
            ),
            (
                descriptor(CmResourceTypeConnection, 0, 0, [0x0201, 0x5555_6666, 0x1111_2222, 0]),
                Resource::Connection { class: 1, kind: 2, id: 0x1111_2222_5555_6666 },
            ),
            (descriptor(CmResourceTypeDevicePrivate, 0, 0, [1, 2, 3, 0]), Resource::DevicePrivate),
            (
                descriptor(CmResourceTypeDeviceSpecific, 0, 0, [64, 0, 0, 0]),
                Resource::DeviceSpecific { size: 64 },
            ),
            (descriptor(CmResourceTypeNull, 0, 0, [0; 4]), Resource::Null),
            (descriptor(0x80, 0, 0, [0; 4]), Resource::NotArbitrated { kind: 0x80 }),
            (descriptor(0xff, 0, 0, [0; 4]), Resource::NotArbitrated { kind: 0xff }),
            (descriptor(8, 0, 0, [0; 4]), Resource::Unknown { kind: 8 }),
        ];
        for (given, expected) in cases {
            assert_eq!(Resource::classify(&given, &given), expected);
        }
    }

    /// The message count stands in the raw list only, the vector that counts in the translated one only.
    #[test]
    fn a_message_interrupt_is_read_from_both_lists() {
        let raw = descriptor(CmResourceTypeInterrupt, 1, 3, [0x0002_0000, 0xdead, 0, 0]);
        let translated = descriptor(CmResourceTypeInterrupt, 1, 3, [0xffff_ffff, 0x94, 0, 0]);
        let expected = Resource::MessageInterrupt { vector: 0x94, messages: 2 };
        assert_eq!(Resource::classify(&raw, &translated), expected);
    }

    #[test]
    fn bar0_is_the_first_memory_whatever_stands_around_it() {
        let list = [
            descriptor(CmResourceTypePort, 1, 1, [0xc000, 0, 0x100, 0]),
            descriptor(CmResourceTypeDevicePrivate, 0, 0, [0; 4]),
            large(CmResourceTypeMemoryLarge, CM_RESOURCE_MEMORY_LARGE_40, 0x4000_0000_0000, 0x10),
            memory(0xfe00_0000, 0x80),
        ];
        let bar0 = plan(&list).bar0(0x80);
        assert_eq!(bar0, Ok(0x4000_0000_0000));
    }

    #[test]
    fn the_address_comes_from_the_translated_list() {
        let plan = Plan::new(&[memory(0x1000, 0x1000)], &[memory(0xfe00_0000, 0x1000)]).unwrap();
        assert_eq!(plan.bar0(0x80), Ok(0xfe00_0000));
    }

    #[test]
    fn lists_of_different_length_are_refused() {
        let error = Plan::new(&[], &[memory(0xfe00_0000, 0x1000)]);
        assert_eq!(error, Err(Error::ResourceCounts { raw: 0, translated: 1 }));
    }

    #[test]
    fn a_bar0_that_cannot_be_used_is_refused() {
        let bar0 = |start, length| plan(&[memory(start, length)]).bar0(0x80);
        assert_eq!(plan(&[]).bar0(0x80), Err(Error::NoMemory { count: 0 }));
        let port = descriptor(CmResourceTypePort, 1, 1, [0xc000, 0, 0x100, 0]);
        assert_eq!(plan(&[port]).bar0(0x80), Err(Error::NoMemory { count: 1 }));
        assert_eq!(bar0(0x1000, 0), Err(Error::Bar0Empty { start: 0x1000 }));
        assert_eq!(bar0(0x1000, 0x7f), Err(Error::Bar0Short { length: 0x7f, needed: 0x80 }));
        assert_eq!(bar0(0, 0x80), Err(Error::Bar0Address { start: 0, length: 0x80 }));
        let beyond = u64::MAX - 0x7e;
        assert_eq!(bar0(beyond, 0x80), Err(Error::Bar0Address { start: beyond, length: 0x80 }));
    }

    #[test]
    fn the_last_bytes_of_the_address_space_and_the_minimum_length_are_fine() {
        let start = u64::MAX - 0x7f;
        assert_eq!(plan(&[memory(start, 0x80)]).bar0(0x80), Ok(start));
    }

    proptest! {
        /// Whatever bytes the lists are made of: one verdict per descriptor, and a range only if it is one.
        #[test]
        fn any_bytes_are_classified(list in prop::collection::vec(any::<([u8; 20], [u8; 20])>(), 0..20)) {
            let (raw, translated): (Vec<_>, Vec<_>) = list
                .iter()
                .map(|(raw, translated)| (Descriptor::from_bytes(*raw), Descriptor::from_bytes(*translated)))
                .unzip();
            let plan = Plan::new(&raw, &translated).unwrap();
            prop_assert_eq!(plan.resources.len(), list.len());
            if let Ok(start) = plan.bar0(0x80) {
                prop_assert!(start > 0 && start.checked_add(0x7f).is_some());
            }
        }

        /// Of all memory descriptors exactly those are accepted that hold the registers.
        #[test]
        fn any_range_is_judged_by_its_numbers(start: u64, length in prop_oneof![0u32..0x100, any::<u32>()]) {
            let good = start != 0 && length >= 0x80 && start.checked_add(u64::from(length) - 1).is_some();
            prop_assert_eq!(plan(&[memory(start, length)]).bar0(0x80).is_ok(), good);
        }
    }
}
