//! The system sleeps, comes back and shuts down.

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome};

use crate::plan::{Fallible, KEEP, TOUCH, option};
use crate::row::{
    LATE, Plan, Row, Step, close, control, expected, idle, kept, open, remove, resume, row, shutdown, sleep,
    start, steps, surprise_remove,
};
use crate::{test, words};

const OFF: &str = "SmioSuspend > DOWN(D3)";
const ON: &str = "UP(D3) > SmioRestart";
const IDLE: Plan = Plan::with(option::IDLE);

fn started() -> Step {
    start("DeviceAdd > START")
}

pub fn rows() -> Vec<Row> {
    good().into_iter().chain(bad_resumes()).chain(bad_sleeps()).collect()
}

fn good() -> Vec<Row> {
    vec![
        row(
            "32 sleep, resume (no S0 idle)",
            Plan::with(0),
            &[started(), sleep(OFF), resume(ON), remove("STOP > GONE")],
        ),
        row(
            "32 sleep, resume with a request in the driver's hands",
            Plan::with(0),
            &[
                started(),
                open(""),
                kept(KEEP, ""),
                sleep("SmioSuspend > IoStop > DOWN(D3)"),
                resume("UP(D3) > IoResume > SmioRestart"),
                surprise_remove(
                    "SurpriseRemoval > SmioSuspend > IoStop > DOWN(D3Final) > ReleaseHardware > IoStop > SmioFlush",
                ),
                close("SmioCleanup > Cleanup"),
            ],
        ),
        row(
            "33 sleep, resume of an S0-idle device",
            IDLE.idles_after(LATE),
            &[
                started(),
                open(""),
                sleep(OFF),
                resume(""),
                control(TOUCH, ON),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "33 sleep, resume of an S0-idle device that a request arrives for meanwhile",
            IDLE.idles_after(LATE),
            &[
                started(),
                open(""),
                kept(KEEP, ""),
                sleep("SmioSuspend > IoStop > DOWN(D3)"),
                resume("UP(D3) > IoResume > SmioRestart"),
                surprise_remove(
                    "SurpriseRemoval > SmioSuspend > IoStop > DOWN(D3Final) > ReleaseHardware > IoStop > SmioFlush",
                ),
                close("SmioCleanup > Cleanup"),
            ],
        ),
        row(
            "33 sleep in idle Dx, resume",
            IDLE,
            &[started(), idle(OFF), sleep(""), resume(""), remove("UP(D3) > SmioRestart > STOP > GONE")],
        ),
        row(
            "33 sleep, resume of an S0-idle device that wants its power back",
            Plan::with(option::IDLE | option::POWER_UP_ON_WAKE).idles_after(LATE),
            &[started(), sleep(OFF), resume(ON), remove("STOP > GONE")],
        ),
        row(
            "33 sleep, resume of a device whose idle time the system manages",
            Plan::with(option::IDLE | option::SYSTEM_MANAGED).idles_after(LATE),
            &[started(), sleep(OFF), resume(ON), remove("STOP > GONE")],
        ),
        row(
            "the system shuts down",
            Plan::with(0),
            &[started(), open(""), shutdown("SmioSuspend > DOWN(D3Final)")],
        ),
        row("the system shuts down, the device in idle Dx", IDLE, &[started(), idle(OFF), shutdown("")]),
    ]
}

fn bad_resumes() -> Vec<Row> {
    let plan = |fails, call| Plan::with(option::FOR_GOOD).fails(fails, call);
    let fails = |name, plan: Plan, callbacks| {
        row(name, plan, &[started(), sleep(OFF), resume(callbacks)]).problem(43)
    };
    vec![
        fails(
            "34 resume: D0Entry fails",
            plan(Fallible::D0Entry, 2),
            "D0Entry(D3) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup",
        ),
        fails(
            "35 as 34, ReleaseHardwareOrderOnFailure = AfterDescendants",
            Plan::with(option::FOR_GOOD | option::AFTER_DESCENDANTS).fails(Fallible::D0Entry, 2),
            "D0Entry(D3) FAILS > SurpriseRemoval > ReleaseHardware > GONE",
        ),
        fails(
            "36 resume: EvtInterruptEnable of the 2nd fails",
            plan(Fallible::InterruptEnable, 4),
            "D0Entry(D3) > InterruptEnable0 > InterruptEnable1 FAILS > InterruptDisable0 > D0Exit(D3Final) > \
             ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup",
        ),
        fails(
            "37 resume: PostInterruptsEnabled fails",
            plan(Fallible::PostInterruptsEnabled, 2),
            "UP(D3) FAILS > InterruptDisable1 > InterruptDisable0 > D0Exit(D3Final) > ReleaseHardware > \
             SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup",
        ),
        fails(
            "38 resume: SelfManagedIoRestart fails",
            plan(Fallible::SmioRestart, 1),
            "UP(D3) > SmioRestart FAILS > DOWN(D3Final) > ReleaseHardware > SmioFlush > SurpriseRemoval > \
             SmioCleanup > Cleanup",
        ),
    ]
}

/// What fails on the way down shows when the system is back: before that PnP can do nothing.
fn bad_sleeps() -> Vec<Row> {
    let fails = |name, options, fails, callbacks| {
        let plan = Plan::with(option::FOR_GOOD | options).fails(fails, 1);
        let back = "SurpriseRemoval > SmioCleanup > Cleanup";
        row(name, plan, &[started(), sleep(callbacks), resume(back)]).problem(43)
    };
    vec![
        fails(
            "39 sleep: SelfManagedIoSuspend fails",
            0,
            Fallible::SmioSuspend,
            "SmioSuspend FAILS > DOWN(D3) > ReleaseHardware > SmioFlush",
        ),
        fails(
            "40 sleep: D0Exit fails",
            0,
            Fallible::D0Exit,
            "SmioSuspend > DOWN(D3) FAILS > ReleaseHardware > SmioFlush",
        ),
        fails(
            "40 sleep: D0ExitPreInterruptsDisabled fails",
            0,
            Fallible::PreInterruptsDisabled,
            "SmioSuspend > PreInterruptsDisabled(D3) FAILS > InterruptDisable1 > InterruptDisable0 > D0Exit(D3) > \
             ReleaseHardware > SmioFlush",
        ),
        fails(
            "40 sleep: EvtInterruptDisable fails",
            0,
            Fallible::InterruptDisable,
            "SmioSuspend > PreInterruptsDisabled(D3) > InterruptDisable1 FAILS > InterruptDisable0 > D0Exit(D3) > \
             ReleaseHardware > SmioFlush",
        ),
        row(
            "40 sleep: D0Exit fails, ReleaseHardwareOrderOnFailure = AfterDescendants",
            Plan::with(option::FOR_GOOD | option::AFTER_DESCENDANTS).fails(Fallible::D0Exit, 1),
            &[
                started(),
                sleep("SmioSuspend > DOWN(D3) FAILS"),
                resume("SurpriseRemoval > ReleaseHardware > GONE"),
            ],
        )
        .problem(43),
    ]
}

pub fn tests() -> Vec<Trial> {
    vec![
        test("the driver learns why its device changes its power", power_actions),
        test("nothing is removed or unloaded after a shutdown", nothing_after_a_shutdown),
    ]
}

/// `PowerActionNone`, `PowerActionSleep` and `PowerActionShutdownOff` are 0, 2 and 6.
fn power_actions() {
    let actions = |path: &[Step]| {
        let report = IDLE.play(&steps(path));
        assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
        assert_eq!(words::seen(&report), expected(path), "{report}");
        let lines = report.traces.iter().filter_map(|line| {
            let (callback, action) = line.split_once(": POWER_ACTION ")?;
            Some((callback.replace("EvtDevice", ""), action.parse::<i32>().ok()?))
        });
        lines.collect::<Vec<_>>()
    };
    let means = |callbacks: &[(&str, i32)]| -> Vec<(String, i32)> {
        callbacks.iter().map(|(callback, action)| ((*callback).to_owned(), *action)).collect()
    };
    let woken =
        [started(), open(""), idle(OFF), sleep(""), resume(""), control(TOUCH, ON), idle(OFF), close("")];
    let path = [&woken[..], &[surprise_remove("SurpriseRemoval > ReleaseHardware > GONE")]].concat();
    let entry = ("D0Entry", 0);
    let exit = ("D0Exit", 0);
    assert_eq!(actions(&path), means(&[entry, exit, entry, ("SelfManagedIoRestart", 0), exit]));
    let path = [started(), shutdown("SmioSuspend > DOWN(D3Final)")];
    let plan = Plan::with(0);
    let report = plan.play(&steps(&path));
    let last = report.traces.last().map(String::as_str);
    assert_eq!(last, Some("EvtDeviceD0Exit: POWER_ACTION 6"), "{report}");
    let report = plan.play(&steps(&[started(), sleep(OFF), resume(ON)]));
    let said: Vec<_> = report.traces.iter().map(String::as_str).collect();
    let expected = [
        "EvtDeviceD0Entry: POWER_ACTION 0",
        "EvtDeviceD0Exit: POWER_ACTION 2",
        "EvtDeviceD0Entry: POWER_ACTION 2",
        "EvtDeviceSelfManagedIoRestart: POWER_ACTION 2",
        "EvtDeviceD0Exit: POWER_ACTION 0",
    ];
    assert_eq!(said, expected, "{report}");
}

fn nothing_after_a_shutdown() {
    let report = Plan::with(0).play(&steps(&[started(), shutdown("SmioSuspend > DOWN(D3Final)")]));
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    assert_eq!(report.callbacks.last().map(String::as_str), Some("EvtDeviceD0Exit"), "{report}");
    assert_eq!(report.pnp_status("shutdown"), Some("STATUS_SUCCESS"));
}
