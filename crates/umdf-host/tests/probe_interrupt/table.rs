//! The rules that the probe breaks, and how: the tests of the rules look here whether each is broken somewhere.

use umdf_host::rules::Rule as R;

use super::mode::Mode as M;

pub const TRIPS: &[(R, M)] = &[
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
