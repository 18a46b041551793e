//! The bus's interrupts: how pins are wired, which descriptors they give, and what devices ask for.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{BusError, PciBus, PciDevice, Slot};
use crate::bus::resources::{Descriptor, Resource};

/// Interrupt line of INTA# in slot 0 modulo 4; the next slots have the next lines.
const FIRST_LINE: u32 = 20;
/// Vector of a line is this plus its number.
const LINE_VECTORS: u32 = 0x60;
/// Vector of a slot's message is this plus the slot number.
const MESSAGE_VECTORS: u32 = 0x90;
/// Windows counts raw message vectors down from here.
const RAW_MESSAGE_VECTORS: u32 = 0xffff_fffe;

/// How the interrupt pin of a slot is wired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// Level-triggered, and other devices may sit on it: what PCI does.
    #[default]
    Shared,
    /// Level-triggered, for this device alone.
    Exclusive,
    /// Triggered by the rising edge, for this device alone.
    Edge,
}

/// What the devices ask of the processor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Vectors of the lines that are high.
    pub lines: BTreeSet<u32>,
    /// Vectors of the messages that were sent since the last look, one entry a message.
    pub messages: Vec<u32>,
}

impl PciBus {
    /// Wires the interrupt pin of the slot; it counts from the next start on.
    pub fn wire(&mut self, slot: u16, line: Line) -> Result<(), BusError> {
        self.touch(slot, |slot| slot.line = line)
    }

    /// What the started devices ask for. The messages are taken: nobody sees them again.
    pub fn take_pending(&mut self, now: Duration) -> Pending {
        let mut messages = Vec::new();
        for number in self.attention.take(now) {
            let Some(slot) = self.slots.get_mut(&number) else { continue };
            // Drained even if the device is stopped: its messages are lost then.
            let sent = slot.device.take_messages(now);
            let high = slot.device.interrupt_line(now);
            if slot.started && slot.message_signaled {
                messages.extend((0..sent).map(|_| message_vector(number)));
            }
            let asks = slot.started && !slot.message_signaled && high;
            let next = slot.device.next_event();
            self.attention.seen(number, asks.then(|| line_vector(number)), next);
        }
        let lines = self.neighbours.iter().copied().chain(self.attention.lines()).collect();
        Pending { lines, messages }
    }

    /// A device of another driver on the same line as the slot's pin asks for attention. Nothing
    /// comes of it on a line that is not shared.
    pub fn neighbour_asks(&mut self, slot: u16) -> Result<(), BusError> {
        if self.slot(slot)?.line == Line::Shared {
            self.neighbours.insert(line_vector(slot));
        }
        Ok(())
    }

    /// The driver of the neighbour on this line is asked: it silences its device, if that was it.
    pub fn ask_neighbour(&mut self, vector: u32) {
        self.neighbours.remove(&vector);
    }
}

impl Slot {
    /// Raw and translated interrupt descriptor. Vectors are interrupt vectors of the CPU, whose upper
    /// half is the IRQL.
    pub(super) fn interrupt(&self, number: u16) -> Option<(Descriptor, Descriptor)> {
        const ANY_PROCESSOR: u64 = u64::MAX;
        const FIRST_PROCESSOR: u64 = 1;

        if self.message_signaled {
            let vector = message_vector(number);
            let raw = Resource::MessageInterrupt {
                message_count: 1,
                vector: RAW_MESSAGE_VECTORS - u32::from(number),
                affinity: ANY_PROCESSOR,
            };
            let translated = Resource::Interrupt { level: vector >> 4, vector, affinity: FIRST_PROCESSOR };
            return Some((Descriptor::message(raw), Descriptor::message(translated)));
        }
        if !self.device.identity().interrupt_pin {
            return None;
        }
        let (line, vector) = (line_number(number), line_vector(number));
        Some((
            Descriptor::line_of(self.line, line, line, ANY_PROCESSOR),
            Descriptor::line_of(self.line, vector >> 4, vector, FIRST_PROCESSOR),
        ))
    }
}

fn line_number(slot: u16) -> u32 {
    FIRST_LINE + u32::from(slot % 4)
}

fn line_vector(slot: u16) -> u32 {
    LINE_VECTORS + line_number(slot)
}

fn message_vector(slot: u16) -> u32 {
    MESSAGE_VECTORS + u32::from(slot)
}
