//! The driver's own data in the context memory of a framework object.

use std::cell::UnsafeCell;
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
/// Callbacks run on any thread, several at once: hence `Sync` and `Send`. `Sync` also keeps out what calls the
/// framework when it is dropped, a mapping or a request: it is too late for that when the context dies. These are
/// not `Sync`; they can stand in a [`WaitLock`](super::WaitLock), which does not drop what is left in it.
///
/// # Safety
/// The type info describes this type and no other.
pub(crate) unsafe trait Context: Send + Sync + Sized + 'static {
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
        // SAFETY: made for this type, one line below.
        #[expect(unsafe_code, reason = "made by wdf::context_type")]
        unsafe impl $crate::wdf::Context for $type {
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
    /// A cell: [`get`] may look at the slot while [`fill`] writes the value.
    value: UnsafeCell<MaybeUninit<T>>,
}

/// Adds context memory for a `T` to the attributes of an object that is to be created.
///
/// The value is dropped in EvtDestroyCallback: then the last reference is gone and no thread can be inside.
/// At EvtCleanupCallback somebody may still hold one.
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
    let slot = unsafe { slot::<T>(object)? };
    // SAFETY: nobody looks at the value before the slot counts as filled, and nobody else fills it.
    unsafe { slot.value.get().write(MaybeUninit::new(value)) };
    slot.filled.store(true, Ordering::Release);
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
    let slot = unsafe { slot::<'a, T>(object)? };
    if !slot.filled.load(Ordering::Acquire) {
        return Err(Error::NoContext);
    }
    // SAFETY: written only before the slot counts as filled, and dropped only after the object's last reference is
    // gone.
    let value = unsafe { &*slot.value.get() };
    // SAFETY: the value is in place once the slot counts as filled.
    Ok(unsafe { value.assume_init_ref() })
}

/// Finds the context memory.
///
/// Fails if the object has none of this type.
///
/// # Safety
/// `object` is valid for `'a`.
unsafe fn slot<'a, T: Context>(object: WDFOBJECT) -> Result<&'a Slot<T>, Error> {
    // SAFETY: the caller vouches for the object; the type info is a static.
    let memory = unsafe {
        call_unsafe_wdf_function_binding!(WdfObjectGetTypedContextWorker, object, T::type_info().0.UniqueType)
    };
    // SAFETY: NULL, or memory of this type that lives as long as the object; zeroes are a valid slot, and what
    // changes in it is an atomic and a cell.
    unsafe { memory.cast::<Slot<T>>().as_ref() }.ok_or(Error::NoContext)
}

/// EvtDestroyCallback: drops the value, if there ever was one.
unsafe extern "C" fn evt_destroy<T: Context>(object: WDFOBJECT) {
    void_of("EvtDestroyCallback", &(), || {
        // SAFETY: the framework passes the object, whose context memory is valid until this returns.
        let slot = unsafe { slot::<T>(object)? };
        if slot.filled.swap(false, Ordering::AcqRel) {
            // SAFETY: the value was in place, and is not any more by the line above; nobody else can reach it.
            let value = unsafe { &mut *slot.value.get() };
            // SAFETY: as above.
            unsafe { value.assume_init_drop() };
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::wdf::fake;

    /// Whoever else has the counter sees whether the value is there.
    struct Counted(Arc<()>);

    context_type!(Counted, c"Counted");

    #[test]
    fn a_value_can_be_reached_until_it_is_dropped_with_its_object_once() {
        let counter = Arc::new(());
        let device = fake::device_with(|device| {
            assert_eq!(device.context::<Counted>().err(), Some(Error::NoContext), "not there yet");
            Ok(Counted(Arc::clone(&counter)))
        });
        assert!(Arc::ptr_eq(&device.context::<Counted>().unwrap().0, &counter));
        assert_eq!(Arc::strong_count(&counter), 2);
        fake::destroy(&device);
        assert_eq!(Arc::strong_count(&counter), 1);
        fake::destroy(&device);
        assert_eq!(Arc::strong_count(&counter), 1);
    }

    #[test]
    fn an_object_whose_value_could_not_be_made_dies_without() {
        let made = fake::device_init().create_device::<Counted>(|_| Err(Error::NoHardware));
        assert_eq!(made, Err(Error::NoHardware));
        fake::destroy(&fake::device());
    }
}
