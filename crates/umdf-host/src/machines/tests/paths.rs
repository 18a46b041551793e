//! Every life-cycle path: which callbacks the driver sees, in which order, and where the machines go.
//! This file has the starts and stops, [`super::later_paths`] the rest.
//!
//! The paths are what the framework's tables give (microsoft/Windows-Driver-Frameworks, MIT; see
//! `licences/NOTICE`). Abbreviations are in [`super::words`].

use super::later_paths;
use super::world::Begin::{New, Started};
use super::world::{Path, check};

#[test]
fn every_life_cycle_path_has_its_callbacks() {
    let paths: Vec<_> = PATHS.iter().chain(later_paths::PATHS).collect();
    assert_eq!(paths.len(), 41);
    for path in paths {
        check(path);
    }
}

const PATHS: &[Path] = &[
    Path {
        name: "first start",
        begin: New,
        fails: &[],
        pnp: "H* EnableInterfaces Started",
        power: "S*",
        policy: "PS* Started",
        steps: &[(
            "START",
            "PrepareHardware > UP(D3Final) > SmioInit > [interfaces enabled] > [IRP START completed, \
                 SUCCESS]",
        )],
    },
    Path {
        name: "start: bus driver fails START",
        begin: New,
        fails: &["bus"],
        pnp: "Init InitStarting Init R*",
        power: "",
        policy: "",
        steps: &[("START", "[IRP START completed, bus status]"), ("REMOVE", "END")],
    },
    Path {
        name: "start: resource parsing or tables fail",
        begin: New,
        fails: &["resources"],
        pnp: "H* FailedInit Init R*",
        power: "",
        policy: "",
        steps: &[("START", "[invalidate] > [IRP START completed, resource error]"), ("REMOVE", "END")],
    },
    Path {
        name: "start: PrepareHardware fails",
        begin: New,
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
    Path {
        name: "start: D0Entry fails",
        begin: New,
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
        name: "start: EvtInterruptEnable of the 2nd of 2 interrupts fails",
        begin: New,
        fails: &["InterruptEnable1"],
        pnp: "H* HardwareAvailablePowerPolicyFailed F* R*",
        power: "StartingCheckDeviceType D0Starting D0StartingConnectInterrupt \
                InitialConnectInterruptFailed InitialPowerUpFailedDerefParent InitialPowerUpFailed \
                Stopped",
        policy: "Starting StartingFailed Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > D0Entry(D3Final) > [connect 0] > InterruptEnable0 > [connect 1] > \
                 InterruptEnable1 FAILS > [disconnect 1] > InterruptDisable0 > [disconnect 0] > \
                 D0Exit(D3Final) > [invalidate] > ReleaseHardware > PURGE > [IRP START completed, \
                 DEVICE_POWER_FAILURE]",
            ),
            ("REMOVE", "END"),
        ],
    },
    Path {
        name: "start: D0EntryPostInterruptsEnabled fails",
        begin: New,
        fails: &["PostInterruptsEnabled(D3Final)"],
        pnp: "H* HardwareAvailablePowerPolicyFailed F* R*",
        power: "StartingCheckDeviceType D0Starting D0StartingConnectInterrupt \
                InitialConnectInterruptFailed InitialPowerUpFailedDerefParent InitialPowerUpFailed \
                Stopped",
        policy: "Starting StartingFailed Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > D0Entry(D3Final) > [connect 0] > InterruptEnable0 > [connect 1] > \
                 InterruptEnable1 > PostInterruptsEnabled(D3Final) FAILS > InterruptDisable1 > \
                 [disconnect 1] > InterruptDisable0 > [disconnect 0] > D0Exit(D3Final) > [invalidate] > \
                 ReleaseHardware > PURGE > [IRP START completed, DEVICE_POWER_FAILURE]",
            ),
            ("REMOVE", "END"),
        ],
    },
    Path {
        name: "start: SelfManagedIoInit fails",
        begin: New,
        fails: &["SmioInit"],
        pnp: "H* HardwareAvailablePowerPolicyFailed F* R*",
        power: "StartingCheckDeviceType D0Starting D0StartingConnectInterrupt D0StartingDmaEnable \
                D0StartingPostHardwareEnabled D0StartingStartSelfManagedIo InitialSelfManagedIoFailed \
                InitialPostHardwareEnabledFailed InitialDmaEnableFailed InitialConnectInterruptFailed \
                InitialPowerUpFailedDerefParent InitialPowerUpFailed Stopped",
        policy: "Starting StartingFailed Removed",
        steps: &[
            (
                "START",
                "PrepareHardware > UP(D3Final) > SmioInit FAILS > DOWN(D3Final) > [invalidate] > \
                 ReleaseHardware > PURGE > SmioFlush > [IRP START completed, DEVICE_POWER_FAILURE]",
            ),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "second START after a failed one",
        begin: New,
        fails: &["PrepareHardware"],
        pnp: "H* F* FailedStarted FailedWaitForRemove",
        power: "",
        policy: "Removed",
        steps: &[
            (
                "START",
                "PrepareHardware FAILS > [invalidate] > ReleaseHardware > PURGE > [IRP START completed, \
                 driver status]",
            ),
            ("START", "[IRP START completed, INVALID_DEVICE_STATE]"),
        ],
    },
    Path {
        name: "query stop, cancel",
        begin: Started,
        fails: &[],
        pnp: "QS* QueryCanceled Started",
        power: "",
        policy: "",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("CANCEL_STOP", "[IRP CANCEL_STOP sent down]"),
        ],
    },
    Path {
        name: "query stop refused by EvtDeviceQueryStop",
        begin: Started,
        fails: &["QueryStop"],
        pnp: "QueryStopStaticCheck QueryStopAskDriver Started StartedCancelStop Started",
        power: "",
        policy: "",
        steps: &[
            ("QUERY_STOP", "QueryStop FAILS > [IRP QUERY_STOP completed, driver status]"),
            ("CANCEL_STOP", "[IRP CANCEL_STOP sent down]"),
        ],
    },
    Path {
        name: "query stop, stop, restart (rebalance)",
        begin: Started,
        fails: &[],
        pnp: "QS* StartedStopping Stopped StoppedWaitForStartCompletion StartingFromStopped Restarting \
              Started",
        power: "GotoD3Stopped Stopped S*",
        policy: "P* Restarting StartingSucceeded StartingDecideS0Wake Started",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
            ("START", "PrepareHardware > UP(D3Final) > SmioRestart > [IRP START completed, SUCCESS]"),
        ],
    },
    Path {
        name: "restart after stop: PrepareHardware fails",
        begin: Started,
        fails: &["PrepareHardware"],
        pnp: "QS* StartedStopping Stopped StoppedWaitForStartCompletion StartingFromStopped F* FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
            (
                "START",
                "PrepareHardware FAILS > [invalidate] > ReleaseHardware > PURGE > SmioFlush > [IRP START \
                 completed, driver status]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "restart after stop: D0Entry fails",
        begin: Started,
        fails: &["D0Entry(D3Final)"],
        pnp: "QS* StartedStopping Stopped StoppedWaitForStartCompletion StartingFromStopped Restarting \
              HardwareAvailablePowerPolicyFailed F* FS* R*",
        power: "GotoD3Stopped Stopped StartingCheckDeviceType D0Starting InitialPowerUpFailedDerefParent \
                InitialPowerUpFailed Stopped",
        policy: "P* Restarting RestartingFailed Stopped PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
            (
                "START",
                "PrepareHardware > D0Entry(D3Final) FAILS > [invalidate] > ReleaseHardware > PURGE > \
                 SmioFlush > [IRP START completed, DEVICE_POWER_FAILURE]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "restart after stop: resource parsing fails",
        begin: Started,
        fails: &["resources"],
        pnp: "QS* StartedStopping Stopped StoppedWaitForStartCompletion StartingFromStopped Failed \
              FailedPowerPolicyRemoved FailedWaitForRemove FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            ("STOP", "SmioSuspend > DOWN(D3Final) > ReleaseHardware > [IRP STOP sent down]"),
            ("START", "[invalidate] > PURGE > SmioFlush > [IRP START completed, resource error]"),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "stop: D0Exit fails",
        begin: Started,
        fails: &["D0Exit(D3Final)"],
        pnp: "QS* StartedStopping F* FS* R*",
        power: "GotoD3Stopped FinalPowerDownFailed Stopped",
        policy: "Stopping StoppingFailed StoppingSendStatus Stopped PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            (
                "STOP",
                "SmioSuspend > DOWN(D3Final) FAILS > [invalidate] > ReleaseHardware > PURGE > SmioFlush \
                 > [IRP STOP sent down]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "stop: ReleaseHardware fails",
        begin: Started,
        fails: &["ReleaseHardware"],
        pnp: "QS* StartedStopping Stopped Failed FailedPowerPolicyRemoved FailedWaitForRemove FS* R*",
        power: "GotoD3Stopped Stopped",
        policy: "P* PR*",
        steps: &[
            ("QUERY_STOP", "QueryStop > [IRP QUERY_STOP sent down]"),
            (
                "STOP",
                "SmioSuspend > DOWN(D3Final) > ReleaseHardware FAILS > [invalidate] > PURGE > SmioFlush \
                 > [IRP STOP sent down]",
            ),
            ("SURPRISE", "SurpriseRemoval > [IRP SURPRISE sent down]"),
            ("REMOVE", "END+cleanup"),
        ],
    },
    Path {
        name: "second START without STOP",
        begin: Started,
        fails: &[],
        pnp: "Restart RestartReleaseHardware RestartHardwareAvailable Started",
        power: "GotoD3Stopped Stopped S*",
        policy: "P* Restarting StartingSucceeded StartingDecideS0Wake Started",
        steps: &[(
            "START",
            "SmioSuspend > DOWN(D3Final) > ReleaseHardware > PrepareHardware > UP(D3Final) > \
                 SmioRestart > [IRP START completed, SUCCESS]",
        )],
    },
];
