//! Context memory of an object.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ffi::c_void;
use std::ptr::NonNull;

use wdk_portable::{PFN_WDF_OBJECT_CONTEXT_CLEANUP, PFN_WDF_OBJECT_CONTEXT_DESTROY};

use super::Handle;
use crate::own;

/// Alignment of context memory: that of the heap on 64-bit Windows.
const ALIGNMENT: usize = 16;

/// One context of an object: memory of one type, or only a pair of callbacks.
pub struct Context {
    /// Address of the type information; it is the identity of the type.
    pub type_address: Option<usize>,
    /// The memory, if the context has a type.
    pub memory: Option<Memory>,
    /// Runs when the object is deleted.
    pub cleanup: PFN_WDF_OBJECT_CONTEXT_CLEANUP,
    /// Runs when the last reference is gone.
    pub destroy: PFN_WDF_OBJECT_CONTEXT_DESTROY,
}

/// Zeroed memory that the driver uses through its address.
pub struct Memory {
    start: NonNull<u8>,
    layout: Layout,
}

// SAFETY: the allocation is this value's alone and belongs to no thread: any may free it. No reference to the
// bytes is ever handed out, only their address; who follows it says there why the memory is still kept and who
// else may have it.
unsafe impl Send for Memory {}

impl Memory {
    /// Zeroed memory; `None` if there is none of that size.
    pub fn zeroed(size: usize) -> Option<Self> {
        let layout = Layout::from_size_align(size.max(1), ALIGNMENT).ok()?;
        // SAFETY: the layout is at least one byte long.
        let start = unsafe { alloc_zeroed(layout) };
        Some(Self { start: NonNull::new(start)?, layout })
    }

    /// Where the driver finds it.
    pub fn address(&self) -> *mut c_void {
        self.start.as_ptr().cast()
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: allocated in `zeroed` with this layout, freed once.
        unsafe { dealloc(self.start.as_ptr(), self.layout) };
    }
}

/// The driver looked on this thread for a context of an object, and got it or a NULL.
pub fn looked_for(object: Handle, found: bool) {
    own::change(|own| own.absent = (!found).then_some(object));
}

/// The object of which this thread wanted a context last, if it got a NULL.
#[cfg_attr(not(maps_registers), expect(dead_code, reason = "no fault is looked at"))]
pub fn absent() -> Option<Handle> {
    own::get().absent
}
