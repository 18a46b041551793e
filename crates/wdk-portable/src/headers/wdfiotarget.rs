//! `wdfiotarget.h`: I/O targets.

use crate::{
    ACCESS_MASK, NTSTATUS, PDEVICE_OBJECT, PFILE_OBJECT, PLONGLONG, PVOID, ULONG, UNICODE_STRING, WDFIOTARGET,
};

pub mod _WDF_IO_TARGET_OPEN_TYPE {
    pub type Type = i32;
    pub const WdfIoTargetOpenUndefined: Type = 0;
    pub const WdfIoTargetOpenUseExistingDevice: Type = 1;
    pub const WdfIoTargetOpenByName: Type = 2;
    pub const WdfIoTargetOpenReopen: Type = 3;
    pub const WdfIoTargetOpenLocalTargetByFile: Type = 4;
}
pub type WDF_IO_TARGET_OPEN_TYPE = _WDF_IO_TARGET_OPEN_TYPE::Type;

pub mod _WDF_IO_TARGET_PURGE_IO_ACTION {
    pub type Type = i32;
    pub const WdfIoTargetPurgeIoUndefined: Type = 0;
    pub const WdfIoTargetPurgeIoAndWait: Type = 1;
    pub const WdfIoTargetPurgeIo: Type = 2;
}
pub type WDF_IO_TARGET_PURGE_IO_ACTION = _WDF_IO_TARGET_PURGE_IO_ACTION::Type;

pub mod _WDF_IO_TARGET_SENT_IO_ACTION {
    pub type Type = i32;
    pub const WdfIoTargetSentIoUndefined: Type = 0;
    pub const WdfIoTargetCancelSentIo: Type = 1;
    pub const WdfIoTargetWaitForSentIoToComplete: Type = 2;
    pub const WdfIoTargetLeaveSentIoPending: Type = 3;
}
pub type WDF_IO_TARGET_SENT_IO_ACTION = _WDF_IO_TARGET_SENT_IO_ACTION::Type;

pub mod _WDF_IO_TARGET_STATE {
    pub type Type = i32;
    pub const WdfIoTargetStateUndefined: Type = 0;
    pub const WdfIoTargetStarted: Type = 1;
    pub const WdfIoTargetStopped: Type = 2;
    pub const WdfIoTargetClosedForQueryRemove: Type = 3;
    pub const WdfIoTargetClosed: Type = 4;
    pub const WdfIoTargetDeleted: Type = 5;
    pub const WdfIoTargetPurged: Type = 6;
}
pub type WDF_IO_TARGET_STATE = _WDF_IO_TARGET_STATE::Type;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_IO_TARGET_OPEN_PARAMS {
    pub Size: ULONG,
    pub Type: WDF_IO_TARGET_OPEN_TYPE,
    pub EvtIoTargetQueryRemove: PFN_WDF_IO_TARGET_QUERY_REMOVE,
    pub EvtIoTargetRemoveCanceled: PFN_WDF_IO_TARGET_REMOVE_CANCELED,
    pub EvtIoTargetRemoveComplete: PFN_WDF_IO_TARGET_REMOVE_COMPLETE,
    pub TargetDeviceObject: PDEVICE_OBJECT,
    pub TargetFileObject: PFILE_OBJECT,
    pub TargetDeviceName: UNICODE_STRING,
    pub DesiredAccess: ACCESS_MASK,
    pub ShareAccess: ULONG,
    pub FileAttributes: ULONG,
    pub CreateDisposition: ULONG,
    pub CreateOptions: ULONG,
    pub EaBuffer: PVOID,
    pub EaBufferLength: ULONG,
    pub AllocationSize: PLONGLONG,
    pub FileInformation: ULONG,
    pub FileName: UNICODE_STRING,
}
pub type WDF_IO_TARGET_OPEN_PARAMS = _WDF_IO_TARGET_OPEN_PARAMS;
pub type PWDF_IO_TARGET_OPEN_PARAMS = *mut _WDF_IO_TARGET_OPEN_PARAMS;

zeroed_default!(_WDF_IO_TARGET_OPEN_PARAMS);

pub type EVT_WDF_IO_TARGET_QUERY_REMOVE = Option<unsafe extern "C" fn(IoTarget: WDFIOTARGET) -> NTSTATUS>;
pub type PFN_WDF_IO_TARGET_QUERY_REMOVE = EVT_WDF_IO_TARGET_QUERY_REMOVE;

pub type EVT_WDF_IO_TARGET_REMOVE_CANCELED = Option<unsafe extern "C" fn(IoTarget: WDFIOTARGET)>;
pub type PFN_WDF_IO_TARGET_REMOVE_CANCELED = EVT_WDF_IO_TARGET_REMOVE_CANCELED;

pub type EVT_WDF_IO_TARGET_REMOVE_COMPLETE = Option<unsafe extern "C" fn(IoTarget: WDFIOTARGET)>;
pub type PFN_WDF_IO_TARGET_REMOVE_COMPLETE = EVT_WDF_IO_TARGET_REMOVE_COMPLETE;
