//! Calls into the framework, without much comfort: what a misbehaviour gets wrong must stay visible.

use std::ffi::c_void;
use std::ptr::null_mut;

use wdk_sys::{
    _MEMORY_CACHING_TYPE, _WDF_EXECUTION_LEVEL, _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_SYNCHRONIZATION_SCOPE,
    _WDF_TRI_STATE, MEMORY_CACHING_TYPE, NTSTATUS, PCUNICODE_STRING, PDRIVER_OBJECT,
    PFN_WDF_DRIVER_DEVICE_ADD, PHYSICAL_ADDRESS, STATUS_DATA_ERROR, STATUS_SUCCESS, ULONG, UNICODE_STRING,
    WDF_DRIVER_CONFIG, WDF_IO_QUEUE_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDF_OBJECT_ATTRIBUTES,
    WDF_TIMER_CONFIG, WDFDEVICE, WDFDRIVER, WDFKEY, WDFOBJECT, WDFREQUEST,
};

/// The access right of that name (`winnt.h`).
pub const KEY_READ: u32 = 0x0002_0019;
/// `PLUGPLAY_REGKEY_DEVICE` (`wdm.h`): the device's hardware key.
pub const HARDWARE_KEY: u32 = 1;
/// `PLUGPLAY_REGKEY_DRIVER` (`wdm.h`): the device's driver key.
pub const DRIVER_KEY: u32 = 2;

/// Calls a framework function.
macro_rules! wdf {
    ($function:ident $(, $argument:expr)* $(,)?) => {
        // SAFETY: every pointer is what the function's contract asks for, or wrong on purpose in a way that
        // the host sees without following it: NULL, a number that is no handle, an object that is gone.
        unsafe { ::wdk_sys::call_unsafe_wdf_function_binding!($function $(, $argument)*) }
    };
}
pub(crate) use wdf;

/// A status that is a failure, as an error.
pub fn check(status: NTSTATUS) -> Result<(), NTSTATUS> {
    if status >= 0 { Ok(()) } else { Err(status) }
}

/// What the host promises of a call that broke a rule which is switched off.
pub fn ensure(promise: bool) -> Result<(), NTSTATUS> {
    if promise { Ok(()) } else { Err(STATUS_DATA_ERROR) }
}

/// What a callback returns.
pub fn status_of(result: Result<(), NTSTATUS>) -> NTSTATUS {
    result.err().unwrap_or(STATUS_SUCCESS)
}

/// The size of a structure as its own `Size` holds it.
pub fn size_field<T>() -> ULONG {
    ULONG::try_from(size_of::<T>()).expect("no structure of WDF is that large")
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

/// Makes the driver object, with EvtDriverDeviceAdd alone.
pub fn create_driver(
    object: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
    device_add: PFN_WDF_DRIVER_DEVICE_ADD,
) -> Result<WDFDRIVER, NTSTATUS> {
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: device_add,
        ..WDF_DRIVER_CONFIG::default()
    };
    let (none, mut driver) = (WDF_NO_OBJECT_ATTRIBUTES, null_mut());
    check(wdf!(WdfDriverCreate, object, registry_path, none, &raw mut config, &raw mut driver))?;
    Ok(driver)
}

/// A number below the service's Parameters key.
pub fn parameter(driver: WDFDRIVER, name: &str) -> Result<u32, NTSTATUS> {
    let (none, mut key) = (WDF_NO_OBJECT_ATTRIBUTES, null_mut());
    check(wdf!(WdfDriverOpenParametersRegistryKey, driver, KEY_READ, none, &raw mut key))?;
    read_and_close(key, name)
}

/// A string and the units behind it, with the NUL that registry names need.
pub struct Text {
    _units: Vec<u16>,
    /// Points at the units.
    pub string: UNICODE_STRING,
}

impl Text {
    pub fn new(content: &str) -> Self {
        let mut units: Vec<u16> = content.encode_utf16().chain([0]).collect();
        let bytes = u16::try_from(units.len() * 2).expect("texts are short");
        let string = UNICODE_STRING { Length: bytes - 2, MaximumLength: bytes, Buffer: units.as_mut_ptr() };
        Self { _units: units, string }
    }

    /// Its address, as long as this lives.
    pub fn pointer(&self) -> *const UNICODE_STRING {
        &raw const self.string
    }
}

/// A queue that hands out nothing by itself.
pub fn manual_queue_config() -> WDF_IO_QUEUE_CONFIG {
    WDF_IO_QUEUE_CONFIG {
        Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
        DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchManual,
        PowerManaged: _WDF_TRI_STATE::WdfTrue,
        ..WDF_IO_QUEUE_CONFIG::default()
    }
}

/// A timer that fires once per start.
pub fn timer_config(function: Option<unsafe extern "C" fn(wdk_sys::WDFTIMER)>) -> WDF_TIMER_CONFIG {
    WDF_TIMER_CONFIG {
        Size: size_field::<WDF_TIMER_CONFIG>(),
        EvtTimerFunc: function,
        ..WDF_TIMER_CONFIG::default()
    }
}

/// Maps registers; the base, NULL if the call has no effect.
pub fn map(device: WDFDEVICE, start: u64, length: u64) -> Result<*mut c_void, NTSTATUS> {
    map_cached(device, start, length, _MEMORY_CACHING_TYPE::MmNonCached)
}

/// Maps registers with a cache type.
pub fn map_cached(
    device: WDFDEVICE,
    start: u64,
    length: u64,
    cache: MEMORY_CACHING_TYPE,
) -> Result<*mut c_void, NTSTATUS> {
    let address = PHYSICAL_ADDRESS { QuadPart: start.cast_signed() };
    let mut base = null_mut();
    check(wdf!(WdfDeviceMapIoSpace, device, address, length, cache, &raw mut base))?;
    Ok(base)
}

/// Unmaps registers.
pub fn unmap(device: WDFDEVICE, base: *mut c_void, length: u64) {
    wdf!(WdfDeviceUnmapIoSpace, device, base, length);
}

/// Completes a request.
pub fn complete(request: WDFREQUEST, status: NTSTATUS, information: u64) {
    wdf!(WdfRequestCompleteWithInformation, request, status, information);
}

/// An object that is good for nothing else.
pub fn create_object(attributes: WDF_OBJECT_ATTRIBUTES) -> Result<WDFOBJECT, NTSTATUS> {
    let mut attributes = attributes;
    let mut object = null_mut();
    check(wdf!(WdfObjectCreate, &raw mut attributes, &raw mut object))?;
    Ok(object)
}

/// Reads a `REG_DWORD` and closes the key.
pub fn read_and_close(key: WDFKEY, name: &str) -> Result<u32, NTSTATUS> {
    let mut value = 0;
    let status = query(key, name, &mut value);
    wdf!(WdfRegistryClose, key);
    check(status).map(|()| value)
}

/// Reads a `REG_DWORD`.
pub fn query(key: WDFKEY, name: &str, value: &mut u32) -> NTSTATUS {
    wdf!(WdfRegistryQueryULong, key, Text::new(name).pointer(), &raw mut *value)
}

/// Opens the device's [`HARDWARE_KEY`] or [`DRIVER_KEY`].
pub fn open_key(device: WDFDEVICE, kind: u32) -> Result<WDFKEY, NTSTATUS> {
    let mut key = null_mut();
    let access = KEY_READ;
    check(wdf!(WdfDeviceOpenRegistryKey, device, kind, access, WDF_NO_OBJECT_ATTRIBUTES, &raw mut key))?;
    Ok(key)
}
