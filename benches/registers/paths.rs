//! Register accesses, each a function of its own: by the driver's module, and bare.
//!
//! This file is part of the benchmark; and `tests/direct_access` puts it into a copy of the driver and compares what
//! the compiler made of the functions. Each crate has in its root what is used here.

#![expect(unsafe_code, reason = "what the driver's module is compared with has no comfort")]

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{Ordering, compiler_fence, fence};

use wdk_sys::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type, WDFDEVICE,
    call_unsafe_wdf_function_binding,
};

use crate::registers::{Bar, Bits, ReadWrite, Register};
use crate::{DirectAccess, FrameworkAccess};

/// Bytes of registers.
pub const LENGTH: usize = 0x20;

/// The registers through the framework.
pub type Framework = Bar<LENGTH, FrameworkAccess<LENGTH>>;
/// The registers by loads and stores.
pub type Direct = Bar<LENGTH, DirectAccess<LENGTH>>;

/// What a driver without the module keeps for calls of the framework.
pub struct Calls {
    /// The device.
    pub device: WDFDEVICE,
    /// The pseudo base address.
    pub base: *mut c_void,
}

/// What a driver without the module keeps for loads and stores.
pub struct Pointer {
    /// Where the registers are: [`LENGTH`] bytes.
    pub registers: *mut u8,
}

/// What cannot happen gives 0: plain bits always mean something.
macro_rules! accesses {
    ($($bits:ident $register:ident $offset:literal $size:ident:
        $framework_read:ident $framework_write:ident $call_read:ident $call_write:ident
        $direct_read:ident $direct_write:ident $load:ident $store:ident;)*) => { $(
        /// A register of this width.
        pub enum $register {}

        impl Register for $register {
            const NAME: &'static str = stringify!($register);
            const OFFSET: usize = $offset;
            type Value = $bits;
            type Mode = ReadWrite;
        }

        /// Reads by the module, through the framework.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $framework_read(bar: &Framework) -> $bits {
            bar.read::<$register>().value().unwrap_or(0)
        }

        /// Writes by the module, through the framework.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $framework_write(bar: &Framework, value: $bits) {
            bar.write::<$register>(value);
        }

        /// Reads by a bare call of the framework.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $call_read(calls: &Calls) -> $bits {
            let register = calls.base.wrapping_byte_add($offset);
            // SAFETY: whoever made `calls` vouches for it.
            let value = unsafe {
                call_unsafe_wdf_function_binding!(
                    WdfDeviceReadFromHardware,
                    calls.device,
                    Type::WdfDeviceHwAccessTargetTypeRegister,
                    Size::$size,
                    register,
                    null_mut(),
                    0
                )
            };
            <$bits>::from_bits(value)
        }

        /// Writes by a bare call of the framework.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $call_write(calls: &Calls, value: $bits) {
            let register = calls.base.wrapping_byte_add($offset);
            // SAFETY: whoever made `calls` vouches for it.
            unsafe {
                call_unsafe_wdf_function_binding!(
                    WdfDeviceWriteToHardware,
                    calls.device,
                    Type::WdfDeviceHwAccessTargetTypeRegister,
                    Size::$size,
                    register,
                    u64::from(value),
                    null_mut(),
                    0
                );
            }
        }

        /// Reads by the module, directly.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $direct_read(bar: &Direct) -> $bits {
            bar.read::<$register>().value().unwrap_or(0)
        }

        /// Writes by the module, directly.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $direct_write(bar: &Direct, value: $bits) {
            bar.write::<$register>(value);
        }

        /// A bare load.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $load(pointer: &Pointer) -> $bits {
            let register: *const $bits = pointer.registers.wrapping_add($offset).cast();
            compiler_fence(Ordering::SeqCst);
            // SAFETY: whoever made `pointer` vouches for it.
            unsafe { register.read_volatile() }
        }

        /// A bare store and a barrier.
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub fn $store(pointer: &Pointer, value: $bits) {
            let register: *mut $bits = pointer.registers.wrapping_add($offset).cast();
            compiler_fence(Ordering::SeqCst);
            // SAFETY: whoever made `pointer` vouches for it.
            unsafe { register.write_volatile(value) };
            fence(Ordering::SeqCst);
        }
    )* };
}

accesses! {
    u8 Byte 0x01 WdfDeviceHwAccessTargetSizeUchar:
        framework_read_u8 framework_write_u8 call_read_u8 call_write_u8
        direct_read_u8 direct_write_u8 load_u8 store_u8;
    u16 Half 0x06 WdfDeviceHwAccessTargetSizeUshort:
        framework_read_u16 framework_write_u16 call_read_u16 call_write_u16
        direct_read_u16 direct_write_u16 load_u16 store_u16;
    u32 Word 0x0c WdfDeviceHwAccessTargetSizeUlong:
        framework_read_u32 framework_write_u32 call_read_u32 call_write_u32
        direct_read_u32 direct_write_u32 load_u32 store_u32;
    u64 Long 0x18 WdfDeviceHwAccessTargetSizeUlong64:
        framework_read_u64 framework_write_u64 call_read_u64 call_write_u64
        direct_read_u64 direct_write_u64 load_u64 store_u64;
}
