//! One device: its data, and its way through start, power and removal.

use std::ptr::{null, null_mut};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use wdk_sys::{
    _WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, NTSTATUS, PWDFDEVICE_INIT, STATUS_DEVICE_NOT_READY,
    STATUS_INTERNAL_ERROR, WDF_OBJECT_ATTRIBUTES, WDF_OBJECT_CONTEXT_TYPE_INFO, WDF_PNPPOWER_EVENT_CALLBACKS,
    WDF_POWER_DEVICE_STATE, WDFCMRESLIST, WDFDEVICE, WDFDRIVER, WDFINTERRUPT, WDFOBJECT,
};

use crate::hardware::{DONE, ERROR, Hardware};
use crate::interface::GUID_DEVINTERFACE_ABACUS;
use crate::resources::Resources;
use crate::wdf::{call_unsafe, check, contain, size_field, status_of};
use crate::{interrupt, queue};

/// What the driver knows about a device.
pub struct Abacus {
    /// Interrupt n has message n.
    pub interrupts: [WDFINTERRUPT; 2],
    state: Mutex<State>,
    /// Notified when there is a result.
    pub finished: Condvar,
}

/// What changes.
#[derive(Default)]
pub struct State {
    /// The board, while the device is started.
    pub hardware: Option<Hardware>,
    /// Causes that an ISR took and no work item has seen yet.
    pub causes: u32,
    /// What came of the addition under way.
    pub result: Option<Result<u32, NTSTATUS>>,
}

impl Abacus {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub fn hardware(&self) -> Result<&Hardware, NTSTATUS> {
        self.hardware.as_ref().ok_or(STATUS_DEVICE_NOT_READY)
    }
}

/// What lies in the device's context memory. The framework zeroes that, which means `None`.
type Slot = Option<Box<Abacus>>;

struct TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO);

// SAFETY: nobody writes it, and its pointers point to statics.
unsafe impl Sync for TypeInfo {}

static TYPE_INFO: TypeInfo = TypeInfo(WDF_OBJECT_CONTEXT_TYPE_INFO {
    Size: size_field::<WDF_OBJECT_CONTEXT_TYPE_INFO>(),
    ContextName: c"Abacus".as_ptr().cast_mut(),
    ContextSize: size_of::<Slot>(),
    UniqueType: &raw const TYPE_INFO.0,
    EvtDriverGetUniqueContextType: None,
});

/// Where the device keeps its data; NULL if it is none of this driver's.
///
/// # Safety
/// `device` is valid.
unsafe fn slot(device: WDFOBJECT) -> *mut Slot {
    // SAFETY: the caller's device; the type is a static.
    unsafe { call_unsafe!(WdfObjectGetTypedContextWorker, device, &raw const TYPE_INFO.0) }.cast()
}

/// Runs the body of a callback with the data of the device.
///
/// # Safety
/// `device` is valid until this returns, and its EvtDriverDeviceAdd has returned before.
pub unsafe fn with<T>(
    event: &str,
    device: WDFDEVICE,
    body: impl FnOnce(&Abacus) -> Result<T, NTSTATUS>,
) -> Result<T, NTSTATUS> {
    // SAFETY: the caller's device.
    let slot = unsafe { slot(device.cast()) };
    // SAFETY: NULL or the slot, which EvtDriverDeviceAdd wrote, and which changes only when the device is destroyed.
    let abacus = unsafe { slot.as_ref() }.and_then(Option::as_deref);
    contain(event, || body(abacus.ok_or(STATUS_INTERNAL_ERROR)?))
}

pub unsafe extern "C" fn evt_driver_device_add(_driver: WDFDRIVER, init: PWDFDEVICE_INIT) -> NTSTATUS {
    status_of(contain("EvtDriverDeviceAdd", || add(init)))
}

fn add(mut init: PWDFDEVICE_INIT) -> Result<(), NTSTATUS> {
    let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(evt_device_release_hardware),
        EvtDeviceD0Entry: Some(evt_device_d0_entry),
        EvtDeviceD0Exit: Some(evt_device_d0_exit),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    // SAFETY: the framework's init, not used up yet; the callbacks are copied.
    unsafe { call_unsafe!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks) };
    let mut attributes = WDF_OBJECT_ATTRIBUTES {
        Size: size_field::<WDF_OBJECT_ATTRIBUTES>(),
        ExecutionLevel: _WDF_EXECUTION_LEVEL::WdfExecutionLevelInheritFromParent,
        SynchronizationScope: _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeInheritFromParent,
        ContextTypeInfo: &raw const TYPE_INFO.0,
        EvtDestroyCallback: Some(evt_destroy_callback),
        ..WDF_OBJECT_ATTRIBUTES::default()
    };
    let mut device = null_mut();
    // SAFETY: the init is used up here; the other pointers point to locals.
    check(unsafe { call_unsafe!(WdfDeviceCreate, &raw mut init, &raw mut attributes, &raw mut device) })?;
    // After a failure from here on the framework destroys the device and what is below it.

    // SAFETY: the device was just made.
    let interrupts = unsafe { interrupt::create(device)? };
    let abacus = Abacus { interrupts, state: Mutex::default(), finished: Condvar::new() };
    // SAFETY: the device was just made.
    let slot = unsafe { slot(device.cast()) };
    // SAFETY: made with room for the slot; before this callback has returned nobody looks at it.
    unsafe { slot.write(Some(Box::new(abacus))) };
    // SAFETY: the device was just made.
    unsafe { queue::create(device)? };
    let guid = &raw const GUID_DEVINTERFACE_ABACUS;
    // SAFETY: the device was just made; the GUID is a static; there is no reference string.
    check(unsafe { call_unsafe!(WdfDeviceCreateDeviceInterface, device, guid, null()) })
}

unsafe extern "C" fn evt_destroy_callback(device: WDFOBJECT) {
    // SAFETY: the framework passes the device, whose context memory is there until this returns.
    let slot = unsafe { slot(device) };
    // SAFETY: as above; nobody else has a reference to the device any more.
    drop(unsafe { slot.as_mut() }.and_then(Option::take));
}

/// Start: finds the board and maps it. The interrupts have their vectors.
unsafe extern "C" fn evt_device_prepare_hardware(
    device: WDFDEVICE,
    raw: WDFCMRESLIST,
    translated: WDFCMRESLIST,
) -> NTSTATUS {
    let prepare = |abacus: &Abacus| {
        // SAFETY: the lists of this callback.
        let found = unsafe { Resources::find(raw, translated)? };
        // SAFETY: the framework passes a valid device; EvtDeviceReleaseHardware drops the value.
        let hardware = unsafe { Hardware::new(device, &found)? };
        abacus.state().hardware = Some(hardware);
        Ok(())
    };
    // SAFETY: the framework passes a valid device.
    status_of(unsafe { with("EvtDevicePrepareHardware", device, prepare) })
}

/// Stop: unmaps the board, if it is mapped. Also called after a failed start.
unsafe extern "C" fn evt_device_release_hardware(device: WDFDEVICE, _translated: WDFCMRESLIST) -> NTSTATUS {
    let release = |abacus: &Abacus| {
        abacus.state().hardware = None;
        Ok(())
    };
    // SAFETY: the framework passes a valid device.
    status_of(unsafe { with("EvtDeviceReleaseHardware", device, release) })
}

/// Power on, after start or sleep. The framework enables the interrupts next.
unsafe extern "C" fn evt_device_d0_entry(device: WDFDEVICE, _previous: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    // SAFETY: the framework passes a valid device.
    status_of(unsafe { with("EvtDeviceD0Entry", device, quiet) })
}

/// Power off, before sleep or stop. The interrupts are disabled by now, and no request is left.
unsafe extern "C" fn evt_device_d0_exit(device: WDFDEVICE, _target: WDF_POWER_DEVICE_STATE) -> NTSTATUS {
    // SAFETY: the framework passes a valid device.
    status_of(unsafe { with("EvtDeviceD0Exit", device, quiet) })
}

fn quiet(abacus: &Abacus) -> Result<(), NTSTATUS> {
    let state = abacus.state();
    let hardware = state.hardware()?;
    hardware.disable(DONE | ERROR);
    hardware.end();
    Ok(())
}
