//! `wdfdevice.h`: devices, their PnP and power settings, their register access.

use crate::{
    BOOLEAN, DEVICE_POWER_STATE, DEVPROPKEY, GUID, LCID, PCUNICODE_STRING, PFN_WDF_DEVICE_ARM_WAKE_FROM_S0,
    PFN_WDF_DEVICE_ARM_WAKE_FROM_SX, PFN_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON, PFN_WDF_DEVICE_D0_ENTRY,
    PFN_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED, PFN_WDF_DEVICE_D0_EXIT,
    PFN_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED, PFN_WDF_DEVICE_DISARM_WAKE_FROM_S0,
    PFN_WDF_DEVICE_DISARM_WAKE_FROM_SX, PFN_WDF_DEVICE_FILE_CREATE, PFN_WDF_DEVICE_PREPARE_HARDWARE,
    PFN_WDF_DEVICE_QUERY_REMOVE, PFN_WDF_DEVICE_QUERY_STOP, PFN_WDF_DEVICE_RELATIONS_QUERY,
    PFN_WDF_DEVICE_RELEASE_HARDWARE, PFN_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP,
    PFN_WDF_DEVICE_SELF_MANAGED_IO_FLUSH, PFN_WDF_DEVICE_SELF_MANAGED_IO_INIT,
    PFN_WDF_DEVICE_SELF_MANAGED_IO_RESTART, PFN_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND,
    PFN_WDF_DEVICE_SURPRISE_REMOVAL, PFN_WDF_DEVICE_USAGE_NOTIFICATION, PFN_WDF_DEVICE_USAGE_NOTIFICATION_EX,
    PFN_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED, PFN_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED, PFN_WDF_FILE_CLEANUP,
    PFN_WDF_FILE_CLOSE, PFN_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE,
    PFN_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE, PPO_FX_COMPONENT,
    PPO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK, PPO_FX_COMPONENT_IDLE_CONDITION_CALLBACK,
    PPO_FX_COMPONENT_IDLE_STATE_CALLBACK, PPO_FX_POWER_CONTROL_CALLBACK, PVOID, SYSTEM_POWER_STATE, ULONG,
    WDF_TRI_STATE,
};

pub mod _WDF_DEVICE_FAILED_ACTION {
    pub type Type = i32;
    pub const WdfDeviceFailedUndefined: Type = 0;
    pub const WdfDeviceFailedAttemptRestart: Type = 1;
    pub const WdfDeviceFailedNoRestart: Type = 2;
}
pub type WDF_DEVICE_FAILED_ACTION = _WDF_DEVICE_FAILED_ACTION::Type;

pub mod _WDF_DEVICE_HWACCESS_TARGET_SIZE {
    pub type Type = i32;
    pub const WdfDeviceHwAccessTargetSizeInvalid: Type = 0;
    pub const WdfDeviceHwAccessTargetSizeUchar: Type = 1;
    pub const WdfDeviceHwAccessTargetSizeUshort: Type = 2;
    pub const WdfDeviceHwAccessTargetSizeUlong: Type = 3;
    pub const WdfDeviceHwAccessTargetSizeUlong64: Type = 4;
    pub const WdfDeviceHwAccessTargetSizeMaximum: Type = 5;
}
pub type WDF_DEVICE_HWACCESS_TARGET_SIZE = _WDF_DEVICE_HWACCESS_TARGET_SIZE::Type;

pub mod _WDF_DEVICE_HWACCESS_TARGET_TYPE {
    pub type Type = i32;
    pub const WdfDeviceHwAccessTargetTypeInvalid: Type = 0;
    pub const WdfDeviceHwAccessTargetTypeRegister: Type = 1;
    pub const WdfDeviceHwAccessTargetTypeRegisterBuffer: Type = 2;
    pub const WdfDeviceHwAccessTargetTypePort: Type = 3;
    pub const WdfDeviceHwAccessTargetTypePortBuffer: Type = 4;
    pub const WdfDeviceHwAccessTargetTypeMaximum: Type = 5;
}
pub type WDF_DEVICE_HWACCESS_TARGET_TYPE = _WDF_DEVICE_HWACCESS_TARGET_TYPE::Type;

pub mod _WDF_DEVICE_IO_TYPE {
    pub type Type = i32;
    pub const WdfDeviceIoUndefined: Type = 0;
    pub const WdfDeviceIoNeither: Type = 1;
    pub const WdfDeviceIoBuffered: Type = 2;
    pub const WdfDeviceIoDirect: Type = 3;
    pub const WdfDeviceIoBufferedOrDirect: Type = 4;
}
pub type WDF_DEVICE_IO_TYPE = _WDF_DEVICE_IO_TYPE::Type;

pub mod _WDF_DEVICE_STATE_FLAGS {
    pub type Type = i32;
    pub const WdfDevStateNP: Type = 0x8000;
}
pub type WDF_DEVICE_STATE_FLAGS = _WDF_DEVICE_STATE_FLAGS::Type;

pub mod _WDF_DISPATCH_IRP_TO_IO_QUEUE_FLAGS {
    pub type Type = i32;
    pub const WDF_DISPATCH_IRP_TO_IO_QUEUE_NO_FLAGS: Type = 0;
    pub const WDF_DISPATCH_IRP_TO_IO_QUEUE_INVOKE_INCALLERCTX_CALLBACK: Type = 1;
    pub const WDF_DISPATCH_IRP_TO_IO_QUEUE_PREPROCESSED_IRP: Type = 2;
}
pub type WDF_DISPATCH_IRP_TO_IO_QUEUE_FLAGS = _WDF_DISPATCH_IRP_TO_IO_QUEUE_FLAGS::Type;

pub mod _WDF_EVENT_TYPE {
    pub type Type = i32;
    pub const WdfEventReserved: Type = 0;
    pub const WdfEventBroadcast: Type = 1;
    pub const WdfEventMaximum: Type = 2;
}
pub type WDF_EVENT_TYPE = _WDF_EVENT_TYPE::Type;

pub mod _WDF_FILEOBJECT_CLASS {
    pub type Type = i32;
    pub const WdfFileObjectInvalid: Type = 0;
    pub const WdfFileObjectNotRequired: Type = 1;
    pub const WdfFileObjectWdfCanUseFsContext: Type = 2;
    pub const WdfFileObjectWdfCanUseFsContext2: Type = 3;
    pub const WdfFileObjectWdfCannotUseFsContexts: Type = 4;
    pub const WdfFileObjectCanBeOptional: Type = -0x8000_0000;
}
pub type WDF_FILEOBJECT_CLASS = _WDF_FILEOBJECT_CLASS::Type;

pub mod _WDF_POWER_DEVICE_STATE {
    pub type Type = i32;
    pub const WdfPowerDeviceInvalid: Type = 0;
    pub const WdfPowerDeviceD0: Type = 1;
    pub const WdfPowerDeviceD1: Type = 2;
    pub const WdfPowerDeviceD2: Type = 3;
    pub const WdfPowerDeviceD3: Type = 4;
    pub const WdfPowerDeviceD3Final: Type = 5;
    pub const WdfPowerDevicePrepareForHibernation: Type = 6;
    pub const WdfPowerDeviceMaximum: Type = 7;
}
pub type WDF_POWER_DEVICE_STATE = _WDF_POWER_DEVICE_STATE::Type;

pub mod _WDF_POWER_POLICY_IDLE_TIMEOUT_CONSTANTS {
    pub type Type = i32;
    pub const IdleTimeoutDefaultConstant: Type = 0;
}
pub type WDF_POWER_POLICY_IDLE_TIMEOUT_CONSTANTS = _WDF_POWER_POLICY_IDLE_TIMEOUT_CONSTANTS::Type;

pub mod _WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE {
    pub type Type = i32;
    pub const DriverManagedIdleTimeout: Type = 0;
    pub const SystemManagedIdleTimeout: Type = 1;
    pub const SystemManagedIdleTimeoutWithHint: Type = 2;
}
pub type WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE = _WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE::Type;

pub mod _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES {
    pub type Type = i32;
    pub const IdleCapsInvalid: Type = 0;
    pub const IdleCannotWakeFromS0: Type = 1;
    pub const IdleCanWakeFromS0: Type = 2;
    pub const IdleUsbSelectiveSuspend: Type = 3;
}
pub type WDF_POWER_POLICY_S0_IDLE_CAPABILITIES = _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES::Type;

pub mod _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL {
    pub type Type = i32;
    pub const IdleUserControlInvalid: Type = 0;
    pub const IdleDoNotAllowUserControl: Type = 1;
    pub const IdleAllowUserControl: Type = 2;
}
pub type WDF_POWER_POLICY_S0_IDLE_USER_CONTROL = _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL::Type;

pub mod _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL {
    pub type Type = i32;
    pub const WakeUserControlInvalid: Type = 0;
    pub const WakeDoNotAllowUserControl: Type = 1;
    pub const WakeAllowUserControl: Type = 2;
}
pub type WDF_POWER_POLICY_SX_WAKE_USER_CONTROL = _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL::Type;

pub mod _WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE {
    pub type Type = i32;
    pub const WdfReleaseHardwareOrderOnFailureInvalid: Type = 0;
    pub const WdfReleaseHardwareOrderOnFailureEarly: Type = 1;
    pub const WdfReleaseHardwareOrderOnFailureAfterDescendants: Type = 2;
}
pub type WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE = _WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE::Type;

pub mod _WDF_REMOVE_LOCK_OPTIONS_FLAGS {
    pub type Type = i32;
    pub const WDF_REMOVE_LOCK_OPTION_ACQUIRE_FOR_IO: Type = 1;
}
pub type WDF_REMOVE_LOCK_OPTIONS_FLAGS = _WDF_REMOVE_LOCK_OPTIONS_FLAGS::Type;

pub mod _WDF_SPECIAL_FILE_TYPE {
    pub type Type = i32;
    pub const WdfSpecialFileUndefined: Type = 0;
    pub const WdfSpecialFilePaging: Type = 1;
    pub const WdfSpecialFileHibernation: Type = 2;
    pub const WdfSpecialFileDump: Type = 3;
    pub const WdfSpecialFileBoot: Type = 4;
    pub const WdfSpecialFileMax: Type = 5;
}
pub type WDF_SPECIAL_FILE_TYPE = _WDF_SPECIAL_FILE_TYPE::Type;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_INTERFACE_PROPERTY_DATA {
    pub Size: ULONG,
    pub InterfaceClassGUID: *const GUID,
    pub ReferenceString: PCUNICODE_STRING,
    pub PropertyKey: *const DEVPROPKEY,
    pub Lcid: LCID,
    pub Flags: ULONG,
}
pub type WDF_DEVICE_INTERFACE_PROPERTY_DATA = _WDF_DEVICE_INTERFACE_PROPERTY_DATA;
pub type PWDF_DEVICE_INTERFACE_PROPERTY_DATA = *mut _WDF_DEVICE_INTERFACE_PROPERTY_DATA;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_PNP_CAPABILITIES {
    pub Size: ULONG,
    pub LockSupported: WDF_TRI_STATE,
    pub EjectSupported: WDF_TRI_STATE,
    pub Removable: WDF_TRI_STATE,
    pub DockDevice: WDF_TRI_STATE,
    pub UniqueID: WDF_TRI_STATE,
    pub SilentInstall: WDF_TRI_STATE,
    pub SurpriseRemovalOK: WDF_TRI_STATE,
    pub HardwareDisabled: WDF_TRI_STATE,
    pub NoDisplayInUI: WDF_TRI_STATE,
    pub Address: ULONG,
    pub UINumber: ULONG,
}
pub type WDF_DEVICE_PNP_CAPABILITIES = _WDF_DEVICE_PNP_CAPABILITIES;
pub type PWDF_DEVICE_PNP_CAPABILITIES = *mut _WDF_DEVICE_PNP_CAPABILITIES;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_CAPABILITIES {
    pub Size: ULONG,
    pub DeviceD1: WDF_TRI_STATE,
    pub DeviceD2: WDF_TRI_STATE,
    pub WakeFromD0: WDF_TRI_STATE,
    pub WakeFromD1: WDF_TRI_STATE,
    pub WakeFromD2: WDF_TRI_STATE,
    pub WakeFromD3: WDF_TRI_STATE,
    pub DeviceState: [DEVICE_POWER_STATE; 7],
    pub DeviceWake: DEVICE_POWER_STATE,
    pub SystemWake: SYSTEM_POWER_STATE,
    pub D1Latency: ULONG,
    pub D2Latency: ULONG,
    pub D3Latency: ULONG,
    pub IdealDxStateForSx: DEVICE_POWER_STATE,
}
pub type WDF_DEVICE_POWER_CAPABILITIES = _WDF_DEVICE_POWER_CAPABILITIES;
pub type PWDF_DEVICE_POWER_CAPABILITIES = *mut _WDF_DEVICE_POWER_CAPABILITIES;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
    pub Size: ULONG,
    pub IdleCaps: WDF_POWER_POLICY_S0_IDLE_CAPABILITIES,
    pub DxState: DEVICE_POWER_STATE,
    pub IdleTimeout: ULONG,
    pub UserControlOfIdleSettings: WDF_POWER_POLICY_S0_IDLE_USER_CONTROL,
    pub Enabled: WDF_TRI_STATE,
    pub PowerUpIdleDeviceOnSystemWake: WDF_TRI_STATE,
    pub IdleTimeoutType: WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE,
    pub ExcludeD3Cold: WDF_TRI_STATE,
}
pub type WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS = _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS;
pub type PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS = *mut _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS {
    pub Size: ULONG,
    pub DxState: DEVICE_POWER_STATE,
    pub UserControlOfWakeSettings: WDF_POWER_POLICY_SX_WAKE_USER_CONTROL,
    pub Enabled: WDF_TRI_STATE,
    pub ArmForWakeIfChildrenAreArmedForWake: BOOLEAN,
    pub IndicateChildWakeOnParentWake: BOOLEAN,
}
pub type WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS = _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS;
pub type PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS = *mut _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_PROPERTY_DATA {
    pub Size: ULONG,
    pub PropertyKey: *const DEVPROPKEY,
    pub Lcid: LCID,
    pub Flags: ULONG,
}
pub type WDF_DEVICE_PROPERTY_DATA = _WDF_DEVICE_PROPERTY_DATA;
pub type PWDF_DEVICE_PROPERTY_DATA = *mut _WDF_DEVICE_PROPERTY_DATA;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_DEVICE_STATE {
    pub Size: ULONG,
    pub Disabled: WDF_TRI_STATE,
    pub DontDisplayInUI: WDF_TRI_STATE,
    pub Failed: WDF_TRI_STATE,
    pub NotDisableable: WDF_TRI_STATE,
    pub Removed: WDF_TRI_STATE,
    pub ResourcesChanged: WDF_TRI_STATE,
}
pub type WDF_DEVICE_STATE = _WDF_DEVICE_STATE;
pub type PWDF_DEVICE_STATE = *mut _WDF_DEVICE_STATE;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_FILEOBJECT_CONFIG {
    pub Size: ULONG,
    pub EvtDeviceFileCreate: PFN_WDF_DEVICE_FILE_CREATE,
    pub EvtFileClose: PFN_WDF_FILE_CLOSE,
    pub EvtFileCleanup: PFN_WDF_FILE_CLEANUP,
    pub AutoForwardCleanupClose: WDF_TRI_STATE,
    pub FileObjectClass: WDF_FILEOBJECT_CLASS,
}
pub type WDF_FILEOBJECT_CONFIG = _WDF_FILEOBJECT_CONFIG;
pub type PWDF_FILEOBJECT_CONFIG = *mut _WDF_FILEOBJECT_CONFIG;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_IO_TYPE_CONFIG {
    pub Size: ULONG,
    pub ReadWriteIoType: WDF_DEVICE_IO_TYPE,
    pub DeviceControlIoType: WDF_DEVICE_IO_TYPE,
    pub DirectTransferThreshold: ULONG,
}
pub type WDF_IO_TYPE_CONFIG = _WDF_IO_TYPE_CONFIG;
pub type PWDF_IO_TYPE_CONFIG = *mut _WDF_IO_TYPE_CONFIG;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_PNPPOWER_EVENT_CALLBACKS {
    pub Size: ULONG,
    pub EvtDeviceD0Entry: PFN_WDF_DEVICE_D0_ENTRY,
    pub EvtDeviceD0EntryPostInterruptsEnabled: PFN_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED,
    pub EvtDeviceD0Exit: PFN_WDF_DEVICE_D0_EXIT,
    pub EvtDeviceD0ExitPreInterruptsDisabled: PFN_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED,
    pub EvtDevicePrepareHardware: PFN_WDF_DEVICE_PREPARE_HARDWARE,
    pub EvtDeviceReleaseHardware: PFN_WDF_DEVICE_RELEASE_HARDWARE,
    pub EvtDeviceSelfManagedIoCleanup: PFN_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP,
    pub EvtDeviceSelfManagedIoFlush: PFN_WDF_DEVICE_SELF_MANAGED_IO_FLUSH,
    pub EvtDeviceSelfManagedIoInit: PFN_WDF_DEVICE_SELF_MANAGED_IO_INIT,
    pub EvtDeviceSelfManagedIoSuspend: PFN_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND,
    pub EvtDeviceSelfManagedIoRestart: PFN_WDF_DEVICE_SELF_MANAGED_IO_RESTART,
    pub EvtDeviceSurpriseRemoval: PFN_WDF_DEVICE_SURPRISE_REMOVAL,
    pub EvtDeviceQueryRemove: PFN_WDF_DEVICE_QUERY_REMOVE,
    pub EvtDeviceQueryStop: PFN_WDF_DEVICE_QUERY_STOP,
    pub EvtDeviceUsageNotification: PFN_WDF_DEVICE_USAGE_NOTIFICATION,
    pub EvtDeviceRelationsQuery: PFN_WDF_DEVICE_RELATIONS_QUERY,
    pub EvtDeviceUsageNotificationEx: PFN_WDF_DEVICE_USAGE_NOTIFICATION_EX,
}
pub type WDF_PNPPOWER_EVENT_CALLBACKS = _WDF_PNPPOWER_EVENT_CALLBACKS;
pub type PWDF_PNPPOWER_EVENT_CALLBACKS = *mut _WDF_PNPPOWER_EVENT_CALLBACKS;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_POWER_FRAMEWORK_SETTINGS {
    pub Size: ULONG,
    pub EvtDeviceWdmPostPoFxRegisterDevice: PFN_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE,
    pub EvtDeviceWdmPrePoFxUnregisterDevice: PFN_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE,
    pub Component: PPO_FX_COMPONENT,
    pub ComponentActiveConditionCallback: PPO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK,
    pub ComponentIdleConditionCallback: PPO_FX_COMPONENT_IDLE_CONDITION_CALLBACK,
    pub ComponentIdleStateCallback: PPO_FX_COMPONENT_IDLE_STATE_CALLBACK,
    pub PowerControlCallback: PPO_FX_POWER_CONTROL_CALLBACK,
    pub PoFxDeviceContext: PVOID,
}
pub type WDF_POWER_FRAMEWORK_SETTINGS = _WDF_POWER_FRAMEWORK_SETTINGS;
pub type PWDF_POWER_FRAMEWORK_SETTINGS = *mut _WDF_POWER_FRAMEWORK_SETTINGS;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_POWER_POLICY_EVENT_CALLBACKS {
    pub Size: ULONG,
    pub EvtDeviceArmWakeFromS0: PFN_WDF_DEVICE_ARM_WAKE_FROM_S0,
    pub EvtDeviceDisarmWakeFromS0: PFN_WDF_DEVICE_DISARM_WAKE_FROM_S0,
    pub EvtDeviceWakeFromS0Triggered: PFN_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED,
    pub EvtDeviceArmWakeFromSx: PFN_WDF_DEVICE_ARM_WAKE_FROM_SX,
    pub EvtDeviceDisarmWakeFromSx: PFN_WDF_DEVICE_DISARM_WAKE_FROM_SX,
    pub EvtDeviceWakeFromSxTriggered: PFN_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED,
    pub EvtDeviceArmWakeFromSxWithReason: PFN_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON,
}
pub type WDF_POWER_POLICY_EVENT_CALLBACKS = _WDF_POWER_POLICY_EVENT_CALLBACKS;
pub type PWDF_POWER_POLICY_EVENT_CALLBACKS = *mut _WDF_POWER_POLICY_EVENT_CALLBACKS;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_REMOVE_LOCK_OPTIONS {
    pub Size: ULONG,
    pub Flags: ULONG,
}
pub type WDF_REMOVE_LOCK_OPTIONS = _WDF_REMOVE_LOCK_OPTIONS;

zeroed_default!(
    _WDF_DEVICE_INTERFACE_PROPERTY_DATA,
    _WDF_DEVICE_PNP_CAPABILITIES,
    _WDF_DEVICE_POWER_CAPABILITIES,
    _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS,
    _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS,
    _WDF_DEVICE_PROPERTY_DATA,
    _WDF_DEVICE_STATE,
    _WDF_FILEOBJECT_CONFIG,
    _WDF_IO_TYPE_CONFIG,
    _WDF_POWER_FRAMEWORK_SETTINGS
);
