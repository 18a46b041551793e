//! The rules of this driver's part of the contract, broken and switched off.

use libtest_mimic::Trial;
use umdf_host::rules::Rule;
use wdk_portable::{STATUS_NOT_SUPPORTED, STATUS_SUCCESS};

use crate::fixture::outcome::{assert_broken, assert_pass};
use crate::plan::{Fallible, option};
use crate::row::{Plan, Step, close, command, ends, open, query_remove, query_stop, remove, start, steps};
use crate::table::{Mistake, TRIPS};
use crate::test;

pub fn tests() -> Vec<Trial> {
    let trips = TRIPS.iter().flat_map(|&(rule, message, mistake)| {
        let (plan, path) = life(mistake);
        both(rule, message, plan, path)
    });
    trips.collect()
}

/// The driver, and what happens to its device.
fn life(mistake: Mistake) -> (Plan, Vec<Step>) {
    let status = "STATUS_NOT_SUPPORTED";
    match mistake {
        Mistake::NotSupported(callback) => {
            let plan = Plan::with(option::FOR_GOOD).fails(callback, 1).status(STATUS_NOT_SUPPORTED);
            let path = match callback {
                Fallible::PrepareHardware => vec![ends(start(""), status)],
                Fallible::QueryStop => vec![start(""), ends(query_stop(""), status)],
                Fallible::QueryRemove => vec![start(""), ends(query_remove(""), status)],
                _ => vec![start(""), remove("")],
            };
            (plan, path)
        }
        Mistake::Commands(commands) => {
            let reads = commands.iter().map(|asked| command(*asked, STATUS_SUCCESS, ""));
            let path = [start(""), open("")].into_iter().chain(reads).chain([close("")]);
            (Plan::with(0), path.collect())
        }
    }
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
