//! Before the device object exists: device init, `wdffdo.h`.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};

use wdk_sys::{
    _WDF_DEVICE_IO_TYPE as IoType, BOOLEAN, DEVICE_REGISTRY_PROPERTY as Old, DEVICE_REGISTRY_PROPERTY,
    NTSTATUS, PVOID, PWDFDEVICE_INIT, STATUS_BUFFER_TOO_SMALL, STATUS_INFO_LENGTH_MISMATCH,
    STATUS_INVALID_PARAMETER, STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS, WDF_DEVICE_PROPERTY_DATA,
    WDF_IO_TYPE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO,
    WDF_POWER_POLICY_EVENT_CALLBACKS, WDFDEVICE, WDFDRIVER, WDFKEY, WDFREQUEST,
};

use crate::asked;
use crate::properties::{DESCRIPTION, OWN, data, take};
use crate::trip::Trip;
use crate::wdf::{KEY_READ, Text, attributes, expect, size_field, wdf};

/// Lets a type information be static.
struct TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: nothing writes to it, and the name it points at is a literal.
unsafe impl Sync for TypeInfo {}

static OF_REQUESTS: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: 40,
    ContextName: c"OfRequests".as_ptr().cast_mut(),
    ContextSize: 8,
    UniqueType: &raw const OF_REQUESTS.0,
    EvtDriverGetUniqueContextType: None,
});

/// The first request has been looked at.
static SEEN: AtomicBool = AtomicBool::new(false);

fn request_attributes() -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: &raw const OF_REQUESTS.0, ..attributes(null_mut()) }
}

fn io_types(read_write: i32, control: i32) -> WDF_IO_TYPE_CONFIG {
    WDF_IO_TYPE_CONFIG {
        Size: size_field::<WDF_IO_TYPE_CONFIG>(),
        ReadWriteIoType: read_write,
        DeviceControlIoType: control,
        ..WDF_IO_TYPE_CONFIG::default()
    }
}

fn policy_callbacks() -> WDF_POWER_POLICY_EVENT_CALLBACKS {
    WDF_POWER_POLICY_EVENT_CALLBACKS {
        Size: size_field::<WDF_POWER_POLICY_EVENT_CALLBACKS>(),
        ..WDF_POWER_POLICY_EVENT_CALLBACKS::default()
    }
}

fn open_key(init: PWDFDEVICE_INIT, kind: u32, key: &mut WDFKEY) -> NTSTATUS {
    wdf!(WdfFdoInitOpenRegistryKey, init, kind, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &raw mut *key)
}

/// Everything that goes well or is refused with a status.
pub fn check(init: PWDFDEVICE_INIT) {
    wdf!(WdfDeviceInitSetIoType, init, IoType::WdfDeviceIoDirect);
    let mut config = io_types(IoType::WdfDeviceIoDirect, IoType::WdfDeviceIoBufferedOrDirect);
    wdf!(WdfDeviceInitSetIoTypeEx, init, &raw mut config);
    // A wrong size is ignored in silence.
    config.Size += 1;
    wdf!(WdfDeviceInitSetIoTypeEx, init, &raw mut config);
    let mut given = request_attributes();
    wdf!(WdfDeviceInitSetRequestAttributes, init, &raw mut given);
    let mut callbacks = policy_callbacks();
    wdf!(WdfDeviceInitSetPowerPolicyEventCallbacks, init, &raw mut callbacks);
    check_query(init);
    check_keys(init);
    check_memory(init);
}

fn check_query(init: PWDFDEVICE_INIT) {
    let mut length = 0;
    let mut buffer = [0_u16; 64];
    let mut query = |property: DEVICE_REGISTRY_PROPERTY::Type, bytes: u32, length: &mut u32| {
        let place: PVOID = if bytes == 0 { null_mut() } else { buffer.as_mut_ptr().cast() };
        wdf!(WdfFdoInitQueryProperty, init, property, bytes, place, &raw mut *length)
    };
    let found = query(Old::DevicePropertyDeviceDescription, 0, &mut length);
    expect("init query: nothing fits into nothing", found, STATUS_BUFFER_TOO_SMALL);
    expect("init query: required bytes", length, 28);
    let found = query(Old::DevicePropertyDeviceDescription, 27, &mut length);
    expect("init query: one byte too few", found, STATUS_BUFFER_TOO_SMALL);
    let found = query(Old::DevicePropertyDeviceDescription, 28, &mut length);
    expect("init query: description", found, STATUS_SUCCESS);
    expect("init query: text", String::from_utf16_lossy(&buffer[..14]), "Probed device\0".into());

    let (mut kind, mut bytes) = (7, [0_u8; 64]);
    let mut query = |data: &mut WDF_DEVICE_PROPERTY_DATA, length: &mut u32, kind: &mut u32| {
        let (data, buffer) = (&raw mut *data, bytes.as_mut_ptr().cast());
        wdf!(WdfFdoInitQueryPropertyEx, init, data, 64, buffer, &raw mut *length, &raw mut *kind)
    };
    let found = query(&mut data(&DESCRIPTION), &mut length, &mut kind);
    expect("init query ex: description", found, STATUS_SUCCESS);
    expect("init query ex: length and type", (length, kind), (28, 0x12));
    let found = query(&mut data(&OWN), &mut length, &mut kind);
    expect("init query ex: absent", found, STATUS_OBJECT_NAME_NOT_FOUND);
    expect("init query ex: no length and no type", (length, kind), (0, 0));
    let mut wrong = WDF_DEVICE_PROPERTY_DATA { Size: 1, ..data(&DESCRIPTION) };
    expect("init query ex: size", query(&mut wrong, &mut length, &mut kind), STATUS_INFO_LENGTH_MISMATCH);
}

fn check_memory(init: PWDFDEVICE_INIT) {
    let (none, mut memory, mut kind) = (WDF_NO_OBJECT_ATTRIBUTES, null_mut(), 9);
    let (at, kind_at, mut given) = (&raw mut memory, &raw mut kind, data(&DESCRIPTION));
    let description = Old::DevicePropertyDeviceDescription;
    let found = wdf!(WdfFdoInitAllocAndQueryProperty, init, description, 0, none, at);
    expect("init memory: description", found, STATUS_SUCCESS);
    expect("init memory: bytes", take(memory).len(), 28);
    let found = wdf!(WdfFdoInitAllocAndQueryPropertyEx, init, &raw mut given, 0, none, at, kind_at);
    expect("init memory ex: description", found, STATUS_SUCCESS);
    expect("init memory ex: bytes and type", (take(memory).len(), kind), (28, 0x12));
    given.Size = 1;
    let found = wdf!(WdfFdoInitAllocAndQueryPropertyEx, init, &raw mut given, 0, none, at, kind_at);
    expect("init memory ex: size", found, STATUS_INFO_LENGTH_MISMATCH);
}

fn check_keys(init: PWDFDEVICE_INIT) {
    let (mut key, mut value, name) = (null_mut(), 0, Text::new("MappedLength"));
    expect("init key: hardware key", open_key(init, 1, &mut key), STATUS_SUCCESS);
    let found = wdf!(WdfRegistryQueryULong, key, &raw const name.string, &raw mut value);
    expect("init key: value of the hardware key", found, STATUS_SUCCESS);
    expect("init key: the value", value, 0x80);
    wdf!(WdfRegistryClose, key);
    expect("init key: driver key", open_key(init, 2, &mut key), STATUS_SUCCESS);
    wdf!(WdfRegistryClose, key);
    expect("init key: no such key", open_key(init, 3, &mut key), STATUS_INVALID_PARAMETER);
    expect("init key: no handle", key.is_null(), true);
}

/// Each request has a context of its own, zeroed.
pub fn check_request(request: WDFREQUEST) {
    let context = wdf!(WdfObjectGetTypedContextWorker, request.cast(), &raw const OF_REQUESTS.0);
    let context: *mut u64 = context.cast();
    expect("request context", context.is_null(), false);
    if !context.is_null() && !SEEN.swap(true, Ordering::Relaxed) {
        // SAFETY: a context of 8 bytes that nobody else knows; memory of the heap is aligned for them.
        expect("request context is zeroed", unsafe { context.read() }, 0);
    }
}

/// The mistakes.
pub fn trip(driver: WDFDRIVER, init: PWDFDEVICE_INIT) {
    trip_queries(driver, init);
    let buffered = IoType::WdfDeviceIoBuffered;
    if asked(Trip::IoTypeUndefined) {
        wdf!(WdfDeviceInitSetIoType, init, IoType::WdfDeviceIoUndefined);
    }
    if asked(Trip::IoTypeNeither) {
        wdf!(WdfDeviceInitSetIoType, init, IoType::WdfDeviceIoNeither);
    }
    for (trip, mut config) in [
        (Trip::IoTypeExReadWrite, io_types(5, buffered)),
        (Trip::IoTypeExControl, io_types(buffered, IoType::WdfDeviceIoNeither)),
    ] {
        if asked(trip) {
            wdf!(WdfDeviceInitSetIoTypeEx, init, &raw mut config);
        }
    }
    if asked(Trip::IoTypeExNull) {
        wdf!(WdfDeviceInitSetIoTypeEx, init, null_mut());
    }
    if asked(Trip::RequestAttributesNull) {
        wdf!(WdfDeviceInitSetRequestAttributes, init, null_mut());
    }
    if asked(Trip::RequestAttributesParent) {
        let mut given = WDF_OBJECT_ATTRIBUTES { ParentObject: driver.cast(), ..request_attributes() };
        wdf!(WdfDeviceInitSetRequestAttributes, init, &raw mut given);
    }
    if asked(Trip::PolicyCallbacksNull) {
        wdf!(WdfDeviceInitSetPowerPolicyEventCallbacks, init, null_mut());
    }
    if asked(Trip::PolicyCallbacksSize) {
        let mut callbacks = WDF_POWER_POLICY_EVENT_CALLBACKS { Size: 4, ..policy_callbacks() };
        wdf!(WdfDeviceInitSetPowerPolicyEventCallbacks, init, &raw mut callbacks);
    }
    if asked(Trip::PolicyCallbacksBoth) {
        let mut callbacks = WDF_POWER_POLICY_EVENT_CALLBACKS {
            EvtDeviceArmWakeFromSx: Some(evt_device_arm),
            EvtDeviceArmWakeFromSxWithReason: Some(evt_device_arm_with_reason),
            ..policy_callbacks()
        };
        wdf!(WdfDeviceInitSetPowerPolicyEventCallbacks, init, &raw mut callbacks);
    }
    if asked(Trip::PowerCapabilitiesNotOwner) {
        wdf!(WdfDeviceInitSetPowerPolicyOwnership, init, BOOLEAN::from(false));
    }
}

fn trip_queries(driver: WDFDRIVER, init: PWDFDEVICE_INIT) {
    let (mut length, mut kind, mut key, mut memory) = (0, 0, null_mut(), null_mut());
    let (mut data, mut buffer) = (data(&DESCRIPTION), [0_u8; 64]);
    let buffer: PVOID = buffer.as_mut_ptr().cast();
    let description = Old::DevicePropertyDeviceDescription;
    let _ = match () {
        () if asked(Trip::InitQueryNoResult) => {
            wdf!(WdfFdoInitQueryProperty, init, description, 64, buffer, null_mut())
        }
        () if asked(Trip::InitQueryNoBuffer) => {
            wdf!(WdfFdoInitQueryProperty, init, description, 64, null_mut(), &raw mut length)
        }
        () if asked(Trip::InitQueryExNoData) => {
            let (length, kind) = (&raw mut length, &raw mut kind);
            wdf!(WdfFdoInitQueryPropertyEx, init, null_mut(), 64, buffer, length, kind)
        }
        () if asked(Trip::InitQueryExNoBuffer) => {
            let (data, length, kind) = (&raw mut data, &raw mut length, &raw mut kind);
            wdf!(WdfFdoInitQueryPropertyEx, init, data, 64, null_mut(), length, kind)
        }
        () if asked(Trip::InitQueryExNoType) => {
            let (data, length) = (&raw mut data, &raw mut length);
            wdf!(WdfFdoInitQueryPropertyEx, init, data, 64, buffer, length, null_mut())
        }
        () if asked(Trip::InitAllocNowhere) => {
            let none = WDF_NO_OBJECT_ATTRIBUTES;
            wdf!(WdfFdoInitAllocAndQueryProperty, init, description, 0, none, null_mut())
        }
        () if asked(Trip::InitAllocExNoType) => {
            let (data, none, memory) = (&raw mut data, WDF_NO_OBJECT_ATTRIBUTES, &raw mut memory);
            wdf!(WdfFdoInitAllocAndQueryPropertyEx, init, data, 0, none, memory, null_mut())
        }
        () if asked(Trip::InitAllocExNoData) => {
            let (none, memory, kind) = (WDF_NO_OBJECT_ATTRIBUTES, &raw mut memory, &raw mut kind);
            wdf!(WdfFdoInitAllocAndQueryPropertyEx, init, null_mut(), 0, none, memory, kind)
        }
        () if asked(Trip::InitKeyNowhere) => {
            wdf!(WdfFdoInitOpenRegistryKey, init, 1, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, null_mut())
        }
        () if asked(Trip::InitOfOtherType) => open_key(driver.cast(), 1, &mut key),
        () => STATUS_SUCCESS,
    };
}

unsafe extern "C" fn evt_device_arm(_device: WDFDEVICE) -> NTSTATUS {
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_device_arm_with_reason(
    _device: WDFDEVICE,
    _enabled: BOOLEAN,
    _children: BOOLEAN,
) -> NTSTATUS {
    STATUS_SUCCESS
}
