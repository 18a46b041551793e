//! Good arguments for functions of the driver and the device.

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{
    _DEVICE_POWER_STATE as Dx, _DRIVER_OBJECT, _WDF_DEVICE_IO_TYPE as IoType,
    _WDF_FILEOBJECT_CLASS as FileClass, _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES as Caps,
    _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL as IdleUser, _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL as WakeUser,
    _WDF_TRI_STATE as Tri, BOOLEAN, DEVPROPKEY, GUID, NTSTATUS, PDRIVER_OBJECT, PWDFDEVICE_INIT,
    STATUS_SUCCESS, UNICODE_STRING, WDF_DEVICE_INTERFACE_PROPERTY_DATA, WDF_DEVICE_PNP_CAPABILITIES,
    WDF_DEVICE_POWER_CAPABILITIES, WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS,
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS, WDF_DEVICE_PROPERTY_DATA, WDF_DEVICE_STATE, WDF_DRIVER_CONFIG,
    WDF_DRIVER_VERSION_AVAILABLE_PARAMS, WDF_FILEOBJECT_CONFIG, WDF_IO_TYPE_CONFIG,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDF_POWER_POLICY_EVENT_CALLBACKS, WDFDEVICE, WDFDEVICE_INIT, WDFDRIVER,
    WDFQUEUE,
};

use super::{bytes, changed, device, keep, made_ok, text};
use crate::wdf::{size_field, wdf};

/// What DriverEntry got.
pub static DRIVER_OBJECT: AtomicPtr<_DRIVER_OBJECT> = AtomicPtr::new(null_mut());
/// What DriverEntry got.
pub static REGISTRY_PATH: AtomicPtr<UNICODE_STRING> = AtomicPtr::new(null_mut());
/// The device init.
pub static INIT: AtomicPtr<WDFDEVICE_INIT> = AtomicPtr::new(null_mut());

/// `DEVPKEY_Device_DeviceDesc` (`devpkey.h`).
static DESCRIPTION: DEVPROPKEY = DEVPROPKEY {
    fmtid: GUID {
        Data1: 0xA45C_254E,
        Data2: 0xDF1C,
        Data3: 0x4EFD,
        Data4: [0x80, 0x20, 0x67, 0xD1, 0x46, 0xA8, 0x50, 0xE0],
    },
    pid: 2,
};
/// A property of the driver's own.
static OWN: DEVPROPKEY = DEVPROPKEY { fmtid: GUID { Data1: 1, Data2: 2, Data3: 3, Data4: [4; 8] }, pid: 2 };

/// {7c0b8f5e-2a44-4b0e-9d1c-52f7a86f2e11}, the interface of this fixture.
static CLASS: GUID = GUID {
    Data1: 0x7c0b_8f5e,
    Data2: 0x2a44,
    Data3: 0x4b0e,
    Data4: [0x9d, 0x1c, 0x52, 0xf7, 0xa8, 0x6f, 0x2e, 0x11],
};

pub fn class() -> *mut GUID {
    (&raw const CLASS).cast_mut()
}

pub fn driver_object() -> PDRIVER_OBJECT {
    DRIVER_OBJECT.load(Ordering::Relaxed)
}

pub fn registry_path() -> *mut UNICODE_STRING {
    REGISTRY_PATH.load(Ordering::Relaxed)
}

pub fn driver_config(change: impl FnOnce(&mut WDF_DRIVER_CONFIG)) -> *mut WDF_DRIVER_CONFIG {
    let config = WDF_DRIVER_CONFIG {
        Size: size_field::<WDF_DRIVER_CONFIG>(),
        EvtDriverDeviceAdd: Some(crate::evt_driver_device_add),
        ..WDF_DRIVER_CONFIG::default()
    };
    changed(config, change)
}

pub fn driver() -> WDFDRIVER {
    wdf!(WdfDeviceGetDriver, device())
}

pub fn version(
    change: impl FnOnce(&mut WDF_DRIVER_VERSION_AVAILABLE_PARAMS),
) -> *mut WDF_DRIVER_VERSION_AVAILABLE_PARAMS {
    let size = size_field::<WDF_DRIVER_VERSION_AVAILABLE_PARAMS>();
    changed(WDF_DRIVER_VERSION_AVAILABLE_PARAMS { Size: size, MajorVersion: 2, MinorVersion: 0 }, change)
}

pub fn init() -> PWDFDEVICE_INIT {
    INIT.load(Ordering::Relaxed)
}

pub fn place_of_init() -> *mut PWDFDEVICE_INIT {
    keep(init())
}

pub fn pnp_callbacks(
    change: impl FnOnce(&mut WDF_PNPPOWER_EVENT_CALLBACKS),
) -> *mut WDF_PNPPOWER_EVENT_CALLBACKS {
    let callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
        Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
        EvtDevicePrepareHardware: Some(super::evt_device_prepare_hardware),
        EvtDeviceReleaseHardware: Some(super::evt_device_release_hardware),
        ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
    };
    changed(callbacks, change)
}

/// Callbacks of which only one may be there.
pub fn both_usage_callbacks() -> *mut WDF_PNPPOWER_EVENT_CALLBACKS {
    pnp_callbacks(|callbacks| {
        callbacks.EvtDeviceUsageNotification = Some(evt_device_usage_notification);
        callbacks.EvtDeviceUsageNotificationEx = Some(evt_device_usage_notification_ex);
    })
}

unsafe extern "C" fn evt_device_usage_notification(
    _device: WDFDEVICE,
    _kind: wdk_sys::WDF_SPECIAL_FILE_TYPE,
    _in_path: BOOLEAN,
) {
}

unsafe extern "C" fn evt_device_usage_notification_ex(
    _device: WDFDEVICE,
    _kind: wdk_sys::WDF_SPECIAL_FILE_TYPE,
    _in_path: BOOLEAN,
) -> NTSTATUS {
    STATUS_SUCCESS
}

pub fn policy_callbacks(
    change: impl FnOnce(&mut WDF_POWER_POLICY_EVENT_CALLBACKS),
) -> *mut WDF_POWER_POLICY_EVENT_CALLBACKS {
    let callbacks = WDF_POWER_POLICY_EVENT_CALLBACKS {
        Size: size_field::<WDF_POWER_POLICY_EVENT_CALLBACKS>(),
        ..WDF_POWER_POLICY_EVENT_CALLBACKS::default()
    };
    changed(callbacks, change)
}

pub fn io_type_config(change: impl FnOnce(&mut WDF_IO_TYPE_CONFIG)) -> *mut WDF_IO_TYPE_CONFIG {
    let config = WDF_IO_TYPE_CONFIG {
        Size: size_field::<WDF_IO_TYPE_CONFIG>(),
        ReadWriteIoType: IoType::WdfDeviceIoBuffered,
        DeviceControlIoType: IoType::WdfDeviceIoBuffered,
        ..WDF_IO_TYPE_CONFIG::default()
    };
    changed(config, change)
}

pub fn files(change: impl FnOnce(&mut WDF_FILEOBJECT_CONFIG)) -> *mut WDF_FILEOBJECT_CONFIG {
    let config = WDF_FILEOBJECT_CONFIG {
        Size: size_field::<WDF_FILEOBJECT_CONFIG>(),
        AutoForwardCleanupClose: Tri::WdfUseDefault,
        FileObjectClass: FileClass::WdfFileObjectWdfCannotUseFsContexts,
        ..WDF_FILEOBJECT_CONFIG::default()
    };
    changed(config, change)
}

pub fn device_state(change: impl FnOnce(&mut WDF_DEVICE_STATE)) -> *mut WDF_DEVICE_STATE {
    let state = WDF_DEVICE_STATE {
        Size: size_field::<WDF_DEVICE_STATE>(),
        Disabled: Tri::WdfUseDefault,
        DontDisplayInUI: Tri::WdfUseDefault,
        Failed: Tri::WdfUseDefault,
        NotDisableable: Tri::WdfUseDefault,
        Removed: Tri::WdfUseDefault,
        ResourcesChanged: Tri::WdfUseDefault,
    };
    changed(state, change)
}

pub fn idle_settings(
    change: impl FnOnce(&mut WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS),
) -> *mut WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
    let settings = WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
        Size: size_field::<WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS>(),
        IdleCaps: Caps::IdleCannotWakeFromS0,
        DxState: Dx::PowerDeviceMaximum,
        UserControlOfIdleSettings: IdleUser::IdleAllowUserControl,
        Enabled: Tri::WdfFalse,
        PowerUpIdleDeviceOnSystemWake: Tri::WdfUseDefault,
        ExcludeD3Cold: Tri::WdfUseDefault,
        ..WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS::default()
    };
    changed(settings, change)
}

pub fn wake_settings(
    change: impl FnOnce(&mut WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS),
) -> *mut WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS {
    let settings = WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS {
        Size: size_field::<WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS>(),
        DxState: Dx::PowerDeviceMaximum,
        UserControlOfWakeSettings: WakeUser::WakeAllowUserControl,
        Enabled: Tri::WdfUseDefault,
        ..WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS::default()
    };
    changed(settings, change)
}

pub fn pnp_capabilities(
    change: impl FnOnce(&mut WDF_DEVICE_PNP_CAPABILITIES),
) -> *mut WDF_DEVICE_PNP_CAPABILITIES {
    let capabilities = WDF_DEVICE_PNP_CAPABILITIES {
        Size: size_field::<WDF_DEVICE_PNP_CAPABILITIES>(),
        LockSupported: Tri::WdfUseDefault,
        EjectSupported: Tri::WdfUseDefault,
        Removable: Tri::WdfUseDefault,
        DockDevice: Tri::WdfUseDefault,
        UniqueID: Tri::WdfUseDefault,
        SilentInstall: Tri::WdfUseDefault,
        SurpriseRemovalOK: Tri::WdfUseDefault,
        HardwareDisabled: Tri::WdfUseDefault,
        NoDisplayInUI: Tri::WdfUseDefault,
        Address: u32::MAX,
        UINumber: u32::MAX,
    };
    changed(capabilities, change)
}

pub fn power_capabilities(
    change: impl FnOnce(&mut WDF_DEVICE_POWER_CAPABILITIES),
) -> *mut WDF_DEVICE_POWER_CAPABILITIES {
    let capabilities = WDF_DEVICE_POWER_CAPABILITIES {
        Size: size_field::<WDF_DEVICE_POWER_CAPABILITIES>(),
        DeviceD1: Tri::WdfUseDefault,
        DeviceD2: Tri::WdfUseDefault,
        WakeFromD0: Tri::WdfUseDefault,
        WakeFromD1: Tri::WdfUseDefault,
        WakeFromD2: Tri::WdfUseDefault,
        WakeFromD3: Tri::WdfUseDefault,
        DeviceState: [Dx::PowerDeviceMaximum; 7],
        DeviceWake: Dx::PowerDeviceMaximum,
        SystemWake: wdk_sys::_SYSTEM_POWER_STATE::PowerSystemMaximum,
        D1Latency: u32::MAX,
        D2Latency: u32::MAX,
        D3Latency: u32::MAX,
        IdealDxStateForSx: Dx::PowerDeviceMaximum,
    };
    changed(capabilities, change)
}

/// The device, which PnP is not to stop.
pub fn unstoppable_device() -> WDFDEVICE {
    wdf!(WdfDeviceSetStaticStopRemove, device(), BOOLEAN::from(false));
    device()
}

/// The device, kept in D0.
pub fn busy_device() -> WDFDEVICE {
    made_ok(wdf!(WdfDeviceStopIdleNoTrack, device(), BOOLEAN::from(false)));
    device()
}

/// The device, whose callback lock this thread has.
pub fn locked_device() -> WDFDEVICE {
    wdf!(WdfObjectAcquireLock, device().cast());
    device()
}

/// The device, with a symbolic link.
pub fn device_with_link() -> WDFDEVICE {
    made_ok(wdf!(WdfDeviceCreateSymbolicLink, device(), text("First")));
    device()
}

pub fn default_queue() -> WDFQUEUE {
    wdf!(WdfDeviceGetDefaultQueue, device())
}

/// The reference string of an interface of the device.
pub fn reference() -> *mut UNICODE_STRING {
    let reference = text("Reference");
    made_ok(wdf!(WdfDeviceCreateDeviceInterface, device(), class(), reference));
    reference
}

fn property(
    key: &'static DEVPROPKEY,
    change: impl FnOnce(&mut WDF_DEVICE_PROPERTY_DATA),
) -> *mut WDF_DEVICE_PROPERTY_DATA {
    let data = WDF_DEVICE_PROPERTY_DATA {
        Size: size_field::<WDF_DEVICE_PROPERTY_DATA>(),
        PropertyKey: key,
        ..WDF_DEVICE_PROPERTY_DATA::default()
    };
    changed(data, change)
}

/// The description of the device.
pub fn description(change: impl FnOnce(&mut WDF_DEVICE_PROPERTY_DATA)) -> *mut WDF_DEVICE_PROPERTY_DATA {
    property(&DESCRIPTION, change)
}

/// A property of the driver's own.
pub fn own_property(change: impl FnOnce(&mut WDF_DEVICE_PROPERTY_DATA)) -> *mut WDF_DEVICE_PROPERTY_DATA {
    property(&OWN, change)
}

/// A property of the device's interface.
pub fn interface_property(
    change: impl FnOnce(&mut WDF_DEVICE_INTERFACE_PROPERTY_DATA),
) -> *mut WDF_DEVICE_INTERFACE_PROPERTY_DATA {
    let data = WDF_DEVICE_INTERFACE_PROPERTY_DATA {
        Size: size_field::<WDF_DEVICE_INTERFACE_PROPERTY_DATA>(),
        InterfaceClassGUID: &raw const CLASS,
        ReferenceString: null(),
        PropertyKey: &raw const OWN,
        ..WDF_DEVICE_INTERFACE_PROPERTY_DATA::default()
    };
    changed(data, change)
}

/// One that has a value.
pub fn assigned_interface_property(
    change: impl FnOnce(&mut WDF_DEVICE_INTERFACE_PROPERTY_DATA),
) -> *mut WDF_DEVICE_INTERFACE_PROPERTY_DATA {
    let data = interface_property(change);
    made_ok(wdf!(WdfDeviceAssignInterfaceProperty, device(), data, 3, 8, bytes()));
    data
}

pub fn number() -> *mut u32 {
    keep(0)
}

pub fn io_type() -> *mut i32 {
    keep(0)
}
