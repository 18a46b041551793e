//! The registers of a thread, as an instruction sees and changes them.

use iced_x86::Register;

use crate::bus::Width;

/// Carry flag.
pub const CARRY: u64 = 1 << 0;
/// Parity flag.
pub const PARITY: u64 = 1 << 2;
/// Auxiliary carry flag.
pub const AUXILIARY: u64 = 1 << 4;
/// Zero flag.
pub const ZERO: u64 = 1 << 6;
/// Sign flag.
pub const SIGN: u64 = 1 << 7;
/// Overflow flag.
pub const OVERFLOW: u64 = 1 << 11;
/// Resume flag: set while an instruction that faulted has not completed.
const RESUME: u64 = 1 << 16;

/// The registers of a thread that can take part in a register access.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cpu {
    /// `rax`, `rcx`, `rdx`, `rbx`, `rsp`, `rbp`, `rsi`, `rdi`, `r8` to `r15`.
    pub general: [u64; 16],
    /// Address of the instruction.
    pub rip: u64,
    /// Flags.
    pub flags: u64,
    /// Low 128 bits of the vector registers.
    pub xmm: [u128; 16],
    /// The vector register that lost everything above its low 128 bits.
    pub upper_cleared: Option<usize>,
}

/// A general register, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct General {
    index: usize,
    /// How much of it.
    pub width: Width,
    /// Bits 8 to 15 instead of the low bits.
    high: bool,
}

impl General {
    /// The general register of that name; `None` for any other register.
    pub fn of(register: Register) -> Option<Self> {
        let width = match register.size() {
            _ if !register.is_gpr() => return None,
            1 => Width::U8,
            2 => Width::U16,
            4 => Width::U32,
            _ => Width::U64,
        };
        let high = matches!(register, Register::AH | Register::CH | Register::DH | Register::BH);
        Some(Self { index: register.full_register().number(), width, high })
    }
}

impl Cpu {
    /// The value of a general register, zero-extended.
    pub fn get(&self, register: General) -> u64 {
        let whole = self.general[register.index];
        register.width.truncate(if register.high { whole >> 8 } else { whole })
    }

    /// Writes a general register: 4 bytes clear the upper half, 1 and 2 bytes leave the others alone.
    pub fn set(&mut self, register: General, value: u64) {
        let whole = &mut self.general[register.index];
        let value = register.width.truncate(value);
        *whole = match register.width {
            Width::U64 | Width::U32 => value,
            Width::U16 | Width::U8 => {
                let shift = if register.high { 8 } else { 0 };
                *whole & !(register.width.all_ones() << shift) | value << shift
            }
        };
    }

    /// The value that an address is computed from. Segments other than FS and GS begin at 0; of these
    /// two the beginning is not known.
    pub fn part_of_address(&self, register: Register) -> Option<u64> {
        match register {
            Register::CS | Register::DS | Register::ES | Register::SS => Some(0),
            _ => General::of(register).map(|register| self.get(register)),
        }
    }

    /// The instruction is done: the thread goes on at the next one.
    pub fn go_on_at(&mut self, next: u64) {
        self.rip = next;
        self.flags &= !RESUME;
    }
}
