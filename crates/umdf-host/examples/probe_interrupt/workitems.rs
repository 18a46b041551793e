//! The functions of `wdfworkitem.h`.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};

use wdk_sys::{
    _WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, NTSTATUS, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_PARAMETER, WDF_OBJECT_ATTRIBUTES, WDF_WORKITEM_CONFIG,
    WDFDEVICE, WDFOBJECT, WDFWORKITEM,
};

use crate::asked;
use crate::mode::Mode;
use crate::wdf::{a_while, attributes, check, eventually, expect, size_field, wdf};

/// Statuses of `wdfstatus.h`.
const SYNCHRONIZATION_SCOPE_INVALID: NTSTATUS = u32::cast_signed(0xC020_0210);
const EXECUTION_LEVEL_INVALID: NTSTATUS = u32::cast_signed(0xC020_0211);
const PARENT_NOT_SPECIFIED: NTSTATUS = u32::cast_signed(0xC020_0212);

static RUNS: AtomicU32 = AtomicU32::new(0);
static BEGAN: AtomicU32 = AtomicU32::new(0);
static SLOW: AtomicBool = AtomicBool::new(false);
static DELETE_ITSELF: AtomicBool = AtomicBool::new(false);
static DESTROYED: AtomicBool = AtomicBool::new(false);

unsafe extern "C" fn evt_work_item(item: WDFWORKITEM) {
    BEGAN.fetch_add(1, SeqCst);
    if asked(Mode::FlushInCallback) {
        wdf!(WdfWorkItemFlush, item);
    }
    if SLOW.load(SeqCst) {
        a_while();
    }
    if DELETE_ITSELF.load(SeqCst) {
        wdf!(WdfObjectDelete, item.cast());
        // The run keeps the object.
        let parent = wdf!(WdfWorkItemGetParentObject, item);
        expect("work item: deleted in its callback, still there", parent.is_null(), false);
    }
    RUNS.fetch_add(1, SeqCst);
}

unsafe extern "C" fn evt_destroy(_item: WDFOBJECT) {
    DESTROYED.store(true, SeqCst);
}

/// A work item of this driver.
pub fn config() -> WDF_WORKITEM_CONFIG {
    WDF_WORKITEM_CONFIG {
        Size: size_field::<WDF_WORKITEM_CONFIG>(),
        EvtWorkItemFunc: Some(evt_work_item),
        AutomaticSerialization: 0,
    }
}

/// Makes a work item.
pub fn create(parent: WDFOBJECT) -> Result<WDFWORKITEM, NTSTATUS> {
    create_with(attributes(parent), config())
}

/// Makes a work item with these attributes.
pub fn create_with(
    mut attributes: WDF_OBJECT_ATTRIBUTES,
    mut config: WDF_WORKITEM_CONFIG,
) -> Result<WDFWORKITEM, NTSTATUS> {
    let mut item: WDFWORKITEM = null_mut();
    check(wdf!(WdfWorkItemCreate, &raw mut config, &raw mut attributes, &raw mut item))?;
    Ok(item)
}

pub fn in_device_add(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    let parent: WDFOBJECT = device.cast();
    let refused = |name: &str, attributes, config, expected| {
        expect(name, create_with(attributes, config).err(), Some(expected));
    };
    let (good, owned) = (config(), attributes(parent));
    let mut item: WDFWORKITEM = null_mut();
    let mut given = good;
    let none = wdf!(WdfWorkItemCreate, &raw mut given, null_mut(), &raw mut item);
    expect("work item: no attributes", none, PARENT_NOT_SPECIFIED);
    refused("work item: no parent", attributes(null_mut()), good, PARENT_NOT_SPECIFIED);
    let wrong = WDF_OBJECT_ATTRIBUTES { Size: 1, ..owned };
    refused("work item: size of attributes", wrong, good, STATUS_INFO_LENGTH_MISMATCH);
    let wrong = WDF_WORKITEM_CONFIG { Size: 1, ..good };
    refused("work item: size", owned, wrong, STATUS_INFO_LENGTH_MISMATCH);
    let wrong = WDF_WORKITEM_CONFIG { EvtWorkItemFunc: None, ..good };
    refused("work item: no callback", owned, wrong, STATUS_INVALID_PARAMETER);
    let level = _WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive;
    let passive = WDF_OBJECT_ATTRIBUTES { ExecutionLevel: level, ..owned };
    refused("work item: execution level", passive, good, EXECUTION_LEVEL_INVALID);
    refused("work item: the callback comes before the attributes", passive, wrong, STATUS_INVALID_PARAMETER);
    let scope = _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeDevice;
    let wrong = WDF_OBJECT_ATTRIBUTES { SynchronizationScope: scope, ..owned };
    refused("work item: synchronization scope", wrong, good, SYNCHRONIZATION_SCOPE_INVALID);
    let driver: WDFOBJECT = wdf!(WdfDeviceGetDriver, device).cast();
    refused("work item: no device above", attributes(driver), good, STATUS_INVALID_DEVICE_REQUEST);
    let item = create(parent)?;
    expect("work item: parent object", wdf!(WdfWorkItemGetParentObject, item), parent);
    wdf!(WdfWorkItemFlush, item);
    expect("work item: a flush of an idle one returns", RUNS.load(SeqCst), 0);
    Ok(())
}

pub fn in_d0(device: WDFDEVICE) {
    let Ok(item) = create(device.cast()) else { return expect("work item: create", false, true) };
    SLOW.store(true, SeqCst);
    wdf!(WdfWorkItemEnqueue, item);
    wdf!(WdfWorkItemFlush, item);
    expect("work item: a flush waits", RUNS.load(SeqCst), 1);
    wdf!(WdfWorkItemEnqueue, item);
    eventually(|| BEGAN.load(SeqCst) == 2);
    wdf!(WdfWorkItemEnqueue, item);
    wdf!(WdfWorkItemFlush, item);
    expect("work item: queued while it runs, it runs again", RUNS.load(SeqCst), 3);
    wdf!(WdfWorkItemEnqueue, item);
    eventually(|| BEGAN.load(SeqCst) == 4);
    wdf!(WdfObjectDelete, item.cast());
    expect("work item: the deletion waits", RUNS.load(SeqCst), 4);
    SLOW.store(false, SeqCst);

    let attributes =
        WDF_OBJECT_ATTRIBUTES { EvtDestroyCallback: Some(evt_destroy), ..attributes(device.cast()) };
    let Ok(item) = create_with(attributes, config()) else { return expect("work item: create", false, true) };
    DELETE_ITSELF.store(true, SeqCst);
    wdf!(WdfWorkItemEnqueue, item);
    let destroyed = eventually(|| DESTROYED.load(SeqCst));
    expect("work item: deleted in its callback, destroyed after it", destroyed, true);
    DELETE_ITSELF.store(false, SeqCst);
}
