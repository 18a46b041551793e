//! From the resources that Windows assigned to the registers that are to be mapped, and to the interrupt.
//!
//! Plug and Play hands EvtDevicePrepareHardware two lists: raw (as the bus sees it) and translated (as the
//! processor sees it), of the same resources in the same order. This module walks them together, once, and keeps
//! what a driver uses in a [`Plan`]. It calls nothing, so it can be tested with any bytes.
//!
//! Sources: Microsoft Learn, "Raw and Translated Resources", "Finding and Mapping Hardware Resources".

mod descriptor;

use tracing::info;

pub use self::descriptor::Descriptor;
use self::descriptor::field;
use crate::error::Error;

/// The units of a CmResourceTypeMemoryLarge, 2^n bytes, in the order in which the framework tests the flags. With
/// none of them there is no length. A 32-bit length in any of them fits 64 bits.
const MEMORY_LARGE: [(u32, u32); 3] = [
    (wdk_sys::CM_RESOURCE_MEMORY_LARGE_40, 8),
    (wdk_sys::CM_RESOURCE_MEMORY_LARGE_48, 16),
    (wdk_sys::CM_RESOURCE_MEMORY_LARGE_64, 32),
];

/// What one descriptor stands for, with its fields as the headers name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields' names say it, or the variant's documentation")]
pub enum Resource {
    /// Device memory, physical addresses: CmResourceTypeMemory, or CmResourceTypeMemoryLarge in one of its three
    /// units. A descriptor can claim 0 bytes, or more than there are addresses.
    Memory { start: u64, length: u64 },
    /// I/O ports: accessed by number, never mapped.
    Port { start: u64, length: u32 },
    /// Interrupt messages of the device: nobody else's, and each is an edge. There is at least one, each for an
    /// interrupt object of its own. The vector is the system's, of the first.
    Message { vector: u32, messages: u16 },
    /// An interrupt line, `latched` (edge-triggered) or level-triggered: then the ISR must silence the device. On a
    /// `shared` one it may be another device that interrupts: the ISR must ask its own.
    Line { vector: u32, latched: bool, shared: bool },
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
    /// Another CmResourceType: one that is not arbitrated (128 and above: configuration data of old buses), or that no
    /// header names.
    Unknown { kind: u32 },
}

impl Resource {
    /// Says what a descriptor stands for, given its twin in the raw list. Every descriptor stands for something.
    pub fn classify(raw: &Descriptor, translated: &Descriptor) -> Self {
        let flags = translated.flags();
        // At the same place in memory of every length and in ports.
        let start = field!(translated, u64, u.Generic.Start);
        let length = field!(translated, u32, u.Generic.Length);
        match translated.kind() {
            wdk_sys::CmResourceTypeMemory => Self::Memory { start, length: length.into() },
            wdk_sys::CmResourceTypeMemoryLarge => {
                let unit = MEMORY_LARGE.into_iter().find(|(flag, _)| flags & flag != 0);
                Self::Memory { start, length: unit.map_or(0, |(_, shift)| u64::from(length) << shift) }
            }
            wdk_sys::CmResourceTypePort => Self::Port { start, length },
            wdk_sys::CmResourceTypeInterrupt if flags & wdk_sys::CM_RESOURCE_INTERRUPT_MESSAGE != 0 => {
                // The two lists have an arm each. The framework too takes a count of 0 for 1.
                let count = field!(raw, u16, u.MessageInterrupt.__bindgen_anon_1.Raw.MessageCount);
                Self::Message {
                    vector: field!(translated, u32, u.MessageInterrupt.__bindgen_anon_1.Translated.Vector),
                    messages: count.max(1),
                }
            }
            wdk_sys::CmResourceTypeInterrupt => Self::Line {
                vector: field!(translated, u32, u.Interrupt.Vector),
                latched: flags & wdk_sys::CM_RESOURCE_INTERRUPT_LATCHED != 0,
                shared: i32::from(field!(translated, u8, ShareDisposition))
                    == wdk_sys::_CM_SHARE_DISPOSITION::CmResourceShareShared,
            },
            wdk_sys::CmResourceTypeDma if flags & wdk_sys::CM_RESOURCE_DMA_V3 != 0 => Self::DmaV3 {
                channel: field!(translated, u32, u.DmaV3.Channel),
                request_line: field!(translated, u32, u.DmaV3.RequestLine),
                width: field!(translated, u8, u.DmaV3.TransferWidth),
            },
            wdk_sys::CmResourceTypeDma => Self::Dma { channel: field!(translated, u32, u.Dma.Channel) },
            wdk_sys::CmResourceTypeBusNumber => Self::BusNumber {
                start: field!(translated, u32, u.BusNumber.Start),
                length: field!(translated, u32, u.BusNumber.Length),
            },
            wdk_sys::CmResourceTypeConnection => Self::Connection {
                class: field!(translated, u8, u.Connection.Class),
                kind: field!(translated, u8, u.Connection.Type),
                id_low: field!(translated, u32, u.Connection.IdLowPart),
                id_high: field!(translated, u32, u.Connection.IdHighPart),
            },
            wdk_sys::CmResourceTypeDevicePrivate => Self::DevicePrivate,
            wdk_sys::CmResourceTypeDeviceSpecific => {
                Self::DeviceSpecific { size: field!(translated, u32, u.DeviceSpecificData.DataSize) }
            }
            wdk_sys::CmResourceTypeNull => Self::Null,
            kind => Self::Unknown { kind },
        }
    }
}

/// The interrupt that a driver is to create. WdfInterruptCreate wants the framework's own descriptors at `index`
/// of both lists (InterruptRaw, InterruptTranslated); a copy of them will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterruptPlan {
    /// Where its descriptors lie in the two lists.
    pub index: u32,
    /// How many messages raise it; 0: a line does.
    pub messages: u16,
}

/// What of the assigned resources a driver can use. Nothing is kept of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The memory of the device in the order of its BARs, and ports where the processor reaches it through these.
    memory: Vec<Resource>,
    message: Option<InterruptPlan>,
    line: Option<InterruptPlan>,
}

impl Plan {
    /// Walks both lists together, and traces every resource with a verdict.
    ///
    /// # Errors
    /// The lists break what is documented of them: the same resources in the same order.
    pub fn new(
        raw: impl ExactSizeIterator<Item = Result<Descriptor, Error>>,
        translated: impl ExactSizeIterator<Item = Result<Descriptor, Error>>,
    ) -> Result<Self, Error> {
        if raw.len() != translated.len() {
            return Err(Error::ResourceCounts { raw: raw.len(), translated: translated.len() });
        }
        let mut plan = Self::default();
        for (index, (raw, translated)) in (0..).zip(raw.zip(translated)) {
            let (raw, translated) = (raw?, translated?);
            let resource = Resource::classify(&raw, &translated);
            if !raw.is_same_resource(&translated) {
                let pair = Box::new([Resource::classify(&raw, &raw), resource]);
                return Err(Error::ResourcePair { index, pair });
            }
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
                self.memory.push(resource);
                "memory"
            }
            // The framework takes the vector 0 for an interrupt that is not assigned, and never connects it.
            Resource::Message { vector: 1.., messages } => {
                self.message.get_or_insert(InterruptPlan { index, messages });
                "interrupt"
            }
            Resource::Line { vector: 1.., .. } => {
                self.line.get_or_insert(InterruptPlan { index, messages: 0 });
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
    /// # Errors
    /// There is no such memory, the range is none, or it is empty or shorter than `needed`.
    pub fn memory(&self, position: usize, needed: usize) -> Result<u64, Error> {
        let needed = (needed as u64).max(1);
        let count = self.memory.len();
        let memory = *self.memory.get(position).ok_or(Error::NoMemory { position, count })?;
        let Resource::Memory { start, length } = memory else {
            return Err(Error::MemoryIsPorts { position });
        };
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
