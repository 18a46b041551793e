//! Idling, waking and failing.

use std::mem::offset_of;
use std::ptr::null_mut;

use wdk_sys::{
    _DEVICE_POWER_STATE as Dx, _WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE as TimeoutType,
    _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES as Caps, _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL as IdleUser,
    _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL as WakeUser, _WDF_TRI_STATE as Tri, BOOLEAN, NTSTATUS,
    POWER_ACTION, PWDFDEVICE_INIT, STATUS_INFO_LENGTH_MISMATCH, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_PARAMETER, STATUS_PENDING, STATUS_POWER_STATE_INVALID, STATUS_SUCCESS,
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS as Idle, WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS as Wake,
    WDF_PNPPOWER_EVENT_CALLBACKS, WDF_SPECIAL_FILE_TYPE, WDFDEVICE, WDFDRIVER,
};

use crate::asked;
use crate::trip::Trip;
use crate::wdf::{expect, size_field, wdf};

/// What WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT gives, for a device that stays in D0.
fn idle() -> Idle {
    Idle {
        Size: size_field::<Idle>(),
        IdleCaps: Caps::IdleCannotWakeFromS0,
        DxState: Dx::PowerDeviceMaximum,
        IdleTimeout: 0,
        UserControlOfIdleSettings: IdleUser::IdleAllowUserControl,
        Enabled: Tri::WdfFalse,
        PowerUpIdleDeviceOnSystemWake: Tri::WdfUseDefault,
        IdleTimeoutType: TimeoutType::DriverManagedIdleTimeout,
        ExcludeD3Cold: Tri::WdfUseDefault,
    }
}

/// What WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT gives.
fn wake() -> Wake {
    Wake {
        Size: size_field::<Wake>(),
        DxState: Dx::PowerDeviceMaximum,
        UserControlOfWakeSettings: WakeUser::WakeAllowUserControl,
        Enabled: Tri::WdfUseDefault,
        ArmForWakeIfChildrenAreArmedForWake: 0,
        IndicateChildWakeOnParentWake: 0,
    }
}

fn assign_idle(device: WDFDEVICE, mut settings: Idle) -> NTSTATUS {
    wdf!(WdfDeviceAssignS0IdleSettings, device, &raw mut settings)
}

fn assign_wake(device: WDFDEVICE, mut settings: Wake) -> NTSTATUS {
    wdf!(WdfDeviceAssignSxWakeSettings, device, &raw mut settings)
}

fn stop_idle(device: WDFDEVICE, wait: bool) -> NTSTATUS {
    let file = c"power.rs".as_ptr().cast_mut();
    wdf!(WdfDeviceStopIdleActual, device, BOOLEAN::from(wait), null_mut(), 1, file)
}

fn system_action(device: WDFDEVICE) -> POWER_ACTION::Type {
    wdf!(WdfDeviceGetSystemPowerAction, device)
}

fn offset(offset: usize) -> u32 {
    u32::try_from(offset).expect("no structure of WDF is that large")
}

/// After WdfDeviceCreate.
pub fn check(device: WDFDEVICE) {
    check_idle_values(device);
    check_idle_types(device);
    check_wake(device);
    for wait in [false, true] {
        expect("StopIdle before the start", stop_idle(device, wait), STATUS_POWER_STATE_INVALID);
        let found = wdf!(WdfDeviceStopIdleNoTrack, device, BOOLEAN::from(wait));
        expect("StopIdle before the start, no tag", found, STATUS_POWER_STATE_INVALID);
    }
    expect("system power action before the start", system_action(device), POWER_ACTION::PowerActionNone);
}

fn check_idle_values(device: WDFDEVICE) {
    for (name, size) in [("newer", 40), ("none", 0), ("in between", 32)] {
        let found = assign_idle(device, Idle { Size: size, DxState: 99, ..idle() });
        expect(&format!("idle: size: {name}"), found, STATUS_INFO_LENGTH_MISMATCH);
    }
    let wrong = [
        ("DxState is D0", Idle { DxState: Dx::PowerDeviceD0, ..idle() }),
        ("DxState is too large", Idle { DxState: Dx::PowerDeviceMaximum + 1, ..idle() }),
        ("IdleCaps is none", Idle { IdleCaps: 0, ..idle() }),
        ("IdleCaps is too large", Idle { IdleCaps: 4, ..idle() }),
        ("UserControlOfIdleSettings is none", Idle { UserControlOfIdleSettings: 0, ..idle() }),
        ("UserControlOfIdleSettings is too large", Idle { UserControlOfIdleSettings: 3, ..idle() }),
        ("Enabled is below zero", Idle { Enabled: -1, ..idle() }),
        ("Enabled is too large", Idle { Enabled: 3, ..idle() }),
        ("PowerUpIdleDeviceOnSystemWake", Idle { PowerUpIdleDeviceOnSystemWake: 3, ..idle() }),
        ("IdleTimeoutType", Idle { IdleTimeoutType: 3, ..idle() }),
        (
            "a device that wakes is not powered up on wake",
            Idle {
                IdleCaps: Caps::IdleCanWakeFromS0,
                PowerUpIdleDeviceOnSystemWake: Tri::WdfFalse,
                ..idle()
            },
        ),
    ];
    for (name, settings) in wrong {
        expect(&format!("idle: {name}"), assign_idle(device, settings), STATUS_INVALID_PARAMETER);
    }
    for (name, caps) in [("wake", Caps::IdleCanWakeFromS0), ("USB", Caps::IdleUsbSelectiveSuspend)] {
        for (state, dx) in [("any state", Dx::PowerDeviceMaximum), ("D1", Dx::PowerDeviceD1)] {
            let found = assign_idle(device, Idle { IdleCaps: caps, DxState: dx, ..idle() });
            expect(&format!("idle: {name}: {state}"), found, STATUS_POWER_STATE_INVALID);
        }
    }
}

fn check_idle_types(device: WDFDEVICE) {
    // Members that an older structure does not have are not looked at.
    let v1_9 = Idle { Size: offset(offset_of!(Idle, IdleTimeoutType)), IdleTimeoutType: 3, ..idle() };
    let v1_7 =
        Idle { Size: offset(offset_of!(Idle, PowerUpIdleDeviceOnSystemWake)), IdleTimeoutType: 3, ..v1_9 };
    expect("idle: structure of 1.7", assign_idle(device, v1_7), STATUS_SUCCESS);
    expect("idle: structure of 1.9", assign_idle(device, v1_9), STATUS_SUCCESS);
    expect("idle: structure of 2.15", assign_idle(device, idle()), STATUS_SUCCESS);
    for (name, value) in [("D1", Dx::PowerDeviceD1), ("D2", Dx::PowerDeviceD2), ("D3", Dx::PowerDeviceD3)] {
        let found = assign_idle(device, Idle { DxState: value, ..idle() });
        expect(&format!("idle: DxState is {name}"), found, STATUS_SUCCESS);
    }
    let no_user = IdleUser::IdleDoNotAllowUserControl;
    let found = assign_idle(device, Idle { UserControlOfIdleSettings: no_user, ..idle() });
    expect("idle: no choice for the user", found, STATUS_SUCCESS);
}

fn check_wake(device: WDFDEVICE) {
    let v1_5 = offset(offset_of!(Wake, ArmForWakeIfChildrenAreArmedForWake));
    for (name, size) in [("newer", 24), ("none", 0)] {
        let found = assign_wake(device, Wake { Size: size, DxState: 99, ..wake() });
        expect(&format!("wake: size: {name}"), found, STATUS_INFO_LENGTH_MISMATCH);
    }
    let wrong = [
        ("DxState is D0", Wake { DxState: Dx::PowerDeviceD0, ..wake() }),
        ("DxState is too large", Wake { DxState: Dx::PowerDeviceMaximum + 1, ..wake() }),
        ("UserControlOfWakeSettings is none", Wake { UserControlOfWakeSettings: 0, ..wake() }),
        ("UserControlOfWakeSettings is too large", Wake { UserControlOfWakeSettings: 3, ..wake() }),
        ("Enabled is below zero", Wake { Enabled: -1, ..wake() }),
        ("Enabled is too large", Wake { Enabled: 3, ..wake() }),
    ];
    for (name, settings) in wrong {
        expect(&format!("wake: {name}"), assign_wake(device, settings), STATUS_INVALID_PARAMETER);
    }
    let invalid = STATUS_POWER_STATE_INVALID;
    expect("wake: structure of 1.5", assign_wake(device, Wake { Size: v1_5, ..wake() }), invalid);
    expect("wake: structure of 2.15", assign_wake(device, wake()), invalid);
    let no_wake = Wake { DxState: Dx::PowerDeviceD3, Enabled: Tri::WdfFalse, ..wake() };
    expect("wake: not even if it is not enabled", assign_wake(device, no_wake), invalid);
}

/// In EvtDeviceD0Entry. The device is on its way to D0: waiting for that would take for ever.
pub fn check_started(device: WDFDEVICE) {
    expect("StopIdle in D0Entry", stop_idle(device, false), STATUS_PENDING);
    wdf!(WdfDeviceResumeIdleActual, device, null_mut(), 1, c"power.rs".as_ptr().cast_mut());
    let found = wdf!(WdfDeviceStopIdleNoTrack, device, BOOLEAN::from(false));
    expect("StopIdle in D0Entry, no tag", found, STATUS_PENDING);
    wdf!(WdfDeviceResumeIdleNoTrack, device);
    let system = Idle { IdleTimeoutType: TimeoutType::SystemManagedIdleTimeout, ..idle() };
    // Whoever managed the idle time before the start goes on.
    let v1_7 = Idle { Size: offset(offset_of!(Idle, PowerUpIdleDeviceOnSystemWake)), ..system };
    expect("idle: structure of 1.7 after the start", assign_idle(device, v1_7), STATUS_SUCCESS);
    expect("system power action after the start", system_action(device), POWER_ACTION::PowerActionNone);
}

/// The mistakes in EvtDriverDeviceAdd, before the device object exists.
pub fn trip_init(driver: WDFDRIVER, init: PWDFDEVICE_INIT) {
    if asked(Trip::FilterOfOtherType) {
        wdf!(WdfFdoInitSetFilter, driver.cast());
    }
    if asked(Trip::FilterNull) {
        wdf!(WdfFdoInitSetFilter, null_mut());
    }
    for (trip, order) in [(Trip::ReleaseOrderNone, 0), (Trip::ReleaseOrderTooLarge, 3)] {
        if asked(trip) {
            wdf!(WdfDeviceInitSetReleaseHardwareOrderOnFailure, init, order);
        }
    }
    if asked(Trip::UsageCallbacksBoth) {
        let mut callbacks = WDF_PNPPOWER_EVENT_CALLBACKS {
            Size: size_field::<WDF_PNPPOWER_EVENT_CALLBACKS>(),
            EvtDeviceUsageNotification: Some(evt_device_usage_notification),
            EvtDeviceUsageNotificationEx: Some(evt_device_usage_notification_ex),
            ..WDF_PNPPOWER_EVENT_CALLBACKS::default()
        };
        wdf!(WdfDeviceInitSetPnpPowerEventCallbacks, init, &raw mut callbacks);
    }
}

/// The mistakes behind WdfDeviceCreate.
pub fn trip(device: WDFDEVICE) {
    let system = TimeoutType::SystemManagedIdleTimeout;
    if asked(Trip::IdleNull) {
        expect("idle: NULL", wdf!(WdfDeviceAssignS0IdleSettings, device, null_mut()), STATUS_SUCCESS);
    }
    if asked(Trip::WakeNull) {
        expect("wake: NULL", wdf!(WdfDeviceAssignSxWakeSettings, device, null_mut()), STATUS_SUCCESS);
    }
    if asked(Trip::IdleTypeChanged) {
        expect("idle: type", assign_idle(device, idle()), STATUS_SUCCESS);
        let found = assign_idle(device, Idle { IdleTimeoutType: system, ..idle() });
        expect("idle: another type", found, STATUS_INVALID_DEVICE_REQUEST);
    }
    for (trip, action) in [(Trip::FailedActionNone, 0), (Trip::FailedActionTooLarge, 3)] {
        if asked(trip) {
            wdf!(WdfDeviceSetFailed, device, action);
        }
    }
    if asked(Trip::StopIdleOfOtherType) {
        let driver = wdf!(WdfDeviceGetDriver, device);
        expect("StopIdle of a driver", stop_idle(driver.cast(), false), STATUS_SUCCESS);
    }
}

/// The mistake in EvtDeviceD0Entry.
pub fn trip_started(device: WDFDEVICE) {
    if asked(Trip::ResumeIdleTwice) {
        wdf!(WdfDeviceResumeIdleNoTrack, device);
    }
}

/// The mistake once the device was started: in EvtDeviceReleaseHardware.
pub fn trip_late(device: WDFDEVICE) {
    let system = TimeoutType::SystemManagedIdleTimeoutWithHint;
    if asked(Trip::IdleTypeLate) {
        let found = assign_idle(device, Idle { IdleTimeoutType: system, ..idle() });
        expect("idle: too late", found, STATUS_INVALID_DEVICE_REQUEST);
    }
}

unsafe extern "C" fn evt_device_usage_notification(
    _device: WDFDEVICE,
    _kind: WDF_SPECIAL_FILE_TYPE,
    _in_path: BOOLEAN,
) {
}

unsafe extern "C" fn evt_device_usage_notification_ex(
    _device: WDFDEVICE,
    _kind: WDF_SPECIAL_FILE_TYPE,
    _in_path: BOOLEAN,
) -> NTSTATUS {
    STATUS_SUCCESS
}
