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
    (R::ReqWrongQueue, C::QueueOfOpen),
];

/// What the call of a misdeed gets, as the driver notes it.
const REFUSED: &str = "came 0xc0000010";

/// What is reported, and refused with an answer.
pub const REFUSALS: &[(R, C, &str)] = &[
    (R::ReqCancelMark, C::MarkTwice, REFUSED),
    (R::ReqCancelMark, C::ForwardMarked, REFUSED),
    (R::ReqCancelMark, C::RequeueMarked, REFUSED),
    // It answers with a BOOLEAN.
    (R::ReqCancelMark, C::AskMarked, "came 0x0"),
    (R::ReqWrongQueue, C::ForwardToOwnQueue, REFUSED),
    (R::ReqWrongQueue, C::ForwardToOtherDevice, REFUSED),
    (R::ReqWrongQueue, C::RequeueFromParallel, REFUSED),
];
