//! What all framework objects share: that they are lent, attributes, and structs that carry their size.

use std::marker::PhantomData;
use std::ops::Deref;

use wdk_sys::{_WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, ULONG, WDF_OBJECT_ATTRIBUTES, WDFOBJECT};

/// A wrapper of a framework object that belongs to the framework or to the object's parent.
pub trait Object: Sized {
    /// The C type.
    type Handle: Copy;
    /// Wraps it.
    ///
    /// # Safety
    /// `handle` is valid as long as the value is used.
    unsafe fn from_handle(handle: Self::Handle) -> Self;
}

/// An object that the framework has handed out for a time: while the callback runs that got it, or while the
/// object exists that was asked for it. Nobody can take the wrapper out and keep it.
pub(crate) struct Ref<'a, T> {
    object: T,
    lent: PhantomData<&'a T>,
}

impl<T: Object> Ref<'_, T> {
    /// Wraps a handle.
    ///
    /// # Safety
    /// `handle` is valid for the lifetime that the caller gives the value.
    pub unsafe fn new(handle: T::Handle) -> Self {
        // SAFETY: the caller vouches for the handle, and the object can be reached no longer than this value.
        let object = unsafe { T::from_handle(handle) };
        Self { object, lent: PhantomData }
    }
}

impl<T> Deref for Ref<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

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
