//! The driver's own loads and stores at mapped registers: each faults, is carried out on the device, and
//! the driver goes on behind it.
//!
//! # Why ordinary code may run here
//!
//! What handles a fault runs inside a signal handler or a vectored exception handler, and yet takes locks,
//! allocates, records and may start threads. That is sound because the fault is no interruption at an
//! arbitrary place: it is caused by the one instruction at `rip`, like a call of the framework would be.
//! It is treated so only if that instruction is the driver's own code ([`Origin::Driver`]):
//! - the thread is in no framework call, so it holds no lock of the host ([`gate::side`]);
//! - `rip` is neither in the host's program nor in a library that was there before the driver. So it is not
//!   in the C library, where `malloc` or another function might hold a lock that the handler needs.
//!   (Functions of it that call the driver back, such as `qsort`, hold none then.)
//!
//! Everything else ends the worker by [`Host::end_with`], which allocates nothing and takes no lock but
//! the history's: no thread holds that one while it touches memory of the driver.
//!
//! The NULL that stands for an absent context is looked for here too: its use faults as well.
//!
//! A fault that is about none of these is left to whoever was there before. It is
//! recognised without a lock and on little stack: it may be a stack overflow.

use std::sync::OnceLock;

use iced_x86::{Decoder, DecoderError, DecoderOptions, FlowControl, Instruction, OpKind};

use self::operation::Operation;
use super::mapped::{self, View};
use super::os::{self, Module};
use super::registers::{Registers, behind_pseudo};
use super::{Access, Stop};
use crate::bus::{Space, Width};
use crate::framework::device::Device;
use crate::framework::{Handle, context};
use crate::gate::{self, Side};
use crate::history::{Encoded, Event};
use crate::host::{Host, exit, host};
use crate::own;
use crate::rules::Rule;

mod arithmetic;
mod cpu;
mod operation;
#[cfg(test)]
mod tests;

pub use cpu::Cpu;

/// Bytes of the longest instruction.
const LONGEST: usize = 15;
/// Bytes of a page: an instruction may end where the memory ends.
const PAGE: u64 = 4096;
/// So far behind NULL a fault may be about an absent context. No memory lies there.
const LONGEST_CONTEXT: u64 = 0x1_0000;
/// Where the addresses of processes end.
const CANONICAL: u64 = 1 << 47;

/// What cannot be put together when the fault has happened.
struct Prepared {
    /// The code that is not the driver's.
    modules: Vec<Module>,
    host_touches: Encoded,
    library_touches_registers: Encoded,
    library_touches_pseudo: Encoded,
    library_touches_context: Encoded,
    cannot_go_on: Encoded,
}

static PREPARED: OnceLock<Prepared> = OnceLock::new();

/// From here on faults are looked at.
pub fn install() {
    let encoded = |event: Event| Encoded::new(&event).expect("a sentence can be encoded");
    let ended = |reason: &str| encoded(Event::Ended { reason: reason.into() });
    let violation = |rule: Rule, message: &str| {
        encoded(Event::Violation { rule: rule.name().into(), message: message.into() })
    };
    PREPARED.get_or_init(|| Prepared {
        modules: os::modules(),
        host_touches: ended(
            "the last function that the driver called was given the address of mapped registers, or a \
             pseudo address, as that of memory: copy registers into a buffer first, one by one",
        ),
        library_touches_registers: violation(
            Rule::HwAccessInstruction,
            "a function of a system library, such as memcpy, was given the address of mapped registers",
        ),
        library_touches_pseudo: violation(
            Rule::PseudoAddressDeref,
            "a function of a system library, such as memcpy, was given a pseudo address",
        ),
        library_touches_context: violation(
            Rule::ContextTypeUnknown,
            "a function of a system library, such as memcpy, was given the NULL of an absent context",
        ),
        cannot_go_on: ended("an instruction that touches registers can be neither carried out nor left out"),
    });
    // The decoder makes its tables when it is used first.
    let _ = decode(&[0x90], 0);
    os::catch_faults();
}

/// What a fault touched, as the processor tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// This address.
    Known(u64),
    /// It does not say, as with every address that is not canonical.
    Unknown,
}

/// Whether a fault may be about registers, pseudo addresses or an absent context.
pub fn concerns(address: Address) -> bool {
    match address {
        Address::Known(address) => absent_context(address).is_some() || mapped::find(address).is_some(),
        Address::Unknown => true,
    }
}

/// Runs `handle`, unless this thread is in it already: then the fault is the host's own.
pub fn once(handle: impl FnOnce() -> bool) -> bool {
    if own::change(|own| own.in_fault = true).in_fault {
        return false;
    }
    let handled = handle();
    own::change(|own| own.in_fault = false);
    handled
}

/// The object whose context the driver asked for last and did not get, if the address lies in what such a
/// context would be: at or behind NULL.
fn absent_context(address: u64) -> Option<Handle> {
    context::absent().filter(|_| address < LONGEST_CONTEXT)
}

/// What a fault touched.
enum Touched {
    /// A context that this object does not have.
    Context(Handle),
    /// Mapped registers, at this CPU-relative address.
    Registers(&'static View, u64),
    /// The pseudo address of this CPU-relative address.
    Pseudo(u64),
}

impl Touched {
    fn by(address: Address, instruction: &Instruction, cpu: &Cpu) -> Option<Self> {
        match address {
            Address::Known(address) => absent_context(address)
                .map(Self::Context)
                .or_else(|| mapped::find(address).map(|view| Self::Registers(view, view.physical(address)))),
            Address::Unknown => {
                let mut operands = 0..instruction.op_count();
                operands.find_map(|operand| pseudo_operand(instruction, operand, cpu)).map(Self::Pseudo)
            }
        }
    }
}

fn pseudo_operand(instruction: &Instruction, operand: u32, cpu: &Cpu) -> Option<u64> {
    let is_memory = matches!(
        instruction.op_kind(operand),
        OpKind::Memory | OpKind::MemorySegRSI | OpKind::MemorySegRDI | OpKind::MemoryESRDI
    );
    is_memory.then(|| operation::address(instruction, operand, cpu)).flatten().and_then(behind_pseudo)
}

/// Whose code touched it.
enum Origin {
    Driver,
    Host,
    Library,
}

impl Origin {
    fn of(prepared: &Prepared, rip: u64) -> Self {
        if gate::side() == Side::Host {
            return Self::Host;
        }
        match prepared.modules.iter().find(|module| module.code.contains(&rip)) {
            Some(module) if module.is_program => Self::Host,
            Some(_) => Self::Library,
            None => Self::Driver,
        }
    }
}

/// Handles a fault that [`concerns`] this module, and lets the registers be as they are behind the
/// instruction. `false`: it is about nothing of this module, and nothing was done.
pub fn handle(address: Address, cpu: &mut Cpu) -> bool {
    let Some(prepared) = PREPARED.get() else { return false };
    let instruction = instruction_at(cpu.rip).unwrap_or_default();
    let Some(touched) = Touched::by(address, &instruction, cpu) else { return false };
    match Origin::of(prepared, cpu.rip) {
        Origin::Driver => gate::access(|host| {
            if !perform(host, &touched, &instruction, cpu) {
                host.end_with(&prepared.cannot_go_on, exit::ENDED);
            }
        }),
        // The host's own mistake.
        Origin::Host if matches!(touched, Touched::Context(_)) => return false,
        Origin::Host => host().end_with(&prepared.host_touches, exit::ENDED),
        Origin::Library => {
            let (rule, violation) = match touched {
                Touched::Registers(..) => (Rule::HwAccessInstruction, &prepared.library_touches_registers),
                Touched::Pseudo(_) => (Rule::PseudoAddressDeref, &prepared.library_touches_pseudo),
                Touched::Context(_) => (Rule::ContextTypeUnknown, &prepared.library_touches_context),
            };
            if host().is_in_force(rule) {
                host().end_with(violation, exit::VIOLATION);
            }
            if !leave_out(&instruction, cpu) {
                host().end_with(&prepared.cannot_go_on, exit::ENDED);
            }
        }
    }
    true
}

/// Carries out an instruction of the driver. `false`: there is no way to go on behind it.
fn perform(host: &Host, touched: &Touched, instruction: &Instruction, cpu: &mut Cpu) -> bool {
    let operation = Operation::of(instruction, cpu);
    let access = match (touched, &operation) {
        (Touched::Context(object), _) => {
            let name = host.state().objects.name(*object);
            let what = words(instruction);
            let message = format!("{what} at the NULL that it got for a context which {name} does not have");
            host.violation(Rule::ContextTypeUnknown, message);
            None
        }
        (Touched::Pseudo(physical), _) => {
            let message = format!("{} at the pseudo address of {physical:#x}", words(instruction));
            host.violation(Rule::PseudoAddressDeref, message);
            None
        }
        (Touched::Registers(_, physical), None) => {
            let message = format!("{} at {physical:#x}", words(instruction));
            host.violation(Rule::HwAccessInstruction, message);
            None
        }
        // What broke a rule that is switched off touches no register.
        (Touched::Registers(view, _), Some(operation)) => {
            Access::mapped(host, view, operation.address, operation.width).ok()
        }
    };
    let Some(operation) = operation else { return leave_out(instruction, cpu) };
    match access {
        Some(access) => access.perform(host, 0, operation.reads, |value| operation.carry_out(cpu, value)),
        // A load then gives 0, and a store is lost.
        None => {
            operation.carry_out(cpu, 0);
        }
    }
    cpu.go_on_at(instruction.next_ip());
    true
}

/// Goes on behind an instruction as if it was not there: memory and registers stay as they are. `false`: it
/// may not be left out, because it says where to go on or moves the stack pointer.
fn leave_out(instruction: &Instruction, cpu: &mut Cpu) -> bool {
    let possible = !instruction.is_invalid()
        && instruction.flow_control() == FlowControl::Next
        && !instruction.is_stack_instruction();
    if possible {
        cpu.go_on_at(instruction.next_ip());
    }
    possible
}

/// `movups of 16 bytes`.
fn words(instruction: &Instruction) -> String {
    let bytes = instruction.memory_size().size();
    let repeated = if instruction.has_rep_prefix() { "rep " } else { "" };
    let name = format!("{repeated}{:?}", instruction.mnemonic()).to_lowercase();
    if instruction.is_invalid() {
        "a jump".into()
    } else if bytes == 0 {
        name
    } else {
        format!("{name} of {bytes} bytes")
    }
}

/// The instruction that the processor was at; `None` if there is none, because the driver jumped to
/// registers or to an address that is not canonical.
fn instruction_at(rip: u64) -> Option<Instruction> {
    if rip >= CANONICAL || mapped::find(rip).is_some() {
        return None;
    }
    // The page behind is looked at only if the instruction goes on there.
    let in_page = super::native(PAGE - rip % PAGE).min(LONGEST);
    decode(code(rip, in_page), rip).or_else(|| decode(code(rip, LONGEST), rip))
}

fn code(rip: u64, length: usize) -> &'static [u8] {
    let first = std::ptr::with_exposed_provenance::<u8>(super::native(rip));
    // SAFETY: the processor read the instruction there, and code stays as it is.
    unsafe { std::slice::from_raw_parts(first, length) }
}

/// Decodes one instruction; `None` if it does not end where the bytes do.
fn decode(bytes: &[u8], rip: u64) -> Option<Instruction> {
    let mut decoder = Decoder::with_ip(64, bytes, rip, DecoderOptions::NONE);
    let instruction = decoder.decode();
    (decoder.last_error() != DecoderError::NoMoreBytes).then_some(instruction)
}

impl Access {
    /// The checks of one load or store at mapped registers: those of a plain access by the framework's
    /// functions that are left.
    fn mapped(host: &Host, view: &View, address: u64, width: Width) -> Result<Self, Stop> {
        let state = host.state();
        let nothing = Registers::default();
        let device = view.owner().and_then(|owner| state.objects.get::<Device>(owner));
        let registers = device.map_or(&nothing, |device| &device.registers);
        let address = registers.mapped_register(host, view, address, width.bytes())?;
        let powered = registers.powered();
        drop(state);
        let access = Self { address, width, count: 1, space: Space::Memory, buffered: false };
        access.report_doubts(host, powered);
        Ok(access)
    }
}
