//! `WDF_OBJECT_ATTRIBUTES` (`wdfobject.h`), as nearly every create function checks it.
//!
//! Order and statuses are those of `FxValidateObjectAttributes` in the framework's
//! `fxvalidatefunctions.cpp`.

use std::ffi::c_void;
use std::mem::offset_of;

use wdk_portable::{
    _WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, NTSTATUS, STATUS_DELETE_PENDING,
    STATUS_INSUFFICIENT_RESOURCES, WDF_EXECUTION_LEVEL, WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO,
    WDF_SYNCHRONIZATION_SCOPE, WDFOBJECT,
};

use super::Stop;
use super::context::{Context, Memory};
use super::device::DeviceInit;
use super::objects::{Handle, Objects};
use super::pointer::Pointer;
use crate::host::Host;
use crate::rules::Rule;
use crate::status::{
    STATUS_WDF_EXECUTION_LEVEL_INVALID, STATUS_WDF_OBJECT_ATTRIBUTES_INVALID,
    STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED, STATUS_WDF_PARENT_NOT_SPECIFIED,
    STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID,
};

/// Size of WDF_OBJECT_CONTEXT_TYPE_INFO before it had `UniqueType` (framework 1.0).
const OLDER_TYPE_INFO: usize = offset_of!(WDF_OBJECT_CONTEXT_TYPE_INFO, UniqueType);

/// What a create function allows in the attributes.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent permissions, as in the framework")]
pub struct Allowed {
    /// Attributes and a parent must be given.
    pub parent_required: bool,
    /// A parent may be given.
    pub parent: bool,
    /// Execution level other than inherit.
    pub level: bool,
    /// Synchronization scope other than inherit or none.
    pub scope: bool,
}

/// Checked attributes.
#[derive(Default)]
pub struct Attributes {
    /// The parent that the driver chose.
    pub parent: Option<Handle>,
    /// The first context, if there is a type or a callback.
    pub context: Option<Context>,
    /// `ExecutionLevel`, `None` for inherit.
    pub level: Option<WDF_EXECUTION_LEVEL>,
    /// `SynchronizationScope`, `None` for inherit.
    pub scope: Option<WDF_SYNCHRONIZATION_SCOPE>,
}

fn fail<T>(status: NTSTATUS) -> Result<T, Stop> {
    Err(Stop::Status(status))
}

/// Checks the attributes of an object or a context that the driver makes, and allocates it.
pub fn check(
    host: &Host,
    objects: &Objects,
    pointer: Pointer<WDF_OBJECT_ATTRIBUTES>,
    allowed: Allowed,
) -> Result<Attributes, Stop> {
    let attributes = validate(host, objects, pointer, allowed)?;
    if host.allocations.take() { Ok(attributes) } else { fail(STATUS_INSUFFICIENT_RESOURCES) }
}

/// Checks attributes and allocates the context they ask for.
pub fn validate(
    host: &Host,
    objects: &Objects,
    pointer: Pointer<WDF_OBJECT_ATTRIBUTES>,
    allowed: Allowed,
) -> Result<Attributes, Stop> {
    if pointer.is_null() {
        return if allowed.parent_required {
            fail(STATUS_WDF_PARENT_NOT_SPECIFIED)
        } else {
            Ok(Attributes::default())
        };
    }
    let given = pointer.read_sized(host, "Attributes")?;
    let context_type = check_context_type(host, &given)?;
    // SAFETY: a handle is never dereferenced; the driver's attributes hold NULL or a handle.
    let parent = unsafe { Pointer::new(given.ParentObject) };
    let parent = if parent.is_null() {
        None
    } else if allowed.parent || allowed.parent_required {
        Some(resolve_parent(host, objects, parent)?)
    } else {
        return fail(STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
    };
    if parent.is_none() && allowed.parent_required {
        return fail(STATUS_WDF_PARENT_NOT_SPECIFIED);
    }
    check_level_and_scope(&given, allowed)?;
    if parent.and_then(|parent| objects.object(parent)).is_some_and(|parent| parent.deleted) {
        return fail(STATUS_DELETE_PENDING);
    }
    Ok(Attributes {
        parent,
        context: make_context(&given, context_type)?,
        level: Some(given.ExecutionLevel)
            .filter(|level| *level != _WDF_EXECUTION_LEVEL::WdfExecutionLevelInheritFromParent),
        scope: Some(given.SynchronizationScope)
            .filter(|scope| *scope != _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeInheritFromParent),
    })
}

/// The parent in attributes that must name one: what functions with other checks in between look at
/// first (`FxValidateObjectAttributesForParentHandle`).
pub fn required_parent(
    host: &Host,
    objects: &Objects,
    pointer: Pointer<WDF_OBJECT_ATTRIBUTES>,
) -> Result<Handle, Stop> {
    if pointer.is_null() {
        return fail(STATUS_WDF_PARENT_NOT_SPECIFIED);
    }
    let given = pointer.read_sized(host, "Attributes")?;
    if given.ParentObject.is_null() {
        return fail(STATUS_WDF_PARENT_NOT_SPECIFIED);
    }
    // SAFETY: a handle is never dereferenced.
    let parent = unsafe { Pointer::new(given.ParentObject) };
    resolve_parent(host, objects, parent)
}

/// The parent, if attributes name one, before anything else in them is looked at.
pub fn check_parent(
    host: &Host,
    objects: &Objects,
    pointer: Pointer<WDF_OBJECT_ATTRIBUTES>,
) -> Result<(), Stop> {
    if pointer.is_null() {
        return Ok(());
    }
    let field = pointer.raw().cast::<u8>().wrapping_add(offset_of!(WDF_OBJECT_ATTRIBUTES, ParentObject));
    // SAFETY: a member of the driver's structure.
    let parent: Pointer<WDFOBJECT> = unsafe { Pointer::new(field.cast()) };
    let parent = parent.read(host, "Attributes")?;
    if !parent.is_null() {
        // SAFETY: a handle is never dereferenced.
        resolve_parent(host, objects, unsafe { Pointer::new(parent) })?;
    }
    Ok(())
}

/// Any object; a device init has a handle here and is none.
fn resolve_parent(host: &Host, objects: &Objects, parent: Pointer<c_void>) -> Result<Handle, Stop> {
    let handle = objects.resolve_any(host, parent, "Attributes->ParentObject")?;
    if objects.get::<DeviceInit>(handle).is_some() {
        let message = format!(
            "Attributes->ParentObject is {}, a WDFDEVICE_INIT, not a WDFOBJECT",
            objects.name(handle)
        );
        return Err(host.violation(Rule::HandleNullOrType, message));
    }
    Ok(handle)
}

/// A context type that the attributes name.
struct ContextType {
    /// Bytes of context memory.
    size: usize,
    /// Address of the one type information that stands for the type.
    address: usize,
}

fn check_context_type(host: &Host, given: &WDF_OBJECT_ATTRIBUTES) -> Result<Option<ContextType>, Stop> {
    if given.ContextTypeInfo.is_null() {
        return if given.ContextSizeOverride == 0 {
            Ok(None)
        } else {
            fail(STATUS_WDF_OBJECT_ATTRIBUTES_INVALID)
        };
    }
    // SAFETY: the driver's attributes point at a type information that lives as long as its image.
    let pointer: Pointer<WDF_OBJECT_CONTEXT_TYPE_INFO> = unsafe { Pointer::new(given.ContextTypeInfo) };
    let initial = WDF_OBJECT_CONTEXT_TYPE_INFO::default();
    let info = pointer.read_any_version(host, "ContextTypeInfo", &[OLDER_TYPE_INFO], initial)?;
    let named = !info.ContextName.is_null();
    let large_enough = given.ContextSizeOverride == 0 || given.ContextSizeOverride >= info.ContextSize;
    if (info.ContextSize > 0 && !named) || !large_enough {
        return fail(STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    }
    Ok(Some(ContextType {
        size: info.ContextSize.max(given.ContextSizeOverride),
        address: given.ContextTypeInfo.addr(),
    }))
}

fn check_level_and_scope(given: &WDF_OBJECT_ATTRIBUTES, allowed: Allowed) -> Result<(), Stop> {
    use _WDF_EXECUTION_LEVEL as Level;
    use _WDF_SYNCHRONIZATION_SCOPE as Scope;
    let level = given.ExecutionLevel;
    let scope = given.SynchronizationScope;
    let known_level =
        (Level::WdfExecutionLevelInheritFromParent..=Level::WdfExecutionLevelDispatch).contains(&level);
    let known_scope = (Scope::WdfSynchronizationScopeInheritFromParent..=Scope::WdfSynchronizationScopeNone)
        .contains(&scope);
    if !known_level || !known_scope {
        return fail(STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    }
    let inherits = scope == Scope::WdfSynchronizationScopeInheritFromParent
        || scope == Scope::WdfSynchronizationScopeNone;
    if !allowed.scope && !inherits {
        return fail(STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID);
    }
    if !allowed.level && level != Level::WdfExecutionLevelInheritFromParent {
        return fail(STATUS_WDF_EXECUTION_LEVEL_INVALID);
    }
    Ok(())
}

fn make_context(given: &WDF_OBJECT_ATTRIBUTES, of: Option<ContextType>) -> Result<Option<Context>, Stop> {
    if of.is_none() && given.EvtCleanupCallback.is_none() && given.EvtDestroyCallback.is_none() {
        return Ok(None);
    }
    let memory = match &of {
        Some(of) => Some(Memory::zeroed(of.size).ok_or(Stop::Status(STATUS_INSUFFICIENT_RESOURCES))?),
        None => None,
    };
    Ok(Some(Context {
        type_address: of.map(|of| of.address),
        memory,
        cleanup: given.EvtCleanupCallback,
        destroy: given.EvtDestroyCallback,
    }))
}
