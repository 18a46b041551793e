//! The table of trips: every rule, broken in every way that its check tells apart.

use umdf_host::rules::Rule;

use crate::fixture::misbehaviour::Misbehaviour as M;
use crate::object_trips;
use crate::run::{Fixture, SHORT};
use crate::scenarios::{
    AFTER_ONE, CLOSE, KEEP, LATER, LIFE, OPEN, OPEN_CANCELLED, PENDING, REMOVE, START, START_FAILS,
    START_WITHOUT_DEVICE, SURPRISE_REMOVE, WRITE_AND_READ,
};
use crate::trip::Trip;

pub fn trips() -> Vec<Trip> {
    [
        mappings(),
        accesses(),
        handles(),
        object_trips::trips(),
        structures(),
        requests(),
        locks_and_timers(),
        hangs(),
        bindings(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A trip in a whole life.
pub fn trip(rule: Rule, misbehaviour: M, names: &'static str, call: &'static str) -> Trip {
    trip_in(LIFE, rule, misbehaviour, names, call)
}

/// A trip in a life of its own.
fn trip_in(
    steps: &[&'static str],
    rule: Rule,
    misbehaviour: M,
    names: &'static str,
    call: &'static str,
) -> Trip {
    Trip { rule, fixture: Fixture::new(misbehaviour, steps), names, call }
}

/// A trip that begins when the deadline is over.
fn timed_trip(
    steps: &[&'static str],
    rule: Rule,
    misbehaviour: M,
    names: &'static str,
    call: &'static str,
) -> Trip {
    let fixture = Fixture { deadline: SHORT, ..Fixture::new(misbehaviour, steps) };
    Trip { rule, fixture, names, call }
}

fn structures() -> Vec<Trip> {
    let (size, call) =
        ("PnpPowerEventCallbacks->Size is not", "WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit=init0");
    let steps = [START, OPEN, CLOSE, REMOVE];
    vec![
        trip_in(&steps, Rule::ArgumentInvalid, M::WrongPnpCallbacksSize, size, call),
        trip(
            Rule::DriverCreateTwice,
            M::CreateDriverTwice,
            "a driver has one driver object",
            "WdfDriverCreate(DriverObject=address",
        ),
    ]
}

fn mappings() -> Vec<Trip> {
    let map = "WdfDeviceMapIoSpace(Device=device0";
    let unmap = "WdfDeviceUnmapIoSpace(Device=device0";
    let release = "EvtDeviceReleaseHardware(device0)";
    let (outside, twice, mismatch) = (Rule::MapOutsideResources, Rule::MapTwice, Rule::UnmapMismatch);
    let left = Rule::RegistersLeftMapped;
    let not_allowed =
        Fixture { hardware_allowed: false, ..Fixture::new(M::None, &[START, OPEN, LATER, CLOSE, REMOVE]) };
    vec![
        Trip {
            rule: Rule::HwNotAllowed,
            fixture: not_allowed,
            names: "UmdfDirectHardwareAccess = AllowDirectHardwareAccess",
            call: map,
        },
        trip(outside, M::MapOutside, "0x80 bytes at 0x8c0001000", map),
        trip(outside, M::MapAcrossEnd, "0x2 bytes at 0x8c0000fff", map),
        trip(outside, M::MapOverflow, "0xffffffffffffffff bytes at 0x8c0000001", map),
        trip(outside, M::MapBeforePrepare, "0x80 bytes at 0x8c0000000", map),
        trip(outside, M::MapAfterRelease, "0x80 bytes at 0x8c0000000", map),
        trip(twice, M::MapTwice, "at 0x8c0000000 is mapped already: 0x80 bytes at 0x8c0000000", map),
        trip(twice, M::MapOtherPart, "at 0x8c0000000 is mapped already: 0x80 bytes at 0x8c0000000", map),
        trip(Rule::MapZero, M::MapNothing, "address 0x8c0000000, 0x0 bytes", map),
        trip(Rule::MapZero, M::MapAddressZero, "address 0x0, 0x80 bytes", map),
        trip(Rule::MapBadCache, M::MapUnknownCache, "CacheType", map),
        trip(Rule::MapBadCache, M::MapNegativeCache, "CacheType", map),
        trip(mismatch, M::UnmapOtherBase, "0x80 bytes at pseudo base of 0x8c0000001", unmap),
        trip(mismatch, M::UnmapOtherLength, "0x7f bytes at pseudo base of 0x8c0000000", unmap),
        trip(mismatch, M::UnmapTwice, "mapped is nothing", unmap),
        trip(mismatch, M::UnmapNull, "an address that is no pseudo base", unmap),
        trip(left, M::LeaveMapped, "0x80 bytes at 0x8c0000000", release),
        trip_in(
            &[START_FAILS, REMOVE],
            left,
            M::FailPrepareLeaveMapped,
            "0x80 bytes at 0x8c0000000",
            release,
        ),
        trip_in(
            &[START, REMOVE],
            Rule::PrepareReleaseLeak,
            M::FailReleaseLeaveMapped,
            "0x80 bytes at 0x8c0000000",
            release,
        ),
        trip(left, M::NoRelease, "0x80 bytes at 0x8c0000000", "EvtDeviceD0Exit(device0)"),
    ]
}

fn accesses() -> Vec<Trip> {
    let read = "WdfDeviceReadFromHardware(Device=device0";
    let (range, arguments) = (Rule::HwAccessRange, Rule::HwAccessArgs);
    let mut trips = vec![
        trip(range, M::ReadBehindMapping, "1 bytes at 0x8c0000080", read),
        trip(range, M::ReadAcrossEnd, "4 bytes at 0x8c000007d", read),
        trip(range, M::ReadBufferAcrossEnd, "16 bytes at 0x8c0000074", read),
        trip(range, M::ReadHugeBuffer, "17179869180 bytes at 0x8c0000000", read),
        trip(
            range,
            M::WriteBehindMapping,
            "1 bytes at 0x8c0000080",
            "WdfDeviceWriteToHardware(Device=device0",
        ),
        trip(range, M::ReadPhysical, "no pseudo address", read),
        trip(range, M::ReadAfterUnmap, "mapped is nothing", read),
        trip(range, M::ReadPort, "port 0x80", read),
        trip(arguments, M::AccessUnknownType, "Type", read),
        trip(arguments, M::AccessUnknownSize, "Size", read),
        trip(arguments, M::AccessNull, "TargetAddress is NULL", read),
        trip(arguments, M::AccessWithoutBuffer, "without a buffer", read),
        trip(arguments, M::AccessCountZero, "Count 0", read),
        trip(arguments, M::AccessNeedlessBuffer, "one element with a buffer", read),
        trip(arguments, M::AccessNeedlessCount, "a Count", read),
    ];
    // Elsewhere a pseudo address may be one of memory.
    if cfg!(target_arch = "x86_64") {
        let pseudo = "mov of 4 bytes at the pseudo address of 0x8c0000000";
        trips.push(trip(Rule::PseudoAddressDeref, M::DereferenceBase, pseudo, "EvtDeviceD0Entry(device0"));
    }
    trips
}

fn handles() -> Vec<Trip> {
    let get_driver = "WdfDeviceGetDriver(";
    let delete = "WdfObjectDelete(";
    let (wrong, stale, null) = (Rule::HandleNullOrType, Rule::HandleStale, Rule::ParamNull);
    let owned = Rule::DeleteFrameworkOwned;
    vec![
        trip(wrong, M::HandleNull, "Device is NULL", get_driver),
        trip(wrong, M::HandleMadeUp, "Device is not a handle", get_driver),
        trip(wrong, M::HandleForged, "Device is not a handle", get_driver),
        trip(wrong, M::HandleOfOtherType, "Device is driver0, a WDFDRIVER, not a WDFDEVICE", get_driver),
        trip(
            wrong,
            M::ParentIsInit,
            "Attributes->ParentObject is init0, a WDFDEVICE_INIT, not a WDFOBJECT",
            "WdfObjectCreate(",
        ),
        trip(stale, M::HandleOfDeleted, "Object is object0", delete),
        trip(stale, M::HandleOfUsedInit, "DeviceInit is init0", "WdfDeviceInitSetIoType("),
        trip_in(
            &[START, OPEN, WRITE_AND_READ, AFTER_ONE, CLOSE, REMOVE],
            stale,
            M::HandleOfCompleted,
            "Request is request1",
            "WdfRequestRetrieveInputBuffer(",
        ),
        trip(null, M::NullConfig, "Config is NULL", "WdfIoQueueCreate(Device=device0, Config=NULL"),
        trip(null, M::NullBase, "PseudoBaseAddress is NULL", "WdfDeviceMapIoSpace("),
        trip(null, M::NullBuffer, "Buffer is NULL", "WdfRequestRetrieveInputBuffer("),
        trip(null, M::NullName, "ValueName is NULL", "WdfRegistryQueryULong("),
        trip(owned, M::DeleteDriver, "WdfObjectDelete(driver0)", "WdfObjectDelete(Object=driver0)"),
        trip(owned, M::DeleteDevice, "WdfObjectDelete(device0)", "WdfObjectDelete(Object=device0)"),
        trip(owned, M::DeleteDefaultQueue, "WdfObjectDelete(queue0)", "WdfObjectDelete(Object=queue0)"),
        trip(owned, M::DeleteResourceList, "WdfObjectDelete(list1)", "WdfObjectDelete(Object=list1)"),
        trip_in(
            &[START, OPEN, WRITE_AND_READ, CLOSE, REMOVE],
            owned,
            M::DeleteRequest,
            "WdfObjectDelete(request1)",
            "WdfObjectDelete(Object=request1)",
        ),
        trip(owned, M::DeleteFileObject, "WdfObjectDelete(file0)", "WdfObjectDelete(Object=file0)"),
    ]
}

fn requests() -> Vec<Trip> {
    let kept = Rule::ReqNotCompleted;
    let forwarded = |misbehaviour, call| {
        let steps = &[START, OPEN, KEEP, AFTER_ONE, CLOSE, REMOVE];
        trip_in(steps, Rule::ReqNotOwned, misbehaviour, "request1 is in a queue", call)
    };
    let complete = "WdfRequestCompleteWithInformation(Request=";
    let once = &[START, OPEN, WRITE_AND_READ, AFTER_ONE, CLOSE, REMOVE];
    vec![
        timed_trip(
            &[START, OPEN, PENDING, AFTER_ONE, CLOSE, REMOVE],
            kept,
            M::KeepRequest,
            "close of open 1 waits for request1",
            "EvtFileCleanup(file0)",
        ),
        timed_trip(
            &[START, OPEN, PENDING, AFTER_ONE, SURPRISE_REMOVE, CLOSE, REMOVE],
            kept,
            M::KeepRequest,
            "power-down waits for request1",
            "EvtIoStop(queue0",
        ),
        timed_trip(
            &[START, OPEN_CANCELLED, REMOVE],
            kept,
            M::KeepCreate,
            "open 1 waits for request0",
            "EvtDeviceFileCreate(device0",
        ),
        trip_in(once, Rule::ReqDoubleComplete, M::CompleteTwice, "request1", complete),
        trip_in(once, Rule::ReqDoubleComplete, M::CompleteTwiceLater, "request1", complete),
        forwarded(M::CompleteForwarded, complete),
        forwarded(M::RetrieveForwarded, "WdfRequestRetrieveInputBuffer(Request=request1"),
        forwarded(M::ForwardForwarded, "WdfRequestForwardToIoQueue(Request=request1"),
        forwarded(M::SetForwarded, "WdfRequestSetInformation(Request=request1"),
        trip_in(
            once,
            Rule::ReqInfoTooLarge,
            M::InformationTooLarge,
            "request1 has 4 output bytes",
            "WdfRequestCompleteWithInformation(Request=request1, Status=STATUS_SUCCESS, Information=0x5)",
        ),
        trip_in(
            once,
            Rule::ReqInfoTooLarge,
            M::SetInformationTooLarge,
            "request1 has 4 output bytes and is completed with 5",
            "WdfRequestComplete(Request=request1",
        ),
    ]
}

fn locks_and_timers() -> Vec<Trip> {
    let (recursion, not_owned) = (Rule::LockRecursion, Rule::LockNotOwned);
    vec![
        trip(recursion, M::RecurseSpinLock, "spinlock0", "WdfSpinLockAcquire(SpinLock=spinlock0)"),
        trip(recursion, M::RecurseWaitLock, "waitlock0", "WdfWaitLockAcquire(Lock=waitlock0"),
        trip(not_owned, M::ReleaseFreeSpinLock, "spinlock0", "WdfSpinLockRelease(SpinLock=spinlock0)"),
        trip(not_owned, M::ReleaseFreeWaitLock, "waitlock0", "WdfWaitLockRelease(Lock=waitlock0)"),
        trip(not_owned, M::ReleaseOthersLock, "waitlock1", "WdfWaitLockRelease(Lock=waitlock1)"),
        trip(
            Rule::TimerStopInCallback,
            M::StopTimerInCallback,
            "WdfTimerStop(timer0)",
            "WdfTimerStop(Timer=timer0, Wait=0x1)",
        ),
    ]
}

fn hangs() -> Vec<Trip> {
    let hang = |misbehaviour, names, call| timed_trip(LIFE, Rule::CallbackTimeout, misbehaviour, names, call);
    vec![
        hang(M::HangInDriverEntry, "DriverEntry(misbehave)", "WdfRegistryClose"),
        hang(M::HangInD0Entry, "EvtDeviceD0Entry(device0)", "WdfObjectDelete"),
        hang(M::HangInIoctl, "EvtIoDeviceControl(queue0)", "WdfIoQueueGetDevice"),
        hang(M::HangInTimer, "EvtTimerFunc(timer0)", "WdfTimerGetParentObject"),
        hang(M::HangWithChild, "EvtDeviceD0Entry(device0)", "the child is process"),
        hang(M::HangOnLock, "EvtDeviceD0Entry(device0)", "WdfWaitLockAcquire(Lock=waitlock0"),
    ]
}

fn bindings() -> Vec<Trip> {
    let bind = |service, names| {
        let steps = &[START_WITHOUT_DEVICE];
        let fixture = Fixture { driver: "bad_bind", service, ..Fixture::new(M::None, steps) };
        Trip { rule: Rule::BindTableMismatch, fixture, names, call: "WdfVersionBind(" }
    };
    vec![
        bind("bind_250", "250 functions"),
        bind("bind_0", "0 functions"),
        bind("bind_200", "200 functions"),
        bind("bind_short", "8 bytes"),
        // Released, but later than this host's framework.
        bind("bind_260", "260 functions"),
        bind("bind_4294967295", "4294967295 functions"),
        bind("bind_nowhere", "no place for functions"),
    ]
}
