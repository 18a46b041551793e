//! The register and port tables of a device (`fxresourcecollectionum.cpp`).

use super::mapped::{Mapped, View};
use crate::bus::{ADDRESS_BITS, Descriptor, Resource};
use crate::framework::pointer::native;
use crate::framework::{Handle, Stop};
use crate::host::Host;
use crate::inf::Installation;
use crate::inf::directives::RegisterAccessMode;
use crate::rules::Rule;
use wdk_portable::STATUS_INSUFFICIENT_RESOURCES;

/// Upper 16 bits of a pseudo base address. Non-canonical on x86-64: a driver that dereferences it
/// faults. The lower [`ADDRESS_BITS`] are the CPU-relative address.
const PSEUDO: u64 = 0x5ED0 << ADDRESS_BITS;

/// The CPU-relative address behind a pseudo address; `None` if the address is none.
pub fn behind_pseudo(address: u64) -> Option<u64> {
    let physical = address ^ PSEUDO;
    (physical >> ADDRESS_BITS == 0).then_some(physical)
}

/// A range of registers or ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub start: u64,
    /// Bytes.
    pub length: u64,
}

impl Range {
    /// Whether `[start, start + length)` lies wholly inside. Never if its end is no address: the framework adds
    /// before it subtracts (`fxresourcecollectionum.cpp`).
    pub fn contains(self, start: u64, length: u64) -> bool {
        start
            .checked_add(length)
            .and_then(|_| start.checked_sub(self.start))
            .and_then(|offset| offset.checked_add(length))
            .is_some_and(|end| end <= self.length)
    }
}

struct Entry {
    resource: Range,
    mapping: Option<Mapping>,
}

struct Mapping {
    range: Range,
    /// Where it is in this process, if the INF wants it there.
    mapped: Option<Mapped>,
}

impl Entry {
    fn range(&self) -> Option<Range> {
        self.mapping.as_ref().map(|mapping| mapping.range)
    }
}

/// The register and port tables of a device: built from the translated list just before
/// EvtDevicePrepareHardware, gone after EvtDeviceReleaseHardware.
#[derive(Default)]
pub struct Registers {
    allowed: bool,
    mode: RegisterAccessMode,
    /// The device is in D0, or not yet initialised since it got its resources.
    powered: bool,
    memory: Vec<Entry>,
    ports: Vec<Range>,
}

impl Registers {
    /// Empty tables; access as the INF allows.
    pub fn new(installation: &Installation) -> Self {
        let directives = &installation.directives;
        Self {
            allowed: directives.direct_hardware_access,
            mode: directives.register_access_mode,
            ..Self::default()
        }
    }

    /// Builds the tables from the translated list.
    pub fn build(&mut self, translated: &[Descriptor]) {
        self.clear();
        self.powered = true;
        for descriptor in translated {
            if let Some((start, length)) = descriptor.memory() {
                self.memory.push(Entry { resource: Range { start, length }, mapping: None });
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
        let mapped = self.memory.iter().filter_map(Entry::range);
        mapped
            .map(|range| format!("{:#x} bytes at {:#x}", range.length, range.start))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What is mapped, for a message about what is not.
    fn current(&self) -> String {
        let current = self.still_mapped();
        if current.is_empty() { "nothing".into() } else { current }
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

    /// Maps a range for the device; the answer is the pseudo base address. `out` checks the out
    /// pointer, at its place in the order of the checks.
    pub fn map(
        &mut self,
        host: &Host,
        device: Handle,
        range: Range,
        known_cache_type: bool,
        out: impl FnOnce() -> Result<(), Stop>,
    ) -> Result<usize, Stop> {
        self.check_allowed(host)?;
        let Range { start, length } = range;
        if start == 0 || length == 0 {
            return Err(host.violation(Rule::MapZero, format!("address {start:#x}, {length:#x} bytes")));
        }
        if !known_cache_type {
            return Err(host.violation(Rule::MapBadCache, "CacheType is no MEMORY_CACHING_TYPE"));
        }
        out()?;
        let Some(entry) = self.memory.iter_mut().find(|entry| entry.resource.contains(start, length)) else {
            let message =
                format!("{length:#x} bytes at {start:#x} are not inside one assigned memory resource");
            return Err(host.violation(Rule::MapOutsideResources, message));
        };
        if let Some(mapped) = entry.range() {
            let message = format!(
                "the resource at {:#x} is mapped already: {:#x} bytes at {:#x}",
                entry.resource.start, mapped.length, mapped.start
            );
            return Err(host.violation(Rule::MapTwice, message));
        }
        let mapped = match self.mode {
            RegisterAccessMode::SystemCall => None,
            RegisterAccessMode::UserModeMapping => {
                let mapped = Mapped::new(device, range);
                Some(mapped.ok_or(Stop::Status(STATUS_INSUFFICIENT_RESOURCES))?)
            }
        };
        entry.mapping = Some(Mapping { range, mapped });
        Ok(native(PSEUDO | start))
    }

    /// Unmaps a mapping; the answer is its CPU-relative address.
    pub fn unmap(&mut self, host: &Host, pseudo: u64, length: u64) -> Result<u64, Stop> {
        self.check_allowed(host)?;
        let exact = |range: Range| PSEUDO | range.start == pseudo && range.length == length;
        if let Some(entry) = self.memory.iter_mut().find(|entry| entry.range().is_some_and(exact)) {
            let mapping = entry.mapping.take();
            return Ok(mapping.map_or(0, |mapping| mapping.range.start));
        }
        let given = match behind_pseudo(pseudo) {
            Some(physical) => format!("{length:#x} bytes at pseudo base of {physical:#x}"),
            None => format!("{length:#x} bytes at an address that is no pseudo base"),
        };
        let message = format!("unmaps {given}; mapped is {}", self.current());
        Err(host.violation(Rule::UnmapMismatch, message))
    }

    /// Refuses what only a driver whose registers are mapped into the process may do.
    pub fn check_mapped_mode(&self, host: &Host) -> Result<(), Stop> {
        if self.mode == RegisterAccessMode::UserModeMapping {
            return Ok(());
        }
        let message = "the INF does not say UmdfRegisterAccessMode = RegisterAccessUsingUserModeMapping";
        Err(host.violation(Rule::HwMappedAddrMode, message))
    }

    /// Where the registers behind a pseudo base address are in this process.
    pub fn mapped_address(&self, host: &Host, pseudo: u64) -> Result<u64, Stop> {
        let exact = |mapping: &&Mapping| PSEUDO | mapping.range.start == pseudo;
        let mapping = self.memory.iter().filter_map(|entry| entry.mapping.as_ref()).find(exact);
        if let Some(mapped) = mapping.and_then(|mapping| mapping.mapped.as_ref()) {
            return Ok(mapped.address());
        }
        let given = match behind_pseudo(pseudo) {
            Some(physical) => format!("the pseudo address of {physical:#x} is no base"),
            None => "the address is no pseudo address".into(),
        };
        Err(host.violation(Rule::HwMappedAddrBase, format!("{given}; mapped is {}", self.current())))
    }

    /// The CPU-relative address behind a pseudo address, if the access is inside one mapping.
    pub fn register(&self, host: &Host, pseudo: u64, length: u64) -> Result<u64, Stop> {
        let physical = behind_pseudo(pseudo);
        let inside = |physical: &u64| {
            self.memory.iter().filter_map(Entry::range).any(|range| range.contains(*physical, length))
        };
        if let Some(physical) = physical.filter(inside) {
            return Ok(physical);
        }
        let at = physical.map_or("an address that is no pseudo address".into(), |at| format!("{at:#x}"));
        Err(self.outside(host, &at, length))
    }

    /// The CPU-relative address behind an address in this process, if the access is inside the
    /// mapping that the view belongs to.
    pub fn mapped_register(&self, host: &Host, view: &View, address: u64, length: u64) -> Result<u64, Stop> {
        let physical = view.physical(address);
        if view.owner().is_some() && view.registers.contains(physical, length) {
            return Ok(physical);
        }
        Err(self.outside(host, &format!("{physical:#x}"), length))
    }

    fn outside(&self, host: &Host, at: &str, length: u64) -> Stop {
        let message = format!("{length} bytes at {at}; mapped is {}", self.current());
        host.violation(Rule::HwAccessRange, message)
    }

    /// The port, if the access is inside one port resource.
    pub fn port(&self, host: &Host, port: u64, length: u64) -> Result<u64, Stop> {
        if self.ports.iter().any(|range| range.contains(port, length)) {
            return Ok(port);
        }
        Err(host.violation(
            Rule::HwAccessRange,
            format!("{length} bytes at port {port:#x}: not inside a port resource"),
        ))
    }
}
