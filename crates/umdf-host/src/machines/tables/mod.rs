//! The state tables: data only, one file for each machine.

pub mod events;
pub mod idle;
pub mod pnp;
pub mod policy_not_owner;
pub mod policy_owner;
pub mod power;
pub mod self_managed_io;
