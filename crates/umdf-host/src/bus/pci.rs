//! The bus: slots, address assignment, start and stop, routing of accesses.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use thiserror::Error;

use super::device::{PciDevice, Waker, Width};
use super::fault::{Break, Disturbance, FaultyDevice, Poke};
use super::resources::{Assigned, Descriptor};

mod addresses;
mod attention;
mod interrupts;

pub use addresses::ADDRESS_BITS;
use addresses::{Addresses, Place, Placed};
use attention::Attention;
use interrupts::Messages;
pub use interrupts::{Line, Pending};

/// Device slots of one PCI bus.
pub const SLOTS_OF_BUS: u16 = 32;
/// Slots of every bus together: PCI numbers 256 buses.
pub const SLOTS: u16 = 256 * SLOTS_OF_BUS;

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
    addresses: Addresses,
    attention: Attention,
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

impl PciBus {
    /// Puts a device into an empty slot. It answers once it is started.
    ///
    /// # Errors
    /// [`BusError`] if there is no such slot, or it is taken.
    pub fn plug(&mut self, slot: u16, device: FaultyDevice) -> Result<(), BusError> {
        if slot >= SLOTS {
            return Err(BusError::NoSuchSlot { slot });
        }
        if self.slots.contains_key(&slot) {
            return Err(BusError::Occupied { slot });
        }
        let line = Line::default();
        self.attention.touch(slot, device.next_event());
        let new = Slot { device, placed: Vec::new(), started: false, line, messages: None };
        self.slots.insert(slot, new);
        Ok(())
    }

    /// Gives each device its place, in the order of the slots, as firmware does. So it is the same in
    /// whichever process it is started first. What finds no room is refused at its start.
    pub fn place_all(&mut self) {
        for (number, slot) in &mut self.slots {
            if let Ok(placed) = self.addresses.place(*number, slot.device.bars()) {
                slot.placed = placed;
            }
        }
    }

    /// Hardware IDs of the device in the slot, most specific first.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn hardware_ids(&self, slot: u16) -> Result<Vec<String>, BusError> {
        Ok(self.slot(slot)?.device.identity().hardware_ids())
    }

    /// Compatible IDs of the device in the slot, most specific first.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn compatible_ids(&self, slot: u16) -> Result<Vec<String>, BusError> {
        Ok(self.slot(slot)?.device.identity().compatible_ids())
    }

    /// Assigns resources and lets the device decode them. After a [`stop`](Self::stop) it gets the
    /// same addresses again.
    ///
    /// `messages` is the most that the installation allows; with 0, and without MSI, a device keeps
    /// its pin, if it has one.
    ///
    /// # Errors
    /// [`BusError`] if the slot is empty, the device is started, or there is no room for it.
    pub fn start(&mut self, slot: u16, messages: u32) -> Result<Assigned, BusError> {
        let stopped = stopped(&mut self.slots, slot)?;
        let placed = if stopped.placed.is_empty() {
            self.addresses.place(slot, stopped.device.bars())?
        } else {
            std::mem::take(&mut stopped.placed)
        };
        self.decode(slot, placed, messages)
    }

    /// Whether the device in the slot has its addresses, or there is room for it.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn has_room(&mut self, slot: u16) -> Result<bool, BusError> {
        let found = self.slots.get_mut(&slot).ok_or(BusError::Empty { slot })?;
        if found.placed.is_empty() {
            let Ok(placed) = self.addresses.place(slot, found.device.bars()) else { return Ok(false) };
            // Nobody else takes it before the start.
            found.placed = placed;
        }
        Ok(true)
    }

    /// As [`start`](Self::start), but at other addresses than before.
    ///
    /// # Errors
    /// As those of [`start`](Self::start).
    pub fn rebalance(&mut self, slot: u16, messages: u32) -> Result<Assigned, BusError> {
        let stopped = stopped(&mut self.slots, slot)?;
        // The old ranges still count as taken here, so none of them can come back.
        let placed = self.addresses.place(slot, stopped.device.bars())?;
        let old = std::mem::take(&mut stopped.placed);
        self.addresses.release(&old);
        self.decode(slot, placed, messages)
    }

    /// Ends decoding. Accesses to the addresses of the device read 0 and write nothing, and its
    /// messages are lost.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn stop(&mut self, slot: u16) -> Result<(), BusError> {
        self.touch(slot, |slot| slot.started = false)
    }

    /// The hardware in the slot stops answering, for good.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn go_away(&mut self, slot: u16) -> Result<(), BusError> {
        self.touch(slot, |slot| slot.device.go_away())
    }

    /// The hardware in the slot does something by itself.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn poke(&mut self, slot: u16, poke: Poke, now: Duration) -> Result<(), BusError> {
        self.touch(slot, |slot| slot.device.poke(poke, now))
    }

    /// Says when the device in the slot breaks.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn set_break(&mut self, slot: u16, at: Option<Break>) -> Result<(), BusError> {
        self.touch(slot, |slot| slot.device.set_break(at))
    }

    /// Interrupts of the device in the slot go wrong from now on.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn disturb(&mut self, slot: u16, disturbance: Disturbance, now: Duration) -> Result<(), BusError> {
        self.touch(slot, |slot| slot.device.disturb(disturbance, now))
    }

    /// Gives each device somebody to tell that it changed by itself; who then [wakes](Self::wake) it here.
    pub fn set_wakers(&mut self, waker: impl Fn(u16) -> Waker) {
        for (number, slot) in &mut self.slots {
            slot.device.set_waker(waker(*number));
        }
    }

    /// The device in the slot changed by itself. Says why, if it stopped answering thereby.
    ///
    /// # Errors
    /// [`BusError::Empty`] if there is no device in the slot.
    pub fn wake(&mut self, slot: u16) -> Result<Option<String>, BusError> {
        self.touch(slot, |slot| slot.device.failure())
    }

    /// Whether the bus finds a device in the slot: it is there and answers.
    pub fn is_there(&self, slot: u16) -> bool {
        self.slots.get(&slot).is_some_and(|slot| !slot.device.is_gone())
    }

    /// One read at a CPU (translated) address. It must lie wholly in one BAR, or else no device
    /// answers and all bits are one.
    pub fn read(&mut self, space: Space, address: u64, width: Width, now: Duration) -> u64 {
        let Some(Place { slot, bar, offset }) = self.addresses.find(space, address, width) else {
            return width.all_ones();
        };
        let read = |slot: &mut Slot| {
            if slot.started { slot.device.read(bar, offset, width, now) } else { 0 }
        };
        self.touch(slot, read).unwrap_or(width.all_ones())
    }

    /// One write at a CPU (translated) address. It must lie wholly in one BAR, or else it is lost.
    pub fn write(&mut self, space: Space, address: u64, width: Width, value: u64, now: Duration) {
        let Some(Place { slot, bar, offset }) = self.addresses.find(space, address, width) else { return };
        // A slot that has addresses has a device too.
        let _ = self.touch(slot, |slot| {
            if slot.started {
                slot.device.write(bar, offset, width, value, now);
            }
        });
        self.notice_fall(slot, now);
    }

    /// Whether the device that is started at this CPU (translated) address decodes accesses of this
    /// width there; true where there is none.
    pub fn decodes(&self, space: Space, address: u64, width: Width) -> bool {
        self.addresses.find(space, address, width).is_none_or(|Place { slot, bar, offset }| {
            self.slots.get(&slot).is_none_or(|slot| slot.device.decodes(bar, offset, width))
        })
    }

    /// How often looks found that the device in the slot had let its interrupt line fall.
    pub fn falls(&self, slot: u16) -> u64 {
        self.attention.falls(slot)
    }

    /// Model time of the next change that comes without an access, on any device.
    pub fn next_event(&self) -> Option<Duration> {
        self.attention.next_event()
    }

    fn slot(&self, slot: u16) -> Result<&Slot, BusError> {
        self.slots.get(&slot).ok_or(BusError::Empty { slot })
    }

    /// Changes a slot, which may then ask for something else.
    fn touch<R>(&mut self, slot: u16, change: impl FnOnce(&mut Slot) -> R) -> Result<R, BusError> {
        let found = self.slots.get_mut(&slot).ok_or(BusError::Empty { slot })?;
        let result = change(found);
        self.attention.touch(slot, found.device.next_event());
        Ok(result)
    }

    fn decode(&mut self, number: u16, placed: Vec<Placed>, messages: u32) -> Result<Assigned, BusError> {
        let messages = self.place_messages(number, messages)?;
        self.touch(number, |slot| {
            slot.messages = messages;
            slot.device.set_messages(messages.map_or(0, Messages::count));
            let assigned = slot.assigned(number, &placed);
            slot.placed = placed;
            slot.started = true;
            assigned
        })
    }
}

/// The device in a slot, if it is not started.
fn stopped(slots: &mut BTreeMap<u16, Slot>, slot: u16) -> Result<&mut Slot, BusError> {
    let found = slots.get_mut(&slot).ok_or(BusError::Empty { slot })?;
    if found.started { Err(BusError::Started { slot }) } else { Ok(found) }
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

#[cfg(test)]
mod tests;
