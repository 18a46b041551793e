//! Makes a loaded library again what it was right after loading: what it has in statics and, for the current
//! thread, in thread-local ones; those a fiber takes along. Windows does the same when it loads a driver that it has unloaded. What the library
//! has on the heap is forgotten.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::fs;
use std::ops::Range;

use nix::libc::{self, PF_W, PT_GNU_RELRO, PT_LOAD, PT_TLS, dl_phdr_info};
use wdk_portable::loader::FxDriverEntryUm;

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

/// A search among the libraries.
struct Search {
    inside: usize,
    found: Option<Library>,
}

fn library(inside: usize) -> Option<Library> {
    let mut search = Search { inside, found: None };
    // SAFETY: the callback gets what it expects, and is not called after this returns.
    unsafe { libc::dl_iterate_phdr(Some(look), (&raw mut search).cast()) };
    search.found
}

unsafe extern "C" fn look(library: *mut dl_phdr_info, _size: usize, search: *mut c_void) -> c_int {
    // SAFETY: `library()` passes its search, and is the only one that has it.
    let search = unsafe { &mut *search.cast::<Search>() };
    // SAFETY: the loader's description of a library, which stays until this returns.
    let library = unsafe { &*library };
    // SAFETY: the library has that many headers there.
    let headers = unsafe { std::slice::from_raw_parts(library.dlpi_phdr, library.dlpi_phnum.into()) };
    let place = |header: &libc::Elf64_Phdr| {
        let start = native(library.dlpi_addr.wrapping_add(header.p_vaddr));
        start..start.wrapping_add(native(header.p_memsz))
    };
    let of_type = |wanted: u32| headers.iter().filter(move |header| header.p_type == wanted);
    if !of_type(PT_LOAD).any(|header| place(header).contains(&search.inside)) {
        return 0;
    }
    // What the loader makes read-only when it has filled it in: whole pages.
    let read_only = of_type(PT_GNU_RELRO).next().map_or(0..0, place);
    let read_only = read_only.start..read_only.end / PAGE * PAGE;
    let writable = of_type(PT_LOAD).filter(|header| header.p_flags & PF_W != 0).map(|header| {
        let part = place(header);
        let behind = if read_only.contains(&part.start) { read_only.end.min(part.end) } else { part.start };
        behind..part.end
    });
    let thread_local = of_type(PT_TLS).next();
    search.found = Some(Library {
        writable: writable.collect(),
        thread_local: thread_local
            .map(|header| (place(header), native(header.p_filesz), library.dlpi_tls_data.cast())),
    });
    1
}
