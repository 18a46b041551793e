//! Wrong handles and missing pointers, for every function: each breaks a rule.

use std::ffi::c_void;
use std::ptr::{null, null_mut};

use wdk_sys::{
    _POOL_TYPE, GUID, UNICODE_STRING, WDF_NO_OBJECT_ATTRIBUTES, WDFCOLLECTION, WDFDEVICE, WDFDRIVER, WDFKEY,
    WDFMEMORY, WDFOBJECT, WDFSTRING,
};

use crate::wdf::{
    DRIVER_KEY, KEY_READ, KEY_SET_VALUE, Text, attributes, collection, delete, memory, object, open_key,
    preallocated, string, wdf,
};

/// Right arguments, to be wrong in one place only.
struct Good {
    driver: WDFDRIVER,
    device: WDFDEVICE,
    key: WDFKEY,
    collection: WDFCOLLECTION,
    memory: WDFMEMORY,
    preallocated: WDFMEMORY,
    string: WDFSTRING,
    name: *const UNICODE_STRING,
    /// 16 bytes.
    buffer: *mut c_void,
}

/// A way to break a rule.
struct Trip {
    /// The function.
    function: &'static str,
    rule: &'static str,
    /// What the message says.
    message: &'static str,
    act: fn(&Good),
}

/// No attributes.
const NONE: *mut wdk_sys::WDF_OBJECT_ATTRIBUTES = WDF_NO_OBJECT_ATTRIBUTES;
/// Any pool.
const POOL: i32 = _POOL_TYPE::PagedPool;

/// A list of trips: function, broken rule, message, arguments. `g` are the right ones.
macro_rules! trips {
    ($list:ident: $($function:ident $rule:ident $message:literal |$g:ident| ($($argument:expr),* $(,)?);)+) => {
        const $list: &[Trip] = &[$(Trip {
            function: stringify!($function),
            rule: stringify!($rule),
            message: $message,
            act: |$g| {
                // Only some need them.
                let _ = $g;
                // What it returns is in the history.
                let _ = wdf!($function, $($argument),*);
            },
        },)+];
    };
}

trips! { OBJECTS:
    WdfObjectCreate PARAM_NULL "Object is NULL" |g| (NONE, null_mut());
    WdfObjectReferenceActual HANDLE_NULL_OR_TYPE "Handle is NULL" |g| (null_mut(), null_mut(), 0, null_mut());
    WdfObjectDereferenceActual HANDLE_NULL_OR_TYPE "Handle is NULL" |g| (null_mut(), null_mut(), 0, null_mut());
    WdfObjectDereferenceActual OVER_DEREFERENCE "device0" |g| (g.device.cast(), null_mut(), 0, null_mut());
    WdfObjectReferenceActual HANDLE_STALE "object0" |g| (gone(g), null_mut(), 0, null_mut());
    WdfObjectDereferenceActual HANDLE_STALE "object0" |g| (gone(g), null_mut(), 0, null_mut());
    WdfObjectQuery HANDLE_NULL_OR_TYPE "Object is NULL" |g| (null_mut(), &raw const SOME_GUID, 0, null_mut());
    WdfObjectQuery PARAM_NULL "Guid is NULL" |g| (g.device.cast(), null(), 0, null_mut());
    WdfObjectAllocateContext HANDLE_NULL_OR_TYPE "Handle is NULL" |g| (null_mut(), NONE, null_mut());
    WdfObjectGetTypedContextWorker HANDLE_NULL_OR_TYPE "Handle is NULL" |g| (null_mut(), null());
    WdfObjectGetTypedContextWorker PARAM_NULL "TypeInfo is NULL" |g| (g.device.cast(), null());
    WdfObjectContextGetObject PARAM_NULL "ContextPointer is NULL" |g| (null_mut());
    WdfObjectDelete HANDLE_NULL_OR_TYPE "Object is NULL" |g| (null_mut());
    WdfObjectAcquireLock HANDLE_NULL_OR_TYPE "Object is NULL" |g| (null_mut());
    WdfObjectReleaseLock HANDLE_NULL_OR_TYPE "Object is NULL" |g| (null_mut());
    WdfCollectionCreate PARAM_NULL "Collection is NULL" |g| (NONE, null_mut());
    WdfCollectionGetCount HANDLE_NULL_OR_TYPE "Collection is NULL" |g| (null_mut());
    WdfCollectionGetCount HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.device.cast());
    WdfCollectionAdd HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.device.cast(), g.device.cast());
    WdfCollectionAdd HANDLE_NULL_OR_TYPE "Object is NULL" |g| (g.collection, null_mut());
    WdfCollectionRemove HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.device.cast(), g.device.cast());
    WdfCollectionRemove HANDLE_NULL_OR_TYPE "Item is NULL" |g| (g.collection, null_mut());
    WdfCollectionRemove COLLECTION_NO_SUCH_ITEM "collection0 has no device0" |g| (g.collection, g.device.cast());
    WdfCollectionRemoveItem HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.device.cast(), 0);
    WdfCollectionRemoveItem COLLECTION_NO_SUCH_ITEM "collection0 has no item 0" |g| (g.collection, 0);
    WdfCollectionGetItem HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.device.cast(), 0);
    WdfCollectionGetFirstItem HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.device.cast());
    WdfCollectionGetLastItem HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.device.cast());
    WdfMemoryCreate PARAM_NULL "Memory is NULL" |g| (NONE, POOL, 0, 1, null_mut(), null_mut());
    WdfMemoryCreatePreallocated PARAM_NULL "Buffer is NULL" |g| (NONE, null_mut(), 1, g.buffer.cast());
    WdfMemoryCreatePreallocated PARAM_NULL "Memory is NULL" |g| (NONE, g.buffer, 1, null_mut());
    WdfMemoryGetBuffer HANDLE_NULL_OR_TYPE "not a WDFMEMORY" |g| (g.device.cast(), null_mut());
    WdfMemoryAssignBuffer HANDLE_NULL_OR_TYPE "not a WDFMEMORY" |g| (g.device.cast(), g.buffer, 1);
    WdfMemoryAssignBuffer HANDLE_NULL_OR_TYPE "memory0, which has a buffer of its own" |g| (g.memory, g.buffer, 1);
    WdfMemoryAssignBuffer PARAM_NULL "Buffer is NULL" |g| (g.preallocated, null_mut(), 1);
    WdfMemoryCopyToBuffer HANDLE_NULL_OR_TYPE "not a WDFMEMORY" |g| (g.device.cast(), 0, g.buffer, 1);
    WdfMemoryCopyToBuffer PARAM_NULL "Buffer is NULL" |g| (g.memory, 0, null_mut(), 1);
    WdfMemoryCopyFromBuffer HANDLE_NULL_OR_TYPE "not a WDFMEMORY" |g| (g.device.cast(), 0, g.buffer, 1);
    WdfMemoryCopyFromBuffer PARAM_NULL "Buffer is NULL" |g| (g.memory, 0, null_mut(), 1);
    WdfStringCreate PARAM_NULL "String is NULL" |g| (null(), NONE, null_mut());
    WdfStringGetUnicodeString HANDLE_NULL_OR_TYPE "not a WDFSTRING" |g| (g.device.cast(), g.buffer.cast());
    WdfStringGetUnicodeString PARAM_NULL "UnicodeString is NULL" |g| (g.string, null_mut());
    WdfDriverGetRegistryPath HANDLE_NULL_OR_TYPE "not a WDFDRIVER" |g| (g.device.cast());
    WdfDriverOpenParametersRegistryKey HANDLE_NULL_OR_TYPE "Driver is NULL" |g| (null_mut(), KEY_READ, NONE, g.buffer.cast());
    WdfDriverOpenParametersRegistryKey PARAM_NULL "Key is NULL" |g| (g.driver, KEY_READ, NONE, null_mut());
    WdfDriverRetrieveVersionString HANDLE_NULL_OR_TYPE "not a WDFDRIVER" |g| (g.device.cast(), g.string);
    WdfDriverRetrieveVersionString PARAM_NULL "String is NULL" |g| (g.driver, null_mut());
    WdfDriverRetrieveVersionString HANDLE_NULL_OR_TYPE "not a WDFSTRING" |g| (g.driver, g.device.cast());
    WdfDriverIsVersionAvailable HANDLE_NULL_OR_TYPE "not a WDFDRIVER" |g| (g.device.cast(), g.buffer.cast());
    WdfDriverIsVersionAvailable PARAM_NULL "VersionAvailableParams is NULL" |g| (g.driver, null_mut());
    WdfVerifierDbgBreakPoint DRIVER_BREAK_POINT "looked at" |g| ();
    WdfVerifierKeBugCheck DRIVER_BUG_CHECK "code 0x1, parameters [2, 3, 4, 5]" |g| (1, 2, 3, 4, 5);
}

trips! { REGISTRY:
    WdfRegistryOpenKey HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, KEY_READ, NONE, g.buffer.cast());
    WdfRegistryOpenKey PARAM_NULL "KeyName is NULL" |g| (g.key, null(), KEY_READ, NONE, g.buffer.cast());
    WdfRegistryOpenKey PARAM_NULL "Key is NULL" |g| (g.key, g.name, KEY_READ, NONE, null_mut());
    WdfRegistryCreateKey HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, KEY_READ, 0, null_mut(), NONE, g.buffer.cast());
    WdfRegistryCreateKey PARAM_NULL "KeyName is NULL" |g| (g.key, null(), KEY_READ, 0, null_mut(), NONE, g.buffer.cast());
    WdfRegistryCreateKey PARAM_NULL "Key is NULL" |g| (g.key, g.name, KEY_READ, 0, null_mut(), NONE, null_mut());
    WdfRegistryClose HANDLE_NULL_OR_TYPE "Key is NULL" |g| (null_mut());
    WdfRegistryRemoveKey HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast());
    WdfRegistryWdmGetHandle HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast());
    WdfRegistryRemoveValue HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name);
    WdfRegistryRemoveValue PARAM_NULL "ValueName is NULL" |g| (g.key, null());
    WdfRegistryQueryValue HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, 0, null_mut(), null_mut(), null_mut());
    WdfRegistryQueryValue PARAM_NULL "ValueName is NULL" |g| (g.key, null(), 0, null_mut(), null_mut(), null_mut());
    WdfRegistryQueryMemory HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, POOL, NONE, g.buffer.cast(), null_mut());
    WdfRegistryQueryMemory PARAM_NULL "ValueName is NULL" |g| (g.key, null(), POOL, NONE, g.buffer.cast(), null_mut());
    WdfRegistryQueryMemory PARAM_NULL "Memory is NULL" |g| (g.key, g.name, POOL, NONE, null_mut(), null_mut());
    WdfRegistryQueryMultiString HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, NONE, g.collection);
    WdfRegistryQueryMultiString PARAM_NULL "ValueName is NULL" |g| (g.key, null(), NONE, g.collection);
    WdfRegistryQueryMultiString PARAM_NULL "Collection is NULL" |g| (g.key, g.name, NONE, null_mut());
    WdfRegistryQueryMultiString HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.key, g.name, NONE, g.device.cast());
    WdfRegistryQueryUnicodeString HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, null_mut(), null_mut());
    WdfRegistryQueryUnicodeString PARAM_NULL "ValueName is NULL" |g| (g.key, null(), null_mut(), null_mut());
    WdfRegistryQueryString HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, g.string);
    WdfRegistryQueryString PARAM_NULL "ValueName is NULL" |g| (g.key, null(), g.string);
    WdfRegistryQueryString PARAM_NULL "String is NULL" |g| (g.key, g.name, null_mut());
    WdfRegistryQueryString HANDLE_NULL_OR_TYPE "not a WDFSTRING" |g| (g.key, g.name, g.device.cast());
    WdfRegistryQueryULong HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, g.buffer.cast());
    WdfRegistryQueryULong PARAM_NULL "ValueName is NULL" |g| (g.key, null(), g.buffer.cast());
    WdfRegistryQueryULong PARAM_NULL "Value is NULL" |g| (g.key, g.name, null_mut());
    WdfRegistryAssignValue HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, 1, 0, null_mut());
    WdfRegistryAssignValue PARAM_NULL "ValueName is NULL" |g| (g.key, null(), 1, 0, null_mut());
    WdfRegistryAssignMemory HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, 1, g.memory, null_mut());
    WdfRegistryAssignMemory PARAM_NULL "ValueName is NULL" |g| (g.key, null(), 1, g.memory, null_mut());
    WdfRegistryAssignMemory PARAM_NULL "Memory is NULL" |g| (g.key, g.name, 1, null_mut(), null_mut());
    WdfRegistryAssignMemory HANDLE_NULL_OR_TYPE "not a WDFMEMORY" |g| (g.key, g.name, 1, g.device.cast(), null_mut());
    WdfRegistryAssignMultiString HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, g.collection);
    WdfRegistryAssignMultiString PARAM_NULL "ValueName is NULL" |g| (g.key, null(), g.collection);
    WdfRegistryAssignMultiString PARAM_NULL "StringsCollection is NULL" |g| (g.key, g.name, null_mut());
    WdfRegistryAssignMultiString HANDLE_NULL_OR_TYPE "not a WDFCOLLECTION" |g| (g.key, g.name, g.device.cast());
    WdfRegistryAssignUnicodeString HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, g.name);
    WdfRegistryAssignUnicodeString PARAM_NULL "ValueName is NULL" |g| (g.key, null(), g.name);
    WdfRegistryAssignUnicodeString PARAM_NULL "Value is NULL" |g| (g.key, g.name, null());
    WdfRegistryAssignString HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, g.string);
    WdfRegistryAssignString PARAM_NULL "ValueName is NULL" |g| (g.key, null(), g.string);
    WdfRegistryAssignString PARAM_NULL "String is NULL" |g| (g.key, g.name, null_mut());
    WdfRegistryAssignString HANDLE_NULL_OR_TYPE "not a WDFSTRING" |g| (g.key, g.name, g.device.cast());
    WdfRegistryAssignULong HANDLE_NULL_OR_TYPE "not a WDFKEY" |g| (g.device.cast(), g.name, 1);
    WdfRegistryAssignULong PARAM_NULL "ValueName is NULL" |g| (g.key, null(), 1);
}

static SOME_GUID: GUID = GUID { Data1: 1, Data2: 2, Data3: 3, Data4: [4; 8] };

/// The handle of an object that is gone.
fn gone(good: &Good) -> WDFOBJECT {
    let (_, gone) = object(attributes(good.device.cast()));
    delete(gone);
    gone
}

/// The trips, numbered from 1.
fn all() -> impl Iterator<Item = (u32, &'static Trip)> {
    (1..).zip(OBJECTS.iter().chain(REGISTRY))
}

/// Tells every trip: number, rule, function, message.
pub fn list() {
    for (number, trip) in all() {
        wdk_sys::wdk::println!("trip {number} {} {} {}", trip.rule, trip.function, trip.message);
    }
}

/// Does the one with that number.
pub fn trip(device: WDFDEVICE, number: u32) {
    let (name, mut buffer) = (Text::new("Name"), [0_u64; 2]);
    let parent = || attributes(device.cast());
    let buffer: *mut c_void = buffer.as_mut_ptr().cast();
    let good = Good {
        driver: wdf!(WdfDeviceGetDriver, device),
        device,
        key: open_key(device, DRIVER_KEY, KEY_READ | KEY_SET_VALUE),
        collection: collection(parent()).1,
        memory: memory(parent(), 16).1,
        preallocated: preallocated(parent(), buffer, 16).1,
        string: string(parent(), Some("text")).1,
        name: name.pointer(),
        buffer,
    };
    for (_, trip) in all().filter(|(known, _)| *known == number) {
        (trip.act)(&good);
    }
}
