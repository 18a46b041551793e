//! A WDF wait lock with what it guards inside.
//!
//! Sources: Microsoft Learn, "Using Framework Locks", "WdfWaitLockAcquire function (wdfsync.h)".

use std::cell::UnsafeCell;
use std::mem::ManuallyDrop;

use wdk_sys::WDFWAITLOCK;

use super::{Device, Error, attributes};

/// A place for a value that comes and goes; one thread at a time can reach it.
///
/// What is in the place when the lock is dropped, and its device dies, is not dropped with it: it may be something
/// that calls the framework then. So take it out before.
///
/// Not recursive: a thread that is in [`with`](Self::with) and comes again waits for itself. Neither complete nor
/// forward a request inside: the framework may call the driver back from there.
pub(crate) struct WaitLock<T> {
    lock: WDFWAITLOCK,
    place: UnsafeCell<ManuallyDrop<Option<T>>>,
}

// SAFETY: the lock may be used on any thread; moving it moves the value, which is `Send`.
unsafe impl<T: Send> Send for WaitLock<T> {}
// SAFETY: the lock lets one thread at a time at the value, which is `Send`.
unsafe impl<T: Send> Sync for WaitLock<T> {}

impl<T> WaitLock<T> {
    /// Makes a lock that dies with `parent`, and an empty place.
    pub fn new(parent: &Device) -> Result<Self, Error> {
        let mut attributes = attributes(parent.0);
        // SAFETY: the parent is valid; the attributes are a local.
        let lock = unsafe { out_call!(WdfWaitLockCreate(&raw mut attributes)) }?;
        Ok(Self { lock, place: UnsafeCell::new(ManuallyDrop::new(None)) })
    }

    /// Waits until the place is free, and lets `work` have it. There is no timeout: who has the place makes a few
    /// register accesses and never waits.
    ///
    /// Panics if the framework refuses, which without a timeout it never does.
    pub fn with<R>(&self, work: impl FnOnce(&mut Option<T>) -> R) -> R {
        // SAFETY: the lock is valid as long as its parent; NULL means no timeout.
        let acquired = unsafe { try_call!(WdfWaitLockAcquire(self.lock, std::ptr::null_mut())) };
        acquired.expect("a wait lock is acquired in the end");
        let _release = Release(self.lock);
        // SAFETY: the lock is held, so nobody else has a reference.
        work(unsafe { &mut *self.place.get() })
    }
}

/// Releases the lock when it is dropped, on the thread that has acquired it; a panic does not keep it from that.
struct Release(WDFWAITLOCK);

impl Drop for Release {
    fn drop(&mut self) {
        // SAFETY: made by this thread when it had acquired the lock.
        unsafe { call!(WdfWaitLockRelease(self.0)) };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::wdf::fake;

    #[test]
    fn what_is_left_in_the_place_is_not_dropped() {
        let counter = Arc::new(());
        {
            let lock = WaitLock::new(&fake::bare_device()).unwrap();
            lock.with(|place| *place = Some(Arc::clone(&counter)));
        }
        assert_eq!(Arc::strong_count(&counter), 2);
    }
}
