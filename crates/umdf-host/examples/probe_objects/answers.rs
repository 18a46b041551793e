//! What came back, told to the debugger.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};

/// Answers told so far.
static TOLD: AtomicU32 = AtomicU32::new(0);

/// Tells whether the answer is the one that is expected.
#[expect(clippy::needless_pass_by_value, reason = "what is asked for was just made")]
pub fn equal<T: PartialEq + Debug>(name: &str, actual: T, expected: T) {
    TOLD.fetch_add(1, Ordering::Relaxed);
    if actual == expected {
        wdk_sys::wdk::println!("ok {name}");
    } else {
        wdk_sys::wdk::println!("FAILED {name}: {actual:x?} instead of {expected:x?}");
    }
}

/// Tells whether it holds.
pub fn holds(name: &str, holds: bool) {
    equal(name, holds, true);
}

/// Tells how many answers there were.
pub fn end() {
    wdk_sys::wdk::println!("end {}", TOLD.load(Ordering::Relaxed));
}
