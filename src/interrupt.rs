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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::tests::put_hardware;
    use crate::wdf::fake;

    const QUEUED: &str = "WdfInterruptQueueWorkItemForIsr";

    fn device() -> wdf::Ref<'static, Device> {
        let device = fake::device_with(DeviceContext::new);
        put_hardware(&device);
        fake::accesses();
        device
    }

    fn counts(device: &Device) -> (u64, u64) {
        let counts = device.context::<DeviceContext>().unwrap().statistics.read();
        (counts.interrupts, counts.spurious_interrupts)
    }

    #[test]
    fn all_bits_that_are_raised_are_taken_at_once_and_only_they_are_acknowledged() {
        let device = device();
        fake::answer_reads(&[0x8000_0011]);
        assert_eq!(isr(&fake::interrupt(&device), 0), Ok(true));
        assert_eq!(fake::accesses(), (1, vec![0x8000_0011]));
        assert_eq!(fake::calls(), [QUEUED]);
        assert_eq!(counts(&device), (1, 0));
    }

    #[test]
    fn an_interrupt_of_another_device_is_left_alone() {
        let device = device();
        assert_eq!(isr(&fake::interrupt(&device), 0), Ok(false));
        assert_eq!(fake::accesses(), (1, vec![]));
        assert!(fake::calls().is_empty());
        assert_eq!(counts(&device), (0, 1));
    }

    #[test]
    fn one_work_item_does_what_several_runs_have_taken() {
        let device = device();
        let interrupt = fake::interrupt(&device);
        let request = fake::request_handle(&[]);
        let context: &DeviceContext = device.context().unwrap();
        context.waits.enqueue(fake::request_of(request)).unwrap();
        for bits in [0x10, 0x20] {
            fake::answer_reads(&[bits]);
            assert_eq!(isr(&interrupt, 0), Ok(true));
        }
        work_item(&interrupt, AssociatedObject::new()).unwrap();
        assert_eq!(fake::output_of(request)[..8], [1, 0, 0, 0, 0x30, 0, 0, 0]);
        fake::calls();
        work_item(&interrupt, AssociatedObject::new()).unwrap();
        assert!(fake::calls().is_empty(), "nothing is told twice");
    }

    #[test]
    fn a_device_that_is_gone_is_reported_and_does_not_claim_the_line() {
        let device = device();
        fake::answer_reads(&[0xffff_ffff, 0xffff_ffff]);
        let gone = Error::DeviceGone { register: "InterruptStatus" };
        assert_eq!(isr(&fake::interrupt(&device), 0), Err(gone));
        assert_eq!(fake::accesses(), (2, vec![]));
        assert_eq!(fake::calls(), ["WdfDeviceSetFailed 1"]);
    }

    #[test]
    fn the_device_may_interrupt_while_the_interrupt_is_connected() {
        let device = device();
        enable(&fake::interrupt(&device), &device).unwrap();
        disable(&fake::interrupt(&device), &device).unwrap();
        assert_eq!(fake::accesses(), (0, vec![0x80, 0]));
    }
}
