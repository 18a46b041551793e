//! What holds for a plan of any two lists. Both the fuzz target and `tests/resources.rs` ask it.

use edu_umdf::error::Error;
use edu_umdf::resources::{Descriptor, Plan};

/// Bytes of a descriptor.
const SIZE: usize = 20;
/// CmResourceType*, by the numbers of `wudfwdm.h`.
const PORT: u8 = 1;
const INTERRUPT: u8 = 2;
const MEMORY: u8 = 3;
const MEMORY_LARGE: u8 = 7;
/// CM_RESOURCE_INTERRUPT_MESSAGE.
const MESSAGE: u16 = 2;
/// CM_RESOURCE_MEMORY_LARGE_* and the unit of each, 2^n bytes, in the order in which the framework asks.
const LARGE: [(u16, u32); 3] = [(0x200, 8), (0x400, 16), (0x800, 32)];

type Bytes = [u8; SIZE];

/// Makes two lists of any bytes, descriptors of one and the other in turn, and checks their plan. The raw list may
/// be longer by one.
pub fn check(bytes: &[u8]) {
    let (descriptors, _) = bytes.as_chunks::<SIZE>();
    let raw: Vec<_> = descriptors.iter().step_by(2).copied().collect();
    let translated: Vec<_> = descriptors.iter().skip(1).step_by(2).copied().collect();
    match Plan::new(list(&raw), list(&translated)) {
        Ok(plan) => {
            assert_eq!(raw.len(), translated.len());
            assert_eq!(first_odd(&raw, &translated), None);
            memory_is_there(&plan, &raw, &translated);
            interrupt_is_there(&plan, &raw, &translated);
        }
        Err(Error::ResourceCounts { raw: counted, translated: twins }) => {
            assert_eq!((counted, twins), (raw.len(), translated.len()));
            assert_ne!(counted, twins);
        }
        Err(Error::ResourcePair { index, .. }) => {
            assert_eq!(first_odd(&raw, &translated), Some(index as usize));
        }
        Err(other) => panic!("{other}"),
    }
}

fn list(list: &[Bytes]) -> impl ExactSizeIterator<Item = Result<Descriptor, Error>> {
    list.iter().map(|bytes| Ok(Descriptor(*bytes)))
}

fn flags(bytes: &Bytes) -> u16 {
    u16::from_ne_bytes([bytes[2], bytes[3]])
}

fn word(bytes: &Bytes, at: usize) -> u32 {
    u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn is_memory(bytes: &Bytes) -> bool {
    [MEMORY, MEMORY_LARGE].contains(&bytes[0])
}

fn is_message(bytes: &Bytes) -> bool {
    flags(bytes) & MESSAGE != 0
}

/// The index of the first pair that is not the same resource.
fn first_odd(raw: &[Bytes], translated: &[Bytes]) -> Option<usize> {
    raw.iter().zip(translated).position(|(raw, translated)| match (raw[0], translated[0]) {
        (PORT | MEMORY | MEMORY_LARGE, PORT | MEMORY | MEMORY_LARGE) => false,
        (INTERRUPT, INTERRUPT) => is_message(raw) != is_message(translated),
        (raw, translated) => raw != translated,
    })
}

/// Start and length of a memory descriptor; none if it is of ports.
fn range(bytes: &Bytes) -> Option<(u64, u128)> {
    let start = bytes[4..12].iter().rev().fold(0, |start, byte| start << 8 | u64::from(*byte));
    let unit = match bytes[0] {
        MEMORY => Some(0),
        MEMORY_LARGE => LARGE.iter().find(|(flag, _)| flags(bytes) & flag != 0).map(|(_, unit)| *unit),
        _ => return None,
    };
    Some((start, unit.map_or(0, |unit| u128::from(word(bytes, 12)) << unit)))
}

/// Exactly the good ranges are given, at their positions in the raw list.
fn memory_is_there(plan: &Plan, raw: &[Bytes], translated: &[Bytes]) {
    const NEEDED: usize = 0x80;
    let memory: Vec<_> =
        raw.iter().zip(translated).filter(|(raw, _)| is_memory(raw)).map(|(_, other)| range(other)).collect();
    for (position, range) in memory.iter().enumerate() {
        let good = range.filter(|(start, length)| {
            *start != 0 && *length >= NEEDED as u128 && u128::from(*start) + length < 1 << 64
        });
        assert_eq!(plan.memory(position, NEEDED).ok(), good.map(|(start, _)| start));
    }
    let (position, count) = (memory.len(), memory.len());
    assert_eq!(plan.memory(position, NEEDED), Err(Error::NoMemory { position, count }));
}

/// The first message with a vector, or else the first line with one.
fn interrupt_is_there(plan: &Plan, raw: &[Bytes], translated: &[Bytes]) {
    let first = |messages: bool| {
        translated
            .iter()
            .position(|bytes| bytes[0] == INTERRUPT && word(bytes, 8) != 0 && is_message(bytes) == messages)
    };
    let Some(plan) = plan.interrupt() else {
        assert_eq!((first(true), first(false)), (None, None));
        return;
    };
    let index = plan.index as usize;
    if plan.messages == 0 {
        assert_eq!((first(true), first(false)), (None, Some(index)));
    } else {
        assert_eq!(Some(index), first(true));
        let count = u16::from_ne_bytes([raw[index][6], raw[index][7]]);
        assert_eq!(plan.messages, count.max(1));
    }
}
