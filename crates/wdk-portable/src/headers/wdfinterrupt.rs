//! `wdfinterrupt.h`: interrupts.

use crate::{
    BOOLEAN, GROUP_AFFINITY, KAFFINITY, KINTERRUPT_MODE, KIRQL, NTSTATUS, PCM_PARTIAL_RESOURCE_DESCRIPTOR,
    UCHAR, ULONG, ULONG64, USHORT, WDF_TRI_STATE, WDFCONTEXT, WDFDEVICE, WDFINTERRUPT, WDFOBJECT,
    WDFSPINLOCK, WDFWAITLOCK,
};

pub mod _WDF_INTERRUPT_POLARITY {
    pub type Type = i32;
    pub const WdfInterruptPolarityUnknown: Type = 0;
    pub const WdfInterruptActiveHigh: Type = 1;
    pub const WdfInterruptActiveLow: Type = 2;
}
pub type WDF_INTERRUPT_POLARITY = _WDF_INTERRUPT_POLARITY::Type;

pub mod _WDF_INTERRUPT_POLICY {
    pub type Type = i32;
    pub const WdfIrqPolicyMachineDefault: Type = 0;
    pub const WdfIrqPolicyAllCloseProcessors: Type = 1;
    pub const WdfIrqPolicyOneCloseProcessor: Type = 2;
    pub const WdfIrqPolicyAllProcessorsInMachine: Type = 3;
    pub const WdfIrqPolicySpecifiedProcessors: Type = 4;
    pub const WdfIrqPolicySpreadMessagesAcrossAllProcessors: Type = 5;
}
pub type WDF_INTERRUPT_POLICY = _WDF_INTERRUPT_POLICY::Type;

pub mod _WDF_INTERRUPT_PRIORITY {
    pub type Type = i32;
    pub const WdfIrqPriorityUndefined: Type = 0;
    pub const WdfIrqPriorityLow: Type = 1;
    pub const WdfIrqPriorityNormal: Type = 2;
    pub const WdfIrqPriorityHigh: Type = 3;
}
pub type WDF_INTERRUPT_PRIORITY = _WDF_INTERRUPT_PRIORITY::Type;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_INTERRUPT_CONFIG {
    pub Size: ULONG,
    pub SpinLock: WDFSPINLOCK,
    pub ShareVector: WDF_TRI_STATE,
    pub FloatingSave: BOOLEAN,
    pub AutomaticSerialization: BOOLEAN,
    pub EvtInterruptIsr: PFN_WDF_INTERRUPT_ISR,
    pub EvtInterruptDpc: PFN_WDF_INTERRUPT_DPC,
    pub EvtInterruptEnable: PFN_WDF_INTERRUPT_ENABLE,
    pub EvtInterruptDisable: PFN_WDF_INTERRUPT_DISABLE,
    pub EvtInterruptWorkItem: PFN_WDF_INTERRUPT_WORKITEM,
    pub InterruptRaw: PCM_PARTIAL_RESOURCE_DESCRIPTOR,
    pub InterruptTranslated: PCM_PARTIAL_RESOURCE_DESCRIPTOR,
    pub WaitLock: WDFWAITLOCK,
    pub PassiveHandling: BOOLEAN,
    pub ReportInactiveOnPowerDown: WDF_TRI_STATE,
    pub CanWakeDevice: BOOLEAN,
}
pub type WDF_INTERRUPT_CONFIG = _WDF_INTERRUPT_CONFIG;
pub type PWDF_INTERRUPT_CONFIG = *mut _WDF_INTERRUPT_CONFIG;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_INTERRUPT_EXTENDED_POLICY {
    pub Size: ULONG,
    pub Policy: WDF_INTERRUPT_POLICY,
    pub Priority: WDF_INTERRUPT_PRIORITY,
    pub TargetProcessorSetAndGroup: GROUP_AFFINITY,
}
pub type WDF_INTERRUPT_EXTENDED_POLICY = _WDF_INTERRUPT_EXTENDED_POLICY;
pub type PWDF_INTERRUPT_EXTENDED_POLICY = *mut _WDF_INTERRUPT_EXTENDED_POLICY;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _WDF_INTERRUPT_INFO {
    pub Size: ULONG,
    pub Reserved1: ULONG64,
    pub TargetProcessorSet: KAFFINITY,
    pub Reserved2: ULONG,
    pub MessageNumber: ULONG,
    pub Vector: ULONG,
    pub Irql: KIRQL,
    pub Mode: KINTERRUPT_MODE,
    pub Polarity: WDF_INTERRUPT_POLARITY,
    pub MessageSignaled: BOOLEAN,
    pub ShareDisposition: UCHAR,
    pub __bindgen_padding_0: [u8; 6],
    pub Group: USHORT,
}
pub type WDF_INTERRUPT_INFO = _WDF_INTERRUPT_INFO;
pub type PWDF_INTERRUPT_INFO = *mut _WDF_INTERRUPT_INFO;

zeroed_default!(_WDF_INTERRUPT_CONFIG, _WDF_INTERRUPT_EXTENDED_POLICY, _WDF_INTERRUPT_INFO);

pub type EVT_WDF_INTERRUPT_DISABLE =
    Option<unsafe extern "C" fn(Interrupt: WDFINTERRUPT, AssociatedDevice: WDFDEVICE) -> NTSTATUS>;
pub type PFN_WDF_INTERRUPT_DISABLE = EVT_WDF_INTERRUPT_DISABLE;

pub type EVT_WDF_INTERRUPT_DPC =
    Option<unsafe extern "C" fn(Interrupt: WDFINTERRUPT, AssociatedObject: WDFOBJECT)>;
pub type PFN_WDF_INTERRUPT_DPC = EVT_WDF_INTERRUPT_DPC;

pub type EVT_WDF_INTERRUPT_ENABLE =
    Option<unsafe extern "C" fn(Interrupt: WDFINTERRUPT, AssociatedDevice: WDFDEVICE) -> NTSTATUS>;
pub type PFN_WDF_INTERRUPT_ENABLE = EVT_WDF_INTERRUPT_ENABLE;

pub type EVT_WDF_INTERRUPT_ISR =
    Option<unsafe extern "C" fn(Interrupt: WDFINTERRUPT, MessageID: ULONG) -> BOOLEAN>;
pub type PFN_WDF_INTERRUPT_ISR = EVT_WDF_INTERRUPT_ISR;

pub type EVT_WDF_INTERRUPT_SYNCHRONIZE =
    Option<unsafe extern "C" fn(Interrupt: WDFINTERRUPT, Context: WDFCONTEXT) -> BOOLEAN>;
pub type PFN_WDF_INTERRUPT_SYNCHRONIZE = EVT_WDF_INTERRUPT_SYNCHRONIZE;

pub type EVT_WDF_INTERRUPT_WORKITEM =
    Option<unsafe extern "C" fn(Interrupt: WDFINTERRUPT, AssociatedObject: WDFOBJECT)>;
pub type PFN_WDF_INTERRUPT_WORKITEM = EVT_WDF_INTERRUPT_WORKITEM;
