//! What the driver calls for requests and interrupts: nothing here takes memory from the heap.

use edu_interface::Request;
use wdk_sys::{
    BOOLEAN, LONGLONG, NTSTATUS, PCWDF_OBJECT_CONTEXT_TYPE_INFO, PFN_WDF_REQUEST_CANCEL, PLONGLONG, PVOID,
    PWDF_DRIVER_GLOBALS, SIZE_T, STATUS_NO_MORE_ENTRIES, STATUS_SUCCESS, ULONG, ULONG_PTR,
    WDF_DEVICE_HWACCESS_TARGET_SIZE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDFDEVICE, WDFINTERRUPT, WDFOBJECT,
    WDFQUEUE, WDFREQUEST, WDFTIMER, WDFWAITLOCK,
};

use super::{OUTPUT, PSEUDO, behind};

pub unsafe extern "C" fn read(
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

pub unsafe extern "C" fn write(
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

pub unsafe extern "C" fn context(
    _: PWDF_DRIVER_GLOBALS,
    object: WDFOBJECT,
    context_type: PCWDF_OBJECT_CONTEXT_TYPE_INFO,
) -> PVOID {
    // SAFETY: a handle of this framework.
    let framework = unsafe { behind(object) };
    assert_eq!(framework.context_type.get(), context_type, "only the device has a context");
    framework.context.as_ptr().cast_mut().cast()
}

pub unsafe extern "C" fn queue_device(_: PWDF_DRIVER_GLOBALS, queue: WDFQUEUE) -> WDFDEVICE {
    queue.cast()
}

pub unsafe extern "C" fn interrupt_device(_: PWDF_DRIVER_GLOBALS, interrupt: WDFINTERRUPT) -> WDFDEVICE {
    interrupt.cast()
}

pub unsafe extern "C" fn queue_work_item(_: PWDF_DRIVER_GLOBALS, interrupt: WDFINTERRUPT) -> BOOLEAN {
    // SAFETY: a handle of this framework.
    unsafe { behind(interrupt) }.work_item.set(true);
    BOOLEAN::from(true)
}

pub unsafe extern "C" fn timer_start(_: PWDF_DRIVER_GLOBALS, _: WDFTIMER, _: LONGLONG) -> BOOLEAN {
    BOOLEAN::from(false)
}

pub unsafe extern "C" fn acquire(_: PWDF_DRIVER_GLOBALS, _: WDFWAITLOCK, _: PLONGLONG) -> NTSTATUS {
    STATUS_SUCCESS
}

pub unsafe extern "C" fn release(_: PWDF_DRIVER_GLOBALS, _: WDFWAITLOCK) {}

pub unsafe extern "C" fn forward(_: PWDF_DRIVER_GLOBALS, request: WDFREQUEST, _: WDFQUEUE) -> NTSTATUS {
    // SAFETY: a handle of this framework.
    unsafe { behind(request) }.forwarded.set(true);
    STATUS_SUCCESS
}

pub unsafe extern "C" fn retrieve_next(
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

pub unsafe extern "C" fn mark_cancelable(
    _: PWDF_DRIVER_GLOBALS,
    _: WDFREQUEST,
    _: PFN_WDF_REQUEST_CANCEL,
) -> NTSTATUS {
    STATUS_SUCCESS
}

pub unsafe extern "C" fn unmark_cancelable(_: PWDF_DRIVER_GLOBALS, _: WDFREQUEST) -> NTSTATUS {
    STATUS_SUCCESS
}

pub unsafe extern "C" fn input(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    needed: usize,
    buffer: *mut PVOID,
    _length: *mut usize,
) -> NTSTATUS {
    assert!(needed <= size_of::<Request>(), "the driver wants too much input");
    // SAFETY: a handle of this framework.
    let input = unsafe { behind(request) }.input.as_ptr();
    // SAFETY: the driver passes a place for the address.
    unsafe { buffer.write(input.cast()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn output(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    needed: usize,
    buffer: *mut PVOID,
    _length: *mut usize,
) -> NTSTATUS {
    assert!(needed <= OUTPUT, "the driver wants too much output");
    // SAFETY: a handle of this framework.
    let output = &unsafe { behind(request) }.output;
    // SAFETY: the driver passes a place for the address.
    unsafe { buffer.write(output.as_ptr().cast_mut().cast()) };
    STATUS_SUCCESS
}

pub unsafe extern "C" fn complete(
    _: PWDF_DRIVER_GLOBALS,
    request: WDFREQUEST,
    status: NTSTATUS,
    bytes: ULONG_PTR,
) {
    // SAFETY: a handle of this framework.
    unsafe { behind(request) }.completed.set(Some((status, bytes)));
}
