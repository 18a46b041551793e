//! What the compiler made of register accesses, by the module and bare.

use std::fs;
use std::path::Path;

use iced_x86::{Decoder, DecoderOptions, FastFormatter, Instruction, Mnemonic, OpKind, Register};
use object::{Object, ObjectSection, ObjectSymbol};

const WIDTHS: [&str; 4] = ["u8", "u16", "u32", "u64"];

/// A direct access by the module is a bare one, instruction by instruction; one through the framework has at most
/// 5 % more instructions than a bare call. None of them branches backwards, so what is counted is what runs.
pub fn same_as_bare(library: &Path) {
    let library = fs::read(library).expect("the library was built");
    let library = object::File::parse(&*library).expect("it is a library");
    for width in WIDTHS {
        for (module, bare, expected) in [("direct_read", "load", 0), ("direct_write", "store", 1)] {
            let (module, bare) = (code(&library, module, width), code(&library, bare, width));
            assert!(bare.len() >= 3, "{}", text(&bare));
            assert_eq!(text(&module), text(&bare), "{width}");
            assert_eq!(barriers(&module), expected, "{width}\n{}", text(&module));
        }
        for (module, bare) in [("framework_read", "call_read"), ("framework_write", "call_write")] {
            let (module, bare) = (code(&library, module, width), code(&library, bare, width));
            assert!(bare.len() >= 8, "{}", text(&bare));
            assert!(module.len() * 100 <= bare.len() * 105, "{width}\n{}\n\n{}", text(&module), text(&bare));
        }
    }
}

/// Instructions that keep a later access behind an earlier store.
fn barriers(instructions: &[Instruction]) -> usize {
    let is_barrier = |instruction: &&Instruction| {
        instruction.mnemonic() == Mnemonic::Mfence || instruction.has_lock_prefix()
    };
    instructions.iter().filter(is_barrier).count()
}

/// The instructions of a function, without addresses.
fn code(library: &object::File, function: &str, width: &str) -> Vec<Instruction> {
    let name = format!("{function}_{width}");
    let symbol = library.dynamic_symbols().find(|symbol| symbol.name() == Ok(&*name));
    let symbol = symbol.unwrap_or_else(|| panic!("the library has no {name}"));
    let section = symbol.section_index().and_then(|index| library.section_by_index(index).ok());
    let bytes =
        section.and_then(|section| section.data_range(symbol.address(), symbol.size()).ok().flatten());
    let bytes = bytes.unwrap_or_else(|| panic!("{name} has no code"));
    let instructions: Vec<_> = Decoder::with_ip(64, bytes, 0, DecoderOptions::NONE).iter().collect();
    assert!(instructions.iter().all(|instruction| !instruction.is_invalid()), "{name}");
    instructions.into_iter().map(without_addresses).collect()
}

/// Where a function is, where a static is, and where in the struct that the first argument (RDI) points to a field
/// is, is no difference.
fn without_addresses(mut instruction: Instruction) -> Instruction {
    if instruction.is_ip_rel_memory_operand() || instruction.memory_base() == Register::RDI {
        instruction.set_memory_displacement64(0);
        instruction.set_memory_displ_size(0);
    }
    if instruction.op0_kind() == OpKind::NearBranch64 {
        instruction.set_near_branch64(0);
    }
    instruction.set_ip(0);
    instruction.set_len(0);
    instruction
}

/// One instruction a line, for a person to compare.
fn text(instructions: &[Instruction]) -> String {
    let mut formatter = FastFormatter::new();
    let mut text = String::new();
    for instruction in instructions {
        formatter.format(instruction, &mut text);
        text.push('\n');
    }
    text
}
