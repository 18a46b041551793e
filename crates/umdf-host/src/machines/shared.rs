//! What the machines of one device know together.

use std::time::Duration;

use wdk_portable::NTSTATUS;

use super::actions::{PnpRequest, PowerState};

/// What the driver chose for its device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The driver owns the device's power policy. A filter does not.
    pub owner: bool,
    /// `ReleaseHardwareOrderOnFailure` is `AfterDescendants`.
    pub release_after_descendants: bool,
    /// Minor version of the UMDF 2 that the driver was built for.
    pub client_minor: u32,
}

/// `WdfDeviceAssignS0IdleSettings`, without wake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IdleSettings {
    /// The device may idle out.
    pub enabled: bool,
    /// How long it is not used before. With a time that the system manages, a hint to it.
    pub time: Option<Duration>,
    /// The state that it idles in; D3 if none is set.
    pub state: Option<PowerState>,
    /// The system's power framework decides about the time, not the driver.
    pub system_managed: bool,
    /// An idle device is powered up when the system wakes.
    pub power_up_on_wake: bool,
}

/// Where the system goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemPower {
    /// Sleep, to be woken again.
    Sleep,
    /// Shutdown or reboot.
    Shutdown,
    /// Back to work.
    Working,
}

/// `WdfDeviceSetFailed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedAction {
    /// The device stays failed.
    NoRestart,
    /// It may be found again by its bus.
    AttemptRestart,
}

/// Flags of the idle machine.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "the framework's flags, each on its own")]
pub struct IdleFlags {
    /// The power policy is started.
    pub started: bool,
    /// A power failure happened; never cleared.
    pub failed: bool,
    /// The idle timer may run.
    pub timer_enabled: bool,
    /// The idle timer runs.
    pub timer_started: bool,
    /// Power policy was told of I/O, and has not looked yet.
    pub io_present_sent: bool,
    /// In Dx.
    pub in_dx: bool,
    /// The PnP machine waits for D0.
    pub tell_pnp: bool,
    /// In D0, or it never will be.
    pub in_d0: bool,
    /// References that keep the device in D0.
    pub references: u32,
}

/// What the machines share. Locked for moments only, never while anything else is called.
#[expect(clippy::struct_excessive_bools, reason = "the framework's flags, each on its own")]
pub struct Shared {
    pub release_after_descendants: bool,
    pub client_minor: u32,
    pub idle_settings: IdleSettings,
    /// Who manages the idle time cannot change any more: the device was started.
    pub idle_frozen: bool,
    /// The power framework requires the device's power.
    pub power_required: bool,
    pub idle: IdleFlags,
    /// Calls of `WdfDeviceSetStaticStopRemove(FALSE)` that forbid stop and removal.
    pub static_stops: u32,
    /// The device carries a paging, hibernation or dump file.
    pub special_use: bool,
    /// The request of the PnP manager that is being worked on, and its status so far.
    pub pnp_request: Option<(PnpRequest, NTSTATUS)>,
    /// That request goes down as soon as the PnP machine has nothing to do.
    pub send_down: bool,
    /// The device's pending power request.
    pub power_request: Option<PowerState>,
    /// The system's pending power request.
    pub system_request: Option<SystemPower>,
    /// Where the system goes, or is.
    pub system: SystemPower,
    /// Where the system went when the device last left D0; until the device is there again.
    pub system_action: SystemPower,
    /// The state that the device is in, or left last.
    pub state: PowerState,
    /// A power-down callback before the I/O stopped failed.
    pub io_callback_failed: bool,
    /// The power-down that is under way failed.
    pub power_down_failed: bool,
    /// Power policy saw a failure; told to PnP at the next stop.
    pub power_failed: bool,
    /// The framework failed the device.
    pub internal_failure: bool,
    /// The driver failed the device.
    pub failed_action: Option<FailedAction>,
    /// The device was started once.
    pub achieved_start: bool,
    /// Status of the last self-managed I/O callback.
    pub self_managed_status: NTSTATUS,
}

impl Shared {
    pub fn new(settings: Settings) -> Self {
        Self {
            release_after_descendants: settings.release_after_descendants,
            client_minor: settings.client_minor,
            idle_settings: IdleSettings::default(),
            idle_frozen: false,
            power_required: true,
            idle: IdleFlags::default(),
            static_stops: 0,
            special_use: false,
            pnp_request: None,
            send_down: false,
            power_request: None,
            system_request: None,
            system: SystemPower::Working,
            system_action: SystemPower::Working,
            state: PowerState::D3Final,
            io_callback_failed: false,
            power_down_failed: false,
            power_failed: false,
            internal_failure: false,
            failed_action: None,
            achieved_start: false,
            self_managed_status: 0,
        }
    }

    /// Sets the status of the pending request of the PnP manager.
    pub fn set_request_status(&mut self, status: NTSTATUS) {
        if let Some((_, pending)) = &mut self.pnp_request {
            *pending = status;
        }
    }
}
