//! The file behind the history: a header of three words, then records, each behind its length and the
//! number of the thread that wrote it.
//!
//! The worker appends, the supervisor reads; both map the same file. The committed length is the
//! last thing written, so a reader never sees half a record, wherever the writer died.

// UNSAFETY: memory shared with another process can only be reached through raw pointers.
#![expect(unsafe_code, reason = "memory shared with another process is reached through raw pointers")]

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use memmap2::{MmapOptions, MmapRaw};
use thiserror::Error;

use super::{Actor, Event, Record};

/// Bytes of a history file. Sparse: only what was written takes memory.
const CAPACITY: usize = 64 << 20;
/// `"UMDFHIST"` in memory order.
const SIGNATURE: u64 = u64::from_le_bytes(*b"UMDFHIST");
/// Byte offset of the first record: signature, committed length and the length that was read come before it.
const FIRST: usize = FIRST_LENGTH as usize;
/// The same, as an extent has it.
const FIRST_LENGTH: u32 = 24;
/// Longest wait of the worker for the supervisor to read what is in its way.
const READ_WITHIN: Duration = Duration::from_secs(10);
/// Pause between two looks at how far the supervisor is.
const READ_PAUSE: Duration = Duration::from_micros(100);
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
    ///
    /// # Errors
    /// [`HistoryError`] if it cannot be encoded.
    pub fn new(event: &Event) -> Result<Self, HistoryError> {
        Ok(Self {
            event: postcard::to_extend(event, Vec::with_capacity(USUAL_LENGTH))?,
            last: is_last(event),
        })
    }
}

/// Whether nothing comes behind the event.
fn is_last(event: &Event) -> bool {
    matches!(event, Event::Finished | Event::Ended { .. })
}

/// One history, as one of the two processes sees it.
pub struct HistoryFile {
    map: MmapRaw,
    /// Held while a record is appended. True when the last one was.
    closed: Mutex<bool>,
    /// What was read makes room for more.
    used_again: bool,
}

/// A length, and how often the file was begun anew: one word, so nobody sees one without the other.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Extent {
    round: u32,
    length: u32,
}

impl Extent {
    const EMPTY: Self = Self { round: 0, length: FIRST_LENGTH };

    fn from_word(word: u64) -> Self {
        let [a, b, c, d, round @ ..] = word.to_le_bytes();
        Self { round: u32::from_le_bytes(round), length: u32::from_le_bytes([a, b, c, d]) }
    }

    fn word(self) -> u64 {
        u64::from(self.round) << 32 | u64::from(self.length)
    }

    /// Empty, one round later.
    fn next_round(self) -> Self {
        Self { round: self.round.wrapping_add(1), ..Self::EMPTY }
    }
}

impl HistoryFile {
    /// Prepares an empty file as a history and maps it.
    ///
    /// # Errors
    /// [`HistoryError`] if the file cannot be made as long as a history, or not be mapped.
    pub fn create(file: &File) -> Result<Self, HistoryError> {
        file.set_len(CAPACITY as u64)?;
        let history = Self::map(file)?;
        history.word(0).store(SIGNATURE, Ordering::Relaxed);
        history.word(2).store(Extent::EMPTY.word(), Ordering::Relaxed);
        history.word(1).store(Extent::EMPTY.word(), Ordering::Release);
        Ok(history)
    }

    /// Maps a history that the other process created.
    ///
    /// # Errors
    /// [`HistoryError`] if the file cannot be opened or mapped, or is no history.
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
        Ok(Self { map, closed: Mutex::new(false), used_again: false })
    }

    /// The same, in which what was read makes room for more. Somebody has to read all the time.
    #[must_use]
    pub fn used_again(self) -> Self {
        Self { used_again: true, ..self }
    }

    /// Word 0 is the signature, word 1 the committed extent, word 2 the one that was read.
    #[expect(clippy::cast_ptr_alignment, reason = "a mapping begins at a page")]
    fn word(&self, index: usize) -> &AtomicU64 {
        debug_assert!(index < FIRST / size_of::<u64>());
        let pointer = self.map.as_mut_ptr().cast::<u64>().wrapping_add(index);
        // SAFETY: the mapping is page aligned, at least `FIRST` bytes long and lives as long as
        // `self`; both processes touch the header words only as atomics.
        unsafe { AtomicU64::from_ptr(pointer) }
    }

    /// What is in use. Grows with every record.
    fn committed(&self) -> Extent {
        Extent::from_word(self.word(1).load(Ordering::Acquire))
    }

    /// Where a record of so many bytes, its prefix included, goes: the extent before it and behind it. Waits for
    /// the reader if that makes room. The caller holds the lock.
    fn room_for(&self, bytes: usize) -> Result<(usize, Extent), HistoryError> {
        let fits = |extent: Extent| {
            let start = usize::try_from(extent.length).ok()?;
            let end = start.checked_add(bytes).filter(|end| *end <= CAPACITY)?;
            Some((start, Extent { length: u32::try_from(end).ok()?, ..extent }))
        };
        let now = self.committed();
        if let Some(place) = fits(now) {
            return Ok(place);
        }
        if !self.used_again {
            return Err(HistoryError::Full);
        }
        let end = Instant::now() + READ_WITHIN;
        while Extent::from_word(self.word(2).load(Ordering::Acquire)) != now {
            if Instant::now() > end {
                return Err(HistoryError::Full);
            }
            thread::sleep(READ_PAUSE);
        }
        fits(now.next_round()).ok_or(HistoryError::Full)
    }

    /// Appends one record of a thread. Nothing comes behind the event that says why the worker leaves:
    /// threads of the driver may run on until it is gone.
    ///
    /// # Errors
    /// [`HistoryError::Full`] if there is no room left.
    pub fn append(&self, thread: u32, record: &Record) -> Result<(), HistoryError> {
        let mut place = [0; USUAL_LENGTH];
        match postcard::to_slice(&record.event, &mut place) {
            Ok(event) => self.append_bytes(thread, record.actor, event, is_last(&record.event)),
            Err(postcard::Error::SerializeBufferFull) => {
                self.append_encoded(thread, record.actor, &Encoded::new(&record.event)?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// As [`append`](Self::append), for an event that was encoded before. Allocates nothing.
    ///
    /// # Errors
    /// [`HistoryError::Full`] if there is no room left.
    pub fn append_encoded(&self, thread: u32, actor: Actor, event: &Encoded) -> Result<(), HistoryError> {
        self.append_bytes(thread, actor, &event.event, event.last)
    }

    fn append_bytes(
        &self,
        thread: u32,
        actor: Actor,
        event: &[u8],
        is_last: bool,
    ) -> Result<(), HistoryError> {
        // A record is its actor and then its event: postcard puts nothing around or between fields.
        let mut place = [0; 8];
        let actor = postcard::to_slice(&actor, &mut place)?;
        let bytes = actor.len().checked_add(event.len()).ok_or(HistoryError::Full)?;
        let length = u32::try_from(bytes).map_err(|_| HistoryError::Full)?;
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return Err(HistoryError::Closed);
        }
        let (start, end) = self.room_for(bytes.checked_add(PREFIX).ok_or(HistoryError::Full)?)?;
        let body = start + PREFIX;
        self.copy_in(start, &length.to_le_bytes());
        self.copy_in(start + size_of::<u32>(), &thread.to_le_bytes());
        self.copy_in(body, actor);
        self.copy_in(body + actor.len(), event);
        self.word(1).store(end.word(), Ordering::Release);
        *closed = is_last;
        Ok(())
    }

    /// What was appended so far, as bytes.
    #[cfg(target_os = "linux")]
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let end = usize::try_from(self.committed().length).unwrap_or(CAPACITY).clamp(FIRST, CAPACITY);
        let mut bytes = vec![0; end - FIRST];
        self.copy_out(FIRST, &mut bytes);
        bytes
    }

    /// Begins anew, as if nothing had been appended. Nobody reads meanwhile.
    pub(crate) fn rewind(&self) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        self.word(1).store(self.committed().next_round().word(), Ordering::Release);
        *closed = false;
    }

    fn copy_in(&self, at: usize, bytes: &[u8]) {
        let target = self.map.as_mut_ptr().wrapping_add(at);
        // SAFETY: `append_encoded` checked that `at + bytes.len()` is inside the mapping; nobody else
        // writes (the guard) and no reader looks beyond the committed length.
        unsafe { target.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }

    /// Every record committed so far, in order.
    ///
    /// # Errors
    /// [`HistoryError::Damaged`] at what is no record.
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
        // reads (`rewind`) or before they were read (`room_for`).
        unsafe { source.copy_to_nonoverlapping(bytes.as_mut_ptr(), bytes.len()) };
    }
}

/// A place in a history: reads each record once.
pub struct Reader {
    at: usize,
    round: u32,
}

impl Default for Reader {
    fn default() -> Self {
        Self { at: FIRST, round: 0 }
    }
}

impl Reader {
    /// The next record that is committed, and the number of its thread. The number serves to tell the
    /// threads of one worker apart: it is no part of what two runs are compared by.
    ///
    /// # Errors
    /// [`HistoryError::Damaged`] at what is no record.
    pub fn next(&mut self, history: &HistoryFile) -> Result<Option<(u32, Record)>, HistoryError> {
        let committed = history.committed();
        if committed.round != self.round {
            *self = Self { at: FIRST, round: committed.round };
        }
        let at = self.at;
        let damaged = || HistoryError::Damaged { at };
        let end = usize::try_from(committed.length).unwrap_or(usize::MAX);
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
        // Inside the capacity, which a word has room for.
        let read = Extent { round: self.round, length: u32::try_from(next).map_err(|_| damaged())? };
        history.word(2).store(read.word(), Ordering::Release);
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
    fn what_was_read_makes_room() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let reading = HistoryFile::create(file.as_file()).unwrap();
        let writing = HistoryFile::open(file.path()).unwrap().used_again();
        let long = |number: usize| record(&(number.to_string() + &"x".repeat(CAPACITY / 3)));
        thread::scope(|scope| {
            scope.spawn(|| (0..8).for_each(|number| writing.append(1, &long(number)).unwrap()));
            let mut reader = Reader::default();
            for number in 0..8 {
                let next = || reader.next(&reading).unwrap();
                let found = std::iter::repeat_with(next).find_map(|found| found);
                assert_eq!(found, Some((1, long(number))));
            }
            assert_eq!(reader.next(&reading).unwrap(), None);
        });
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
