//! The interrupt: the service routine silences the device and notes why it called, the work item does the rest.
//!
//! There is one, message-signalled if a message was assigned, else of the line, which other devices may share. It
//! is made at each start from the assigned descriptors, and the framework connects it only while the device is in
//! D0. Messages that come while the service routine runs collapse into one further call of it, so it takes every
//! bit that is raised, and finding none is nothing bad.
//!
//! Sources: Microsoft Learn, "Creating an Interrupt Object", "Servicing an Interrupt", "Supporting Passive-Level
//! Interrupts".

use std::sync::atomic::Ordering;

use crate::wdf::{Interrupt, InterruptEvents};
use crate::{device::DeviceContext, error::Error, factorial};

impl InterruptEvents for DeviceContext {
    /// The framework holds the interrupt's lock: nothing here waits for long.
    fn isr(&self, interrupt: &Interrupt, _message: wdk_sys::ULONG) -> Result<bool, Error> {
        let raised = self.with_hardware(|hardware| hardware.edu.take_interrupts())?;
        if raised == 0 {
            self.statistics.spurious_interrupts.count();
            return Ok(false);
        }
        self.statistics.interrupts.count();
        // The work item takes them all at once, however often this ran before.
        self.raised.fetch_or(raised, Ordering::AcqRel);
        interrupt.queue_work_item();
        Ok(true)
    }

    /// The interrupt is connected: the device may raise it.
    fn enable_interrupt(&self) -> Result<(), Error> {
        self.with_hardware(|hardware| {
            hardware.edu.enable_interrupt();
            Ok(())
        })
    }

    /// The interrupt is about to be disconnected.
    fn disable_interrupt(&self) -> Result<(), Error> {
        self.with_hardware(|hardware| {
            hardware.edu.disable_interrupt();
            Ok(())
        })
    }

    /// Does what the raised bits ask for. The framework waits for it before it takes the device out of D0.
    fn work_item(&self) -> Result<(), Error> {
        let raised = self.raised.swap(0, Ordering::AcqRel);
        if raised & edu_interface::INTERRUPT_FACTORIAL != 0 {
            factorial::look(self);
        }
        self.waits.tell(raised)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::tests::started;
    use crate::wdf::fake;

    const QUEUED: &str = "WdfInterruptQueueWorkItemForIsr";

    fn device() -> &'static DeviceContext {
        let context = started();
        fake::accesses();
        context
    }

    fn isr(context: &DeviceContext) -> Result<bool, Error> {
        context.isr(&fake::interrupt(&context.device), 0)
    }

    fn counts(context: &DeviceContext) -> (u64, u64) {
        let counts = context.statistics.read();
        (counts.interrupts, counts.spurious_interrupts)
    }

    #[test]
    fn all_bits_that_are_raised_are_taken_at_once_and_only_they_are_acknowledged() {
        let context = device();
        fake::answer_reads(&[0x8000_0011]);
        assert_eq!(isr(context), Ok(true));
        assert_eq!(fake::accesses(), (1, vec![0x8000_0011]));
        assert_eq!(fake::calls(), [QUEUED]);
        assert_eq!(counts(context), (1, 0));
    }

    #[test]
    fn an_interrupt_of_another_device_is_left_alone() {
        let context = device();
        assert_eq!(isr(context), Ok(false));
        assert_eq!(fake::accesses(), (1, vec![]));
        assert!(fake::calls().is_empty());
        assert_eq!(counts(context), (0, 1));
    }

    #[test]
    fn one_work_item_does_what_several_runs_have_taken() {
        let context = device();
        let request = fake::request_handle(&[]);
        context.waits.enqueue(fake::request_of(request)).unwrap();
        for bits in [0x10, 0x20] {
            fake::answer_reads(&[bits]);
            assert_eq!(isr(context), Ok(true));
        }
        context.work_item().unwrap();
        assert_eq!(fake::output_of(request)[..8], [1, 0, 0, 0, 0x30, 0, 0, 0]);
        fake::calls();
        context.work_item().unwrap();
        assert!(fake::calls().is_empty(), "nothing is told twice");
    }

    /// Whoever raises other bits, however often, does not have the engine asked.
    #[test]
    fn the_engine_is_looked_at_for_its_own_bit_only() {
        let context = device();
        factorial::tests::start(context);
        fake::accesses();
        for (bit, reads) in [(0x10, 0), (edu_interface::INTERRUPT_FACTORIAL, 2)] {
            context.raised.store(bit, Ordering::Relaxed);
            context.work_item().unwrap();
            assert_eq!(fake::accesses(), (reads, vec![]), "{bit:#x}");
        }
    }

    #[test]
    fn a_device_that_is_gone_does_not_claim_the_line() {
        let context = device();
        fake::answer_reads(&[0xffff_ffff, 0xffff_ffff]);
        assert_eq!(isr(context), Err(Error::DeviceGone { register: "InterruptStatus" }));
        assert_eq!(fake::accesses(), (2, vec![]));
    }

    #[test]
    fn the_device_may_interrupt_while_the_interrupt_is_connected() {
        let context = device();
        context.enable_interrupt().unwrap();
        context.disable_interrupt().unwrap();
        assert_eq!(fake::accesses(), (0, vec![0x80, 0]));
    }
}
