//! QEMU's edu device (QEMU documentation, "EDU device"), modelled from its documented behaviour and
//! from what the real one answers when it is probed.
//!
//! | offset | register | access |
//! |---|---|---|
//! | 0x00 | identification, 0x010000ed | read |
//! | 0x04 | liveness check: reads the bitwise inverse of what was written | read, write |
//! | 0x08 | factorial: write n, read n while busy, then n! modulo 2^32 | read, write |
//! | 0x20 | status: bit 0 computing, bit 7 interrupt when the factorial is done | read, write |
//! | 0x24 | interrupt status: bit 0 factorial, bit 8 DMA, others as raised | read |
//! | 0x60 | interrupt raise | write |
//! | 0x64 | interrupt acknowledge | write |
//! | 0x80, 0x88, 0x90, 0x98 | DMA source, destination, count, command | read, write |
//!
//! Below 0x80 only aligned 4-byte accesses work, above also 8-byte ones. DMA registers store and end
//! their command in time, but no memory is touched: a UMDF driver cannot use DMA anyway.
//! The device has no reset: its registers outlive stop and start.

use std::time::Duration;

use super::device::{Bar, BarKind, Identity, PciDevice, Width};

/// Model time from the write of a factorial to its first step.
pub const FACTORIAL_START: Duration = Duration::from_micros(50);
/// Model time of one factorial step: a computation of n takes n steps, also beyond the point where
/// the result has become 0. Together with [`FACTORIAL_START`], 5 is busy for 50 us, 10^8 for 0.1 s.
pub const FACTORIAL_STEP: Duration = Duration::from_nanos(1);
/// Model time from the end of a computation to its interrupt: who polls sees the end first.
pub const INTERRUPT_DELAY: Duration = Duration::from_micros(5);
/// Model time of a DMA command.
pub const DMA_TIME: Duration = Duration::from_millis(100);

const IDENTIFICATION: u32 = 0x0100_00ed;
const STATUS_COMPUTING: u32 = 0x01;
const STATUS_INTERRUPT_WHEN_DONE: u32 = 0x80;
const INTERRUPT_FACTORIAL: u32 = 0x001;
const INTERRUPT_DMA: u32 = 0x100;
const DMA_START: u64 = 1 << 0;
const DMA_INTERRUPT: u64 = 1 << 2;
const LENGTH: u64 = 0x10_0000;

const BARS: [Bar; 1] = [match Bar::new(BarKind::Memory32 { prefetchable: false }, LENGTH) {
    Ok(bar) => bar,
    Err(_) => panic!("1 MiB is a BAR length"),
}];

/// The edu device model.
#[derive(Debug, Default)]
pub struct EduDevice {
    /// What a read gives, so the inverse of what was written.
    liveness: u32,
    /// Input while computing, then the result.
    factorial: u32,
    computation: Option<Computation>,
    interrupt_when_done: bool,
    /// When the interrupt of a finished computation arrives.
    factorial_interrupt: Option<Duration>,
    interrupt_status: u32,
    line: bool,
    message_signaled: bool,
    /// Message 0, if it was sent since the last look.
    sent: u32,
    dma: Dma,
}

#[derive(Debug)]
struct Computation {
    result: u32,
    done: Duration,
}

#[derive(Debug, Default)]
struct Dma {
    source: u64,
    destination: u64,
    count: u64,
    command: u64,
    /// Set while a command runs.
    done: Option<Duration>,
}

impl EduDevice {
    /// What edu says in configuration space.
    pub const IDENTITY: Identity = Identity {
        vendor: 0x1234,
        device: 0x11e8,
        subsystem_vendor: 0x1af4,
        subsystem: 0x1100,
        revision: 0x10,
        class: [0x00, 0xff, 0x00],
        interrupt_pin: true,
        messages: 1,
    };

    /// Lets everything happen that is due by `now`, in its order.
    fn advance(&mut self, now: Duration) {
        while let Some(at) = self.next_event().filter(|at| *at <= now) {
            if self.factorial_interrupt == Some(at) {
                self.factorial_interrupt = None;
                self.raise(INTERRUPT_FACTORIAL);
            } else if let Some(computation) = self.computation.take_if(|computation| computation.done == at) {
                self.factorial = computation.result;
                if self.interrupt_when_done {
                    self.factorial_interrupt = Some(at.saturating_add(INTERRUPT_DELAY));
                }
            } else {
                self.dma.done = None;
                self.dma.command &= !DMA_START;
                if self.dma.command & DMA_INTERRUPT != 0 {
                    self.raise(INTERRUPT_DMA);
                }
            }
        }
    }

    fn raise(&mut self, bits: u32) {
        self.interrupt_status |= bits;
        if self.interrupt_status == 0 {
            return;
        }
        // With MSI every raise sends, also one that sets no new bit; the line has no second edge.
        if self.message_signaled {
            self.sent = 1;
        } else {
            self.line = true;
        }
    }

    fn acknowledge(&mut self, bits: u32) {
        self.interrupt_status &= !bits;
        if self.interrupt_status == 0 {
            self.line = false;
        }
    }

    fn start_factorial(&mut self, input: u32, now: Duration) {
        if self.computation.is_some() {
            return;
        }
        let steps = FACTORIAL_STEP.saturating_mul(input);
        let done = now.saturating_add(FACTORIAL_START).saturating_add(steps);
        self.factorial = input;
        self.computation = Some(Computation { result: factorial(input), done });
    }

    fn status(&self) -> u32 {
        let computing = if self.computation.is_some() { STATUS_COMPUTING } else { 0 };
        let interrupt = if self.interrupt_when_done { STATUS_INTERRUPT_WHEN_DONE } else { 0 };
        computing | interrupt
    }

    /// A register below 0x80. Write-only and unknown ones read all ones.
    fn read_register(&self, offset: u64) -> u32 {
        match offset {
            0x00 => IDENTIFICATION,
            0x04 => self.liveness,
            0x08 => self.factorial,
            0x20 => self.status(),
            0x24 => self.interrupt_status,
            _ => u32::MAX,
        }
    }

    fn write_register(&mut self, offset: u64, value: u32, now: Duration) {
        match offset {
            0x04 => self.liveness = !value,
            0x08 => self.start_factorial(value, now),
            0x20 => self.interrupt_when_done = value & STATUS_INTERRUPT_WHEN_DONE != 0,
            0x60 => self.raise(value),
            0x64 => self.acknowledge(value),
            _ => {}
        }
    }

    /// One naturally aligned access.
    fn read_aligned(&self, offset: u64, width: Width) -> u64 {
        match width {
            // The device never sees these.
            Width::U8 | Width::U16 => 0,
            _ if offset >= 0x80 => width.truncate(self.dma.read(offset)),
            Width::U32 => u64::from(self.read_register(offset)),
            Width::U64 => u64::MAX,
        }
    }

    fn write_aligned(&mut self, offset: u64, width: Width, value: u64, now: Duration) {
        match width {
            Width::U8 | Width::U16 => {}
            _ if offset >= 0x80 => self.dma.write(offset, value, now),
            Width::U32 => self.write_register(offset, low(value), now),
            Width::U64 => {}
        }
    }
}

impl Dma {
    fn read(&self, offset: u64) -> u64 {
        match offset {
            0x80 => self.source,
            0x88 => self.destination,
            0x90 => self.count,
            0x98 => self.command,
            _ => u64::MAX,
        }
    }

    /// `value` comes zero-extended: a 4-byte write clears the upper half.
    fn write(&mut self, offset: u64, value: u64, now: Duration) {
        if self.done.is_some() {
            return;
        }
        match offset {
            0x80 => self.source = value,
            0x88 => self.destination = value,
            0x90 => self.count = value,
            0x98 if value & DMA_START != 0 => {
                self.command = value;
                self.done = Some(now.saturating_add(DMA_TIME));
            }
            _ => {}
        }
    }
}

impl PciDevice for EduDevice {
    fn identity(&self) -> Identity {
        Self::IDENTITY
    }

    fn bars(&self) -> &[Bar] {
        &BARS
    }

    fn decodes(&self, _bar: usize, offset: u64, width: Width) -> bool {
        width == Width::U32 || (width == Width::U64 && offset >= 0x80)
    }

    fn read(&mut self, bar: usize, offset: u64, width: Width, now: Duration) -> u64 {
        self.advance(now);
        if !decodes(bar, offset, width) {
            return 0;
        }
        aligned_parts(offset, width)
            .fold(0, |value, (at, part)| value | self.read_aligned(at, part) << (8 * (at - offset)))
    }

    fn write(&mut self, bar: usize, offset: u64, width: Width, value: u64, now: Duration) {
        self.advance(now);
        if !decodes(bar, offset, width) {
            return;
        }
        for (at, part) in aligned_parts(offset, width) {
            self.write_aligned(at, part, part.truncate(value >> (8 * (at - offset))), now);
        }
    }

    fn interrupt_line(&mut self, now: Duration) -> bool {
        self.advance(now);
        self.line
    }

    fn take_messages(&mut self, now: Duration) -> u32 {
        self.advance(now);
        std::mem::take(&mut self.sent)
    }

    fn set_messages(&mut self, count: u8) {
        self.message_signaled = count > 0;
        // With messages the pin is released. It rises again at the next raise only, whatever bits are left.
        if self.message_signaled {
            self.line = false;
        }
    }

    fn next_event(&self) -> Option<Duration> {
        let computation = self.computation.as_ref().map(|computation| computation.done);
        [self.factorial_interrupt, computation, self.dma.done].into_iter().flatten().min()
    }
}

/// The access lies inside the one BAR.
fn decodes(bar: usize, offset: u64, width: Width) -> bool {
    bar == 0 && offset.checked_add(width.bytes()).is_some_and(|end| end <= LENGTH)
}

/// What an access becomes on its way to the device: naturally aligned parts, in address order. An
/// aligned access stays whole; an 8-byte one at 4 modulo 8 becomes two of 4 bytes.
fn aligned_parts(offset: u64, width: Width) -> impl Iterator<Item = (u64, Width)> {
    let end = offset + width.bytes();
    let mut at = offset;
    std::iter::from_fn(move || {
        let part = [Width::U64, Width::U32, Width::U16, Width::U8]
            .into_iter()
            .find(|part| at.is_multiple_of(part.bytes()) && part.bytes() <= end - at)?;
        let start = at;
        at += part.bytes();
        Some((start, part))
    })
}

/// n! modulo 2^32. From 34 on the product holds 2^32 and is 0.
fn factorial(n: u32) -> u32 {
    (1..=n.min(34)).fold(1, u32::wrapping_mul)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
const fn low(value: u64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests;
