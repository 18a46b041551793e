//! The functions of `wdfio.h`.

/// Hands them to a macro.
macro_rules! wdfio {
    ($then:ident) => {
        $then! { "wdfio.h":
            WdfIoQueueCreate(
                Device: handle good::device(),
                Config: pointer good::queue_config(|_| ()) => [
                    "a wrong Size": good::queue_config(|config| config.Size -= 1) => R(STATUS_INFO_LENGTH_MISMATCH),
                    "a default queue when started":
                        good::queue_config(|config| config.DefaultQueue = 1) => R(STATUS_INVALID_DEVICE_STATE),
                    "a DispatchType below the first one":
                        good::queue_config(|config| config.DispatchType = 0) => R(STATUS_INVALID_PARAMETER),
                    "a DispatchType behind the last one":
                        good::queue_config(|config| config.DispatchType = 4) => R(STATUS_INVALID_PARAMETER),
                    "no callback for a parallel queue":
                        good::queue_config(|config| config.DispatchType = 2) => R(STATUS_WDF_NO_CALLBACK),
                    "NumberOfPresentedRequests for a manual queue":
                        good::queue_config(|config| config.Settings.Parallel.NumberOfPresentedRequests = 1)
                        => R(STATUS_INVALID_PARAMETER),
                    "a Driver that is none": good::queue_config(|config| config.Driver = good::device().cast())
                        => T("HANDLE_NULL_OR_TYPE"),
                ],
                QueueAttributes: attributes null_mut() => allows [parent, level, scope] => [
                    "a parent without a device above it": good::below_driver() => R(STATUS_INVALID_DEVICE_REQUEST),
                ],
                Queue: given good::place() => ["NULL": null_mut() => R(STATUS_INVALID_PARAMETER_4)],
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
                QueueReady: given good::EVT_IO_QUEUE_STATE,
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
        }
    };
}
