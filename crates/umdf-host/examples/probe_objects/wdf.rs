//! Calls into the framework.

use std::ffi::{c_char, c_void};
use std::ptr::null_mut;

use wdk_sys::{
    _POOL_TYPE, NTSTATUS, UNICODE_STRING, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDFCOLLECTION,
    WDFDEVICE, WDFKEY, WDFMEMORY, WDFOBJECT, WDFSTRING,
};

use crate::shared::read_and_close;

pub(crate) use crate::shared::wdf;
pub use crate::shared::{DRIVER_KEY, HARDWARE_KEY, KEY_READ, Text, attributes, size_field};

/// The access right of that name (`winnt.h`).
pub const KEY_SET_VALUE: u32 = 0x2;

pub fn object(mut attributes: WDF_OBJECT_ATTRIBUTES) -> (NTSTATUS, WDFOBJECT) {
    let mut object: WDFOBJECT = null_mut();
    (wdf!(WdfObjectCreate, &raw mut attributes, &raw mut object), object)
}

pub fn collection(mut attributes: WDF_OBJECT_ATTRIBUTES) -> (NTSTATUS, WDFCOLLECTION) {
    let mut collection: WDFCOLLECTION = null_mut();
    (wdf!(WdfCollectionCreate, &raw mut attributes, &raw mut collection), collection)
}

pub fn memory(mut attributes: WDF_OBJECT_ATTRIBUTES, size: usize) -> (NTSTATUS, WDFMEMORY) {
    let mut memory: WDFMEMORY = null_mut();
    let pool = _POOL_TYPE::NonPagedPoolNx;
    (wdf!(WdfMemoryCreate, &raw mut attributes, pool, 0, size, &raw mut memory, null_mut()), memory)
}

pub fn preallocated(
    mut attributes: WDF_OBJECT_ATTRIBUTES,
    buffer: *mut c_void,
    size: usize,
) -> (NTSTATUS, WDFMEMORY) {
    let mut memory: WDFMEMORY = null_mut();
    (wdf!(WdfMemoryCreatePreallocated, &raw mut attributes, buffer, size, &raw mut memory), memory)
}

pub fn string(mut attributes: WDF_OBJECT_ATTRIBUTES, text: Option<&str>) -> (NTSTATUS, WDFSTRING) {
    let mut string: WDFSTRING = null_mut();
    let text = text.map(Text::new);
    let text = text.as_ref().map_or(std::ptr::null(), Text::pointer);
    (wdf!(WdfStringCreate, text, &raw mut attributes, &raw mut string), string)
}

pub fn delete<T>(object: *mut T) {
    wdf!(WdfObjectDelete, object.cast());
}

pub fn reference<T>(object: *mut T) {
    wdf!(WdfObjectReferenceActual, object.cast(), null_mut(), 0, null_mut::<c_char>());
}

pub fn dereference<T>(object: *mut T) {
    wdf!(WdfObjectDereferenceActual, object.cast(), null_mut(), 0, null_mut::<c_char>());
}

/// The characters of a string object.
pub fn text(string: WDFSTRING) -> String {
    let mut unicode = UNICODE_STRING::default();
    wdf!(WdfStringGetUnicodeString, string, &raw mut unicode);
    text_of(&unicode)
}

pub fn text_of(unicode: &UNICODE_STRING) -> String {
    String::from_utf16_lossy(&units(unicode.Buffer, usize::from(unicode.Length / 2)))
}

/// Characters at an address; none at NULL.
pub fn units(start: *const u16, count: usize) -> Vec<u16> {
    let count = if start.is_null() { 0 } else { count };
    // SAFETY: the framework promises that many characters there, until the next call.
    (0..count).map(|index| unsafe { start.wrapping_add(index).read() }).collect()
}

/// Bytes at an address.
pub fn bytes(start: *const c_void, count: usize) -> Vec<u8> {
    // SAFETY: as for `units`.
    (0..count).map(|index| unsafe { start.cast::<u8>().wrapping_add(index).read() }).collect()
}

/// One of the keys of the device; NULL if it does not open.
pub fn open_key(device: WDFDEVICE, kind: u32, access: u32) -> WDFKEY {
    let mut key: WDFKEY = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let status = wdf!(WdfDeviceOpenRegistryKey, device, kind, access, none, &raw mut key);
    if status >= 0 { key } else { null_mut() }
}

/// A `REG_DWORD`; 0 if there is none. Closes the key.
pub fn query_number(key: WDFKEY, name: &str) -> u32 {
    read_and_close(key, name).unwrap_or(0)
}
