//! What instructions do, compared with the processor and with what its document says.

use super::cpu::{AUXILIARY, CARRY, Cpu, OVERFLOW, PARITY, SIGN, ZERO};
use super::operation::Operation;
use super::{decode, leave_out, words};
use crate::bus::Width;

mod forms;
mod processor;

use forms::{OTHER, SINGLE, SINGLE_AVX};
use processor::{Code, State};

const FLAGS: u64 = CARRY | PARITY | AUXILIARY | ZERO | SIGN | OVERFLOW;
/// Register numbers.
const RAX: usize = 0;
const RCX: usize = 1;
const RBX: usize = 3;
const RSP: usize = 4;
const RBP: usize = 5;
const RDI: usize = 7;
const R8: usize = 8;
const R9: usize = 9;
/// Where the instructions lie.
const RIP: u64 = 0x40_0000;
/// Where the register lies.
const HERE: u64 = 0x1000;

fn bytes(hex: &str) -> Vec<u8> {
    hex.split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

fn operation(hex: &str, cpu: &Cpu) -> Option<Operation> {
    Operation::of(&decode(&bytes(hex), RIP).unwrap(), cpu)
}

/// A processor whose registers differ from each other in every byte.
fn cpu() -> Cpu {
    let mut cpu = Cpu { rip: RIP, ..Cpu::default() };
    for (index, general) in cpu.general.iter_mut().enumerate() {
        *general = 0xf1e2_d3c4_b5a6_9788_u64.wrapping_mul(index as u64 * 2 + 1);
    }
    for (index, vector) in cpu.xmm.iter_mut().enumerate() {
        *vector = u128::MAX / (index as u128 + 3);
    }
    cpu.general[RDI] = HERE;
    cpu
}

/// Carries one instruction out; the answer is what was written.
fn carry_out(hex: &str, cpu: &mut Cpu, value: u64) -> Option<u64> {
    let operation = operation(hex, cpu).unwrap_or_else(|| panic!("{hex} makes one access"));
    assert_eq!(operation.address, HERE, "{hex}");
    operation.carry_out(cpu, value)
}

/// Numbers that have no pattern (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // Small and extreme numbers make the interesting flags.
        match self.0 >> 60 {
            0 => 0,
            1 => u64::MAX,
            2 => 0x8080_8000_8000_0080,
            3 => 0x7f7f_7fff_7fff_ff7f,
            _ => self.0,
        }
    }
}

/// The register and what lies around it.
const MEMORY: usize = 64;
const MIDDLE: usize = 32;

#[test]
fn every_form_does_what_the_processor_does() {
    let avx: &[_] = if is_x86_feature_detected!("avx") { SINGLE_AVX } else { &[] };
    for &(hex, text) in SINGLE.iter().chain(avx) {
        let code = Code::new(&bytes(hex));
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for _ in 0..300 {
            compare(hex, text, &code, &mut numbers);
        }
    }
}

fn compare(hex: &str, text: &str, code: &Code, numbers: &mut Numbers) {
    let mut theirs = [0; MEMORY];
    for part in theirs.chunks_mut(8) {
        part.copy_from_slice(&numbers.next().to_le_bytes());
    }
    let mut ours = theirs;
    let first = theirs.as_mut_ptr().expose_provenance() as u64;
    let mut general = [0; 16];
    general.fill_with(|| numbers.next());
    general[RDI] = first + MIDDLE as u64;
    let mut xmm = [0; 16];
    xmm.fill_with(|| u128::from(numbers.next()) << 64 | u128::from(numbers.next()));
    let mut state = State::new(general, numbers.next() & FLAGS, xmm);
    let mut cpu = Cpu { general, rip: RIP, flags: state.flags, xmm, upper_cleared: None };

    // SAFETY: all of these touch the middle of `theirs` and nothing else.
    unsafe { code.run(&mut state) };

    let operation = operation(hex, &cpu).unwrap_or_else(|| panic!("{text} makes one access"));
    let at = usize::try_from(operation.address - first).unwrap();
    let width = usize::try_from(operation.width.bytes()).unwrap();
    let mut value = [0; 8];
    value[..width].copy_from_slice(&ours[at..at + width]);
    let read = if operation.reads { u64::from_le_bytes(value) } else { 0xdead };
    if let Some(written) = operation.carry_out(&mut cpu, read) {
        ours[at..at + width].copy_from_slice(&written.to_le_bytes()[..width]);
    }

    cpu.general[RSP] = state.general[RSP];
    assert_eq!(ours, theirs, "{text}");
    assert_eq!(cpu.general.map(hexadecimal), state.general.map(hexadecimal), "{text}");
    assert_eq!(cpu.xmm, state.xmm, "{text}");
    assert_eq!(hexadecimal(cpu.flags & FLAGS), hexadecimal(state.flags & FLAGS), "{text}");
}

fn hexadecimal(number: u64) -> String {
    format!("{number:#x}")
}

#[test]
fn loads_change_no_more_than_the_document_says() {
    let whole = 0xf1e2_d3c4_b5a6_9788;
    for (hex, index, before, value, after) in [
        ("8a 07", RAX, whole, 0x55, 0xf1e2_d3c4_b5a6_9755),
        ("8a 27", RAX, whole, 0x55, 0xf1e2_d3c4_b5a6_5588),
        ("8a 3f", RBX, whole, 0x55, 0xf1e2_d3c4_b5a6_5588),
        ("66 8b 0f", RCX, whole, 0x5544, 0xf1e2_d3c4_b5a6_5544),
        ("8b 07", RAX, whole, 0x8877_6655, 0x0000_0000_8877_6655),
        ("48 8b 07", RAX, whole, 0x1122_3344_5566_7788, 0x1122_3344_5566_7788),
        ("0f b6 07", RAX, whole, 0x80, 0x80),
        ("66 0f b6 07", RAX, whole, 0x80, 0xf1e2_d3c4_b5a6_0080),
        ("0f be 07", RAX, whole, 0x80, 0x0000_0000_ffff_ff80),
        ("48 0f be 07", RAX, whole, 0x80, 0xffff_ffff_ffff_ff80),
        ("66 0f be 07", RAX, whole, 0x80, 0xf1e2_d3c4_b5a6_ff80),
        ("48 63 07", RAX, whole, 0x8000_0000, 0xffff_ffff_8000_0000),
        ("48 8b 3f", RDI, HERE, 0x1122_3344_5566_7788, 0x1122_3344_5566_7788),
    ] {
        let mut found = cpu();
        found.general[index] = before;
        let mut expected = found.clone();
        expected.general[index] = after;
        assert_eq!(carry_out(hex, &mut found, value), None);
        assert_eq!(found, expected, "{hex}");
    }
}

#[test]
fn vector_loads_clear_the_rest() {
    for (hex, all) in [("f3 0f 10 07", None), ("c5 fa 10 07", Some(0))] {
        let mut found = cpu();
        let mut expected = found.clone();
        expected.xmm[0] = 0x8877_6655;
        expected.upper_cleared = all;
        assert_eq!(carry_out(hex, &mut found, 0x8877_6655), None);
        assert_eq!(found, expected, "{hex}");
    }
}

#[test]
fn computations_leave_the_flags_that_the_document_says() {
    for (hex, rax, value, written, flags) in [
        // cmp [rdi], eax
        ("39 07", 5, 5, None, ZERO | PARITY),
        ("39 07", 1, 0, None, CARRY | SIGN | PARITY | AUXILIARY),
        ("39 07", 1, 0x8000_0000, None, OVERFLOW | PARITY | AUXILIARY),
        // test byte ptr [rdi], 1
        ("f6 07 01", 0, 0xfe, None, ZERO | PARITY),
        ("f6 07 01", 0, 0xff, None, 0),
        // or [rdi], eax
        ("09 07", 0x8000_0000, 1, Some(0x8000_0001), SIGN),
        // and [rdi], eax
        ("21 07", 0xf0, 0x0f, Some(0), ZERO | PARITY),
        // xor [rdi], eax
        ("31 07", 0xff, 0x0f, Some(0xf0), PARITY),
        // add [rdi], eax
        ("01 07", 1, 0xffff_ffff, Some(0), CARRY | ZERO | PARITY | AUXILIARY),
        ("01 07", 1, 0x7fff_ffff, Some(0x8000_0000), OVERFLOW | SIGN | PARITY | AUXILIARY),
        // not dword ptr [rdi]
        ("f7 17", 0, 0xff, Some(0xffff_ff00), FLAGS),
    ] {
        let mut found = cpu();
        found.general[RAX] = rax;
        found.flags = FLAGS;
        let mut expected = found.clone();
        expected.flags = flags;
        assert_eq!(carry_out(hex, &mut found, value), written, "{hex}");
        assert_eq!(found, expected, "{hex}");
    }
}

#[test]
fn other_instructions_are_no_access() {
    for (hex, text) in OTHER {
        assert_eq!(operation(hex, &cpu()), None, "{text}");
    }
}

#[test]
fn what_says_where_to_go_on_is_not_left_out() {
    let left_out: Vec<_> = OTHER
        .iter()
        .filter(|(hex, _)| {
            let mut found = cpu();
            let mut expected = found.clone();
            expected.rip = RIP + bytes(hex).len() as u64;
            let possible = leave_out(&decode(&bytes(hex), RIP).unwrap(), &mut found);
            assert_eq!(found, if possible { expected } else { cpu() }, "{hex}");
            !possible
        })
        .map(|(_, text)| *text)
        .collect();
    let expected =
        ["push qword ptr [rdi]", "pop qword ptr [rdi]", "call qword ptr [rdi]", "jmp qword ptr [rdi]"];
    assert_eq!(left_out, expected);
}

#[test]
fn addresses_come_from_every_part_of_an_operand() {
    let mut cpu = cpu();
    cpu.general[RCX] = 3;
    cpu.general[R8] = 0xffff_ffff_0000_2000;
    cpu.general[R9] = 0x7000;
    cpu.general[RBP] = 0x6000;
    cpu.general[RSP] = 0x5000;
    for (hex, text, address) in [
        ("8b 04 8f", "mov eax, [rdi+rcx*4]", HERE + 12),
        ("8b 44 cf c0", "mov eax, [rdi+rcx*8-0x40]", HERE + 24 - 0x40),
        ("45 8b 01", "mov r8d, [r9]", 0x7000),
        ("8b 45 00", "mov eax, [rbp]", 0x6000),
        ("8b 44 24 08", "mov eax, [rsp+8]", 0x5008),
        ("67 41 8b 00", "mov eax, [r8d]", 0x2000),
        ("2e 8b 07", "mov eax, cs:[rdi]", HERE),
        ("8b 05 10 00 00 00", "mov eax, [rip+0x10]", RIP + 6 + 0x10),
        ("c7 05 f0 ff ff ff 01 00 00 00", "mov dword ptr [rip-0x10], 1", RIP + 10 - 0x10),
        ("a1 88 77 66 55 44 33 22 11", "movabs eax, [0x1122334455667788]", 0x1122_3344_5566_7788),
        ("a2 88 77 66 55 44 33 22 11", "movabs [0x1122334455667788], al", 0x1122_3344_5566_7788),
    ] {
        let found = operation(hex, &cpu).map(|operation| operation.address);
        assert_eq!(found, Some(address), "{text}");
    }
}

#[test]
fn an_instruction_has_its_width() {
    for (hex, width, reads) in [
        ("8a 07", Width::U8, true),
        ("66 89 07", Width::U16, false),
        ("c7 07 01 00 00 00", Width::U32, false),
        ("48 63 07", Width::U32, true),
        ("0f b7 07", Width::U16, true),
        ("48 09 07", Width::U64, true),
        ("f2 0f 11 07", Width::U64, false),
    ] {
        let found = operation(hex, &cpu()).map(|operation| (operation.width, operation.reads));
        assert_eq!(found, Some((width, reads)), "{hex}");
    }
}

#[test]
fn instructions_have_words() {
    for (hex, expected) in
        [("0f 10 07", "movups of 16 bytes"), ("f3 a4", "rep movsb of 1 bytes"), ("ff 37", "push of 8 bytes")]
    {
        assert_eq!(words(&decode(&bytes(hex), RIP).unwrap()), expected);
    }
    assert_eq!(words(&iced_x86::Instruction::default()), "a jump");
}

#[test]
fn half_an_instruction_is_none() {
    assert!(decode(&bytes("c7 07 01 00"), RIP).is_none());
    assert!(decode(&[], RIP).is_none());
}
