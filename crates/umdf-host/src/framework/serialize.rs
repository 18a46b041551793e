//! Synchronization scopes: one lock for the callbacks of a device or of a queue.
//!
//! Microsoft Learn, "Synchronization Scope Techniques for UMDF Drivers"; the rule for each object is
//! that of `FxObject::_GetEffectiveLock` in the framework's `fxobject.cpp`.

use std::collections::BTreeMap;
use std::thread::{self, ThreadId};

use wdk_portable::_WDF_SYNCHRONIZATION_SCOPE as Scope;

use super::device::Device;
use super::io::Queue;
use super::{Handle, Objects};
use crate::host::{Host, State};

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

/// Runs a callback with the lock held, if there is one. A thread may take a lock again that it has.
pub fn with<R>(host: &Host, lock: Option<Handle>, callback: impl FnOnce() -> R) -> R {
    let Some(lock) = lock else { return callback() };
    let me = thread::current().id();
    let taken = host.wait(host.hang_limit(), |state| {
        let (owner, times) = state.locks.entry(lock).or_insert((me, 0));
        (*owner == me).then(|| *times += 1)
    });
    if taken.is_none() {
        let name = host.state().objects.name(lock);
        host.end(format!("the callback lock of {name} was not free before the deadline"));
    }
    let answer = callback();
    give_back(&mut host.state(), lock);
    host.notify();
    answer
}

fn give_back(state: &mut State, lock: Handle) {
    if let Some((_, times)) = state.locks.get_mut(&lock) {
        *times -= 1;
        if *times == 0 {
            state.locks.remove(&lock);
        }
    }
}
