//! `wdfmemory.h`: memory objects.

use std::ffi::c_void;

use wdk_portable::{
    NTSTATUS, POOL_TYPE, PVOID, PWDF_OBJECT_ATTRIBUTES, STATUS_BUFFER_TOO_SMALL,
    STATUS_INSUFFICIENT_RESOURCES, STATUS_INTEGER_OVERFLOW, STATUS_INVALID_BUFFER_SIZE,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ULONG, WDFMEMORY, WDFMEMORY_OFFSET,
};

use super::attributes::{self, Allowed};
use super::context::Memory;
use super::objects::{Handle, Objects};
use super::{Pointer, Stop, object};
use crate::host::Host;
use crate::rules::Rule;

/// What new memory holds, so that a driver that reads before it writes sees nonsense.
const POISON: u8 = 0xA5;

/// Where the bytes are.
enum Buffer {
    /// The object's own.
    Own(Memory),
    /// The driver's, which promises to keep them while the object uses them.
    Preallocated(*mut c_void),
}

// SAFETY: only the address is kept, which belongs to no thread; who follows it says why the bytes are there.
unsafe impl Send for Buffer {}

/// `WDFMEMORY`.
pub struct MemoryObject {
    buffer: Buffer,
    /// Bytes.
    length: usize,
}

impl MemoryObject {
    /// Memory of its own, with `POISON` in it.
    fn new(length: usize) -> Result<Self, Stop> {
        let memory = Memory::zeroed(length).ok_or(Stop::Status(STATUS_INSUFFICIENT_RESOURCES))?;
        // SAFETY: fresh memory of this length that nobody else knows.
        unsafe { memory.address().write_bytes(POISON, length) };
        Ok(Self { buffer: Buffer::Own(memory), length })
    }

    /// Memory of its own with these bytes.
    pub fn with(bytes: &[u8]) -> Result<Self, Stop> {
        let object = Self::new(bytes.len())?;
        // SAFETY: fresh memory of this length that nobody else knows.
        unsafe { object.address().cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        Ok(object)
    }

    /// Memory that somebody else keeps as long as the object.
    pub fn over(address: *mut c_void, length: usize) -> Self {
        Self { buffer: Buffer::Preallocated(address), length }
    }

    fn address(&self) -> *mut c_void {
        match &self.buffer {
            Buffer::Own(memory) => memory.address(),
            Buffer::Preallocated(address) => *address,
        }
    }

    /// Where the part that the offsets name begins, and its bytes; without offsets, everything.
    pub fn part(&self, offsets: Option<WDFMEMORY_OFFSET>) -> Result<(usize, usize), Stop> {
        let offsets = offsets.unwrap_or_default();
        let end = offsets.BufferOffset.checked_add(offsets.BufferLength);
        if end.is_none_or(|end| end > self.length) {
            return Err(Stop::Status(STATUS_INTEGER_OVERFLOW));
        }
        // No length means all that is left.
        let length =
            if offsets.BufferLength > 0 { offsets.BufferLength } else { self.length - offsets.BufferOffset };
        Ok((offsets.BufferOffset, length))
    }

    /// A copy of the part that the offsets name; without them, of everything.
    pub fn bytes(&self, offsets: Option<WDFMEMORY_OFFSET>) -> Result<Vec<u8>, Stop> {
        let (offset, length) = self.part(offsets)?;
        let mut bytes = vec![0; length];
        let start = self.address().cast::<u8>().wrapping_add(offset);
        // SAFETY: inside the buffer, as checked; the driver does not write it during this call.
        unsafe { start.copy_to_nonoverlapping(bytes.as_mut_ptr(), length) };
        Ok(bytes)
    }

    /// Puts bytes into it; `false` if it is too short for them.
    pub fn put(&self, offset: usize, bytes: &[u8]) -> bool {
        if self.length.checked_sub(offset).is_none_or(|left| bytes.len() > left) {
            return false;
        }
        let start = self.address().cast::<u8>().wrapping_add(offset);
        // SAFETY: inside the buffer, as checked; a driver that gave it keeps it while the object lives.
        unsafe { start.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        true
    }
}

/// The object behind a handle, to read.
pub fn resolve<'a>(
    host: &Host,
    objects: &'a Objects,
    memory: Pointer<impl Sized>,
    argument: &str,
) -> Result<&'a MemoryObject, Stop> {
    let handle = objects.resolve::<MemoryObject>(host, memory, argument)?;
    objects.get::<MemoryObject>(handle).ok_or(Stop::NoEffect)
}

/// Refuses a buffer that is NULL or has no bytes.
fn require_bytes(host: &Host, buffer: Pointer<c_void>, size: usize) -> Result<(), Stop> {
    buffer.require(host, "Buffer")?;
    if size == 0 { Err(Stop::Status(STATUS_INVALID_PARAMETER)) } else { Ok(()) }
}

ddi! {
    /// Makes a memory object with a buffer of its own.
    fn WdfMemoryCreate(
        host,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        PoolType: POOL_TYPE,
        PoolTag: ULONG,
        BufferSize: usize,
        Memory: *mut WDFMEMORY,
        Buffer: *mut PVOID,
    ) -> NTSTATUS {
        let mut state = host.state();
        Memory.require(host, "Memory")?;
        if BufferSize == 0 {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        Memory.write(host, "Memory", std::ptr::null_mut())?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, Attributes, allowed)?;
        let body = MemoryObject::new(BufferSize)?;
        let address = body.address();
        let memory = object::create_below_driver(host, &mut state, body, attributes)?;
        Memory.write(host, "Memory", memory.raw())?;
        Buffer.write_if_any(address);
        Ok(STATUS_SUCCESS)
    }

    /// Makes a memory object for a buffer of the driver.
    fn WdfMemoryCreatePreallocated(
        host,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        Buffer: PVOID,
        BufferSize: usize,
        Memory: *mut WDFMEMORY,
    ) -> NTSTATUS {
        let mut state = host.state();
        Buffer.require(host, "Buffer")?;
        Memory.write(host, "Memory", std::ptr::null_mut())?;
        require_bytes(host, Buffer, BufferSize)?;
        let allowed = Allowed { parent: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, Attributes, allowed)?;
        let body = MemoryObject { buffer: Buffer::Preallocated(Buffer.raw()), length: BufferSize };
        let memory = object::create_below_driver(host, &mut state, body, attributes)?;
        Memory.write(host, "Memory", memory.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Gives a memory object that was made for a buffer of the driver another one.
    fn WdfMemoryAssignBuffer(host, Memory: WDFMEMORY, Buffer: PVOID, BufferSize: usize) -> NTSTATUS {
        let mut state = host.state();
        let handle = preallocated(host, &state.objects, Memory)?;
        require_bytes(host, Buffer, BufferSize)?;
        if let Some(memory) = state.objects.get_mut::<MemoryObject>(handle) {
            *memory = MemoryObject { buffer: Buffer::Preallocated(Buffer.raw()), length: BufferSize };
        }
        Ok(STATUS_SUCCESS)
    }

    /// The buffer and its length.
    fn WdfMemoryGetBuffer(host, Memory: WDFMEMORY, BufferSize: *mut usize) -> PVOID {
        let state = host.state();
        let memory = resolve(host, &state.objects, Memory, "Memory")?;
        BufferSize.write_if_any(memory.length);
        Ok(memory.address())
    }

    /// Copies out of a memory object.
    fn WdfMemoryCopyToBuffer(
        host,
        SourceMemory: WDFMEMORY,
        SourceOffset: usize,
        Buffer: PVOID,
        NumBytesToCopyTo: usize,
    ) -> NTSTATUS {
        let state = host.state();
        let memory = resolve(host, &state.objects, SourceMemory, "SourceMemory")?;
        require_bytes(host, Buffer, NumBytesToCopyTo)?;
        // What the source does not have is a buffer that is too small.
        if memory.length.checked_sub(SourceOffset).is_none_or(|left| NumBytesToCopyTo > left) {
            return Err(Stop::Status(STATUS_BUFFER_TOO_SMALL));
        }
        let source = memory.address().cast::<u8>().wrapping_add(SourceOffset);
        // SAFETY: inside the memory, as checked; the driver's buffer has that many bytes. They may overlap.
        unsafe { source.copy_to(Buffer.raw().cast(), NumBytesToCopyTo) };
        Ok(STATUS_SUCCESS)
    }

    /// Copies into a memory object.
    fn WdfMemoryCopyFromBuffer(
        host,
        DestinationMemory: WDFMEMORY,
        DestinationOffset: usize,
        Buffer: PVOID,
        NumBytesToCopyFrom: usize,
    ) -> NTSTATUS {
        let state = host.state();
        let memory = resolve(host, &state.objects, DestinationMemory, "DestinationMemory")?;
        require_bytes(host, Buffer, NumBytesToCopyFrom)?;
        // What the destination has no place for is an invalid size.
        if memory.length.checked_sub(DestinationOffset).is_none_or(|left| NumBytesToCopyFrom > left) {
            return Err(Stop::Status(STATUS_INVALID_BUFFER_SIZE));
        }
        let destination = memory.address().cast::<u8>().wrapping_add(DestinationOffset);
        // SAFETY: inside the memory, as checked; the driver's buffer has that many bytes. They may overlap.
        unsafe { destination.copy_from(Buffer.raw().cast(), NumBytesToCopyFrom) };
        Ok(STATUS_SUCCESS)
    }
}

/// A memory object that has no buffer of its own.
fn preallocated(host: &Host, objects: &Objects, memory: Pointer<impl Sized>) -> Result<Handle, Stop> {
    let handle = objects.resolve::<MemoryObject>(host, memory, "Memory")?;
    if objects.get::<MemoryObject>(handle).is_some_and(|memory| matches!(memory.buffer, Buffer::Own(_))) {
        let message = format!("Memory is {}, which has a buffer of its own", objects.name(handle));
        return Err(host.violation(Rule::HandleNullOrType, message));
    }
    Ok(handle)
}
