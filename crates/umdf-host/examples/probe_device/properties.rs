//! Device properties.

use std::ptr::{null, null_mut};

use wdk_sys::{
    _POOL_TYPE, DEVICE_REGISTRY_PROPERTY as Old, DEVPROPKEY, GUID, NTSTATUS, PVOID, STATUS_ACCESS_DENIED,
    STATUS_BUFFER_TOO_SMALL, STATUS_INFO_LENGTH_MISMATCH, STATUS_INVALID_PARAMETER,
    STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, WDF_DEVICE_PROPERTY_DATA,
    WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDFDEVICE, WDFMEMORY,
};

use crate::asked;
use crate::trip::Trip;
use crate::wdf::{attributes, expect, size_field, wdf};

const fn device_key(pid: u32) -> DEVPROPKEY {
    let node = [0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50, 0xe0];
    let fmtid = GUID { Data1: 0xa45c_254e, Data2: 0xdf1c, Data3: 0x4efd, Data4: node };
    DEVPROPKEY { fmtid, pid }
}

/// `DEVPKEY_Device_DeviceDesc`.
pub static DESCRIPTION: DEVPROPKEY = device_key(2);
static HARDWARE_IDS: DEVPROPKEY = device_key(3);
static FRIENDLY_NAME: DEVPROPKEY = device_key(14);
static CAPABILITIES: DEVPROPKEY = device_key(17);
static POWER_DATA: DEVPROPKEY = device_key(32);
/// A property of the driver's own.
pub static OWN: DEVPROPKEY =
    DEVPROPKEY { fmtid: GUID { Data1: 0x1111_2222, Data2: 3, Data3: 4, Data4: [5; 8] }, pid: 2 };

/// What WDF_DEVICE_PROPERTY_DATA_INIT gives.
pub fn data(key: &'static DEVPROPKEY) -> WDF_DEVICE_PROPERTY_DATA {
    WDF_DEVICE_PROPERTY_DATA {
        Size: size_field::<WDF_DEVICE_PROPERTY_DATA>(),
        PropertyKey: key,
        ..WDF_DEVICE_PROPERTY_DATA::default()
    }
}

/// Bytes of an old property.
fn old(device: WDFDEVICE, property: Old::Type) -> Result<Vec<u8>, NTSTATUS> {
    let (mut buffer, mut length) = (vec![0_u8; 1024], 0);
    let place: PVOID = buffer.as_mut_ptr().cast();
    let found = wdf!(WdfDeviceQueryProperty, device, property, 1024, place, &raw mut length);
    buffer.truncate(length as usize);
    if found >= 0 { Ok(buffer) } else { Err(found) }
}

/// Type and bytes of a property.
fn query(device: WDFDEVICE, key: &'static DEVPROPKEY) -> Result<(u32, Vec<u8>), NTSTATUS> {
    let (mut buffer, mut length, mut kind, mut data) = (vec![0_u8; 1024], 0, 0, data(key));
    let (place, length_at, kind_at): (PVOID, _, _) =
        (buffer.as_mut_ptr().cast(), &raw mut length, &raw mut kind);
    let found = wdf!(WdfDeviceQueryPropertyEx, device, &raw mut data, 1024, place, length_at, kind_at);
    buffer.truncate(length as usize);
    if found >= 0 { Ok((kind, buffer)) } else { Err(found) }
}

/// The bytes of a memory object, which is deleted; nothing if there is none.
pub fn take(memory: WDFMEMORY) -> Vec<u8> {
    if memory.is_null() {
        return Vec::new();
    }
    let mut length = 0;
    let place: *const u8 = wdf!(WdfMemoryGetBuffer, memory, &raw mut length).cast();
    // SAFETY: the object's buffer has that many bytes and is there until the object is deleted.
    let bytes = unsafe { std::slice::from_raw_parts(place, length) }.to_vec();
    wdf!(WdfObjectDelete, memory.cast());
    bytes
}

/// A null-terminated text without its terminator.
fn as_text(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16_lossy(&units);
    text.strip_suffix('\0').unwrap_or("no terminator").to_owned()
}

fn assign(device: WDFDEVICE, key: &'static DEVPROPKEY, kind: u32, bytes: &mut [u8]) -> NTSTATUS {
    let mut data = data(key);
    let (length, place): (u32, PVOID) =
        (u32::try_from(bytes.len()).expect("short"), bytes.as_mut_ptr().cast());
    wdf!(WdfDeviceAssignProperty, device, &raw mut data, kind, length, place)
}

/// After WdfDeviceCreate.
pub fn check(device: WDFDEVICE) {
    check_texts(device);
    check_numbers(device);
    check_arguments(device);
    check_assign(device);
    check_memory(device);
}

fn check_texts(device: WDFDEVICE) {
    let container = "{00000000-0000-0000-ffff-ffffffffffff}";
    for (property, expected) in [
        (Old::DevicePropertyDeviceDescription, "Probed device"),
        (Old::DevicePropertyClassName, "FixtureDevices"),
        (Old::DevicePropertyClassGuid, "{5a1f8b1e-6d0c-4b35-9f0f-0e2f1c6a7d42}"),
        (Old::DevicePropertyDriverKeyName, "Probed device"),
        (Old::DevicePropertyManufacturer, "edu-umdf project"),
        (Old::DevicePropertyLocationInformation, "PCI bus 0, device 4, function 0"),
        (Old::DevicePropertyPhysicalDeviceObjectName, "\\Device\\NTPNP_PCI0004"),
        (Old::DevicePropertyEnumeratorName, "PCI"),
        (Old::DevicePropertyContainerID, container),
    ] {
        let found = old(device, property).map(|bytes| as_text(&bytes));
        expect(&format!("property {property}"), found, Ok(expected.to_owned()));
    }
    let ids = query(device, &HARDWARE_IDS).map(|(kind, bytes)| (kind, as_text(&bytes)));
    let expected = [
        r"PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10",
        r"PCI\VEN_1234&DEV_11E8&SUBSYS_11001AF4",
        r"PCI\VEN_1234&DEV_11E8&CC_00FF00",
        r"PCI\VEN_1234&DEV_11E8&CC_00FF",
        "",
    ];
    expect("hardware IDs", ids.clone(), Ok((0x2012, expected.join("\0"))));
    let old_ids = old(device, Old::DevicePropertyHardwareID).map(|bytes| as_text(&bytes));
    expect("hardware IDs by number", old_ids, ids.map(|(_, text)| text));
    let compatible = old(device, Old::DevicePropertyCompatibleIDs).map(|bytes| as_text(&bytes));
    let named = compatible.is_ok_and(|ids| ids.contains("PCI\\VEN_1234&DEV_11E8\0"));
    expect("compatible IDs", named, true);
}

fn check_numbers(device: WDFDEVICE) {
    for (property, expected) in [
        (Old::DevicePropertyLegacyBusType, 5_u32),
        (Old::DevicePropertyBusNumber, 0),
        (Old::DevicePropertyAddress, 0x4_0000),
        (Old::DevicePropertyInstallState, 0),
        (Old::DevicePropertyRemovalPolicy, 1),
    ] {
        let found = old(device, property);
        expect(&format!("property {property}"), found, Ok(expected.to_le_bytes().to_vec()));
    }
    let bus = [0xb0, 0xdf, 0xeb, 0xc8, 0x10, 0xb5, 0xd0, 0x11, 0x80, 0xe5, 0, 0xa0, 0xc9, 0x25, 0x42, 0xe3];
    expect("bus type", old(device, Old::DevicePropertyBusTypeGuid), Ok(bus.to_vec()));
    for property in [Old::DevicePropertyUINumber, Old::DevicePropertyFriendlyName] {
        expect(&format!("property {property} is absent"), old(device, property), Err(STATUS_UNSUCCESSFUL));
    }
}

fn check_arguments(device: WDFDEVICE) {
    let (mut length, mut kind, mut buffer) = (9, 9, [0_u16; 40]);
    let class_guid = Old::DevicePropertyClassGuid;
    let found = wdf!(WdfDeviceQueryProperty, device, class_guid, 0, null_mut(), &raw mut length);
    expect("query without buffer", found, STATUS_BUFFER_TOO_SMALL);
    expect("a GUID's text has 78 bytes", length, 78);
    let place: PVOID = buffer.as_mut_ptr().cast();
    let found = wdf!(WdfDeviceQueryProperty, device, class_guid, 77, place, &raw mut length);
    expect("query with one byte too few", found, STATUS_BUFFER_TOO_SMALL);

    let (length, kind) = (&raw mut length, &raw mut kind);
    let mut given = data(&DESCRIPTION);
    let mut ex = |data: WDF_DEVICE_PROPERTY_DATA, bytes: u32, place: PVOID| {
        given = data;
        wdf!(WdfDeviceQueryPropertyEx, device, &raw mut given, bytes, place, length, kind)
    };
    let description = data(&DESCRIPTION);
    let wrong = WDF_DEVICE_PROPERTY_DATA { Size: 20, ..description };
    expect("query ex: size", ex(wrong, 80, place), STATUS_INFO_LENGTH_MISMATCH);
    expect("query ex: length without buffer", ex(description, 80, null_mut()), STATUS_INVALID_PARAMETER);
    expect("query ex: buffer without length", ex(description, 0, place), STATUS_INVALID_PARAMETER);
    expect("query ex: nothing", ex(description, 0, null_mut()), STATUS_BUFFER_TOO_SMALL);
    let other = WDF_DEVICE_PROPERTY_DATA { Lcid: 0x409, ..description };
    expect("query ex: another locale", ex(other, 80, place), STATUS_OBJECT_NAME_NOT_FOUND);
}

fn check_assign(device: WDFDEVICE) {
    expect("assign", assign(device, &OWN, 0x07, &mut [1, 2, 3, 4]), STATUS_SUCCESS);
    expect("assigned", query(device, &OWN), Ok((0x07, vec![1, 2, 3, 4])));
    expect("assign again", assign(device, &OWN, 0x1003, &mut [5]), STATUS_SUCCESS);
    expect("assigned again", query(device, &OWN), Ok((0x1003, vec![5])));
    let mut data = data(&OWN);
    let mut byte = 0_u8;
    let place: PVOID = (&raw mut byte).cast();
    let found = wdf!(WdfDeviceAssignProperty, device, &raw mut data, 0x07, 0, place);
    expect("assign a buffer without length", found, STATUS_INVALID_PARAMETER);
    let found = wdf!(WdfDeviceAssignProperty, device, &raw mut data, 0, 0, null_mut());
    expect("delete", found, STATUS_SUCCESS);
    expect("deleted", query(device, &OWN), Err(STATUS_OBJECT_NAME_NOT_FOUND));
    data.Size = 0;
    let found = wdf!(WdfDeviceAssignProperty, device, &raw mut data, 0x07, 1, place);
    expect("assign: size", found, STATUS_INFO_LENGTH_MISMATCH);
    expect("assign a system's", assign(device, &DESCRIPTION, 0x12, &mut [0, 0]), STATUS_ACCESS_DENIED);
    let name = assign(device, &FRIENDLY_NAME, 0x12, &mut [b'E', 0, 0, 0]);
    expect("assign the friendly name", name, STATUS_SUCCESS);
    let found = old(device, Old::DevicePropertyFriendlyName).map(|bytes| as_text(&bytes));
    expect("friendly name", found, Ok("E".to_owned()));
}

fn check_memory(device: WDFDEVICE) {
    let (none, pool) = (WDF_NO_OBJECT_ATTRIBUTES, _POOL_TYPE::NonPagedPoolNx);
    let (mut memory, mut kind): (WDFMEMORY, _) = (null_mut(), 9);
    let (at, kind_at) = (&raw mut memory, &raw mut kind);
    let class_guid = Old::DevicePropertyClassGuid;
    let found = wdf!(WdfDeviceAllocAndQueryProperty, device, class_guid, pool, none, at);
    expect("memory: class GUID", found, STATUS_SUCCESS);
    expect("memory: text of the class GUID", take(memory), old(device, class_guid).unwrap_or_default());
    let absent = Old::DevicePropertyUINumber;
    let found = wdf!(WdfDeviceAllocAndQueryProperty, device, absent, pool, none, at);
    expect("memory: absent", found, STATUS_UNSUCCESSFUL);
    expect("memory: none", memory.is_null(), true);
    let mut given = data(&DESCRIPTION);
    let found = wdf!(WdfDeviceAllocAndQueryPropertyEx, device, &raw mut given, pool, none, at, kind_at);
    expect("memory ex: description", found, STATUS_SUCCESS);
    expect("memory ex: text", (kind, as_text(&take(memory))), (0x12, "Probed device".to_owned()));
    given = data(&OWN);
    let found = wdf!(WdfDeviceAllocAndQueryPropertyEx, device, &raw mut given, pool, none, at, kind_at);
    expect("memory ex: absent", found, STATUS_OBJECT_NAME_NOT_FOUND);
    given.Size = 1;
    let found = wdf!(WdfDeviceAllocAndQueryPropertyEx, device, &raw mut given, pool, none, at, kind_at);
    expect("memory ex: size", found, STATUS_INFO_LENGTH_MISMATCH);
    let mut wrong = WDF_OBJECT_ATTRIBUTES { Size: 1, ..attributes(null_mut()) };
    let found = wdf!(WdfDeviceAllocAndQueryProperty, device, class_guid, pool, &raw mut wrong, at);
    expect("memory: attributes", found, STATUS_INFO_LENGTH_MISMATCH);
}

/// In EvtDeviceD0Entry: what the capabilities changed.
pub fn check_started(device: WDFDEVICE) {
    let number = |number: u32| Ok(number.to_le_bytes().to_vec());
    expect("UI number", old(device, Old::DevicePropertyUINumber), number(7));
    expect("address", old(device, Old::DevicePropertyAddress), number(0x4_0000));
    expect("removal policy", old(device, Old::DevicePropertyRemovalPolicy), number(3));
    // A function driver has no word in UniqueID, its D1, and in a lighter state for sleep.
    let expected = 0x4_u32 | 0x80;
    expect("capabilities", query(device, &CAPABILITIES).map(|(_, bytes)| bytes), number(expected));
    let found = query(device, &POWER_DATA);
    let numbers = [56_u32, 1, 0x1 | 0x8, 10, 0, 0, 0, 1, 4, 4, 4, 4, 4, 0];
    let bytes = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
    expect("power data", found, Ok((0x1003, bytes)));
}

/// The mistakes.
pub fn trip(device: WDFDEVICE) {
    let (mut length, mut kind, mut buffer, mut data) = (0, 0, [0_u8; 64], data(&DESCRIPTION));
    let (length, kind, data): (_, _, *mut _) = (&raw mut length, &raw mut kind, &raw mut data);
    let place: PVOID = buffer.as_mut_ptr().cast();
    let description = Old::DevicePropertyDeviceDescription;
    let _ = match () {
        () if asked(Trip::PropertyNotInUmdf) => {
            let property = Old::DevicePropertyResourceRequirements;
            wdf!(WdfDeviceQueryProperty, device, property, 64, place, length)
        }
        () if asked(Trip::PropertyUnknown) => {
            wdf!(WdfDeviceQueryProperty, device, 23, 64, place, length)
        }
        () if asked(Trip::QueryNoResult) => {
            wdf!(WdfDeviceQueryProperty, device, description, 64, place, null_mut())
        }
        () if asked(Trip::QueryNoBuffer) => {
            wdf!(WdfDeviceQueryProperty, device, description, 64, null_mut(), length)
        }
        () if asked(Trip::QueryExNoKey) => {
            let mut wrong = WDF_DEVICE_PROPERTY_DATA { PropertyKey: null(), ..self::data(&DESCRIPTION) };
            wdf!(WdfDeviceQueryPropertyEx, device, &raw mut wrong, 64, place, length, kind)
        }
        () if asked(Trip::QueryExNoSize) => {
            wdf!(WdfDeviceQueryPropertyEx, device, data, 64, place, null_mut(), kind)
        }
        () if asked(Trip::QueryExNoType) => {
            wdf!(WdfDeviceQueryPropertyEx, device, data, 64, place, length, null_mut())
        }
        () if asked(Trip::AllocNowhere) => {
            let none = WDF_NO_OBJECT_ATTRIBUTES;
            wdf!(WdfDeviceAllocAndQueryProperty, device, description, 0, none, null_mut())
        }
        () if asked(Trip::AllocExNoType) => {
            let (none, mut memory) = (WDF_NO_OBJECT_ATTRIBUTES, null_mut());
            let memory = &raw mut memory;
            wdf!(WdfDeviceAllocAndQueryPropertyEx, device, data, 0, none, memory, null_mut())
        }
        () if asked(Trip::AssignNoData) => {
            wdf!(WdfDeviceAssignProperty, device, null_mut(), 0x07, 4, place)
        }
        () => STATUS_SUCCESS,
    };
}
