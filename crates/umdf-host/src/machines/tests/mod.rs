//! The machines in a world of their own.

mod engine;
mod filter_paths;
mod later_paths;
mod more_paths;
mod paths;
mod power_paths;
mod short;
mod tables;
mod words;
mod world;
