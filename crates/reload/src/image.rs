//! The driver's DLL in this process.

// UNSAFETY: loads a library, and changes which functions it imports.
#![expect(unsafe_code, reason = "the loader's interface")]

use std::ffi::c_void;
use std::fs;
use std::path::{Path, PathBuf};
use std::ptr::null;

use anyhow::{Context, Result, ensure};
use libloading::os::windows::Library;
use object::LittleEndian;
use object::pe::IMAGE_DIRECTORY_ENTRY_IAT;
use object::read::pe::PeFile64;
use windows_sys::Win32::System::LibraryLoader::GetModuleHandleW;
use windows_sys::Win32::System::Memory::{PAGE_READWRITE, VirtualProtect};

use crate::etw;
use crate::framework::Entry;

/// A loaded DLL.
pub struct Image {
    library: Library,
    path: PathBuf,
}

impl Image {
    /// Loads the DLL, and lets it call the ETW of this program.
    pub fn load(path: &Path) -> Result<Self> {
        // SAFETY: the DLL is this repository's driver, which does nothing when it is loaded.
        let library = unsafe { Library::new(path) }.with_context(|| path.display().to_string())?;
        let image = Self { library, path: path.into() };
        ensure!(!image.base().is_null(), "the loader does not know what it has just loaded");
        image.redirect()?;
        Ok(image)
    }

    /// Its entry point.
    pub fn entry(&self) -> Result<Entry> {
        // SAFETY: the symbol of that name has this type.
        Ok(*unsafe { self.library.get::<Entry>(b"FxDriverEntryUm\0") }?)
    }

    /// Unloads it. Fails if it is still there then.
    pub fn unload(self) -> Result<()> {
        let Self { library, path } = self;
        library.close()?;
        ensure!(base(&path).is_null(), "the image is still there");
        Ok(())
    }

    fn base(&self) -> *mut c_void {
        base(&self.path)
    }

    /// Puts the functions of [`etw`] in the places of the imported ones.
    fn redirect(&self) -> Result<()> {
        let file = fs::read(&self.path)?;
        let file = PeFile64::parse(&*file)?;
        let table = file.data_directory(IMAGE_DIRECTORY_ENTRY_IAT).context("the DLL imports nothing")?;
        let (start, size) = (table.virtual_address.get(LittleEndian), table.size.get(LittleEndian));
        let count = size as usize / size_of::<*const c_void>();
        let first = self.base().wrapping_byte_add(start as usize).cast::<*const c_void>();
        let mut before = 0;
        // SAFETY: the table lies in the loaded image, and nothing of it runs yet.
        let writable =
            unsafe { VirtualProtect(first.cast(), size as usize, PAGE_READWRITE, &raw mut before) };
        ensure!(writable != 0, "the table of imports cannot be changed");
        // SAFETY: as above; the loader has filled the table, which is so many addresses long.
        let table = unsafe { std::slice::from_raw_parts_mut(first, count) };
        // SAFETY: a library of the system.
        let system = unsafe { Library::new("ADVAPI32.dll") }?;
        for (name, own) in etw::functions() {
            // SAFETY: only its address is used.
            let theirs = *unsafe { system.get::<*const c_void>(name.as_bytes()) }?;
            let mut places = table.iter_mut().filter(|place| **place == theirs).peekable();
            ensure!(places.peek().is_some(), "the DLL does not import {name}");
            places.for_each(|place| *place = own);
        }
        Ok(())
    }
}

/// Where a DLL is loaded; NULL if it is not.
fn base(path: &Path) -> *mut c_void {
    use std::os::windows::ffi::OsStrExt;
    let Some(name) = path.file_name() else { return null::<c_void>().cast_mut() };
    let name: Vec<u16> = name.encode_wide().chain([0]).collect();
    // SAFETY: the name ends with a NUL.
    unsafe { GetModuleHandleW(name.as_ptr()) }
}
