//! Memory of any size, of which only what was written takes room.

use std::collections::BTreeMap;

use super::device::Width;

/// Bytes that remember what was written; the others read 0. All access widths and alignments work.
#[derive(Debug, Default)]
pub struct SparseMemory {
    bytes: BTreeMap<u64, u8>,
}

impl SparseMemory {
    /// One read, little-endian.
    pub fn read(&self, offset: u64, width: Width) -> u64 {
        (0..width.bytes()).rev().fold(0, |value, index| {
            let byte = self.bytes.get(&offset.wrapping_add(index)).copied().unwrap_or(0);
            value << 8 | u64::from(byte)
        })
    }

    /// One write, little-endian. Bits of `value` beyond `width` are ignored.
    pub fn write(&mut self, offset: u64, width: Width, value: u64) {
        for (index, byte) in (0..width.bytes()).zip(value.to_le_bytes()) {
            self.bytes.insert(offset.wrapping_add(index), byte);
        }
    }

    /// The bytes in `[start, end)` that were written, in order. `start` is not beyond `end`.
    pub fn written(&self, start: u64, end: u64) -> impl Iterator<Item = u8> {
        self.bytes.range(start..end).map(|(_, byte)| *byte)
    }
}
