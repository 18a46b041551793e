use super::*;

const START: u64 = 0x10;
const LENGTH: u64 = 0x14;
const TOTAL: u64 = 0x18;
const CAUSE: u64 = 0x20;
const ENABLE: u64 = 0x24;
const DISABLE: u64 = 0x28;
const COMMAND: u64 = 0;
const POSITION: u64 = 4;
const LABEL: u64 = 5;

const DONE: u64 = 1;
const ERROR: u64 = 2;

/// An abacus and its time.
#[derive(Default)]
struct Bench {
    abacus: AbacusDevice,
    now: Duration,
}

impl Bench {
    /// Interrupts by that many messages; both causes are enabled.
    fn with_messages(count: u8) -> Self {
        let mut bench = Self::default();
        bench.abacus.set_messages(count);
        bench.set(ENABLE, DONE | ERROR);
        bench
    }

    fn get(&mut self, offset: u64) -> u64 {
        self.abacus.read(REGISTERS, offset, Width::U32, self.now)
    }

    fn set(&mut self, offset: u64, value: u64) {
        self.abacus.write(REGISTERS, offset, Width::U32, value, self.now);
    }

    fn port(&mut self, port: u64) -> u64 {
        self.abacus.read(PORTS, port, Width::U8, self.now)
    }

    fn set_port(&mut self, port: u64, value: u64) {
        self.abacus.write(PORTS, port, Width::U8, value, self.now);
    }

    fn store(&mut self, offset: u64, bytes: &[u8]) {
        for (at, byte) in (offset..).zip(bytes) {
            self.abacus.write(MEMORY, at, Width::U8, (*byte).into(), self.now);
        }
    }

    fn add(&mut self, start: u64, length: u64) {
        self.set(START, start);
        self.set(LENGTH, length);
        self.set_port(COMMAND, 1);
    }

    /// Lets model time pass until nothing is under way.
    fn settle(&mut self) {
        while let Some(at) = self.abacus.next_event() {
            self.now = at;
            self.abacus.advance(at);
        }
    }

    fn line(&mut self) -> bool {
        self.abacus.interrupt_line(self.now)
    }

    fn messages(&mut self) -> u32 {
        self.abacus.take_messages(self.now)
    }
}

#[test]
fn two_memory_bars_and_ports() {
    let abacus = AbacusDevice::default();
    let bars: Vec<_> = abacus.bars().iter().map(|bar| (bar.kind(), bar.length())).collect();
    let expected = [
        (BarKind::Memory32 { prefetchable: false }, 0x1000),
        (BarKind::Memory64 { prefetchable: true }, 1 << 32),
        (BarKind::Io, 0x10),
    ];
    assert_eq!(bars, expected);
}

#[test]
fn registers_are_4_bytes_wide() {
    let mut bench = Bench::default();
    bench.set(0x00, 0);
    assert_eq!(bench.get(0x00), 0x0100_00ab);
    bench.set(START, 0xffff_ffff_1234_5678);
    assert_eq!(bench.get(START), 0x1234_5678);
    for offset in [0x04, 0x11, 0x1c, 0x2c, 0xffc] {
        bench.set(offset, 1);
        assert_eq!(bench.get(offset), 0xffff_ffff, "{offset:#x}");
    }
    for width in [Width::U8, Width::U16, Width::U64] {
        assert!(!bench.abacus.decodes(REGISTERS, START, width));
        bench.abacus.write(REGISTERS, START, width, 0, bench.now);
        assert_eq!(bench.abacus.read(REGISTERS, START, width, bench.now), width.all_ones());
    }
    assert_eq!(bench.get(START), 0x1234_5678);
}

#[test]
fn the_memory_takes_every_width() {
    let mut bench = Bench::default();
    let last = (1 << 32) - 8;
    bench.abacus.write(MEMORY, last, Width::U64, 0x8877_6655_4433_2211, bench.now);
    for (width, value) in
        [(Width::U8, 0x33), (Width::U16, 0x4433), (Width::U32, 0x6655_4433), (Width::U64, 0x8877_6655_4433)]
    {
        assert!(bench.abacus.decodes(MEMORY, last, width));
        assert_eq!(bench.abacus.read(MEMORY, last + 2, width, bench.now), value);
    }
    assert_eq!(bench.abacus.read(MEMORY, 0, Width::U64, bench.now), 0);
}

#[test]
fn ports_are_1_byte_wide() {
    let mut bench = Bench::default();
    bench.set_port(LABEL, 0x55);
    for width in [Width::U16, Width::U32, Width::U64] {
        assert!(!bench.abacus.decodes(PORTS, LABEL, width));
        bench.abacus.write(PORTS, POSITION, width, 0x0909, bench.now);
        assert_eq!(bench.abacus.read(PORTS, LABEL, width, bench.now), width.all_ones());
    }
    assert_eq!((bench.port(POSITION), bench.port(1), bench.port(15)), (1, 0xff, 0xff));
}

#[test]
fn the_label_moves_on_with_each_byte() {
    let mut bench = Bench::default();
    for byte in 0x41..0x51 {
        bench.set_port(LABEL, byte);
    }
    assert_eq!(bench.port(POSITION), 0);
    let label: Vec<_> = (0..16).map(|_| bench.port(LABEL)).collect();
    assert_eq!(label, (0x41..0x51).collect::<Vec<_>>());
    bench.set_port(POSITION, 0x1e);
    assert_eq!((bench.port(POSITION), bench.port(LABEL)), (14, 0x4f));
    assert_eq!((bench.port(LABEL), bench.port(LABEL)), (0x50, 0x41));
}

#[test]
fn an_addition_takes_its_time() {
    let mut bench = Bench::default();
    bench.store(0x0f, &[1, 2, 255, 4, 8]);
    bench.add(0x10, 3);
    assert_eq!((bench.port(COMMAND), bench.get(TOTAL), bench.get(CAUSE)), (1, 0, 0));
    bench.now = ADDITION_TIME.checked_sub(Duration::from_nanos(1)).unwrap();
    assert_eq!((bench.port(COMMAND), bench.get(CAUSE)), (1, 0));
    bench.now = ADDITION_TIME;
    assert_eq!((bench.port(COMMAND), bench.get(TOTAL), bench.get(CAUSE)), (0, 2 + 255 + 4, DONE));
    assert_eq!(bench.abacus.next_event(), None);

    bench.add(0, 0xffff_ffff);
    assert_eq!(bench.abacus.next_event(), Some(ADDITION_TIME * 2 + ADDITION_TIME_PER_64_KIB * 0xffff));
    bench.settle();
    assert_eq!(bench.get(TOTAL), 1 + 2 + 255 + 4 + 8);
}

#[test]
fn an_addition_sees_the_memory_as_it_was_at_the_command() {
    let mut bench = Bench::default();
    bench.store(0, &[1]);
    bench.add(0, 1);
    bench.store(0, &[9]);
    bench.settle();
    assert_eq!(bench.get(TOTAL), 1);
}

#[test]
fn an_ended_addition_has_no_cause_and_no_total() {
    let mut bench = Bench::default();
    bench.store(0, &[7]);
    bench.add(0, 1);
    bench.set_port(COMMAND, 0);
    bench.now = ADDITION_TIME * 2;
    assert_eq!((bench.port(COMMAND), bench.get(TOTAL), bench.get(CAUSE)), (0, 0, 0));
}

#[test]
fn what_cannot_be_added_is_an_error() {
    let mut bench = Bench::default();
    for (start, length) in [(0, 0), (1, 0xffff_ffff + 1), (2, 0xffff_ffff), (0xffff_ffff, 2)] {
        bench.add(start, length);
        assert_eq!((bench.port(COMMAND), bench.get(CAUSE)), (0, ERROR), "{start:#x} {length:#x}");
        bench.set(CAUSE, ERROR);
    }
    bench.set_port(COMMAND, 2);
    assert_eq!(bench.get(CAUSE), ERROR);
    bench.set(CAUSE, ERROR);

    // The last byte, and one that comes too late.
    bench.add(0xffff_ffff, 1);
    assert_eq!((bench.port(COMMAND), bench.get(CAUSE)), (1, 0));
    bench.set_port(COMMAND, 1);
    bench.settle();
    assert_eq!(bench.get(CAUSE), DONE | ERROR);
}

#[test]
fn causes_are_cleared_and_enabled_bit_by_bit() {
    let mut bench = Bench::default();
    bench.set(ENABLE, 0xffff_ffff);
    assert_eq!((bench.get(ENABLE), bench.get(DISABLE)), (3, 3));
    bench.set(DISABLE, ERROR);
    assert_eq!((bench.get(ENABLE), bench.get(DISABLE)), (DONE, DONE));
    bench.set(ENABLE, 0);
    assert_eq!(bench.get(ENABLE), DONE);

    bench.set_port(COMMAND, 9);
    bench.add(0, 1);
    bench.settle();
    bench.set(CAUSE, DONE);
    assert_eq!(bench.get(CAUSE), ERROR);
}

#[test]
fn the_pin_is_high_while_an_enabled_cause_is_set() {
    let mut bench = Bench::default();
    bench.add(0, 1);
    bench.settle();
    assert!(!bench.line());
    bench.set(ENABLE, ERROR);
    assert!(!bench.line());
    bench.set(ENABLE, DONE);
    assert!(bench.line());
    bench.set_port(COMMAND, 9);
    bench.set(CAUSE, DONE);
    assert!(bench.line());
    bench.set(CAUSE, ERROR);
    assert_eq!((bench.line(), bench.messages()), (false, 0));
}

#[test]
fn each_cause_has_its_message() {
    let mut bench = Bench::with_messages(2);
    bench.set_port(COMMAND, 9);
    assert_eq!((bench.messages(), bench.messages(), bench.line()), (0b10, 0, false));
    bench.add(0, 1);
    bench.settle();
    assert_eq!(bench.messages(), 0b01);
    // Nothing new.
    bench.set_port(COMMAND, 9);
    bench.set(ENABLE, DONE);
    assert_eq!(bench.messages(), 0);

    bench.set(CAUSE, DONE | ERROR);
    bench.set_port(COMMAND, 9);
    assert_eq!(bench.messages(), 0b10);
    // Enabled late.
    bench.set(DISABLE, ERROR);
    bench.set(ENABLE, ERROR);
    assert_eq!(bench.messages(), 0b10);
}

#[test]
fn one_message_stands_for_both_causes() {
    let mut bench = Bench::with_messages(1);
    bench.set_port(COMMAND, 9);
    assert_eq!(bench.messages(), 0b01);
    bench.add(0, 1);
    bench.settle();
    assert_eq!((bench.messages(), bench.line()), (0b01, false));
}
