//! What the fixture driver can do wrong. The number stands in its INF, that of a death in a request; driver
//! and tests share this file.

/// One misbehaviour. Zero is the driver as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Misbehaviour {
    /// None: the driver is a good one.
    None = 0,

    /// Maps the bytes behind the BAR.
    MapOutside = 100,
    /// Maps the last byte of the BAR and the one behind it.
    MapAcrossEnd = 101,
    /// Maps so many bytes that address and length overflow.
    MapOverflow = 102,
    /// Maps in EvtDriverDeviceAdd.
    MapBeforePrepare = 103,
    /// Maps in EvtCleanupCallback of the device, after EvtDeviceReleaseHardware.
    MapAfterRelease = 104,
    /// Maps the same range again.
    MapTwice = 105,
    /// Maps another part of the mapped BAR.
    MapOtherPart = 106,
    /// Maps zero bytes.
    MapNothing = 107,
    /// Maps the physical address 0.
    MapAddressZero = 108,
    /// Maps with the cache type behind the last one.
    MapUnknownCache = 109,
    /// Maps with a negative cache type.
    MapNegativeCache = 110,
    /// Unmaps with another base first.
    UnmapOtherBase = 120,
    /// Unmaps with another length first.
    UnmapOtherLength = 121,
    /// Unmaps twice.
    UnmapTwice = 122,
    /// Unmaps NULL first.
    UnmapNull = 123,
    /// Does not unmap in EvtDeviceReleaseHardware.
    LeaveMapped = 124,
    /// Fails EvtDevicePrepareHardware after mapping and does not unmap in EvtDeviceReleaseHardware.
    FailPrepareLeaveMapped = 125,
    /// Has no EvtDeviceReleaseHardware.
    NoRelease = 126,
    /// Fails EvtDeviceReleaseHardware with the registers still mapped.
    FailReleaseLeaveMapped = 127,

    /// Reads the one byte behind the mapping, inside the BAR.
    ReadBehindMapping = 140,
    /// Reads four bytes, the last one behind the mapping.
    ReadAcrossEnd = 141,
    /// Reads elements of which the last one is behind the mapping.
    ReadBufferAcrossEnd = 142,
    /// Reads as many elements as a count can say.
    ReadHugeBuffer = 143,
    /// Writes the one byte behind the mapping.
    WriteBehindMapping = 144,
    /// Reads at the physical address instead of the pseudo base.
    ReadPhysical = 145,
    /// Reads after unmapping.
    ReadAfterUnmap = 146,
    /// Reads a port that was not assigned.
    ReadPort = 147,
    /// Reads the first register in EvtDeviceD0Exit and traces it, which is no broken rule.
    ReadInD0Exit = 148,
    /// Accesses with a type that does not exist.
    AccessUnknownType = 150,
    /// Accesses with a size that does not exist.
    AccessUnknownSize = 151,
    /// Accesses the address NULL.
    AccessNull = 152,
    /// Accesses several elements without a buffer.
    AccessWithoutBuffer = 153,
    /// Accesses a buffer of no elements.
    AccessCountZero = 154,
    /// Accesses one element and passes a buffer.
    AccessNeedlessBuffer = 155,
    /// Accesses one element and passes a count.
    AccessNeedlessCount = 156,

    /// Passes NULL for a handle.
    HandleNull = 200,
    /// Passes a number that is no handle.
    HandleMadeUp = 201,
    /// Passes a number that only looks like a handle.
    HandleForged = 202,
    /// Passes the handle of another object type.
    HandleOfOtherType = 203,
    /// Uses an object after deleting it.
    HandleOfDeleted = 204,
    /// Uses the device init after WdfDeviceCreate.
    HandleOfUsedInit = 205,
    /// Uses a request after completing it.
    HandleOfCompleted = 206,
    /// Makes an object below the device init.
    ParentIsInit = 207,
    /// Passes NULL for a structure.
    NullConfig = 210,
    /// Passes NULL for an out parameter of WdfDeviceMapIoSpace.
    NullBase = 211,
    /// Passes NULL for an out parameter of WdfRequestRetrieveInputBuffer.
    NullBuffer = 212,
    /// Passes NULL for the name of a registry value.
    NullName = 213,
    /// Deletes the driver object.
    DeleteDriver = 220,
    /// Deletes the device object.
    DeleteDevice = 221,
    /// Deletes the default queue.
    DeleteDefaultQueue = 222,
    /// Deletes a resource list.
    DeleteResourceList = 223,
    /// Deletes a file object.
    DeleteFileObject = 224,
    /// Deletes an object once more in its own EvtDestroyCallback.
    DeleteInDestroy = 225,
    /// Dereferences an object that it did not reference.
    DereferenceTooOften = 230,
    /// Dereferences an object that it did not reference while the object is deleted.
    DereferenceInCleanup = 231,
    /// References an object that is being destroyed.
    ReferenceInDestroy = 232,
    /// Never gives a reference back.
    LeakReference = 233,
    /// Removes an object from a collection that does not have it.
    RemoveAbsentObject = 234,
    /// Removes an item that a collection does not have.
    RemoveAbsentItem = 235,
    /// Reads a registry value whose name has no NUL at its end.
    NameNotTerminated = 236,
    /// Acquires the callback lock of an object that has none.
    AcquireObjectLock = 237,
    /// Releases the callback lock of an object that has none.
    ReleaseObjectLock = 238,
    /// Releases a callback lock that it does not hold.
    ReleaseCallbackLock = 239,
    /// Calls WdfVerifierDbgBreakPoint.
    BreakPoint = 240,
    /// Calls WdfVerifierKeBugCheck.
    BugCheck = 241,

    /// Never completes the request.
    KeepRequest = 300,
    /// Never completes a create request.
    KeepCreate = 301,
    /// Completes a request twice.
    CompleteTwice = 302,
    /// Deletes a request from a queue.
    DeleteRequest = 398,
    /// Keeps the first request until the second one comes, then answers both.
    AnswerLate = 399,
    /// Completes a request that it forwarded.
    CompleteForwarded = 303,
    /// Retrieves a buffer of a request that it forwarded.
    RetrieveForwarded = 304,
    /// Forwards a request that it forwarded.
    ForwardForwarded = 305,
    /// Sets the information of a request that it forwarded.
    SetForwarded = 306,
    /// Completes with one byte more than the output buffer has.
    InformationTooLarge = 307,
    /// Sets one byte more than the output buffer has, then completes.
    SetInformationTooLarge = 308,
    /// Completes a failed request with too large information, which is no broken rule.
    InformationTooLargeOfFailure = 309,
    /// Forwards a request after its handle was closed, which is no broken rule.
    ForwardLate = 310,
    /// Uses its device long after it completed the request, which is no broken rule.
    ReturnLate = 311,
    /// Completes a request again when another object has come and gone in its place.
    CompleteTwiceLater = 312,
    /// Keeps a request until EvtIoStop asks for it, which is no broken rule.
    CompleteOnStop = 313,

    /// Answers each request a quarter of a second after the one before, on a thread of its own, which is no
    /// broken rule.
    AnswerInTurn = 314,

    /// Acquires a spin lock twice.
    RecurseSpinLock = 400,
    /// Acquires a wait lock twice.
    RecurseWaitLock = 401,
    /// Releases a spin lock that is free.
    ReleaseFreeSpinLock = 402,
    /// Releases a wait lock that is free.
    ReleaseFreeWaitLock = 403,
    /// Releases on one thread what another one holds.
    ReleaseOthersLock = 404,
    /// Waits for a timer in the timer's own callback.
    StopTimerInCallback = 405,

    /// Hangs in DriverEntry.
    HangInDriverEntry = 500,
    /// Hangs in EvtDeviceD0Entry.
    HangInD0Entry = 501,
    /// Hangs in EvtIoDeviceControl.
    HangInIoctl = 502,
    /// Hangs in EvtTimerFunc.
    HangInTimer = 503,
    /// Waits in EvtDeviceD0Entry for a lock that a thread never releases.
    HangOnLock = 504,
    /// Starts a process, then hangs in EvtDeviceD0Entry.
    HangWithChild = 505,
    /// Hangs in EvtDeviceD0Entry while a periodic timer goes on.
    HangBesideTimer = 506,
    /// Takes two locks in one order for a request and in the other in a work item.
    LocksInOtherOrder = 507,
    /// Forgets a request whose input it does not get.
    ForgetOnError = 508,
    /// Does not load into an image that it was loaded into before, which no image is.
    LoadOnce = 509,
    /// Forgets a request that comes in the middle of another one on the same thread, which none does.
    ForgetNested = 510,
    /// Completes each request that fails with a status of its own, which is no broken rule.
    OtherStatusOnError = 511,
    /// Hangs in DriverEntry where the file that `MISBEHAVE_LIVES` names has counted one life before.
    HangInSecondLife = 512,
    /// Does not load on another thread than the library was loaded on, which none is.
    LoadWhereInitialised = 513,

    /// Calls functions with arguments that they refuse with a status, and traces it.
    WrongArguments = 600,
    /// Gives WDF_PNPPOWER_EVENT_CALLBACKS a wrong size.
    WrongPnpCallbacksSize = 601,
    /// Gives WDF_FILEOBJECT_CONFIG a wrong size.
    WrongFileObjectConfigSize = 602,
    /// Calls WdfUsbTargetDeviceCreate, which the host does not have.
    CallUsb = 611,

    /// Writes near NULL.
    WriteNearNull = 700,
    /// Dereferences the pseudo base address.
    DereferenceBase = 701,
    /// Dereferences a handle.
    DereferenceHandle = 702,
    /// Aborts.
    Abort = 703,
    /// Leaves with exit code 3.
    ExitThree = 704,
    /// Leaves with exit code 0.
    ExitZero = 705,
    /// Calls itself without an end.
    OverflowStack = 706,
    /// Lets a panic out of a callback.
    Panic = 707,
    /// Starts a process that lives on.
    StartChild = 708,
    /// Traces without an end.
    TraceForEver = 709,
    /// Traces on a thread of its own from EvtDriverUnload on, which is no broken rule.
    TraceAfterUnload = 710,
    /// Overwrites the history.
    DamageHistory = 711,
    /// Starts a process in a session of its own, which lives on and is nobody's child.
    StartDaemon = 730,
    /// Starts such a process, then dies in EvtDeviceD0Entry.
    DieWithDaemon = 731,
    /// Starts such a process, then stops its own, so that no thread of it runs any more.
    StopWithDaemon = 732,
    /// Reads its standard input to the end, which is no broken rule.
    ReadInput = 733,
    /// Dies in DriverEntry.
    DieInDriverEntry = 720,
    /// Dies in EvtDriverDeviceAdd.
    DieInDeviceAdd = 721,
    /// Dies in EvtDevicePrepareHardware.
    DieInPrepare = 722,
    /// Dies in EvtInterruptIsr.
    DieInIsr = 723,
    /// Dies in EvtDriverUnload.
    DieInUnload = 724,
    /// Dies in EvtDeviceD0Exit.
    DieInD0Exit = 725,
    /// Dies in EvtDeviceFileCreate.
    DieInFileCreate = 726,
    /// Dies in EvtFileClose.
    DieInFileClose = 727,
    /// Dies in EvtDeviceSurpriseRemoval.
    DieInSurpriseRemoval = 728,

    /// Acquires a callback lock twice.
    AcquireCallbackLockTwice = 712,
    /// Acquires the device's callback lock while it holds that of a queue.
    AcquireCallbackLocksInWrongOrder = 713,

    /// Calls WdfDriverCreate twice.
    CreateDriverTwice = 809,
    /// Fails DriverEntry after WdfDriverCreate.
    FailDriverEntry = 800,
    /// Fails EvtDriverDeviceAdd after WdfDeviceCreate.
    FailDeviceAdd = 801,
    /// Leaves EvtDriverDeviceAdd with success and without a device.
    AddNoDevice = 802,
    /// Fails EvtDevicePrepareHardware before mapping.
    FailPrepare = 803,
    /// Fails EvtDeviceD0Entry.
    FailD0Entry = 804,
    /// Fails EvtDeviceD0EntryPostInterruptsEnabled.
    FailPostInterruptsEnabled = 805,
    /// Fails EvtDeviceSelfManagedIoInit.
    FailSelfManagedIoInit = 806,
    /// Fails EvtDeviceFileCreate.
    FailFileCreate = 807,
    /// Takes its time in each callback of the device's removal, which is no broken rule.
    RemoveSlowly = 808,
}

/// A way to die, as a request asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Death {
    /// Writes near NULL.
    Crash = 1,
    /// Aborts.
    Abort = 2,
    /// Calls itself without an end.
    OverflowStack = 3,
    /// Never returns.
    Hang = 4,
    /// Leaves with exit code 3.
    Exit = 5,
    /// Passes NULL for a handle.
    BreakRule = 6,
    /// Crashes on a thread of its own, some milliseconds after the request is completed.
    CrashLater = 7,
}
