//! Commands of the program that are more than one call of the library.

#[cfg(target_os = "linux")]
pub mod explore;
pub mod faults;
