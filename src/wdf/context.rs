//! The driver's own data in the context memory of the device object.
//!
//! Sources: Microsoft Learn, "Framework Object Context Space", "WdfObjectGetTypedContextWorker function
//! (wdfobject.h)".

use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO, WDFDEVICE, WDFOBJECT};

use super::{DeviceContext, Error, size_field, status_of};

// Callbacks run on any thread, several at once: hence `Sync` and `Send`. `Sync` also keeps out what calls the framework
// when it is dropped, a mapping or a request: it is too late for that when the context dies. These are not `Sync`; they
// can stand in a `WaitLock`, which does not drop what is left in it.
static_assertions::assert_impl_all!(DeviceContext: Send, Sync);

/// What the memory holds, aligned as the framework aligns it, to 8 bytes at the least. It zeroes it, and NULL means: no
/// value yet. The value is on the heap, so that it is never half there.
type Slot = AtomicPtr<DeviceContext>;

/// The framework's description of the context; it compares the address.
#[repr(transparent)]
struct TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: the framework reads the struct and never writes it; its pointers point to statics.
unsafe impl Sync for TypeInfo {}

static TYPE: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: size_field::<WDF_OBJECT_CONTEXT_TYPE_INFO>() as u32,
    ContextName: c"DeviceContext".as_ptr().cast_mut(),
    ContextSize: size_of::<Slot>(),
    UniqueType: &raw const TYPE.0,
    EvtDriverGetUniqueContextType: None,
});

/// Adds context memory to the attributes of a device that is to be created.
///
/// The value is dropped in EvtDestroyCallback: then the last reference is gone and no thread can be inside.
/// At EvtCleanupCallback somebody may still hold one.
pub(super) fn attach(attributes: &mut WDF_OBJECT_ATTRIBUTES) {
    attributes.ContextTypeInfo = &raw const TYPE.0;
    attributes.EvtDestroyCallback = Some(evt_destroy);
}

/// Puts the value in its place.
///
/// # Safety
/// `device` is valid and was created with [`attach`], and this is the only call for it.
pub(super) unsafe fn fill(device: WDFDEVICE, value: DeviceContext) -> Result<(), Error> {
    // SAFETY: the caller vouches for the device.
    let slot = unsafe { slot(device.cast()) }.ok_or(Error::NoContext)?;
    slot.store(Box::into_raw(Box::new(value)), Ordering::Release);
    Ok(())
}

/// The value of a device; `None` if it has none, or none yet.
///
/// # Safety
/// `device` is valid for `'a`.
pub(super) unsafe fn get<'a>(device: WDFDEVICE) -> Option<&'a DeviceContext> {
    // SAFETY: the caller vouches for the device.
    let slot = unsafe { slot(device.cast()) }?;
    // SAFETY: NULL, or a value that is dropped only after the last reference to the device is gone.
    unsafe { slot.load(Ordering::Acquire).as_ref() }
}

/// Finds the context memory.
///
/// # Safety
/// `object` is valid for `'a`.
unsafe fn slot<'a>(object: WDFOBJECT) -> Option<&'a Slot> {
    // SAFETY: the caller vouches for the object; the type info is a static.
    let memory = unsafe { call!(WdfObjectGetTypedContextWorker(object, TYPE.0.UniqueType)) };
    // SAFETY: NULL, or memory of this type that lives as long as the object; zeroes are a valid slot, and an
    // atomic may change.
    unsafe { memory.cast::<Slot>().as_ref() }
}

/// EvtDestroyCallback: drops the value, if there ever was one.
unsafe extern "C" fn evt_destroy(object: WDFOBJECT) {
    status_of("EvtDestroyCallback", || {
        // SAFETY: the framework passes the object, whose context memory is valid until this returns.
        let slot = unsafe { slot(object) }.ok_or(Error::NoContext)?;
        let value = slot.swap(std::ptr::null_mut(), Ordering::AcqRel);
        if !value.is_null() {
            // SAFETY: from a box, taken once by the line above; nobody else can reach it any more.
            drop(unsafe { Box::from_raw(value) });
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wdf::fake;

    #[test]
    fn the_context_is_gone_after_the_last_callback_of_its_device_and_goes_once() {
        let device = fake::context().device.0;
        // SAFETY: never freed.
        assert!(unsafe { get(device) }.is_some());
        for _ in 0..2 {
            fake::destroy(device);
            // SAFETY: as above.
            assert!(unsafe { get(device) }.is_none());
        }
    }

    #[test]
    fn the_context_is_dropped_with_its_device() {
        let once = || fake::destroy(fake::context().device.0);
        once();
        let heap = allocation_counter::measure(once);
        let kept = allocation_counter::measure(|| assert!(fake::context().index < u32::MAX));
        let size = i64::try_from(size_of::<DeviceContext>()).unwrap();
        assert!(kept.bytes_current - heap.bytes_current >= size, "{kept:?}, {heap:?}");
    }

    #[test]
    fn a_device_whose_context_could_not_be_made_dies_without() {
        let made = fake::device_init().create_device(|_| Err(Error::NoHardware));
        assert_eq!(made, Err(Error::NoHardware));
        fake::destroy(fake::device());
    }
}
