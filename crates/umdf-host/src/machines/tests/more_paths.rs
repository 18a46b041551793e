//! Rarer ways through life: queries refused, a second start, steps that fail late.

use super::world::Begin::{AfterDescendants, IdleCapable, New, Started};
use super::world::{Path, check};

#[test]
fn rarer_paths_have_their_callbacks() {
    for path in PATHS {
        check(path);
    }
}

const PATHS: &[Path] = &[
    Path {
        name: "never started: query remove, cancel, query remove, remove",
        begin: New,
        fails: &[],
        pnp: "Init InitQueryRemove InitQueryRemoveCanceled Init InitQueryRemove R*",
        power: "",
        policy: "",
        steps: &[
            ("QUERY_REMOVE", "[IRP QUERY_REMOVE sent down]"),
            ("CANCEL_REMOVE", "[IRP CANCEL_REMOVE sent down]"),
            ("QUERY_REMOVE", "[IRP QUERY_REMOVE sent down]"),
            ("REMOVE", "END"),
        ],
    },
    Path {
        name: "query remove refused by EvtDeviceQueryRemove, cancel",
        begin: Started,
        fails: &["QueryRemove"],
        pnp: "QueryRemoveStaticCheck QueryRemoveAskDriver Started StartedCancelRemove Started",
        power: "",
        policy: "",
        steps: &[
            ("QUERY_REMOVE", "QueryRemove FAILS > [IRP QUERY_REMOVE completed, driver status]"),
            ("CANCEL_REMOVE", "[IRP CANCEL_REMOVE sent down]"),
        ],
    },
    Path {
        name: "queries that the framework refuses",
        begin: Started,
        fails: &[],
        pnp: "QueryStopStaticCheck Started QueryRemoveStaticCheck Started QueryStopStaticCheck Started \
              QueryRemoveStaticCheck Started",
        power: "",
        policy: "",
        steps: &[
            ("NO_STOP", ""),
            ("QUERY_STOP", "[IRP QUERY_STOP completed, INVALID_DEVICE_STATE]"),
            ("QUERY_REMOVE", "[IRP QUERY_REMOVE completed, INVALID_DEVICE_STATE]"),
            ("MAY_STOP", ""),
            ("PAGING_FILE", ""),
            ("QUERY_STOP", "[IRP QUERY_STOP completed, DEVICE_NOT_READY]"),
            ("QUERY_REMOVE", "[IRP QUERY_REMOVE completed, DEVICE_NOT_READY]"),
        ],
    },
    Path {
        name: "second START without STOP: D0Exit fails",
        begin: Started,
        fails: &["D0Exit(D3Final)"],
        pnp: "Restart HardwareAvailablePowerPolicyFailed F* FS* R*",
        power: "GotoD3Stopped FinalPowerDownFailed Stopped",
        policy: "Stopping StoppingFailed StoppingSendStatus Stopped PR*",
        steps: &[
            (
                "START",
                "SmioSuspend > DOWN(D3Final) FAILS > [invalidate] > ReleaseHardware > PURGE > SmioFlush \
                 > [IRP START completed, DEVICE_POWER_FAILURE]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "second START without STOP: ReleaseHardware fails",
        begin: Started,
        fails: &["ReleaseHardware"],
        pnp: "Restart RestartReleaseHardware Failed FailedPowerPolicyRemoved FailedWaitForRemove FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            (
                "START",
                "SmioSuspend > DOWN(D3Final) > ReleaseHardware FAILS > [invalidate] > PURGE > SmioFlush \
                 > [IRP START completed, driver status]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "second START without STOP: bus driver fails START",
        begin: Started,
        fails: &["bus"],
        pnp: "Restart RestartReleaseHardware Failed FailedPowerPolicyRemoved FailedWaitForRemove FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            (
                "START",
                "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP START completed, bus status] > \
                 PURGE > SmioFlush",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "second START without STOP: resource parsing fails",
        begin: Started,
        fails: &["resources"],
        pnp: "Restart RestartReleaseHardware RestartHardwareAvailable Failed FailedPowerPolicyRemoved \
              FailedWaitForRemove FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            (
                "START",
                "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [invalidate] > PURGE > SmioFlush > [IRP \
                 START completed, resource error]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "second START without STOP: PrepareHardware fails",
        begin: Started,
        fails: &["PrepareHardware"],
        pnp: "Restart RestartReleaseHardware RestartHardwareAvailable F* FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            (
                "START",
                "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PrepareHardware FAILS > [invalidate] > \
                 ReleaseHardware > PURGE > SmioFlush > [IRP START completed, driver status]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "second START without STOP: D0Entry fails",
        begin: Started,
        fails: &["D0Entry(D3Final)"],
        pnp: "Restart RestartReleaseHardware RestartHardwareAvailable HardwareAvailablePowerPolicyFailed \
              F* FS* R*",
        power: "GotoD3Stopped Stopped StartingCheckDeviceType D0Starting InitialPowerUpFailedDerefParent \
                InitialPowerUpFailed Stopped",
        policy: "P* Restarting RestartingFailed Stopped PR*",
        steps: &[
            (
                "START",
                "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PrepareHardware > D0Entry(D3Final) \
                 FAILS > [invalidate] > ReleaseHardware > PURGE > SmioFlush > [IRP START completed, \
                 DEVICE_POWER_FAILURE]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "restart after stop: bus driver fails START",
        begin: Started,
        fails: &["bus"],
        pnp: "QS* StartedStopping Stopped StoppedWaitForStartCompletion Failed FailedPowerPolicyRemoved \
              FailedWaitForRemove FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
            ("START", "[IRP START completed, bus status] > PURGE > SmioFlush"),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "query remove in idle Dx, then remove with D0Exit failing",
        begin: IdleCapable,
        fails: &["D0Exit(D3Final)"],
        pnp: "QR* QueriedRemoving RemovingDisableInterfaces R*",
        power: "X* W* GotoD3Stopped FinalPowerDownFailed Stopped",
        policy: "I* WaitingUnarmedQueryIdle S0NoWakePowerUp S0NoWakeCompletePowerUp StartingDecideS0Wake \
                 StartedIdleCapable StoppingCancelTimer Stopping StoppingFailed StoppingSendStatus \
                 Stopped PR*",
        steps: &[
            ("IDLE", "SmioSuspend > DOWN(D3) > [D3 IRP ok]"),
            (
                "QUERY_REMOVE",
                "QueryRemove > UP(D3) > SmioRestart > [D0 IRP ok] > [IRP QUERY_REMOVE sent down]",
            ),
            (
                "REMOVE",
                "SmioSuspend > DOWN(D3Final) FAILS > [invalidate] > ReleaseHardware > PURGE > SmioFlush \
                 > END+cleanup",
            ),
        ],
    },
    Path {
        name: "surprise removal from query-removed",
        begin: Started,
        fails: &[],
        pnp: "QR* QueriedSurpriseRemove SurpriseRemoveIoStarted FailedIoStarting F* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_REMOVE", "QueryRemove > [IRP QUERY_REMOVE sent down]"),
            (
                "SURPRISE",
                "SurpriseRemoval > SmioSuspend > DOWN(D3Final) > ReleaseHardware > PURGE > SmioFlush > \
                 [IRP SURPRISE sent down]",
            ),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "queries after a failed resume, hardware released after descendants",
        begin: AfterDescendants,
        fails: &["D0Entry(D3)"],
        pnp: "QueryStopStaticCheck QueryStopAskDriver QueryStopEnsureDeviceAwake Started \
              QueryRemoveStaticCheck QueryRemoveAskDriver QueryRemoveEnsureDeviceAwake Started",
        power: "X* CheckDeviceType Waking UpFailedDerefParent ReportPowerUpFailedDerefParent \
                ReportPowerUpFailed",
        policy: "Z* SystemWakeDeviceWakeDisabled SystemWakeDeviceToD0 SystemWakeDevicePowerRequestFailed \
                 DevicePowerRequestFailed",
        steps: &[
            ("SLEEP", "SmioSuspend > DOWN(D3) > [D3 IRP ok] > [Sx IRP ok]"),
            ("WAKE", "D0Entry(D3) FAILS > [D0 IRP ok] > [invalidate]"),
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP completed, POWER_STATE_INVALID]"),
            ("QUERY_REMOVE", "QueryRemove > [IRP QUERY_REMOVE completed, POWER_STATE_INVALID]"),
            ("SLEEP", "[Sx IRP ok]"),
            ("WAKE", ""),
        ],
    },
    Path {
        name: "shutdown: the target is D3Final",
        begin: Started,
        fails: &[],
        pnp: "",
        power: "X*",
        policy: "Z*",
        steps: &[("SHUTDOWN", "SmioSuspend > DOWN(D3Final) > [D3 IRP ok] > [Sx IRP ok]")],
    },
    Path {
        name: "the driver fails its device, which its bus finds again",
        begin: Started,
        fails: &[],
        pnp: "",
        power: "",
        policy: "",
        steps: &[("FAILED", "")],
    },
];
