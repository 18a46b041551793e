//! The board: what its registers and ports mean.

use wdk_sys::{NTSTATUS, STATUS_DEVICE_CONFIGURATION_ERROR, WDFDEVICE};

use crate::resources::{Range, Resources};
use crate::window::Window;

/// A cause of an interrupt: an addition is done.
pub const DONE: u32 = 1 << 0;
/// A cause of an interrupt: a command could not be done.
pub const ERROR: u32 = 1 << 1;

const IDENTIFICATION: u32 = 0x0100_00ab;
const COMMAND_END: u32 = 0;
const COMMAND_ADD: u32 = 1;

// Offsets of registers, and the bytes up to their end.
const ID: usize = 0x00;
const START_AND_LENGTH: usize = 0x10;
const TOTAL: usize = 0x18;
const CAUSE: usize = 0x20;
const ENABLE: usize = 0x24;
const DISABLE: usize = 0x28;
const REGISTERS: u64 = 0x2c;
// Ports, and how many there are.
const COMMAND: usize = 0;
const LABEL_POSITION: usize = 4;
const LABEL: usize = 5;
const PORTS: u64 = 6;

/// A board that is started.
pub struct Hardware {
    registers: Window,
    ports: Window,
    pub memory: Window,
    /// Interrupt messages; 0 if there is an interrupt line.
    pub messages: u16,
}

impl Hardware {
    /// Maps the board, and makes sure that it is one. After a failure nothing is mapped.
    ///
    /// # Safety
    /// `device` outlives the value, which is dropped before its EvtDeviceReleaseHardware returns.
    pub unsafe fn new(device: WDFDEVICE, found: &Resources) -> Result<Self, NTSTATUS> {
        let Resources { registers, memory, ports, messages } = *found;
        if registers.length < REGISTERS || memory.length == 0 || ports.length < PORTS {
            return Err(STATUS_DEVICE_CONFIGURATION_ERROR);
        }
        let registers = Range { length: REGISTERS, ..registers };
        // SAFETY: the caller's promise.
        let registers = unsafe { Window::map(device, registers, 4)? };
        // SAFETY: the caller's promise.
        let memory = unsafe { Window::map(device, memory, 8)? };
        // SAFETY: the caller's promise.
        let ports = unsafe { Window::ports(device, ports, 1)? };
        let board = Self { registers, ports, memory, messages };
        if board.identification() == IDENTIFICATION {
            Ok(board)
        } else {
            Err(STATUS_DEVICE_CONFIGURATION_ERROR)
        }
    }

    /// All ones if there is no board any more.
    pub fn identification(&self) -> u32 {
        self.register(ID)
    }

    /// Lets the board interrupt for these causes.
    pub fn enable(&self, causes: u32) {
        self.registers.write(ENABLE, causes);
    }

    /// Lets the board not interrupt for these causes.
    pub fn disable(&self, causes: u32) {
        self.registers.write(DISABLE, causes);
    }

    /// Clears these causes, and says which of them were set.
    pub fn take_causes(&self, causes: u32) -> u32 {
        let set = match self.register(CAUSE) {
            // There is no board any more.
            u32::MAX => 0,
            set => set & causes,
        };
        if set != 0 {
            self.registers.write(CAUSE, set);
        }
        set
    }

    /// Begins an addition.
    pub fn add(&self, start_and_length: [u8; 8]) {
        self.registers.write_all(START_AND_LENGTH, &start_and_length);
        self.ports.write(COMMAND, COMMAND_ADD);
    }

    /// Ends an addition, and forgets what became of it.
    pub fn end(&self) {
        self.ports.write(COMMAND, COMMAND_END);
        self.take_causes(DONE | ERROR);
    }

    /// What the last addition came to.
    pub fn total(&self) -> u32 {
        self.register(TOTAL)
    }

    pub fn label(&self) -> [u8; 16] {
        let mut label = [0; 16];
        self.ports.write(LABEL_POSITION, 0);
        self.ports.read_all(LABEL, &mut label);
        label
    }

    pub fn set_label(&self, label: &[u8; 16]) {
        self.ports.write(LABEL_POSITION, 0);
        self.ports.write_all(LABEL, label);
    }

    fn register(&self, offset: usize) -> u32 {
        // Registers have 32 bits.
        u32::try_from(self.registers.read(offset)).unwrap_or(u32::MAX)
    }
}
