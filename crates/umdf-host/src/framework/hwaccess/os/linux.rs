//! Linux: SIGSEGV, and SIGBUS for the stack fault.

use std::arch::asm;
use std::ffi::{c_int, c_void};
use std::ops::ControlFlow;
use std::ptr::null_mut;
use std::sync::OnceLock;

use nix::libc::{
    self, _libc_fpstate, MAP_ANONYMOUS, MAP_FAILED, MAP_NORESERVE, MAP_PRIVATE, PROT_NONE, REG_EFL, REG_RIP,
    REG_RSP, SA_NODEFER, SA_ONSTACK, SA_SIGINFO, SIG_DFL, SIG_IGN, SIGBUS, SIGSEGV, SS_DISABLE, sigaction,
    siginfo_t, ucontext_t,
};

use super::Module;
use crate::framework::hwaccess::trap::{self, Address, Cpu};
use crate::framework::image::libraries;

/// `si_code` of a page fault (`SEGV_MAPERR`, `SEGV_ACCERR`): the address is known.
const PAGE_FAULT: [c_int; 2] = [1, 2];
/// `si_code` of a general protection or stack fault (`SI_KERNEL`), whose address the processor does not
/// tell.
const ADDRESS_UNKNOWN: c_int = 0x80;
/// Bytes below the stack pointer that belong to the function that runs (System V ABI).
const RED_ZONE: u64 = 128;
/// `FP_XSTATE_MAGIC1`: the frame holds more than the SSE state.
const EXTENDED: u32 = 0x4650_5853;
/// Indices of the general registers in a signal frame, in the processor's order.
const GENERAL: [c_int; 16] = [
    libc::REG_RAX,
    libc::REG_RCX,
    libc::REG_RDX,
    libc::REG_RBX,
    REG_RSP,
    libc::REG_RBP,
    libc::REG_RSI,
    libc::REG_RDI,
    libc::REG_R8,
    libc::REG_R9,
    libc::REG_R10,
    libc::REG_R11,
    libc::REG_R12,
    libc::REG_R13,
    libc::REG_R14,
    libc::REG_R15,
];

/// Reserves addresses at which everything faults; the answer is the first.
pub fn reserve(length: usize) -> Option<u64> {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    // SAFETY: a new mapping without a wish for an address replaces nothing.
    let start = unsafe { libc::mmap(null_mut(), length, PROT_NONE, flags, -1, 0) };
    (start != MAP_FAILED).then_some(start.addr() as u64)
}

/// Where code lies at this time: what is loaded later is not in it.
pub fn modules() -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    libraries::visit(&mut |library| {
        // The program comes first.
        let is_program = modules.is_empty();
        let executable = library.parts().filter(|part| part.flags & libc::PF_X != 0);
        modules.extend(executable.map(|part| Module { code: part.place, is_program }));
        ControlFlow::Continue(())
    });
    modules
}

/// What was done about each signal before: by Rust's own handler, which tells a stack overflow.
static BEFORE: [(c_int, OnceLock<sigaction>); 2] = [(SIGSEGV, OnceLock::new()), (SIGBUS, OnceLock::new())];

/// From here on the fault of each thread comes to [`trap`] first.
pub fn catch_faults() {
    for (signal, before) in &BEFORE {
        let handler: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) = on_fault;
        // On the alternate stack, because a stack overflow leaves no other. Not deferred, because a
        // thread that starts while a fault is handled would never hear of its own.
        let new = action(handler as usize, SA_SIGINFO | SA_ONSTACK | SA_NODEFER);
        let mut old = action(SIG_DFL, 0);
        // SAFETY: both are structures of this frame, and `on_fault` is a handler.
        unsafe { sigaction(*signal, &raw const new, &raw mut old) };
        // Set once: the worker calls this once.
        let _ = before.set(old);
    }
}

fn action(handler: usize, flags: c_int) -> sigaction {
    // SAFETY: all-zero bytes are one: the default action and an empty mask.
    let mut action: sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = handler;
    action.sa_flags = flags;
    action
}

/// A fault that may be ours.
struct Fault {
    address: Address,
    context: *mut ucontext_t,
    handled: bool,
}

extern "C" fn on_fault(signal: c_int, information: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: no precondition.
    let errno = unsafe { libc::__errno_location() };
    // An instruction leaves it alone, so the driver may rely on it.
    // SAFETY: the thread's own.
    let before = unsafe { errno.read() };
    let handled = address_of(signal, information).is_some_and(|address| {
        trap::concerns(address)
            && trap::once(|| {
                let mut fault = Fault { address, context: context.cast(), handled: false };
                on_the_drivers_stack(&mut fault);
                fault.handled
            })
    });
    if !handled {
        pass_on(signal, information, context);
    }
    // SAFETY: as above.
    unsafe { errno.write(before) };
}

/// What the fault touched; `None` if no instruction caused the signal.
fn address_of(signal: c_int, information: *mut siginfo_t) -> Option<Address> {
    // SAFETY: the kernel passes the information about the signal.
    let information = unsafe { &*information };
    match information.si_code {
        code if signal == SIGSEGV && PAGE_FAULT.contains(&code) => {
            // SAFETY: a page fault has an address.
            let address = unsafe { information.si_addr() };
            Some(Address::Known(address.addr() as u64))
        }
        ADDRESS_UNKNOWN => Some(Address::Unknown),
        _ => None,
    }
}

/// Does whatever was done about the signal before.
fn pass_on(signal: c_int, information: *mut siginfo_t, context: *mut c_void) {
    let before = BEFORE.iter().find(|(of, _)| *of == signal).and_then(|(_, before)| before.get());
    let default = action(SIG_DFL, 0);
    let before = before.unwrap_or(&default);
    match before.sa_sigaction {
        SIG_DFL | SIG_IGN => {
            // SAFETY: a structure of this frame. The instruction faults again and ends the process.
            unsafe { sigaction(signal, &raw const default, null_mut()) };
        }
        handler if before.sa_flags & SA_SIGINFO != 0 => {
            // SAFETY: it was installed as a handler of this kind.
            let handler: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) =
                unsafe { std::mem::transmute(handler) };
            handler(signal, information, context);
        }
        handler => {
            // SAFETY: it was installed as a handler of this kind.
            let handler: extern "C" fn(c_int) = unsafe { std::mem::transmute(handler) };
            handler(signal);
        }
    }
}

/// Handles the fault on the stack on which it happened, as a call of the framework would be: alternate
/// stacks have a few KiB.
///
/// The frame of this handler stays behind on the alternate stack. Another fault of this thread would
/// overwrite it; but then the host itself has faulted, and never comes back here.
fn on_the_drivers_stack(fault: &mut Fault) {
    // SAFETY: the kernel passes the context of the thread.
    let context = unsafe { &*fault.context };
    let alternate = &context.uc_stack;
    let first = alternate.ss_sp.addr() as u64;
    let alternate_stack = if alternate.ss_flags & SS_DISABLE == 0 {
        first..first.saturating_add(alternate.ss_size as u64)
    } else {
        0..0
    };
    let stack = register(context, REG_RSP);
    let here = std::ptr::from_mut(fault).addr() as u64;
    if alternate_stack.contains(&here) && !alternate_stack.contains(&stack) {
        let stack = stack.wrapping_sub(RED_ZONE) & !0xf;
        // SAFETY: the thread's own stack below everything that is in use there, aligned as a call
        // wants it; the stack pointer is back before anything else looks at it. If the thread has no
        // usable stack this faults, and `trap::once` passes that fault on.
        unsafe {
            asm!(
                "mov r12, rsp",
                "mov rsp, {stack}",
                "call {handle}",
                "mov rsp, r12",
                stack = in(reg) stack,
                handle = sym handle,
                inout("rdi") std::ptr::from_mut(fault) => _,
                out("r12") _,
                clobber_abi("sysv64"),
            );
        }
    } else {
        // SAFETY: a live fault.
        unsafe { handle(fault) };
    }
}

/// # Safety
/// `fault` points at a fault whose context is that of the thread.
unsafe extern "sysv64" fn handle(fault: *mut Fault) {
    // SAFETY: the caller's promise.
    let fault = unsafe { &mut *fault };
    // SAFETY: as above.
    let context = unsafe { &mut *fault.context };
    let mut cpu = cpu_of(context);
    fault.handled = trap::handle(fault.address, &mut cpu);
    if fault.handled {
        go_on_with(context, &cpu);
    }
}

fn register(context: &ucontext_t, register: c_int) -> u64 {
    context.uc_mcontext.gregs[register.unsigned_abs() as usize].cast_unsigned()
}

fn set_register(context: &mut ucontext_t, register: c_int, value: u64) {
    context.uc_mcontext.gregs[register.unsigned_abs() as usize] = value.cast_signed();
}

/// The registers of the thread as the fault found them.
fn cpu_of(context: &ucontext_t) -> Cpu {
    // SAFETY: on x86-64 every frame has the floating-point state, and the kernel puts the vector
    // registers there whether or not they are in use.
    let vectors = unsafe { &(*context.uc_mcontext.fpregs)._xmm };
    Cpu {
        general: GENERAL.map(|general| register(context, general)),
        rip: register(context, REG_RIP),
        flags: register(context, REG_EFL),
        xmm: std::array::from_fn(|index| {
            let parts = vectors[index].element;
            parts.iter().rev().fold(0, |value, part| value << 32 | u128::from(*part))
        }),
        upper_cleared: None,
    }
}

/// The thread goes on with these registers.
fn go_on_with(context: &mut ucontext_t, cpu: &Cpu) {
    for (general, value) in GENERAL.into_iter().zip(cpu.general) {
        set_register(context, general, value);
    }
    set_register(context, REG_RIP, cpu.rip);
    set_register(context, REG_EFL, cpu.flags);
    let state = context.uc_mcontext.fpregs;
    // SAFETY: see `cpu_of`.
    let vectors = unsafe { &mut (*state)._xmm };
    for (vector, value) in vectors.iter_mut().zip(cpu.xmm) {
        vector.element = std::array::from_fn(|part| low(value >> (32 * part)));
    }
    if let Some(index) = cpu.upper_cleared {
        clear_upper(state, index);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low part is meant")]
fn low(value: u128) -> u32 {
    value as u32
}

/// Clears what a vector register has above its low 128 bits.
///
/// The frame says at fixed places whether and which of it was saved (`asm/sigcontext.h`,
/// `struct _fpx_sw_bytes`), the processor where it lies (CPUID leaf 0xd).
fn clear_upper(state: *mut _libc_fpstate, index: usize) {
    let place = |offset: usize| state.cast::<u8>().wrapping_add(offset);
    // SAFETY: inside the state, whose size is 512 bytes.
    let magic = unsafe { place(464).cast::<u32>().read_unaligned() };
    if magic != EXTENDED {
        return;
    }
    // SAFETY: as above.
    let saved = unsafe { place(472).cast::<u64>().read_unaligned() };
    // Bits 128 to 255, bits 256 to 511: state component and bytes of each register.
    for (component, bytes) in [(2, 16), (6, 32)] {
        if saved >> component & 1 == 1 {
            let part = place(offset_of_component(component) + bytes * index);
            // SAFETY: the component was saved, so this part of it is in the frame.
            unsafe { part.write_bytes(0, bytes) };
        }
    }
}

fn offset_of_component(component: u32) -> usize {
    let offset: u32;
    // SAFETY: CPUID has no precondition; `rbx` gets its value back.
    unsafe {
        asm!(
            "mov {saved:r}, rbx",
            "cpuid",
            "xchg {saved:r}, rbx",
            saved = out(reg) offset,
            inout("eax") 0xd => _,
            inout("ecx") component => _,
            out("edx") _,
            options(nomem, nostack, preserves_flags),
        );
    }
    offset as usize
}
