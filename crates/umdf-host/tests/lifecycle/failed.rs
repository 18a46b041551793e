//! Devices that fail, and what PnP does with them: found again, or left with a problem.

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome};
use wdk_portable::STATUS_SUCCESS;

use crate::plan::{Command, Fallible, option};
use crate::row::{
    Plan, Row, Step, close, command, device_gone, ends, expected, open, problem, query_stop, remove, restart,
    resume, row, sleep, start, steps, stop, surprise_remove,
};
use crate::{test, words};

const DRIVER: &str = "STATUS_UNSUCCESSFUL";
const POWER: &str = "STATUS_DEVICE_POWER_FAILURE";

fn started() -> Step {
    start("DeviceAdd > START")
}

pub fn rows() -> Vec<Row> {
    let found_again = found_again().into_iter().chain(found_again_after_a_sleep());
    found_again.chain(by_the_driver()).chain(states()).collect()
}

/// A device that fails of itself is found again by its bus: a new device object.
fn found_again() -> Vec<Row> {
    let plan = |fails, call| Plan::with(0).fails(fails, call);
    vec![
        row(
            "a start fails once",
            plan(Fallible::PrepareHardware, 1),
            &[
                ends(
                    start(
                        "DeviceAdd > PrepareHardware FAILS > ReleaseHardware > Cleanup > DeviceAdd > START",
                    ),
                    DRIVER,
                ),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a start fails twice",
            plan(Fallible::D0Entry, 1).times(2),
            &[
                ends(
                    start(
                        "DeviceAdd > PrepareHardware > D0Entry(D3Final) FAILS > ReleaseHardware > Cleanup > DeviceAdd \
                     > PrepareHardware > D0Entry(D3Final) FAILS > ReleaseHardware > Cleanup > DeviceAdd > START",
                    ),
                    POWER,
                ),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a restart fails once",
            plan(Fallible::D0Entry, 2),
            &[
                started(),
                query_stop("QueryStop"),
                stop("STOP"),
                ends(
                    restart(
                        "PrepareHardware > D0Entry(D3Final) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > \
                     SmioCleanup > Cleanup > DeviceAdd > START",
                    ),
                    POWER,
                ),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a stop fails once",
            plan(Fallible::D0Exit, 1),
            &[
                started(),
                query_stop("QueryStop"),
                stop("SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > SmioFlush"),
                ends(
                    restart("SurpriseRemoval > SmioCleanup > Cleanup > DeviceAdd > START"),
                    "STATUS_INVALID_DEVICE_STATE",
                ),
                remove("STOP > GONE"),
            ],
        ),
    ]
}

fn found_again_after_a_sleep() -> Vec<Row> {
    let plan = |fails, call| Plan::with(0).fails(fails, call);
    vec![
        row(
            "a resume fails once",
            plan(Fallible::D0Entry, 2),
            &[
                started(),
                sleep("SmioSuspend > DOWN(D3)"),
                resume(
                    "D0Entry(D3) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup > \
                 DeviceAdd > START",
                ),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a resume fails once while the device is open",
            plan(Fallible::D0Entry, 2),
            &[
                started(),
                open(""),
                sleep("SmioSuspend > DOWN(D3)"),
                resume("D0Entry(D3) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval"),
                close("SmioCleanup > Cleanup > DeviceAdd > START"),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a sleep fails once",
            plan(Fallible::D0Exit, 1),
            &[
                started(),
                sleep("SmioSuspend > DOWN(D3) FAILS > ReleaseHardware > SmioFlush"),
                resume("SurpriseRemoval > SmioCleanup > Cleanup > DeviceAdd > START"),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a device that was pulled out is not found again",
            plan(Fallible::D0Exit, 1),
            &[
                started(),
                surprise_remove(
                    "SurpriseRemoval > SmioSuspend > DOWN(D3Final) FAILS > ReleaseHardware > GONE",
                ),
            ],
        ),
        row(
            "a device that does not answer any more is not found again",
            plan(Fallible::D0Entry, 2),
            &[
                started(),
                device_gone(""),
                sleep("SmioSuspend > DOWN(D3)"),
                resume(
                    "D0Entry(D3) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup",
                ),
            ],
        ),
    ]
}

/// `WdfDeviceSetFailed`.
fn by_the_driver() -> Vec<Row> {
    vec![
        row(
            "the driver fails its device for good",
            Plan::with(0),
            &[
                started(),
                open(""),
                command(Command::FailForGood, STATUS_SUCCESS, "SurpriseRemoval > STOP > SmioFlush"),
                close("SmioCleanup > Cleanup"),
                remove(""),
            ],
        )
        .problem(43),
        row(
            "the driver fails its device and asks for a restart",
            Plan::with(0),
            &[
                started(),
                open(""),
                command(Command::FailAndRestart, STATUS_SUCCESS, "SurpriseRemoval > STOP > SmioFlush"),
                close("SmioCleanup > Cleanup > DeviceAdd > START"),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "the driver fails its device while it is started",
            Plan::with(option::FAILED_WHILE_STARTING),
            &[start("DeviceAdd > START > SurpriseRemoval > STOP > GONE")],
        )
        .problem(43),
        row(
            "the driver fails its device and its start, and asks for a restart",
            Plan::with(option::RESTART).fails(Fallible::PrepareHardware, 1),
            &[
                ends(
                    start(
                        "DeviceAdd > PrepareHardware FAILS > ReleaseHardware > Cleanup > DeviceAdd > START",
                    ),
                    DRIVER,
                ),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "a device that failed for good can be started by hand",
            Plan::with(0),
            &[
                started(),
                open(""),
                command(Command::FailForGood, STATUS_SUCCESS, "SurpriseRemoval > STOP > SmioFlush"),
                close("SmioCleanup > Cleanup"),
                started(),
                remove("STOP > GONE"),
            ],
        ),
    ]
}

/// `WdfDeviceSetDeviceState`.
fn states() -> Vec<Row> {
    let gone = |name, asked, code| {
        row(
            name,
            Plan::with(0),
            &[
                started(),
                open(""),
                command(asked, STATUS_SUCCESS, "SurpriseRemoval > STOP > SmioFlush"),
                close("SmioCleanup > Cleanup"),
            ],
        )
        .problem(code)
    };
    vec![
        gone("the driver says that its device failed", Command::SetFailed, 43),
        gone("the driver says that its device is not there", Command::SetRemoved, 24),
        gone("the driver says that its device is disabled", Command::SetDisabled, 29),
        row(
            "the driver wants other resources",
            Plan::with(0),
            &[
                started(),
                open(""),
                command(Command::SetResourcesChanged, STATUS_SUCCESS, "STOP > RESTART"),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "the driver wants other resources for a device that failed",
            Plan::with(0),
            &[
                started(),
                open(""),
                command(Command::SetResourcesChangedAndFailed, STATUS_SUCCESS, "QueryStop > STOP > RESTART"),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "the driver wants other resources for a device that failed, and refuses the stop",
            Plan::with(0).fails(Fallible::QueryStop, 1),
            &[
                started(),
                open(""),
                command(Command::SetResourcesChangedAndFailed, STATUS_SUCCESS, "QueryStop FAILS"),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
    ]
}

pub fn tests() -> Vec<Trial> {
    vec![
        test("a device that keeps failing is found again five times a minute", five_times),
        test("a driver of UMDF 2.15 can have its device restarted for ever", for_ever),
        test("the report has the status of a failed start", status_of_a_failed_start),
    ]
}

fn five_times() {
    let path = [ends(start(""), DRIVER), remove("")];
    let report = Plan::with(0).fails(Fallible::PrepareHardware, 1).times(99).play(&steps(&path));
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    let life = "DeviceAdd > PrepareHardware FAILS > ReleaseHardware > Cleanup";
    assert_eq!(words::seen(&report), words::expected(&[life; 6].join(" > ")), "{report}");
    assert_eq!(problem(&report), Some(10));
    // A start by hand is one more, and the minute is not over.
    let path = [ends(start(""), DRIVER), ends(start(""), DRIVER)];
    let report = Plan::with(0).fails(Fallible::PrepareHardware, 1).times(99).play(&steps(&path));
    assert_eq!(words::seen(&report), words::expected(&[life; 7].join(" > ")), "{report}");
}

/// The framework does not count the restarts that such a driver asks for.
fn for_ever() {
    let path = [ends(start(""), DRIVER)];
    let plan = Plan::with(option::RESTART).fails(Fallible::PrepareHardware, 1).times(999);
    let report = plan.play(&steps(&path));
    let End::Ended { reason } = &report.end else { panic!("{report}") };
    assert!(reason.contains("found again 64 times"), "{reason}");
    let adds = report.callbacks.iter().filter(|name| *name == "EvtDriverDeviceAdd").count();
    assert_eq!(adds, 65);
}

fn status_of_a_failed_start() {
    let path = [ends(start("DeviceAdd > PrepareHardware FAILS > ReleaseHardware > Cleanup"), DRIVER)];
    let report = Plan::with(option::FOR_GOOD).fails(Fallible::PrepareHardware, 1).play(&steps(&path));
    assert_eq!(words::seen(&report), expected(&path), "{report}");
    let [device] = report.devices.as_slice() else { panic!("one device expected\n{report}") };
    let problem = device.problem.as_ref().expect("it has a problem");
    assert_eq!((device.device, device.state.as_str()), (0, "problem"));
    assert_eq!((problem.code, problem.name.as_str()), (10, "CM_PROB_FAILED_START"));
    assert_eq!(problem.status.as_deref(), Some(DRIVER));
    assert!(report.to_string().contains("CM_PROB_FAILED_START (10), STATUS_UNSUCCESSFUL"));
}
