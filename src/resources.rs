//! From the resources that Windows assigned to the registers that are to be mapped, and to the interrupt.
//!
//! Plug and Play hands EvtDevicePrepareHardware two lists: raw (as the bus sees it) and translated (as the
//! processor sees it). "Both versions represent the same set of hardware resources, in the same order" (Raw and
//! Translated Resources). This module walks them together, once, and keeps what a driver uses in a [`Plan`]. It
//! calls nothing, so it can be tested with any bytes. See also "Finding and Mapping Hardware Resources".

mod descriptor;

use std::fmt;

use tracing::info;
use wdk_sys::{
    _CM_SHARE_DISPOSITION, CM_RESOURCE_DMA_V3, CM_RESOURCE_INTERRUPT_LATCHED, CM_RESOURCE_INTERRUPT_MESSAGE,
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
    /// I/O ports: accessed by number, never mapped.
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
        /// The system's vector of the first message, from the translated descriptor.
        vector: u32,
        /// How many messages, from the raw descriptor; 0 and 1 both say one, as the framework reads it.
        messages: u16,
    },
    /// A DMA channel of the system's controller.
    Dma {
        /// Its number.
        channel: u32,
        /// The port of an MCA device.
        port: u32,
    },
    /// A DMA channel that is described by CM_RESOURCE_DMA_V3.
    DmaV3 {
        /// Its number.
        channel: u32,
        /// The controller's line for the device's requests.
        request_line: u32,
        /// DMA_WIDTH.
        width: u8,
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
            CmResourceTypeDma if flags & CM_RESOURCE_DMA_V3 != 0 => {
                let (channel, request_line, width) = translated.dma_v3();
                Self::DmaV3 { channel, request_line, width }
            }
            CmResourceTypeDma => {
                let (channel, port) = translated.dma();
                Self::Dma { channel, port }
            }
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
            Self::Dma { channel, port } => write!(formatter, "DMA channel {channel}, port {port}"),
            Self::DmaV3 { channel, request_line, width } => {
                write!(formatter, "DMA channel {channel}, request line {request_line}, width {width}")
            }
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

/// The interrupt that a driver is to create. WdfInterruptCreate wants the framework's own descriptors at `index`
/// of both lists (InterruptRaw, InterruptTranslated); a copy of them will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterruptPlan {
    /// Where its descriptors lie in the two lists.
    pub index: u32,
    /// What raises it.
    pub kind: InterruptKind,
}

/// What raises an interrupt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterruptKind {
    /// Messages of the device: nobody else's, and each is an edge.
    Message {
        /// How many there are, at least 1. Each takes an interrupt object of its own, made in a row.
        messages: u16,
    },
    /// A line.
    Line {
        /// Edge-triggered; else level-triggered: the ISR must silence the device.
        latched: bool,
        /// It may be another device that interrupts: the ISR must ask its own.
        shared: bool,
    },
}

/// What of the assigned resources a driver can use. Nothing is kept of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The memory of the device in the order of its BARs; `None` where the processor reaches it through ports.
    memory: Vec<Option<MemoryRange>>,
    message: Option<InterruptPlan>,
    line: Option<InterruptPlan>,
}

impl Plan {
    /// Walks both lists together, and traces every resource with a verdict.
    ///
    /// Fails if the lists break what is documented of them: the same resources in the same order.
    pub fn new<Raw, Translated>(raw: Raw, translated: Translated) -> Result<Self, Error>
    where
        Raw: ExactSizeIterator<Item = Result<Descriptor, Error>>,
        Translated: ExactSizeIterator<Item = Result<Descriptor, Error>>,
    {
        if raw.len() != translated.len() {
            return Err(Error::ResourceCounts { raw: raw.len(), translated: translated.len() });
        }
        let mut plan = Self::default();
        for (index, (raw, translated)) in (0..).zip(raw.zip(translated)) {
            let (raw, translated) = (raw?, translated?);
            if !raw.is_same_resource(&translated) {
                let of = |descriptor: Descriptor| (descriptor.kind(), descriptor.flags());
                return Err(Error::ResourcePair { index, raw: of(raw), translated: of(translated) });
            }
            let resource = Resource::classify(&raw, &translated);
            let verdict = plan.keep(index, &raw, resource);
            info!(index, %resource, verdict, "assigned resource");
        }
        Ok(plan)
    }

    /// Keeps what a driver can use; the answer is the verdict.
    fn keep(&mut self, index: u32, raw: &Descriptor, resource: Resource) -> &'static str {
        match resource {
            // What the device has does not depend on the platform, so the raw list says which BAR it is. Where
            // the processor knows no ports, those of a device become memory; that shifts no position.
            _ if raw.is_memory() => {
                let range = if let Resource::Memory(range) = resource { Some(range) } else { None };
                self.memory.push(range);
                "memory"
            }
            // The framework takes this for an interrupt that is not assigned, and never connects it.
            Resource::LineInterrupt { vector: 0, .. } | Resource::MessageInterrupt { vector: 0, .. } => {
                "not used"
            }
            Resource::MessageInterrupt { messages, .. } => {
                let kind = InterruptKind::Message { messages: messages.max(1) };
                self.message.get_or_insert(InterruptPlan { index, kind });
                "interrupt"
            }
            Resource::LineInterrupt { latched, shared, .. } => {
                let kind = InterruptKind::Line { latched, shared };
                self.line.get_or_insert(InterruptPlan { index, kind });
                "interrupt"
            }
            _ => "not used",
        }
    }

    /// The physical address of the device's memory number `position`, counted from 0, of which the first `needed`
    /// bytes are to be mapped.
    ///
    /// PCI lists the BARs in their order, so of a device whose BARs are all memory the first has position 0, the
    /// second 1. A length never says which BAR it is: a later revision of a device may have a longer one.
    ///
    /// Fails if there is no such memory, if the range is empty or no range at all, or if it is shorter than
    /// `needed`.
    pub fn memory(&self, position: usize, needed: usize) -> Result<u64, Error> {
        let needed = needed as u64;
        let memory =
            self.memory.get(position).ok_or(Error::NoMemory { position, count: self.memory.len() })?;
        let MemoryRange { start, length } = memory.ok_or(Error::MemoryIsPorts { position })?;
        if length == 0 {
            return Err(Error::MemoryEmpty { position, start });
        }
        if start == 0 || start.checked_add(length - 1).is_none() {
            return Err(Error::MemoryAddress { position, start, length });
        }
        if length < needed {
            return Err(Error::MemoryShort { position, length, needed });
        }
        Ok(start)
    }

    /// The interrupt to create: the first message-signaled one, or else the first line. A device that can send
    /// messages still gets a line where the platform has no messages to give.
    pub fn interrupt(&self) -> Option<InterruptPlan> {
        self.message.or(self.line)
    }
}

#[cfg(test)]
mod tests;
