//! S0 idle: a device that is not used leaves D0, and comes back when somebody needs it.

use libtest_mimic::Trial;
use umdf_host::report::Outcome;
use wdk_portable::{STATUS_PENDING, STATUS_POWER_STATE_INVALID, STATUS_SUCCESS};

use crate::plan::{Command, Fallible, HOLD, KEEP, TOUCH, option};
use crate::row::{
    LATE, Plan, Row, Step, cancel_stop, close, command, control, ends, expected, idle, kept, open,
    query_remove, query_stop, remove, restart, row, start, steps, stop, surprise_remove,
};
use crate::{test, words};

const OFF: &str = "SmioSuspend > DOWN(D3)";
const ON: &str = "UP(D3) > SmioRestart";
const IDLE: Plan = Plan::with(option::IDLE);
const SYSTEM: Plan = Plan::with(option::IDLE | option::SYSTEM_MANAGED);

fn started() -> Step {
    start("DeviceAdd > START")
}

pub fn rows() -> Vec<Row> {
    removals().into_iter().chain(stops()).chain(uses()).chain(settings()).collect()
}

fn removals() -> Vec<Row> {
    vec![
        row(
            "26 surprise removal in idle Dx (no wake)",
            IDLE,
            &[started(), idle(OFF), surprise_remove("SurpriseRemoval > ReleaseHardware > GONE")],
        ),
        row(
            "26 surprise removal in D0, while the idle time runs",
            IDLE.idles_after(LATE),
            &[started(), surprise_remove("SurpriseRemoval > STOP > GONE")],
        ),
        row(
            "27 remove in idle Dx",
            IDLE,
            &[started(), idle(OFF), remove("UP(D3) > SmioRestart > STOP > GONE")],
        ),
        row(
            "27 remove in D0, while the idle time runs",
            IDLE.idles_after(LATE),
            &[started(), remove("STOP > GONE")],
        ),
        row(
            "27 query remove in idle Dx, then remove",
            IDLE,
            &[
                started(),
                idle(OFF),
                query_remove("QueryRemove > UP(D3) > SmioRestart"),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "28 remove in idle Dx, D0Entry fails",
            IDLE.fails(Fallible::D0Entry, 2),
            &[started(), idle(OFF), remove("D0Entry(D3) FAILS > ReleaseHardware > GONE")],
        ),
        row(
            "28 remove in idle Dx, SelfManagedIoRestart fails",
            IDLE.fails(Fallible::SmioRestart, 1),
            &[
                started(),
                idle(OFF),
                remove("UP(D3) > SmioRestart FAILS > DOWN(D3Final) > ReleaseHardware > GONE"),
            ],
        ),
        row(
            "28 query remove in idle Dx, D0Entry fails, remove",
            Plan::with(option::IDLE | option::FOR_GOOD).fails(Fallible::D0Entry, 2),
            &[
                started(),
                idle(OFF),
                query_remove("QueryRemove > D0Entry(D3) FAILS"),
                remove("ReleaseHardware > GONE"),
            ],
        ),
    ]
}

fn stops() -> Vec<Row> {
    let for_good = Plan::with(option::IDLE | option::FOR_GOOD);
    vec![
        row(
            "29 query stop in idle Dx, then stop",
            IDLE,
            &[
                started(),
                idle(OFF),
                query_stop("QueryStop > UP(D3) > SmioRestart"),
                stop("STOP"),
                restart("RESTART"),
                idle(OFF),
                remove("UP(D3) > SmioRestart > STOP > GONE"),
            ],
        ),
        row(
            "29 query stop in D0, while the idle time runs, then stop",
            IDLE.idles_after(LATE),
            &[started(), query_stop("QueryStop"), stop("STOP"), surprise_remove("SurpriseRemoval > GONE")],
        ),
        row(
            "29 second START without STOP in idle Dx",
            IDLE,
            &[
                started(),
                idle(OFF),
                start("UP(D3) > SmioRestart > STOP > RESTART"),
                idle(OFF),
                surprise_remove("SurpriseRemoval > ReleaseHardware > GONE"),
            ],
        ),
        row(
            "30 query stop in idle Dx, D0Entry fails",
            IDLE.fails(Fallible::D0Entry, 2),
            &[
                started(),
                idle(OFF),
                query_stop("QueryStop > D0Entry(D3) FAILS"),
                surprise_remove("SurpriseRemoval > ReleaseHardware > GONE"),
            ],
        ),
        // PnP looks at the device once the query is over.
        row(
            "30 query stop in idle Dx, D0Entry fails, cancel",
            for_good.fails(Fallible::D0Entry, 2),
            &[
                started(),
                idle(OFF),
                query_stop("QueryStop > D0Entry(D3) FAILS"),
                cancel_stop("SurpriseRemoval > ReleaseHardware > GONE"),
            ],
        )
        .problem(43),
        row(
            "30 query stop in idle Dx, D0Entry fails, stop",
            for_good.fails(Fallible::D0Entry, 2),
            &[
                started(),
                idle(OFF),
                query_stop("QueryStop > D0Entry(D3) FAILS"),
                stop("ReleaseHardware > SmioFlush"),
                ends(restart("SurpriseRemoval > SmioCleanup > Cleanup"), "STATUS_INVALID_DEVICE_STATE"),
            ],
        )
        .problem(10),
    ]
}

fn uses() -> Vec<Row> {
    let gone_on_use = "D0Entry(D3) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval";
    let for_good = Plan::with(option::IDLE | option::FOR_GOOD);
    vec![
        row("31 idle out, request arrives", IDLE, &[
            started(),
            open(""),
            idle(OFF),
            control(HOLD, ON),
            close(""),
            remove("STOP > GONE"),
        ]),
        row("31 idle out, a request that does not need power arrives", IDLE, &[
            started(),
            open(""),
            idle(OFF),
            command(Command::WakeSettings, STATUS_POWER_STATE_INVALID, ""),
            close(""),
            surprise_remove("SurpriseRemoval > ReleaseHardware > GONE"),
        ]),
        row("31 idle out again and again", IDLE, &[
            started(),
            open(""),
            idle(OFF),
            control(TOUCH, ON),
            idle(OFF),
            control(TOUCH, ON),
            idle(OFF),
            close(""),
            surprise_remove("SurpriseRemoval > ReleaseHardware > GONE"),
        ]),
        row("31 idle out to D2", Plan::with(option::IDLE | option::D2), &[
            started(),
            open(""),
            idle("SmioSuspend > DOWN(D2)"),
            control(HOLD, "UP(D2) > SmioRestart"),
            close(""),
            remove("STOP > GONE"),
        ]),
        row("31 idle out, request arrives, D0Entry fails", for_good.fails(Fallible::D0Entry, 2), &[
            started(),
            open(""),
            idle(OFF),
            ends(control(TOUCH, gone_on_use), "STATUS_CANCELLED"),
            close("SmioCleanup > Cleanup"),
        ])
        .problem(43),
        row(
            "31 idle out, StopIdle waits, SelfManagedIoRestart fails",
            for_good.fails(Fallible::SmioRestart, 1),
            &[
                started(),
                open(""),
                idle(OFF),
                // The queues run while SelfManagedIoRestart does: a request may still be completed.
                command(
                    Command::StopIdleAndWait,
                    STATUS_POWER_STATE_INVALID,
                    "UP(D3) > SmioRestart FAILS > DOWN(D3Final) > ReleaseHardware > SmioFlush > SurpriseRemoval",
                ),
                close("SmioCleanup > Cleanup"),
            ],
        )
        .problem(43),
        row("31 idle out, D0Exit fails", for_good.idles_after(300).fails(Fallible::D0Exit, 1), &[
            started(),
            idle("SmioSuspend > DOWN(D3) FAILS > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup"),
        ])
        .problem(43),
        row("31 idle out, SelfManagedIoSuspend fails", for_good.idles_after(300).fails(Fallible::SmioSuspend, 1), &[
            started(),
            idle("SmioSuspend FAILS > DOWN(D3) > ReleaseHardware > SmioFlush > SurpriseRemoval > SmioCleanup > Cleanup"),
        ])
        .problem(43),
        row("StopIdle brings an idle device back", IDLE, &[
            started(),
            open(""),
            idle(OFF),
            command(Command::StopIdleAndWait, STATUS_SUCCESS, ON),
            command(Command::StopIdleNoTrack, STATUS_SUCCESS, ""),
            command(Command::ResumeIdleNoTrack, STATUS_SUCCESS, ""),
            command(Command::ResumeIdle, STATUS_SUCCESS, ""),
            idle(OFF),
            command(Command::StopIdle, STATUS_PENDING, ON),
            close(""),
            remove("STOP > GONE"),
        ]),
    ]
}

fn settings() -> Vec<Row> {
    vec![
        row(
            "idle settings are switched off in Dx, and on again",
            IDLE,
            &[
                started(),
                open(""),
                idle(OFF),
                command(Command::IdleOff, STATUS_SUCCESS, ON),
                command(Command::IdleOn, STATUS_SUCCESS, ""),
                idle(OFF),
                close(""),
                surprise_remove("SurpriseRemoval > ReleaseHardware > GONE"),
            ],
        ),
        row(
            "idle settings are switched off in D0, while the idle time runs",
            IDLE.idles_after(LATE),
            &[
                started(),
                open(""),
                command(Command::IdleOff, STATUS_SUCCESS, ""),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "the system manages the idle time",
            SYSTEM,
            &[started(), open(""), idle(OFF), control(HOLD, ON), close(""), remove("STOP > GONE")],
        ),
        row(
            "the system manages the idle time: remove in Dx",
            SYSTEM,
            &[started(), idle(OFF), remove("UP(D3) > SmioRestart > STOP > GONE")],
        ),
        row(
            "the system manages the idle time: a request comes before it is over",
            SYSTEM.idles_after(LATE),
            &[started(), open(""), control(TOUCH, ""), control(TOUCH, ""), close(""), remove("STOP > GONE")],
        ),
        row(
            "the system manages the idle time: the driver changes its mind",
            SYSTEM.idles_after(LATE),
            &[
                started(),
                open(""),
                command(Command::IdleOff, STATUS_SUCCESS, ""),
                command(Command::IdleOn, STATUS_SUCCESS, ""),
                command(Command::IdleOn, STATUS_SUCCESS, ""),
                close(""),
                surprise_remove("SurpriseRemoval > STOP > GONE"),
            ],
        ),
        row(
            "the driver says again that its device idles out",
            IDLE.idles_after(LATE),
            &[
                started(),
                open(""),
                command(Command::IdleOn, STATUS_SUCCESS, ""),
                close(""),
                remove("STOP > GONE"),
            ],
        ),
        row(
            "the system manages the idle time: remove before it is over",
            SYSTEM.idles_after(LATE),
            &[started(), remove("STOP > GONE")],
        ),
    ]
}

pub fn tests() -> Vec<Trial> {
    vec![
        test("a device that does not idle out is told of", a_device_that_does_not_idle_out),
        test("the registry decides whether a device idles out", the_registry_decides),
        test("31 a request in the driver's hands keeps the device in D0", a_request_keeps_the_device_in_d0),
    ]
}

/// A step that waits in vain for the device to idle out.
fn stays_on() -> Step {
    let (step, callbacks) = idle("");
    (format!("{step}timeout-ms = 100\n"), callbacks)
}

#[track_caller]
fn does_not_idle_out(plan: Plan, path: &[Step]) {
    let report = plan.play(&steps(path));
    assert_eq!(report.result, Outcome::Fail);
    let waits = path.iter().position(|step| *step == stays_on()).expect("a step waits in vain") + 1;
    assert_eq!(
        report.missed,
        [format!("step {waits}: the device did not idle out within 100ms")],
        "{report}"
    );
    assert_eq!(words::seen(&report), expected(path), "{report}");
}

fn a_device_that_does_not_idle_out() {
    does_not_idle_out(Plan::with(0), &[started(), stays_on(), remove("STOP > GONE")]);
}

/// What stands in the registry, and whether the device idles then: if the user may not choose, and if
/// he may.
const REGISTRY: [(&str, bool, bool); 5] = [
    ("", true, true),
    ("HKR,WudfPowerPolicySettings,WdfDefaultIdleInWorkingState,0x00010001,0", false, false),
    ("HKR,WudfPowerPolicySettings,IdleInWorkingState,0x00010001,0", true, false),
    (
        "HKR,WudfPowerPolicySettings,WdfDefaultIdleInWorkingState,0x00010001,0\n\
         HKR,WudfPowerPolicySettings,IdleInWorkingState,0x00010001,1",
        false,
        true,
    ),
    (
        "HKR,WudfPowerPolicySettings,WdfDefaultIdleInWorkingState,0x00010001,1\n\
         HKR,WudfPowerPolicySettings,IdleInWorkingState,0x00010001,0",
        true,
        false,
    ),
];

fn the_registry_decides() {
    let by_default = option::IDLE | option::BY_DEFAULT;
    for (lines, without_user, with_user) in REGISTRY {
        for (options, idles) in [(by_default, without_user), (by_default | option::USER, with_user)] {
            let plan = Plan::with(options).hardware_key(lines);
            if idles {
                let surprise = surprise_remove("SurpriseRemoval > ReleaseHardware > GONE");
                row("", plan, &[started(), idle(OFF), surprise]).check();
            } else {
                does_not_idle_out(plan, &[started(), stays_on(), remove("STOP > GONE")]);
            }
        }
    }
    // A driver that has an opinion is not interested.
    let plan = Plan::with(option::IDLE | option::USER).hardware_key(REGISTRY[1].0);
    row("", plan, &[started(), idle(OFF), remove("UP(D3) > SmioRestart > STOP > GONE")]).check();
}

fn a_request_keeps_the_device_in_d0() {
    let path = [
        started(),
        open(""),
        idle(OFF),
        kept(KEEP, ON),
        stays_on(),
        surprise_remove(
            "SurpriseRemoval > SmioSuspend > IoStop > DOWN(D3Final) > ReleaseHardware > IoStop > SmioFlush",
        ),
        close("SmioCleanup > Cleanup"),
    ];
    does_not_idle_out(IDLE, &path);
}
