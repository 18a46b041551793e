//! The rules of this driver's part of the contract, broken and switched off.

use libtest_mimic::Trial;
use umdf_host::rules::Rule;
use wdk_portable::{STATUS_NOT_SUPPORTED, STATUS_SUCCESS};

use crate::fixture::outcome::{assert_broken, assert_pass};
use crate::plan::{Command, Fallible, option};
use crate::row::{Plan, Step, close, command, ends, open, query_remove, query_stop, remove, start, steps};
use crate::test;

pub fn tests() -> Vec<Trial> {
    let unsupported = |fails| Plan::with(option::FOR_GOOD).fails(fails, 1).status(STATUS_NOT_SUPPORTED);
    let status = "STATUS_NOT_SUPPORTED";
    let started = || start("");
    let reads = |asked| command(asked, STATUS_SUCCESS, "");
    let trips = vec![
        (
            Rule::PnpStatusNotSupported,
            "EvtDevicePrepareHardware returned",
            unsupported(Fallible::PrepareHardware),
            vec![ends(started(), status)],
        ),
        (
            Rule::PnpStatusNotSupported,
            "EvtDeviceReleaseHardware returned",
            unsupported(Fallible::ReleaseHardware),
            vec![started(), remove("")],
        ),
        (
            Rule::PnpStatusNotSupported,
            "EvtDeviceQueryStop returned",
            unsupported(Fallible::QueryStop),
            vec![started(), ends(query_stop(""), status)],
        ),
        (
            Rule::PnpStatusNotSupported,
            "EvtDeviceQueryRemove returned",
            unsupported(Fallible::QueryRemove),
            vec![started(), ends(query_remove(""), status)],
        ),
        (
            Rule::ResumeIdleUnbalanced,
            "nothing keeps device0 in D0",
            Plan::with(0),
            vec![started(), open(""), reads(Command::ResumeIdle), close("")],
        ),
        (
            Rule::ResumeIdleUnbalanced,
            "nothing keeps device0 in D0",
            Plan::with(0),
            vec![
                started(),
                open(""),
                reads(Command::StopIdle),
                reads(Command::ResumeIdleNoTrack),
                reads(Command::ResumeIdleNoTrack),
                close(""),
            ],
        ),
    ];
    trips.into_iter().flat_map(|(rule, message, plan, path)| both(rule, message, plan, path)).collect()
}

fn both(rule: Rule, message: &'static str, plan: Plan, path: Vec<Step>) -> [Trial; 2] {
    let name = format!("{rule}: {message}, {} steps", path.len());
    let again = path.clone();
    [
        test(name.clone(), move || assert_broken(&plan.play(&steps(&path)), rule, message)),
        test(format!("{name}, switched off"), move || {
            assert_pass(&plan.play_without(&steps(&again), &[rule]));
        }),
    ]
}
