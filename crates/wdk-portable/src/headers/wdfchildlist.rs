//! `wdfchildlist.h`: child lists of a bus driver.

use crate::{BOOLEAN, NTSTATUS, PVOID, PWDFDEVICE_INIT, ULONG, WDFCHILDLIST, WDFDEVICE};

pub mod _WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS {
    pub type Type = i32;
    pub const WdfChildListRetrieveDeviceUndefined: Type = 0;
    pub const WdfChildListRetrieveDeviceSuccess: Type = 1;
    pub const WdfChildListRetrieveDeviceNotYetCreated: Type = 2;
    pub const WdfChildListRetrieveDeviceNoSuchDevice: Type = 3;
}
pub type WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS = _WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS::Type;

pub mod _WDF_RETRIEVE_CHILD_FLAGS {
    pub type Type = i32;
    pub const WdfRetrieveUnspecified: Type = 0;
    pub const WdfRetrievePresentChildren: Type = 1;
    pub const WdfRetrieveMissingChildren: Type = 2;
    pub const WdfRetrievePendingChildren: Type = 4;
    pub const WdfRetrieveAddedChildren: Type = 5;
    pub const WdfRetrieveAllChildren: Type = 7;
}
pub type WDF_RETRIEVE_CHILD_FLAGS = _WDF_RETRIEVE_CHILD_FLAGS::Type;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_CHILD_ADDRESS_DESCRIPTION_HEADER {
    pub AddressDescriptionSize: ULONG,
}
pub type WDF_CHILD_ADDRESS_DESCRIPTION_HEADER = _WDF_CHILD_ADDRESS_DESCRIPTION_HEADER;
pub type PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER = *mut _WDF_CHILD_ADDRESS_DESCRIPTION_HEADER;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER {
    pub IdentificationDescriptionSize: ULONG,
}
pub type WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER = _WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER;
pub type PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER = *mut _WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_CHILD_LIST_CONFIG {
    pub Size: ULONG,
    pub IdentificationDescriptionSize: ULONG,
    pub AddressDescriptionSize: ULONG,
    pub EvtChildListCreateDevice: PFN_WDF_CHILD_LIST_CREATE_DEVICE,
    pub EvtChildListScanForChildren: PFN_WDF_CHILD_LIST_SCAN_FOR_CHILDREN,
    pub EvtChildListIdentificationDescriptionCopy: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY,
    pub EvtChildListIdentificationDescriptionDuplicate:
        PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE,
    pub EvtChildListIdentificationDescriptionCleanup: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP,
    pub EvtChildListIdentificationDescriptionCompare: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE,
    pub EvtChildListAddressDescriptionCopy: PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY,
    pub EvtChildListAddressDescriptionDuplicate: PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE,
    pub EvtChildListAddressDescriptionCleanup: PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP,
    pub EvtChildListDeviceReenumerated: PFN_WDF_CHILD_LIST_DEVICE_REENUMERATED,
}
pub type WDF_CHILD_LIST_CONFIG = _WDF_CHILD_LIST_CONFIG;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_CHILD_LIST_ITERATOR {
    pub Size: ULONG,
    pub Flags: ULONG,
    pub Reserved: [PVOID; 4],
}
pub type WDF_CHILD_LIST_ITERATOR = _WDF_CHILD_LIST_ITERATOR;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_CHILD_RETRIEVE_INFO {
    pub Size: ULONG,
    pub IdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
    pub AddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER,
    pub Status: WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS,
    pub EvtChildListIdentificationDescriptionCompare: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE,
}
pub type WDF_CHILD_RETRIEVE_INFO = _WDF_CHILD_RETRIEVE_INFO;

zeroed_default!(_WDF_CHILD_LIST_ITERATOR, _WDF_CHILD_RETRIEVE_INFO);

pub type EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP = Option<
    unsafe extern "C" fn(ChildList: WDFCHILDLIST, AddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER),
>;
pub type PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP = EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP;

pub type EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        SourceAddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER,
        DestinationAddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER,
    ),
>;
pub type PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY = EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY;

pub type EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        SourceAddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER,
        DestinationAddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE = EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE;

pub type EVT_WDF_CHILD_LIST_CREATE_DEVICE = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        IdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
        ChildInit: PWDFDEVICE_INIT,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_CHILD_LIST_CREATE_DEVICE = EVT_WDF_CHILD_LIST_CREATE_DEVICE;

pub type EVT_WDF_CHILD_LIST_DEVICE_REENUMERATED = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        OldDevice: WDFDEVICE,
        OldAddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER,
        NewAddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER,
    ) -> BOOLEAN,
>;
pub type PFN_WDF_CHILD_LIST_DEVICE_REENUMERATED = EVT_WDF_CHILD_LIST_DEVICE_REENUMERATED;

pub type EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        IdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
    ),
>;
pub type PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP =
    EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP;

pub type EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        FirstIdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
        SecondIdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
    ) -> BOOLEAN,
>;
pub type PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE =
    EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE;

pub type EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        SourceIdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
        DestinationIdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
    ),
>;
pub type PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY =
    EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY;

pub type EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE = Option<
    unsafe extern "C" fn(
        ChildList: WDFCHILDLIST,
        SourceIdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
        DestinationIdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE =
    EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE;

pub type EVT_WDF_CHILD_LIST_SCAN_FOR_CHILDREN = Option<unsafe extern "C" fn(ChildList: WDFCHILDLIST)>;
pub type PFN_WDF_CHILD_LIST_SCAN_FOR_CHILDREN = EVT_WDF_CHILD_LIST_SCAN_FOR_CHILDREN;
