//! The bus's interrupts: how pins are wired, which descriptors they give, and what devices ask for.

use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{BusError, PciBus, PciDevice, SLOTS_OF_BUS, Slot};
use crate::bus::resources::{Descriptor, Resource};

/// Interrupt line of INTA# in slot 0 modulo 4; the next slots have the next lines.
const FIRST_LINE: u32 = 20;
/// Vector of a line is this plus its number.
const LINE_VECTORS: u32 = 0x60;
/// Vector of a slot's only message is this plus the slot number.
const MESSAGE_VECTORS: u32 = 0x90;
/// Vectors of slots with several messages.
const SEVERAL_MESSAGES: Range<u32> = 0xc0..0x100;
/// Most messages that the MSI capability can have, as a power of two.
const MAX_MESSAGES_LOG2: u32 = 5;
const _: () = assert!(SEVERAL_MESSAGES.start.is_multiple_of(1 << MAX_MESSAGES_LOG2));
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
    /// Vectors of the messages that were sent since the last look.
    pub messages: BTreeSet<u32>,
}

/// The messages of a slot: consecutive vectors from a multiple of their number on, because the
/// function puts the number of the message into the low bits.
#[derive(Clone, Copy)]
pub(super) struct Messages {
    first: u32,
    count: u8,
}

impl Messages {
    /// How many, never 0.
    pub fn count(self) -> u8 {
        self.count
    }

    fn vectors(self) -> Range<u32> {
        self.first..self.first + u32::from(self.count)
    }

    /// Vectors of the messages in a set in which bit n is message n.
    fn vectors_of(self, sent: u32) -> impl Iterator<Item = u32> {
        (0..)
            .zip(self.vectors())
            .filter(move |(message, _)| sent >> message & 1 != 0)
            .map(|(_, vector)| vector)
    }
}

impl PciBus {
    /// Wires the interrupt pin of the slot; it counts from the next start on.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn wire(&mut self, slot: u16, line: Line) -> Result<(), BusError> {
        self.touch(slot, |slot| slot.line = line)
    }

    /// What the started devices ask for. The messages are taken: nobody sees them again.
    pub fn take_pending(&mut self, now: Duration) -> Pending {
        let mut messages = BTreeSet::new();
        for number in self.attention.take(now) {
            let Some(slot) = self.slots.get_mut(&number) else { continue };
            // Drained even if the device is stopped: its messages are lost then.
            let sent = slot.device.take_messages(now);
            let high = slot.device.interrupt_line(now);
            if let Some(vectors) = slot.messages.filter(|_| slot.started) {
                messages.extend(vectors.vectors_of(sent));
            }
            let asks = slot.started && slot.messages.is_none() && high;
            let next = slot.device.next_event();
            self.attention.seen(number, asks.then(|| line_vector(number)), next);
        }
        let lines = self.neighbours.iter().copied().chain(self.attention.lines()).collect();
        Pending { lines, messages }
    }

    /// Looks at the line of a device that was just written to: it may fall now, and be high again at the next look.
    pub(super) fn notice_fall(&mut self, number: u16, now: Duration) {
        let Some(slot) = self.slots.get_mut(&number) else { return };
        if self.attention.is_kept_high_by(number) && !slot.device.interrupt_line(now) {
            self.attention.seen(number, None, slot.device.next_event());
        }
    }

    /// Vectors for the messages of a slot: for as many as its function has and `limit` allows, rounded
    /// down to a power of two. It gets fewer when the vectors run out, and has to cope.
    pub(super) fn place_messages(&self, number: u16, limit: u32) -> Result<Option<Messages>, BusError> {
        let wanted = limit.min(self.slot(number)?.device.identity().messages.into());
        let Some(log2) = wanted.checked_ilog2() else { return Ok(None) };
        let several =
            (1..=log2.min(MAX_MESSAGES_LOG2)).rev().find_map(|log2| self.find_vectors(number, 1 << log2));
        let one = Messages { first: vector_of_single(number), count: 1 };
        Ok(Some(several.unwrap_or(one)))
    }

    /// The lowest free vectors for that many messages.
    fn find_vectors(&self, number: u16, count: u8) -> Option<Messages> {
        let others = || self.slots.iter().filter(|(other, _)| **other != number);
        let mut places = SEVERAL_MESSAGES.step_by(count.into()).map(|first| Messages { first, count });
        places.find(|place| {
            let Range { start, end } = place.vectors();
            let overlaps = |taken: Range<u32>| taken.start < end && start < taken.end;
            let mut taken = others().filter_map(|(_, slot)| slot.messages).map(Messages::vectors);
            end <= SEVERAL_MESSAGES.end && !taken.any(overlaps)
        })
    }

    /// A device of another driver on the same line as the slot's pin asks for attention. Nothing
    /// comes of it on a line that is not shared.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
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

        if let Some(messages) = self.messages {
            let vector = messages.first;
            let raw = Resource::MessageInterrupt {
                message_count: messages.count.into(),
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

/// A slot's vector is its own while it has one message only. The slots of the first bus have those below
/// the ones for several messages; more devices than a PC has vectors for get vectors behind them.
fn vector_of_single(slot: u16) -> u32 {
    let base = if slot < SLOTS_OF_BUS { MESSAGE_VECTORS } else { SEVERAL_MESSAGES.end };
    base + u32::from(slot)
}

fn line_vector(slot: u16) -> u32 {
    LINE_VECTORS + line_number(slot)
}

#[cfg(test)]
mod tests;
