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
    (R::LockHeldOnReturn, M::KeepLock),
    (R::LockHeldOnReturn, M::KeepGivenLock),
    (R::SerializationLevel, M::SerializedTimer),
    (R::SerializationLevel, M::SerializedWorkItem),
    (R::SerializationLevel, M::SerializedInterrupt),
    (R::SerializationLevel, M::SerializedDpc),
    (R::IntNoWorkItem, M::QueueNothing),
    (R::DeleteFrameworkOwned, M::DeleteInterrupt),
    (R::DeleteFrameworkOwned, M::DeleteParentQueue),
    (R::ArgumentInvalid, M::PolicyInPrepare),
    (R::ArgumentInvalid, M::ExtendedInPrepare),
    (R::TimerStartRunningDown, M::StartDeletedTimer),
    (R::WorkItemEnqueueRunningDown, M::EnqueueDeletedWorkItem),
    (R::WorkItemFlushInCallback, M::FlushInCallback),
];
