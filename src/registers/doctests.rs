//! What compiles and what does not, for rustdoc's tests.

/// A whole program: one register in a mapping of 0x10 bytes, written and read.
macro_rules! program {
    ($fence:literal, $offset:literal, $mode:literal, $read:literal) => {
        concat!(
            "```",
            $fence,
            "
# use edu_umdf::registers::*;
# struct Memory;
# impl Access for Memory {
#     const LENGTH: usize = 0x10;
#     fn read<T: Bits>(&self, _offset: usize) -> T { T::from_bits(7) }
#     fn write<T: Bits>(&self, _offset: usize, _value: T) {}
# }
enum Status {}
impl Register for Status {
    const NAME: &'static str = \"Status\";
    const OFFSET: usize = ",
            $offset,
            ";
    type Value = u32;
    type Mode = ",
            $mode,
            ";
}
let bar = Bar::<0x10, _>::new(Memory);
bar.write::<Status>(1);
assert_eq!(bar.",
            $read,
            "::<Status>().value(), Ok(7));
```"
        )
    };
}

/// This program works:
#[doc = program!("", "0x0c", "ReadWrite", "read")]
/// With an offset beyond the mapping it does not compile:
#[doc = program!("compile_fail,E0080", "0x10", "ReadWrite", "read")]
/// nor with one that is not a multiple of the width:
#[doc = program!("compile_fail,E0080", "0x0a", "ReadWrite", "read")]
/// nor may a read-only register be written:
#[doc = program!("compile_fail,E0277", "0x0c", "ReadOnly", "read")]
/// nor a write-only register be read:
#[doc = program!("compile_fail,E0277", "0x0c", "WriteOnly", "read")]
/// A register that a read changes is taken:
#[doc = program!("", "0x0c", "TakeWrite", "take")]
/// and not read in passing:
#[doc = program!("compile_fail,E0277", "0x0c", "TakeWrite", "read")]
struct Programs;
