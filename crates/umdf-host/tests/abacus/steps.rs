//! Steps of scenarios, in their own words.

use umdf_host::scenario::Bytes;

use crate::interface::{IOCTL_ABACUS_ADD, IOCTL_ABACUS_GET_INFO, IOCTL_ABACUS_SET_LABEL};

/// A step without settings.
pub fn step(what: &str) -> String {
    format!("[[step]]\ndo = '{what}'\n")
}

/// Steps without settings.
pub fn steps(all: &[&str]) -> Vec<String> {
    all.iter().map(|what| step(what)).collect()
}

/// A step that ends with a status.
pub fn failing(step: String, status: &str) -> String {
    step + &format!("expect = '{status}'\n")
}

/// A request for which nobody waits.
pub fn unwaited(step: String) -> String {
    step + "wait = false\n"
}

fn hex(bytes: &[u8]) -> String {
    Bytes(bytes.to_vec()).to_string()
}

/// An I/O control request.
pub fn ioctl(code: u32, input: &[u8], output_length: usize) -> String {
    let input = hex(input);
    format!(
        "[[step]]\ndo = 'ioctl'\nname = '{code:#x}'\ncode = {code}\ninput = '{input}'\noutput-length = {output_length}\n"
    )
}

/// Labels the board.
pub fn label(label: &[u8; 16]) -> String {
    ioctl(IOCTL_ABACUS_SET_LABEL, label, 0)
}

/// Asks for what the driver knows, which must be so.
pub fn info(messages: u32, label: &[u8; 16]) -> String {
    let expected = hex(&[
        0x0100_00ab_u32.to_le_bytes().as_slice(),
        &messages.to_le_bytes(),
        &(1_u64 << 32).to_le_bytes(),
        label,
    ]
    .concat());
    ioctl(IOCTL_ABACUS_GET_INFO, &[], 32) + &format!("expect-output = '{expected}'\n")
}

/// Adds up bytes.
pub fn add(start: u32, length: u32) -> String {
    ioctl(IOCTL_ABACUS_ADD, [start.to_le_bytes(), length.to_le_bytes()].as_flattened(), 4)
}

/// Adds up bytes, to this total.
pub fn total(start: u32, length: u32, total: u32) -> String {
    add(start, length) + &format!("expect-output = '{}'\n", hex(&total.to_le_bytes()))
}

/// Writes bytes.
pub fn write(offset: i64, bytes: &[u8]) -> String {
    format!("[[step]]\ndo = 'write'\nname = 'write'\noffset = {offset}\ninput = '{}'\n", hex(bytes))
}

/// Reads bytes.
pub fn read(offset: i64, length: usize) -> String {
    format!("[[step]]\ndo = 'read'\nname = 'read'\noffset = {offset}\nlength = {length}\n")
}

/// Reads these bytes.
pub fn read_back(offset: i64, bytes: &[u8]) -> String {
    read(offset, bytes.len()) + &format!("expect-output = '{}'\n", hex(bytes))
}
