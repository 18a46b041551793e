//! Windows: a vectored exception handler.

use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{EXCEPTION_ACCESS_VIOLATION, GetLastError, HMODULE, SetLastError};
use windows_sys::Win32::System::Diagnostics::Debug::{
    AddVectoredExceptionHandler, CONTEXT, EXCEPTION_CONTINUE_EXECUTION, EXCEPTION_CONTINUE_SEARCH,
    EXCEPTION_POINTERS, EXCEPTION_RECORD, LocateXStateFeature,
};
use windows_sys::Win32::System::Memory::{MEM_RESERVE, PAGE_NOACCESS, VirtualAlloc};
use windows_sys::Win32::System::ProcessStatus::{K32EnumProcessModules, K32GetModuleInformation, MODULEINFO};
use windows_sys::Win32::System::Threading::GetCurrentProcess;

use super::Module;
use crate::framework::hwaccess::trap::{self, Address, Cpu};

/// Modules of a process, at most: so many are asked for.
const MODULES: usize = 1024;
/// State component of bits 128 to 255 of the vector registers, and of bits 256 to 511 (`XSTATE_AVX`,
/// `XSTATE_AVX512_ZMM_H`), with the bytes of each register.
const UPPER: [(u32, usize); 2] = [(2, 16), (6, 32)];

/// Reserves addresses at which everything faults; the answer is the first.
pub fn reserve(length: usize) -> Option<u64> {
    // SAFETY: a new range without a wish for an address replaces nothing.
    let start = unsafe { VirtualAlloc(null(), length, MEM_RESERVE, PAGE_NOACCESS) };
    (!start.is_null()).then_some(start.addr() as u64)
}

/// Where code lies at this time: what is loaded later is not in it.
pub fn modules() -> Vec<Module> {
    // SAFETY: a constant.
    let process = unsafe { GetCurrentProcess() };
    let mut found: [HMODULE; MODULES] = [null_mut(); MODULES];
    let mut needed = 0;
    let bytes = u32::try_from(size_of_val(&found)).unwrap_or(0);
    // SAFETY: as many places as it says.
    unsafe { K32EnumProcessModules(process, found.as_mut_ptr(), bytes, &raw mut needed) };
    let count = needed as usize / size_of::<HMODULE>();
    // The program comes first.
    let modules = found.into_iter().take(count).enumerate();
    modules
        .map(|(index, module)| {
            let mut information =
                MODULEINFO { lpBaseOfDll: null_mut(), SizeOfImage: 0, EntryPoint: null_mut() };
            let bytes = u32::try_from(size_of::<MODULEINFO>()).unwrap_or(0);
            // SAFETY: one structure of that size. What is not found stays empty.
            unsafe { K32GetModuleInformation(process, module, &raw mut information, bytes) };
            let start = information.lpBaseOfDll.addr() as u64;
            Module { code: start..start + u64::from(information.SizeOfImage), is_program: index == 0 }
        })
        .collect()
}

/// From here on the fault of each thread comes to [`trap`] first.
pub fn catch_faults() {
    // SAFETY: `on_fault` is a handler.
    unsafe { AddVectoredExceptionHandler(1, Some(on_fault)) };
}

unsafe extern "system" fn on_fault(pointers: *mut EXCEPTION_POINTERS) -> i32 {
    // SAFETY: the system passes the two structures that say what happened.
    let pointers = unsafe { &*pointers };
    // SAFETY: as above.
    let record = unsafe { &*pointers.ExceptionRecord };
    let Some(address) = address_of(record) else { return EXCEPTION_CONTINUE_SEARCH };
    // SAFETY: the thread's own value. An instruction leaves it alone, so the driver may rely on it.
    let error = unsafe { GetLastError() };
    // The handler has the stack of the thread.
    let handled = trap::concerns(address)
        && trap::once(|| {
            // SAFETY: as above; nobody else looks at the context meanwhile.
            let context = unsafe { &mut *pointers.ContextRecord };
            let mut cpu = cpu_of(context);
            let handled = trap::handle(address, &mut cpu);
            if handled {
                go_on_with(context, &cpu);
            }
            handled
        });
    // SAFETY: as above.
    unsafe { SetLastError(error) };
    if handled { EXCEPTION_CONTINUE_EXECUTION } else { EXCEPTION_CONTINUE_SEARCH }
}

/// What the fault touched; `None` if it is no fault of an access.
fn address_of(record: &EXCEPTION_RECORD) -> Option<Address> {
    if record.ExceptionCode != EXCEPTION_ACCESS_VIOLATION || record.NumberParameters < 2 {
        return None;
    }
    Some(match record.ExceptionInformation[1] as u64 {
        u64::MAX => Address::Unknown,
        address => Address::Known(address),
    })
}

/// The registers of the thread as the fault found them.
fn cpu_of(context: &CONTEXT) -> Cpu {
    // SAFETY: both members are the same 512 bytes.
    let vectors = unsafe { &context.Anonymous.FltSave.XmmRegisters };
    Cpu {
        general: [
            context.Rax,
            context.Rcx,
            context.Rdx,
            context.Rbx,
            context.Rsp,
            context.Rbp,
            context.Rsi,
            context.Rdi,
            context.R8,
            context.R9,
            context.R10,
            context.R11,
            context.R12,
            context.R13,
            context.R14,
            context.R15,
        ],
        rip: context.Rip,
        flags: context.EFlags.into(),
        xmm: vectors.map(|vector| u128::from(vector.High.cast_unsigned()) << 64 | u128::from(vector.Low)),
        upper_cleared: None,
    }
}

/// The thread goes on with these registers.
fn go_on_with(context: &mut CONTEXT, cpu: &Cpu) {
    [
        context.Rax,
        context.Rcx,
        context.Rdx,
        context.Rbx,
        context.Rsp,
        context.Rbp,
        context.Rsi,
        context.Rdi,
        context.R8,
        context.R9,
        context.R10,
        context.R11,
        context.R12,
        context.R13,
        context.R14,
        context.R15,
    ] = cpu.general;
    context.Rip = cpu.rip;
    context.EFlags = u32::try_from(cpu.flags).unwrap_or(context.EFlags);
    // SAFETY: see `cpu_of`.
    let vectors = unsafe { &mut context.Anonymous.FltSave.XmmRegisters };
    for (vector, value) in vectors.iter_mut().zip(cpu.xmm) {
        (vector.Low, vector.High) = (low(value), low(value >> 64).cast_signed());
    }
    if let Some(index) = cpu.upper_cleared {
        clear_upper(context, index);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low part is meant")]
fn low(value: u128) -> u64 {
    value as u64
}

/// Clears what a vector register has above its low 128 bits.
fn clear_upper(context: &CONTEXT, index: usize) {
    for (component, bytes) in UPPER {
        // SAFETY: the context of an exception. NULL if that component is not in it.
        let component = unsafe { LocateXStateFeature(context, component, null_mut()) };
        if !component.is_null() {
            let part = component.cast::<u8>().wrapping_add(bytes * index);
            // SAFETY: the component has one part for each of the 16 registers.
            unsafe { part.write_bytes(0, bytes) };
        }
    }
}
