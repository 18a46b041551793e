//! A library that hangs while it is loaded: its initialiser does not return.

#![cfg_attr(
    target_os = "linux",
    expect(unsafe_code, reason = "an initialiser stands in a section of its own")
)]

use std::thread;
use std::time::Duration;

#[cfg(target_os = "linux")]
#[used]
// SAFETY: the loader calls what stands there, and this is a function that it may call.
#[unsafe(link_section = ".init_array")]
static INITIALISER: extern "C" fn() = hang;

/// The initialiser, where the system has the section above.
pub extern "C" fn hang() {
    loop {
        thread::sleep(Duration::from_secs(1));
    }
}
