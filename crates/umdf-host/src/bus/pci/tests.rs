use super::*;
use crate::bus::device::{Bar, BarKind, Identity};
use crate::bus::edu::EduDevice;
use crate::bus::resources::Resource;
use crate::bus::scratch::ScratchDevice;

const NOW: Duration = Duration::ZERO;
const SLOT: u16 = 4;

fn edu() -> FaultyDevice {
    FaultyDevice::new(Box::new(EduDevice::default()), vec![])
}

fn scratch(bars: &[(BarKind, u64)]) -> FaultyDevice {
    let identity = Identity { interrupt_pin: false, messages: 0, ..EduDevice::IDENTITY };
    let bars = bars.iter().map(|(kind, length)| Bar::new(*kind, *length).unwrap()).collect();
    FaultyDevice::new(Box::new(ScratchDevice::new(identity, bars)), vec![])
}

const M32: BarKind = BarKind::Memory32 { prefetchable: false };
const M64: BarKind = BarKind::Memory64 { prefetchable: true };

fn bus(device: FaultyDevice) -> PciBus {
    let mut bus = PciBus::default();
    bus.plug(SLOT, device).unwrap();
    bus
}

/// CPU addresses of the memory BARs.
fn memory(assigned: &Assigned) -> Vec<u64> {
    assigned.translated.iter().filter_map(|descriptor| Some(descriptor.memory()?.0)).collect()
}

#[test]
fn places_do_not_depend_on_who_is_started_first() {
    let addresses = |started: &[u16]| {
        let mut bus = PciBus::default();
        for slot in [9, SLOT, 7] {
            bus.plug(slot, scratch(&[(M32, 0x1000), (M64, 0x2000)])).unwrap();
        }
        bus.place_all();
        let start = |slot: &u16| (*slot, memory(&bus.start(*slot, 0).unwrap()));
        started.iter().map(start).collect::<BTreeMap<_, _>>()
    };
    let all = addresses(&[SLOT, 7, 9]);
    assert_eq!(addresses(&[9, 7, SLOT]), all);
    assert_eq!(addresses(&[9])[&9], all[&9]);
    assert_eq!(all[&SLOT], [0x8_c000_0000, 0x4100_0000_0000]);
}

#[test]
fn a_device_without_a_place_gets_none_at_its_start_either() {
    let mut bus = PciBus::default();
    bus.plug(SLOT, scratch(&[(M32, 1 << 29), (M32, 1 << 29), (M32, 1 << 29)])).unwrap();
    bus.plug(5, scratch(&[(M32, 1 << 29)])).unwrap();
    bus.place_all();
    assert!(bus.start(SLOT, 0).is_ok());
    assert!(matches!(bus.start(5, 0), Err(BusError::NoRoom { .. })));
}

#[test]
fn ids_are_those_that_windows_builds() {
    let bus = bus(edu());
    assert_eq!(
        bus.hardware_ids(SLOT).unwrap(),
        [
            r"PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10",
            r"PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4",
            r"PCI\VEN_1234&DEV_11E8&CC_00FF00",
            r"PCI\VEN_1234&DEV_11E8&CC_00FF",
        ]
    );
    assert_eq!(
        bus.compatible_ids(SLOT).unwrap(),
        [
            r"PCI\VEN_1234&DEV_11E8&REV_10",
            r"PCI\VEN_1234&DEV_11E8",
            r"PCI\VEN_1234&CC_00FF00",
            r"PCI\VEN_1234&CC_00FF",
            r"PCI\VEN_1234",
            r"PCI\CC_00FF00",
            r"PCI\CC_00FF",
        ]
    );
}

#[test]
fn edu_gets_a_bar_a_note_and_a_line() {
    let lists = bus(edu()).start(SLOT, 0).unwrap();

    assert_eq!(lists.raw.len(), 3);
    assert_eq!(lists.raw[0].resource, Resource::Memory { start: 0xc000_0000, length: 0x10_0000 });
    assert_eq!(lists.translated[0].resource, Resource::Memory { start: 0x8_c000_0000, length: 0x10_0000 });
    assert_eq!(lists.raw[1].resource_type(), 0x81);
    assert_eq!(lists.translated[1], lists.raw[1]);
    let line = |level, vector, affinity| Descriptor::line(level, vector, affinity);
    assert_eq!(lists.raw[2], line(20, 20, u64::MAX));
    assert_eq!(lists.translated[2], line(7, 0x74, 1));
}

#[test]
fn lines_go_round_over_the_slots() {
    for (slot, line) in [(1, 21), (2, 22), (3, 23), (4, 20), (8, 20)] {
        let mut bus = PciBus::default();
        bus.plug(slot, edu()).unwrap();
        let lists = bus.start(slot, 0).unwrap();
        assert_eq!(lists.raw[2], Descriptor::line(line, line, u64::MAX), "slot {slot}");
    }
}

#[test]
fn messages_replace_the_line_when_allowed() {
    let mut bus = bus(edu());
    let lists = bus.start(SLOT, 1).unwrap();

    let [.., raw] = lists.raw[..] else { panic!("empty") };
    let [.., translated] = lists.translated[..] else { panic!("empty") };
    assert_eq!((raw.flags, raw.share as u8, raw.resource_type()), (0x3, 1, 2));
    assert_eq!((translated.flags, translated.share as u8), (0x3, 1));
    let Resource::MessageInterrupt { message_count: 1, vector, .. } = raw.resource else { panic!("{raw}") };
    assert_ne!(vector, 0);
    assert_eq!(translated.resource, Resource::Interrupt { level: 9, vector: 0x94, affinity: 1 });

    bus.write(Space::Memory, memory(&lists)[0] + 0x60, Width::U32, 1, NOW);
    assert_eq!(bus.take_pending(NOW), Pending { lines: BTreeSet::new(), messages: [0x94].into() });
}

#[test]
fn a_device_without_msi_or_pin_gets_no_interrupt() {
    let lists = bus(scratch(&[(M32, 0x40)])).start(SLOT, 1).unwrap();
    assert_eq!((lists.raw.len(), lists.translated.len()), (2, 2));
}

#[test]
fn a_device_without_bars_gets_empty_lists() {
    let lists = bus(scratch(&[])).start(SLOT, 0).unwrap();
    assert!(lists.raw.is_empty() && lists.translated.is_empty());
}

#[test]
fn every_kind_of_bar_has_its_place() {
    let bars = [(M32, 0x40), (M64, 1 << 33), (BarKind::Io, 0x20), (M32, 0x1000), (M64, 0x4000)];
    let lists = bus(scratch(&bars)).start(SLOT, 0).unwrap();

    let types: Vec<u8> = lists.translated.iter().map(Descriptor::resource_type).collect();
    assert_eq!(types, [3, 0x81, 7, 0x81, 1, 0x81, 3, 0x81, 3, 0x81]);
    assert_eq!(lists.raw.len(), lists.translated.len());
    // Ports are not translated.
    assert_eq!(lists.raw[4], lists.translated[4]);
    for (raw, translated) in lists.raw.iter().zip(&lists.translated) {
        assert_eq!(raw.resource_type(), translated.resource_type());
        let (Some((raw, length)), Some((cpu, cpu_length))) = (raw.memory(), translated.memory()) else {
            continue;
        };
        assert_eq!(length, cpu_length);
        assert!(raw.is_multiple_of(length) && cpu.is_multiple_of(length), "{raw:#x} {cpu:#x}");
    }
}

#[test]
fn cpu_addresses_leave_the_upper_bits_free() {
    let bars = [(M64, 1 << 28), (M64, 1 << 33), (M64, 1 << 45)];
    let lists = bus(scratch(&bars)).start(SLOT, 0).unwrap();
    for (start, length) in lists.translated.iter().filter_map(Descriptor::memory) {
        assert!(start >= 1 << 46 && start + (length - 1) < 1 << ADDRESS_BITS, "{start:#x}");
    }

    let error = bus(scratch(&[(M64, 1 << 46)])).start(SLOT, 0).unwrap_err();
    assert_eq!(error, BusError::NoRoom { length: 1 << 46, window: "64-bit memory" });
}

#[test]
fn raw_addresses_are_nobodys_cpu_addresses() {
    let mut bus = bus(scratch(&[(M32, 0x40), (M64, 0x40)]));
    let lists = bus.start(SLOT, 0).unwrap();
    for raw in &lists.raw {
        let Some((start, _)) = raw.memory() else { continue };
        bus.write(Space::Memory, start, Width::U32, 1, NOW);
        assert_eq!(bus.read(Space::Memory, start, Width::U32, NOW), 0xffff_ffff);
    }
}

#[test]
fn assignments_never_overlap() {
    let bars =
        [(M32, 0x40), (M32, 0x10_0000), (M32, 0x10), (M64, 1 << 33), (M64, 1 << 32), (BarKind::Io, 0x100)];
    let mut bus = PciBus::default();
    let mut ranges = Vec::new();
    for slot in 0..SLOTS_OF_BUS {
        bus.plug(slot, scratch(&bars)).unwrap();
        let lists = bus.start(slot, 0).unwrap();
        ranges.extend(lists.translated.iter().filter_map(|descriptor| match descriptor.resource {
            Resource::Port { start, length } => Some((start, u64::from(length))),
            _ => descriptor.memory(),
        }));
    }
    ranges.sort_unstable();
    assert_eq!(ranges.len(), 6 * usize::from(SLOTS_OF_BUS));
    for pair in ranges.windows(2) {
        let [(first, length), (second, _)] = pair else { panic!("pairs") };
        assert!(first + length <= *second, "{first:#x} {second:#x}");
    }
}

#[test]
fn accesses_reach_the_bar_at_their_address() {
    let mut bus = bus(scratch(&[(M32, 0x40), (BarKind::Io, 0x20)]));
    bus.plug(5, edu()).unwrap();
    let lists = bus.start(SLOT, 0).unwrap();
    let edu = memory(&bus.start(5, 0).unwrap())[0];
    let start = memory(&lists)[0];
    let Resource::Port { start: port, .. } = lists.translated[2].resource else { panic!("port") };

    bus.write(Space::Memory, start + 0x3c, Width::U32, 7, NOW);
    bus.write(Space::Port, port + 1, Width::U8, 9, NOW);

    assert_eq!(bus.read(Space::Memory, start + 0x3c, Width::U32, NOW), 7);
    assert_eq!(bus.read(Space::Port, port, Width::U16, NOW), 0x0900);
    assert_eq!(bus.read(Space::Memory, edu, Width::U32, NOW), 0x0100_00ed);
    // Spaces are apart.
    assert_eq!(bus.read(Space::Memory, port, Width::U8, NOW), 0xff);
    assert_eq!(bus.read(Space::Port, start, Width::U8, NOW), 0xff);
}

#[test]
fn accesses_beside_every_bar_find_nobody() {
    let mut bus = bus(scratch(&[(M32, 0x40)]));
    let start = memory(&bus.start(SLOT, 0).unwrap())[0];
    for address in [0, start - 1, start + 0x3d, start + 0x40, u64::MAX, u64::MAX - 3] {
        bus.write(Space::Memory, address, Width::U32, 1, NOW);
        assert_eq!(bus.read(Space::Memory, address, Width::U32, NOW), 0xffff_ffff, "{address:#x}");
    }
    assert_eq!(bus.read(Space::Memory, start + 0x3c, Width::U32, NOW), 0);
}

#[test]
fn a_stopped_device_does_not_decode() {
    let mut bus = bus(edu());
    let start = memory(&bus.start(SLOT, 1).unwrap())[0];
    bus.write(Space::Memory, start + 0x60, Width::U32, 1, NOW);

    bus.stop(SLOT).unwrap();

    bus.write(Space::Memory, start + 0x04, Width::U32, 1, NOW);
    assert_eq!(bus.read(Space::Memory, start, Width::U32, NOW), 0);
    assert_eq!(bus.take_pending(NOW), Pending::default());
    // The same place again, and the registers kept their values.
    assert_eq!(memory(&bus.start(SLOT, 1).unwrap()), [start]);
    assert_eq!(bus.read(Space::Memory, start + 0x04, Width::U32, NOW), 0);
    assert_eq!(bus.read(Space::Memory, start + 0x24, Width::U32, NOW), 1);
}

#[test]
fn a_rebalance_moves_every_bar() {
    let mut bus = bus(scratch(&[(M32, 0x40), (M64, 1 << 33), (BarKind::Io, 0x20)]));
    let before = bus.start(SLOT, 0).unwrap();
    assert_eq!(bus.rebalance(SLOT, 0), Err(BusError::Started { slot: SLOT }));
    bus.write(Space::Memory, memory(&before)[0], Width::U32, 7, NOW);
    bus.stop(SLOT).unwrap();

    let after = bus.rebalance(SLOT, 0).unwrap();

    for (old, new) in before.translated.iter().zip(&after.translated).step_by(2) {
        assert_ne!(old, new);
    }
    assert_eq!(bus.read(Space::Memory, memory(&after)[0], Width::U32, NOW), 7);
    assert_eq!(bus.read(Space::Memory, memory(&before)[0], Width::U32, NOW), 0xffff_ffff);
}

#[test]
fn a_gone_device_reads_all_ones() {
    let mut bus = bus(edu());
    let start = memory(&bus.start(SLOT, 0).unwrap())[0];
    bus.go_away(SLOT).unwrap();
    assert_eq!(bus.read(Space::Memory, start, Width::U32, NOW), 0xffff_ffff);
}

#[test]
fn the_next_event_is_the_earliest_of_all() {
    let mut bus = bus(edu());
    bus.plug(5, edu()).unwrap();
    let first = memory(&bus.start(SLOT, 0).unwrap())[0];
    let second = memory(&bus.start(5, 0).unwrap())[0];
    assert_eq!(bus.next_event(), None);
    bus.write(Space::Memory, first + 0x08, Width::U32, 1000, NOW);
    let alone = bus.next_event().unwrap();
    bus.write(Space::Memory, second + 0x08, Width::U32, 5, NOW);
    assert!(bus.next_event().unwrap() < alone);
}

/// A look touches those devices only that may ask for something new, so each of these shows one reason.
#[test]
fn every_device_that_may_ask_is_looked_at() {
    let mut bus = PciBus::default();
    let addresses: Vec<u64> = [SLOT, 5, 6]
        .into_iter()
        .map(|slot| {
            bus.plug(slot, edu()).unwrap();
            memory(&bus.start(slot, 0).unwrap())[0]
        })
        .collect();
    let lines = |bus: &mut PciBus, now: Duration| bus.take_pending(now).lines.into_iter().collect::<Vec<_>>();
    assert_eq!(lines(&mut bus, NOW), [0; 0]);
    // An access raises an interrupt.
    bus.write(Space::Memory, addresses[0] + 0x60, Width::U32, 1, NOW);
    assert_eq!(lines(&mut bus, NOW), [0x74]);
    // Time does, on another device.
    bus.write(Space::Memory, addresses[1] + 0x20, Width::U32, 0x80, NOW);
    bus.write(Space::Memory, addresses[1] + 0x08, Width::U32, 5, NOW);
    assert_eq!(lines(&mut bus, NOW), [0x74]);
    let computed = bus.next_event().unwrap();
    assert_eq!(lines(&mut bus, computed), [0x74]);
    let now = bus.next_event().unwrap();
    assert_eq!(lines(&mut bus, now), [0x74, 0x75]);
    assert_eq!(bus.next_event(), None);
    // What stops or goes away asks for nothing.
    bus.stop(SLOT).unwrap();
    assert_eq!(lines(&mut bus, now), [0x75]);
    bus.go_away(5).unwrap();
    assert_eq!(lines(&mut bus, now), [0; 0]);
    // The register kept its value.
    bus.start(SLOT, 0).unwrap();
    assert_eq!(lines(&mut bus, now), [0x74]);
}

#[test]
fn refusals_say_what_to_do() {
    let mut bus = bus(edu());
    assert_eq!(bus.plug(SLOT, edu()), Err(BusError::Occupied { slot: SLOT }));
    assert_eq!(bus.plug(SLOTS, edu()), Err(BusError::NoSuchSlot { slot: SLOTS }));
    assert_eq!(bus.start(9, 0), Err(BusError::Empty { slot: 9 }));
    bus.start(SLOT, 0).unwrap();
    assert_eq!(bus.start(SLOT, 0), Err(BusError::Started { slot: SLOT }));

    bus.plug(6, scratch(&[(M32, 0x8000_0000)])).unwrap();
    let error = bus.start(6, 0).unwrap_err();
    assert_eq!(error, BusError::NoRoom { length: 0x8000_0000, window: "memory below 4 GiB" });
    assert!(error.to_string().contains("shorter BARs"));
    assert_eq!(bus.has_room(6), Ok(false));
    assert_eq!(bus.has_room(9), Err(BusError::Empty { slot: 9 }));
}

#[test]
fn a_device_has_room_for_what_it_holds() {
    let half = 0x2000_0000;
    let mut bus = bus(scratch(&[(M32, half), (M32, half)]));
    assert_eq!(bus.has_room(SLOT), Ok(true));
    bus.start(SLOT, 0).unwrap();
    bus.plug(6, scratch(&[(M32, half), (M32, half)])).unwrap();
    assert_eq!((bus.has_room(SLOT), bus.has_room(6)), (Ok(true), Ok(false)));
}

#[test]
fn a_bus_finds_what_answers() {
    let mut bus = bus(edu());
    assert!(bus.is_there(SLOT) && !bus.is_there(9));
    bus.go_away(SLOT).unwrap();
    assert!(!bus.is_there(SLOT));
}

#[test]
fn the_pin_is_wired_as_asked() {
    for (line, flags, share) in [(Line::Shared, 0, 3), (Line::Exclusive, 0, 1), (Line::Edge, 1, 1)] {
        let mut bus = bus(edu());
        bus.wire(SLOT, line).unwrap();
        let lists = bus.start(SLOT, 0).unwrap();
        for descriptor in [lists.raw.last().unwrap(), lists.translated.last().unwrap()] {
            assert_eq!((descriptor.flags, descriptor.share as u8), (flags, share), "{line:?}");
        }

        bus.write(Space::Memory, memory(&lists)[0] + 0x60, Width::U32, 1, NOW);
        let high = Pending { lines: [0x74].into(), messages: BTreeSet::new() };
        assert_eq!(bus.take_pending(NOW), high, "{line:?}");
        bus.write(Space::Memory, memory(&lists)[0] + 0x64, Width::U32, 1, NOW);
        assert_eq!(bus.take_pending(NOW), Pending::default(), "{line:?}");
    }
}

/// Nobody looks between the fall and the next rise, and it counts all the same.
#[test]
fn a_line_that_falls_for_a_moment_has_fallen() {
    let mut bus = bus(edu());
    let registers = memory(&bus.start(SLOT, 0).unwrap())[0];
    let write = |bus: &mut PciBus, offset| bus.write(Space::Memory, registers + offset, Width::U32, 1, NOW);
    write(&mut bus, 0x60);
    assert_eq!((bus.take_pending(NOW).lines, bus.falls(SLOT)), ([0x74].into(), 0));
    // A write that does not silence it, then one that does.
    write(&mut bus, 0x04);
    assert_eq!(bus.falls(SLOT), 0);
    write(&mut bus, 0x64);
    write(&mut bus, 0x60);
    assert_eq!((bus.take_pending(NOW).lines, bus.falls(SLOT)), ([0x74].into(), 1));
}

#[test]
fn a_neighbour_sits_on_a_shared_line_only() {
    let mut bus = bus(edu());
    bus.neighbour_asks(SLOT).unwrap();
    assert_eq!(bus.take_pending(NOW).lines, [0x74].into());
    bus.ask_neighbour(0x75);
    assert_eq!(bus.take_pending(NOW).lines, [0x74].into());
    bus.ask_neighbour(0x74);
    assert_eq!(bus.take_pending(NOW), Pending::default());

    bus.wire(SLOT, Line::Exclusive).unwrap();
    bus.neighbour_asks(SLOT).unwrap();
    assert_eq!(bus.take_pending(NOW), Pending::default());
    assert_eq!(bus.neighbour_asks(5), Err(BusError::Empty { slot: 5 }));
}
