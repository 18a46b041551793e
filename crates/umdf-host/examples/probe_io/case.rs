//! What a run of the probe is about. Shared with the test, which puts the number into the INF.

/// What the driver does besides being a good driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Case {
    /// The table of checks.
    Checks,
    /// Create requests come to a queue.
    CreateQueue,
    /// Only one application may open the device.
    Exclusive,
    /// All callbacks of the device share a lock.
    DeviceScope,
    /// All callbacks of the default queue share a lock.
    QueueScope,
    /// Callbacks that share no lock acquire that of the device themselves.
    AcquireLock,
    /// All callbacks of the device share a lock, and threads of the driver acquire it, too.
    AcquireLockOnThreads,
    /// The default queue presents two requests at a time.
    TwoAtATime,
    /// EvtIoStop keeps the request, which is completed when the device goes.
    KeepOnStop,
    /// EvtIoStop gives the request back.
    RequeueOnStop,
    /// A request is completed while it is marked cancelable.
    CompleteWhileCancelable,
    /// A cancelled request is kept.
    IgnoreCancel,
    /// The input buffer is written after the completion.
    WriteAfterComplete,
    /// An acknowledgement without EvtIoStop.
    AcknowledgeUnasked,
    /// A second drain before the first one is done.
    DrainTwice,
    /// A framework call while the thread acts as the application.
    CallWhileImpersonating,
    /// WdfRequestImpersonate while the thread acts as the application.
    ImpersonateAgain,
    /// A callback keeps a lock.
    KeepLock,
    /// A request is completed while its memory is referenced.
    KeepMemory,
    /// The parameters of a request are asked for in a structure of no size.
    ParametersOfNoSize,
    /// Callbacks go on after they completed their requests.
    Linger,
    /// Opens go to EvtDeviceFileCreate.
    FileCreate,
    /// As `FileCreate`, and opens have no WDFFILEOBJECT.
    NoFileObject,
    /// As `FileCreate`, and to a queue.
    QueueAndFileCreate,
    /// EvtDeviceFileCreate asks for the queue of the open.
    QueueOfOpen,
    /// A marked request is marked.
    MarkTwice,
    /// A marked request is forwarded.
    ForwardMarked,
    /// A marked request is requeued.
    RequeueMarked,
    /// A marked request is asked whether it is cancelled.
    AskMarked,
    /// A request is forwarded to the queue that it came from.
    ForwardToOwnQueue,
    /// A request is forwarded to another device's queue.
    ForwardToOtherDevice,
    /// A request of a parallel queue is requeued.
    RequeueFromParallel,
}
