//! Interrupts.

use std::ptr::null_mut;

use wdk_sys::{
    _WDF_TRI_STATE, BOOLEAN, NTSTATUS, ULONG, WDF_INTERRUPT_CONFIG, WDF_NO_OBJECT_ATTRIBUTES, WDFDEVICE,
    WDFINTERRUPT, WDFOBJECT, call_unsafe_wdf_function_binding,
};

use super::object::size_field;
use super::{Callback, Device, Object, Ref, ResourceList, Subject};
use crate::error::Error;

/// An interrupt of a device.
pub(crate) struct Interrupt(WDFINTERRUPT);

impl Object for Interrupt {
    type Handle = WDFINTERRUPT;

    unsafe fn from_handle(handle: WDFINTERRUPT) -> Self {
        Self(handle)
    }
}

/// The callbacks of an interrupt: WDF_INTERRUPT_CONFIG, as far as the driver has them.
pub(crate) struct InterruptCallbacks {
    /// EvtInterruptIsr, with the message's number.
    pub isr: Callback<unsafe extern "C" fn(WDFINTERRUPT, ULONG) -> BOOLEAN>,
    /// EvtInterruptEnable.
    pub enable: Callback<unsafe extern "C" fn(WDFINTERRUPT, WDFDEVICE) -> NTSTATUS>,
    /// EvtInterruptDisable.
    pub disable: Callback<unsafe extern "C" fn(WDFINTERRUPT, WDFDEVICE) -> NTSTATUS>,
    /// EvtInterruptWorkItem.
    pub work_item: Callback<unsafe extern "C" fn(WDFINTERRUPT, WDFOBJECT)>,
}

impl Subject for Interrupt {
    fn belongs_to(&self) -> Option<Ref<'_, Device>> {
        Some(self.device())
    }
}

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
        callbacks: &InterruptCallbacks,
    ) -> Result<(), Error> {
        let mut config = WDF_INTERRUPT_CONFIG {
            Size: size_field::<WDF_INTERRUPT_CONFIG>(),
            ShareVector: _WDF_TRI_STATE::WdfUseDefault,
            ReportInactiveOnPowerDown: _WDF_TRI_STATE::WdfUseDefault,
            // UMDF knows no other.
            PassiveHandling: BOOLEAN::from(true),
            InterruptRaw: raw.descriptor(index)?,
            InterruptTranslated: translated.descriptor(index)?,
            EvtInterruptIsr: Some(callbacks.isr.function()),
            EvtInterruptEnable: Some(callbacks.enable.function()),
            EvtInterruptDisable: Some(callbacks.disable.function()),
            EvtInterruptWorkItem: Some(callbacks.work_item.function()),
            ..WDF_INTERRUPT_CONFIG::default()
        };
        let mut interrupt: WDFINTERRUPT = null_mut();
        // SAFETY: the device is valid; the descriptors are those of the lists; the other pointers point to locals.
        unsafe {
            call!(WdfInterruptCreate(
                device.handle(),
                &raw mut config,
                WDF_NO_OBJECT_ATTRIBUTES,
                &raw mut interrupt
            ))
        }
    }

    /// Has EvtInterruptWorkItem run once more. Nothing happens if it is to run anyway.
    pub fn queue_work_item(&self) {
        // SAFETY: the interrupt is valid and has a work item.
        let _newly_queued =
            unsafe { call_unsafe_wdf_function_binding!(WdfInterruptQueueWorkItemForIsr, self.0) };
    }

    /// The interrupt's device.
    pub fn device(&self) -> Ref<'_, Device> {
        // SAFETY: the interrupt is valid.
        let device = unsafe { call_unsafe_wdf_function_binding!(WdfInterruptGetDevice, self.0) };
        // SAFETY: the framework just handed it out, and it lives at least as long as the interrupt.
        unsafe { Ref::new(device) }
    }
}
