//! The power policy machine of a driver that does not own the policy.
//!
//! Names, numbers and transitions are those of `notpowerpolicyownerstatemachine.cpp` in
//! microsoft/Windows-Driver-Frameworks (`src/framework/shared/irphandlers/pnp`, MIT; see `licences/NOTICE`).
//! What only a bus driver's entry function returns is left out.

use super::super::entry::policy_not_owner as entry;
use super::super::table::states;
use super::events::PolicyEvent;

states! {
    /// The power policy machine of a driver that does not own the policy.
    pub enum PolicyNotOwner "not power policy owner" (PolicyEvent);
    prefix "WdfDevStatePwrPol";
    priority [PowerDown, PowerDownFailed, PowerUp, PowerUpFailed];
    singular [];
    ObjectCreated 1280 Open on { Remove => Removed, Start => Starting };
    Starting 1281 Closed enter starting on { PowerUp => Started, PowerUpFailed => StartingFailed };
    StartingSucceeded 1282 Open
        on { PowerDownIoStopped => GotoDx, PowerUpHwStarted => GotoD0InD0, Stop => Stopping,
            SurpriseRemove => Stopping }
        traps [PowerUpHwStarted];
    StartingFailed 1283 Open enter starting_failed on { Remove => Removed };
    Stopping 1371 Closed enter stopping -> [StoppingWaitingForImplicitPowerDown];
    StoppingFailed 1372 Closed enter stopping_failed -> [Stopped];
    StoppingSendStatus 1373 Closed enter stopping_send_status -> [Stopped];
    Stopped 1379 Open on { Remove => Removed, Start => Starting };
    Started 1381 Closed enter started -> [StartingSucceeded];
    GotoDx 1391 Closed enter goto_dx on { PowerDown => Dx, PowerDownFailed => StartingSucceeded };
    GotoDxInDx 1392 Closed enter goto_dx_in_dx on { PowerDown => Dx, PowerDownFailed => Dx }
        traps [PowerDown, PowerDownFailed];
    Dx 1393 Open
        on { PowerDownIoStopped => GotoDxInDx, PowerUpHwStarted => GotoD0, Stop => Stopping,
            SurpriseRemove => Stopping }
        traps [PowerDownIoStopped];
    GotoD0 1394 Closed enter goto_d0
        on { PowerUp => StartingSucceeded, PowerUpFailed => StartingSucceeded } traps [PowerUpFailed];
    GotoD0InD0 1395 Closed enter goto_d0_in_d0
        on { PowerUp => StartingSucceeded, PowerUpFailed => StartingSucceeded }
        traps [PowerUp, PowerUpFailed];
    StoppingWaitingForImplicitPowerDown 1401 Open
        on { ImplicitPowerDown => StoppingSendStatus, ImplicitPowerDownFailed => StoppingFailed,
            PowerDownIoStopped => StoppingPoweringDown, PowerUpHwStarted => StoppingPoweringUp };
    StoppingPoweringUp 1402 Closed enter stopping_powering_up
        on { PowerUp => StoppingWaitingForImplicitPowerDown,
            PowerUpFailed => StoppingWaitingForImplicitPowerDown }
        traps [PowerUpFailed];
    StoppingPoweringDown 1403 Closed enter stopping_powering_down
        on { PowerDown => StoppingWaitingForImplicitPowerDown,
            PowerDownFailed => StoppingWaitingForImplicitPowerDown };
    Removed 1422 Open enter removed on { Remove => Removed, Start => Starting };
}
