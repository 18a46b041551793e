//! Register access: the one place through which the driver touches its device.
//!
//! Three layers, from the outside in:
//! - a register is a type ([`Register`]) that carries its name, offset, width and access mode;
//! - [`Bar`] reads and writes registers; that a register lies inside the mapping, is aligned, and may be read
//!   or written is decided when the driver is compiled;
//! - [`Access`] moves the bits: through the framework in the driver, into a model in tests.
//!
//! The mapped address is never dereferenced. The framework may or may not have mapped the registers into this
//! process (INF directive UmdfRegisterAccessMode), and its functions check every access ("Reading and Writing
//! to Device Registers").

use tracing::trace;

use crate::error::Error;

/// How many bits one access moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// A byte.
    Bits8,
    /// Two bytes.
    Bits16,
    /// Four bytes.
    Bits32,
    /// Eight bytes.
    Bits64,
}

/// What moves the bits.
///
/// [`Bar`] asks only for aligned accesses that lie inside [`length`](Self::length). An implementation must
/// make one access of exactly the given width, in the order of the calls.
pub trait Access {
    /// How many bytes can be reached, from offset 0 on.
    fn length(&self) -> usize;
    /// Reads `width` bits at `offset` (bytes), zero-extended.
    fn read(&self, offset: usize, width: Width) -> u64;
    /// Writes the low `width` bits of `value` at `offset` (bytes).
    fn write(&self, offset: usize, width: Width, value: u64);
}

/// An unsigned integer that one access can move.
pub trait Value: sealed::Sealed + Copy + PartialEq {
    /// Its width.
    const WIDTH: Width;
    /// What a bus answers for a device that is not there.
    const ALL_ONES: Self;
    /// Takes the low bits of what [`Access::read`] returned.
    fn from_bits(bits: u64) -> Self;
    /// Zero-extends for [`Access::write`].
    fn to_bits(self) -> u64;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! value {
    ($($type:ty = $width:ident),*) => { $(
        impl sealed::Sealed for $type {}
        impl Value for $type {
            const WIDTH: Width = Width::$width;
            const ALL_ONES: Self = Self::MAX;
            #[allow(clippy::cast_possible_truncation, reason = "the bits above the width are not part of the value")]
            fn from_bits(bits: u64) -> Self {
                bits as Self
            }
            fn to_bits(self) -> u64 {
                u64::from(self)
            }
        }
    )* };
}
value!(u8 = Bits8, u16 = Bits16, u32 = Bits32, u64 = Bits64);

/// A register: a row of the device's data sheet as a type.
pub trait Register {
    /// Its name in the data sheet.
    const NAME: &'static str;
    /// Bytes from the start of the BAR; a multiple of the width.
    const OFFSET: usize;
    /// The integer it holds.
    type Value: Value;
    /// [`ReadOnly`], [`WriteOnly`] or [`ReadWrite`].
    type Mode;
}

/// Mode of a register that can be read.
pub enum ReadOnly {}
/// Mode of a register that can be written; what a read gives means nothing.
pub enum WriteOnly {}
/// Mode of a register that can be read and written. What is read need not be what was written.
pub enum ReadWrite {}

/// A mode that allows reading.
pub trait Readable {}
impl Readable for ReadOnly {}
impl Readable for ReadWrite {}

/// A mode that allows writing.
pub trait Writable {}
impl Writable for WriteOnly {}
impl Writable for ReadWrite {}

/// A whole program for the documentation of [`Bar`]: one register in a mapping of 0x10 bytes.
macro_rules! program {
    ($fence:literal, $offset:literal, $mode:literal) => {
        concat!(
            "```",
            $fence,
            "
# use edu_umdf::registers::*;
# struct Memory;
# impl Access for Memory {
#     fn length(&self) -> usize { 0x10 }
#     fn read(&self, _offset: usize, _width: Width) -> u64 { 7 }
#     fn write(&self, _offset: usize, _width: Width, _value: u64) {}
# }
enum Status {}
impl Register for Status {
    const NAME: &'static str = \"Status\";
    const OFFSET: usize = ",
            $offset,
            ";
    type Value = u32;
    type Mode = ",
            $mode,
            ";
}
let bar = Bar::<0x10, _>::new(Memory).unwrap();
bar.write::<Status>(1);
assert_eq!(bar.read::<Status>(), 7);
```"
        )
    };
}

/// The first `LEN` bytes of a base address register's range.
///
/// Dropping it drops the access behind it, which for the framework's means unmapping.
///
/// This program works:
#[doc = program!("", "0x0c", "ReadWrite")]
/// With an offset beyond the mapping it does not compile:
#[doc = program!("compile_fail", "0x10", "ReadWrite")]
/// nor with one that is not a multiple of the width:
#[doc = program!("compile_fail", "0x0a", "ReadWrite")]
/// nor may a read-only register be written:
#[doc = program!("compile_fail", "0x0c", "ReadOnly")]
/// nor a write-only register be read:
#[doc = program!("compile_fail", "0x0c", "WriteOnly")]
pub struct Bar<const LEN: usize, A> {
    access: A,
}

impl<const LEN: usize, A: Access> Bar<LEN, A> {
    /// Lays the registers over an access.
    ///
    /// Fails if it reaches less than `LEN` bytes; this keeps the compile-time checks honest.
    pub fn new(access: A) -> Result<Self, Error> {
        let length = access.length();
        if length < LEN {
            return Err(Error::MappingShort { length, needed: LEN });
        }
        Ok(Self { access })
    }

    /// Reads a register.
    pub fn read<R: Register<Mode: Readable>>(&self) -> R::Value {
        const { assert!(fits::<R>(LEN), "the register is misaligned or outside the mapping") };
        let bits = self.access.read(R::OFFSET, R::Value::WIDTH);
        trace!(register = R::NAME, offset = %Hex(R::OFFSET as u64), value = %Hex(bits), "read");
        R::Value::from_bits(bits)
    }

    /// Writes a register.
    pub fn write<R: Register<Mode: Writable>>(&self, value: R::Value) {
        const { assert!(fits::<R>(LEN), "the register is misaligned or outside the mapping") };
        let bits = value.to_bits();
        trace!(register = R::NAME, offset = %Hex(R::OFFSET as u64), value = %Hex(bits), "write");
        self.access.write(R::OFFSET, R::Value::WIDTH, bits);
    }
}

/// Whether the register is aligned and ends within `length` bytes; cannot overflow.
const fn fits<R: Register>(length: usize) -> bool {
    let size = size_of::<R::Value>();
    R::OFFSET.is_multiple_of(size) && size <= length && R::OFFSET <= length - size
}

/// A number as the data sheet writes it.
struct Hex(u64);

impl std::fmt::Display for Hex {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:#x}", self.0)
    }
}

/// Declares registers as a table: offset, name, value type and mode, with a doc comment on each row.
///
/// Rows must ascend, must not overlap, and must end `within` the length of the [`Bar`] (bytes); otherwise the
/// table does not compile.
macro_rules! registers {
    (within $length:expr; $($(#[$doc:meta])* $offset:literal $name:ident: $value:ty, $mode:ty;)*) => {
        $(
            $(#[$doc])*
            pub enum $name {}
            impl $crate::registers::Register for $name {
                const NAME: &'static str = stringify!($name);
                const OFFSET: usize = $offset;
                type Value = $value;
                type Mode = $mode;
            }
        )*
        const _: () = assert!(
            $crate::registers::in_order(&[$(($offset, size_of::<$value>())),*], $length),
            "registers overlap, do not ascend, or end beyond the length"
        );
    };
}
pub(crate) use registers;

/// Whether no row (offset and size in bytes) begins before the row above has ended, and the last one ends within
/// `length`.
pub(crate) const fn in_order(rows: &[(usize, usize)], length: usize) -> bool {
    let mut row = 0;
    let mut end = 0;
    while row < rows.len() {
        let (offset, size) = rows[row];
        if offset < end {
            return false;
        }
        end = offset + size;
        row += 1;
    }
    end <= length
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Sixteen bytes, and a note of every access.
    #[derive(Default)]
    struct Memory {
        bytes: RefCell<[u8; 16]>,
        widths: RefCell<Vec<Width>>,
    }

    fn bytes_of(width: Width) -> usize {
        match width {
            Width::Bits8 => 1,
            Width::Bits16 => 2,
            Width::Bits32 => 4,
            Width::Bits64 => 8,
        }
    }

    impl Access for &Memory {
        fn length(&self) -> usize {
            16
        }
        fn read(&self, offset: usize, width: Width) -> u64 {
            self.widths.borrow_mut().push(width);
            let mut value = [0; 8];
            value[..bytes_of(width)].copy_from_slice(&self.bytes.borrow()[offset..][..bytes_of(width)]);
            u64::from_le_bytes(value)
        }
        fn write(&self, offset: usize, width: Width, value: u64) {
            self.widths.borrow_mut().push(width);
            self.bytes.borrow_mut()[offset..][..bytes_of(width)]
                .copy_from_slice(&value.to_le_bytes()[..bytes_of(width)]);
        }
    }

    registers! { within 16;
        0x0 Byte: u8, ReadWrite;
        0x2 Half: u16, ReadWrite;
        0x4 Word: u32, ReadWrite;
        0x8 Long: u64, ReadWrite;
    }

    #[test]
    fn each_width_is_one_access_of_that_width_at_its_offset() {
        let memory = Memory::default();
        let bar = Bar::<16, _>::new(&memory).unwrap();
        bar.write::<Byte>(0x11);
        bar.write::<Half>(0x2233);
        bar.write::<Word>(0x4455_6677);
        bar.write::<Long>(0x8899_aabb_ccdd_eeff);
        assert_eq!(
            *memory.bytes.borrow(),
            [0x11, 0, 0x33, 0x22, 0x77, 0x66, 0x55, 0x44, 0xff, 0xee, 0xdd, 0xcc, 0xbb, 0xaa, 0x99, 0x88]
        );
        assert_eq!(bar.read::<Byte>(), 0x11);
        assert_eq!(bar.read::<Half>(), 0x2233);
        assert_eq!(bar.read::<Word>(), 0x4455_6677);
        assert_eq!(bar.read::<Long>(), 0x8899_aabb_ccdd_eeff);
        let each = [Width::Bits8, Width::Bits16, Width::Bits32, Width::Bits64];
        assert_eq!(*memory.widths.borrow(), [each, each].concat());
    }

    #[test]
    fn a_mapping_shorter_than_the_registers_is_refused() {
        let memory = Memory::default();
        let error = Bar::<17, _>::new(&memory).err();
        assert_eq!(error, Some(Error::MappingShort { length: 16, needed: 17 }));
    }

    /// `fits` is what the compile-time check asks; here at run time, at its edges.
    #[test]
    fn a_register_fits_up_to_the_last_byte_and_not_beyond() {
        assert!(fits::<Long>(16));
        assert!(!fits::<Long>(15));
        assert!(!fits::<Long>(7));
        assert!(!fits::<Long>(0));
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
}
