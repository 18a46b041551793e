//! The abbreviations of the paths.

/// Callbacks and other actions. `()` stands for the power state.
pub const ACTIONS: &[(&str, &str)] = &[
    (
        "UP()",
        "D0Entry() > [connect 0] > InterruptEnable0 > [connect 1] > InterruptEnable1 > PostInterruptsEnabled() \
         > [queues resume]",
    ),
    (
        "DOWN()",
        "[queues hold] > D0ExitPreInterruptsDisabled() > InterruptDisable1 > [disconnect 1] > \
         InterruptDisable0 > [disconnect 0] > D0Exit()",
    ),
    ("PURGE", "[interfaces disabled] > [managed queues purged]"),
    ("END", "[other queues purged] > [disposed] > [IRP REMOVE sent down]"),
    ("END+cleanup", "[other queues purged] > SmioCleanup > [disposed] > [IRP REMOVE sent down]"),
];

/// States of the PnP machine.
pub const PNP: &[(&str, &str)] = &[
    ("H*", "Init InitStarting HardwareAvailable"),
    ("QS*", "QueryStopStaticCheck QueryStopAskDriver QueryStopEnsureDeviceAwake QueryStopPending"),
    ("QR*", "QueryRemoveStaticCheck QueryRemoveAskDriver QueryRemoveEnsureDeviceAwake QueryRemovePending"),
    ("F*", "FailedOwnHardware Failed FailedPowerPolicyRemoved FailedWaitForRemove"),
    ("FS*", "FailedSurpriseRemoved FailedWaitForRemove"),
    ("R*", "Removed RemovedChildrenRemoved FdoRemoved Final"),
];

/// States of the power machine.
pub const POWER: &[(&str, &str)] = &[
    (
        "S*",
        "StartingCheckDeviceType D0Starting D0StartingConnectInterrupt D0StartingDmaEnable \
         D0StartingPostHardwareEnabled D0StartingStartSelfManagedIo DecideD0State D0",
    ),
    ("X*", "GotoDx NotifyingD0ExitToWakeInterrupts GotoDxIoStopped Dx"),
    (
        "W*",
        "CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt WakingDmaEnable \
         WakingPostHardwareEnabled StartSelfManagedIo D0",
    ),
];

/// States of the power policy machine.
pub const POLICY: &[(&str, &str)] = &[
    ("PS*", "Starting StartingPoweredUp StartingSucceeded StartingDecideS0Wake"),
    ("P*", "Stopping StoppingSendStatus Stopped"),
    ("PR*", "StoppedRemoving Removed"),
    (
        "I*",
        "IdleCapableDeviceIdle TimerExpiredNoWake TimerExpiredNoWakeCompletePowerDown \
         TimerExpiredNoWakePoweredDownDisableIdleTimer WaitingUnarmedQueryIdle WaitingUnarmed",
    ),
    ("Z*", "Sleeping SleepingNoWakePowerDown SleepingNoWakeCompletePowerDown SystemAsleepNoWake"),
];
