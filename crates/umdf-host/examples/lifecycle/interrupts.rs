//! Two interrupts on the device's line: the first one lives as long as the device, the second one from
//! EvtDevicePrepareHardware to EvtDeviceReleaseHardware.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_TRI_STATE, BOOLEAN, CmResourceTypeInterrupt, NTSTATUS, STATUS_DEVICE_CONFIGURATION_ERROR, ULONG,
    WDF_INTERRUPT_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDFCMRESLIST, WDFDEVICE, WDFINTERRUPT,
};

use crate::device::end;
use crate::plan::Fallible;
use crate::wdf::{check, size_field, wdf};

fn config() -> WDF_INTERRUPT_CONFIG {
    WDF_INTERRUPT_CONFIG {
        Size: size_field::<WDF_INTERRUPT_CONFIG>(),
        ShareVector: _WDF_TRI_STATE::WdfUseDefault,
        ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
        PassiveHandling: 1,
        EvtInterruptIsr: Some(evt_interrupt_isr),
        EvtInterruptEnable: Some(evt_interrupt_enable),
        EvtInterruptDisable: Some(evt_interrupt_disable),
        ..WDF_INTERRUPT_CONFIG::default()
    }
}

fn create(device: WDFDEVICE, mut config: WDF_INTERRUPT_CONFIG) -> Result<(), NTSTATUS> {
    let mut interrupt: WDFINTERRUPT = null_mut();
    let none = WDF_NO_OBJECT_ATTRIBUTES;
    check(wdf!(WdfInterruptCreate, device, &raw mut config, none, &raw mut interrupt))
}

pub fn in_device_add(device: WDFDEVICE) -> Result<(), NTSTATUS> {
    create(device, config())
}

pub fn in_prepare(device: WDFDEVICE, raw: WDFCMRESLIST, translated: WDFCMRESLIST) -> Result<(), NTSTATUS> {
    let is_line = |index: &ULONG| {
        let descriptor = wdf!(WdfCmResourceListGetDescriptor, translated, *index);
        // SAFETY: NULL, or a descriptor that lives as long as the list.
        unsafe { descriptor.as_ref() }.is_some_and(|found| u32::from(found.Type) == CmResourceTypeInterrupt)
    };
    let line = (0..wdf!(WdfCmResourceListGetCount, translated)).find(is_line);
    let line = line.ok_or(STATUS_DEVICE_CONFIGURATION_ERROR)?;
    create(
        device,
        WDF_INTERRUPT_CONFIG {
            InterruptRaw: wdf!(WdfCmResourceListGetDescriptor, raw, line),
            InterruptTranslated: wdf!(WdfCmResourceListGetDescriptor, translated, line),
            ..config()
        },
    )
}

unsafe extern "C" fn evt_interrupt_isr(_interrupt: WDFINTERRUPT, _message: ULONG) -> BOOLEAN {
    BOOLEAN::from(false)
}

unsafe extern "C" fn evt_interrupt_enable(_interrupt: WDFINTERRUPT, device: WDFDEVICE) -> NTSTATUS {
    end(device, Fallible::InterruptEnable)
}

unsafe extern "C" fn evt_interrupt_disable(_interrupt: WDFINTERRUPT, device: WDFDEVICE) -> NTSTATUS {
    end(device, Fallible::InterruptDisable)
}
