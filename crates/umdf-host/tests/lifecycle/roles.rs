//! Drivers that do not own the power policy, and filters.

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome};
use wdk_portable::{STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_SUCCESS};

use crate::plan::{Command, Fallible, HOLD, TOUCH, option};
use crate::row::{
    Plan, Row, Step, close, command, control, ends, expected, idle, open, query_remove, query_stop, remove,
    restart, resume, row, sleep, start, steps, stop, surprise_remove,
};
use crate::{test, words};

const NOT_OWNER: u32 = option::NOT_OWNER;
const REQUEST: &str = "STATUS_INVALID_DEVICE_REQUEST";
const OFF: &str = "SmioSuspend > DOWN(D3)";
const ON: &str = "UP(D3) > SmioRestart";

fn started() -> Step {
    start("DeviceAdd > START")
}

pub fn rows() -> Vec<Row> {
    good().into_iter().chain(bad()).chain(filters()).collect()
}

/// Another driver of the stack owns the power policy; the host plays its part.
fn good() -> Vec<Row> {
    let plan = Plan::with(NOT_OWNER);
    vec![
        row("not the owner: start, remove", plan, &[started(), remove("STOP > GONE")]),
        row(
            "not the owner: rebalance",
            plan,
            &[
                started(),
                query_stop("QueryStop"),
                stop("STOP"),
                restart("RESTART"),
                query_remove("QueryRemove"),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "not the owner: sleep, resume",
            plan,
            &[started(), sleep(OFF), resume(ON), surprise_remove("SurpriseRemoval > STOP > GONE")],
        ),
        row("not the owner: remove in Dx", plan, &[started(), idle(OFF), remove("ReleaseHardware > GONE")]),
        row(
            "not the owner: surprise removal in Dx",
            plan,
            &[started(), idle(OFF), surprise_remove("SurpriseRemoval > ReleaseHardware > GONE")],
        ),
        // Queries do not wake the device.
        row(
            "not the owner: query stop, stop and restart in Dx",
            plan,
            &[
                started(),
                idle(OFF),
                query_stop("QueryStop"),
                stop("ReleaseHardware"),
                restart("PrepareHardware > UP(D3) > SmioRestart"),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "not the owner: sleep and resume in Dx",
            plan,
            &[started(), idle(OFF), sleep(""), resume(ON), remove("STOP > GONE")],
        ),
        row(
            "not the owner: power policy functions",
            plan,
            &[
                started(),
                open(""),
                command(Command::StopIdle, STATUS_INVALID_DEVICE_STATE, ""),
                command(Command::StopIdleAndWait, STATUS_INVALID_DEVICE_STATE, ""),
                command(Command::StopIdleNoTrack, STATUS_INVALID_DEVICE_STATE, ""),
                // Without an owner they do nothing, and break no rule.
                command(Command::ResumeIdle, STATUS_SUCCESS, ""),
                command(Command::ResumeIdleNoTrack, STATUS_SUCCESS, ""),
                command(Command::IdleOn, STATUS_INVALID_DEVICE_REQUEST, ""),
                command(Command::WakeSettings, STATUS_INVALID_DEVICE_REQUEST, ""),
                control(TOUCH, ""),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
    ]
}

fn bad() -> Vec<Row> {
    let plan = |fails, call| Plan::with(NOT_OWNER | option::FOR_GOOD).fails(fails, call);
    vec![
        row("not the owner: start: D0Entry fails", plan(Fallible::D0Entry, 1), &[ends(
            start("DeviceAdd > PrepareHardware > D0Entry(D3Final) FAILS > ReleaseHardware > Cleanup"),
            "STATUS_DEVICE_POWER_FAILURE",
        )])
        .problem(10),
        row("not the owner: start: PrepareHardware fails", plan(Fallible::PrepareHardware, 1), &[ends(
            start("DeviceAdd > PrepareHardware FAILS > ReleaseHardware > Cleanup"),
            "STATUS_UNSUCCESSFUL",
        )])
        .problem(10),
        row("not the owner: stop: D0Exit fails", plan(Fallible::D0Exit, 1), &[
            started(),
            query_stop("QueryStop"),
            stop("SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > SmioFlush"),
            ends(restart("SurpriseRemoval > SmioCleanup > Cleanup"), "STATUS_INVALID_DEVICE_STATE"),
        ])
        .problem(10),
        row("not the owner: sleep: D0Exit fails", plan(Fallible::D0Exit, 1), &[
            started(),
            sleep("SmioSuspend > DOWN(D3) FAILS > ReleaseHardware > SmioFlush"),
            resume("SurpriseRemoval > SmioCleanup > Cleanup"),
        ])
        .problem(43),
        row("not the owner: resume: D0Entry fails", plan(Fallible::D0Entry, 2), &[
            started(),
            sleep(OFF),
            resume(
                "D0Entry(D3) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup",
            ),
        ])
        .problem(43),
        row("not the owner: resume: SelfManagedIoRestart fails", plan(Fallible::SmioRestart, 1), &[
            started(),
            sleep(OFF),
            resume(
                "UP(D3) > SmioRestart FAILS > DOWN(D3Final) > ReleaseHardware > SmioFlush > SurpriseRemoval > \
                 SmioCleanup > Cleanup",
            ),
        ])
        .problem(43),
    ]
}

fn filters() -> Vec<Row> {
    let write = "[[step]]\ndo = 'write'\nname = 'forwarded'\ninput = '00'\n";
    vec![
        row(
            "a filter does not own the power policy",
            Plan::with(option::FILTER | option::OPENS),
            &[
                started(),
                open(""),
                command(Command::StopIdle, STATUS_INVALID_DEVICE_STATE, ""),
                close(""),
                sleep(OFF),
                resume(ON),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a filter owns the power policy if it says so",
            Plan::with(option::FILTER | option::OPENS | option::OWNER | option::IDLE),
            &[
                started(),
                open(""),
                idle(OFF),
                // Its default queue is not power-managed.
                control(TOUCH, ""),
                control(HOLD, ON),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a filter forwards opens that it does not look at",
            Plan::with(option::FILTER),
            &[started(), ends(open(""), REQUEST), remove("STOP > GONE")],
        ),
        row(
            "a filter forwards requests that its default queue has no callback for",
            Plan::with(option::FILTER | option::OPENS),
            &[started(), open(""), ends((write.to_owned(), ""), REQUEST), close(""), remove("STOP > GONE")],
        ),
    ]
}

pub fn tests() -> Vec<Trial> {
    vec![test("requests to a filter's queues do not wait for power", a_filters_queues)]
}

/// The default queue of a function driver waits while the device sleeps, that of a filter does not.
fn a_filters_queues() {
    let path = [started(), open(""), sleep(OFF), control(TOUCH, "")];
    let report = Plan::with(option::FILTER | option::OPENS).play(&steps(&path));
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    let after = words::seen(&report);
    assert_eq!(after[..expected(&path).len()], expected(&path), "{report}");
    let late: Step = (format!("{}timeout-ms = 100\n", control(TOUCH, "").0), "");
    let report = Plan::with(NOT_OWNER).play(&steps(&[started(), open(""), sleep(OFF), late]));
    assert_eq!(report.missed[..1], ["step 4: control was not completed within 100ms"], "{report}");
}
