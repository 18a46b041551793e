//! What sits in the slot.

use std::fmt::{self, Display};
use std::net::SocketAddr;
use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::de::value::{self, StrDeserializer};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use wdk_portable::STATUS_SUCCESS;

use super::value::{Bytes, Status};
use crate::bus::{
    AbacusDevice, Bar, BarError, BarKind, Break, BusError, EduDevice, Fault, FaultyDevice, Identity, Line,
    PciBus, PciDevice, QemuDevice, QemuError, QemuModel, ScratchDevice,
};

/// Most BARs that a PCI function has; a 64-bit one takes two of them.
const MAX_BARS: usize = 6;

/// The slot of the first device that names none; the next ones follow.
const FIRST_SLOT: u16 = 4;

/// A `[device]` table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Device {
    /// Which model.
    pub model: Model,
    /// Lengths of the memory BARs in bytes, powers of two. Only for `scratch`.
    #[serde(default)]
    pub bars: Vec<u64>,
    /// Lengths of the I/O port BARs in ports, powers of two; they come after the memory BARs. Only for
    /// `scratch`.
    #[serde(default)]
    pub ports: Vec<u64>,
    /// Vendor ID. Only for `scratch`, whose default is edu's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<u16>,
    /// Device ID. Only for `scratch`, whose default is edu's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<u16>,
    /// Where a QEMU listens that somebody else started, such as `127.0.0.1:4444`. Only for QEMU's devices, of which the
    /// host starts one otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qtest: Option<SocketAddr>,
    /// Its slot: 32 on each bus, numbered through. Slots whose numbers differ by a multiple of 4 share an
    /// interrupt line. The first device has slot 4 unless it says otherwise, the second one slot 5, and
    /// so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<u16>,
    /// How the interrupt pin is wired.
    #[serde(default)]
    pub interrupt_line: Line,
    /// The hardware does not answer, from the beginning.
    #[serde(default)]
    pub gone: bool,
    /// Registers that misbehave.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// When it breaks, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "break")]
    pub breaks: Option<Break>,
    /// I/O control requests that the stack below the driver knows.
    #[serde(default)]
    pub lower: Vec<Lower>,
}

/// What the stack below the driver does with one I/O control code. Everything else that reaches it fails
/// with `STATUS_INVALID_DEVICE_REQUEST`: the PCI bus driver knows no reads, writes and I/O control requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lower {
    /// The I/O control code.
    pub code: u32,
    /// It keeps such a request until it is cancelled.
    #[serde(default)]
    pub keeps: bool,
    /// The status that it completes such a request with.
    #[serde(default)]
    pub status: Status,
    /// The output; with a smaller buffer the request fails with `STATUS_BUFFER_TOO_SMALL`.
    #[serde(default)]
    pub output: Bytes,
}

/// A device model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// QEMU's edu device.
    Edu,
    /// A memory board with two memory BARs, ports and two interrupts.
    Abacus,
    /// Plain registers.
    Scratch,
    /// The real edu, in a QEMU process.
    #[serde(rename = "qemu:edu")]
    QemuEdu,
    /// QEMU's pci-testdev, with ports and two memory BARs.
    #[serde(rename = "qemu:pci-testdev")]
    QemuPciTestdev,
    /// QEMU's ivshmem-plain, with 1 MiB of 64-bit memory.
    #[serde(rename = "qemu:ivshmem-plain")]
    QemuIvshmemPlain,
}

impl Model {
    /// Whether it is a device of QEMU.
    pub const fn is_in_qemu(self) -> bool {
        matches!(self, Self::QemuEdu | Self::QemuPciTestdev | Self::QemuIvshmemPlain)
    }
}

impl Display for Model {
    /// The name that it has in a scenario.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl FromStr for Model {
    type Err = String;

    /// The name that it has in a scenario.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let name: StrDeserializer<'_, value::Error> = name.into_deserializer();
        Self::deserialize(name).map_err(|error| error.to_string())
    }
}

/// A model in the place of a scenario's own: `edu`, or `qemu:edu@127.0.0.1:4444` for a QEMU that listens there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The model.
    pub model: Model,
    /// Where its QEMU listens.
    pub qtest: Option<SocketAddr>,
}

impl From<Model> for Replacement {
    fn from(model: Model) -> Self {
        Self { model, qtest: None }
    }
}

impl Display for Replacement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.model.fmt(f)?;
        self.qtest.map_or(Ok(()), |address| write!(f, "@{address}"))
    }
}

impl FromStr for Replacement {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((model, address)) = text.split_once('@') else { return text.parse().map(Model::into) };
        let model: Model = model.parse()?;
        if !model.is_in_qemu() {
            return Err(format!("{model} is not in QEMU: remove @{address}"));
        }
        let address = address.parse().map_err(|_| format!("{address} is no address: write IP:port"))?;
        Ok(Self { model, qtest: Some(address) })
    }
}

/// A device that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DeviceError {
    /// A `scratch` setting on another model.
    #[error("bars, ports, vendor and device are for model = \"scratch\" only: remove them")]
    NotScratch,
    /// The address of a QEMU, for another model.
    #[error("qtest is for the models of QEMU only: remove it")]
    NotInQemu,
    /// Too many BARs.
    #[error("a device has at most {MAX_BARS} BARs, and one of 256 MiB or more counts twice: remove some")]
    TooManyBars,
    /// An impossible BAR.
    #[error(transparent)]
    Bar(#[from] BarError),
    /// A fault that does nothing.
    #[error("the fault at offset 0x{offset:x} does nothing: give it reads, ignores-writes or vanishes")]
    IdleFault {
        /// Its offset.
        offset: u64,
    },
    /// A fault outside every BAR.
    #[error("there is no register at offset 0x{offset:x} of BAR {bar}: correct the fault")]
    FaultOutside {
        /// Its BAR.
        bar: usize,
        /// Its offset.
        offset: u64,
    },
    /// QEMU does not do its part.
    #[error(transparent)]
    Qemu(#[from] QemuError),
    /// The bus has no place for it.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// One code, several answers.
    #[error("the stack below knows the I/O control code 0x{code:x} twice: remove one")]
    LowerTwice {
        /// The code.
        code: u32,
    },
    /// A kept request has no answer.
    #[error("the stack below keeps 0x{code:x} and has an answer to it: remove keeps, or status and output")]
    LowerKeepsAnswer {
        /// The code.
        code: u32,
    },
}

impl Device {
    /// The slot of the device with this number in its scenario.
    pub fn slot(&self, number: usize) -> u16 {
        let next = || u16::try_from(number).unwrap_or(u16::MAX).saturating_add(FIRST_SLOT);
        self.slot.unwrap_or_else(next)
    }

    /// Puts the device into a slot.
    ///
    /// # Errors
    /// [`DeviceError`] if the device cannot be built or the slot is none for it.
    pub fn plug_into(&self, bus: &mut PciBus, slot: u16) -> Result<(), DeviceError> {
        bus.plug(slot, self.build()?)?;
        bus.wire(slot, self.interrupt_line)?;
        Ok(())
    }

    /// As [`plug_into`](Self::plug_into), but without a process: in the place of QEMU's device is one that has no
    /// BARs.
    ///
    /// # Errors
    /// As those of [`plug_into`](Self::plug_into).
    pub fn outline_into(&self, bus: &mut PciBus, slot: u16) -> Result<(), DeviceError> {
        if !self.model.is_in_qemu() {
            return self.plug_into(bus, slot);
        }
        self.check_for_all()?;
        let outline = ScratchDevice::new(EduDevice::IDENTITY, Vec::new());
        Ok(bus.plug(slot, FaultyDevice::new(Box::new(outline), Vec::new()))?)
    }

    /// The device model with its faults.
    ///
    /// # Errors
    /// [`DeviceError`] if what is said of the device does not fit its model, or there is no QEMU for it.
    pub fn build(&self) -> Result<FaultyDevice, DeviceError> {
        self.check_for_all()?;
        let in_qemu = |model| {
            let device = match self.qtest {
                Some(address) => QemuDevice::connect(model, address),
                None => QemuDevice::start(model),
            };
            device.map(|device| Box::new(device) as Box<dyn PciDevice>)
        };
        let model: Box<dyn PciDevice> = match self.model {
            Model::Scratch => Box::new(self.scratch()?),
            Model::Edu => Box::new(EduDevice::default()),
            Model::Abacus => Box::new(AbacusDevice::default()),
            Model::QemuEdu => in_qemu(QemuModel::Edu)?,
            Model::QemuPciTestdev => in_qemu(QemuModel::PciTestdev)?,
            Model::QemuIvshmemPlain => in_qemu(QemuModel::IvshmemPlain)?,
        };
        for fault in &self.faults {
            check_fault(fault, model.bars())?;
        }
        let mut device = FaultyDevice::new(model, self.faults.clone());
        if self.gone {
            device.go_away();
        }
        device.set_break(self.breaks);
        Ok(device)
    }

    /// What is wrong whatever the BARs are.
    fn check_for_all(&self) -> Result<(), DeviceError> {
        if self.model != Model::Scratch && self.is_for_scratch() {
            return Err(DeviceError::NotScratch);
        }
        if self.qtest.is_some() && !self.model.is_in_qemu() {
            return Err(DeviceError::NotInQemu);
        }
        check_lower(&self.lower)
    }

    /// Whether four bytes at this offset lie in that BAR. Which BARs its device has only QEMU knows: there is no
    /// harm in a write beside them.
    pub fn has_register(&self, bar: usize, offset: u64) -> bool {
        if self.model.is_in_qemu() {
            return true;
        }
        let end = offset.checked_add(4);
        let length = self.build().ok().and_then(|device| device.bars().get(bar).map(Bar::length));
        end.zip(length).is_some_and(|(end, length)| end <= length)
    }

    /// Whether there is a setting that other models do not have.
    fn is_for_scratch(&self) -> bool {
        let bars = !self.bars.is_empty() || !self.ports.is_empty();
        bars || self.vendor.is_some() || self.device.is_some()
    }

    fn scratch(&self) -> Result<ScratchDevice, DeviceError> {
        let edu = EduDevice::IDENTITY;
        let identity = Identity {
            vendor: self.vendor.unwrap_or(edu.vendor),
            device: self.device.unwrap_or(edu.device),
            ..edu
        };
        let memory = self.bars.iter().map(|length| Bar::memory(*length));
        let ports = self.ports.iter().map(|length| Bar::new(BarKind::Io, *length));
        let bars = memory.chain(ports).collect::<Result<Vec<_>, _>>()?;
        let registers: usize = bars.iter().map(Bar::registers).sum();
        if registers > MAX_BARS {
            return Err(DeviceError::TooManyBars);
        }
        Ok(ScratchDevice::new(identity, bars))
    }
}

fn check_lower(lower: &[Lower]) -> Result<(), DeviceError> {
    for (index, Lower { code, keeps, status, output }) in lower.iter().enumerate() {
        if lower[..index].iter().any(|other| other.code == *code) {
            return Err(DeviceError::LowerTwice { code: *code });
        }
        if *keeps && (status.0 != STATUS_SUCCESS || !output.0.is_empty()) {
            return Err(DeviceError::LowerKeepsAnswer { code: *code });
        }
    }
    Ok(())
}

fn check_fault(fault: &Fault, bars: &[Bar]) -> Result<(), DeviceError> {
    let Fault { bar, offset, .. } = *fault;
    if fault.reads.is_none() && !fault.ignores_writes && !fault.vanishes {
        return Err(DeviceError::IdleFault { offset });
    }
    if bars.get(bar).is_none_or(|bar| offset >= bar.length()) {
        return Err(DeviceError::FaultOutside { bar, offset });
    }
    Ok(())
}
