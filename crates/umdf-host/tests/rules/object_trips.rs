//! Trips over the rules about references, collections and names, and about what a driver says of itself.

use umdf_host::rules::Rule;

use crate::fixture::misbehaviour::Misbehaviour as M;
use crate::trip::Trip;
use crate::trips::trip;

pub fn trips() -> Vec<Trip> {
    let (over, none) = (Rule::OverDereference, Rule::CollectionNoSuchItem);
    let dereference = "WdfObjectDereferenceActual(Handle=object0";
    let lock = "device0 has no callback lock";
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
        trip(Rule::LockNotOwned, M::AcquireObjectLock, lock, "WdfObjectAcquireLock(Object=device0"),
        trip(Rule::LockNotOwned, M::ReleaseObjectLock, lock, "WdfObjectReleaseLock(Object=device0"),
        trip(Rule::DriverBreakPoint, M::BreakPoint, "looked at", "WdfVerifierDbgBreakPoint("),
        trip(
            Rule::DriverBugCheck,
            M::BugCheck,
            "code 0xbad, parameters [1, 2, 3, 44]",
            "WdfVerifierKeBugCheck(BugCheckCode=0xbad",
        ),
    ]
}
