//! The driver's own data in the context memory of the device object.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering};

use wdk_sys::{WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO, WDFDEVICE, WDFOBJECT};

use super::{size_field, status_of};
use crate::device::DeviceContext;
use crate::error::Error;

// Callbacks run on any thread, several at once: hence `Sync` and `Send`. `Sync` also keeps out what calls the framework
// when it is dropped, a mapping or a request: it is too late for that when the context dies. These are not `Sync`; they
// can stand in a `WaitLock`, which does not drop what is left in it.
static_assertions::assert_impl_all!(DeviceContext: Send, Sync);
// The framework aligns context memory as the system aligns allocations: 8 bytes at the least.
const _: () = assert!(align_of::<Slot<DeviceContext>>() <= 8);

/// The framework's description of the context; it compares the address.
#[repr(transparent)]
struct TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: the framework reads the struct and never writes it; its pointers point to statics.
unsafe impl Sync for TypeInfo {}

static TYPE: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: size_field::<WDF_OBJECT_CONTEXT_TYPE_INFO>(),
    ContextName: c"DeviceContext".as_ptr().cast_mut(),
    ContextSize: size_of::<Slot<DeviceContext>>(),
    UniqueType: &raw const TYPE.0,
    EvtDriverGetUniqueContextType: None,
});

/// What the memory holds. The framework zeroes it, and zeroes mean: no value yet.
struct Slot<T> {
    /// Set once, after the value is in place.
    filled: AtomicBool,
    /// A cell: [`get`](Self::get) may look at the slot while [`fill`](Self::fill) writes the value.
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> Slot<T> {
    /// Puts the value in its place.
    ///
    /// # Safety
    /// This is the only call for the slot.
    unsafe fn fill(&self, value: T) {
        // SAFETY: nobody looks at the value before the slot counts as filled, and nobody else fills it.
        unsafe { self.value.get().write(MaybeUninit::new(value)) };
        self.filled.store(true, Ordering::Release);
    }

    fn get(&self) -> Option<&T> {
        // SAFETY: the value is in place once the slot counts as filled, and until `clear`, after which nobody asks.
        self.filled.load(Ordering::Acquire).then(|| unsafe { &*self.value.get().cast() })
    }

    /// Drops the value, if there ever was one.
    ///
    /// # Safety
    /// Nobody has a reference to it.
    unsafe fn clear(&self) {
        if self.filled.swap(false, Ordering::AcqRel) {
            // SAFETY: the value was in place, and is not any more by the line above; nobody else can reach it.
            unsafe { self.value.get().cast::<T>().drop_in_place() };
        }
    }
}

/// Adds context memory to the attributes of a device that is to be created.
///
/// The value is dropped in EvtDestroyCallback: then the last reference is gone and no thread can be inside.
/// At EvtCleanupCallback somebody may still hold one.
pub(super) fn attach(attributes: WDF_OBJECT_ATTRIBUTES) -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES {
        ContextTypeInfo: &raw const TYPE.0,
        EvtDestroyCallback: Some(evt_destroy),
        ..attributes
    }
}

/// Puts the value in its place.
///
/// # Safety
/// `device` is valid and was created with [`attach`], and this is the only call for it.
pub(super) unsafe fn fill(device: WDFDEVICE, value: DeviceContext) -> Result<(), Error> {
    // SAFETY: the caller vouches for the device.
    let slot = unsafe { slot(device.cast()) }.ok_or(Error::NoContext)?;
    // SAFETY: the caller vouches for it.
    unsafe { slot.fill(value) };
    Ok(())
}

/// The value of a device; `None` if it has none, or none yet.
///
/// # Safety
/// `device` is valid for `'a`.
pub(super) unsafe fn get<'a>(device: WDFDEVICE) -> Option<&'a DeviceContext> {
    // SAFETY: the caller vouches for the device.
    unsafe { slot(device.cast()) }?.get()
}

/// Finds the context memory.
///
/// # Safety
/// `object` is valid for `'a`.
unsafe fn slot<'a>(object: WDFOBJECT) -> Option<&'a Slot<DeviceContext>> {
    // SAFETY: the caller vouches for the object; the type info is a static.
    let memory = unsafe { call!(WdfObjectGetTypedContextWorker(object, TYPE.0.UniqueType)) };
    // SAFETY: NULL, or memory of this type that lives as long as the object; zeroes are a valid slot, and what
    // changes in it is an atomic and a cell.
    unsafe { memory.cast::<Slot<DeviceContext>>().as_ref() }
}

/// EvtDestroyCallback.
unsafe extern "C" fn evt_destroy(object: WDFOBJECT) {
    status_of("EvtDestroyCallback", || {
        // SAFETY: the framework passes the object, whose context memory is valid until this returns.
        let slot = unsafe { slot(object) }.ok_or(Error::NoContext)?;
        // SAFETY: the last reference to the object is gone, and so are those to its context.
        unsafe { slot.clear() };
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::wdf::fake;

    #[test]
    fn a_value_can_be_reached_until_it_is_dropped_once() {
        let counter = Arc::new(());
        let slot = Slot { filled: AtomicBool::new(false), value: UnsafeCell::new(MaybeUninit::zeroed()) };
        assert!(slot.get().is_none(), "not there yet");
        // SAFETY: once.
        unsafe { slot.fill(Arc::clone(&counter)) };
        assert!(Arc::ptr_eq(slot.get().unwrap(), &counter));
        for _ in 0..2 {
            // SAFETY: nobody has a reference.
            unsafe { slot.clear() };
            assert_eq!(Arc::strong_count(&counter), 1);
        }
    }

    #[test]
    fn the_context_is_gone_after_the_last_callback_of_its_device() {
        let device = fake::context().device.handle();
        // SAFETY: never freed.
        assert!(unsafe { get(device) }.is_some());
        fake::destroy(device);
        // SAFETY: as above.
        assert!(unsafe { get(device) }.is_none());
    }

    #[test]
    fn a_device_whose_context_could_not_be_made_dies_without() {
        let made = fake::device_init().create_device(|_| Err(Error::NoHardware));
        assert_eq!(made, Err(Error::NoHardware));
        fake::destroy(fake::device());
    }
}
