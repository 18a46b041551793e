//! A framework with one started edu device, as small as the driver lets it be: after the start, its functions return
//! constants or touch plain memory, and none takes memory from the heap.

#![expect(unsafe_code, reason = "the stubs are a framework")]

use std::array;
use std::cell::Cell;
use std::ptr::null;

use edu_interface::Request;
use wdk_sys::{
    CM_PARTIAL_RESOURCE_DESCRIPTOR, NTSTATUS, PCWDF_OBJECT_CONTEXT_TYPE_INFO, PFN_WDF_DRIVER_DEVICE_ADD,
    PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL, ULONG_PTR, WDF_INTERRUPT_CONFIG, WDF_PNPPOWER_EVENT_CALLBACKS,
    WDFFUNC,
};

use crate::table::{FUNCTIONS, table};

mod requests;
mod start;

/// Where the registers are mapped.
const PSEUDO: usize = 0x1000;
/// What the identification register holds.
const IDENTIFICATION: u32 = 0x0100_00ed;
/// Bytes of the output buffer.
const OUTPUT: usize = 64;

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
    /// The code of the request, which the traces of a debug build name.
    pub code: Cell<u32>,
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
            resources: [start::memory(), start::message()],
            registers: array::from_fn(|_| Cell::new(0)),
            work_item: Cell::new(false),
            forwarded: Cell::new(false),
            code: Cell::new(0),
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

pub static TABLE: [WDFFUNC; FUNCTIONS] = table! {
    WdfCmResourceListGetCountTableIndex: PFN_WDFCMRESOURCELISTGETCOUNT = start::resource_count;
    WdfCmResourceListGetDescriptorTableIndex: PFN_WDFCMRESOURCELISTGETDESCRIPTOR = start::resource;
    WdfDeviceCreateTableIndex: PFN_WDFDEVICECREATE = start::device_create;
    WdfDeviceCreateDeviceInterfaceTableIndex: PFN_WDFDEVICECREATEDEVICEINTERFACE = start::create_interface;
    WdfDeviceInitSetFileObjectConfigTableIndex: PFN_WDFDEVICEINITSETFILEOBJECTCONFIG = start::set_file_objects;
    WdfDeviceInitSetPnpPowerEventCallbacksTableIndex: PFN_WDFDEVICEINITSETPNPPOWEREVENTCALLBACKS = start::set_callbacks;
    WdfDeviceMapIoSpaceTableIndex: PFN_WDFDEVICEMAPIOSPACE = start::map;
    WdfDeviceOpenRegistryKeyTableIndex: PFN_WDFDEVICEOPENREGISTRYKEY = start::open_key;
    WdfDeviceReadFromHardwareTableIndex: PFN_WDFDEVICEREADFROMHARDWARE = requests::read;
    WdfDeviceSetPnpCapabilitiesTableIndex: PFN_WDFDEVICESETPNPCAPABILITIES = start::set_capabilities;
    WdfDeviceWriteToHardwareTableIndex: PFN_WDFDEVICEWRITETOHARDWARE = requests::write;
    WdfDriverCreateTableIndex: PFN_WDFDRIVERCREATE = start::driver_create;
    WdfInterruptCreateTableIndex: PFN_WDFINTERRUPTCREATE = start::interrupt_create;
    WdfInterruptGetDeviceTableIndex: PFN_WDFINTERRUPTGETDEVICE = requests::interrupt_device;
    WdfInterruptQueueWorkItemForIsrTableIndex: PFN_WDFINTERRUPTQUEUEWORKITEMFORISR = requests::queue_work_item;
    WdfIoQueueCreateTableIndex: PFN_WDFIOQUEUECREATE = start::queue_create;
    WdfIoQueueGetDeviceTableIndex: PFN_WDFIOQUEUEGETDEVICE = requests::queue_device;
    WdfIoQueueRetrieveNextRequestTableIndex: PFN_WDFIOQUEUERETRIEVENEXTREQUEST = requests::retrieve_next;
    WdfObjectGetTypedContextWorkerTableIndex: PFN_WDFOBJECTGETTYPEDCONTEXTWORKER = requests::context;
    WdfRegistryCloseTableIndex: PFN_WDFREGISTRYCLOSE = start::close_key;
    WdfRegistryQueryULongTableIndex: PFN_WDFREGISTRYQUERYULONG = start::query_u32;
    WdfRequestCompleteWithInformationTableIndex: PFN_WDFREQUESTCOMPLETEWITHINFORMATION = requests::complete;
    WdfRequestForwardToIoQueueTableIndex: PFN_WDFREQUESTFORWARDTOIOQUEUE = requests::forward;
    WdfRequestGetParametersTableIndex: PFN_WDFREQUESTGETPARAMETERS = requests::parameters;
    WdfRequestMarkCancelableExTableIndex: PFN_WDFREQUESTMARKCANCELABLEEX = requests::mark_cancelable;
    WdfRequestRetrieveInputBufferTableIndex: PFN_WDFREQUESTRETRIEVEINPUTBUFFER = requests::input;
    WdfRequestRetrieveOutputBufferTableIndex: PFN_WDFREQUESTRETRIEVEOUTPUTBUFFER = requests::output;
    WdfRequestUnmarkCancelableTableIndex: PFN_WDFREQUESTUNMARKCANCELABLE = requests::unmark_cancelable;
    WdfTimerCreateTableIndex: PFN_WDFTIMERCREATE = start::timer_create;
    WdfTimerStartTableIndex: PFN_WDFTIMERSTART = requests::timer_start;
    WdfWaitLockAcquireTableIndex: PFN_WDFWAITLOCKACQUIRE = requests::acquire;
    WdfWaitLockCreateTableIndex: PFN_WDFWAITLOCKCREATE = start::lock_create;
    WdfWaitLockReleaseTableIndex: PFN_WDFWAITLOCKRELEASE = requests::release;
};
