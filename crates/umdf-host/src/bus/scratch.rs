//! A fixture device: plain registers behind any list of BARs.

use std::collections::BTreeMap;
use std::time::Duration;

use super::device::{Bar, Identity, PciDevice, Width};
use super::memory::SparseMemory;

/// Registers that remember what was written, byte by byte; unwritten bytes read 0.
///
/// For drivers' resource parsing: several BARs, none at all, short ones, huge ones. All access
/// widths and alignments work. It never interrupts, whatever its identity says.
pub struct ScratchDevice {
    identity: Identity,
    bars: Vec<Bar>,
    memory: BTreeMap<usize, SparseMemory>,
}

impl ScratchDevice {
    /// A device with this identity and these BARs, which may be none.
    pub fn new(identity: Identity, bars: Vec<Bar>) -> Self {
        Self { identity, bars, memory: BTreeMap::new() }
    }
}

impl PciDevice for ScratchDevice {
    fn identity(&self) -> Identity {
        self.identity
    }

    fn bars(&self) -> &[Bar] {
        &self.bars
    }

    fn read(&mut self, bar: usize, offset: u64, width: Width, _now: Duration) -> u64 {
        self.memory.get(&bar).map_or(0, |memory| memory.read(offset, width))
    }

    fn write(&mut self, bar: usize, offset: u64, width: Width, value: u64, _now: Duration) {
        self.memory.entry(bar).or_default().write(offset, width, value);
    }

    fn interrupt_line(&mut self, _now: Duration) -> bool {
        false
    }

    fn take_messages(&mut self, _now: Duration) -> u32 {
        0
    }

    fn set_messages(&mut self, _count: u8) {}

    fn next_event(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bus::edu::EduDevice;

    const NOW: Duration = Duration::ZERO;

    #[test]
    fn registers_remember_each_byte_of_each_bar() {
        let bars = vec![Bar::memory(0x40).unwrap(), Bar::memory(1 << 33).unwrap()];
        let mut device = ScratchDevice::new(EduDevice::IDENTITY, bars);

        device.write(0, 0x10, Width::U64, 0x8877_6655_4433_2211, NOW);
        device.write(0, 0x12, Width::U8, 0xaa, NOW);
        device.write(1, (1 << 33) - 4, Width::U32, 0x1234_5678, NOW);

        assert_eq!(device.read(0, 0x10, Width::U32, NOW), 0x44aa_2211);
        assert_eq!(device.read(0, 0x15, Width::U16, NOW), 0x7766);
        assert_eq!(device.read(0, 0x18, Width::U64, NOW), 0);
        assert_eq!(device.read(1, 0x10, Width::U32, NOW), 0);
        assert_eq!(device.read(1, (1 << 33) - 4, Width::U64, NOW), 0x1234_5678);
    }

    #[test]
    fn it_may_have_no_bar() {
        assert!(ScratchDevice::new(EduDevice::IDENTITY, vec![]).bars().is_empty());
    }
}
