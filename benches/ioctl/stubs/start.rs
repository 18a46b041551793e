//! What the driver calls while it starts.

use std::ptr::without_provenance_mut;

use wdk_sys::{
    _WDF_IO_QUEUE_DISPATCH_TYPE, ACCESS_MASK, CM_PARTIAL_RESOURCE_DESCRIPTOR, CM_RESOURCE_INTERRUPT_LATCHED,
    CM_RESOURCE_INTERRUPT_MESSAGE, CmResourceTypeInterrupt, CmResourceTypeMemory, GUID, MEMORY_CACHING_TYPE,
    NTSTATUS, PCM_PARTIAL_RESOURCE_DESCRIPTOR, PCUNICODE_STRING, PDRIVER_OBJECT, PHYSICAL_ADDRESS, PULONG,
    PVOID, PWDF_DEVICE_PNP_CAPABILITIES, PWDF_DRIVER_CONFIG, PWDF_DRIVER_GLOBALS, PWDF_FILEOBJECT_CONFIG,
    PWDF_INTERRUPT_CONFIG, PWDF_IO_QUEUE_CONFIG, PWDF_OBJECT_ATTRIBUTES, PWDF_PNPPOWER_EVENT_CALLBACKS,
    PWDF_TIMER_CONFIG, PWDFDEVICE_INIT, SIZE_T, STATUS_NO_SUCH_FILE, STATUS_SUCCESS, ULONG, WDFCMRESLIST,
    WDFDEVICE, WDFDRIVER, WDFINTERRUPT, WDFKEY, WDFQUEUE, WDFTIMER, WDFWAITLOCK,
};

use super::{PSEUDO, behind};

/// Where BAR0 is on the bus.
const PHYSICAL: i64 = 0xfe00_0000;
/// The registry value that there is; it is 1.
const REGISTRY_VALUE: &str = "EnableRaiseInterrupt";

/// BAR0, in both lists.
pub fn memory() -> CM_PARTIAL_RESOURCE_DESCRIPTOR {
    let mut memory = descriptor(CmResourceTypeMemory, 0);
    memory.u.Memory.Start = PHYSICAL_ADDRESS { QuadPart: PHYSICAL };
    memory.u.Memory.Length = 0x10_0000;
    memory
}

/// An interrupt message. A vector stands at the same place in both lists, the count only in the raw one.
pub fn message() -> CM_PARTIAL_RESOURCE_DESCRIPTOR {
    let mut message =
        descriptor(CmResourceTypeInterrupt, CM_RESOURCE_INTERRUPT_MESSAGE | CM_RESOURCE_INTERRUPT_LATCHED);
    message.u.MessageInterrupt.__bindgen_anon_1.Raw.MessageCount = 1;
    message.u.MessageInterrupt.__bindgen_anon_1.Raw.Vector = 0x94;
    message
}

fn descriptor(kind: ULONG, flags: ULONG) -> CM_PARTIAL_RESOURCE_DESCRIPTOR {
    CM_PARTIAL_RESOURCE_DESCRIPTOR {
        Type: kind.try_into().expect("the header's types are a byte"),
        Flags: flags.try_into().expect("the header's flags are two bytes"),
        ..CM_PARTIAL_RESOURCE_DESCRIPTOR::default()
    }
}

pub unsafe extern "C" fn driver_create(
    _: PWDF_DRIVER_GLOBALS,
    driver: PDRIVER_OBJECT,
    _: PCUNICODE_STRING,
    _: PWDF_OBJECT_ATTRIBUTES,
    config: PWDF_DRIVER_CONFIG,
    _: *mut WDFDRIVER,
) -> NTSTATUS {
    // SAFETY: the driver passes a config.
    let device_add = unsafe { &*config }.EvtDriverDeviceAdd;
    // SAFETY: a handle of this framework.
    unsafe { behind(driver) }.device_add.set(device_add);
    STATUS_SUCCESS
}

pub unsafe extern "C" fn set_callbacks(
    _: PWDF_DRIVER_GLOBALS,
    init: PWDFDEVICE_INIT,
    callbacks: PWDF_PNPPOWER_EVENT_CALLBACKS,
) {
    // SAFETY: the driver passes callbacks.
    let callbacks = unsafe { *callbacks };
    // SAFETY: a handle of this framework.
    unsafe { behind(init) }.pnp_power.set(callbacks);
}

pub unsafe extern "C" fn set_file_objects(
    _: PWDF_DRIVER_GLOBALS,
    _: PWDFDEVICE_INIT,
    _: PWDF_FILEOBJECT_CONFIG,
    _: PWDF_OBJECT_ATTRIBUTES,
) {
}

pub unsafe extern "C" fn device_create(
    _: PWDF_DRIVER_GLOBALS,
    init: *mut PWDFDEVICE_INIT,
    attributes: PWDF_OBJECT_ATTRIBUTES,
    device: *mut WDFDEVICE,
) -> NTSTATUS {
    // SAFETY: the driver passes the place of its handle.
    let init = unsafe { *init };
    // SAFETY: a handle of this framework.
    let framework = unsafe { behind(init) };
    // SAFETY: the driver passes attributes.
    let attributes = unsafe { &*attributes };
    // SAFETY: they name a context type.
    let context_type = unsafe { &*attributes.ContextTypeInfo };
    assert!(context_type.ContextSize <= size_of_val(&framework.context), "the driver's context has grown");
    framework.context_type.set(context_type.UniqueType);
    // SAFETY: the driver passes a place for the handle.
    unsafe { device.write(framework.handle()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn set_capabilities(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: PWDF_DEVICE_PNP_CAPABILITIES,
) {
}

pub unsafe extern "C" fn create_interface(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: *const GUID,
    _: PCUNICODE_STRING,
) -> NTSTATUS {
    STATUS_SUCCESS
}

pub unsafe extern "C" fn open_key(
    _: PWDF_DRIVER_GLOBALS,
    device: WDFDEVICE,
    _: ULONG,
    _: ACCESS_MASK,
    _: PWDF_OBJECT_ATTRIBUTES,
    key: *mut WDFKEY,
) -> NTSTATUS {
    // SAFETY: the driver passes a place for the handle.
    unsafe { key.write(device.cast()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn query_u32(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFKEY,
    name: PCUNICODE_STRING,
    value: PULONG,
) -> NTSTATUS {
    // SAFETY: the driver passes a name.
    let name = unsafe { &*name };
    // SAFETY: it points to that many bytes of characters.
    let name = unsafe { std::slice::from_raw_parts(name.Buffer, usize::from(name.Length) / 2) };
    if !REGISTRY_VALUE.encode_utf16().eq(name.iter().copied()) {
        return STATUS_NO_SUCH_FILE;
    }
    // SAFETY: the driver passes a place for the value.
    unsafe { value.write(1) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn close_key(_: PWDF_DRIVER_GLOBALS, _: WDFKEY) {}

pub unsafe extern "C" fn queue_create(
    _: PWDF_DRIVER_GLOBALS,
    device: WDFDEVICE,
    config: PWDF_IO_QUEUE_CONFIG,
    _: PWDF_OBJECT_ATTRIBUTES,
    queue: *mut WDFQUEUE,
) -> NTSTATUS {
    // SAFETY: a handle of this framework.
    let framework = unsafe { behind(device) };
    // SAFETY: the driver passes a config.
    let config = unsafe { &*config };
    if config.DefaultQueue != 0 {
        framework.default_queue.set(config.EvtIoDeviceControl);
    } else if config.DispatchType == _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchSequential {
        framework.sequential_queue.set(config.EvtIoDeviceControl);
    }
    // SAFETY: the driver passes a place for the handle.
    unsafe { queue.write(device.cast()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn timer_create(
    _: PWDF_DRIVER_GLOBALS,
    _: PWDF_TIMER_CONFIG,
    attributes: PWDF_OBJECT_ATTRIBUTES,
    timer: *mut WDFTIMER,
) -> NTSTATUS {
    // SAFETY: the driver passes attributes.
    let device = unsafe { &*attributes }.ParentObject;
    // SAFETY: the driver passes a place for the handle.
    unsafe { timer.write(device.cast()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn lock_create(
    _: PWDF_DRIVER_GLOBALS,
    attributes: PWDF_OBJECT_ATTRIBUTES,
    lock: *mut WDFWAITLOCK,
) -> NTSTATUS {
    // SAFETY: the driver passes attributes.
    let device = unsafe { &*attributes }.ParentObject;
    // SAFETY: the driver passes a place for the handle.
    unsafe { lock.write(device.cast()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn interrupt_create(
    _: PWDF_DRIVER_GLOBALS,
    device: WDFDEVICE,
    config: PWDF_INTERRUPT_CONFIG,
    _: PWDF_OBJECT_ATTRIBUTES,
    interrupt: *mut WDFINTERRUPT,
) -> NTSTATUS {
    // SAFETY: the driver passes a config.
    let config = unsafe { *config };
    // SAFETY: a handle of this framework.
    unsafe { behind(device) }.interrupt.set(config);
    // SAFETY: the driver passes a place for the handle.
    unsafe { interrupt.write(device.cast()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn resource_count(_: PWDF_DRIVER_GLOBALS, _: WDFCMRESLIST) -> ULONG {
    2
}

pub unsafe extern "C" fn resource(
    _: PWDF_DRIVER_GLOBALS,
    list: WDFCMRESLIST,
    index: ULONG,
) -> PCM_PARTIAL_RESOURCE_DESCRIPTOR {
    // SAFETY: a handle of this framework.
    let resources = &unsafe { behind(list) }.resources;
    // The driver only reads there.
    (&raw const resources[index as usize]).cast_mut()
}

pub unsafe extern "C" fn map(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: PHYSICAL_ADDRESS,
    _: SIZE_T,
    _: MEMORY_CACHING_TYPE,
    base: *mut PVOID,
) -> NTSTATUS {
    // SAFETY: the driver passes a place for the address.
    unsafe { base.write(without_provenance_mut(PSEUDO)) };
    STATUS_SUCCESS
}
