//! A failed device: what the driver may ask for, and how often it may be restarted.

use std::time::Duration;

use super::Machines;
use super::shared::FailedAction;

/// Restarts in one period, at most (`fxpkgpnp.cpp`).
const MOST_RESTARTS: u32 = 5;
/// Length of the period.
const PERIOD: Duration = Duration::from_mins(1);
/// UMDF 2.23 counts at `WdfDeviceSetFailed`; before it the framework asked at once, uncounted.
const COUNTS_AT_CALL: u32 = 23;
/// UMDF 2.15 is the first that restarts at `WdfDeviceSetFailed`.
const RESTARTS_AT_CALL: u32 = 15;

/// How often a failed device was restarted. It outlives the device, as the volatile registry key does
/// on Windows.
#[derive(Debug, Default)]
pub struct RestartCounter {
    /// When the period began, and the restarts in it.
    period: Option<(Duration, u32)>,
}

impl RestartCounter {
    /// Counts a restart at `now` if one more is allowed. After the period a new one begins only if
    /// the device was started since.
    pub fn allow(&mut self, now: Duration, started_before: bool) -> bool {
        let count = match self.period {
            None => 1,
            Some((begin, count)) if now.saturating_sub(begin) <= PERIOD => count + 1,
            Some(_) if started_before => 1,
            Some(_) => return false,
        };
        if count > MOST_RESTARTS {
            return false;
        }
        let begin = match self.period {
            Some((begin, _)) if count > 1 => begin,
            _ => now,
        };
        self.period = Some((begin, count));
        true
    }
}

impl Machines {
    /// `WdfDeviceSetFailed`. No machine moves; the PnP manager removes the device.
    pub fn set_failed(&self, action: FailedAction) {
        let (action, minor, started) = {
            let mut shared = self.shared();
            let minor = shared.client_minor;
            let action = if minor >= RESTARTS_AT_CALL { action } else { FailedAction::NoRestart };
            shared.failed_action = Some(action);
            (action, minor, shared.achieved_start)
        };
        let counted = minor >= COUNTS_AT_CALL;
        if action == FailedAction::AttemptRestart && (!counted || self.actions.may_restart(started)) {
            self.actions.reenumerate();
        } else {
            self.actions.invalidate_state();
        }
    }

    /// A device that failed on its own is found again by its bus, while restarts are left. PnP sees
    /// the failure in any case.
    pub(super) fn ask_for_restart(&self) {
        let (action, internal, minor, started) = {
            let shared = self.shared();
            (shared.failed_action, shared.internal_failure, shared.client_minor, shared.achieved_start)
        };
        let restart = match action {
            Some(FailedAction::AttemptRestart) => minor < COUNTS_AT_CALL,
            Some(FailedAction::NoRestart) => false,
            None => internal,
        };
        if restart && self.actions.may_restart(started) {
            self.actions.reenumerate();
        }
        if action.is_some() || internal {
            self.actions.invalidate_state();
        }
    }
}
