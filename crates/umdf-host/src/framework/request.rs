//! `wdfrequest.h`: requests from the driver's side. How they move is in [`crate::io`].

pub mod buffer;
pub mod caller;
pub mod cancel;
pub mod checks;
pub mod create;
pub mod memory;
pub mod outgoing;
pub mod place;
pub mod send;

use std::sync::Arc;

use wdk_portable::{
    _WDF_REQUEST_TYPE, GUID, NTSTATUS, PFN_WDF_REQUEST_CANCEL, PVOID, STATUS_BUFFER_TOO_SMALL,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_SUCCESS, ULONG_PTR, WDF_REQUEST_TYPE, WDFQUEUE, WDFREQUEST,
};

use super::io::Queue;
use super::objects::Handle;
use super::{Pointer, Stop, object};
use crate::host::Host;
use crate::io;
use crate::rules::Rule;
use buffer::Buffer;
use checks::{is_owned, name_of, not_sent, owned_unmarked};
use outgoing::Outgoing;

/// What a request came back with.
pub struct Completion {
    /// Final status.
    pub status: NTSTATUS,
    /// Bytes for the application.
    pub output: Vec<u8>,
    /// `Information`.
    pub information: u64,
}

/// Takes what a request comes back with. It must not wait, and touch nothing of the host: the caller may hold locks.
pub type Taker = Arc<dyn Fn(Completion) + Send + Sync>;

/// What a request asks for.
pub enum Kind {
    /// Nothing: the driver made it, or it is over.
    None,
    /// An application opens the device; carries the new file object.
    Create,
    /// Bytes from the device.
    Read {
        /// Output.
        output: Buffer,
        /// Where in the file, bytes.
        offset: i64,
    },
    /// Bytes to the device.
    Write {
        /// Input.
        input: Buffer,
        /// Where in the file, bytes.
        offset: i64,
    },
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

impl Kind {
    /// What WDF calls it.
    pub fn request_type(&self) -> WDF_REQUEST_TYPE {
        match self {
            Self::None => _WDF_REQUEST_TYPE::WdfRequestTypeNoFormat,
            Self::Create => _WDF_REQUEST_TYPE::WdfRequestTypeCreate,
            Self::Read { .. } => _WDF_REQUEST_TYPE::WdfRequestTypeRead,
            Self::Write { .. } => _WDF_REQUEST_TYPE::WdfRequestTypeWrite,
            Self::DeviceControl { .. } => _WDF_REQUEST_TYPE::WdfRequestTypeDeviceControl,
        }
    }

    /// Whether it reads or writes no byte at all.
    pub fn is_empty_transfer(&self) -> bool {
        match self {
            Self::Read { output: buffer, .. } | Self::Write { input: buffer, .. } => buffer.length == 0,
            Self::None | Self::Create | Self::DeviceControl { .. } => false,
        }
    }

    /// Bytes to read or to write; 0 for other requests.
    pub fn length(&self) -> usize {
        match self {
            Self::Read { output: buffer, .. } | Self::Write { input: buffer, .. } => buffer.length,
            Self::None | Self::Create | Self::DeviceControl { .. } => 0,
        }
    }

    /// The place for the output bytes, if such a request has any. UMDF treats every I/O control request as
    /// buffered.
    pub fn output(&self) -> Option<&Buffer> {
        match self {
            Self::Read { output, .. } | Self::DeviceControl { output, .. } => Some(output),
            Self::None | Self::Create | Self::Write { .. } => None,
        }
    }

    /// The input bytes, if such a request has any.
    fn input(&self) -> Option<&Buffer> {
        match self {
            Self::Write { input, .. } | Self::DeviceControl { input, .. } => Some(input),
            Self::None | Self::Create | Self::Read { .. } => None,
        }
    }

    /// The buffers, to be kept after the request.
    pub fn take_buffers(&mut self) -> Vec<Buffer> {
        match self {
            Self::None | Self::Create => Vec::new(),
            Self::Read { output: buffer, .. } | Self::Write { input: buffer, .. } => {
                vec![std::mem::take(buffer)]
            }
            Self::DeviceControl { input, output, .. } => vec![std::mem::take(input), std::mem::take(output)],
        }
    }
}

/// Which buffer of a request.
#[derive(Clone, Copy)]
pub enum Side {
    /// From the application.
    Input,
    /// To the application.
    Output,
}

/// How far cancelling is.
#[derive(Clone, Copy)]
pub enum Cancel {
    /// The driver did not allow it.
    None,
    /// The driver waits for it.
    Marked(PFN_WDF_REQUEST_CANCEL),
    /// EvtRequestCancel was or is being called.
    Called,
}

/// What the driver does with a request while its queue stops.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stopping {
    /// It was not asked.
    No,
    /// EvtIoStop was called.
    Told,
    /// It acknowledged: it keeps the request until EvtIoResume.
    Kept,
    /// It acknowledged: the request goes back to the head of its queue.
    GivenBack,
}

/// A request.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one request")]
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
    /// Number of the hand-over to the driver that is due; 0 when the driver has it in its hands.
    pub due: u64,
    /// The driver has had it in its hands.
    pub presented: bool,
    /// Somebody is completing it.
    pub completing: bool,
    /// It is complete; only a reference of the driver keeps the object.
    pub completed: bool,
    /// Nobody waits for it any more: it is the driver's until the driver completes it, or for good.
    pub abandoned: bool,
    /// Its application gave it up: it ends as soon as it waits in a queue.
    pub cancelled: bool,
    /// Whether the driver allows cancelling.
    pub cancel: Cancel,
    /// What the driver does with it while the queue stops.
    pub stop: Stopping,
    /// `WdfRequestSetInformation`.
    pub information: u64,
    /// `WdfRequestSetActivityId`.
    pub activity: Option<GUID>,
    /// `WdfRequestSetUserModeDriverInitiatedIo`.
    pub from_driver: bool,
    /// The memory objects of the input and the output, once the driver asked for them.
    pub memories: [Option<Handle>; 2],
    /// As one that is sent to an I/O target.
    pub outgoing: Outgoing,
    /// Where its completion goes; `None` for a request that the driver made.
    pub answer: Option<Taker>,
}

impl Request {
    /// A request of an application that nobody has seen yet.
    pub fn new(kind: Kind, file: Option<Handle>, open: u64, answer: Taker) -> Self {
        Self {
            file,
            open,
            answer: Some(answer),
            outgoing: Outgoing::new(true),
            ..Self::of_driver(kind, false)
        }
    }

    /// A request that the driver makes, with or without an IRP.
    pub fn of_driver(kind: Kind, irp: bool) -> Self {
        Self {
            kind,
            file: None,
            open: 0,
            queue: None,
            owned: false,
            due: 0,
            presented: false,
            completing: false,
            completed: false,
            abandoned: false,
            cancelled: false,
            cancel: Cancel::None,
            stop: Stopping::No,
            information: 0,
            activity: None,
            from_driver: false,
            memories: [None; 2],
            outgoing: Outgoing::new(irp),
            answer: None,
        }
    }

    /// The buffer of one side; `None` if such a request has none.
    pub fn buffer(&self, side: Side) -> Option<&Buffer> {
        match side {
            Side::Input => self.kind.input(),
            Side::Output => self.kind.output(),
        }
    }

    /// An application made it, and the driver has it from a queue.
    pub fn is_from_queue(&self) -> bool {
        self.answer.is_some()
    }

    fn is_marked(&self) -> bool {
        matches!(self.cancel, Cancel::Marked(_))
    }
}

fn complete(
    host: &Host,
    request: Pointer<wdk_portable::WDFREQUEST__>,
    status: NTSTATUS,
    information: Option<u64>,
) -> Result<(), Stop> {
    let twice =
        |name: &str| Err(host.violation(Rule::ReqDoubleComplete, format!("{name} was completed before")));
    let (handle, name, formatted) = {
        let mut state = host.state();
        if let Some(name) = state.objects.former(request).filter(|name| name.starts_with("request")) {
            return twice(name);
        }
        let handle = state.objects.resolve::<Request>(host, request, "Request")?;
        let name = name_of(&state, handle);
        let Some(body) = state.objects.get_mut::<Request>(handle) else { return Err(Stop::NoEffect) };
        if body.completing || body.completed {
            return twice(&name);
        }
        let (marked, sent) = (body.is_marked(), body.outgoing.sent.is_some());
        is_owned(host, &state, handle)?;
        if sent {
            let message = format!("{name} is completed while the driver below may complete it");
            return Err(host.violation(Rule::ReqCompleteWhileSent, message));
        }
        if marked {
            let message = format!("{name} is completed while EvtRequestCancel may be called for it");
            host.violation(Rule::ReqCompleteWhileCancelable, message);
        }
        let body = state.objects.get_mut::<Request>(handle);
        (handle, name, body.map(|body| body.outgoing.release()).unwrap_or_default())
    };
    // The request may be formatted with its own memory.
    object::release_all(host, formatted);
    {
        let state = host.state();
        let memories = state.objects.get::<Request>(handle).map(|body| body.memories).unwrap_or_default();
        let is_referenced = |memory: Handle| state.objects.object(memory).is_some_and(|it| it.references > 1);
        if memories.into_iter().flatten().any(is_referenced) {
            let message = format!("{name} is completed while its memory is referenced");
            host.violation(Rule::ReqMemoryReferenced, message);
        }
    }
    // Another thread may have been faster since the look above.
    if io::complete::complete(host, handle, status, information) { Ok(()) } else { twice(&name) }
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
    let handle = state.objects.resolve::<Request>(host, request, "Request")?;
    buffer.write(host, "Buffer", std::ptr::null_mut())?;
    length.write_if_any(0);
    is_owned(host, &state, handle)?;
    let request = state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?;
    let found = request.buffer(side).ok_or(Stop::Status(STATUS_INVALID_DEVICE_REQUEST))?;
    // A length of 0 is too small even when nothing is required.
    let Some(address) = found.address().filter(|_| found.length >= minimum) else {
        return Err(Stop::Status(STATUS_BUFFER_TOO_SMALL));
    };
    buffer.write_if_any(address);
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

    /// Puts a request at the end of another queue; the driver does not own it any more.
    fn WdfRequestForwardToIoQueue(host, Request: WDFREQUEST, DestinationQueue: WDFQUEUE) -> NTSTATUS {
        let (request, queue) = {
            let state = host.state();
            let queue = state.objects.resolve::<Queue>(host, DestinationQueue, "DestinationQueue")?;
            let handle = state.objects.resolve::<Request>(host, Request, "Request")?;
            let handle = owned_unmarked(host, &state, handle)?;
            not_sent(host, &state, handle)?;
            (handle, queue)
        };
        io::present::forward(crate::host::host(), request, queue)
    }
}
