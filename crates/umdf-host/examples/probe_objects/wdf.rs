//! Calls into the framework.

use std::ffi::{c_char, c_void};
use std::ptr::null_mut;

use wdk_sys::{
    _POOL_TYPE, _WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, NTSTATUS, UNICODE_STRING,
    WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDFCOLLECTION, WDFDEVICE, WDFKEY, WDFMEMORY, WDFOBJECT,
    WDFSTRING,
};

/// Access rights (`winnt.h`).
pub const KEY_READ: u32 = 0x2_0019;
pub const KEY_SET_VALUE: u32 = 0x2;

/// `PLUGPLAY_REGKEY_DEVICE` and `PLUGPLAY_REGKEY_DRIVER` (`wdm.h`).
pub const HARDWARE_KEY: u32 = 1;
pub const DRIVER_KEY: u32 = 2;

/// Calls a framework function.
macro_rules! wdf {
    ($function:ident $(, $argument:expr)* $(,)?) => {
        // SAFETY: every pointer is what the function's contract asks for, or wrong on purpose in a way that
        // the host sees without following it: NULL, an object of another type, an object that is gone.
        unsafe { ::wdk_sys::call_unsafe_wdf_function_binding!($function $(, $argument)*) }
    };
}
pub(crate) use wdf;

/// The size of a structure as its own `Size` holds it.
pub fn size_field<T>() -> u32 {
    u32::try_from(size_of::<T>()).expect("no structure of WDF is that large")
}

/// What WDF_OBJECT_ATTRIBUTES_INIT gives, and a parent.
pub fn attributes(parent: WDFOBJECT) -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES {
        Size: size_field::<WDF_OBJECT_ATTRIBUTES>(),
        ExecutionLevel: _WDF_EXECUTION_LEVEL::WdfExecutionLevelInheritFromParent,
        SynchronizationScope: _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeInheritFromParent,
        ParentObject: parent,
        ..WDF_OBJECT_ATTRIBUTES::default()
    }
}

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
    let mut text = text.map(Name::new);
    let text = text.as_mut().map_or(std::ptr::null(), Name::pointer);
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

/// A `UNICODE_STRING` with a NUL behind it.
pub struct Name {
    units: Vec<u16>,
    string: UNICODE_STRING,
}

impl Name {
    pub fn new(text: &str) -> Self {
        let units = text.encode_utf16().chain([0]).collect();
        Self { units, string: UNICODE_STRING::default() }
    }

    /// The address of the string, as long as this lives.
    pub fn pointer(&mut self) -> *const UNICODE_STRING {
        let bytes = u16::try_from(self.units.len() * 2).expect("names are short");
        let buffer = self.units.as_mut_ptr();
        self.string = UNICODE_STRING { Length: bytes - 2, MaximumLength: bytes, Buffer: buffer };
        &raw const self.string
    }
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
    let mut value = 0;
    let status = wdf!(WdfRegistryQueryULong, key, Name::new(name).pointer(), &raw mut value);
    wdf!(WdfRegistryClose, key);
    if status >= 0 { value } else { 0 }
}
