//! Paths that the managers never take: the request is refused, and the driver does not hear of it.

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome};
use wdk_portable::STATUS_SUCCESS;

use crate::plan::Command;
use crate::row::{
    Plan, Step, close, command, expected, open, query_stop, remove, resume, shutdown, sleep, start, steps,
    stop, surprise_remove,
};
use crate::{test, words};

const OFF: &str = "SmioSuspend > DOWN(D3)";

const TOLD_TO_GO: &str =
    "PnP sends no query-stop to a device that was told to go: close it, and PnP removes it";

fn started() -> Step {
    start("DeviceAdd > START")
}

pub fn tests() -> Vec<Trial> {
    let asleep = |name: &'static str, step: Step, request: &'static str| {
        test(name, move || {
            let path = [started(), sleep(OFF), step, resume("UP(D3) > SmioRestart"), remove("STOP > GONE")];
            refused(&path, 3, &format!("the system is asleep: resume before {request}"));
        })
    };
    vec![
        asleep("41 REMOVE while the system sleeps", remove(""), "remove"),
        asleep("41 SURPRISE while the system sleeps", surprise_remove(""), "surprise-remove"),
        asleep("41 QUERY_STOP while the system sleeps", query_stop(""), "query-stop"),
        asleep("41 START while the system sleeps", start(""), "start"),
        test("41 the system shuts down while it sleeps", || {
            // It wakes at the end of the scenario, and the device goes.
            let path = [started(), sleep(OFF), shutdown("UP(D3) > SmioRestart > STOP > GONE")];
            refused(&path, 3, "the system is asleep: resume before shutdown");
        }),
        test("22 remove of a device never started", || {
            let path = [remove(""), started(), remove("STOP > GONE")];
            refused(&path, 1, "there is no device for remove: start one first");
        }),
        test("22 surprise removal of a device never started", || {
            let path = [surprise_remove(""), started(), remove("STOP > GONE")];
            refused(&path, 1, "there is no device for surprise-remove: start one first");
        }),
        test("23 a device that was pulled out goes when it is closed", || {
            let path = [
                started(),
                open(""),
                surprise_remove("SurpriseRemoval > STOP > SmioFlush"),
                query_stop(""),
                close("SmioCleanup > Cleanup"),
            ];
            refused(&path, 4, TOLD_TO_GO);
        }),
        test("32 a device that failed goes when it is closed", || {
            let path = [
                started(),
                open(""),
                command(Command::FailForGood, STATUS_SUCCESS, "SurpriseRemoval > STOP > SmioFlush"),
                query_stop(""),
                close("SmioCleanup > Cleanup"),
            ];
            refused(&path, 4, TOLD_TO_GO);
        }),
        test("a stop without a query", || {
            let state = "PnP sends no stop to a device in the state WdfDevStatePnpStarted";
            refused(&[started(), stop(""), remove("STOP > GONE")], 2, state);
        }),
    ]
}

/// One step is refused with a reason, and the others go on.
#[track_caller]
fn refused(path: &[Step], step: usize, reason: &str) {
    let report = Plan::with(0).play(&steps(path));
    assert_eq!((report.result, &report.end), (Outcome::Fail, &End::Finished), "{report}");
    assert_eq!(report.missed, [format!("step {step}: {reason}")], "{report}");
    assert_eq!(words::seen(&report), expected(path), "{report}");
}
