//! Two locks that a request takes in one order and a work item in the other: fine, unless they meet.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{NTSTATUS, WDF_WORKITEM_CONFIG, WDFDEVICE, WDFWAITLOCK, WDFWORKITEM};

use crate::device::create_lock;
use crate::objects::acquire;
use crate::wdf::{attributes, check, size_field, wdf};

static FIRST: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
static SECOND: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// Lets a work item take the locks in the other order meanwhile.
pub fn take_locks_beside_work_item(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let (first, second) = (create_lock(device)?, create_lock(device)?);
    FIRST.store(first.cast(), Ordering::Release);
    SECOND.store(second.cast(), Ordering::Release);
    let mut config = WDF_WORKITEM_CONFIG {
        Size: size_field::<WDF_WORKITEM_CONFIG>(),
        EvtWorkItemFunc: Some(evt_work_item),
        ..WDF_WORKITEM_CONFIG::default()
    };
    let mut attributes = attributes(device.cast());
    let mut item: WDFWORKITEM = null_mut();
    check(wdf!(WdfWorkItemCreate, &raw mut config, &raw mut attributes, &raw mut item))?;
    wdf!(WdfWorkItemEnqueue, item);
    take(first, second)
}

fn take(first: WDFWAITLOCK, second: WDFWAITLOCK) -> Result<(), NTSTATUS> {
    acquire(first)?;
    acquire(second)?;
    wdf!(WdfWaitLockRelease, second);
    wdf!(WdfWaitLockRelease, first);
    Ok(())
}

unsafe extern "C" fn evt_work_item(_item: WDFWORKITEM) {
    // An acquisition without a limit does not fail.
    let _ = take(SECOND.load(Ordering::Acquire).cast(), FIRST.load(Ordering::Acquire).cast());
}
