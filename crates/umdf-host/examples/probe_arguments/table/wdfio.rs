//! The functions of `wdfio.h`.

/// Hands them to a macro.
macro_rules! wdfio {
    ($then:ident) => {
        $then! { "wdfio.h":
            WdfIoQueueCreate(
                Device: handle good::device(),
                Config: pointer good::queue_config(),
                QueueAttributes: attributes null_mut() => allows [parent, level, scope],
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
