//! One number for all that happened in a life: two lives are the same if their numbers are.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::FxHasher;

use super::{Event, HistoryFile, Record};

/// Of a history, from the entry into the driver to its end.
pub fn of_history(history: &HistoryFile) -> u64 {
    of_bytes(&history.bytes())
}

/// The same, of the events as they were read, each with the number of its thread. That the library was loaded is no
/// part of it: an explorer does it once for all lives.
pub fn of_events<'a>(events: impl Iterator<Item = (u32, &'a Record)>) -> u64 {
    let of_life =
        events.filter(|(_, record)| !matches!(record.event, Event::Loading { .. } | Event::Loaded { .. }));
    let mut bytes = Vec::new();
    for (thread, record) in of_life {
        // Whatever was read can be written.
        let body = postcard::to_stdvec(record).unwrap_or_default();
        // Longer than 4 GiB no history can be.
        bytes.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(thread.to_le_bytes());
        bytes.extend(body);
    }
    of_bytes(&bytes)
}

fn of_bytes(bytes: &[u8]) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Actor, Reader};

    type Events = Vec<(u32, Record)>;

    #[test]
    fn written_and_read_are_the_same() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let history = HistoryFile::create(file.as_file()).unwrap();
        let library = || String::from("driver.so");
        let record = |event| Record { actor: Actor::Host, event };
        history.append(1, &record(Event::Trace { line: "one".into() })).unwrap();
        history.append(2, &record(Event::Trace { line: "x".repeat(1000) })).unwrap();
        history.append(1, &record(Event::Finished)).unwrap();
        let mut events = vec![
            (1, record(Event::Loading { library: library() })),
            (1, record(Event::Loaded { library: library() })),
        ];
        let mut reader = Reader::default();
        events.extend(std::iter::from_fn(|| reader.next(&history).unwrap()));
        let digest =
            |events: &[(u32, Record)]| of_events(events.iter().map(|(thread, record)| (*thread, record)));
        assert_eq!(digest(&events), of_history(&history));
        let changes: [fn(&mut Events); 4] = [
            |events| events.truncate(4),
            |events| events.swap(2, 3),
            |events| events[3].0 = 1,
            |events| events[3].1.actor = Actor::Io,
        ];
        for change in changes {
            let mut other = events.clone();
            change(&mut other);
            assert_ne!(digest(&other), of_history(&history));
        }
    }
}
