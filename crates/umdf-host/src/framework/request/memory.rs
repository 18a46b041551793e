//! The memory objects of a request: they belong to it and go with it.

use wdk_portable::{
    NTSTATUS, STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_DEVICE_REQUEST, STATUS_SUCCESS, WDFMEMORY, WDFREQUEST,
};

use super::checks::not_completed;
use super::{Request, Side};
use crate::framework::memory::MemoryObject;
use crate::framework::{Attributes, Handle, Objects, Pointer, Stop};
use crate::host::Host;

fn retrieve(
    host: &Host,
    request: Pointer<wdk_portable::WDFREQUEST__>,
    side: Side,
    memory: Pointer<WDFMEMORY>,
) -> Result<NTSTATUS, Stop> {
    let mut state = host.state();
    let handle = state.objects.resolve::<Request>(host, request, "Request")?;
    memory.require(host, "Memory")?;
    not_completed(host, &state, handle)?;
    let body = state.objects.get::<Request>(handle).ok_or(Stop::NoEffect)?;
    let buffer = body.buffer(side).ok_or(Stop::Status(STATUS_INVALID_DEVICE_REQUEST))?;
    let length = buffer.length;
    let address = buffer.address().ok_or(Stop::Status(STATUS_BUFFER_TOO_SMALL))?;
    let known = body.memories[side as usize];
    let object = known.unwrap_or_else(|| {
        let body = MemoryObject::over(address, length);
        state.objects.create(host, body, Some(handle), Attributes::default())
    });
    if let Some(body) = state.objects.get_mut::<Request>(handle) {
        body.memories[side as usize] = Some(object);
    }
    memory.write(host, "Memory", object.raw())?;
    Ok(STATUS_SUCCESS)
}

/// Whether a memory object is a part of a request and no object of its own (`handleapi.cpp`).
pub fn is_part(objects: &Objects, memory: Handle) -> bool {
    let request = objects.object(memory).and_then(|memory| objects.get::<Request>(memory.parent?));
    request.is_some_and(|request| request.memories.contains(&Some(memory)))
}

ddi! {
    /// The input bytes as a memory object.
    fn WdfRequestRetrieveInputMemory(host, Request: WDFREQUEST, Memory: *mut WDFMEMORY) -> NTSTATUS {
        retrieve(host, Request, Side::Input, Memory)
    }

    /// The place for the output bytes as a memory object.
    fn WdfRequestRetrieveOutputMemory(host, Request: WDFREQUEST, Memory: *mut WDFMEMORY) -> NTSTATUS {
        retrieve(host, Request, Side::Output, Memory)
    }
}
