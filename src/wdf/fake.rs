//! A framework of a few functions for unit tests: it notes what it is asked, and can be told to refuse.
//!
//! Each test runs on a thread of its own, and so do the notes. Objects are never freed, so every handle that this
//! framework hands out stays valid, and making wrappers of them is safe here.

use std::cell::{Cell, RefCell, UnsafeCell};
use std::collections::VecDeque;
use std::ffi::c_void;
use std::ptr::{null, null_mut};

use wdk_sys::{
    _WDFFUNCENUM, ACCESS_MASK, BOOLEAN, GUID, LONGLONG, MEMORY_CACHING_TYPE, NTSTATUS, PCUNICODE_STRING,
    PCWDF_OBJECT_CONTEXT_TYPE_INFO, PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL, PFN_WDF_OBJECT_CONTEXT_DESTROY,
    PFN_WDF_REQUEST_CANCEL, PHYSICAL_ADDRESS, PLONGLONG, PULONG, PVOID, PWDF_DEVICE_PNP_CAPABILITIES,
    PWDF_DRIVER_GLOBALS, PWDF_FILEOBJECT_CONFIG, PWDF_IO_QUEUE_CONFIG, PWDF_OBJECT_ATTRIBUTES,
    PWDF_PNPPOWER_EVENT_CALLBACKS, PWDF_REQUEST_PARAMETERS, PWDF_TIMER_CONFIG, PWDFDEVICE_INIT, SIZE_T,
    STATUS_NO_MORE_ENTRIES, STATUS_NO_SUCH_FILE, STATUS_SUCCESS, ULONG, ULONG_PTR, WDF_DEVICE_FAILED_ACTION,
    WDFDEVICE, WDFFUNC, WDFINTERRUPT, WDFKEY, WDFOBJECT, WDFQUEUE, WDFREQUEST, WDFTIMER, WDFWAITLOCK,
};

use super::{Device, DeviceInit, Interrupt, Queue, Request, context};
use crate::device::DeviceContext;

mod registers;
mod traces;

pub use registers::{Byte, Half, Long, Word, access_sizes, accesses, answer_reads};
use registers::{read, write};
pub use traces::{errors_of, panic_in_first_trace};

thread_local! {
    static CALLS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static REFUSAL: RefCell<Option<Refusal>> = const { RefCell::new(None) };
    static CREATED: RefCell<Vec<WDFDEVICE>> = const { RefCell::new(Vec::new()) };
    static REGISTERS: Cell<*mut [u8; 0x20]> = const { Cell::new(null_mut()) };
    static CANCEL: Cell<PFN_WDF_REQUEST_CANCEL> = const { Cell::new(None) };
    static REGISTRY: Cell<&'static [(&'static str, u32)]> = const { Cell::new(&[]) };
    static TIMER_RUNS: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<VecDeque<WDFREQUEST>> = const { RefCell::new(VecDeque::new()) };
}

struct Refusal {
    function: &'static str,
    /// Calls of the function that still succeed.
    after: usize,
    status: NTSTATUS,
}

/// What stands behind every handle.
struct Object {
    parent: *mut c_void,
    /// The context's type and memory; NULL if it has none.
    context_type: PCWDF_OBJECT_CONTEXT_TYPE_INFO,
    context: *mut c_void,
    destroy: PFN_WDF_OBJECT_CONTEXT_DESTROY,
    /// EvtIoDeviceControl of a queue.
    device_control: PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL,
    input: Vec<u8>,
    output: UnsafeCell<[u8; OUTPUT]>,
}

/// Length of every output buffer.
const OUTPUT: usize = 64;

/// What the framework was asked on this thread since the last time: function names, some with arguments.
pub fn calls() -> Vec<String> {
    CALLS.take()
}

/// Lets `function` fail once on this thread, after so many calls that succeed.
pub fn refuse(function: &'static str, after: usize, status: NTSTATUS) {
    REFUSAL.set(Some(Refusal { function, after, status }));
}

/// The values in every registry key on this thread.
pub fn registry(values: &'static [(&'static str, u32)]) {
    REGISTRY.set(values);
}

/// Puts a request into every manual queue on this thread.
pub fn put_into_queue(request: WDFREQUEST) {
    WAITING.with_borrow_mut(|waiting| waiting.push_back(request));
}

/// Gives this process a place where registers are mapped, now on this thread, with these bytes; they can be looked
/// at by what is returned.
pub fn map_into_process(bytes: [u8; 0x20]) -> impl Fn() -> [u8; 0x20] {
    let aligned: [u64; 4] = zerocopy::transmute!(bytes);
    let registers = Box::into_raw(Box::new(aligned)).cast();
    REGISTERS.set(registers);
    // SAFETY: never freed, and used on this thread only.
    move || unsafe { registers.read_volatile() }
}

/// Has them mapped so many bytes further on.
pub fn move_registers(bytes: usize) {
    REGISTERS.set(REGISTERS.get().wrapping_byte_add(bytes));
}

/// What EvtDriverDeviceAdd gets.
pub fn device_init() -> DeviceInit {
    install();
    DeviceInit(null_mut())
}

/// The context of a new device. What was asked of the framework for that is not in [`calls`].
pub fn context() -> &'static DeviceContext {
    device_init().create_device(DeviceContext::new).expect("nothing was to be refused");
    calls();
    // SAFETY: never freed.
    unsafe { context::get(device()) }.expect("it was created with a context")
}

/// A new device without a context, for objects below it.
pub fn bare_device() -> Device {
    install();
    // SAFETY: never freed.
    unsafe { Device::from_handle(object(null_mut()).cast()) }
}

/// The device that was created last on this thread.
pub fn device() -> WDFDEVICE {
    CREATED.with_borrow(|created| *created.last().expect("a device was created"))
}

/// Does what the framework does last with a device: EvtDestroyCallback.
pub fn destroy(device: WDFDEVICE) {
    // SAFETY: a device of this framework.
    let destroy = unsafe { behind(device.cast()) }.destroy;
    // SAFETY: the callback was registered for this object, which is there.
    unsafe { destroy.expect("the device was created with a context")(device.cast()) };
}

/// An interrupt of a device.
pub fn interrupt(device: &Device) -> Interrupt {
    Interrupt(object(device.0.cast()).cast())
}

/// Gives a request to the driver, as a queue does.
pub fn deliver(queue: &Queue, request: WDFREQUEST, code: ULONG) {
    // SAFETY: a queue of this framework.
    let deliver = unsafe { behind(queue.0.cast()) }.device_control.expect("the queue delivers");
    // SAFETY: the driver's callback for this queue; the request is nobody's yet.
    unsafe { deliver(queue.0, request, 0, 0, code) };
}

/// Lets the timer on this thread, which runs, become due. Its callback is for the test to call, once it begins.
pub fn timer_due() {
    assert!(TIMER_RUNS.replace(false), "the timer was started");
}

/// Cancels a request that the driver has marked.
pub fn cancel(request: WDFREQUEST) {
    let cancel = CANCEL.get().expect("the driver marks a request before it is cancelled");
    // SAFETY: the driver's callback for this request.
    unsafe { cancel(request) };
}

/// A request with this input.
pub fn request(input: &[u8]) -> Request {
    request_of(request_handle(input))
}

/// The driver's ownership of a request that [`request_handle`] made.
pub fn request_of(handle: WDFREQUEST) -> Request {
    // SAFETY: never freed; that the driver owns it once is what the tests look at.
    unsafe { Request::from_raw(handle) }
}

/// The handle of a request with this input.
pub fn request_handle(input: &[u8]) -> WDFREQUEST {
    install();
    let request = object(null_mut());
    // SAFETY: just made, and nobody else has it.
    unsafe { &mut *request }.input = input.to_vec();
    request.cast()
}

/// What the driver has put into a request's output buffer.
pub fn output_of(request: WDFREQUEST) -> [u8; OUTPUT] {
    // SAFETY: an object of this framework.
    let output = unsafe { behind(request.cast()) }.output.get();
    // SAFETY: nobody writes it meanwhile: a test has one thread.
    unsafe { *output }
}

/// Puts the table below where the bindings look for it.
fn install() {
    #[expect(clippy::disallowed_types, reason = "tests have threads that no framework owns")]
    static INSTALLED: std::sync::Once = std::sync::Once::new();
    INSTALLED.call_once(|| {
        // SAFETY: once; whoever reads it has called this function before.
        unsafe { wdk_sys::WdfFunctions = TABLE.as_ptr() };
    });
}

fn object(parent: *mut c_void) -> *mut Object {
    Box::into_raw(Box::new(Object {
        parent,
        context_type: null(),
        context: null_mut(),
        destroy: None,
        device_control: None,
        input: Vec::new(),
        output: UnsafeCell::new([0xaa; OUTPUT]),
    }))
}

/// What stands behind a handle.
///
/// # Safety
/// The handle is one of this framework's.
unsafe fn behind(handle: *mut c_void) -> &'static Object {
    // SAFETY: the caller vouches for it; objects are never freed, and only changed before anybody has the handle.
    unsafe { &*handle.cast::<Object>() }
}

fn note(call: impl Into<String>) {
    CALLS.with_borrow_mut(|calls| calls.push(call.into()));
}

/// The status of a call.
fn status_of(function: &str) -> NTSTATUS {
    REFUSAL.with_borrow_mut(|refusal| match refusal {
        Some(Refusal { function: refused, after: 0, status }) if *refused == function => {
            let status = *status;
            *refusal = None;
            status
        }
        Some(Refusal { function: refused, after, .. }) if *refused == function => {
            *after -= 1;
            STATUS_SUCCESS
        }
        _ => STATUS_SUCCESS,
    })
}

const FUNCTIONS: usize = _WDFFUNCENUM::WdfFunctionTableNumEntries as usize;

/// Fills the table; each function must have the type that the header gives its index.
macro_rules! table {
    ($($index:ident: $type:ident = $function:ident;)*) => {{
        let mut table: [WDFFUNC; FUNCTIONS] = [None; FUNCTIONS];
        $({
            let function: wdk_sys::$type = Some($function);
            // SAFETY: both are optional function pointers; who calls turns it back by its index.
            table[_WDFFUNCENUM::$index as usize] = unsafe { std::mem::transmute::<wdk_sys::$type, WDFFUNC>(function) };
        })*
        table
    }};
}

static TABLE: [WDFFUNC; FUNCTIONS] = table! {
    WdfDeviceSetFailedTableIndex: PFN_WDFDEVICESETFAILED = set_failed;
    WdfDeviceSetPnpCapabilitiesTableIndex: PFN_WDFDEVICESETPNPCAPABILITIES = set_capabilities;
    WdfDeviceOpenRegistryKeyTableIndex: PFN_WDFDEVICEOPENREGISTRYKEY = open_key;
    WdfRegistryQueryULongTableIndex: PFN_WDFREGISTRYQUERYULONG = query_u32;
    WdfRegistryCloseTableIndex: PFN_WDFREGISTRYCLOSE = close_key;
    WdfIoQueueRetrieveNextRequestTableIndex: PFN_WDFIOQUEUERETRIEVENEXTREQUEST = retrieve_next;
    WdfRequestForwardToIoQueueTableIndex: PFN_WDFREQUESTFORWARDTOIOQUEUE = forward;
    WdfRequestMarkCancelableExTableIndex: PFN_WDFREQUESTMARKCANCELABLEEX = mark_cancelable;
    WdfInterruptGetDeviceTableIndex: PFN_WDFINTERRUPTGETDEVICE = interrupt_device;
    WdfInterruptQueueWorkItemForIsrTableIndex: PFN_WDFINTERRUPTQUEUEWORKITEMFORISR = queue_work_item;
    WdfRequestGetIoQueueTableIndex: PFN_WDFREQUESTGETIOQUEUE = request_queue;
    WdfRequestGetParametersTableIndex: PFN_WDFREQUESTGETPARAMETERS = parameters;
    WdfRequestUnmarkCancelableTableIndex: PFN_WDFREQUESTUNMARKCANCELABLE = unmark_cancelable;
    WdfRequestRetrieveOutputBufferTableIndex: PFN_WDFREQUESTRETRIEVEOUTPUTBUFFER = output;
    WdfDeviceCreateTableIndex: PFN_WDFDEVICECREATE = device_create;
    WdfDeviceCreateDeviceInterfaceTableIndex: PFN_WDFDEVICECREATEDEVICEINTERFACE = create_interface;
    WdfDeviceGetHardwareRegisterMappedAddressTableIndex: PFN_WDFDEVICEGETHARDWAREREGISTERMAPPEDADDRESS = mapped_address;
    WdfDeviceInitSetFileObjectConfigTableIndex: PFN_WDFDEVICEINITSETFILEOBJECTCONFIG = set_file_objects;
    WdfDeviceInitSetPnpPowerEventCallbacksTableIndex: PFN_WDFDEVICEINITSETPNPPOWEREVENTCALLBACKS = set_callbacks;
    WdfDeviceMapIoSpaceTableIndex: PFN_WDFDEVICEMAPIOSPACE = map;
    WdfDeviceReadFromHardwareTableIndex: PFN_WDFDEVICEREADFROMHARDWARE = read;
    WdfDeviceUnmapIoSpaceTableIndex: PFN_WDFDEVICEUNMAPIOSPACE = unmap;
    WdfDeviceWriteToHardwareTableIndex: PFN_WDFDEVICEWRITETOHARDWARE = write;
    WdfIoQueueCreateTableIndex: PFN_WDFIOQUEUECREATE = queue_create;
    WdfIoQueueGetDeviceTableIndex: PFN_WDFIOQUEUEGETDEVICE = queue_device;
    WdfObjectGetTypedContextWorkerTableIndex: PFN_WDFOBJECTGETTYPEDCONTEXTWORKER = context_memory;
    WdfRequestCompleteWithInformationTableIndex: PFN_WDFREQUESTCOMPLETEWITHINFORMATION = complete;
    WdfRequestRetrieveInputBufferTableIndex: PFN_WDFREQUESTRETRIEVEINPUTBUFFER = input;
    WdfTimerCreateTableIndex: PFN_WDFTIMERCREATE = timer_create;
    WdfTimerStartTableIndex: PFN_WDFTIMERSTART = timer_start;
    WdfWaitLockAcquireTableIndex: PFN_WDFWAITLOCKACQUIRE = acquire;
    WdfWaitLockCreateTableIndex: PFN_WDFWAITLOCKCREATE = lock_create;
    WdfWaitLockReleaseTableIndex: PFN_WDFWAITLOCKRELEASE = release;
};

unsafe extern "C" fn set_callbacks(
    _: PWDF_DRIVER_GLOBALS,
    _: PWDFDEVICE_INIT,
    _: PWDF_PNPPOWER_EVENT_CALLBACKS,
) {
    note("WdfDeviceInitSetPnpPowerEventCallbacks");
}

unsafe extern "C" fn set_file_objects(
    _: PWDF_DRIVER_GLOBALS,
    _: PWDFDEVICE_INIT,
    _: PWDF_FILEOBJECT_CONFIG,
    _: PWDF_OBJECT_ATTRIBUTES,
) {
    note("WdfDeviceInitSetFileObjectConfig");
}

unsafe extern "C" fn device_create(
    _: PWDF_DRIVER_GLOBALS,
    _: *mut PWDFDEVICE_INIT,
    attributes: PWDF_OBJECT_ATTRIBUTES,
    device: *mut WDFDEVICE,
) -> NTSTATUS {
    note("WdfDeviceCreate");
    // SAFETY: the driver passes attributes.
    let attributes = unsafe { &*attributes };
    // SAFETY: they name a context type.
    let context_type = unsafe { &*attributes.ContextTypeInfo };
    let created = object(null_mut());
    // SAFETY: just made, and nobody else has it.
    let object = unsafe { &mut *created };
    object.context =
        Box::leak(vec![0_u64; context_type.ContextSize.div_ceil(8)].into_boxed_slice()).as_mut_ptr().cast();
    object.context_type = context_type.UniqueType;
    object.destroy = attributes.EvtDestroyCallback;
    CREATED.with_borrow_mut(|devices| devices.push(created.cast()));
    // SAFETY: the driver passes a place for the handle.
    unsafe { device.write(created.cast()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn set_failed(_: PWDF_DRIVER_GLOBALS, _: WDFDEVICE, action: WDF_DEVICE_FAILED_ACTION) {
    note(format!("WdfDeviceSetFailed {action}"));
}

unsafe extern "C" fn set_capabilities(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    capabilities: PWDF_DEVICE_PNP_CAPABILITIES,
) {
    // SAFETY: the driver passes capabilities.
    let surprise = unsafe { &*capabilities }.SurpriseRemovalOK;
    note(format!("WdfDeviceSetPnpCapabilities surprise-removal {surprise}"));
}

unsafe extern "C" fn open_key(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    kind: ULONG,
    access: ACCESS_MASK,
    _: PWDF_OBJECT_ATTRIBUTES,
    key: *mut WDFKEY,
) -> NTSTATUS {
    note(format!("WdfDeviceOpenRegistryKey {kind} {access:#x}"));
    // SAFETY: the driver passes a place for the handle.
    unsafe { key.write(object(null_mut()).cast()) };
    status_of("WdfDeviceOpenRegistryKey")
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
    let found = REGISTRY.get().iter().find(|(known, _)| known.encode_utf16().eq(name.iter().copied()));
    let Some((_, found)) = found else { return STATUS_NO_SUCH_FILE };
    // SAFETY: the driver passes a place for the value.
    unsafe { value.write(*found) };
    STATUS_SUCCESS
}

unsafe extern "C" fn close_key(_: PWDF_DRIVER_GLOBALS, _: WDFKEY) {
    note("WdfRegistryClose");
}

unsafe extern "C" fn create_interface(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    _: *const GUID,
    _: PCUNICODE_STRING,
) -> NTSTATUS {
    note("WdfDeviceCreateDeviceInterface");
    STATUS_SUCCESS
}

unsafe extern "C" fn context_memory(
    _: PWDF_DRIVER_GLOBALS,
    object: WDFOBJECT,
    context_type: PCWDF_OBJECT_CONTEXT_TYPE_INFO,
) -> PVOID {
    // SAFETY: an object of this framework.
    let object = unsafe { behind(object) };
    if object.context_type == context_type { object.context } else { null_mut() }
}

unsafe extern "C" fn map(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFDEVICE,
    start: PHYSICAL_ADDRESS,
    length: SIZE_T,
    caching: MEMORY_CACHING_TYPE,
    base: *mut PVOID,
) -> NTSTATUS {
    // SAFETY: all arms of the union are 8 bytes of plain integers.
    let start = unsafe { start.QuadPart };
    note(format!("WdfDeviceMapIoSpace {start:#x} {length:#x} caching {caching}"));
    // SAFETY: the driver passes a place for the address.
    unsafe { base.write(std::ptr::without_provenance_mut(0x1000)) };
    STATUS_SUCCESS
}

unsafe extern "C" fn unmap(_: PWDF_DRIVER_GLOBALS, _: WDFDEVICE, base: PVOID, length: SIZE_T) {
    note(format!("WdfDeviceUnmapIoSpace {:#x} {length:#x}", base.addr()));
}

unsafe extern "C" fn mapped_address(_: PWDF_DRIVER_GLOBALS, _: WDFDEVICE, base: PVOID) -> PVOID {
    note(format!("WdfDeviceGetHardwareRegisterMappedAddress {:#x}", base.addr()));
    REGISTERS.get().cast()
}

unsafe extern "C" fn queue_create(
    _: PWDF_DRIVER_GLOBALS,
    device: WDFDEVICE,
    config: PWDF_IO_QUEUE_CONFIG,
    _: PWDF_OBJECT_ATTRIBUTES,
    queue: *mut WDFQUEUE,
) -> NTSTATUS {
    // SAFETY: the driver passes a config.
    let config = unsafe { &*config };
    note(format!("WdfIoQueueCreate dispatch {} power-managed {}", config.DispatchType, config.PowerManaged));
    let created = object(device.cast());
    // SAFETY: just made, and nobody else has it.
    unsafe { &mut *created }.device_control = config.EvtIoDeviceControl;
    // SAFETY: the driver passes a place for the handle.
    unsafe { queue.write(created.cast()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn retrieve_next(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFQUEUE,
    request: *mut WDFREQUEST,
) -> NTSTATUS {
    let Some(next) = WAITING.with_borrow_mut(VecDeque::pop_front) else { return STATUS_NO_MORE_ENTRIES };
    // SAFETY: the driver passes a place for the handle.
    unsafe { request.write(next) };
    status_of("WdfIoQueueRetrieveNextRequest")
}

unsafe extern "C" fn interrupt_device(_: PWDF_DRIVER_GLOBALS, interrupt: WDFINTERRUPT) -> WDFDEVICE {
    // SAFETY: an object of this framework.
    unsafe { behind(interrupt.cast()) }.parent.cast()
}

unsafe extern "C" fn queue_work_item(_: PWDF_DRIVER_GLOBALS, _: WDFINTERRUPT) -> BOOLEAN {
    note("WdfInterruptQueueWorkItemForIsr");
    BOOLEAN::from(true)
}

unsafe extern "C" fn queue_device(_: PWDF_DRIVER_GLOBALS, queue: WDFQUEUE) -> WDFDEVICE {
    // SAFETY: an object of this framework.
    unsafe { behind(queue.cast()) }.parent.cast()
}

/// Of the device that was created last on this thread, or of one without a context.
unsafe extern "C" fn request_queue(_: PWDF_DRIVER_GLOBALS, _: WDFREQUEST) -> WDFQUEUE {
    let device = CREATED.with_borrow(|created| created.last().copied());
    object(device.map_or_else(|| object(null_mut()).cast(), WDFDEVICE::cast)).cast()
}

/// All zeroes, as the driver passes them.
unsafe extern "C" fn parameters(_: PWDF_DRIVER_GLOBALS, _: WDFREQUEST, _: PWDF_REQUEST_PARAMETERS) {}

unsafe extern "C" fn timer_create(
    _: PWDF_DRIVER_GLOBALS,
    _: PWDF_TIMER_CONFIG,
    attributes: PWDF_OBJECT_ATTRIBUTES,
    timer: *mut WDFTIMER,
) -> NTSTATUS {
    // SAFETY: the driver passes attributes.
    let attributes = unsafe { &*attributes };
    note(format!("WdfTimerCreate level {}", attributes.ExecutionLevel));
    // SAFETY: the driver passes a place for the handle.
    unsafe { timer.write(object(attributes.ParentObject.cast()).cast()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn timer_start(_: PWDF_DRIVER_GLOBALS, _: WDFTIMER, due: LONGLONG) -> BOOLEAN {
    note(format!("WdfTimerStart {due}"));
    BOOLEAN::from(TIMER_RUNS.replace(true))
}

unsafe extern "C" fn lock_create(
    _: PWDF_DRIVER_GLOBALS,
    _: PWDF_OBJECT_ATTRIBUTES,
    lock: *mut WDFWAITLOCK,
) -> NTSTATUS {
    // SAFETY: the driver passes a place for the handle.
    unsafe { lock.write(object(null_mut()).cast()) };
    STATUS_SUCCESS
}

/// Nobody else is there to hold it.
unsafe extern "C" fn acquire(_: PWDF_DRIVER_GLOBALS, _: WDFWAITLOCK, _: PLONGLONG) -> NTSTATUS {
    status_of("WdfWaitLockAcquire")
}

unsafe extern "C" fn release(_: PWDF_DRIVER_GLOBALS, _: WDFWAITLOCK) {}

unsafe extern "C" fn input(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    needed: usize,
    buffer: *mut PVOID,
    _length: *mut usize,
) -> NTSTATUS {
    // SAFETY: an object of this framework.
    let input = &unsafe { behind(request.cast()) }.input;
    assert!(input.len() >= needed, "the test gave too little input");
    // SAFETY: the driver passes a place for the address; it only reads there.
    unsafe { buffer.write(input.as_ptr().cast_mut().cast()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn output(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    needed: usize,
    buffer: *mut PVOID,
    _length: *mut usize,
) -> NTSTATUS {
    // SAFETY: an object of this framework.
    let output = unsafe { behind(request.cast()) }.output.get();
    assert!(OUTPUT >= needed, "the driver wants too much output");
    // SAFETY: the driver passes a place for the address.
    unsafe { buffer.write(output.cast()) };
    STATUS_SUCCESS
}

unsafe extern "C" fn forward(_: PWDF_DRIVER_GLOBALS, request: WDFREQUEST, _: WDFQUEUE) -> NTSTATUS {
    note("WdfRequestForwardToIoQueue");
    let status = status_of("WdfRequestForwardToIoQueue");
    if status == STATUS_SUCCESS {
        put_into_queue(request);
    }
    status
}

unsafe extern "C" fn mark_cancelable(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFREQUEST,
    cancel: PFN_WDF_REQUEST_CANCEL,
) -> NTSTATUS {
    CANCEL.set(cancel);
    note("WdfRequestMarkCancelableEx");
    status_of("WdfRequestMarkCancelableEx")
}

unsafe extern "C" fn unmark_cancelable(_: PWDF_DRIVER_GLOBALS, _: WDFREQUEST) -> NTSTATUS {
    note("WdfRequestUnmarkCancelable");
    status_of("WdfRequestUnmarkCancelable")
}

unsafe extern "C" fn complete(_: PWDF_DRIVER_GLOBALS, _: WDFREQUEST, status: NTSTATUS, bytes: ULONG_PTR) {
    note(format!("WdfRequestCompleteWithInformation {status:#010x} {bytes}"));
}
