//! Each broken rule, in force and switched off.

use libtest_mimic::Trial;
use umdf_host::rules::Rule;

use crate::fixture::outcome::{assert_broken, assert_pass};
use crate::fixture::test;
use crate::mode::Mode;
use crate::run::{Life, Wiring};
use crate::table::TRIPS;

pub fn trials() -> Vec<Trial> {
    let mut lives: Vec<_> = TRIPS.iter().map(|&(rule, mode)| (rule, Life::new(mode), "")).collect();
    let exclusive = Life::new(Mode::Unclaimed).wired(Wiring::Line("exclusive"));
    lives.push((Rule::IntLevelUnclaimed, exclusive, ", exclusive line"));
    let mut rejected = Life::new(Mode::Good);
    rejected.hardware_allowed = false;
    lives.push((Rule::HwNotAllowed, rejected, ""));
    lives.into_iter().flat_map(|(rule, life, more)| both(rule, life, more)).collect()
}

fn both(rule: Rule, life: Life, more: &str) -> [Trial; 2] {
    let name = format!("{rule}: {:?}{more}", life.mode);
    let again = life.clone();
    [
        test(name.clone(), move || assert_broken(&life.run(), rule, "")),
        test(format!("{name}, switched off"), move || {
            assert_pass(&again.run_without(&[rule]));
        }),
    ]
}
