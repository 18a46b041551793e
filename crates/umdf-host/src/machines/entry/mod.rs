//! The entry functions of the states, named as the framework's without their prefix.
//!
//! Each does its state's work and gives the next state, or `None` to stay. What several do alike is a
//! method of [`super::Machines`] beside them.

#![expect(clippy::unnecessary_wraps, reason = "all entry functions of a table have one signature")]

pub mod idle;
pub mod pnp;
pub mod policy_not_owner;
pub mod policy_owner;
pub mod power;
pub mod self_managed_io;
