//! `wdfrequest.h`: requests from the driver's side. How they move is in [`crate::io`].

use std::sync::mpsc::Sender;

use wdk_portable::{
    NTSTATUS, PVOID, STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_DEVICE_REQUEST, STATUS_SUCCESS, ULONG_PTR,
    WDFFILEOBJECT, WDFQUEUE, WDFREQUEST,
};

use super::context::Memory;
use super::io::Queue;
use super::objects::Handle;
use super::{Pointer, Stop};
use crate::host::{Host, State};
use crate::io;
use crate::rules::Rule;

/// A buffer of a request. UMDF gives input and output separate memory.
pub struct Buffer {
    memory: Option<Memory>,
    /// Bytes.
    pub length: usize,
}

impl Buffer {
    /// A zeroed buffer; `None` if no allocation can have this length.
    pub fn zeroed(length: usize) -> Option<Self> {
        let memory = if length == 0 { None } else { Some(Memory::zeroed(length)?) };
        Some(Self { memory, length })
    }

    /// A buffer with these bytes.
    pub fn with(bytes: &[u8]) -> Option<Self> {
        let buffer = Self::zeroed(bytes.len())?;
        if let Some(memory) = &buffer.memory {
            // SAFETY: fresh memory of this length that nobody else knows.
            unsafe { memory.address().cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        }
        Some(buffer)
    }

    /// The first `count` bytes, at most all of them.
    pub fn bytes(&self, count: u64) -> Vec<u8> {
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(self.length);
        let mut bytes = vec![0; count];
        if let Some(memory) = &self.memory {
            // SAFETY: `count` is at most the length of the memory; the driver gave the request
            // back and must not write any more.
            unsafe { memory.address().cast::<u8>().copy_to_nonoverlapping(bytes.as_mut_ptr(), count) };
        }
        bytes
    }
}

/// What a request came back with.
pub struct Completion {
    /// Final status.
    pub status: NTSTATUS,
    /// Bytes for the application.
    pub output: Vec<u8>,
    /// `Information`.
    pub information: u64,
}

/// What a request asks for.
pub enum Kind {
    /// An application opens the device; carries the new file object.
    Create,
    /// An I/O control request.
    DeviceControl {
        /// The I/O control code.
        code: u32,
        /// Input.
        input: Buffer,
        /// Output.
        output: Buffer,
    },
}

/// A request.
pub struct Request {
    /// What it asks for.
    pub kind: Kind,
    /// The file object, if the driver wants any.
    pub file: Option<Handle>,
    /// Which open of the device it came through.
    pub open: u64,
    /// The queue that it is in or came from.
    pub queue: Option<Handle>,
    /// The driver owns it.
    pub owned: bool,
    /// Somebody is completing it.
    pub completing: bool,
    /// Its application gave it up: it ends as soon as it waits in a queue.
    pub cancelled: bool,
    /// `WdfRequestSetInformation`.
    pub information: u64,
    /// Where its completion goes.
    pub answer: Sender<Completion>,
}

fn owned(host: &Host, state: &State, request: Pointer<impl Sized>) -> Result<Handle, Stop> {
    let handle = state.objects.resolve::<Request>(host, request, "Request")?;
    if state.objects.get::<Request>(handle).is_some_and(|request| request.owned) {
        return Ok(handle);
    }
    let name = state.objects.name(handle);
    Err(host.violation(Rule::ReqNotOwned, format!("{name} is in a queue, the driver does not own it")))
}

fn complete(
    host: &Host,
    request: Pointer<wdk_portable::WDFREQUEST__>,
    status: NTSTATUS,
    information: Option<u64>,
) -> Result<(), Stop> {
    let twice =
        |name: &str| Err(host.violation(Rule::ReqDoubleComplete, format!("{name} was completed before")));
    let (handle, name) = {
        let state = host.state();
        if let Some(name) = state.objects.former(request).filter(|name| name.starts_with("request")) {
            return twice(name);
        }
        let handle = owned(host, &state, request)?;
        (handle, state.objects.name(handle))
    };
    // Another thread may have been faster since the look above.
    if io::complete(host, handle, status, information) { Ok(()) } else { twice(&name) }
}

/// Which buffer of a request.
#[derive(Clone, Copy)]
enum Side {
    Input,
    Output,
}

fn retrieve(
    host: &Host,
    request: Pointer<wdk_portable::WDFREQUEST__>,
    side: Side,
    minimum: usize,
    buffer: Pointer<PVOID>,
    length: Pointer<usize>,
) -> Result<NTSTATUS, Stop> {
    let state = host.state();
    let handle = owned(host, &state, request)?;
    buffer.write(host, "Buffer", std::ptr::null_mut())?;
    length.write_if_any(0);
    let Some(Request { kind: Kind::DeviceControl { input, output, .. }, .. }) =
        state.objects.get::<Request>(handle)
    else {
        return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
    };
    let found = match side {
        Side::Input => input,
        Side::Output => output,
    };
    // A length of 0 is too small even when nothing is required.
    let Some(memory) = found.memory.as_ref().filter(|_| found.length >= minimum) else {
        return Err(Stop::Status(STATUS_BUFFER_TOO_SMALL));
    };
    buffer.write_if_any(memory.address());
    length.write_if_any(found.length);
    Ok(STATUS_SUCCESS)
}

ddi! {
    /// The input bytes.
    fn WdfRequestRetrieveInputBuffer(
        host,
        Request: WDFREQUEST,
        MinimumRequiredLength: usize,
        Buffer: *mut PVOID,
        Length: *mut usize,
    ) -> NTSTATUS {
        retrieve(host, Request, Side::Input, MinimumRequiredLength, Buffer, Length)
    }

    /// The place for the output bytes.
    fn WdfRequestRetrieveOutputBuffer(
        host,
        Request: WDFREQUEST,
        MinimumRequiredSize: usize,
        Buffer: *mut PVOID,
        Length: *mut usize,
    ) -> NTSTATUS {
        retrieve(host, Request, Side::Output, MinimumRequiredSize, Buffer, Length)
    }

    /// Completes a request with the information that was set before.
    fn WdfRequestComplete(host, Request: WDFREQUEST, Status: NTSTATUS) {
        complete(host, Request, Status, None)
    }

    /// Completes a request with this information.
    fn WdfRequestCompleteWithInformation(host, Request: WDFREQUEST, Status: NTSTATUS, Information: ULONG_PTR) {
        complete(host, Request, Status, Some(Information))
    }

    /// Sets the information that a later `WdfRequestComplete` reports.
    fn WdfRequestSetInformation(host, Request: WDFREQUEST, Information: ULONG_PTR) {
        let mut state = host.state();
        let handle = owned(host, &state, Request)?;
        if let Some(request) = state.objects.get_mut::<Request>(handle) {
            request.information = Information;
        }
        Ok(())
    }

    /// Puts a request at the end of another queue; the driver does not own it any more.
    fn WdfRequestForwardToIoQueue(host, Request: WDFREQUEST, DestinationQueue: WDFQUEUE) -> NTSTATUS {
        let (request, queue) = {
            let state = host.state();
            let request = owned(host, &state, Request)?;
            let queue = state.objects.resolve::<Queue>(host, DestinationQueue, "DestinationQueue")?;
            if state.objects.get::<Request>(request).is_some_and(|request| request.queue == Some(queue)) {
                return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
            }
            (request, queue)
        };
        io::forward(host, request, queue)
    }

    /// The queue that the request came from; NULL for a create request.
    fn WdfRequestGetIoQueue(host, Request: WDFREQUEST) -> WDFQUEUE {
        let state = host.state();
        let request = owned(host, &state, Request)?;
        let request = state.objects.get::<Request>(request).ok_or(Stop::NoEffect)?;
        Ok(request.queue.map_or(std::ptr::null_mut(), Handle::raw))
    }

    /// The file object of the request; NULL if the driver wants no file objects.
    fn WdfRequestGetFileObject(host, Request: WDFREQUEST) -> WDFFILEOBJECT {
        let state = host.state();
        let request = owned(host, &state, Request)?;
        let request = state.objects.get::<Request>(request).ok_or(Stop::NoEffect)?;
        Ok(request.file.map_or(std::ptr::null_mut(), Handle::raw))
    }
}
