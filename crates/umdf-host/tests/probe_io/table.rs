//! The rules that the probe breaks, and how: the tests of the rules look here whether each is broken somewhere.

use umdf_host::rules::Rule as R;

use super::case::Case as C;

pub const TRIPS: &[(R, C)] = &[
    (R::ReqCompleteWhileCancelable, C::CompleteWhileCancelable),
    (R::ReqBufferAfterComplete, C::WriteAfterComplete),
    (R::StopackOutsideIostop, C::AcknowledgeUnasked),
    (R::QueueFatal, C::DrainTwice),
    (R::ImpersonatedDdi, C::CallWhileImpersonating),
    (R::ImpersonatedDdi, C::ImpersonateAgain),
    (R::LockHeldOnReturn, C::KeepLock),
    (R::ReqMemoryReferenced, C::KeepMemory),
    (R::ArgumentInvalid, C::ParametersOfNoSize),
    (R::ReqCancelIgnored, C::IgnoreCancel),
];
