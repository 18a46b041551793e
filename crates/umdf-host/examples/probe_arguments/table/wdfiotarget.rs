//! The functions of `wdfiotarget.h`.

/// Hands them to a macro.
macro_rules! wdfiotarget {
    ($then:ident) => {
        $then! { "wdfiotarget.h":
            WdfDeviceGetIoTarget(Device: handle good::device());
            WdfIoTargetCreate(
                Device: handle good::device(),
                IoTargetAttributes: attributes null_mut() => allows [parent],
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
        }
    };
}
