//! A PCI bus with device models in its slots.
//!
//! - [`device`]: what every device model offers ([`PciDevice`]), its identity and its BARs;
//! - [`edu`]: QEMU's edu device; [`abacus`]: a device of our own, with two memory BARs, ports and two
//!   interrupts; [`scratch`]: plain registers for parser and access tests;
//! - [`qemu`]: devices of a QEMU process, edu among them;
//! - [`memory`]: memory that devices have;
//! - [`fault`]: wraps any model and makes it misbehave or vanish;
//! - [`resources`]: raw and translated descriptors, as PnP hands them to a driver;
//! - [`pci`]: the bus itself: address assignment, start and stop, routing of accesses.
//!
//! No model reads a clock: every access carries the host's model time. A device of QEMU lives in the time of the
//! machine.
//!
//! Sources: Microsoft Learn, "Raw and Translated Resources"; QEMU, `docs/specs/edu.rst`.

pub mod abacus;
pub mod device;
pub mod edu;
pub mod fault;
pub mod memory;
pub mod pci;
pub mod qemu;
pub mod resources;
pub mod scratch;

pub use abacus::AbacusDevice;
pub use device::{Bar, BarError, BarKind, Identity, PciDevice, Waker, Width};
pub use edu::EduDevice;
pub use fault::{Break, Breakage, Disturbance, Fault, FaultyDevice, Interruption, Poke};
pub use pci::{ADDRESS_BITS, BusError, Line, PciBus, Pending, SLOTS_OF_BUS, Space};
pub use qemu::{PROGRAM, QemuDevice, QemuError, QemuModel};
pub use resources::{Assigned, Descriptor, Resource, Share};
pub use scratch::ScratchDevice;
