//! Where the output of a request that was sent goes.

use wdk_portable::{NTSTATUS, STATUS_BUFFER_TOO_SMALL};

use super::Request;
use super::buffer::Buffer;
use crate::framework::memory::MemoryObject;
use crate::framework::{Handle, Objects};

/// Where the next lower driver puts its output.
#[derive(Clone, Copy, Default)]
pub enum Place {
    /// Nowhere.
    #[default]
    None,
    /// The output buffer of the request itself.
    Own,
    /// A part of a memory object.
    Memory {
        /// The object, to which the request has a reference.
        memory: Handle,
        /// Where the part begins, bytes.
        offset: usize,
        /// Its bytes.
        length: usize,
    },
    /// Memory of a driver that waits in a synchronous call.
    Raw {
        /// Its address.
        address: usize,
        /// Bytes.
        length: usize,
    },
}

impl Place {
    /// The memory object that it is in.
    pub fn memory(self) -> Option<Handle> {
        if let Self::Memory { memory, .. } = self { Some(memory) } else { None }
    }

    /// Puts the output there; the answer is status and information of the request.
    pub fn put(
        self,
        objects: &Objects,
        request: Option<Handle>,
        status: NTSTATUS,
        output: &[u8],
    ) -> (NTSTATUS, u64) {
        let fits = match self {
            Self::Own => {
                let request = request.and_then(|request| objects.get::<Request>(request));
                return Self::put_into(request.and_then(|request| request.kind.output()), status, output);
            }
            Self::Memory { memory, offset, length } => {
                let memory = objects.get::<MemoryObject>(memory);
                output.len() <= length && memory.is_some_and(|memory| memory.put(offset, output))
            }
            Self::Raw { address, length } if output.len() <= length => {
                let place = std::ptr::with_exposed_provenance_mut::<u8>(address);
                // SAFETY: the driver's buffer has `length` bytes; the call in which it passed the buffer
                // waits until the request has come back.
                unsafe { place.copy_from(output.as_ptr(), output.len()) };
                true
            }
            Self::None | Self::Raw { .. } => false,
        };
        Self::answer(fits, status, output)
    }

    /// The same for the output buffer of a request.
    pub fn put_into(buffer: Option<&Buffer>, status: NTSTATUS, output: &[u8]) -> (NTSTATUS, u64) {
        Self::answer(buffer.is_some_and(|buffer| buffer.put(output)), status, output)
    }

    fn answer(fits: bool, status: NTSTATUS, output: &[u8]) -> (NTSTATUS, u64) {
        match output.len() {
            0 => (status, 0),
            length if fits => (status, length as u64),
            _ => (STATUS_BUFFER_TOO_SMALL, 0),
        }
    }
}
