//! Each broken rule, in force and switched off.

use libtest_mimic::Trial;
use umdf_host::report::{End, Outcome};
use umdf_host::rules::{self, Rule};

use crate::mode::Mode;
use crate::run::{Life, Wiring, assert_no_failed_check, assert_pass};
use crate::test;

pub fn trials() -> Vec<Trial> {
    use Mode as M;
    use Rule as R;
    let trips = [
        (R::IntNotPassive, M::NotPassive),
        (R::IntCreateLate, M::CreateLate),
        (R::IntBadDescriptorPointer, M::CopiedTranslated),
        (R::IntBadDescriptorPointer, M::CopiedRaw),
        (R::IntLevelClaimedNotSilenced, M::NotSilenced),
        (R::IntLevelUnclaimed, M::Unclaimed),
        (R::IntLockRecursion, M::LockInIsr),
        (R::IntLockRecursion, M::LockInEnable),
        (R::IntLockRecursion, M::LockTwice),
        (R::IntLockRecursion, M::SynchronizeLocked),
        (R::IntLockRecursion, M::DisableLocked),
        (R::LockNotOwned, M::ReleaseUnowned),
        (R::IntNoWorkItem, M::QueueNothing),
        (R::DeleteFrameworkOwned, M::DeleteInterrupt),
        (R::DeleteFrameworkOwned, M::DeleteParentQueue),
        (R::ParamNull, M::NullConfiguration),
        (R::ParamNull, M::NullInterruptPlace),
        (R::ParamNull, M::NullSynchronize),
        (R::ParamNull, M::NullInfo),
        (R::ParamNull, M::NullPolicy),
        (R::ArgumentInvalid, M::PolicyInPrepare),
        (R::HandleNullOrType, M::NullHandle),
        (R::HandleNullOrType, M::WrongHandle),
        (R::HandleNullOrType, M::WrongWaitLock),
        (R::TimerStartRunningDown, M::StartDeletedTimer),
        (R::ParamNull, M::NullTimerConfig),
        (R::ParamNull, M::NullTimerPlace),
        (R::WorkItemEnqueueRunningDown, M::EnqueueDeletedWorkItem),
        (R::WorkItemFlushInCallback, M::FlushInCallback),
        (R::ParamNull, M::NullWorkItemConfig),
        (R::ParamNull, M::NullWorkItemPlace),
        (R::HandleNullOrType, M::WrongWorkItem),
    ];
    let mut lives: Vec<_> = trips.map(|(rule, mode)| (rule, Life::new(mode), "")).into();
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
        test(name.clone(), move || in_force(rule, &life)),
        test(format!("{name}, switched off"), move || {
            assert_pass(&again.run_without(&[rule]));
        }),
    ]
}

fn in_force(rule: Rule, life: &Life) {
    let report = life.run();
    assert_eq!(report.result, Outcome::Fail, "{report}");
    let [violation] = report.violations.as_slice() else { panic!("one violation expected\n{report}") };
    assert_eq!(violation.rule, rule.name(), "{report}");
    match rule.text().outcome {
        rules::Outcome::Terminate => assert_eq!(report.end, End::Violation, "{report}"),
        rules::Outcome::Report => {
            assert_eq!(report.end, End::Finished, "{report}");
            assert!(report.missed.is_empty(), "{report}");
        }
    }
    assert_no_failed_check(&report);
}
