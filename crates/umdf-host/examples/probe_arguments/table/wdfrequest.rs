//! The functions of `wdfrequest.h`.

/// Hands them to a macro.
macro_rules! wdfrequest {
    ($then:ident) => {
        $then! { "wdfrequest.h":
            WdfRequestCreate(
                RequestAttributes: attributes null_mut() => allows [parent],
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
                Request: handle good::request() => ["one that is not from a queue": good::made() => B("REQ_NOT_OWNED")],
                EvtRequestCancel: function good::EVT_REQUEST_CANCEL,
            );
            WdfRequestMarkCancelableEx(
                Request: handle good::request() => ["one that is not from a queue": good::made() => B("REQ_NOT_OWNED", STATUS_INVALID_DEVICE_REQUEST)],
                EvtRequestCancel: function good::EVT_REQUEST_CANCEL,
            );
            WdfRequestUnmarkCancelable(
                Request: handle good::marked() => [
                    "one that is not marked":
                        good::request() => B("REQ_CANCEL_MARK", STATUS_INVALID_DEVICE_REQUEST),
                    "one that is not from a queue":
                        good::made() => B("REQ_NOT_OWNED", STATUS_INVALID_DEVICE_REQUEST),
                ],
            );
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
                Minimum: given 1 => ["more than there is": 99 => R(STATUS_BUFFER_TOO_SMALL)],
                Buffer: pointer good::place(),
                Length: given null_mut(),
            );
            WdfRequestRetrieveOutputBuffer(
                Request: handle good::request(),
                Minimum: given 1 => ["more than there is": 99 => R(STATUS_BUFFER_TOO_SMALL)],
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
                ImpersonationLevel: given Level::SecurityIdentification => [
                    "behind the last one": 4 => B("ARGUMENT_INVALID", STATUS_INVALID_PARAMETER),
                ],
                EvtRequestImpersonate: given good::EVT_REQUEST_IMPERSONATE => [
                    "NULL": None => B("ARGUMENT_INVALID", STATUS_INVALID_PARAMETER),
                ],
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
