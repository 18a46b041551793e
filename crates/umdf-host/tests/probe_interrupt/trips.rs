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
        (R::LockHeldOnReturn, M::KeepLock),
        (R::LockHeldOnReturn, M::KeepGivenLock),
        (R::SerializationLevel, M::SerializedTimer),
        (R::SerializationLevel, M::SerializedWorkItem),
        (R::SerializationLevel, M::SerializedInterrupt),
        (R::SerializationLevel, M::SerializedDpc),
        (R::IntNoWorkItem, M::QueueNothing),
        (R::DeleteFrameworkOwned, M::DeleteInterrupt),
        (R::DeleteFrameworkOwned, M::DeleteParentQueue),
        (R::ParamNull, M::NullConfiguration),
        (R::ParamNull, M::NullInterruptPlace),
        (R::ParamNull, M::NullSynchronize),
        (R::ParamNull, M::NullInfo),
        (R::ParamNull, M::NullPolicy),
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
    // What the message says.
    let arguments = [
        (M::InfoSize, "Info->Size is not 64"),
        (M::PolicyLow, "Policy is -1"),
        (M::PolicyHigh, "Policy is 6"),
        (M::PriorityLow, "Priority is 0"),
        (M::PriorityHigh, "Priority is 4"),
        (M::ExtendedSize, "PolicyAndGroup->Size is not 32"),
        (M::ExtendedPolicy, "Policy is 6"),
        (M::ExtendedPriority, "Priority is 0"),
        (M::ExtendedReserved, "Reserved is not zero"),
        (M::PolicyInPrepare, "interrupt1 was made in EvtDevicePrepareHardware"),
        (M::ExtendedInPrepare, "interrupt1 was made in EvtDevicePrepareHardware"),
    ];
    lives.extend(arguments.map(|(mode, message)| (R::ArgumentInvalid, Life::new(mode), message)));
    let exclusive = Life::new(Mode::Unclaimed).wired(Wiring::Line("exclusive"));
    lives.push((Rule::IntLevelUnclaimed, exclusive, ""));
    let mut rejected = Life::new(Mode::Good);
    rejected.hardware_allowed = false;
    lives.push((Rule::HwNotAllowed, rejected, ""));
    lives.into_iter().flat_map(|(rule, life, message)| both(rule, life, message)).collect()
}

/// `message` stands in what the violation says.
fn both(rule: Rule, life: Life, message: &'static str) -> [Trial; 2] {
    let name = format!("{rule}: {:?}, {:?}", life.mode, life.wiring);
    let again = life.clone();
    [
        test(name.clone(), move || in_force(rule, &life, message)),
        test(format!("{name}, switched off"), move || {
            assert_pass(&again.run_without(&[rule]));
        }),
    ]
}

fn in_force(rule: Rule, life: &Life, message: &str) {
    let report = life.run();
    assert_eq!(report.result, Outcome::Fail, "{report}");
    let [violation] = report.violations.as_slice() else { panic!("one violation expected\n{report}") };
    assert_eq!(violation.rule, rule.name(), "{report}");
    assert!(violation.message.contains(message), "{message} stands in no\n{report}");
    match rule.text().outcome {
        rules::Outcome::Terminate => assert_eq!(report.end, End::Violation, "{report}"),
        rules::Outcome::Report => {
            assert_eq!(report.end, End::Finished, "{report}");
            assert!(report.missed.is_empty(), "{report}");
        }
    }
    assert_no_failed_check(&report);
}
