//! The program and the libraries of this process, as the loader describes them (`dl_iterate_phdr(3)`).

use std::ffi::{c_int, c_void};
use std::ops::{ControlFlow, Range};

use nix::libc::{self, Elf64_Phdr, dl_phdr_info};

/// The program or a library, while the loader shows it.
pub struct Library<'a> {
    /// What is added to the addresses in its file.
    base: u64,
    headers: &'a [Elf64_Phdr],
    /// Its thread-local statics of the current thread; NULL if this has none yet.
    pub thread_local: *mut u8,
}

/// A part of a library, from one of its program headers (`elf(5)`).
pub struct Part {
    /// `PT_LOAD`, ...
    pub kind: u32,
    /// `PF_W`, ...
    pub flags: u32,
    /// Its addresses in memory.
    pub place: Range<u64>,
    /// How many bytes of it, from the first on, are in the file. The others are zero.
    pub filled: u64,
}

impl Library<'_> {
    /// Its parts.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        self.headers.iter().map(|header| {
            let start = self.base.wrapping_add(header.p_vaddr);
            let place = start..start.wrapping_add(header.p_memsz);
            Part { kind: header.p_type, flags: header.p_flags, place, filled: header.p_filesz }
        })
    }
}

/// Who looks at the libraries, one after the other, as long as it goes on.
type Visitor<'a> = &'a mut dyn FnMut(&Library<'_>) -> ControlFlow<()>;

/// Shows each of them, the program first. What is loaded later is not among them.
pub fn visit(mut look: Visitor<'_>) {
    // SAFETY: the callback gets the visitor that it expects, and is not called after this returns.
    unsafe { libc::dl_iterate_phdr(Some(show), (&raw mut look).cast()) };
}

unsafe extern "C" fn show(library: *mut dl_phdr_info, _size: usize, look: *mut c_void) -> c_int {
    // SAFETY: `visit` passes its visitor, and is the only one that has it.
    let look = unsafe { &mut *look.cast::<Visitor<'_>>() };
    // SAFETY: the loader's description of a library, which stays until this returns.
    let library = unsafe { &*library };
    // SAFETY: the library has that many headers there.
    let headers = unsafe { std::slice::from_raw_parts(library.dlpi_phdr, library.dlpi_phnum.into()) };
    let thread_local = library.dlpi_tls_data.cast();
    let goes_on = look(&Library { base: library.dlpi_addr, headers, thread_local });
    c_int::from(goes_on.is_break())
}

#[cfg(test)]
mod tests {
    use nix::libc::{PF_X, PT_LOAD};

    use super::*;

    #[test]
    fn the_program_comes_first_and_a_visit_ends_when_it_likes() {
        let here = visit as *const ();
        let has_code = |library: &Library<'_>| {
            let code = library.parts().filter(|part| part.kind == PT_LOAD && part.flags & PF_X != 0);
            code.map(|part| part.place).any(|place| place.contains(&(here.addr() as u64)))
        };
        let mut found = Vec::new();
        visit(&mut |library| {
            found.push(has_code(library));
            ControlFlow::Continue(())
        });
        assert!(found.len() > 1 && found[0] && !found[1..].contains(&true), "{found:?}");
        let mut seen = 0;
        visit(&mut |_| {
            seen += 1;
            ControlFlow::Break(())
        });
        assert_eq!(seen, 1);
    }
}
