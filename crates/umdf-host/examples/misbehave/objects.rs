//! What can be got wrong about handles, pointers, deletion and locks.
//!
//! A `?` or [`ensure`] behind a wrong call is what the host promises when the rule is switched off.

use std::ptr::{null, null_mut, without_provenance_mut};
use std::sync::atomic::Ordering;
use std::thread;

use wdk_sys::{
    _WDF_DEVICE_IO_TYPE, _WDFFUNCENUM, NTSTATUS, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDFDEVICE,
    WDFOBJECT, WDFQUEUE, WDFSPINLOCK, WDFWAITLOCK, WdfFunctions,
};

use crate::asked;
use crate::device::{context, create_lock};
use crate::misbehaviour::Misbehaviour;
use crate::model;
use crate::wdf::{HARDWARE_KEY, attributes, check, create_object, ensure, open_key, wdf};

/// In EvtDeviceD0Entry.
pub fn misbehave(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    pass_wrong_handles(device)?;
    pass_null(device)?;
    delete_wrong_objects(device)?;
    misuse_spin_lock(device)?;
    misuse_wait_lock(device)?;
    model::misbehave(device)?;
    if asked(Misbehaviour::CallUsb) {
        call_usb();
    }
    Ok(())
}

/// The bindings have no signature for this function.
fn call_usb() {
    let index = _WDFFUNCENUM::WdfUsbTargetDeviceCreateTableIndex as usize;
    // SAFETY: only the bind writes it, which is over.
    let table = unsafe { WdfFunctions };
    // SAFETY: the framework's table has an entry for each of its functions.
    let entry = unsafe { table.add(index) };
    // SAFETY: as above; the table does not change.
    let function = unsafe { entry.read() };
    if let Some(function) = function {
        // SAFETY: what stands there for a function that the host lacks takes no argument.
        unsafe { function() };
    }
}

fn pass_wrong_handles(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let wrong: [(Misbehaviour, WDFDEVICE); 4] = [
        (Misbehaviour::HandleNull, null_mut()),
        (Misbehaviour::HandleMadeUp, without_provenance_mut(0x1234)),
        // The upper half of the device's handle, and an index that no object has.
        (Misbehaviour::HandleForged, device.map_addr(|address| address | 0xffff_ffff)),
        (Misbehaviour::HandleOfOtherType, wdf!(WdfDeviceGetDriver, device).cast()),
    ];
    for (misbehaviour, handle) in wrong {
        if asked(misbehaviour) {
            ensure(wdf!(WdfDeviceGetDriver, handle).is_null())?;
        }
    }
    if asked(Misbehaviour::HandleOfDeleted) {
        let object = create_object(attributes(device.cast()))?;
        wdf!(WdfObjectDelete, object);
        wdf!(WdfObjectDelete, object);
    }
    if asked(Misbehaviour::HandleOfUsedInit) {
        let init = context(device).used_init.load(Ordering::Relaxed);
        wdf!(WdfDeviceInitSetIoType, init.cast(), _WDF_DEVICE_IO_TYPE::WdfDeviceIoBuffered);
    }
    Ok(())
}

fn pass_null(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    if asked(Misbehaviour::NullConfig) {
        let mut queue: WDFQUEUE = null_mut();
        check(wdf!(WdfIoQueueCreate, device, null_mut(), WDF_NO_OBJECT_ATTRIBUTES, &raw mut queue))?;
        ensure(queue.is_null())?;
    }
    if asked(Misbehaviour::NullName) {
        let key = open_key(device, HARDWARE_KEY)?;
        let mut value = 0;
        check(wdf!(WdfRegistryQueryULong, key, null(), &raw mut value))?;
        ensure(value == 0)?;
        wdf!(WdfRegistryClose, key);
    }
    Ok(())
}

fn delete_wrong_objects(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    if asked(Misbehaviour::DeleteDevice) {
        wdf!(WdfObjectDelete, device.cast());
    }
    if asked(Misbehaviour::DeleteDriver) {
        let driver = wdf!(WdfDeviceGetDriver, device);
        wdf!(WdfObjectDelete, driver.cast());
    }
    if asked(Misbehaviour::DeleteDefaultQueue) {
        let queue = context(device).default_queue.load(Ordering::Relaxed);
        wdf!(WdfObjectDelete, queue.cast());
    }
    if asked(Misbehaviour::DeleteInDestroy) {
        let object = create_object(WDF_OBJECT_ATTRIBUTES {
            EvtDestroyCallback: Some(evt_destroy_deletes),
            ..attributes(device.cast())
        })?;
        wdf!(WdfObjectDelete, object);
    }
    Ok(())
}

unsafe extern "C" fn evt_destroy_deletes(object: WDFOBJECT) {
    wdf!(WdfObjectDelete, object);
}

fn misuse_spin_lock(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let mut attributes = attributes(device.cast());
    let mut lock: WDFSPINLOCK = null_mut();
    check(wdf!(WdfSpinLockCreate, &raw mut attributes, &raw mut lock))?;
    if asked(Misbehaviour::RecurseSpinLock) {
        wdf!(WdfSpinLockAcquire, lock);
        wdf!(WdfSpinLockAcquire, lock);
        wdf!(WdfSpinLockRelease, lock);
        wdf!(WdfSpinLockRelease, lock);
    }
    if asked(Misbehaviour::ReleaseFreeSpinLock) {
        wdf!(WdfSpinLockRelease, lock);
    }
    wdf!(WdfObjectDelete, lock.cast());
    Ok(())
}

fn misuse_wait_lock(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let lock = context(device).registers.load(Ordering::Relaxed);
    if asked(Misbehaviour::RecurseWaitLock) {
        acquire(lock)?;
        acquire(lock)?;
        wdf!(WdfWaitLockRelease, lock);
        wdf!(WdfWaitLockRelease, lock);
    }
    if asked(Misbehaviour::ReleaseFreeWaitLock) {
        wdf!(WdfWaitLockRelease, lock);
    }
    if asked(Misbehaviour::ReleaseOthersLock) {
        let lock = create_lock(device)?;
        acquire(lock)?;
        on_another_thread(lock, |lock| {
            wdf!(WdfWaitLockRelease, lock);
            Ok(())
        })?;
        wdf!(WdfWaitLockRelease, lock);
    }
    if asked(Misbehaviour::HangOnLock) {
        on_another_thread(lock, acquire)?;
        acquire(lock)?;
    }
    Ok(())
}

/// Acquires a wait lock, however long it takes.
pub fn acquire(lock: WDFWAITLOCK) -> Result<(), NTSTATUS> {
    check(wdf!(WdfWaitLockAcquire, lock, null_mut()))
}

/// Runs `act` on a thread of its own and waits for its end.
pub fn on_another_thread(
    lock: WDFWAITLOCK,
    act: fn(WDFWAITLOCK) -> Result<(), NTSTATUS>,
) -> Result<(), NTSTATUS> {
    let lock = lock.expose_provenance();
    let thread = thread::spawn(move || act(std::ptr::with_exposed_provenance_mut(lock)));
    thread.join().expect("the thread does not panic")
}
