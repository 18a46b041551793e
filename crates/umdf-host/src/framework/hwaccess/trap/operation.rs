//! What an instruction does with one device register.

use iced_x86::{Code, Instruction, Mnemonic, OpKind};

use super::arithmetic::{Function, compute};
use super::cpu::{Cpu, General};
use crate::bus::Width;

/// An instruction that makes one access: a load, a store, or a load and then a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Address of the first byte.
    pub address: u64,
    /// Bytes that are accessed.
    pub width: Width,
    /// It reads the register first.
    pub reads: bool,
    action: Action,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Load { to: Place, sign_extended: bool },
    Store { value: u64 },
    Exchange { with: General },
    Compute { function: Function, other: u64, order: Order, to: Target },
}

/// Where a load puts its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    General(General),
    /// The upper bits are cleared: up to bit 127, or all of them.
    Vector {
        index: usize,
        all: bool,
    },
}

/// Which operand of a computation the device register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    First,
    Second,
}

/// Where the result of a computation goes; the flags always are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Device,
    General(General),
    Flags,
}

impl Operation {
    /// What the instruction does; `None` if it is not one access, or is one that drivers have no use for.
    pub fn of(instruction: &Instruction, cpu: &Cpu) -> Option<Self> {
        let operands = instruction.op_count();
        let memory = (0..operands).find(|operand| instruction.op_kind(*operand) == OpKind::Memory)?;
        let width = match instruction.memory_size().size() {
            1 => Width::U8,
            2 => Width::U16,
            4 => Width::U32,
            8 => Width::U64,
            _ => return None,
        };
        let (reads, action) = action(instruction, cpu, memory, width)?;
        Some(Self { address: address(instruction, memory, cpu)?, width, reads, action })
    }

    /// Carries it out with the value that was read, and gives the value to write.
    pub fn carry_out(&self, cpu: &mut Cpu, value: u64) -> Option<u64> {
        let width = self.width;
        match self.action {
            Action::Load { to: Place::General(register), sign_extended } => {
                cpu.set(register, if sign_extended { extend(width, value) } else { value });
                None
            }
            Action::Load { to: Place::Vector { index, all }, .. } => {
                cpu.xmm[index] = value.into();
                cpu.upper_cleared = all.then_some(index);
                None
            }
            Action::Store { value } => Some(value),
            Action::Exchange { with } => {
                let stored = cpu.get(with);
                cpu.set(with, value);
                Some(stored)
            }
            Action::Compute { function, other, order, to } => {
                let (first, second) = match order {
                    Order::First => (value, other),
                    Order::Second => (other, value),
                };
                let (result, flags) = compute(function, width, first, second, cpu.flags);
                cpu.flags = flags;
                match to {
                    Target::Device => Some(result),
                    Target::General(register) => {
                        cpu.set(register, result);
                        None
                    }
                    Target::Flags => None,
                }
            }
        }
    }
}

/// Address of a memory operand; `None` if it depends on a segment whose beginning is not known.
pub fn address(instruction: &Instruction, operand: u32, cpu: &Cpu) -> Option<u64> {
    instruction.virtual_address(operand, 0, |register, _, _| cpu.part_of_address(register))
}

fn extend(width: Width, value: u64) -> u64 {
    let unused = 64 - 8 * width.bytes();
    ((value << unused).cast_signed() >> unused).cast_unsigned()
}

/// Whether it reads, and what it does. `memory` is the operand that is the device register.
fn action(instruction: &Instruction, cpu: &Cpu, memory: u32, width: Width) -> Option<(bool, Action)> {
    let is_load = memory > 0;
    let load = |sign_extended| {
        let to = Place::General(General::of(instruction.op_register(0))?);
        is_load.then_some((true, Action::Load { to, sign_extended }))
    };
    let computed = |function, to| {
        let other = other_operand(instruction, cpu, 1 - memory, width)?;
        let order = if is_load { Order::Second } else { Order::First };
        Some((true, Action::Compute { function, other, order, to }))
    };
    let result = || {
        if is_load {
            General::of(instruction.op_register(0)).map(Target::General)
        } else {
            Some(Target::Device)
        }
    };
    let alone = |function| {
        let to = Target::Device;
        Some((true, Action::Compute { function, other: 0, order: Order::First, to }))
    };
    match instruction.mnemonic() {
        Mnemonic::Mov if is_load => load(false),
        Mnemonic::Mov | Mnemonic::Movnti => {
            other_operand(instruction, cpu, 1, width).map(|value| (false, Action::Store { value }))
        }
        Mnemonic::Movzx => load(false),
        Mnemonic::Movsx | Mnemonic::Movsxd => load(true),
        Mnemonic::Xchg => {
            let register = General::of(instruction.op_register(1 - memory))?;
            Some((true, Action::Exchange { with: register }))
        }
        Mnemonic::Add => computed(Function::Add, result()?),
        Mnemonic::Sub => computed(Function::Subtract, result()?),
        Mnemonic::And => computed(Function::And, result()?),
        Mnemonic::Or => computed(Function::Or, result()?),
        Mnemonic::Xor => computed(Function::Xor, result()?),
        Mnemonic::Cmp => computed(Function::Subtract, Target::Flags),
        Mnemonic::Test => computed(Function::And, Target::Flags),
        Mnemonic::Inc => alone(Function::Increment),
        Mnemonic::Dec => alone(Function::Decrement),
        Mnemonic::Neg => alone(Function::Negate),
        Mnemonic::Not => alone(Function::Not),
        _ => vector(instruction, cpu, width),
    }
}

/// The operand beside the device register: an immediate, or a general register of the same width.
fn other_operand(instruction: &Instruction, cpu: &Cpu, operand: u32, width: Width) -> Option<u64> {
    if instruction.op_kind(operand) != OpKind::Register {
        return instruction.try_immediate(operand).ok().map(|value| width.truncate(value));
    }
    let register =
        General::of(instruction.op_register(operand)).filter(|register| register.width == width)?;
    Some(cpu.get(register))
}

/// Moves of 4 and 8 bytes from and to vector registers.
fn vector(instruction: &Instruction, cpu: &Cpu, width: Width) -> Option<(bool, Action)> {
    let index = |operand| {
        let register = instruction.op_register(operand);
        register.is_xmm().then_some(register.number()).filter(|index| *index < cpu.xmm.len())
    };
    match instruction.code() {
        Code::Movd_xmm_rm32
        | Code::Movq_xmm_rm64
        | Code::Movq_xmm_xmmm64
        | Code::Movss_xmm_xmmm32
        | Code::Movsd_xmm_xmmm64 => {
            let to = Place::Vector { index: index(0)?, all: false };
            Some((true, Action::Load { to, sign_extended: false }))
        }
        Code::VEX_Vmovd_xmm_rm32
        | Code::VEX_Vmovq_xmm_rm64
        | Code::VEX_Vmovq_xmm_xmmm64
        | Code::VEX_Vmovss_xmm_m32
        | Code::VEX_Vmovsd_xmm_m64 => {
            let to = Place::Vector { index: index(0)?, all: true };
            Some((true, Action::Load { to, sign_extended: false }))
        }
        Code::Movd_rm32_xmm
        | Code::Movq_rm64_xmm
        | Code::Movq_xmmm64_xmm
        | Code::Movss_xmmm32_xmm
        | Code::Movsd_xmmm64_xmm
        | Code::VEX_Vmovd_rm32_xmm
        | Code::VEX_Vmovq_rm64_xmm
        | Code::VEX_Vmovq_xmmm64_xmm
        | Code::VEX_Vmovss_m32_xmm
        | Code::VEX_Vmovsd_m64_xmm => {
            let value = width.truncate(low(cpu.xmm[index(1)?]));
            Some((false, Action::Store { value }))
        }
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low part is meant")]
fn low(value: u128) -> u64 {
    value as u64
}
