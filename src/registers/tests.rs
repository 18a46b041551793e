//! Tests of the register access on sixteen bytes of memory.

use std::cell::RefCell;

use super::*;

/// Sixteen bytes, and a note of how many bytes every access had. A read of the last byte takes it, and the next one
/// steps up.
#[derive(Default)]
struct Memory {
    bytes: RefCell<[u8; 16]>,
    sizes: RefCell<Vec<usize>>,
}

impl Access for &Memory {
    const LENGTH: usize = 16;
    fn read<T: Bits>(&self, offset: usize) -> T {
        self.sizes.borrow_mut().push(size_of::<T>());
        let mut value = [0; 8];
        value[..size_of::<T>()].copy_from_slice(&self.bytes.borrow()[offset..][..size_of::<T>()]);
        if offset == Queue::OFFSET {
            self.bytes.borrow_mut()[offset] += 1;
        }
        T::from_bits(u64::from_le_bytes(value))
    }
    fn write<T: Bits>(&self, offset: usize, value: T) {
        self.sizes.borrow_mut().push(size_of::<T>());
        self.bytes.borrow_mut()[offset..][..size_of::<T>()]
            .copy_from_slice(&value.into().to_le_bytes()[..size_of::<T>()]);
    }
}

/// What a register may hold that has two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    Slow,
    Fast,
}

impl Value for Speed {
    type Bits = u16;
    fn decode(bits: u16) -> Option<Self> {
        match bits {
            0x10 => Some(Self::Slow),
            0x20 => Some(Self::Fast),
            _ => None,
        }
    }
    fn encode(self) -> u16 {
        match self {
            Self::Slow => 0x10,
            Self::Fast => 0x20,
        }
    }
}

registers! { within 16;
    0x0 Byte: u8, ReadWrite;
    0x2 Half: u16, ReadWrite;
    0x4 Word: u32, ReadWrite;
    0x8 Long: u64, ReadWrite;
}

mod other {
    use super::{ReadWrite, Speed, TakeWrite};
    registers! { within 16;
        0x0a Rate: Speed, ReadWrite;
        0x0f Queue: u8, TakeWrite;
    }
}
use other::{Queue, Rate};

#[test]
fn each_width_is_one_access_of_that_width_at_its_offset() {
    let memory = Memory::default();
    let bar = Bar::<16, _>::new(&memory);
    bar.write::<Byte>(0x11);
    bar.write::<Half>(0x2233);
    bar.write::<Word>(0x4455_6677);
    bar.write::<Long>(0x8899_aabb_ccdd_eeff);
    assert_eq!(
        *memory.bytes.borrow(),
        [0x11, 0, 0x33, 0x22, 0x77, 0x66, 0x55, 0x44, 0xff, 0xee, 0xdd, 0xcc, 0xbb, 0xaa, 0x99, 0x88]
    );
    assert_eq!(bar.read::<Byte>().value(), Ok(0x11));
    assert_eq!(bar.read::<Half>().value(), Ok(0x2233));
    assert_eq!(bar.read::<Word>().value(), Ok(0x4455_6677));
    assert_eq!(bar.read::<Long>().value(), Ok(0x8899_aabb_ccdd_eeff));
    assert_eq!(*memory.sizes.borrow(), [1, 2, 4, 8, 1, 2, 4, 8]);
}

#[test]
fn a_value_that_the_data_sheet_does_not_know_is_an_error() {
    let memory = Memory::default();
    let bar = Bar::<16, _>::new(&memory);
    bar.write::<Rate>(Speed::Fast);
    assert_eq!(memory.bytes.borrow()[0x0a], 0x20);
    assert_eq!(bar.read::<Rate>().value(), Ok(Speed::Fast));
    for value in [0_u16, 0x11, 0x30, 0x1020, 0xffff] {
        bar.try_write(Rate::OFFSET, value).unwrap();
        let unknown = Error::UnknownFieldValue { register: "Rate", value: value.into() };
        assert_eq!(bar.read::<Rate>().value(), Err(unknown));
    }
}

#[test]
fn all_ones_are_seen_before_the_value_is_understood() {
    let memory = Memory::default();
    let bar = Bar::<16, _>::new(&memory);
    memory.bytes.borrow_mut().fill(0xff);
    assert!(bar.read::<Rate>().is_all_ones());
    assert!(bar.read::<Long>().is_all_ones());
    memory.bytes.borrow_mut()[0x0b] = 0x7f;
    assert!(!bar.read::<Rate>().is_all_ones());
    assert!(!bar.read::<Long>().is_all_ones());
}

#[test]
fn a_taken_value_is_read_once() {
    let memory = Memory::default();
    let bar = Bar::<16, _>::new(&memory);
    bar.write::<Queue>(7);
    assert_eq!(bar.take::<Queue>().value(), Ok(7));
    assert_eq!(bar.take::<Queue>().value(), Ok(8));
    assert_eq!(*memory.sizes.borrow(), [1; 3]);
}

#[test]
fn an_offset_at_run_time_reaches_up_to_the_last_byte() {
    let memory = Memory::default();
    let bar = Bar::<16, _>::new(&memory);
    bar.try_write(0x0e, 0x2233_u16).unwrap();
    assert_eq!(bar.try_read::<u8>(0x0e), Ok(0x33));
    assert_eq!(bar.try_read::<u16>(0x0e), Ok(0x2233));
    assert_eq!(bar.try_read::<u64>(8), Ok(0x2233_0000_0000_0000));
}

#[test]
fn an_offset_at_run_time_is_refused_without_an_access() {
    let memory = Memory::default();
    let bar = Bar::<16, _>::new(&memory);
    for offset in [1, 2, 3, 5, 13, usize::MAX, usize::MAX - 1] {
        let misaligned = Error::NoRegister { offset, size: 4, length: 16 };
        assert_eq!(bar.try_read::<u32>(offset), Err(misaligned.clone()));
        assert_eq!(bar.try_write::<u32>(offset, 0), Err(misaligned));
    }
    for offset in [16, 20, usize::MAX - 3] {
        let outside = Error::NoRegister { offset, size: 4, length: 16 };
        assert_eq!(bar.try_read::<u32>(offset), Err(outside.clone()));
        assert_eq!(bar.try_write::<u32>(offset, 0), Err(outside));
    }
    assert_eq!(
        Bar::<4, _>::new(&memory).try_read::<u64>(0),
        Err(Error::NoRegister { offset: 0, size: 8, length: 4 })
    );
    assert_eq!(*memory.sizes.borrow(), []);
}

/// A register somewhere.
enum At<const OFFSET: usize> {}

impl<const OFFSET: usize> Register for At<OFFSET> {
    const NAME: &'static str = "At";
    const OFFSET: usize = OFFSET;
    type Value = u32;
    type Mode = ReadWrite;
}

// `check` is what the compiler evaluates: here at run time, with the registers of the programs in
// `doctests.rs`, to see that each fails for the reason that is given there.

#[test]
fn the_register_of_the_program_that_compiles_passes_the_check() {
    check::<At<0x0c>>(0x10);
}

#[test]
#[should_panic(expected = "outside the mapping")]
fn the_register_beyond_the_mapping_fails_for_that() {
    check::<At<0x10>>(0x10);
}

#[test]
#[should_panic(expected = "not a multiple of its width")]
fn the_misaligned_register_fails_for_that() {
    check::<At<0x0a>>(0x10);
}

/// `fits` is part of what the compile-time check asks; here at run time, at its edges.
#[test]
fn a_register_fits_up_to_the_last_byte_and_not_beyond() {
    assert!(fits(16, 8, 8));
    assert!(!fits(15, 8, 8));
    assert!(!fits(7, 0, 8));
    assert!(!fits(0, 0, 1));
    assert!(!fits(16, usize::MAX, 8));
    assert!(!fits(16, usize::MAX - 7, 8));
    assert!(!fits(16, 4, 8));
}

/// `in_order` is what a table asks at compile time.
#[test]
fn a_table_ascends_without_overlap_up_to_the_last_byte() {
    assert!(in_order(&[], 0));
    assert!(in_order(&[(0, 4), (4, 4), (12, 4)], 16));
    assert!(!in_order(&[(0, 4), (3, 1)], 16), "overlap");
    assert!(!in_order(&[(4, 4), (0, 4)], 16), "descends");
    assert!(!in_order(&[(0, 4), (12, 4)], 15), "ends beyond the length");
}
