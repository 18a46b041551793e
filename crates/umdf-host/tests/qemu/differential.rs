//! Random accesses to the embedded edu and to QEMU's: every answer, the line and the messages are the same.
//!
//! The gate's seed is always the same. `UMDF_HOST_TEST_SEED=123 cargo test -p umdf-host --test qemu` tries another one.
//!
//! Never started: the DMA engine, whose commands end in QEMU's time or abort it. Factorials are short, and compared
//! when they are done.

use std::env;
use std::thread;
use std::time::{Duration, Instant};

use umdf_host::bus::{EduDevice, PciDevice, QemuDevice, QemuModel, Width};

use crate::fixture::qemu::start;

const STEPS: usize = 10_000;
/// The seed, if nobody says another one.
const SEED: u64 = 0x5eed_0edd_0edd_5eed;
/// Who says one: decimal digits, or hexadecimal ones behind `0x`.
const SEED_VARIABLE: &str = "UMDF_HOST_TEST_SEED";
/// Longest wait for the end of a factorial, or for its interrupt.
pub const PATIENCE: Duration = Duration::from_mins(1);
/// Bits of a factorial's input: at most 524,287 steps.
const INPUT_BITS: u32 = 19;

const LIVENESS: u64 = 0x04;
const FACTORIAL: u64 = 0x08;
const STATUS: u64 = 0x20;
const INTERRUPT_STATUS: u64 = 0x24;
const RAISE: u64 = 0x60;
const ACKNOWLEDGE: u64 = 0x64;
const DMA_COMMAND: u64 = 0x98;
const KNOWN: [u64; 12] =
    [0x00, LIVENESS, FACTORIAL, 0x1c, STATUS, INTERRUPT_STATUS, 0x5c, RAISE, ACKNOWLEDGE, 0x7c, 0x80, 0x88];
const ALSO_KNOWN: [u64; 4] = [0x90, 0x94, DMA_COMMAND, 0x4_0000];
const LENGTH: u64 = 0x10_0000;
const WIDTHS: [Width; 4] = [Width::U8, Width::U16, Width::U32, Width::U64];

/// Numbers from a seed (xorshift64*): the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        let index = self.below(list.len() as u64);
        list[usize::try_from(index).expect("a short list")]
    }

    /// Mostly registers and what lies around them, some anywhere, some at the end.
    fn offset(&mut self) -> u64 {
        match self.below(10) {
            0..=3 => self.of(&KNOWN),
            4 => self.of(&ALSO_KNOWN),
            5 | 6 => self.of(&KNOWN).saturating_add(self.below(16)).saturating_sub(8),
            7 => self.below(0x100),
            8 => LENGTH - 1 - self.below(16),
            _ => self.below(LENGTH),
        }
    }

    /// All bits, few bits, or those that registers look at.
    fn value(&mut self) -> u64 {
        match self.below(4) {
            0 => self.next(),
            1 => 1 << self.below(64),
            2 => self.of(&[0, u64::MAX, 0x80, 0x80_0000_0000, 0x101]),
            _ => self.below(0x1000),
        }
    }
}

fn parse_seed(text: &str) -> Option<u64> {
    let digits =
        text.strip_prefix("0x").map_or_else(|| text.parse(), |digits| u64::from_str_radix(digits, 16));
    // From zero, all numbers would be zero.
    digits.ok().filter(|seed| *seed != 0)
}

fn seed() -> u64 {
    let Ok(text) = env::var(SEED_VARIABLE) else { return SEED };
    parse_seed(&text).unwrap_or_else(|| panic!("{SEED_VARIABLE}={text} is no number, or 0"))
}

/// The two devices.
struct Pair {
    seed: u64,
    model: EduDevice,
    real: QemuDevice,
    now: Duration,
    log: Vec<String>,
}

impl Pair {
    fn new(seed: u64) -> Self {
        let real = start(QemuModel::Edu);
        Self { seed, model: EduDevice::default(), real, now: Duration::ZERO, log: Vec::new() }
    }

    /// The seed, and the last accesses.
    fn told(&self) -> String {
        let last = self.log.len().saturating_sub(20);
        format!("{SEED_VARIABLE}={:#x}:\n{}", self.seed, self.log[last..].join("\n"))
    }

    /// One access to both.
    fn read(&mut self, offset: u64, width: Width) {
        let model = self.model.read(0, offset, width, self.now);
        let real = self.real.read(0, offset, width, self.now);
        self.compare(&format!("read {width:?} at {offset:#x}"), model, real);
    }

    fn write(&mut self, offset: u64, width: Width, value: u64) {
        let value = harmless(offset, width, value);
        let computes = starts_factorial(offset, width);
        if computes {
            // Else its interrupt could not be told from one that is there already.
            self.set(ACKNOWLEDGE, 1);
        }
        self.set_wide(offset, width, value);
        if computes {
            self.settle();
        }
        let what = format!("write {value:#x}, {width:?} at {offset:#x}");
        let (now, model, real) = (self.now, &mut self.model, &mut self.real);
        let model = (model.interrupt_line(now), model.take_messages(now));
        let real = (real.interrupt_line(now), real.take_messages(now));
        self.compare(&what, model, real);
    }

    fn set(&mut self, offset: u64, value: u64) {
        self.set_wide(offset, Width::U32, value);
    }

    fn set_wide(&mut self, offset: u64, width: Width, value: u64) {
        self.model.write(0, offset, width, value, self.now);
        self.real.write(0, offset, width, value, self.now);
    }

    /// Waits until both have finished, and the interrupt has come if one is to come.
    fn settle(&mut self) {
        while let Some(at) = self.model.next_event() {
            self.now = at;
            self.model.interrupt_line(at);
        }
        let expected = self.model.read(0, INTERRUPT_STATUS, Width::U32, self.now);
        let end = Instant::now() + PATIENCE;
        let mut done = || {
            let mut register = |offset| self.real.read(0, offset, Width::U32, self.now);
            register(STATUS) & 1 == 0 && register(INTERRUPT_STATUS) == expected
        };
        let mut late = false;
        while !late && !done() {
            thread::yield_now();
            late = Instant::now() > end;
        }
        assert!(!late, "QEMU does not finish; {}", self.told());
    }

    fn signal_by_message(&mut self, on: bool) {
        self.model.set_messages(on.into());
        self.real.set_messages(on.into());
        let (model, real) = (self.model.interrupt_line(self.now), self.real.interrupt_line(self.now));
        self.compare(&format!("messages: {on}"), model, real);
    }

    fn compare<T: Copy + PartialEq + std::fmt::Debug>(&mut self, what: &str, model: T, real: T) {
        self.log.push(format!("{what}: {model:x?}"));
        assert!(self.real.failure().is_none(), "{:?}; {}", self.real.failure(), self.told());
        assert_eq!(model, real, "the model, then QEMU; {}", self.told());
    }
}

/// Whether a write has a part of 4 bytes for that register. 8 bytes that begin before it are taken apart there.
fn starts_factorial(offset: u64, width: Width) -> bool {
    match width {
        Width::U32 => offset == FACTORIAL,
        Width::U64 => (LIVENESS..FACTORIAL).contains(&offset),
        Width::U8 | Width::U16 => false,
    }
}

/// The same value without what QEMU takes amiss: no DMA, and short factorials, wherever the access begins.
fn harmless(offset: u64, width: Width, value: u64) -> u64 {
    let covers = |register: u64| (offset..offset + width.bytes()).contains(&register);
    let mut value = width.truncate(value);
    if covers(DMA_COMMAND) {
        value &= !(1 << (8 * (DMA_COMMAND - offset)));
    }
    if covers(FACTORIAL) {
        let shift = 8 * (FACTORIAL - offset);
        let input = (u64::from(u32::MAX) >> INPUT_BITS << INPUT_BITS) << shift;
        value &= !input;
    }
    value
}

/// One random access.
fn step(pair: &mut Pair, random: &mut Random) {
    let (offset, width) = (random.offset(), random.of(&WIDTHS));
    if random.below(2) == 0 {
        pair.read(offset, width);
    } else {
        let value = random.value();
        pair.write(offset, width, value);
    }
}

fn compare_registers(pair: &mut Pair) {
    for offset in (0..0xa8).step_by(4) {
        pair.read(offset, Width::U32);
        pair.read(offset, Width::U64);
    }
}

fn run(mut change: impl FnMut(&mut Pair, &mut Random)) {
    let seed = seed();
    let (mut pair, mut random) = (Pair::new(seed), Random(seed));
    let began = Instant::now();
    for number in 0..STEPS {
        change(&mut pair, &mut random);
        step(&mut pair, &mut random);
        if number % 500 == 0 {
            compare_registers(&mut pair);
        }
    }
    compare_registers(&mut pair);
    println!("{STEPS} steps, {} comparisons, {:?}", pair.log.len(), began.elapsed());
}

pub fn by_line() {
    run(|_, _| {});
}

pub fn by_message() {
    let mut first = true;
    run(|pair, _| {
        if std::mem::take(&mut first) {
            pair.signal_by_message(true);
        }
    });
}

pub fn changing_between_both() {
    run(|pair, random| {
        if random.below(50) == 0 {
            let on = random.below(2) == 0;
            pair.signal_by_message(on);
        }
    });
}

/// A difference in one register is found within the steps, and told with the seed that finds it again.
pub fn finds_a_difference() {
    let (mut pair, mut random) = (Pair::new(SEED), Random(SEED));
    pair.real.write(0, LIVENESS, Width::U32, 0x55, Duration::ZERO);
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        (0..STEPS).for_each(|_| step(&mut pair, &mut random));
    }));
    let told = found.expect_err("the registers differ, and nobody noticed");
    let told = told.downcast::<String>().expect("a panic with numbers in it has a text");
    assert!(told.contains("UMDF_HOST_TEST_SEED=0x5eed0edd0edd5eed:"), "{told}");
}

pub fn a_seed_can_be_given() {
    for (text, seed) in [
        ("7", Some(7)),
        ("0x5eed0edd0edd5eed", Some(SEED)),
        ("18446744073709551615", Some(u64::MAX)),
        ("0", None),
        ("0x0", None),
        ("18446744073709551616", None),
        ("-1", None),
        ("0x", None),
        ("seed", None),
        ("", None),
    ] {
        assert_eq!(parse_seed(text), seed, "{text}");
    }
}
