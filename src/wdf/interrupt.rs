//! Interrupts.
//!
//! Sources: Microsoft Learn, "Creating an Interrupt Object", "Servicing an Interrupt", "WdfInterruptCreate
//! function (wdfinterrupt.h)".

use wdk_sys::{_WDF_TRI_STATE, BOOLEAN, NTSTATUS, ULONG, WDFDEVICE, WDFINTERRUPT, WDFOBJECT};

use super::callback::{serve, step};
use super::{Device, DeviceContext, Error, ResourceList};

/// The callbacks of an interrupt: WDF_INTERRUPT_CONFIG, as far as the driver has them. A device with several
/// interrupts tells them apart by the message's number.
pub(crate) trait InterruptEvents {
    /// EvtInterruptIsr, with the message's number: whether the device had called.
    fn isr(&self, interrupt: &Interrupt, message: ULONG) -> Result<bool, Error>;
    /// EvtInterruptEnable.
    fn enable_interrupt(&self) -> Result<(), Error>;
    /// EvtInterruptDisable.
    fn disable_interrupt(&self) -> Result<(), Error>;
    /// EvtInterruptWorkItem.
    fn work_item(&self) -> Result<(), Error>;
}

/// An interrupt of a device.
pub(crate) struct Interrupt(pub(super) WDFINTERRUPT);

impl Interrupt {
    /// Makes an interrupt of the descriptors at `index` in both lists of EvtDevicePrepareHardware, while that runs.
    /// They must be the framework's own, not copies: it finds its data about the resource from their addresses.
    ///
    /// The framework connects it after EvtDeviceD0Entry, disconnects it before EvtDeviceD0Exit, and deletes it
    /// after EvtDeviceReleaseHardware: so it is made anew at each start.
    pub fn create(
        device: &Device,
        raw: &ResourceList,
        translated: &ResourceList,
        index: ULONG,
    ) -> Result<(), Error> {
        let mut config = sized!(WDF_INTERRUPT_CONFIG {
            ShareVector: _WDF_TRI_STATE::WdfUseDefault,
            ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
            // UMDF knows no other.
            PassiveHandling: BOOLEAN::from(true),
            InterruptRaw: raw.descriptor(index)?,
            InterruptTranslated: translated.descriptor(index)?,
            EvtInterruptIsr: Some(evt_interrupt_isr),
            EvtInterruptEnable: Some(evt_interrupt_enable),
            EvtInterruptDisable: Some(evt_interrupt_disable),
            EvtInterruptWorkItem: Some(evt_interrupt_work_item),
        });
        let attributes = wdk_sys::WDF_NO_OBJECT_ATTRIBUTES;
        // SAFETY: the device is valid; the descriptors are those of the lists; the config is a local.
        unsafe { out_call!(WdfInterruptCreate(device.0, &raw mut config, attributes)) }.map(|_interrupt| ())
    }

    /// Has EvtInterruptWorkItem run once more. Nothing happens if it is to run anyway.
    pub fn queue_work_item(&self) {
        // SAFETY: the interrupt is valid and has a work item.
        let _newly_queued = unsafe { call!(WdfInterruptQueueWorkItemForIsr(self.0)) };
    }
}

unsafe extern "C" fn evt_interrupt_isr(interrupt: WDFINTERRUPT, message: ULONG) -> BOOLEAN {
    // SAFETY: the framework passes its interrupt.
    let device = unsafe { call!(WdfInterruptGetDevice(interrupt)) };
    let isr = |context: &DeviceContext| context.isr(&Interrupt(interrupt), message);
    // SAFETY: an interrupt dies before its device.
    BOOLEAN::from(unsafe { serve("EvtInterruptIsr", device, None, isr) })
}

unsafe extern "C" fn evt_interrupt_enable(_: WDFINTERRUPT, device: WDFDEVICE) -> NTSTATUS {
    // SAFETY: the framework passes its device.
    unsafe { step("EvtInterruptEnable", device, DeviceContext::enable_interrupt) }
}

unsafe extern "C" fn evt_interrupt_disable(_: WDFINTERRUPT, device: WDFDEVICE) -> NTSTATUS {
    // SAFETY: the framework passes its device.
    unsafe { step("EvtInterruptDisable", device, DeviceContext::disable_interrupt) }
}

/// Beside the interrupt this gets the interrupt's parent: here it is the device.
unsafe extern "C" fn evt_interrupt_work_item(_: WDFINTERRUPT, parent: WDFOBJECT) {
    // SAFETY: `Interrupt::create` makes every interrupt of the driver, below a device.
    unsafe { serve("EvtInterruptWorkItem", parent.cast(), None, DeviceContext::work_item) }
}
