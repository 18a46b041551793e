//! The function table: `_WDFFUNCENUM`, the index of every UMDF 2.15 function (`wdffuncenum.h`), and the
//! `PFN_*` signature of every function that a public header declares. USB functions have an index only.
//!
//! The macro `call_unsafe_wdf_function_binding!` of the wdk-macros crate parses this file, so it holds
//! nothing else. The macro caches what it read in the target directory, whatever the file's age: after an
//! edit run `cargo clean -p scratch`.

use crate::{
    ACCESS_MASK, BOOLEAN, BYTE, DEVICE_REGISTRY_PROPERTY, DEVPROPTYPE, GUID, HANDLE, KAFFINITY,
    KPROCESSOR_MODE, LONG, LONGLONG, LPGUID, MEMORY_CACHING_TYPE, NTSTATUS, PCHAR,
    PCM_PARTIAL_RESOURCE_DESCRIPTOR, PCUNICODE_STRING, PCWDF_OBJECT_CONTEXT_TYPE_INFO, PDEVPROPTYPE,
    PDRIVER_OBJECT, PFILE_OBJECT, PFN_WDF_INTERRUPT_SYNCHRONIZE, PFN_WDF_IO_QUEUE_STATE,
    PFN_WDF_REQUEST_CANCEL, PFN_WDF_REQUEST_COMPLETION_ROUTINE, PFN_WDF_REQUEST_IMPERSONATE,
    PHYSICAL_ADDRESS, PLONGLONG, POOL_TYPE, POWER_ACTION, PULONG, PULONG_PTR, PUNICODE_STRING, PUSHORT,
    PVOID, PWDF_DEVICE_INTERFACE_PROPERTY_DATA, PWDF_DEVICE_PNP_CAPABILITIES, PWDF_DEVICE_POWER_CAPABILITIES,
    PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS,
    PWDF_DEVICE_PROPERTY_DATA, PWDF_DEVICE_STATE, PWDF_DRIVER_CONFIG, PWDF_DRIVER_GLOBALS,
    PWDF_DRIVER_VERSION_AVAILABLE_PARAMS, PWDF_FILEOBJECT_CONFIG, PWDF_INTERRUPT_CONFIG,
    PWDF_INTERRUPT_EXTENDED_POLICY, PWDF_INTERRUPT_INFO, PWDF_IO_QUEUE_CONFIG, PWDF_IO_TARGET_OPEN_PARAMS,
    PWDF_IO_TYPE_CONFIG, PWDF_MEMORY_DESCRIPTOR, PWDF_OBJECT_ATTRIBUTES, PWDF_PNPPOWER_EVENT_CALLBACKS,
    PWDF_POWER_POLICY_EVENT_CALLBACKS, PWDF_REQUEST_COMPLETION_PARAMS, PWDF_REQUEST_PARAMETERS,
    PWDF_REQUEST_REUSE_PARAMS, PWDF_REQUEST_SEND_OPTIONS, PWDF_TIMER_CONFIG, PWDF_WORKITEM_CONFIG,
    PWDFDEVICE_INIT, PWDFMEMORY_OFFSET, PWSTR, SECURITY_IMPERSONATION_LEVEL, SIZE_T, ULONG, ULONG_PTR,
    WDF_DEVICE_FAILED_ACTION, WDF_DEVICE_HWACCESS_TARGET_SIZE, WDF_DEVICE_HWACCESS_TARGET_TYPE,
    WDF_DEVICE_IO_TYPE, WDF_EVENT_TYPE, WDF_INTERRUPT_POLICY, WDF_INTERRUPT_PRIORITY, WDF_IO_QUEUE_STATE,
    WDF_IO_TARGET_PURGE_IO_ACTION, WDF_IO_TARGET_SENT_IO_ACTION, WDF_IO_TARGET_STATE,
    WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE, WDF_REQUEST_TYPE, WDFCMRESLIST, WDFCOLLECTION, WDFCONTEXT,
    WDFDEVICE, WDFDRIVER, WDFFILEOBJECT, WDFINTERRUPT, WDFIOTARGET, WDFKEY, WDFMEMORY, WDFOBJECT, WDFQUEUE,
    WDFREQUEST, WDFSPINLOCK, WDFSTRING, WDFTIMER, WDFWAITLOCK, WDFWORKITEM,
};

pub mod _WDFFUNCENUM {
    pub type Type = i32;
    pub const WdfCollectionCreateTableIndex: Type = 0;
    pub const WdfCollectionGetCountTableIndex: Type = 1;
    pub const WdfCollectionAddTableIndex: Type = 2;
    pub const WdfCollectionRemoveTableIndex: Type = 3;
    pub const WdfCollectionRemoveItemTableIndex: Type = 4;
    pub const WdfCollectionGetItemTableIndex: Type = 5;
    pub const WdfCollectionGetFirstItemTableIndex: Type = 6;
    pub const WdfCollectionGetLastItemTableIndex: Type = 7;
    pub const WdfCxDeviceInitAllocateTableIndex: Type = 8;
    pub const WdfCxDeviceInitSetRequestAttributesTableIndex: Type = 9;
    pub const WdfCxDeviceInitSetFileObjectConfigTableIndex: Type = 10;
    pub const WdfCxVerifierKeBugCheckTableIndex: Type = 11;
    pub const WdfDeviceGetDeviceStateTableIndex: Type = 12;
    pub const WdfDeviceSetDeviceStateTableIndex: Type = 13;
    pub const WdfDeviceGetDriverTableIndex: Type = 14;
    pub const WdfDeviceGetIoTargetTableIndex: Type = 15;
    pub const WdfDeviceAssignS0IdleSettingsTableIndex: Type = 16;
    pub const WdfDeviceAssignSxWakeSettingsTableIndex: Type = 17;
    pub const WdfDeviceOpenRegistryKeyTableIndex: Type = 18;
    pub const WdfDeviceInitSetPnpPowerEventCallbacksTableIndex: Type = 19;
    pub const WdfDeviceInitSetPowerPolicyEventCallbacksTableIndex: Type = 20;
    pub const WdfDeviceInitSetPowerPolicyOwnershipTableIndex: Type = 21;
    pub const WdfDeviceInitSetIoTypeTableIndex: Type = 22;
    pub const WdfDeviceInitSetFileObjectConfigTableIndex: Type = 23;
    pub const WdfDeviceInitSetRequestAttributesTableIndex: Type = 24;
    pub const WdfDeviceCreateTableIndex: Type = 25;
    pub const WdfDeviceSetStaticStopRemoveTableIndex: Type = 26;
    pub const WdfDeviceCreateDeviceInterfaceTableIndex: Type = 27;
    pub const WdfDeviceSetDeviceInterfaceStateTableIndex: Type = 28;
    pub const WdfDeviceRetrieveDeviceInterfaceStringTableIndex: Type = 29;
    pub const WdfDeviceCreateSymbolicLinkTableIndex: Type = 30;
    pub const WdfDeviceQueryPropertyTableIndex: Type = 31;
    pub const WdfDeviceAllocAndQueryPropertyTableIndex: Type = 32;
    pub const WdfDeviceSetPnpCapabilitiesTableIndex: Type = 33;
    pub const WdfDeviceSetPowerCapabilitiesTableIndex: Type = 34;
    pub const WdfDeviceSetFailedTableIndex: Type = 35;
    pub const WdfDeviceStopIdleNoTrackTableIndex: Type = 36;
    pub const WdfDeviceResumeIdleNoTrackTableIndex: Type = 37;
    pub const WdfDeviceGetFileObjectTableIndex: Type = 38;
    pub const WdfDeviceGetDefaultQueueTableIndex: Type = 39;
    pub const WdfDeviceConfigureRequestDispatchingTableIndex: Type = 40;
    pub const WdfDeviceGetSystemPowerActionTableIndex: Type = 41;
    pub const WdfDeviceInitSetReleaseHardwareOrderOnFailureTableIndex: Type = 42;
    pub const WdfDeviceInitSetIoTypeExTableIndex: Type = 43;
    pub const WdfDevicePostEventTableIndex: Type = 44;
    pub const WdfDeviceMapIoSpaceTableIndex: Type = 45;
    pub const WdfDeviceUnmapIoSpaceTableIndex: Type = 46;
    pub const WdfDeviceGetHardwareRegisterMappedAddressTableIndex: Type = 47;
    pub const WdfDeviceReadFromHardwareTableIndex: Type = 48;
    pub const WdfDeviceWriteToHardwareTableIndex: Type = 49;
    pub const WdfDeviceAssignInterfacePropertyTableIndex: Type = 50;
    pub const WdfDeviceAllocAndQueryInterfacePropertyTableIndex: Type = 51;
    pub const WdfDeviceQueryInterfacePropertyTableIndex: Type = 52;
    pub const WdfDeviceGetDeviceStackIoTypeTableIndex: Type = 53;
    pub const WdfDeviceQueryPropertyExTableIndex: Type = 54;
    pub const WdfDeviceAllocAndQueryPropertyExTableIndex: Type = 55;
    pub const WdfDeviceAssignPropertyTableIndex: Type = 56;
    pub const WdfDriverCreateTableIndex: Type = 57;
    pub const WdfDriverGetRegistryPathTableIndex: Type = 58;
    pub const WdfDriverOpenParametersRegistryKeyTableIndex: Type = 59;
    pub const WdfDriverRetrieveVersionStringTableIndex: Type = 60;
    pub const WdfDriverIsVersionAvailableTableIndex: Type = 61;
    pub const WdfFdoInitOpenRegistryKeyTableIndex: Type = 62;
    pub const WdfFdoInitQueryPropertyTableIndex: Type = 63;
    pub const WdfFdoInitAllocAndQueryPropertyTableIndex: Type = 64;
    pub const WdfFdoInitQueryPropertyExTableIndex: Type = 65;
    pub const WdfFdoInitAllocAndQueryPropertyExTableIndex: Type = 66;
    pub const WdfFdoInitSetFilterTableIndex: Type = 67;
    pub const WdfFileObjectGetFileNameTableIndex: Type = 68;
    pub const WdfFileObjectGetDeviceTableIndex: Type = 69;
    pub const WdfFileObjectGetInitiatorProcessIdTableIndex: Type = 70;
    pub const WdfFileObjectGetRelatedFileObjectTableIndex: Type = 71;
    pub const WdfInterruptCreateTableIndex: Type = 72;
    pub const WdfInterruptQueueDpcForIsrTableIndex: Type = 73;
    pub const WdfInterruptQueueWorkItemForIsrTableIndex: Type = 74;
    pub const WdfInterruptSynchronizeTableIndex: Type = 75;
    pub const WdfInterruptAcquireLockTableIndex: Type = 76;
    pub const WdfInterruptReleaseLockTableIndex: Type = 77;
    pub const WdfInterruptEnableTableIndex: Type = 78;
    pub const WdfInterruptDisableTableIndex: Type = 79;
    pub const WdfInterruptGetInfoTableIndex: Type = 80;
    pub const WdfInterruptSetPolicyTableIndex: Type = 81;
    pub const WdfInterruptSetExtendedPolicyTableIndex: Type = 82;
    pub const WdfInterruptGetDeviceTableIndex: Type = 83;
    pub const WdfInterruptTryToAcquireLockTableIndex: Type = 84;
    pub const WdfIoQueueCreateTableIndex: Type = 85;
    pub const WdfIoQueueGetStateTableIndex: Type = 86;
    pub const WdfIoQueueStartTableIndex: Type = 87;
    pub const WdfIoQueueStopTableIndex: Type = 88;
    pub const WdfIoQueueStopSynchronouslyTableIndex: Type = 89;
    pub const WdfIoQueueGetDeviceTableIndex: Type = 90;
    pub const WdfIoQueueRetrieveNextRequestTableIndex: Type = 91;
    pub const WdfIoQueueRetrieveRequestByFileObjectTableIndex: Type = 92;
    pub const WdfIoQueueFindRequestTableIndex: Type = 93;
    pub const WdfIoQueueRetrieveFoundRequestTableIndex: Type = 94;
    pub const WdfIoQueueDrainSynchronouslyTableIndex: Type = 95;
    pub const WdfIoQueueDrainTableIndex: Type = 96;
    pub const WdfIoQueuePurgeSynchronouslyTableIndex: Type = 97;
    pub const WdfIoQueuePurgeTableIndex: Type = 98;
    pub const WdfIoQueueReadyNotifyTableIndex: Type = 99;
    pub const WdfIoQueueStopAndPurgeTableIndex: Type = 100;
    pub const WdfIoQueueStopAndPurgeSynchronouslyTableIndex: Type = 101;
    pub const WdfIoTargetCreateTableIndex: Type = 102;
    pub const WdfIoTargetOpenTableIndex: Type = 103;
    pub const WdfIoTargetCloseForQueryRemoveTableIndex: Type = 104;
    pub const WdfIoTargetCloseTableIndex: Type = 105;
    pub const WdfIoTargetStartTableIndex: Type = 106;
    pub const WdfIoTargetStopTableIndex: Type = 107;
    pub const WdfIoTargetPurgeTableIndex: Type = 108;
    pub const WdfIoTargetGetStateTableIndex: Type = 109;
    pub const WdfIoTargetGetDeviceTableIndex: Type = 110;
    pub const WdfIoTargetSendReadSynchronouslyTableIndex: Type = 111;
    pub const WdfIoTargetFormatRequestForReadTableIndex: Type = 112;
    pub const WdfIoTargetSendWriteSynchronouslyTableIndex: Type = 113;
    pub const WdfIoTargetFormatRequestForWriteTableIndex: Type = 114;
    pub const WdfIoTargetSendIoctlSynchronouslyTableIndex: Type = 115;
    pub const WdfIoTargetFormatRequestForIoctlTableIndex: Type = 116;
    pub const WdfMemoryCreateTableIndex: Type = 117;
    pub const WdfMemoryCreatePreallocatedTableIndex: Type = 118;
    pub const WdfMemoryGetBufferTableIndex: Type = 119;
    pub const WdfMemoryAssignBufferTableIndex: Type = 120;
    pub const WdfMemoryCopyToBufferTableIndex: Type = 121;
    pub const WdfMemoryCopyFromBufferTableIndex: Type = 122;
    pub const WdfObjectGetTypedContextWorkerTableIndex: Type = 123;
    pub const WdfObjectAllocateContextTableIndex: Type = 124;
    pub const WdfObjectContextGetObjectTableIndex: Type = 125;
    pub const WdfObjectReferenceActualTableIndex: Type = 126;
    pub const WdfObjectDereferenceActualTableIndex: Type = 127;
    pub const WdfObjectCreateTableIndex: Type = 128;
    pub const WdfObjectDeleteTableIndex: Type = 129;
    pub const WdfObjectQueryTableIndex: Type = 130;
    pub const WdfRegistryOpenKeyTableIndex: Type = 131;
    pub const WdfRegistryCreateKeyTableIndex: Type = 132;
    pub const WdfRegistryCloseTableIndex: Type = 133;
    pub const WdfRegistryRemoveKeyTableIndex: Type = 134;
    pub const WdfRegistryRemoveValueTableIndex: Type = 135;
    pub const WdfRegistryQueryValueTableIndex: Type = 136;
    pub const WdfRegistryQueryMemoryTableIndex: Type = 137;
    pub const WdfRegistryQueryMultiStringTableIndex: Type = 138;
    pub const WdfRegistryQueryUnicodeStringTableIndex: Type = 139;
    pub const WdfRegistryQueryStringTableIndex: Type = 140;
    pub const WdfRegistryQueryULongTableIndex: Type = 141;
    pub const WdfRegistryAssignValueTableIndex: Type = 142;
    pub const WdfRegistryAssignMemoryTableIndex: Type = 143;
    pub const WdfRegistryAssignMultiStringTableIndex: Type = 144;
    pub const WdfRegistryAssignUnicodeStringTableIndex: Type = 145;
    pub const WdfRegistryAssignStringTableIndex: Type = 146;
    pub const WdfRegistryAssignULongTableIndex: Type = 147;
    pub const WdfRequestCreateTableIndex: Type = 148;
    pub const WdfRequestReuseTableIndex: Type = 149;
    pub const WdfRequestChangeTargetTableIndex: Type = 150;
    pub const WdfRequestFormatRequestUsingCurrentTypeTableIndex: Type = 151;
    pub const WdfRequestSendTableIndex: Type = 152;
    pub const WdfRequestGetStatusTableIndex: Type = 153;
    pub const WdfRequestMarkCancelableTableIndex: Type = 154;
    pub const WdfRequestMarkCancelableExTableIndex: Type = 155;
    pub const WdfRequestUnmarkCancelableTableIndex: Type = 156;
    pub const WdfRequestIsCanceledTableIndex: Type = 157;
    pub const WdfRequestCancelSentRequestTableIndex: Type = 158;
    pub const WdfRequestIsFrom32BitProcessTableIndex: Type = 159;
    pub const WdfRequestSetCompletionRoutineTableIndex: Type = 160;
    pub const WdfRequestGetCompletionParamsTableIndex: Type = 161;
    pub const WdfRequestAllocateTimerTableIndex: Type = 162;
    pub const WdfRequestCompleteTableIndex: Type = 163;
    pub const WdfRequestCompleteWithInformationTableIndex: Type = 164;
    pub const WdfRequestGetParametersTableIndex: Type = 165;
    pub const WdfRequestRetrieveInputMemoryTableIndex: Type = 166;
    pub const WdfRequestRetrieveOutputMemoryTableIndex: Type = 167;
    pub const WdfRequestRetrieveInputBufferTableIndex: Type = 168;
    pub const WdfRequestRetrieveOutputBufferTableIndex: Type = 169;
    pub const WdfRequestSetInformationTableIndex: Type = 170;
    pub const WdfRequestGetInformationTableIndex: Type = 171;
    pub const WdfRequestGetFileObjectTableIndex: Type = 172;
    pub const WdfRequestGetRequestorModeTableIndex: Type = 173;
    pub const WdfRequestForwardToIoQueueTableIndex: Type = 174;
    pub const WdfRequestGetIoQueueTableIndex: Type = 175;
    pub const WdfRequestRequeueTableIndex: Type = 176;
    pub const WdfRequestStopAcknowledgeTableIndex: Type = 177;
    pub const WdfRequestImpersonateTableIndex: Type = 178;
    pub const WdfRequestGetRequestorProcessIdTableIndex: Type = 179;
    pub const WdfRequestIsFromUserModeDriverTableIndex: Type = 180;
    pub const WdfRequestSetUserModeDriverInitiatedIoTableIndex: Type = 181;
    pub const WdfRequestGetUserModeDriverInitiatedIoTableIndex: Type = 182;
    pub const WdfRequestSetActivityIdTableIndex: Type = 183;
    pub const WdfRequestRetrieveActivityIdTableIndex: Type = 184;
    pub const WdfRequestGetEffectiveIoTypeTableIndex: Type = 185;
    pub const WdfCmResourceListGetCountTableIndex: Type = 186;
    pub const WdfCmResourceListGetDescriptorTableIndex: Type = 187;
    pub const WdfStringCreateTableIndex: Type = 188;
    pub const WdfStringGetUnicodeStringTableIndex: Type = 189;
    pub const WdfObjectAcquireLockTableIndex: Type = 190;
    pub const WdfObjectReleaseLockTableIndex: Type = 191;
    pub const WdfWaitLockCreateTableIndex: Type = 192;
    pub const WdfWaitLockAcquireTableIndex: Type = 193;
    pub const WdfWaitLockReleaseTableIndex: Type = 194;
    pub const WdfSpinLockCreateTableIndex: Type = 195;
    pub const WdfSpinLockAcquireTableIndex: Type = 196;
    pub const WdfSpinLockReleaseTableIndex: Type = 197;
    pub const WdfTimerCreateTableIndex: Type = 198;
    pub const WdfTimerStartTableIndex: Type = 199;
    pub const WdfTimerStopTableIndex: Type = 200;
    pub const WdfTimerGetParentObjectTableIndex: Type = 201;
    pub const WdfUsbTargetDeviceCreateTableIndex: Type = 202;
    pub const WdfUsbTargetDeviceCreateWithParametersTableIndex: Type = 203;
    pub const WdfUsbTargetDeviceRetrieveInformationTableIndex: Type = 204;
    pub const WdfUsbTargetDeviceGetDeviceDescriptorTableIndex: Type = 205;
    pub const WdfUsbTargetDeviceRetrieveConfigDescriptorTableIndex: Type = 206;
    pub const WdfUsbTargetDeviceQueryStringTableIndex: Type = 207;
    pub const WdfUsbTargetDeviceAllocAndQueryStringTableIndex: Type = 208;
    pub const WdfUsbTargetDeviceFormatRequestForStringTableIndex: Type = 209;
    pub const WdfUsbTargetDeviceGetNumInterfacesTableIndex: Type = 210;
    pub const WdfUsbTargetDeviceSelectConfigTableIndex: Type = 211;
    pub const WdfUsbTargetDeviceSendControlTransferSynchronouslyTableIndex: Type = 212;
    pub const WdfUsbTargetDeviceFormatRequestForControlTransferTableIndex: Type = 213;
    pub const WdfUsbTargetDeviceResetPortSynchronouslyTableIndex: Type = 214;
    pub const WdfUsbTargetDeviceQueryUsbCapabilityTableIndex: Type = 215;
    pub const WdfUsbTargetPipeGetInformationTableIndex: Type = 216;
    pub const WdfUsbTargetPipeIsInEndpointTableIndex: Type = 217;
    pub const WdfUsbTargetPipeIsOutEndpointTableIndex: Type = 218;
    pub const WdfUsbTargetPipeGetTypeTableIndex: Type = 219;
    pub const WdfUsbTargetPipeSetNoMaximumPacketSizeCheckTableIndex: Type = 220;
    pub const WdfUsbTargetPipeWriteSynchronouslyTableIndex: Type = 221;
    pub const WdfUsbTargetPipeFormatRequestForWriteTableIndex: Type = 222;
    pub const WdfUsbTargetPipeReadSynchronouslyTableIndex: Type = 223;
    pub const WdfUsbTargetPipeFormatRequestForReadTableIndex: Type = 224;
    pub const WdfUsbTargetPipeConfigContinuousReaderTableIndex: Type = 225;
    pub const WdfUsbTargetPipeAbortSynchronouslyTableIndex: Type = 226;
    pub const WdfUsbTargetPipeFormatRequestForAbortTableIndex: Type = 227;
    pub const WdfUsbTargetPipeResetSynchronouslyTableIndex: Type = 228;
    pub const WdfUsbTargetPipeFormatRequestForResetTableIndex: Type = 229;
    pub const WdfUsbInterfaceGetInterfaceNumberTableIndex: Type = 230;
    pub const WdfUsbInterfaceGetNumEndpointsTableIndex: Type = 231;
    pub const WdfUsbInterfaceGetDescriptorTableIndex: Type = 232;
    pub const WdfUsbInterfaceGetNumSettingsTableIndex: Type = 233;
    pub const WdfUsbInterfaceSelectSettingTableIndex: Type = 234;
    pub const WdfUsbInterfaceGetEndpointInformationTableIndex: Type = 235;
    pub const WdfUsbTargetDeviceGetInterfaceTableIndex: Type = 236;
    pub const WdfUsbInterfaceGetConfiguredSettingIndexTableIndex: Type = 237;
    pub const WdfUsbInterfaceGetNumConfiguredPipesTableIndex: Type = 238;
    pub const WdfUsbInterfaceGetConfiguredPipeTableIndex: Type = 239;
    pub const WdfVerifierDbgBreakPointTableIndex: Type = 240;
    pub const WdfVerifierKeBugCheckTableIndex: Type = 241;
    pub const WdfGetTriageInfoTableIndex: Type = 242;
    pub const WdfWorkItemCreateTableIndex: Type = 243;
    pub const WdfWorkItemEnqueueTableIndex: Type = 244;
    pub const WdfWorkItemGetParentObjectTableIndex: Type = 245;
    pub const WdfWorkItemFlushTableIndex: Type = 246;
    pub const WdfRegistryWdmGetHandleTableIndex: Type = 247;
    pub const WdfDeviceStopIdleActualTableIndex: Type = 248;
    pub const WdfDeviceResumeIdleActualTableIndex: Type = 249;
    pub const WdfDeviceInitEnableHidInterfaceTableIndex: Type = 250;
    pub const WdfDeviceHidNotifyPresenceTableIndex: Type = 251;
    pub const WdfDeviceGetSelfIoTargetTableIndex: Type = 252;
    pub const WdfDeviceInitAllowSelfIoTargetTableIndex: Type = 253;
    pub const WdfIoTargetSelfAssignDefaultIoQueueTableIndex: Type = 254;
    pub const WdfDeviceOpenDevicemapKeyTableIndex: Type = 255;
    pub const WdfIoTargetWdmGetTargetFileHandleTableIndex: Type = 256;
    pub const WdfFunctionTableNumEntries: Type = 257;
}

pub type PFN_WDFCOLLECTIONCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        CollectionAttributes: PWDF_OBJECT_ATTRIBUTES,
        Collection: *mut WDFCOLLECTION,
    ) -> NTSTATUS,
>;
pub type PFN_WDFCOLLECTIONGETCOUNT =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Collection: WDFCOLLECTION) -> ULONG>;
pub type PFN_WDFCOLLECTIONADD = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Collection: WDFCOLLECTION,
        Object: WDFOBJECT,
    ) -> NTSTATUS,
>;
pub type PFN_WDFCOLLECTIONREMOVE = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Collection: WDFCOLLECTION, Item: WDFOBJECT),
>;
pub type PFN_WDFCOLLECTIONREMOVEITEM =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Collection: WDFCOLLECTION, Index: ULONG)>;
pub type PFN_WDFCOLLECTIONGETITEM = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Collection: WDFCOLLECTION,
        Index: ULONG,
    ) -> WDFOBJECT,
>;
pub type PFN_WDFCOLLECTIONGETFIRSTITEM =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Collection: WDFCOLLECTION) -> WDFOBJECT>;
pub type PFN_WDFCOLLECTIONGETLASTITEM =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Collection: WDFCOLLECTION) -> WDFOBJECT>;
pub type PFN_WDFDEVICEGETDEVICESTATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceState: PWDF_DEVICE_STATE,
    ),
>;
pub type PFN_WDFDEVICESETDEVICESTATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceState: PWDF_DEVICE_STATE,
    ),
>;
pub type PFN_WDFDEVICEGETDRIVER =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Device: WDFDEVICE) -> WDFDRIVER>;
pub type PFN_WDFDEVICEGETIOTARGET =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Device: WDFDEVICE) -> WDFIOTARGET>;
pub type PFN_WDFDEVICEASSIGNS0IDLESETTINGS = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Settings: PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEASSIGNSXWAKESETTINGS = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Settings: PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEOPENREGISTRYKEY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceInstanceKeyType: ULONG,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEINITSETPNPPOWEREVENTCALLBACKS = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        PnpPowerEventCallbacks: PWDF_PNPPOWER_EVENT_CALLBACKS,
    ),
>;
pub type PFN_WDFDEVICEINITSETPOWERPOLICYEVENTCALLBACKS = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        PowerPolicyEventCallbacks: PWDF_POWER_POLICY_EVENT_CALLBACKS,
    ),
>;
pub type PFN_WDFDEVICEINITSETPOWERPOLICYOWNERSHIP = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        IsPowerPolicyOwner: BOOLEAN,
    ),
>;
pub type PFN_WDFDEVICEINITSETIOTYPE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        IoType: WDF_DEVICE_IO_TYPE,
    ),
>;
pub type PFN_WDFDEVICEINITSETFILEOBJECTCONFIG = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        FileObjectConfig: PWDF_FILEOBJECT_CONFIG,
        FileObjectAttributes: PWDF_OBJECT_ATTRIBUTES,
    ),
>;
pub type PFN_WDFDEVICEINITSETREQUESTATTRIBUTES = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        RequestAttributes: PWDF_OBJECT_ATTRIBUTES,
    ),
>;
pub type PFN_WDFDEVICECREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: *mut PWDFDEVICE_INIT,
        DeviceAttributes: PWDF_OBJECT_ATTRIBUTES,
        Device: *mut WDFDEVICE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICESETSTATICSTOPREMOVE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Device: WDFDEVICE, Stoppable: BOOLEAN)>;
pub type PFN_WDFDEVICECREATEDEVICEINTERFACE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        InterfaceClassGUID: *const GUID,
        ReferenceString: PCUNICODE_STRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICESETDEVICEINTERFACESTATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        InterfaceClassGUID: *const GUID,
        ReferenceString: PCUNICODE_STRING,
        IsInterfaceEnabled: BOOLEAN,
    ),
>;
pub type PFN_WDFDEVICERETRIEVEDEVICEINTERFACESTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        InterfaceClassGUID: *const GUID,
        ReferenceString: PCUNICODE_STRING,
        String: WDFSTRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICECREATESYMBOLICLINK = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        SymbolicLinkName: PCUNICODE_STRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEQUERYPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEALLOCANDQUERYPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICESETPNPCAPABILITIES = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PnpCapabilities: PWDF_DEVICE_PNP_CAPABILITIES,
    ),
>;
pub type PFN_WDFDEVICESETPOWERCAPABILITIES = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PowerCapabilities: PWDF_DEVICE_POWER_CAPABILITIES,
    ),
>;
pub type PFN_WDFDEVICESETFAILED = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        FailedAction: WDF_DEVICE_FAILED_ACTION,
    ),
>;
pub type PFN_WDFDEVICESTOPIDLENOTRACK = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        WaitForD0: BOOLEAN,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICERESUMEIDLENOTRACK =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Device: WDFDEVICE)>;
pub type PFN_WDFDEVICEGETFILEOBJECT = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        FileObject: PFILE_OBJECT,
    ) -> WDFFILEOBJECT,
>;
pub type PFN_WDFDEVICEGETDEFAULTQUEUE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Device: WDFDEVICE) -> WDFQUEUE>;
pub type PFN_WDFDEVICECONFIGUREREQUESTDISPATCHING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Queue: WDFQUEUE,
        RequestType: WDF_REQUEST_TYPE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEGETSYSTEMPOWERACTION =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Device: WDFDEVICE) -> POWER_ACTION::Type>;
pub type PFN_WDFDEVICEINITSETRELEASEHARDWAREORDERONFAILURE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        ReleaseHardwareOrderOnFailure: WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE,
    ),
>;
pub type PFN_WDFDEVICEINITSETIOTYPEEX = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        IoTypeConfig: PWDF_IO_TYPE_CONFIG,
    ),
>;
pub type PFN_WDFDEVICEPOSTEVENT = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        EventGuid: *const GUID,
        WdfEventType: WDF_EVENT_TYPE,
        Data: *mut BYTE,
        DataSizeCb: ULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEMAPIOSPACE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PhysicalAddress: PHYSICAL_ADDRESS,
        NumberOfBytes: SIZE_T,
        CacheType: MEMORY_CACHING_TYPE,
        PseudoBaseAddress: *mut PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEUNMAPIOSPACE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PseudoBaseAddress: PVOID,
        NumberOfBytes: SIZE_T,
    ),
>;
pub type PFN_WDFDEVICEGETHARDWAREREGISTERMAPPEDADDRESS = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PseudoBaseAddress: PVOID,
    ) -> PVOID,
>;
pub type PFN_WDFDEVICEREADFROMHARDWARE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Type: WDF_DEVICE_HWACCESS_TARGET_TYPE,
        Size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
        TargetAddress: PVOID,
        Buffer: PVOID,
        Count: ULONG,
    ) -> SIZE_T,
>;
pub type PFN_WDFDEVICEWRITETOHARDWARE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Type: WDF_DEVICE_HWACCESS_TARGET_TYPE,
        Size: WDF_DEVICE_HWACCESS_TARGET_SIZE,
        TargetAddress: PVOID,
        Value: SIZE_T,
        Buffer: PVOID,
        Count: ULONG,
    ),
>;
pub type PFN_WDFDEVICEASSIGNINTERFACEPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PropertyData: PWDF_DEVICE_INTERFACE_PROPERTY_DATA,
        Type: DEVPROPTYPE,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEALLOCANDQUERYINTERFACEPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PropertyData: PWDF_DEVICE_INTERFACE_PROPERTY_DATA,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEQUERYINTERFACEPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        PropertyData: PWDF_DEVICE_INTERFACE_PROPERTY_DATA,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEGETDEVICESTACKIOTYPE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        ReadWriteIoType: *mut WDF_DEVICE_IO_TYPE,
        IoControlIoType: *mut WDF_DEVICE_IO_TYPE,
    ),
>;
pub type PFN_WDFDEVICEQUERYPROPERTYEX = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        RequiredSize: PULONG,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEALLOCANDQUERYPROPERTYEX = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICEASSIGNPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        Type: DEVPROPTYPE,
        Size: ULONG,
        Data: PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDRIVERCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DriverObject: PDRIVER_OBJECT,
        RegistryPath: PCUNICODE_STRING,
        DriverAttributes: PWDF_OBJECT_ATTRIBUTES,
        DriverConfig: PWDF_DRIVER_CONFIG,
        Driver: *mut WDFDRIVER,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDRIVERGETREGISTRYPATH =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Driver: WDFDRIVER) -> PWSTR>;
pub type PFN_WDFDRIVEROPENPARAMETERSREGISTRYKEY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Driver: WDFDRIVER,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDRIVERRETRIEVEVERSIONSTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Driver: WDFDRIVER,
        String: WDFSTRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDRIVERISVERSIONAVAILABLE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Driver: WDFDRIVER,
        VersionAvailableParams: PWDF_DRIVER_VERSION_AVAILABLE_PARAMS,
    ) -> BOOLEAN,
>;
pub type PFN_WDFFDOINITOPENREGISTRYKEY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceInstanceKeyType: ULONG,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFFDOINITQUERYPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFFDOINITALLOCANDQUERYPROPERTY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: DEVICE_REGISTRY_PROPERTY::Type,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFFDOINITQUERYPROPERTYEX = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        BufferLength: ULONG,
        PropertyBuffer: PVOID,
        ResultLength: PULONG,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFFDOINITALLOCANDQUERYPROPERTYEX = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DeviceInit: PWDFDEVICE_INIT,
        DeviceProperty: PWDF_DEVICE_PROPERTY_DATA,
        PoolType: POOL_TYPE,
        PropertyMemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        PropertyMemory: *mut WDFMEMORY,
        Type: PDEVPROPTYPE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFFDOINITSETFILTER =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, DeviceInit: PWDFDEVICE_INIT)>;
pub type PFN_WDFFILEOBJECTGETFILENAME = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, FileObject: WDFFILEOBJECT) -> PUNICODE_STRING,
>;
pub type PFN_WDFFILEOBJECTGETDEVICE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, FileObject: WDFFILEOBJECT) -> WDFDEVICE>;
pub type PFN_WDFFILEOBJECTGETINITIATORPROCESSID =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, FileObject: WDFFILEOBJECT) -> ULONG>;
pub type PFN_WDFFILEOBJECTGETRELATEDFILEOBJECT = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, FileObject: WDFFILEOBJECT) -> WDFFILEOBJECT,
>;
pub type PFN_WDFINTERRUPTCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Configuration: PWDF_INTERRUPT_CONFIG,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        Interrupt: *mut WDFINTERRUPT,
    ) -> NTSTATUS,
>;
pub type PFN_WDFINTERRUPTQUEUEDPCFORISR =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT) -> BOOLEAN>;
pub type PFN_WDFINTERRUPTQUEUEWORKITEMFORISR =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT) -> BOOLEAN>;
pub type PFN_WDFINTERRUPTSYNCHRONIZE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Interrupt: WDFINTERRUPT,
        Callback: PFN_WDF_INTERRUPT_SYNCHRONIZE,
        Context: WDFCONTEXT,
    ) -> BOOLEAN,
>;
pub type PFN_WDFINTERRUPTACQUIRELOCK =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT)>;
pub type PFN_WDFINTERRUPTRELEASELOCK =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT)>;
pub type PFN_WDFINTERRUPTENABLE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT)>;
pub type PFN_WDFINTERRUPTDISABLE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT)>;
pub type PFN_WDFINTERRUPTGETINFO = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Interrupt: WDFINTERRUPT,
        Info: PWDF_INTERRUPT_INFO,
    ),
>;
pub type PFN_WDFINTERRUPTSETPOLICY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Interrupt: WDFINTERRUPT,
        Policy: WDF_INTERRUPT_POLICY,
        Priority: WDF_INTERRUPT_PRIORITY,
        TargetProcessorSet: KAFFINITY,
    ),
>;
pub type PFN_WDFINTERRUPTSETEXTENDEDPOLICY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Interrupt: WDFINTERRUPT,
        PolicyAndGroup: PWDF_INTERRUPT_EXTENDED_POLICY,
    ),
>;
pub type PFN_WDFINTERRUPTGETDEVICE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT) -> WDFDEVICE>;
pub type PFN_WDFINTERRUPTTRYTOACQUIRELOCK =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Interrupt: WDFINTERRUPT) -> BOOLEAN>;
pub type PFN_WDFIOQUEUECREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Config: PWDF_IO_QUEUE_CONFIG,
        QueueAttributes: PWDF_OBJECT_ATTRIBUTES,
        Queue: *mut WDFQUEUE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOQUEUEGETSTATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        QueueRequests: PULONG,
        DriverRequests: PULONG,
    ) -> WDF_IO_QUEUE_STATE,
>;
pub type PFN_WDFIOQUEUESTART =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Queue: WDFQUEUE)>;
pub type PFN_WDFIOQUEUESTOP = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        StopComplete: PFN_WDF_IO_QUEUE_STATE,
        Context: WDFCONTEXT,
    ),
>;
pub type PFN_WDFIOQUEUESTOPSYNCHRONOUSLY =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Queue: WDFQUEUE)>;
pub type PFN_WDFIOQUEUEGETDEVICE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Queue: WDFQUEUE) -> WDFDEVICE>;
pub type PFN_WDFIOQUEUERETRIEVENEXTREQUEST = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        OutRequest: *mut WDFREQUEST,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOQUEUERETRIEVEREQUESTBYFILEOBJECT = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        FileObject: WDFFILEOBJECT,
        OutRequest: *mut WDFREQUEST,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOQUEUEFINDREQUEST = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        FoundRequest: WDFREQUEST,
        FileObject: WDFFILEOBJECT,
        Parameters: PWDF_REQUEST_PARAMETERS,
        OutRequest: *mut WDFREQUEST,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOQUEUERETRIEVEFOUNDREQUEST = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        FoundRequest: WDFREQUEST,
        OutRequest: *mut WDFREQUEST,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOQUEUEDRAINSYNCHRONOUSLY =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Queue: WDFQUEUE)>;
pub type PFN_WDFIOQUEUEDRAIN = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        DrainComplete: PFN_WDF_IO_QUEUE_STATE,
        Context: WDFCONTEXT,
    ),
>;
pub type PFN_WDFIOQUEUEPURGESYNCHRONOUSLY =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Queue: WDFQUEUE)>;
pub type PFN_WDFIOQUEUEPURGE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        PurgeComplete: PFN_WDF_IO_QUEUE_STATE,
        Context: WDFCONTEXT,
    ),
>;
pub type PFN_WDFIOQUEUEREADYNOTIFY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        QueueReady: PFN_WDF_IO_QUEUE_STATE,
        Context: WDFCONTEXT,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOQUEUESTOPANDPURGE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Queue: WDFQUEUE,
        StopAndPurgeComplete: PFN_WDF_IO_QUEUE_STATE,
        Context: WDFCONTEXT,
    ),
>;
pub type PFN_WDFIOQUEUESTOPANDPURGESYNCHRONOUSLY =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Queue: WDFQUEUE)>;
pub type PFN_WDFIOTARGETCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        IoTargetAttributes: PWDF_OBJECT_ATTRIBUTES,
        IoTarget: *mut WDFIOTARGET,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETOPEN = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        OpenParams: PWDF_IO_TARGET_OPEN_PARAMS,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETCLOSEFORQUERYREMOVE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, IoTarget: WDFIOTARGET)>;
pub type PFN_WDFIOTARGETCLOSE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, IoTarget: WDFIOTARGET)>;
pub type PFN_WDFIOTARGETSTART =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, IoTarget: WDFIOTARGET) -> NTSTATUS>;
pub type PFN_WDFIOTARGETSTOP = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Action: WDF_IO_TARGET_SENT_IO_ACTION,
    ),
>;
pub type PFN_WDFIOTARGETPURGE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Action: WDF_IO_TARGET_PURGE_IO_ACTION,
    ),
>;
pub type PFN_WDFIOTARGETGETSTATE = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, IoTarget: WDFIOTARGET) -> WDF_IO_TARGET_STATE,
>;
pub type PFN_WDFIOTARGETGETDEVICE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, IoTarget: WDFIOTARGET) -> WDFDEVICE>;
pub type PFN_WDFIOTARGETSENDREADSYNCHRONOUSLY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        OutputBuffer: PWDF_MEMORY_DESCRIPTOR,
        DeviceOffset: PLONGLONG,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesRead: PULONG_PTR,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETFORMATREQUESTFORREAD = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        OutputBuffer: WDFMEMORY,
        OutputBufferOffset: PWDFMEMORY_OFFSET,
        DeviceOffset: PLONGLONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETSENDWRITESYNCHRONOUSLY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        InputBuffer: PWDF_MEMORY_DESCRIPTOR,
        DeviceOffset: PLONGLONG,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesWritten: PULONG_PTR,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETFORMATREQUESTFORWRITE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        InputBuffer: WDFMEMORY,
        InputBufferOffset: PWDFMEMORY_OFFSET,
        DeviceOffset: PLONGLONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETSENDIOCTLSYNCHRONOUSLY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        IoctlCode: ULONG,
        InputBuffer: PWDF_MEMORY_DESCRIPTOR,
        OutputBuffer: PWDF_MEMORY_DESCRIPTOR,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesReturned: PULONG_PTR,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETFORMATREQUESTFORIOCTL = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        IoctlCode: ULONG,
        InputBuffer: WDFMEMORY,
        InputBufferOffset: PWDFMEMORY_OFFSET,
        OutputBuffer: WDFMEMORY,
        OutputBufferOffset: PWDFMEMORY_OFFSET,
    ) -> NTSTATUS,
>;
pub type PFN_WDFMEMORYCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        PoolType: POOL_TYPE,
        PoolTag: ULONG,
        BufferSize: usize,
        Memory: *mut WDFMEMORY,
        Buffer: *mut PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFMEMORYCREATEPREALLOCATED = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        Buffer: PVOID,
        BufferSize: usize,
        Memory: *mut WDFMEMORY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFMEMORYGETBUFFER = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Memory: WDFMEMORY,
        BufferSize: *mut usize,
    ) -> PVOID,
>;
pub type PFN_WDFMEMORYASSIGNBUFFER = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Memory: WDFMEMORY,
        Buffer: PVOID,
        BufferSize: usize,
    ) -> NTSTATUS,
>;
pub type PFN_WDFMEMORYCOPYTOBUFFER = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        SourceMemory: WDFMEMORY,
        SourceOffset: usize,
        Buffer: PVOID,
        NumBytesToCopyTo: usize,
    ) -> NTSTATUS,
>;
pub type PFN_WDFMEMORYCOPYFROMBUFFER = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        DestinationMemory: WDFMEMORY,
        DestinationOffset: usize,
        Buffer: PVOID,
        NumBytesToCopyFrom: usize,
    ) -> NTSTATUS,
>;
pub type PFN_WDFOBJECTGETTYPEDCONTEXTWORKER = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Handle: WDFOBJECT,
        TypeInfo: PCWDF_OBJECT_CONTEXT_TYPE_INFO,
    ) -> PVOID,
>;
pub type PFN_WDFOBJECTALLOCATECONTEXT = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Handle: WDFOBJECT,
        ContextAttributes: PWDF_OBJECT_ATTRIBUTES,
        Context: *mut PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFOBJECTCONTEXTGETOBJECT =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, ContextPointer: PVOID) -> WDFOBJECT>;
pub type PFN_WDFOBJECTREFERENCEACTUAL = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Handle: WDFOBJECT,
        Tag: PVOID,
        Line: LONG,
        File: PCHAR,
    ),
>;
pub type PFN_WDFOBJECTDEREFERENCEACTUAL = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Handle: WDFOBJECT,
        Tag: PVOID,
        Line: LONG,
        File: PCHAR,
    ),
>;
pub type PFN_WDFOBJECTCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        Object: *mut WDFOBJECT,
    ) -> NTSTATUS,
>;
pub type PFN_WDFOBJECTDELETE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Object: WDFOBJECT)>;
pub type PFN_WDFOBJECTQUERY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Object: WDFOBJECT,
        Guid: *const GUID,
        QueryBufferLength: ULONG,
        QueryBuffer: PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYOPENKEY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        ParentKey: WDFKEY,
        KeyName: PCUNICODE_STRING,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYCREATEKEY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        ParentKey: WDFKEY,
        KeyName: PCUNICODE_STRING,
        DesiredAccess: ACCESS_MASK,
        CreateOptions: ULONG,
        CreateDisposition: PULONG,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYCLOSE = Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Key: WDFKEY)>;
pub type PFN_WDFREGISTRYREMOVEKEY =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Key: WDFKEY) -> NTSTATUS>;
pub type PFN_WDFREGISTRYREMOVEVALUE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYQUERYVALUE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueLength: ULONG,
        Value: PVOID,
        ValueLengthQueried: PULONG,
        ValueType: PULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYQUERYMEMORY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        PoolType: POOL_TYPE,
        MemoryAttributes: PWDF_OBJECT_ATTRIBUTES,
        Memory: *mut WDFMEMORY,
        ValueType: PULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYQUERYMULTISTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        StringsAttributes: PWDF_OBJECT_ATTRIBUTES,
        Collection: WDFCOLLECTION,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYQUERYUNICODESTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueByteLength: PUSHORT,
        Value: PUNICODE_STRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYQUERYSTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        String: WDFSTRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYQUERYULONG = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        Value: PULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYASSIGNVALUE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueType: ULONG,
        ValueLength: ULONG,
        Value: PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYASSIGNMEMORY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        ValueType: ULONG,
        Memory: WDFMEMORY,
        MemoryOffsets: PWDFMEMORY_OFFSET,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYASSIGNMULTISTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        StringsCollection: WDFCOLLECTION,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYASSIGNUNICODESTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        Value: PCUNICODE_STRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYASSIGNSTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        String: WDFSTRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREGISTRYASSIGNULONG = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Key: WDFKEY,
        ValueName: PCUNICODE_STRING,
        Value: ULONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        RequestAttributes: PWDF_OBJECT_ATTRIBUTES,
        IoTarget: WDFIOTARGET,
        Request: *mut WDFREQUEST,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTREUSE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        ReuseParams: PWDF_REQUEST_REUSE_PARAMS,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTCHANGETARGET = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        IoTarget: WDFIOTARGET,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTFORMATREQUESTUSINGCURRENTTYPE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST)>;
pub type PFN_WDFREQUESTSEND = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        Target: WDFIOTARGET,
        Options: PWDF_REQUEST_SEND_OPTIONS,
    ) -> BOOLEAN,
>;
pub type PFN_WDFREQUESTGETSTATUS =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> NTSTATUS>;
pub type PFN_WDFREQUESTMARKCANCELABLE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        EvtRequestCancel: PFN_WDF_REQUEST_CANCEL,
    ),
>;
pub type PFN_WDFREQUESTMARKCANCELABLEEX = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        EvtRequestCancel: PFN_WDF_REQUEST_CANCEL,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTUNMARKCANCELABLE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> NTSTATUS>;
pub type PFN_WDFREQUESTISCANCELED =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> BOOLEAN>;
pub type PFN_WDFREQUESTCANCELSENTREQUEST =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> BOOLEAN>;
pub type PFN_WDFREQUESTISFROM32BITPROCESS =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> BOOLEAN>;
pub type PFN_WDFREQUESTSETCOMPLETIONROUTINE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        CompletionRoutine: PFN_WDF_REQUEST_COMPLETION_ROUTINE,
        CompletionContext: WDFCONTEXT,
    ),
>;
pub type PFN_WDFREQUESTGETCOMPLETIONPARAMS = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        Params: PWDF_REQUEST_COMPLETION_PARAMS,
    ),
>;
pub type PFN_WDFREQUESTALLOCATETIMER =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> NTSTATUS>;
pub type PFN_WDFREQUESTCOMPLETE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST, Status: NTSTATUS)>;
pub type PFN_WDFREQUESTCOMPLETEWITHINFORMATION = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        Status: NTSTATUS,
        Information: ULONG_PTR,
    ),
>;
pub type PFN_WDFREQUESTGETPARAMETERS = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        Parameters: PWDF_REQUEST_PARAMETERS,
    ),
>;
pub type PFN_WDFREQUESTRETRIEVEINPUTMEMORY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        Memory: *mut WDFMEMORY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTRETRIEVEOUTPUTMEMORY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        Memory: *mut WDFMEMORY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTRETRIEVEINPUTBUFFER = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        MinimumRequiredLength: usize,
        Buffer: *mut PVOID,
        Length: *mut usize,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTRETRIEVEOUTPUTBUFFER = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        MinimumRequiredSize: usize,
        Buffer: *mut PVOID,
        Length: *mut usize,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTSETINFORMATION = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST, Information: ULONG_PTR),
>;
pub type PFN_WDFREQUESTGETINFORMATION =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> ULONG_PTR>;
pub type PFN_WDFREQUESTGETFILEOBJECT =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> WDFFILEOBJECT>;
pub type PFN_WDFREQUESTGETREQUESTORMODE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> KPROCESSOR_MODE>;
pub type PFN_WDFREQUESTFORWARDTOIOQUEUE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        DestinationQueue: WDFQUEUE,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTGETIOQUEUE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> WDFQUEUE>;
pub type PFN_WDFREQUESTREQUEUE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> NTSTATUS>;
pub type PFN_WDFREQUESTSTOPACKNOWLEDGE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST, Requeue: BOOLEAN)>;
pub type PFN_WDFREQUESTIMPERSONATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        ImpersonationLevel: SECURITY_IMPERSONATION_LEVEL,
        EvtRequestImpersonate: PFN_WDF_REQUEST_IMPERSONATE,
        Context: PVOID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTGETREQUESTORPROCESSID =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> ULONG>;
pub type PFN_WDFREQUESTISFROMUSERMODEDRIVER =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> BOOLEAN>;
pub type PFN_WDFREQUESTSETUSERMODEDRIVERINITIATEDIO = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        IsUserModeDriverInitiated: BOOLEAN,
    ),
>;
pub type PFN_WDFREQUESTGETUSERMODEDRIVERINITIATEDIO =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> BOOLEAN>;
pub type PFN_WDFREQUESTSETACTIVITYID =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST, ActivityId: LPGUID)>;
pub type PFN_WDFREQUESTRETRIEVEACTIVITYID = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Request: WDFREQUEST,
        ActivityId: LPGUID,
    ) -> NTSTATUS,
>;
pub type PFN_WDFREQUESTGETEFFECTIVEIOTYPE = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Request: WDFREQUEST) -> WDF_DEVICE_IO_TYPE,
>;
pub type PFN_WDFCMRESOURCELISTGETCOUNT =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, List: WDFCMRESLIST) -> ULONG>;
pub type PFN_WDFCMRESOURCELISTGETDESCRIPTOR = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        List: WDFCMRESLIST,
        Index: ULONG,
    ) -> PCM_PARTIAL_RESOURCE_DESCRIPTOR,
>;
pub type PFN_WDFSTRINGCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        UnicodeString: PCUNICODE_STRING,
        StringAttributes: PWDF_OBJECT_ATTRIBUTES,
        String: *mut WDFSTRING,
    ) -> NTSTATUS,
>;
pub type PFN_WDFSTRINGGETUNICODESTRING = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        String: WDFSTRING,
        UnicodeString: PUNICODE_STRING,
    ),
>;
pub type PFN_WDFOBJECTACQUIRELOCK =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Object: WDFOBJECT)>;
pub type PFN_WDFOBJECTRELEASELOCK =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Object: WDFOBJECT)>;
pub type PFN_WDFWAITLOCKCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        LockAttributes: PWDF_OBJECT_ATTRIBUTES,
        Lock: *mut WDFWAITLOCK,
    ) -> NTSTATUS,
>;
pub type PFN_WDFWAITLOCKACQUIRE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Lock: WDFWAITLOCK,
        Timeout: PLONGLONG,
    ) -> NTSTATUS,
>;
pub type PFN_WDFWAITLOCKRELEASE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Lock: WDFWAITLOCK)>;
pub type PFN_WDFSPINLOCKCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        SpinLockAttributes: PWDF_OBJECT_ATTRIBUTES,
        SpinLock: *mut WDFSPINLOCK,
    ) -> NTSTATUS,
>;
pub type PFN_WDFSPINLOCKACQUIRE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, SpinLock: WDFSPINLOCK)>;
pub type PFN_WDFSPINLOCKRELEASE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, SpinLock: WDFSPINLOCK)>;
pub type PFN_WDFTIMERCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Config: PWDF_TIMER_CONFIG,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        Timer: *mut WDFTIMER,
    ) -> NTSTATUS,
>;
pub type PFN_WDFTIMERSTART = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Timer: WDFTIMER, DueTime: LONGLONG) -> BOOLEAN,
>;
pub type PFN_WDFTIMERSTOP = Option<
    unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Timer: WDFTIMER, Wait: BOOLEAN) -> BOOLEAN,
>;
pub type PFN_WDFTIMERGETPARENTOBJECT =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Timer: WDFTIMER) -> WDFOBJECT>;
pub type PFN_WDFVERIFIERDBGBREAKPOINT = Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS)>;
pub type PFN_WDFVERIFIERKEBUGCHECK = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        BugCheckCode: ULONG,
        BugCheckParameter1: ULONG_PTR,
        BugCheckParameter2: ULONG_PTR,
        BugCheckParameter3: ULONG_PTR,
        BugCheckParameter4: ULONG_PTR,
    ),
>;
pub type PFN_WDFGETTRIAGEINFO = Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS) -> PVOID>;
pub type PFN_WDFWORKITEMCREATE = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Config: PWDF_WORKITEM_CONFIG,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        WorkItem: *mut WDFWORKITEM,
    ) -> NTSTATUS,
>;
pub type PFN_WDFWORKITEMENQUEUE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, WorkItem: WDFWORKITEM)>;
pub type PFN_WDFWORKITEMGETPARENTOBJECT =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, WorkItem: WDFWORKITEM) -> WDFOBJECT>;
pub type PFN_WDFWORKITEMFLUSH =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, WorkItem: WDFWORKITEM)>;
pub type PFN_WDFREGISTRYWDMGETHANDLE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, Key: WDFKEY) -> HANDLE>;
pub type PFN_WDFDEVICESTOPIDLEACTUAL = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        WaitForD0: BOOLEAN,
        Tag: PVOID,
        Line: LONG,
        File: PCHAR,
    ) -> NTSTATUS,
>;
pub type PFN_WDFDEVICERESUMEIDLEACTUAL = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        Tag: PVOID,
        Line: LONG,
        File: PCHAR,
    ),
>;
pub type PFN_WDFDEVICEOPENDEVICEMAPKEY = Option<
    unsafe extern "C" fn(
        DriverGlobals: PWDF_DRIVER_GLOBALS,
        Device: WDFDEVICE,
        KeyName: PCUNICODE_STRING,
        DesiredAccess: ACCESS_MASK,
        KeyAttributes: PWDF_OBJECT_ATTRIBUTES,
        Key: *mut WDFKEY,
    ) -> NTSTATUS,
>;
pub type PFN_WDFIOTARGETWDMGETTARGETFILEHANDLE =
    Option<unsafe extern "C" fn(DriverGlobals: PWDF_DRIVER_GLOBALS, IoTarget: WDFIOTARGET) -> HANDLE>;
