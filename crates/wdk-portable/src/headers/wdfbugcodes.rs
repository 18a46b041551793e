//! `wdfbugcodes.h`: what a UMDF bug check reports.

use crate::{
    NTSTATUS, PDEVICE_OBJECT, PKTHREAD, PVOID, UCHAR, ULONG, ULONG_PTR, WDF_DEVICE_POWER_POLICY_STATE,
    WDF_DEVICE_POWER_STATE, WDFDEVICE, WDFQUEUE, WDFREQUEST,
};

pub mod _WDF_BUGCHECK_CODES {
    pub type Type = i32;
    pub const WDF_POWER_ROUTINE_TIMED_OUT: Type = 1;
    pub const WDF_RECURSIVE_LOCK: Type = 2;
    pub const WDF_VERIFIER_FATAL_ERROR: Type = 3;
    pub const WDF_REQUIRED_PARAMETER_IS_NULL: Type = 4;
    pub const WDF_INVALID_HANDLE: Type = 5;
    pub const WDF_REQUEST_FATAL_ERROR: Type = 6;
    pub const WDF_OBJECT_ERROR: Type = 7;
    pub const WDF_DMA_FATAL_ERROR: Type = 8;
    pub const WDF_INVALID_INTERRUPT: Type = 9;
    pub const WDF_QUEUE_FATAL_ERROR: Type = 10;
    pub const WDF_INVALID_LOCK_OPERATION: Type = 11;
    pub const WDF_PNP_FATAL_ERROR: Type = 12;
    pub const WDF_POWER_MULTIPLE_PPO: Type = 13;
    pub const WDF_VERIFIER_IRQL_MISMATCH: Type = 14;
    pub const WDF_VERIFIER_CRITICAL_REGION_MISMATCH: Type = 15;
}
pub type WDF_BUGCHECK_CODES = _WDF_BUGCHECK_CODES::Type;

pub mod _WDF_REQUEST_FATAL_ERROR_CODES {
    pub type Type = i32;
    pub const WDF_REQUEST_FATAL_ERROR_NO_MORE_STACK_LOCATIONS: Type = 1;
    pub const WDF_REQUEST_FATAL_ERROR_NULL_IRP: Type = 2;
    pub const WDF_REQUEST_FATAL_ERROR_REQUEST_ALREADY_SENT: Type = 3;
    pub const WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH: Type = 4;
    pub const WDF_REQUEST_FATAL_ERROR_REQUEST_NOT_IN_QUEUE: Type = 5;
}
pub type WDF_REQUEST_FATAL_ERROR_CODES = _WDF_REQUEST_FATAL_ERROR_CODES::Type;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_POWER_ROUTINE_TIMED_OUT_DATA {
    pub PowerState: WDF_DEVICE_POWER_STATE,
    pub PowerPolicyState: WDF_DEVICE_POWER_POLICY_STATE,
    pub DeviceObject: PDEVICE_OBJECT,
    pub Device: WDFDEVICE,
    pub TimedOutThread: PKTHREAD,
}
pub type WDF_POWER_ROUTINE_TIMED_OUT_DATA = _WDF_POWER_ROUTINE_TIMED_OUT_DATA;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_QUEUE_FATAL_ERROR_DATA {
    pub Queue: WDFQUEUE,
    pub Request: WDFREQUEST,
    pub Status: NTSTATUS,
}
pub type WDF_QUEUE_FATAL_ERROR_DATA = _WDF_QUEUE_FATAL_ERROR_DATA;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH_DATA {
    pub Request: WDFREQUEST,
    pub Irp: PVOID,
    pub OutputBufferLength: ULONG,
    pub Information: ULONG_PTR,
    pub MajorFunction: UCHAR,
}
pub type WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH_DATA =
    _WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH_DATA;

zeroed_default!(
    _WDF_POWER_ROUTINE_TIMED_OUT_DATA,
    _WDF_QUEUE_FATAL_ERROR_DATA,
    _WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH_DATA
);
