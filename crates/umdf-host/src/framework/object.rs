//! `wdfobject.h`: contexts, references, deletion.

use wdk_portable::{
    GUID, LONG, NTSTATUS, PCHAR, PCWDF_OBJECT_CONTEXT_TYPE_INFO, PVOID, PWDF_OBJECT_ATTRIBUTES,
    STATUS_DELETE_PENDING, STATUS_NOT_FOUND, STATUS_OBJECT_NAME_EXISTS, STATUS_OBJECT_NAME_INVALID,
    STATUS_OBJECT_PATH_INVALID, STATUS_SUCCESS, ULONG, WDFOBJECT,
};

use super::attributes::{self, Allowed, Attributes};
use super::collection::Collection;
use super::device::{Device, DeviceInit};
use super::driver::Driver;
use super::fileobject::FileObject;
use super::io::Queue;
use super::iotarget::IoTarget;
use super::objects::{Body, Objects};
use super::request::Request;
use super::resource::ResourceList;
use super::{Handle, Stop, callbacks};
use super::{interrupt, iotarget, request, timer, workitem};
use crate::host::{Host, State};
use crate::io;
use crate::rules::Rule;
use crate::status::STATUS_WDF_PARENT_NOT_SPECIFIED;

/// An object without a purpose of its own (`WdfObjectCreate`).
pub struct General;

/// Deletes an object and everything below it: dispose and EvtCleanupCallback children first, then
/// EvtDestroyCallback of each whose last reference is gone. What is being deleted already is left to
/// that deletion.
pub fn delete(host: &Host, handle: Handle) {
    delete_around(host, handle, || {});
}

/// As [`delete`]; what is done `between` comes after every EvtCleanupCallback and before anything is
/// destroyed.
pub fn delete_around(host: &Host, handle: Handle, between: impl FnOnce()) {
    let mut order = Vec::new();
    dispose(host, handle, &mut order);
    between();
    for handle in order {
        if let Some(object) = host.state().objects.object_mut(handle) {
            object.released = true;
        }
        release(host, handle);
    }
}

/// Makes an object whose parent is the driver unless the attributes name another one.
pub fn create_below_driver(
    host: &Host,
    state: &mut State,
    body: impl Into<Body>,
    attributes: Attributes,
) -> Result<Handle, Stop> {
    let driver = state.objects.all::<Driver>().map(|(handle, _)| handle).next();
    let driver_goes =
        driver.and_then(|driver| state.objects.object(driver)).is_some_and(|driver| driver.deleted);
    // A parent of the driver's choice was checked with its attributes.
    if attributes.parent.is_none() && driver_goes {
        return Err(Stop::Status(STATUS_DELETE_PENDING));
    }
    Ok(state.objects.create(host, body, driver, attributes))
}

/// Ends the life of an object and of those below it, except for their memory, and puts them in order:
/// children first. What is being deleted already is left out.
fn dispose(host: &Host, handle: Handle, order: &mut Vec<Handle>) {
    let (children, cleanups) = {
        let mut state = host.state();
        let Some(object) = state.objects.object_mut(handle) else { return };
        // From here on the object takes no more children and contexts.
        if std::mem::replace(&mut object.deleted, true) {
            return;
        }
        let cleanups: Vec<_> = object.contexts.iter().map(|context| context.cleanup).collect();
        (state.objects.children(handle), cleanups)
    };
    for child in children {
        dispose(host, child, order);
    }
    request::create::check_deletion(host, handle);
    timer::stop_before_deletion(host, handle);
    workitem::finish_before_deletion(host, handle);
    interrupt::wait_for_work(host, handle);
    io::stop::purge_before_deletion(crate::host::host(), handle);
    for cleanup in cleanups {
        callbacks::context_notice("EvtCleanupCallback", cleanup, handle);
    }
    request::create::release_memory(host, handle);
    iotarget::remove_before_deletion(host, handle);
    order.push(handle);
}

/// Adds a reference.
pub fn reference(host: &Host, state: &mut State, handle: Handle) -> Result<(), Stop> {
    let name = state.objects.name(handle);
    let object = state.objects.object_mut(handle).ok_or(Stop::NoEffect)?;
    if object.references == 0 {
        return Err(host.violation(Rule::HandleStale, format!("{name} is being destroyed")));
    }
    object.references = object.references.saturating_add(1);
    Ok(())
}

/// Adds a reference to each, or to none.
pub fn reference_all(
    host: &Host,
    state: &mut State,
    handles: impl Iterator<Item = Handle> + Clone,
) -> Result<(), Stop> {
    for (count, handle) in handles.clone().enumerate() {
        if let Err(stop) = reference(host, state, handle) {
            for handle in handles.take(count) {
                // Not the last one: whoever passed the handle has another.
                drop_reference(state, handle);
            }
            return Err(stop);
        }
    }
    Ok(())
}

/// Gives up one reference; the last one destroys the object.
pub fn release(host: &Host, handle: Handle) {
    if drop_reference(&mut host.state(), handle) {
        destroy(host, handle);
    }
}

/// Gives up one reference to each.
pub fn release_all(host: &Host, handles: Vec<Handle>) {
    for handle in handles {
        release(host, handle);
    }
}

/// The answer is whether it was the last one.
fn drop_reference(state: &mut State, handle: Handle) -> bool {
    let Some(object) = state.objects.object_mut(handle).filter(|object| object.references > 0) else {
        return false;
    };
    object.references -= 1;
    object.references == 0
}

/// EvtDestroyCallback, then the object is gone.
fn destroy(host: &Host, handle: Handle) {
    let destroys: Vec<_> = {
        let state = host.state();
        let Some(object) = state.objects.object(handle) else { return };
        object.contexts.iter().map(|context| context.destroy).collect()
    };
    for destroy in destroys {
        callbacks::context_notice("EvtDestroyCallback", destroy, handle);
    }
    let items = {
        let mut state = host.state();
        let collection = state.objects.get_mut::<Collection>(handle);
        let items = collection.map(|collection| std::mem::take(&mut collection.items));
        state.objects.remove(host, handle);
        items.unwrap_or_default()
    };
    host.notify();
    for item in items {
        release(host, item);
    }
}

/// Tells which objects outlive the driver object.
pub fn report_leaks(host: &Host) {
    let left = host.state().objects.references();
    if !left.is_empty() {
        let message = format!("the driver is unloaded, but references keep {}", left.join(", "));
        host.violation(Rule::ObjectLeak, message);
    }
}

/// Whether requests of some type go to the queue.
fn is_routed(objects: &Objects, queue: &Queue, handle: Handle) -> bool {
    let device = objects.get::<Device>(queue.device);
    device.is_some_and(|device| device.routes.values().any(|routed| *routed == handle))
}

ddi! {
    /// Makes an object for contexts and parenthood only.
    fn WdfObjectCreate(host, Attributes: PWDF_OBJECT_ATTRIBUTES, Object: *mut WDFOBJECT) -> NTSTATUS {
        let mut state = host.state();
        Object.require(host, "Object")?;
        let allowed = Allowed { parent: true, level: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, Attributes, allowed)?;
        let object = create_below_driver(host, &mut state, General, attributes)?;
        Object.write(host, "Object", object.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// The memory of one context type; NULL if the object has no such context.
    fn WdfObjectGetTypedContextWorker(
        host,
        Handle: WDFOBJECT,
        TypeInfo: PCWDF_OBJECT_CONTEXT_TYPE_INFO,
    ) -> PVOID {
        let state = host.state();
        let handle = state.objects.resolve_any(host, Handle, "Handle")?;
        // Types are told apart by the address of their one type information; nobody looks into it.
        let wanted = Some(TypeInfo.require(host, "TypeInfo")?.raw().addr());
        let memory = state.objects.object(handle).and_then(|object| {
            let context = object.contexts.iter().find(|context| context.type_address == wanted)?;
            context.memory.as_ref()
        });
        super::context::looked_for(handle, memory.is_some());
        Ok(memory.map_or(std::ptr::null_mut(), super::context::Memory::address))
    }

    /// Adds a context to an object.
    fn WdfObjectAllocateContext(
        host,
        Handle: WDFOBJECT,
        ContextAttributes: PWDF_OBJECT_ATTRIBUTES,
        Context: *mut PVOID,
    ) -> NTSTATUS {
        let mut state = host.state();
        let handle = state.objects.resolve_any(host, Handle, "Handle")?;
        if request::memory::is_part(&state.objects, handle) {
            return Err(Stop::Status(STATUS_OBJECT_PATH_INVALID));
        }
        if ContextAttributes.is_null() {
            return Err(Stop::Status(STATUS_WDF_PARENT_NOT_SPECIFIED));
        }
        let attributes = attributes::check(host, &state.objects, ContextAttributes, Allowed::default())?;
        let Some(context) = attributes.context.filter(|context| context.memory.is_some()) else {
            return Err(Stop::Status(STATUS_OBJECT_NAME_INVALID));
        };
        let Some(object) = state.objects.object_mut(handle) else { return Err(Stop::NoEffect) };
        if object.deleted {
            return Err(Stop::Status(STATUS_DELETE_PENDING));
        }
        let known = object.contexts.iter().find(|known| known.type_address == context.type_address);
        let (status, memory) = match known {
            Some(known) => (STATUS_OBJECT_NAME_EXISTS, known.memory.as_ref()),
            None => (STATUS_SUCCESS, context.memory.as_ref()),
        };
        Context.write_if_any(memory.map_or(std::ptr::null_mut(), super::context::Memory::address));
        if status == STATUS_SUCCESS {
            state.objects.add_context(handle, context);
        }
        Ok(status)
    }

    /// The object that a context belongs to; NULL for any other address.
    fn WdfObjectContextGetObject(host, ContextPointer: PVOID) -> WDFOBJECT {
        let state = host.state();
        ContextPointer.require(host, "ContextPointer")?;
        Ok(state.objects.with_context(ContextPointer.raw()).map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// Keeps the memory of an object, though not its function, beyond its deletion.
    fn WdfObjectReferenceActual(host, Handle: WDFOBJECT, Tag: PVOID, Line: LONG, File: PCHAR) {
        let mut state = host.state();
        let handle = state.objects.resolve_any(host, Handle, "Handle")?;
        reference(host, &mut state, handle)
    }

    /// Gives a reference back. That of the creation is given back by the deletion alone.
    fn WdfObjectDereferenceActual(host, Handle: WDFOBJECT, Tag: PVOID, Line: LONG, File: PCHAR) {
        let mut state = host.state();
        let handle = state.objects.resolve_any(host, Handle, "Handle")?;
        let name = state.objects.name(handle);
        let object = state.objects.object(handle).ok_or(Stop::NoEffect)?;
        if object.references <= u32::from(!object.released) {
            let message = format!("{name} is dereferenced more often than referenced");
            return Err(host.violation(Rule::OverDereference, message));
        }
        let last = drop_reference(&mut state, handle);
        drop(state);
        if last {
            destroy(host, handle);
        }
        Ok(())
    }

    /// Asks for an interface that a GUID names; there is none.
    fn WdfObjectQuery(
        host,
        Object: WDFOBJECT,
        Guid: *const GUID,
        QueryBufferLength: ULONG,
        QueryBuffer: PVOID,
    ) -> NTSTATUS {
        host.state().objects.resolve_any(host, Object, "Object")?;
        Guid.require(host, "Guid")?;
        Err(Stop::Status(STATUS_NOT_FOUND))
    }

    /// Deletes an object of the driver; objects of the framework stay.
    fn WdfObjectDelete(host, Object: WDFOBJECT) {
        let state = host.state();
        let handle = state.objects.resolve_any(host, Object, "Object")?;
        let objects = &state.objects;
        let owned_by_framework = objects.get::<Driver>(handle).is_some()
            || objects.get::<Device>(handle).is_some()
            || objects.get::<DeviceInit>(handle).is_some()
            || objects.get::<FileObject>(handle).is_some()
            || objects.get::<ResourceList>(handle).is_some()
            || objects.get::<Request>(handle).is_some_and(|request| request.is_from_queue() && !request.completed)
            || objects.get::<IoTarget>(handle).is_some_and(|target| target.local)
            || interrupt::keeps(objects, handle)
            || objects.get::<Queue>(handle).is_some_and(|queue| queue.default || is_routed(objects, queue, handle));
        let name = objects.name(handle);
        drop(state);
        if owned_by_framework {
            let message = format!("WdfObjectDelete({name}): the framework deletes this object itself");
            return Err(host.violation(Rule::DeleteFrameworkOwned, message));
        }
        delete(host, handle);
        Ok(())
    }
}
