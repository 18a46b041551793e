use std::mem::offset_of;

use proptest::prelude::*;
use wdk_sys::{
    CM_PARTIAL_RESOURCE_DESCRIPTOR, CM_RESOURCE_MEMORY_LARGE_40, CM_RESOURCE_MEMORY_LARGE_48,
    CM_RESOURCE_MEMORY_LARGE_64, CmResourceTypeBusNumber, CmResourceTypeConnection,
    CmResourceTypeDevicePrivate, CmResourceTypeDeviceSpecific, CmResourceTypeDma, CmResourceTypeInterrupt,
    CmResourceTypeMemory, CmResourceTypeMemoryLarge, CmResourceTypeNull, CmResourceTypePort,
};

use super::*;

/// A descriptor from its parts; `words` are the four words of the union.
fn descriptor(kind: u32, share: u8, flags: u32, words: [u32; 4]) -> Descriptor {
    let mut bytes = [0; 20];
    bytes[0] = u8::try_from(kind).unwrap();
    bytes[1] = share;
    bytes[2..4].copy_from_slice(&u16::try_from(flags).unwrap().to_ne_bytes());
    for (place, word) in bytes[4..].chunks_exact_mut(4).zip(words) {
        place.copy_from_slice(&word.to_ne_bytes());
    }
    Descriptor(bytes)
}

fn range(kind: u32, flags: u32, start: u64, length: u32) -> Descriptor {
    let [low, high] = [start & 0xffff_ffff, start >> 32].map(|half| u32::try_from(half).unwrap());
    descriptor(kind, 1, flags, [low, high, length, 0])
}

fn memory(start: u64, length: u32) -> Descriptor {
    range(CmResourceTypeMemory, 0, start, length)
}

fn port(start: u64, length: u32) -> Descriptor {
    range(CmResourceTypePort, 1, start, length)
}

fn private() -> Descriptor {
    descriptor(CmResourceTypeDevicePrivate, 0, 0, [1, 2, 3, 0])
}

fn line(share: u8, flags: u32, vector: u32) -> Descriptor {
    descriptor(CmResourceTypeInterrupt, share, flags, [7, vector, 1, 0])
}

/// The raw arm: 16 bits reserved, 16 bits count.
fn raw_message(count: u16) -> Descriptor {
    let [a, b] = count.to_ne_bytes();
    let word = u32::from_ne_bytes([0, 0, a, b]);
    descriptor(CmResourceTypeInterrupt, 1, 3, [word, 0xdead, 0, 0])
}

/// The translated arm.
fn message(vector: u32) -> Descriptor {
    descriptor(CmResourceTypeInterrupt, 1, 3, [0xffff_ffff, vector, 0, 0])
}

fn plan_of(raw: &[Descriptor], translated: &[Descriptor]) -> Result<Plan, Error> {
    Plan::new(raw.iter().copied().map(Ok), translated.iter().copied().map(Ok))
}

/// The plan of two lists that are the same.
fn plan(both: &[Descriptor]) -> Plan {
    plan_of(both, both).unwrap()
}

#[test]
fn every_kind_is_recognised() {
    let memory_range = |start, length| Resource::Memory { start, length };
    let large = |flags| range(CmResourceTypeMemoryLarge, flags, 0x12_3456_7000, 0x8000_0001);
    let cases = [
        (memory(0xfe00_0000, 0x10_0000), memory_range(0xfe00_0000, 0x10_0000)),
        (memory(0x8_0000_0000, 0x1000), memory_range(0x8_0000_0000, 0x1000)),
        (large(CM_RESOURCE_MEMORY_LARGE_40), memory_range(0x12_3456_7000, 0x80_0000_0100)),
        (large(CM_RESOURCE_MEMORY_LARGE_48), memory_range(0x12_3456_7000, 0x8000_0001_0000)),
        (large(CM_RESOURCE_MEMORY_LARGE_64), memory_range(0x12_3456_7000, 0x8000_0001_0000_0000)),
        // Two units at once: the first in the framework's order counts.
        (
            large(CM_RESOURCE_MEMORY_LARGE_48 | CM_RESOURCE_MEMORY_LARGE_64),
            memory_range(0x12_3456_7000, 0x8000_0001_0000),
        ),
        (large(0), memory_range(0x12_3456_7000, 0)),
        (port(0xc000, 0x100), Resource::Port { start: 0xc000, length: 0x100 }),
        (line(3, 0, 0x91), Resource::Line { vector: 0x91, latched: false, shared: true }),
        (line(1, 1, 0x92), Resource::Line { vector: 0x92, latched: true, shared: false }),
        (descriptor(CmResourceTypeDma, 0, 0, [5, 1, 0x0002_0000, 0]), Resource::Dma { channel: 5 }),
        (
            descriptor(CmResourceTypeDma, 0, 0x80, [6, 9, u32::from_ne_bytes([2, 0, 0, 0]), 0]),
            Resource::DmaV3 { channel: 6, request_line: 9, width: 2 },
        ),
        (
            descriptor(CmResourceTypeBusNumber, 0, 0, [3, 2, 0, 0]),
            Resource::BusNumber { start: 3, length: 2 },
        ),
        (
            descriptor(
                CmResourceTypeConnection,
                0,
                0,
                [u32::from_ne_bytes([1, 2, 0, 0]), 0x5555_6666, 0x1111_2222, 0],
            ),
            Resource::Connection { class: 1, kind: 2, id_low: 0x5555_6666, id_high: 0x1111_2222 },
        ),
        (private(), Resource::DevicePrivate),
        (
            descriptor(CmResourceTypeDeviceSpecific, 0, 0, [64, 0, 0, 0]),
            Resource::DeviceSpecific { size: 64 },
        ),
        (descriptor(CmResourceTypeNull, 0, 0, [0; 4]), Resource::Null),
        (descriptor(0x80, 0, 0, [0; 4]), Resource::Unknown { kind: 0x80 }),
        (descriptor(0xff, 0, 0, [0; 4]), Resource::Unknown { kind: 0xff }),
        (descriptor(8, 0, 0, [0; 4]), Resource::Unknown { kind: 8 }),
    ];
    for (given, expected) in cases {
        assert_eq!(Resource::classify(&given, &given), expected);
    }
}

/// So they are read in one way.
#[test]
fn start_and_length_lie_at_the_same_place_in_every_range() {
    macro_rules! places {
        ($($range:ident.$length:ident),*) => {
            [$((offset_of!(CM_PARTIAL_RESOURCE_DESCRIPTOR, u.$range.Start),
                offset_of!(CM_PARTIAL_RESOURCE_DESCRIPTOR, u.$range.$length))),*]
        };
    }
    let places = places!(
        Generic.Length,
        Memory.Length,
        Memory40.Length40,
        Memory48.Length48,
        Memory64.Length64,
        Port.Length
    );
    assert_eq!(places, [places[0]; 6]);
}

/// The message count stands in the raw list only, the vector that counts in the translated one only.
#[test]
fn a_message_interrupt_is_read_from_both_lists() {
    let expected = Resource::Message { vector: 0x94, messages: 2 };
    assert_eq!(Resource::classify(&raw_message(2), &message(0x94)), expected);
}

#[test]
fn memory_is_counted_and_nothing_around_it() {
    let list = [
        port(0xc000, 0x100),
        private(),
        range(CmResourceTypeMemoryLarge, CM_RESOURCE_MEMORY_LARGE_40, 0x4000_0000_0000, 0x10),
        private(),
        line(1, 0, 0x91),
        memory(0xfe00_0000, 0x80),
    ];
    let plan = plan(&list);
    assert_eq!(plan.memory(0, 0x80), Ok(0x4000_0000_0000));
    assert_eq!(plan.memory(1, 0x80), Ok(0xfe00_0000));
    assert_eq!(plan.memory(2, 0x80), Err(Error::NoMemory { position: 2, count: 2 }));
}

#[test]
fn the_address_and_the_length_come_from_the_translated_list() {
    let plan = plan_of(&[memory(0x1000, 0x10)], &[memory(0xfe00_0000, 0x1000)]).unwrap();
    assert_eq!(plan.memory(0, 0x80), Ok(0xfe00_0000));
}

/// The second BAR stays the first memory where the first one, of ports, has become memory too.
#[test]
fn ports_that_become_memory_shift_no_position() {
    let raw = [port(0xc000, 0x100), memory(0xfe00_0000, 0x1000)];
    let translated = [memory(0x3_f000_c000, 0x100), memory(0x3_fe00_0000, 0x1000)];
    let plan = plan_of(&raw, &translated).unwrap();
    assert_eq!(plan.memory(0, 0x80), Ok(0x3_fe00_0000));
    assert_eq!(plan.memory(1, 0x80), Err(Error::NoMemory { position: 1, count: 1 }));
}

#[test]
fn memory_that_becomes_ports_keeps_its_position_and_cannot_be_mapped() {
    let raw = [memory(0xfe00_0000, 0x1000), memory(0xfe10_0000, 0x1000)];
    let translated = [port(0xc000, 0x1000), memory(0xfe10_0000, 0x1000)];
    let plan = plan_of(&raw, &translated).unwrap();
    assert_eq!(plan.memory(0, 0x80), Err(Error::MemoryIsPorts { position: 0 }));
    assert_eq!(plan.memory(1, 0x80), Ok(0xfe10_0000));
}

#[test]
fn lists_of_different_length_are_refused() {
    let one = [memory(0xfe00_0000, 0x1000)];
    assert_eq!(plan_of(&[], &one), Err(Error::ResourceCounts { raw: 0, translated: 1 }));
    assert_eq!(plan_of(&one, &[]), Err(Error::ResourceCounts { raw: 1, translated: 0 }));
}

#[test]
fn a_pair_that_is_not_the_same_resource_is_refused() {
    let pair = |raw: Descriptor, translated: Descriptor| {
        plan_of(&[private(), raw], &[private(), translated]).unwrap_err()
    };
    let error = |raw, translated| Error::ResourcePair { index: 1, pair: Box::new([raw, translated]) };
    let some_memory = Resource::Memory { start: 0x1000, length: 0x80 };
    let some_line = |latched| Resource::Line { vector: 5, latched, shared: false };
    assert_eq!(pair(line(1, 0, 5), memory(0x1000, 0x80)), error(some_line(false), some_memory));
    assert_eq!(pair(memory(0x1000, 0x80), line(1, 1, 5)), error(some_memory, some_line(true)));
    assert_eq!(pair(private(), memory(0x1000, 0x80)), error(Resource::DevicePrivate, some_memory));
    // The number of messages stands nowhere in a line's descriptor.
    let is_pair = |error, is: fn(&[Resource; 2]) -> bool| match error {
        Error::ResourcePair { index: 1, pair } => is(&pair),
        _ => false,
    };
    let to_messages = pair(line(1, 0, 5), message(5));
    assert!(is_pair(to_messages, |pair| matches!(pair, [Resource::Line { .. }, Resource::Message { .. }])));
    let to_line = pair(raw_message(1), line(1, 1, 5));
    assert!(is_pair(to_line, |pair| matches!(pair, [Resource::Message { .. }, Resource::Line { .. }])));
    assert_eq!(
        pair(private(), memory(0x1000, 0x80)).to_string(),
        "resource 1 is DevicePrivate in the raw list, but Memory { start: 1000, length: 80 } in the translated"
    );
}

/// Whatever the framework says instead of a descriptor ends the walk, and is what the start fails with.
#[test]
fn a_missing_descriptor_is_passed_on() {
    let missing = || [Ok(private()), Err(Error::ResourceMissing { index: 1 })].into_iter();
    let whole = || [private(); 2].map(Ok).into_iter();
    assert_eq!(Plan::new(missing(), whole()), Err(Error::ResourceMissing { index: 1 }));
    assert_eq!(Plan::new(whole(), missing()), Err(Error::ResourceMissing { index: 1 }));
}

#[test]
fn memory_that_cannot_be_used_is_refused() {
    let first = |start, length| plan(&[memory(start, length)]).memory(0, 0x80);
    assert_eq!(plan(&[]).memory(0, 0x80), Err(Error::NoMemory { position: 0, count: 0 }));
    assert_eq!(plan(&[port(0xc000, 0x100)]).memory(0, 0x80), Err(Error::NoMemory { position: 0, count: 0 }));
    assert_eq!(first(0x1000, 0), Err(Error::MemoryShort { position: 0, length: 0, needed: 0x80 }));
    let empty = Err(Error::MemoryShort { position: 0, length: 0, needed: 1 });
    assert_eq!(plan(&[memory(0x1000, 0)]).memory(0, 0), empty);
    assert_eq!(first(0x1000, 0x7f), Err(Error::MemoryShort { position: 0, length: 0x7f, needed: 0x80 }));
    assert_eq!(first(0, 0x80), Err(Error::MemoryAddress { position: 0, start: 0, length: 0x80 }));
    let beyond = u64::MAX - 0x7e;
    assert_eq!(first(beyond, 0x80), Err(Error::MemoryAddress { position: 0, start: beyond, length: 0x80 }));
}

/// Memory that the driver does not ask for may be anything.
#[test]
fn memory_that_is_not_asked_for_does_no_harm() {
    let plan = plan(&[memory(0, 0), memory(0xfe00_0000, 0x80), memory(u64::MAX, u32::MAX)]);
    assert_eq!(plan.memory(1, 0x80), Ok(0xfe00_0000));
}

#[test]
fn the_last_bytes_of_the_address_space_and_the_minimum_length_are_fine() {
    let start = u64::MAX - 0x80;
    assert_eq!(plan(&[memory(start, 0x80)]).memory(0, 0x80), Ok(start));
}

#[test]
fn messages_are_preferred_to_lines_and_the_first_counts() {
    let raw = [private(), line(3, 0, 1), line(1, 1, 2), raw_message(4), raw_message(1)];
    let translated = [private(), line(3, 0, 0x71), line(1, 1, 0x72), message(0x73), message(0x77)];
    let interrupt = |count| plan_of(&raw[..count], &translated[..count]).unwrap().interrupt();
    assert_eq!(interrupt(1), None);
    assert_eq!(interrupt(2), Some(InterruptPlan { index: 1, messages: 0 }));
    assert_eq!(interrupt(3), Some(InterruptPlan { index: 1, messages: 0 }));
    assert_eq!(interrupt(4), Some(InterruptPlan { index: 3, messages: 4 }));
    assert_eq!(interrupt(5), Some(InterruptPlan { index: 3, messages: 4 }));
}

#[test]
fn an_interrupt_without_a_vector_is_none() {
    let raw = [raw_message(1), line(1, 0, 5), raw_message(0)];
    let translated = [message(0), line(1, 0, 0), message(0x73)];
    let interrupt = |count| plan_of(&raw[..count], &translated[..count]).unwrap().interrupt();
    assert_eq!(interrupt(2), None);
    // A count of 0 stands for one message.
    assert_eq!(interrupt(3), Some(InterruptPlan { index: 2, messages: 1 }));
}

proptest! {
    /// What goes into a memory descriptor comes out of the plan, in each of the four units.
    #[test]
    fn memory_survives_the_round_trip(start in 1u64..1 << 63, length in 1u32..1 << 30, unit in 0usize..4) {
        let (kind, flags, shift) = [
            (CmResourceTypeMemory, 0, 0),
            (CmResourceTypeMemoryLarge, CM_RESOURCE_MEMORY_LARGE_40, 8),
            (CmResourceTypeMemoryLarge, CM_RESOURCE_MEMORY_LARGE_48, 16),
            (CmResourceTypeMemoryLarge, CM_RESOURCE_MEMORY_LARGE_64, 32),
        ][unit];
        let length_in_bytes = u64::from(length) << shift;
        let plan = plan(&[range(kind, flags, start, length)]);
        prop_assert_eq!(plan.memory(0, usize::try_from(length_in_bytes).unwrap()), Ok(start));
        let needed = length_in_bytes + 1;
        let short = Error::MemoryShort { position: 0, length: length_in_bytes, needed };
        prop_assert_eq!(plan.memory(0, usize::try_from(needed).unwrap()), Err(short));
    }

    /// Of all memory descriptors exactly those are accepted that hold the registers.
    #[test]
    fn any_range_is_judged_by_its_numbers(start: u64, length in prop_oneof![0u32..0x100, any::<u32>()]) {
        let good = start != 0 && length >= 0x80 && start.checked_add(u64::from(length)).is_some();
        prop_assert_eq!(plan(&[memory(start, length)]).memory(0, 0x80).is_ok(), good);
    }

    /// A range that reaches beyond the last address is one error, whatever its unit.
    #[test]
    fn an_overflow_is_caught(length in 2u32.., below in 0u64..1 << 31, unit in 1usize..4) {
        let flags = [0, CM_RESOURCE_MEMORY_LARGE_40, CM_RESOURCE_MEMORY_LARGE_48, CM_RESOURCE_MEMORY_LARGE_64][unit];
        let shift = [0, 8, 16, 32][unit];
        let length_in_bytes = u64::from(length) << shift;
        // One byte too many at least.
        let start = u64::MAX - below.min(length_in_bytes - 2);
        let error = Error::MemoryAddress { position: 0, start, length: length_in_bytes };
        prop_assert_eq!(plan(&[range(CmResourceTypeMemoryLarge, flags, start, length)]).memory(0, 0x80), Err(error));
    }

    /// The order of the list is that of the positions, whatever lies between.
    #[test]
    fn the_order_is_kept(gaps in prop::collection::vec(0usize..4, 0..20)) {
        let list: Vec<_> = (1u64..).zip(&gaps).flat_map(|(number, gap)| {
            std::iter::repeat_n(private(), *gap).chain([memory(number << 12, 0x1000)])
        }).collect();
        let plan = plan(&list);
        for position in 0..gaps.len() {
            prop_assert_eq!(plan.memory(position, 0x1000), Ok((position as u64 + 1) << 12));
        }
        let count = gaps.len();
        prop_assert_eq!(plan.memory(count, 1), Err(Error::NoMemory { position: count, count }));
    }
}
