//! Entry functions of the power idle machine (`poweridlestatemachine.cpp`). They run while the
//! machine is locked, so what they tell the other machines is handled later, on another thread.

use std::time::Duration;

use wdk_portable::{NTSTATUS, STATUS_PENDING, STATUS_POWER_STATE_INVALID, STATUS_SUCCESS};

use crate::machines::actions::Later;
use crate::machines::shared::{IdleFlags, IdleSettings};
use crate::machines::table::State;
use crate::machines::tables::events::IdleEvent;
use crate::machines::tables::idle::Idle;
use crate::machines::{Cause, Machines, MutexGuard};
use crate::schedule::{self, lock};

impl Machines {
    /// Gives the idle machine an event.
    pub(in crate::machines) fn idle(&self, event: IdleEvent) {
        self.idle_locked(&mut lock(&self.idle), event);
    }

    fn idle_locked(&self, state: &mut MutexGuard<'_, Idle>, event: IdleEvent) {
        let from = **state;
        let on = from.row().on.iter().find(|(on, _)| *on == event);
        if let Some((_, to)) = on {
            self.enter(from, Cause::Event(format!("{event:?}")), *to, |next| **state = next);
        }
    }

    fn flags<R>(&self, change: impl FnOnce(&mut IdleFlags) -> R) -> R {
        change(&mut self.shared().idle)
    }

    /// The device is in D0, or never will be: tells everybody who waits for it.
    fn notify_d0(&self) {
        let tell = self.flags(|flags| {
            flags.in_d0 = true;
            std::mem::take(&mut flags.tell_pnp)
        });
        self.in_d0.notify_all();
        if tell {
            self.actions.later(Later::InD0);
        }
    }

    fn tell_io_present(&self) {
        if !self.flags(|flags| std::mem::replace(&mut flags.io_present_sent, true)) {
            self.actions.later(Later::IoPresent);
        }
    }

    fn timer_or_busy(&self) -> Option<Idle> {
        let unused = self.flags(|flags| flags.references == 0);
        Some(if unused { Idle::StartTimer } else { Idle::Busy })
    }

    fn stop_timer(&self) -> bool {
        let stopped = self.actions.stop_idle_timer();
        self.flags(|flags| flags.timer_started &= !stopped);
        stopped
    }

    /// One more user of the device, who needs D0. Success: it is there. Pending: it will come.
    fn add_reference(&self, tell_pnp: bool) -> NTSTATUS {
        let mut state = lock(&self.idle);
        let usable = self.flags(|flags| {
            let usable = flags.started && !flags.failed;
            flags.references += u32::from(usable);
            usable
        });
        if !usable {
            return STATUS_POWER_STATE_INVALID;
        }
        self.idle_locked(&mut state, IdleEvent::IoIncrement);
        self.flags(|flags| {
            flags.tell_pnp |= tell_pnp && !flags.in_d0;
            if flags.in_d0 { STATUS_SUCCESS } else { STATUS_PENDING }
        })
    }

    pub(super) fn reference_for_pnp(&self) -> NTSTATUS {
        self.add_reference(true)
    }

    /// Keeps the device in D0, or brings it there (`WdfDeviceStopIdle`, a power-managed request).
    /// Waits for D0 if `patience` is given, and then fails if the device did not make it.
    pub fn take_reference(&self, patience: Option<Duration>) -> NTSTATUS {
        let status = self.add_reference(false);
        let Some(patience) = patience.filter(|_| status == STATUS_PENDING) else { return status };
        let end = schedule::now().saturating_add(patience);
        let mut shared = self.shared();
        while !shared.idle.in_d0 {
            let left = end.saturating_sub(schedule::now());
            if left.is_zero() {
                self.actions.stuck(format!("the device did not come to D0 within {patience:?}"));
            }
            shared = self.in_d0.wait_timeout(&self.shared, shared, left);
        }
        let failed = shared.idle.failed || !shared.idle.started;
        drop(shared);
        if failed {
            self.release_reference();
            return STATUS_POWER_STATE_INVALID;
        }
        STATUS_SUCCESS
    }

    /// Gives a reference up. False: there is none.
    pub fn release_reference(&self) -> bool {
        let mut state = lock(&self.idle);
        let had = self.flags(|flags| {
            let had = flags.references > 0;
            flags.references -= u32::from(had);
            had
        });
        if had {
            self.idle_locked(&mut state, IdleEvent::IoDecrement);
        }
        had
    }

    /// Nobody needs the device that is in Dx.
    pub(super) fn may_stay_idle(&self) -> bool {
        let _state = lock(&self.idle);
        self.flags(|flags| {
            flags.io_present_sent = false;
            flags.in_dx && !flags.timer_started && flags.references == 0
        })
    }

    /// The device may not idle out any more. False: its idle time is over already, which the policy
    /// machine is yet to hear.
    pub(super) fn disable_idle_timer(&self) -> bool {
        let mut state = lock(&self.idle);
        self.idle_locked(&mut state, IdleEvent::Disabled);
        !self.flags(|flags| flags.timer_started)
    }
}

pub fn stopped(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.started = false);
    None
}

pub fn started(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| {
        flags.started = true;
        flags.in_d0 = false;
    });
    None
}

pub fn started_power_up(machines: &Machines) -> Option<Idle> {
    machines.notify_d0();
    Some(Idle::Disabled)
}

pub fn started_power_failed(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.failed = true);
    machines.notify_d0();
    None
}

pub fn disabled(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.timer_enabled = false);
    None
}

pub fn check_io_count(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.timer_enabled = true);
    machines.timer_or_busy()
}

pub fn decrement_io(machines: &Machines) -> Option<Idle> {
    machines.timer_or_busy()
}

pub fn start_timer(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.timer_started = true);
    let IdleSettings { time, system_managed, .. } = machines.shared().idle_settings;
    // A time that the system manages begins when the device is not used.
    let time = time.filter(|_| !system_managed).unwrap_or_default();
    machines.actions.start_idle_timer(time);
    Some(Idle::TimerRunning)
}

pub fn timing_out(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| {
        flags.timer_started = false;
        flags.in_d0 = false;
    });
    machines.actions.later(Later::TimedOut);
    Some(Idle::TimedOut)
}

pub fn timed_out_io_increment(machines: &Machines) -> Option<Idle> {
    machines.tell_io_present();
    Some(Idle::TimedOut)
}

pub fn timed_out_power_down(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.io_present_sent = false);
    Some(Idle::GoingToDx)
}

pub fn timed_out_power_down_failed(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.io_present_sent = false);
    Some(Idle::PowerFailed)
}

pub fn going_to_dx(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.in_d0 = false);
    Some(Idle::InDx)
}

pub fn in_dx(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.in_dx = true);
    None
}

pub fn in_dx_io_increment(machines: &Machines) -> Option<Idle> {
    machines.tell_io_present();
    Some(Idle::InDx)
}

pub fn in_dx_power_up_failure(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| {
        flags.in_dx = false;
        flags.io_present_sent = false;
    });
    Some(Idle::PowerFailed)
}

pub fn in_dx_stopped(machines: &Machines) -> Option<Idle> {
    machines.notify_d0();
    machines.flags(|flags| {
        flags.in_dx = false;
        flags.timer_enabled = false;
        flags.io_present_sent = false;
    });
    Some(Idle::Stopped)
}

pub fn in_dx_disabled(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.timer_enabled = false);
    Some(Idle::InDx)
}

pub fn in_dx_enabled(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.timer_enabled = true);
    Some(Idle::InDx)
}

pub fn power_up(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| {
        flags.in_dx = false;
        flags.io_present_sent = false;
    });
    machines.notify_d0();
    Some(Idle::PowerUpComplete)
}

pub fn power_up_complete(machines: &Machines) -> Option<Idle> {
    let (enabled, started) = machines.flags(|flags| (flags.timer_enabled, flags.timer_started));
    Some(match (enabled, started) {
        (true, true) => Idle::TimerRunning,
        (true, false) => Idle::CheckIoCount,
        (false, _) => Idle::Disabled,
    })
}

pub fn timed_out_disabled(machines: &Machines) -> Option<Idle> {
    machines.notify_d0();
    machines.flags(|flags| flags.io_present_sent = false);
    Some(Idle::Disabled)
}

pub fn timed_out_enabled(machines: &Machines) -> Option<Idle> {
    machines.notify_d0();
    machines.flags(|flags| flags.io_present_sent = false);
    Some(Idle::CheckIoCount)
}

pub fn cancel_timer(machines: &Machines) -> Option<Idle> {
    Some(if machines.stop_timer() { Idle::CheckIoCount } else { Idle::WaitForTimeout })
}

pub fn timer_expired(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| {
        flags.timer_started = false;
        flags.io_present_sent = false;
    });
    Some(Idle::CheckIoCount)
}

pub fn disabling(machines: &Machines) -> Option<Idle> {
    Some(if machines.stop_timer() { Idle::Disabled } else { Idle::DisablingWaitForTimeout })
}

pub fn disabling_timer_expired(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| flags.timer_started = false);
    machines.actions.later(Later::TimedOut);
    Some(Idle::Disabled)
}

pub fn power_failed(machines: &Machines) -> Option<Idle> {
    machines.flags(|flags| {
        flags.failed = true;
        flags.timer_enabled = false;
    });
    machines.notify_d0();
    Some(Idle::Disabled)
}
