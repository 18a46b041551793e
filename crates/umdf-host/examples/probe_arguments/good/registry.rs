//! Good arguments for functions of the registry.

use std::ptr::null_mut;

use wdk_sys::{UNICODE_STRING, WDF_NO_OBJECT_ATTRIBUTES, WDFKEY, WDFMEMORY_OFFSET};

use super::{device, keep, made_ok, strings, text};
use crate::wdf::{HARDWARE_KEY, KEY_READ, wdf};

/// Access rights (`winnt.h`).
pub const KEY_SET_VALUE: u32 = 2;
pub const KEY_CREATE_SUB_KEY: u32 = 4;

fn open(access: u32) -> WDFKEY {
    let (mut key, none) = (null_mut(), WDF_NO_OBJECT_ATTRIBUTES);
    made_ok(wdf!(WdfDeviceOpenRegistryKey, device(), HARDWARE_KEY, access, none, &raw mut key));
    key
}

/// The hardware key.
pub fn key() -> WDFKEY {
    open(KEY_READ | KEY_SET_VALUE)
}

/// The hardware key, to read only.
pub fn key_to_read() -> WDFKEY {
    open(KEY_READ)
}

/// The name of a key below it.
pub fn subkey_name() -> *mut UNICODE_STRING {
    let (name, none, mut key) = (text("Sub"), WDF_NO_OBJECT_ATTRIBUTES, null_mut());
    let (parent, access, made) = (super::key(), KEY_READ, &raw mut key);
    made_ok(wdf!(WdfRegistryCreateKey, parent, name, access, 0, null_mut(), none, made));
    name
}

/// The name of a number in it.
pub fn number_name() -> *mut UNICODE_STRING {
    text("MappedLength")
}

/// The name of a text in it.
pub fn text_name() -> *mut UNICODE_STRING {
    text("Text")
}

/// The name of several texts in it.
pub fn list_name() -> *mut UNICODE_STRING {
    let name = text("List");
    made_ok(wdf!(WdfRegistryAssignMultiString, key(), name, strings()));
    name
}

/// The name of a value without bytes in it.
pub fn empty_name() -> *mut UNICODE_STRING {
    let name = text("Empty");
    made_ok(wdf!(WdfRegistryAssignValue, key(), name, 3, 0, null_mut()));
    name
}

/// A string that has room for some bytes.
pub fn room(bytes: u16) -> *mut UNICODE_STRING {
    keep(UNICODE_STRING { Length: 2.min(bytes), MaximumLength: bytes, Buffer: keep([0_u16; 32]).cast() })
}

pub fn offsets(offset: usize, length: usize) -> *mut WDFMEMORY_OFFSET {
    keep(WDFMEMORY_OFFSET { BufferOffset: offset, BufferLength: length })
}
