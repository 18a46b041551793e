//! What a read asks for.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_DEVICE_FAILED_ACTION as Action, _WDF_TRI_STATE as Tri, BOOLEAN, NTSTATUS, STATUS_INVALID_PARAMETER,
    STATUS_SUCCESS, WDF_DEVICE_STATE, WDFDEVICE,
};

use crate::plan::Command;
use crate::power;
use crate::wdf::{size_field, wdf};

/// Does it. The answer is a status of the framework, or success.
pub fn run(device: WDFDEVICE, command: i64) -> NTSTATUS {
    let is = |other: Command| command == i64::from(other as u32);
    let (mut file, line) = (0_i8, 0);
    let file = (&raw mut file).cast();
    let (wait, no_wait) = (BOOLEAN::from(true), BOOLEAN::from(false));
    match () {
        () if is(Command::StopIdle) => {
            wdf!(WdfDeviceStopIdleActual, device, no_wait, null_mut(), line, file)
        }
        () if is(Command::StopIdleAndWait) => {
            wdf!(WdfDeviceStopIdleActual, device, wait, null_mut(), line, file)
        }
        () if is(Command::StopIdleNoTrack) => wdf!(WdfDeviceStopIdleNoTrack, device, no_wait),
        () if is(Command::ResumeIdle) => {
            wdf!(WdfDeviceResumeIdleActual, device, null_mut(), line, file);
            STATUS_SUCCESS
        }
        () if is(Command::ResumeIdleNoTrack) => {
            wdf!(WdfDeviceResumeIdleNoTrack, device);
            STATUS_SUCCESS
        }
        () if is(Command::FailAndRestart) => fail(device, Action::WdfDeviceFailedAttemptRestart),
        () if is(Command::FailForGood) => fail(device, Action::WdfDeviceFailedNoRestart),
        () if is(Command::SetFailed) => set_state(device, |state| state.Failed = Tri::WdfTrue),
        () if is(Command::SetRemoved) => set_state(device, |state| state.Removed = Tri::WdfTrue),
        () if is(Command::SetDisabled) => set_state(device, |state| state.Disabled = Tri::WdfTrue),
        () if is(Command::SetResourcesChanged) => {
            set_state(device, |state| state.ResourcesChanged = Tri::WdfTrue)
        }
        () if is(Command::SetResourcesChangedAndFailed) => set_state(device, |state| {
            state.ResourcesChanged = Tri::WdfTrue;
            state.Failed = Tri::WdfTrue;
        }),
        () if is(Command::IdleOff) => power::assign_idle(device, Tri::WdfFalse),
        () if is(Command::IdleOn) => power::assign_idle(device, Tri::WdfTrue),
        () if is(Command::WakeSettings) => power::assign_wake(device),
        () => STATUS_INVALID_PARAMETER,
    }
}

fn fail(device: WDFDEVICE, action: i32) -> NTSTATUS {
    wdf!(WdfDeviceSetFailed, device, action);
    STATUS_SUCCESS
}

fn set_state(device: WDFDEVICE, change: impl FnOnce(&mut WDF_DEVICE_STATE)) -> NTSTATUS {
    let default = Tri::WdfUseDefault;
    let mut state = WDF_DEVICE_STATE {
        Size: size_field::<WDF_DEVICE_STATE>(),
        Disabled: default,
        DontDisplayInUI: default,
        Failed: default,
        NotDisableable: default,
        Removed: default,
        ResourcesChanged: default,
    };
    change(&mut state);
    wdf!(WdfDeviceSetDeviceState, device, &raw mut state);
    STATUS_SUCCESS
}
