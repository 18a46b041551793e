//! Bugs that drivers have, planted one at a time into a copy of the driver, and looked for by playing seeds.
//!
//! `bugs.toml` has the bugs. `cargo test --test zoo` looks for a few of them; `cargo test --test zoo -- --all` for all,
//! and writes docs/bug-zoo.md. Names behind it look for these alone, and write nothing. A bug that is not found fails
//! it, and so does a driver without one that is accused.
//!
//! The supervisor starts this executable again as its worker, hence no test harness of its own kind.

#[cfg(target_os = "linux")]
#[path = "zoo.rs"]
mod zoo;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    zoo::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("the zoo is ignored: a process that plays a seed is a copy of this one, which only Linux makes");
}
