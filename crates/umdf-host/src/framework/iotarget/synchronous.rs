//! Requests that the driver sends and waits for in one call (`FxIoTargetSendIo`, `FxIoTargetSendIoctl`).

use wdk_portable::{
    _WDF_MEMORY_DESCRIPTOR_TYPE as DescriptorType, NTSTATUS, PLONGLONG, PULONG_PTR, PWDF_MEMORY_DESCRIPTOR,
    PWDF_REQUEST_SEND_OPTIONS, STATUS_INSUFFICIENT_RESOURCES, STATUS_INVALID_PARAMETER, ULONG,
    WDF_MEMORY_DESCRIPTOR, WDF_REQUEST_SEND_OPTIONS, WDFIOTARGET, WDFIOTARGET__, WDFREQUEST, WDFREQUEST__,
};

use super::IoTarget;
use super::options::SendOptions;
use crate::framework::memory::MemoryObject;
use crate::framework::request::outgoing::Load;
use crate::framework::request::place::Place;
use crate::framework::request::{self, Request};
use crate::framework::{Handle, Pointer, Stop, object};
use crate::host::{Host, State};
use crate::io::send::{Order, Return};

/// What a memory descriptor describes.
#[derive(Clone, Copy)]
enum Described {
    Place(Place),
    /// An MDL, which has no address in user mode.
    Mdl,
}

/// The descriptor in the driver's memory; NULL means no buffer.
fn describe(
    host: &Host,
    state: &State,
    descriptor: Pointer<WDF_MEMORY_DESCRIPTOR>,
) -> Result<Described, Stop> {
    let invalid = Err(Stop::Status(STATUS_INVALID_PARAMETER));
    if descriptor.is_null() {
        return Ok(Described::Place(Place::None));
    }
    let descriptor = descriptor.read(host, "MemoryDescriptor")?;
    match descriptor.Type {
        DescriptorType::WdfMemoryDescriptorTypeBuffer => {
            // SAFETY: the type says which member it is.
            let buffer = unsafe { descriptor.u.BufferType };
            if buffer.Buffer.is_null() {
                return invalid;
            }
            let address = buffer.Buffer.expose_provenance();
            Ok(Described::Place(Place::Raw { address, length: buffer.Length as usize }))
        }
        DescriptorType::WdfMemoryDescriptorTypeMdl => {
            // SAFETY: as above.
            let mdl = unsafe { descriptor.u.MdlType };
            if mdl.Mdl.is_null() { invalid } else { Ok(Described::Mdl) }
        }
        DescriptorType::WdfMemoryDescriptorTypeHandle => {
            // SAFETY: as above.
            let given = unsafe { descriptor.u.HandleType };
            if given.Memory.is_null() {
                return invalid;
            }
            // SAFETY: a handle is never dereferenced.
            let memory = unsafe { Pointer::new(given.Memory) };
            let handle = state.objects.resolve::<MemoryObject>(host, memory, "Memory")?;
            // SAFETY: NULL, or the driver's offsets, which live until the call returns.
            let offsets = unsafe { Pointer::new(given.Offsets) };
            let offsets = if offsets.is_null() { None } else { Some(offsets.read(host, "Offsets")?) };
            let memory = state.objects.get::<MemoryObject>(handle).ok_or(Stop::NoEffect)?;
            let (offset, length) = memory.part(offsets)?;
            Ok(Described::Place(Place::Memory { memory: handle, offset, length }))
        }
        _ => invalid,
    }
}

/// Takes whatever format a request has.
fn unformat(host: &Host, request: Handle) {
    let memories = {
        let mut state = host.state();
        let body = state.objects.get_mut::<Request>(request).map(|request| &mut request.outgoing);
        let Some(outgoing) = body.filter(|outgoing| outgoing.sent.is_none()) else { return };
        outgoing.format(None)
    };
    object::release_all(host, memories);
}

/// What a call sends.
struct Call {
    target: Pointer<WDFIOTARGET__>,
    request: Pointer<WDFREQUEST__>,
    code: Option<u32>,
    input: Pointer<WDF_MEMORY_DESCRIPTOR>,
    output: Pointer<WDF_MEMORY_DESCRIPTOR>,
    options: Pointer<WDF_REQUEST_SEND_OPTIONS>,
    bytes: Pointer<u64>,
}

fn send(host: &Host, call: &Call) -> Result<NTSTATUS, Stop> {
    let (target, request) = {
        let state = host.state();
        let target = state.objects.resolve::<IoTarget>(host, call.target, "IoTarget")?;
        let request = if call.request.is_null() {
            None
        } else {
            Some(state.objects.resolve::<Request>(host, call.request, "Request")?)
        };
        (target, request)
    };
    if let Some(request) = request {
        unformat(host, request);
    }
    let options = SendOptions::read(host, call.options, false)?;
    let mut state = host.state();
    let described = [describe(host, &state, call.input)?, describe(host, &state, call.output)?];
    if let Some(request) = request {
        request::send::check_sendable(host, &state, request)?;
    }
    let [Described::Place(input), Described::Place(output)] = described else {
        return Err(Stop::Status(STATUS_INSUFFICIENT_RESOURCES));
    };
    let memories: Vec<_> = [input, output].into_iter().filter_map(Place::memory).collect();
    object::reference_all(host, &mut state, memories.iter().copied())?;
    if let Some(request) = request.and_then(|request| state.objects.get_mut::<Request>(request)) {
        request.outgoing.irp = true;
        request.outgoing.routine = None;
    }
    let order = Order {
        target,
        request,
        load: Load { code: call.code, output },
        ignores_state: options.ignores_state,
        timeout: None,
        waiter: None,
    };
    let sent = request::send::synchronously(state, order, options.timeout);
    object::release_all(host, memories);
    let came_back = match sent {
        Ok(came_back) => came_back,
        Err(Stop::Status(status)) => {
            if let Some(request) = request {
                request::send::refuse(host, &mut host.state(), request, status);
            }
            Return { status, information: 0 }
        }
        Err(stop) => return Err(stop),
    };
    call.bytes.write_if_any(came_back.information);
    Ok(came_back.status)
}

ddi! {
    /// Sends a read and waits for its end.
    fn WdfIoTargetSendReadSynchronously(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        OutputBuffer: PWDF_MEMORY_DESCRIPTOR,
        DeviceOffset: PLONGLONG,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesRead: PULONG_PTR,
    ) -> NTSTATUS {
        let call = Call {
            target: IoTarget,
            request: Request,
            code: None,
            input: Pointer::null(),
            output: OutputBuffer,
            options: RequestOptions,
            bytes: BytesRead,
        };
        send(host, &call)
    }

    /// Sends a write and waits for its end.
    fn WdfIoTargetSendWriteSynchronously(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        InputBuffer: PWDF_MEMORY_DESCRIPTOR,
        DeviceOffset: PLONGLONG,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesWritten: PULONG_PTR,
    ) -> NTSTATUS {
        let call = Call {
            target: IoTarget,
            request: Request,
            code: None,
            input: InputBuffer,
            output: Pointer::null(),
            options: RequestOptions,
            bytes: BytesWritten,
        };
        send(host, &call)
    }

    /// Sends an I/O control request and waits for its end.
    fn WdfIoTargetSendIoctlSynchronously(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        IoctlCode: ULONG,
        InputBuffer: PWDF_MEMORY_DESCRIPTOR,
        OutputBuffer: PWDF_MEMORY_DESCRIPTOR,
        RequestOptions: PWDF_REQUEST_SEND_OPTIONS,
        BytesReturned: PULONG_PTR,
    ) -> NTSTATUS {
        let call = Call {
            target: IoTarget,
            request: Request,
            code: Some(IoctlCode),
            input: InputBuffer,
            output: OutputBuffer,
            options: RequestOptions,
            bytes: BytesReturned,
        };
        send(host, &call)
    }
}
