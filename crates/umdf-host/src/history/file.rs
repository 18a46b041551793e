//! The file behind the history: a header of two words, then records, each behind its length and the
//! number of the thread that wrote it.
//!
//! The worker appends, the supervisor reads; both map the same file. The committed length is the
//! last thing written, so a reader never sees half a record, wherever the writer died.

// UNSAFETY: memory shared with another process can only be reached through raw pointers.
#![expect(unsafe_code, reason = "memory shared with another process is reached through raw pointers")]

use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use memmap2::{MmapOptions, MmapRaw};
use thiserror::Error;

use super::{Actor, Event, Record};

/// Bytes of a history file. Sparse: only what was written takes memory.
const CAPACITY: usize = 64 << 20;
/// `"UMDFHIST"` in memory order.
const SIGNATURE: u64 = u64::from_le_bytes(*b"UMDFHIST");
/// Byte offset of the first record: signature and committed length come before it.
const FIRST: usize = 16;
/// Bytes that hold nearly every record.
const USUAL_LENGTH: usize = 256;
/// Bytes in front of a record: its length, its thread.
const PREFIX: usize = 2 * size_of::<u32>();

/// Why a history cannot be used.
#[derive(Debug, Error)]
pub enum HistoryError {
    /// The file could not be made or mapped.
    #[error("history file: {0}")]
    Io(#[from] io::Error),
    /// The file is not a history or was damaged.
    #[error("history file is damaged at byte {at}: it must only be written by a worker")]
    Damaged {
        /// Offset of the damage.
        at: usize,
    },
    /// An event cannot be written down.
    #[error("an event cannot be encoded: {0}")]
    Encode(#[from] postcard::Error),
    /// The record does not fit into what is left.
    #[error("history is full: {CAPACITY} bytes; the driver ran in circles or the scenario is too long")]
    Full,
    /// The last event was told already.
    #[error("history is closed: the worker is about to leave")]
    Closed,
}

/// An event as it will stand in a history. What was encoded before can be appended without allocating.
pub struct Encoded {
    event: Vec<u8>,
    /// Nothing comes behind it.
    last: bool,
}

impl Encoded {
    /// Encodes an event.
    pub fn new(event: &Event) -> Result<Self, HistoryError> {
        let last = matches!(event, Event::Finished | Event::Ended { .. });
        Ok(Self { event: postcard::to_extend(event, Vec::with_capacity(USUAL_LENGTH))?, last })
    }
}

/// One history, as one of the two processes sees it.
pub struct HistoryFile {
    map: MmapRaw,
    /// Held while a record is appended. True when the last one was.
    closed: Mutex<bool>,
}

impl HistoryFile {
    /// Prepares an empty file as a history and maps it.
    pub fn create(file: &File) -> Result<Self, HistoryError> {
        file.set_len(CAPACITY as u64)?;
        let history = Self::map(file)?;
        history.word(0).store(SIGNATURE, Ordering::Relaxed);
        history.word(1).store(FIRST as u64, Ordering::Release);
        Ok(history)
    }

    /// Maps a history that the other process created.
    pub fn open(path: &Path) -> Result<Self, HistoryError> {
        let file = File::options().read(true).write(true).open(path)?;
        if file.metadata()?.len() != CAPACITY as u64 {
            return Err(HistoryError::Damaged { at: 0 });
        }
        let history = Self::map(&file)?;
        if history.word(0).load(Ordering::Relaxed) != SIGNATURE {
            return Err(HistoryError::Damaged { at: 0 });
        }
        Ok(history)
    }

    fn map(file: &File) -> Result<Self, HistoryError> {
        let map = MmapOptions::new().len(CAPACITY).map_raw(file)?;
        Ok(Self { map, closed: Mutex::new(false) })
    }

    /// Word 0 is the signature, word 1 the committed length.
    #[expect(clippy::cast_ptr_alignment, reason = "a mapping begins at a page")]
    fn word(&self, index: usize) -> &AtomicU64 {
        debug_assert!(index < FIRST / size_of::<u64>());
        let pointer = self.map.as_mut_ptr().cast::<u64>().wrapping_add(index);
        // SAFETY: the mapping is page aligned, at least `FIRST` bytes long and lives as long as
        // `self`; both processes touch the two header words only as atomics.
        unsafe { AtomicU64::from_ptr(pointer) }
    }

    /// Bytes in use. Grows with every record.
    fn committed(&self) -> u64 {
        self.word(1).load(Ordering::Acquire)
    }

    /// Appends one record of a thread. Nothing comes behind the event that says why the worker leaves:
    /// threads of the driver may run on until it is gone.
    pub fn append(&self, thread: u32, record: &Record) -> Result<(), HistoryError> {
        self.append_encoded(thread, record.actor, &Encoded::new(&record.event)?)
    }

    /// As [`append`](Self::append), for an event that was encoded before. Allocates nothing.
    pub fn append_encoded(&self, thread: u32, actor: Actor, event: &Encoded) -> Result<(), HistoryError> {
        // A record is its actor and then its event: postcard puts nothing around or between fields.
        let mut place = [0; 8];
        let actor = postcard::to_slice(&actor, &mut place)?;
        let bytes = actor.len().checked_add(event.event.len()).ok_or(HistoryError::Full)?;
        let length = u32::try_from(bytes).map_err(|_| HistoryError::Full)?;
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return Err(HistoryError::Closed);
        }
        let start = usize::try_from(self.committed()).map_err(|_| HistoryError::Full)?;
        let body = start.checked_add(PREFIX).ok_or(HistoryError::Full)?;
        let end = body.checked_add(bytes).filter(|end| *end <= CAPACITY).ok_or(HistoryError::Full)?;
        self.copy_in(start, &length.to_le_bytes());
        self.copy_in(start + size_of::<u32>(), &thread.to_le_bytes());
        self.copy_in(body, actor);
        self.copy_in(body + actor.len(), &event.event);
        self.word(1).store(end as u64, Ordering::Release);
        *closed = event.last;
        Ok(())
    }

    /// What was appended so far, as bytes.
    fn bytes(&self) -> Vec<u8> {
        let end = usize::try_from(self.committed()).unwrap_or(CAPACITY).clamp(FIRST, CAPACITY);
        let mut bytes = vec![0; end - FIRST];
        self.copy_out(FIRST, &mut bytes);
        bytes
    }

    /// Begins anew, as if nothing had been appended. Nobody reads meanwhile: who reads on afterwards finds
    /// damage.
    pub(crate) fn rewind(&self) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        self.word(1).store(FIRST as u64, Ordering::Release);
        *closed = false;
    }

    fn copy_in(&self, at: usize, bytes: &[u8]) {
        let target = self.map.as_mut_ptr().wrapping_add(at);
        // SAFETY: `append_encoded` checked that `at + bytes.len()` is inside the mapping; nobody else
        // writes (the guard) and no reader looks beyond the committed length.
        unsafe { target.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }

    /// Every record committed so far, in order.
    pub fn records(&self) -> Result<Vec<Record>, HistoryError> {
        let mut reader = Reader::default();
        let mut records = Vec::new();
        while let Some((_, record)) = reader.next(self)? {
            records.push(record);
        }
        Ok(records)
    }

    /// Half of a prefix. The caller checked that it is committed.
    fn number(&self, at: usize) -> u32 {
        let mut bytes = [0; size_of::<u32>()];
        self.copy_out(at, &mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn copy_out(&self, at: usize, bytes: &mut [u8]) {
        let source = self.map.as_ptr().wrapping_add(at);
        // SAFETY: `Reader` checked that the range ends at or before the committed length, which
        // it checked against the capacity; committed bytes are not written again while somebody
        // reads (`rewind`).
        unsafe { source.copy_to_nonoverlapping(bytes.as_mut_ptr(), bytes.len()) };
    }
}

/// By what was appended so far.
impl Hash for HistoryFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

/// A place in a history: reads each record once.
pub struct Reader {
    at: usize,
}

impl Default for Reader {
    fn default() -> Self {
        Self { at: FIRST }
    }
}

impl Reader {
    /// The next record that is committed, and the number of its thread. The number serves to tell the
    /// threads of one worker apart: it is no part of what two runs are compared by.
    pub fn next(&mut self, history: &HistoryFile) -> Result<Option<(u32, Record)>, HistoryError> {
        let at = self.at;
        let damaged = || HistoryError::Damaged { at };
        let end = usize::try_from(history.committed()).unwrap_or(usize::MAX);
        if end > CAPACITY || end < at {
            return Err(HistoryError::Damaged { at: 0 });
        }
        if at == end {
            return Ok(None);
        }
        let body = at.checked_add(PREFIX).filter(|body| *body <= end).ok_or_else(damaged)?;
        let length = usize::try_from(history.number(at)).map_err(|_| damaged())?;
        let thread = history.number(at + size_of::<u32>());
        let next = body.checked_add(length).filter(|next| *next <= end).ok_or_else(damaged)?;
        let mut bytes = vec![0; length];
        history.copy_out(body, &mut bytes);
        let record = postcard::from_bytes(&bytes).map_err(|_| damaged())?;
        self.at = next;
        Ok(Some((thread, record)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(line: &str) -> Record {
        Record { actor: Actor::Io, event: Event::Trace { line: line.into() } }
    }

    #[test]
    fn a_second_mapping_sees_what_the_first_appended() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let writer = HistoryFile::create(file.as_file()).unwrap();
        let reader = HistoryFile::open(file.path()).unwrap();
        assert_eq!(reader.records().unwrap(), []);
        writer.append(1, &record("one")).unwrap();
        writer.append(1, &record("two")).unwrap();
        assert_eq!(reader.records().unwrap(), [record("one"), record("two")]);
    }

    #[test]
    fn a_history_that_begins_anew_is_empty_and_open() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let history = HistoryFile::create(file.as_file()).unwrap();
        history.append(1, &record("one")).unwrap();
        let last = Record { actor: Actor::Host, event: Event::Finished };
        history.append(1, &last).unwrap();
        assert!(matches!(history.append(1, &record("two")), Err(HistoryError::Closed)));
        history.rewind();
        assert_eq!(history.records().unwrap(), []);
        history.append(1, &record("two")).unwrap();
        assert_eq!(history.records().unwrap(), [record("two")]);
    }

    #[test]
    fn a_reader_goes_on_where_it_was_and_tells_threads_apart() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let history = HistoryFile::create(file.as_file()).unwrap();
        let mut reader = Reader::default();
        assert_eq!(reader.next(&history).unwrap(), None);
        history.append(7, &record("one")).unwrap();
        history.append(8, &record("two")).unwrap();
        assert_eq!(reader.next(&history).unwrap(), Some((7, record("one"))));
        assert_eq!(reader.next(&history).unwrap(), Some((8, record("two"))));
        assert_eq!(reader.next(&history).unwrap(), None);
        history.append(7, &record("three")).unwrap();
        assert_eq!(reader.next(&history).unwrap(), Some((7, record("three"))));
    }

    #[test]
    fn nothing_comes_behind_the_last_event() {
        for last in [Event::Finished, Event::Ended { reason: "it has to".into() }] {
            let file = tempfile::NamedTempFile::new().unwrap();
            let history = HistoryFile::create(file.as_file()).unwrap();
            let last = Record { actor: Actor::Host, event: last };
            history.append(1, &last).unwrap();
            assert!(matches!(history.append(2, &record("late")), Err(HistoryError::Closed)));
            assert_eq!(history.records().unwrap(), [last]);
        }
    }

    #[test]
    fn a_full_history_refuses_and_keeps_what_it_has() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let history = HistoryFile::create(file.as_file()).unwrap();
        let long = record(&"x".repeat(CAPACITY / 2 - 1024));
        history.append(1, &long).unwrap();
        history.append(1, &long).unwrap();
        assert!(matches!(history.append(1, &long), Err(HistoryError::Full)));
        assert_eq!(history.records().unwrap().len(), 2);
    }

    #[test]
    fn damage_is_reported_not_followed() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let history = HistoryFile::create(file.as_file()).unwrap();
        history.append(1, &record("one")).unwrap();
        history.copy_in(FIRST, &u32::MAX.to_le_bytes());
        assert!(matches!(history.records(), Err(HistoryError::Damaged { at: FIRST })));
        history.word(1).store(0, Ordering::Release);
        assert!(matches!(history.records(), Err(HistoryError::Damaged { at: 0 })));
        history.word(1).store(u64::MAX, Ordering::Release);
        assert!(matches!(history.records(), Err(HistoryError::Damaged { at: 0 })));
        let empty = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(HistoryFile::open(empty.path()), Err(HistoryError::Damaged { at: 0 })));
    }
}
