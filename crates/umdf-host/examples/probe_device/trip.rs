//! The mistakes of the probe, one a run: driver and tests share this file.

macro_rules! trips {
    ($($trip:ident = $number:literal $rule:literal $message:literal;)+) => {
        /// A mistake. Its number stands in the INF.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum Trip {
            $(#[doc = $message] $trip = $number,)+
        }

        impl Trip {
            /// Every mistake.
            pub const ALL: &[Self] = &[$(Self::$trip),+];

            /// The rule that it breaks, by name.
            pub const fn rule(self) -> &'static str {
                match self {
                    $(Self::$trip => $rule,)+
                }
            }

            /// Part of what the host says.
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$trip => $message,)+
                }
            }
        }
    };
}

trips! {
    // Before the device object exists.
    InitQueryNoResult = 100 "PARAM_NULL" "ResultLength is NULL";
    InitQueryNoBuffer = 101 "PARAM_NULL" "PropertyBuffer is NULL";
    InitQueryExNoData = 102 "PARAM_NULL" "DeviceProperty is NULL";
    InitQueryExNoBuffer = 103 "PARAM_NULL" "PropertyBuffer is NULL";
    InitQueryExNoType = 104 "PARAM_NULL" "Type is NULL";
    InitKeyNowhere = 105 "PARAM_NULL" "Key is NULL";
    InitOfOtherType = 106 "HANDLE_NULL_OR_TYPE" "DeviceInit is driver0";
    InitAllocNowhere = 107 "PARAM_NULL" "PropertyMemory is NULL";
    InitAllocExNoType = 108 "PARAM_NULL" "Type is NULL";
    InitAllocExNoData = 109 "PARAM_NULL" "DeviceProperty is NULL";
    IoTypeUndefined = 110 "ARGUMENT_INVALID" "IoType is 0, no WDF_DEVICE_IO_TYPE";
    IoTypeNeither = 111 "ARGUMENT_INVALID" "WdfDeviceIoNeither";
    IoTypeExReadWrite = 112 "ARGUMENT_INVALID" "ReadWriteIoType is 5";
    IoTypeExControl = 113 "ARGUMENT_INVALID" "DeviceControlIoType is WdfDeviceIoNeither";
    IoTypeExNull = 114 "PARAM_NULL" "IoTypeConfig is NULL";
    RequestAttributesNull = 115 "PARAM_NULL" "RequestAttributes is NULL";
    RequestAttributesParent = 116 "ARGUMENT_INVALID" "STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED";
    PolicyCallbacksNull = 117 "PARAM_NULL" "PowerPolicyEventCallbacks is NULL";
    PolicyCallbacksSize = 118 "ARGUMENT_INVALID" "PowerPolicyEventCallbacks->Size";
    PolicyCallbacksBoth = 119 "ARGUMENT_INVALID" "EvtDeviceArmWakeFromSxWithReason";
    FilterOfOtherType = 120 "HANDLE_NULL_OR_TYPE" "DeviceInit is driver0";
    FilterNull = 121 "HANDLE_NULL_OR_TYPE" "DeviceInit is NULL";
    ReleaseOrderNone = 122 "ARGUMENT_INVALID" "ReleaseHardwareOrderOnFailure is 0";
    ReleaseOrderTooLarge = 123 "ARGUMENT_INVALID" "ReleaseHardwareOrderOnFailure is 3";
    UsageCallbacksBoth = 124 "ARGUMENT_INVALID" "EvtDeviceUsageNotification and EvtDeviceUsageNotificationEx";

    // Behind WdfDeviceCreate.
    PropertyNotInUmdf = 200 "API_UNAVAILABLE" "device property 20 does not exist";
    PropertyUnknown = 201 "API_UNAVAILABLE" "device property 23 does not exist";
    QueryNoResult = 202 "PARAM_NULL" "ResultLength is NULL";
    QueryNoBuffer = 203 "PARAM_NULL" "PropertyBuffer is NULL";
    QueryExNoKey = 204 "PARAM_NULL" "PropertyKey is NULL";
    QueryExNoSize = 205 "PARAM_NULL" "RequiredSize is NULL";
    QueryExNoType = 206 "PARAM_NULL" "Type is NULL";
    AssignNoData = 207 "PARAM_NULL" "DeviceProperty is NULL";
    AllocNowhere = 208 "PARAM_NULL" "PropertyMemory is NULL";
    AllocExNoType = 209 "PARAM_NULL" "Type is NULL";
    StateNull = 210 "PARAM_NULL" "DeviceState is NULL";
    GetStateSize = 211 "ARGUMENT_INVALID" "DeviceState->Size is not 28";
    SetStateSize = 212 "ARGUMENT_INVALID" "DeviceState->Size is not 28";
    SetStateTriState = 213 "ARGUMENT_INVALID" "NotDisableable is 3, no WDF_TRI_STATE";
    StoppableTwice = 214 "ARGUMENT_INVALID" "the device is stoppable already";
    PnpCapabilitiesNull = 220 "PARAM_NULL" "PnpCapabilities is NULL";
    PnpCapabilitiesSize = 221 "ARGUMENT_INVALID" "PnpCapabilities->Size";
    PnpCapabilitiesTriState = 222 "ARGUMENT_INVALID" "UniqueID is 3";
    PowerCapabilitiesNull = 223 "PARAM_NULL" "PowerCapabilities is NULL";
    PowerCapabilitiesSize = 224 "ARGUMENT_INVALID" "PowerCapabilities->Size";
    PowerCapabilitiesTriState = 225 "ARGUMENT_INVALID" "WakeFromD3 is -1";
    PowerCapabilitiesDevice = 226 "ARGUMENT_INVALID" "DeviceState is out of range";
    PowerCapabilitiesDeviceWake = 227 "ARGUMENT_INVALID" "DeviceWake is out of range";
    PowerCapabilitiesSystemWake = 228 "ARGUMENT_INVALID" "SystemWake is out of range";
    PowerCapabilitiesIdealD0 = 229 "ARGUMENT_INVALID" "IdealDxStateForSx is D0";
    PowerCapabilitiesNotOwner = 230 "ARGUMENT_INVALID" "for the power policy owner";
    LinkNull = 240 "PARAM_NULL" "SymbolicLinkName is NULL";
    EventNoData = 241 "PARAM_NULL" "Data is NULL";
    EventType = 242 "ARGUMENT_INVALID" "WdfEventType is 0";
    EventNoGuid = 243 "PARAM_NULL" "EventGuid is NULL";
    FileObjectOfDevice = 244 "API_UNAVAILABLE" "WdfDeviceGetFileObject";
    StackTypeNull = 245 "PARAM_NULL" "IoControlIoType is NULL";
    DevicemapNowhere = 246 "PARAM_NULL" "Key is NULL";
    DevicemapNoName = 247 "PARAM_NULL" "KeyName is NULL";
    RouteNoQueue = 250 "HANDLE_NULL_OR_TYPE" "Queue is NULL";
    RouteToDefault = 251 "ARGUMENT_INVALID" "queue0 is the default queue";
    RouteTwice = 252 "ARGUMENT_INVALID" "requests of type 14 go to queue1 already";
    RouteCreateTwice = 253 "ARGUMENT_INVALID" "requests of type 0 go to queue2 already";
    RouteWithoutCallback = 254 "ARGUMENT_INVALID" "queue1 has no callback for requests of type 3";
    InterfaceNoClass = 260 "PARAM_NULL" "InterfaceClassGUID is NULL";
    InterfaceStateNoClass = 261 "PARAM_NULL" "InterfaceClassGUID is NULL";
    InterfaceStateReference = 262 "ARGUMENT_INVALID" "ReferenceString";
    InterfacePropertyNull = 263 "PARAM_NULL" "PropertyData is NULL";
    InterfacePropertyNoClass = 264 "PARAM_NULL" "InterfaceClassGUID is NULL";
    InterfaceQueryNoLength = 265 "PARAM_NULL" "ResultLength is NULL";
    InterfaceQueryNoType = 266 "PARAM_NULL" "Type is NULL";
    InterfaceAllocNowhere = 267 "PARAM_NULL" "PropertyMemory is NULL";
    InterfaceAllocNoType = 268 "PARAM_NULL" "Type is NULL";
    InterfaceStringOfOtherType = 269 "HANDLE_NULL_OR_TYPE" "String is device0";
    TargetNowhere = 270 "PARAM_NULL" "IoTarget is NULL";
    TargetOfOtherType = 271 "HANDLE_NULL_OR_TYPE" "IoTarget is device0";
    OpenLocalTarget = 272 "HANDLE_NULL_OR_TYPE" "the device's own target";
    CloseLocalTarget = 273 "HANDLE_NULL_OR_TYPE" "the device's own target";
    HandleOfLocalTarget = 274 "HANDLE_NULL_OR_TYPE" "the device's own target";
    OpenNoParams = 275 "PARAM_NULL" "OpenParams is NULL";
    DeleteLocalTarget = 276 "DELETE_FRAMEWORK_OWNED" "WdfObjectDelete(iotarget0)";
    DeleteRoutedQueue = 277 "DELETE_FRAMEWORK_OWNED" "WdfObjectDelete(queue1)";
    SendMemoryOfOtherType = 278 "HANDLE_NULL_OR_TYPE" "Memory is device0, a WDFDEVICE, not a WDFMEMORY";
    SendRequestOfOtherType = 279 "HANDLE_NULL_OR_TYPE" "Request is device0";
    IdleNull = 280 "PARAM_NULL" "Settings is NULL";
    WakeNull = 281 "PARAM_NULL" "Settings is NULL";
    IdleTypeChanged = 282 "ARGUMENT_INVALID" "an earlier call decided who manages the idle time";
    FailedActionNone = 283 "ARGUMENT_INVALID" "FailedAction is 0, no WDF_DEVICE_FAILED_ACTION";
    FailedActionTooLarge = 284 "ARGUMENT_INVALID" "FailedAction is 3, no WDF_DEVICE_FAILED_ACTION";
    StopIdleOfOtherType = 285 "HANDLE_NULL_OR_TYPE" "Device is driver0";
    InterfacePropertyReference = 287 "ARGUMENT_INVALID" "PropertyData->ReferenceString";
    SendToNothing = 286 "TARGET_NOT_OPEN" "iotarget1 is not open";

    // With registers mapped.
    MappedAddress = 300 "HW_MAPPED_ADDR_MODE" "RegisterAccessUsingUserModeMapping";
    UnalignedRead = 301 "HW_ACCESS_UNALIGNED" "which is no multiple of 4";
    NarrowRead = 302 "HW_ACCESS_SIZE_FOR_DEVICE" "2 bytes at 0x8c0000004, which the device does not decode";
    WideWrite = 303 "HW_ACCESS_SIZE_FOR_DEVICE" "8 bytes at 0x8c0000008";
    ReadAfterD0Exit = 304 "HW_ACCESS_NOT_D0" "the device has left D0";
    IdleTypeLate = 305 "ARGUMENT_INVALID" "only if it is told before the device is started";
    ResumeIdleTwice = 306 "RESUME_IDLE_UNBALANCED" "nothing keeps device0 in D0";
}
