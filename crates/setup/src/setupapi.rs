//! The set-up API, as much of it as is used here (Microsoft Learn, "SetupAPI Reference").

// UNSAFETY: a C interface.
#![expect(unsafe_code, reason = "the set-up API is a C interface")]

use std::ffi::{OsStr, c_void};
use std::io::{Error, ErrorKind};
use std::os::windows::ffi::OsStrExt;
use std::path::Path;
use std::ptr::{null, null_mut};

use anyhow::{Context, Result, ensure};
use windows_sys::Win32::Devices::DeviceAndDriverInstallation::{
    INF_STYLE_WIN4, INFCONTEXT, SRCINFO_DESCRIPTION, SetupCloseFileQueue, SetupCloseInfFile,
    SetupCommitFileQueueW, SetupDefaultQueueCallbackW, SetupDiGetActualSectionToInstallW,
    SetupEnumInfSectionsW, SetupFindFirstLineW, SetupFindNextMatchLineW, SetupGetFieldCount,
    SetupGetLineByIndexW, SetupGetLineCountW, SetupGetSourceFileLocationW, SetupGetSourceInfoW,
    SetupGetStringFieldW, SetupGetTargetPathW, SetupInitDefaultQueueCallback,
    SetupInstallFilesFromInfSectionW, SetupOpenAppendInfFileW, SetupOpenFileQueue, SetupOpenInfFileW,
    SetupTermDefaultQueueCallback,
};

/// Longest text that is read: more than any line of an INF has.
const LONGEST: u32 = 4096;
/// `INVALID_HANDLE_VALUE`.
const INVALID: *mut c_void = null_mut::<c_void>().wrapping_byte_sub(1);

/// An open INF.
pub struct InfFile(*mut c_void);

/// A line of it.
pub struct Line(INFCONTEXT);

/// Text with its NUL.
fn wide(text: impl AsRef<OsStr>) -> Vec<u16> {
    text.as_ref().encode_wide().chain([0]).collect()
}

/// Calls with a buffer; the text that came, or None if the call says no.
fn text(call: impl FnOnce(*mut u16, u32) -> i32) -> Option<String> {
    let mut buffer = vec![0; LONGEST as usize];
    if call(buffer.as_mut_ptr(), LONGEST) == 0 {
        return None;
    }
    let length = buffer.iter().position(|unit| *unit == 0)?;
    Some(String::from_utf16_lossy(&buffer[..length]))
}

/// Fails with the system's last error if the call said no.
fn check(done: i32, what: impl FnOnce() -> String) -> Result<()> {
    let error = Error::last_os_error();
    ensure!(done != 0, "{}: {error}", what());
    Ok(())
}

impl InfFile {
    pub fn open(path: &Path) -> Result<Self> {
        let mut line = 0;
        let name = wide(path);
        // SAFETY: the name ends with a NUL.
        let file = unsafe { SetupOpenInfFileW(name.as_ptr(), null(), INF_STYLE_WIN4, &raw mut line) };
        let error = Error::last_os_error();
        ensure!(file != INVALID, "{}, line {line}: {error}", path.display());
        Ok(Self(file))
    }

    /// Adds the sections of another INF, one of the system's; whether there is such an INF.
    pub fn include(&self, name: &str) -> Result<bool> {
        let mut line = 0;
        let wide_name = wide(name);
        // SAFETY: the INF is open, and the name ends with a NUL.
        let done = unsafe { SetupOpenAppendInfFileW(wide_name.as_ptr(), self.0, &raw mut line) };
        let error = Error::last_os_error();
        if done == 0 && error.kind() == ErrorKind::NotFound {
            return Ok(false);
        }
        ensure!(done != 0, "{name}, line {line}: {error}");
        Ok(true)
    }

    /// The names of its sections.
    pub fn sections(&self) -> Vec<String> {
        let name = |index| {
            // SAFETY: the INF is open, and the buffer has that length.
            text(|buffer, size| unsafe { SetupEnumInfSectionsW(self.0, index, buffer, size, null_mut()) })
        };
        (0..).map_while(name).collect()
    }

    /// All lines of a section.
    pub fn lines(&self, section: &str) -> Result<Vec<Line>> {
        let name = wide(section);
        // SAFETY: the INF is open, and the name ends with a NUL.
        let count = unsafe { SetupGetLineCountW(self.0, name.as_ptr()) };
        let count = u32::try_from(count).ok().with_context(|| format!("[{section}] is not there"))?;
        let line = |index| {
            let mut line = INFCONTEXT::default();
            // SAFETY: as above.
            let done = unsafe { SetupGetLineByIndexW(self.0, name.as_ptr(), index, &raw mut line) };
            check(done, || format!("[{section}], line {index}"))?;
            Ok(Line(line))
        };
        (0..count).map(line).collect()
    }

    /// The lines of a section with that key.
    pub fn find(&self, section: &str, key: &str) -> Vec<Line> {
        let (section, key) = (wide(section), wide(key));
        let mut found = Vec::new();
        let mut line = INFCONTEXT::default();
        // SAFETY: the INF is open, and both names end with a NUL.
        let mut more = unsafe { SetupFindFirstLineW(self.0, section.as_ptr(), key.as_ptr(), &raw mut line) };
        while more != 0 {
            found.push(Line(line));
            let mut next = INFCONTEXT::default();
            // SAFETY: the line is one of an open INF, and the key ends with a NUL.
            more = unsafe { SetupFindNextMatchLineW(&raw const line, key.as_ptr(), &raw mut next) };
            line = next;
        }
        found
    }

    /// An install section with the decoration that fits the system.
    pub fn decorated(&self, section: &str) -> Result<String> {
        let name = wide(section);
        let found = text(|buffer, size| {
            let (required, extension) = (null_mut(), null_mut());
            // SAFETY: the INF is open, the name ends with a NUL, and the buffer has that length.
            unsafe {
                SetupDiGetActualSectionToInstallW(self.0, name.as_ptr(), buffer, size, required, extension)
            }
        });
        found.with_context(|| format!("[{section}] has no decoration that fits: {}", Error::last_os_error()))
    }

    /// The folder of a file in the package, and what its disk is called.
    pub fn source(&self, file: &str) -> Result<(String, String)> {
        let name = wide(file);
        let mut disk = 0;
        // SAFETY: the INF is open, the name ends with a NUL, and the buffer has that length.
        let folder = text(|buffer, size| unsafe {
            SetupGetSourceFileLocationW(
                self.0,
                null(),
                name.as_ptr(),
                &raw mut disk,
                buffer,
                size,
                null_mut(),
            )
        });
        let folder = folder.with_context(|| {
            format!("{file} is not in [SourceDisksFiles], or its disk is not in [SourceDisksNames]")
        })?;
        // SAFETY: as above.
        let label = text(|buffer, size| unsafe {
            SetupGetSourceInfoW(self.0, disk, SRCINFO_DESCRIPTION, buffer, size, null_mut())
        });
        Ok((folder, label.with_context(|| format!("disk {disk} is not in [SourceDisksNames]"))?))
    }

    /// The folder that a list of files goes to.
    pub fn target(&self, list: &str) -> Result<String> {
        let name = wide(list);
        // SAFETY: the INF is open, the name ends with a NUL, and the buffer has that length.
        let folder = text(|buffer, size| unsafe {
            SetupGetTargetPathW(self.0, null(), name.as_ptr(), buffer, size, null_mut())
        });
        folder.with_context(|| format!("[{list}] goes nowhere: {}", Error::last_os_error()))
    }

    /// Copies the files of an install section from a folder.
    pub fn copy_files(&self, section: &str, from: &Path) -> Result<()> {
        let queue = Queue::open()?;
        let (name, from) = (wide(section), wide(from));
        // SAFETY: the INF and the queue are open, and both names end with a NUL.
        let queued = unsafe {
            SetupInstallFilesFromInfSectionW(self.0, null(), queue.0, name.as_ptr(), from.as_ptr(), 0)
        };
        check(queued, || format!("[{section}]: its files cannot be queued"))?;
        queue.commit().with_context(|| format!("[{section}]: its files cannot be copied"))
    }
}

impl Drop for InfFile {
    fn drop(&mut self) {
        // SAFETY: it is open.
        unsafe { SetupCloseInfFile(self.0) };
    }
}

impl Line {
    /// Its key; None if it has none.
    pub fn key(&self) -> Option<String> {
        self.field(0)
    }

    /// Its values.
    pub fn values(&self) -> Vec<String> {
        // SAFETY: the line is one of an open INF.
        let count = unsafe { SetupGetFieldCount(&raw const self.0) };
        (1..=count).map(|index| self.field(index).unwrap_or_default()).collect()
    }

    fn field(&self, index: u32) -> Option<String> {
        // SAFETY: the line is one of an open INF, and the buffer has that length.
        text(|buffer, size| unsafe {
            SetupGetStringFieldW(&raw const self.0, index, buffer, size, null_mut())
        })
    }
}

/// Files that are to be copied.
struct Queue(*mut c_void);

impl Queue {
    fn open() -> Result<Self> {
        // SAFETY: there is nothing to uphold.
        let queue = unsafe { SetupOpenFileQueue() };
        ensure!(queue != INVALID, "no queue of files: {}", Error::last_os_error());
        Ok(Self(queue))
    }

    fn commit(&self) -> Result<()> {
        // SAFETY: there is no window.
        let context = unsafe { SetupInitDefaultQueueCallback(null_mut()) };
        // SAFETY: the queue is open, and the context is the one of this function.
        let done =
            unsafe { SetupCommitFileQueueW(null_mut(), self.0, Some(SetupDefaultQueueCallbackW), context) };
        let checked = check(done, || "the queue fails".into());
        // SAFETY: it is there, and used no more.
        unsafe { SetupTermDefaultQueueCallback(context) };
        checked
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        // SAFETY: it is open.
        unsafe { SetupCloseFileQueue(self.0) };
    }
}
