//! Waiting for an interrupt: requests that stay pending until the device raises one.
//!
//! Sources: Microsoft Learn, "Canceling I/O Requests", "WdfIoQueueRetrieveNextRequest function (wdfio.h)".

use edu_interface::Reply;

use crate::error::Error;
use crate::wdf::{Device, Queue, Request, WaitLock};

/// What a device has for those who wait.
pub(crate) struct Waits {
    /// The requests. The framework cancels what is in the queue.
    queue: Queue,
    /// Interrupt bits that nobody has been told.
    untold: WaitLock<u32>,
}

impl Waits {
    /// The framework objects, below `device`.
    pub fn new(device: &Device) -> Result<Self, Error> {
        Ok(Self { queue: Queue::manual(device)?, untold: WaitLock::new(device)? })
    }

    /// Lets a request wait; or answers it at once, if there is something to tell.
    pub fn enqueue(&self, request: Request) -> Result<(), Error> {
        request.forward(&self.queue);
        self.tell(0)
    }

    /// Tells all who wait that these bits have been raised; if nobody does, keeps them for the next one.
    pub fn tell(&self, raised: u32) -> Result<(), Error> {
        let mut waiting = Vec::new();
        // One at a time: else a request could come in after the queue was found empty, and before the bits are kept.
        let (bits, emptied) = self.untold.with(|untold| {
            let bits = untold.unwrap_or(0) | raised;
            let emptied = if bits == 0 { Ok(()) } else { self.take_all(&mut waiting) };
            *untold = waiting.is_empty().then_some(bits);
            (bits, emptied)
        });
        for request in waiting {
            let outcome = request.write_output(&Reply::new(bits));
            request.complete(outcome);
        }
        emptied
    }

    /// Takes all who wait out of the queue.
    fn take_all(&self, waiting: &mut Vec<Request>) -> Result<(), Error> {
        while let Some(request) = self.queue.retrieve_next()? {
            waiting.push(request);
        }
        Ok(())
    }

    /// Cancels all who wait: the device is about to leave D0, and raises no interrupt then.
    pub fn cancel(&self) -> Result<(), Error> {
        while let Some(request) = self.queue.retrieve_next()? {
            request.complete(Err(Error::Cancelled));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wdk_sys::STATUS_UNSUCCESSFUL;

    use super::*;
    use crate::wdf::fake;

    const TOLD: &str = "WdfRequestCompleteWithInformation 0x00000000 8";
    const FORWARDED: &str = "WdfRequestForwardToIoQueue";

    fn waits() -> Waits {
        let waits = Waits::new(&fake::bare_device()).unwrap();
        fake::calls();
        waits
    }

    #[test]
    fn all_who_wait_are_told_and_nothing_is_left() {
        let waits = waits();
        for _ in 0..3 {
            waits.enqueue(fake::request(&[])).unwrap();
        }
        assert_eq!(fake::calls(), [FORWARDED; 3]);
        waits.tell(0x10).unwrap();
        assert_eq!(fake::calls(), [TOLD; 3]);
        waits.enqueue(fake::request(&[])).unwrap();
        assert_eq!(fake::calls(), [FORWARDED]);
    }

    #[test]
    fn what_comes_while_nobody_waits_is_kept_for_the_next_one() {
        let waits = waits();
        waits.tell(0x10).unwrap();
        waits.tell(0x31).unwrap();
        let request = fake::request_handle(&[]);
        waits.enqueue(fake::request_of(request)).unwrap();
        assert_eq!(fake::calls(), [FORWARDED, TOLD]);
        assert_eq!(fake::output_of(request)[..8], [1, 0, 0, 0, 0x31, 0, 0, 0]);
        waits.enqueue(fake::request(&[])).unwrap();
        assert_eq!(fake::calls(), [FORWARDED]);
    }

    #[test]
    fn a_request_that_is_not_forwarded_is_completed() {
        let waits = waits();
        fake::refuse(FORWARDED, 0, STATUS_UNSUCCESSFUL);
        waits.enqueue(fake::request(&[])).unwrap();
        assert_eq!(fake::calls(), [FORWARDED, "WdfRequestCompleteWithInformation 0xc0000001 0"]);
    }

    #[test]
    fn all_who_wait_are_cancelled_before_the_device_leaves_d0() {
        let waits = waits();
        for _ in 0..2 {
            waits.enqueue(fake::request(&[])).unwrap();
        }
        fake::calls();
        waits.cancel().unwrap();
        assert_eq!(fake::calls(), ["WdfRequestCompleteWithInformation 0xc0000120 0"; 2]);
    }
}
