//! `wdffdo.h`: functional device objects.

use crate::{NTSTATUS, ULONG, WDFCMRESLIST, WDFDEVICE, WDFIORESREQLIST};

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_FDO_EVENT_CALLBACKS {
    pub Size: ULONG,
    pub EvtDeviceFilterAddResourceRequirements: PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS,
    pub EvtDeviceFilterRemoveResourceRequirements: PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS,
    pub EvtDeviceRemoveAddedResources: PFN_WDF_DEVICE_REMOVE_ADDED_RESOURCES,
}
pub type WDF_FDO_EVENT_CALLBACKS = _WDF_FDO_EVENT_CALLBACKS;

pub type EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS =
    Option<unsafe extern "C" fn(Device: WDFDEVICE, IoResourceRequirementsList: WDFIORESREQLIST) -> NTSTATUS>;
pub type PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS = EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS;

pub type EVT_WDF_DEVICE_REMOVE_ADDED_RESOURCES = Option<
    unsafe extern "C" fn(
        Device: WDFDEVICE,
        ResourcesRaw: WDFCMRESLIST,
        ResourcesTranslated: WDFCMRESLIST,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_DEVICE_REMOVE_ADDED_RESOURCES = EVT_WDF_DEVICE_REMOVE_ADDED_RESOURCES;
