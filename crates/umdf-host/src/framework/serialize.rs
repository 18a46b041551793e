//! Synchronization scopes: one lock for the callbacks of a device or of a queue.
//!
//! Microsoft Learn, "Synchronization Scope Techniques for UMDF Drivers". What a device, queue or file inherits
//! is that of `ConfigureConstraints` in the framework's `fxdevicebase.cpp`, `fxioqueue.cpp` and
//! `fxpkggeneral.cpp`; the lock of what serializes with its parent that of `FxObject::_GetEffectiveLock` in
//! `fxobject.cpp`.

use std::collections::BTreeMap;

use wdk_portable::{
    _WDF_EXECUTION_LEVEL as Level, _WDF_SYNCHRONIZATION_SCOPE as Scope, STATUS_INVALID_DEVICE_REQUEST,
};

use super::device::Device;
use super::fileobject::FileObject;
use super::io::Queue;
use super::objects::Object;
use super::registry::Key;
use super::request::Request;
use super::workitem::WorkItem;
use super::{Handle, Objects, Stop, held};
use crate::host::{Host, State};
use crate::own::{self, ThreadId};
use crate::rules::Rule;
use crate::status::STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;

/// The locks that are held: the device or queue that each belongs to, its thread, and how often that
/// thread took it.
pub type Locks = BTreeMap<Handle, (ThreadId, usize)>;

/// What a device, queue or file has in effect: its own, or else what its device and then the driver have.
fn inherited<T>(objects: &Objects, object: Handle, own: impl Fn(&Object) -> Option<T>) -> Option<T> {
    let mut next = Some(object);
    while let Some(handle) = next {
        let entry = objects.object(handle)?;
        if let Some(value) = own(entry) {
            return Some(value);
        }
        let is_device = objects.get::<Device>(handle).is_some();
        next = if is_device { entry.parent } else { objects.device_above(handle) };
    }
    None
}

/// Whether a device, a queue or a file is what this handle names: they have a scope in effect and a lock.
fn has_lock(objects: &Objects, object: Handle) -> bool {
    objects.get::<Device>(object).is_some()
        || objects.get::<Queue>(object).is_some()
        || objects.get::<FileObject>(object).is_some()
}

/// The object whose lock serializes the callbacks of a queue or a file; `None` if they may run in parallel.
pub fn lock_of(objects: &Objects, object: Handle) -> Option<Handle> {
    match inherited(objects, object, |object| object.scope)? {
        Scope::WdfSynchronizationScopeDevice => objects.device_above(object),
        // The scope of a device or a driver says what its queues do, each for itself.
        Scope::WdfSynchronizationScopeQueue => objects.get::<Queue>(object).map(|_| object),
        _ => None,
    }
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

/// Whose scope and lock a child of `parent` has: those of the nearest device, queue or file. A request from a
/// queue counts as a child of the device.
fn constraining(objects: &Objects, parent: Handle) -> Option<Handle> {
    let mut next = Some(parent);
    while let Some(handle) = next.filter(|handle| !has_lock(objects, *handle)) {
        next = match objects.get::<Request>(handle) {
            Some(request) if request.is_from_queue() => objects.device_above(handle),
            _ => objects.object(handle)?.parent,
        };
    }
    next
}

/// Whether the framework has marked the object as one whose callbacks run at passive level. Most have the mark
/// only if their own attributes ask for it: what a device inherits does not count.
fn is_passive(objects: &Objects, object: Handle) -> bool {
    if objects.get::<WorkItem>(object).is_some() || objects.get::<Key>(object).is_some() {
        return true;
    }
    let level = if objects.get::<Queue>(object).is_some() {
        // A driver of user mode has it unless it says otherwise.
        inherited(objects, object, |object| object.level).unwrap_or(Level::WdfExecutionLevelPassive)
    } else {
        objects.object(object).and_then(|object| object.level).unwrap_or(Level::WdfExecutionLevelDispatch)
    };
    level == Level::WdfExecutionLevelPassive
}

/// The object whose lock the callbacks of a new timer, work item or interrupt take: with
/// `AutomaticSerialization` that of `parent`, unless those of `parent` may run in parallel themselves.
/// `passive` says whether the new callbacks need passive level: `parent` must agree.
pub fn effective_lock(
    host: &Host,
    objects: &Objects,
    parent: Handle,
    automatic: bool,
    passive: bool,
) -> Result<Option<Handle>, Stop> {
    if !automatic {
        return Ok(None);
    }
    let of = constraining(objects, parent).ok_or(Stop::Status(STATUS_INVALID_DEVICE_REQUEST))?;
    let scope = inherited(objects, of, |object| object.scope);
    let Some(scope) = scope.filter(|scope| *scope != Scope::WdfSynchronizationScopeNone) else {
        return Ok(None);
    };
    if is_passive(objects, parent) != passive {
        let (asked, has) =
            if passive { ("needs", "is not marked for") } else { ("does not have", "is marked for") };
        let parent = objects.name(parent);
        let message = format!(
            "AutomaticSerialization with {parent}: the callback {asked} passive level, {parent} {has} it"
        );
        return Err(host.refusal(Rule::SerializationLevel, STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL, message));
    }
    let device = scope == Scope::WdfSynchronizationScopeDevice;
    Ok(if device { objects.device_above(of) } else { Some(of) })
}

/// Takes a callback lock. A thread may take a lock again that it has.
fn take(host: &Host, lock: Handle) {
    let me = own::thread();
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
    if *owner != own::thread() {
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
    let me = own::thread();
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
