//! `wdfsync.h`: spin locks, wait locks, and the locks of callbacks, which are in [`serialize`].

use std::time::Duration;

use wdk_portable::{
    NTSTATUS, PLONGLONG, PWDF_OBJECT_ATTRIBUTES, STATUS_SUCCESS, STATUS_TIMEOUT, WDFOBJECT, WDFSPINLOCK,
    WDFWAITLOCK,
};

use super::attributes::{self, Allowed};
use super::objects::{Handle, Part};
use super::{Pointer, Stop, held, object, serialize};
use crate::host::{Host, State};
use crate::own::{self, ThreadId};
use crate::rules::Rule;
use crate::timer::relative;

/// `WDFSPINLOCK`.
#[derive(Default)]
pub struct SpinLock {
    owner: Option<ThreadId>,
    ignored: u32,
}

/// `WDFWAITLOCK`.
#[derive(Default)]
pub struct WaitLock {
    /// The thread that holds it.
    pub owner: Option<ThreadId>,
    ignored: u32,
}

trait Lock: Part {
    /// The thread that holds the lock.
    fn owner(&mut self) -> &mut Option<ThreadId>;
    /// Acquisitions by the owner that were ignored: as many releases are ignored too.
    fn ignored(&mut self) -> &mut u32;
}

impl Lock for SpinLock {
    fn owner(&mut self) -> &mut Option<ThreadId> {
        &mut self.owner
    }

    fn ignored(&mut self) -> &mut u32 {
        &mut self.ignored
    }
}

impl Lock for WaitLock {
    fn owner(&mut self) -> &mut Option<ThreadId> {
        &mut self.owner
    }

    fn ignored(&mut self) -> &mut u32 {
        &mut self.ignored
    }
}

/// Waits for the lock, at most for `limit`; without one the supervisor's deadline ends the wait.
fn acquire<L: Lock>(
    host: &Host,
    lock: Pointer<impl Sized>,
    argument: &str,
    limit: Option<Duration>,
) -> Result<bool, Stop> {
    let me = own::thread();
    let (handle, name) = {
        let mut state = host.state();
        let handle = state.objects.resolve::<L>(host, lock, argument)?;
        let name = state.objects.name(handle);
        if state.objects.get_mut::<L>(handle).is_some_and(|lock| *lock.owner() == Some(me)) {
            let stop = host.violation(Rule::LockRecursion, format!("{name} is held by this thread already"));
            if let Some(lock) = state.objects.get_mut::<L>(handle) {
                *lock.ignored() = lock.ignored().saturating_add(1);
            }
            return Err(stop);
        }
        (handle, name)
    };
    let take = |state: &mut State| match state.objects.get_mut::<L>(handle) {
        Some(lock) => lock.owner().is_none().then(|| {
            *lock.owner() = Some(me);
            *lock.ignored() = 0;
            true
        }),
        // The lock was deleted meanwhile.
        None => Some(false),
    };
    match host.wait(limit.unwrap_or(host.hang_limit()), take) {
        Some(true) => {
            held::took(handle);
            Ok(true)
        }
        Some(false) => {
            Err(host.violation(Rule::HandleStale, format!("{name} was deleted while a thread waited for it")))
        }
        None if limit.is_some() => Ok(false),
        None => host.end(format!("{name} was not released before the deadline")),
    }
}

fn release<L: Lock>(host: &Host, lock: Pointer<impl Sized>, argument: &str) -> Result<(), Stop> {
    let mut state = host.state();
    let handle = state.objects.resolve::<L>(host, lock, argument)?;
    let name = state.objects.name(handle);
    let Some(lock) = state.objects.get_mut::<L>(handle) else { return Err(Stop::NoEffect) };
    if *lock.owner() != Some(own::thread()) {
        return Err(host.violation(Rule::LockNotOwned, format!("{name} is not held by this thread")));
    }
    if *lock.ignored() > 0 {
        *lock.ignored() -= 1;
        return Ok(());
    }
    *lock.owner() = None;
    drop(state);
    held::gave(handle);
    host.notify();
    Ok(())
}

fn create<L: Lock + Default + Into<super::objects::Body>>(
    host: &Host,
    attributes: Pointer<wdk_portable::WDF_OBJECT_ATTRIBUTES>,
) -> Result<Handle, Stop> {
    let mut state = host.state();
    let allowed = Allowed { parent: true, ..Allowed::default() };
    let attributes = attributes::check(host, &state.objects, attributes, allowed)?;
    object::create_below_driver(host, &mut state, L::default(), attributes)
}

ddi! {
    /// Makes a spin lock; its parent is the driver unless the attributes say otherwise.
    fn WdfSpinLockCreate(host, SpinLockAttributes: PWDF_OBJECT_ATTRIBUTES, SpinLock: *mut WDFSPINLOCK) -> NTSTATUS {
        SpinLock.require(host, "SpinLock")?;
        let lock = create::<SpinLock>(host, SpinLockAttributes)?;
        SpinLock.write(host, "SpinLock", lock.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Acquires a spin lock.
    fn WdfSpinLockAcquire(host, SpinLock: WDFSPINLOCK) {
        acquire::<SpinLock>(host, SpinLock, "SpinLock", None).map(|_| ())
    }

    /// Releases a spin lock.
    fn WdfSpinLockRelease(host, SpinLock: WDFSPINLOCK) {
        release::<SpinLock>(host, SpinLock, "SpinLock")
    }

    /// Makes a wait lock; its parent is the driver unless the attributes say otherwise.
    fn WdfWaitLockCreate(host, LockAttributes: PWDF_OBJECT_ATTRIBUTES, Lock: *mut WDFWAITLOCK) -> NTSTATUS {
        Lock.require(host, "Lock")?;
        let lock = create::<WaitLock>(host, LockAttributes)?;
        Lock.write(host, "Lock", lock.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Acquires a wait lock; with a timeout the answer may be `STATUS_TIMEOUT`.
    fn WdfWaitLockAcquire(host, Lock: WDFWAITLOCK, Timeout: PLONGLONG) -> NTSTATUS {
        let limit = if Timeout.is_null() {
            None
        } else {
            Some(relative(Timeout.read(host, "Timeout")?))
        };
        Ok(if acquire::<WaitLock>(host, Lock, "Lock", limit)? { STATUS_SUCCESS } else { STATUS_TIMEOUT })
    }

    /// Releases a wait lock.
    fn WdfWaitLockRelease(host, Lock: WDFWAITLOCK) {
        release::<WaitLock>(host, Lock, "Lock")
    }

    /// Acquires the lock of an object's callbacks.
    fn WdfObjectAcquireLock(host, Object: WDFOBJECT) {
        let object = host.state().objects.resolve_any(host, Object, "Object")?;
        serialize::acquire(host, object)
    }

    /// Releases the lock of an object's callbacks.
    fn WdfObjectReleaseLock(host, Object: WDFOBJECT) {
        let object = host.state().objects.resolve_any(host, Object, "Object")?;
        serialize::release(host, object)
    }
}
