//! What the driver says about the answers that it gets.

use std::fmt::Debug;

/// Says whether an answer is the right one.
#[expect(
    clippy::needless_pass_by_value,
    reason = "answers stand in the call, where a reference only distracts"
)]
pub fn expect<T: PartialEq + Debug>(name: &str, came: T, expected: T) {
    if came == expected {
        wdk_sys::wdk::println!("ok {name}");
    } else {
        wdk_sys::wdk::println!("FAILED {name}: {came:x?} instead of {expected:x?}");
    }
}

/// Says whether something is so.
pub fn holds(name: &str, holds: bool) {
    expect(name, holds, true);
}

/// Says that something happened.
pub fn note(text: &str) {
    wdk_sys::wdk::println!("note {text}");
}
