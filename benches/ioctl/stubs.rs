//! A framework with one started edu device, as small as the driver lets it be: after the start, its functions return
//! constants or touch plain memory, and none takes memory from the heap.

#![expect(unsafe_code, reason = "the stubs are a framework")]

use std::array;
use std::cell::Cell;
use std::ptr::{null, without_provenance_mut};

use edu_interface::Request;
use wdk_sys::{
    _WDF_IO_QUEUE_DISPATCH_TYPE, ACCESS_MASK, BOOLEAN, CM_PARTIAL_RESOURCE_DESCRIPTOR,
    CM_RESOURCE_INTERRUPT_LATCHED, CM_RESOURCE_INTERRUPT_MESSAGE, CmResourceTypeInterrupt,
    CmResourceTypeMemory, GUID, LONGLONG, MEMORY_CACHING_TYPE, NTSTATUS, PCM_PARTIAL_RESOURCE_DESCRIPTOR,
    PCUNICODE_STRING, PCWDF_OBJECT_CONTEXT_TYPE_INFO, PDRIVER_OBJECT, PFN_WDF_DRIVER_DEVICE_ADD,
    PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL, PFN_WDF_REQUEST_CANCEL, PHYSICAL_ADDRESS, PLONGLONG, PULONG, PVOID,
    PWDF_DEVICE_PNP_CAPABILITIES, PWDF_DRIVER_CONFIG, PWDF_DRIVER_GLOBALS, PWDF_FILEOBJECT_CONFIG,
    PWDF_INTERRUPT_CONFIG, PWDF_IO_QUEUE_CONFIG, PWDF_OBJECT_ATTRIBUTES, PWDF_PNPPOWER_EVENT_CALLBACKS,
    PWDF_TIMER_CONFIG, PWDFDEVICE_INIT, SIZE_T, STATUS_NO_MORE_ENTRIES, STATUS_NO_SUCH_FILE, STATUS_SUCCESS,
    ULONG, ULONG_PTR, WDF_DEVICE_HWACCESS_TARGET_SIZE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDF_INTERRUPT_CONFIG,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDFCMRESLIST, WDFDEVICE, WDFDRIVER, WDFFUNC, WDFINTERRUPT, WDFKEY,
    WDFOBJECT, WDFQUEUE, WDFREQUEST, WDFTIMER, WDFWAITLOCK,
};

use crate::table::{FUNCTIONS, table};

/// Where the registers are, for the framework and on the bus.
const PSEUDO: usize = 0x1000;
const PHYSICAL: i64 = 0xfe00_0000;
/// What the identification register holds.
const IDENTIFICATION: u32 = 0x0100_00ed;
/// Bytes of the output buffer.
const OUTPUT: usize = 64;
/// The registry value that there is; it is 1.
const REGISTRY_VALUE: &str = "EnableRaiseInterrupt";

/// There is one of everything, and a handle is the framework's address, whatever it stands for.
pub struct Framework {
    pub device_add: Cell<PFN_WDF_DRIVER_DEVICE_ADD>,
    pub pnp_power: Cell<WDF_PNPPOWER_EVENT_CALLBACKS>,
    pub interrupt: Cell<WDF_INTERRUPT_CONFIG>,
    /// EvtIoDeviceControl of the default queue, and of the sequential one.
    pub default_queue: Cell<PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL>,
    pub sequential_queue: Cell<PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL>,
    context: [Cell<u64>; 64],
    context_type: Cell<PCWDF_OBJECT_CONTEXT_TYPE_INFO>,
    resources: [CM_PARTIAL_RESOURCE_DESCRIPTOR; 2],
    /// 4 bytes each.
    registers: [Cell<u32>; 0x20],
    /// EvtInterruptWorkItem is to run.
    pub work_item: Cell<bool>,
    /// The request is in the queue that it was forwarded to last.
    pub forwarded: Cell<bool>,
    pub input: Cell<Request>,
    pub output: [Cell<u8>; OUTPUT],
    /// How the request was completed: status and bytes.
    pub completed: Cell<Option<(NTSTATUS, ULONG_PTR)>>,
}

impl Framework {
    /// A new one, which is never freed.
    pub fn new() -> &'static Self {
        let framework = Self {
            device_add: Cell::default(),
            pnp_power: Cell::default(),
            interrupt: Cell::default(),
            default_queue: Cell::default(),
            sequential_queue: Cell::default(),
            context: array::from_fn(|_| Cell::new(0)),
            context_type: Cell::new(null()),
            resources: [memory(), message()],
            registers: array::from_fn(|_| Cell::new(0)),
            work_item: Cell::new(false),
            forwarded: Cell::new(false),
            input: Cell::new(Request::new(0)),
            output: array::from_fn(|_| Cell::new(0xaa)),
            completed: Cell::new(None),
        };
        framework.register(0x00).set(IDENTIFICATION);
        Box::leak(Box::new(framework))
    }

    /// The device's register at this offset.
    pub fn register(&self, offset: usize) -> &Cell<u32> {
        &self.registers[offset / 4]
    }

    /// The handle of anything.
    pub fn handle<T>(&self) -> *mut T {
        (&raw const *self).cast_mut().cast()
    }
}

/// What stands behind every handle.
///
/// # Safety
/// The handle is one of [`Framework::handle`].
unsafe fn behind<'a, T>(handle: *mut T) -> &'a Framework {
    // SAFETY: the caller vouches for it; a framework is never freed, and what changes in it is a cell. It stays on
    // its thread.
    unsafe { &*handle.cast::<Framework>() }
}

/// BAR0, in both lists.
fn memory() -> CM_PARTIAL_RESOURCE_DESCRIPTOR {
    let mut memory = descriptor(CmResourceTypeMemory, 0);
    memory.u.Memory.Start = PHYSICAL_ADDRESS { QuadPart: PHYSICAL };
    memory.u.Memory.Length = 0x10_0000;
    memory
}

/// An interrupt message. A vector stands at the same place in both lists, the count only in the raw one.
fn message() -> CM_PARTIAL_RESOURCE_DESCRIPTOR {
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

pub static TABLE: [WDFFUNC; FUNCTIONS] = table! {
    WdfCmResourceListGetCountTableIndex: PFN_WDFCMRESOURCELISTGETCOUNT = resource_count;
    WdfCmResourceListGetDescriptorTableIndex: PFN_WDFCMRESOURCELISTGETDESCRIPTOR = resource;
    WdfDeviceCreateTableIndex: PFN_WDFDEVICECREATE = device_create;
    WdfDeviceCreateDeviceInterfaceTableIndex: PFN_WDFDEVICECREATEDEVICEINTERFACE = create_interface;
    WdfDeviceInitSetFileObjectConfigTableIndex: PFN_WDFDEVICEINITSETFILEOBJECTCONFIG = set_file_objects;
    WdfDeviceInitSetPnpPowerEventCallbacksTableIndex: PFN_WDFDEVICEINITSETPNPPOWEREVENTCALLBACKS = set_callbacks;
    WdfDeviceMapIoSpaceTableIndex: PFN_WDFDEVICEMAPIOSPACE = map;
    WdfDeviceOpenRegistryKeyTableIndex: PFN_WDFDEVICEOPENREGISTRYKEY = open_key;
    WdfDeviceReadFromHardwareTableIndex: PFN_WDFDEVICEREADFROMHARDWARE = read;
    WdfDeviceSetPnpCapabilitiesTableIndex: PFN_WDFDEVICESETPNPCAPABILITIES = set_capabilities;
    WdfDeviceWriteToHardwareTableIndex: PFN_WDFDEVICEWRITETOHARDWARE = write;
    WdfDriverCreateTableIndex: PFN_WDFDRIVERCREATE = driver_create;
    WdfInterruptCreateTableIndex: PFN_WDFINTERRUPTCREATE = interrupt_create;
    WdfInterruptGetDeviceTableIndex: PFN_WDFINTERRUPTGETDEVICE = interrupt_device;
    WdfInterruptQueueWorkItemForIsrTableIndex: PFN_WDFINTERRUPTQUEUEWORKITEMFORISR = queue_work_item;
    WdfIoQueueCreateTableIndex: PFN_WDFIOQUEUECREATE = queue_create;
    WdfIoQueueGetDeviceTableIndex: PFN_WDFIOQUEUEGETDEVICE = queue_device;
    WdfIoQueueRetrieveNextRequestTableIndex: PFN_WDFIOQUEUERETRIEVENEXTREQUEST = retrieve_next;
    WdfObjectGetTypedContextWorkerTableIndex: PFN_WDFOBJECTGETTYPEDCONTEXTWORKER = context;
    WdfRegistryCloseTableIndex: PFN_WDFREGISTRYCLOSE = close_key;
    WdfRegistryQueryULongTableIndex: PFN_WDFREGISTRYQUERYULONG = query_u32;
    WdfRequestCompleteWithInformationTableIndex: PFN_WDFREQUESTCOMPLETEWITHINFORMATION = complete;
    WdfRequestForwardToIoQueueTableIndex: PFN_WDFREQUESTFORWARDTOIOQUEUE = forward;
    WdfRequestMarkCancelableExTableIndex: PFN_WDFREQUESTMARKCANCELABLEEX = mark_cancelable;
    WdfRequestRetrieveInputBufferTableIndex: PFN_WDFREQUESTRETRIEVEINPUTBUFFER = input;
    WdfRequestRetrieveOutputBufferTableIndex: PFN_WDFREQUESTRETRIEVEOUTPUTBUFFER = output;
    WdfRequestUnmarkCancelableTableIndex: PFN_WDFREQUESTUNMARKCANCELABLE = unmark_cancelable;
    WdfTimerCreateTableIndex: PFN_WDFTIMERCREATE = timer_create;
    WdfTimerStartTableIndex: PFN_WDFTIMERSTART = timer_start;
    WdfWaitLockAcquireTableIndex: PFN_WDFWAITLOCKACQUIRE = acquire;
    WdfWaitLockCreateTableIndex: PFN_WDFWAITLOCKCREATE = lock_create;
    WdfWaitLockReleaseTableIndex: PFN_WDFWAITLOCKRELEASE = release;
};

unsafe extern "C" fn driver_create(
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

unsafe extern "C" fn set_callbacks(
    _: PWDF_DRIVER_GLOBALS,
    init: PWDFDEVICE_INIT,
    callbacks: PWDF_PNPPOWER_EVENT_CALLBACKS,
) {
    // SAFETY: the driver passes callbacks.
    let callbacks = unsafe { *callbacks };
    // SAFETY: a handle of this framework.
    unsafe { behind(init) }.pnp_power.set(callbacks);
}

unsafe extern "C" fn set_file_objects(
    _: PWDF_DRIVER_GLOBALS,
    _: PWDFDEVICE_INIT,
    _: PWDF_FILEOBJECT_CONFIG,
    _: PWDF_OBJECT_ATTRIBUTES,
) {
}

unsafe extern "C" fn device_create(
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

unsafe extern "C" fn set_capabilities(_: PWDF_DRIVER_GLOBALS, _: WDFDEVICE, _: PWDF_DEVICE_PNP_CAPABILITIES) {
}

unsafe extern "C" fn create_interface(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: *const GUID,
    _: PCUNICODE_STRING,
) -> NTSTATUS {
    STATUS_SUCCESS
}

unsafe extern "C" fn open_key(
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

unsafe extern "C" fn query_u32(
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

unsafe extern "C" fn close_key(_: PWDF_DRIVER_GLOBALS, _: WDFKEY) {}

unsafe extern "C" fn queue_create(
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

unsafe extern "C" fn timer_create(
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

unsafe extern "C" fn lock_create(
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

unsafe extern "C" fn interrupt_create(
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

unsafe extern "C" fn resource_count(_: PWDF_DRIVER_GLOBALS, _: WDFCMRESLIST) -> ULONG {
    2
}

unsafe extern "C" fn resource(
    _: PWDF_DRIVER_GLOBALS,
    list: WDFCMRESLIST,
    index: ULONG,
) -> PCM_PARTIAL_RESOURCE_DESCRIPTOR {
    // SAFETY: a handle of this framework.
    let resources = &unsafe { behind(list) }.resources;
    // The driver only reads there.
    (&raw const resources[index as usize]).cast_mut()
}

unsafe extern "C" fn map(
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

unsafe extern "C" fn read(
    _: PWDF_DRIVER_GLOBALS,
    device: WDFDEVICE,
    _: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    _: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    register: PVOID,
    _: PVOID,
    _: ULONG,
) -> SIZE_T {
    // SAFETY: a handle of this framework.
    unsafe { behind(device) }.register(register.addr() - PSEUDO).get().into()
}

unsafe extern "C" fn write(
    _: PWDF_DRIVER_GLOBALS,
    device: WDFDEVICE,
    _: WDF_DEVICE_HWACCESS_TARGET_TYPE,
    _: WDF_DEVICE_HWACCESS_TARGET_SIZE,
    register: PVOID,
    value: SIZE_T,
    _: PVOID,
    _: ULONG,
) {
    // SAFETY: a handle of this framework.
    let framework = unsafe { behind(device) };
    #[expect(clippy::cast_possible_truncation, reason = "edu has 32-bit registers only")]
    let value = value as u32;
    let raised = framework.register(0x24);
    match register.addr() - PSEUDO {
        0x04 => framework.register(0x04).set(!value),
        0x60 => raised.set(raised.get() | value),
        0x64 => raised.set(raised.get() & !value),
        offset => framework.register(offset).set(value),
    }
}

unsafe extern "C" fn context(
    _: PWDF_DRIVER_GLOBALS,
    object: WDFOBJECT,
    context_type: PCWDF_OBJECT_CONTEXT_TYPE_INFO,
) -> PVOID {
    // SAFETY: a handle of this framework.
    let framework = unsafe { behind(object) };
    assert_eq!(framework.context_type.get(), context_type, "only the device has a context");
    framework.context.as_ptr().cast_mut().cast()
}

unsafe extern "C" fn queue_device(_: PWDF_DRIVER_GLOBALS, queue: WDFQUEUE) -> WDFDEVICE {
    queue.cast()
}

unsafe extern "C" fn interrupt_device(_: PWDF_DRIVER_GLOBALS, interrupt: WDFINTERRUPT) -> WDFDEVICE {
    interrupt.cast()
}

unsafe extern "C" fn queue_work_item(_: PWDF_DRIVER_GLOBALS, interrupt: WDFINTERRUPT) -> BOOLEAN {
    // SAFETY: a handle of this framework.
    unsafe { behind(interrupt) }.work_item.set(true);
    BOOLEAN::from(true)
}

unsafe extern "C" fn timer_start(_: PWDF_DRIVER_GLOBALS, _: WDFTIMER, _: LONGLONG) -> BOOLEAN {
    BOOLEAN::from(false)
}

unsafe extern "C" fn acquire(_: PWDF_DRIVER_GLOBALS, _: WDFWAITLOCK, _: PLONGLONG) -> NTSTATUS {
    STATUS_SUCCESS
}

unsafe extern "C" fn release(_: PWDF_DRIVER_GLOBALS, _: WDFWAITLOCK) {}

unsafe extern "C" fn forward(_: PWDF_DRIVER_GLOBALS, request: WDFREQUEST, _: WDFQUEUE) -> NTSTATUS {
    // SAFETY: a handle of this framework.
    unsafe { behind(request) }.forwarded.set(true);
    STATUS_SUCCESS
}

unsafe extern "C" fn retrieve_next(
    _: PWDF_DRIVER_GLOBALS,
    queue: WDFQUEUE,
    request: *mut WDFREQUEST,
) -> NTSTATUS {
    // SAFETY: a handle of this framework.
    if !unsafe { behind(queue) }.forwarded.take() {
        return STATUS_NO_MORE_ENTRIES;
    }
    // SAFETY: the driver passes a place for the handle.
    unsafe { request.write(queue.cast()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn mark_cancelable(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFREQUEST,
    _: PFN_WDF_REQUEST_CANCEL,
) -> NTSTATUS {
    STATUS_SUCCESS
}

unsafe extern "C" fn unmark_cancelable(_: PWDF_DRIVER_GLOBALS, _: WDFREQUEST) -> NTSTATUS {
    STATUS_SUCCESS
}

unsafe extern "C" fn input(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    needed: usize,
    buffer: *mut PVOID,
    length: *mut usize,
) -> NTSTATUS {
    assert!(needed <= size_of::<Request>(), "the driver wants too much input");
    // SAFETY: a handle of this framework.
    let input = unsafe { behind(request) }.input.as_ptr();
    // SAFETY: the driver passes a place for the address.
    unsafe { buffer.write(input.cast()) };
    // SAFETY: the driver passes a place for the length.
    unsafe { length.write(size_of::<Request>()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn output(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    needed: usize,
    buffer: *mut PVOID,
    length: *mut usize,
) -> NTSTATUS {
    assert!(needed <= OUTPUT, "the driver wants too much output");
    // SAFETY: a handle of this framework.
    let output = &unsafe { behind(request) }.output;
    // SAFETY: the driver passes a place for the address.
    unsafe { buffer.write(output.as_ptr().cast_mut().cast()) };
    // SAFETY: the driver passes a place for the length.
    unsafe { length.write(OUTPUT) };
    STATUS_SUCCESS
}

unsafe extern "C" fn complete(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    status: NTSTATUS,
    bytes: ULONG_PTR,
) {
    // SAFETY: a handle of this framework.
    unsafe { behind(request) }.completed.set(Some((status, bytes)));
}
