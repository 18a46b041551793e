//! Every line here is one observed answer of the real device.

use super::*;

const MS: Duration = Duration::from_millis(1);
const ZERO: Duration = Duration::ZERO;
const ONES: u64 = 0xffff_ffff;

/// An edu and its time.
#[derive(Default)]
struct Bench {
    edu: EduDevice,
    now: Duration,
}

impl Bench {
    fn read(&mut self, offset: u64, width: Width) -> u64 {
        self.edu.read(0, offset, width, self.now)
    }

    fn write(&mut self, offset: u64, width: Width, value: u64) {
        self.edu.write(0, offset, width, value, self.now);
    }

    fn get(&mut self, offset: u64) -> u64 {
        self.read(offset, Width::U32)
    }

    fn set(&mut self, offset: u64, value: u64) {
        self.write(offset, Width::U32, value);
    }

    fn line(&mut self) -> bool {
        self.edu.interrupt_line(self.now)
    }

    fn messages(&mut self) -> u32 {
        self.edu.take_messages(self.now)
    }

    /// Lets model time pass until nothing is under way.
    fn settle(&mut self) {
        while let Some(at) = self.edu.next_event() {
            self.now = at;
            self.edu.advance(at);
        }
    }
}

#[test]
fn one_bar_of_one_mebibyte() {
    let edu = EduDevice::default();
    let [bar] = edu.bars() else { panic!("one BAR") };
    assert_eq!((bar.kind(), bar.length()), (BarKind::Memory32 { prefetchable: false }, 0x10_0000));
}

#[test]
fn identification_is_fixed() {
    let mut bench = Bench::default();
    bench.set(0x00, 0);
    assert_eq!(bench.get(0x00), 0x0100_00ed);
}

#[test]
fn liveness_inverts() {
    let mut bench = Bench::default();
    assert_eq!(bench.get(0x04), 0);
    bench.set(0x04, 0x1234_5678);
    assert_eq!(bench.get(0x04), 0xedcb_a987);
    bench.set(0x04, 0);
    assert_eq!(bench.get(0x04), ONES);
}

#[test]
fn factorials() {
    let expected = [
        (0, 1),
        (1, 1),
        (5, 0x78),
        (10, 0x37_5f00),
        (12, 0x1c8c_fc00),
        (13, 0x7328_cc00),
        (20, 0x82b4_0000),
        (33, 0x8000_0000),
        (34, 0),
        (0xffff_ffff, 0),
    ];
    let mut bench = Bench::default();
    assert_eq!(bench.get(0x08), 0);
    for (input, result) in expected {
        bench.set(0x08, input);
        bench.settle();
        assert_eq!(bench.get(0x08), result, "{input}!");
    }
}

#[test]
fn a_busy_factorial_shows_its_input_and_ignores_writes() {
    let mut bench = Bench::default();
    bench.set(0x08, 0x1000_0000);
    assert_eq!((bench.get(0x08), bench.get(0x20)), (0x1000_0000, 0x01));

    bench.set(0x08, 5);
    bench.now += MS;
    assert_eq!((bench.get(0x08), bench.get(0x20)), (0x1000_0000, 0x01));

    bench.settle();
    assert_eq!((bench.get(0x08), bench.get(0x20)), (0, 0));
}

#[test]
fn small_inputs_are_busy_for_the_start_cost() {
    let mut bench = Bench::default();
    bench.set(0x08, 5);
    bench.now = FACTORIAL_START + 4 * FACTORIAL_STEP;
    assert_eq!(bench.get(0x20), 0x01);
    bench.now += FACTORIAL_STEP;
    assert_eq!((bench.get(0x20), bench.get(0x08)), (0, 0x78));
}

#[test]
fn large_inputs_take_their_steps() {
    let mut bench = Bench::default();
    bench.set(0x08, 100_000_000);
    assert_eq!(bench.edu.next_event(), Some(100 * MS + FACTORIAL_START));
}

#[test]
fn status_keeps_only_bit_7() {
    let mut bench = Bench::default();
    assert_eq!(bench.get(0x20), 0);
    bench.set(0x20, 0xff);
    assert_eq!(bench.get(0x20), 0x80);
    bench.set(0x20, 0x01);
    assert_eq!(bench.get(0x20), 0);
    bench.set(0x08, 10_000_000);
    bench.set(0x20, 0x80);
    assert_eq!(bench.get(0x20), 0x81);
}

#[test]
fn the_end_is_visible_before_its_interrupt() {
    let mut bench = Bench::default();
    bench.set(0x20, 0x80);
    bench.set(0x08, 5);
    bench.now = bench.edu.next_event().unwrap();
    assert_eq!((bench.get(0x20), bench.get(0x24), bench.line()), (0x80, 0, false));
    bench.now += INTERRUPT_DELAY;
    assert_eq!((bench.get(0x24), bench.line()), (1, true));
}

#[test]
fn bit_7_counts_at_the_end_of_the_computation() {
    let mut bench = Bench::default();
    bench.set(0x08, 5);
    bench.set(0x20, 0x80);
    bench.settle();
    assert_eq!(bench.get(0x24), 1);

    let mut bench = Bench::default();
    bench.set(0x20, 0x80);
    bench.set(0x08, 5);
    bench.set(0x20, 0);
    bench.settle();
    assert_eq!((bench.get(0x24), bench.line()), (0, false));
}

#[test]
fn a_late_look_finds_everything_done() {
    let mut bench = Bench::default();
    bench.set(0x20, 0x80);
    bench.set(0x08, 5);
    bench.now += MS;
    assert_eq!((bench.get(0x24), bench.get(0x08)), (1, 0x78));
}

#[test]
fn interrupt_status_ignores_writes_and_raise_and_acknowledge_read_all_ones() {
    let mut bench = Bench::default();
    bench.set(0x24, 0xff);
    assert_eq!((bench.get(0x24), bench.get(0x60), bench.get(0x64)), (0, ONES, ONES));
}

#[test]
fn the_line_is_a_level() {
    let mut bench = Bench::default();
    bench.set(0x60, 0);
    assert!(!bench.line());
    bench.set(0x60, 0x06);
    bench.set(0x60, 0x01);
    assert_eq!((bench.get(0x24), bench.line()), (0x07, true));
    bench.set(0x64, 0x03);
    assert_eq!((bench.get(0x24), bench.line()), (0x04, true));
    bench.set(0x64, 0xff);
    assert_eq!((bench.get(0x24), bench.line()), (0, false));
    assert_eq!(bench.messages(), 0);
}

#[test]
fn every_raise_that_leaves_bits_sends_a_message() {
    let mut bench = Bench::default();
    bench.edu.set_messages(1);
    bench.set(0x60, 0);
    assert_eq!(bench.messages(), 0);
    for bits in [1, 1, 0] {
        bench.set(0x60, bits);
        assert_eq!((bench.messages(), bench.line()), (1, false), "{bits}");
    }
    bench.set(0x64, 1);
    assert_eq!(bench.messages(), 0);
}

#[test]
fn a_finished_factorial_sends_one_message() {
    let mut bench = Bench::default();
    bench.edu.set_messages(1);
    bench.set(0x20, 0x80);
    bench.set(0x08, 5);
    bench.settle();
    assert_eq!((bench.messages(), bench.get(0x24), bench.line()), (1, 1, false));
}

#[test]
fn the_line_falls_when_messages_take_over_and_rises_at_the_next_raise() {
    let mut bench = Bench::default();
    bench.set(0x60, 1);
    assert!(bench.line());
    bench.edu.set_messages(1);
    assert!(!bench.line());
    bench.edu.set_messages(0);
    assert_eq!((bench.get(0x24), bench.line()), (1, false));
    bench.set(0x60, 0);
    assert!(bench.line());
}

#[test]
fn narrow_accesses_are_rejected() {
    let mut bench = Bench::default();
    for offset in [0x00, 0x01, 0x04, 0x60, 0x80, 0x4_0000] {
        assert_eq!(bench.read(offset, Width::U8), 0, "{offset:#x}");
        assert_eq!(bench.read(offset, Width::U16), 0, "{offset:#x}");
    }
    bench.write(0x04, Width::U8, 0x55);
    bench.write(0x04, Width::U16, 0x55);
    assert_eq!(bench.get(0x04), 0);
}

#[test]
fn unknown_offsets_read_all_ones() {
    let mut bench = Bench::default();
    for offset in [0x0c, 0x10, 0x28, 0x68, 0x84, 0xa0, 0x1000, 0x4_0000, 0xf_fffc] {
        bench.set(offset, 0x1234_5678);
        assert_eq!(bench.get(offset), ONES, "{offset:#x}");
    }
}

#[test]
fn unaligned_accesses_are_rejected() {
    let mut bench = Bench::default();
    for offset in [0x01, 0x02, 0x05, 0x06] {
        bench.set(offset, ONES);
        assert_eq!(bench.get(offset), 0, "{offset:#x}");
    }
    assert_eq!(bench.get(0x04), 0);
}

#[test]
fn eight_bytes_below_0x80_read_all_ones_and_write_nothing() {
    let mut bench = Bench::default();
    for offset in [0x00, 0x08, 0x20, 0x28, 0x60] {
        bench.write(offset, Width::U64, 0x0000_0001_0000_0001);
        assert_eq!(bench.read(offset, Width::U64), u64::MAX, "{offset:#x}");
    }
    assert_eq!((bench.get(0x04), bench.get(0x08), bench.get(0x24)), (0, 0, 0));
}

#[test]
fn eight_bytes_at_4_modulo_8_are_two_accesses() {
    let mut bench = Bench::default();
    assert_eq!(bench.read(0x0c, Width::U64), u64::MAX);
    assert_eq!(bench.read(0x24, Width::U64), 0xffff_ffff_0000_0000);
    assert_eq!(bench.read(0x7c, Width::U64), 0x0000_0000_ffff_ffff);

    bench.write(0x04, Width::U64, 0x1122_3344_5566_7788);
    assert_eq!((bench.get(0x04), bench.get(0x08)), (0xaa99_8877, 0x1122_3344));
    assert_eq!(bench.read(0x04, Width::U64), 0x1122_3344_aa99_8877);

    bench.write(0x1c, Width::U64, 0x80_0000_0000);
    assert_eq!(bench.get(0x20), 0x81);
}

#[test]
fn eight_bytes_at_odd_offsets_mix_parts() {
    let mut bench = Bench::default();
    assert_eq!(bench.read(0x61, Width::U64), 0x00ff_ffff_ff00_0000);
}

#[test]
fn accesses_past_the_end_do_not_arrive() {
    let mut bench = Bench::default();
    assert_eq!(bench.read(0xf_fffc, Width::U64), 0);
    assert_eq!(bench.read(0x10_0000, Width::U32), 0);
    assert_eq!(bench.read(u64::MAX, Width::U32), 0);
    bench.write(u64::MAX, Width::U32, 1);
    assert_eq!(bench.edu.read(1, 0x00, Width::U32, ZERO), 0);
}

#[test]
fn dma_registers_are_64_bits_wide() {
    let mut bench = Bench::default();
    for offset in [0x80, 0x88, 0x90] {
        bench.write(offset, Width::U64, 0x1122_3344_5566_7788);
        assert_eq!(bench.read(offset, Width::U64), 0x1122_3344_5566_7788, "{offset:#x}");
        assert_eq!(bench.get(offset), 0x5566_7788, "{offset:#x}");

        bench.set(offset + 4, 0x99);
        assert_eq!(bench.get(offset + 4), ONES, "{offset:#x}");
        bench.set(offset, 0x55);
        assert_eq!(bench.read(offset, Width::U64), 0x55, "{offset:#x}");
    }
}

#[test]
fn dma_ends_in_time_and_holds_its_registers_meanwhile() {
    let mut bench = Bench::default();
    bench.set(0x90, 0x10);
    bench.set(0x98, 0x4);
    assert_eq!(bench.get(0x98), 0);

    bench.set(0x98, 0x5);
    bench.set(0x90, 0x20);
    bench.set(0x98, 0x3);
    assert_eq!((bench.get(0x98), bench.get(0x90)), (0x5, 0x10));

    bench.now = 99 * MS;
    assert_eq!((bench.get(0x98), bench.get(0x24)), (0x5, 0));
    bench.now = DMA_TIME;
    assert_eq!((bench.get(0x98), bench.get(0x24), bench.line()), (0x4, 0x100, true));
}

#[test]
fn dma_without_its_interrupt_bit_is_silent() {
    let mut bench = Bench::default();
    bench.set(0x98, 0x3);
    bench.settle();
    assert_eq!((bench.get(0x98), bench.get(0x24), bench.line()), (0x2, 0, false));
}
