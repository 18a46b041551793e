//! Makes a loaded library again what it was right after loading: what it has in statics, and in the thread-local ones of
//! the thread that loaded it. Others begin with what every thread begins with, and a fiber takes its own along. Windows
//! does the same when it loads a driver that it has unloaded. What the library has on the heap is forgotten.

use std::cell::Cell;
use std::fs;
use std::ops::{ControlFlow, Range};

use nix::libc::{PF_W, PT_GNU_RELRO, PT_LOAD, PT_TLS};
use wdk_portable::loader::FxDriverEntryUm;

use super::libraries::{self, Part};
use crate::framework::pointer::native;
use crate::schedule::fibers;

/// Bytes of a page: what is read-only after loading ends at one.
const PAGE: usize = 4096;

/// The writable parts of a driver's library, by their addresses.
pub struct Fresh {
    /// Address of its entry point.
    inside: usize,
    parts: Vec<(usize, Vec<u8>)>,
    has_locals: bool,
    /// Those of the thread that loaded it, if what initialises it asked for one.
    locals: Option<Vec<u8>>,
}

/// A library, as the loader describes it.
struct Library {
    writable: Vec<Range<usize>>,
    /// What each thread gets a copy of, how many bytes of it are not zero, and the copy of the current thread if it
    /// has one.
    thread_local: Option<(Range<usize>, usize, *mut u8)>,
}

impl Library {
    fn of(library: &libraries::Library<'_>) -> Self {
        let of_kind = |wanted: u32| library.parts().filter(move |part| part.kind == wanted);
        // What the loader makes read-only when it has filled it in: whole pages.
        let read_only = of_kind(PT_GNU_RELRO).next().map_or(0..0, |part| place(&part));
        let read_only = read_only.start..read_only.end / PAGE * PAGE;
        let writable = of_kind(PT_LOAD).filter(|part| part.flags & PF_W != 0).map(|part| {
            let part = place(&part);
            let behind =
                if read_only.contains(&part.start) { read_only.end.min(part.end) } else { part.start };
            behind..part.end
        });
        let thread_local = of_kind(PT_TLS).next();
        let thread_local = thread_local.map(|part| (place(&part), native(part.filled), library.thread_local));
        Self { writable: writable.collect(), thread_local }
    }
}

impl Fresh {
    /// Remembers the library that has this entry point. `None`: it is in no library, or there is more than this thread.
    pub fn remember(entry: FxDriverEntryUm) -> Option<Self> {
        if !is_alone() {
            return None;
        }
        let inside = (entry as *const ()).expose_provenance();
        let library = library(inside)?;
        let has_locals = library.thread_local.is_some();
        let locals = library.thread_local.as_ref().and_then(Block::of).map(Block::bytes);
        let parts = library.writable.into_iter().map(|part| {
            let start: *const u8 = std::ptr::with_exposed_provenance(part.start);
            // SAFETY: the loader mapped it for reading and writing, and this thread is alone.
            let bytes = unsafe { std::slice::from_raw_parts(start, part.len()) };
            (part.start, bytes.to_vec())
        });
        Some(Self { inside, parts: parts.collect(), has_locals, locals })
    }

    /// Makes the library what it was. `false`: there is more than this thread, and some of it may run.
    pub fn restore(&'static self) -> bool {
        if !is_alone() {
            return false;
        }
        for (start, bytes) in &self.parts {
            let start: *mut u8 = std::ptr::with_exposed_provenance_mut(*start);
            // SAFETY: as long as it was, and nobody looks: this thread is in the host, and alone.
            unsafe { start.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        }
        DRIVER.set(Some(self));
        if let Some(block) = block() {
            // The thread that loaded it is the first one of each life.
            self.locals.as_ref().map_or_else(|| block.begin(), |bytes| block.put(bytes));
        }
        true
    }
}

thread_local! {
    /// The driver of this thread, which is the only one of the process.
    static DRIVER: Cell<Option<&'static Fresh>> = const { Cell::new(None) };
    /// Where it has its thread-local statics, once it has asked for one.
    static BLOCK: Cell<Option<Block>> = const { Cell::new(None) };
}

/// Thread-local statics of the current thread.
#[derive(Clone, Copy)]
struct Block {
    own: *mut u8,
    length: usize,
    /// What every thread begins with, and how many bytes of it are not zero.
    first: *const u8,
    filled: usize,
}

impl Block {
    /// A thread has none before it asks for one.
    fn of((whole, filled, own): &(Range<usize>, usize, *mut u8)) -> Option<Self> {
        let first = std::ptr::with_exposed_provenance(whole.start);
        (!own.is_null()).then(|| Self { own: *own, length: whole.len(), first, filled: *filled })
    }

    fn bytes(self) -> Vec<u8> {
        // SAFETY: the loader's block for this thread; the driver is in a framework call, or nothing of it runs, so it
        // does not write.
        unsafe { std::slice::from_raw_parts(self.own, self.length) }.to_vec()
    }

    /// Puts back what was taken from it.
    fn put(self, bytes: &[u8]) {
        // SAFETY: as long as the block, from which they were taken; the driver does not look, as above.
        unsafe { self.own.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }

    /// Makes them what a thread begins with.
    fn begin(self) {
        // SAFETY: inside the block; the driver is in a framework call, or nothing of it runs, so it does not look.
        unsafe { self.own.copy_from_nonoverlapping(self.first, self.filled) };
        // SAFETY: as above.
        unsafe { self.own.wrapping_add(self.filled).write_bytes(0, self.length - self.filled) };
    }
}

fn block() -> Option<Block> {
    let driver = DRIVER.get().filter(|driver| driver.has_locals)?;
    BLOCK.get().or_else(|| {
        let block = library(driver.inside)?.thread_local.as_ref().and_then(Block::of);
        BLOCK.set(block);
        block
    })
}

/// What the driver has in thread-local statics, on a fiber that has not its turn.
pub struct Locals(Option<Vec<u8>>);

/// Takes them off the thread, which has then what a thread begins with.
pub fn take_locals() -> Locals {
    Locals(block().map(|block| {
        let bytes = block.bytes();
        block.begin();
        bytes
    }))
}

/// Puts them on the thread, whose own were taken.
pub fn put_locals(Locals(bytes): Locals) {
    if let (Some(block), Some(bytes)) = (block(), bytes) {
        block.put(&bytes);
    }
}

/// Whether this process has one thread, which runs no fiber.
fn is_alone() -> bool {
    !fibers::is_on() && fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1)
}

/// The library that has this address.
fn library(inside: usize) -> Option<Library> {
    let mut found = None;
    libraries::visit(&mut |library| {
        if library.parts().any(|part| part.kind == PT_LOAD && place(&part).contains(&inside)) {
            found = Some(Library::of(library));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    found
}

fn place(part: &Part) -> Range<usize> {
    native(part.place.start)..native(part.place.end)
}
