//! `wdfwmi.h`: WMI providers and instances.

use crate::{BOOLEAN, GUID, NTSTATUS, PULONG, PVOID, ULONG, WDFWMIINSTANCE, WDFWMIPROVIDER};

pub mod _WDF_WMI_PROVIDER_CONTROL {
    pub type Type = i32;
    pub const WdfWmiControlInvalid: Type = 0;
    pub const WdfWmiEventControl: Type = 1;
    pub const WdfWmiInstanceControl: Type = 2;
}
pub type WDF_WMI_PROVIDER_CONTROL = _WDF_WMI_PROVIDER_CONTROL::Type;

pub mod _WDF_WMI_PROVIDER_FLAGS {
    pub type Type = i32;
    pub const WdfWmiProviderEventOnly: Type = 1;
    pub const WdfWmiProviderExpensive: Type = 2;
    pub const WdfWmiProviderTracing: Type = 4;
    pub const WdfWmiProviderValidFlags: Type = 7;
}
pub type WDF_WMI_PROVIDER_FLAGS = _WDF_WMI_PROVIDER_FLAGS::Type;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_WMI_INSTANCE_CONFIG {
    pub Size: ULONG,
    pub Provider: WDFWMIPROVIDER,
    pub ProviderConfig: PWDF_WMI_PROVIDER_CONFIG,
    pub UseContextForQuery: BOOLEAN,
    pub Register: BOOLEAN,
    pub EvtWmiInstanceQueryInstance: PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE,
    pub EvtWmiInstanceSetInstance: PFN_WDF_WMI_INSTANCE_SET_INSTANCE,
    pub EvtWmiInstanceSetItem: PFN_WDF_WMI_INSTANCE_SET_ITEM,
    pub EvtWmiInstanceExecuteMethod: PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD,
}
pub type WDF_WMI_INSTANCE_CONFIG = _WDF_WMI_INSTANCE_CONFIG;

#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _WDF_WMI_PROVIDER_CONFIG {
    pub Size: ULONG,
    pub Guid: GUID,
    pub Flags: ULONG,
    pub MinInstanceBufferSize: ULONG,
    pub EvtWmiProviderFunctionControl: PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL,
}
pub type WDF_WMI_PROVIDER_CONFIG = _WDF_WMI_PROVIDER_CONFIG;
pub type PWDF_WMI_PROVIDER_CONFIG = *mut _WDF_WMI_PROVIDER_CONFIG;

zeroed_default!(_WDF_WMI_INSTANCE_CONFIG);

pub type EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD = Option<
    unsafe extern "C" fn(
        WmiInstance: WDFWMIINSTANCE,
        MethodId: ULONG,
        InBufferSize: ULONG,
        OutBufferSize: ULONG,
        Buffer: PVOID,
        BufferUsed: PULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD = EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD;

pub type EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE = Option<
    unsafe extern "C" fn(
        WmiInstance: WDFWMIINSTANCE,
        OutBufferSize: ULONG,
        OutBuffer: PVOID,
        BufferUsed: PULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE = EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE;

pub type EVT_WDF_WMI_INSTANCE_SET_INSTANCE = Option<
    unsafe extern "C" fn(WmiInstance: WDFWMIINSTANCE, InBufferSize: ULONG, InBuffer: PVOID) -> NTSTATUS,
>;
pub type PFN_WDF_WMI_INSTANCE_SET_INSTANCE = EVT_WDF_WMI_INSTANCE_SET_INSTANCE;

pub type EVT_WDF_WMI_INSTANCE_SET_ITEM = Option<
    unsafe extern "C" fn(
        WmiInstance: WDFWMIINSTANCE,
        DataItemId: ULONG,
        InBufferSize: ULONG,
        InBuffer: PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_WMI_INSTANCE_SET_ITEM = EVT_WDF_WMI_INSTANCE_SET_ITEM;

pub type EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL = Option<
    unsafe extern "C" fn(
        WmiProvider: WDFWMIPROVIDER,
        Control: WDF_WMI_PROVIDER_CONTROL,
        Enable: BOOLEAN,
    ) -> NTSTATUS,
>;
pub type PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL = EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL;
