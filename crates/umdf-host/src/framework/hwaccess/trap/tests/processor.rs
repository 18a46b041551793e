//! The processor itself, for comparison.

use std::arch::asm;

use memmap2::{Mmap, MmapMut};

/// What the processor has in its registers.
#[repr(C)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// In the processor's order. `rsp` is not touched.
    pub general: [u64; 16],
    /// Arithmetic flags.
    pub flags: u64,
    /// Nothing: the vectors begin at a multiple of 16.
    _pad: u64,
    pub xmm: [u128; 16],
}

impl State {
    pub fn new(general: [u64; 16], flags: u64, xmm: [u128; 16]) -> Self {
        Self { general, flags, _pad: 0, xmm }
    }
}

/// An instruction and a way back.
pub struct Code(Mmap);

impl Code {
    pub fn new(instruction: &[u8]) -> Self {
        let mut page = MmapMut::map_anon(4096).unwrap();
        page[..instruction.len()].copy_from_slice(instruction);
        page[instruction.len()] = 0xc3;
        Self(page.make_exec().unwrap())
    }

    /// Executes the instruction.
    ///
    /// # Safety
    /// With these registers it touches only memory that may be touched, and goes on behind itself.
    pub unsafe fn run(&self, state: &mut State) {
        // SAFETY: every register that is changed is saved here or named below; the caller speaks for
        // the instruction.
        unsafe {
            asm!(
                "push rbx",
                "push rbp",
                "push rdi",
                "push rsi",
                "movups xmm0, [rdi + 144]",
                "movups xmm1, [rdi + 160]",
                "movups xmm2, [rdi + 176]",
                "movups xmm3, [rdi + 192]",
                "movups xmm4, [rdi + 208]",
                "movups xmm5, [rdi + 224]",
                "movups xmm9, [rdi + 288]",
                "movups xmm10, [rdi + 304]",
                "movups xmm12, [rdi + 336]",
                "movups xmm15, [rdi + 384]",
                "push qword ptr [rdi + 128]",
                "popfq",
                "mov rax, [rdi]",
                "mov rcx, [rdi + 8]",
                "mov rdx, [rdi + 16]",
                "mov rbx, [rdi + 24]",
                "mov rbp, [rdi + 40]",
                "mov rsi, [rdi + 48]",
                "mov r8, [rdi + 64]",
                "mov r9, [rdi + 72]",
                "mov r10, [rdi + 80]",
                "mov r11, [rdi + 88]",
                "mov r12, [rdi + 96]",
                "mov r13, [rdi + 104]",
                "mov r14, [rdi + 112]",
                "mov r15, [rdi + 120]",
                "mov rdi, [rdi + 56]",
                "call [rsp]",
                "pushfq",
                "push rax",
                "mov rax, [rsp + 24]",
                "mov [rax + 8], rcx",
                "mov [rax + 16], rdx",
                "mov [rax + 24], rbx",
                "mov [rax + 40], rbp",
                "mov [rax + 48], rsi",
                "mov [rax + 56], rdi",
                "mov [rax + 64], r8",
                "mov [rax + 72], r9",
                "mov [rax + 80], r10",
                "mov [rax + 88], r11",
                "mov [rax + 96], r12",
                "mov [rax + 104], r13",
                "mov [rax + 112], r14",
                "mov [rax + 120], r15",
                "movups [rax + 144], xmm0",
                "movups [rax + 160], xmm1",
                "movups [rax + 176], xmm2",
                "movups [rax + 192], xmm3",
                "movups [rax + 208], xmm4",
                "movups [rax + 224], xmm5",
                "movups [rax + 288], xmm9",
                "movups [rax + 304], xmm10",
                "movups [rax + 336], xmm12",
                "movups [rax + 384], xmm15",
                "pop rcx",
                "mov [rax], rcx",
                "pop rcx",
                "mov [rax + 128], rcx",
                "add rsp, 16",
                "pop rbp",
                "pop rbx",
                inout("rdi") std::ptr::from_mut(state) => _,
                inout("rsi") self.0.as_ptr() => _,
                out("rax") _, out("rcx") _, out("rdx") _,
                out("r8") _, out("r9") _, out("r10") _, out("r11") _,
                out("r12") _, out("r13") _, out("r14") _, out("r15") _,
                out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _,
                out("xmm4") _, out("xmm5") _, out("xmm9") _, out("xmm10") _,
                out("xmm12") _, out("xmm15") _,
            );
        }
    }
}
