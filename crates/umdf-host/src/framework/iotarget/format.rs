//! Requests that are formatted with memory objects (`FxIoTargetFormatIo`, `FxIoTargetFormatIoctl`).

use wdk_portable::{
    NTSTATUS, PLONGLONG, PWDFMEMORY_OFFSET, STATUS_SUCCESS, ULONG, WDFIOTARGET, WDFIOTARGET__, WDFMEMORY,
    WDFMEMORY__, WDFMEMORY_OFFSET, WDFREQUEST, WDFREQUEST__,
};

use super::IoTarget;
use crate::framework::memory::MemoryObject;
use crate::framework::request::Request;
use crate::framework::request::checks::{is_in_hand, not_sent};
use crate::framework::request::outgoing::{Formatted, Piece};
use crate::framework::{Pointer, Stop, object};
use crate::host::{Host, State};

/// A memory object and which part of it.
type Buffer = (Pointer<WDFMEMORY__>, Pointer<WDFMEMORY_OFFSET>);

/// The part of a memory object that is meant; none without an object.
fn piece(host: &Host, state: &State, buffer: Buffer, name: &str) -> Result<Option<Piece>, Stop> {
    let (memory, offsets) = buffer;
    if memory.is_null() {
        return Ok(None);
    }
    let handle = state.objects.resolve::<MemoryObject>(host, memory, name)?;
    let memory = state.objects.get::<MemoryObject>(handle).ok_or(Stop::NoEffect)?;
    let offsets = if offsets.is_null() { None } else { Some(offsets.read(host, "Offsets")?) };
    let (offset, length) = memory.part(offsets)?;
    Ok(Some(Piece { memory: handle, offset, length }))
}

/// Formats a request with up to two buffers, which it references from here on.
fn format<const N: usize>(
    host: &Host,
    target: Pointer<WDFIOTARGET__>,
    request: Pointer<WDFREQUEST__>,
    buffers: [(Buffer, &str); N],
    formatted: impl FnOnce([Option<Piece>; N]) -> Formatted,
) -> Result<NTSTATUS, Stop> {
    let before = {
        let mut state = host.state();
        state.objects.resolve::<IoTarget>(host, target, "IoTarget")?;
        let handle = state.objects.resolve::<Request>(host, request, "Request")?;
        let mut pieces = [None; N];
        for (piece_at, (buffer, name)) in pieces.iter_mut().zip(buffers) {
            *piece_at = piece(host, &state, buffer, name)?;
        }
        is_in_hand(host, &state, handle)?;
        not_sent(host, &state, handle)?;
        let memories = pieces.into_iter().flatten().map(|piece| piece.memory);
        object::reference_all(host, &mut state, memories)?;
        let request = state.objects.get_mut::<Request>(handle).ok_or(Stop::NoEffect)?;
        request.outgoing.irp = true;
        request.outgoing.format(Some(formatted(pieces)))
    };
    object::release_all(host, before);
    Ok(STATUS_SUCCESS)
}

ddi! {
    /// Makes a request a read into a memory object.
    fn WdfIoTargetFormatRequestForRead(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        OutputBuffer: WDFMEMORY,
        OutputBufferOffset: PWDFMEMORY_OFFSET,
        DeviceOffset: PLONGLONG,
    ) -> NTSTATUS {
        let output = ((OutputBuffer, OutputBufferOffset), "OutputBuffer");
        format(host, IoTarget, Request, [output], |[output]| Formatted::Read(output))
    }

    /// Makes a request a write of a memory object.
    fn WdfIoTargetFormatRequestForWrite(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        InputBuffer: WDFMEMORY,
        InputBufferOffset: PWDFMEMORY_OFFSET,
        DeviceOffset: PLONGLONG,
    ) -> NTSTATUS {
        let input = ((InputBuffer, InputBufferOffset), "InputBuffer");
        format(host, IoTarget, Request, [input], |[input]| Formatted::Write(input))
    }

    /// Makes a request an I/O control request with memory objects.
    fn WdfIoTargetFormatRequestForIoctl(
        host,
        IoTarget: WDFIOTARGET,
        Request: WDFREQUEST,
        IoctlCode: ULONG,
        InputBuffer: WDFMEMORY,
        InputBufferOffset: PWDFMEMORY_OFFSET,
        OutputBuffer: WDFMEMORY,
        OutputBufferOffset: PWDFMEMORY_OFFSET,
    ) -> NTSTATUS {
        let input = ((InputBuffer, InputBufferOffset), "InputBuffer");
        let output = ((OutputBuffer, OutputBufferOffset), "OutputBuffer");
        format(host, IoTarget, Request, [input, output], |[input, output]| {
            Formatted::Control(IoctlCode, input, output)
        })
    }
}
