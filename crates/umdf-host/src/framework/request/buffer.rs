//! Buffers of requests: UMDF gives input and output separate memory.

use std::collections::VecDeque;
use std::ffi::c_void;

use crate::framework::context::Memory;
use crate::host::Host;
use crate::rules::Rule;

/// What an output buffer holds before the driver wrote it.
const FRESH: u8 = 0xCD;
/// What a buffer holds after its request was completed.
const DONE: u8 = 0xDD;
/// Bytes of done buffers that are kept to see whether the driver still writes them.
const KEPT: usize = 1 << 20;
/// Done buffers that are kept, at most: each is looked at whenever a file is closed.
const MOST_KEPT: usize = 256;

/// A buffer of a request.
#[derive(Default)]
pub struct Buffer {
    memory: Option<Memory>,
    /// Bytes.
    pub length: usize,
}

impl Buffer {
    /// A buffer that holds no data yet; `None` if no allocation can have this length.
    pub fn fresh(length: usize) -> Option<Self> {
        let memory = if length == 0 { None } else { Some(Memory::zeroed(length)?) };
        let buffer = Self { memory, length };
        buffer.fill(FRESH);
        Some(buffer)
    }

    /// A buffer with these bytes.
    pub fn with(bytes: &[u8]) -> Option<Self> {
        let buffer = Self::fresh(bytes.len())?;
        if let Some(address) = buffer.address() {
            // SAFETY: fresh memory of this length that nobody else knows.
            unsafe { address.cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        }
        Some(buffer)
    }

    /// Where the driver finds it; `None` if it has no bytes.
    pub fn address(&self) -> Option<*mut c_void> {
        self.memory.as_ref().map(Memory::address)
    }

    /// The first `count` bytes, at most all of them.
    pub fn bytes(&self, count: u64) -> Vec<u8> {
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(self.length);
        let mut bytes = vec![0; count];
        if let Some(address) = self.address() {
            // SAFETY: `count` is at most the length of the memory, which lives as long as `self`.
            unsafe { address.cast::<u8>().copy_to_nonoverlapping(bytes.as_mut_ptr(), count) };
        }
        bytes
    }

    /// Position of the first byte that is not this one.
    fn find_other(&self, byte: u8) -> Option<usize> {
        let address = self.address()?.cast::<u8>();
        // Copied piece by piece, since the driver may write meanwhile.
        let mut piece = [0; 64];
        (0..self.length).step_by(piece.len()).find_map(|start| {
            let length = piece.len().min(self.length - start);
            let source = address.wrapping_add(start);
            // SAFETY: the piece is inside the memory, which lives as long as `self`.
            unsafe { source.copy_to_nonoverlapping(piece.as_mut_ptr(), length) };
            Some(start + piece[..length].iter().position(|found| *found != byte)?)
        })
    }

    /// Puts bytes at its beginning; `false` if it is too short for them.
    pub fn put(&self, bytes: &[u8]) -> bool {
        if bytes.len() > self.length {
            return false;
        }
        if let Some(address) = self.address() {
            // SAFETY: the memory has at least as many bytes and lives as long as `self`; nobody else has
            // `bytes`.
            unsafe { address.cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        }
        true
    }

    fn fill(&self, byte: u8) {
        if let Some(address) = self.address() {
            // SAFETY: the memory has this length and lives as long as `self`.
            unsafe { address.cast::<u8>().write_bytes(byte, self.length) };
        }
    }
}

struct Done {
    request: String,
    buffer: Buffer,
}

/// Buffers of requests that are done. The driver may not touch them any more: reads find a pattern, and
/// writes are noticed when a file is closed, the device goes, or the buffer is let go.
#[derive(Default)]
pub struct Quarantine {
    done: VecDeque<Done>,
    bytes: usize,
}

impl Quarantine {
    /// Takes the buffers of a request that is being completed.
    pub fn take(&mut self, host: &Host, request: &str, buffers: impl IntoIterator<Item = Buffer>) {
        for buffer in buffers.into_iter().filter(|buffer| buffer.length > 0) {
            buffer.fill(DONE);
            self.bytes += buffer.length;
            self.done.push_back(Done { request: request.into(), buffer });
        }
        while self.bytes > KEPT || self.done.len() > MOST_KEPT {
            let Some(oldest) = self.done.pop_front() else { return };
            self.bytes -= oldest.buffer.length;
            check(host, &oldest);
        }
    }

    /// Looks at all that is kept.
    pub fn check(&self, host: &Host) {
        self.done.iter().for_each(|done| check(host, done));
    }
}

fn check(host: &Host, done: &Done) {
    if let Some(position) = done.buffer.find_other(DONE) {
        let message =
            format!("byte {position} of a buffer of {} was written after its completion", done.request);
        host.violation(Rule::ReqBufferAfterComplete, message);
        // Once is enough; the rule may be switched off.
        done.buffer.fill(DONE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_other_byte_is_found() {
        for length in [0, 1, 63, 64, 65, 200] {
            let buffer = Buffer::with(&vec![7; length]).unwrap();
            assert_eq!(buffer.find_other(7), None, "{length}");
        }
        for place in [0, 63, 64, 128, 199] {
            let mut bytes = vec![7; 200];
            bytes[place] = 8;
            assert_eq!(Buffer::with(&bytes).unwrap().find_other(7), Some(place));
        }
    }
}
