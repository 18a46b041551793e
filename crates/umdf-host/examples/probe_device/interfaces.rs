//! Device interfaces and their properties.

use std::ptr::{null, null_mut};

use wdk_sys::{
    BOOLEAN, GUID, NTSTATUS, PVOID, STATUS_BUFFER_TOO_SMALL, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_PARAMETER, STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS, UNICODE_STRING,
    WDF_DEVICE_INTERFACE_PROPERTY_DATA, WDF_NO_OBJECT_ATTRIBUTES, WDFDEVICE,
};

use crate::asked;
use crate::properties::{OWN, take};
use crate::trip::Trip;
use crate::wdf::{Text, expect, malformed, size_field, wdf};

/// The interface without a reference string.
static PLAIN: GUID = GUID { Data1: 1, Data2: 2, Data3: 3, Data4: [4; 8] };
static OTHER: GUID = GUID { Data1: 2, Data2: 2, Data3: 3, Data4: [4; 8] };

fn create(device: WDFDEVICE, reference: Option<&Text>) -> NTSTATUS {
    let reference = reference.map_or(null(), |text| &raw const text.string);
    wdf!(WdfDeviceCreateDeviceInterface, device, &raw const PLAIN, reference)
}

fn data(class: &'static GUID, reference: Option<&Text>) -> WDF_DEVICE_INTERFACE_PROPERTY_DATA {
    WDF_DEVICE_INTERFACE_PROPERTY_DATA {
        Size: size_field::<WDF_DEVICE_INTERFACE_PROPERTY_DATA>(),
        InterfaceClassGUID: class,
        ReferenceString: reference.map_or(null(), |text| &raw const text.string),
        PropertyKey: &raw const OWN,
        ..WDF_DEVICE_INTERFACE_PROPERTY_DATA::default()
    }
}

fn assign(device: WDFDEVICE, data: WDF_DEVICE_INTERFACE_PROPERTY_DATA, value: Option<u32>) -> NTSTATUS {
    let (mut data, mut value) = (data, value);
    let place: PVOID = value.as_mut().map_or(null_mut(), |value| (&raw mut *value).cast());
    let length = if place.is_null() { 0 } else { 4 };
    wdf!(WdfDeviceAssignInterfaceProperty, device, &raw mut data, 0x07, length, place)
}

fn query(device: WDFDEVICE, data: WDF_DEVICE_INTERFACE_PROPERTY_DATA) -> (NTSTATUS, u32, u32, u32) {
    let (mut data, mut value, mut length, mut kind) = (data, 0_u32, 9, 9);
    let place: PVOID = (&raw mut value).cast();
    let (length_at, kind_at) = (&raw mut length, &raw mut kind);
    let found = wdf!(WdfDeviceQueryInterfaceProperty, device, &raw mut data, 4, place, length_at, kind_at);
    (found, value, length, kind)
}

/// After WdfDeviceCreate.
pub fn check(device: WDFDEVICE) {
    let (one, two, odd) = (Text::new("one"), Text::new("two"), malformed());
    expect("interface", create(device, None), STATUS_SUCCESS);
    expect("interface with a reference string", create(device, Some(&one)), STATUS_SUCCESS);
    expect("interface with a malformed string", create(device, Some(&odd)), STATUS_INVALID_PARAMETER);
    // It is enabled by the start all the same.
    set_state(device, false);
    let disabled = BOOLEAN::from(false);
    wdf!(WdfDeviceSetDeviceInterfaceState, device, &raw const OTHER, null(), disabled);

    let plain = data(&PLAIN, None);
    let missing = (STATUS_OBJECT_NAME_NOT_FOUND, 0, 0, 0);
    expect("interface property: absent", query(device, plain), missing);
    expect("interface property: assign", assign(device, plain, Some(7)), STATUS_SUCCESS);
    expect("interface property: assigned", query(device, plain), (STATUS_SUCCESS, 7, 4, 0x07));
    let with_one = data(&PLAIN, Some(&one));
    expect("interface property: of another interface", query(device, with_one), missing);
    expect("interface property: delete", assign(device, plain, None), STATUS_SUCCESS);
    expect("interface property: deleted", query(device, plain), missing);

    for (what, data, expected) in [
        ("size", WDF_DEVICE_INTERFACE_PROPERTY_DATA { Size: 8, ..plain }, STATUS_INFO_LENGTH_MISMATCH),
        ("class that is not registered", data(&OTHER, None), STATUS_INVALID_PARAMETER),
        ("reference that is not registered", data(&PLAIN, Some(&two)), STATUS_INVALID_PARAMETER),
    ] {
        expect(&format!("interface property: {what} on assign"), assign(device, data, Some(1)), expected);
        expect(&format!("interface property: {what} on query"), query(device, data).0, expected);
    }
    check_buffers(device);
    check_objects(device);
}

fn check_buffers(device: WDFDEVICE) {
    let (mut data, mut value, mut length, mut kind) = (data(&PLAIN, None), 0_u32, 0, 0);
    let (data, place, length, kind): (_, PVOID, _, _) =
        (&raw mut data, (&raw mut value).cast(), &raw mut length, &raw mut kind);
    let found = wdf!(WdfDeviceAssignInterfaceProperty, device, data, 0x07, 0, place);
    expect("interface property: assign a buffer without length", found, STATUS_INVALID_PARAMETER);
    let found = wdf!(WdfDeviceQueryInterfaceProperty, device, data, 0, place, length, kind);
    expect("interface property: buffer without length", found, STATUS_INVALID_PARAMETER);
    let found = wdf!(WdfDeviceQueryInterfaceProperty, device, data, 4, null_mut(), length, kind);
    expect("interface property: length without buffer", found, STATUS_INVALID_PARAMETER);
    let found = wdf!(WdfDeviceAssignInterfaceProperty, device, data, 0x07, 4, place);
    expect("interface property: assign", found, STATUS_SUCCESS);
    let found = wdf!(WdfDeviceQueryInterfaceProperty, device, data, 3, place, length, kind);
    expect("interface property: one byte too few", found, STATUS_BUFFER_TOO_SMALL);
}

/// What needs memory and string objects.
fn check_objects(device: WDFDEVICE) {
    let (none, mut memory, mut kind) = (WDF_NO_OBJECT_ATTRIBUTES, null_mut(), 9);
    let (at, kind_at, mut given) = (&raw mut memory, &raw mut kind, data(&PLAIN, None));
    expect("interface memory: assign", assign(device, given, Some(7)), STATUS_SUCCESS);
    let given = &raw mut given;
    let found = wdf!(WdfDeviceAllocAndQueryInterfaceProperty, device, given, 0, none, at, kind_at);
    expect("interface memory", found, STATUS_SUCCESS);
    expect("interface memory: bytes and type", (take(memory), kind), (vec![7, 0, 0, 0], 0x07));
    let mut other = data(&OTHER, None);
    let other = &raw mut other;
    let found = wdf!(WdfDeviceAllocAndQueryInterfaceProperty, device, other, 0, none, at, kind_at);
    expect("interface memory: not registered", found, STATUS_INVALID_PARAMETER);

    let (mut string, one, odd) = (null_mut(), Text::new("one"), malformed());
    let made = wdf!(WdfStringCreate, null(), none, &raw mut string);
    expect("interface string: string object", made, STATUS_SUCCESS);
    let retrieve = |class: *const GUID, reference: *const UNICODE_STRING| {
        wdf!(WdfDeviceRetrieveDeviceInterfaceString, device, class, reference, string)
    };
    let found = retrieve(&raw const OTHER, null());
    expect("interface string: not registered", found, STATUS_OBJECT_NAME_NOT_FOUND);
    let found = retrieve(&raw const PLAIN, &raw const odd.string);
    expect("interface string: malformed reference", found, STATUS_INVALID_PARAMETER);
    let found = retrieve(&raw const PLAIN, &raw const one.string);
    expect("interface string", found, STATUS_SUCCESS);
    let mut link = UNICODE_STRING::default();
    wdf!(WdfStringGetUnicodeString, string, &raw mut link);
    // SAFETY: the string object holds that many characters.
    let units = unsafe { std::slice::from_raw_parts(link.Buffer, usize::from(link.Length / 2)) };
    let id = "PCI#VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10#3&11583659&0&20";
    let expected = format!("\\\\?\\{id}#{{00000001-0002-0003-0404-040404040404}}\\one");
    expect("interface string: link", String::from_utf16_lossy(units), expected);
    wdf!(WdfObjectDelete, string.cast());
}

/// Switches all interfaces of the class.
pub fn set_state(device: WDFDEVICE, enabled: bool) {
    let one = Text::new("one");
    for reference in [null(), &raw const one.string] {
        let enabled = BOOLEAN::from(enabled);
        wdf!(WdfDeviceSetDeviceInterfaceState, device, &raw const PLAIN, reference, enabled);
    }
}

/// The mistakes.
pub fn trip(device: WDFDEVICE) {
    let odd = malformed();
    let (mut given, mut value, mut length, mut kind) = (data(&PLAIN, None), 0_u32, 0, 0);
    let (given, place, length, kind): (_, PVOID, _, _) =
        (&raw mut given, (&raw mut value).cast(), &raw mut length, &raw mut kind);
    let no_class = WDF_DEVICE_INTERFACE_PROPERTY_DATA { InterfaceClassGUID: null(), ..data(&PLAIN, None) };
    let disabled = BOOLEAN::from(false);
    // Without an interface nobody can open the device.
    let _ = create(device, None);
    if asked(Trip::InterfaceStateNoClass) {
        wdf!(WdfDeviceSetDeviceInterfaceState, device, null(), null(), disabled);
    }
    if asked(Trip::InterfaceStateReference) {
        let reference = &raw const odd.string;
        wdf!(WdfDeviceSetDeviceInterfaceState, device, &raw const PLAIN, reference, disabled);
    }
    let _ = match () {
        () if asked(Trip::InterfaceNoClass) => {
            wdf!(WdfDeviceCreateDeviceInterface, device, null(), null())
        }
        () if asked(Trip::InterfacePropertyNull) => {
            wdf!(WdfDeviceAssignInterfaceProperty, device, null_mut(), 0x07, 4, place)
        }
        () if asked(Trip::InterfacePropertyNoClass) => query(device, no_class).0,
        () if asked(Trip::InterfacePropertyReference) => query(device, data(&PLAIN, Some(&odd))).0,
        () if asked(Trip::InterfaceAllocNowhere) => {
            let none = WDF_NO_OBJECT_ATTRIBUTES;
            wdf!(WdfDeviceAllocAndQueryInterfaceProperty, device, given, 0, none, null_mut(), kind)
        }
        () if asked(Trip::InterfaceAllocNoType) => {
            let (none, mut memory) = (WDF_NO_OBJECT_ATTRIBUTES, null_mut());
            let memory = &raw mut memory;
            wdf!(WdfDeviceAllocAndQueryInterfaceProperty, device, given, 0, none, memory, null_mut())
        }
        () if asked(Trip::InterfaceStringOfOtherType) => {
            let class = &raw const PLAIN;
            wdf!(WdfDeviceRetrieveDeviceInterfaceString, device, class, null(), device.cast())
        }
        () if asked(Trip::InterfaceQueryNoLength) => {
            wdf!(WdfDeviceQueryInterfaceProperty, device, given, 4, place, null_mut(), kind)
        }
        () if asked(Trip::InterfaceQueryNoType) => {
            wdf!(WdfDeviceQueryInterfaceProperty, device, given, 4, place, length, null_mut())
        }
        () => STATUS_SUCCESS,
    };
}
