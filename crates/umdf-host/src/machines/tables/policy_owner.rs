//! The power policy machine of the policy owner (`WDF_DEVICE_POWER_POLICY_STATE`).
//!
//! Names, numbers and transitions are those of `powerpolicystatemachine.cpp` in
//! microsoft/Windows-Driver-Frameworks (`src/framework/shared/irphandlers/pnp`, MIT; see `licences/NOTICE`).
//! What only a bus driver's entry function returns is left out.

use super::super::entry::policy_owner as entry;
use super::super::table::states;
use super::events::PolicyEvent;

states! {
    /// The power policy machine of the policy owner (`WDF_DEVICE_POWER_POLICY_STATE`).
    pub enum PolicyOwner "power policy owner" (PolicyEvent);
    prefix "WdfDevStatePwrPol";
    priority [DeviceDirectedPowerUp, DevicePowerNotRequiredDirected, DevicePowerRequiredDirected,
        ImplicitPowerDown, ImplicitPowerDownFailed, PowerDown, PowerDownFailed, PowerDownIoStopped,
        PowerUp, PowerUpFailed, PowerUpHwStarted, PowerUpNotSeen, UsbSelectiveSuspendCompleted,
        WakeArrived, WakeFailed, WakeInterruptFired, WakeSuccess];
    singular [S0IdlePolicyChanged, WakeInterruptFired];
    ObjectCreated 1280 Open on { Remove => Removed, Start => Starting } drops [S0, S0IdlePolicyChanged, Sx];
    Starting 1281 Closed enter starting
        on { PowerUp => StartingPoweredUp, PowerUpFailed => StartingFailed } drops [PowerUpFailed];
    StartingSucceeded 1282 Closed enter starting_succeeded -> [StartingDecideS0Wake];
    StartingFailed 1283 Open enter starting_failed on { Remove => Removed };
    StartingDecideS0Wake 1284 Closed enter starting_decide_s0_wake
        -> [Started, StartedIdleCapable, StartedWakeCapable];
    StartedIdleCapable 1285 Open enter started_idle_capable
        on { DeviceDirectedPowerDown => StartedIdleCapableCancelTimerForSleep,
            PowerTimeoutExpired => IdleCapableDeviceIdle, S0IdlePolicyChanged => StartedCancelTimer,
            Stop => StoppingCancelTimer, SurpriseRemove => StoppingCancelTimer,
            Sx => StartedIdleCapableCancelTimerForSleep }
        drops [DevicePowerNotRequired, DevicePowerRequired, IoPresent, PowerUp, S0, WakeArrived];
    TimerExpiredNoWake 1286 Closed enter timer_expired_no_wake
        -> [TimerExpiredNoWakeReturnToActive, TimerExpiredNoWakeUndoPowerDown]
        on { PowerDown => TimerExpiredNoWakePowerDownNotProcessed,
            PowerDownIoStopped => TimerExpiredNoWakeCompletePowerDown }
        traps [PowerDown];
    TimerExpiredNoWakeCompletePowerDown 1287 Closed enter timer_expired_no_wake_complete_power_down
        on { PowerDown => TimerExpiredNoWakePoweredDownDisableIdleTimer,
            PowerDownFailed => DevicePowerRequestFailed };
    WaitingUnarmed 1288 Open
        on { DevicePowerRequired => S0NoWakePowerUp, IoPresent => WaitingUnarmedQueryIdle,
            S0IdlePolicyChanged => S0NoWakePowerUp, Stop => StoppingResetDevice,
            SurpriseRemove => StoppingCancelTimer, Sx => SystemSleepFromDeviceWaitingUnarmed }
        drops [DevicePowerNotRequired, S0];
    WaitingUnarmedQueryIdle 1289 Closed enter waiting_unarmed_query_idle
        -> [S0NoWakePowerUp, WaitingUnarmed];
    S0NoWakePowerUp 1290 Closed enter s0_no_wake_power_up -> [DeviceD0PowerRequestFailed]
        on { PowerUpFailed => DevicePowerRequestFailed, PowerUpHwStarted => S0NoWakeCompletePowerUp,
            PowerUpNotSeen => DeviceD0PowerRequestFailed }
        traps [PowerUpNotSeen];
    S0NoWakeCompletePowerUp 1291 Closed enter s0_no_wake_complete_power_up
        on { PowerUp => StartingDecideS0Wake, PowerUpFailed => DevicePowerRequestFailed };
    SystemSleepFromDeviceWaitingUnarmed 1292 Closed enter system_sleep_from_device_waiting_unarmed
        -> [SystemAsleepNoWake, SystemSleepNeedWake];
    SystemSleepNeedWake 1293 Closed absent Wake -> [SystemAsleepNoWake]
        on { PowerUpFailed => SystemSleepPowerRequestFailed,
            PowerUpHwStarted => SystemSleepNeedWakeCompletePowerUp,
            PowerUpNotSeen => PowerUpForSystemSleepNotSeen }
        traps [PowerUpNotSeen];
    SystemSleepNeedWakeCompletePowerUp 1294 Closed absent Wake
        on { PowerUp => Sleeping, PowerUpFailed => SystemSleepPowerRequestFailed };
    SystemSleepPowerRequestFailed 1295 Closed enter system_sleep_power_request_failed
        -> [DevicePowerRequestFailed];
    CheckPowerPageable 1296 Closed absent Wake -> [SleepingWakeWakeArrived, SleepingWakeWakeArrivedNP];
    SleepingWakeWakeArrived 1297 Closed absent Wake -> [SleepingWakeCancelWake, SleepingWakeRevertArmWake]
        on { PowerDown => SystemAsleepWakeArmed, PowerDownFailed => SleepingWakePowerDownFailed }
        drops [WakeFailed, WakeInterruptFired, WakeSuccess];
    SleepingWakeRevertArmWake 1298 Closed absent Wake -> [SleepingWakeCancelWake];
    SystemAsleepWakeArmed 1299 Open absent Wake
        on { S0 => SystemWakeDeviceWakeEnabled, WakeInterruptFired => SystemWakeDeviceWakeInterruptFired,
            WakeSuccess => SystemWakeDeviceWakeTriggered }
        drops [DevicePowerNotRequired, IoPresent, PowerTimeoutExpired, WakeFailed];
    SystemWakeDeviceWakeEnabled 1300 Closed absent Wake -> [SystemWakeDeviceWakeEnabledWakeCanceled]
        on { WakeFailed => SystemWakeDeviceWakeEnabledWakeCanceled,
            WakeSuccess => SystemWakeDeviceWakeEnabledWakeCanceled }
        drops [WakeInterruptFired];
    SystemWakeDeviceWakeEnabledWakeCanceled 1301 Closed absent Wake
        -> [SystemWakeDeviceD0PowerRequestFailed]
        on { PowerUpFailed => SystemWakeDevicePowerRequestFailed,
            PowerUpHwStarted => SystemWakeDeviceWakeDisarm,
            PowerUpNotSeen => SystemWakeDeviceD0PowerRequestFailed }
        drops [WakeInterruptFired] traps [PowerUpNotSeen];
    SystemWakeDeviceWakeDisarm 1302 Closed absent Wake -> [SystemWakeDeviceWakeCompletePowerUp];
    SystemWakeDeviceWakeTriggered 1303 Open absent Wake on { S0 => SystemWakeDeviceWakeTriggeredS0 };
    SystemWakeDeviceWakeTriggeredS0 1304 Closed absent Wake -> [SystemWakeDeviceD0PowerRequestFailed]
        on { PowerUpFailed => SystemWakeDevicePowerRequestFailed,
            PowerUpHwStarted => SystemWakeDeviceWokeDisarm,
            PowerUpNotSeen => SystemWakeDeviceD0PowerRequestFailed }
        traps [PowerUpFailed, PowerUpNotSeen];
    SystemWakeDeviceWokeDisarm 1305 Closed absent Wake -> [SystemWakeDeviceWakeCompletePowerUp];
    SleepingWakePowerDownFailed 1308 Closed absent Wake -> [SleepingWakePowerDownFailedWakeCanceled]
        on { WakeFailed => SleepingWakePowerDownFailedWakeCanceled,
            WakeSuccess => SleepingWakePowerDownFailedWakeCanceled }
        traps [WakeSuccess];
    SleepingWakePowerDownFailedWakeCanceled 1309 Closed absent Wake -> [DevicePowerRequestFailed];
    SystemWakeDeviceWakeCompletePowerUp 1317 Closed absent Wake
        on { PowerUp => StartingDecideS0Wake, PowerUpFailed => DevicePowerRequestFailed };
    Sleeping 1318 Closed enter sleeping -> [SleepingNoWakePowerDown, SleepingWakePowerDown];
    SleepingNoWakePowerDown 1319 Closed enter sleeping_no_wake_power_down
        -> [SleepingNoWakeDxRequestFailed]
        on { PowerDown => SleepingPowerDownNotProcessed,
            PowerDownIoStopped => SleepingNoWakeCompletePowerDown }
        traps [PowerDown];
    SleepingNoWakeCompletePowerDown 1320 Closed enter sleeping_no_wake_complete_power_down
        on { PowerDown => SystemAsleepNoWake, PowerDownFailed => SystemSleepPowerRequestFailed }
        drops [WakeArrived];
    SleepingNoWakeDxRequestFailed 1321 Closed enter sleeping_no_wake_dx_request_failed
        -> [DevicePowerRequestFailed];
    SleepingWakePowerDown 1322 Closed absent Wake -> [SleepingNoWakePowerDown]
        on { PowerDown => SleepingPowerDownNotProcessed, PowerDownIoStopped => SleepingSendWake }
        traps [PowerDown];
    SleepingSendWake 1323 Closed absent Wake -> [SleepingNoWakeCompletePowerDown]
        on { WakeArrived => CheckPowerPageable, WakeFailed => SleepingNoWakeCompletePowerDown,
            WakeSuccess => SleepingNoWakeCompletePowerDown };
    SystemAsleepNoWake 1324 Open enter system_asleep_no_wake on { S0 => SystemWakeDeviceWakeDisabled }
        drops [DevicePowerNotRequired, IoPresent, PowerTimeoutExpired, S0IdlePolicyChanged, WakeArrived];
    SystemWakeDeviceWakeDisabled 1325 Closed enter system_wake_device_wake_disabled
        -> [SystemWakeDeviceToD0, SystemWakeQueryIdle];
    SystemWakeDeviceToD0 1326 Closed enter system_wake_device_to_d0
        -> [SystemWakeDeviceD0PowerRequestFailed]
        on { PowerUpFailed => SystemWakeDevicePowerRequestFailed,
            PowerUpHwStarted => SystemWakeDeviceToD0CompletePowerUp,
            PowerUpNotSeen => SystemWakeDeviceD0PowerRequestFailed }
        traps [PowerUpNotSeen];
    SystemWakeDeviceToD0CompletePowerUp 1327 Closed enter system_wake_device_to_d0_complete_power_up
        on { PowerUp => StartingDecideS0Wake, PowerUpFailed => DevicePowerRequestFailed };
    SystemWakeQueryIdle 1328 Closed enter system_wake_query_idle -> [SystemWakeDeviceToD0, WaitingUnarmed];
    StartedWakeCapable 1329 Open absent Wake
        on { DeviceDirectedPowerDown => StartedWakeCapableCancelTimerForSleep,
            PowerTimeoutExpired => WakeCapableDeviceIdle, S0IdlePolicyChanged => StartedCancelTimer,
            Stop => StoppingCancelTimer, SurpriseRemove => StoppingCancelTimer,
            Sx => StartedWakeCapableCancelTimerForSleep }
        drops [DevicePowerNotRequired, DevicePowerRequired, IoPresent, PowerUp, S0,
            UsbSelectiveSuspendCallback, UsbSelectiveSuspendCompleted, WakeArrived, WakeFailed, WakeSuccess];
    TimerExpiredDecideUsbSS 1330 Closed absent Usb
        -> [DeviceIdleReturnToActive, TimerExpiredWakeCapablePowerDown, TimerExpiredWakeCapableUsbSS,
            TimerExpiredWakeCapableUsbSSDirectedDown];
    TimerExpiredWakeCapablePowerDown 1331 Closed absent Wake -> [TimerExpiredWakeCapableDxAllocFailed]
        on { PowerDown => TimerExpiredWakeCapablePowerDownNotProcessed,
            PowerDownIoStopped => TimerExpiredWakeCapableSendWake }
        traps [PowerDown];
    TimerExpiredWakeCapableSendWake 1332 Closed absent Wake -> [TimerExpiredWakeCapableCleanup]
        on { WakeArrived => TimerExpiredWakeCapableWakeArrived,
            WakeFailed => TimerExpiredWakeCompletedDisarm, WakeSuccess => TimerExpiredWakeSucceeded };
    TimerExpiredWakeCapableUsbSS 1333 Open absent Usb
        on { DevicePowerRequired => CancelUsbSS, IoPresent => CancelUsbSS,
            S0IdlePolicyChanged => CancelUsbSS, Stop => StoppingCancelUsbSS,
            SurpriseRemove => StoppingCancelUsbSS, Sx => StartedWakeCapableSleepingUsbSS,
            UsbSelectiveSuspendCallback => TimerExpiredWakeCapablePowerDown,
            UsbSelectiveSuspendCompleted => WakeCapableUsbSSCompleted }
        traps [Stop];
    TimerExpiredWakeCapableWakeArrived 1334 Closed absent Wake
        -> [TimerExpiredWakeCapableCancelWake, TimerExpiredWakeCapableRevertArmWake]
        on { PowerDown => WaitingArmedUsbSS,
            PowerDownFailed => TimerExpiredWakeCapablePowerDownFailedCancelWake,
            WakeFailed => TimerExpiredWakeCapableWakeFailed,
            WakeInterruptFired => TimerExpiredWakeCapableWakeInterruptArrived,
            WakeSuccess => TimerExpiredWakeCapableWakeSucceeded };
    TimerExpiredWakeCapableCancelWake 1335 Closed absent Wake -> [TimerExpiredWakeCapableWakeCanceled]
        on { WakeFailed => TimerExpiredWakeCapableWakeCanceled,
            WakeSuccess => TimerExpiredWakeCapableWakeCanceled }
        traps [WakeSuccess];
    TimerExpiredWakeCapableWakeCanceled 1336 Closed absent Wake -> [TimerExpiredWakeCapableCleanup];
    TimerExpiredWakeCapableCleanup 1337 Closed absent Wake -> [TimerExpiredWakeCompletedPowerDown]
        on { UsbSelectiveSuspendCompleted => TimerExpiredWakeCompletedPowerDown }
        traps [UsbSelectiveSuspendCompleted];
    TimerExpiredWakeCapableDxAllocFailed 1338 Closed absent Wake -> [TimerExpiredWakeCapableUndoPowerDown]
        on { UsbSelectiveSuspendCompleted => TimerExpiredWakeCapableUndoPowerDown }
        traps [UsbSelectiveSuspendCompleted];
    TimerExpiredWakeCompletedPowerDown 1339 Closed absent Wake
        on { PowerDown => TimerExpiredWakeCompletedPowerDownCheckDirected,
            PowerDownFailed => DevicePowerRequestFailed }
        drops [WakeArrived, WakeSuccess];
    TimerExpiredWakeCompletedPowerUp 1340 Closed absent Wake -> [DeviceD0PowerRequestFailed]
        on { PowerUpFailed => DevicePowerRequestFailed,
            PowerUpHwStarted => TimerExpiredWakeCompletedHardwareStarted,
            PowerUpNotSeen => DeviceD0PowerRequestFailed }
        drops [WakeArrived, WakeSuccess] traps [PowerUpNotSeen];
    WaitingArmedUsbSS 1341 Closed absent Usb -> [WaitingArmedDirectedDown, WaitingArmedQueryIdle];
    WaitingArmed 1342 Open absent Wake
        on { DevicePowerRequired => WaitingArmedIoPresentCancelUsbSS, IoPresent => WaitingArmedQueryIdle,
            S0IdlePolicyChanged => WaitingArmedIoPresentCancelUsbSS, Stop => StoppingD0CancelUsbSS,
            SurpriseRemove => WaitingArmedStoppingCancelUsbSS, Sx => CancelingUsbSSForSystemSleep,
            UsbSelectiveSuspendCompleted => IoPresentArmed, WakeFailed => WaitingArmedWakeFailedCancelUsbSS,
            WakeInterruptFired => WaitingArmedWakeInterruptFired,
            WakeSuccess => WaitingArmedWakeSucceededCancelUsbSS }
        drops [S0];
    WaitingArmedQueryIdle 1343 Closed absent Wake -> [WaitingArmed, WaitingArmedIoPresentCancelUsbSS];
    IoPresentArmed 1344 Closed absent Wake -> [IoPresentArmedWakeCanceled]
        on { WakeFailed => IoPresentArmedWakeCanceled, WakeSuccess => IoPresentArmedWakeCanceled }
        drops [WakeInterruptFired];
    IoPresentArmedWakeCanceled 1345 Closed absent Wake -> [DeviceD0PowerRequestFailed]
        on { PowerUpFailed => DevicePowerRequestFailed, PowerUpHwStarted => S0WakeDisarm,
            PowerUpNotSeen => DeviceD0PowerRequestFailed }
        drops [WakeFailed, WakeInterruptFired, WakeSuccess] traps [PowerUpNotSeen];
    S0WakeDisarm 1346 Closed absent Wake -> [S0WakeCompletePowerUp];
    S0WakeCompletePowerUp 1347 Closed absent Wake
        on { PowerUp => StartingDecideS0Wake, PowerUpFailed => DevicePowerRequestFailed };
    TimerExpiredWakeSucceeded 1348 Closed absent Wake -> [TimerExpiredWakeCompletedDisarm];
    TimerExpiredWakeCompletedDisarm 1349 Closed absent Wake -> [TimerExpiredWakeCapableCleanup];
    TimerExpiredWakeCapableWakeSucceeded 1350 Closed absent Wake
        on { PowerDown => TimerExpiredWakeCapableWakeSucceededCheckDirected,
            PowerDownFailed => TimerExpiredWakeCapablePowerDownFailedUsbSS };
    TimerExpiredWakeCapableWakeFailed 1351 Closed absent Wake
        on { PowerDown => TimerExpiredWakeCapableWakeFailedCheckDirected,
            PowerDownFailed => TimerExpiredWakeCapablePowerDownFailedUsbSS };
    WakeFailedUsbSS 1352 Closed absent Usb -> [IoPresentArmedWakeCanceled]
        on { UsbSelectiveSuspendCompleted => IoPresentArmedWakeCanceled };
    TimerExpiredWakeCapablePowerDownFailedCancelWake 1353 Closed absent Wake
        -> [TimerExpiredWakeCapablePowerDownFailedWakeCanceled]
        on { WakeFailed => TimerExpiredWakeCapablePowerDownFailedWakeCanceled,
            WakeSuccess => TimerExpiredWakeCapablePowerDownFailedWakeCanceled };
    TimerExpiredWakeCapablePowerDownFailedWakeCanceled 1354 Closed absent Wake
        -> [TimerExpiredWakeCapablePowerDownFailedUsbSS];
    TimerExpiredWakeCapablePowerDownFailedUsbSS 1355 Closed absent Usb -> [DevicePowerRequestFailed]
        on { UsbSelectiveSuspendCompleted => DevicePowerRequestFailed }
        traps [UsbSelectiveSuspendCompleted];
    CancelingWakeForSystemSleep 1356 Closed absent Wake -> [CancelingWakeForSystemSleepWakeCanceled]
        on { WakeFailed => CancelingWakeForSystemSleepWakeCanceled,
            WakeSuccess => CancelingWakeForSystemSleepWakeCanceled };
    CancelingWakeForSystemSleepWakeCanceled 1357 Closed absent Wake -> [PowerUpForSystemSleepNotSeen]
        on { PowerUpFailed => PowerUpForSystemSleepFailed,
            PowerUpHwStarted => DisarmingWakeForSystemSleepCompletePowerUp,
            PowerUpNotSeen => PowerUpForSystemSleepNotSeen }
        drops [WakeSuccess] traps [PowerUpNotSeen];
    DisarmingWakeForSystemSleepCompletePowerUp 1358 Closed absent Wake
        on { PowerUp => StartedWakeCapableCancelTimerForSleep,
            PowerUpFailed => PowerUpForSystemSleepFailed };
    PowerUpForSystemSleepFailed 1359 Closed absent Wake -> [DevicePowerRequestFailed];
    WokeFromS0UsbSS 1360 Closed absent Usb -> [WokeFromS0]
        on { UsbSelectiveSuspendCompleted => WokeFromS0 };
    WokeFromS0 1361 Closed absent Wake -> [DeviceD0PowerRequestFailed]
        on { PowerUpFailed => DevicePowerRequestFailed, PowerUpHwStarted => WokeFromS0NotifyDriver,
            PowerUpNotSeen => DeviceD0PowerRequestFailed }
        traps [PowerUpNotSeen];
    WokeFromS0NotifyDriver 1362 Closed absent Wake -> [S0WakeDisarm];
    StoppingResetDevice 1363 Closed enter stopping_reset_device -> [DeviceD0PowerRequestFailed]
        on { PowerUpFailed => StoppingResetDeviceFailed,
            PowerUpHwStarted => StoppingResetDeviceCompletePowerUp,
            PowerUpNotSeen => DeviceD0PowerRequestFailed }
        traps [PowerUpNotSeen];
    StoppingResetDeviceCompletePowerUp 1364 Closed enter stopping_reset_device_complete_power_up
        on { PowerUp => Stopping, PowerUpFailed => StoppingResetDeviceFailed };
    StoppingResetDeviceFailed 1365 Closed enter stopping_reset_device_failed -> [Stopping];
    StoppingD0 1366 Closed absent Wake -> [DeviceD0PowerRequestFailed]
        on { PowerUpFailed => StoppingD0Failed, PowerUpHwStarted => StoppingDisarmWake,
            PowerUpNotSeen => DeviceD0PowerRequestFailed }
        drops [WakeFailed, WakeSuccess] traps [PowerUpNotSeen];
    StoppingD0Failed 1367 Closed absent Wake -> [StoppingDisarmWakeCancelWake];
    StoppingDisarmWake 1368 Closed absent Wake
        on { PowerUp => StoppingDisarmWakeCancelWake, PowerUpFailed => StoppingD0Failed }
        drops [WakeFailed, WakeSuccess];
    StoppingDisarmWakeCancelWake 1369 Closed absent Wake -> [StoppingDisarmWakeWakeCanceled]
        on { WakeFailed => StoppingDisarmWakeWakeCanceled, WakeSuccess => StoppingDisarmWakeWakeCanceled }
        drops [UsbSelectiveSuspendCompleted];
    StoppingDisarmWakeWakeCanceled 1370 Closed absent Wake -> [Stopping]
        drops [UsbSelectiveSuspendCompleted];
    Stopping 1371 Closed enter stopping
        on { PowerDown => StoppingSendStatus, PowerDownFailed => StoppingFailed }
        drops [UsbSelectiveSuspendCompleted];
    StoppingFailed 1372 Closed enter stopping_failed -> [StoppingSendStatus];
    StoppingSendStatus 1373 Closed enter stopping_send_status -> [Stopped];
    StoppingCancelTimer 1374 Closed enter stopping_cancel_timer -> [Stopping, StoppingWaitForIdleTimeout];
    StoppingWaitForIdleTimeout 1375 Open on { PowerTimeoutExpired => Stopping };
    StoppingCancelUsbSS 1376 Closed absent Usb -> [StoppingCancelTimer, StoppingWaitForUsbSSCompletion];
    StoppingWaitForUsbSSCompletion 1377 Open absent Usb
        on { UsbSelectiveSuspendCompleted => StoppingCancelTimer } drops [UsbSelectiveSuspendCallback];
    StoppingCancelWake 1378 Open absent Wake -> [Stopping]
        on { WakeFailed => Stopping, WakeSuccess => Stopping };
    Stopped 1379 Open on { Remove => StoppedRemoving, Start => Restarting }
        drops [DevicePowerRequired, IoPresent, PowerTimeoutExpired, S0];
    CancelUsbSS 1380 Open absent Usb -> [UsbSSCancelled]
        on { Stop => StoppingCancelUsbSS, SurpriseRemove => StoppingCancelUsbSS,
            UsbSelectiveSuspendCallback => TimerExpiredWakeCapablePowerDown,
            UsbSelectiveSuspendCompleted => UsbSSCancelled }
        drops [DevicePowerRequired, IoPresent] traps [Stop];
    Started 1381 Open enter started
        on { DeviceDirectedPowerDown => StartedNotIdleCapableDirectedDown,
            S0IdlePolicyChanged => StartingDecideS0Wake, Stop => Stopping, SurpriseRemove => Stopping,
            Sx => Sleeping }
        drops [DeviceDirectedPowerUp, DevicePowerRequired, IoPresent, PowerTimeoutExpired, PowerUp, S0,
            UsbSelectiveSuspendCompleted, WakeArrived, WakeSuccess];
    StartedCancelTimer 1382 Closed enter started_cancel_timer
        -> [StartedWaitForIdleTimeout, StartingDecideS0Wake];
    StartedWaitForIdleTimeout 1383 Open
        on { PowerTimeoutExpired => StartingDecideS0Wake, Stop => StoppingWaitForIdleTimeout,
            SurpriseRemove => StoppingWaitForIdleTimeout }
        traps [PowerTimeoutExpired, Stop, SurpriseRemove];
    StartedWakeCapableCancelTimerForSleep 1384 Closed absent Wake
        -> [StartedWakeCapableTimerCanceledForSleep, StartedWakeCapableWaitForIdleTimeout];
    StartedWakeCapableWaitForIdleTimeout 1385 Open absent Wake
        on { PowerTimeoutExpired => StartedWakeCapableTimerCanceledForSleep } traps [PowerTimeoutExpired];
    StartedWakeCapableSleepingUsbSS 1386 Open absent Usb on { UsbSelectiveSuspendCompleted => Sleeping };
    StartedIdleCapableCancelTimerForSleep 1387 Closed enter started_idle_capable_cancel_timer_for_sleep
        -> [StartedIdleCapableTimerCanceledForSleep, StartedIdleCapableWaitForIdleTimeout];
    StartedIdleCapableWaitForIdleTimeout 1388 Open
        on { PowerTimeoutExpired => StartedIdleCapableTimerCanceledForSleep } traps [PowerTimeoutExpired];
    DeviceD0PowerRequestFailed 1389 Closed enter device_d0_power_request_failed
        -> [DevicePowerRequestFailed];
    DevicePowerRequestFailed 1390 Open enter device_power_request_failed
        on { DeviceDirectedPowerDown => DevicePowerRequestFailed, Stop => StoppingCancelTimer,
            SurpriseRemove => Stopping }
        drops [DeviceDirectedPowerUp, DevicePowerRequired, IoPresent, S0, Sx, UsbSelectiveSuspendCompleted,
            WakeArrived, WakeFailed];
    SleepingPowerDownNotProcessed 1397 Closed enter sleeping_power_down_not_processed
        -> [SystemSleepPowerRequestFailed];
    TimerExpiredWakeCapablePowerDownNotProcessed 1398 Closed absent Wake
        -> [TimerExpiredWakeCapableDxAllocFailed];
    TimerExpiredNoWakePowerDownNotProcessed 1399 Closed
        enter timer_expired_no_wake_power_down_not_processed -> [TimerExpiredNoWakeUndoPowerDown];
    TimerExpiredNoWakePoweredDownDisableIdleTimer 1400 Closed
        enter timer_expired_no_wake_powered_down_disable_idle_timer
        -> [WaitingUnarmedDirectedDown, WaitingUnarmedQueryIdle];
    PowerUpForSystemSleepNotSeen 1404 Closed absent Wake -> [DeviceD0PowerRequestFailed];
    WaitingArmedStoppingCancelUsbSS 1405 Closed absent Usb -> [StoppingCancelWake]
        on { UsbSelectiveSuspendCompleted => StoppingCancelWake } drops [WakeFailed, WakeSuccess];
    WaitingArmedWakeFailedCancelUsbSS 1406 Closed absent Usb -> [IoPresentArmedWakeCanceled]
        on { UsbSelectiveSuspendCompleted => IoPresentArmedWakeCanceled }
        traps [UsbSelectiveSuspendCompleted];
    WaitingArmedIoPresentCancelUsbSS 1407 Closed absent Usb -> [IoPresentArmed]
        on { UsbSelectiveSuspendCompleted => IoPresentArmed }
        drops [WakeFailed, WakeInterruptFired, WakeSuccess];
    WaitingArmedWakeSucceededCancelUsbSS 1408 Closed absent Usb -> [WokeFromS0]
        on { UsbSelectiveSuspendCompleted => WokeFromS0 };
    CancelingUsbSSForSystemSleep 1409 Closed absent Usb -> [CancelingWakeForSystemSleep]
        on { UsbSelectiveSuspendCompleted => CancelingWakeForSystemSleep } drops [WakeFailed, WakeSuccess];
    StoppingD0CancelUsbSS 1410 Closed absent Usb -> [StoppingD0]
        on { UsbSelectiveSuspendCompleted => StoppingD0 } drops [WakeFailed, WakeSuccess]
        traps [UsbSelectiveSuspendCompleted];
    StartingPoweredUp 1411 Closed enter starting_powered_up -> [StartingPoweredUpFailed, StartingSucceeded];
    IdleCapableDeviceIdle 1412 Open enter idle_capable_device_idle -> [TimerExpiredNoWake]
        on { DeviceDirectedPowerDown => IdleCapableDirectedDownTriggerDPNR,
            DevicePowerNotRequired => TimerExpiredNoWake, IoPresent => DeviceIdleReturnToActive,
            S0IdlePolicyChanged => DeviceIdleReturnToActive, Stop => DeviceIdleStopping,
            SurpriseRemove => DeviceIdleStopping, Sx => DeviceIdleSleeping }
        drops [DevicePowerRequired, S0];
    DeviceIdleReturnToActive 1413 Closed enter device_idle_return_to_active -> [StartedCancelTimer];
    DeviceIdleSleeping 1414 Closed enter device_idle_sleeping -> [StartedIdleCapableCancelTimerForSleep];
    DeviceIdleStopping 1415 Closed enter device_idle_stopping -> [StoppingCancelTimer];
    TimerExpiredNoWakeUndoPowerDown 1416 Closed enter timer_expired_no_wake_undo_power_down
        -> [TimerExpiredNoWakeReturnToActive, TimerExpiredNoWakeUndoPowerDownWaitForDirectedUp];
    WakeCapableDeviceIdle 1417 Open absent Wake -> [TimerExpiredDecideUsbSS]
        on { DeviceDirectedPowerDown => WakeCapableDirectedDownTriggerDPNR,
            DevicePowerNotRequired => TimerExpiredDecideUsbSS, IoPresent => DeviceIdleReturnToActive,
            S0IdlePolicyChanged => DeviceIdleReturnToActive, Stop => DeviceIdleStopping,
            SurpriseRemove => DeviceIdleStopping, Sx => DeviceIdleSleeping }
        drops [DevicePowerRequired, S0] traps [S0IdlePolicyChanged, Stop];
    WakeCapableUsbSSCompleted 1418 Closed absent Usb
        -> [StartedWakeCapable, WakeCapableUsbSSCompletedUndoWaitForDirectedUp];
    TimerExpiredWakeCapableUndoPowerDown 1419 Closed absent Wake
        -> [DeviceIdleReturnToActive, TimerExpiredWakeCapableUndoPowerDownWaitForDirectedUp];
    TimerExpiredWakeCompletedHardwareStarted 1420 Closed absent Wake -> [S0WakeCompletePowerUp];
    StoppedRemoving 1421 Closed enter stopped_removing -> [Removed];
    Removed 1422 Open enter removed on { Remove => Removed, Start => Starting }
        drops [S0, S0IdlePolicyChanged, Sx];
    Restarting 1423 Closed enter restarting
        on { PowerUp => StartingSucceeded, PowerUpFailed => RestartingFailed };
    RestartingFailed 1424 Closed enter restarting_failed -> [Stopped];
    StartingPoweredUpFailed 1425 Closed absent PowerFramework on { PowerDown => StartingFailed };
    TimerExpiredNoWakeReturnToActive 1426 Closed enter timer_expired_no_wake_return_to_active
        -> [StartedIdleCapable];
    WaitingArmedWakeInterruptFired 1427 Closed absent Wake -> [WaitingArmedWakeSucceededCancelUsbSS]
        on { WakeFailed => WaitingArmedWakeSucceededCancelUsbSS,
            WakeSuccess => WaitingArmedWakeSucceededCancelUsbSS }
        traps [WakeSuccess];
    SystemWakeDeviceWakeInterruptFired 1428 Closed absent Wake -> [SystemWakeDeviceWakeTriggered]
        on { WakeFailed => SystemWakeDeviceWakeTriggered, WakeSuccess => SystemWakeDeviceWakeTriggered }
        traps [WakeFailed];
    TimerExpiredWakeCapableWakeInterruptArrived 1430 Closed absent Wake
        -> [TimerExpiredWakeCapableWakeSucceeded]
        on { PowerDown => WaitingArmedWakeInterruptFiredDuringPowerDown,
            PowerDownFailed => TimerExpiredWakeCapablePowerDownFailedWakeInterruptArrived,
            WakeFailed => TimerExpiredWakeCapableWakeSucceeded,
            WakeSuccess => TimerExpiredWakeCapableWakeSucceeded }
        traps [PowerDownFailed, WakeSuccess];
    TimerExpiredWakeCapablePowerDownFailedWakeInterruptArrived 1431 Closed absent Wake
        on { WakeFailed => TimerExpiredWakeCapablePowerDownFailedWakeCanceled,
            WakeSuccess => TimerExpiredWakeCapablePowerDownFailedWakeCanceled }
        traps [WakeSuccess];
    WaitingArmedWakeInterruptFiredDuringPowerDown 1432 Closed absent Wake
        on { WakeFailed => WaitingArmedWakeSucceededCancelUsbSS,
            WakeSuccess => WaitingArmedWakeSucceededCancelUsbSS }
        traps [WakeSuccess];
    StartedNotIdleCapableDirectedDown 1433 Closed absent Directed -> [Started];
    StartedIdleCapableTimerCanceledForSleep 1434 Closed
        enter started_idle_capable_timer_canceled_for_sleep
        -> [IdleCapableTimerNotExpiredDirectedDown, Sleeping];
    TimerExpiredNoWakeUndoPowerDownWaitForDirectedUp 1435 Closed absent Directed
        on { DeviceDirectedPowerUp => TimerExpiredNoWakeReturnToActive };
    IdleCapableTimerNotExpiredDirectedDown 1436 Closed absent Directed
        -> [IdleCapableDirectedDownTriggerDPNR];
    IdleCapableDirectedDownTriggerDPNR 1437 Closed absent Directed
        on { DevicePowerNotRequiredDirected => TimerExpiredNoWake };
    WaitingUnarmedDirectedDown 1438 Open absent Directed
        on { DeviceDirectedPowerUp => IdleCapableDirectedDownTriggerDPR }
        drops [IoPresent, S0IdlePolicyChanged];
    IdleCapableDirectedDownTriggerDPR 1439 Closed absent Directed
        on { DevicePowerRequiredDirected => S0NoWakePowerUp };
    StartedWakeCapableTimerCanceledForSleep 1440 Closed absent Wake
        -> [Sleeping, WakeCapableTimerNotExpiredDirectedDown];
    WakeCapableTimerNotExpiredDirectedDown 1441 Closed absent Directed
        -> [WakeCapableDirectedDownTriggerDPNR];
    WakeCapableDirectedDownTriggerDPNR 1442 Closed absent Directed
        on { DevicePowerNotRequiredDirected => TimerExpiredDecideUsbSS };
    TimerExpiredWakeCompletedPowerDownWaitForDirectedUp 1443 Closed absent Directed
        on { DeviceDirectedPowerUp => TimerExpiredWakeCompletedPowerDownDirectedTriggerDPR };
    TimerExpiredWakeCompletedPowerDownDirectedTriggerDPR 1444 Closed absent Directed
        on { DevicePowerRequiredDirected => TimerExpiredWakeCompletedPowerUp };
    TimerExpiredWakeCapableUndoPowerDownWaitForDirectedUp 1445 Closed absent Directed
        on { DeviceDirectedPowerUp => DeviceIdleReturnToActive };
    WakeCapableUsbSSCompletedUndoWaitForDirectedUp 1446 Closed absent Usb
        on { DeviceDirectedPowerUp => StartedWakeCapable };
    TimerExpiredWakeCapableUsbSSDirectedDown 1447 Open absent Usb
        on { UsbSelectiveSuspendCallback => TimerExpiredWakeCapablePowerDown,
            UsbSelectiveSuspendCompleted => WakeCapableUsbSSCompleted }
        drops [IoPresent, S0IdlePolicyChanged];
    WaitingArmedWakeInterruptFiredDuringPowerDownCheckDirected 1448 Closed absent Directed
        -> [WaitingArmedDirectedDownWakeSucceededCancelUsbSS, WaitingArmedWakeSucceededCancelUsbSS];
    TimerExpiredWakeCompletedPowerDownCheckDirected 1449 Closed absent Directed
        -> [TimerExpiredWakeCompletedPowerDownWaitForDirectedUp, TimerExpiredWakeCompletedPowerUp];
    TimerExpiredWakeCapableWakeSucceededCheckDirected 1450 Closed absent Directed
        -> [TimerExpiredWakeCapableWakeSucceededWaitForDirectedUp, WokeFromS0UsbSS];
    TimerExpiredWakeCapableWakeSucceededWaitForDirectedUp 1451 Closed absent Directed
        on { DeviceDirectedPowerUp => TimerExpiredWakeCapableWakeSucceededTriggerDPR };
    TimerExpiredWakeCapableWakeSucceededTriggerDPR 1452 Closed absent Directed
        on { DevicePowerRequiredDirected => WokeFromS0UsbSS };
    TimerExpiredWakeCapableWakeFailedCheckDirected 1453 Closed absent Directed
        -> [TimerExpiredWakeCapableWakeFailedWaitForDirectedUp, WakeFailedUsbSS];
    TimerExpiredWakeCapableWakeFailedWaitForDirectedUp 1454 Closed absent Directed
        on { DeviceDirectedPowerUp => TimerExpiredWakeCapableWakeFailedTriggerDPR };
    TimerExpiredWakeCapableWakeFailedTriggerDPR 1455 Closed absent Directed
        on { DevicePowerRequiredDirected => WakeFailedUsbSS };
    WaitingArmedDirectedDownWakeInterruptFiredTriggerDPR 1456 Closed absent Directed
        on { DevicePowerRequiredDirected => WaitingArmedWakeInterruptFired };
    WaitingArmedDirectedDownWakeInterruptFired 1457 Closed absent Directed
        on { DeviceDirectedPowerUp => WaitingArmedDirectedDownWakeInterruptFiredTriggerDPR };
    WaitingArmedDirectedDown 1458 Open absent Directed
        on { DeviceDirectedPowerUp => WaitingArmedDirectedDownTriggerDPR,
            UsbSelectiveSuspendCompleted => WaitingArmedDirectedDownUsbSSCompleted,
            WakeFailed => WaitingArmedDirectedDownWakeFailedCancelUsbSS,
            WakeInterruptFired => WaitingArmedDirectedDownWakeInterruptFired,
            WakeSuccess => WaitingArmedDirectedDownWakeSucceededCancelUsbSS }
        drops [IoPresent, S0IdlePolicyChanged] traps [UsbSelectiveSuspendCompleted];
    WaitingArmedDirectedDownWakeSucceededCancelUsbSS 1459 Closed absent Usb
        on { DeviceDirectedPowerUp => WaitingArmedDirectedDownWakeSucceededTriggerDPR };
    WaitingArmedDirectedDownWakeFailedCancelUsbSS 1460 Closed absent Usb
        on { DeviceDirectedPowerUp => WaitingArmedDirectedDownWakeFailedCancelUsbSSTriggerDPR };
    WaitingArmedDirectedDownTriggerDPR 1461 Closed absent Directed
        on { DevicePowerRequiredDirected => WaitingArmedIoPresentCancelUsbSS };
    WaitingArmedDirectedDownWakeSucceededTriggerDPR 1462 Closed absent Directed
        on { DevicePowerRequiredDirected => WaitingArmedWakeSucceededCancelUsbSS };
    WaitingArmedDirectedDownUsbSSCompleted 1463 Closed absent Usb
        on { DeviceDirectedPowerUp => WaitingArmedDirectedDownUsbSSCompletedTriggerDPR };
    WaitingArmedDirectedDownUsbSSCompletedTriggerDPR 1464 Closed absent Usb
        on { DevicePowerRequiredDirected => IoPresentArmed };
    WaitingArmedDirectedDownWakeFailedCancelUsbSSTriggerDPR 1465 Closed absent Usb
        on { DevicePowerRequiredDirected => WaitingArmedWakeFailedCancelUsbSS };
    UsbSSCancelled 1466 Closed absent Usb -> [StartedCancelTimer];
    TimerExpiredWakeCapableRevertArmWake 1467 Closed absent Wake -> [TimerExpiredWakeCapableCancelWake];
    SleepingWakeCancelWake 1468 Closed absent Wake -> [SleepingNoWakeCompletePowerDown]
        on { WakeFailed => SleepingNoWakeCompletePowerDown, WakeSuccess => SleepingNoWakeCompletePowerDown };
    SystemWakeDeviceD0PowerRequestFailed 1470 Closed enter system_wake_device_d0_power_request_failed
        -> [DeviceD0PowerRequestFailed];
    SystemWakeDevicePowerRequestFailed 1471 Closed enter system_wake_device_power_request_failed
        -> [DevicePowerRequestFailed];
    SleepingWakeWakeArrivedNP 34074 Closed absent NonPageable
        -> [SleepingWakeCancelWakeNP, SleepingWakeRevertArmWakeNP]
        on { PowerDown => SystemAsleepWakeArmedNP, PowerDownFailed => SleepingWakePowerDownFailed }
        drops [WakeFailed, WakeInterruptFired, WakeSuccess];
    SleepingWakeRevertArmWakeNP 34075 Closed absent NonPageable -> [SleepingWakeCancelWakeNP];
    SystemAsleepWakeArmedNP 34078 Open absent NonPageable
        on { S0 => SystemWakeDeviceWakeEnabledNP,
            WakeInterruptFired => SystemWakeDeviceWakeInterruptFiredNP,
            WakeSuccess => SystemWakeDeviceWakeTriggeredNP }
        drops [DevicePowerNotRequired, IoPresent, PowerTimeoutExpired, WakeFailed]
        traps [WakeInterruptFired];
    SystemWakeDeviceWakeEnabledNP 34079 Closed absent NonPageable
        -> [SystemWakeDeviceWakeEnabledWakeCanceledNP]
        on { WakeFailed => SystemWakeDeviceWakeEnabledWakeCanceledNP,
            WakeSuccess => SystemWakeDeviceWakeEnabledWakeCanceledNP }
        drops [WakeInterruptFired];
    SystemWakeDeviceWakeEnabledWakeCanceledNP 34080 Closed absent NonPageable
        -> [SystemWakeDeviceD0PowerRequestFailed]
        on { PowerUpFailed => SystemWakeDevicePowerRequestFailed,
            PowerUpHwStarted => SystemWakeDeviceWakeDisarmNP,
            PowerUpNotSeen => SystemWakeDeviceD0PowerRequestFailed }
        drops [WakeInterruptFired, WakeSuccess] traps [PowerUpFailed, PowerUpNotSeen];
    SystemWakeDeviceWakeDisarmNP 34081 Closed absent NonPageable -> [SystemWakeDeviceWakeCompletePowerUp];
    SystemWakeDeviceWakeTriggeredNP 34082 Open absent NonPageable
        on { S0 => SystemWakeDeviceWakeTriggeredS0NP } drops [IoPresent];
    SystemWakeDeviceWakeTriggeredS0NP 34083 Closed absent NonPageable
        -> [SystemWakeDeviceD0PowerRequestFailed]
        on { PowerUpFailed => SystemWakeDevicePowerRequestFailed,
            PowerUpHwStarted => SystemWakeDeviceWokeDisarmNP,
            PowerUpNotSeen => SystemWakeDeviceD0PowerRequestFailed }
        traps [PowerUpFailed, PowerUpNotSeen];
    SystemWakeDeviceWokeDisarmNP 34084 Closed absent NonPageable -> [SystemWakeDeviceWakeCompletePowerUp];
    SystemWakeDeviceWakeInterruptFiredNP 34197 Closed absent NonPageable
        -> [SystemWakeDeviceWakeTriggeredNP]
        on { WakeFailed => SystemWakeDeviceWakeTriggeredNP, WakeSuccess => SystemWakeDeviceWakeTriggeredNP }
        traps [WakeFailed, WakeSuccess];
    SleepingWakeCancelWakeNP 34237 Closed absent NonPageable -> [SleepingNoWakeCompletePowerDown]
        on { WakeFailed => SleepingNoWakeCompletePowerDown, WakeSuccess => SleepingNoWakeCompletePowerDown };
}
