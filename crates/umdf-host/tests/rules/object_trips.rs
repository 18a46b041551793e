//! Trips over the rules about references, collections and names, and about what a driver says of itself.

use umdf_host::rules::Rule;

use crate::fixture::misbehaviour::Misbehaviour as M;
use crate::trip::Trip;
use crate::trips::trip;

pub fn trips() -> Vec<Trip> {
    let (over, none) = (Rule::OverDereference, Rule::CollectionNoSuchItem);
    let dereference = "WdfObjectDereferenceActual(Handle=object0";
    let (lock, twice) = ("object0 has no callback lock", "of device0 is held by this thread already");
    let order = "of device0 is acquired while that of queue0 is held";
    vec![
        trip(over, M::DereferenceTooOften, "object0", dereference),
        trip(over, M::DereferenceInCleanup, "object0", dereference),
        trip(Rule::HandleStale, M::ReferenceInDestroy, "object0", "WdfObjectReferenceActual(Handle=object0"),
        trip(Rule::ObjectLeak, M::LeakReference, "object0 (1 left)", "driver0"),
        trip(none, M::RemoveAbsentObject, "collection0 has no collection0", "WdfCollectionRemove("),
        trip(none, M::RemoveAbsentItem, "collection0 has no item 1", "WdfCollectionRemoveItem("),
        trip(
            Rule::RegNameNotTerminated,
            M::NameNotTerminated,
            "ValueName \"MappedLength\"",
            "WdfRegistryQueryULong(Key=key",
        ),
        trip(Rule::ObjectWithoutLock, M::AcquireObjectLock, lock, "WdfObjectAcquireLock(Object=object0"),
        trip(Rule::ObjectWithoutLock, M::ReleaseObjectLock, lock, "WdfObjectReleaseLock(Object=object0"),
        trip(
            Rule::CallbackLockReleased,
            M::ReleaseCallbackLock,
            "of device0 is released",
            "WdfObjectReleaseLock(Object=device0",
        ),
        trip(Rule::LockRecursion, M::AcquireCallbackLockTwice, twice, "WdfObjectAcquireLock(Object=device0"),
        trip(
            Rule::LockOrder,
            M::AcquireCallbackLocksInWrongOrder,
            order,
            "WdfObjectAcquireLock(Object=device0",
        ),
        trip(Rule::DriverBreakPoint, M::BreakPoint, "looked at", "WdfVerifierDbgBreakPoint("),
        trip(
            Rule::DriverBugCheck,
            M::BugCheck,
            "code 0xbad, parameters [1, 2, 3, 44]",
            "WdfVerifierKeBugCheck(BugCheckCode=0xbad",
        ),
    ]
}
