//! Taking requests out of a queue.

use wdk_portable::{
    _WDF_IO_QUEUE_DISPATCH_TYPE as Dispatch, NTSTATUS, PWDF_REQUEST_PARAMETERS,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER_4,
    STATUS_NO_MORE_ENTRIES, STATUS_NOT_FOUND, STATUS_SUCCESS, WDFFILEOBJECT, WDFQUEUE, WDFREQUEST,
};

use super::Queue;
use crate::framework::device::Device;
use crate::framework::fileobject::FileObject;
use crate::framework::request::{Request, caller};
use crate::framework::{Handle, Pointer, Stop};
use crate::host::{Host, State, host};
use crate::io::{complete, present};
use crate::status::STATUS_WDF_PAUSED;

/// Which request of a queue.
#[derive(Clone, Copy)]
enum Which {
    Next,
    OfFile(Handle),
    Found(Handle),
}

/// The first waiting request that is meant, after `tag` if there is one.
fn find(state: &State, queue: Handle, tag: Option<Handle>, file: Option<Handle>) -> Result<Handle, Stop> {
    let waiting = &state.objects.get::<Queue>(queue).ok_or(Stop::NoEffect)?.waiting;
    let start = match tag {
        None => 0,
        Some(tag) => {
            1 + waiting.iter().position(|request| *request == tag).ok_or(Stop::Status(STATUS_NOT_FOUND))?
        }
    };
    let of_file = |request: &Handle| {
        file.is_none() || state.objects.get::<Request>(*request).is_some_and(|request| request.file == file)
    };
    let found = waiting.iter().skip(start).find(|request| of_file(request));
    found.copied().ok_or(Stop::Status(STATUS_NO_MORE_ENTRIES))
}

fn retrieve(host: &Host, queue: Handle, which: Which, out: Pointer<WDFREQUEST>) -> Result<NTSTATUS, Stop> {
    out.write(host, "OutRequest", std::ptr::null_mut())?;
    loop {
        let mut state = host.state();
        let body = state.objects.get::<Queue>(queue).ok_or(Stop::NoEffect)?;
        let found = matches!(which, Which::Found(_));
        if found && !body.is_manual() {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        if body.kind() == Dispatch::WdfIoQueueDispatchParallel {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_STATE));
        }
        let powered = !body.power_managed
            || state.objects.get::<Device>(body.device).is_some_and(|device| device.presenting);
        if !powered || !body.dispatching {
            return Err(Stop::Status(STATUS_WDF_PAUSED));
        }
        let zero_length = body.config.AllowZeroLengthRequests != 0;
        let request = match which {
            Which::Next => find(&state, queue, None, None)?,
            Which::OfFile(file) => find(&state, queue, None, Some(file))?,
            Which::Found(request) if body.waiting.contains(&request) => request,
            Which::Found(_) => return Err(Stop::Status(STATUS_NOT_FOUND)),
        };
        present::hand_over(&mut state, queue, request);
        let empty =
            state.objects.get::<Request>(request).is_some_and(|request| request.kind.is_empty_transfer());
        drop(state);
        if !empty || zero_length {
            out.write(host, "OutRequest", request.raw())?;
            return Ok(STATUS_SUCCESS);
        }
        complete::complete(self::host(), request, STATUS_SUCCESS, Some(0));
    }
}

ddi! {
    /// The oldest request of a manual or sequential queue; the driver owns it then.
    fn WdfIoQueueRetrieveNextRequest(host, Queue: WDFQUEUE, OutRequest: *mut WDFREQUEST) -> NTSTATUS {
        let queue = host.state().objects.resolve::<Queue>(host, Queue, "Queue")?;
        retrieve(host, queue, Which::Next, OutRequest)
    }

    /// The oldest request that came through a file object.
    fn WdfIoQueueRetrieveRequestByFileObject(
        host,
        Queue: WDFQUEUE,
        FileObject: WDFFILEOBJECT,
        OutRequest: *mut WDFREQUEST,
    ) -> NTSTATUS {
        let queue = host.state().objects.resolve::<Queue>(host, Queue, "Queue")?;
        OutRequest.require(host, "OutRequest")?;
        let file = host.state().objects.resolve::<FileObject>(host, FileObject, "FileObject")?;
        retrieve(host, queue, Which::OfFile(file), OutRequest)
    }

    /// The request that `WdfIoQueueFindRequest` found.
    fn WdfIoQueueRetrieveFoundRequest(
        host,
        Queue: WDFQUEUE,
        FoundRequest: WDFREQUEST,
        OutRequest: *mut WDFREQUEST,
    ) -> NTSTATUS {
        let queue = host.state().objects.resolve::<Queue>(host, Queue, "Queue")?;
        OutRequest.require(host, "OutRequest")?;
        let request = host.state().objects.resolve::<Request>(host, FoundRequest, "FoundRequest")?;
        retrieve(host, queue, Which::Found(request), OutRequest)
    }

    /// Looks for a request without taking it. The driver gets a reference to it, not the request.
    fn WdfIoQueueFindRequest(
        host,
        Queue: WDFQUEUE,
        FoundRequest: WDFREQUEST,
        FileObject: WDFFILEOBJECT,
        Parameters: PWDF_REQUEST_PARAMETERS,
        OutRequest: *mut WDFREQUEST,
    ) -> NTSTATUS {
        let mut state = host.state();
        let queue = state.objects.resolve::<Queue>(host, Queue, "Queue")?;
        OutRequest.require(host, "OutRequest")?;
        let tag = if FoundRequest.is_null() {
            None
        } else {
            Some(state.objects.resolve::<Request>(host, FoundRequest, "FoundRequest")?)
        };
        let file = if FileObject.is_null() {
            None
        } else {
            Some(state.objects.resolve::<FileObject>(host, FileObject, "FileObject")?)
        };
        if !Parameters.is_null() && caller::is_too_short(Parameters) {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER_4));
        }
        OutRequest.write_if_any(std::ptr::null_mut());
        if !state.objects.get::<Queue>(queue).is_some_and(Queue::is_manual) {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        let request = find(&state, queue, tag, file)?;
        if let Some(parameters) = caller::parameters(&state, request) {
            Parameters.write_if_any(parameters);
        }
        if let Some(object) = state.objects.object_mut(request) {
            object.references += 1;
        }
        OutRequest.write_if_any(request.raw());
        Ok(STATUS_SUCCESS)
    }
}
