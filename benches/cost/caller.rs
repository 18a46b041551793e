//! A driver that calls one framework function over and over. Its devices have an interrupt each.

#![expect(unsafe_code, reason = "a driver without comfort, at the framework's C interface")]

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::{Mutex, MutexGuard, PoisonError};

use wdk_sys::loader::{LoaderInterface, enter};
use wdk_sys::{
    _MEMORY_CACHING_TYPE, _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type,
    _WDF_IO_QUEUE_DISPATCH_TYPE, _WDF_TRI_STATE, BOOLEAN, CmResourceTypeMemory, GUID, NTSTATUS,
    PCUNICODE_STRING, PDRIVER_OBJECT, PVOID, PWDFDEVICE_INIT, STATUS_SUCCESS, STATUS_UNSUCCESSFUL, ULONG,
    WDF_DRIVER_CONFIG, WDF_INTERRUPT_CONFIG, WDF_IO_QUEUE_CONFIG, WDF_NO_HANDLE, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDFCMRESLIST, WDFDEVICE, WDFDRIVER, WDFINTERRUPT, WDFQUEUE, WDFREQUEST,
};

/// What a request asks for by its I/O control code: `WdfDeviceGetDriver`, a register read, a register write.
/// The input says how often.
pub const CODES: [u32; 3] = [0x22_2000, 0x22_2004, 0x22_2008];

/// Bytes that are mapped of each device.
const MAPPED: u64 = 0x80;
/// An edu register that reads and writes leave the device as it is.
const LIVENESS: usize = 4;

/// The mapped registers of each started device: base address by handle.
static BASES: Mutex<BTreeMap<usize, usize>> = Mutex::new(BTreeMap::new());

fn bases() -> MutexGuard<'static, BTreeMap<usize, usize>> {
    BASES.lock().unwrap_or_else(PoisonError::into_inner)
}

macro_rules! wdf {
    ($function:ident $(, $argument:expr)* $(,)?) => {
        // SAFETY: each argument is what the function's documentation asks for.
        unsafe { ::wdk_sys::call_unsafe_wdf_function_binding!($function $(, $argument)*) }
    };
}

/// The driver's entry point, as `export_fx_driver_entry_um!` makes it; the symbol's name is another driver's.
///
/// # Safety
/// As [`enter`] demands.
pub unsafe extern "C" fn entry(
    loader: *const LoaderInterface,
    context: *mut c_void,
    driver: PDRIVER_OBJECT,
    registry_path: PCUNICODE_STRING,
) -> NTSTATUS {
    // SAFETY: the caller's promise.
    unsafe { enter(loader, context, driver, registry_path, driver_entry) }
}

fn size_field<T>() -> ULONG {
    ULONG::try_from(size_of::<T>()).expect("no structure of WDF is that large")
}

unsafe extern "C" fn driver_entry(driver: PDRIVER_OBJECT, registry_path: PCUNICODE_STRING) -> NTSTATUS {
    let mut config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(evt_driver_device_add),
        ..WDF_DRIVER_CONFIG::default()
    };
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    wdf!(WdfDriverCreate, driver, registry_path, none, &raw mut config, WDF_NO_HANDLE.cast())
}

unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    let (mut init, mut device): (_, WDFDEVICE) = (init, null_mut());
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    let status = wdf!(WdfDeviceCreate, &raw mut init, WDF_NO_OBJECT_ATTRIBUTES, &raw mut device);
    if status < 0 {
        return status;
    }
    let mut config = WDF_INTERRUPT_CONFIG {
        Size: size_field::<WDF_INTERRUPT_CONFIG>(),
        PassiveHandling: 1,
        ShareVector: _WDF_TRI_STATE::WdfUseDefault,
        ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
        EvtInterruptIsr: Some(evt_interrupt_isr),
        ..WDF_INTERRUPT_CONFIG::default()
    };
    let mut interrupt: WDFINTERRUPT = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    let status = wdf!(WdfInterruptCreate, device, &raw mut config, none, &raw mut interrupt);
    if status < 0 {
        return status;
    }
    let interface = GUID { Data1: 1, ..GUID::default() };
    let status = wdf!(WdfDeviceCreateDeviceInterface, device, &raw const interface, null_mut());
    if status < 0 {
        return status;
    }
    let mut config = WDF_IO_QUEUE_CONFIG {
        Size: size_field::<WDF_IO_QUEUE_CONFIG>(),
        DispatchType: _WDF_IO_QUEUE_DISPATCH_TYPE::WdfIoQueueDispatchSequential,
        PowerManaged: _WDF_TRI_STATE::WdfTrue,
        DefaultQueue: 1,
        EvtIoDeviceControl: Some(evt_io_device_control),
        ..WDF_IO_QUEUE_CONFIG::default()
    };
    wdf!(WdfIoQueueCreate, device, &raw mut config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE.cast())
}

/// The device never interrupts, but after each access the host looks whether it does.
unsafe extern "C" fn evt_interrupt_isr(_interrupt: WDFINTERRUPT, _message: ULONG) -> BOOLEAN {
    0
}

unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    _raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    let descriptor = wdf!(WdfCmResourceListGetDescriptor, translated, 0);
    // SAFETY: NULL, or a descriptor that lives as long as the list.
    let descriptor = unsafe { descriptor.as_ref() };
    let Some(memory) = descriptor.filter(|memory| u32::from(memory.Type) == CmResourceTypeMemory) else {
        return STATUS_UNSUCCESSFUL;
    };
    // SAFETY: the type says which member it is.
    let start = unsafe { memory.u.Memory.Start };
    let (mut base, cache): (PVOID, _) = (null_mut(), _MEMORY_CACHING_TYPE::MmNonCached);
    let status = wdf!(WdfDeviceMapIoSpace, device, start, MAPPED, cache, &raw mut base);
    bases().insert(device.addr(), base.addr());
    status
}

unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    if let Some(base) = bases().remove(&device.addr()) {
        wdf!(WdfDeviceUnmapIoSpace, device, without_provenance_mut(base), MAPPED);
    }
    STATUS_SUCCESS
}

unsafe extern "C" fn evt_io_device_control(
    queue: WDFQUEUE,
    request: WDFREQUEST,
    _output: usize,
    _input: usize,
    code: ULONG,
) {
    let device = wdf!(WdfIoQueueGetDevice, queue);
    let mut input: PVOID = null_mut();
    let status = wdf!(WdfRequestRetrieveInputBuffer, request, size_of::<u32>(), &raw mut input, null_mut());
    if status >= 0 {
        // SAFETY: the buffer has the bytes that were asked for.
        let count = unsafe { input.cast::<u32>().read_unaligned() };
        call(device, code, count);
    }
    wdf!(WdfRequestComplete, request, status);
}

fn call(device: WDFDEVICE, code: ULONG, count: u32) {
    let Some(base) = bases().get(&device.addr()).copied() else { return };
    let register = without_provenance_mut(base + LIVENESS);
    let (kind, size) = (Type::WdfDeviceHwAccessTargetTypeRegister, Size::WdfDeviceHwAccessTargetSizeUlong);
    for _ in 0..count {
        if code == CODES[0] {
            let _ = wdf!(WdfDeviceGetDriver, device);
        } else if code == CODES[1] {
            let _ = wdf!(WdfDeviceReadFromHardware, device, kind, size, register, null_mut(), 0);
        } else {
            wdf!(WdfDeviceWriteToHardware, device, kind, size, register, 0, null_mut(), 0);
        }
    }
}
