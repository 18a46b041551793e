//! What firmware and bus driver do with configuration space: who is there, how long the BARs are, where they lie,
//! and by which message the function interrupts.
//!
//! Offsets and bits are those of the PCI Local Bus Specification 3.0, sections 6.1, 6.2 and 6.8.

use super::error::QemuError;
use super::qtest::Machine;
use crate::bus::device::{Bar, BarKind, Identity, Width};

const VENDOR: u8 = 0x00;
const DEVICE: u8 = 0x02;
const COMMAND: u8 = 0x04;
const STATUS: u8 = 0x06;
const REVISION: u8 = 0x08;
const CLASS: u8 = 0x09;
const FIRST_BAR: u8 = 0x10;
const BARS: u8 = 6;
const SUBSYSTEM_VENDOR: u8 = 0x2c;
const SUBSYSTEM: u8 = 0x2e;
const CAPABILITIES: u8 = 0x34;
const INTERRUPT_PIN: u8 = 0x3d;

/// I/O space, memory space, bus master.
const COMMAND_ALL: u64 = 0x7;
const STATUS_CAPABILITIES: u64 = 0x10;
const BAR_IO: u64 = 0x1;
const BAR_64_BIT: u64 = 0x4;
const BAR_PREFETCHABLE: u64 = 0x8;
const CAPABILITY_MSI: u64 = 0x05;
const MSI_ENABLE: u64 = 0x1;
const MSI_64_BIT: u64 = 0x80;

/// Guest memory to which the device's message is sent, in the place of the interrupt controller: QEMU tells nobody
/// of a message that reaches the latter.
const MAILBOX: u64 = 0x10_0000;
/// What lies there if no message came. A message has 16 bits.
const NO_MESSAGE: u64 = 0xffff_ffff;
const MESSAGE: u64 = 0x0041;

/// Where BARs of each kind go: nothing else of the machine lies there.
const MEMORY_32: u64 = 0xc000_0000;
const MEMORY_32_END: u64 = 0xf000_0000;
const MEMORY_64: u64 = 1 << 35;
const MEMORY_64_END: u64 = 1 << 38;
const PORTS: u64 = 0x1000;
const PORTS_END: u64 = 0x1_0000;

/// Who the function is.
pub fn identity(machine: &mut Machine) -> Result<Identity, QemuError> {
    let vendor = word(machine, VENDOR)?;
    if vendor == u16::MAX {
        return Err(QemuError::NoDevice);
    }
    Ok(Identity {
        vendor,
        device: word(machine, DEVICE)?,
        subsystem_vendor: word(machine, SUBSYSTEM_VENDOR)?,
        subsystem: word(machine, SUBSYSTEM)?,
        revision: byte(machine, REVISION)?,
        class: [byte(machine, CLASS + 2)?, byte(machine, CLASS + 1)?, byte(machine, CLASS)?],
        interrupt_pin: byte(machine, INTERRUPT_PIN)? != 0,
        // Several messages share one address, and a mailbox holds one: so many can be told from each other.
        messages: msi(machine)?.map_or(0, |_| 1),
    })
}

/// A BAR and where it lies in the machine.
pub struct Placed {
    pub bar: Bar,
    pub start: u64,
}

/// Finds the BARs, gives them their places and lets the function decode them.
pub fn place_bars(machine: &mut Machine) -> Result<Vec<Placed>, QemuError> {
    machine.write_config(COMMAND, Width::U16, 0)?;
    let mut free = Free { memory_32: MEMORY_32, memory_64: MEMORY_64, ports: PORTS };
    let mut placed = Vec::new();
    let mut register = 0;
    while register < BARS {
        let offset = FIRST_BAR + 4 * register;
        let low = probe(machine, offset)?;
        let wide = low & BAR_IO == 0 && low & BAR_64_BIT != 0 && register + 1 < BARS;
        let high = if wide { probe(machine, offset + 4)? } else { 0 };
        register += if wide { 2 } else { 1 };
        let Some(bar) = bar(low, high, wide)? else { continue };
        let start = free.take(&bar)?;
        machine.write_config(offset, Width::U32, start & 0xffff_ffff)?;
        if wide {
            machine.write_config(offset + 4, Width::U32, start >> 32)?;
        }
        placed.push(Placed { bar, start });
    }
    machine.write_config(COMMAND, Width::U16, COMMAND_ALL)?;
    Ok(placed)
}

/// The bits of a BAR that can be set, with its kind.
fn probe(machine: &mut Machine, offset: u8) -> Result<u64, QemuError> {
    machine.write_config(offset, Width::U32, Width::U32.all_ones())?;
    machine.read_config(offset, Width::U32)
}

fn bar(low: u64, high: u64, wide: bool) -> Result<Option<Bar>, QemuError> {
    if low == 0 {
        return Ok(None);
    }
    let prefetchable = low & BAR_PREFETCHABLE != 0;
    let (kind, settable) = match (low & BAR_IO != 0, wide) {
        // The upper half of a port's address may be fixed.
        (true, _) => (BarKind::Io, 0xffff_ffff_ffff_0000 | low & 0xfffc),
        (false, true) => (BarKind::Memory64 { prefetchable }, high << 32 | low & 0xffff_fff0),
        (false, false) => (BarKind::Memory32 { prefetchable }, 0xffff_ffff_0000_0000 | low & 0xffff_fff0),
    };
    Ok(Some(Bar::new(kind, settable.wrapping_neg())?))
}

/// The first free address of each kind.
struct Free {
    memory_32: u64,
    memory_64: u64,
    ports: u64,
}

impl Free {
    fn take(&mut self, bar: &Bar) -> Result<u64, QemuError> {
        let (free, end) = match bar.kind() {
            BarKind::Memory32 { .. } => (&mut self.memory_32, MEMORY_32_END),
            BarKind::Memory64 { .. } => (&mut self.memory_64, MEMORY_64_END),
            BarKind::Io => (&mut self.ports, PORTS_END),
        };
        let length = bar.length();
        let start = free.checked_next_multiple_of(length);
        let room = start.and_then(|start| Some((start, start.checked_add(length)?)));
        let (start, next) = room.filter(|(_, next)| *next <= end).ok_or(QemuError::NoRoom { length })?;
        *free = next;
        Ok(start)
    }
}

/// The MSI capability, if the function has one.
pub fn msi(machine: &mut Machine) -> Result<Option<Msi>, QemuError> {
    if machine.read_config(STATUS, Width::U16)? & STATUS_CAPABILITIES == 0 {
        return Ok(None);
    }
    let mut next = byte(machine, CAPABILITIES)? & 0xfc;
    // A list that leads into a circle has an end here too: so many capabilities have room.
    for _ in 0..48 {
        if next < 0x40 {
            break;
        }
        if machine.read_config(next, Width::U8)? == CAPABILITY_MSI {
            return Ok(Some(Msi { at: next }));
        }
        next = byte(machine, next + 1)? & 0xfc;
    }
    Ok(None)
}

/// An MSI capability. Its message is a store to memory, of which nobody is told: one has to look.
#[derive(Clone, Copy)]
pub struct Msi {
    /// Where it begins in configuration space; a multiple of 4.
    at: u8,
}

impl Msi {
    /// Lets the function send its message, or use its pin.
    pub fn enable(self, machine: &mut Machine, enable: bool) -> Result<(), QemuError> {
        let control = machine.read_config(self.at + 2, Width::U16)?;
        let wide = control & MSI_64_BIT != 0;
        machine.write(MAILBOX, Width::U32, NO_MESSAGE)?;
        machine.write_config(self.at.saturating_add(4), Width::U32, MAILBOX)?;
        if wide {
            machine.write_config(self.at.saturating_add(8), Width::U32, 0)?;
        }
        let data = self.at.saturating_add(if wide { 12 } else { 8 });
        machine.write_config(data, Width::U16, MESSAGE)?;
        // One message: the field for their number stays 0.
        machine.write_config(self.at + 2, Width::U16, if enable { MSI_ENABLE } else { 0 })
    }
}

/// Whether the message was sent since the last look.
pub fn take_message(machine: &mut Machine) -> Result<bool, QemuError> {
    if machine.read(MAILBOX, Width::U32)? == NO_MESSAGE {
        return Ok(false);
    }
    // What is sent in between is one with the message that was seen: nobody was told of that yet.
    machine.write(MAILBOX, Width::U32, NO_MESSAGE)?;
    Ok(true)
}

#[expect(clippy::cast_possible_truncation, reason = "a read has no bits beyond its width")]
fn word(machine: &mut Machine, offset: u8) -> Result<u16, QemuError> {
    Ok(machine.read_config(offset, Width::U16)? as u16)
}

#[expect(clippy::cast_possible_truncation, reason = "a read has no bits beyond its width")]
fn byte(machine: &mut Machine, offset: u8) -> Result<u8, QemuError> {
    Ok(machine.read_config(offset, Width::U8)? as u8)
}
