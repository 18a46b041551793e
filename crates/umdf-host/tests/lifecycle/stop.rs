//! Query, stop and start again.

use crate::plan::{Fallible, option};
use crate::row::{
    Plan, Row, cancel_stop, ends, query_remove, query_stop, remove, restart, row, start, stop,
    surprise_remove,
};

const DRIVER: &str = "STATUS_UNSUCCESSFUL";
const POWER: &str = "STATUS_DEVICE_POWER_FAILURE";
const STATE: &str = "STATUS_INVALID_DEVICE_STATE";

pub fn rows() -> Vec<Row> {
    queries().into_iter().chain(restarts()).chain(stops()).collect()
}

fn queries() -> Vec<Row> {
    let started = || start("DeviceAdd > START");
    vec![
        row(
            "10 query stop, cancel",
            Plan::with(0),
            &[started(), query_stop("QueryStop"), cancel_stop(""), remove("STOP > GONE")],
        ),
        row(
            "11 query stop refused by EvtDeviceQueryStop",
            Plan::with(0).fails(Fallible::QueryStop, 1),
            &[started(), ends(query_stop("QueryStop FAILS"), DRIVER), cancel_stop(""), remove("STOP > GONE")],
        ),
        row(
            "queries are refused while the driver forbids a stop",
            Plan::with(option::NOT_STOPPABLE),
            &[
                started(),
                ends(query_stop(""), STATE),
                cancel_stop(""),
                ends(query_remove(""), STATE),
                surprise_remove("SurpriseRemoval > STOP > GONE"),
            ],
        ),
    ]
}

fn restarts() -> Vec<Row> {
    let started = || start("DeviceAdd > START");
    let stopped = || [query_stop("QueryStop"), stop("STOP")];
    let plan = |fails, call| Plan::with(option::FOR_GOOD).fails(fails, call);
    let fails = |name, plan, status, callbacks| {
        let [query, stop] = stopped();
        row(name, plan, &[started(), query, stop, ends(restart(callbacks), status)]).problem(10)
    };
    let [query, stop] = stopped();
    vec![
        row("12 query stop, stop, restart (rebalance)", Plan::with(0), &[
            started(),
            query,
            stop,
            restart("RESTART"),
            remove("STOP > GONE"),
        ]),
        fails(
            "13 restart after stop: PrepareHardware fails",
            plan(Fallible::PrepareHardware, 2),
            DRIVER,
            "PrepareHardware FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup",
        ),
        fails(
            "14 restart after stop: D0Entry fails",
            plan(Fallible::D0Entry, 2),
            POWER,
            "PrepareHardware > D0Entry(D3Final) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > \
             SmioCleanup > Cleanup",
        ),
        fails(
            "14 restart after stop: SelfManagedIoRestart fails",
            plan(Fallible::SmioRestart, 1),
            POWER,
            "RESTART FAILS > DOWN(D3Final) > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > \
             Cleanup",
        ),
        row("18 second START without STOP", Plan::with(0), &[
            started(),
            start("STOP > RESTART"),
            remove("STOP > GONE"),
        ]),
        row("18 second START without STOP: PrepareHardware fails", plan(Fallible::PrepareHardware, 2), &[
            started(),
            ends(
                start(
                    "STOP > PrepareHardware FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup \
                     > Cleanup",
                ),
                DRIVER,
            ),
        ])
        .problem(10),
        row("18 second START without STOP: ReleaseHardware fails", plan(Fallible::ReleaseHardware, 1), &[
            started(),
            ends(start("STOP FAILS > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup"), DRIVER),
        ])
        .problem(10),
        row("18 second START without STOP: D0Exit fails", plan(Fallible::D0Exit, 1), &[
            started(),
            ends(
                start(
                    "SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > \
                     SmioCleanup > Cleanup",
                ),
                POWER,
            ),
        ])
        .problem(10),
        row("18 second START without STOP: D0Entry fails", plan(Fallible::D0Entry, 2), &[
            started(),
            ends(
                start(
                    "STOP > PrepareHardware > D0Entry(D3Final) FAILS > ReleaseHardware > SmioFlush > \
                     SurpriseRemoval > SmioCleanup > Cleanup",
                ),
                POWER,
            ),
        ])
        .problem(10),
    ]
}

/// A stop that fails does not show until the device is to start again.
fn stops() -> Vec<Row> {
    let plan = |fails| Plan::with(option::FOR_GOOD).fails(fails, 1);
    let fails = |name, plan, callbacks| {
        row(
            name,
            plan,
            &[
                start("DeviceAdd > START"),
                query_stop("QueryStop"),
                stop(callbacks),
                ends(restart("SurpriseRemoval > SmioCleanup > Cleanup"), STATE),
            ],
        )
        .problem(10)
    };
    vec![
        fails(
            "16 stop: D0Exit fails",
            plan(Fallible::D0Exit),
            "SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > SmioFlush",
        ),
        fails(
            "16 stop: SelfManagedIoSuspend fails",
            plan(Fallible::SmioSuspend),
            "SmioSuspend FAILS > DOWN(D3Final) > ReleaseHardware > SmioFlush",
        ),
        fails("17 stop: ReleaseHardware fails", plan(Fallible::ReleaseHardware), "STOP FAILS > SmioFlush"),
    ]
}
