//! The first start: good, and with each of its steps failing. A device that failed for good is not started
//! again; `failed.rs` has those that are.

use crate::plan::{Fallible, option};
use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome};

use crate::row::{
    Plan, Row, Step, cancel_remove, ends, expected, query_remove, remove, row, start, steps, surprise_remove,
};
use crate::{test, words};

const DRIVER: &str = "STATUS_UNSUCCESSFUL";
const POWER: &str = "STATUS_DEVICE_POWER_FAILURE";

pub fn rows() -> Vec<Row> {
    let plan = |fails, call| Plan::with(option::FOR_GOOD).fails(fails, call);
    let fails = |name, plan: Plan, status, callbacks| {
        row(name, plan, &[ends(start(callbacks), status), remove("")]).problem(10)
    };
    vec![
        row("1 first start", Plan::with(0), &[start("DeviceAdd > START"), remove("STOP > GONE")]),
        fails(
            "4 start: PrepareHardware fails",
            plan(Fallible::PrepareHardware, 1),
            DRIVER,
            "DeviceAdd > PrepareHardware FAILS > ReleaseHardware > Cleanup",
        ),
        fails(
            "5 start: D0Entry fails",
            plan(Fallible::D0Entry, 1),
            POWER,
            "DeviceAdd > PrepareHardware > D0Entry(D3Final) FAILS > ReleaseHardware > Cleanup",
        ),
        fails(
            "6 start: EvtInterruptEnable of the 2nd of 2 interrupts fails",
            plan(Fallible::InterruptEnable, 2),
            POWER,
            "DeviceAdd > PrepareHardware > D0Entry(D3Final) > InterruptEnable0 > InterruptEnable1 FAILS > \
             InterruptDisable0 > D0Exit(D3Final) > ReleaseHardware > Cleanup",
        ),
        fails(
            "7 start: D0EntryPostInterruptsEnabled fails",
            plan(Fallible::PostInterruptsEnabled, 1),
            POWER,
            "DeviceAdd > PrepareHardware > UP(D3Final) FAILS > InterruptDisable1 > InterruptDisable0 > \
             D0Exit(D3Final) > ReleaseHardware > Cleanup",
        ),
        fails(
            "8 start: SelfManagedIoInit fails",
            plan(Fallible::SmioInit, 1),
            POWER,
            "DeviceAdd > START FAILS > DOWN(D3Final) > ReleaseHardware > GONE",
        ),
        // A start after a failed one finds a new device object.
        row(
            "9 second START after a failed one",
            plan(Fallible::PrepareHardware, 1),
            &[
                ends(start("DeviceAdd > PrepareHardware FAILS > ReleaseHardware > Cleanup"), DRIVER),
                start("DeviceAdd > START"),
                remove("STOP > GONE"),
            ],
        ),
    ]
}

pub fn tests() -> Vec<Trial> {
    let conflict = "STATUS_CONFLICTING_ADDRESSES";
    let unstarted = || ends(start("DeviceAdd"), conflict);
    vec![
        test("22 remove of a device that has no resources", move || {
            without_room(&[unstarted(), remove("Cleanup")], None);
        }),
        test("22 surprise removal of a device that has no resources", move || {
            without_room(&[unstarted(), surprise_remove("Cleanup")], None);
        }),
        test("22 query remove of a device that has no resources, cancel", move || {
            let path =
                [unstarted(), query_remove(""), cancel_remove(""), query_remove(""), remove("Cleanup")];
            without_room(&path, None);
        }),
        test("22 a device that has no resources is left as it is", move || {
            without_room(&[unstarted(), ends(start("Cleanup"), conflict)], Some(12));
        }),
    ]
}

/// The device of the path stands behind those that take all the memory there is: 1792 MiB.
fn without_room(path: &[Step], problem: Option<u32>) {
    const OTHERS: [usize; 3] = [6, 6, 2];
    let other = |bars| format!("[[device]]\nmodel = 'scratch'\nbars = {:?}\n", vec![128 << 20; bars]);
    let others = OTHERS.map(other).concat();
    let number = OTHERS.len();
    let path: Vec<Step> =
        path.iter().map(|(step, callbacks)| (format!("{step}device = {number}\n"), *callbacks)).collect();
    let first = [start("DeviceAdd > START")];
    let last = [remove("STOP > GONE")];
    let devices = format!("{others}[[device]]\nmodel = 'scratch'\nbars = [0x1000]\n");
    // The device without resources goes last where the path leaves it.
    let all = if problem.is_some() {
        [&first[..], &path, &[]].concat()
    } else {
        [&first[..], &path, &last].concat()
    };
    let report = Plan::with(0).play_on(&devices, &steps(&all), &[]);
    assert_eq!((report.result, &report.end), (Outcome::Pass, &End::Finished), "{report}");
    let device = report.devices.iter().find(|device| device.device == number).expect("it was added");
    assert_eq!(device.problem.as_ref().map(|problem| problem.code), problem, "{report}");
    if problem.is_none() {
        assert_eq!(words::seen(&report), expected(&all), "{report}");
    }
}
