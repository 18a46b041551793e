//! Reads an INF, or an INX, the way an installation on Windows would.
//!
//! - `parse`: bytes to sections and entries, with `%strings%` replaced;
//! - `target`: which models section fits the system;
//! - `models`: which entry of it fits the device;
//! - `install`: follows that entry through its sections and yields an [`Installation`];
//! - `reflector`, `files`, [`registry`], [`directives`]: what those sections say;
//! - [`check`]: what InfVerif would find wrong;
//! - `stamp`: what stampinf makes of an INX.
//!
//! Sources: Microsoft Learn, "General Syntax Rules for INF Files", "INF Manufacturer Section", "INF
//! Models Section", "INF AddReg Directive", "Specifying WDF Directives in INF Files", "Adding the
//! Reflector". What Windows would refuse, or take in silence and then not work, is an [`InfError`]
//! that names the line.

pub mod check;
pub mod directives;
mod error;
mod files;
mod install;
mod models;
mod parse;
mod reflector;
pub mod registry;
mod stamp;
mod target;

#[cfg(test)]
mod tests;

pub use directives::WdfDirectives;
pub use error::InfError;
pub use install::{Installation, UmdfVersion};
pub use parse::{Entry, Inf, Section};
pub use registry::{RegistryData, RegistryValue};
pub use stamp::stamp;
pub use target::{Architecture, TargetOs};
