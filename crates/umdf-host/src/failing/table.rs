//! With what each framework function may fail although the driver does everything right.
//!
//! These are the statuses that memory, the registry, the caller's buffers or the state of the machine can lead
//! to: Microsoft Learn names them on the function's page, microsoft/Windows-Driver-Frameworks returns them.
//! Left out are statuses that only a mistake of the driver leads to, because the contract rules are for those;
//! and those that tell of a state, because the state would then have to be so: `STATUS_CANCELLED` of
//! `WdfRequestUnmarkCancelable` promises a call of EvtRequestCancel, `STATUS_NO_MORE_ENTRIES` of
//! `WdfIoQueueRetrieveNextRequest` an empty queue, `STATUS_TIMEOUT` of `WdfWaitLockAcquire` another owner.

use wdk_portable::{
    NTSTATUS, STATUS_ACCESS_DENIED, STATUS_BUFFER_TOO_SMALL, STATUS_CANCELLED, STATUS_INSUFFICIENT_RESOURCES,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_IO_TIMEOUT, STATUS_OBJECT_NAME_NOT_FOUND,
    STATUS_OBJECT_TYPE_MISMATCH, STATUS_POWER_STATE_INVALID,
};

use crate::status::STATUS_WDF_BUSY;

/// Memory is short.
const MEMORY: &[NTSTATUS] = &[STATUS_INSUFFICIENT_RESOURCES];
/// A key or a value is not there.
const OPEN: &[NTSTATUS] =
    &[STATUS_INSUFFICIENT_RESOURCES, STATUS_OBJECT_NAME_NOT_FOUND, STATUS_ACCESS_DENIED];
/// A value is not there, or of another type.
const QUERY: &[NTSTATUS] =
    &[STATUS_INSUFFICIENT_RESOURCES, STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_TYPE_MISMATCH];
/// A property is not there.
const PROPERTY: &[NTSTATUS] = &[STATUS_INSUFFICIENT_RESOURCES, STATUS_OBJECT_NAME_NOT_FOUND];
/// The registry refuses.
const CHANGE: &[NTSTATUS] = &[STATUS_INSUFFICIENT_RESOURCES, STATUS_ACCESS_DENIED];
/// The caller's buffer is shorter than the driver needs.
const BUFFER: &[NTSTATUS] = &[STATUS_INSUFFICIENT_RESOURCES, STATUS_BUFFER_TOO_SMALL];
/// The power policy cannot be so.
const POLICY: &[NTSTATUS] = &[STATUS_INSUFFICIENT_RESOURCES, STATUS_POWER_STATE_INVALID];
/// The target knows no such request, or does not answer.
const SEND: &[NTSTATUS] = &[STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_DEVICE_REQUEST, STATUS_IO_TIMEOUT];

/// The functions that may fail, by name, and their statuses.
pub const MAY_FAIL: &[(&str, &[NTSTATUS])] = &[
    ("WdfCollectionAdd", MEMORY),
    ("WdfCollectionCreate", MEMORY),
    ("WdfDeviceAllocAndQueryInterfaceProperty", PROPERTY),
    ("WdfDeviceAllocAndQueryProperty", PROPERTY),
    ("WdfDeviceAllocAndQueryPropertyEx", PROPERTY),
    ("WdfDeviceAssignInterfaceProperty", CHANGE),
    ("WdfDeviceAssignProperty", CHANGE),
    ("WdfDeviceAssignS0IdleSettings", POLICY),
    ("WdfDeviceAssignSxWakeSettings", POLICY),
    ("WdfDeviceCreate", MEMORY),
    ("WdfDeviceCreateDeviceInterface", MEMORY),
    ("WdfDeviceCreateSymbolicLink", MEMORY),
    ("WdfDeviceMapIoSpace", MEMORY),
    ("WdfDeviceOpenDevicemapKey", OPEN),
    ("WdfDeviceOpenRegistryKey", OPEN),
    ("WdfDevicePostEvent", MEMORY),
    ("WdfDeviceQueryInterfaceProperty", PROPERTY),
    ("WdfDeviceQueryProperty", PROPERTY),
    ("WdfDeviceQueryPropertyEx", PROPERTY),
    ("WdfDeviceRetrieveDeviceInterfaceString", MEMORY),
    ("WdfDriverCreate", MEMORY),
    ("WdfDriverOpenParametersRegistryKey", OPEN),
    ("WdfDriverRetrieveVersionString", MEMORY),
    ("WdfFdoInitAllocAndQueryProperty", PROPERTY),
    ("WdfFdoInitAllocAndQueryPropertyEx", PROPERTY),
    ("WdfFdoInitOpenRegistryKey", OPEN),
    ("WdfFdoInitQueryProperty", PROPERTY),
    ("WdfFdoInitQueryPropertyEx", PROPERTY),
    ("WdfInterruptCreate", MEMORY),
    ("WdfIoQueueCreate", MEMORY),
    ("WdfIoTargetCreate", MEMORY),
    ("WdfIoTargetFormatRequestForIoctl", MEMORY),
    ("WdfIoTargetFormatRequestForRead", MEMORY),
    ("WdfIoTargetFormatRequestForWrite", MEMORY),
    ("WdfIoTargetOpen", OPEN),
    ("WdfIoTargetSendIoctlSynchronously", SEND),
    ("WdfIoTargetSendReadSynchronously", SEND),
    ("WdfIoTargetSendWriteSynchronously", SEND),
    ("WdfMemoryCreate", MEMORY),
    ("WdfMemoryCreatePreallocated", MEMORY),
    ("WdfObjectAllocateContext", MEMORY),
    ("WdfObjectCreate", MEMORY),
    ("WdfRegistryAssignMemory", CHANGE),
    ("WdfRegistryAssignMultiString", CHANGE),
    ("WdfRegistryAssignString", CHANGE),
    ("WdfRegistryAssignULong", CHANGE),
    ("WdfRegistryAssignUnicodeString", CHANGE),
    ("WdfRegistryAssignValue", CHANGE),
    ("WdfRegistryCreateKey", CHANGE),
    ("WdfRegistryOpenKey", OPEN),
    ("WdfRegistryQueryMemory", QUERY),
    ("WdfRegistryQueryMultiString", QUERY),
    ("WdfRegistryQueryString", QUERY),
    ("WdfRegistryQueryULong", QUERY),
    ("WdfRegistryQueryUnicodeString", QUERY),
    ("WdfRegistryQueryValue", QUERY),
    ("WdfRegistryRemoveKey", &[STATUS_ACCESS_DENIED]),
    ("WdfRegistryRemoveValue", &[STATUS_ACCESS_DENIED, STATUS_OBJECT_NAME_NOT_FOUND]),
    ("WdfRequestAllocateTimer", MEMORY),
    ("WdfRequestCreate", MEMORY),
    ("WdfRequestForwardToIoQueue", &[STATUS_WDF_BUSY]),
    ("WdfRequestImpersonate", &[STATUS_ACCESS_DENIED]),
    ("WdfRequestMarkCancelableEx", &[STATUS_CANCELLED]),
    ("WdfRequestRetrieveInputBuffer", BUFFER),
    ("WdfRequestRetrieveInputMemory", BUFFER),
    ("WdfRequestRetrieveOutputBuffer", BUFFER),
    ("WdfRequestRetrieveOutputMemory", BUFFER),
    ("WdfSpinLockCreate", MEMORY),
    ("WdfStringCreate", MEMORY),
    ("WdfTimerCreate", MEMORY),
    ("WdfWaitLockCreate", MEMORY),
    ("WdfWorkItemCreate", MEMORY),
];

/// The statuses with which a function may fail; none, if it may not.
pub fn statuses(function: &str) -> &'static [NTSTATUS] {
    let found = MAY_FAIL.binary_search_by_key(&function, |(name, _)| name);
    found.map_or(&[], |place| MAY_FAIL[place].1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::framework::functions;
    use crate::status;

    #[test]
    fn every_function_is_one_of_this_host_and_in_order() {
        assert!(MAY_FAIL.is_sorted_by_key(|(name, _)| name));
        let known: BTreeMap<_, _> = functions().collect();
        for (name, statuses) in MAY_FAIL {
            assert_eq!(known.get(name), Some(&true), "{name}");
            assert!(statuses.iter().all(|status| *status < 0 && status::name(*status).is_some()), "{name}");
        }
        assert_eq!(statuses("WdfRequestUnmarkCancelable"), [0; 0]);
    }
}
