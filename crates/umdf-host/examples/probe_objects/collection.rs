//! `wdfcollection.h`.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{
    STATUS_SUCCESS, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDFCOLLECTION, WDFDEVICE, WDFOBJECT,
};

use crate::says::{expect, holds};
use crate::wdf::{attributes, collection, delete, object, wdf};

/// Objects destroyed so far.
static DESTROYED: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn evt_destroy(_object: WDFOBJECT) {
    DESTROYED.fetch_add(1, Ordering::Relaxed);
}

fn destroyed() -> u32 {
    DESTROYED.swap(0, Ordering::Relaxed)
}

fn items(collection: WDFCOLLECTION) -> Vec<WDFOBJECT> {
    let count = wdf!(WdfCollectionGetCount, collection);
    (0..count).map(|index| wdf!(WdfCollectionGetItem, collection, index)).collect()
}

pub fn check(device: WDFDEVICE) {
    let mut made: WDFCOLLECTION = null_mut();
    let status = wdf!(WdfCollectionCreate, WDF_NO_OBJECT_ATTRIBUTES, &raw mut made);
    expect("collection without attributes", status, STATUS_SUCCESS);
    delete(made);
    of_items(device);
    of_references(device);
}

fn of_items(device: WDFDEVICE) {
    let (status, list) = collection(attributes(device.cast()));
    expect("collection", status, STATUS_SUCCESS);
    expect("empty collection", items(list), Vec::new());
    holds("first of none", wdf!(WdfCollectionGetFirstItem, list).is_null());
    holds("last of none", wdf!(WdfCollectionGetLastItem, list).is_null());
    holds("item 0 of none", wdf!(WdfCollectionGetItem, list, 0).is_null());
    let [a, b] = [(); 2].map(|()| object(attributes(device.cast())).1);
    for item in [a, b, a] {
        expect("collection add", wdf!(WdfCollectionAdd, list, item), STATUS_SUCCESS);
    }
    expect("collection keeps the order", items(list), vec![a, b, a]);
    expect("first item", wdf!(WdfCollectionGetFirstItem, list), a);
    expect("last item", wdf!(WdfCollectionGetLastItem, list), a);
    holds("item behind the last", wdf!(WdfCollectionGetItem, list, 3).is_null());
    wdf!(WdfCollectionRemove, list, a);
    expect("the first place of an item is removed", items(list), vec![b, a]);
    wdf!(WdfCollectionRemoveItem, list, 1);
    expect("the item at an index is removed", items(list), vec![b]);
    delete(list);
    delete(a);
    delete(b);
}

fn of_references(device: WDFDEVICE) {
    let watched =
        WDF_OBJECT_ATTRIBUTES { EvtDestroyCallback: Some(evt_destroy), ..attributes(device.cast()) };
    let list = collection(attributes(device.cast())).1;
    let [a, b] = [(); 2].map(|()| object(watched).1);
    for item in [a, a, b] {
        expect("collection add of a watched object", wdf!(WdfCollectionAdd, list, item), STATUS_SUCCESS);
    }
    delete(a);
    delete(b);
    expect("a collection keeps deleted objects", destroyed(), 0);
    expect("a collection still has deleted objects", items(list), vec![a, a, b]);
    wdf!(WdfCollectionRemove, list, a);
    expect("a second place keeps an object", destroyed(), 0);
    wdf!(WdfCollectionRemoveItem, list, 0);
    expect("the last place of a deleted object", destroyed(), 1);
    delete(list);
    expect("a collection takes its items along", destroyed(), 1);
}
