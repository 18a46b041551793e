//! The first start: good, and with each of its steps failing. A device that failed for good is not started
//! again; `failed.rs` has those that are.

use crate::plan::{Fallible, option};
use crate::row::{Plan, Row, ends, remove, row, start};

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
