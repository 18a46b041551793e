//! Synchronization scopes: one lock for the callbacks of a device or of a queue.
//!
//! Microsoft Learn, "Synchronization Scope Techniques for UMDF Drivers"; the rule for each object is
//! that of `FxObject::_GetEffectiveLock` in the framework's `fxobject.cpp`.

use std::collections::BTreeMap;
use std::thread::{self, ThreadId};

use wdk_portable::{_WDF_EXECUTION_LEVEL as Level, _WDF_SYNCHRONIZATION_SCOPE as Scope};

use super::device::Device;
use super::fileobject::FileObject;
use super::io::Queue;
use super::{Handle, Objects, Stop, held};
use crate::host::{Host, State};
use crate::rules::Rule;
use crate::status::STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;

/// The locks that are held: the device or queue that each belongs to, its thread, and how often that
/// thread took it.
pub type Locks = BTreeMap<Handle, (ThreadId, usize)>;

/// The object whose lock serializes the callbacks of `object`; `None` if they may run in parallel.
pub fn lock_of(objects: &Objects, object: Handle) -> Option<Handle> {
    let mut next = Some(object);
    while let Some(handle) = next {
        let entry = objects.object(handle)?;
        match entry.scope {
            Scope::WdfSynchronizationScopeDevice => return objects.device_above(object),
            Scope::WdfSynchronizationScopeQueue => {
                // The scope of a device or a driver says what its queues do, each for itself.
                return objects.get::<Queue>(object).map(|_| object);
            }
            Scope::WdfSynchronizationScopeInheritFromParent => next = entry.parent,
            _ => return None,
        }
    }
    None
}

/// Device scope alone, for callbacks that belong to no queue.
pub fn device_lock_of(objects: &Objects, object: Handle) -> Option<Handle> {
    lock_of(objects, object).filter(|lock| objects.get::<Device>(*lock).is_some())
}

/// The object whose lock `WdfObjectAcquireLock` takes for `object`: devices, queues and files have one,
/// whatever their scope (`fxdevicebase.cpp`, `fxioqueue.cpp`, `fxfileobject.cpp`); with device scope it
/// is the device's. Other objects have none.
fn own_lock(objects: &Objects, object: Handle) -> Option<Handle> {
    has_lock(objects, object).then(|| device_lock_of(objects, object).unwrap_or(object))
}

fn has_lock(objects: &Objects, object: Handle) -> bool {
    objects.get::<Device>(object).is_some()
        || objects.get::<Queue>(object).is_some()
        || objects.get::<FileObject>(object).is_some()
}

/// Whether the callbacks of an object run at passive level, which in user mode they do unless the driver
/// says otherwise.
fn is_passive(objects: &Objects, object: Handle) -> bool {
    let mut next = Some(object);
    while let Some(entry) = next.and_then(|handle| objects.object(handle)) {
        match entry.level {
            Level::WdfExecutionLevelInheritFromParent => next = entry.parent,
            level => return level == Level::WdfExecutionLevelPassive,
        }
    }
    true
}

/// The lock of the callbacks of a new timer, work item or interrupt below `parent`: with automatic
/// serialization that of the next device, queue or file above it, if its callbacks are serialized at all.
/// They must run at the same level.
pub fn lock_below(
    host: &Host,
    objects: &Objects,
    parent: Handle,
    automatic: bool,
    passive: bool,
) -> Result<Option<Handle>, Stop> {
    if !automatic {
        return Ok(None);
    }
    let above = std::iter::successors(Some(parent), |handle| objects.object(*handle)?.parent);
    let Some(above) = above.into_iter().find(|handle| has_lock(objects, *handle)) else { return Ok(None) };
    if !is_serialized(objects, above) {
        return Ok(None);
    }
    if passive != is_passive(objects, parent) {
        let name = objects.name(parent);
        let message = format!("AutomaticSerialization, but callbacks of {name} run at another level");
        host.violation(Rule::ArgumentInvalid, message);
        return Err(Stop::Status(STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL));
    }
    Ok(own_lock(objects, above))
}

/// Whether the scope of an object says that callbacks wait for each other.
fn is_serialized(objects: &Objects, object: Handle) -> bool {
    let mut next = Some(object);
    while let Some(entry) = next.and_then(|handle| objects.object(handle)) {
        match entry.scope {
            Scope::WdfSynchronizationScopeInheritFromParent => next = entry.parent,
            scope => return scope != Scope::WdfSynchronizationScopeNone,
        }
    }
    false
}

/// Takes a callback lock. A thread may take a lock again that it has.
fn take(host: &Host, lock: Handle) {
    let me = thread::current().id();
    let taken = host.wait(host.hang_limit(), |state| {
        let (owner, times) = state.locks.entry(lock).or_insert((me, 0));
        (*owner == me).then(|| *times += 1)
    });
    if taken.is_none() {
        let name = host.state().objects.name(lock);
        host.end(format!("the callback lock of {name} was not free before the deadline"));
    }
}

/// Gives a callback lock back. False: this thread does not hold it.
fn give_back(host: &Host, lock: Handle) -> bool {
    let mut state = host.state();
    let Some((owner, times)) = state.locks.get_mut(&lock) else { return false };
    if *owner != thread::current().id() {
        return false;
    }
    *times -= 1;
    if *times == 0 {
        state.locks.remove(&lock);
    }
    drop(state);
    host.notify();
    true
}

/// Runs a callback with the lock held, if there is one.
pub fn with<R>(host: &Host, lock: Option<Handle>, callback: impl FnOnce() -> R) -> R {
    let Some(lock) = lock else { return callback() };
    take(host, lock);
    let answer = callback();
    if !give_back(host, lock) {
        let name = host.state().objects.name(lock);
        let message = format!("a callback returns and has released the callback lock of {name}");
        host.violation(Rule::CallbackLockReleased, message);
    }
    answer
}

/// `WdfObjectAcquireLock`.
pub fn acquire(host: &Host, object: Handle) -> Result<(), Stop> {
    let me = thread::current().id();
    let lock = {
        let state = host.state();
        let lock = own_lock(&state.objects, object).ok_or_else(|| without_lock(host, &state, object))?;
        let name = state.objects.name(lock);
        let mine = |lock: &Handle| state.locks.get(lock).is_some_and(|(owner, _)| *owner == me);
        if mine(&lock) {
            let message = format!("the callback lock of {name} is held by this thread already");
            // With the rule switched off it counts, so that as many releases give it back.
            host.violation(Rule::LockRecursion, message);
        } else if state.objects.get::<Device>(lock).is_some()
            && let Some(queue) =
                state.locks.keys().find(|held| mine(held) && state.objects.get::<Queue>(**held).is_some())
        {
            let queue = state.objects.name(*queue);
            let message = format!("the callback lock of {name} is acquired while that of {queue} is held");
            host.violation(Rule::LockOrder, message);
        }
        lock
    };
    take(host, lock);
    held::took(lock);
    Ok(())
}

/// `WdfObjectReleaseLock`.
pub fn release(host: &Host, object: Handle) -> Result<(), Stop> {
    let (lock, name) = {
        let state = host.state();
        let lock = own_lock(&state.objects, object).ok_or_else(|| without_lock(host, &state, object))?;
        (lock, state.objects.name(lock))
    };
    if !give_back(host, lock) {
        let message = format!("the callback lock of {name} is released by a thread that does not hold it");
        return Err(host.violation(Rule::CallbackLockReleased, message));
    }
    held::gave(lock);
    Ok(())
}

fn without_lock(host: &Host, state: &State, object: Handle) -> Stop {
    let name = state.objects.name(object);
    let message = format!("{name} has no callback lock: devices, queues and files have one");
    host.violation(Rule::ObjectWithoutLock, message)
}
