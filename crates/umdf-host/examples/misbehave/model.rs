//! What can be got wrong about references, collections and names, and what a driver says about itself.
//!
//! A `?` or [`ensure`] behind a wrong call is what the host promises when the rule is switched off.

use std::ptr::null_mut;

use wdk_sys::{NTSTATUS, UNICODE_STRING, WDF_OBJECT_ATTRIBUTES, WDFCOLLECTION, WDFDEVICE, WDFOBJECT};

use crate::asked;
use crate::misbehaviour::Misbehaviour;
use crate::wdf::{HARDWARE_KEY, attributes, check, create_object, ensure, open_key, wdf};

/// In EvtDeviceD0Entry.
pub fn misbehave(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    miscount_references(device)?;
    if asked(Misbehaviour::RemoveAbsentObject) || asked(Misbehaviour::RemoveAbsentItem) {
        remove_absent_item(device)?;
    }
    if asked(Misbehaviour::NameNotTerminated) {
        read_a_name_without_end(device)?;
    }
    misuse_callback_locks(device)?;
    if asked(Misbehaviour::BreakPoint) {
        wdf!(WdfVerifierDbgBreakPoint);
    }
    if asked(Misbehaviour::BugCheck) {
        wdf!(WdfVerifierKeBugCheck, 0xbad, 1, 2, 3, 0x44);
    }
    Ok(())
}

fn acquire(object: WDFOBJECT) {
    wdf!(WdfObjectAcquireLock, object);
}

fn release(object: WDFOBJECT) {
    wdf!(WdfObjectReleaseLock, object);
}

fn misuse_callback_locks(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let object: WDFOBJECT = device.cast();
    if asked(Misbehaviour::AcquireObjectLock) {
        acquire(create_object(attributes(object))?);
    }
    if asked(Misbehaviour::ReleaseObjectLock) {
        release(create_object(attributes(object))?);
    }
    if asked(Misbehaviour::ReleaseCallbackLock) {
        release(object);
    }
    if asked(Misbehaviour::AcquireCallbackLockTwice) {
        acquire(object);
        acquire(object);
        release(object);
        release(object);
    }
    if asked(Misbehaviour::AcquireCallbackLocksInWrongOrder) {
        let queue = wdf!(WdfDeviceGetDefaultQueue, device).cast();
        // The right order first, which nobody minds.
        for [outer, inner] in [[object, queue], [queue, object]] {
            acquire(outer);
            acquire(inner);
            release(inner);
            release(outer);
        }
    }
    Ok(())
}

fn reference(object: WDFOBJECT) {
    wdf!(WdfObjectReferenceActual, object, null_mut(), 0, null_mut());
}

unsafe extern "C" fn dereference(object: WDFOBJECT) {
    wdf!(WdfObjectDereferenceActual, object, null_mut(), 0, null_mut());
}

unsafe extern "C" fn evt_destroy_references(object: WDFOBJECT) {
    reference(object);
}

fn miscount_references(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let good = attributes(device.cast());
    if asked(Misbehaviour::DereferenceTooOften) {
        let object = create_object(good)?;
        reference(object);
        // SAFETY: the object lives; the second call is the wrong one.
        unsafe { dereference(object) };
        // SAFETY: as above.
        unsafe { dereference(object) };
        wdf!(WdfObjectDelete, object);
    }
    if asked(Misbehaviour::DereferenceInCleanup) {
        let object = create_object(WDF_OBJECT_ATTRIBUTES { EvtCleanupCallback: Some(dereference), ..good })?;
        wdf!(WdfObjectDelete, object);
    }
    if asked(Misbehaviour::ReferenceInDestroy) {
        let attributes = WDF_OBJECT_ATTRIBUTES { EvtDestroyCallback: Some(evt_destroy_references), ..good };
        wdf!(WdfObjectDelete, create_object(attributes)?);
    }
    if asked(Misbehaviour::LeakReference) {
        reference(create_object(good)?);
    }
    Ok(())
}

fn remove_absent_item(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let mut attributes = attributes(device.cast());
    let mut collection: WDFCOLLECTION = null_mut();
    check(wdf!(WdfCollectionCreate, &raw mut attributes, &raw mut collection))?;
    check(wdf!(WdfCollectionAdd, collection, device.cast()))?;
    if asked(Misbehaviour::RemoveAbsentItem) {
        wdf!(WdfCollectionRemoveItem, collection, 1);
    } else {
        wdf!(WdfCollectionRemove, collection, collection.cast());
    }
    ensure(wdf!(WdfCollectionGetCount, collection) == 1)?;
    wdf!(WdfObjectDelete, collection.cast());
    Ok(())
}

fn read_a_name_without_end(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let key = open_key(device, HARDWARE_KEY)?;
    let mut units: Vec<u16> = "MappedLength".encode_utf16().collect();
    let bytes = u16::try_from(units.len() * 2).expect("the name is short");
    let name = UNICODE_STRING { Length: bytes, MaximumLength: bytes, Buffer: units.as_mut_ptr() };
    let mut value = 0;
    check(wdf!(WdfRegistryQueryULong, key, &raw const name, &raw mut value))?;
    wdf!(WdfRegistryClose, key);
    ensure(value == 0x80)
}
