//! The bus: slots, address assignment, start and stop, routing of accesses.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use thiserror::Error;

use super::device::{Bar, BarKind, PciDevice, Width};
use super::fault::FaultyDevice;
use super::resources::{Assigned, Descriptor};

mod interrupts;

use interrupts::Messages;
pub use interrupts::{Line, Pending};

/// Device slots of one PCI bus.
pub const SLOTS_OF_BUS: u16 = 32;
/// Slots of every bus together: PCI numbers 256 buses.
pub const SLOTS: u16 = 256 * SLOTS_OF_BUS;

/// A range of bus addresses in which BARs of one kind are placed, and what the host bridge adds on
/// the way to the CPU.
///
/// The bridge translates memory, as on many machines that are no PC: so a driver that maps the raw
/// address instead of the translated one is caught. No raw window touches a translated one.
struct Window {
    name: &'static str,
    first: u64,
    last: u64,
    translation: u64,
}

const MEMORY_32: Window =
    Window { name: "memory below 4 GiB", first: 0xc000_0000, last: 0xefff_ffff, translation: 0x8_0000_0000 };
const MEMORY_64: Window =
    Window { name: "64-bit memory", first: 1 << 40, last: (1 << 46) - 1, translation: 1 << 46 };
const PORTS: Window = Window { name: "I/O ports", first: 0x1000, last: 0xffff, translation: 0 };

/// Bits of a CPU (translated) address. The upper 16 of 64 stay free for the mark of a pseudo address.
pub const ADDRESS_BITS: u32 = 48;
const _: () = assert!(MEMORY_32.last + MEMORY_32.translation < 1 << ADDRESS_BITS);
const _: () = assert!(MEMORY_64.last + MEMORY_64.translation < 1 << ADDRESS_BITS);

/// The address space of an access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Physical memory addresses.
    Memory,
    /// I/O ports.
    Port,
}

/// What the bus refuses.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BusError {
    /// There is no such slot.
    #[error("slot {slot} does not exist: use 0 to {}", SLOTS - 1)]
    NoSuchSlot {
        /// Slot asked for.
        slot: u16,
    },
    /// The slot has a device already.
    #[error("slot {slot} is occupied: plug the device into another one")]
    Occupied {
        /// Slot asked for.
        slot: u16,
    },
    /// The slot is empty.
    #[error("slot {slot} is empty: plug a device into it first")]
    Empty {
        /// Slot asked for.
        slot: u16,
    },
    /// The device in the slot has its resources already.
    #[error("the device in slot {slot} is started: stop it first")]
    Started {
        /// Slot asked for.
        slot: u16,
    },
    /// A BAR finds no place.
    #[error("no room for 0x{length:x} bytes of {window}: use fewer or shorter BARs")]
    NoRoom {
        /// Length of the BAR, in bytes.
        length: u64,
        /// Where it would have to lie.
        window: &'static str,
    },
}

/// The PCI buses behind one host bridge. Their slots are numbered through: slot 33 is device 1 on bus 1.
/// Each has one function, number 0.
#[derive(Default)]
pub struct PciBus {
    slots: BTreeMap<u16, Slot>,
    /// Lines on which a device of another driver asks for attention, by vector.
    neighbours: BTreeSet<u32>,
}

struct Slot {
    device: FaultyDevice,
    /// Bus address of each BAR, from the first start on.
    placed: Vec<Placed>,
    /// The BARs are decoded and messages reach the CPU.
    started: bool,
    /// How its interrupt pin is wired.
    line: Line,
    /// The messages by which it interrupts instead of its pin, from the first start on.
    messages: Option<Messages>,
}

#[derive(Clone, Copy)]
struct Placed {
    bar: Bar,
    start: u64,
}

impl PciBus {
    /// Puts a device into an empty slot. It answers once it is started.
    pub fn plug(&mut self, slot: u16, device: FaultyDevice) -> Result<(), BusError> {
        if slot >= SLOTS {
            return Err(BusError::NoSuchSlot { slot });
        }
        if self.slots.contains_key(&slot) {
            return Err(BusError::Occupied { slot });
        }
        let line = Line::default();
        let new = Slot { device, placed: Vec::new(), started: false, line, messages: None };
        self.slots.insert(slot, new);
        Ok(())
    }

    /// Gives each device its place, in the order of the slots, as firmware does. So it is the same in
    /// whichever process it is started first. What finds no room is refused at its start.
    pub fn place_all(&mut self) {
        for slot in self.slots.keys().copied().collect::<Vec<_>>() {
            let placed = self.slot(slot).and_then(|slot| self.place(slot.device.bars()));
            if let (Ok(placed), Some(slot)) = (placed, self.slots.get_mut(&slot)) {
                slot.placed = placed;
            }
        }
    }

    /// Hardware IDs of the device in the slot, most specific first.
    pub fn hardware_ids(&self, slot: u16) -> Result<Vec<String>, BusError> {
        Ok(self.slot(slot)?.device.identity().hardware_ids())
    }

    /// Compatible IDs of the device in the slot, most specific first.
    pub fn compatible_ids(&self, slot: u16) -> Result<Vec<String>, BusError> {
        Ok(self.slot(slot)?.device.identity().compatible_ids())
    }

    /// Assigns resources and lets the device decode them. After a [`stop`](Self::stop) it gets the
    /// same addresses again.
    ///
    /// `messages` is the most that the installation allows; with 0, and without MSI, a device keeps
    /// its pin, if it has one.
    pub fn start(&mut self, slot: u16, messages: u32) -> Result<Assigned, BusError> {
        let stopped = self.stopped_slot(slot)?;
        let placed = if stopped.placed.is_empty() {
            self.place(stopped.device.bars())?
        } else {
            stopped.placed.clone()
        };
        self.decode(slot, placed, messages)
    }

    /// Whether the device in the slot has its addresses, or there is room for it.
    pub fn has_room(&self, slot: u16) -> Result<bool, BusError> {
        let found = self.slot(slot)?;
        Ok(!found.placed.is_empty() || self.place(found.device.bars()).is_ok())
    }

    /// As [`start`](Self::start), but at other addresses than before.
    pub fn rebalance(&mut self, slot: u16, messages: u32) -> Result<Assigned, BusError> {
        let stopped = self.stopped_slot(slot)?;
        // The old ranges still count as taken here, so none of them can come back.
        let placed = self.place(stopped.device.bars())?;
        self.decode(slot, placed, messages)
    }

    /// Ends decoding. Accesses to the addresses of the device read 0 and write nothing, and its
    /// messages are lost.
    pub fn stop(&mut self, slot: u16) -> Result<(), BusError> {
        self.slot_mut(slot)?.started = false;
        Ok(())
    }

    /// The hardware in the slot stops answering, for good.
    pub fn go_away(&mut self, slot: u16) -> Result<(), BusError> {
        self.slot_mut(slot)?.device.go_away();
        Ok(())
    }

    /// Whether the bus finds a device in the slot: it is there and answers.
    pub fn is_there(&self, slot: u16) -> bool {
        self.slots.get(&slot).is_some_and(|slot| !slot.device.is_gone())
    }

    /// One read at a CPU (translated) address. It must lie wholly in one BAR, or else no device
    /// answers and all bits are one.
    pub fn read(&mut self, space: Space, address: u64, width: Width, now: Duration) -> u64 {
        match self.route(space, address, width) {
            None => width.all_ones(),
            Some(Target { slot, .. }) if !slot.started => 0,
            Some(Target { slot, bar, offset }) => slot.device.read(bar, offset, width, now),
        }
    }

    /// One write at a CPU (translated) address. It must lie wholly in one BAR, or else it is lost.
    pub fn write(&mut self, space: Space, address: u64, width: Width, value: u64, now: Duration) {
        if let Some(Target { slot, bar, offset }) = self.route(space, address, width)
            && slot.started
        {
            slot.device.write(bar, offset, width, value, now);
        }
    }

    /// Whether the device that is started at this CPU (translated) address decodes accesses of this
    /// width there; true where there is none.
    pub fn decodes(&mut self, space: Space, address: u64, width: Width) -> bool {
        self.route(space, address, width)
            .is_none_or(|Target { slot, bar, offset }| slot.device.decodes(bar, offset, width))
    }

    /// Model time of the next change that comes without an access, on any device.
    pub fn next_event(&self) -> Option<Duration> {
        self.slots.values().filter_map(|slot| slot.device.next_event()).min()
    }

    fn slot(&self, slot: u16) -> Result<&Slot, BusError> {
        self.slots.get(&slot).ok_or(BusError::Empty { slot })
    }

    fn slot_mut(&mut self, slot: u16) -> Result<&mut Slot, BusError> {
        self.slots.get_mut(&slot).ok_or(BusError::Empty { slot })
    }

    fn stopped_slot(&self, slot: u16) -> Result<&Slot, BusError> {
        let found = self.slot(slot)?;
        if found.started { Err(BusError::Started { slot }) } else { Ok(found) }
    }

    /// Finds room for BARs, beside everything that is placed on this bus.
    fn place(&self, bars: &[Bar]) -> Result<Vec<Placed>, BusError> {
        let mut taken: Vec<Placed> = self.slots.values().flat_map(|slot| &slot.placed).copied().collect();
        let before = taken.len();
        for bar in bars {
            let start = find_room(bar, &taken)?;
            taken.push(Placed { bar: *bar, start });
        }
        Ok(taken.split_off(before))
    }

    fn decode(&mut self, number: u16, placed: Vec<Placed>, messages: u32) -> Result<Assigned, BusError> {
        let messages = self.place_messages(number, messages)?;
        let slot = self.slot_mut(number)?;
        slot.messages = messages;
        slot.device.set_messages(messages.map_or(0, Messages::count));
        let assigned = slot.assigned(number, &placed);
        slot.placed = placed;
        slot.started = true;
        Ok(assigned)
    }

    fn route(&mut self, space: Space, address: u64, width: Width) -> Option<Target<'_>> {
        self.slots.values_mut().find_map(|slot| {
            let (bar, offset) = slot.placed.iter().enumerate().find_map(|(index, placed)| {
                let offset = placed.offset_of(space, address, width)?;
                Some((index, offset))
            })?;
            Some(Target { slot, bar, offset })
        })
    }
}

impl Slot {
    /// Builds the two lists: each BAR with its private note, then the interrupt.
    fn assigned(&self, number: u16, placed: &[Placed]) -> Assigned {
        let mut lists = Assigned { raw: Vec::new(), translated: Vec::new() };
        for (index, place) in placed.iter().enumerate() {
            let private = Descriptor::device_private(index);
            lists.raw.extend([Descriptor::bar(&place.bar, place.start), private]);
            lists.translated.extend([Descriptor::bar(&place.bar, place.translated()), private]);
        }
        if let Some((raw, translated)) = self.interrupt(number) {
            lists.raw.push(raw);
            lists.translated.push(translated);
        }
        lists
    }
}

struct Target<'a> {
    slot: &'a mut Slot,
    bar: usize,
    offset: u64,
}

impl Placed {
    /// First and last bus address.
    fn range(&self) -> (u64, u64) {
        // Placed inside a window, so the end does not overflow.
        (self.start, self.start + (self.bar.length() - 1))
    }

    /// Address of the CPU for this BAR.
    fn translated(&self) -> u64 {
        self.start + window(self.bar.kind()).translation
    }

    /// Offset of an access that lies wholly in this BAR.
    fn offset_of(&self, space: Space, address: u64, width: Width) -> Option<u64> {
        if space != self.space() {
            return None;
        }
        let offset = address.checked_sub(self.translated())?;
        let end = offset.checked_add(width.bytes())?;
        (end <= self.bar.length()).then_some(offset)
    }

    fn space(&self) -> Space {
        match self.bar.kind() {
            BarKind::Io => Space::Port,
            BarKind::Memory32 { .. } | BarKind::Memory64 { .. } => Space::Memory,
        }
    }
}

fn window(kind: BarKind) -> &'static Window {
    match kind {
        BarKind::Memory32 { .. } => &MEMORY_32,
        BarKind::Memory64 { .. } => &MEMORY_64,
        BarKind::Io => &PORTS,
    }
}

/// The lowest free address in the BAR's window, aligned to its length.
fn find_room(bar: &Bar, taken: &[Placed]) -> Result<u64, BusError> {
    let window = window(bar.kind());
    let length = bar.length();
    let mut from = window.first;
    loop {
        let place = from.checked_next_multiple_of(length).and_then(|start| {
            let last = start.checked_add(length - 1)?;
            (last <= window.last).then_some((start, last))
        });
        let Some((start, last)) = place else {
            return Err(BusError::NoRoom { length, window: window.name });
        };
        // Windows do not overlap, ports with memory neither: no need to tell spaces apart.
        let obstacle = taken.iter().map(Placed::range).find(|(first, end)| *first <= last && start <= *end);
        match obstacle {
            None => return Ok(start),
            Some((_, end)) => from = end + 1,
        }
    }
}

#[cfg(test)]
mod tests;
