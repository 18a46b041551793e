//! What of mapped registers differs from system to system: reserving addresses, hearing of faults, and
//! knowing whose code faulted. As little as possible; the sense of it is in [`super::trap`].

#[cfg(all(maps_registers, target_os = "linux"))]
mod linux;
#[cfg(all(maps_registers, windows))]
mod windows;

#[cfg(all(maps_registers, target_os = "linux"))]
pub use linux::{catch_faults, modules, reserve};
#[cfg(all(maps_registers, windows))]
pub use windows::{catch_faults, modules, reserve};

/// Registers cannot be mapped into the process here.
#[cfg(not(maps_registers))]
pub fn reserve(_length: usize) -> Option<u64> {
    None
}

/// A range of addresses at which code of one program or library lies.
#[cfg(maps_registers)]
#[derive(Clone, Debug)]
pub struct Module {
    /// The addresses.
    pub code: std::ops::Range<u64>,
    /// It belongs to the program, not to a library.
    pub is_program: bool,
}
