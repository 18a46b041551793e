//! The power idle machine: is the device in use, and does it idle out?
//!
//! Names, numbers and transitions are those of `poweridlestatemachine.cpp` in
//! microsoft/Windows-Driver-Frameworks (`src/framework/shared/irphandlers/pnp`, MIT; see `licences/NOTICE`).
//! What only a bus driver's entry function returns is left out.

use super::super::entry::idle as entry;
use super::super::table::states;
use super::events::IdleEvent;

states! {
    /// The power idle machine: is the device in use, and does it idle out?
    pub enum Idle "power idle" (IdleEvent);
    prefix "FxIdle";
    priority [];
    singular [];
    Stopped 1 Closed enter stopped on { Start => Started };
    Started 2 Closed enter started
        on { PowerUpComplete => StartedPowerUp, PowerUpFailed => StartedPowerFailed, Stop => Stopped };
    StartedPowerUp 3 Closed enter started_power_up -> [Disabled];
    StartedPowerFailed 4 Closed enter started_power_failed on { Stop => Stopped };
    Disabled 5 Closed enter disabled
        on { Disabled => Disabled, Enabled => CheckIoCount, PowerDown => GoingToDx,
            PowerDownFailed => PowerFailed, PowerUpFailed => PowerFailed, Stop => Stopped };
    CheckIoCount 6 Closed enter check_io_count -> [Busy, StartTimer];
    Busy 7 Closed
        on { Disabled => Disabled, IoDecrement => DecrementIo, PowerDown => GoingToDx,
            PowerDownFailed => PowerFailed }
        traps [PowerDown, PowerDownFailed];
    DecrementIo 8 Closed enter decrement_io -> [Busy, StartTimer];
    StartTimer 9 Closed enter start_timer -> [TimerRunning];
    TimerRunning 10 Closed
        on { Disabled => Disabling, Enabled => CancelTimer, IoIncrement => CancelTimer,
            TimerExpired => TimingOut };
    TimingOut 11 Closed enter timing_out -> [TimedOut];
    TimedOut 12 Closed
        on { Disabled => TimedOutDisabled, Enabled => TimedOutEnabled, IoIncrement => TimedOutIoIncrement,
            PowerDown => TimedOutPowerDown, PowerDownFailed => TimedOutPowerDownFailed };
    TimedOutIoIncrement 13 Closed enter timed_out_io_increment -> [TimedOut];
    TimedOutPowerDown 14 Closed enter timed_out_power_down -> [GoingToDx];
    TimedOutPowerDownFailed 15 Closed enter timed_out_power_down_failed -> [PowerFailed];
    GoingToDx 16 Closed enter going_to_dx -> [InDx];
    InDx 17 Closed enter in_dx
        on { Disabled => InDxDisabled, Enabled => InDxEnabled, IoDecrement => InDx,
            IoIncrement => InDxIoIncrement, PowerDown => InDx, PowerDownFailed => InDxPowerUpFailure,
            PowerUpComplete => PowerUp, PowerUpFailed => InDxPowerUpFailure, Stop => InDxStopped }
        traps [PowerDownFailed];
    InDxIoIncrement 18 Closed enter in_dx_io_increment -> [InDx];
    InDxPowerUpFailure 19 Closed enter in_dx_power_up_failure -> [PowerFailed];
    InDxStopped 20 Closed enter in_dx_stopped -> [Stopped];
    InDxDisabled 21 Closed enter in_dx_disabled -> [InDx];
    InDxEnabled 22 Closed enter in_dx_enabled -> [InDx];
    PowerUp 23 Closed enter power_up -> [PowerUpComplete];
    PowerUpComplete 24 Closed enter power_up_complete -> [CheckIoCount, Disabled, TimerRunning];
    TimedOutDisabled 25 Closed enter timed_out_disabled -> [Disabled];
    TimedOutEnabled 26 Closed enter timed_out_enabled -> [CheckIoCount];
    CancelTimer 27 Closed enter cancel_timer -> [CheckIoCount, WaitForTimeout];
    WaitForTimeout 28 Closed
        on { Disabled => DisablingWaitForTimeout, PowerDownFailed => PowerFailedWaitForTimeout,
            TimerExpired => TimerExpired }
        traps [PowerDownFailed];
    TimerExpired 29 Closed enter timer_expired -> [CheckIoCount];
    Disabling 30 Closed enter disabling -> [Disabled, DisablingWaitForTimeout];
    DisablingWaitForTimeout 31 Closed on { TimerExpired => DisablingTimerExpired };
    DisablingTimerExpired 32 Closed enter disabling_timer_expired -> [Disabled];
    PowerFailedWaitForTimeout 33 Closed on { TimerExpired => PowerFailed } traps [TimerExpired];
    PowerFailed 34 Closed enter power_failed -> [Disabled];
}
