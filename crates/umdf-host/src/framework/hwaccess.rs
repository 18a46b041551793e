//! `wdfhwaccess.h`: register and port access, and the tables behind them
//! (`fxresourcecollectionum.cpp`).

use wdk_portable::{
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type, PVOID, SIZE_T, ULONG,
    WDF_DEVICE_HWACCESS_TARGET_SIZE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDFDEVICE,
};

use super::Stop;
use super::device::Device;
use super::pointer::{Pointer, native};
use crate::bus::{ADDRESS_BITS, Descriptor, Resource, Space, Width};
use crate::delivery;
use crate::history::Event;
use crate::host::Host;
use crate::inf::Installation;
use crate::rules::Rule;

/// Upper 16 bits of a pseudo base address. Non-canonical on x86-64: a driver that dereferences it
/// faults. The lower [`ADDRESS_BITS`] are the CPU-relative address.
const PSEUDO: u64 = 0x5ED0 << ADDRESS_BITS;

/// A range of registers or ports.
#[derive(Clone, Copy)]
struct Range {
    start: u64,
    length: u64,
}

impl Range {
    /// Whether `[start, start + length)` lies wholly inside.
    fn contains(self, start: u64, length: u64) -> bool {
        start
            .checked_sub(self.start)
            .and_then(|offset| offset.checked_add(length))
            .is_some_and(|end| end <= self.length)
    }
}

struct Entry {
    resource: Range,
    mapped: Option<Range>,
}

/// The register and port tables of a device: built from the translated list just before
/// EvtDevicePrepareHardware, gone after EvtDeviceReleaseHardware.
#[derive(Default)]
pub struct Registers {
    allowed: bool,
    /// The device is in D0, or not yet initialised since it got its resources.
    powered: bool,
    memory: Vec<Entry>,
    ports: Vec<Range>,
}

impl Registers {
    /// Empty tables; access as the INF allows.
    pub fn new(installation: &Installation) -> Self {
        Self { allowed: installation.directives.direct_hardware_access, ..Self::default() }
    }

    /// Builds the tables from the translated list.
    pub fn build(&mut self, translated: &[Descriptor]) {
        self.clear();
        self.powered = true;
        for descriptor in translated {
            if let Some((start, length)) = descriptor.memory() {
                self.memory.push(Entry { resource: Range { start, length }, mapped: None });
            } else if let Resource::Port { start, length } = descriptor.resource {
                self.ports.push(Range { start, length: length.into() });
            }
        }
    }

    /// The device left or entered D0.
    pub fn set_powered(&mut self, powered: bool) {
        self.powered = powered;
    }

    /// Registers can be expected to answer.
    pub fn powered(&self) -> bool {
        self.powered
    }

    /// Deletes the tables.
    pub fn clear(&mut self) {
        self.powered = false;
        self.memory.clear();
        self.ports.clear();
    }

    /// What is still mapped, in words; empty if nothing is.
    pub fn still_mapped(&self) -> String {
        let mapped = self.memory.iter().filter_map(|entry| entry.mapped);
        mapped
            .map(|range| format!("{:#x} bytes at {:#x}", range.length, range.start))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Refuses what only a driver with direct hardware access may do.
    pub fn check_allowed(&self, host: &Host) -> Result<(), Stop> {
        if self.allowed {
            return Ok(());
        }
        Err(host.violation(
            Rule::HwNotAllowed,
            "the INF does not say UmdfDirectHardwareAccess = AllowDirectHardwareAccess",
        ))
    }

    /// Maps a range; the answer is the pseudo base address. `out` checks the out pointer, at its
    /// place in the order of the checks.
    pub fn map(
        &mut self,
        host: &Host,
        physical: u64,
        length: u64,
        known_cache_type: bool,
        out: impl FnOnce() -> Result<(), Stop>,
    ) -> Result<usize, Stop> {
        self.check_allowed(host)?;
        if physical == 0 || length == 0 {
            return Err(host.violation(Rule::MapZero, format!("address {physical:#x}, {length:#x} bytes")));
        }
        if !known_cache_type {
            return Err(host.violation(Rule::MapBadCache, "CacheType is no MEMORY_CACHING_TYPE"));
        }
        out()?;
        let Some(entry) = self.memory.iter_mut().find(|entry| entry.resource.contains(physical, length))
        else {
            let message =
                format!("{length:#x} bytes at {physical:#x} are not inside one assigned memory resource");
            return Err(host.violation(Rule::MapOutsideResources, message));
        };
        if let Some(mapped) = entry.mapped {
            let message = format!(
                "the resource at {:#x} is mapped already: {:#x} bytes at {:#x}",
                entry.resource.start, mapped.length, mapped.start
            );
            return Err(host.violation(Rule::MapTwice, message));
        }
        entry.mapped = Some(Range { start: physical, length });
        Ok(native(PSEUDO | physical))
    }

    /// Unmaps a mapping; the answer is its CPU-relative address.
    pub fn unmap(&mut self, host: &Host, pseudo: u64, length: u64) -> Result<u64, Stop> {
        self.check_allowed(host)?;
        let exact = |range: Range| PSEUDO | range.start == pseudo && range.length == length;
        if let Some(entry) = self.memory.iter_mut().find(|entry| entry.mapped.is_some_and(exact)) {
            let mapped = entry.mapped.take();
            return Ok(mapped.map_or(0, |range| range.start));
        }
        let given = if pseudo & (0xffff << 48) == PSEUDO {
            format!("{length:#x} bytes at pseudo base of {:#x}", pseudo & !(0xffff << 48))
        } else {
            format!("{length:#x} bytes at an address that is no pseudo base")
        };
        let current = self.still_mapped();
        let current = if current.is_empty() { "nothing".into() } else { current };
        Err(host.violation(Rule::UnmapMismatch, format!("unmaps {given}; mapped is {current}")))
    }

    /// The CPU-relative address behind a pseudo address, if the access is inside one mapping.
    fn register(&self, host: &Host, pseudo: u64, length: u64) -> Result<u64, Stop> {
        let physical = pseudo ^ PSEUDO;
        if self.memory.iter().filter_map(|entry| entry.mapped).any(|range| range.contains(physical, length)) {
            return Ok(physical);
        }
        let at = if physical >> 48 == 0 {
            format!("{physical:#x}")
        } else {
            "an address that is no pseudo address".into()
        };
        let current = self.still_mapped();
        let current = if current.is_empty() { "nothing".into() } else { current };
        Err(host.violation(Rule::HwAccessRange, format!("{length} bytes at {at}; mapped is {current}")))
    }

    fn port(&self, host: &Host, port: u64, length: u64) -> Result<u64, Stop> {
        if self.ports.iter().any(|range| range.contains(port, length)) {
            return Ok(port);
        }
        Err(host.violation(
            Rule::HwAccessRange,
            format!("{length} bytes at port {port:#x}: not inside a port resource"),
        ))
    }
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
    let powered = device.registers.powered;
    drop(state);
    access.report_doubts(host, powered);
    Ok(access)
}

impl Access {
    /// What Windows does not see and hardware does not forgive. The access is done all the same.
    fn report_doubts(&self, host: &Host, powered: bool) {
        let bytes = self.width.bytes();
        let what = match self.space {
            Space::Port => format!("{bytes} bytes at port {:#x}", self.address),
            Space::Memory => format!("{bytes} bytes at {:#x}", self.address),
        };
        if !powered {
            host.violation(Rule::HwAccessNotD0, format!("{what}, and the device has left D0"));
        }
        if !self.address.is_multiple_of(bytes) {
            host.violation(Rule::HwAccessUnaligned, format!("{what}, which is no multiple of {bytes}"));
        }
        // The bus is not held while the violation ends or reports.
        let decoded = host.bus().decodes(self.space, self.address, self.width);
        if !decoded {
            host.violation(Rule::HwAccessSizeForDevice, format!("{what}, which the device does not decode"));
        }
    }

    fn address_of(&self, index: u64) -> u64 {
        match self.space {
            Space::Port => self.address,
            Space::Memory => self.address + index * self.width.bytes(),
        }
    }

    fn read(&self, host: &Host, index: u64) -> u64 {
        let physical = self.address_of(index);
        let value = host.bus().read(self.space, physical, self.width, host.clock.now());
        host.record(Event::RegisterRead { physical, width: self.width.bytes(), value });
        delivery::look(crate::host::host());
        value
    }

    fn write(&self, host: &Host, index: u64, value: u64) {
        let physical = self.address_of(index);
        let value = self.width.truncate(value);
        host.record(Event::RegisterWrite { physical, width: self.width.bytes(), value });
        host.bus().write(self.space, physical, self.width, value, host.clock.now());
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
