//! `wdfdevice.h`: idling, waking and failing of a device (`fxdeviceapi.cpp`, `fxpkgpnp.cpp`).

use std::mem::offset_of;
use std::time::Duration;

use wdk_portable::{
    _DEVICE_POWER_STATE as Dx, _WDF_DEVICE_FAILED_ACTION as Action,
    _WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE as TimeoutType, _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES as Caps,
    _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL as IdleUser, _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL as WakeUser,
    _WDF_TRI_STATE as Tri, BOOLEAN, DEVICE_POWER_STATE, LONG, NTSTATUS, PCHAR, POWER_ACTION, PVOID,
    PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER,
    STATUS_POWER_STATE_INVALID, STATUS_SUCCESS, WDF_DEVICE_FAILED_ACTION,
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS, WDF_TRI_STATE, WDFDEVICE,
    WDFDEVICE__,
};

use super::super::{Pointer, Stop};
use super::{Device, stack_of};
use crate::hive::{Place, Root};
use crate::host::{Host, State};
use crate::machines::{FailedAction, IdleSettings, PowerState, SystemPower};
use crate::rules::Rule;

/// Sizes of the older versions of WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS: frameworks 1.7 and 1.9.
const IDLE_V1_7: usize = offset_of!(WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, PowerUpIdleDeviceOnSystemWake);
const IDLE_V1_9: usize = offset_of!(WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, IdleTimeoutType);
/// Size of WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS in framework 1.5.
const WAKE_V1_5: usize =
    offset_of!(WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS, ArmForWakeIfChildrenAreArmedForWake);
/// The idle time of a driver that leaves it to the framework.
const DEFAULT_IDLE_TIME: Duration = Duration::from_secs(5);
/// Where the user's and the administrator's choices lie below the hardware key (`device_common.h`).
const SETTINGS_KEY: &str = "WudfPowerPolicySettings";
/// Whether the device idles, if the driver has no opinion (`wdfdevice.h`).
const IDLE_DEFAULT: &str = "WdfDefaultIdleInWorkingState";
/// Whether the user lets the device idle (`wdfdevice.h`).
const IDLE_ENABLED: &str = "IdleInWorkingState";

/// What the driver decided about idling.
#[derive(Default)]
pub struct IdlePolicy {
    /// It did.
    set: bool,
    settings: IdleSettings,
}

fn refuse<T>(status: NTSTATUS) -> Result<T, Stop> {
    Err(Stop::Status(status))
}

fn is_tri_state(state: WDF_TRI_STATE) -> bool {
    (Tri::WdfFalse..=Tri::WdfUseDefault).contains(&state)
}

fn is_low_power(state: DEVICE_POWER_STATE) -> bool {
    (Dx::PowerDeviceD1..=Dx::PowerDeviceMaximum).contains(&state)
}

/// Whether every member has a value that it may have. Those that an older structure lacks have.
fn is_idle_valid(given: &WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS) -> bool {
    let no_wake = given.IdleCaps == Caps::IdleCannotWakeFromS0;
    let on_wake = given.PowerUpIdleDeviceOnSystemWake;
    is_low_power(given.DxState)
        && (Caps::IdleCannotWakeFromS0..=Caps::IdleUsbSelectiveSuspend).contains(&given.IdleCaps)
        && (IdleUser::IdleDoNotAllowUserControl..=IdleUser::IdleAllowUserControl)
            .contains(&given.UserControlOfIdleSettings)
        && is_tri_state(given.Enabled)
        && is_tri_state(on_wake)
        && (no_wake || on_wake == Tri::WdfUseDefault)
        // Types below zero pass, as in the framework.
        && given.IdleTimeoutType <= TimeoutType::SystemManagedIdleTimeoutWithHint
}

/// A choice in the registry; `None` if there is none.
fn choice(state: &State, slot: u16, name: &str) -> Option<bool> {
    let place = Place::root(Root::Hardware(slot)).below(SETTINGS_KEY).ok()?;
    let value = state.hive.value(&place, name)?;
    Some(u32::from_le_bytes(value.bytes.get(..4)?.try_into().ok()?) != 0)
}

impl IdlePolicy {
    /// Whether the device idles, as the driver, the registry and earlier calls have it.
    fn enabled(&self, state: &State, slot: u16, given: &WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS) -> bool {
        if given.Enabled != Tri::WdfUseDefault {
            return given.Enabled == Tri::WdfTrue;
        }
        let by_default = choice(state, slot, IDLE_DEFAULT).unwrap_or(true);
        if given.UserControlOfIdleSettings == IdleUser::IdleDoNotAllowUserControl {
            by_default
        } else if self.set {
            self.settings.enabled
        } else {
            choice(state, slot, IDLE_ENABLED).unwrap_or(by_default)
        }
    }

    /// Who manages the idle time. The first call decides, before the device is started.
    fn system_managed(
        &self,
        host: &Host,
        given: &WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS,
        frozen: bool,
    ) -> Result<bool, Stop> {
        let now = self.settings.system_managed;
        if given.Size as usize <= IDLE_V1_9 {
            return Ok(now);
        }
        let system = [TimeoutType::SystemManagedIdleTimeout, TimeoutType::SystemManagedIdleTimeoutWithHint];
        let wanted = system.contains(&given.IdleTimeoutType);
        let message = if self.set && wanted != now {
            "IdleTimeoutType: an earlier call decided who manages the idle time"
        } else if !self.set && wanted && frozen {
            "IdleTimeoutType: the system manages the idle time only if it is told before the device is started"
        } else {
            return Ok(wanted);
        };
        host.violation(Rule::ArgumentInvalid, message);
        refuse(STATUS_INVALID_DEVICE_REQUEST)
    }
}

/// The state that the settings name; D3 if they leave it to the framework.
fn low_power_state(given: &WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS) -> PowerState {
    match given.DxState {
        Dx::PowerDeviceD1 => PowerState::D1,
        Dx::PowerDeviceD2 => PowerState::D2,
        _ => PowerState::D3,
    }
}

/// How long the device is not used before it idles out, or what the power framework is told about that.
fn idle_time(given: &WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, system_managed: bool) -> Option<Duration> {
    let hint = given.IdleTimeoutType == TimeoutType::SystemManagedIdleTimeoutWithHint;
    if system_managed && !hint {
        return None;
    }
    let chosen = Duration::from_millis(given.IdleTimeout.into());
    Some(if chosen.is_zero() { DEFAULT_IDLE_TIME } else { chosen })
}

fn assign_idle(
    host: &Host,
    device: Pointer<WDFDEVICE__>,
    given: &WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS,
) -> Result<NTSTATUS, Stop> {
    // No device here can wake: the bus says so, and a function driver can only lighten what it says
    // (`FxPkgFdo::HandleQueryCapabilitiesCompletion`).
    if given.IdleCaps != Caps::IdleCannotWakeFromS0 {
        return refuse(STATUS_POWER_STATE_INVALID);
    }
    let mut state = host.state();
    let (handle, stack) = stack_of(host, &state, device)?;
    let body = state.objects.get::<Device>(handle).ok_or(Stop::NoEffect)?;
    let enabled = body.idle.enabled(&state, body.slot, given);
    let system_managed = body.idle.system_managed(host, given, stack.machines.idle_frozen());
    let body = state.objects.get_mut::<Device>(handle).ok_or(Stop::NoEffect)?;
    // Committed even if the type of the time is refused: the next call is not the first one.
    body.idle.set = true;
    let system_managed = system_managed?;
    let on_wake = match given.PowerUpIdleDeviceOnSystemWake {
        Tri::WdfTrue => true,
        Tri::WdfFalse => false,
        _ => body.idle.settings.power_up_on_wake,
    };
    let settings = IdleSettings {
        enabled,
        time: idle_time(given, system_managed),
        state: Some(low_power_state(given)),
        system_managed,
        power_up_on_wake: on_wake,
    };
    body.idle.settings = settings;
    drop(state);
    stack.machines.assign_idle_settings(settings);
    Ok(STATUS_SUCCESS)
}

/// Keeps the device in D0, or brings it there.
fn stop_idle(host: &Host, device: Pointer<WDFDEVICE__>, wait: BOOLEAN) -> Result<NTSTATUS, Stop> {
    let (_, stack) = stack_of(host, &host.state(), device)?;
    if !stack.machines.is_policy_owner() {
        return refuse(STATUS_INVALID_DEVICE_STATE);
    }
    Ok(stack.machines.take_reference((wait != 0).then(|| host.hang_limit())))
}

/// Lets the device idle again.
fn resume_idle(host: &Host, device: Pointer<WDFDEVICE__>) -> Result<(), Stop> {
    let (handle, stack) = stack_of(host, &host.state(), device)?;
    if !stack.machines.is_policy_owner() || stack.machines.release_reference() {
        return Ok(());
    }
    let message = format!("nothing keeps {} in D0", host.state().objects.name(handle));
    Err(host.violation(Rule::ResumeIdleUnbalanced, message))
}

ddi! {
    /// Says when the device idles out while the system works.
    fn WdfDeviceAssignS0IdleSettings(
        host,
        Device: WDFDEVICE,
        Settings: PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS,
    ) -> NTSTATUS {
        let (_, stack) = stack_of(host, &host.state(), Device)?;
        Settings.require(host, "Settings")?;
        if !stack.machines.is_policy_owner() {
            return refuse(STATUS_INVALID_DEVICE_REQUEST);
        }
        let older = WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
            PowerUpIdleDeviceOnSystemWake: Tri::WdfUseDefault,
            ..WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS::default()
        };
        let given = Settings.read_any_version(host, "Settings", &[IDLE_V1_7, IDLE_V1_9], older)?;
        if !is_idle_valid(&given) {
            return refuse(STATUS_INVALID_PARAMETER);
        }
        assign_idle(host, Device, &given)
    }

    /// Says whether the device wakes the system, which no device here can.
    fn WdfDeviceAssignSxWakeSettings(
        host,
        Device: WDFDEVICE,
        Settings: PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS,
    ) -> NTSTATUS {
        let (_, stack) = stack_of(host, &host.state(), Device)?;
        Settings.require(host, "Settings")?;
        if !stack.machines.is_policy_owner() {
            return refuse(STATUS_INVALID_DEVICE_REQUEST);
        }
        let older = WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS::default();
        let given = Settings.read_any_version(host, "Settings", &[WAKE_V1_5], older)?;
        let users = WakeUser::WakeDoNotAllowUserControl..=WakeUser::WakeAllowUserControl;
        let valid = is_low_power(given.DxState)
            && users.contains(&given.UserControlOfWakeSettings)
            && is_tri_state(given.Enabled);
        refuse(if valid { STATUS_POWER_STATE_INVALID } else { STATUS_INVALID_PARAMETER })
    }

    /// Fails the device. PnP removes it; whether it comes back is the driver's choice.
    fn WdfDeviceSetFailed(host, Device: WDFDEVICE, FailedAction: WDF_DEVICE_FAILED_ACTION) {
        let (_, stack) = stack_of(host, &host.state(), Device)?;
        let action = match FailedAction {
            Action::WdfDeviceFailedAttemptRestart => FailedAction::AttemptRestart,
            Action::WdfDeviceFailedNoRestart => FailedAction::NoRestart,
            other => {
                let message = format!("FailedAction is {other}, no WDF_DEVICE_FAILED_ACTION");
                return Err(host.violation(Rule::ArgumentInvalid, message));
            }
        };
        stack.machines.set_failed(action);
        Ok(())
    }

    /// Keeps the device in D0, for drivers of UMDF 2.0.
    fn WdfDeviceStopIdleNoTrack(host, Device: WDFDEVICE, WaitForD0: BOOLEAN) -> NTSTATUS {
        stop_idle(host, Device, WaitForD0)
    }

    /// Lets the device idle again, for drivers of UMDF 2.0.
    fn WdfDeviceResumeIdleNoTrack(host, Device: WDFDEVICE) {
        resume_idle(host, Device)
    }

    /// Keeps the device in D0.
    fn WdfDeviceStopIdleActual(
        host,
        Device: WDFDEVICE,
        WaitForD0: BOOLEAN,
        Tag: PVOID,
        Line: LONG,
        File: PCHAR,
    ) -> NTSTATUS {
        stop_idle(host, Device, WaitForD0)
    }

    /// Lets the device idle again.
    fn WdfDeviceResumeIdleActual(host, Device: WDFDEVICE, Tag: PVOID, Line: LONG, File: PCHAR) {
        resume_idle(host, Device)
    }

    /// Why the device leaves D0, or left it last: where the system goes.
    fn WdfDeviceGetSystemPowerAction(host, Device: WDFDEVICE) -> POWER_ACTION::Type {
        let (_, stack) = stack_of(host, &host.state(), Device)?;
        Ok(match stack.machines.system_action() {
            SystemPower::Working => POWER_ACTION::PowerActionNone,
            SystemPower::Sleep => POWER_ACTION::PowerActionSleep,
            SystemPower::Shutdown => POWER_ACTION::PowerActionShutdownOff,
        })
    }
}
