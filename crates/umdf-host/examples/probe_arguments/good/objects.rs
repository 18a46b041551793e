//! Good arguments for functions of objects.

use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::sync::OnceLock;

use wdk_sys::{
    _WDF_EXECUTION_LEVEL as Level, _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch,
    _WDF_SYNCHRONIZATION_SCOPE as Scope, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO, WDF_TIMER_CONFIG, WDF_WORKITEM_CONFIG,
    WDFCOLLECTION, WDFMEMORY, WDFOBJECT, WDFQUEUE, WDFSPINLOCK, WDFSTRING, WDFTIMER, WDFWAITLOCK,
    WDFWORKITEM,
};

use super::{changed, device, driver, keep, made_ok, request, text};
use crate::wdf::{attributes, create_object, manual_queue_config, size_field, timer_config as one_shot, wdf};

/// A due time that no test waits for: an hour, relative, in units of 100 ns.
pub const NEVER: i64 = -36_000_000_000;

/// A handle that stays the same.
struct Fixed(OnceLock<usize>);

impl Fixed {
    const fn new() -> Self {
        Self(OnceLock::new())
    }

    fn get<T>(&self, make: impl FnOnce() -> *mut T) -> *mut T {
        std::ptr::with_exposed_provenance_mut(*self.0.get_or_init(|| make().expose_provenance()))
    }
}

/// An object that no row gives away.
pub fn object() -> WDFOBJECT {
    static OBJECT: Fixed = Fixed::new();
    OBJECT.get(new_object)
}

pub fn new_object() -> WDFOBJECT {
    create_object(attributes(null_mut())).expect("an object can be made")
}

/// An object with a reference that the driver may give back.
pub fn referenced() -> WDFOBJECT {
    let object = new_object();
    wdf!(WdfObjectReferenceActual, object, null_mut(), 0, null_mut());
    object
}

fn type_info() -> *mut WDF_OBJECT_CONTEXT_TYPE_INFO {
    let info = keep(WDF_OBJECT_CONTEXT_TYPE_INFO {
        Size: size_field::<WDF_OBJECT_CONTEXT_TYPE_INFO>(),
        ContextName: c"Context".as_ptr().cast_mut(),
        ContextSize: 8,
        UniqueType: null(),
        EvtDriverGetUniqueContextType: None,
    });
    // SAFETY: a place of its own that nobody else knows yet.
    unsafe { (*info).UniqueType = info };
    info
}

/// The type of the context of [`with_context`].
pub fn context_type() -> *mut WDF_OBJECT_CONTEXT_TYPE_INFO {
    static TYPE: Fixed = Fixed::new();
    TYPE.get(type_info)
}

/// A type that no object has.
pub fn other_type() -> *mut WDF_OBJECT_CONTEXT_TYPE_INFO {
    type_info()
}

/// Attributes with a context type.
pub fn typed() -> *mut WDF_OBJECT_ATTRIBUTES {
    keep(WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: context_type(), ..attributes(null_mut()) })
}

/// Attributes without one.
pub fn untyped() -> *mut WDF_OBJECT_ATTRIBUTES {
    keep(attributes(null_mut()))
}

/// An object with a context.
pub fn with_context() -> WDFOBJECT {
    static OBJECT: Fixed = Fixed::new();
    OBJECT.get(|| {
        let mut object = null_mut();
        made_ok(wdf!(WdfObjectCreate, typed(), &raw mut object));
        object
    })
}

/// Its context.
pub fn context() -> *mut c_void {
    wdf!(WdfObjectGetTypedContextWorker, with_context(), context_type())
}

/// The memory object of the request's input.
pub fn memory_of_request() -> WDFOBJECT {
    let mut memory: WDFMEMORY = null_mut();
    made_ok(wdf!(WdfRequestRetrieveInputMemory, request(), &raw mut memory));
    memory.cast()
}

pub fn empty_collection() -> WDFCOLLECTION {
    let mut collection = null_mut();
    made_ok(wdf!(WdfCollectionCreate, WDF_NO_OBJECT_ATTRIBUTES, &raw mut collection));
    collection
}

/// A collection with the object.
pub fn collection() -> WDFCOLLECTION {
    let collection = empty_collection();
    made_ok(wdf!(WdfCollectionAdd, collection, object()));
    collection
}

/// A collection with a string.
pub fn strings() -> WDFCOLLECTION {
    let collection = empty_collection();
    made_ok(wdf!(WdfCollectionAdd, collection, string().cast()));
    collection
}

pub fn string() -> WDFSTRING {
    let mut string = null_mut();
    made_ok(wdf!(WdfStringCreate, text("Text"), WDF_NO_OBJECT_ATTRIBUTES, &raw mut string));
    string
}

pub fn memory() -> WDFMEMORY {
    let (mut memory, attributes) = (null_mut(), WDF_NO_OBJECT_ATTRIBUTES);
    made_ok(wdf!(WdfMemoryCreate, attributes, 0, 0, 8, &raw mut memory, null_mut()));
    memory
}

/// Memory without a buffer of its own.
pub fn preallocated() -> WDFMEMORY {
    let (mut memory, attributes) = (null_mut(), WDF_NO_OBJECT_ATTRIBUTES);
    made_ok(wdf!(WdfMemoryCreatePreallocated, attributes, bytes(), 8, &raw mut memory));
    memory
}

/// 64 bytes.
pub fn bytes() -> *mut c_void {
    keep([0_u64; 8]).cast()
}

pub fn wait_lock() -> WDFWAITLOCK {
    static LOCK: Fixed = Fixed::new();
    LOCK.get(|| {
        let mut lock = null_mut();
        made_ok(wdf!(WdfWaitLockCreate, WDF_NO_OBJECT_ATTRIBUTES, &raw mut lock));
        lock
    })
}

pub fn held_wait_lock() -> WDFWAITLOCK {
    let lock = wait_lock();
    made_ok(wdf!(WdfWaitLockAcquire, lock, null_mut()));
    lock
}

pub fn spin_lock() -> WDFSPINLOCK {
    static LOCK: Fixed = Fixed::new();
    LOCK.get(|| {
        let mut lock = null_mut();
        made_ok(wdf!(WdfSpinLockCreate, WDF_NO_OBJECT_ATTRIBUTES, &raw mut lock));
        lock
    })
}

pub fn held_spin_lock() -> WDFSPINLOCK {
    let lock = spin_lock();
    wdf!(WdfSpinLockAcquire, lock);
    lock
}

/// Attributes with the device as the parent.
pub fn below_device() -> *mut WDF_OBJECT_ATTRIBUTES {
    keep(attributes(device().cast()))
}

/// Attributes with the driver as the parent.
pub fn below_driver() -> *mut WDF_OBJECT_ATTRIBUTES {
    keep(attributes(driver().cast()))
}

/// Attributes with the device as the parent, for callbacks at passive level.
pub fn passive() -> *mut WDF_OBJECT_ATTRIBUTES {
    let level = Level::WdfExecutionLevelPassive;
    keep(WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..attributes(device().cast()) })
}

/// Attributes with a queue as the parent whose callbacks wait for each other.
pub fn below_serialized_queue() -> *mut WDF_OBJECT_ATTRIBUTES {
    let scope = Scope::WdfSynchronizationScopeQueue;
    let mut attributes_of_queue =
        WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..attributes(null_mut()) };
    let mut config =
        WDF_IO_QUEUE_CONFIG { DispatchType: Dispatch::WdfIoQueueDispatchManual, ..manual_queue_config() };
    let mut queue: WDFQUEUE = null_mut();
    let made =
        wdf!(WdfIoQueueCreate, device(), &raw mut config, &raw mut attributes_of_queue, &raw mut queue);
    made_ok(made);
    keep(attributes(queue.cast()))
}

/// A timer that runs again and again, with the callbacks of its parent in between.
pub fn timer_config(change: impl FnOnce(&mut WDF_TIMER_CONFIG)) -> *mut WDF_TIMER_CONFIG {
    let config = WDF_TIMER_CONFIG { Period: 1000, AutomaticSerialization: 1, ..one_shot(None) };
    changed(config, change)
}

pub fn timer() -> WDFTIMER {
    let mut timer = null_mut();
    made_ok(wdf!(WdfTimerCreate, timer_config(|_| ()), below_device(), &raw mut timer));
    timer
}

pub fn work_item_config(change: impl FnOnce(&mut WDF_WORKITEM_CONFIG)) -> *mut WDF_WORKITEM_CONFIG {
    let config = WDF_WORKITEM_CONFIG {
        Size: size_field::<WDF_WORKITEM_CONFIG>(),
        EvtWorkItemFunc: Some(evt_work_item),
        ..WDF_WORKITEM_CONFIG::default()
    };
    changed(config, change)
}

pub fn work_item() -> WDFWORKITEM {
    let mut item = null_mut();
    made_ok(wdf!(WdfWorkItemCreate, work_item_config(|_| ()), below_device(), &raw mut item));
    item
}

unsafe extern "C" fn evt_work_item(_item: WDFWORKITEM) {}
