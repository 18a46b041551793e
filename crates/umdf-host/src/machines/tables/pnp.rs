//! The PnP machine (`WDF_DEVICE_PNP_STATE`).
//!
//! Names, numbers and transitions are those of `pnpstatemachine.cpp` in
//! microsoft/Windows-Driver-Frameworks (`src/framework/shared/irphandlers/pnp`, MIT; see `licences/NOTICE`).
//! What only a bus driver's entry function returns is left out.

use super::super::entry::pnp as entry;
use super::super::table::states;
use super::events::PnpEvent;

states! {
    /// The PnP machine (`WDF_DEVICE_PNP_STATE`).
    pub enum Pnp "PnP" (PnpEvent);
    prefix "WdfDevStatePnp";
    priority [DeviceInD0, PwrPolRemoved, PwrPolStartFailed, PwrPolStarted, PwrPolStopFailed,
        PwrPolStopped];
    singular [];
    ObjectCreated 256 Open on { AddDevice => Init };
    CheckForDevicePresence 257 Closed absent Bus -> [Final];
    EjectFailed 258 Open absent Bus on { StartDevice => PdoRestart, SurpriseRemove => SurpriseRemove }
        traps [SurpriseRemove];
    EjectHardware 259 Closed absent Bus -> [EjectedWaitingForRemove];
    EjectedWaitingForRemove 260 Open absent Bus on { Remove => PdoRemoved } drops [SurpriseRemove];
    Init 261 Open
        on { Eject => EjectHardware, ParentRemoved => Removed, QueryRemove => InitQueryRemove,
            Remove => Removed, StartDevice => InitStarting, SurpriseRemove => InitSurpriseRemoved }
        drops [StartDevice];
    InitStarting 262 Open enter init_starting
        on { StartDeviceComplete => HardwareAvailable, StartDeviceFailed => Init };
    InitSurpriseRemoved 263 Closed enter init_surprise_removed -> [Init];
    HardwareAvailable 264 Closed enter hardware_available -> [FailedInit, FailedOwnHardware]
        on { PwrPolStartFailed => HardwareAvailablePowerPolicyFailed, PwrPolStarted => EnableInterfaces }
        drops [PowerUpFailed];
    EnableInterfaces 265 Closed enter enable_interfaces -> [FailedPowerDown, Started];
    HardwareAvailablePowerPolicyFailed 266 Closed enter hardware_available_power_policy_failed
        -> [FailedOwnHardware];
    QueryRemoveAskDriver 267 Closed enter query_remove_ask_driver
        -> [QueryRemoveEnsureDeviceAwake, Started];
    QueryRemovePending 268 Open enter query_remove_pending
        on { CancelRemove => QueryCanceled, Remove => QueriedRemoving,
            SurpriseRemove => QueriedSurpriseRemove }
        traps [SurpriseRemove];
    QueryRemoveStaticCheck 269 Closed enter query_remove_static_check -> [QueryRemoveAskDriver, Started];
    QueriedRemoving 270 Closed enter queried_removing
        on { PwrPolStopFailed => RemovingDisableInterfaces, PwrPolStopped => RemovingDisableInterfaces }
        drops [PowerDownFailed, PowerUpFailed];
    QueryStopAskDriver 271 Closed enter query_stop_ask_driver -> [QueryStopEnsureDeviceAwake, Started];
    QueryStopPending 272 Open enter query_stop_pending
        on { CancelStop => QueryCanceled, Stop => StartedStopping, SurpriseRemove => QueriedSurpriseRemove }
        traps [SurpriseRemove];
    QueryStopStaticCheck 273 Closed enter query_stop_static_check -> [QueryStopAskDriver, Started];
    QueryCanceled 274 Closed enter query_canceled -> [Started];
    Removed 275 Closed enter removed -> [RemovedChildrenRemoved];
    PdoRemoved 276 Closed absent Bus -> [Final];
    RemovedPdoWait 277 Open absent Bus
        on { Eject => EjectHardware, ParentRemoved => PdoRemoved, Remove => CheckForDevicePresence,
            StartDevice => PdoRestart, SurpriseRemove => RemovedPdoSurpriseRemoved }
        drops [CancelRemove, PowerDownFailed, QueryRemove];
    RemovedPdoSurpriseRemoved 278 Closed absent Bus -> [RemovedPdoWait];
    RemovingDisableInterfaces 279 Closed enter removing_disable_interfaces on { PwrPolRemoved => Removed };
    Restarting 280 Closed enter restarting
        on { PwrPolStartFailed => HardwareAvailablePowerPolicyFailed, PwrPolStarted => Started }
        drops [PowerUpFailed];
    Started 281 Open enter started
        on { CancelRemove => StartedCancelRemove, CancelStop => StartedCancelStop,
            PowerDownFailed => FailedPowerDown, PowerUpFailed => FailedIoStarting,
            QueryRemove => QueryRemoveStaticCheck, QueryStop => QueryStopStaticCheck,
            Remove => StartedRemoving, StartDevice => Restart, SurpriseRemove => SurpriseRemoveIoStarted };
    StartedCancelStop 282 Closed enter started_cancel_stop -> [Started];
    StartedCancelRemove 283 Closed enter started_cancel_remove -> [Started];
    StartedRemoving 284 Open enter started_removing
        on { PwrPolStopFailed => RemovingDisableInterfaces, PwrPolStopped => RemovingDisableInterfaces }
        drops [PowerDownFailed, PowerUpFailed];
    StartingFromStopped 285 Closed enter starting_from_stopped -> [Failed, FailedOwnHardware, Restarting];
    Stopped 286 Open enter stopped -> [Failed]
        on { StartDevice => StoppedWaitForStartCompletion, SurpriseRemove => SurpriseRemove };
    StoppedWaitForStartCompletion 287 Open enter stopped_wait_for_start_completion
        on { StartDeviceComplete => StartingFromStopped, StartDeviceFailed => Failed }
        traps [StartDeviceFailed];
    StartedStopping 288 Open enter started_stopping
        on { PwrPolStopFailed => FailedOwnHardware, PwrPolStopped => Stopped }
        drops [PowerDownFailed, PowerUpFailed];
    SurpriseRemove 289 Closed enter surprise_removed -> [Failed];
    InitQueryRemove 290 Open enter init_query_remove
        on { CancelRemove => InitQueryRemoveCanceled, Remove => Removed };
    InitQueryRemoveCanceled 291 Open enter init_query_remove_canceled -> [Init];
    FdoRemoved 292 Closed enter fdo_removed -> [Final];
    RemovedWaitForChildren 293 Open absent Bus on { ChildrenRemovalComplete => RemovedChildrenRemoved }
        drops [PowerDownFailed];
    QueriedSurpriseRemove 294 Closed enter queried_surprise_remove -> [SurpriseRemoveIoStarted];
    SurpriseRemoveIoStarted 295 Closed enter surprise_remove_io_started -> [FailedIoStarting];
    FailedPowerDown 296 Closed enter failed_power_down
        on { PwrPolStopFailed => FailedOwnHardware, PwrPolStopped => FailedOwnHardware }
        drops [PowerDownFailed];
    FailedIoStarting 297 Closed enter failed_io_starting
        on { PwrPolStopFailed => FailedOwnHardware, PwrPolStopped => FailedOwnHardware }
        drops [PowerDownFailed, PowerUpFailed];
    FailedOwnHardware 298 Closed enter failed_own_hardware -> [Failed];
    Failed 299 Closed enter failed on { PwrPolRemoved => FailedPowerPolicyRemoved };
    FailedSurpriseRemoved 300 Closed enter failed_surprise_removed -> [FailedWaitForRemove];
    FailedStarted 301 Closed enter failed_started -> [FailedWaitForRemove];
    FailedWaitForRemove 302 Open
        on { Remove => Removed, StartDevice => FailedStarted, SurpriseRemove => FailedSurpriseRemoved }
        drops [CancelRemove, CancelStop, PowerDownFailed, PowerUpFailed, QueryRemove] traps [StartDevice];
    FailedInit 303 Closed enter failed_init -> [Init];
    PdoInitFailed 304 Closed absent Bus -> [Final];
    Restart 305 Closed enter restart
        on { PwrPolStopFailed => HardwareAvailablePowerPolicyFailed,
            PwrPolStopped => RestartReleaseHardware }
        drops [PowerDownFailed, PowerUpFailed];
    RestartReleaseHardware 306 Open enter restart_release_hardware -> [Failed]
        on { StartDeviceComplete => RestartHardwareAvailable, StartDeviceFailed => Failed }
        drops [PowerDownFailed] traps [StartDeviceFailed];
    RestartHardwareAvailable 307 Open enter restart_hardware_available -> [Failed, FailedOwnHardware]
        on { PwrPolStartFailed => HardwareAvailablePowerPolicyFailed, PwrPolStarted => Started }
        drops [PowerUpFailed];
    PdoRestart 308 Closed absent Bus -> [HardwareAvailable];
    Final 309 Open enter r#final drops [PowerDownFailed];
    RemovedChildrenRemoved 310 Open enter removed_children_removed -> [FdoRemoved];
    QueryRemoveEnsureDeviceAwake 311 Closed enter query_remove_ensure_device_awake
        -> [QueryRemovePending, Started] on { DeviceInD0 => QueryRemovePending };
    QueryStopEnsureDeviceAwake 312 Closed enter query_stop_ensure_device_awake
        -> [QueryStopPending, Started] on { DeviceInD0 => QueryStopPending };
    FailedPowerPolicyRemoved 313 Closed enter failed_power_policy_removed -> [FailedWaitForRemove];
}
