//! The locks that the driver holds on this thread: a callback that returns with one it took has
//! forgotten to release it.

use std::cell::RefCell;

use super::Handle;

thread_local! {
    static HELD: RefCell<Vec<Handle>> = const { RefCell::new(Vec::new()) };
}

/// This thread took the lock.
pub fn took(lock: Handle) {
    HELD.with_borrow_mut(|held| held.push(lock));
}

/// This thread gave the lock back.
pub fn gave(lock: Handle) {
    HELD.with_borrow_mut(|held| held.retain(|known| *known != lock));
}

/// The locks that this thread holds.
pub fn now() -> Vec<Handle> {
    HELD.with_borrow(Clone::clone)
}
