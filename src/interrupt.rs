//! The interrupt: the service routine silences the device and notes why it called, the work item does the rest.
//!
//! There is one, message-signalled if a message was assigned, else of the line, which other devices may share. It
//! is made at each start from the assigned descriptors, and the framework connects it only while the device is in
//! D0. Messages that come while the service routine runs collapse into one further call of it, so it takes every
//! bit that is raised, and finding none is nothing bad.

use std::sync::atomic::Ordering;

use edu_interface::INTERRUPT_FACTORIAL;
use wdk_sys::ULONG;

use crate::device::{DeviceContext, with_hardware};
use crate::error::Error;
use crate::factorial;
use crate::wdf::{self, AssociatedObject, Device, Interrupt, InterruptCallbacks};

/// The callbacks of the interrupt.
pub(crate) const CALLBACKS: InterruptCallbacks = InterruptCallbacks {
    isr: evt_interrupt_isr,
    enable: evt_interrupt_enable,
    disable: evt_interrupt_disable,
    work_item: evt_interrupt_work_item,
};

wdf::callback! {
    EvtInterruptIsr: fn evt_interrupt_isr(interrupt: &Interrupt, message: ULONG) -> BOOLEAN = isr;
    EvtInterruptEnable: fn evt_interrupt_enable(interrupt: &Interrupt, device: &Device) -> NTSTATUS = enable;
    EvtInterruptDisable: fn evt_interrupt_disable(interrupt: &Interrupt, device: &Device) -> NTSTATUS = disable;
    EvtInterruptWorkItem: fn evt_interrupt_work_item(interrupt: &Interrupt, object: AssociatedObject) = work_item;
}

/// Answers whether the device had called. The framework holds the interrupt's lock: nothing here waits for long.
fn isr(interrupt: &Interrupt, _message: ULONG) -> Result<bool, Error> {
    let device = interrupt.device();
    let context = device.context::<DeviceContext>()?;
    let raised = with_hardware(&device, |hardware| hardware.edu.take_interrupts())?;
    if raised == 0 {
        context.statistics.spurious_interrupts.count();
        return Ok(false);
    }
    context.statistics.interrupts.count();
    // The work item takes them all at once, however often this ran before.
    context.raised.fetch_or(raised, Ordering::AcqRel);
    interrupt.queue_work_item();
    Ok(true)
}

/// The interrupt is connected: the device may raise it.
fn enable(_interrupt: &Interrupt, device: &Device) -> Result<(), Error> {
    with_hardware(device, |hardware| {
        hardware.edu.enable_interrupt();
        Ok(())
    })
}

/// The interrupt is about to be disconnected.
fn disable(_interrupt: &Interrupt, device: &Device) -> Result<(), Error> {
    with_hardware(device, |hardware| {
        hardware.edu.disable_interrupt();
        Ok(())
    })
}

/// Does what the raised bits ask for. The framework waits for it before it takes the device out of D0.
fn work_item(interrupt: &Interrupt, _object: AssociatedObject) -> Result<(), Error> {
    let device = interrupt.device();
    let context = device.context::<DeviceContext>()?;
    let raised = context.raised.swap(0, Ordering::AcqRel);
    let looked = if raised & INTERRUPT_FACTORIAL == 0 { Ok(()) } else { factorial::look(&device) };
    context.waits.tell(raised)?;
    looked
}
