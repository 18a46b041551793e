//! Pointers that come from the driver.

use wdk_portable::{LARGE_INTEGER, NTSTATUS, STATUS_INFO_LENGTH_MISMATCH};

use super::Stop;
use crate::host::Host;
use crate::rules::Rule;
use crate::status;

/// A pointer argument of a framework call: NULL, or valid for `T` until the call returns.
///
/// The framework checks for NULL; that anything else points at a `T` is the driver's promise, in
/// the real framework as here.
pub struct Pointer<T> {
    raw: *mut T,
}

impl<T> Clone for Pointer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pointer<T> {}

impl<T> Pointer<T> {
    /// Takes a pointer that the driver passed.
    ///
    /// # Safety
    /// `raw` is NULL or valid for reads and, where the function writes, for writes of `T` until
    /// the current framework call returns.
    pub unsafe fn new(raw: *const T) -> Self {
        Self { raw: raw.cast_mut() }
    }

    /// What a driver passes that leaves an argument out.
    pub const fn null() -> Self {
        Self { raw: std::ptr::null_mut() }
    }

    /// Whether the driver passed NULL.
    pub fn is_null(self) -> bool {
        self.raw.is_null()
    }

    /// The address: a handle's value, or an opaque number.
    pub fn address(self) -> u64 {
        self.raw.addr() as u64
    }

    /// The raw pointer.
    pub fn raw(self) -> *mut T {
        self.raw
    }

    /// Refuses NULL.
    pub fn require(self, host: &Host, name: &str) -> Result<Self, Stop> {
        if self.is_null() {
            Err(host.violation(Rule::ParamNull, format!("{name} is NULL")))
        } else {
            Ok(self)
        }
    }

    /// The pointed-to value; refuses NULL.
    pub fn read(self, host: &Host, name: &str) -> Result<T, Stop>
    where
        T: Copy,
    {
        self.require(host, name)?;
        // SAFETY: not NULL, so valid for reads (`new`); alignment is not relied on.
        Ok(unsafe { self.raw.read_unaligned() })
    }

    /// The `Size` that a structure begins with; refuses NULL.
    pub fn size_field(self, host: &Host, name: &str) -> Result<u32, Stop> {
        self.require(host, name)?;
        // SAFETY: not NULL; every WDF structure with a size starts with `ULONG Size`, and no more
        // than that is read before the size is known to be that of `T`.
        Ok(unsafe { self.raw.cast::<u32>().read_unaligned() })
    }

    /// A structure that begins with its own `Size`; refuses NULL and any other size.
    pub fn read_sized(self, host: &Host, name: &str) -> Result<T, Stop>
    where
        T: Copy,
    {
        if self.size_field(host, name)? as usize == size_of::<T>() {
            self.read(host, name)
        } else {
            Err(Stop::Status(STATUS_INFO_LENGTH_MISMATCH))
        }
    }

    /// As [`Pointer::read_sized`], for a structure that grew: also takes the sizes of its `older`
    /// versions. What such a version lacks is taken from `initial`.
    pub fn read_any_version(self, host: &Host, name: &str, older: &[usize], initial: T) -> Result<T, Stop>
    where
        T: Copy,
    {
        let size = self.size_field(host, name)? as usize;
        if size != size_of::<T>() && !older.contains(&size) {
            return Err(Stop::Status(STATUS_INFO_LENGTH_MISMATCH));
        }
        let mut value = initial;
        // SAFETY: the driver says that it passes `size` bytes, which is at most the size of `T`: every
        // version is a beginning of the next one.
        unsafe { (&raw mut value).cast::<u8>().copy_from_nonoverlapping(self.raw.cast(), size) };
        Ok(value)
    }

    /// Writes through the pointer; refuses NULL.
    pub fn write(self, host: &Host, name: &str, value: T) -> Result<(), Stop> {
        self.require(host, name)?;
        self.write_if_any(value);
        Ok(())
    }

    /// Writes through an optional pointer.
    pub fn write_if_any(self, value: T) {
        if !self.is_null() {
            // SAFETY: not NULL, so valid for writes (`new`); alignment is not relied on.
            unsafe { self.raw.write_unaligned(value) };
        }
    }
}

/// An argument of a framework call.
pub trait Argument: Copy {
    /// What the function's body works with.
    type Received;

    /// Takes the argument over from the driver.
    ///
    /// # Safety
    /// A pointer is NULL or valid as [`Pointer::new`] asks.
    unsafe fn receive(self) -> Self::Received;

    /// In words, for the history: object names instead of handles, never addresses. The name of the argument
    /// says what a number stands for.
    fn describe(self, host: &Host, name: &str) -> String;
}

macro_rules! by_value {
    ($($type:ty => $words:expr;)+) => {$(
        impl Argument for $type {
            type Received = Self;
            unsafe fn receive(self) -> Self {
                self
            }
            fn describe(self, host: &Host, name: &str) -> String {
                let words: fn(Self, &Host, &str) -> String = $words;
                words(self, host, name)
            }
        }
    )+};
}

by_value! {
    u8 => |value, _, _| format!("{value:#x}");
    u16 => |value, _, _| format!("{value:#x}");
    u32 => |value, host, name| match name {
        "IoctlCode" => host.ioctls.describe(value),
        _ => format!("{value:#x}"),
    };
    u64 => |value, _, _| format!("{value:#x}");
    usize => |value, _, _| format!("{value:#x}");
    i64 => |value, _, _| value.to_string();
    // A status or an enumeration.
    NTSTATUS => |value, _, name| match name {
        "Status" => status::describe(value),
        _ => value.to_string(),
    };
    LARGE_INTEGER => |value, _, _| format!("{:#x}", quad_part(value));
}

/// A 64-bit number as a size or an address of this process.
#[expect(clippy::cast_possible_truncation, reason = "the ABI is that of 64-bit Windows, asserted here")]
pub fn native(number: u64) -> usize {
    const { assert!(usize::BITS == u64::BITS, "the host runs on 64-bit machines only") };
    number as usize
}

/// The 64 bits of a physical address or a large integer.
pub fn quad_part(value: LARGE_INTEGER) -> u64 {
    // SAFETY: every bit pattern is an `i64`, and the union is 8 initialised bytes.
    unsafe { value.QuadPart }.cast_unsigned()
}

/// A function of the driver.
impl<F: Copy> Argument for Option<F> {
    type Received = Self;
    unsafe fn receive(self) -> Self {
        self
    }
    fn describe(self, _: &Host, _: &str) -> String {
        self.map_or("NULL", |_| "function").into()
    }
}

macro_rules! by_pointer {
    ($($pointer:ty)+) => {$(
        impl<T> Argument for $pointer {
            type Received = Pointer<T>;
            unsafe fn receive(self) -> Pointer<T> {
                // SAFETY: the caller's promise.
                unsafe { Pointer::new(self) }
            }
            fn describe(self, host: &Host, _: &str) -> String {
                host.state().objects.describe(self.addr() as u64)
            }
        }
    )+};
}

by_pointer! { *mut T *const T }
