//! Idling out and sleeping: late timers, refused power requests, the power framework.

use super::world::Begin::{IdleCapable, Started, SystemManaged};
use super::world::{Path, check};

#[test]
fn idle_and_sleep_have_their_callbacks() {
    for path in PATHS {
        check(path);
    }
}

const PATHS: &[Path] = &[
    Path {
        name: "idle settings change",
        begin: Started,
        fails: &[],
        pnp: "",
        power: "",
        policy: "StartingDecideS0Wake StartedIdleCapable StartedCancelTimer StartingDecideS0Wake Started",
        steps: &[("IDLE_ON", ""), ("IDLE_OFF", "")],
    },
    Path {
        name: "idle settings change, timer too late",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "",
        policy: "StartedCancelTimer StartedWaitForIdleTimeout StartingDecideS0Wake Started",
        steps: &[("TIMER_LATE", ""), ("IDLE_OFF", ""), ("IDLE", "")],
    },
    Path {
        name: "stop while the end of the idle time is waited for",
        begin: IdleCapable,
        fails: &[],
        pnp: "QS* QueryCanceled Started QS* StartedStopping Stopped",
        power: "GotoD3Stopped Stopped",
        policy: "StartedCancelTimer StartedWaitForIdleTimeout StoppingWaitForIdleTimeout P*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("CANCEL_STOP", "[IRP CANCEL_STOP sent down]"),
            ("TIMER_LATE", ""),
            ("IDLE_OFF", ""),
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", ""),
            ("IDLE", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
        ],
    },
    Path {
        name: "surprise removal while the end of the idle time is waited for",
        begin: IdleCapable,
        fails: &[],
        pnp: "SurpriseRemoveIoStarted FailedIoStarting F*",
        power: "GotoD3Stopped Stopped",
        policy: "StartedCancelTimer StartedWaitForIdleTimeout StoppingWaitForIdleTimeout P* PR*",
        steps: &[
            ("TIMER_LATE", ""),
            ("IDLE_OFF", ""),
            ("SURPRISE", "SurpriseRemoval"),
            (
                "IDLE",
                "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > [IRP SURPRISE sent \
                 down]",
            ),
        ],
    },
    Path {
        name: "remove, idle timer too late",
        begin: IdleCapable,
        fails: &[],
        pnp: "StartedRemoving RemovingDisableInterfaces R*",
        power: "GotoD3Stopped Stopped",
        policy: "StoppingCancelTimer StoppingWaitForIdleTimeout P* PR*",
        steps: &[
            ("TIMER_LATE", ""),
            ("REMOVE", ""),
            ("IDLE", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > END+cleanup"),
        ],
    },
    Path {
        name: "sleep, idle timer too late",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "X*",
        policy: "StartedIdleCapableCancelTimerForSleep StartedIdleCapableWaitForIdleTimeout \
                 StartedIdleCapableTimerCanceledForSleep Z*",
        steps: &[
            ("TIMER_LATE", ""),
            ("SLEEP", ""),
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
        ],
    },
    Path {
        name: "surprise removal of an idle-capable device in D0",
        begin: IdleCapable,
        fails: &[],
        pnp: "SurpriseRemoveIoStarted FailedIoStarting F*",
        power: "GotoD3Stopped Stopped",
        policy: "StoppingCancelTimer P* PR*",
        steps: &[(
            "SURPRISE",
            "SurpriseRemoval > SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > \
                 [IRP SURPRISE sent down]",
        )],
    },
    Path {
        name: "idle out, then system sleep, I/O in it, and resume",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "X* W*",
        policy: "I* SystemSleepFromDeviceWaitingUnarmed SystemAsleepNoWake SystemWakeDeviceWakeDisabled \
                 SystemWakeQueryIdle SystemWakeDeviceToD0 SystemWakeDeviceToD0CompletePowerUp \
                 StartingDecideS0Wake StartedIdleCapable",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("SLEEP", "[Sx IRP ok]"),
            ("IO", ""),
            ("WAKE", "UP(D3) > SmioRestart > [D0 IRP ok]"),
        ],
    },
    Path {
        name: "idle out, then idle settings change",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "X* W*",
        policy: "I* S0NoWakePowerUp S0NoWakeCompletePowerUp StartingDecideS0Wake Started",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("IDLE_OFF", "UP(D3) > SmioRestart > [D0 IRP ok]"),
        ],
    },
    Path {
        name: "idle out: D0Exit fails",
        begin: IdleCapable,
        fails: &["D0Exit(D3)"],
        pnp: "FailedPowerDown F* FS* R*",
        power: "GotoDx NotifyingD0ExitToWakeInterrupts GotoDxIoStopped GotoDxFailed \
                ReportPowerDownFailed PowerFailedPowerDown Stopped",
        policy: "IdleCapableDeviceIdle TimerExpiredNoWake TimerExpiredNoWakeCompletePowerDown \
                 DevicePowerRequestFailed StoppingCancelTimer P* PR*",
        steps: &[
            (
                "IDLE",
                "SmioSuspend > DOWN(D3) FAILS > [D3 IRP ok] > [invalidate] > ReleaseHardware > PURGE > \
                 SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "idle out, request arrives, SelfManagedIoRestart fails",
        begin: IdleCapable,
        fails: &["SmioRestart"],
        pnp: "FailedIoStarting F* FS* R*",
        power: "X* CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt \
                WakingDmaEnable WakingPostHardwareEnabled StartSelfManagedIo StartSelfManagedIoFailed \
                WakingPostHardwareEnabledFailed WakingDmaEnableFailed WakingConnectInterruptFailed \
                ReportPowerUpFailedDerefParent ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "I* WaitingUnarmedQueryIdle S0NoWakePowerUp S0NoWakeCompletePowerUp \
                 DevicePowerRequestFailed P* PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            (
                "IO",
                "UP(D3) > SmioRestart FAILS > DOWN(D3Final) > [D0 IRP ok] > [invalidate] > \
                 ReleaseHardware > PURGE > SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "remove in idle Dx, SelfManagedIoRestart fails",
        begin: IdleCapable,
        fails: &["SmioRestart"],
        pnp: "StartedRemoving RemovingDisableInterfaces R*",
        power: "X* CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt \
                WakingDmaEnable WakingPostHardwareEnabled StartSelfManagedIo StartSelfManagedIoFailed \
                WakingPostHardwareEnabledFailed WakingDmaEnableFailed WakingConnectInterruptFailed \
                ReportPowerUpFailedDerefParent ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "I* StoppingResetDevice StoppingResetDeviceCompletePowerUp StoppingResetDeviceFailed P* \
                 PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            (
                "REMOVE",
                "UP(D3) > SmioRestart FAILS > DOWN(D3Final) > [D0 IRP ok] > [invalidate] > \
                 ReleaseHardware > PURGE > SmioFlush > END+cleanup",
            ),
        ],
    },
    Path {
        name: "sleep: power request refused",
        begin: Started,
        fails: &["power request"],
        pnp: "FailedPowerDown F*",
        power: "GotoD3Stopped Stopped",
        policy: "Sleeping SleepingNoWakePowerDown SleepingNoWakeDxRequestFailed DevicePowerRequestFailed \
                 StoppingCancelTimer P* PR*",
        steps: &[(
            "SLEEP",
            "[invalidate] > [Sx IRP ok] > SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > \
                 SmioFlush",
        )],
    },
    Path {
        name: "idle out: power request refused",
        begin: IdleCapable,
        fails: &["power request"],
        pnp: "",
        power: "",
        policy: "IdleCapableDeviceIdle TimerExpiredNoWake TimerExpiredNoWakeUndoPowerDown \
                 TimerExpiredNoWakeReturnToActive StartedIdleCapable",
        steps: &[("IDLE", "")],
    },
    Path {
        name: "idle out, request arrives, power request refused",
        begin: IdleCapable,
        fails: &[],
        pnp: "FailedIoStarting F*",
        power: "X* GotoDxStoppedDisableInterrupt GotoDxStopped Stopped",
        policy: "I* WaitingUnarmedQueryIdle S0NoWakePowerUp DeviceD0PowerRequestFailed \
                 DevicePowerRequestFailed Stopping StoppingSendStatus Stopped PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("REFUSE_POWER", ""),
            ("IO", "[invalidate] > ReleaseHardware > PURGE > SmioFlush"),
        ],
    },
    Path {
        name: "resume: power request refused",
        begin: Started,
        fails: &[],
        pnp: "FailedIoStarting F*",
        power: "X* GotoDxStoppedDisableInterrupt GotoDxStopped Stopped",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 \
                 SystemWakeDeviceD0PowerRequestFailed DeviceD0PowerRequestFailed \
                 DevicePowerRequestFailed Stopping StoppingSendStatus Stopped PR*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("REFUSE_POWER", ""),
            ("WAKE", "[invalidate] > ReleaseHardware > PURGE > SmioFlush"),
        ],
    },
    Path {
        name: "remove in idle Dx, power request refused: the removal hangs, as the tables have it",
        begin: IdleCapable,
        fails: &[],
        pnp: "StartedRemoving",
        power: "X*",
        policy: "I* StoppingResetDevice DeviceD0PowerRequestFailed DevicePowerRequestFailed",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("REFUSE_POWER", ""),
            ("REMOVE", "[invalidate]"),
        ],
    },
    Path {
        name: "sleep: power request never seen",
        begin: Started,
        fails: &["power request seen"],
        pnp: "",
        power: "",
        policy: "Sleeping SleepingNoWakePowerDown SleepingPowerDownNotProcessed \
                 SystemSleepPowerRequestFailed DevicePowerRequestFailed",
        steps: &[("SLEEP", "[invalidate] > [Sx IRP ok]")],
    },
    Path {
        name: "idle out: power request never seen",
        begin: IdleCapable,
        fails: &["power request seen"],
        pnp: "",
        power: "",
        policy: "IdleCapableDeviceIdle TimerExpiredNoWake TimerExpiredNoWakePowerDownNotProcessed \
                 TimerExpiredNoWakeUndoPowerDown TimerExpiredNoWakeReturnToActive StartedIdleCapable",
        steps: &[("IDLE", "[invalidate]")],
    },
    Path {
        name: "idle out, request arrives, power request never seen",
        begin: IdleCapable,
        fails: &[],
        pnp: "FailedIoStarting F*",
        power: "X* GotoDxStoppedDisableInterrupt GotoDxStopped Stopped",
        policy: "I* WaitingUnarmedQueryIdle S0NoWakePowerUp DeviceD0PowerRequestFailed \
                 DevicePowerRequestFailed Stopping StoppingSendStatus Stopped PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("HIDE_POWER", ""),
            ("IO", "[invalidate] > ReleaseHardware > PURGE > SmioFlush"),
        ],
    },
    Path {
        name: "resume: power request never seen",
        begin: Started,
        fails: &[],
        pnp: "FailedIoStarting F*",
        power: "X* GotoDxStoppedDisableInterrupt GotoDxStopped Stopped",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 \
                 SystemWakeDeviceD0PowerRequestFailed DeviceD0PowerRequestFailed \
                 DevicePowerRequestFailed Stopping StoppingSendStatus Stopped PR*",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("HIDE_POWER", ""),
            ("WAKE", "[invalidate] > ReleaseHardware > PURGE > SmioFlush"),
        ],
    },
    Path {
        name: "remove in idle Dx, power request never seen: the removal hangs, as the tables have it",
        begin: IdleCapable,
        fails: &[],
        pnp: "StartedRemoving",
        power: "X*",
        policy: "I* StoppingResetDevice DeviceD0PowerRequestFailed DevicePowerRequestFailed",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("HIDE_POWER", ""),
            ("REMOVE", "[invalidate]"),
        ],
    },
    Path {
        name: "system-managed idle: out and back",
        begin: SystemManaged,
        fails: &[],
        pnp: "",
        power: "X* W*",
        policy: "I* S0NoWakePowerUp S0NoWakeCompletePowerUp StartingDecideS0Wake StartedIdleCapable",
        steps: &[
            ("IDLE", ""),
            ("NOT_REQUIRED", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("REQUIRED", "UP(D3) > SmioRestart > [D0 IRP ok]"),
        ],
    },
    Path {
        name: "system-managed idle: request arrives",
        begin: SystemManaged,
        fails: &[],
        pnp: "",
        power: "",
        policy: "IdleCapableDeviceIdle DeviceIdleReturnToActive StartedCancelTimer StartingDecideS0Wake \
                 StartedIdleCapable",
        steps: &[("IDLE", ""), ("IO", ""), ("IO_DONE", "")],
    },
    Path {
        name: "system-managed idle: idle settings change",
        begin: SystemManaged,
        fails: &[],
        pnp: "",
        power: "",
        policy: "IdleCapableDeviceIdle DeviceIdleReturnToActive StartedCancelTimer StartingDecideS0Wake \
                 Started",
        steps: &[("IDLE", ""), ("IDLE_OFF", "")],
    },
    Path {
        name: "system-managed idle: remove",
        begin: SystemManaged,
        fails: &[],
        pnp: "StartedRemoving RemovingDisableInterfaces R*",
        power: "GotoD3Stopped Stopped",
        policy: "IdleCapableDeviceIdle DeviceIdleStopping StoppingCancelTimer P* PR*",
        steps: &[
            ("IDLE", ""),
            ("REMOVE", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > END+cleanup"),
        ],
    },
    Path {
        name: "system-managed idle: surprise removal",
        begin: SystemManaged,
        fails: &[],
        pnp: "SurpriseRemoveIoStarted FailedIoStarting F*",
        power: "GotoD3Stopped Stopped",
        policy: "IdleCapableDeviceIdle DeviceIdleStopping StoppingCancelTimer P* PR*",
        steps: &[
            ("IDLE", ""),
            (
                "SURPRISE",
                "SurpriseRemoval > SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > \
                 [IRP SURPRISE sent down]",
            ),
        ],
    },
    Path {
        name: "system-managed idle: sleep",
        begin: SystemManaged,
        fails: &[],
        pnp: "",
        power: "X*",
        policy: "IdleCapableDeviceIdle DeviceIdleSleeping StartedIdleCapableCancelTimerForSleep \
                 StartedIdleCapableTimerCanceledForSleep Z*",
        steps: &[("IDLE", ""), ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]")],
    },
    Path {
        name: "requests keep an idle-capable device in D0",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "X*",
        policy: "I*",
        steps: &[
            ("IO", ""),
            ("IO", ""),
            ("IO_DONE", ""),
            ("IO_DONE", ""),
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
        ],
    },
    Path {
        name: "request arrives as the idle time ends",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "",
        policy: "",
        steps: &[("TIMER_LATE", ""), ("IO", ""), ("IDLE", "")],
    },
    Path {
        name: "idle settings change after a request as the idle time ends",
        begin: IdleCapable,
        fails: &[],
        pnp: "",
        power: "",
        policy: "StartedCancelTimer StartedWaitForIdleTimeout StartingDecideS0Wake Started",
        steps: &[("TIMER_LATE", ""), ("IO", ""), ("IDLE_OFF", ""), ("IDLE", "")],
    },
];
