// What genuine wdk-sys 0.5.2 offers a UMDF 2.15 driver, as far as this crate offers it: names and numbers.
// tests/abi.rs turns each line into assertions.
//
// Sources: the public WDF headers of microsoft/Windows-Driver-Frameworks (MIT), src/publicinc/wdf/umdf/2.15, for 64-bit
// Windows; the mingw-w64 headers for base types, I/O control and status codes; bindgen 0.73's layout and spelling as
// wdk-sys 0.5.2 uses it. Licence: see licences/NOTICE. Sizes, alignments and offsets are in bytes.

// --- Scalars and untyped pointers
alias! { ACCESS_MASK = DWORD }
alias! { BOOL = i32 }
alias! { BOOLEAN = BYTE }
alias! { BYTE = u8 }
alias! { CCHAR = c_char }
alias! { CHAR = c_char }
alias! { DEVPROPID = ULONG }
alias! { DEVPROPTYPE = ULONG }
alias! { DWORD = u32 }
alias! { HANDLE = *mut c_void }
alias! { KAFFINITY = ULONG_PTR }
alias! { KIRQL = UCHAR }
alias! { KPROCESSOR_MODE = CCHAR }
alias! { LCID = DWORD }
alias! { LONG = i32 }
alias! { LONGLONG = i64 }
alias! { LPCSTR = *const CHAR }
alias! { NTSTATUS = LONG }
alias! { PCCH = *const CHAR }
alias! { PCHAR = *mut CHAR }
alias! { PCSTR = *const CHAR }
alias! { PCWSTR = *const WCHAR }
alias! { PDEVPROPTYPE = *mut ULONG }
alias! { PLONGLONG = *mut LONGLONG }
alias! { PSIZE_T = *mut ULONG_PTR }
alias! { PSTR = *mut CHAR }
alias! { PULONG = *mut ULONG }
alias! { PULONG_PTR = *mut u64 }
alias! { PUSHORT = *mut USHORT }
alias! { PVOID = *mut c_void }
alias! { PWCH = *mut WCHAR }
alias! { PWSTR = *mut WCHAR }
alias! { SECURITY_CONTEXT_TRACKING_MODE = BOOLEAN }
alias! { SHORT = i16 }
alias! { SIZE_T = ULONG_PTR }
alias! { UCHAR = u8 }
alias! { UINT32 = u32 }
alias! { UINT8 = u8 }
alias! { ULONG = u32 }
alias! { ULONG64 = u64 }
alias! { ULONGLONG = u64 }
alias! { ULONG_PTR = u64 }
alias! { USHORT = u16 }
alias! { WCHAR = wchar_t }
alias! { WDFCONTEXT = PVOID }
alias! { WDFFUNC = Option<unsafe extern "C" fn()> }
alias! { WDFOBJECT = HANDLE }
alias! { WORD = u16 }
alias! { wchar_t = u16 }

// --- Handles and pointer names
alias! { PWDFDEVICE_INIT = *mut WDFDEVICE_INIT }
alias! { WDFCHILDLIST = *mut WDFCHILDLIST__ }
alias! { WDFCMRESLIST = *mut WDFCMRESLIST__ }
alias! { WDFCOLLECTION = *mut WDFCOLLECTION__ }
alias! { WDFCOMMONBUFFER = *mut WDFCOMMONBUFFER__ }
alias! { WDFDEVICE = *mut WDFDEVICE__ }
alias! { WDFDMAENABLER = *mut WDFDMAENABLER__ }
alias! { WDFDMATRANSACTION = *mut WDFDMATRANSACTION__ }
alias! { WDFDPC = *mut WDFDPC__ }
alias! { WDFDRIVER = *mut WDFDRIVER__ }
alias! { WDFFILEOBJECT = *mut WDFFILEOBJECT__ }
alias! { WDFINTERRUPT = *mut WDFINTERRUPT__ }
alias! { WDFIORESLIST = *mut WDFIORESLIST__ }
alias! { WDFIORESREQLIST = *mut WDFIORESREQLIST__ }
alias! { WDFIOTARGET = *mut WDFIOTARGET__ }
alias! { WDFKEY = *mut WDFKEY__ }
alias! { WDFLOOKASIDE = *mut WDFLOOKASIDE__ }
alias! { WDFMEMORY = *mut WDFMEMORY__ }
alias! { WDFQUEUE = *mut WDFQUEUE__ }
alias! { WDFREQUEST = *mut WDFREQUEST__ }
alias! { WDFSPINLOCK = *mut WDFSPINLOCK__ }
alias! { WDFSTRING = *mut WDFSTRING__ }
alias! { WDFTIMER = *mut WDFTIMER__ }
alias! { WDFUSBDEVICE = *mut WDFUSBDEVICE__ }
alias! { WDFUSBINTERFACE = *mut WDFUSBINTERFACE__ }
alias! { WDFUSBPIPE = *mut WDFUSBPIPE__ }
alias! { WDFWAITLOCK = *mut WDFWAITLOCK__ }
alias! { WDFWMIINSTANCE = *mut WDFWMIINSTANCE__ }
alias! { WDFWMIPROVIDER = *mut WDFWMIPROVIDER__ }
alias! { WDFWORKITEM = *mut WDFWORKITEM__ }
alias! { DEVPROPGUID = GUID }
alias! { LPCGUID = *const GUID }
alias! { LPGUID = *mut GUID }
alias! { PCM_PARTIAL_RESOURCE_DESCRIPTOR = *mut _CM_PARTIAL_RESOURCE_DESCRIPTOR }
alias! { PCUNICODE_STRING = *const UNICODE_STRING }
alias! { PCWDF_DEVICE_PNP_NOTIFICATION_DATA = *const WDF_DEVICE_PNP_NOTIFICATION_DATA }
alias! { PCWDF_DEVICE_POWER_NOTIFICATION_DATA = *const WDF_DEVICE_POWER_NOTIFICATION_DATA }
alias! { PCWDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA = *const WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA }
alias! { PCWDF_OBJECT_CONTEXT_TYPE_INFO = *const _WDF_OBJECT_CONTEXT_TYPE_INFO }
alias! { PDEVICE_OBJECT = *mut _DEVICE_OBJECT }
alias! { PDRIVER_OBJECT = *mut _DRIVER_OBJECT }
alias! { PFILE_OBJECT = *mut _FILE_OBJECT }
alias! { PFN_WDFDEVICE_WDM_IRP_DISPATCH = EVT_WDFDEVICE_WDM_IRP_DISPATCH }
alias! { PFN_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE = EVT_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE }
alias! { PFN_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE = EVT_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE }
alias! { PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP = EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP }
alias! { PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY = EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY }
alias! { PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE = EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE }
alias! { PFN_WDF_CHILD_LIST_CREATE_DEVICE = EVT_WDF_CHILD_LIST_CREATE_DEVICE }
alias! { PFN_WDF_CHILD_LIST_DEVICE_REENUMERATED = EVT_WDF_CHILD_LIST_DEVICE_REENUMERATED }
alias! { PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP = EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP }
alias! { PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE = EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE }
alias! { PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY = EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY }
alias! { PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE = EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE }
alias! { PFN_WDF_CHILD_LIST_SCAN_FOR_CHILDREN = EVT_WDF_CHILD_LIST_SCAN_FOR_CHILDREN }
alias! { PFN_WDF_DEVICE_ARM_WAKE_FROM_S0 = EVT_WDF_DEVICE_ARM_WAKE_FROM_S0 }
alias! { PFN_WDF_DEVICE_ARM_WAKE_FROM_SX = EVT_WDF_DEVICE_ARM_WAKE_FROM_SX }
alias! { PFN_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON = EVT_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON }
alias! { PFN_WDF_DEVICE_D0_ENTRY = EVT_WDF_DEVICE_D0_ENTRY }
alias! { PFN_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED = EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED }
alias! { PFN_WDF_DEVICE_D0_EXIT = EVT_WDF_DEVICE_D0_EXIT }
alias! { PFN_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED = EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED }
alias! { PFN_WDF_DEVICE_DISABLE_WAKE_AT_BUS = EVT_WDF_DEVICE_DISABLE_WAKE_AT_BUS }
alias! { PFN_WDF_DEVICE_DISARM_WAKE_FROM_S0 = EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0 }
alias! { PFN_WDF_DEVICE_DISARM_WAKE_FROM_SX = EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX }
alias! { PFN_WDF_DEVICE_EJECT = EVT_WDF_DEVICE_EJECT }
alias! { PFN_WDF_DEVICE_ENABLE_WAKE_AT_BUS = EVT_WDF_DEVICE_ENABLE_WAKE_AT_BUS }
alias! { PFN_WDF_DEVICE_FILE_CREATE = EVT_WDF_DEVICE_FILE_CREATE }
alias! { PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS = EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS }
alias! { PFN_WDF_DEVICE_PREPARE_HARDWARE = EVT_WDF_DEVICE_PREPARE_HARDWARE }
alias! { PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST = EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST }
alias! { PFN_WDF_DEVICE_QUERY_REMOVE = EVT_WDF_DEVICE_QUERY_REMOVE }
alias! { PFN_WDF_DEVICE_QUERY_STOP = EVT_WDF_DEVICE_QUERY_STOP }
alias! { PFN_WDF_DEVICE_RELATIONS_QUERY = EVT_WDF_DEVICE_RELATIONS_QUERY }
alias! { PFN_WDF_DEVICE_RELEASE_HARDWARE = EVT_WDF_DEVICE_RELEASE_HARDWARE }
alias! { PFN_WDF_DEVICE_REMOVE_ADDED_RESOURCES = EVT_WDF_DEVICE_REMOVE_ADDED_RESOURCES }
alias! { PFN_WDF_DEVICE_REPORTED_MISSING = EVT_WDF_DEVICE_REPORTED_MISSING }
alias! { PFN_WDF_DEVICE_RESOURCES_QUERY = EVT_WDF_DEVICE_RESOURCES_QUERY }
alias! { PFN_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY = EVT_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY }
alias! { PFN_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP = EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP }
alias! { PFN_WDF_DEVICE_SELF_MANAGED_IO_FLUSH = EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH }
alias! { PFN_WDF_DEVICE_SELF_MANAGED_IO_INIT = EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT }
alias! { PFN_WDF_DEVICE_SELF_MANAGED_IO_RESTART = EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART }
alias! { PFN_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND = EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND }
alias! { PFN_WDF_DEVICE_SET_LOCK = EVT_WDF_DEVICE_SET_LOCK }
alias! { PFN_WDF_DEVICE_SURPRISE_REMOVAL = EVT_WDF_DEVICE_SURPRISE_REMOVAL }
alias! { PFN_WDF_DEVICE_USAGE_NOTIFICATION = EVT_WDF_DEVICE_USAGE_NOTIFICATION }
alias! { PFN_WDF_DEVICE_USAGE_NOTIFICATION_EX = EVT_WDF_DEVICE_USAGE_NOTIFICATION_EX }
alias! { PFN_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED = EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED }
alias! { PFN_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED = EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED }
alias! { PFN_WDF_DRIVER_DEVICE_ADD = EVT_WDF_DRIVER_DEVICE_ADD }
alias! { PFN_WDF_DRIVER_UNLOAD = EVT_WDF_DRIVER_UNLOAD }
alias! { PFN_WDF_FILE_CLEANUP = EVT_WDF_FILE_CLEANUP }
alias! { PFN_WDF_FILE_CLOSE = EVT_WDF_FILE_CLOSE }
alias! { PFN_WDF_INTERRUPT_DISABLE = EVT_WDF_INTERRUPT_DISABLE }
alias! { PFN_WDF_INTERRUPT_DPC = EVT_WDF_INTERRUPT_DPC }
alias! { PFN_WDF_INTERRUPT_ENABLE = EVT_WDF_INTERRUPT_ENABLE }
alias! { PFN_WDF_INTERRUPT_ISR = EVT_WDF_INTERRUPT_ISR }
alias! { PFN_WDF_INTERRUPT_SYNCHRONIZE = EVT_WDF_INTERRUPT_SYNCHRONIZE }
alias! { PFN_WDF_INTERRUPT_WORKITEM = EVT_WDF_INTERRUPT_WORKITEM }
alias! { PFN_WDF_IO_ALLOCATE_REQUEST_RESOURCES = EVT_WDF_IO_ALLOCATE_REQUEST_RESOURCES }
alias! { PFN_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST = EVT_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST }
alias! { PFN_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE = EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE }
alias! { PFN_WDF_IO_QUEUE_IO_DEFAULT = EVT_WDF_IO_QUEUE_IO_DEFAULT }
alias! { PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL = EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL }
alias! { PFN_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL = EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL }
alias! { PFN_WDF_IO_QUEUE_IO_READ = EVT_WDF_IO_QUEUE_IO_READ }
alias! { PFN_WDF_IO_QUEUE_IO_RESUME = EVT_WDF_IO_QUEUE_IO_RESUME }
alias! { PFN_WDF_IO_QUEUE_IO_STOP = EVT_WDF_IO_QUEUE_IO_STOP }
alias! { PFN_WDF_IO_QUEUE_IO_WRITE = EVT_WDF_IO_QUEUE_IO_WRITE }
alias! { PFN_WDF_IO_QUEUE_STATE = EVT_WDF_IO_QUEUE_STATE }
alias! { PFN_WDF_IO_TARGET_QUERY_REMOVE = EVT_WDF_IO_TARGET_QUERY_REMOVE }
alias! { PFN_WDF_IO_TARGET_REMOVE_CANCELED = EVT_WDF_IO_TARGET_REMOVE_CANCELED }
alias! { PFN_WDF_IO_TARGET_REMOVE_COMPLETE = EVT_WDF_IO_TARGET_REMOVE_COMPLETE }
alias! { PFN_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS = EVT_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS }
alias! { PFN_WDF_OBJECT_CONTEXT_CLEANUP = EVT_WDF_OBJECT_CONTEXT_CLEANUP }
alias! { PFN_WDF_OBJECT_CONTEXT_DESTROY = EVT_WDF_OBJECT_CONTEXT_DESTROY }
alias! { PFN_WDF_REQUEST_CANCEL = EVT_WDF_REQUEST_CANCEL }
alias! { PFN_WDF_REQUEST_COMPLETION_ROUTINE = EVT_WDF_REQUEST_COMPLETION_ROUTINE }
alias! { PFN_WDF_REQUEST_IMPERSONATE = EVT_WDF_REQUEST_IMPERSONATE }
alias! { PFN_WDF_TIMER = EVT_WDF_TIMER }
alias! { PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD = EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD }
alias! { PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE = EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE }
alias! { PFN_WDF_WMI_INSTANCE_SET_INSTANCE = EVT_WDF_WMI_INSTANCE_SET_INSTANCE }
alias! { PFN_WDF_WMI_INSTANCE_SET_ITEM = EVT_WDF_WMI_INSTANCE_SET_ITEM }
alias! { PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL = EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL }
alias! { PFN_WDF_WORKITEM = EVT_WDF_WORKITEM }
alias! { PHYSICAL_ADDRESS = LARGE_INTEGER }
alias! { PINTERFACE = *mut _INTERFACE }
alias! { PIO_SECURITY_CONTEXT = *mut _IO_SECURITY_CONTEXT }
alias! { PKTHREAD = *mut _KTHREAD }
alias! { POHANDLE = *mut POHANDLE__ }
alias! { PPO_FX_COMPONENT = *mut PO_FX_COMPONENT_V1 }
alias! { PPO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK = PO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK }
alias! { PPO_FX_COMPONENT_IDLE_CONDITION_CALLBACK = PO_FX_COMPONENT_IDLE_CONDITION_CALLBACK }
alias! { PPO_FX_COMPONENT_IDLE_STATE = *mut _PO_FX_COMPONENT_IDLE_STATE }
alias! { PPO_FX_COMPONENT_IDLE_STATE_CALLBACK = PO_FX_COMPONENT_IDLE_STATE_CALLBACK }
alias! { PPO_FX_POWER_CONTROL_CALLBACK = PO_FX_POWER_CONTROL_CALLBACK }
alias! { PSECURITY_QUALITY_OF_SERVICE = *mut _SECURITY_QUALITY_OF_SERVICE }
alias! { PUNICODE_STRING = *mut UNICODE_STRING }
alias! { PWDFMEMORY_OFFSET = *mut _WDFMEMORY_OFFSET }
alias! { PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER = *mut _WDF_CHILD_ADDRESS_DESCRIPTION_HEADER }
alias! { PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER = *mut _WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER }
alias! { PWDF_DEVICE_INTERFACE_PROPERTY_DATA = *mut _WDF_DEVICE_INTERFACE_PROPERTY_DATA }
alias! { PWDF_DEVICE_PNP_CAPABILITIES = *mut _WDF_DEVICE_PNP_CAPABILITIES }
alias! { PWDF_DEVICE_POWER_CAPABILITIES = *mut _WDF_DEVICE_POWER_CAPABILITIES }
alias! { PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS = *mut _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS }
alias! { PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS = *mut _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS }
alias! { PWDF_DEVICE_PROPERTY_DATA = *mut _WDF_DEVICE_PROPERTY_DATA }
alias! { PWDF_DEVICE_STATE = *mut _WDF_DEVICE_STATE }
alias! { PWDF_DRIVER_CONFIG = *mut _WDF_DRIVER_CONFIG }
alias! { PWDF_DRIVER_VERSION_AVAILABLE_PARAMS = *mut _WDF_DRIVER_VERSION_AVAILABLE_PARAMS }
alias! { PWDF_FILEOBJECT_CONFIG = *mut _WDF_FILEOBJECT_CONFIG }
alias! { PWDF_INTERRUPT_CONFIG = *mut _WDF_INTERRUPT_CONFIG }
alias! { PWDF_INTERRUPT_EXTENDED_POLICY = *mut _WDF_INTERRUPT_EXTENDED_POLICY }
alias! { PWDF_INTERRUPT_INFO = *mut _WDF_INTERRUPT_INFO }
alias! { PWDF_IO_QUEUE_CONFIG = *mut _WDF_IO_QUEUE_CONFIG }
alias! { PWDF_IO_TARGET_OPEN_PARAMS = *mut _WDF_IO_TARGET_OPEN_PARAMS }
alias! { PWDF_IO_TYPE_CONFIG = *mut _WDF_IO_TYPE_CONFIG }
alias! { PWDF_MEMORY_DESCRIPTOR = *mut _WDF_MEMORY_DESCRIPTOR }
alias! { PWDF_OBJECT_ATTRIBUTES = *mut _WDF_OBJECT_ATTRIBUTES }
alias! { PWDF_PNPPOWER_EVENT_CALLBACKS = *mut _WDF_PNPPOWER_EVENT_CALLBACKS }
alias! { PWDF_POWER_FRAMEWORK_SETTINGS = *mut _WDF_POWER_FRAMEWORK_SETTINGS }
alias! { PWDF_POWER_POLICY_EVENT_CALLBACKS = *mut _WDF_POWER_POLICY_EVENT_CALLBACKS }
alias! { PWDF_REQUEST_COMPLETION_PARAMS = *mut _WDF_REQUEST_COMPLETION_PARAMS }
alias! { PWDF_REQUEST_PARAMETERS = *mut _WDF_REQUEST_PARAMETERS }
alias! { PWDF_REQUEST_REUSE_PARAMS = *mut _WDF_REQUEST_REUSE_PARAMS }
alias! { PWDF_REQUEST_SEND_OPTIONS = *mut _WDF_REQUEST_SEND_OPTIONS }
alias! { PWDF_TIMER_CONFIG = *mut _WDF_TIMER_CONFIG }
alias! { PWDF_USB_REQUEST_COMPLETION_PARAMS = *mut _WDF_USB_REQUEST_COMPLETION_PARAMS }
alias! { PWDF_WMI_PROVIDER_CONFIG = *mut _WDF_WMI_PROVIDER_CONFIG }
alias! { PWDF_WORKITEM_CONFIG = *mut _WDF_WORKITEM_CONFIG }
alias! { PWDF_DRIVER_GLOBALS = *mut _WDF_DRIVER_GLOBALS }

// --- Opaque types
opaque! { _DRIVER_OBJECT [Debug] }
opaque! { WDFDEVICE_INIT [Debug] }
opaque! { _WDF_USB_REQUEST_COMPLETION_PARAMS [Debug] }
opaque! { _DEVICE_OBJECT [Debug] }
opaque! { _FILE_OBJECT [Debug] }
opaque! { _INTERFACE [Debug] }
opaque! { _IO_SECURITY_CONTEXT [Debug] }
opaque! { _KTHREAD [Debug] }

// --- Structures and unions: size, alignment, traits, then each field with its type and offset
structure! { _CM_FULL_RESOURCE_DESCRIPTOR as CM_FULL_RESOURCE_DESCRIPTOR, size 36, align 4, [Clone, Copy, Default] { InterfaceType: INTERFACE_TYPE = 0, BusNumber: ULONG = 4, PartialResourceList: CM_PARTIAL_RESOURCE_LIST = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR as CM_PARTIAL_RESOURCE_DESCRIPTOR, size 20, align 4, [Clone, Copy, Default] { Type: UCHAR = 0, ShareDisposition: UCHAR = 1, Flags: USHORT = 2, u: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1 = 4 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1, size 16, align 4, [Clone, Copy, Default] { Generic: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_1 = 0, Port: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_2 = 0, Interrupt: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_3 = 0, MessageInterrupt: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4 = 0, Memory: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_5 = 0, Dma: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_6 = 0, DmaV3: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_7 = 0, DevicePrivate: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_8 = 0, BusNumber: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_9 = 0, DeviceSpecificData: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_10 = 0, Memory40: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_11 = 0, Memory48: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_12 = 0, Memory64: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_13 = 0, Connection: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_14 = 0 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_1, size 12, align 4, [Clone, Copy, Default] { Start: PHYSICAL_ADDRESS = 0, Length: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_2, size 12, align 4, [Clone, Copy, Default] { Start: PHYSICAL_ADDRESS = 0, Length: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_3, size 16, align 4, [Clone, Copy, Debug, Default] { Level: ULONG = 0, Vector: ULONG = 4, Affinity: KAFFINITY = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4, size 16, align 4, [Clone, Copy, Default] { __bindgen_anon_1: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1 = 0 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1, size 16, align 4, [Clone, Copy] { Raw: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1__bindgen_ty_1 = 0, Translated: _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1__bindgen_ty_2 = 0 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1__bindgen_ty_1, size 16, align 4, [Clone, Copy, Debug, Default] { Reserved: USHORT = 0, MessageCount: USHORT = 2, Vector: ULONG = 4, Affinity: KAFFINITY = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1__bindgen_ty_2, size 16, align 4, [Clone, Copy, Debug, Default] { Level: ULONG = 0, Vector: ULONG = 4, Affinity: KAFFINITY = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_5, size 12, align 4, [Clone, Copy, Default] { Start: PHYSICAL_ADDRESS = 0, Length: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_6, size 12, align 4, [Clone, Copy, Debug, Default] { Channel: ULONG = 0, Port: ULONG = 4, Reserved1: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_7, size 12, align 4, [Clone, Copy, Debug, Default] { Channel: ULONG = 0, RequestLine: ULONG = 4, TransferWidth: UCHAR = 8, Reserved1: UCHAR = 9, Reserved2: UCHAR = 10, Reserved3: UCHAR = 11 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_8, size 12, align 4, [Clone, Copy, Debug, Default] { Data: [ULONG; 3] = 0 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_9, size 12, align 4, [Clone, Copy, Debug, Default] { Start: ULONG = 0, Length: ULONG = 4, Reserved: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_10, size 12, align 4, [Clone, Copy, Debug, Default] { DataSize: ULONG = 0, Reserved1: ULONG = 4, Reserved2: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_11, size 12, align 4, [Clone, Copy, Default] { Start: PHYSICAL_ADDRESS = 0, Length40: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_12, size 12, align 4, [Clone, Copy, Default] { Start: PHYSICAL_ADDRESS = 0, Length48: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_13, size 12, align 4, [Clone, Copy, Default] { Start: PHYSICAL_ADDRESS = 0, Length64: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_DESCRIPTOR__bindgen_ty_1__bindgen_ty_14, size 12, align 4, [Clone, Copy, Debug, Default] { Class: UCHAR = 0, Type: UCHAR = 1, Reserved1: UCHAR = 2, Reserved2: UCHAR = 3, IdLowPart: ULONG = 4, IdHighPart: ULONG = 8 } }
structure! { _CM_PARTIAL_RESOURCE_LIST as CM_PARTIAL_RESOURCE_LIST, size 28, align 4, [Clone, Copy, Default] { Version: USHORT = 0, Revision: USHORT = 2, Count: ULONG = 4, PartialDescriptors: [CM_PARTIAL_RESOURCE_DESCRIPTOR; 1] = 8 } }
structure! { _CM_RESOURCE_LIST as CM_RESOURCE_LIST, size 40, align 4, [Clone, Copy, Default] { Count: ULONG = 0, List: [CM_FULL_RESOURCE_DESCRIPTOR; 1] = 4 } }
structure! { _DEVPROPKEY as DEVPROPKEY, size 20, align 4, [Clone, Copy, Debug, Default] { fmtid: DEVPROPGUID = 0, pid: DEVPROPID = 16 } }
structure! { _GROUP_AFFINITY as GROUP_AFFINITY, size 16, align 8, [Clone, Copy, Debug, Default] { Mask: KAFFINITY = 0, Group: WORD = 8, Reserved: [WORD; 3] = 10 } }
structure! { _GUID as GUID, size 16, align 4, [Clone, Copy, Debug, Default] { Data1: u32 = 0, Data2: u16 = 4, Data3: u16 = 6, Data4: [u8; 8] = 8 } }
structure! { _IO_STATUS_BLOCK as IO_STATUS_BLOCK, size 16, align 8, [Clone, Copy, Default] { __bindgen_anon_1: _IO_STATUS_BLOCK__bindgen_ty_1 = 0, Information: ULONG_PTR = 8 } }
structure! { _IO_STATUS_BLOCK__bindgen_ty_1, size 8, align 8, [Clone, Copy, Default] { Status: NTSTATUS = 0, Pointer: PVOID = 0 } }
structure! { _LARGE_INTEGER as LARGE_INTEGER, size 8, align 8, [Clone, Copy, Default] { __bindgen_anon_1: _LARGE_INTEGER__bindgen_ty_1 = 0, u: _LARGE_INTEGER__bindgen_ty_2 = 0, QuadPart: LONGLONG = 0 } }
structure! { _LARGE_INTEGER__bindgen_ty_1, size 8, align 4, [Clone, Copy, Debug, Default] { LowPart: DWORD = 0, HighPart: LONG = 4 } }
structure! { _LARGE_INTEGER__bindgen_ty_2, size 8, align 4, [Clone, Copy, Debug, Default] { LowPart: DWORD = 0, HighPart: LONG = 4 } }
structure! { _LIST_ENTRY as LIST_ENTRY, size 16, align 8, [Clone, Copy, Debug, Default] { Flink: *mut _LIST_ENTRY = 0, Blink: *mut _LIST_ENTRY = 8 } }
structure! { POHANDLE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { _PO_FX_COMPONENT_V1 as PO_FX_COMPONENT_V1, size 32, align 8, [Clone, Copy, Debug, Default] { Id: GUID = 0, IdleStateCount: ULONG = 16, DeepestWakeableIdleState: ULONG = 20, IdleStates: PPO_FX_COMPONENT_IDLE_STATE = 24 } }
structure! { _UNICODE_STRING as UNICODE_STRING, size 16, align 8, [Clone, Copy, Debug, Default] { Length: USHORT = 0, MaximumLength: USHORT = 2, Buffer: PWCH = 8 } }
structure! { WDFCHILDLIST__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFCMRESLIST__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFCOLLECTION__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFCOMMONBUFFER__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFDEVICE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFDMAENABLER__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFDMATRANSACTION__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFDPC__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFDRIVER__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFFILEOBJECT__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFINTERRUPT__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFIORESLIST__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFIORESREQLIST__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFIOTARGET__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFKEY__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFLOOKASIDE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { _WDFMEMORY_OFFSET as WDFMEMORY_OFFSET, size 16, align 8, [Clone, Copy, Debug, Default] { BufferOffset: usize = 0, BufferLength: usize = 8 } }
structure! { WDFMEMORY__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFQUEUE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFREQUEST__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFSPINLOCK__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFSTRING__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFTIMER__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFUSBDEVICE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFUSBINTERFACE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFUSBPIPE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFWAITLOCK__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFWMIINSTANCE__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFWMIPROVIDER__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { WDFWORKITEM__, size 4, align 4, [Clone, Copy, Debug, Default] { unused: i32 = 0 } }
structure! { _WDF_CHILD_ADDRESS_DESCRIPTION_HEADER as WDF_CHILD_ADDRESS_DESCRIPTION_HEADER, size 4, align 4, [Clone, Copy, Debug, Default] { AddressDescriptionSize: ULONG = 0 } }
structure! { _WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER as WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER, size 4, align 4, [Clone, Copy, Debug, Default] { IdentificationDescriptionSize: ULONG = 0 } }
structure! { _WDF_CHILD_LIST_CONFIG as WDF_CHILD_LIST_CONFIG, size 96, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, IdentificationDescriptionSize: ULONG = 4, AddressDescriptionSize: ULONG = 8, EvtChildListCreateDevice: PFN_WDF_CHILD_LIST_CREATE_DEVICE = 16, EvtChildListScanForChildren: PFN_WDF_CHILD_LIST_SCAN_FOR_CHILDREN = 24, EvtChildListIdentificationDescriptionCopy: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY = 32, EvtChildListIdentificationDescriptionDuplicate: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE = 40, EvtChildListIdentificationDescriptionCleanup: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP = 48, EvtChildListIdentificationDescriptionCompare: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE = 56, EvtChildListAddressDescriptionCopy: PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY = 64, EvtChildListAddressDescriptionDuplicate: PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE = 72, EvtChildListAddressDescriptionCleanup: PFN_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP = 80, EvtChildListDeviceReenumerated: PFN_WDF_CHILD_LIST_DEVICE_REENUMERATED = 88 } }
structure! { _WDF_CHILD_LIST_ITERATOR as WDF_CHILD_LIST_ITERATOR, size 40, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Flags: ULONG = 4, Reserved: [PVOID; 4] = 8 } }
structure! { _WDF_CHILD_RETRIEVE_INFO as WDF_CHILD_RETRIEVE_INFO, size 40, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, IdentificationDescription: PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER = 8, AddressDescription: PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER = 16, Status: WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS = 24, EvtChildListIdentificationDescriptionCompare: PFN_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE = 32 } }
structure! { _WDF_CUSTOM_TYPE_CONTEXT as WDF_CUSTOM_TYPE_CONTEXT, size 16, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Data: ULONG_PTR = 8 } }
structure! { _WDF_DEVICE_INTERFACE_PROPERTY_DATA as WDF_DEVICE_INTERFACE_PROPERTY_DATA, size 40, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, InterfaceClassGUID: *const GUID = 8, ReferenceString: PCUNICODE_STRING = 16, PropertyKey: *const DEVPROPKEY = 24, Lcid: LCID = 32, Flags: ULONG = 36 } }
structure! { _WDF_DEVICE_PNP_CAPABILITIES as WDF_DEVICE_PNP_CAPABILITIES, size 48, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, LockSupported: WDF_TRI_STATE = 4, EjectSupported: WDF_TRI_STATE = 8, Removable: WDF_TRI_STATE = 12, DockDevice: WDF_TRI_STATE = 16, UniqueID: WDF_TRI_STATE = 20, SilentInstall: WDF_TRI_STATE = 24, SurpriseRemovalOK: WDF_TRI_STATE = 28, HardwareDisabled: WDF_TRI_STATE = 32, NoDisplayInUI: WDF_TRI_STATE = 36, Address: ULONG = 40, UINumber: ULONG = 44 } }
structure! { _WDF_DEVICE_PNP_NOTIFICATION_DATA as WDF_DEVICE_PNP_NOTIFICATION_DATA, size 12, align 4, [Clone, Copy, Default] { Type: WDF_STATE_NOTIFICATION_TYPE = 0, Data: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1 = 4 } }
structure! { _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1, size 8, align 4, [Clone, Copy, Default] { EnterState: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1 = 0, PostProcessState: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2 = 0, LeaveState: _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3 = 0 } }
structure! { _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1, size 8, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_PNP_STATE = 0, NewState: WDF_DEVICE_PNP_STATE = 4 } }
structure! { _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2, size 4, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_PNP_STATE = 0 } }
structure! { _WDF_DEVICE_PNP_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3, size 8, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_PNP_STATE = 0, NewState: WDF_DEVICE_PNP_STATE = 4 } }
structure! { _WDF_DEVICE_POWER_CAPABILITIES as WDF_DEVICE_POWER_CAPABILITIES, size 80, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, DeviceD1: WDF_TRI_STATE = 4, DeviceD2: WDF_TRI_STATE = 8, WakeFromD0: WDF_TRI_STATE = 12, WakeFromD1: WDF_TRI_STATE = 16, WakeFromD2: WDF_TRI_STATE = 20, WakeFromD3: WDF_TRI_STATE = 24, DeviceState: [DEVICE_POWER_STATE; 7] = 28, DeviceWake: DEVICE_POWER_STATE = 56, SystemWake: SYSTEM_POWER_STATE = 60, D1Latency: ULONG = 64, D2Latency: ULONG = 68, D3Latency: ULONG = 72, IdealDxStateForSx: DEVICE_POWER_STATE = 76 } }
structure! { _WDF_DEVICE_POWER_NOTIFICATION_DATA as WDF_DEVICE_POWER_NOTIFICATION_DATA, size 12, align 4, [Clone, Copy, Default] { Type: WDF_STATE_NOTIFICATION_TYPE = 0, Data: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1 = 4 } }
structure! { _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1, size 8, align 4, [Clone, Copy, Default] { EnterState: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1 = 0, PostProcessState: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2 = 0, LeaveState: _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3 = 0 } }
structure! { _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1, size 8, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_POWER_STATE = 0, NewState: WDF_DEVICE_POWER_STATE = 4 } }
structure! { _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2, size 4, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_POWER_STATE = 0 } }
structure! { _WDF_DEVICE_POWER_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3, size 8, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_POWER_STATE = 0, NewState: WDF_DEVICE_POWER_STATE = 4 } }
structure! { _WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS as WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS, size 36, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, IdleCaps: WDF_POWER_POLICY_S0_IDLE_CAPABILITIES = 4, DxState: DEVICE_POWER_STATE = 8, IdleTimeout: ULONG = 12, UserControlOfIdleSettings: WDF_POWER_POLICY_S0_IDLE_USER_CONTROL = 16, Enabled: WDF_TRI_STATE = 20, PowerUpIdleDeviceOnSystemWake: WDF_TRI_STATE = 24, IdleTimeoutType: WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE = 28, ExcludeD3Cold: WDF_TRI_STATE = 32 } }
structure! { _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA as WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA, size 12, align 4, [Clone, Copy, Default] { Type: WDF_STATE_NOTIFICATION_TYPE = 0, Data: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1 = 4 } }
structure! { _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1, size 8, align 4, [Clone, Copy, Default] { EnterState: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1 = 0, PostProcessState: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2 = 0, LeaveState: _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3 = 0 } }
structure! { _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_1, size 8, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_POWER_POLICY_STATE = 0, NewState: WDF_DEVICE_POWER_POLICY_STATE = 4 } }
structure! { _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_2, size 4, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_POWER_POLICY_STATE = 0 } }
structure! { _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA__bindgen_ty_1__bindgen_ty_3, size 8, align 4, [Clone, Copy, Debug, Default] { CurrentState: WDF_DEVICE_POWER_POLICY_STATE = 0, NewState: WDF_DEVICE_POWER_POLICY_STATE = 4 } }
structure! { _WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS as WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS, size 20, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, DxState: DEVICE_POWER_STATE = 4, UserControlOfWakeSettings: WDF_POWER_POLICY_SX_WAKE_USER_CONTROL = 8, Enabled: WDF_TRI_STATE = 12, ArmForWakeIfChildrenAreArmedForWake: BOOLEAN = 16, IndicateChildWakeOnParentWake: BOOLEAN = 17 } }
structure! { _WDF_DEVICE_PROPERTY_DATA as WDF_DEVICE_PROPERTY_DATA, size 24, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, PropertyKey: *const DEVPROPKEY = 8, Lcid: LCID = 16, Flags: ULONG = 20 } }
structure! { _WDF_DEVICE_STATE as WDF_DEVICE_STATE, size 28, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Disabled: WDF_TRI_STATE = 4, DontDisplayInUI: WDF_TRI_STATE = 8, Failed: WDF_TRI_STATE = 12, NotDisableable: WDF_TRI_STATE = 16, Removed: WDF_TRI_STATE = 20, ResourcesChanged: WDF_TRI_STATE = 24 } }
structure! { _WDF_DRIVER_CONFIG as WDF_DRIVER_CONFIG, size 32, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtDriverDeviceAdd: PFN_WDF_DRIVER_DEVICE_ADD = 8, EvtDriverUnload: PFN_WDF_DRIVER_UNLOAD = 16, DriverInitFlags: ULONG = 24, DriverPoolTag: ULONG = 28 } }
structure! { _WDF_DRIVER_GLOBALS as WDF_DRIVER_GLOBALS, size 56, align 8, [Clone, Copy, Debug, Default] { Driver: WDFDRIVER = 0, DriverFlags: ULONG = 8, DriverTag: ULONG = 12, DriverName: [CHAR; 32] = 16, DisplaceDriverUnload: BOOLEAN = 48 } }
structure! { _WDF_DRIVER_VERSION_AVAILABLE_PARAMS as WDF_DRIVER_VERSION_AVAILABLE_PARAMS, size 12, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, MajorVersion: ULONG = 4, MinorVersion: ULONG = 8 } }
structure! { _WDF_FDO_EVENT_CALLBACKS as WDF_FDO_EVENT_CALLBACKS, size 32, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtDeviceFilterAddResourceRequirements: PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS = 8, EvtDeviceFilterRemoveResourceRequirements: PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS = 16, EvtDeviceRemoveAddedResources: PFN_WDF_DEVICE_REMOVE_ADDED_RESOURCES = 24 } }
structure! { _WDF_FILEOBJECT_CONFIG as WDF_FILEOBJECT_CONFIG, size 40, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtDeviceFileCreate: PFN_WDF_DEVICE_FILE_CREATE = 8, EvtFileClose: PFN_WDF_FILE_CLOSE = 16, EvtFileCleanup: PFN_WDF_FILE_CLEANUP = 24, AutoForwardCleanupClose: WDF_TRI_STATE = 32, FileObjectClass: WDF_FILEOBJECT_CLASS = 36 } }
structure! { _WDF_INTERRUPT_CONFIG as WDF_INTERRUPT_CONFIG, size 104, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, SpinLock: WDFSPINLOCK = 8, ShareVector: WDF_TRI_STATE = 16, FloatingSave: BOOLEAN = 20, AutomaticSerialization: BOOLEAN = 21, EvtInterruptIsr: PFN_WDF_INTERRUPT_ISR = 24, EvtInterruptDpc: PFN_WDF_INTERRUPT_DPC = 32, EvtInterruptEnable: PFN_WDF_INTERRUPT_ENABLE = 40, EvtInterruptDisable: PFN_WDF_INTERRUPT_DISABLE = 48, EvtInterruptWorkItem: PFN_WDF_INTERRUPT_WORKITEM = 56, InterruptRaw: PCM_PARTIAL_RESOURCE_DESCRIPTOR = 64, InterruptTranslated: PCM_PARTIAL_RESOURCE_DESCRIPTOR = 72, WaitLock: WDFWAITLOCK = 80, PassiveHandling: BOOLEAN = 88, ReportInactiveOnPowerDown: WDF_TRI_STATE = 92, CanWakeDevice: BOOLEAN = 96 } }
structure! { _WDF_INTERRUPT_EXTENDED_POLICY as WDF_INTERRUPT_EXTENDED_POLICY, size 32, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Policy: WDF_INTERRUPT_POLICY = 4, Priority: WDF_INTERRUPT_PRIORITY = 8, TargetProcessorSetAndGroup: GROUP_AFFINITY = 16 } }
structure! { _WDF_INTERRUPT_INFO as WDF_INTERRUPT_INFO, size 64, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Reserved1: ULONG64 = 8, TargetProcessorSet: KAFFINITY = 16, Reserved2: ULONG = 24, MessageNumber: ULONG = 28, Vector: ULONG = 32, Irql: KIRQL = 36, Mode: KINTERRUPT_MODE = 40, Polarity: WDF_INTERRUPT_POLARITY = 44, MessageSignaled: BOOLEAN = 48, ShareDisposition: UCHAR = 49, __bindgen_padding_0: [u8; 6] = 50, Group: USHORT = 56 } }
structure! { _WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS as WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS, size 8, align 8, [Clone, Copy, Default] { Policy: _WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS__bindgen_ty_1 = 0 } }
structure! { _WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS__bindgen_ty_1, size 8, align 8, [Clone, Copy, Default] { ExaminePolicy: _WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS__bindgen_ty_1__bindgen_ty_1 = 0 } }
structure! { _WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS__bindgen_ty_1__bindgen_ty_1, size 8, align 8, [Clone, Copy, Debug, Default] { EvtIoWdmIrpForForwardProgress: PFN_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS = 0 } }
structure! { _WDF_IO_QUEUE_CONFIG as WDF_IO_QUEUE_CONFIG, size 96, align 8, [Clone, Copy, Default] { Size: ULONG = 0, DispatchType: WDF_IO_QUEUE_DISPATCH_TYPE = 4, PowerManaged: WDF_TRI_STATE = 8, AllowZeroLengthRequests: BOOLEAN = 12, DefaultQueue: BOOLEAN = 13, EvtIoDefault: PFN_WDF_IO_QUEUE_IO_DEFAULT = 16, EvtIoRead: PFN_WDF_IO_QUEUE_IO_READ = 24, EvtIoWrite: PFN_WDF_IO_QUEUE_IO_WRITE = 32, EvtIoDeviceControl: PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL = 40, EvtIoInternalDeviceControl: PFN_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL = 48, EvtIoStop: PFN_WDF_IO_QUEUE_IO_STOP = 56, EvtIoResume: PFN_WDF_IO_QUEUE_IO_RESUME = 64, EvtIoCanceledOnQueue: PFN_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE = 72, Settings: _WDF_IO_QUEUE_CONFIG__bindgen_ty_1 = 80, Driver: WDFDRIVER = 88 } }
structure! { _WDF_IO_QUEUE_CONFIG__bindgen_ty_1, size 4, align 4, [Clone, Copy, Default] { Parallel: _WDF_IO_QUEUE_CONFIG__bindgen_ty_1__bindgen_ty_1 = 0 } }
structure! { _WDF_IO_QUEUE_CONFIG__bindgen_ty_1__bindgen_ty_1, size 4, align 4, [Clone, Copy, Debug, Default] { NumberOfPresentedRequests: ULONG = 0 } }
structure! { _WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY as WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY, size 40, align 8, [Clone, Copy, Default] { Size: ULONG = 0, TotalForwardProgressRequests: ULONG = 4, ForwardProgressReservedPolicy: WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY = 8, ForwardProgressReservePolicySettings: WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS = 16, EvtIoAllocateResourcesForReservedRequest: PFN_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST = 24, EvtIoAllocateRequestResources: PFN_WDF_IO_ALLOCATE_REQUEST_RESOURCES = 32 } }
structure! { _WDF_IO_TARGET_OPEN_PARAMS as WDF_IO_TARGET_OPEN_PARAMS, size 136, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Type: WDF_IO_TARGET_OPEN_TYPE = 4, EvtIoTargetQueryRemove: PFN_WDF_IO_TARGET_QUERY_REMOVE = 8, EvtIoTargetRemoveCanceled: PFN_WDF_IO_TARGET_REMOVE_CANCELED = 16, EvtIoTargetRemoveComplete: PFN_WDF_IO_TARGET_REMOVE_COMPLETE = 24, TargetDeviceObject: PDEVICE_OBJECT = 32, TargetFileObject: PFILE_OBJECT = 40, TargetDeviceName: UNICODE_STRING = 48, DesiredAccess: ACCESS_MASK = 64, ShareAccess: ULONG = 68, FileAttributes: ULONG = 72, CreateDisposition: ULONG = 76, CreateOptions: ULONG = 80, EaBuffer: PVOID = 88, EaBufferLength: ULONG = 96, AllocationSize: PLONGLONG = 104, FileInformation: ULONG = 112, FileName: UNICODE_STRING = 120 } }
structure! { _WDF_IO_TYPE_CONFIG as WDF_IO_TYPE_CONFIG, size 16, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, ReadWriteIoType: WDF_DEVICE_IO_TYPE = 4, DeviceControlIoType: WDF_DEVICE_IO_TYPE = 8, DirectTransferThreshold: ULONG = 12 } }
structure! { _WDF_MEMORY_DESCRIPTOR as WDF_MEMORY_DESCRIPTOR, size 24, align 8, [Clone, Copy, Default] { Type: WDF_MEMORY_DESCRIPTOR_TYPE = 0, u: _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1 = 8 } }
structure! { _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1, size 16, align 8, [Clone, Copy, Default] { BufferType: _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1__bindgen_ty_1 = 0, MdlType: _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1__bindgen_ty_2 = 0, HandleType: _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1__bindgen_ty_3 = 0 } }
structure! { _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1__bindgen_ty_1, size 16, align 8, [Clone, Copy, Debug, Default] { Buffer: PVOID = 0, Length: ULONG = 8 } }
structure! { _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1__bindgen_ty_2, size 16, align 8, [Clone, Copy, Debug, Default] { Mdl: PVOID = 0, BufferLength: ULONG = 8 } }
structure! { _WDF_MEMORY_DESCRIPTOR__bindgen_ty_1__bindgen_ty_3, size 16, align 8, [Clone, Copy, Debug, Default] { Memory: WDFMEMORY = 0, Offsets: PWDFMEMORY_OFFSET = 8 } }
structure! { _WDF_OBJECT_ATTRIBUTES as WDF_OBJECT_ATTRIBUTES, size 56, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtCleanupCallback: PFN_WDF_OBJECT_CONTEXT_CLEANUP = 8, EvtDestroyCallback: PFN_WDF_OBJECT_CONTEXT_DESTROY = 16, ExecutionLevel: WDF_EXECUTION_LEVEL = 24, SynchronizationScope: WDF_SYNCHRONIZATION_SCOPE = 28, ParentObject: WDFOBJECT = 32, ContextSizeOverride: usize = 40, ContextTypeInfo: PCWDF_OBJECT_CONTEXT_TYPE_INFO = 48 } }
structure! { _WDF_OBJECT_CONTEXT_TYPE_INFO as WDF_OBJECT_CONTEXT_TYPE_INFO, size 40, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, ContextName: PCHAR = 8, ContextSize: usize = 16, UniqueType: PCWDF_OBJECT_CONTEXT_TYPE_INFO = 24, EvtDriverGetUniqueContextType: PFN_GET_UNIQUE_CONTEXT_TYPE = 32 } }
structure! { _WDF_PDO_EVENT_CALLBACKS as WDF_PDO_EVENT_CALLBACKS, size 64, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtDeviceResourcesQuery: PFN_WDF_DEVICE_RESOURCES_QUERY = 8, EvtDeviceResourceRequirementsQuery: PFN_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY = 16, EvtDeviceEject: PFN_WDF_DEVICE_EJECT = 24, EvtDeviceSetLock: PFN_WDF_DEVICE_SET_LOCK = 32, EvtDeviceEnableWakeAtBus: PFN_WDF_DEVICE_ENABLE_WAKE_AT_BUS = 40, EvtDeviceDisableWakeAtBus: PFN_WDF_DEVICE_DISABLE_WAKE_AT_BUS = 48, EvtDeviceReportedMissing: PFN_WDF_DEVICE_REPORTED_MISSING = 56 } }
structure! { _WDF_PNPPOWER_EVENT_CALLBACKS as WDF_PNPPOWER_EVENT_CALLBACKS, size 144, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtDeviceD0Entry: PFN_WDF_DEVICE_D0_ENTRY = 8, EvtDeviceD0EntryPostInterruptsEnabled: PFN_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED = 16, EvtDeviceD0Exit: PFN_WDF_DEVICE_D0_EXIT = 24, EvtDeviceD0ExitPreInterruptsDisabled: PFN_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED = 32, EvtDevicePrepareHardware: PFN_WDF_DEVICE_PREPARE_HARDWARE = 40, EvtDeviceReleaseHardware: PFN_WDF_DEVICE_RELEASE_HARDWARE = 48, EvtDeviceSelfManagedIoCleanup: PFN_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP = 56, EvtDeviceSelfManagedIoFlush: PFN_WDF_DEVICE_SELF_MANAGED_IO_FLUSH = 64, EvtDeviceSelfManagedIoInit: PFN_WDF_DEVICE_SELF_MANAGED_IO_INIT = 72, EvtDeviceSelfManagedIoSuspend: PFN_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND = 80, EvtDeviceSelfManagedIoRestart: PFN_WDF_DEVICE_SELF_MANAGED_IO_RESTART = 88, EvtDeviceSurpriseRemoval: PFN_WDF_DEVICE_SURPRISE_REMOVAL = 96, EvtDeviceQueryRemove: PFN_WDF_DEVICE_QUERY_REMOVE = 104, EvtDeviceQueryStop: PFN_WDF_DEVICE_QUERY_STOP = 112, EvtDeviceUsageNotification: PFN_WDF_DEVICE_USAGE_NOTIFICATION = 120, EvtDeviceRelationsQuery: PFN_WDF_DEVICE_RELATIONS_QUERY = 128, EvtDeviceUsageNotificationEx: PFN_WDF_DEVICE_USAGE_NOTIFICATION_EX = 136 } }
structure! { _WDF_POWER_FRAMEWORK_SETTINGS as WDF_POWER_FRAMEWORK_SETTINGS, size 72, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtDeviceWdmPostPoFxRegisterDevice: PFN_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE = 8, EvtDeviceWdmPrePoFxUnregisterDevice: PFN_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE = 16, Component: PPO_FX_COMPONENT = 24, ComponentActiveConditionCallback: PPO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK = 32, ComponentIdleConditionCallback: PPO_FX_COMPONENT_IDLE_CONDITION_CALLBACK = 40, ComponentIdleStateCallback: PPO_FX_COMPONENT_IDLE_STATE_CALLBACK = 48, PowerControlCallback: PPO_FX_POWER_CONTROL_CALLBACK = 56, PoFxDeviceContext: PVOID = 64 } }
structure! { _WDF_POWER_POLICY_EVENT_CALLBACKS as WDF_POWER_POLICY_EVENT_CALLBACKS, size 64, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtDeviceArmWakeFromS0: PFN_WDF_DEVICE_ARM_WAKE_FROM_S0 = 8, EvtDeviceDisarmWakeFromS0: PFN_WDF_DEVICE_DISARM_WAKE_FROM_S0 = 16, EvtDeviceWakeFromS0Triggered: PFN_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED = 24, EvtDeviceArmWakeFromSx: PFN_WDF_DEVICE_ARM_WAKE_FROM_SX = 32, EvtDeviceDisarmWakeFromSx: PFN_WDF_DEVICE_DISARM_WAKE_FROM_SX = 40, EvtDeviceWakeFromSxTriggered: PFN_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED = 48, EvtDeviceArmWakeFromSxWithReason: PFN_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON = 56 } }
structure! { _WDF_POWER_ROUTINE_TIMED_OUT_DATA as WDF_POWER_ROUTINE_TIMED_OUT_DATA, size 32, align 8, [Clone, Copy, Debug, Default] { PowerState: WDF_DEVICE_POWER_STATE = 0, PowerPolicyState: WDF_DEVICE_POWER_POLICY_STATE = 4, DeviceObject: PDEVICE_OBJECT = 8, Device: WDFDEVICE = 16, TimedOutThread: PKTHREAD = 24 } }
structure! { _WDF_QUERY_INTERFACE_CONFIG as WDF_QUERY_INTERFACE_CONFIG, size 48, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Interface: PINTERFACE = 8, InterfaceType: *const GUID = 16, SendQueryToParentStack: BOOLEAN = 24, EvtDeviceProcessQueryInterfaceRequest: PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST = 32, ImportInterface: BOOLEAN = 40 } }
structure! { _WDF_QUEUE_FATAL_ERROR_DATA as WDF_QUEUE_FATAL_ERROR_DATA, size 24, align 8, [Clone, Copy, Debug, Default] { Queue: WDFQUEUE = 0, Request: WDFREQUEST = 8, Status: NTSTATUS = 16 } }
structure! { _WDF_REMOVE_LOCK_OPTIONS as WDF_REMOVE_LOCK_OPTIONS, size 8, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Flags: ULONG = 4 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS as WDF_REQUEST_COMPLETION_PARAMS, size 72, align 8, [Clone, Copy, Default] { Size: ULONG = 0, Type: WDF_REQUEST_TYPE = 4, IoStatus: IO_STATUS_BLOCK = 8, Parameters: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1 = 24 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1, size 48, align 8, [Clone, Copy, Default] { Write: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_1 = 0, Read: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_2 = 0, Ioctl: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3 = 0, Others: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4 = 0, Usb: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_5 = 0 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_1, size 24, align 8, [Clone, Copy, Debug, Default] { Buffer: WDFMEMORY = 0, Length: usize = 8, Offset: usize = 16 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_2, size 24, align 8, [Clone, Copy, Debug, Default] { Buffer: WDFMEMORY = 0, Length: usize = 8, Offset: usize = 16 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3, size 48, align 8, [Clone, Copy, Debug, Default] { IoControlCode: ULONG = 0, Input: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3__bindgen_ty_1 = 8, Output: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3__bindgen_ty_2 = 24 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3__bindgen_ty_1, size 16, align 8, [Clone, Copy, Debug] { Buffer: WDFMEMORY = 0, Offset: usize = 8 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_3__bindgen_ty_2, size 24, align 8, [Clone, Copy, Debug] { Buffer: WDFMEMORY = 0, Offset: usize = 8, Length: usize = 16 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4, size 32, align 8, [Clone, Copy, Default] { Argument1: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1 = 0, Argument2: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_2 = 8, Argument3: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_3 = 16, Argument4: _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_4 = 24 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_1, size 8, align 8, [Clone, Copy] { Ptr: PVOID = 0, Value: ULONG_PTR = 0 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_2, size 8, align 8, [Clone, Copy] { Ptr: PVOID = 0, Value: ULONG_PTR = 0 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_3, size 8, align 8, [Clone, Copy] { Ptr: PVOID = 0, Value: ULONG_PTR = 0 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_4__bindgen_ty_4, size 8, align 8, [Clone, Copy] { Ptr: PVOID = 0, Value: ULONG_PTR = 0 } }
structure! { _WDF_REQUEST_COMPLETION_PARAMS__bindgen_ty_1__bindgen_ty_5, size 8, align 8, [Clone, Copy, Debug, Default] { Completion: PWDF_USB_REQUEST_COMPLETION_PARAMS = 0 } }
structure! { _WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH_DATA as WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH_DATA, size 40, align 8, [Clone, Copy, Debug, Default] { Request: WDFREQUEST = 0, Irp: PVOID = 8, OutputBufferLength: ULONG = 16, Information: ULONG_PTR = 24, MajorFunction: UCHAR = 32 } }
structure! { _WDF_REQUEST_FORWARD_OPTIONS as WDF_REQUEST_FORWARD_OPTIONS, size 8, align 4, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Flags: ULONG = 4 } }
structure! { _WDF_REQUEST_PARAMETERS as WDF_REQUEST_PARAMETERS, size 40, align 8, [Clone, Copy, Default] { Size: USHORT = 0, MinorFunction: UCHAR = 2, Type: WDF_REQUEST_TYPE = 4, Parameters: _WDF_REQUEST_PARAMETERS__bindgen_ty_1 = 8 } }
structure! { _WDF_REQUEST_PARAMETERS__bindgen_ty_1, size 32, align 8, [Clone, Copy, Default] { Create: _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_1 = 0, Read: _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_2 = 0, Write: _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_3 = 0, DeviceIoControl: _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_4 = 0, Others: _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_5 = 0 } }
structure! { _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_1, size 32, align 8, [Clone, Copy, Debug, Default] { SecurityContext: PIO_SECURITY_CONTEXT = 0, Options: ULONG = 8, __bindgen_padding_0: [u8; 4] = 12, FileAttributes: USHORT = 16, ShareAccess: USHORT = 18, __bindgen_padding_1: [u8; 4] = 20, EaLength: ULONG = 24 } }
structure! { _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_2, size 24, align 8, [Clone, Copy, Debug, Default] { Length: usize = 0, Key: ULONG = 8, DeviceOffset: LONGLONG = 16 } }
structure! { _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_3, size 24, align 8, [Clone, Copy, Debug, Default] { Length: usize = 0, Key: ULONG = 8, DeviceOffset: LONGLONG = 16 } }
structure! { _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_4, size 32, align 8, [Clone, Copy, Debug, Default] { OutputBufferLength: usize = 0, InputBufferLength: usize = 8, IoControlCode: ULONG = 16, Type3InputBuffer: PVOID = 24 } }
structure! { _WDF_REQUEST_PARAMETERS__bindgen_ty_1__bindgen_ty_5, size 32, align 8, [Clone, Copy, Debug, Default] { Arg1: PVOID = 0, Arg2: PVOID = 8, IoControlCode: ULONG = 16, Arg4: PVOID = 24 } }
structure! { _WDF_REQUEST_REUSE_PARAMS as WDF_REQUEST_REUSE_PARAMS, size 24, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Flags: ULONG = 4, Status: NTSTATUS = 8, NewIrp: PVOID = 16 } }
structure! { _WDF_REQUEST_SEND_OPTIONS as WDF_REQUEST_SEND_OPTIONS, size 16, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Flags: ULONG = 4, Timeout: LONGLONG = 8 } }
structure! { _WDF_TIMER_CONFIG as WDF_TIMER_CONFIG, size 40, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtTimerFunc: PFN_WDF_TIMER = 8, Period: ULONG = 16, AutomaticSerialization: BOOLEAN = 20, TolerableDelay: ULONG = 24, __bindgen_padding_0: [u8; 4] = 28, UseHighResolutionTimer: BOOLEAN = 32 } }
structure! { _WDF_WMI_INSTANCE_CONFIG as WDF_WMI_INSTANCE_CONFIG, size 64, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Provider: WDFWMIPROVIDER = 8, ProviderConfig: PWDF_WMI_PROVIDER_CONFIG = 16, UseContextForQuery: BOOLEAN = 24, Register: BOOLEAN = 25, EvtWmiInstanceQueryInstance: PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE = 32, EvtWmiInstanceSetInstance: PFN_WDF_WMI_INSTANCE_SET_INSTANCE = 40, EvtWmiInstanceSetItem: PFN_WDF_WMI_INSTANCE_SET_ITEM = 48, EvtWmiInstanceExecuteMethod: PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD = 56 } }
structure! { _WDF_WMI_PROVIDER_CONFIG as WDF_WMI_PROVIDER_CONFIG, size 40, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, Guid: GUID = 4, Flags: ULONG = 20, MinInstanceBufferSize: ULONG = 24, EvtWmiProviderFunctionControl: PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL = 32 } }
structure! { _WDF_WORKITEM_CONFIG as WDF_WORKITEM_CONFIG, size 24, align 8, [Clone, Copy, Debug, Default] { Size: ULONG = 0, EvtWorkItemFunc: PFN_WDF_WORKITEM = 8, AutomaticSerialization: BOOLEAN = 16 } }
structure! { _PO_FX_COMPONENT_IDLE_STATE, size 24, align 8, [Clone, Copy, Debug, Default] { TransitionLatency: ULONGLONG = 0, ResidencyRequirement: ULONGLONG = 8, NominalPower: ULONG = 16 } }
structure! { _SECURITY_QUALITY_OF_SERVICE, size 12, align 4, [Clone, Copy, Debug, Default] { Length: DWORD = 0, ImpersonationLevel: SECURITY_IMPERSONATION_LEVEL = 4, ContextTrackingMode: SECURITY_CONTEXT_TRACKING_MODE = 8, EffectiveOnly: BOOLEAN = 9 } }

// --- Enumerations
enumeration! { _CM_SHARE_DISPOSITION as CM_SHARE_DISPOSITION { CmResourceShareUndetermined = 0, CmResourceShareDeviceExclusive = 1, CmResourceShareDriverExclusive = 2, CmResourceShareShared = 3 } }
enumeration! { _DEVICE_POWER_STATE as DEVICE_POWER_STATE { PowerDeviceUnspecified = 0, PowerDeviceD0 = 1, PowerDeviceD1 = 2, PowerDeviceD2 = 3, PowerDeviceD3 = 4, PowerDeviceMaximum = 5 } }
enumeration! { DEVICE_REGISTRY_PROPERTY { DevicePropertyDeviceDescription = 0, DevicePropertyHardwareID = 1, DevicePropertyCompatibleIDs = 2, DevicePropertyBootConfiguration = 3, DevicePropertyBootConfigurationTranslated = 4, DevicePropertyClassName = 5, DevicePropertyClassGuid = 6, DevicePropertyDriverKeyName = 7, DevicePropertyManufacturer = 8, DevicePropertyFriendlyName = 9, DevicePropertyLocationInformation = 10, DevicePropertyPhysicalDeviceObjectName = 11, DevicePropertyBusTypeGuid = 12, DevicePropertyLegacyBusType = 13, DevicePropertyBusNumber = 14, DevicePropertyEnumeratorName = 15, DevicePropertyAddress = 16, DevicePropertyUINumber = 17, DevicePropertyInstallState = 18, DevicePropertyRemovalPolicy = 19, DevicePropertyResourceRequirements = 20, DevicePropertyAllocatedResources = 21, DevicePropertyContainerID = 22 } }
enumeration! { _DEVICE_RELATION_TYPE as DEVICE_RELATION_TYPE {  } }
enumeration! { _EVENT_TYPE as EVENT_TYPE { NotificationEvent = 0, SynchronizationEvent = 1 } }
enumeration! { _INTERFACE_TYPE as INTERFACE_TYPE { InterfaceTypeUndefined = -1, Internal = 0, Isa = 1, Eisa = 2, MicroChannel = 3, TurboChannel = 4, PCIBus = 5, VMEBus = 6, NuBus = 7, PCMCIABus = 8, CBus = 9, MPIBus = 10, MPSABus = 11, ProcessorInternal = 12, InternalPowerBus = 13, PNPISABus = 14, PNPBus = 15, Vmcs = 16, ACPIBus = 17, MaximumInterfaceType = 18 } }
enumeration! { _KINTERRUPT_MODE as KINTERRUPT_MODE { LevelSensitive = 0, Latched = 1 } }
enumeration! { _MEMORY_CACHING_TYPE as MEMORY_CACHING_TYPE { MmNonCached = 0, MmCached = 1, MmWriteCombined = 2, MmHardwareCoherentCached = 3, MmNonCachedUnordered = 4, MmUSWCCached = 5, MmMaximumCacheType = 6, MmNotMapped = -1 } }
enumeration! { _MEMORY_CACHING_TYPE_ORIG as MEMORY_CACHING_TYPE_ORIG { MmFrameBufferCached = 2 } }
enumeration! { _MODE as MODE { KernelMode = 0, UserMode = 1, MaximumMode = 2 } }
enumeration! { _POOL_TYPE as POOL_TYPE { NonPagedPool = 0, NonPagedPoolExecute = 0, PagedPool = 1, NonPagedPoolMustSucceed = 2, DontUseThisType = 3, NonPagedPoolCacheAligned = 4, PagedPoolCacheAligned = 5, NonPagedPoolCacheAlignedMustS = 6, MaxPoolType = 7, NonPagedPoolBase = 0, NonPagedPoolBaseMustSucceed = 2, NonPagedPoolBaseCacheAligned = 4, NonPagedPoolBaseCacheAlignedMustS = 6, NonPagedPoolSession = 32, PagedPoolSession = 33, NonPagedPoolMustSucceedSession = 34, DontUseThisTypeSession = 35, NonPagedPoolCacheAlignedSession = 36, PagedPoolCacheAlignedSession = 37, NonPagedPoolCacheAlignedMustSSession = 38, NonPagedPoolNx = 512, NonPagedPoolNxCacheAligned = 516, NonPagedPoolSessionNx = 544 } }
enumeration! { POWER_ACTION { PowerActionNone = 0, PowerActionReserved = 1, PowerActionSleep = 2, PowerActionHibernate = 3, PowerActionShutdown = 4, PowerActionShutdownReset = 5, PowerActionShutdownOff = 6, PowerActionWarmEject = 7 } }
enumeration! { _SECURITY_IMPERSONATION_LEVEL as SECURITY_IMPERSONATION_LEVEL { SecurityAnonymous = 0, SecurityIdentification = 1, SecurityImpersonation = 2, SecurityDelegation = 3 } }
enumeration! { _SYSTEM_POWER_STATE as SYSTEM_POWER_STATE { PowerSystemUnspecified = 0, PowerSystemWorking = 1, PowerSystemSleeping1 = 2, PowerSystemSleeping2 = 3, PowerSystemSleeping3 = 4, PowerSystemHibernate = 5, PowerSystemShutdown = 6, PowerSystemMaximum = 7 } }
enumeration! { _WDF_BUGCHECK_CODES as WDF_BUGCHECK_CODES { WDF_POWER_ROUTINE_TIMED_OUT = 1, WDF_RECURSIVE_LOCK = 2, WDF_VERIFIER_FATAL_ERROR = 3, WDF_REQUIRED_PARAMETER_IS_NULL = 4, WDF_INVALID_HANDLE = 5, WDF_REQUEST_FATAL_ERROR = 6, WDF_OBJECT_ERROR = 7, WDF_DMA_FATAL_ERROR = 8, WDF_INVALID_INTERRUPT = 9, WDF_QUEUE_FATAL_ERROR = 10, WDF_INVALID_LOCK_OPERATION = 11, WDF_PNP_FATAL_ERROR = 12, WDF_POWER_MULTIPLE_PPO = 13, WDF_VERIFIER_IRQL_MISMATCH = 14, WDF_VERIFIER_CRITICAL_REGION_MISMATCH = 15 } }
enumeration! { _WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS as WDF_CHILD_LIST_RETRIEVE_DEVICE_STATUS { WdfChildListRetrieveDeviceUndefined = 0, WdfChildListRetrieveDeviceSuccess = 1, WdfChildListRetrieveDeviceNotYetCreated = 2, WdfChildListRetrieveDeviceNoSuchDevice = 3 } }
enumeration! { _WDF_DEVICE_FAILED_ACTION as WDF_DEVICE_FAILED_ACTION { WdfDeviceFailedUndefined = 0, WdfDeviceFailedAttemptRestart = 1, WdfDeviceFailedNoRestart = 2 } }
enumeration! { _WDF_DEVICE_HWACCESS_TARGET_SIZE as WDF_DEVICE_HWACCESS_TARGET_SIZE { WdfDeviceHwAccessTargetSizeInvalid = 0, WdfDeviceHwAccessTargetSizeUchar = 1, WdfDeviceHwAccessTargetSizeUshort = 2, WdfDeviceHwAccessTargetSizeUlong = 3, WdfDeviceHwAccessTargetSizeUlong64 = 4, WdfDeviceHwAccessTargetSizeMaximum = 5 } }
enumeration! { _WDF_DEVICE_HWACCESS_TARGET_TYPE as WDF_DEVICE_HWACCESS_TARGET_TYPE { WdfDeviceHwAccessTargetTypeInvalid = 0, WdfDeviceHwAccessTargetTypeRegister = 1, WdfDeviceHwAccessTargetTypeRegisterBuffer = 2, WdfDeviceHwAccessTargetTypePort = 3, WdfDeviceHwAccessTargetTypePortBuffer = 4, WdfDeviceHwAccessTargetTypeMaximum = 5 } }
enumeration! { _WDF_DEVICE_IO_TYPE as WDF_DEVICE_IO_TYPE { WdfDeviceIoUndefined = 0, WdfDeviceIoNeither = 1, WdfDeviceIoBuffered = 2, WdfDeviceIoDirect = 3, WdfDeviceIoBufferedOrDirect = 4 } }
enumeration! { _WDF_DEVICE_PNP_STATE as WDF_DEVICE_PNP_STATE { WdfDevStatePnpInvalid = 0, WdfDevStatePnpObjectCreated = 256, WdfDevStatePnpCheckForDevicePresence = 257, WdfDevStatePnpEjectFailed = 258, WdfDevStatePnpEjectHardware = 259, WdfDevStatePnpEjectedWaitingForRemove = 260, WdfDevStatePnpInit = 261, WdfDevStatePnpInitStarting = 262, WdfDevStatePnpInitSurpriseRemoved = 263, WdfDevStatePnpHardwareAvailable = 264, WdfDevStatePnpEnableInterfaces = 265, WdfDevStatePnpHardwareAvailablePowerPolicyFailed = 266, WdfDevStatePnpQueryRemoveAskDriver = 267, WdfDevStatePnpQueryRemovePending = 268, WdfDevStatePnpQueryRemoveStaticCheck = 269, WdfDevStatePnpQueriedRemoving = 270, WdfDevStatePnpQueryStopAskDriver = 271, WdfDevStatePnpQueryStopPending = 272, WdfDevStatePnpQueryStopStaticCheck = 273, WdfDevStatePnpQueryCanceled = 274, WdfDevStatePnpRemoved = 275, WdfDevStatePnpPdoRemoved = 276, WdfDevStatePnpRemovedPdoWait = 277, WdfDevStatePnpRemovedPdoSurpriseRemoved = 278, WdfDevStatePnpRemovingDisableInterfaces = 279, WdfDevStatePnpRestarting = 280, WdfDevStatePnpStarted = 281, WdfDevStatePnpStartedCancelStop = 282, WdfDevStatePnpStartedCancelRemove = 283, WdfDevStatePnpStartedRemoving = 284, WdfDevStatePnpStartingFromStopped = 285, WdfDevStatePnpStopped = 286, WdfDevStatePnpStoppedWaitForStartCompletion = 287, WdfDevStatePnpStartedStopping = 288, WdfDevStatePnpSurpriseRemove = 289, WdfDevStatePnpInitQueryRemove = 290, WdfDevStatePnpInitQueryRemoveCanceled = 291, WdfDevStatePnpFdoRemoved = 292, WdfDevStatePnpRemovedWaitForChildren = 293, WdfDevStatePnpQueriedSurpriseRemove = 294, WdfDevStatePnpSurpriseRemoveIoStarted = 295, WdfDevStatePnpFailedPowerDown = 296, WdfDevStatePnpFailedIoStarting = 297, WdfDevStatePnpFailedOwnHardware = 298, WdfDevStatePnpFailed = 299, WdfDevStatePnpFailedSurpriseRemoved = 300, WdfDevStatePnpFailedStarted = 301, WdfDevStatePnpFailedWaitForRemove = 302, WdfDevStatePnpFailedInit = 303, WdfDevStatePnpPdoInitFailed = 304, WdfDevStatePnpRestart = 305, WdfDevStatePnpRestartReleaseHardware = 306, WdfDevStatePnpRestartHardwareAvailable = 307, WdfDevStatePnpPdoRestart = 308, WdfDevStatePnpFinal = 309, WdfDevStatePnpRemovedChildrenRemoved = 310, WdfDevStatePnpQueryRemoveEnsureDeviceAwake = 311, WdfDevStatePnpQueryStopEnsureDeviceAwake = 312, WdfDevStatePnpFailedPowerPolicyRemoved = 313, WdfDevStatePnpNull = 314 } }
enumeration! { _WDF_DEVICE_POWER_POLICY_STATE as WDF_DEVICE_POWER_POLICY_STATE { WdfDevStatePwrPolInvalid = 0, WdfDevStatePwrPolObjectCreated = 1280, WdfDevStatePwrPolStarting = 1281, WdfDevStatePwrPolStartingSucceeded = 1282, WdfDevStatePwrPolStartingFailed = 1283, WdfDevStatePwrPolStartingDecideS0Wake = 1284, WdfDevStatePwrPolStartedIdleCapable = 1285, WdfDevStatePwrPolTimerExpiredNoWake = 1286, WdfDevStatePwrPolTimerExpiredNoWakeCompletePowerDown = 1287, WdfDevStatePwrPolWaitingUnarmed = 1288, WdfDevStatePwrPolWaitingUnarmedQueryIdle = 1289, WdfDevStatePwrPolS0NoWakePowerUp = 1290, WdfDevStatePwrPolS0NoWakeCompletePowerUp = 1291, WdfDevStatePwrPolSystemSleepFromDeviceWaitingUnarmed = 1292, WdfDevStatePwrPolSystemSleepNeedWake = 1293, WdfDevStatePwrPolSystemSleepNeedWakeCompletePowerUp = 1294, WdfDevStatePwrPolSystemSleepPowerRequestFailed = 1295, WdfDevStatePwrPolCheckPowerPageable = 1296, WdfDevStatePwrPolSleepingWakeWakeArrived = 1297, WdfDevStatePwrPolSleepingWakeRevertArmWake = 1298, WdfDevStatePwrPolSystemAsleepWakeArmed = 1299, WdfDevStatePwrPolSystemWakeDeviceWakeEnabled = 1300, WdfDevStatePwrPolSystemWakeDeviceWakeEnabledWakeCanceled = 1301, WdfDevStatePwrPolSystemWakeDeviceWakeDisarm = 1302, WdfDevStatePwrPolSystemWakeDeviceWakeTriggered = 1303, WdfDevStatePwrPolSystemWakeDeviceWakeTriggeredS0 = 1304, WdfDevStatePwrPolSystemWakeDeviceWokeDisarm = 1305, WdfDevStatePwrPolSleepingWakeWakeArrivedNP = 34074, WdfDevStatePwrPolSleepingWakeRevertArmWakeNP = 34075, WdfDevStatePwrPolSleepingWakePowerDownFailed = 1308, WdfDevStatePwrPolSleepingWakePowerDownFailedWakeCanceled = 1309, WdfDevStatePwrPolSystemAsleepWakeArmedNP = 34078, WdfDevStatePwrPolSystemWakeDeviceWakeEnabledNP = 34079, WdfDevStatePwrPolSystemWakeDeviceWakeEnabledWakeCanceledNP = 34080, WdfDevStatePwrPolSystemWakeDeviceWakeDisarmNP = 34081, WdfDevStatePwrPolSystemWakeDeviceWakeTriggeredNP = 34082, WdfDevStatePwrPolSystemWakeDeviceWakeTriggeredS0NP = 34083, WdfDevStatePwrPolSystemWakeDeviceWokeDisarmNP = 34084, WdfDevStatePwrPolSystemWakeDeviceWakeCompletePowerUp = 1317, WdfDevStatePwrPolSleeping = 1318, WdfDevStatePwrPolSleepingNoWakePowerDown = 1319, WdfDevStatePwrPolSleepingNoWakeCompletePowerDown = 1320, WdfDevStatePwrPolSleepingNoWakeDxRequestFailed = 1321, WdfDevStatePwrPolSleepingWakePowerDown = 1322, WdfDevStatePwrPolSleepingSendWake = 1323, WdfDevStatePwrPolSystemAsleepNoWake = 1324, WdfDevStatePwrPolSystemWakeDeviceWakeDisabled = 1325, WdfDevStatePwrPolSystemWakeDeviceToD0 = 1326, WdfDevStatePwrPolSystemWakeDeviceToD0CompletePowerUp = 1327, WdfDevStatePwrPolSystemWakeQueryIdle = 1328, WdfDevStatePwrPolStartedWakeCapable = 1329, WdfDevStatePwrPolTimerExpiredDecideUsbSS = 1330, WdfDevStatePwrPolTimerExpiredWakeCapablePowerDown = 1331, WdfDevStatePwrPolTimerExpiredWakeCapableSendWake = 1332, WdfDevStatePwrPolTimerExpiredWakeCapableUsbSS = 1333, WdfDevStatePwrPolTimerExpiredWakeCapableWakeArrived = 1334, WdfDevStatePwrPolTimerExpiredWakeCapableCancelWake = 1335, WdfDevStatePwrPolTimerExpiredWakeCapableWakeCanceled = 1336, WdfDevStatePwrPolTimerExpiredWakeCapableCleanup = 1337, WdfDevStatePwrPolTimerExpiredWakeCapableDxAllocFailed = 1338, WdfDevStatePwrPolTimerExpiredWakeCompletedPowerDown = 1339, WdfDevStatePwrPolTimerExpiredWakeCompletedPowerUp = 1340, WdfDevStatePwrPolWaitingArmedUsbSS = 1341, WdfDevStatePwrPolWaitingArmed = 1342, WdfDevStatePwrPolWaitingArmedQueryIdle = 1343, WdfDevStatePwrPolIoPresentArmed = 1344, WdfDevStatePwrPolIoPresentArmedWakeCanceled = 1345, WdfDevStatePwrPolS0WakeDisarm = 1346, WdfDevStatePwrPolS0WakeCompletePowerUp = 1347, WdfDevStatePwrPolTimerExpiredWakeSucceeded = 1348, WdfDevStatePwrPolTimerExpiredWakeCompletedDisarm = 1349, WdfDevStatePwrPolTimerExpiredWakeCapableWakeSucceeded = 1350, WdfDevStatePwrPolTimerExpiredWakeCapableWakeFailed = 1351, WdfDevStatePwrPolWakeFailedUsbSS = 1352, WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedCancelWake = 1353, WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedWakeCanceled = 1354, WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedUsbSS = 1355, WdfDevStatePwrPolCancelingWakeForSystemSleep = 1356, WdfDevStatePwrPolCancelingWakeForSystemSleepWakeCanceled = 1357, WdfDevStatePwrPolDisarmingWakeForSystemSleepCompletePowerUp = 1358, WdfDevStatePwrPolPowerUpForSystemSleepFailed = 1359, WdfDevStatePwrPolWokeFromS0UsbSS = 1360, WdfDevStatePwrPolWokeFromS0 = 1361, WdfDevStatePwrPolWokeFromS0NotifyDriver = 1362, WdfDevStatePwrPolStoppingResetDevice = 1363, WdfDevStatePwrPolStoppingResetDeviceCompletePowerUp = 1364, WdfDevStatePwrPolStoppingResetDeviceFailed = 1365, WdfDevStatePwrPolStoppingD0 = 1366, WdfDevStatePwrPolStoppingD0Failed = 1367, WdfDevStatePwrPolStoppingDisarmWake = 1368, WdfDevStatePwrPolStoppingDisarmWakeCancelWake = 1369, WdfDevStatePwrPolStoppingDisarmWakeWakeCanceled = 1370, WdfDevStatePwrPolStopping = 1371, WdfDevStatePwrPolStoppingFailed = 1372, WdfDevStatePwrPolStoppingSendStatus = 1373, WdfDevStatePwrPolStoppingCancelTimer = 1374, WdfDevStatePwrPolStoppingWaitForIdleTimeout = 1375, WdfDevStatePwrPolStoppingCancelUsbSS = 1376, WdfDevStatePwrPolStoppingWaitForUsbSSCompletion = 1377, WdfDevStatePwrPolStoppingCancelWake = 1378, WdfDevStatePwrPolStopped = 1379, WdfDevStatePwrPolCancelUsbSS = 1380, WdfDevStatePwrPolStarted = 1381, WdfDevStatePwrPolStartedCancelTimer = 1382, WdfDevStatePwrPolStartedWaitForIdleTimeout = 1383, WdfDevStatePwrPolStartedWakeCapableCancelTimerForSleep = 1384, WdfDevStatePwrPolStartedWakeCapableWaitForIdleTimeout = 1385, WdfDevStatePwrPolStartedWakeCapableSleepingUsbSS = 1386, WdfDevStatePwrPolStartedIdleCapableCancelTimerForSleep = 1387, WdfDevStatePwrPolStartedIdleCapableWaitForIdleTimeout = 1388, WdfDevStatePwrPolDeviceD0PowerRequestFailed = 1389, WdfDevStatePwrPolDevicePowerRequestFailed = 1390, WdfDevStatePwrPolGotoDx = 1391, WdfDevStatePwrPolGotoDxInDx = 1392, WdfDevStatePwrPolDx = 1393, WdfDevStatePwrPolGotoD0 = 1394, WdfDevStatePwrPolGotoD0InD0 = 1395, WdfDevStatePwrPolFinal = 1396, WdfDevStatePwrPolSleepingPowerDownNotProcessed = 1397, WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownNotProcessed = 1398, WdfDevStatePwrPolTimerExpiredNoWakePowerDownNotProcessed = 1399, WdfDevStatePwrPolTimerExpiredNoWakePoweredDownDisableIdleTimer = 1400, WdfDevStatePwrPolStoppingWaitingForImplicitPowerDown = 1401, WdfDevStatePwrPolStoppingPoweringUp = 1402, WdfDevStatePwrPolStoppingPoweringDown = 1403, WdfDevStatePwrPolPowerUpForSystemSleepNotSeen = 1404, WdfDevStatePwrPolWaitingArmedStoppingCancelUsbSS = 1405, WdfDevStatePwrPolWaitingArmedWakeFailedCancelUsbSS = 1406, WdfDevStatePwrPolWaitingArmedIoPresentCancelUsbSS = 1407, WdfDevStatePwrPolWaitingArmedWakeSucceededCancelUsbSS = 1408, WdfDevStatePwrPolCancelingUsbSSForSystemSleep = 1409, WdfDevStatePwrPolStoppingD0CancelUsbSS = 1410, WdfDevStatePwrPolStartingPoweredUp = 1411, WdfDevStatePwrPolIdleCapableDeviceIdle = 1412, WdfDevStatePwrPolDeviceIdleReturnToActive = 1413, WdfDevStatePwrPolDeviceIdleSleeping = 1414, WdfDevStatePwrPolDeviceIdleStopping = 1415, WdfDevStatePwrPolTimerExpiredNoWakeUndoPowerDown = 1416, WdfDevStatePwrPolWakeCapableDeviceIdle = 1417, WdfDevStatePwrPolWakeCapableUsbSSCompleted = 1418, WdfDevStatePwrPolTimerExpiredWakeCapableUndoPowerDown = 1419, WdfDevStatePwrPolTimerExpiredWakeCompletedHardwareStarted = 1420, WdfDevStatePwrPolStoppedRemoving = 1421, WdfDevStatePwrPolRemoved = 1422, WdfDevStatePwrPolRestarting = 1423, WdfDevStatePwrPolRestartingFailed = 1424, WdfDevStatePwrPolStartingPoweredUpFailed = 1425, WdfDevStatePwrPolTimerExpiredNoWakeReturnToActive = 1426, WdfDevStatePwrPolWaitingArmedWakeInterruptFired = 1427, WdfDevStatePwrPolSystemWakeDeviceWakeInterruptFired = 1428, WdfDevStatePwrPolSystemWakeDeviceWakeInterruptFiredNP = 34197, WdfDevStatePwrPolTimerExpiredWakeCapableWakeInterruptArrived = 1430, WdfDevStatePwrPolTimerExpiredWakeCapablePowerDownFailedWakeInterruptArrived = 1431, WdfDevStatePwrPolWaitingArmedWakeInterruptFiredDuringPowerDown = 1432, WdfDevStatePwrPolNull = 1433 } }
enumeration! { _WDF_DEVICE_POWER_STATE as WDF_DEVICE_POWER_STATE { WdfDevStatePowerInvalid = 0, WdfDevStatePowerObjectCreated = 768, WdfDevStatePowerCheckDeviceType = 769, WdfDevStatePowerCheckDeviceTypeNP = 33538, WdfDevStatePowerCheckParentState = 771, WdfDevStatePowerCheckParentStateNP = 33540, WdfDevStatePowerEnablingWakeAtBus = 773, WdfDevStatePowerEnablingWakeAtBusNP = 33542, WdfDevStatePowerD0 = 775, WdfDevStatePowerD0NP = 33544, WdfDevStatePowerD0BusWakeOwner = 777, WdfDevStatePowerD0BusWakeOwnerNP = 33546, WdfDevStatePowerD0ArmedForWake = 779, WdfDevStatePowerD0ArmedForWakeNP = 33548, WdfDevStatePowerD0DisarmingWakeAtBus = 781, WdfDevStatePowerD0DisarmingWakeAtBusNP = 33550, WdfDevStatePowerD0Starting = 783, WdfDevStatePowerD0StartingConnectInterrupt = 784, WdfDevStatePowerD0StartingDmaEnable = 785, WdfDevStatePowerD0StartingStartSelfManagedIo = 786, WdfDevStatePowerDecideD0State = 787, WdfDevStatePowerGotoD3Stopped = 788, WdfDevStatePowerStopped = 789, WdfDevStatePowerStartingCheckDeviceType = 790, WdfDevStatePowerStartingChild = 791, WdfDevStatePowerDxDisablingWakeAtBus = 792, WdfDevStatePowerDxDisablingWakeAtBusNP = 33561, WdfDevStatePowerGotoDx = 794, WdfDevStatePowerGotoDxNP = 33563, WdfDevStatePowerGotoDxIoStopped = 796, WdfDevStatePowerGotoDxIoStoppedNP = 33565, WdfDevStatePowerGotoDxNPFailed = 33566, WdfDevStatePowerDx = 799, WdfDevStatePowerDxNP = 33568, WdfDevStatePowerGotoDxArmedForWake = 801, WdfDevStatePowerGotoDxArmedForWakeNP = 33570, WdfDevStatePowerGotoDxIoStoppedArmedForWake = 803, WdfDevStatePowerGotoDxIoStoppedArmedForWakeNP = 33572, WdfDevStatePowerDxArmedForWake = 805, WdfDevStatePowerDxArmedForWakeNP = 33574, WdfDevStatePowerCheckParentStateArmedForWake = 807, WdfDevStatePowerCheckParentStateArmedForWakeNP = 33576, WdfDevStatePowerWaitForParentArmedForWake = 809, WdfDevStatePowerWaitForParentArmedForWakeNP = 33578, WdfDevStatePowerStartSelfManagedIo = 811, WdfDevStatePowerStartSelfManagedIoNP = 33580, WdfDevStatePowerStartSelfManagedIoFailed = 813, WdfDevStatePowerStartSelfManagedIoFailedNP = 33582, WdfDevStatePowerWaitForParent = 815, WdfDevStatePowerWaitForParentNP = 33584, WdfDevStatePowerWakePending = 817, WdfDevStatePowerWakePendingNP = 33586, WdfDevStatePowerWaking = 819, WdfDevStatePowerWakingNP = 33588, WdfDevStatePowerWakingConnectInterrupt = 821, WdfDevStatePowerWakingConnectInterruptNP = 33590, WdfDevStatePowerWakingConnectInterruptFailed = 823, WdfDevStatePowerWakingConnectInterruptFailedNP = 33592, WdfDevStatePowerWakingDmaEnable = 825, WdfDevStatePowerWakingDmaEnableNP = 33594, WdfDevStatePowerWakingDmaEnableFailed = 827, WdfDevStatePowerWakingDmaEnableFailedNP = 33596, WdfDevStatePowerReportPowerUpFailedDerefParent = 829, WdfDevStatePowerReportPowerUpFailed = 830, WdfDevStatePowerPowerFailedPowerDown = 831, WdfDevStatePowerReportPowerDownFailed = 832, WdfDevStatePowerInitialConnectInterruptFailed = 833, WdfDevStatePowerInitialDmaEnableFailed = 834, WdfDevStatePowerInitialSelfManagedIoFailed = 835, WdfDevStatePowerInitialPowerUpFailedDerefParent = 836, WdfDevStatePowerInitialPowerUpFailed = 837, WdfDevStatePowerDxStoppedDisarmWake = 838, WdfDevStatePowerDxStoppedDisarmWakeNP = 33607, WdfDevStatePowerGotoDxStoppedDisableInterruptNP = 33608, WdfDevStatePowerGotoDxStopped = 841, WdfDevStatePowerDxStopped = 842, WdfDevStatePowerGotoStopped = 843, WdfDevStatePowerStoppedCompleteDx = 844, WdfDevStatePowerDxStoppedDecideDxState = 845, WdfDevStatePowerDxStoppedArmForWake = 846, WdfDevStatePowerDxStoppedArmForWakeNP = 33615, WdfDevStatePowerFinalPowerDownFailed = 848, WdfDevStatePowerFinal = 849, WdfDevStatePowerGotoImplicitD3DisarmWakeAtBus = 850, WdfDevStatePowerUpFailed = 851, WdfDevStatePowerUpFailedDerefParent = 852, WdfDevStatePowerGotoDxFailed = 853, WdfDevStatePowerGotoDxStoppedDisableInterrupt = 854, WdfDevStatePowerUpFailedNP = 33623, WdfDevStatePowerUpFailedDerefParentNP = 33624, WdfDevStatePowerNotifyingD0ExitToWakeInterrupts = 857, WdfDevStatePowerNotifyingD0EntryToWakeInterrupts = 858, WdfDevStatePowerNotifyingD0ExitToWakeInterruptsNP = 33627, WdfDevStatePowerNotifyingD0EntryToWakeInterruptsNP = 33628, WdfDevStatePowerNull = 861 } }
enumeration! { _WDF_DEVICE_SHUTDOWN_FLAGS as WDF_DEVICE_SHUTDOWN_FLAGS { WdfDeviceShutdown = 1, WdfDeviceLastChanceShutdown = 2 } }
enumeration! { _WDF_DEVICE_STATE_FLAGS as WDF_DEVICE_STATE_FLAGS { WdfDevStateNP = 32768 } }
enumeration! { _WDF_DISPATCH_IRP_TO_IO_QUEUE_FLAGS as WDF_DISPATCH_IRP_TO_IO_QUEUE_FLAGS { WDF_DISPATCH_IRP_TO_IO_QUEUE_NO_FLAGS = 0, WDF_DISPATCH_IRP_TO_IO_QUEUE_INVOKE_INCALLERCTX_CALLBACK = 1, WDF_DISPATCH_IRP_TO_IO_QUEUE_PREPROCESSED_IRP = 2 } }
enumeration! { _WDF_DRIVER_INIT_FLAGS as WDF_DRIVER_INIT_FLAGS { WdfDriverInitNonPnpDriver = 1, WdfDriverInitNoDispatchOverride = 2, WdfVerifyOn = 4, WdfVerifierOn = 8 } }
enumeration! { _WDF_EVENT_TYPE as WDF_EVENT_TYPE { WdfEventReserved = 0, WdfEventBroadcast = 1, WdfEventMaximum = 2 } }
enumeration! { _WDF_EXECUTION_LEVEL as WDF_EXECUTION_LEVEL { WdfExecutionLevelInvalid = 0, WdfExecutionLevelInheritFromParent = 1, WdfExecutionLevelPassive = 2, WdfExecutionLevelDispatch = 3 } }
enumeration! { _WDF_FILEOBJECT_CLASS as WDF_FILEOBJECT_CLASS { WdfFileObjectInvalid = 0, WdfFileObjectNotRequired = 1, WdfFileObjectWdfCanUseFsContext = 2, WdfFileObjectWdfCanUseFsContext2 = 3, WdfFileObjectWdfCannotUseFsContexts = 4, WdfFileObjectCanBeOptional = -2147483648 } }
enumeration! { _WDF_FILE_INFORMATION_CLASS as WDF_FILE_INFORMATION_CLASS { WdfFileInformationDirectory = 1, WdfFileInformationFullDirectory = 2, WdfFileInformationBothDirectory = 3, WdfFileInformationBasic = 4, WdfFileInformationStandard = 5, WdfFileInformationInternal = 6, WdfFileInformationEa = 7, WdfFileInformationAccess = 8, WdfFileInformationName = 9, WdfFileInformationRename = 10, WdfFileInformationLink = 11, WdfFileInformationNames = 12, WdfFileInformationDisposition = 13, WdfFileInformationPosition = 14, WdfFileInformationFullEa = 15, WdfFileInformationMode = 16, WdfFileInformationAlignment = 17, WdfFileInformationAll = 18, WdfFileInformationAllocation = 19, WdfFileInformationEndOfFile = 20, WdfFileInformationAlternateName = 21, WdfFileInformationStream = 22, WdfFileInformationPipe = 23, WdfFileInformationPipeLocal = 24, WdfFileInformationPipeRemote = 25, WdfFileInformationMailslotQuery = 26, WdfFileInformationMailslotSet = 27, WdfFileInformationCompression = 28, WdfFileInformationObjectId = 29, WdfFileInformationCompletion = 30, WdfFileInformationMoveCluster = 31, WdfFileInformationQuota = 32, WdfFileInformationReparsePoint = 33, WdfFileInformationNetworkOpen = 34, WdfFileInformationAttributeTag = 35, WdfFileInformationTracking = 36, WdfFileInformationIdBothDirectory = 37, WdfFileInformationIdFullDirectory = 38, WdfFileInformationValidDataLength = 39, WdfFileInformationShortName = 40, WdfFileInformationIoCompletionNotification = 41, WdfFileInformationIoStatusBlockRange = 42, WdfFileInformationIoPriorityHint = 43, WdfFileInformationSfioReserve = 44, WdfFileInformationSfioVolume = 45, WdfFileInformationHardLink = 46, WdfFileInformationProcessIdsUsingFile = 47, WdfFileInformationNormalizedName = 48, WdfFileInformationNetworkPhysicalName = 49, WdfFileInformationIdGlobalTxDirectory = 50, WdfFileInformationIsRemoteDevice = 51, WdfFileInformationAttributeCache = 52, WdfFileInformationMaximum = 53 } }
enumeration! { _WDF_INTERRUPT_POLARITY as WDF_INTERRUPT_POLARITY { WdfInterruptPolarityUnknown = 0, WdfInterruptActiveHigh = 1, WdfInterruptActiveLow = 2 } }
enumeration! { _WDF_INTERRUPT_POLICY as WDF_INTERRUPT_POLICY { WdfIrqPolicyMachineDefault = 0, WdfIrqPolicyAllCloseProcessors = 1, WdfIrqPolicyOneCloseProcessor = 2, WdfIrqPolicyAllProcessorsInMachine = 3, WdfIrqPolicySpecifiedProcessors = 4, WdfIrqPolicySpreadMessagesAcrossAllProcessors = 5 } }
enumeration! { _WDF_INTERRUPT_PRIORITY as WDF_INTERRUPT_PRIORITY { WdfIrqPriorityUndefined = 0, WdfIrqPriorityLow = 1, WdfIrqPriorityNormal = 2, WdfIrqPriorityHigh = 3 } }
enumeration! { _WDF_IO_FORWARD_PROGRESS_ACTION as WDF_IO_FORWARD_PROGRESS_ACTION { WdfIoForwardProgressActionInvalid = 0, WdfIoForwardProgressActionFailRequest = 1, WdfIoForwardProgressActionUseReservedRequest = 2 } }
enumeration! { _WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY as WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY { WdfIoForwardProgressInvalidPolicy = 0, WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest = 1, WdfIoForwardProgressReservedPolicyUseExamine = 2, WdfIoForwardProgressReservedPolicyPagingIO = 3 } }
enumeration! { _WDF_IO_QUEUE_DISPATCH_TYPE as WDF_IO_QUEUE_DISPATCH_TYPE { WdfIoQueueDispatchInvalid = 0, WdfIoQueueDispatchSequential = 1, WdfIoQueueDispatchParallel = 2, WdfIoQueueDispatchManual = 3, WdfIoQueueDispatchMax = 4 } }
enumeration! { _WDF_IO_QUEUE_STATE as WDF_IO_QUEUE_STATE { WdfIoQueueAcceptRequests = 1, WdfIoQueueDispatchRequests = 2, WdfIoQueueNoRequests = 4, WdfIoQueueDriverNoRequests = 8, WdfIoQueuePnpHeld = 16 } }
enumeration! { _WDF_IO_TARGET_OPEN_TYPE as WDF_IO_TARGET_OPEN_TYPE { WdfIoTargetOpenUndefined = 0, WdfIoTargetOpenUseExistingDevice = 1, WdfIoTargetOpenByName = 2, WdfIoTargetOpenReopen = 3, WdfIoTargetOpenLocalTargetByFile = 4 } }
enumeration! { _WDF_IO_TARGET_PURGE_IO_ACTION as WDF_IO_TARGET_PURGE_IO_ACTION { WdfIoTargetPurgeIoUndefined = 0, WdfIoTargetPurgeIoAndWait = 1, WdfIoTargetPurgeIo = 2 } }
enumeration! { _WDF_IO_TARGET_SENT_IO_ACTION as WDF_IO_TARGET_SENT_IO_ACTION { WdfIoTargetSentIoUndefined = 0, WdfIoTargetCancelSentIo = 1, WdfIoTargetWaitForSentIoToComplete = 2, WdfIoTargetLeaveSentIoPending = 3 } }
enumeration! { _WDF_IO_TARGET_STATE as WDF_IO_TARGET_STATE { WdfIoTargetStateUndefined = 0, WdfIoTargetStarted = 1, WdfIoTargetStopped = 2, WdfIoTargetClosedForQueryRemove = 3, WdfIoTargetClosed = 4, WdfIoTargetDeleted = 5, WdfIoTargetPurged = 6 } }
enumeration! { _WDF_MEMORY_DESCRIPTOR_TYPE as WDF_MEMORY_DESCRIPTOR_TYPE { WdfMemoryDescriptorTypeInvalid = 0, WdfMemoryDescriptorTypeBuffer = 1, WdfMemoryDescriptorTypeMdl = 2, WdfMemoryDescriptorTypeHandle = 3 } }
enumeration! { _WDF_POWER_DEVICE_STATE as WDF_POWER_DEVICE_STATE { WdfPowerDeviceInvalid = 0, WdfPowerDeviceD0 = 1, WdfPowerDeviceD1 = 2, WdfPowerDeviceD2 = 3, WdfPowerDeviceD3 = 4, WdfPowerDeviceD3Final = 5, WdfPowerDevicePrepareForHibernation = 6, WdfPowerDeviceMaximum = 7 } }
enumeration! { _WDF_POWER_POLICY_IDLE_TIMEOUT_CONSTANTS as WDF_POWER_POLICY_IDLE_TIMEOUT_CONSTANTS { IdleTimeoutDefaultConstant = 0 } }
enumeration! { _WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE as WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE { DriverManagedIdleTimeout = 0, SystemManagedIdleTimeout = 1, SystemManagedIdleTimeoutWithHint = 2 } }
enumeration! { _WDF_POWER_POLICY_S0_IDLE_CAPABILITIES as WDF_POWER_POLICY_S0_IDLE_CAPABILITIES { IdleCapsInvalid = 0, IdleCannotWakeFromS0 = 1, IdleCanWakeFromS0 = 2, IdleUsbSelectiveSuspend = 3 } }
enumeration! { _WDF_POWER_POLICY_S0_IDLE_USER_CONTROL as WDF_POWER_POLICY_S0_IDLE_USER_CONTROL { IdleUserControlInvalid = 0, IdleDoNotAllowUserControl = 1, IdleAllowUserControl = 2 } }
enumeration! { _WDF_POWER_POLICY_SX_WAKE_USER_CONTROL as WDF_POWER_POLICY_SX_WAKE_USER_CONTROL { WakeUserControlInvalid = 0, WakeDoNotAllowUserControl = 1, WakeAllowUserControl = 2 } }
enumeration! { _WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE as WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE { WdfReleaseHardwareOrderOnFailureInvalid = 0, WdfReleaseHardwareOrderOnFailureEarly = 1, WdfReleaseHardwareOrderOnFailureAfterDescendants = 2 } }
enumeration! { _WDF_REMOVE_LOCK_OPTIONS_FLAGS as WDF_REMOVE_LOCK_OPTIONS_FLAGS { WDF_REMOVE_LOCK_OPTION_ACQUIRE_FOR_IO = 1 } }
enumeration! { _WDF_REQUEST_FATAL_ERROR_CODES as WDF_REQUEST_FATAL_ERROR_CODES { WDF_REQUEST_FATAL_ERROR_NO_MORE_STACK_LOCATIONS = 1, WDF_REQUEST_FATAL_ERROR_NULL_IRP = 2, WDF_REQUEST_FATAL_ERROR_REQUEST_ALREADY_SENT = 3, WDF_REQUEST_FATAL_ERROR_INFORMATION_LENGTH_MISMATCH = 4, WDF_REQUEST_FATAL_ERROR_REQUEST_NOT_IN_QUEUE = 5 } }
enumeration! { _WDF_REQUEST_FORWARD_OPTIONS_FLAGS as WDF_REQUEST_FORWARD_OPTIONS_FLAGS { WDF_REQUEST_FORWARD_OPTION_SEND_AND_FORGET = 1 } }
enumeration! { _WDF_REQUEST_REUSE_FLAGS as WDF_REQUEST_REUSE_FLAGS { WDF_REQUEST_REUSE_NO_FLAGS = 0, WDF_REQUEST_REUSE_SET_NEW_IRP = 1 } }
enumeration! { _WDF_REQUEST_SEND_OPTIONS_FLAGS as WDF_REQUEST_SEND_OPTIONS_FLAGS { WDF_REQUEST_SEND_OPTION_TIMEOUT = 1, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS = 2, WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE = 4, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET = 8, WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT = 65536, WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE = 131072 } }
enumeration! { _WDF_REQUEST_STOP_ACTION_FLAGS as WDF_REQUEST_STOP_ACTION_FLAGS { WdfRequestStopActionInvalid = 0, WdfRequestStopActionSuspend = 1, WdfRequestStopActionPurge = 2, WdfRequestStopRequestCancelable = 268435456 } }
enumeration! { _WDF_REQUEST_TYPE as WDF_REQUEST_TYPE { WdfRequestTypeCreate = 0, WdfRequestTypeCreateNamedPipe = 1, WdfRequestTypeClose = 2, WdfRequestTypeRead = 3, WdfRequestTypeWrite = 4, WdfRequestTypeQueryInformation = 5, WdfRequestTypeSetInformation = 6, WdfRequestTypeQueryEA = 7, WdfRequestTypeSetEA = 8, WdfRequestTypeFlushBuffers = 9, WdfRequestTypeQueryVolumeInformation = 10, WdfRequestTypeSetVolumeInformation = 11, WdfRequestTypeDirectoryControl = 12, WdfRequestTypeFileSystemControl = 13, WdfRequestTypeDeviceControl = 14, WdfRequestTypeDeviceControlInternal = 15, WdfRequestTypeShutdown = 16, WdfRequestTypeLockControl = 17, WdfRequestTypeCleanup = 18, WdfRequestTypeCreateMailSlot = 19, WdfRequestTypeQuerySecurity = 20, WdfRequestTypeSetSecurity = 21, WdfRequestTypePower = 22, WdfRequestTypeSystemControl = 23, WdfRequestTypeDeviceChange = 24, WdfRequestTypeQueryQuota = 25, WdfRequestTypeSetQuota = 26, WdfRequestTypePnp = 27, WdfRequestTypeOther = 28, WdfRequestTypeUsb = 64, WdfRequestTypeNoFormat = 255, WdfRequestTypeMax = 256 } }
enumeration! { _WDF_RETRIEVE_CHILD_FLAGS as WDF_RETRIEVE_CHILD_FLAGS { WdfRetrieveUnspecified = 0, WdfRetrievePresentChildren = 1, WdfRetrieveMissingChildren = 2, WdfRetrievePendingChildren = 4, WdfRetrieveAddedChildren = 5, WdfRetrieveAllChildren = 7 } }
enumeration! { _WDF_SPECIAL_FILE_TYPE as WDF_SPECIAL_FILE_TYPE { WdfSpecialFileUndefined = 0, WdfSpecialFilePaging = 1, WdfSpecialFileHibernation = 2, WdfSpecialFileDump = 3, WdfSpecialFileBoot = 4, WdfSpecialFileMax = 5 } }
enumeration! { _WDF_STATE_NOTIFICATION_TYPE as WDF_STATE_NOTIFICATION_TYPE { StateNotificationInvalid = 0, StateNotificationEnterState = 1, StateNotificationPostProcessState = 2, StateNotificationLeaveState = 4, StateNotificationAllStates = 7 } }
enumeration! { _WDF_SYNCHRONIZATION_SCOPE as WDF_SYNCHRONIZATION_SCOPE { WdfSynchronizationScopeInvalid = 0, WdfSynchronizationScopeInheritFromParent = 1, WdfSynchronizationScopeDevice = 2, WdfSynchronizationScopeQueue = 3, WdfSynchronizationScopeNone = 4 } }
enumeration! { _WDF_TRI_STATE as WDF_TRI_STATE { WdfFalse = 0, WdfTrue = 1, WdfUseDefault = 2 } }
enumeration! { _WDF_WMI_PROVIDER_CONTROL as WDF_WMI_PROVIDER_CONTROL { WdfWmiControlInvalid = 0, WdfWmiEventControl = 1, WdfWmiInstanceControl = 2 } }
enumeration! { _WDF_WMI_PROVIDER_FLAGS as WDF_WMI_PROVIDER_FLAGS { WdfWmiProviderEventOnly = 1, WdfWmiProviderExpensive = 2, WdfWmiProviderTracing = 4, WdfWmiProviderValidFlags = 7 } }

// --- Callback types
callback! { EVT_WDFDEVICE_WDM_IRP_DISPATCH(WDFDEVICE, UCHAR, UCHAR, ULONG, WDFCONTEXT, PVOID, WDFCONTEXT) -> NTSTATUS }
callback! { EVT_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE(WDFDEVICE, POHANDLE) -> NTSTATUS }
callback! { EVT_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE(WDFDEVICE, POHANDLE) }
callback! { EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_CLEANUP(WDFCHILDLIST, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER) }
callback! { EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_COPY(WDFCHILDLIST, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER) }
callback! { EVT_WDF_CHILD_LIST_ADDRESS_DESCRIPTION_DUPLICATE(WDFCHILDLIST, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER) -> NTSTATUS }
callback! { EVT_WDF_CHILD_LIST_CREATE_DEVICE(WDFCHILDLIST, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER, PWDFDEVICE_INIT) -> NTSTATUS }
callback! { EVT_WDF_CHILD_LIST_DEVICE_REENUMERATED(WDFCHILDLIST, WDFDEVICE, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER, PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER) -> BOOLEAN }
callback! { EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_CLEANUP(WDFCHILDLIST, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER) }
callback! { EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COMPARE(WDFCHILDLIST, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER) -> BOOLEAN }
callback! { EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_COPY(WDFCHILDLIST, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER) }
callback! { EVT_WDF_CHILD_LIST_IDENTIFICATION_DESCRIPTION_DUPLICATE(WDFCHILDLIST, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER) -> NTSTATUS }
callback! { EVT_WDF_CHILD_LIST_SCAN_FOR_CHILDREN(WDFCHILDLIST) }
callback! { EVT_WDF_DEVICE_ARM_WAKE_FROM_S0(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_ARM_WAKE_FROM_SX(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON(WDFDEVICE, BOOLEAN, BOOLEAN) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_D0_ENTRY(WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED(WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_D0_EXIT(WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED(WDFDEVICE, WDF_POWER_DEVICE_STATE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_DISABLE_WAKE_AT_BUS(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_EJECT(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_ENABLE_WAKE_AT_BUS(WDFDEVICE, SYSTEM_POWER_STATE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_FILE_CREATE(WDFDEVICE, WDFREQUEST, WDFFILEOBJECT) }
callback! { EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS(WDFDEVICE, WDFIORESREQLIST) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_PNP_STATE_CHANGE_NOTIFICATION(WDFDEVICE, PCWDF_DEVICE_PNP_NOTIFICATION_DATA) }
callback! { EVT_WDF_DEVICE_POWER_POLICY_STATE_CHANGE_NOTIFICATION(WDFDEVICE, PCWDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA) }
callback! { EVT_WDF_DEVICE_POWER_STATE_CHANGE_NOTIFICATION(WDFDEVICE, PCWDF_DEVICE_POWER_NOTIFICATION_DATA) }
callback! { EVT_WDF_DEVICE_PREPARE_HARDWARE(WDFDEVICE, WDFCMRESLIST, WDFCMRESLIST) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST(WDFDEVICE, LPGUID, PINTERFACE, PVOID) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_QUERY_REMOVE(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_QUERY_STOP(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_RELATIONS_QUERY(WDFDEVICE, DEVICE_RELATION_TYPE) }
callback! { EVT_WDF_DEVICE_RELEASE_HARDWARE(WDFDEVICE, WDFCMRESLIST) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_REMOVE_ADDED_RESOURCES(WDFDEVICE, WDFCMRESLIST, WDFCMRESLIST) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_REPORTED_MISSING(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_RESOURCES_QUERY(WDFDEVICE, WDFCMRESLIST) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY(WDFDEVICE, WDFIORESREQLIST) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND(WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_SET_LOCK(WDFDEVICE, BOOLEAN) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_SURPRISE_REMOVAL(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_USAGE_NOTIFICATION(WDFDEVICE, WDF_SPECIAL_FILE_TYPE, BOOLEAN) }
callback! { EVT_WDF_DEVICE_USAGE_NOTIFICATION_EX(WDFDEVICE, WDF_SPECIAL_FILE_TYPE, BOOLEAN) -> NTSTATUS }
callback! { EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED(WDFDEVICE) }
callback! { EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED(WDFDEVICE) }
callback! { EVT_WDF_DRIVER_DEVICE_ADD(WDFDRIVER, PWDFDEVICE_INIT) -> NTSTATUS }
callback! { EVT_WDF_DRIVER_UNLOAD(WDFDRIVER) }
callback! { EVT_WDF_FILE_CLEANUP(WDFFILEOBJECT) }
callback! { EVT_WDF_FILE_CLOSE(WDFFILEOBJECT) }
callback! { EVT_WDF_INTERRUPT_DISABLE(WDFINTERRUPT, WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_INTERRUPT_DPC(WDFINTERRUPT, WDFOBJECT) }
callback! { EVT_WDF_INTERRUPT_ENABLE(WDFINTERRUPT, WDFDEVICE) -> NTSTATUS }
callback! { EVT_WDF_INTERRUPT_ISR(WDFINTERRUPT, ULONG) -> BOOLEAN }
callback! { EVT_WDF_INTERRUPT_SYNCHRONIZE(WDFINTERRUPT, WDFCONTEXT) -> BOOLEAN }
callback! { EVT_WDF_INTERRUPT_WORKITEM(WDFINTERRUPT, WDFOBJECT) }
callback! { EVT_WDF_IO_ALLOCATE_REQUEST_RESOURCES(WDFQUEUE, WDFREQUEST) -> NTSTATUS }
callback! { EVT_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST(WDFQUEUE, WDFREQUEST) -> NTSTATUS }
callback! { EVT_WDF_IO_IN_CALLER_CONTEXT(WDFDEVICE, WDFREQUEST) }
callback! { EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE(WDFQUEUE, WDFREQUEST) }
callback! { EVT_WDF_IO_QUEUE_IO_DEFAULT(WDFQUEUE, WDFREQUEST) }
callback! { EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL(WDFQUEUE, WDFREQUEST, usize, usize, ULONG) }
callback! { EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL(WDFQUEUE, WDFREQUEST, usize, usize, ULONG) }
callback! { EVT_WDF_IO_QUEUE_IO_READ(WDFQUEUE, WDFREQUEST, usize) }
callback! { EVT_WDF_IO_QUEUE_IO_RESUME(WDFQUEUE, WDFREQUEST) }
callback! { EVT_WDF_IO_QUEUE_IO_STOP(WDFQUEUE, WDFREQUEST, ULONG) }
callback! { EVT_WDF_IO_QUEUE_IO_WRITE(WDFQUEUE, WDFREQUEST, usize) }
callback! { EVT_WDF_IO_QUEUE_STATE(WDFQUEUE, WDFCONTEXT) }
callback! { EVT_WDF_IO_TARGET_QUERY_REMOVE(WDFIOTARGET) -> NTSTATUS }
callback! { EVT_WDF_IO_TARGET_REMOVE_CANCELED(WDFIOTARGET) }
callback! { EVT_WDF_IO_TARGET_REMOVE_COMPLETE(WDFIOTARGET) }
callback! { EVT_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS(WDFQUEUE, PVOID) -> WDF_IO_FORWARD_PROGRESS_ACTION }
callback! { EVT_WDF_OBJECT_CONTEXT_CLEANUP(WDFOBJECT) }
callback! { EVT_WDF_OBJECT_CONTEXT_DESTROY(WDFOBJECT) }
callback! { EVT_WDF_REQUEST_CANCEL(WDFREQUEST) }
callback! { EVT_WDF_REQUEST_COMPLETION_ROUTINE(WDFREQUEST, WDFIOTARGET, PWDF_REQUEST_COMPLETION_PARAMS, WDFCONTEXT) }
callback! { EVT_WDF_REQUEST_IMPERSONATE(WDFREQUEST, PVOID) }
callback! { EVT_WDF_TIMER(WDFTIMER) }
callback! { EVT_WDF_TRACE_CALLBACK(UCHAR, PVOID, ULONG, PVOID, PVOID, PULONG) -> NTSTATUS }
callback! { EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD(WDFWMIINSTANCE, ULONG, ULONG, ULONG, PVOID, PULONG) -> NTSTATUS }
callback! { EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE(WDFWMIINSTANCE, ULONG, PVOID, PULONG) -> NTSTATUS }
callback! { EVT_WDF_WMI_INSTANCE_SET_INSTANCE(WDFWMIINSTANCE, ULONG, PVOID) -> NTSTATUS }
callback! { EVT_WDF_WMI_INSTANCE_SET_ITEM(WDFWMIINSTANCE, ULONG, ULONG, PVOID) -> NTSTATUS }
callback! { EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL(WDFWMIPROVIDER, WDF_WMI_PROVIDER_CONTROL, BOOLEAN) -> NTSTATUS }
callback! { EVT_WDF_WORKITEM(WDFWORKITEM) }
callback! { PFN_GET_UNIQUE_CONTEXT_TYPE() -> PCWDF_OBJECT_CONTEXT_TYPE_INFO }
callback! { PO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK(PVOID, ULONG) }
callback! { PO_FX_COMPONENT_IDLE_CONDITION_CALLBACK(PVOID, ULONG) }
callback! { PO_FX_COMPONENT_IDLE_STATE_CALLBACK(PVOID, ULONG, ULONG) }
callback! { PO_FX_POWER_CONTROL_CALLBACK(PVOID, LPCGUID, PVOID, SIZE_T, PVOID, SIZE_T, PSIZE_T) -> NTSTATUS }

// --- Constants
constant! { CmResourceTypeBusNumber: u32 = 6 }
constant! { CmResourceTypeConfigData: u32 = 128 }
constant! { CmResourceTypeConnection: u32 = 132 }
constant! { CmResourceTypeDevicePrivate: u32 = 129 }
constant! { CmResourceTypeDeviceSpecific: u32 = 5 }
constant! { CmResourceTypeDma: u32 = 4 }
constant! { CmResourceTypeInterrupt: u32 = 2 }
constant! { CmResourceTypeMemory: u32 = 3 }
constant! { CmResourceTypeMemoryLarge: u32 = 7 }
constant! { CmResourceTypeMfCardConfig: u32 = 131 }
constant! { CmResourceTypeNonArbitrated: u32 = 128 }
constant! { CmResourceTypeNull: u32 = 0 }
constant! { CmResourceTypePcCardConfig: u32 = 130 }
constant! { CmResourceTypePort: u32 = 1 }
constant! { CM_RESOURCE_CONNECTION_CLASS_GPIO: u32 = 1 }
constant! { CM_RESOURCE_CONNECTION_CLASS_SERIAL: u32 = 2 }
constant! { CM_RESOURCE_CONNECTION_TYPE_GPIO_IO: u32 = 2 }
constant! { CM_RESOURCE_CONNECTION_TYPE_SERIAL_I2C: u32 = 1 }
constant! { CM_RESOURCE_CONNECTION_TYPE_SERIAL_SPI: u32 = 2 }
constant! { CM_RESOURCE_CONNECTION_TYPE_SERIAL_UART: u32 = 3 }
constant! { CM_RESOURCE_DMA_16: u32 = 1 }
constant! { CM_RESOURCE_DMA_32: u32 = 2 }
constant! { CM_RESOURCE_DMA_8: u32 = 0 }
constant! { CM_RESOURCE_DMA_8_AND_16: u32 = 4 }
constant! { CM_RESOURCE_DMA_BUS_MASTER: u32 = 8 }
constant! { CM_RESOURCE_DMA_TYPE_A: u32 = 16 }
constant! { CM_RESOURCE_DMA_TYPE_B: u32 = 32 }
constant! { CM_RESOURCE_DMA_TYPE_F: u32 = 64 }
constant! { CM_RESOURCE_DMA_V3: u32 = 128 }
constant! { CM_RESOURCE_INTERRUPT_LATCHED: u32 = 1 }
constant! { CM_RESOURCE_INTERRUPT_LEVEL_LATCHED_BITS: u32 = 1 }
constant! { CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE: u32 = 0 }
constant! { CM_RESOURCE_INTERRUPT_MESSAGE: u32 = 2 }
constant! { CM_RESOURCE_INTERRUPT_POLICY_INCLUDED: u32 = 4 }
constant! { CM_RESOURCE_INTERRUPT_SECONDARY_INTERRUPT: u32 = 16 }
constant! { CM_RESOURCE_INTERRUPT_WAKE_HINT: u32 = 32 }
constant! { CM_RESOURCE_MEMORY_24: u32 = 16 }
constant! { CM_RESOURCE_MEMORY_BAR: u32 = 128 }
constant! { CM_RESOURCE_MEMORY_CACHEABLE: u32 = 32 }
constant! { CM_RESOURCE_MEMORY_COMBINEDWRITE: u32 = 8 }
constant! { CM_RESOURCE_MEMORY_COMPAT_FOR_INACCESSIBLE_RANGE: u32 = 256 }
constant! { CM_RESOURCE_MEMORY_LARGE: u32 = 3584 }
constant! { CM_RESOURCE_MEMORY_LARGE_40: u32 = 512 }
constant! { CM_RESOURCE_MEMORY_LARGE_40_MAXLEN: u64 = 1099511627520 }
constant! { CM_RESOURCE_MEMORY_LARGE_48: u32 = 1024 }
constant! { CM_RESOURCE_MEMORY_LARGE_48_MAXLEN: u64 = 281474976645120 }
constant! { CM_RESOURCE_MEMORY_LARGE_64: u32 = 2048 }
constant! { CM_RESOURCE_MEMORY_LARGE_64_MAXLEN: i64 = -4294967296 }
constant! { CM_RESOURCE_MEMORY_PREFETCHABLE: u32 = 4 }
constant! { CM_RESOURCE_MEMORY_READ_ONLY: u32 = 1 }
constant! { CM_RESOURCE_MEMORY_READ_WRITE: u32 = 0 }
constant! { CM_RESOURCE_MEMORY_WINDOW_DECODE: u32 = 64 }
constant! { CM_RESOURCE_MEMORY_WRITEABILITY_MASK: u32 = 3 }
constant! { CM_RESOURCE_MEMORY_WRITE_ONLY: u32 = 2 }
constant! { CM_RESOURCE_PORT_10_BIT_DECODE: u32 = 4 }
constant! { CM_RESOURCE_PORT_12_BIT_DECODE: u32 = 8 }
constant! { CM_RESOURCE_PORT_16_BIT_DECODE: u32 = 16 }
constant! { CM_RESOURCE_PORT_BAR: u32 = 256 }
constant! { CM_RESOURCE_PORT_IO: u32 = 1 }
constant! { CM_RESOURCE_PORT_MEMORY: u32 = 0 }
constant! { CM_RESOURCE_PORT_PASSIVE_DECODE: u32 = 64 }
constant! { CM_RESOURCE_PORT_POSITIVE_DECODE: u32 = 32 }
constant! { CM_RESOURCE_PORT_WINDOW_DECODE: u32 = 128 }
constant! { FILE_ANY_ACCESS: u32 = 0 }
constant! { FILE_READ_ACCESS: u32 = 1 }
constant! { FILE_SPECIAL_ACCESS: u32 = 0 }
constant! { FILE_WRITE_ACCESS: u32 = 2 }
constant! { METHOD_BUFFERED: u32 = 0 }
constant! { METHOD_DIRECT_FROM_HARDWARE: u32 = 2 }
constant! { METHOD_DIRECT_TO_HARDWARE: u32 = 1 }
constant! { METHOD_IN_DIRECT: u32 = 1 }
constant! { METHOD_NEITHER: u32 = 3 }
constant! { METHOD_OUT_DIRECT: u32 = 2 }
constant! { FILE_DEVICE_8042_PORT: u32 = 39 }
constant! { FILE_DEVICE_ACPI: u32 = 50 }
constant! { FILE_DEVICE_BATTERY: u32 = 41 }
constant! { FILE_DEVICE_BEEP: u32 = 1 }
constant! { FILE_DEVICE_BIOMETRIC: u32 = 68 }
constant! { FILE_DEVICE_BLUETOOTH: u32 = 65 }
constant! { FILE_DEVICE_BUS_EXTENDER: u32 = 42 }
constant! { FILE_DEVICE_CD_ROM: u32 = 2 }
constant! { FILE_DEVICE_CD_ROM_FILE_SYSTEM: u32 = 3 }
constant! { FILE_DEVICE_CHANGER: u32 = 48 }
constant! { FILE_DEVICE_CONSOLE: u32 = 80 }
constant! { FILE_DEVICE_CONTROLLER: u32 = 4 }
constant! { FILE_DEVICE_CRYPT_PROVIDER: u32 = 63 }
constant! { FILE_DEVICE_DATALINK: u32 = 5 }
constant! { FILE_DEVICE_DEVAPI: u32 = 71 }
constant! { FILE_DEVICE_DFS: u32 = 6 }
constant! { FILE_DEVICE_DFS_FILE_SYSTEM: u32 = 53 }
constant! { FILE_DEVICE_DFS_VOLUME: u32 = 54 }
constant! { FILE_DEVICE_DISK: u32 = 7 }
constant! { FILE_DEVICE_DISK_FILE_SYSTEM: u32 = 8 }
constant! { FILE_DEVICE_DVD: u32 = 51 }
constant! { FILE_DEVICE_EHSTOR: u32 = 70 }
constant! { FILE_DEVICE_EVENT_COLLECTOR: u32 = 95 }
constant! { FILE_DEVICE_FILE_SYSTEM: u32 = 9 }
constant! { FILE_DEVICE_FIPS: u32 = 58 }
constant! { FILE_DEVICE_FULLSCREEN_VIDEO: u32 = 52 }
constant! { FILE_DEVICE_GPIO: u32 = 72 }
constant! { FILE_DEVICE_HOLOGRAPHIC: u32 = 91 }
constant! { FILE_DEVICE_INFINIBAND: u32 = 59 }
constant! { FILE_DEVICE_INPORT_PORT: u32 = 10 }
constant! { FILE_DEVICE_KEYBOARD: u32 = 11 }
constant! { FILE_DEVICE_KS: u32 = 47 }
constant! { FILE_DEVICE_KSEC: u32 = 57 }
constant! { FILE_DEVICE_MAILSLOT: u32 = 12 }
constant! { FILE_DEVICE_MASS_STORAGE: u32 = 45 }
constant! { FILE_DEVICE_MIDI_IN: u32 = 13 }
constant! { FILE_DEVICE_MIDI_OUT: u32 = 14 }
constant! { FILE_DEVICE_MODEM: u32 = 43 }
constant! { FILE_DEVICE_MOUSE: u32 = 15 }
constant! { FILE_DEVICE_MT_COMPOSITE: u32 = 66 }
constant! { FILE_DEVICE_MT_TRANSPORT: u32 = 67 }
constant! { FILE_DEVICE_MULTI_UNC_PROVIDER: u32 = 16 }
constant! { FILE_DEVICE_NAMED_PIPE: u32 = 17 }
constant! { FILE_DEVICE_NETWORK: u32 = 18 }
constant! { FILE_DEVICE_NETWORK_BROWSER: u32 = 19 }
constant! { FILE_DEVICE_NETWORK_FILE_SYSTEM: u32 = 20 }
constant! { FILE_DEVICE_NETWORK_REDIRECTOR: u32 = 40 }
constant! { FILE_DEVICE_NFP: u32 = 81 }
constant! { FILE_DEVICE_NULL: u32 = 21 }
constant! { FILE_DEVICE_NVDIMM: u32 = 90 }
constant! { FILE_DEVICE_PARALLEL_PORT: u32 = 22 }
constant! { FILE_DEVICE_PERSISTENT_MEMORY: u32 = 89 }
constant! { FILE_DEVICE_PHYSICAL_NETCARD: u32 = 23 }
constant! { FILE_DEVICE_PMI: u32 = 69 }
constant! { FILE_DEVICE_POINT_OF_SERVICE: u32 = 84 }
constant! { FILE_DEVICE_PRINTER: u32 = 24 }
constant! { FILE_DEVICE_PRM: u32 = 94 }
constant! { FILE_DEVICE_SCANNER: u32 = 25 }
constant! { FILE_DEVICE_SCREEN: u32 = 28 }
constant! { FILE_DEVICE_SDFXHCI: u32 = 92 }
constant! { FILE_DEVICE_SERENUM: u32 = 55 }
constant! { FILE_DEVICE_SERIAL_MOUSE_PORT: u32 = 26 }
constant! { FILE_DEVICE_SERIAL_PORT: u32 = 27 }
constant! { FILE_DEVICE_SMARTCARD: u32 = 49 }
constant! { FILE_DEVICE_SMB: u32 = 46 }
constant! { FILE_DEVICE_SOUND: u32 = 29 }
constant! { FILE_DEVICE_SOUNDWIRE: u32 = 97 }
constant! { FILE_DEVICE_STORAGE_REPLICATION: u32 = 85 }
constant! { FILE_DEVICE_STREAMS: u32 = 30 }
constant! { FILE_DEVICE_SYSENV: u32 = 82 }
constant! { FILE_DEVICE_TAPE: u32 = 31 }
constant! { FILE_DEVICE_TAPE_FILE_SYSTEM: u32 = 32 }
constant! { FILE_DEVICE_TERMSRV: u32 = 56 }
constant! { FILE_DEVICE_TRANSPORT: u32 = 33 }
constant! { FILE_DEVICE_TRUST_ENV: u32 = 86 }
constant! { FILE_DEVICE_UCM: u32 = 87 }
constant! { FILE_DEVICE_UCMTCPCI: u32 = 88 }
constant! { FILE_DEVICE_UCMUCSI: u32 = 93 }
constant! { FILE_DEVICE_UNKNOWN: u32 = 34 }
constant! { FILE_DEVICE_USB4: u32 = 96 }
constant! { FILE_DEVICE_USBEX: u32 = 73 }
constant! { FILE_DEVICE_VDM: u32 = 44 }
constant! { FILE_DEVICE_VIDEO: u32 = 35 }
constant! { FILE_DEVICE_VIRTUAL_BLOCK: u32 = 83 }
constant! { FILE_DEVICE_VIRTUAL_DISK: u32 = 36 }
constant! { FILE_DEVICE_VMBUS: u32 = 62 }
constant! { FILE_DEVICE_WAVE_IN: u32 = 37 }
constant! { FILE_DEVICE_WAVE_OUT: u32 = 38 }
constant! { FILE_DEVICE_WPD: u32 = 64 }
constant! { IO_NO_INCREMENT: u32 = 0 }
constant! { IRP_MJ_CLEANUP: u32 = 18 }
constant! { IRP_MJ_CLOSE: u32 = 2 }
constant! { IRP_MJ_CREATE: u32 = 0 }
constant! { IRP_MJ_CREATE_MAILSLOT: u32 = 19 }
constant! { IRP_MJ_CREATE_NAMED_PIPE: u32 = 1 }
constant! { IRP_MJ_DEVICE_CHANGE: u32 = 24 }
constant! { IRP_MJ_DEVICE_CONTROL: u32 = 14 }
constant! { IRP_MJ_DIRECTORY_CONTROL: u32 = 12 }
constant! { IRP_MJ_FILE_SYSTEM_CONTROL: u32 = 13 }
constant! { IRP_MJ_FLUSH_BUFFERS: u32 = 9 }
constant! { IRP_MJ_INTERNAL_DEVICE_CONTROL: u32 = 15 }
constant! { IRP_MJ_LOCK_CONTROL: u32 = 17 }
constant! { IRP_MJ_MAXIMUM_FUNCTION: u32 = 27 }
constant! { IRP_MJ_PNP: u32 = 27 }
constant! { IRP_MJ_PNP_POWER: u32 = 27 }
constant! { IRP_MJ_POWER: u32 = 22 }
constant! { IRP_MJ_QUERY_EA: u32 = 7 }
constant! { IRP_MJ_QUERY_INFORMATION: u32 = 5 }
constant! { IRP_MJ_QUERY_QUOTA: u32 = 25 }
constant! { IRP_MJ_QUERY_SECURITY: u32 = 20 }
constant! { IRP_MJ_QUERY_VOLUME_INFORMATION: u32 = 10 }
constant! { IRP_MJ_READ: u32 = 3 }
constant! { IRP_MJ_SCSI: u32 = 15 }
constant! { IRP_MJ_SET_EA: u32 = 8 }
constant! { IRP_MJ_SET_INFORMATION: u32 = 6 }
constant! { IRP_MJ_SET_QUOTA: u32 = 26 }
constant! { IRP_MJ_SET_SECURITY: u32 = 21 }
constant! { IRP_MJ_SET_VOLUME_INFORMATION: u32 = 11 }
constant! { IRP_MJ_SHUTDOWN: u32 = 16 }
constant! { IRP_MJ_SYSTEM_CONTROL: u32 = 23 }
constant! { IRP_MJ_WRITE: u32 = 4 }
constant! { DPFLTR_ERROR_LEVEL: u32 = 0 }
constant! { DPFLTR_INFO_LEVEL: u32 = 3 }
constant! { DPFLTR_MASK: u32 = 2147483648 }
constant! { DPFLTR_TRACE_LEVEL: u32 = 2 }
constant! { DPFLTR_WARNING_LEVEL: u32 = 1 }
constant! { FALSE: u32 = 0 }
constant! { INFINITE: u32 = 4294967295 }
constant! { PAGE_SIZE: u32 = 4096 }
constant! { TRUE: u32 = 1 }
constant! { WDF_DRIVER_GLOBALS_NAME_LEN: u32 = 32 }
constant! { WDF_REGKEY_DEVICE_SUBKEY: u32 = 256 }
constant! { WDF_REGKEY_DRIVER_SUBKEY: u32 = 256 }
constant! { WDF_UNUSED_VALUE: u32 = 0 }
constant! { WDF_ZERO_BUFFER_COUNT: u32 = 0 }
constant! { STATUS_SUCCESS: NTSTATUS = 0 }
constant! { STATUS_TIMEOUT: NTSTATUS = 258 }
constant! { STATUS_PENDING: NTSTATUS = 259 }
constant! { STATUS_OBJECT_NAME_EXISTS: NTSTATUS = 1073741824 }
constant! { STATUS_BUFFER_OVERFLOW: NTSTATUS = -2147483643 }
constant! { STATUS_DEVICE_POWERED_OFF: NTSTATUS = -2147483633 }
constant! { STATUS_DEVICE_BUSY: NTSTATUS = -2147483631 }
constant! { STATUS_NO_MORE_ENTRIES: NTSTATUS = -2147483622 }
constant! { STATUS_UNSUCCESSFUL: NTSTATUS = -1073741823 }
constant! { STATUS_NOT_IMPLEMENTED: NTSTATUS = -1073741822 }
constant! { STATUS_INVALID_INFO_CLASS: NTSTATUS = -1073741821 }
constant! { STATUS_INFO_LENGTH_MISMATCH: NTSTATUS = -1073741820 }
constant! { STATUS_ACCESS_VIOLATION: NTSTATUS = -1073741819 }
constant! { STATUS_INVALID_HANDLE: NTSTATUS = -1073741816 }
constant! { STATUS_INVALID_PARAMETER: NTSTATUS = -1073741811 }
constant! { STATUS_NO_SUCH_DEVICE: NTSTATUS = -1073741810 }
constant! { STATUS_NO_SUCH_FILE: NTSTATUS = -1073741809 }
constant! { STATUS_INVALID_DEVICE_REQUEST: NTSTATUS = -1073741808 }
constant! { STATUS_END_OF_FILE: NTSTATUS = -1073741807 }
constant! { STATUS_MORE_PROCESSING_REQUIRED: NTSTATUS = -1073741802 }
constant! { STATUS_NO_MEMORY: NTSTATUS = -1073741801 }
constant! { STATUS_CONFLICTING_ADDRESSES: NTSTATUS = -1073741800 }
constant! { STATUS_ALREADY_COMMITTED: NTSTATUS = -1073741791 }
constant! { STATUS_ACCESS_DENIED: NTSTATUS = -1073741790 }
constant! { STATUS_BUFFER_TOO_SMALL: NTSTATUS = -1073741789 }
constant! { STATUS_OBJECT_TYPE_MISMATCH: NTSTATUS = -1073741788 }
constant! { STATUS_NOT_COMMITTED: NTSTATUS = -1073741779 }
constant! { STATUS_OBJECT_NAME_INVALID: NTSTATUS = -1073741773 }
constant! { STATUS_OBJECT_NAME_NOT_FOUND: NTSTATUS = -1073741772 }
constant! { STATUS_OBJECT_NAME_COLLISION: NTSTATUS = -1073741771 }
constant! { STATUS_OBJECT_PATH_INVALID: NTSTATUS = -1073741767 }
constant! { STATUS_DATA_ERROR: NTSTATUS = -1073741762 }
constant! { STATUS_CRC_ERROR: NTSTATUS = -1073741761 }
constant! { STATUS_SHARING_VIOLATION: NTSTATUS = -1073741757 }
constant! { STATUS_DELETE_PENDING: NTSTATUS = -1073741738 }
constant! { STATUS_REVISION_MISMATCH: NTSTATUS = -1073741735 }
constant! { STATUS_PRIVILEGE_NOT_HELD: NTSTATUS = -1073741727 }
constant! { STATUS_INVALID_SECURITY_DESCR: NTSTATUS = -1073741703 }
constant! { STATUS_INVALID_IMAGE_FORMAT: NTSTATUS = -1073741701 }
constant! { STATUS_RESOURCE_DATA_NOT_FOUND: NTSTATUS = -1073741687 }
constant! { STATUS_RESOURCE_TYPE_NOT_FOUND: NTSTATUS = -1073741686 }
constant! { STATUS_INTEGER_OVERFLOW: NTSTATUS = -1073741675 }
constant! { STATUS_INSUFFICIENT_RESOURCES: NTSTATUS = -1073741670 }
constant! { STATUS_DEVICE_DATA_ERROR: NTSTATUS = -1073741668 }
constant! { STATUS_DEVICE_NOT_CONNECTED: NTSTATUS = -1073741667 }
constant! { STATUS_DEVICE_POWER_FAILURE: NTSTATUS = -1073741666 }
constant! { STATUS_DEVICE_NOT_READY: NTSTATUS = -1073741661 }
constant! { STATUS_IO_TIMEOUT: NTSTATUS = -1073741643 }
constant! { STATUS_NOT_SUPPORTED: NTSTATUS = -1073741637 }
constant! { STATUS_DEVICE_DOES_NOT_EXIST: NTSTATUS = -1073741632 }
constant! { STATUS_INTERNAL_ERROR: NTSTATUS = -1073741595 }
constant! { STATUS_INVALID_USER_BUFFER: NTSTATUS = -1073741592 }
constant! { STATUS_INVALID_PARAMETER_1: NTSTATUS = -1073741585 }
constant! { STATUS_INVALID_PARAMETER_2: NTSTATUS = -1073741584 }
constant! { STATUS_INVALID_PARAMETER_4: NTSTATUS = -1073741582 }
constant! { STATUS_CANCELLED: NTSTATUS = -1073741536 }
constant! { STATUS_INVALID_ADDRESS: NTSTATUS = -1073741503 }
constant! { STATUS_DEVICE_CONFIGURATION_ERROR: NTSTATUS = -1073741438 }
constant! { STATUS_DRIVER_INTERNAL_ERROR: NTSTATUS = -1073741437 }
constant! { STATUS_INVALID_DEVICE_STATE: NTSTATUS = -1073741436 }
constant! { STATUS_IO_DEVICE_ERROR: NTSTATUS = -1073741435 }
constant! { STATUS_DEVICE_PROTOCOL_ERROR: NTSTATUS = -1073741434 }
constant! { STATUS_INVALID_BUFFER_SIZE: NTSTATUS = -1073741306 }
constant! { STATUS_NOT_FOUND: NTSTATUS = -1073741275 }
constant! { STATUS_RETRY: NTSTATUS = -1073741267 }
constant! { STATUS_DEVICE_REMOVED: NTSTATUS = -1073741130 }
constant! { STATUS_POWER_STATE_INVALID: NTSTATUS = -1073741101 }
constant! { STATUS_DEVICE_ENUMERATION_ERROR: NTSTATUS = -1073740954 }
constant! { STATUS_DEVICE_INSUFFICIENT_RESOURCES: NTSTATUS = -1073740696 }
constant! { STATUS_DEVICE_HUNG: NTSTATUS = -1073740537 }
constant! { STATUS_RESOURCE_IN_USE: NTSTATUS = -1073740024 }

// --- Null pointers
null_pointer! { WDF_NO_OBJECT_ATTRIBUTES: PWDF_OBJECT_ATTRIBUTES }
null_pointer! { WDF_NO_EVENT_CALLBACK: PVOID }
null_pointer! { WDF_NO_HANDLE: PVOID }
null_pointer! { WDF_NO_CONTEXT: PVOID }
null_pointer! { WDF_NO_SEND_OPTIONS: PVOID }

// --- Function table: number of entries
function_count! { _WDFFUNCENUM, WdfFunctionTableNumEntries = 257 }

// --- Function table: index and signature (after the driver globals)
function! { WdfCollectionCreateTableIndex = 0, PFN_WDFCOLLECTIONCREATE(PWDF_OBJECT_ATTRIBUTES, *mut WDFCOLLECTION) -> NTSTATUS }
function! { WdfCollectionGetCountTableIndex = 1, PFN_WDFCOLLECTIONGETCOUNT(WDFCOLLECTION) -> ULONG }
function! { WdfCollectionAddTableIndex = 2, PFN_WDFCOLLECTIONADD(WDFCOLLECTION, WDFOBJECT) -> NTSTATUS }
function! { WdfCollectionRemoveTableIndex = 3, PFN_WDFCOLLECTIONREMOVE(WDFCOLLECTION, WDFOBJECT) }
function! { WdfCollectionRemoveItemTableIndex = 4, PFN_WDFCOLLECTIONREMOVEITEM(WDFCOLLECTION, ULONG) }
function! { WdfCollectionGetItemTableIndex = 5, PFN_WDFCOLLECTIONGETITEM(WDFCOLLECTION, ULONG) -> WDFOBJECT }
function! { WdfCollectionGetFirstItemTableIndex = 6, PFN_WDFCOLLECTIONGETFIRSTITEM(WDFCOLLECTION) -> WDFOBJECT }
function! { WdfCollectionGetLastItemTableIndex = 7, PFN_WDFCOLLECTIONGETLASTITEM(WDFCOLLECTION) -> WDFOBJECT }
function! { WdfDeviceGetDeviceStateTableIndex = 12, PFN_WDFDEVICEGETDEVICESTATE(WDFDEVICE, PWDF_DEVICE_STATE) }
function! { WdfDeviceSetDeviceStateTableIndex = 13, PFN_WDFDEVICESETDEVICESTATE(WDFDEVICE, PWDF_DEVICE_STATE) }
function! { WdfDeviceGetDriverTableIndex = 14, PFN_WDFDEVICEGETDRIVER(WDFDEVICE) -> WDFDRIVER }
function! { WdfDeviceGetIoTargetTableIndex = 15, PFN_WDFDEVICEGETIOTARGET(WDFDEVICE) -> WDFIOTARGET }
function! { WdfDeviceAssignS0IdleSettingsTableIndex = 16, PFN_WDFDEVICEASSIGNS0IDLESETTINGS(WDFDEVICE, PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS) -> NTSTATUS }
function! { WdfDeviceAssignSxWakeSettingsTableIndex = 17, PFN_WDFDEVICEASSIGNSXWAKESETTINGS(WDFDEVICE, PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS) -> NTSTATUS }
function! { WdfDeviceOpenRegistryKeyTableIndex = 18, PFN_WDFDEVICEOPENREGISTRYKEY(WDFDEVICE, ULONG, ACCESS_MASK, PWDF_OBJECT_ATTRIBUTES, *mut WDFKEY) -> NTSTATUS }
function! { WdfDeviceInitSetPnpPowerEventCallbacksTableIndex = 19, PFN_WDFDEVICEINITSETPNPPOWEREVENTCALLBACKS(PWDFDEVICE_INIT, PWDF_PNPPOWER_EVENT_CALLBACKS) }
function! { WdfDeviceInitSetPowerPolicyEventCallbacksTableIndex = 20, PFN_WDFDEVICEINITSETPOWERPOLICYEVENTCALLBACKS(PWDFDEVICE_INIT, PWDF_POWER_POLICY_EVENT_CALLBACKS) }
function! { WdfDeviceInitSetPowerPolicyOwnershipTableIndex = 21, PFN_WDFDEVICEINITSETPOWERPOLICYOWNERSHIP(PWDFDEVICE_INIT, BOOLEAN) }
function! { WdfDeviceInitSetIoTypeTableIndex = 22, PFN_WDFDEVICEINITSETIOTYPE(PWDFDEVICE_INIT, WDF_DEVICE_IO_TYPE) }
function! { WdfDeviceInitSetFileObjectConfigTableIndex = 23, PFN_WDFDEVICEINITSETFILEOBJECTCONFIG(PWDFDEVICE_INIT, PWDF_FILEOBJECT_CONFIG, PWDF_OBJECT_ATTRIBUTES) }
function! { WdfDeviceInitSetRequestAttributesTableIndex = 24, PFN_WDFDEVICEINITSETREQUESTATTRIBUTES(PWDFDEVICE_INIT, PWDF_OBJECT_ATTRIBUTES) }
function! { WdfDeviceCreateTableIndex = 25, PFN_WDFDEVICECREATE(*mut PWDFDEVICE_INIT, PWDF_OBJECT_ATTRIBUTES, *mut WDFDEVICE) -> NTSTATUS }
function! { WdfDeviceSetStaticStopRemoveTableIndex = 26, PFN_WDFDEVICESETSTATICSTOPREMOVE(WDFDEVICE, BOOLEAN) }
function! { WdfDeviceCreateDeviceInterfaceTableIndex = 27, PFN_WDFDEVICECREATEDEVICEINTERFACE(WDFDEVICE, *const GUID, PCUNICODE_STRING) -> NTSTATUS }
function! { WdfDeviceSetDeviceInterfaceStateTableIndex = 28, PFN_WDFDEVICESETDEVICEINTERFACESTATE(WDFDEVICE, *const GUID, PCUNICODE_STRING, BOOLEAN) }
function! { WdfDeviceRetrieveDeviceInterfaceStringTableIndex = 29, PFN_WDFDEVICERETRIEVEDEVICEINTERFACESTRING(WDFDEVICE, *const GUID, PCUNICODE_STRING, WDFSTRING) -> NTSTATUS }
function! { WdfDeviceCreateSymbolicLinkTableIndex = 30, PFN_WDFDEVICECREATESYMBOLICLINK(WDFDEVICE, PCUNICODE_STRING) -> NTSTATUS }
function! { WdfDeviceQueryPropertyTableIndex = 31, PFN_WDFDEVICEQUERYPROPERTY(WDFDEVICE, DEVICE_REGISTRY_PROPERTY::Type, ULONG, PVOID, PULONG) -> NTSTATUS }
function! { WdfDeviceAllocAndQueryPropertyTableIndex = 32, PFN_WDFDEVICEALLOCANDQUERYPROPERTY(WDFDEVICE, DEVICE_REGISTRY_PROPERTY::Type, POOL_TYPE, PWDF_OBJECT_ATTRIBUTES, *mut WDFMEMORY) -> NTSTATUS }
function! { WdfDeviceSetPnpCapabilitiesTableIndex = 33, PFN_WDFDEVICESETPNPCAPABILITIES(WDFDEVICE, PWDF_DEVICE_PNP_CAPABILITIES) }
function! { WdfDeviceSetPowerCapabilitiesTableIndex = 34, PFN_WDFDEVICESETPOWERCAPABILITIES(WDFDEVICE, PWDF_DEVICE_POWER_CAPABILITIES) }
function! { WdfDeviceSetFailedTableIndex = 35, PFN_WDFDEVICESETFAILED(WDFDEVICE, WDF_DEVICE_FAILED_ACTION) }
function! { WdfDeviceStopIdleNoTrackTableIndex = 36, PFN_WDFDEVICESTOPIDLENOTRACK(WDFDEVICE, BOOLEAN) -> NTSTATUS }
function! { WdfDeviceResumeIdleNoTrackTableIndex = 37, PFN_WDFDEVICERESUMEIDLENOTRACK(WDFDEVICE) }
function! { WdfDeviceGetFileObjectTableIndex = 38, PFN_WDFDEVICEGETFILEOBJECT(WDFDEVICE, PFILE_OBJECT) -> WDFFILEOBJECT }
function! { WdfDeviceGetDefaultQueueTableIndex = 39, PFN_WDFDEVICEGETDEFAULTQUEUE(WDFDEVICE) -> WDFQUEUE }
function! { WdfDeviceConfigureRequestDispatchingTableIndex = 40, PFN_WDFDEVICECONFIGUREREQUESTDISPATCHING(WDFDEVICE, WDFQUEUE, WDF_REQUEST_TYPE) -> NTSTATUS }
function! { WdfDeviceGetSystemPowerActionTableIndex = 41, PFN_WDFDEVICEGETSYSTEMPOWERACTION(WDFDEVICE) -> POWER_ACTION::Type }
function! { WdfDeviceInitSetReleaseHardwareOrderOnFailureTableIndex = 42, PFN_WDFDEVICEINITSETRELEASEHARDWAREORDERONFAILURE(PWDFDEVICE_INIT, WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE) }
function! { WdfDeviceInitSetIoTypeExTableIndex = 43, PFN_WDFDEVICEINITSETIOTYPEEX(PWDFDEVICE_INIT, PWDF_IO_TYPE_CONFIG) }
function! { WdfDevicePostEventTableIndex = 44, PFN_WDFDEVICEPOSTEVENT(WDFDEVICE, *const GUID, WDF_EVENT_TYPE, *mut BYTE, ULONG) -> NTSTATUS }
function! { WdfDeviceMapIoSpaceTableIndex = 45, PFN_WDFDEVICEMAPIOSPACE(WDFDEVICE, PHYSICAL_ADDRESS, SIZE_T, MEMORY_CACHING_TYPE, *mut PVOID) -> NTSTATUS }
function! { WdfDeviceUnmapIoSpaceTableIndex = 46, PFN_WDFDEVICEUNMAPIOSPACE(WDFDEVICE, PVOID, SIZE_T) }
function! { WdfDeviceGetHardwareRegisterMappedAddressTableIndex = 47, PFN_WDFDEVICEGETHARDWAREREGISTERMAPPEDADDRESS(WDFDEVICE, PVOID) -> PVOID }
function! { WdfDeviceReadFromHardwareTableIndex = 48, PFN_WDFDEVICEREADFROMHARDWARE(WDFDEVICE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDF_DEVICE_HWACCESS_TARGET_SIZE, PVOID, PVOID, ULONG) -> SIZE_T }
function! { WdfDeviceWriteToHardwareTableIndex = 49, PFN_WDFDEVICEWRITETOHARDWARE(WDFDEVICE, WDF_DEVICE_HWACCESS_TARGET_TYPE, WDF_DEVICE_HWACCESS_TARGET_SIZE, PVOID, SIZE_T, PVOID, ULONG) }
function! { WdfDeviceAssignInterfacePropertyTableIndex = 50, PFN_WDFDEVICEASSIGNINTERFACEPROPERTY(WDFDEVICE, PWDF_DEVICE_INTERFACE_PROPERTY_DATA, DEVPROPTYPE, ULONG, PVOID) -> NTSTATUS }
function! { WdfDeviceAllocAndQueryInterfacePropertyTableIndex = 51, PFN_WDFDEVICEALLOCANDQUERYINTERFACEPROPERTY(WDFDEVICE, PWDF_DEVICE_INTERFACE_PROPERTY_DATA, POOL_TYPE, PWDF_OBJECT_ATTRIBUTES, *mut WDFMEMORY, PDEVPROPTYPE) -> NTSTATUS }
function! { WdfDeviceQueryInterfacePropertyTableIndex = 52, PFN_WDFDEVICEQUERYINTERFACEPROPERTY(WDFDEVICE, PWDF_DEVICE_INTERFACE_PROPERTY_DATA, ULONG, PVOID, PULONG, PDEVPROPTYPE) -> NTSTATUS }
function! { WdfDeviceGetDeviceStackIoTypeTableIndex = 53, PFN_WDFDEVICEGETDEVICESTACKIOTYPE(WDFDEVICE, *mut WDF_DEVICE_IO_TYPE, *mut WDF_DEVICE_IO_TYPE) }
function! { WdfDeviceQueryPropertyExTableIndex = 54, PFN_WDFDEVICEQUERYPROPERTYEX(WDFDEVICE, PWDF_DEVICE_PROPERTY_DATA, ULONG, PVOID, PULONG, PDEVPROPTYPE) -> NTSTATUS }
function! { WdfDeviceAllocAndQueryPropertyExTableIndex = 55, PFN_WDFDEVICEALLOCANDQUERYPROPERTYEX(WDFDEVICE, PWDF_DEVICE_PROPERTY_DATA, POOL_TYPE, PWDF_OBJECT_ATTRIBUTES, *mut WDFMEMORY, PDEVPROPTYPE) -> NTSTATUS }
function! { WdfDeviceAssignPropertyTableIndex = 56, PFN_WDFDEVICEASSIGNPROPERTY(WDFDEVICE, PWDF_DEVICE_PROPERTY_DATA, DEVPROPTYPE, ULONG, PVOID) -> NTSTATUS }
function! { WdfDriverCreateTableIndex = 57, PFN_WDFDRIVERCREATE(PDRIVER_OBJECT, PCUNICODE_STRING, PWDF_OBJECT_ATTRIBUTES, PWDF_DRIVER_CONFIG, *mut WDFDRIVER) -> NTSTATUS }
function! { WdfDriverGetRegistryPathTableIndex = 58, PFN_WDFDRIVERGETREGISTRYPATH(WDFDRIVER) -> PWSTR }
function! { WdfDriverOpenParametersRegistryKeyTableIndex = 59, PFN_WDFDRIVEROPENPARAMETERSREGISTRYKEY(WDFDRIVER, ACCESS_MASK, PWDF_OBJECT_ATTRIBUTES, *mut WDFKEY) -> NTSTATUS }
function! { WdfDriverRetrieveVersionStringTableIndex = 60, PFN_WDFDRIVERRETRIEVEVERSIONSTRING(WDFDRIVER, WDFSTRING) -> NTSTATUS }
function! { WdfDriverIsVersionAvailableTableIndex = 61, PFN_WDFDRIVERISVERSIONAVAILABLE(WDFDRIVER, PWDF_DRIVER_VERSION_AVAILABLE_PARAMS) -> BOOLEAN }
function! { WdfFdoInitOpenRegistryKeyTableIndex = 62, PFN_WDFFDOINITOPENREGISTRYKEY(PWDFDEVICE_INIT, ULONG, ACCESS_MASK, PWDF_OBJECT_ATTRIBUTES, *mut WDFKEY) -> NTSTATUS }
function! { WdfFdoInitQueryPropertyTableIndex = 63, PFN_WDFFDOINITQUERYPROPERTY(PWDFDEVICE_INIT, DEVICE_REGISTRY_PROPERTY::Type, ULONG, PVOID, PULONG) -> NTSTATUS }
function! { WdfFdoInitAllocAndQueryPropertyTableIndex = 64, PFN_WDFFDOINITALLOCANDQUERYPROPERTY(PWDFDEVICE_INIT, DEVICE_REGISTRY_PROPERTY::Type, POOL_TYPE, PWDF_OBJECT_ATTRIBUTES, *mut WDFMEMORY) -> NTSTATUS }
function! { WdfFdoInitQueryPropertyExTableIndex = 65, PFN_WDFFDOINITQUERYPROPERTYEX(PWDFDEVICE_INIT, PWDF_DEVICE_PROPERTY_DATA, ULONG, PVOID, PULONG, PDEVPROPTYPE) -> NTSTATUS }
function! { WdfFdoInitAllocAndQueryPropertyExTableIndex = 66, PFN_WDFFDOINITALLOCANDQUERYPROPERTYEX(PWDFDEVICE_INIT, PWDF_DEVICE_PROPERTY_DATA, POOL_TYPE, PWDF_OBJECT_ATTRIBUTES, *mut WDFMEMORY, PDEVPROPTYPE) -> NTSTATUS }
function! { WdfFdoInitSetFilterTableIndex = 67, PFN_WDFFDOINITSETFILTER(PWDFDEVICE_INIT) }
function! { WdfFileObjectGetFileNameTableIndex = 68, PFN_WDFFILEOBJECTGETFILENAME(WDFFILEOBJECT) -> PUNICODE_STRING }
function! { WdfFileObjectGetDeviceTableIndex = 69, PFN_WDFFILEOBJECTGETDEVICE(WDFFILEOBJECT) -> WDFDEVICE }
function! { WdfFileObjectGetInitiatorProcessIdTableIndex = 70, PFN_WDFFILEOBJECTGETINITIATORPROCESSID(WDFFILEOBJECT) -> ULONG }
function! { WdfFileObjectGetRelatedFileObjectTableIndex = 71, PFN_WDFFILEOBJECTGETRELATEDFILEOBJECT(WDFFILEOBJECT) -> WDFFILEOBJECT }
function! { WdfInterruptCreateTableIndex = 72, PFN_WDFINTERRUPTCREATE(WDFDEVICE, PWDF_INTERRUPT_CONFIG, PWDF_OBJECT_ATTRIBUTES, *mut WDFINTERRUPT) -> NTSTATUS }
function! { WdfInterruptQueueDpcForIsrTableIndex = 73, PFN_WDFINTERRUPTQUEUEDPCFORISR(WDFINTERRUPT) -> BOOLEAN }
function! { WdfInterruptQueueWorkItemForIsrTableIndex = 74, PFN_WDFINTERRUPTQUEUEWORKITEMFORISR(WDFINTERRUPT) -> BOOLEAN }
function! { WdfInterruptSynchronizeTableIndex = 75, PFN_WDFINTERRUPTSYNCHRONIZE(WDFINTERRUPT, PFN_WDF_INTERRUPT_SYNCHRONIZE, WDFCONTEXT) -> BOOLEAN }
function! { WdfInterruptAcquireLockTableIndex = 76, PFN_WDFINTERRUPTACQUIRELOCK(WDFINTERRUPT) }
function! { WdfInterruptReleaseLockTableIndex = 77, PFN_WDFINTERRUPTRELEASELOCK(WDFINTERRUPT) }
function! { WdfInterruptEnableTableIndex = 78, PFN_WDFINTERRUPTENABLE(WDFINTERRUPT) }
function! { WdfInterruptDisableTableIndex = 79, PFN_WDFINTERRUPTDISABLE(WDFINTERRUPT) }
function! { WdfInterruptGetInfoTableIndex = 80, PFN_WDFINTERRUPTGETINFO(WDFINTERRUPT, PWDF_INTERRUPT_INFO) }
function! { WdfInterruptSetPolicyTableIndex = 81, PFN_WDFINTERRUPTSETPOLICY(WDFINTERRUPT, WDF_INTERRUPT_POLICY, WDF_INTERRUPT_PRIORITY, KAFFINITY) }
function! { WdfInterruptSetExtendedPolicyTableIndex = 82, PFN_WDFINTERRUPTSETEXTENDEDPOLICY(WDFINTERRUPT, PWDF_INTERRUPT_EXTENDED_POLICY) }
function! { WdfInterruptGetDeviceTableIndex = 83, PFN_WDFINTERRUPTGETDEVICE(WDFINTERRUPT) -> WDFDEVICE }
function! { WdfInterruptTryToAcquireLockTableIndex = 84, PFN_WDFINTERRUPTTRYTOACQUIRELOCK(WDFINTERRUPT) -> BOOLEAN }
function! { WdfIoQueueCreateTableIndex = 85, PFN_WDFIOQUEUECREATE(WDFDEVICE, PWDF_IO_QUEUE_CONFIG, PWDF_OBJECT_ATTRIBUTES, *mut WDFQUEUE) -> NTSTATUS }
function! { WdfIoQueueGetStateTableIndex = 86, PFN_WDFIOQUEUEGETSTATE(WDFQUEUE, PULONG, PULONG) -> WDF_IO_QUEUE_STATE }
function! { WdfIoQueueStartTableIndex = 87, PFN_WDFIOQUEUESTART(WDFQUEUE) }
function! { WdfIoQueueStopTableIndex = 88, PFN_WDFIOQUEUESTOP(WDFQUEUE, PFN_WDF_IO_QUEUE_STATE, WDFCONTEXT) }
function! { WdfIoQueueStopSynchronouslyTableIndex = 89, PFN_WDFIOQUEUESTOPSYNCHRONOUSLY(WDFQUEUE) }
function! { WdfIoQueueGetDeviceTableIndex = 90, PFN_WDFIOQUEUEGETDEVICE(WDFQUEUE) -> WDFDEVICE }
function! { WdfIoQueueRetrieveNextRequestTableIndex = 91, PFN_WDFIOQUEUERETRIEVENEXTREQUEST(WDFQUEUE, *mut WDFREQUEST) -> NTSTATUS }
function! { WdfIoQueueRetrieveRequestByFileObjectTableIndex = 92, PFN_WDFIOQUEUERETRIEVEREQUESTBYFILEOBJECT(WDFQUEUE, WDFFILEOBJECT, *mut WDFREQUEST) -> NTSTATUS }
function! { WdfIoQueueFindRequestTableIndex = 93, PFN_WDFIOQUEUEFINDREQUEST(WDFQUEUE, WDFREQUEST, WDFFILEOBJECT, PWDF_REQUEST_PARAMETERS, *mut WDFREQUEST) -> NTSTATUS }
function! { WdfIoQueueRetrieveFoundRequestTableIndex = 94, PFN_WDFIOQUEUERETRIEVEFOUNDREQUEST(WDFQUEUE, WDFREQUEST, *mut WDFREQUEST) -> NTSTATUS }
function! { WdfIoQueueDrainSynchronouslyTableIndex = 95, PFN_WDFIOQUEUEDRAINSYNCHRONOUSLY(WDFQUEUE) }
function! { WdfIoQueueDrainTableIndex = 96, PFN_WDFIOQUEUEDRAIN(WDFQUEUE, PFN_WDF_IO_QUEUE_STATE, WDFCONTEXT) }
function! { WdfIoQueuePurgeSynchronouslyTableIndex = 97, PFN_WDFIOQUEUEPURGESYNCHRONOUSLY(WDFQUEUE) }
function! { WdfIoQueuePurgeTableIndex = 98, PFN_WDFIOQUEUEPURGE(WDFQUEUE, PFN_WDF_IO_QUEUE_STATE, WDFCONTEXT) }
function! { WdfIoQueueReadyNotifyTableIndex = 99, PFN_WDFIOQUEUEREADYNOTIFY(WDFQUEUE, PFN_WDF_IO_QUEUE_STATE, WDFCONTEXT) -> NTSTATUS }
function! { WdfIoQueueStopAndPurgeTableIndex = 100, PFN_WDFIOQUEUESTOPANDPURGE(WDFQUEUE, PFN_WDF_IO_QUEUE_STATE, WDFCONTEXT) }
function! { WdfIoQueueStopAndPurgeSynchronouslyTableIndex = 101, PFN_WDFIOQUEUESTOPANDPURGESYNCHRONOUSLY(WDFQUEUE) }
function! { WdfIoTargetCreateTableIndex = 102, PFN_WDFIOTARGETCREATE(WDFDEVICE, PWDF_OBJECT_ATTRIBUTES, *mut WDFIOTARGET) -> NTSTATUS }
function! { WdfIoTargetOpenTableIndex = 103, PFN_WDFIOTARGETOPEN(WDFIOTARGET, PWDF_IO_TARGET_OPEN_PARAMS) -> NTSTATUS }
function! { WdfIoTargetCloseForQueryRemoveTableIndex = 104, PFN_WDFIOTARGETCLOSEFORQUERYREMOVE(WDFIOTARGET) }
function! { WdfIoTargetCloseTableIndex = 105, PFN_WDFIOTARGETCLOSE(WDFIOTARGET) }
function! { WdfIoTargetStartTableIndex = 106, PFN_WDFIOTARGETSTART(WDFIOTARGET) -> NTSTATUS }
function! { WdfIoTargetStopTableIndex = 107, PFN_WDFIOTARGETSTOP(WDFIOTARGET, WDF_IO_TARGET_SENT_IO_ACTION) }
function! { WdfIoTargetPurgeTableIndex = 108, PFN_WDFIOTARGETPURGE(WDFIOTARGET, WDF_IO_TARGET_PURGE_IO_ACTION) }
function! { WdfIoTargetGetStateTableIndex = 109, PFN_WDFIOTARGETGETSTATE(WDFIOTARGET) -> WDF_IO_TARGET_STATE }
function! { WdfIoTargetGetDeviceTableIndex = 110, PFN_WDFIOTARGETGETDEVICE(WDFIOTARGET) -> WDFDEVICE }
function! { WdfIoTargetSendReadSynchronouslyTableIndex = 111, PFN_WDFIOTARGETSENDREADSYNCHRONOUSLY(WDFIOTARGET, WDFREQUEST, PWDF_MEMORY_DESCRIPTOR, PLONGLONG, PWDF_REQUEST_SEND_OPTIONS, PULONG_PTR) -> NTSTATUS }
function! { WdfIoTargetFormatRequestForReadTableIndex = 112, PFN_WDFIOTARGETFORMATREQUESTFORREAD(WDFIOTARGET, WDFREQUEST, WDFMEMORY, PWDFMEMORY_OFFSET, PLONGLONG) -> NTSTATUS }
function! { WdfIoTargetSendWriteSynchronouslyTableIndex = 113, PFN_WDFIOTARGETSENDWRITESYNCHRONOUSLY(WDFIOTARGET, WDFREQUEST, PWDF_MEMORY_DESCRIPTOR, PLONGLONG, PWDF_REQUEST_SEND_OPTIONS, PULONG_PTR) -> NTSTATUS }
function! { WdfIoTargetFormatRequestForWriteTableIndex = 114, PFN_WDFIOTARGETFORMATREQUESTFORWRITE(WDFIOTARGET, WDFREQUEST, WDFMEMORY, PWDFMEMORY_OFFSET, PLONGLONG) -> NTSTATUS }
function! { WdfIoTargetSendIoctlSynchronouslyTableIndex = 115, PFN_WDFIOTARGETSENDIOCTLSYNCHRONOUSLY(WDFIOTARGET, WDFREQUEST, ULONG, PWDF_MEMORY_DESCRIPTOR, PWDF_MEMORY_DESCRIPTOR, PWDF_REQUEST_SEND_OPTIONS, PULONG_PTR) -> NTSTATUS }
function! { WdfIoTargetFormatRequestForIoctlTableIndex = 116, PFN_WDFIOTARGETFORMATREQUESTFORIOCTL(WDFIOTARGET, WDFREQUEST, ULONG, WDFMEMORY, PWDFMEMORY_OFFSET, WDFMEMORY, PWDFMEMORY_OFFSET) -> NTSTATUS }
function! { WdfMemoryCreateTableIndex = 117, PFN_WDFMEMORYCREATE(PWDF_OBJECT_ATTRIBUTES, POOL_TYPE, ULONG, usize, *mut WDFMEMORY, *mut PVOID) -> NTSTATUS }
function! { WdfMemoryCreatePreallocatedTableIndex = 118, PFN_WDFMEMORYCREATEPREALLOCATED(PWDF_OBJECT_ATTRIBUTES, PVOID, usize, *mut WDFMEMORY) -> NTSTATUS }
function! { WdfMemoryGetBufferTableIndex = 119, PFN_WDFMEMORYGETBUFFER(WDFMEMORY, *mut usize) -> PVOID }
function! { WdfMemoryAssignBufferTableIndex = 120, PFN_WDFMEMORYASSIGNBUFFER(WDFMEMORY, PVOID, usize) -> NTSTATUS }
function! { WdfMemoryCopyToBufferTableIndex = 121, PFN_WDFMEMORYCOPYTOBUFFER(WDFMEMORY, usize, PVOID, usize) -> NTSTATUS }
function! { WdfMemoryCopyFromBufferTableIndex = 122, PFN_WDFMEMORYCOPYFROMBUFFER(WDFMEMORY, usize, PVOID, usize) -> NTSTATUS }
function! { WdfObjectGetTypedContextWorkerTableIndex = 123, PFN_WDFOBJECTGETTYPEDCONTEXTWORKER(WDFOBJECT, PCWDF_OBJECT_CONTEXT_TYPE_INFO) -> PVOID }
function! { WdfObjectAllocateContextTableIndex = 124, PFN_WDFOBJECTALLOCATECONTEXT(WDFOBJECT, PWDF_OBJECT_ATTRIBUTES, *mut PVOID) -> NTSTATUS }
function! { WdfObjectContextGetObjectTableIndex = 125, PFN_WDFOBJECTCONTEXTGETOBJECT(PVOID) -> WDFOBJECT }
function! { WdfObjectReferenceActualTableIndex = 126, PFN_WDFOBJECTREFERENCEACTUAL(WDFOBJECT, PVOID, LONG, PCHAR) }
function! { WdfObjectDereferenceActualTableIndex = 127, PFN_WDFOBJECTDEREFERENCEACTUAL(WDFOBJECT, PVOID, LONG, PCHAR) }
function! { WdfObjectCreateTableIndex = 128, PFN_WDFOBJECTCREATE(PWDF_OBJECT_ATTRIBUTES, *mut WDFOBJECT) -> NTSTATUS }
function! { WdfObjectDeleteTableIndex = 129, PFN_WDFOBJECTDELETE(WDFOBJECT) }
function! { WdfObjectQueryTableIndex = 130, PFN_WDFOBJECTQUERY(WDFOBJECT, *const GUID, ULONG, PVOID) -> NTSTATUS }
function! { WdfRegistryOpenKeyTableIndex = 131, PFN_WDFREGISTRYOPENKEY(WDFKEY, PCUNICODE_STRING, ACCESS_MASK, PWDF_OBJECT_ATTRIBUTES, *mut WDFKEY) -> NTSTATUS }
function! { WdfRegistryCreateKeyTableIndex = 132, PFN_WDFREGISTRYCREATEKEY(WDFKEY, PCUNICODE_STRING, ACCESS_MASK, ULONG, PULONG, PWDF_OBJECT_ATTRIBUTES, *mut WDFKEY) -> NTSTATUS }
function! { WdfRegistryCloseTableIndex = 133, PFN_WDFREGISTRYCLOSE(WDFKEY) }
function! { WdfRegistryRemoveKeyTableIndex = 134, PFN_WDFREGISTRYREMOVEKEY(WDFKEY) -> NTSTATUS }
function! { WdfRegistryRemoveValueTableIndex = 135, PFN_WDFREGISTRYREMOVEVALUE(WDFKEY, PCUNICODE_STRING) -> NTSTATUS }
function! { WdfRegistryQueryValueTableIndex = 136, PFN_WDFREGISTRYQUERYVALUE(WDFKEY, PCUNICODE_STRING, ULONG, PVOID, PULONG, PULONG) -> NTSTATUS }
function! { WdfRegistryQueryMemoryTableIndex = 137, PFN_WDFREGISTRYQUERYMEMORY(WDFKEY, PCUNICODE_STRING, POOL_TYPE, PWDF_OBJECT_ATTRIBUTES, *mut WDFMEMORY, PULONG) -> NTSTATUS }
function! { WdfRegistryQueryMultiStringTableIndex = 138, PFN_WDFREGISTRYQUERYMULTISTRING(WDFKEY, PCUNICODE_STRING, PWDF_OBJECT_ATTRIBUTES, WDFCOLLECTION) -> NTSTATUS }
function! { WdfRegistryQueryUnicodeStringTableIndex = 139, PFN_WDFREGISTRYQUERYUNICODESTRING(WDFKEY, PCUNICODE_STRING, PUSHORT, PUNICODE_STRING) -> NTSTATUS }
function! { WdfRegistryQueryStringTableIndex = 140, PFN_WDFREGISTRYQUERYSTRING(WDFKEY, PCUNICODE_STRING, WDFSTRING) -> NTSTATUS }
function! { WdfRegistryQueryULongTableIndex = 141, PFN_WDFREGISTRYQUERYULONG(WDFKEY, PCUNICODE_STRING, PULONG) -> NTSTATUS }
function! { WdfRegistryAssignValueTableIndex = 142, PFN_WDFREGISTRYASSIGNVALUE(WDFKEY, PCUNICODE_STRING, ULONG, ULONG, PVOID) -> NTSTATUS }
function! { WdfRegistryAssignMemoryTableIndex = 143, PFN_WDFREGISTRYASSIGNMEMORY(WDFKEY, PCUNICODE_STRING, ULONG, WDFMEMORY, PWDFMEMORY_OFFSET) -> NTSTATUS }
function! { WdfRegistryAssignMultiStringTableIndex = 144, PFN_WDFREGISTRYASSIGNMULTISTRING(WDFKEY, PCUNICODE_STRING, WDFCOLLECTION) -> NTSTATUS }
function! { WdfRegistryAssignUnicodeStringTableIndex = 145, PFN_WDFREGISTRYASSIGNUNICODESTRING(WDFKEY, PCUNICODE_STRING, PCUNICODE_STRING) -> NTSTATUS }
function! { WdfRegistryAssignStringTableIndex = 146, PFN_WDFREGISTRYASSIGNSTRING(WDFKEY, PCUNICODE_STRING, WDFSTRING) -> NTSTATUS }
function! { WdfRegistryAssignULongTableIndex = 147, PFN_WDFREGISTRYASSIGNULONG(WDFKEY, PCUNICODE_STRING, ULONG) -> NTSTATUS }
function! { WdfRequestCreateTableIndex = 148, PFN_WDFREQUESTCREATE(PWDF_OBJECT_ATTRIBUTES, WDFIOTARGET, *mut WDFREQUEST) -> NTSTATUS }
function! { WdfRequestReuseTableIndex = 149, PFN_WDFREQUESTREUSE(WDFREQUEST, PWDF_REQUEST_REUSE_PARAMS) -> NTSTATUS }
function! { WdfRequestChangeTargetTableIndex = 150, PFN_WDFREQUESTCHANGETARGET(WDFREQUEST, WDFIOTARGET) -> NTSTATUS }
function! { WdfRequestFormatRequestUsingCurrentTypeTableIndex = 151, PFN_WDFREQUESTFORMATREQUESTUSINGCURRENTTYPE(WDFREQUEST) }
function! { WdfRequestSendTableIndex = 152, PFN_WDFREQUESTSEND(WDFREQUEST, WDFIOTARGET, PWDF_REQUEST_SEND_OPTIONS) -> BOOLEAN }
function! { WdfRequestGetStatusTableIndex = 153, PFN_WDFREQUESTGETSTATUS(WDFREQUEST) -> NTSTATUS }
function! { WdfRequestMarkCancelableTableIndex = 154, PFN_WDFREQUESTMARKCANCELABLE(WDFREQUEST, PFN_WDF_REQUEST_CANCEL) }
function! { WdfRequestMarkCancelableExTableIndex = 155, PFN_WDFREQUESTMARKCANCELABLEEX(WDFREQUEST, PFN_WDF_REQUEST_CANCEL) -> NTSTATUS }
function! { WdfRequestUnmarkCancelableTableIndex = 156, PFN_WDFREQUESTUNMARKCANCELABLE(WDFREQUEST) -> NTSTATUS }
function! { WdfRequestIsCanceledTableIndex = 157, PFN_WDFREQUESTISCANCELED(WDFREQUEST) -> BOOLEAN }
function! { WdfRequestCancelSentRequestTableIndex = 158, PFN_WDFREQUESTCANCELSENTREQUEST(WDFREQUEST) -> BOOLEAN }
function! { WdfRequestIsFrom32BitProcessTableIndex = 159, PFN_WDFREQUESTISFROM32BITPROCESS(WDFREQUEST) -> BOOLEAN }
function! { WdfRequestSetCompletionRoutineTableIndex = 160, PFN_WDFREQUESTSETCOMPLETIONROUTINE(WDFREQUEST, PFN_WDF_REQUEST_COMPLETION_ROUTINE, WDFCONTEXT) }
function! { WdfRequestGetCompletionParamsTableIndex = 161, PFN_WDFREQUESTGETCOMPLETIONPARAMS(WDFREQUEST, PWDF_REQUEST_COMPLETION_PARAMS) }
function! { WdfRequestAllocateTimerTableIndex = 162, PFN_WDFREQUESTALLOCATETIMER(WDFREQUEST) -> NTSTATUS }
function! { WdfRequestCompleteTableIndex = 163, PFN_WDFREQUESTCOMPLETE(WDFREQUEST, NTSTATUS) }
function! { WdfRequestCompleteWithInformationTableIndex = 164, PFN_WDFREQUESTCOMPLETEWITHINFORMATION(WDFREQUEST, NTSTATUS, ULONG_PTR) }
function! { WdfRequestGetParametersTableIndex = 165, PFN_WDFREQUESTGETPARAMETERS(WDFREQUEST, PWDF_REQUEST_PARAMETERS) }
function! { WdfRequestRetrieveInputMemoryTableIndex = 166, PFN_WDFREQUESTRETRIEVEINPUTMEMORY(WDFREQUEST, *mut WDFMEMORY) -> NTSTATUS }
function! { WdfRequestRetrieveOutputMemoryTableIndex = 167, PFN_WDFREQUESTRETRIEVEOUTPUTMEMORY(WDFREQUEST, *mut WDFMEMORY) -> NTSTATUS }
function! { WdfRequestRetrieveInputBufferTableIndex = 168, PFN_WDFREQUESTRETRIEVEINPUTBUFFER(WDFREQUEST, usize, *mut PVOID, *mut usize) -> NTSTATUS }
function! { WdfRequestRetrieveOutputBufferTableIndex = 169, PFN_WDFREQUESTRETRIEVEOUTPUTBUFFER(WDFREQUEST, usize, *mut PVOID, *mut usize) -> NTSTATUS }
function! { WdfRequestSetInformationTableIndex = 170, PFN_WDFREQUESTSETINFORMATION(WDFREQUEST, ULONG_PTR) }
function! { WdfRequestGetInformationTableIndex = 171, PFN_WDFREQUESTGETINFORMATION(WDFREQUEST) -> ULONG_PTR }
function! { WdfRequestGetFileObjectTableIndex = 172, PFN_WDFREQUESTGETFILEOBJECT(WDFREQUEST) -> WDFFILEOBJECT }
function! { WdfRequestGetRequestorModeTableIndex = 173, PFN_WDFREQUESTGETREQUESTORMODE(WDFREQUEST) -> KPROCESSOR_MODE }
function! { WdfRequestForwardToIoQueueTableIndex = 174, PFN_WDFREQUESTFORWARDTOIOQUEUE(WDFREQUEST, WDFQUEUE) -> NTSTATUS }
function! { WdfRequestGetIoQueueTableIndex = 175, PFN_WDFREQUESTGETIOQUEUE(WDFREQUEST) -> WDFQUEUE }
function! { WdfRequestRequeueTableIndex = 176, PFN_WDFREQUESTREQUEUE(WDFREQUEST) -> NTSTATUS }
function! { WdfRequestStopAcknowledgeTableIndex = 177, PFN_WDFREQUESTSTOPACKNOWLEDGE(WDFREQUEST, BOOLEAN) }
function! { WdfRequestImpersonateTableIndex = 178, PFN_WDFREQUESTIMPERSONATE(WDFREQUEST, SECURITY_IMPERSONATION_LEVEL, PFN_WDF_REQUEST_IMPERSONATE, PVOID) -> NTSTATUS }
function! { WdfRequestGetRequestorProcessIdTableIndex = 179, PFN_WDFREQUESTGETREQUESTORPROCESSID(WDFREQUEST) -> ULONG }
function! { WdfRequestIsFromUserModeDriverTableIndex = 180, PFN_WDFREQUESTISFROMUSERMODEDRIVER(WDFREQUEST) -> BOOLEAN }
function! { WdfRequestSetUserModeDriverInitiatedIoTableIndex = 181, PFN_WDFREQUESTSETUSERMODEDRIVERINITIATEDIO(WDFREQUEST, BOOLEAN) }
function! { WdfRequestGetUserModeDriverInitiatedIoTableIndex = 182, PFN_WDFREQUESTGETUSERMODEDRIVERINITIATEDIO(WDFREQUEST) -> BOOLEAN }
function! { WdfRequestSetActivityIdTableIndex = 183, PFN_WDFREQUESTSETACTIVITYID(WDFREQUEST, LPGUID) }
function! { WdfRequestRetrieveActivityIdTableIndex = 184, PFN_WDFREQUESTRETRIEVEACTIVITYID(WDFREQUEST, LPGUID) -> NTSTATUS }
function! { WdfRequestGetEffectiveIoTypeTableIndex = 185, PFN_WDFREQUESTGETEFFECTIVEIOTYPE(WDFREQUEST) -> WDF_DEVICE_IO_TYPE }
function! { WdfCmResourceListGetCountTableIndex = 186, PFN_WDFCMRESOURCELISTGETCOUNT(WDFCMRESLIST) -> ULONG }
function! { WdfCmResourceListGetDescriptorTableIndex = 187, PFN_WDFCMRESOURCELISTGETDESCRIPTOR(WDFCMRESLIST, ULONG) -> PCM_PARTIAL_RESOURCE_DESCRIPTOR }
function! { WdfStringCreateTableIndex = 188, PFN_WDFSTRINGCREATE(PCUNICODE_STRING, PWDF_OBJECT_ATTRIBUTES, *mut WDFSTRING) -> NTSTATUS }
function! { WdfStringGetUnicodeStringTableIndex = 189, PFN_WDFSTRINGGETUNICODESTRING(WDFSTRING, PUNICODE_STRING) }
function! { WdfObjectAcquireLockTableIndex = 190, PFN_WDFOBJECTACQUIRELOCK(WDFOBJECT) }
function! { WdfObjectReleaseLockTableIndex = 191, PFN_WDFOBJECTRELEASELOCK(WDFOBJECT) }
function! { WdfWaitLockCreateTableIndex = 192, PFN_WDFWAITLOCKCREATE(PWDF_OBJECT_ATTRIBUTES, *mut WDFWAITLOCK) -> NTSTATUS }
function! { WdfWaitLockAcquireTableIndex = 193, PFN_WDFWAITLOCKACQUIRE(WDFWAITLOCK, PLONGLONG) -> NTSTATUS }
function! { WdfWaitLockReleaseTableIndex = 194, PFN_WDFWAITLOCKRELEASE(WDFWAITLOCK) }
function! { WdfSpinLockCreateTableIndex = 195, PFN_WDFSPINLOCKCREATE(PWDF_OBJECT_ATTRIBUTES, *mut WDFSPINLOCK) -> NTSTATUS }
function! { WdfSpinLockAcquireTableIndex = 196, PFN_WDFSPINLOCKACQUIRE(WDFSPINLOCK) }
function! { WdfSpinLockReleaseTableIndex = 197, PFN_WDFSPINLOCKRELEASE(WDFSPINLOCK) }
function! { WdfTimerCreateTableIndex = 198, PFN_WDFTIMERCREATE(PWDF_TIMER_CONFIG, PWDF_OBJECT_ATTRIBUTES, *mut WDFTIMER) -> NTSTATUS }
function! { WdfTimerStartTableIndex = 199, PFN_WDFTIMERSTART(WDFTIMER, LONGLONG) -> BOOLEAN }
function! { WdfTimerStopTableIndex = 200, PFN_WDFTIMERSTOP(WDFTIMER, BOOLEAN) -> BOOLEAN }
function! { WdfTimerGetParentObjectTableIndex = 201, PFN_WDFTIMERGETPARENTOBJECT(WDFTIMER) -> WDFOBJECT }
function! { WdfVerifierDbgBreakPointTableIndex = 240, PFN_WDFVERIFIERDBGBREAKPOINT() }
function! { WdfVerifierKeBugCheckTableIndex = 241, PFN_WDFVERIFIERKEBUGCHECK(ULONG, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR) }
function! { WdfGetTriageInfoTableIndex = 242, PFN_WDFGETTRIAGEINFO() -> PVOID }
function! { WdfWorkItemCreateTableIndex = 243, PFN_WDFWORKITEMCREATE(PWDF_WORKITEM_CONFIG, PWDF_OBJECT_ATTRIBUTES, *mut WDFWORKITEM) -> NTSTATUS }
function! { WdfWorkItemEnqueueTableIndex = 244, PFN_WDFWORKITEMENQUEUE(WDFWORKITEM) }
function! { WdfWorkItemGetParentObjectTableIndex = 245, PFN_WDFWORKITEMGETPARENTOBJECT(WDFWORKITEM) -> WDFOBJECT }
function! { WdfWorkItemFlushTableIndex = 246, PFN_WDFWORKITEMFLUSH(WDFWORKITEM) }
function! { WdfRegistryWdmGetHandleTableIndex = 247, PFN_WDFREGISTRYWDMGETHANDLE(WDFKEY) -> HANDLE }
function! { WdfDeviceStopIdleActualTableIndex = 248, PFN_WDFDEVICESTOPIDLEACTUAL(WDFDEVICE, BOOLEAN, PVOID, LONG, PCHAR) -> NTSTATUS }
function! { WdfDeviceResumeIdleActualTableIndex = 249, PFN_WDFDEVICERESUMEIDLEACTUAL(WDFDEVICE, PVOID, LONG, PCHAR) }
function! { WdfDeviceOpenDevicemapKeyTableIndex = 255, PFN_WDFDEVICEOPENDEVICEMAPKEY(WDFDEVICE, PCUNICODE_STRING, ACCESS_MASK, PWDF_OBJECT_ATTRIBUTES, *mut WDFKEY) -> NTSTATUS }
function! { WdfIoTargetWdmGetTargetFileHandleTableIndex = 256, PFN_WDFIOTARGETWDMGETTARGETFILEHANDLE(WDFIOTARGET) -> HANDLE }

// --- Function table: entries without a public signature, and USB
index_only! { WdfCxDeviceInitAllocateTableIndex = 8 }
index_only! { WdfCxDeviceInitSetRequestAttributesTableIndex = 9 }
index_only! { WdfCxDeviceInitSetFileObjectConfigTableIndex = 10 }
index_only! { WdfCxVerifierKeBugCheckTableIndex = 11 }
index_only! { WdfUsbTargetDeviceCreateTableIndex = 202 }
index_only! { WdfUsbTargetDeviceCreateWithParametersTableIndex = 203 }
index_only! { WdfUsbTargetDeviceRetrieveInformationTableIndex = 204 }
index_only! { WdfUsbTargetDeviceGetDeviceDescriptorTableIndex = 205 }
index_only! { WdfUsbTargetDeviceRetrieveConfigDescriptorTableIndex = 206 }
index_only! { WdfUsbTargetDeviceQueryStringTableIndex = 207 }
index_only! { WdfUsbTargetDeviceAllocAndQueryStringTableIndex = 208 }
index_only! { WdfUsbTargetDeviceFormatRequestForStringTableIndex = 209 }
index_only! { WdfUsbTargetDeviceGetNumInterfacesTableIndex = 210 }
index_only! { WdfUsbTargetDeviceSelectConfigTableIndex = 211 }
index_only! { WdfUsbTargetDeviceSendControlTransferSynchronouslyTableIndex = 212 }
index_only! { WdfUsbTargetDeviceFormatRequestForControlTransferTableIndex = 213 }
index_only! { WdfUsbTargetDeviceResetPortSynchronouslyTableIndex = 214 }
index_only! { WdfUsbTargetDeviceQueryUsbCapabilityTableIndex = 215 }
index_only! { WdfUsbTargetPipeGetInformationTableIndex = 216 }
index_only! { WdfUsbTargetPipeIsInEndpointTableIndex = 217 }
index_only! { WdfUsbTargetPipeIsOutEndpointTableIndex = 218 }
index_only! { WdfUsbTargetPipeGetTypeTableIndex = 219 }
index_only! { WdfUsbTargetPipeSetNoMaximumPacketSizeCheckTableIndex = 220 }
index_only! { WdfUsbTargetPipeWriteSynchronouslyTableIndex = 221 }
index_only! { WdfUsbTargetPipeFormatRequestForWriteTableIndex = 222 }
index_only! { WdfUsbTargetPipeReadSynchronouslyTableIndex = 223 }
index_only! { WdfUsbTargetPipeFormatRequestForReadTableIndex = 224 }
index_only! { WdfUsbTargetPipeConfigContinuousReaderTableIndex = 225 }
index_only! { WdfUsbTargetPipeAbortSynchronouslyTableIndex = 226 }
index_only! { WdfUsbTargetPipeFormatRequestForAbortTableIndex = 227 }
index_only! { WdfUsbTargetPipeResetSynchronouslyTableIndex = 228 }
index_only! { WdfUsbTargetPipeFormatRequestForResetTableIndex = 229 }
index_only! { WdfUsbInterfaceGetInterfaceNumberTableIndex = 230 }
index_only! { WdfUsbInterfaceGetNumEndpointsTableIndex = 231 }
index_only! { WdfUsbInterfaceGetDescriptorTableIndex = 232 }
index_only! { WdfUsbInterfaceGetNumSettingsTableIndex = 233 }
index_only! { WdfUsbInterfaceSelectSettingTableIndex = 234 }
index_only! { WdfUsbInterfaceGetEndpointInformationTableIndex = 235 }
index_only! { WdfUsbTargetDeviceGetInterfaceTableIndex = 236 }
index_only! { WdfUsbInterfaceGetConfiguredSettingIndexTableIndex = 237 }
index_only! { WdfUsbInterfaceGetNumConfiguredPipesTableIndex = 238 }
index_only! { WdfUsbInterfaceGetConfiguredPipeTableIndex = 239 }
index_only! { WdfDeviceInitEnableHidInterfaceTableIndex = 250 }
index_only! { WdfDeviceHidNotifyPresenceTableIndex = 251 }
index_only! { WdfDeviceGetSelfIoTargetTableIndex = 252 }
index_only! { WdfDeviceInitAllowSelfIoTargetTableIndex = 253 }
index_only! { WdfIoTargetSelfAssignDefaultIoQueueTableIndex = 254 }
