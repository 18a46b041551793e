//! The locks that the driver holds on this thread: a callback that returns with one it took has
//! forgotten to release it.

use super::Handle;
use crate::own::with_held;

/// This thread took the lock.
pub fn took(lock: Handle) {
    with_held(|held| held.push(lock));
}

/// This thread gave the lock back.
pub fn gave(lock: Handle) {
    with_held(|held| held.retain(|known| *known != lock));
}

/// The locks that this thread holds.
pub fn now() -> Vec<Handle> {
    with_held(|held| held.clone())
}
