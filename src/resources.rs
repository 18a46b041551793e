//! From the resources that Windows assigned to the registers that are to be mapped, and to the interrupt.
//!
//! Plug and Play hands EvtDevicePrepareHardware two lists: raw (as the bus sees it) and translated (as the
//! processor sees it), of the same resources in the same order. This module walks them together, once, and keeps
//! what a driver uses in a [`Plan`]. It calls nothing, so it can be tested with any bytes. See "Raw and Translated
//! Resources" and "Finding and Mapping Hardware Resources".

mod descriptor;

use tracing::info;
use wdk_sys::{
    _CM_SHARE_DISPOSITION, CM_RESOURCE_DMA_V3, CM_RESOURCE_INTERRUPT_LATCHED, CM_RESOURCE_INTERRUPT_MESSAGE,
    CM_RESOURCE_MEMORY_LARGE_40, CM_RESOURCE_MEMORY_LARGE_48, CM_RESOURCE_MEMORY_LARGE_64,
    CmResourceTypeBusNumber, CmResourceTypeConnection, CmResourceTypeDevicePrivate,
    CmResourceTypeDeviceSpecific, CmResourceTypeDma, CmResourceTypeInterrupt, CmResourceTypeMemory,
    CmResourceTypeMemoryLarge, CmResourceTypeNonArbitrated, CmResourceTypeNull, CmResourceTypePort,
};

pub use self::descriptor::Descriptor;
use self::descriptor::field;
use crate::error::Error;

/// The units of a CmResourceTypeMemoryLarge, 2^n bytes, in the order in which the framework tests the flags. With
/// none of them there is no length. A 32-bit length in any of them fits 64 bits.
const MEMORY_LARGE: [(u32, u32); 3] =
    [(CM_RESOURCE_MEMORY_LARGE_40, 8), (CM_RESOURCE_MEMORY_LARGE_48, 16), (CM_RESOURCE_MEMORY_LARGE_64, 32)];

/// A range of physical addresses as the processor sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryRange {
    /// The first address.
    pub start: u64,
    /// How many bytes; a descriptor can claim 0, or more than there are addresses.
    pub length: u64,
}

/// What one descriptor stands for, with its fields as the headers name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it, or the variant's documentation")]
pub enum Resource {
    /// Device memory: CmResourceTypeMemory, or CmResourceTypeMemoryLarge in one of its three units.
    Memory(MemoryRange),
    /// I/O ports: accessed by number, never mapped.
    Port { start: u64, length: u32 },
    /// An interrupt; the vector is the system's, of messages that of the first.
    Interrupt { vector: u32, kind: InterruptKind },
    /// A DMA channel of the system's controller.
    Dma { channel: u32 },
    /// A DMA channel that is described by CM_RESOURCE_DMA_V3; the width is a DMA_WIDTH.
    DmaV3 { channel: u32, request_line: u32, width: u8 },
    /// Bus numbers, for bridges.
    BusNumber { start: u32, length: u32 },
    /// A connection through another bus (GPIO, I2C, SPI, UART): CM_RESOURCE_CONNECTION_CLASS_*, _TYPE_*, and the two
    /// halves of the identifier with which it is opened.
    Connection { class: u8, kind: u8, id_low: u32, id_high: u32 },
    /// Left by the bus driver for itself; PCI puts one beside each BAR.
    DevicePrivate,
    /// A vendor's data, so many bytes, which follow the list.
    DeviceSpecific { size: u32 },
    /// An empty place in the list.
    Null,
    /// Another CmResourceType that is not arbitrated (128 and above): configuration data of old buses.
    NotArbitrated { kind: u8 },
    /// A CmResourceType that no header names.
    Unknown { kind: u8 },
}

/// What raises an interrupt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterruptKind {
    /// Messages of the device: nobody else's, and each is an edge.
    Message {
        /// How many there are, at least 1, each for an interrupt object of its own.
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

impl Resource {
    /// Says what a descriptor stands for, given its twin in the raw list. Every descriptor stands for something.
    #[expect(non_upper_case_globals, reason = "the constants are spelled as the headers spell them")]
    pub fn classify(raw: &Descriptor, translated: &Descriptor) -> Self {
        let flags = u32::from(translated.flags());
        let kind = translated.kind();
        // At the same place in memory of every length and in ports.
        let start = field!(translated, u64, u.Generic.Start);
        let length = field!(translated, u32, u.Generic.Length);
        match u32::from(kind) {
            CmResourceTypeMemory => Self::Memory(MemoryRange { start, length: length.into() }),
            CmResourceTypeMemoryLarge => {
                let unit = MEMORY_LARGE.into_iter().find(|(flag, _)| flags & flag != 0);
                let length = unit.map_or(0, |(_, shift)| u64::from(length) << shift);
                Self::Memory(MemoryRange { start, length })
            }
            CmResourceTypePort => Self::Port { start, length },
            CmResourceTypeInterrupt if flags & CM_RESOURCE_INTERRUPT_MESSAGE != 0 => {
                // The two lists have an arm each. The framework too takes a count of 0 for 1.
                let count = field!(raw, u16, u.MessageInterrupt.__bindgen_anon_1.Raw.MessageCount);
                Self::Interrupt {
                    vector: field!(translated, u32, u.MessageInterrupt.__bindgen_anon_1.Translated.Vector),
                    kind: InterruptKind::Message { messages: count.max(1) },
                }
            }
            CmResourceTypeInterrupt => {
                let latched = flags & CM_RESOURCE_INTERRUPT_LATCHED != 0;
                let share = i32::from(field!(translated, u8, ShareDisposition));
                let shared = share == _CM_SHARE_DISPOSITION::CmResourceShareShared;
                Self::Interrupt {
                    vector: field!(translated, u32, u.Interrupt.Vector),
                    kind: InterruptKind::Line { latched, shared },
                }
            }
            CmResourceTypeDma if flags & CM_RESOURCE_DMA_V3 != 0 => Self::DmaV3 {
                channel: field!(translated, u32, u.DmaV3.Channel),
                request_line: field!(translated, u32, u.DmaV3.RequestLine),
                width: field!(translated, u8, u.DmaV3.TransferWidth),
            },
            CmResourceTypeDma => Self::Dma { channel: field!(translated, u32, u.Dma.Channel) },
            CmResourceTypeBusNumber => Self::BusNumber {
                start: field!(translated, u32, u.BusNumber.Start),
                length: field!(translated, u32, u.BusNumber.Length),
            },
            CmResourceTypeConnection => Self::Connection {
                class: field!(translated, u8, u.Connection.Class),
                kind: field!(translated, u8, u.Connection.Type),
                id_low: field!(translated, u32, u.Connection.IdLowPart),
                id_high: field!(translated, u32, u.Connection.IdHighPart),
            },
            CmResourceTypeDevicePrivate => Self::DevicePrivate,
            CmResourceTypeDeviceSpecific => {
                Self::DeviceSpecific { size: field!(translated, u32, u.DeviceSpecificData.DataSize) }
            }
            CmResourceTypeNull => Self::Null,
            CmResourceTypeNonArbitrated.. => Self::NotArbitrated { kind },
            _ => Self::Unknown { kind },
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
            info!(index, resource = format_args!("{resource:x?}"), verdict, "assigned resource");
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
            Resource::Interrupt { vector: 0, .. } => "not used",
            Resource::Interrupt { kind, .. } => {
                let place =
                    if let InterruptKind::Message { .. } = kind { &mut self.message } else { &mut self.line };
                place.get_or_insert(InterruptPlan { index, kind });
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
    /// Fails if there is no such memory, if the range is none, or if it is shorter than `needed`, which is not 0.
    pub fn memory(&self, position: usize, needed: usize) -> Result<u64, Error> {
        let needed = needed as u64;
        let memory =
            self.memory.get(position).ok_or(Error::NoMemory { position, count: self.memory.len() })?;
        let MemoryRange { start, length } = memory.ok_or(Error::MemoryIsPorts { position })?;
        // The framework ends the process for a range whose end, start + length, is no address.
        if start == 0 || start.checked_add(length).is_none() {
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
