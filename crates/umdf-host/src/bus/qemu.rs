//! A device of QEMU: the real model, in a QEMU process, driven over its qtest protocol.
//!
//! - `process`: the process, which ends with its owner, or the way to one that somebody else started; its lines, each
//!   with a deadline;
//! - `qtest`: the protocol;
//! - `config`: configuration space: identity, BARs, MSI.
//!
//! The machine is a q35 whose processor never runs. The device sits in slot 4 there, whatever its slot here, and its
//! BARs lie where the machine has room; the bus here gives a driver other addresses. QEMU is asked for every access,
//! so the device lives in the time of the machine, not in model time.
//!
//! Its interrupt line is told by QEMU at any time. Its message is not: it lies in the guest's memory, and one looks
//! at it again and again, soon after an access and ever more rarely then.
//!
//! When QEMU ends, does not answer or says something else than the protocol has, it is killed and the device is
//! gone: reads give all ones, writes do nothing.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::device::{Bar, BarKind, Identity, PciDevice, Waker, Width};
use super::edu::EduDevice;

mod config;
mod error;
mod process;
mod qtest;

use config::{Msi, Placed};
pub use error::QemuError;
pub use find_qemu::PROGRAM;
use find_qemu::{OLDEST, Version};
use process::Process;
use qtest::Machine;

/// Time from an access to the first look for a message.
const FIRST_PAUSE: Duration = Duration::from_micros(200);
/// Longest time between two looks.
const LONGEST_PAUSE: Duration = Duration::from_millis(5);

/// Which of QEMU's devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QemuModel {
    /// `edu`.
    Edu,
    /// `pci-testdev`, with a 64-bit memory BAR of 16 MiB.
    PciTestdev,
    /// `ivshmem-plain`, with 1 MiB of memory.
    IvshmemPlain,
}

impl QemuModel {
    /// QEMU's arguments for the device.
    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Edu => &["-device", "edu,addr=04.0"],
            Self::PciTestdev => &["-device", "pci-testdev,addr=04.0,membar=16777216"],
            Self::IvshmemPlain => &[
                "-object",
                "memory-backend-ram,id=shared,size=1M,share=on",
                "-device",
                "ivshmem-plain,addr=04.0,memdev=shared",
            ],
        }
    }
}

/// A device in a QEMU process of its own. Dropping it ends the process, if it was started here.
pub struct QemuDevice {
    model: QemuModel,
    machine: Machine,
    identity: Identity,
    placed: Vec<u64>,
    bars: Vec<Bar>,
    msi: Option<Msi>,
    /// It sends its message instead of using its pin.
    message_signaled: bool,
    /// When to look for a message, and how long to wait after that.
    look: Option<Duration>,
    pause: Duration,
}

impl QemuDevice {
    /// Starts QEMU and does with the device what firmware does. To be called on a thread that lives as long as
    /// the device.
    ///
    /// # Errors
    /// [`QemuError`] if there is no QEMU, or one that is too old or speaks nonsense.
    pub fn start(model: QemuModel) -> Result<Self, QemuError> {
        let program = Path::new(PROGRAM);
        check_version(program)?;
        Self::of_machine(model, Machine::start(program, model.arguments())?)
    }

    /// The device of a QEMU that somebody else started, with the model in slot 4 of a q35 machine. It is not ended
    /// with this one, and its version is not asked for.
    ///
    /// # Errors
    /// [`QemuError`] if nobody listens there, or it is no such QEMU.
    pub fn connect(model: QemuModel, address: SocketAddr) -> Result<Self, QemuError> {
        Self::of_machine(model, Machine::connect(address)?)
    }

    fn of_machine(model: QemuModel, mut machine: Machine) -> Result<Self, QemuError> {
        let identity = config::identity(&mut machine)?;
        let placed = config::place_bars(&mut machine)?;
        let msi = config::msi(&mut machine)?;
        let (bars, placed) = placed.into_iter().map(|Placed { bar, start }| (bar, start)).unzip();
        let device = Self {
            model,
            machine,
            identity,
            placed,
            bars,
            msi,
            message_signaled: false,
            look: None,
            pause: FIRST_PAUSE,
        };
        Ok(device)
    }

    /// Where an access goes in the machine: the kind of the BAR, and the address.
    fn place(&self, bar: usize, offset: u64, width: Width) -> Option<(BarKind, u64)> {
        let (found, start) = self.bars.get(bar).zip(self.placed.get(bar))?;
        let end = offset.checked_add(width.bytes())?;
        (end <= found.length()).then_some((found.kind(), start + offset))
    }

    /// An access may lead to a message soon.
    fn touched(&mut self, now: Duration) {
        self.pause = FIRST_PAUSE;
        self.look = self.message_signaled.then(|| now.saturating_add(FIRST_PAUSE));
    }
}

impl PciDevice for QemuDevice {
    fn identity(&self) -> Identity {
        self.identity
    }

    fn bars(&self) -> &[Bar] {
        &self.bars
    }

    fn decodes(&self, bar: usize, offset: u64, width: Width) -> bool {
        match self.model {
            // It answers any access, with something; which ones it knows is known from its own documents.
            QemuModel::Edu => EduDevice::default().decodes(bar, offset, width),
            QemuModel::PciTestdev | QemuModel::IvshmemPlain => true,
        }
    }

    fn read(&mut self, bar: usize, offset: u64, width: Width, now: Duration) -> u64 {
        self.touched(now);
        let read = match self.place(bar, offset, width) {
            Some((BarKind::Io, address)) => self.machine.read_port(port(address), width),
            Some((_, address)) => self.machine.read(address, width),
            None => Ok(0),
        };
        // Whoever asks for the failure is told; the driver reads what it reads of hardware that is gone.
        read.unwrap_or(width.all_ones())
    }

    fn write(&mut self, bar: usize, offset: u64, width: Width, value: u64, now: Duration) {
        self.touched(now);
        let written = match self.place(bar, offset, width) {
            Some((BarKind::Io, address)) => self.machine.write_port(port(address), width, value),
            Some((_, address)) => self.machine.write(address, width, value),
            None => Ok(()),
        };
        // As for a read.
        let _ = written;
    }

    fn interrupt_line(&mut self, _now: Duration) -> bool {
        self.machine.failure().is_none() && self.machine.line()
    }

    fn take_messages(&mut self, now: Duration) -> u32 {
        if !self.message_signaled {
            return 0;
        }
        let sent = config::take_message(&mut self.machine).unwrap_or(false);
        if sent {
            self.touched(now);
        } else {
            self.look = self.machine.failure().is_none().then(|| now.saturating_add(self.pause));
            self.pause = LONGEST_PAUSE.min(self.pause * 2);
        }
        sent.into()
    }

    fn set_messages(&mut self, count: u8) {
        let enable = count > 0 && self.msi.is_some();
        if let Some(msi) = self.msi {
            // A failure shows itself at the next access.
            let _ = msi.enable(&mut self.machine, enable);
        }
        self.message_signaled = enable;
        self.look = enable.then_some(Duration::ZERO);
    }

    fn next_event(&self) -> Option<Duration> {
        self.look
    }

    fn set_waker(&mut self, waker: Waker) {
        self.machine.wake(waker);
    }

    fn failure(&self) -> Option<String> {
        self.machine.failure().map(|failure| failure.to_string())
    }
}

/// Refuses a program that is no QEMU, or one that is too old.
fn check_version(program: &Path) -> Result<(), QemuError> {
    let mut command = Command::new(program);
    command.arg("--version");
    let line = Process::start(command)?.answer("--version")?;
    match Version::parse(&line) {
        Some(version) if version >= OLDEST => Ok(()),
        Some(version) => Err(QemuError::TooOld { found: version.to_string() }),
        None => Err(QemuError::Garbage { command: "--version".into(), answer: line }),
    }
}

/// Ports are placed among those that there are.
#[expect(clippy::cast_possible_truncation, reason = "see above")]
const fn port(address: u64) -> u16 {
    address as u16
}
