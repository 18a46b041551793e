//! What happened, in order: events in a memory-mapped file that both processes see.

#[cfg(target_os = "linux")]
pub(crate) mod digest;
mod event;
mod file;
mod words;

pub use event::{Actor, Event, Record};
pub use file::{Encoded, HistoryError, HistoryFile, Reader};
