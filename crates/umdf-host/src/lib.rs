// tests/readme.rs tries what README says.
#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
//!
//! # Inside
//!
//! Several processes, as on Windows. The **supervisor** ([`Run`]) starts **workers**, the stand-ins for
//! WUDFHost, which hold framework, PnP, bus, device models and the driver: one for all devices that may
//! share it, and one for each other device. The supervisor tells them which steps to play, owns the
//! deadlines, the restarts and the report; nothing that the driver does takes it down. What happened lies
//! in memory-mapped [`history`] files, so it survives any death of a worker. Between the two stands a
//! `keeper` (on Linux), which leaves nothing of a worker behind.
//!
//! Inside a worker:
//! - [`inf`] reads the INF as an installation would; [`scenario`] says what to do with the devices, and
//!   `play` does it;
//! - [`bus`] is a PCI bus with device models on it;
//! - `framework` is the WDF function table, one file per WDF header, which enforces the contract;
//!   `pnp` and `io` are what the PnP manager, the reflector and the I/O manager do;
//! - `devnode` is what PnP keeps about a device; `hive` is the registry: what the INF wrote and what the
//!   driver writes;
//! - [`machines`] are the framework's PnP and power state machines, which say what the driver is told when;
//! - `served` is what a worker does for the clients of `umdf-host serve`;
//! - `schedule` says whose turn it is and what time it is where a seed decides ([`Run::seed`]); else it leaves
//!   both to the operating system;
//! - `gate` is the one way in and out: every framework call and every driver callback passes it.
//!
//! A program that links its driver can be the worker itself, without a supervisor: [`InProcess`].
//!
//! A run can be drawn: [`picture`].
//!
//! The contract rules are in [`rules`]. A test binary that runs drivers calls
//! [`run_worker_if_asked`] first in its `main`, because the worker is the same executable.

mod allocations;
pub mod bus;
pub mod coverage;
mod delivery;
mod devnode;
#[cfg(target_os = "linux")]
pub mod explore;
mod failing;
pub mod faults;
mod framework;
mod gate;
pub mod guid;
pub mod history;
mod hive;
mod host;
mod in_process;
pub mod inf;
mod interrupts;
mod io;
pub mod ioctl;
#[cfg(target_os = "linux")]
mod keeper;
pub mod machines;
mod own;
pub mod picture;
mod platform;
mod play;
mod pnp;
mod pool;
pub mod report;
pub mod rules;
pub mod scenario;
mod schedule;
mod script;
mod served;
mod silence;
pub mod status;
mod story;
mod supervisor;
mod timer;
mod worker;

pub use in_process::{InProcess, InProcessError};
pub use schedule::Plan;
pub use supervisor::{Remote, Run, RunError, Service, Told};
pub use worker::run_worker_if_asked;
