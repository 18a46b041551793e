//! The events of the machines, named as in microsoft/Windows-Driver-Frameworks
//! (`src/framework/shared/inc/private/common/fx*statemachine.hpp`, MIT; see `licences/NOTICE`) without
//! their prefix.

use super::super::table::events;

events! {
    /// What happens to the PnP machine.
    pub enum PnpEvent "PnpEvent" {
        AddDevice, StartDevice, StartDeviceComplete, StartDeviceFailed, QueryRemove, QueryStop,
        CancelRemove, CancelStop, Stop, Remove, SurpriseRemove, Eject, PwrPolStopped,
        PwrPolStopFailed, PowerUpFailed, PowerDownFailed, ParentRemoved, ChildrenRemovalComplete,
        PwrPolStarted, PwrPolStartFailed, DeviceInD0, PwrPolRemoved,
    }
}

events! {
    /// What happens to the power machine.
    pub enum PowerEvent "Power" {
        D0, Dx, WakeArrival, WakeSucceeded, WakeFailed, WakeCanceled, ImplicitD0, ImplicitD3,
        ParentToD0, MarkPageable, MarkNonpageable, CompleteD0, CompleteDx,
        WakeInterruptCompleteTransition,
    }
}

events! {
    /// What happens to the power policy machine of the policy owner.
    pub enum PolicyEvent "PwrPol" {
        Start, Stop, Sx, S0, PowerDown, PowerUp, PowerDownIoStopped, PowerUpHwStarted, WakeArrived,
        WakeSuccess, WakeFailed, IoPresent, PowerTimeoutExpired, S0IdlePolicyChanged,
        SurpriseRemove, UsbSelectiveSuspendCallback, UsbSelectiveSuspendCompleted, PowerDownFailed,
        PowerUpFailed, ImplicitPowerDown, ImplicitPowerDownFailed, PowerUpNotSeen,
        DevicePowerNotRequired, DevicePowerRequired, Remove, WakeInterruptFired,
        DeviceDirectedPowerDown, DeviceDirectedPowerUp, DevicePowerNotRequiredDirected,
        DevicePowerRequiredDirected,
    }
}

events! {
    /// What happens to the power idle machine.
    pub enum IdleEvent "PowerIdleEvent" {
        PowerUpFailed, PowerUpComplete, PowerDown, PowerDownFailed, TimerExpired, Enabled, Disabled,
        IoDecrement, IoIncrement, Start, Stop,
    }
}

events! {
    /// What happens to the machine of the self-managed I/O callbacks.
    pub enum SelfManagedIoEvent "SelfManagedIoEvent" {
        Start, Cleanup, Suspend, Flush,
    }
}
