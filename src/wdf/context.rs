//! The driver's own data in the context memory of a framework object.

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering};

use wdk_sys::{
    PCWDF_OBJECT_CONTEXT_TYPE_INFO, WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO, WDFOBJECT,
    call_unsafe_wdf_function_binding,
};

use super::void_of;
use crate::error::Error;

/// A type whose value lives in the context memory of a framework object. Implemented by [`context_type!`].
///
/// Callbacks run on any thread, several at once: hence `Sync` and `Send`.
pub(crate) trait Context: Send + Sync + Sized + 'static {
    /// The static that stands for the type; the framework compares its address.
    fn type_info() -> &'static TypeInfo;
}

/// The framework's description of a context type.
#[repr(transparent)]
pub(crate) struct TypeInfo(pub WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: the framework reads the struct and never writes it; its pointers point to statics.
unsafe impl Sync for TypeInfo {}

/// Makes a type a [`Context`], under a name for the debugger.
macro_rules! context_type {
    ($type:ty, $name:literal) => {
        impl $crate::wdf::Context for $type {
            fn type_info() -> &'static $crate::wdf::TypeInfo {
                static INFO: $crate::wdf::TypeInfo =
                    $crate::wdf::TypeInfo::new::<$type>(&raw const INFO.0, $name);
                &INFO
            }
        }
    };
}
pub(crate) use context_type;

impl TypeInfo {
    /// Describes `T`. `unique` is the address of the static that is being made.
    pub const fn new<T>(unique: PCWDF_OBJECT_CONTEXT_TYPE_INFO, name: &'static std::ffi::CStr) -> Self {
        // The framework aligns context memory as the system aligns allocations: 8 bytes at the least.
        const { assert!(align_of::<Slot<T>>() <= 8, "the context's alignment is too large") };
        Self(WDF_OBJECT_CONTEXT_TYPE_INFO {
            Size: super::object::size_field::<WDF_OBJECT_CONTEXT_TYPE_INFO>(),
            ContextName: name.as_ptr().cast_mut(),
            ContextSize: size_of::<Slot<T>>(),
            UniqueType: unique,
            EvtDriverGetUniqueContextType: None,
        })
    }
}

/// What the memory holds. The framework zeroes it, and zeroes mean: no value yet.
struct Slot<T> {
    /// Set once, after the value is in place.
    filled: AtomicBool,
    value: MaybeUninit<T>,
}

/// Adds context memory for a `T` to the attributes of an object that is to be created.
///
/// The value is dropped in EvtDestroyCallback: then the last reference is gone and no thread can be inside.
/// At EvtCleanupCallback somebody may still hold one. Framework objects below this one are dead by then, so
/// the value must not use them when it is dropped.
pub(super) fn attach<T: Context>(attributes: WDF_OBJECT_ATTRIBUTES) -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES {
        ContextTypeInfo: &raw const T::type_info().0,
        EvtDestroyCallback: Some(evt_destroy::<T>),
        ..attributes
    }
}

/// Puts the value in its place.
///
/// Fails if the object was created without [`attach`].
///
/// # Safety
/// `object` is valid, and this is the only call for it.
pub(super) unsafe fn fill<T: Context>(object: WDFOBJECT, value: T) -> Result<(), Error> {
    // SAFETY: the caller vouches for the object.
    let slot = unsafe { slot::<T>(object) };
    if slot.is_null() {
        return Err(Error::NoContext);
    }
    // SAFETY: the slot is memory of this type, and nobody looks at the value before the slot counts as filled.
    let place = unsafe { &raw mut (*slot).value };
    // SAFETY: as above.
    unsafe { place.write(MaybeUninit::new(value)) };
    // SAFETY: zeroes are a valid AtomicBool.
    let filled = unsafe { &(*slot).filled };
    filled.store(true, Ordering::Release);
    Ok(())
}

/// The value of an object.
///
/// Fails if the object has none.
///
/// # Safety
/// `object` is valid for `'a`.
pub(super) unsafe fn get<'a, T: Context>(object: WDFOBJECT) -> Result<&'a T, Error> {
    // SAFETY: the caller vouches for the object.
    let slot = unsafe { slot::<T>(object) };
    // SAFETY: NULL, or memory of this type that lives as long as the object; it is written only before it
    // counts as filled, and dropped only after the object's last reference is gone.
    let slot = unsafe { slot.as_ref() }.filter(|slot| slot.filled.load(Ordering::Acquire));
    // SAFETY: the value is in place once the slot counts as filled.
    slot.map(|slot| unsafe { slot.value.assume_init_ref() }).ok_or(Error::NoContext)
}

/// Finds the context memory; NULL if the object has none of this type.
///
/// # Safety
/// `object` is valid.
unsafe fn slot<T: Context>(object: WDFOBJECT) -> *mut Slot<T> {
    // SAFETY: the caller vouches for the object; the type info is a static.
    let memory = unsafe {
        call_unsafe_wdf_function_binding!(WdfObjectGetTypedContextWorker, object, T::type_info().0.UniqueType)
    };
    memory.cast()
}

/// EvtDestroyCallback: drops the value, if there ever was one.
unsafe extern "C" fn evt_destroy<T: Context>(object: WDFOBJECT) {
    void_of("EvtDestroyCallback", || {
        // SAFETY: the framework passes the object, whose context memory is valid until this returns.
        let slot = unsafe { slot::<T>(object) };
        // SAFETY: NULL or memory of this type; nobody else can reach it any more.
        let Some(slot) = (unsafe { slot.as_mut() }) else { return Err(Error::NoContext) };
        if std::mem::take(slot.filled.get_mut()) {
            // SAFETY: the value was in place, and is not any more by the line above.
            unsafe { slot.value.assume_init_drop() };
        }
        Ok(())
    });
}
