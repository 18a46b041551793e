//! What the driver asks of power.

use wdk_sys::{
    _DEVICE_POWER_STATE as Dx, _WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE as TimeoutType,
    _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES as Caps, _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL as User,
    _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL as WakeUser, _WDF_TRI_STATE as Tri, NTSTATUS,
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS, WDF_TRI_STATE, WDFDEVICE,
};

use crate::plan::option;
use crate::wdf::{size_field, wdf};
use crate::{has, idle_timeout};

/// Says whether the device idles out.
pub fn assign_idle(device: WDFDEVICE, enabled: WDF_TRI_STATE) -> NTSTATUS {
    let system = has(option::SYSTEM_MANAGED);
    let mut settings = WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
        Size: size_field::<WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS>(),
        IdleCaps: Caps::IdleCannotWakeFromS0,
        DxState: if has(option::D2) { Dx::PowerDeviceD2 } else { Dx::PowerDeviceMaximum },
        IdleTimeout: idle_timeout(),
        UserControlOfIdleSettings: if has(option::USER) {
            User::IdleAllowUserControl
        } else {
            User::IdleDoNotAllowUserControl
        },
        Enabled: enabled,
        PowerUpIdleDeviceOnSystemWake: if has(option::POWER_UP_ON_WAKE) {
            Tri::WdfTrue
        } else {
            Tri::WdfUseDefault
        },
        IdleTimeoutType: if system {
            TimeoutType::SystemManagedIdleTimeoutWithHint
        } else {
            TimeoutType::DriverManagedIdleTimeout
        },
        ExcludeD3Cold: Tri::WdfUseDefault,
    };
    wdf!(WdfDeviceAssignS0IdleSettings, device, &raw mut settings)
}

/// Says that the device wakes the system.
pub fn assign_wake(device: WDFDEVICE) -> NTSTATUS {
    let mut settings = WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS {
        Size: size_field::<WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS>(),
        DxState: Dx::PowerDeviceMaximum,
        UserControlOfWakeSettings: WakeUser::WakeDoNotAllowUserControl,
        Enabled: Tri::WdfTrue,
        ..WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS::default()
    };
    wdf!(WdfDeviceAssignSxWakeSettings, device, &raw mut settings)
}

/// Says why the device changes its power.
pub fn trace_action(callback: &str, device: WDFDEVICE) {
    let action = wdf!(WdfDeviceGetSystemPowerAction, device);
    wdk_sys::wdk::println!("{callback}: POWER_ACTION {action}");
}
