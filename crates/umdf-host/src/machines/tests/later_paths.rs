//! The life-cycle paths from the removal on: removal, surprise removal, idling, sleep.

use super::world::Begin::{AfterDescendants, IdleCapable, New, Started};
use super::world::Path;

pub const PATHS: &[Path] = &[
    Path {
        name: "query remove, cancel",
        begin: Started,
        fails: &[],
        pnp: "QR* QueryCanceled Started",
        power: "",
        policy: "",
        steps: &[
            ("QUERY_REMOVE", "QueryRemove > [IRP QUERY_REMOVE sent down]"),
            ("CANCEL_REMOVE", "[IRP CANCEL_REMOVE sent down]"),
        ],
    },
    Path {
        name: "query remove, remove",
        begin: Started,
        fails: &[],
        pnp: "QR* QueriedRemoving RemovingDisableInterfaces R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_REMOVE", "QueryRemove > [IRP QUERY_REMOVE sent down]"),
            ("REMOVE", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > END+cleanup"),
        ],
    },
    Path {
        name: "remove without query",
        begin: Started,
        fails: &[],
        pnp: "StartedRemoving RemovingDisableInterfaces R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[(
            "REMOVE",
            "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > END+cleanup",
        )],
    },
    Path {
        name: "remove / surprise of a device never started",
        begin: New,
        fails: &[],
        pnp: "Init InitSurpriseRemoved Init R*",
        power: "",
        policy: "",
        steps: &[("SURPRISE", "[IRP SURPRISE sent down]"), ("REMOVE", "END")],
    },
    Path {
        name: "surprise removal from started",
        begin: Started,
        fails: &[],
        pnp: "SurpriseRemoveIoStarted FailedIoStarting F* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            (
                "SURPRISE",
                "SurpriseRemoval > SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > \
                 [IRP SURPRISE sent down]",
            ),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "surprise removal from stopped",
        begin: Started,
        fails: &[],
        pnp: "QS* StartedStopping Stopped SurpriseRemove Failed FailedPowerPolicyRemoved \
              FailedWaitForRemove R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
            ("SURPRISE", "SurpriseRemoval > PURGE > SmioFlush > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "surprise removal from query-stopped",
        begin: Started,
        fails: &[],
        pnp: "QS* QueriedSurpriseRemove SurpriseRemoveIoStarted FailedIoStarting F* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            (
                "SURPRISE",
                "SurpriseRemoval > SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > \
                 [IRP SURPRISE sent down]",
            ),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "surprise removal in idle Dx (no wake)",
        begin: IdleCapable,
        fails: &[],
        pnp: "SurpriseRemoveIoStarted FailedIoStarting F* R*",
        power: "X* GotoDxStoppedDisableInterrupt GotoDxStopped Stopped",
        policy: "I* StoppingCancelTimer P* PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("SURPRISE", "SurpriseRemoval > ReleaseHardware > PURGE > SmioFlush > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "remove in idle Dx",
        begin: IdleCapable,
        fails: &[],
        pnp: "StartedRemoving RemovingDisableInterfaces R*",
        power: "X* W* GotoD3Stopped Stopped",
        policy: "I* StoppingResetDevice StoppingResetDeviceCompletePowerUp P* PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            (
                "REMOVE",
                "UP(D3) > SmioRestart > [D0 IRP ok] > SmioSuspend > DOWN(D3Final) > ReleaseHardware > \
                 PURGE > SmioFlush > END+cleanup",
            ),
        ],
    },
    Path {
        name: "remove in idle Dx, D0Entry fails",
        begin: IdleCapable,
        fails: &["D0Entry(D3)"],
        pnp: "StartedRemoving RemovingDisableInterfaces R*",
        power: "X* CheckDeviceType Waking UpFailedDerefParent ReportPowerUpFailedDerefParent \
                ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "I* StoppingResetDevice StoppingResetDeviceFailed P* PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            (
                "REMOVE",
                "D0Entry(D3) FAILS > [D0 IRP ok] > [invalidate] > ReleaseHardware > PURGE > SmioFlush > \
                 END+cleanup",
            ),
        ],
    },
    Path {
        name: "query stop in idle Dx, then stop",
        begin: IdleCapable,
        fails: &[],
        pnp: "QS* StartedStopping Stopped",
        power: "X* W* GotoD3Stopped Stopped",
        policy: "I* WaitingUnarmedQueryIdle S0NoWakePowerUp S0NoWakeCompletePowerUp StartingDecideS0Wake \
                 StartedIdleCapable StoppingCancelTimer P*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("QUERY_STOP", "QueryStop > UP(D3) > SmioRestart > [D0 IRP ok] > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
        ],
    },
    Path {
        name: "query stop in idle Dx, D0Entry fails",
        begin: IdleCapable,
        fails: &["D0Entry(D3)"],
        pnp: "QS* QueriedSurpriseRemove SurpriseRemoveIoStarted FailedIoStarting F* R*",
        power: "X* CheckDeviceType Waking UpFailedDerefParent ReportPowerUpFailedDerefParent \
                ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "I* WaitingUnarmedQueryIdle S0NoWakePowerUp DevicePowerRequestFailed P* PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            (
                "QUERY_STOP",
                "QueryStop > D0Entry(D3) FAILS > [D0 IRP ok] > [invalidate] > [IRP QUERY_STOP sent down] \
                 > [PnP: PowerUpFailed dropped in QueryStopPending]",
            ),
            ("SURPRISE", "SurpriseRemoval > ReleaseHardware > PURGE > SmioFlush > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "idle out, request arrives",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "X* W*",
        policy: "I* WaitingUnarmedQueryIdle S0NoWakePowerUp S0NoWakeCompletePowerUp StartingDecideS0Wake \
                 StartedIdleCapable",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("IO", "UP(D3) > SmioRestart > [D0 IRP ok]"),
        ],
    },
    Path {
        name: "sleep, resume (no S0 idle)",
        begin: Started,
        fails: &[],
        pnp: "",
        power: "X* W*",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 \
                 SystemWakeDeviceToD0CompletePowerUp StartingDecideS0Wake Started",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("WAKE", "UP(D3) > SmioRestart > [D0 IRP ok]"),
        ],
    },
    Path {
        name: "sleep, resume of an S0-idle device",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "X* W*",
        policy: "StartedIdleCapableCancelTimerForSleep StartedIdleCapableTimerCanceledForSleep Z* \
                 SystemWakeDeviceWakeDisabled SystemWakeQueryIdle WaitingUnarmed WaitingUnarmedQueryIdle \
                 S0NoWakePowerUp S0NoWakeCompletePowerUp StartingDecideS0Wake StartedIdleCapable",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("WAKE", ""),
            ("IO", "UP(D3) > SmioRestart > [D0 IRP ok]"),
        ],
    },
    Path {
        name: "resume: D0Entry fails",
        begin: Started,
        fails: &["D0Entry(D3)"],
        pnp: "FailedIoStarting F* FS* R*",
        power: "X* CheckDeviceType Waking UpFailedDerefParent ReportPowerUpFailedDerefParent \
                ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 SystemWakeDevicePowerRequestFailed \
                 DevicePowerRequestFailed P* PR*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("WAKE", "D0Entry(D3) FAILS > [D0 IRP ok] > [invalidate] > ReleaseHardware > PURGE > SmioFlush"),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "resume: D0Entry fails, hardware released after descendants",
        begin: AfterDescendants,
        fails: &["D0Entry(D3)"],
        pnp: "SurpriseRemoveIoStarted FailedIoStarting F* R*",
        power: "X* CheckDeviceType Waking UpFailedDerefParent ReportPowerUpFailedDerefParent \
                ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 SystemWakeDevicePowerRequestFailed \
                 DevicePowerRequestFailed P* PR*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("WAKE", "D0Entry(D3) FAILS > [D0 IRP ok] > [invalidate]"),
            ("SURPRISE", "SurpriseRemoval > ReleaseHardware > PURGE > SmioFlush > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "resume: EvtInterruptEnable of the 2nd fails",
        begin: Started,
        fails: &["InterruptEnable1"],
        pnp: "FailedIoStarting F* FS* R*",
        power: "X* CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt \
                WakingConnectInterruptFailed ReportPowerUpFailedDerefParent ReportPowerUpFailed \
                PowerFailedPowerDown Stopped",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 SystemWakeDevicePowerRequestFailed \
                 DevicePowerRequestFailed P* PR*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            (
                "WAKE",
                "D0Entry(D3) > [connect 0] > InterruptEnable0 > [connect 1] > InterruptEnable1 FAILS > \
                 [disconnect 1] > InterruptDisable0 > [disconnect 0] > D0Exit(D3Final) > [D0 IRP ok] > \
                 [invalidate] > ReleaseHardware > PURGE > SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "resume: PostInterruptsEnabled fails",
        begin: Started,
        fails: &["PostInterruptsEnabled(D3)"],
        pnp: "FailedIoStarting F* FS* R*",
        power: "X* CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt \
                WakingConnectInterruptFailed ReportPowerUpFailedDerefParent ReportPowerUpFailed \
                PowerFailedPowerDown Stopped",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 SystemWakeDevicePowerRequestFailed \
                 DevicePowerRequestFailed P* PR*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            (
                "WAKE",
                "D0Entry(D3) > [connect 0] > InterruptEnable0 > [connect 1] > InterruptEnable1 > \
                 PostInterruptsEnabled(D3) FAILS > InterruptDisable1 > [disconnect 1] > \
                 InterruptDisable0 > [disconnect 0] > D0Exit(D3Final) > [D0 IRP ok] > [invalidate] > \
                 ReleaseHardware > PURGE > SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "resume: SelfManagedIoRestart fails",
        begin: Started,
        fails: &["SmioRestart"],
        pnp: "FailedIoStarting F* FS* R*",
        power: "X* CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt \
                WakingDmaEnable WakingPostHardwareEnabled StartSelfManagedIo StartSelfManagedIoFailed \
                WakingPostHardwareEnabledFailed WakingDmaEnableFailed WakingConnectInterruptFailed \
                ReportPowerUpFailedDerefParent ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 \
                 SystemWakeDeviceToD0CompletePowerUp DevicePowerRequestFailed P* PR*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            (
                "WAKE",
                "UP(D3) > SmioRestart FAILS > DOWN(D3Final) > [D0 IRP ok] > [invalidate] > \
                 ReleaseHardware > PURGE > SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "sleep: SelfManagedIoSuspend fails",
        begin: Started,
        fails: &["SmioSuspend"],
        pnp: "FailedPowerDown F* FS* R*",
        power: "GotoDx NotifyingD0ExitToWakeInterrupts GotoDxIoStopped GotoDxFailed \
                ReportPowerDownFailed PowerFailedPowerDown Stopped",
        policy: "Sleeping SleepingNoWakePowerDown SleepingNoWakeCompletePowerDown \
                 SystemSleepPowerRequestFailed DevicePowerRequestFailed StoppingCancelTimer P* PR*",
        steps: &[
            (
                "SLEEP",
                "SmioSuspend FAILS > DOWN(D3) > [D3 IRP ok] > [invalidate] > [Sx IRP ok] > \
                 ReleaseHardware > PURGE > SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "sleep: D0Exit (or PreInterruptsDisabled or InterruptDisable) fails",
        begin: Started,
        fails: &["D0Exit(D3)"],
        pnp: "FailedPowerDown F* FS* R*",
        power: "GotoDx NotifyingD0ExitToWakeInterrupts GotoDxIoStopped GotoDxFailed \
                ReportPowerDownFailed PowerFailedPowerDown Stopped",
        policy: "Sleeping SleepingNoWakePowerDown SleepingNoWakeCompletePowerDown \
                 SystemSleepPowerRequestFailed DevicePowerRequestFailed StoppingCancelTimer P* PR*",
        steps: &[
            (
                "SLEEP",
                "SmioSuspend > DOWN(D3) FAILS > [D3 IRP ok] > [invalidate] > [Sx IRP ok] > \
                 ReleaseHardware > PURGE > SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "REMOVE while the system sleeps",
        begin: Started,
        fails: &[],
        pnp: "StartedRemoving",
        power: "X*",
        policy: "Z*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("REMOVE", "[power policy owner: Stop dropped in SystemAsleepNoWake]"),
        ],
    },
];
