//! The abacus: a memory board that adds up the bytes that lie in it.
//!
//! There is no such hardware. It has what edu lacks: two memory BARs, one of them of 4 GiB, a
//! range of I/O ports, and two interrupts. Its ID is one of those that QEMU keeps free for
//! experiments (QEMU documentation, "PCI IDs for QEMU": 1af4:10f0 to 1af4:10ff), so it is no product's.
//!
//! BAR 0, registers: 4 KiB of 32-bit memory. 4 bytes wide, at multiples of 4; others read all ones.
//!
//! | offset | register | access |
//! |---|---|---|
//! | 0x00 | identification, 0x010000ab | read |
//! | 0x10 | start: offset in the memory of the first byte to add | read, write |
//! | 0x14 | length: number of bytes to add | read, write |
//! | 0x18 | total of the last addition, modulo 2^32 | read |
//! | 0x20 | cause: bit 0 done, bit 1 error; writing a 1 clears | read, write |
//! | 0x24 | enable: causes that interrupt; writing a 1 enables | read, write |
//! | 0x28 | disable: as enable, but writing a 1 disables | read, write |
//!
//! BAR 1, the memory: 4 GiB of prefetchable 64-bit memory. 1, 2, 4 or 8 bytes wide, anywhere.
//!
//! BAR 2, the ports: 16 I/O ports, 1 byte wide; others read all ones.
//!
//! | port | what | access |
//! |---|---|---|
//! | 0 | command: 1 adds, 0 ends an addition without a cause | write |
//! | 0 | status: bit 0 adding | read |
//! | 4 | position in the label, 0 to 15 | read, write |
//! | 5 | the byte of the label at the position, which then moves on, from 15 to 0 | read, write |
//!
//! A finished addition sets the cause done. The cause error is set by an unknown command, by one to add
//! while the board is adding, and by a range that is empty or passes the end of the memory.
//!
//! MSI: two messages. Message 0 is sent when done becomes both set and enabled, message 1 when error
//! does; both are message 0 if the system grants only one. Without messages the pin is high as long as
//! an enabled cause is set. There is no reset: everything outlives stop and start.

use std::time::Duration;

use super::device::{Bar, BarKind, Identity, PciDevice, Width};
use super::memory::SparseMemory;

/// Model time of an addition, and what each 64 KiB add to it: 4 GiB take 65 ms.
pub const ADDITION_TIME: Duration = Duration::from_micros(20);
/// See [`ADDITION_TIME`].
pub const ADDITION_TIME_PER_64_KIB: Duration = Duration::from_micros(1);

const REGISTERS: usize = 0;
const MEMORY: usize = 1;
const PORTS: usize = 2;
const MEMORY_LENGTH: u64 = 1 << 32;
const LABEL_LENGTH: u8 = 16;

const IDENTIFICATION: u32 = 0x0100_00ab;
const CAUSE_DONE: u32 = 1 << 0;
const CAUSE_ERROR: u32 = 1 << 1;
const COMMAND_END: u8 = 0;
const COMMAND_ADD: u8 = 1;
const STATUS_ADDING: u8 = 1 << 0;

const BARS: [Bar; 3] = [
    bar(BarKind::Memory32 { prefetchable: false }, 0x1000),
    bar(BarKind::Memory64 { prefetchable: true }, MEMORY_LENGTH),
    bar(BarKind::Io, 0x10),
];

const fn bar(kind: BarKind, length: u64) -> Bar {
    match Bar::new(kind, length) {
        Ok(bar) => bar,
        Err(_) => panic!("a possible length"),
    }
}

/// The abacus device model.
#[derive(Debug, Default)]
pub struct AbacusDevice {
    memory: SparseMemory,
    start: u32,
    length: u32,
    total: u32,
    addition: Option<Addition>,
    causes: u32,
    enabled: u32,
    /// Messages granted; 0 leaves the pin.
    messages: u8,
    sent: u32,
    label: [u8; LABEL_LENGTH as usize],
    position: u8,
}

#[derive(Debug)]
struct Addition {
    total: u32,
    done: Duration,
}

impl AbacusDevice {
    /// What the abacus says in configuration space: a memory controller of no common kind.
    pub const IDENTITY: Identity = Identity {
        vendor: 0x1af4,
        device: 0x10f0,
        subsystem_vendor: 0x1af4,
        subsystem: 0x10f0,
        revision: 0x01,
        class: [0x05, 0x80, 0x00],
        interrupt_pin: true,
        messages: 2,
    };

    /// Ends the addition that is due by `now`.
    fn advance(&mut self, now: Duration) {
        if let Some(addition) = self.addition.take_if(|addition| addition.done <= now) {
            self.total = addition.total;
            self.set_causes(self.causes | CAUSE_DONE, self.enabled);
        }
    }

    /// Changes causes and their enabling; sends the messages of what is new.
    fn set_causes(&mut self, causes: u32, enabled: u32) {
        let new = causes & enabled & !(self.causes & self.enabled);
        (self.causes, self.enabled) = (causes, enabled);
        self.sent |= match self.messages {
            0 => 0,
            1 => u32::from(new != 0),
            // The cause in bit n is message n.
            _ => new,
        };
    }

    fn command(&mut self, command: u8, now: Duration) {
        let end = u64::from(self.start) + u64::from(self.length);
        match command {
            COMMAND_END => self.addition = None,
            COMMAND_ADD if self.addition.is_none() && self.length > 0 && end <= MEMORY_LENGTH => {
                let bytes = self.memory.written(self.start.into(), end).map(u32::from);
                let time = ADDITION_TIME + ADDITION_TIME_PER_64_KIB * (self.length >> 16);
                self.addition = Some(Addition {
                    total: bytes.fold(0, u32::wrapping_add),
                    done: now.saturating_add(time),
                });
            }
            _ => self.set_causes(self.causes | CAUSE_ERROR, self.enabled),
        }
    }

    fn read_register(&self, offset: u64) -> u32 {
        match offset {
            0x00 => IDENTIFICATION,
            0x10 => self.start,
            0x14 => self.length,
            0x18 => self.total,
            0x20 => self.causes,
            0x24 | 0x28 => self.enabled,
            _ => u32::MAX,
        }
    }

    fn write_register(&mut self, offset: u64, value: u32) {
        const CAUSES: u32 = CAUSE_DONE | CAUSE_ERROR;
        match offset {
            0x10 => self.start = value,
            0x14 => self.length = value,
            0x20 => self.set_causes(self.causes & !value, self.enabled),
            0x24 => self.set_causes(self.causes, self.enabled | value & CAUSES),
            0x28 => self.set_causes(self.causes, self.enabled & !value),
            _ => {}
        }
    }

    /// The byte of the label at the position, which moves on.
    fn next_label_byte(&mut self) -> &mut u8 {
        let next = (self.position + 1) % LABEL_LENGTH;
        let position = std::mem::replace(&mut self.position, next);
        &mut self.label[usize::from(position)]
    }

    fn read_port(&mut self, port: u64) -> u8 {
        match port {
            0 if self.addition.is_some() => STATUS_ADDING,
            0 => 0,
            4 => self.position,
            5 => *self.next_label_byte(),
            _ => u8::MAX,
        }
    }

    fn write_port(&mut self, port: u64, value: u8, now: Duration) {
        match port {
            0 => self.command(value, now),
            4 => self.position = value % LABEL_LENGTH,
            5 => *self.next_label_byte() = value,
            _ => {}
        }
    }
}

impl PciDevice for AbacusDevice {
    fn identity(&self) -> Identity {
        Self::IDENTITY
    }

    fn bars(&self) -> &[Bar] {
        &BARS
    }

    fn decodes(&self, bar: usize, _offset: u64, width: Width) -> bool {
        match bar {
            REGISTERS => width == Width::U32,
            MEMORY => true,
            PORTS => width == Width::U8,
            _ => false,
        }
    }

    fn read(&mut self, bar: usize, offset: u64, width: Width, now: Duration) -> u64 {
        self.advance(now);
        match (bar, width) {
            (REGISTERS, Width::U32) => self.read_register(offset).into(),
            (MEMORY, _) => self.memory.read(offset, width),
            (PORTS, Width::U8) => self.read_port(offset).into(),
            _ => width.all_ones(),
        }
    }

    fn write(&mut self, bar: usize, offset: u64, width: Width, value: u64, now: Duration) {
        self.advance(now);
        let [byte, second, third, fourth, ..] = value.to_le_bytes();
        match (bar, width) {
            (REGISTERS, Width::U32) => {
                self.write_register(offset, u32::from_le_bytes([byte, second, third, fourth]));
            }
            (MEMORY, _) => self.memory.write(offset, width, value),
            (PORTS, Width::U8) => self.write_port(offset, byte, now),
            _ => {}
        }
    }

    fn interrupt_line(&mut self, now: Duration) -> bool {
        self.advance(now);
        self.messages == 0 && self.causes & self.enabled != 0
    }

    fn take_messages(&mut self, now: Duration) -> u32 {
        self.advance(now);
        std::mem::take(&mut self.sent)
    }

    fn set_messages(&mut self, count: u8) {
        self.messages = count;
    }

    fn next_event(&self) -> Option<Duration> {
        self.addition.as_ref().map(|addition| addition.done)
    }
}

#[cfg(test)]
mod tests;
