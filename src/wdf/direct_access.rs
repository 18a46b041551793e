//! Register access by the driver's own loads and stores.
//!
//! Sources: Microsoft Learn, "Reading and Writing to Device Registers",
//! "WdfDeviceGetHardwareRegisterMappedAddress function (wdfdevice.h)".

#[cfg(not(target_arch = "aarch64"))]
use std::sync::atomic::{Ordering, compiler_fence, fence};

use super::{Device, Error, mapping::Mapping};
use crate::registers::{Access, Bits, fits};

/// Access to `LEN` bytes of mapped registers without the framework.
///
/// For a device that is accessed so often that a call, a lock and a look-up for each access are too much. To use
/// it, name it in `device.rs` instead of [`FrameworkAccess`](super::FrameworkAccess), and say
/// `UmdfRegisterAccessMode = RegisterAccessUsingUserModeMapping` in each Wdf section of the INF; where the INF
/// does not say so, Windows ends the driver's process.
///
/// What is lost:
/// - the framework's range check of each access. [`Bar`](crate::registers::Bar) has its own, when it is compiled;
///   but nobody notices any more if the mapping itself is the wrong one;
/// - the framework's trace of each access (ETW), and in umdf-host what is told about it on any machine but an
///   x86-64 one: there the host refuses the INF;
/// - protection of the registers from the rest of the process: they are at an address like any other, so a stray
///   pointer of anything in the process reaches them, and all the page around them;
/// - one driver for all INFs: [`FrameworkAccess`](super::FrameworkAccess) works in both modes.
///
/// See "WdfDeviceGetHardwareRegisterMappedAddress". The order of accesses is that of the framework's own routines,
/// READ_REGISTER_ULONG and WRITE_REGISTER_ULONG in `wudfwdm.h`.
pub struct DirectAccess<const LEN: usize> {
    /// Where the registers are in this process.
    registers: *mut u8,
    /// Keeps them there.
    _mapping: Mapping,
}

// SAFETY: registers belong to no thread.
unsafe impl<const LEN: usize> Send for DirectAccess<LEN> {}

impl<const LEN: usize> DirectAccess<LEN> {
    /// Maps registers at the physical address `start`. Dropping it unmaps.
    ///
    /// # Errors
    /// The framework refuses, or the registers are not mapped into this process, or not at a multiple of 8.
    pub fn new(device: &Device, start: u64) -> Result<Self, Error> {
        let mapping = Mapping::new(device, start, LEN)?;
        // SAFETY: the device is valid, and the address is the base of a mapping.
        let registers =
            unsafe { call!(WdfDeviceGetHardwareRegisterMappedAddress(mapping.device, mapping.base)) };
        if registers.is_null() {
            return Err(Error::NotMappedIntoProcess);
        }
        if !registers.addr().is_multiple_of(size_of::<u64>()) {
            return Err(Error::MisalignedMapping { address: registers.addr() });
        }
        Ok(Self { registers: registers.cast(), _mapping: mapping })
    }

    /// The register at `offset`. [`Bar`](crate::registers::Bar) asks for no other than aligned ones inside the
    /// mapping, and where the offset is known when it is compiled, so is that.
    #[inline]
    fn register<T: Bits>(&self, offset: usize) -> *mut T {
        let size = size_of::<T>();
        assert!(fits(LEN, offset, size), "no register at {offset:#x}");
        self.registers.wrapping_add(offset).cast()
    }
}

impl<const LEN: usize> Access for DirectAccess<LEN> {
    const LENGTH: usize = LEN;

    #[inline]
    fn read<T: Bits>(&self, offset: usize) -> T {
        let register = self.register::<T>(offset);
        before_access();
        // SAFETY: aligned and inside what is mapped as long as `self` lives: `register` checks both.
        unsafe { register.read_volatile() }
    }

    #[inline]
    fn write<T: Bits>(&self, offset: usize, value: T) {
        let register = self.register::<T>(offset);
        before_access();
        // SAFETY: as for reading.
        unsafe { register.write_volatile(value) };
        after_store();
    }
}

/// Has everything that came before be done before the access begins. Where the processor keeps that order by itself,
/// the compiler must too.
#[inline]
fn before_access() {
    #[cfg(target_arch = "aarch64")]
    // SAFETY: a barrier changes nothing.
    unsafe {
        std::arch::asm!("dsb sy", options(nostack, preserves_flags))
    };
    #[cfg(not(target_arch = "aarch64"))]
    compiler_fence(Ordering::SeqCst);
}

/// Has the store reach the device before anything that follows is done. Where it stands before each access, this
/// barrier is there already.
#[inline]
fn after_store() {
    #[cfg(not(target_arch = "aarch64"))]
    fence(Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::Bar;
    use crate::wdf::fake::{self, Byte, Half, Long, Word};

    #[test]
    fn each_width_reaches_its_bytes_and_no_others() {
        let device = fake::bare_device();
        let registers = fake::map_into_process([0xee; 0x20]);
        let bar = Bar::<0x10, _>::new(DirectAccess::<0x10>::new(&device, 0xfe00_0000).unwrap());
        bar.write::<Byte>(0x11);
        bar.write::<Half>(0x2233);
        bar.write::<Word>(0x4455_6677);
        bar.write::<Long>(0x8899_aabb_ccdd_eeff);
        let expected =
            [0x11, 0xee, 0x33, 0x22, 0x77, 0x66, 0x55, 0x44, 0xff, 0xee, 0xdd, 0xcc, 0xbb, 0xaa, 0x99, 0x88];
        assert_eq!(registers()[..0x10], expected);
        assert_eq!(registers()[0x10..], [0xee; 0x10]);
        assert_eq!(bar.read::<Byte>().value(), Ok(0x11));
        assert_eq!(bar.read::<Half>().value(), Ok(0x2233));
        assert_eq!(bar.read::<Word>().value(), Ok(0x4455_6677));
        assert_eq!(bar.read::<Long>().value(), Ok(0x8899_aabb_ccdd_eeff));
        drop(bar);
        assert_eq!(
            fake::calls()[1..],
            ["WdfDeviceGetHardwareRegisterMappedAddress 0x1000", "WdfDeviceUnmapIoSpace 0x1000 0x10"]
        );
    }

    #[test]
    fn registers_that_are_not_mapped_into_the_process_are_an_error_and_unmapped() {
        let device = fake::bare_device();
        let error = DirectAccess::<0x10>::new(&device, 0xfe00_0000).err();
        assert_eq!(error, Some(Error::NotMappedIntoProcess));
        assert_eq!(fake::calls().last().unwrap(), "WdfDeviceUnmapIoSpace 0x1000 0x10");
    }

    #[test]
    fn registers_that_are_mapped_at_an_odd_place_are_an_error_and_unmapped() {
        let device = fake::bare_device();
        let _registers = fake::map_into_process([0; 0x20]);
        fake::move_registers(4);
        let error = DirectAccess::<0x10>::new(&device, 0xfe00_0000).err().unwrap();
        assert!(matches!(error, Error::MisalignedMapping { address } if address % 8 == 4), "{error}");
        assert_eq!(error.status(), wdk_sys::STATUS_DEVICE_CONFIGURATION_ERROR);
        assert_eq!(fake::calls().last().unwrap(), "WdfDeviceUnmapIoSpace 0x1000 0x10");
    }

    #[test]
    #[should_panic(expected = "no register at 0xc")]
    fn what_a_bar_never_asks_for_touches_nothing() {
        let device = fake::bare_device();
        let _registers = fake::map_into_process([0; 0x20]);
        let access = DirectAccess::<0x10>::new(&device, 0xfe00_0000).unwrap();
        access.read::<u64>(0x0c);
    }
}
