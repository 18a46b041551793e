//! The qtest protocol, as far as it is used here: one command a line, one answer a line.
//!
//! Numbers that QEMU does not understand make it abort, so every command is put together here, from numbers.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use super::error::QemuError;
use super::process::Process;
use crate::bus::device::{Waker, Width};

/// The ports by which a PC's processor reaches configuration space.
const CONFIG_ADDRESS: u16 = 0xcf8;
const CONFIG_DATA: u16 = 0xcfc;
/// The slot of the device. Its interrupt line is the one that is watched.
const SLOT: u32 = 4;

/// A QEMU machine with one device, whose processor never runs: this host is in its place.
pub struct Machine {
    process: Process,
    failure: Option<QemuError>,
}

impl Machine {
    /// Starts QEMU. `device` are its arguments for the device, which is to sit in slot 4.
    pub fn start(program: &Path, device: &[&str]) -> Result<Self, QemuError> {
        let mut command = Command::new(program);
        command.args(["-machine", "q35", "-S", "-display", "none", "-nodefaults"]);
        command.args(["-qtest", "stdio", "-qtest-log", "none"]).args(device);
        Self::new(Process::start(command)?)
    }

    /// A QEMU that somebody else started, with a device in slot 4.
    pub fn connect(address: SocketAddr) -> Result<Self, QemuError> {
        Self::new(Process::connect(address)?)
    }

    fn new(process: Process) -> Result<Self, QemuError> {
        let mut machine = Self { process, failure: None };
        // Only changes are told, so this comes before the device can do anything.
        machine.command("irq_intercept_in ioapic")?;
        Ok(machine)
    }

    /// Why it does not work any more.
    pub fn failure(&self) -> Option<QemuError> {
        let silent =
            || self.process.has_ended().then(|| QemuError::Ended { words: "it said no more".into() });
        self.failure.clone().or_else(silent)
    }

    /// Says whom to tell that the interrupt line changed or that the machine does not work any more.
    pub fn wake(&mut self, waker: Waker) {
        self.process.wake(waker);
    }

    /// Level of the device's interrupt line.
    pub fn line(&self) -> bool {
        self.process.line()
    }

    /// Reads memory.
    pub fn read(&mut self, address: u64, width: Width) -> Result<u64, QemuError> {
        self.value(&format!("read{} {address:#x}", letter(width)), width)
    }

    /// Writes memory.
    pub fn write(&mut self, address: u64, width: Width, value: u64) -> Result<(), QemuError> {
        self.command(&format!("write{} {address:#x} {:#x}", letter(width), width.truncate(value)))
    }

    /// Reads a port. No processor reads 8 bytes of them at once: all bits are one then.
    pub fn read_port(&mut self, port: u16, width: Width) -> Result<u64, QemuError> {
        if width == Width::U64 {
            return Ok(u64::MAX);
        }
        self.value(&format!("in{} {port:#x}", letter(width)), width)
    }

    /// Writes a port; nothing comes of 8 bytes at once.
    pub fn write_port(&mut self, port: u16, width: Width, value: u64) -> Result<(), QemuError> {
        if width == Width::U64 {
            return Ok(());
        }
        self.command(&format!("out{} {port:#x} {:#x}", letter(width), width.truncate(value)))
    }

    /// Reads the device's configuration space.
    pub fn read_config(&mut self, offset: u8, width: Width) -> Result<u64, QemuError> {
        let port = self.point_at(offset)?;
        self.read_port(port, width)
    }

    /// Writes the device's configuration space.
    pub fn write_config(&mut self, offset: u8, width: Width, value: u64) -> Result<(), QemuError> {
        let port = self.point_at(offset)?;
        self.write_port(port, width, value)
    }

    /// The port at which this place of the configuration space is.
    fn point_at(&mut self, offset: u8) -> Result<u16, QemuError> {
        let address = 1 << 31 | SLOT << 11 | u32::from(offset & 0xfc);
        self.write_port(CONFIG_ADDRESS, Width::U32, address.into())?;
        Ok(CONFIG_DATA + u16::from(offset & 3))
    }

    fn command(&mut self, command: &str) -> Result<(), QemuError> {
        match self.ask(command)?.as_str() {
            "OK" => Ok(()),
            answer => Err(self.fail(garbage(command, answer))),
        }
    }

    /// What a command reads; QEMU may say more digits than the width has, but no more bits.
    fn value(&mut self, command: &str, width: Width) -> Result<u64, QemuError> {
        let answer = self.ask(command)?;
        let digits = answer.strip_prefix("OK 0x").filter(|digits| !digits.starts_with('+'));
        let value = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
        match value.filter(|value| width.truncate(*value) == *value) {
            Some(value) => Ok(value),
            None => Err(self.fail(garbage(command, &answer))),
        }
    }

    fn ask(&mut self, command: &str) -> Result<String, QemuError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let answer = self.process.ask(command);
        answer.map_err(|error| self.fail(error))
    }

    /// From here on nothing is asked any more.
    fn fail(&mut self, error: QemuError) -> QemuError {
        self.process.end();
        self.failure.get_or_insert(error).clone()
    }
}

fn garbage(command: &str, answer: &str) -> QemuError {
    QemuError::Garbage { command: command.into(), answer: answer.into() }
}

/// How the commands name a width.
const fn letter(width: Width) -> char {
    match width {
        Width::U8 => 'b',
        Width::U16 => 'w',
        Width::U32 => 'l',
        Width::U64 => 'q',
    }
}
