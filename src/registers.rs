//! Register access: the one place through which the driver touches its device.
//!
//! Three layers, from the outside in:
//! - a register is a type ([`Register`]): a row of the data sheet, with its name, offset, what it holds, and what
//!   may be done with it; `registers!` makes a table of them;
//! - [`Bar`] reads and writes registers; that a register lies inside the mapping, is aligned, and may be read
//!   or written is decided when the driver is compiled;
//! - [`Access`] moves the bits: through the framework ([`FrameworkAccess`]) or by the driver's own loads and stores
//!   ([`DirectAccess`]), into a model in tests. `device.rs` names the one that the driver uses.
//!
//! Sources: Microsoft Learn, "Reading and Writing to Device Registers".
//!
//! [`FrameworkAccess`]: crate::FrameworkAccess
//! [`DirectAccess`]: crate::DirectAccess

use std::fmt::LowerHex;

use tracing::trace;

use crate::error::Error;

/// What moves the bits.
///
/// [`Bar`] asks only for aligned accesses that lie inside [`LENGTH`](Self::LENGTH). An implementation must
/// make one access of exactly the width of `T`, in the order of the calls.
pub trait Access {
    /// How many bytes can be reached, from offset 0 on.
    const LENGTH: usize;
    /// Reads at `offset` (bytes).
    fn read<T: Bits>(&self, offset: usize) -> T;
    /// Writes at `offset` (bytes).
    fn write<T: Bits>(&self, offset: usize, value: T);
}

/// An unsigned integer that one access can move: of 8, 16, 32 or 64 bits.
pub trait Bits: sealed::Sealed + Value<Bits = Self> + Into<u64> + LowerHex + PartialEq {
    /// The low bits.
    fn from_bits(bits: u64) -> Self;
}

mod sealed {
    pub trait Sealed {}
}

/// What a register holds: plain bits, or a type of the driver that knows what the bits mean.
pub trait Value: Copy {
    /// The integer that is moved.
    type Bits: Bits;
    /// What the bits mean; `None` if the data sheet does not say.
    fn decode(bits: Self::Bits) -> Option<Self>;
    /// The bits to write.
    fn encode(self) -> Self::Bits;
}

macro_rules! bits {
    ($($type:ty),*) => { $(
        impl sealed::Sealed for $type {}
        impl Bits for $type {
            #[allow(clippy::cast_possible_truncation, reason = "the bits above the width are not part of the value")]
            fn from_bits(bits: u64) -> Self {
                bits as Self
            }
        }
        /// Bits that each mean something, whatever they are.
        impl Value for $type {
            type Bits = Self;
            fn decode(bits: Self) -> Option<Self> {
                Some(bits)
            }
            fn encode(self) -> Self {
                self
            }
        }
    )* };
}
bits!(u8, u16, u32, u64);

/// A register: a row of the device's data sheet as a type.
pub trait Register {
    /// Its name in the data sheet.
    const NAME: &'static str;
    /// Bytes from the start of the BAR; a multiple of the width.
    const OFFSET: usize;
    /// What it holds.
    type Value: Value;
    /// [`ReadOnly`], [`WriteOnly`], [`ReadWrite`], [`TakeOnly`] or [`TakeWrite`].
    type Mode;
}

type BitsOf<R> = <<R as Register>::Value as Value>::Bits;

/// Mode of a register that can be read.
pub enum ReadOnly {}
/// Mode of a register that can be written; what a read gives means nothing.
pub enum WriteOnly {}
/// Mode of a register that can be read and written. What is read need not be what was written.
pub enum ReadWrite {}
/// Mode of a register that a read changes: a status that is cleared, the end of a queue. Who reads it must do
/// something with the value, because nobody can read it again; so the call has another name, [`Bar::take`].
pub enum TakeOnly {}
/// Mode of a register that a read changes, as with [`TakeOnly`], and that can be written.
pub enum TakeWrite {}

/// A mode that allows reading as often as one likes.
pub trait Readable {}
impl Readable for ReadOnly {}
impl Readable for ReadWrite {}

/// A mode that allows reading, which changes the device.
pub trait Takeable {}
impl Takeable for TakeOnly {}
impl Takeable for TakeWrite {}

/// A mode that allows writing.
pub trait Writable {}
impl Writable for WriteOnly {}
impl Writable for ReadWrite {}
impl Writable for TakeWrite {}

/// What a register was read as, before anybody asks what it means.
#[must_use]
pub struct Reading<R: Register>(BitsOf<R>);

impl<R: Register> Reading<R> {
    /// Whether all bits are ones: a value like others, or what a bus answers for a device that is gone.
    pub fn is_all_ones(&self) -> bool {
        self.0 == BitsOf::<R>::from_bits(u64::MAX)
    }

    /// What the register holds.
    ///
    /// # Errors
    /// [`Error::UnknownFieldValue`] if the bits mean nothing.
    pub fn value(self) -> Result<R::Value, Error> {
        let unknown = || Error::UnknownFieldValue { register: R::NAME, value: self.0.into() };
        R::Value::decode(self.0).ok_or_else(unknown)
    }
}

/// The first `LEN` bytes of a base address register's range.
///
/// Dropping it drops the access behind it, which for the driver's own means unmapping.
///
/// An offset beyond the mapping or one that is not a multiple of the width does not compile, nor does writing a
/// register that is read only, reading one that is written only, or reading one in passing that a read changes.
pub struct Bar<const LEN: usize, A> {
    access: A,
}

impl<const LEN: usize, A: Access> Bar<LEN, A> {
    /// Lays the registers over an access, which must reach them all.
    pub fn new(access: A) -> Self {
        const { assert!(LEN <= A::LENGTH, "the mapping is shorter than the registers") };
        Self { access }
    }

    /// Reads a register; the device does not notice.
    pub fn read<R: Register<Mode: Readable>>(&self) -> Reading<R> {
        const { check::<R>(LEN) };
        Reading(self.load(R::NAME, R::OFFSET))
    }

    /// Reads a register that changes with it: what is returned here is nowhere else any more.
    pub fn take<R: Register<Mode: Takeable>>(&self) -> Reading<R> {
        const { check::<R>(LEN) };
        Reading(self.load(R::NAME, R::OFFSET))
    }

    /// Writes a register.
    pub fn write<R: Register<Mode: Writable>>(&self, value: R::Value) {
        const { check::<R>(LEN) };
        self.store(R::NAME, R::OFFSET, value.encode());
    }

    /// Reads at an offset (bytes) that is known at run time only, in a table of the device for example.
    ///
    /// What stands there, and what a read does to it, the caller must know.
    ///
    /// # Errors
    /// [`Error::NoRegister`] if it is misaligned or outside the mapping.
    pub fn try_read<T: Bits>(&self, offset: usize) -> Result<T, Error> {
        Self::try_check::<T>(offset)?;
        Ok(self.load(AT_RUN_TIME, offset))
    }

    /// Writes at an offset (bytes) that is known at run time only.
    ///
    /// # Errors
    /// As [`try_read`](Self::try_read).
    pub fn try_write<T: Bits>(&self, offset: usize, value: T) -> Result<(), Error> {
        Self::try_check::<T>(offset)?;
        self.store(AT_RUN_TIME, offset, value);
        Ok(())
    }

    fn try_check<T>(offset: usize) -> Result<(), Error> {
        let size = size_of::<T>();
        if fits(LEN, offset, size) { Ok(()) } else { Err(Error::NoRegister { offset, size, length: LEN }) }
    }

    fn load<T: Bits>(&self, register: &str, offset: usize) -> T {
        let value: T = self.access.read(offset);
        trace!(register, offset = format_args!("{offset:#x}"), value = format_args!("{value:#x}"), "read");
        value
    }

    fn store<T: Bits>(&self, register: &str, offset: usize, value: T) {
        trace!(register, offset = format_args!("{offset:#x}"), value = format_args!("{value:#x}"), "write");
        self.access.write(offset, value);
    }
}

/// Stands for the register's name in traces of [`Bar::try_read`] and [`Bar::try_write`].
const AT_RUN_TIME: &str = "at run time";

/// Fails, and with it the compilation, unless the register is aligned and ends within `length` bytes.
const fn check<R: Register>(length: usize) {
    let size = size_of::<BitsOf<R>>();
    assert!(R::OFFSET.is_multiple_of(size), "the register's offset is not a multiple of its width");
    assert!(fits(length, R::OFFSET, size), "the register is outside the mapping");
}

/// Whether an access of `size` bytes at `offset` is aligned and ends within `length` bytes; cannot overflow.
pub(crate) const fn fits(length: usize, offset: usize, size: usize) -> bool {
    offset.is_multiple_of(size) && size <= length && offset <= length - size
}

/// Declares registers as a table: offset, name, value type and mode, with a doc comment on each row.
///
/// The value type is an integer, or a type of the driver that implements [`Value`]. Rows must ascend, must not
/// overlap, and must end `within` the length of the [`Bar`] (bytes); otherwise the table does not compile.
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
            $crate::registers::in_order(
                &[$(($offset, size_of::<<$value as $crate::registers::Value>::Bits>())),*],
                $length
            ),
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

#[cfg(doctest)]
mod doctests;
#[cfg(test)]
mod tests;
