//! `wdfhwaccess.h`: register and port access.
//!
//! - `registers`: the tables behind it;
//! - `mapped`: registers in the address space of this process;
//! - `trap`: the driver's loads and stores there;
//! - `os`: what of that differs from system to system.

use wdk_portable::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type, PVOID, SIZE_T, ULONG,
    WDF_DEVICE_HWACCESS_TARGET_SIZE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDFDEVICE,
};

use super::Stop;
use super::device::Device;
use super::pointer::{Pointer, native};
use crate::bus::{Space, Width};
use crate::delivery;
use crate::history::Event;
use crate::host::Host;
use crate::rules::Rule;
use crate::schedule;

mod mapped;
mod os;
mod registers;
#[cfg(maps_registers)]
mod trap;

pub use registers::{Range, Registers};

/// Whether registers can be mapped into the process on this machine.
pub const MAPS_REGISTERS: bool = cfg!(maps_registers);

/// From here on the driver's accesses to mapped registers are carried out, and pseudo addresses that it
/// dereferences are told. Call it before the driver is loaded: what is there by then is no driver.
pub fn catch_accesses() {
    #[cfg(maps_registers)]
    trap::install();
}

/// One checked access: `count` elements at `address`, at the same address or at ascending ones.
struct Access {
    address: u64,
    width: Width,
    count: u64,
    space: Space,
    buffered: bool,
}

/// The checks of both functions, in the framework's order.
fn check(
    host: &Host,
    device: Pointer<wdk_portable::WDFDEVICE__>,
    kind: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    target: Pointer<std::ffi::c_void>,
    buffer: Pointer<std::ffi::c_void>,
    count: ULONG,
) -> Result<Access, Stop> {
    let state = host.state();
    let device = state.objects.resolve::<Device>(host, device, "Device")?;
    let Some(device) = state.objects.get::<Device>(device) else { return Err(Stop::NoEffect) };
    device.registers.check_allowed(host)?;
    let wrong = |message: &str| Err(host.violation(Rule::HwAccessArgs, message));
    let (port, buffered) = match kind {
        Type::WdfDeviceHwAccessTargetTypeRegister => (false, false),
        Type::WdfDeviceHwAccessTargetTypeRegisterBuffer => (false, true),
        Type::WdfDeviceHwAccessTargetTypePort => (true, false),
        Type::WdfDeviceHwAccessTargetTypePortBuffer => (true, true),
        _ => return wrong("Type is no WDF_DEVICE_HWACCESS_TARGET_TYPE"),
    };
    let width = match size {
        Size::WdfDeviceHwAccessTargetSizeUchar => Width::U8,
        Size::WdfDeviceHwAccessTargetSizeUshort => Width::U16,
        Size::WdfDeviceHwAccessTargetSizeUlong => Width::U32,
        Size::WdfDeviceHwAccessTargetSizeUlong64 => Width::U64,
        _ => return wrong("Size is no WDF_DEVICE_HWACCESS_TARGET_SIZE"),
    };
    if target.is_null() {
        return wrong("TargetAddress is NULL");
    }
    if buffered && (buffer.is_null() || count == 0) {
        return wrong("a buffer access without a buffer or with Count 0");
    }
    if !buffered && (!buffer.is_null() || count != 0) {
        return wrong("an access of one element with a buffer or a Count");
    }
    let count = if buffered { u64::from(count) } else { 1 };
    let bytes = width.bytes();
    // At a port the elements go through one address; registers follow each other. The product of
    // a 32-bit count and 8 cannot overflow 64 bits.
    let length = if port { bytes } else { count * bytes };
    let address = if port {
        device.registers.port(host, target.address(), length)?
    } else {
        device.registers.register(host, target.address(), length)?
    };
    let space = if port { Space::Port } else { Space::Memory };
    let access = Access { address, width, count, space, buffered };
    let powered = device.registers.powered();
    drop(state);
    access.report_doubts(host, powered);
    Ok(access)
}

impl Access {
    /// What Windows does not see and hardware does not forgive. The access is done all the same.
    fn report_doubts(&self, host: &Host, powered: bool) {
        let bytes = self.width.bytes();
        let report = |rule, doubt: &str| {
            let port = if self.space == Space::Port { "port " } else { "" };
            host.violation(rule, format!("{bytes} bytes at {port}{:#x}, {doubt}", self.address));
        };
        if !powered {
            report(Rule::HwAccessNotD0, "and the device has left D0");
        }
        if !self.address.is_multiple_of(bytes) {
            report(Rule::HwAccessUnaligned, &format!("which is no multiple of {bytes}"));
        }
        // The bus is not held while the violation ends or reports.
        let decoded = host.bus().decodes(self.space, self.address, self.width);
        if !decoded {
            report(Rule::HwAccessSizeForDevice, "which the device does not decode");
        }
    }

    fn address_of(&self, index: u64) -> u64 {
        match self.space {
            Space::Port => self.address,
            Space::Memory => self.address + index * self.width.bytes(),
        }
    }

    fn read(&self, host: &Host, index: u64) -> u64 {
        let mut read = 0;
        self.perform(host, index, true, |value| {
            read = value;
            None
        });
        read
    }

    fn write(&self, host: &Host, index: u64, value: u64) {
        self.perform(host, index, false, |_| Some(value));
    }

    /// Reads, writes what `change` gives, or both without another access in between.
    fn perform(&self, host: &Host, index: u64, reads: bool, change: impl FnOnce(u64) -> Option<u64>) {
        let (physical, width) = (self.address_of(index), self.width);
        let mut bus = host.bus();
        let mut value = 0;
        if reads {
            value = bus.read(self.space, physical, width, schedule::now());
            host.record(Event::RegisterRead { physical, width: width.bytes(), value });
        }
        if let Some(value) = change(value).map(|value| width.truncate(value)) {
            host.record(Event::RegisterWrite { physical, width: width.bytes(), value });
            bus.write(self.space, physical, width, value, schedule::now());
        }
        drop(bus);
        delivery::look(crate::host::host());
    }

    /// Place of element `index` in the driver's buffer.
    fn place(&self, buffer: Pointer<std::ffi::c_void>, index: u64) -> *mut u8 {
        buffer.raw().cast::<u8>().wrapping_add(native(index * self.width.bytes()))
    }
}

ddi! {
    /// Reads registers or ports; a plain read returns the value, a buffer read 0.
    fn WdfDeviceReadFromHardware(
        host,
        Device: WDFDEVICE,
        Type: WDF_DEVICE_HWACCESS_TARGET_TYPE,
        Size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
        TargetAddress: PVOID,
        Buffer: PVOID,
        Count: ULONG,
    ) -> SIZE_T {
        let access = check(host, Device, Type, Size, TargetAddress, Buffer, Count)?;
        if !access.buffered {
            return Ok(access.read(host, 0));
        }
        for index in 0..access.count {
            let bytes = access.read(host, index).to_le_bytes();
            let place = access.place(Buffer, index);
            // SAFETY: the driver's buffer has `Count` elements of this width, and `index < Count`.
            unsafe { place.copy_from_nonoverlapping(bytes.as_ptr(), native(access.width.bytes())) };
        }
        Ok(0)
    }

    /// Writes registers or ports, elements in ascending order.
    fn WdfDeviceWriteToHardware(
        host,
        Device: WDFDEVICE,
        Type: WDF_DEVICE_HWACCESS_TARGET_TYPE,
        Size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
        TargetAddress: PVOID,
        Value: SIZE_T,
        Buffer: PVOID,
        Count: ULONG,
    ) {
        let access = check(host, Device, Type, Size, TargetAddress, Buffer, Count)?;
        if !access.buffered {
            access.write(host, 0, Value);
            return Ok(());
        }
        for index in 0..access.count {
            let mut bytes = [0; 8];
            let place = access.place(Buffer, index);
            // SAFETY: the driver's buffer has `Count` elements of this width, and `index < Count`.
            unsafe { place.copy_to_nonoverlapping(bytes.as_mut_ptr(), native(access.width.bytes())) };
            access.write(host, index, u64::from_le_bytes(bytes));
        }
        Ok(())
    }
}
