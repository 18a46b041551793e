use super::*;
use crate::bus::abacus::AbacusDevice;
use crate::bus::device::{Identity, Width};
use crate::bus::fault::FaultyDevice;
use crate::bus::pci::Space;
use crate::bus::resources::Assigned;
use crate::bus::scratch::ScratchDevice;

const NOW: Duration = Duration::ZERO;
const ALL: u32 = u32::MAX;

/// A bus with functions that have so many messages, in slots from 0 on.
fn bus(messages: &[u8]) -> PciBus {
    let mut bus = PciBus::default();
    for (slot, count) in (0..).zip(messages) {
        let identity = Identity { messages: *count, ..AbacusDevice::IDENTITY };
        let device = ScratchDevice::new(identity, vec![]);
        bus.plug(slot, FaultyDevice::new(Box::new(device), vec![])).unwrap();
    }
    bus
}

/// Number of messages in the raw descriptor, first vector in the translated one.
fn messages(assigned: &Assigned) -> (u16, u32) {
    match (assigned.raw.last().unwrap().resource, assigned.translated.last().unwrap().resource) {
        (
            Resource::MessageInterrupt { message_count, .. },
            Resource::Interrupt { vector, level, affinity: 1 },
        ) => {
            assert_eq!(level, vector >> 4);
            (message_count, vector)
        }
        other => panic!("no messages: {other:?}"),
    }
}

#[test]
fn messages_are_as_many_as_both_sides_allow() {
    for (has, limit, gets) in [
        (1, ALL, 1),
        (2, ALL, 2),
        (32, ALL, 32),
        (2, 1, 1),
        (8, 5, 4),
        (4, 16, 4),
        // No capability has these; the host lives.
        (3, ALL, 2),
        (255, ALL, 32),
    ] {
        let assigned = bus(&[has]).start(0, limit).unwrap();
        assert_eq!(assigned.raw.len(), 1, "one descriptor for all");
        assert_eq!(messages(&assigned).0, gets, "{has} {limit}");
    }
}

#[test]
fn without_messages_the_pin_stays() {
    for (has, limit) in [(0, ALL), (2, 0)] {
        let assigned = bus(&[has]).start(0, limit).unwrap();
        assert_eq!(assigned.raw, [Descriptor::line(20, 20, u64::MAX)]);
    }
}

#[test]
fn vectors_are_aligned_and_nobodys_twice() {
    let counts = [2, 4, 1, 16, 8, 2, 16];
    let mut bus = bus(&counts);
    let mut taken = BTreeSet::new();
    for (slot, count) in (0..).zip(counts) {
        let (granted, first) = messages(&bus.start(slot, ALL).unwrap());
        assert_eq!(granted, u16::from(count));
        assert!(first.is_multiple_of(granted.into()), "{first:#x}");
        for vector in first..first + u32::from(granted) {
            assert!(vector < 0x100 && taken.insert(vector), "{vector:#x}");
        }
    }
}

#[test]
fn when_vectors_run_out_there_are_fewer() {
    let mut bus = bus(&[32, 16, 32, 2, 2]);
    let granted: Vec<_> = (0..5).map(|slot| messages(&bus.start(slot, ALL).unwrap())).collect();
    assert_eq!(granted, [(32, 0xc0), (16, 0xe0), (16, 0xf0), (1, 0x93), (1, 0x94)]);
    // Its own vectors are free for a device that starts again.
    bus.stop(0).unwrap();
    assert_eq!(messages(&bus.start(0, ALL).unwrap()), (32, 0xc0));
}

#[test]
fn each_message_has_its_vector() {
    let mut bus = PciBus::default();
    bus.plug(4, FaultyDevice::new(Box::new(AbacusDevice::default()), vec![])).unwrap();
    let assigned = bus.start(4, ALL).unwrap();
    let (2, first) = messages(&assigned) else { panic!("two messages") };
    let registers = assigned.translated[0].memory().unwrap().0;
    let Resource::Port { start: port, .. } = assigned.translated[4].resource else { panic!("ports") };

    bus.write(Space::Memory, registers + 0x24, Width::U32, 3, NOW);
    bus.write(Space::Port, port, Width::U8, 9, NOW);
    let sent =
        |vectors: &[u32]| Pending { lines: BTreeSet::new(), messages: vectors.iter().copied().collect() };
    assert_eq!(bus.take_pending(NOW), sent(&[first + 1]));
    assert_eq!(bus.take_pending(NOW), sent(&[]));

    // Done and error at the same time.
    bus.write(Space::Memory, registers + 0x20, Width::U32, 3, NOW);
    bus.write(Space::Memory, registers + 0x14, Width::U32, 1, NOW);
    bus.write(Space::Port, port, Width::U8, 1, NOW);
    bus.write(Space::Port, port, Width::U8, 1, NOW);
    let later = bus.next_event().unwrap();
    assert_eq!(bus.take_pending(later), sent(&[first, first + 1]));

    // With one message granted both are that one.
    bus.stop(4).unwrap();
    let (1, only) = messages(&bus.start(4, 1).unwrap()) else { panic!("one message") };
    bus.write(Space::Memory, registers + 0x20, Width::U32, 3, later);
    bus.write(Space::Port, port, Width::U8, 9, later);
    assert_eq!(bus.take_pending(later), sent(&[only]));
}

#[test]
fn messages_that_were_not_granted_reach_nobody() {
    let messages = Messages { first: 0xc0, count: 2 };
    let vectors = |sent| messages.vectors_of(sent).collect::<Vec<_>>();
    assert_eq!(vectors(0b11), [0xc0, 0xc1]);
    assert_eq!(vectors(0b110), [0xc1]);
    assert_eq!(vectors(u32::MAX), [0xc0, 0xc1]);
}

#[test]
fn the_long_memory_is_a_large_descriptor() {
    let mut bus = PciBus::default();
    bus.plug(4, FaultyDevice::new(Box::new(AbacusDevice::default()), vec![])).unwrap();
    let assigned = bus.start(4, ALL).unwrap();
    let types: Vec<_> = assigned.translated.iter().map(Descriptor::resource_type).collect();
    assert_eq!(types, [3, 0x81, 7, 0x81, 1, 0x81, 2]);
    assert_eq!(assigned.translated[2].flags, 0x284);
}
