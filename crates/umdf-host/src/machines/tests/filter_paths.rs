//! A driver that does not own the power policy, as a filter: others move its device.

use super::world::Begin::NotOwner;
use super::world::{Path, check};

#[test]
fn filters_have_their_callbacks() {
    for path in PATHS {
        check(path);
    }
}

const PATHS: &[Path] = &[
    Path {
        name: "filter: start, power down and up, remove",
        begin: NotOwner,
        fails: &[],
        pnp: "H* EnableInterfaces Started StartedRemoving RemovingDisableInterfaces R*",
        power: "S* X* W* GotoD3Stopped Stopped",
        policy: "Starting Started StartingSucceeded GotoDx Dx GotoD0 StartingSucceeded Stopping \
                 StoppingWaitingForImplicitPowerDown StoppingSendStatus Stopped Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            ("SLEEP", "[Sx IRP ok]"),
            ("DX", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("WAKE", ""),
            ("D0", "UP(D3) > SmioRestart > [D0 IRP ok]"),
            ("REMOVE", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > END+cleanup"),
        ],
    },
    Path {
        name: "filter: D0Entry fails",
        begin: NotOwner,
        fails: &["D0Entry(D3Final)"],
        pnp: "H* HardwareAvailablePowerPolicyFailed F* R*",
        power: "StartingCheckDeviceType D0Starting InitialPowerUpFailedDerefParent InitialPowerUpFailed \
                Stopped",
        policy: "Starting StartingFailed Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > D0Entry(D3Final) FAILS > [invalidate] > ReleaseHardware > PURGE > \
                 [IRP START completed, DEVICE_POWER_FAILURE]",
            ),
            ("REMOVE", "END"),
        ],
    },
    Path {
        name: "filter: surprise removal in Dx",
        begin: NotOwner,
        fails: &[],
        pnp: "H* EnableInterfaces Started SurpriseRemoveIoStarted FailedIoStarting F*",
        power: "S* X* GotoDxStoppedDisableInterrupt GotoDxStopped Stopped",
        policy: "Starting Started StartingSucceeded GotoDx Dx Stopping \
                 StoppingWaitingForImplicitPowerDown StoppingSendStatus Stopped Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            ("DX", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("SURPRISE", "SurpriseRemoval > ReleaseHardware > PURGE > SmioFlush > [IRP SURPRISE sent down]"),
        ],
    },
    Path {
        name: "filter: surprise removal in D0",
        begin: NotOwner,
        fails: &[],
        pnp: "H* EnableInterfaces Started SurpriseRemoveIoStarted FailedIoStarting F*",
        power: "S* GotoD3Stopped Stopped",
        policy: "Starting Started StartingSucceeded Stopping StoppingWaitingForImplicitPowerDown \
                 StoppingSendStatus Stopped Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            (
                "SURPRISE",
                "SurpriseRemoval > SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > \
                 [IRP SURPRISE sent down]",
            ),
        ],
    },
    Path {
        name: "filter: query stop and stop in Dx, restart",
        begin: NotOwner,
        fails: &[],
        pnp: "H* EnableInterfaces Started QS* StartedStopping Stopped StoppedWaitForStartCompletion \
              StartingFromStopped Restarting Started",
        power: "S* X* GotoDxStoppedDisableInterrupt GotoDxStopped Stopped S*",
        policy: "Starting Started StartingSucceeded GotoDx Dx Stopping \
                 StoppingWaitingForImplicitPowerDown StoppingSendStatus Stopped Starting Started \
                 StartingSucceeded",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            ("DX", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "ReleaseHardware > [IRP STOP sent down]"),
            ("START", "PrepareHardware > UP(D3) > SmioRestart > [IRP START completed, SUCCESS]"),
        ],
    },
    Path {
        name: "filter: power requests while stopped",
        begin: NotOwner,
        fails: &[],
        pnp: "H* EnableInterfaces Started QS* StartedStopping Stopped StoppedWaitForStartCompletion \
              StartingFromStopped Restarting Started",
        power: "S* GotoD3Stopped Stopped StoppedCompleteDx DxStopped GotoStopped Stopped \
                StoppedCompleteDx DxStopped DxStoppedDecideDxState Dx W*",
        policy: "Starting Started StartingSucceeded Stopping StoppingWaitingForImplicitPowerDown \
                 StoppingSendStatus Stopped Starting Started StartingSucceeded GotoD0InD0 \
                 StartingSucceeded",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
            ("DX", "[D3 IRP ok]"),
            ("D0", "[D0 IRP ok]"),
            ("DX", "[D3 IRP ok]"),
            ("START", "PrepareHardware > [IRP START completed, SUCCESS]"),
            ("D0", "UP(D3Final) > SmioRestart > [D0 IRP ok]"),
        ],
    },
    Path {
        name: "filter: D0Exit fails on the way down",
        begin: NotOwner,
        fails: &["D0Exit(D3)"],
        pnp: "H* EnableInterfaces Started FailedPowerDown F*",
        power: "S* GotoDx NotifyingD0ExitToWakeInterrupts GotoDxIoStopped GotoDxFailed \
                ReportPowerDownFailed PowerFailedPowerDown Stopped",
        policy: "Starting Started StartingSucceeded GotoDx StartingSucceeded Stopping \
                 StoppingWaitingForImplicitPowerDown StoppingSendStatus Stopped Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            (
                "DX",
                "SmioSuspend > DOWN(D3) FAILS > [D3 IRP ok] > [invalidate] > ReleaseHardware > PURGE > \
                 SmioFlush",
            ),
        ],
    },
    Path {
        name: "filter: D0Exit fails at removal",
        begin: NotOwner,
        fails: &["D0Exit(D3Final)"],
        pnp: "H* EnableInterfaces Started StartedRemoving RemovingDisableInterfaces R*",
        power: "S* GotoD3Stopped FinalPowerDownFailed Stopped",
        policy: "Starting Started StartingSucceeded Stopping StoppingWaitingForImplicitPowerDown \
                 StoppingFailed Stopped Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            (
                "REMOVE",
                "SmioSuspend > DOWN(D3Final) FAILS > [invalidate] > ReleaseHardware > PURGE > SmioFlush \
                 > END+cleanup",
            ),
        ],
    },
    Path {
        name: "filter: SelfManagedIoRestart fails on the way up",
        begin: NotOwner,
        fails: &["SmioRestart"],
        pnp: "H* EnableInterfaces Started FailedIoStarting F*",
        power: "S* X* CheckDeviceType Waking NotifyingD0EntryToWakeInterrupts WakingConnectInterrupt \
                WakingDmaEnable WakingPostHardwareEnabled StartSelfManagedIo StartSelfManagedIoFailed \
                WakingPostHardwareEnabledFailed WakingDmaEnableFailed WakingConnectInterruptFailed \
                ReportPowerUpFailedDerefParent ReportPowerUpFailed PowerFailedPowerDown Stopped",
        policy: "Starting Started StartingSucceeded GotoDx Dx GotoD0 StartingSucceeded Stopping \
                 StoppingWaitingForImplicitPowerDown StoppingSendStatus Stopped Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
            ),
            ("DX", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            (
                "D0",
                "UP(D3) > SmioRestart FAILS > DOWN(D3Final) > [D0 IRP ok] > [invalidate] > \
                 ReleaseHardware > PURGE > SmioFlush",
            ),
        ],
    },
    Path {
        name: "filter: removed without a start after a failed one",
        begin: NotOwner,
        fails: &["PrepareHardware"],
        pnp: "H* F* R*",
        power: "",
        policy: "Removed",
        steps: &[
            (
                "START",
                "PrepareHardware FAILS > [invalidate] > ReleaseHardware > PURGE > [IRP START completed, \
                 driver status]",
            ),
            ("REMOVE", "END"),
        ],
    },
];
