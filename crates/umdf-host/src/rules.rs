//! The contract rules: what Windows would punish, by name.
//!
//! Sources: Microsoft Learn, "Using UMDF Verifier"; microsoft/Windows-Driver-Frameworks, `src/framework/shared`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use not_testable::{NOT_TESTABLE, NotTestable};

mod not_testable;

/// What a broken rule leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The framework ends the host process.
    Terminate,
    /// The framework reports the mistake when the verifier is on, and goes on.
    Report,
}

/// One rule, for the list that `umdf-host rules` prints.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RuleText {
    /// Name, as in reports and for `--without-rule`.
    pub name: &'static str,
    /// What this host does when the rule is broken.
    pub outcome: Outcome,
    /// What the driver did wrong.
    pub meaning: &'static str,
    /// What Windows does about it.
    pub windows: &'static str,
    /// How to mend the driver.
    pub mend: &'static str,
    /// Whether `--without-rule` may name it.
    pub can_be_switched_off: bool,
}

macro_rules! rules {
    ($($rule:ident $name:literal $outcome:ident {
        $meaning:literal, $windows:literal, $mend:literal
    })+) => {
        /// A contract rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Rule {
            $(#[doc = $meaning] $rule,)+
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// Name, meaning and cure.
            pub const fn text(self) -> RuleText {
                match self {
                    $(Self::$rule => RuleText {
                        name: $name,
                        outcome: Outcome::$outcome,
                        meaning: $meaning,
                        windows: $windows,
                        mend: $mend,
                        // Nothing else would end a run whose driver hangs.
                        can_be_switched_off: !matches!(self, Self::CallbackTimeout),
                    },)+
                }
            }
        }
    };
}

rules! {
    HandleNullOrType "HANDLE_NULL_OR_TYPE" Terminate {
        "a handle is NULL, not a handle, or of another object type",
        "ends the host process (WDF_INVALID_HANDLE)",
        "pass the handle that the framework gave, to a function for that object type"
    }
    HandleStale "HANDLE_STALE" Terminate {
        "a handle is used after its object was destroyed",
        "does not detect it: the driver reads or writes freed memory",
        "forget a handle when its object is deleted or its request completed"
    }
    ParamNull "PARAM_NULL" Terminate {
        "a required pointer is NULL",
        "ends the host process (FX_VERIFY)",
        "pass the structure or the address that the function's page asks for"
    }
    BindTableMismatch "BIND_TABLE_MISMATCH" Terminate {
        "the driver binds with a function count that no UMDF version has",
        "ends the host process (DDIFunctionTableMismatched)",
        "bind with the count of the headers that the driver was built with: 257 for UMDF 2.15"
    }
    DriverCreateTwice "DRIVER_CREATE_TWICE" Report {
        "WdfDriverCreate is called once more",
        "refuses it with STATUS_DRIVER_INTERNAL_ERROR",
        "make the driver object once, in DriverEntry"
    }
    HwNotAllowed "HW_NOT_ALLOWED" Terminate {
        "hardware is accessed although the INF does not allow it",
        "ends the host process",
        "set UmdfDirectHardwareAccess = AllowDirectHardwareAccess in the .Wdf section of the INF"
    }
    MapOutsideResources "MAP_OUTSIDE_RESOURCES" Terminate {
        "the range to map is not inside one assigned memory resource",
        "ends the host process",
        "map from the translated resource list, inside one descriptor, between PrepareHardware and ReleaseHardware"
    }
    MapTwice "MAP_TWICE" Terminate {
        "a resource that is mapped already is mapped again",
        "ends the host process: one mapping a descriptor",
        "map each descriptor once and keep the pseudo base address"
    }
    MapZero "MAP_ZERO" Terminate {
        "WdfDeviceMapIoSpace with length 0 or physical address 0",
        "ends the host process",
        "check the descriptor before mapping it"
    }
    MapBadCache "MAP_BAD_CACHE" Terminate {
        "the cache type is not one of MEMORY_CACHING_TYPE",
        "ends the host process",
        "map registers with MmNonCached"
    }
    UnmapMismatch "UNMAP_MISMATCH" Terminate {
        "base or length to unmap are not exactly those of a current mapping",
        "ends the host process",
        "keep base and length together and unmap once with both"
    }
    RegistersLeftMapped "REGISTERS_LEFT_MAPPED" Terminate {
        "registers are still mapped after EvtDeviceReleaseHardware returned success",
        "ends the host process",
        "unmap everything in EvtDeviceReleaseHardware, also after a failed EvtDevicePrepareHardware"
    }
    PrepareReleaseLeak "PREPARE_RELEASE_LEAK" Report {
        "EvtDeviceReleaseHardware fails and leaves registers mapped",
        "does not look for them after a failure: they stay mapped for as long as the host process lives",
        "unmap everything in EvtDeviceReleaseHardware, also when something else in it fails"
    }
    HwAccessRange "HW_ACCESS_RANGE" Terminate {
        "a register access is not wholly inside a current mapping, or a port access not inside a port resource",
        "ends the host process",
        "use pseudo base + offset with offset + size within the mapped length"
    }
    HwAccessArgs "HW_ACCESS_ARGS" Terminate {
        "a hardware access has a wrong type, size, buffer or count",
        "ends the host process",
        "buffer and count belong to the Buffer access types only"
    }
    HwMappedAddrMode "HW_MAPPED_ADDR_MODE" Terminate {
        "the mapped address of registers is asked for although the INF does not map them into the process",
        "ends the host process",
        "access registers with WdfDeviceReadFromHardware and WdfDeviceWriteToHardware, which work in both modes"
    }
    HwMappedAddrBase "HW_MAPPED_ADDR_BASE" Terminate {
        "the mapped address of registers is asked for with an address that is no pseudo base address of a current mapping",
        "ends the host process",
        "ask with exactly what WdfDeviceMapIoSpace gave, before WdfDeviceUnmapIoSpace"
    }
    PseudoAddressDeref "PSEUDO_ADDRESS_DEREF" Terminate {
        "a pseudo base address is used as a pointer",
        "does not detect it: the pseudo address is opaque, and the driver crashes or touches other memory",
        "pass pseudo addresses to WdfDeviceReadFromHardware and WdfDeviceWriteToHardware only, or dereference what WdfDeviceGetHardwareRegisterMappedAddress returns"
    }
    HwAccessInstruction "HW_ACCESS_INSTRUCTION" Terminate {
        "mapped registers are accessed with an instruction that is no single access of 1, 2, 4 or 8 bytes",
        "does not detect it: the processor makes accesses of its own choice of it, which the device may not know",
        "use read_volatile and write_volatile of u8, u16, u32 or u64, and neither memcpy nor whole structures"
    }
    HwAccessNotD0 "HW_ACCESS_NOT_D0" Report {
        "registers are accessed after EvtDeviceD0Exit",
        "does not detect it: reads give anything, writes are lost",
        "access registers from EvtDeviceD0Entry to EvtDeviceD0Exit"
    }
    HwAccessUnaligned "HW_ACCESS_UNALIGNED" Report {
        "the address of a register access is no multiple of its width",
        "does not detect it: the processor or the device splits or drops the access",
        "align each access to its width"
    }
    HwAccessSizeForDevice "HW_ACCESS_SIZE_FOR_DEVICE" Report {
        "the device does not decode accesses of that width at that register",
        "does not detect it: what the device then answers is its own affair",
        "use the widths that the device's document gives for the register"
    }
    ApiUnavailable "API_UNAVAILABLE" Terminate {
        "a function or a device property that UMDF does not have",
        "ends the host process",
        "use what the function's page lists for UMDF"
    }
    ArgumentInvalid "ARGUMENT_INVALID" Report {
        "a structure size or a value that a function does not take, in a call that cannot tell by its status alone",
        "breaks into the debugger when the verifier is on and ignores the call",
        "initialise structures with their WDF_XXX_INIT function and use values that the function's page lists"
    }
    ReqNotOwned "REQ_NOT_OWNED" Report {
        "a request that the driver does not own is completed, forwarded, sent or changed",
        "reports it and ignores the call when the verifier is on",
        "touch a request only between its dispatch and its completion or forwarding"
    }
    ReqDoubleComplete "REQ_DOUBLE_COMPLETE" Terminate {
        "a request is completed twice",
        "breaks into the debugger when the verifier is on; otherwise freed memory is used",
        "let exactly one place own the request; take it out of the shared state before completing it"
    }
    ReqInfoTooLarge "REQ_INFO_TOO_LARGE" Terminate {
        "a request is completed successfully with more bytes than its buffer has",
        "ends the host process when the verifier is on (WDF_REQUEST_FATAL_ERROR)",
        "complete with the number of bytes written, at most the output length"
    }
    ReqCompleteWhileCancelable "REQ_COMPLETE_WHILE_CANCELABLE" Report {
        "a request is completed while it is marked cancelable",
        "reports it when the verifier is on: EvtRequestCancel may complete the request at the same time",
        "call WdfRequestUnmarkCancelable first, and complete only if it returns success"
    }
    ReqCancelMark "REQ_CANCEL_MARK" Report {
        "a request is marked, forwarded, requeued, acknowledged or asked whether it is cancelled while it is marked as cancelable, or unmarked while it is not",
        "refuses it and reports it when the verifier is on",
        "know of each request whether it is marked, and call WdfRequestUnmarkCancelable before anything else"
    }
    ReqWrongQueue "REQ_WRONG_QUEUE" Report {
        "a request is forwarded to its own queue or to another device's, requeued from a queue that is not manual, or its queue is asked for although it came to EvtDeviceFileCreate",
        "refuses it and reports it when the verifier is on",
        "forward between the queues of one device; give a request back only to a manual queue"
    }
    ReqSentWhileCancelable "REQ_SENT_WHILE_CANCELABLE" Report {
        "a request is sent while it is marked cancelable",
        "does not detect it: EvtRequestCancel completes a request that the driver below has",
        "call WdfRequestUnmarkCancelable first, and send only if it returns success"
    }
    ReqAlreadySent "REQ_ALREADY_SENT" Terminate {
        "a request is sent that is sent already",
        "ends the host process (WDF_REQUEST_FATAL_ERROR, 3)",
        "send a request again only after its completion routine was called"
    }
    ReqCompleteWhileSent "REQ_COMPLETE_WHILE_SENT" Terminate {
        "a request is completed while it is sent",
        "does not detect it: the request is completed twice and freed memory is used",
        "complete a request that was sent in its completion routine; to end it earlier call WdfRequestCancelSentRequest"
    }
    ReqChangedWhileSent "REQ_CHANGED_WHILE_SENT" Report {
        "a request is formatted, reused, forwarded or deleted while it is sent",
        "reports a reuse or a deletion when the verifier is on; does not detect the others",
        "change a request in its completion routine or later"
    }
    ReqSentWithoutRoutine "REQ_SENT_WITHOUT_ROUTINE" Report {
        "a request from a queue is sent asynchronously and has no completion routine",
        "refuses it, and reports it when the verifier is on",
        "call WdfRequestSetCompletionRoutine before each WdfRequestSend, or send and forget"
    }
    ReqSendAndForget "REQ_SEND_AND_FORGET" Report {
        "a request is sent and forgotten although its completion matters: it has a completion routine, is formatted with memory, or creates a file object",
        "reports it when the verifier is on; refuses a formatted one",
        "send such a request without WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET"
    }
    ReqNullIrp "REQ_NULL_IRP" Terminate {
        "a request that never had a target is formatted with its current type, sent, or asked for its status",
        "ends the host process (WDF_REQUEST_FATAL_ERROR, 2) or uses a NULL pointer",
        "name the target in WdfRequestCreate or with WdfRequestChangeTarget"
    }
    ReqNoStackLocation "REQ_NO_STACK_LOCATION" Terminate {
        "WdfRequestFormatRequestUsingCurrentType for a request that the driver made: it asks for nothing yet",
        "does not check it in user mode: copies a stack location that is not there",
        "format requests of the driver with WdfIoTargetFormatRequestForRead, Write or Ioctl"
    }
    ReqNotFormatted "REQ_NOT_FORMATTED" Report {
        "the completion parameters are asked for of a request that no WdfIoTargetFormatRequestForXxx formatted",
        "reports it and returns empty parameters",
        "take status and information from the parameters of the completion routine"
    }
    TargetNotOpen "TARGET_NOT_OPEN" Terminate {
        "a request is sent to a remote I/O target that is not open",
        "does not check it: uses a NULL pointer",
        "send only after WdfIoTargetOpen returned success"
    }
    ReqMemoryReferenced "REQ_MEMORY_REFERENCED" Terminate {
        "a request is completed while somebody has references to its memory objects: the driver, or another request that is formatted with them",
        "ends the host process (WDF_VERIFIER_FATAL_ERROR)",
        "dereference the WDFMEMORY of a request, and delete or reuse what is formatted with it, before completing the request"
    }
    ReqCancelIgnored "REQ_CANCEL_IGNORED" Terminate {
        "a cancelled request is not completed",
        "the reflector ends the host process after 60 s",
        "mark requests that take long as cancelable, and complete them in EvtRequestCancel"
    }
    ReqBufferAfterComplete "REQ_BUFFER_AFTER_COMPLETE" Terminate {
        "a buffer of a request is written after the request was completed",
        "does not detect it: the driver writes freed memory",
        "forget the buffers of a request when it is completed"
    }
    StopackOutsideIostop "STOPACK_OUTSIDE_IOSTOP" Report {
        "WdfRequestStopAcknowledge for a request whose EvtIoStop was not called",
        "reports it and ignores the call when the verifier is on",
        "acknowledge only what EvtIoStop asks for, once"
    }
    QueueFatal "QUEUE_FATAL" Terminate {
        "a queue is stopped, drained or purged while the driver waits for an earlier one, or while it is deleted",
        "ends the host process (WDF_QUEUE_FATAL_ERROR)",
        "wait for the completion callback before asking the same of a queue again"
    }
    ImpersonatedDdi "IMPERSONATED_DDI" Terminate {
        "a framework function that is not about the request or a context is called inside EvtRequestImpersonate",
        "ends the host process",
        "do only what needs the application's rights in EvtRequestImpersonate"
    }
    LockHeldOnReturn "LOCK_HELD_ON_RETURN" Report {
        "a callback returns with a lock that it took",
        "does not detect it: the next one who wants the lock waits for ever",
        "release every lock on every way out of a callback"
    }
    ReqNotCompleted "REQ_NOT_COMPLETED" Terminate {
        "open, close, stop or removal waits for a request that the driver never completes",
        "the reflector ends the host process after 60 s",
        "complete every request, at the latest on close, power-down and removal"
    }
    CallbackTimeout "CALLBACK_TIMEOUT" Terminate {
        "the driver makes no progress: a callback does not return",
        "the reflector reports a hang and ends the host process after 60 s",
        "give every wait in a callback a deadline"
    }
    ContextTypeUnknown "CONTEXT_TYPE_UNKNOWN" Terminate {
        "the NULL that WdfObjectGetTypedContextWorker gives for a context type that the object does not have is dereferenced",
        "does not detect it: the driver crashes, and its host process with it",
        "ask for a type that was named when the object was made or given to WdfObjectAllocateContext, or look for the NULL"
    }
    OverDereference "OVER_DEREFERENCE" Terminate {
        "WdfObjectDereference takes away a reference that keeps an object alive that is not deleted",
        "ends the host process when the verifier is on (WDF_OBJECT_ERROR); otherwise freed memory is used",
        "dereference an object as often as it was referenced, and end its life with WdfObjectDelete"
    }
    ObjectLeak "OBJECT_LEAK" Report {
        "objects are still there after the driver object is gone",
        "reports it at unload when the verifier tracks objects",
        "dereference what you reference, and take objects out of collections"
    }
    CollectionNoSuchItem "COLLECTION_NO_SUCH_ITEM" Report {
        "an item is removed from a collection that does not have it",
        "reports it and ignores the call",
        "remove what WdfCollectionGetItem still finds, with an index below WdfCollectionGetCount"
    }
    RegNameNotTerminated "REG_NAME_NOT_TERMINATED" Report {
        "the name of a registry key or value does not end with a NUL",
        "does not detect it: in user mode the framework reads the name up to a NUL, whatever Length says",
        "put a NUL behind the name and count it in MaximumLength, as RtlInitUnicodeString does"
    }
    DriverBreakPoint "DRIVER_BREAK_POINT" Report {
        "the driver calls WdfVerifierDbgBreakPoint",
        "breaks into the debugger when the verifier is on",
        "look what the driver found wrong: the last events are before its call"
    }
    DriverBugCheck "DRIVER_BUG_CHECK" Terminate {
        "the driver calls WdfVerifierKeBugCheck",
        "ends the host process and reports a fatal error of the driver",
        "look what the driver found wrong: the last events are before its call"
    }
    DeleteFrameworkOwned "DELETE_FRAMEWORK_OWNED" Report {
        "WdfObjectDelete on an object that belongs to the framework",
        "reports it and ignores the call",
        "delete only objects that the driver created and that their page allows to delete"
    }
    TimerStopInCallback "TIMER_STOP_IN_CALLBACK" Report {
        "WdfTimerStop with Wait from the timer's own callback",
        "reports it and returns FALSE: the wait would never end",
        "stop a timer without Wait in its own callback"
    }
    LockRecursion "LOCK_RECURSION" Terminate {
        "a thread acquires a lock that it holds",
        "ends the host process when the verifier is on (WDF_RECURSIVE_LOCK); otherwise the thread waits for itself",
        "release the lock before calling code that takes it"
    }
    IntNotPassive "INT_NOT_PASSIVE" Terminate {
        "an interrupt is made without PassiveHandling",
        "ends the host process: UMDF handles interrupts at passive level only",
        "initialise the configuration as WDF_INTERRUPT_CONFIG_INIT of the UMDF headers does: PassiveHandling = TRUE"
    }
    SerializationLevel "SERIALIZATION_LEVEL" Report {
        "AutomaticSerialization with a parent that has a synchronization scope and another execution level: a work item needs WdfExecutionLevelPassive in the parent's own attributes, a timer without that level a parent without it",
        "reports it when the verifier is on and refuses it with STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL",
        "give both objects the same ExecutionLevel, or set AutomaticSerialization to FALSE: WDF_TIMER_CONFIG_INIT and WDF_WORKITEM_CONFIG_INIT set it to TRUE"
    }
    IntCreateLate "INT_CREATE_LATE" Report {
        "an interrupt is made after the device was started and outside EvtDevicePrepareHardware",
        "refuses it with STATUS_INVALID_DEVICE_STATE",
        "make interrupts in EvtDriverDeviceAdd or in EvtDevicePrepareHardware"
    }
    IntBadDescriptorPointer "INT_BAD_DESCRIPTOR_POINTER" Terminate {
        "InterruptRaw or InterruptTranslated is no pointer that WdfCmResourceListGetDescriptor returned",
        "refuses it when the verifier is on; otherwise takes other memory for its own descriptor",
        "pass both pointers as the two resource lists give them, not the addresses of copies"
    }
    IntLevelClaimedNotSilenced "INT_LEVEL_CLAIMED_NOT_SILENCED" Terminate {
        "EvtInterruptIsr claims a level-triggered interrupt again and again, and the line stays high",
        "does not detect it: the ISR is called without end and a processor is lost",
        "silence the device in EvtInterruptIsr, and return TRUE only if it was this device that interrupted"
    }
    IntLevelUnclaimed "INT_LEVEL_UNCLAIMED" Terminate {
        "a level-triggered line stays high and every EvtInterruptIsr on it returns FALSE",
        "does not detect it: the ISRs are called without end and a processor is lost",
        "recognise every interrupt that the device can raise, silence it and return TRUE"
    }
    IntLockRecursion "INT_LOCK_RECURSION" Terminate {
        "a thread acquires the lock of an interrupt that it holds: EvtInterruptIsr, EvtInterruptEnable and EvtInterruptDisable hold it",
        "ends the host process when the verifier is on (WDF_RECURSIVE_LOCK); otherwise the thread waits for itself",
        "do not call WdfInterruptAcquireLock, Synchronize, Enable or Disable from these callbacks"
    }
    IntNoWorkItem "INT_NO_WORK_ITEM" Terminate {
        "a work item or DPC is queued for an interrupt that has neither EvtInterruptWorkItem nor EvtInterruptDpc",
        "does not check it: uses a NULL pointer",
        "register EvtInterruptWorkItem when the interrupt is made"
    }
    TimerStartRunningDown "TIMER_START_RUNNING_DOWN" Report {
        "WdfTimerStart on a timer that is being deleted",
        "reports it and does not start the timer",
        "start no timer in its EvtCleanupCallback or in a callback that may run during its deletion"
    }
    WorkItemEnqueueRunningDown "WORKITEM_ENQUEUE_RUNNING_DOWN" Report {
        "WdfWorkItemEnqueue on a work item that is being deleted",
        "reports it and does not queue the work item",
        "queue no work item in its EvtCleanupCallback"
    }
    WorkItemFlushInCallback "WORKITEM_FLUSH_IN_CALLBACK" Report {
        "WdfWorkItemFlush from the work item's own callback",
        "reports it and returns: the wait would never end",
        "flush a work item from other threads only"
    }
    PnpStatusNotSupported "PNP_STATUS_NOT_SUPPORTED" Report {
        "EvtDevicePrepareHardware, EvtDeviceReleaseHardware, EvtDeviceQueryStop or EvtDeviceQueryRemove returns STATUS_NOT_SUPPORTED",
        "reports it when the verifier is on: the PnP manager takes this status for a request that nobody handled",
        "return another failure"
    }
    ResumeIdleUnbalanced "RESUME_IDLE_UNBALANCED" Report {
        "WdfDeviceResumeIdle without a WdfDeviceStopIdle before it",
        "reports it when the verifier is on; the count of references wraps, and the device never idles again",
        "resume as often as WdfDeviceStopIdle returned a success, and only then"
    }
    LockOrder "LOCK_ORDER" Report {
        "a thread that holds the callback lock of a queue acquires that of a device",
        "reports it when the verifier is on: two threads that take the locks in different orders wait for each other",
        "acquire the device's lock first, or only one of the two"
    }
    CallbackLockReleased "CALLBACK_LOCK_RELEASED" Report {
        "WdfObjectReleaseLock on a thread that does not hold the object's callback lock, or a callback returns without the lock that it was called with",
        "reports it when the verifier is on; otherwise other callbacks run at the same time as this one",
        "release a callback lock once for each time that the driver acquired it, on the same thread"
    }
    ObjectWithoutLock "OBJECT_WITHOUT_LOCK" Terminate {
        "WdfObjectAcquireLock or WdfObjectReleaseLock for an object that is no device, queue or file",
        "ends the host process (WDF_INVALID_LOCK_OPERATION)",
        "pass the device or the queue whose callbacks are to wait; for everything else make a WDFWAITLOCK"
    }
    LockNotOwned "LOCK_NOT_OWNED" Terminate {
        "a thread releases a lock that it does not hold",
        "ends the host process when the verifier is on (WDF_INVALID_LOCK_OPERATION)",
        "release a lock on the thread that acquired it, once"
    }
}

impl Rule {
    /// Name, as in reports and for `--without-rule`.
    pub const fn name(self) -> &'static str {
        self.text().name
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Rule {
    type Err = String;

    /// A rule that may be switched off, by name.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let rule = Self::ALL
            .iter()
            .find(|rule| rule.name() == name)
            .ok_or_else(|| format!("no rule is called {name}; `umdf-host rules` lists them"))?;
        if rule.text().can_be_switched_off {
            Ok(*rule)
        } else {
            Err(format!("{name} cannot be switched off: nothing else would end such a run"))
        }
    }
}
