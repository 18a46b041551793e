//! I/O targets.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_IO_TARGET_OPEN_TYPE as OpenType, _WDF_IO_TARGET_PURGE_IO_ACTION as PurgeAction,
    _WDF_IO_TARGET_SENT_IO_ACTION as SentAction, _WDF_IO_TARGET_STATE as TargetState,
    _WDF_MEMORY_DESCRIPTOR_TYPE as DescriptorType, _WDF_REQUEST_SEND_OPTIONS_FLAGS as Flags, NTSTATUS,
    STATUS_INFO_LENGTH_MISMATCH, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE,
    STATUS_INVALID_PARAMETER, STATUS_IO_TIMEOUT, STATUS_OBJECT_NAME_NOT_FOUND, STATUS_SUCCESS,
    UNICODE_STRING, WDF_IO_TARGET_OPEN_PARAMS, WDF_MEMORY_DESCRIPTOR, WDF_NO_OBJECT_ATTRIBUTES,
    WDF_REQUEST_SEND_OPTIONS, WDFDEVICE, WDFIOTARGET,
};

use crate::asked;
use crate::trip::Trip;
use crate::wdf::{Text, attributes, expect, malformed, size_field, wdf};

/// 1 ms, relative.
const SOON: i64 = -10_000;

fn options(flags: i32, timeout: i64) -> WDF_REQUEST_SEND_OPTIONS {
    WDF_REQUEST_SEND_OPTIONS {
        Size: size_field::<WDF_REQUEST_SEND_OPTIONS>(),
        Flags: flags.cast_unsigned(),
        Timeout: timeout,
    }
}

/// Sends an I/O control request; the answer, and the bytes returned.
fn control(
    target: WDFIOTARGET,
    options: Option<WDF_REQUEST_SEND_OPTIONS>,
    input: Option<WDF_MEMORY_DESCRIPTOR>,
) -> (NTSTATUS, u64) {
    let (mut options, mut input, mut bytes) = (options, input, 99);
    let options = options.as_mut().map_or(null_mut(), |options| &raw mut *options);
    let input = input.as_mut().map_or(null_mut(), |input| &raw mut *input);
    let bytes_at = &raw mut bytes;
    let sent = wdf!(
        WdfIoTargetSendIoctlSynchronously,
        target,
        null_mut(),
        0x22_2000,
        input,
        null_mut(),
        options,
        bytes_at
    );
    (sent, bytes)
}

fn descriptor(kind: i32, buffer: *mut std::ffi::c_void, length: u32) -> WDF_MEMORY_DESCRIPTOR {
    let mut descriptor = WDF_MEMORY_DESCRIPTOR { Type: kind, ..WDF_MEMORY_DESCRIPTOR::default() };
    descriptor.u.BufferType.Buffer = buffer;
    descriptor.u.BufferType.Length = length;
    descriptor
}

fn remote(device: WDFDEVICE) -> WDFIOTARGET {
    let mut target = null_mut();
    let created = wdf!(WdfIoTargetCreate, device, WDF_NO_OBJECT_ATTRIBUTES, &raw mut target);
    expect("remote target", created, STATUS_SUCCESS);
    target
}

fn state(target: WDFIOTARGET) -> i32 {
    wdf!(WdfIoTargetGetState, target)
}

/// After WdfDeviceCreate.
pub fn check(device: WDFDEVICE) {
    let local = wdf!(WdfDeviceGetIoTarget, device);
    expect("local target is one", wdf!(WdfDeviceGetIoTarget, device) == local, true);
    expect("device of a target", wdf!(WdfIoTargetGetDevice, local) == device, true);
    check_sending(local);
    check_states(local);
    check_options(local);
    check_remote(device);
}

fn check_sending(target: WDFIOTARGET) {
    expect("local target is started", state(target), TargetState::WdfIoTargetStarted);
    let refused = (STATUS_INVALID_DEVICE_REQUEST, 0);
    expect("I/O control to the bus driver", control(target, None, None), refused);
    let mut byte = 0_u8;
    let mut buffer = descriptor(DescriptorType::WdfMemoryDescriptorTypeBuffer, (&raw mut byte).cast(), 1);
    expect("I/O control with a buffer", control(target, None, Some(buffer)), refused);
    let (none, mut bytes, offset, request) = (null_mut(), 99, null_mut(), null_mut());
    let (at, place) = (&raw mut bytes, &raw mut buffer);
    let sent = wdf!(WdfIoTargetSendReadSynchronously, target, request, place, offset, none, at);
    expect("read from the bus driver", sent, STATUS_INVALID_DEVICE_REQUEST);
    let sent = wdf!(WdfIoTargetSendWriteSynchronously, target, request, place, offset, none, at);
    expect("write to the bus driver", sent, STATUS_INVALID_DEVICE_REQUEST);
    expect("bytes transferred", bytes, 0);
}

fn check_states(target: WDFIOTARGET) {
    wdf!(WdfIoTargetStop, target, SentAction::WdfIoTargetSentIoUndefined);
    wdf!(WdfIoTargetStop, target, 4);
    wdf!(WdfIoTargetPurge, target, PurgeAction::WdfIoTargetPurgeIoUndefined);
    wdf!(WdfIoTargetPurge, target, 3);
    expect("unknown actions are ignored", state(target), TargetState::WdfIoTargetStarted);
    wdf!(WdfIoTargetStop, target, SentAction::WdfIoTargetCancelSentIo);
    expect("stopped", state(target), TargetState::WdfIoTargetStopped);
    let timed = options(Flags::WDF_REQUEST_SEND_OPTION_TIMEOUT, SOON);
    expect("a stopped target keeps requests", control(target, Some(timed), None), (STATUS_IO_TIMEOUT, 0));
    let ignoring = options(Flags::WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE, 0);
    let refused = (STATUS_INVALID_DEVICE_REQUEST, 0);
    expect("ignoring that it is stopped", control(target, Some(ignoring), None), refused);
    wdf!(WdfIoTargetPurge, target, PurgeAction::WdfIoTargetPurgeIo);
    expect("purged", state(target), TargetState::WdfIoTargetPurged);
    let invalid = (STATUS_INVALID_DEVICE_STATE, 0);
    expect("a purged target refuses", control(target, None, None), invalid);
    expect("ignoring that it is purged", control(target, Some(ignoring), None), refused);
    wdf!(WdfIoTargetStop, target, SentAction::WdfIoTargetLeaveSentIoPending);
    expect("stopped after purge", state(target), TargetState::WdfIoTargetStopped);
    expect("start", wdf!(WdfIoTargetStart, target), STATUS_SUCCESS);
    expect("started", state(target), TargetState::WdfIoTargetStarted);
}

fn check_options(target: WDFIOTARGET) {
    let good = options(0, 0);
    let forget = Flags::WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
    for (what, given, expected) in [
        ("size", WDF_REQUEST_SEND_OPTIONS { Size: 8, ..good }, STATUS_INFO_LENGTH_MISMATCH),
        ("unknown flag", options(0x10, 0), STATUS_INVALID_PARAMETER),
        ("forget and more", options(forget | 1, 0), STATUS_INVALID_PARAMETER),
        ("impersonation", options(0x1_0000, 0), STATUS_INVALID_PARAMETER),
        ("none", good, STATUS_INVALID_DEVICE_REQUEST),
    ] {
        expect(&format!("send options: {what}"), control(target, Some(given), None).0, expected);
    }
    for kind in 0..=4 {
        let sent = control(target, None, Some(descriptor(kind, null_mut(), 0))).0;
        expect(&format!("memory descriptor {kind} of nothing"), sent, STATUS_INVALID_PARAMETER);
    }
}

fn check_remote(device: WDFDEVICE) {
    let target = remote(device);
    let open = |params: WDF_IO_TARGET_OPEN_PARAMS| {
        let mut params = params;
        wdf!(WdfIoTargetOpen, target, &raw mut params)
    };
    let (name, odd) = (Text::new("\\\\.\\nothing"), malformed());
    let good = WDF_IO_TARGET_OPEN_PARAMS {
        Size: size_field::<WDF_IO_TARGET_OPEN_PARAMS>(),
        Type: OpenType::WdfIoTargetOpenByName,
        TargetDeviceName: name.string,
        ..WDF_IO_TARGET_OPEN_PARAMS::default()
    };
    let by_file = WDF_IO_TARGET_OPEN_PARAMS { Type: OpenType::WdfIoTargetOpenLocalTargetByFile, ..good };
    let noticed =
        WDF_IO_TARGET_OPEN_PARAMS { EvtIoTargetQueryRemove: Some(evt_io_target_query_remove), ..by_file };
    let nameless = WDF_IO_TARGET_OPEN_PARAMS { TargetDeviceName: UNICODE_STRING::default(), ..good };
    let old = WDF_IO_TARGET_OPEN_PARAMS { Size: good.Size - 16, ..good };
    let malformed = WDF_IO_TARGET_OPEN_PARAMS { FileName: odd.string, ..by_file };
    let of = |kind| WDF_IO_TARGET_OPEN_PARAMS { Type: kind, ..good };
    for (what, params, expected) in [
        ("size", WDF_IO_TARGET_OPEN_PARAMS { Size: 8, ..good }, STATUS_INFO_LENGTH_MISMATCH),
        ("type", of(OpenType::WdfIoTargetOpenUndefined), STATUS_INVALID_PARAMETER),
        ("device object", of(OpenType::WdfIoTargetOpenUseExistingDevice), STATUS_INVALID_PARAMETER),
        ("no name", nameless, STATUS_INVALID_PARAMETER),
        ("name of nothing", good, STATUS_OBJECT_NAME_NOT_FOUND),
        ("older structure", old, STATUS_OBJECT_NAME_NOT_FOUND),
        ("again", of(OpenType::WdfIoTargetOpenReopen), STATUS_INVALID_DEVICE_REQUEST),
        ("file with notices", noticed, STATUS_INVALID_PARAMETER),
        ("file with a malformed name", malformed, STATUS_INVALID_PARAMETER),
        ("file", by_file, STATUS_INVALID_DEVICE_REQUEST),
    ] {
        expect(&format!("open: {what}"), open(params), expected);
    }
    let handle = wdf!(WdfIoTargetWdmGetTargetFileHandle, target);
    expect("no file handle", handle.is_null(), true);
    wdf!(WdfIoTargetCloseForQueryRemove, target);
    expect("closed for query remove", state(target), TargetState::WdfIoTargetClosed);
    wdf!(WdfIoTargetClose, target);
    expect("closed", state(target), TargetState::WdfIoTargetClosed);
    expect("a closed target", control(target, None, None).0, STATUS_INVALID_DEVICE_STATE);
    wdf!(WdfObjectDelete, target.cast());

    let (driver, mut target) = (wdf!(WdfDeviceGetDriver, device), null_mut());
    let mut above = attributes(driver.cast());
    let created = wdf!(WdfIoTargetCreate, device, &raw mut above, &raw mut target);
    expect("a target of no device", created, STATUS_INVALID_DEVICE_REQUEST);
}

/// The mistakes.
pub fn trip(device: WDFDEVICE) {
    let local = wdf!(WdfDeviceGetIoTarget, device);
    let mut params =
        WDF_IO_TARGET_OPEN_PARAMS { Size: size_field::<WDF_IO_TARGET_OPEN_PARAMS>(), ..Default::default() };
    let handle = DescriptorType::WdfMemoryDescriptorTypeHandle;
    let _ = match () {
        () if asked(Trip::TargetNowhere) => {
            wdf!(WdfIoTargetCreate, device, WDF_NO_OBJECT_ATTRIBUTES, null_mut())
        }
        () if asked(Trip::TargetOfOtherType) => state(device.cast()),
        () if asked(Trip::OpenLocalTarget) => wdf!(WdfIoTargetOpen, local, &raw mut params),
        () if asked(Trip::OpenNoParams) => wdf!(WdfIoTargetOpen, remote(device), null_mut()),
        () if asked(Trip::SendToNothing) => control(remote(device), None, None).0,
        () if asked(Trip::SendMemoryOfOtherType) => {
            control(local, None, Some(descriptor(handle, device.cast(), 0))).0
        }
        () if asked(Trip::SendRequestOfOtherType) => {
            let (request, none) = (device.cast(), null_mut());
            let (offset, bytes) = (null_mut(), null_mut());
            wdf!(WdfIoTargetSendReadSynchronously, local, request, none, offset, null_mut(), bytes)
        }
        () => STATUS_SUCCESS,
    };
    if asked(Trip::CloseLocalTarget) {
        wdf!(WdfIoTargetClose, local);
    }
    if asked(Trip::HandleOfLocalTarget) {
        let handle = wdf!(WdfIoTargetWdmGetTargetFileHandle, local);
        expect("no handle", handle.is_null(), true);
    }
    if asked(Trip::DeleteLocalTarget) {
        wdf!(WdfObjectDelete, local.cast());
    }
}

unsafe extern "C" fn evt_io_target_query_remove(_target: WDFIOTARGET) -> NTSTATUS {
    STATUS_SUCCESS
}
