//! Removal: asked for, and by surprise.

use crate::plan::{Fallible, KEEP};
use crate::row::{
    Plan, Row, cancel_remove, close, ends, kept, open, query_remove, query_stop, remove, row, start, stop,
    surprise_remove,
};

pub fn rows() -> Vec<Row> {
    let started = || start("DeviceAdd > START");
    let plan = Plan::with(0);
    vec![
        row(
            "19 query remove, cancel",
            plan,
            &[started(), query_remove("QueryRemove"), cancel_remove(""), remove("STOP > GONE")],
        ),
        row(
            "19 query remove refused by EvtDeviceQueryRemove",
            plan.fails(Fallible::QueryRemove, 1),
            &[
                started(),
                ends(query_remove("QueryRemove FAILS"), "STATUS_UNSUCCESSFUL"),
                cancel_remove(""),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "20 query remove, remove (= disable, uninstall, eject)",
            plan,
            &[started(), query_remove("QueryRemove"), remove("STOP > GONE")],
        ),
        row(
            "20 query remove, remove: D0Exit fails",
            plan.fails(Fallible::D0Exit, 1),
            &[
                started(),
                query_remove("QueryRemove"),
                remove("SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > GONE"),
            ],
        ),
        row("21 remove without query", plan, &[started(), remove("STOP > GONE")]),
        row(
            "21 remove without query: D0Exit fails",
            plan.fails(Fallible::D0Exit, 1),
            &[started(), remove("SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > GONE")],
        ),
        row(
            "21 remove without query: ReleaseHardware fails",
            plan.fails(Fallible::ReleaseHardware, 1),
            &[started(), remove("STOP FAILS > GONE")],
        ),
        row(
            "23 surprise removal from started",
            plan,
            &[started(), surprise_remove("SurpriseRemoval > STOP > GONE"), remove("")],
        ),
        row(
            "23 surprise removal with an open handle",
            plan,
            &[
                started(),
                open(""),
                surprise_remove("SurpriseRemoval > STOP > SmioFlush"),
                close("SmioCleanup > Cleanup"),
            ],
        ),
        row(
            "23 surprise removal with a request in the driver's hands",
            plan,
            &[
                started(),
                open(""),
                kept(KEEP, ""),
                surprise_remove(
                    "SurpriseRemoval > SmioSuspend > IoStop > DOWN(D3Final) > ReleaseHardware > IoStop > SmioFlush",
                ),
                close("SmioCleanup > Cleanup"),
            ],
        ),
        row(
            "23 surprise removal from started: D0Exit fails",
            plan.fails(Fallible::D0Exit, 1),
            &[
                started(),
                surprise_remove(
                    "SurpriseRemoval > SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > GONE",
                ),
            ],
        ),
        row(
            "24 surprise removal from stopped",
            plan,
            &[started(), query_stop("QueryStop"), stop("STOP"), surprise_remove("SurpriseRemoval > GONE")],
        ),
        row(
            "25 surprise removal from query-stopped",
            plan,
            &[started(), query_stop("QueryStop"), surprise_remove("SurpriseRemoval > STOP > GONE")],
        ),
        row(
            "25 surprise removal from query-removed",
            plan,
            &[started(), query_remove("QueryRemove"), surprise_remove("SurpriseRemoval > STOP > GONE")],
        ),
    ]
}
