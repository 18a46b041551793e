//! Job objects, exit codes and files of Windows.

// UNSAFETY: these are calls of the Win32 API.
#![expect(unsafe_code, reason = "the Win32 API is foreign")]

use std::fs::{File, OpenOptions};
use std::io::{self, Write, stderr};
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::path::Path;
use std::process::{self, Child, Command, ExitStatus};
use std::ptr::{null, null_mut};
use std::thread;
use std::time::Duration;

use windows_sys::Win32::Foundation::{
    HANDLE_FLAG_INHERIT, INVALID_HANDLE_VALUE, STATUS_STACK_OVERFLOW, SetHandleInformation,
};
use windows_sys::Win32::Storage::FileSystem::{FILE_ATTRIBUTE_TEMPORARY, FILE_FLAG_DELETE_ON_CLOSE};
use windows_sys::Win32::System::Console::{GetStdHandle, STD_INPUT_HANDLE, SetStdHandle};
use windows_sys::Win32::System::Diagnostics::Debug::{
    AddVectoredExceptionHandler, DebugBreak, EXCEPTION_CONTINUE_SEARCH, EXCEPTION_POINTERS,
    IsDebuggerPresent, SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX, SetErrorMode,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
    TerminateJobObject,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, TerminateProcess};
use windows_sys::core::BOOL;

use super::exception;

/// Exit code of processes that are ended with their group. Nobody looks at it.
const ENDED_WITH_GROUP: u32 = 1;

/// Whether a call succeeded; if not, why.
fn done(result: BOOL) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Ends this process at once: no destructors, no `DllMain` and no exit handlers of the driver, other threads
/// stop where they are.
pub fn exit_now(code: i32) -> ! {
    // SAFETY: the call has no precondition.
    let this = unsafe { GetCurrentProcess() };
    // SAFETY: the pseudo handle of this process carries all rights and stays valid.
    unsafe { TerminateProcess(this, code.cast_unsigned()) };
    // Not reached: a process that ends itself does not come back from there.
    process::abort()
}

/// How a process ended, in words: `exit code 3`, `exception 0xc0000005 (access violation)`.
pub fn describe_exit(status: ExitStatus) -> String {
    status.code().map_or_else(|| status.to_string(), |code| exception::describe(code.cast_unsigned()))
}

/// A process that this one starts ends with it only if it is in its job, as what a worker starts is.
pub fn end_with_this_thread(_command: &mut Command) {}

/// A process and all that it starts: a job object. Its processes end when the last handle to it is closed, so
/// also with the process that owns this.
pub struct Group {
    job: OwnedHandle,
}

impl Group {
    /// Starts a process and makes it the first of the group.
    ///
    /// It runs for a moment before it is in the group: it must start no other process before it has read from a
    /// pipe of its parent.
    pub fn start(command: &mut Command) -> io::Result<(Child, Self)> {
        let group = Self::new()?;
        let mut child = command.spawn()?;
        if let Err(error) = group.add(&child) {
            // Both fail only if the process is gone already.
            let _ = child.kill();
            let _ = child.wait();
            return Err(error);
        }
        Ok((child, group))
    }

    fn new() -> io::Result<Self> {
        // SAFETY: a job needs neither security attributes nor a name. The handle is not inherited.
        let job = unsafe { CreateJobObjectW(null(), null()) };
        if job.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the handle is new, and nobody else closes it.
        let group = Self { job: unsafe { OwnedHandle::from_raw_handle(job) } };
        let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
        let size = u32::try_from(size_of_val(&limits)).map_err(io::Error::other)?;
        // SAFETY: the handle is a job's, and the structure is the one of this class, with its size.
        done(unsafe {
            SetInformationJobObject(
                group.job.as_raw_handle(),
                JobObjectExtendedLimitInformation,
                (&raw const limits).cast(),
                size,
            )
        })?;
        Ok(group)
    }

    fn add(&self, child: &Child) -> io::Result<()> {
        // SAFETY: both handles are open, and a new process's handle carries all rights.
        done(unsafe { AssignProcessToJobObject(self.job.as_raw_handle(), child.as_raw_handle()) })
    }

    /// Ends every process of the group, and waits for the end of its first one.
    pub fn end(&self, first: &mut Child) {
        // SAFETY: the handle is a job's. The call fails only for want of rights, which a new job's handle has.
        unsafe { TerminateJobObject(self.job.as_raw_handle(), ENDED_WITH_GROUP) };
        // Both fail only if it is gone already.
        let _ = first.kill();
        let _ = first.wait();
    }
}

/// Ends nothing: the system ends the group when its owner, the supervisor, is gone.
pub fn end_own_group() {}

/// Ends the process as a stack overflow ends it. Left alone, the little stack that is left has to do for the search
/// for somebody who handles it; Wine runs out of stack there, and ends the thread alone.
unsafe extern "system" fn end_by_stack_overflow(exception: *mut EXCEPTION_POINTERS) -> i32 {
    // SAFETY: the system passes valid pointers to its exception handlers.
    let record = unsafe { (*exception).ExceptionRecord };
    // SAFETY: as above.
    let code = unsafe { (*record).ExceptionCode };
    if code == STATUS_STACK_OVERFLOW {
        exit_now(code);
    }
    EXCEPTION_CONTINUE_SEARCH
}

/// What a worker does first. Returns its end of the pipe to the supervisor.
///
/// A crash of the driver ends the process, without a dialog that waits for somebody.
///
/// The pipe stops being the standard input, and children do not inherit it. A thread waits in a read of it, and
/// the system lets nobody else do anything with a synchronous file meanwhile: not even ask for its type, as a C
/// runtime does with the standard input when a library or a child of the driver begins.
pub fn enter_worker() -> io::Result<File> {
    // SAFETY: the call has no precondition.
    unsafe { SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX) };
    // SAFETY: the function stays for as long as the process. It comes first: that of the Rust runtime, which names the
    // thread, needs more stack than Wine leaves it.
    unsafe { AddVectoredExceptionHandler(1, Some(end_by_stack_overflow)) };
    // SAFETY: the call has no precondition.
    let input = unsafe { GetStdHandle(STD_INPUT_HANDLE) };
    if input.is_null() || input == INVALID_HANDLE_VALUE {
        return Err(io::ErrorKind::NotConnected.into());
    }
    // SAFETY: a process may be without a standard input.
    done(unsafe { SetStdHandle(STD_INPUT_HANDLE, null_mut()) })?;
    // SAFETY: the handle is open, and from here on nobody but this function knows it.
    let input = unsafe { File::from_raw_handle(input) };
    // SAFETY: the handle is open.
    done(unsafe { SetHandleInformation(input.as_raw_handle(), HANDLE_FLAG_INHERIT, 0) })?;
    Ok(input)
}

/// Makes a file that another process of this user can open too. Fails if there is one already.
///
/// The system removes it when the last process that has it open is gone, whoever that is: a worker cannot
/// remove what it maps.
pub fn create_shared(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .attributes(FILE_ATTRIBUTE_TEMPORARY)
        .custom_flags(FILE_FLAG_DELETE_ON_CLOSE)
        .open(path)
}

/// Leaves the threads where the system wants them: this is for speed alone.
pub fn stay_on_one_core() {}

/// Waits for a debugger, and lets it have this thread.
pub fn stop_for_debugger() {
    // Who stopped it will look for it.
    let _ = writeln!(stderr(), "umdf-host: process {} waits for a debugger", process::id());
    loop {
        // SAFETY: the call has no precondition.
        if unsafe { IsDebuggerPresent() } != 0 {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    // SAFETY: a debugger is there to take the exception.
    unsafe { DebugBreak() };
}
