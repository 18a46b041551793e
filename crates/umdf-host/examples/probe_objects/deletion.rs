//! `wdfobject.h`: who is told what when objects go, and what references keep.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, PoisonError};

use wdk_sys::{
    NTSTATUS, STATUS_DELETE_PENDING, STATUS_SUCCESS, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES,
    WDF_OBJECT_CONTEXT_TYPE_INFO, WDF_TIMER_CONFIG, WDFDEVICE, WDFKEY, WDFOBJECT, WDFSPINLOCK, WDFTIMER,
    WDFWAITLOCK,
};

use crate::says::{expect, holds};
use crate::wdf::{
    HARDWARE_KEY, KEY_READ, Text, attributes, collection, delete, dereference, memory, object, open_key,
    preallocated, reference, size_field, string, wdf,
};

/// Callbacks since the last look: what was called, and for which object.
static CALLED: Mutex<Vec<(&str, usize)>> = Mutex::new(Vec::new());

fn call(what: &'static str, object: WDFOBJECT) {
    CALLED.lock().unwrap_or_else(PoisonError::into_inner).push((what, object.addr()));
}

fn called() -> Vec<(&'static str, usize)> {
    std::mem::take(&mut *CALLED.lock().unwrap_or_else(PoisonError::into_inner))
}

unsafe extern "C" fn evt_cleanup(object: WDFOBJECT) {
    call("cleanup", object);
}

unsafe extern "C" fn evt_destroy(object: WDFOBJECT) {
    call("destroy", object);
}

unsafe extern "C" fn evt_second_cleanup(object: WDFOBJECT) {
    call("second cleanup", object);
}

unsafe extern "C" fn evt_second_destroy(object: WDFOBJECT) {
    call("second destroy", object);
}

/// Deletes its object again, and an object that is in the middle of it too.
unsafe extern "C" fn evt_cleanup_deletes(object: WDFOBJECT) {
    call("cleanup", object);
    delete(object);
}

/// Makes an object below the parent of its object, which goes too.
unsafe extern "C" fn evt_cleanup_makes_a_sibling(object: WDFOBJECT) {
    let parent = PARENT.load(Ordering::Relaxed);
    let (status, _) = crate::wdf::object(attributes(parent));
    call(if status == STATUS_DELETE_PENDING { "refused" } else { "not refused" }, object);
}

/// The parent in [`evt_cleanup_makes_a_sibling`].
static PARENT: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

struct TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: nobody writes it; its pointers point to statics.
unsafe impl Sync for TypeInfo {}

static MORE: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: 40,
    ContextName: c"More".as_ptr().cast_mut(),
    ContextSize: 4,
    UniqueType: &raw const MORE.0,
    EvtDriverGetUniqueContextType: None,
});

/// Attributes with both callbacks.
fn watched(parent: WDFOBJECT) -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(evt_cleanup),
        EvtDestroyCallback: Some(evt_destroy),
        ..attributes(parent)
    }
}

fn add_context(object: WDFOBJECT) -> NTSTATUS {
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        EvtCleanupCallback: Some(evt_second_cleanup),
        EvtDestroyCallback: Some(evt_second_destroy),
        ContextTypeInfo: &raw const MORE.0,
        ..attributes(null_mut())
    };
    wdf!(WdfObjectAllocateContext, object, &raw mut attributes, null_mut())
}

pub fn check(device: WDFDEVICE) {
    of_order(device);
    of_age(device);
    of_references(device);
    of_children_below_the_deleted(device);
}

fn of_order(device: WDFDEVICE) {
    let parent = object(watched(device.cast())).1;
    add_context(parent);
    add_context(parent);
    let child = object(watched(parent)).1;
    let grandchild = object(watched(child)).1;
    let (p, c, g) = (parent.addr(), child.addr(), grandchild.addr());
    delete(parent);
    let cleanups = [("cleanup", g), ("cleanup", c), ("cleanup", p), ("second cleanup", p)];
    let destroys = [("destroy", g), ("destroy", c), ("destroy", p), ("second destroy", p)];
    expect("children first, contexts in order", called(), [cleanups, destroys].concat());

    let twice =
        WDF_OBJECT_ATTRIBUTES { EvtCleanupCallback: Some(evt_cleanup_deletes), ..watched(device.cast()) };
    let twice = object(twice).1;
    delete(twice);
    let once = vec![("cleanup", twice.addr()), ("destroy", twice.addr())];
    expect("deletion in its own cleanup", called(), once);

    let parent = object(watched(device.cast())).1;
    PARENT.store(parent, Ordering::Relaxed);
    let makes =
        WDF_OBJECT_ATTRIBUTES { EvtCleanupCallback: Some(evt_cleanup_makes_a_sibling), ..attributes(parent) };
    let child = object(makes).1;
    let (p, c) = (parent.addr(), child.addr());
    delete(parent);
    let order = vec![("refused", c), ("cleanup", p), ("destroy", p)];
    expect("no object below one that begins to go", called(), order);
}

fn of_age(device: WDFDEVICE) {
    let (first, second) = (object(attributes(device.cast())).1, object(attributes(device.cast())).1);
    let parent = object(attributes(device.cast())).1;
    // The slots that are free now are used again in the other order.
    delete(first);
    delete(second);
    let (first, second) = (object(watched(parent)).1, object(watched(parent)).1);
    let (older, younger) = (first.addr(), second.addr());
    delete(parent);
    let expected = [("cleanup", older), ("cleanup", younger), ("destroy", older), ("destroy", younger)];
    expect("the oldest child first", called(), expected.to_vec());
}

fn of_references(device: WDFDEVICE) {
    let kept = object(watched(device.cast())).1;
    expect("context for a living object", add_context(kept), STATUS_SUCCESS);
    reference(kept);
    reference(kept);
    delete(kept);
    let at = kept.addr();
    expect("deletion cleans up", called(), vec![("cleanup", at), ("second cleanup", at)]);
    let memory = wdf!(WdfObjectGetTypedContextWorker, kept, MORE.0.UniqueType);
    holds("context of a deleted object", !memory.is_null());
    expect("object of a context of a deleted object", wdf!(WdfObjectContextGetObject, memory), kept);
    delete(kept);
    dereference(kept);
    expect("second deletion and first dereference", called(), Vec::new());
    expect("context for a deleted object", add_context(kept), STATUS_DELETE_PENDING);
    dereference(kept);
    expect("last dereference destroys", called(), vec![("destroy", at), ("second destroy", at)]);

    let parent = object(watched(device.cast())).1;
    let child = object(watched(parent)).1;
    let (p, c) = (parent.addr(), child.addr());
    reference(child);
    delete(parent);
    let order = vec![("cleanup", c), ("cleanup", p), ("destroy", p)];
    expect("a referenced child outlives its parent", called(), order);
    dereference(child);
    expect("then it goes too", called(), vec![("destroy", c)]);

    let early = object(watched(device.cast())).1;
    reference(early);
    dereference(early);
    expect("a balanced reference changes nothing", called(), Vec::new());
    delete(early);
    expect("an early deletion", called(), vec![("cleanup", early.addr()), ("destroy", early.addr())]);
}

/// Every function that makes an object with a parent.
fn of_children_below_the_deleted(device: WDFDEVICE) {
    let parent = object(attributes(device.cast())).1;
    reference(parent);
    delete(parent);
    let below = attributes(parent);
    let mut byte = 0_u8;
    let refused = |name: &str, (status, handle): (NTSTATUS, WDFOBJECT)| {
        expect(&format!("{name} below the deleted"), status, STATUS_DELETE_PENDING);
        holds(&format!("{name} below the deleted has no handle"), handle.is_null());
    };
    refused("object", object(below));
    let (status, handle) = collection(below);
    refused("collection", (status, handle.cast()));
    let (status, handle) = memory(below, 1);
    refused("memory", (status, handle.cast()));
    let (status, handle) = preallocated(below, (&raw mut byte).cast(), 1);
    refused("preallocated memory", (status, handle.cast()));
    let (status, handle) = string(below, None);
    refused("string", (status, handle.cast()));
    let mut attributes = below;
    let mut lock: WDFSPINLOCK = null_mut();
    let status = wdf!(WdfSpinLockCreate, &raw mut attributes, &raw mut lock);
    refused("spin lock", (status, lock.cast()));
    let mut lock: WDFWAITLOCK = null_mut();
    let status = wdf!(WdfWaitLockCreate, &raw mut attributes, &raw mut lock);
    refused("wait lock", (status, lock.cast()));
    let (hardware, mut key): (WDFKEY, WDFKEY) = (open_key(device, HARDWARE_KEY, KEY_READ), null_mut());
    let empty = Text::new("");
    let status =
        wdf!(WdfRegistryOpenKey, hardware, empty.pointer(), KEY_READ, &raw mut attributes, &raw mut key);
    refused("key", (status, key.cast()));
    let mut config =
        WDF_TIMER_CONFIG { Size: size_field::<WDF_TIMER_CONFIG>(), ..WDF_TIMER_CONFIG::default() };
    let mut timer: WDFTIMER = null_mut();
    let status = wdf!(WdfTimerCreate, &raw mut config, &raw mut attributes, &raw mut timer);
    refused("timer", (status, timer.cast()));
    wdf!(WdfRegistryClose, hardware);
    dereference(parent);
}

/// The driver object goes: the last answers.
pub unsafe extern "C" fn evt_driver_cleanup(_driver: WDFOBJECT) {
    let mut made: WDFOBJECT = null_mut();
    let status = wdf!(WdfObjectCreate, WDF_NO_OBJECT_ATTRIBUTES, &raw mut made);
    expect("object below the driver that goes", status, STATUS_DELETE_PENDING);
}
