//! Good arguments for functions of resources, registers and interrupts.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicI64, AtomicPtr, Ordering};

use wdk_sys::{
    _MEMORY_CACHING_TYPE as CacheType, _WDF_INTERRUPT_POLICY as Policy, _WDF_INTERRUPT_PRIORITY as Priority,
    _WDF_TRI_STATE as Tri, BOOLEAN, CmResourceTypeMemory, CmResourceTypeMemoryLarge, NTSTATUS,
    PFN_WDF_INTERRUPT_SYNCHRONIZE, PHYSICAL_ADDRESS, STATUS_SUCCESS, ULONG, WDF_INTERRUPT_CONFIG,
    WDF_INTERRUPT_EXTENDED_POLICY, WDF_INTERRUPT_INFO, WDF_NO_OBJECT_ATTRIBUTES, WDFCMRESLIST,
    WDFCMRESLIST__, WDFCONTEXT, WDFDEVICE, WDFINTERRUPT, WDFINTERRUPT__,
};

use super::{changed, device, keep, made_ok};
use crate::wdf::{size_field, unmap, wdf};

/// Bytes of the BAR.
pub const BAR_LENGTH: u64 = 0x1000;

/// The translated resources.
static LIST: AtomicPtr<WDFCMRESLIST__> = AtomicPtr::new(null_mut());
/// Where the BAR is.
static BAR: AtomicI64 = AtomicI64::new(0);
/// Where the pseudo base address stands, if the BAR was mapped.
static BASE: AtomicPtr<*mut c_void> = AtomicPtr::new(null_mut());
/// The interrupt.
static INTERRUPT: AtomicPtr<WDFINTERRUPT__> = AtomicPtr::new(null_mut());

/// Remembers the resources.
pub unsafe extern "C" fn evt_device_prepare_hardware(
    _device: WDFDEVICE,
    _raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    LIST.store(translated, Ordering::Relaxed);
    for index in 0..wdf!(WdfCmResourceListGetCount, translated) {
        let descriptor = wdf!(WdfCmResourceListGetDescriptor, translated, index);
        // SAFETY: there are so many descriptors, and nobody else has this clone.
        let descriptor = unsafe { descriptor.read() };
        if [CmResourceTypeMemory, CmResourceTypeMemoryLarge].contains(&descriptor.Type.into()) {
            // SAFETY: the type says that this is the arm.
            let memory = unsafe { descriptor.u.Memory };
            // SAFETY: any number is one.
            BAR.store(unsafe { memory.Start.QuadPart }, Ordering::Relaxed);
        }
    }
    STATUS_SUCCESS
}

/// Unmaps what a call has mapped.
pub unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _: WDFCMRESLIST) -> NTSTATUS {
    if !base().is_null() {
        unmap(device, base(), BAR_LENGTH);
    }
    STATUS_SUCCESS
}

pub fn list() -> WDFCMRESLIST {
    LIST.load(Ordering::Relaxed)
}

pub fn physical(address: i64) -> PHYSICAL_ADDRESS {
    PHYSICAL_ADDRESS { QuadPart: address }
}

/// The address of the BAR, and some bytes more.
pub fn bar(more: i64) -> PHYSICAL_ADDRESS {
    physical(BAR.load(Ordering::Relaxed) + more)
}

pub fn place_for_base() -> *mut *mut c_void {
    let place = keep(null_mut());
    BASE.store(place, Ordering::Relaxed);
    place
}

fn base() -> *mut c_void {
    let place = BASE.load(Ordering::Relaxed);
    // SAFETY: NULL or a place of its own.
    unsafe { place.as_ref() }.copied().unwrap_or(null_mut())
}

/// The pseudo base address of the BAR.
pub fn mapped() -> *mut c_void {
    if base().is_null() {
        let (cache, place) = (CacheType::MmNonCached, place_for_base());
        made_ok(wdf!(WdfDeviceMapIoSpace, device(), bar(0), BAR_LENGTH, cache, place));
    }
    base()
}

/// Forgets the mapping: it is undone.
pub fn forget_mapping() {
    BASE.store(null_mut(), Ordering::Relaxed);
}

pub fn interrupt_config(change: impl FnOnce(&mut WDF_INTERRUPT_CONFIG)) -> *mut WDF_INTERRUPT_CONFIG {
    let config = WDF_INTERRUPT_CONFIG {
        Size: size_field::<WDF_INTERRUPT_CONFIG>(),
        ShareVector: Tri::WdfUseDefault,
        ReportInactiveOnPowerDown: Tri::WdfUseDefault,
        PassiveHandling: 1,
        EvtInterruptIsr: Some(evt_interrupt_isr),
        EvtInterruptWorkItem: Some(evt_interrupt_work_item),
        ..WDF_INTERRUPT_CONFIG::default()
    };
    changed(config, change)
}

/// Makes the interrupt.
pub fn create_interrupt() -> Result<(), NTSTATUS> {
    let mut made = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    crate::wdf::check(wdf!(WdfInterruptCreate, device(), interrupt_config(|_| ()), none, &raw mut made))?;
    INTERRUPT.store(made, Ordering::Relaxed);
    Ok(())
}

pub fn interrupt() -> WDFINTERRUPT {
    INTERRUPT.load(Ordering::Relaxed)
}

pub fn locked_interrupt() -> WDFINTERRUPT {
    wdf!(WdfInterruptAcquireLock, interrupt());
    interrupt()
}

pub fn disabled_interrupt() -> WDFINTERRUPT {
    wdf!(WdfInterruptDisable, interrupt());
    interrupt()
}

/// A structure whose `Size` is too small by some bytes.
pub fn interrupt_info(missing: ULONG) -> *mut WDF_INTERRUPT_INFO {
    changed(WDF_INTERRUPT_INFO::default(), |info| info.Size = size_field::<WDF_INTERRUPT_INFO>() - missing)
}

pub fn policy(change: impl FnOnce(&mut WDF_INTERRUPT_EXTENDED_POLICY)) -> *mut WDF_INTERRUPT_EXTENDED_POLICY {
    let policy = WDF_INTERRUPT_EXTENDED_POLICY {
        Size: size_field::<WDF_INTERRUPT_EXTENDED_POLICY>(),
        Policy: Policy::WdfIrqPolicyMachineDefault,
        Priority: Priority::WdfIrqPriorityNormal,
        ..WDF_INTERRUPT_EXTENDED_POLICY::default()
    };
    changed(policy, change)
}

pub const EVT_INTERRUPT_SYNCHRONIZE: PFN_WDF_INTERRUPT_SYNCHRONIZE = Some(evt_interrupt_synchronize);

unsafe extern "C" fn evt_interrupt_synchronize(_interrupt: WDFINTERRUPT, _context: WDFCONTEXT) -> BOOLEAN {
    1
}

unsafe extern "C" fn evt_interrupt_isr(_interrupt: WDFINTERRUPT, _message: ULONG) -> BOOLEAN {
    0
}

unsafe extern "C" fn evt_interrupt_work_item(_interrupt: WDFINTERRUPT, _device: wdk_sys::WDFOBJECT) {}
