//! A WDF wait lock with what it guards inside.

use std::cell::UnsafeCell;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::ptr::null_mut;

use wdk_sys::{WDFWAITLOCK, call_unsafe_wdf_function_binding};

use super::Device;
use super::object::attributes_below;
use crate::error::Error;

/// A place for a value that comes and goes; one thread at a time can reach it.
///
/// What is in the place when the lock is dropped, and its device dies, is not dropped with it: it may be something
/// that calls the framework then. So take it out before.
///
/// Not recursive: a thread that holds the guard and locks again waits for itself. Hold no guard while a
/// request is completed, forwarded or a timer is started: the framework may call the driver back from there.
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
        let mut attributes = attributes_below(parent.as_object());
        let mut lock: WDFWAITLOCK = null_mut();
        // SAFETY: the parent is valid; both pointers point to locals.
        unsafe { call!(WdfWaitLockCreate(&raw mut attributes, &raw mut lock)) }?;
        Ok(Self { lock, place: UnsafeCell::new(ManuallyDrop::new(None)) })
    }

    /// Waits until the place is free. There is no timeout: who holds the guard makes a few register accesses
    /// and never waits.
    ///
    /// Panics if the framework refuses, which without a timeout it never does.
    pub fn lock(&self) -> Guard<'_, T> {
        // SAFETY: the lock is valid as long as its parent; NULL means no timeout.
        let acquired = unsafe { call!(WdfWaitLockAcquire(self.lock, null_mut())) };
        acquired.expect("a wait lock is acquired in the end");
        Guard { owner: self, stays_on_its_thread: PhantomData }
    }
}

/// Access to the place in a [`WaitLock`]; dropping it releases the lock.
pub(crate) struct Guard<'a, T> {
    owner: &'a WaitLock<T>,
    /// The thread that acquired a wait lock must release it.
    stays_on_its_thread: PhantomData<*const ()>,
}

static_assertions::assert_not_impl_any!(Guard<'static, ()>: Send);

impl<T> Deref for Guard<'_, T> {
    type Target = Option<T>;

    fn deref(&self) -> &Option<T> {
        // SAFETY: the lock is held, so no other thread has a reference; this guard gives shared ones only.
        unsafe { &*self.owner.place.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut Option<T> {
        // SAFETY: the lock is held and this guard is borrowed exclusively.
        unsafe { &mut *self.owner.place.get() }
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        // SAFETY: this thread acquired the lock when the guard was made.
        unsafe { call_unsafe_wdf_function_binding!(WdfWaitLockRelease, self.owner.lock) };
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
            *lock.lock() = Some(Arc::clone(&counter));
        }
        assert_eq!(Arc::strong_count(&counter), 2);
    }
}
