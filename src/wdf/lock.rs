//! A WDF wait lock with the data that it guards inside.

use std::cell::UnsafeCell;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::null_mut;

use wdk_sys::{WDFWAITLOCK, call_unsafe_wdf_function_binding};

use super::object::attributes_below;
use super::{Device, check};
use crate::error::Error;

/// Data that one thread at a time can reach.
///
/// Not recursive: a thread that holds the guard and locks again waits for itself. Hold no guard while a
/// request is completed, forwarded or a timer is started: the framework may call the driver back from there.
pub(crate) struct WaitLock<T> {
    lock: WDFWAITLOCK,
    data: UnsafeCell<T>,
}

// SAFETY: the lock may be used on any thread; moving it moves the data, which is `Send`.
unsafe impl<T: Send> Send for WaitLock<T> {}
// SAFETY: the lock lets one thread at a time at the data, which is `Send`.
unsafe impl<T: Send> Sync for WaitLock<T> {}

impl<T> WaitLock<T> {
    /// Makes a lock that dies with `parent`.
    pub fn new(parent: &Device, data: T) -> Result<Self, Error> {
        let mut attributes = attributes_below(parent.as_object());
        let mut lock: WDFWAITLOCK = null_mut();
        // SAFETY: the parent is valid; both pointers point to locals.
        let status = unsafe {
            call_unsafe_wdf_function_binding!(WdfWaitLockCreate, &raw mut attributes, &raw mut lock)
        };
        check("WdfWaitLockCreate", status)?;
        Ok(Self { lock, data: UnsafeCell::new(data) })
    }

    /// Waits until the data are free. There is no timeout: who holds the guard makes a few register accesses
    /// and never waits.
    pub fn lock(&self) -> Result<Guard<'_, T>, Error> {
        // SAFETY: the lock is valid as long as its parent; NULL means no timeout.
        let status = unsafe { call_unsafe_wdf_function_binding!(WdfWaitLockAcquire, self.lock, null_mut()) };
        check("WdfWaitLockAcquire", status)?;
        Ok(Guard { owner: self, stays_on_its_thread: PhantomData })
    }
}

/// Access to the data of a [`WaitLock`]; dropping it releases the lock.
pub(crate) struct Guard<'a, T> {
    owner: &'a WaitLock<T>,
    /// The thread that acquired a wait lock must release it.
    stays_on_its_thread: PhantomData<*const ()>,
}

static_assertions::assert_not_impl_any!(Guard<'static, ()>: Send);

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the lock is held, so no other thread has a reference; this guard gives shared ones only.
        unsafe { &*self.owner.data.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the lock is held and this guard is borrowed exclusively.
        unsafe { &mut *self.owner.data.get() }
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        // SAFETY: this thread acquired the lock when the guard was made.
        unsafe { call_unsafe_wdf_function_binding!(WdfWaitLockRelease, self.owner.lock) };
    }
}
