//! What the arithmetic instructions compute, and the flags that they leave.

use super::cpu::{AUXILIARY, CARRY, OVERFLOW, PARITY, SIGN, ZERO};
use crate::bus::Width;

/// A function of two operands, or of the first alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `add`.
    Add,
    /// `sub`, `cmp`.
    Subtract,
    /// `and`, `test`.
    And,
    /// `or`.
    Or,
    /// `xor`.
    Xor,
    /// `inc`: adds 1 and leaves the carry flag alone.
    Increment,
    /// `dec`: subtracts 1 and leaves the carry flag alone.
    Decrement,
    /// `neg`: subtracts from 0.
    Negate,
    /// `not`: leaves all flags alone.
    Not,
}

/// The result of `width` and the flags behind it. Where the processor's document leaves the auxiliary
/// carry flag undefined it is cleared, as processors do.
pub fn compute(function: Function, width: Width, first: u64, second: u64, flags: u64) -> (u64, u64) {
    match function {
        Function::Add => add(width, first, second, flags),
        Function::Subtract => subtract(width, first, second, flags),
        Function::And => logic(width, first & second, flags),
        Function::Or => logic(width, first | second, flags),
        Function::Xor => logic(width, first ^ second, flags),
        Function::Increment => keep_carry(add(width, first, 1, flags), flags),
        Function::Decrement => keep_carry(subtract(width, first, 1, flags), flags),
        Function::Negate => subtract(width, 0, first, flags),
        Function::Not => (width.truncate(!first), flags),
    }
}

fn add(width: Width, first: u64, second: u64, flags: u64) -> (u64, u64) {
    let result = width.truncate(first.wrapping_add(second));
    let overflow = (first ^ result) & (second ^ result);
    (result, with_flags(width, flags, result, result < first, first ^ second ^ result, overflow))
}

fn subtract(width: Width, first: u64, second: u64, flags: u64) -> (u64, u64) {
    let result = width.truncate(first.wrapping_sub(second));
    let overflow = (first ^ second) & (first ^ result);
    (result, with_flags(width, flags, result, first < second, first ^ second ^ result, overflow))
}

fn logic(width: Width, result: u64, flags: u64) -> (u64, u64) {
    (result, with_flags(width, flags, result, false, 0, 0))
}

fn keep_carry((result, flags): (u64, u64), before: u64) -> (u64, u64) {
    (result, flags & !CARRY | before & CARRY)
}

/// `carries` are the carries into each bit, `overflow` has the overflow at the place of the sign.
fn with_flags(width: Width, flags: u64, result: u64, carry: bool, carries: u64, overflow: u64) -> u64 {
    let sign = 1 << (8 * width.bytes() - 1);
    let new = [
        (CARRY, carry),
        (PARITY, (result & 0xff).count_ones().is_multiple_of(2)),
        (AUXILIARY, carries & 0x10 != 0),
        (ZERO, result == 0),
        (SIGN, result & sign != 0),
        (OVERFLOW, overflow & sign != 0),
    ];
    new.into_iter().fold(flags, |flags, (flag, set)| if set { flags | flag } else { flags & !flag })
}
