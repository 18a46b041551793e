//! `wdfobject.h`: contexts, references, deletion.

use wdk_portable::{
    NTSTATUS, PCWDF_OBJECT_CONTEXT_TYPE_INFO, PVOID, PWDF_OBJECT_ATTRIBUTES, STATUS_DELETE_PENDING,
    STATUS_OBJECT_NAME_EXISTS, STATUS_OBJECT_NAME_INVALID, STATUS_SUCCESS, WDFOBJECT,
};

use super::attributes::{self, Allowed};
use super::device::{Device, DeviceInit};
use super::driver::Driver;
use super::fileobject::FileObject;
use super::io::Queue;
use super::iotarget::IoTarget;
use super::resource::ResourceList;
use super::timer;
use super::{Handle, Stop, callbacks};
use crate::host::Host;
use crate::rules::Rule;
use crate::status::STATUS_WDF_PARENT_NOT_SPECIFIED;

/// An object without a purpose of its own (`WdfObjectCreate`).
pub struct General;

/// Deletes an object and everything below it: dispose and EvtCleanupCallback children first, then
/// EvtDestroyCallback of each whose last reference is gone. What is being deleted already is left to
/// that deletion.
pub fn delete(host: &Host, handle: Handle) {
    let mut order = Vec::new();
    below(host, handle, &mut order);
    order.push(handle);
    order.retain(|object| dispose(host, *object));
    for object in order {
        release(host, object);
    }
}

/// The objects below `handle`, deepest first.
fn below(host: &Host, handle: Handle, order: &mut Vec<Handle>) {
    let children = host.state().objects.children(handle);
    for child in children {
        below(host, child, order);
        order.push(child);
    }
}

/// Ends the life of one object, except for its memory. The answer is whether it was still alive.
fn dispose(host: &Host, handle: Handle) -> bool {
    let cleanups: Vec<_> = {
        let mut state = host.state();
        let Some(object) = state.objects.object_mut(handle) else { return false };
        if std::mem::replace(&mut object.deleted, true) {
            return false;
        }
        object.contexts.iter().map(|context| context.cleanup).collect()
    };
    timer::stop_before_deletion(host, handle);
    for cleanup in cleanups {
        callbacks::context_notice("EvtCleanupCallback", cleanup, handle);
    }
    true
}

/// Gives up one reference; the last one destroys the object.
fn release(host: &Host, handle: Handle) {
    let destroys: Vec<_> = {
        let mut state = host.state();
        let Some(object) = state.objects.object_mut(handle) else { return };
        object.references = object.references.saturating_sub(1);
        if object.references > 0 {
            return;
        }
        object.contexts.iter().map(|context| context.destroy).collect()
    };
    for destroy in destroys {
        callbacks::context_notice("EvtDestroyCallback", destroy, handle);
    }
    host.state().objects.remove(host, handle);
    host.notify();
}

ddi! {
    /// Makes an object for contexts and parenthood only.
    fn WdfObjectCreate(host, Attributes: PWDF_OBJECT_ATTRIBUTES, Object: *mut WDFOBJECT) -> NTSTATUS {
        let mut state = host.state();
        Object.require(host, "Object")?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, Attributes, allowed)?;
        let driver = state.driver;
        let object = state.objects.create(host, General, driver, attributes);
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
        // Types are told apart by the address of their one type information, as `UniqueType` says.
        let info = TypeInfo.read(host, "TypeInfo")?;
        let memory = state.objects.object(handle).and_then(|object| {
            let context = object.contexts.iter().find(|context| context.type_address == Some(info.UniqueType.addr()))?;
            context.memory.as_ref()
        });
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
            object.contexts.push(context);
        }
        Ok(status)
    }

    /// The object that a context belongs to; NULL for any other address.
    fn WdfObjectContextGetObject(host, ContextPointer: PVOID) -> WDFOBJECT {
        let state = host.state();
        ContextPointer.require(host, "ContextPointer")?;
        Ok(state.objects.with_context(ContextPointer.raw()).map_or(std::ptr::null_mut(), Handle::raw))
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
            || objects.get::<IoTarget>(handle).is_some_and(|target| target.local)
            || objects.get::<Queue>(handle).is_some_and(|queue| queue.default)
            || objects.all::<Device>().any(|(_, device)| device.routes.values().any(|queue| *queue == handle));
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
