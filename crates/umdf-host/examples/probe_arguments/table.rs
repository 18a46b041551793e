//! Framework functions and their arguments. Driver and tests share this file.
//!
//! To add a function, write it under its header with its arguments in order, each with its name in the host's
//! function, its kind and a good value (`crate::good` makes them):
//!
//! - `handle`: NULL, a handle of another type and a stale one end the host;
//! - `optional`: as `handle`, but NULL is fine;
//! - `pointer`, `function`: NULL ends the host;
//! - `given`: nothing that is looked at ends the host.
//!
//! The framework looks at the arguments that may not be NULL in their order, or in the one that `order [..]`
//! gives. `= VALUE` is the answer to good arguments; otherwise a status must be a success, and everything else
//! is fine. `never good` means that no good call can be made here.
//!
//! The kinds make the rows ([`super::rows`]): the tests run the driver once for each.

/// Hands the table to a macro.
macro_rules! for_each_call {
    ($then:ident) => {
        $then! {
            "wdffileobject.h":
                WdfFileObjectGetDevice(FileObject: handle good::file());
                WdfFileObjectGetFileName(FileObject: handle good::file());
                WdfFileObjectGetInitiatorProcessId(FileObject: handle good::file());
                WdfFileObjectGetRelatedFileObject(FileObject: handle good::file());

            "wdfio.h":
                WdfIoQueueCreate(
                    Device: handle good::device(),
                    Config: pointer good::queue_config(),
                    QueueAttributes: given null_mut(),
                    Queue: given good::place(),
                );
                WdfIoQueueGetState(Queue: handle good::queue(), Waiting: given null_mut(), Owned: given null_mut());
                WdfIoQueueGetDevice(Queue: handle good::queue());
                WdfIoQueueStart(Queue: handle good::queue());
                WdfIoQueueStop(Queue: handle good::queue(), StopComplete: given None, Context: given null_mut());
                WdfIoQueueStopSynchronously(Queue: handle good::queue());
                WdfIoQueueDrain(Queue: handle good::queue(), DrainComplete: given None, Context: given null_mut());
                WdfIoQueueDrainSynchronously(Queue: handle good::queue());
                WdfIoQueuePurge(Queue: handle good::queue(), PurgeComplete: given None, Context: given null_mut());
                WdfIoQueuePurgeSynchronously(Queue: handle good::queue());
                WdfIoQueueStopAndPurge(Queue: handle good::queue(), Done: given None, Context: given null_mut());
                WdfIoQueueStopAndPurgeSynchronously(Queue: handle good::queue());
                WdfIoQueueReadyNotify(
                    Queue: handle good::queue(),
                    QueueReady: given Some(good::evt_io_queue_state),
                    Context: given null_mut(),
                );
                WdfIoQueueRetrieveNextRequest(Queue: handle good::waiting(), OutRequest: pointer good::place());
                WdfIoQueueRetrieveRequestByFileObject order [Queue, OutRequest, FileObject] (
                    Queue: handle good::waiting(),
                    FileObject: handle good::file(),
                    OutRequest: pointer good::place(),
                );
                WdfIoQueueRetrieveFoundRequest order [Queue, OutRequest, FoundRequest] (
                    Queue: handle good::waiting(),
                    FoundRequest: handle good::found(),
                    OutRequest: pointer good::place(),
                );
                WdfIoQueueFindRequest(
                    Queue: handle good::waiting(),
                    FoundRequest: optional null_mut(),
                    FileObject: optional null_mut(),
                    Parameters: given null_mut(),
                    OutRequest: pointer good::place_for_found(),
                );

            "wdfiotarget.h":
                WdfDeviceGetIoTarget(Device: handle good::device());
                WdfIoTargetCreate(
                    Device: handle good::device(),
                    IoTargetAttributes: given null_mut(),
                    IoTarget: pointer good::place(),
                );
                WdfIoTargetOpen(
                    IoTarget: handle good::remote(),
                    OpenParams: pointer good::open_params(),
                ) = STATUS_OBJECT_NAME_NOT_FOUND;
                WdfIoTargetCloseForQueryRemove(IoTarget: handle good::remote());
                WdfIoTargetClose(IoTarget: handle good::remote());
                WdfIoTargetWdmGetTargetFileHandle(IoTarget: handle good::remote()) = null_mut();
                WdfIoTargetStart(IoTarget: handle good::target());
                WdfIoTargetStop(IoTarget: handle good::target(), Action: given SentAction::WdfIoTargetCancelSentIo);
                WdfIoTargetPurge(IoTarget: handle good::target(), Action: given PurgeAction::WdfIoTargetPurgeIo);
                WdfIoTargetGetState(IoTarget: handle good::target()) = TargetState::WdfIoTargetStarted;
                WdfIoTargetGetDevice(IoTarget: handle good::target()) = good::device();
                WdfIoTargetSendReadSynchronously(
                    IoTarget: handle good::target(),
                    Request: optional null_mut(),
                    OutputBuffer: given null_mut(),
                    DeviceOffset: given null_mut(),
                    RequestOptions: given null_mut(),
                    BytesRead: given null_mut(),
                ) = STATUS_INVALID_DEVICE_REQUEST;
                WdfIoTargetSendWriteSynchronously(
                    IoTarget: handle good::target(),
                    Request: optional null_mut(),
                    InputBuffer: given null_mut(),
                    DeviceOffset: given null_mut(),
                    RequestOptions: given null_mut(),
                    BytesWritten: given null_mut(),
                ) = STATUS_INVALID_DEVICE_REQUEST;
                WdfIoTargetSendIoctlSynchronously(
                    IoTarget: handle good::target(),
                    Request: optional null_mut(),
                    IoctlCode: given 0,
                    InputBuffer: given null_mut(),
                    OutputBuffer: given null_mut(),
                    RequestOptions: given null_mut(),
                    BytesReturned: given null_mut(),
                ) = STATUS_INVALID_DEVICE_REQUEST;
                WdfIoTargetFormatRequestForRead(
                    IoTarget: handle good::target(),
                    Request: handle good::made(),
                    OutputBuffer: optional good::memory(),
                    OutputBufferOffset: given null_mut(),
                    DeviceOffset: given null_mut(),
                );
                WdfIoTargetFormatRequestForWrite(
                    IoTarget: handle good::target(),
                    Request: handle good::made(),
                    InputBuffer: optional good::memory(),
                    InputBufferOffset: given null_mut(),
                    DeviceOffset: given null_mut(),
                );
                WdfIoTargetFormatRequestForIoctl(
                    IoTarget: handle good::target(),
                    Request: handle good::made(),
                    IoctlCode: given 0,
                    InputBuffer: optional good::memory(),
                    InputBufferOffset: given null_mut(),
                    OutputBuffer: optional good::memory(),
                    OutputBufferOffset: given null_mut(),
                );

            "wdfrequest.h":
                WdfRequestCreate(
                    RequestAttributes: given null_mut(),
                    IoTarget: optional good::target(),
                    Request: pointer good::place(),
                );
                WdfRequestReuse(Request: handle good::made(), ReuseParams: pointer good::reuse_params());
                WdfRequestChangeTarget(Request: handle good::made(), IoTarget: handle good::target());
                WdfRequestFormatRequestUsingCurrentType(Request: handle good::request());
                WdfRequestSend(
                    Request: handle good::formatted(),
                    Target: handle good::target(),
                    Options: given null_mut(),
                ) = 1;
                WdfRequestGetStatus(Request: handle good::made());
                WdfRequestCancelSentRequest(Request: handle good::made()) = 0;
                WdfRequestSetCompletionRoutine(
                    Request: handle good::made(),
                    CompletionRoutine: given None,
                    CompletionContext: given null_mut(),
                );
                WdfRequestGetCompletionParams(
                    Request: handle good::formatted(),
                    Params: pointer good::completion_params(),
                );
                WdfRequestAllocateTimer(Request: handle good::made());
                WdfRequestMarkCancelable(
                    Request: handle good::request(),
                    EvtRequestCancel: function Some(good::evt_request_cancel),
                );
                WdfRequestMarkCancelableEx(
                    Request: handle good::request(),
                    EvtRequestCancel: function Some(good::evt_request_cancel),
                );
                WdfRequestUnmarkCancelable(Request: handle good::marked());
                WdfRequestIsCanceled(Request: handle good::request()) = 0;
                WdfRequestIsFrom32BitProcess(Request: handle good::request()) = 0;
                WdfRequestComplete(Request: handle good::request(), Status: given STATUS_CANCELLED);
                WdfRequestCompleteWithInformation(
                    Request: handle good::request(),
                    Status: given STATUS_CANCELLED,
                    Information: given 0,
                );
                WdfRequestGetParameters(Request: handle good::request(), Parameters: pointer good::parameters());
                WdfRequestRetrieveInputMemory(Request: handle good::request(), Memory: pointer good::place());
                WdfRequestRetrieveOutputMemory(Request: handle good::request(), Memory: pointer good::place());
                WdfRequestRetrieveInputBuffer(
                    Request: handle good::request(),
                    Minimum: given 1,
                    Buffer: pointer good::place(),
                    Length: given null_mut(),
                );
                WdfRequestRetrieveOutputBuffer(
                    Request: handle good::request(),
                    Minimum: given 1,
                    Buffer: pointer good::place(),
                    Length: given null_mut(),
                );
                WdfRequestSetInformation(Request: handle good::request(), Information: given 0);
                WdfRequestGetInformation(Request: handle good::request()) = 0;
                WdfRequestGetFileObject(Request: handle good::request()) = good::file();
                WdfRequestGetRequestorMode(Request: handle good::request()) = 1;
                WdfRequestForwardToIoQueue order [DestinationQueue, Request] (
                    Request: handle good::request(),
                    DestinationQueue: handle good::queue(),
                );
                WdfRequestGetIoQueue(Request: handle good::request());
                WdfRequestRequeue(Request: handle good::request());
                WdfRequestStopAcknowledge never good (Request: handle good::request(), Requeue: given 0);
                WdfRequestImpersonate(
                    Request: handle good::request(),
                    ImpersonationLevel: given Level::SecurityIdentification,
                    EvtRequestImpersonate: given Some(good::evt_request_impersonate),
                    Context: given null_mut(),
                );
                WdfRequestGetRequestorProcessId(Request: handle good::request());
                WdfRequestIsFromUserModeDriver(Request: handle good::request()) = 0;
                WdfRequestSetUserModeDriverInitiatedIo(Request: handle good::request(), Initiated: given 1);
                WdfRequestGetUserModeDriverInitiatedIo(Request: handle good::request()) = 0;
                WdfRequestSetActivityId(Request: handle good::request(), ActivityId: pointer good::activity());
                WdfRequestRetrieveActivityId(
                    Request: handle good::with_activity(),
                    ActivityId: pointer good::activity(),
                );
                WdfRequestGetEffectiveIoType(Request: handle good::request());
        }
    };
}
