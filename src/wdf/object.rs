//! What all framework objects share: attributes, and structs that carry their size.

use wdk_sys::{_WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, ULONG, WDF_OBJECT_ATTRIBUTES, WDFOBJECT};

/// The size of a struct as its `Size` field holds it.
pub(super) const fn size_field<T>() -> ULONG {
    const { assert!(size_of::<T>() <= ULONG::MAX as usize) };
    #[expect(clippy::cast_possible_truncation, reason = "checked one line above")]
    {
        size_of::<T>() as ULONG
    }
}

/// What WDF_OBJECT_ATTRIBUTES_INIT gives: everything inherited. (All zeros would be refused.)
pub(super) fn attributes() -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES {
        Size: size_field::<WDF_OBJECT_ATTRIBUTES>(),
        ExecutionLevel: _WDF_EXECUTION_LEVEL::WdfExecutionLevelInheritFromParent,
        SynchronizationScope: _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeInheritFromParent,
        ..WDF_OBJECT_ATTRIBUTES::default()
    }
}

/// Attributes of an object that dies with `parent`.
pub(super) fn attributes_below(parent: WDFOBJECT) -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES { ParentObject: parent, ..attributes() }
}
