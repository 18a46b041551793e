//! Devices of Windows: the configuration manager finds them, overlapped I/O reaches them, and a notification on the
//! handle tells when one is to go.
//!
//! Everything that a handle waits for comes to its completion port: requests that come back, and what the
//! notification's callback, which runs on a thread of the system, puts there. So there is one wait, with a limit.
//!
//! Sources: Microsoft Learn, "CM_Get_Device_Interface_ListW", "DeviceIoControl", "GetQueuedCompletionStatus",
//! "CancelIoEx", "Registering for Notification of Device Interface Arrival and Device Removal".

// UNSAFETY: these are calls of the Win32 API.
#![expect(unsafe_code, reason = "the Win32 API is foreign")]

use std::collections::{BTreeMap, VecDeque};
use std::ffi::c_void;
use std::fs::{File, OpenOptions};
use std::io;
use std::ops::Range;
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr::{null, null_mut};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use edu_interface::GUID_DEVINTERFACE_EDU;
use windows_sys::Win32::Devices::DeviceAndDriverInstallation::{
    CM_GET_DEVICE_INTERFACE_LIST_PRESENT, CM_Get_Device_Interface_List_SizeW, CM_Get_Device_Interface_ListW,
    CM_NOTIFY_ACTION, CM_NOTIFY_ACTION_DEVICEQUERYREMOVE, CM_NOTIFY_ACTION_DEVICEQUERYREMOVEFAILED,
    CM_NOTIFY_ACTION_DEVICEREMOVECOMPLETE, CM_NOTIFY_EVENT_DATA, CM_NOTIFY_FILTER, CM_NOTIFY_FILTER_0,
    CM_NOTIFY_FILTER_0_1, CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE, CM_Register_Notification,
    CM_Unregister_Notification, CR_BUFFER_SMALL, CR_SUCCESS, HCMNOTIFICATION,
};
use windows_sys::Win32::Foundation::{
    ERROR_IO_PENDING, ERROR_NOT_FOUND, ERROR_SUCCESS, INVALID_HANDLE_VALUE, WAIT_TIMEOUT,
};
use windows_sys::Win32::Storage::FileSystem::FILE_FLAG_OVERLAPPED;
use windows_sys::Win32::System::IO::{
    CancelIoEx, CreateIoCompletionPort, DeviceIoControl, GetQueuedCompletionStatus, OVERLAPPED,
    PostQueuedCompletionStatus,
};
use windows_sys::core::GUID;

use crate::Error;
use crate::code::Code;
use crate::transport::{self, Access, Completed, Control, News, Ticket, Transport};

#[cfg(test)]
mod tests;

/// Tries to get a list that may grow in between.
const TRIES: usize = 8;
/// Longest wait for requests that were cancelled because their handle is closed.
const CLOSE_WITHIN: Duration = Duration::from_secs(5);
/// How long the system waits with a removal for the program to close its handle.
const GIVE_WAY_WITHIN: Duration = Duration::from_secs(10);

/// What `OVERLAPPED::Internal` is after a warning, as `ERROR_MORE_DATA` is one. The call fails, and yet the request
/// comes to the port, as a success does. One that was refused does not, and leaves this at `STATUS_PENDING`.
const WARNINGS: Range<usize> = 0x8000_0000..0xC000_0000;

/// Completion keys: a request came back.
const REQUEST: usize = 0;
/// The device is to be removed.
const QUERY_REMOVE: usize = 1;
/// The device stays.
const STAYS: usize = 2;
/// The device is gone.
const REMOVED: usize = 3;

/// The devices of this Windows.
pub struct Windows;

impl Transport for Windows {
    fn interfaces(&mut self) -> Result<Vec<String>, Error> {
        for _ in 0..TRIES {
            if let Some(list) = interface_list()? {
                let paths = list.split(|unit| *unit == 0).filter(|path| !path.is_empty());
                return Ok(paths.map(String::from_utf16_lossy).collect());
            }
        }
        Err(Error::System("the list of devices changes all the time".into()))
    }

    fn open(&mut self, path: &str, access: Access) -> Result<Box<dyn transport::Handle>, Error> {
        let mut options = OpenOptions::new();
        options.read(true).write(access == Access::ReadWrite).custom_flags(FILE_FLAG_OVERLAPPED);
        let file = options.open(path).map_err(|error| match code_of(&error) {
            Code::ERROR_FILE_NOT_FOUND | Code::ERROR_PATH_NOT_FOUND => {
                Error::NoDevice(format!("there is no device {path}"))
            }
            code => Error::failed("open", code),
        })?;
        let mut handle = Handle::new(file)?;
        handle.register()?;
        Ok(Box::new(handle))
    }
}

/// The code of a call that failed just now.
fn last_code() -> Code {
    code_of(&io::Error::last_os_error())
}

fn code_of(error: &io::Error) -> Code {
    Code(error.raw_os_error().map_or(Code::ERROR_GEN_FAILURE.0, i32::cast_unsigned))
}

/// The paths, each with a zero behind it; `None` if there are more by now.
fn interface_list() -> Result<Option<Vec<u16>>, Error> {
    let class = GUID {
        data1: GUID_DEVINTERFACE_EDU.data1,
        data2: GUID_DEVINTERFACE_EDU.data2,
        data3: GUID_DEVINTERFACE_EDU.data3,
        data4: GUID_DEVINTERFACE_EDU.data4,
    };
    let failed = |what: &str, result| Error::System(format!("{what} failed with CONFIGRET {result:#x}"));
    let mut length = 0;
    // SAFETY: both pointers are to variables of this function; NULL stands for every device.
    let result = unsafe {
        CM_Get_Device_Interface_List_SizeW(
            &raw mut length,
            &raw const class,
            null(),
            CM_GET_DEVICE_INTERFACE_LIST_PRESENT,
        )
    };
    if result != CR_SUCCESS {
        return Err(failed("CM_Get_Device_Interface_List_Size", result));
    }
    let mut list = vec![0; length as usize];
    if list.is_empty() {
        return Ok(Some(list));
    }
    // SAFETY: as above; the buffer has the length that is given with it, in characters.
    let result = unsafe {
        CM_Get_Device_Interface_ListW(
            &raw const class,
            null(),
            list.as_mut_ptr(),
            length,
            CM_GET_DEVICE_INTERFACE_LIST_PRESENT,
        )
    };
    match result {
        CR_SUCCESS => Ok(Some(list)),
        CR_BUFFER_SMALL => Ok(None),
        _ => Err(failed("CM_Get_Device_Interface_List", result)),
    }
}

/// A request that the system has. It stays where it is until it comes back.
#[repr(C)]
struct Operation {
    /// First: the system knows the operation by its address.
    overlapped: OVERLAPPED,
    ticket: Ticket,
    input: Vec<u8>,
    output: Vec<u8>,
}

/// What the handle and the notification's callback share.
struct Shared {
    port: OwnedHandle,
    closed: Mutex<bool>,
    closes: Condvar,
}

impl Shared {
    fn post(&self, key: usize) {
        // SAFETY: the port is open as long as `self` lives; without an OVERLAPPED nothing is read.
        // It fails only if there is no memory, and then nobody can be told.
        unsafe { PostQueuedCompletionStatus(self.port.as_raw_handle(), 0, key, null()) };
    }

    fn close(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.closes.notify_all();
    }

    fn wait_until_closed(&self, limit: Duration) {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.closes.wait_timeout_while(closed, limit, |closed| !*closed);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}

/// What happens to the device. The system waits for this to return before it goes on with a removal, so a query
/// returns once the handle is closed; if that takes too long, the open handle refuses for itself.
unsafe extern "system" fn notified(
    _: HCMNOTIFICATION,
    context: *const c_void,
    action: CM_NOTIFY_ACTION,
    _: *const CM_NOTIFY_EVENT_DATA,
    _: u32,
) -> u32 {
    // SAFETY: the handle that registered this keeps its part of `Shared` until the notification is unregistered,
    // which waits for this call.
    let shared = unsafe { &*context.cast::<Shared>() };
    match action {
        CM_NOTIFY_ACTION_DEVICEQUERYREMOVE => {
            shared.post(QUERY_REMOVE);
            shared.wait_until_closed(GIVE_WAY_WITHIN);
        }
        CM_NOTIFY_ACTION_DEVICEQUERYREMOVEFAILED => shared.post(STAYS),
        CM_NOTIFY_ACTION_DEVICEREMOVECOMPLETE => shared.post(REMOVED),
        _ => {}
    }
    ERROR_SUCCESS
}

/// An open device.
struct Handle {
    /// `None` once it is closed.
    file: Option<File>,
    shared: Arc<Shared>,
    notification: HCMNOTIFICATION,
    /// What the system has, by address.
    pending: BTreeMap<usize, *mut Operation>,
    /// Requests that failed before the system had them.
    ready: VecDeque<Completed>,
    last: Ticket,
}

impl Handle {
    fn new(file: File) -> Result<Self, Error> {
        // SAFETY: the file is open, for overlapped I/O; a NULL port asks for a new one.
        let port = unsafe { CreateIoCompletionPort(file.as_raw_handle(), null_mut(), REQUEST, 1) };
        if port.is_null() {
            return Err(Error::failed("CreateIoCompletionPort", last_code()));
        }
        // SAFETY: the call succeeded, so this is a handle, and nobody else owns it.
        let port = unsafe { OwnedHandle::from_raw_handle(port) };
        let shared = Arc::new(Shared { port, closed: Mutex::new(false), closes: Condvar::new() });
        Ok(Self {
            file: Some(file),
            shared,
            notification: null_mut(),
            pending: BTreeMap::new(),
            ready: VecDeque::new(),
            last: 0,
        })
    }

    /// From now on the handle is told what happens to the device.
    fn register(&mut self) -> Result<(), Error> {
        let device = CM_NOTIFY_FILTER_0_1 { hTarget: self.raw() };
        let filter = CM_NOTIFY_FILTER {
            cbSize: u32::try_from(size_of::<CM_NOTIFY_FILTER>()).unwrap_or_default(),
            Flags: 0,
            FilterType: CM_NOTIFY_FILTER_TYPE_DEVICEHANDLE,
            Reserved: 0,
            u: CM_NOTIFY_FILTER_0 { DeviceHandle: device },
        };
        let context: *const Shared = Arc::as_ptr(&self.shared);
        // SAFETY: the filter is whole; the context lives until the notification is unregistered, in `drop`.
        let result = unsafe {
            CM_Register_Notification(
                &raw const filter,
                context.cast(),
                Some(notified),
                &raw mut self.notification,
            )
        };
        if result != CR_SUCCESS {
            self.notification = null_mut();
            return Err(Error::System(format!("CM_Register_Notification failed with CONFIGRET {result:#x}")));
        }
        Ok(())
    }

    fn raw(&self) -> *mut c_void {
        self.file.as_ref().map_or(INVALID_HANDLE_VALUE, AsRawHandle::as_raw_handle)
    }

    /// Takes an operation that came back.
    fn take(&mut self, overlapped: *mut OVERLAPPED, code: Code, bytes: u32) -> Option<Completed> {
        let operation = self.pending.remove(&overlapped.addr())?;
        // SAFETY: it came from `Box::into_raw` in `send`, and is in the map only once; the system is done with it.
        let mut operation = unsafe { Box::from_raw(operation) };
        let length = if code == Code::ERROR_SUCCESS { bytes as usize } else { 0 };
        operation.output.truncate(length);
        Some(Completed { ticket: operation.ticket, code, output: operation.output })
    }

    /// Waits for what comes to the port. `None`: nothing within the limit.
    fn wait(&mut self, limit: Duration) -> Result<Option<News>, Error> {
        let milliseconds = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX - 1).min(u32::MAX - 1);
        let (mut bytes, mut key, mut overlapped) = (0, 0, null_mut());
        // SAFETY: the port is open, the other pointers are to variables of this function.
        let done = unsafe {
            GetQueuedCompletionStatus(
                self.shared.port.as_raw_handle(),
                &raw mut bytes,
                &raw mut key,
                &raw mut overlapped,
                milliseconds,
            )
        };
        let code = if done == 0 { last_code() } else { Code::ERROR_SUCCESS };
        if !overlapped.is_null() {
            return Ok(self.take(overlapped, code, bytes).map(News::Completed));
        }
        match (code, key) {
            (Code::ERROR_SUCCESS, QUERY_REMOVE) => Ok(Some(News::QueryRemove)),
            (Code::ERROR_SUCCESS, STAYS) => Ok(Some(News::Stays)),
            (Code::ERROR_SUCCESS, REMOVED) => Ok(Some(News::Removed)),
            (Code::ERROR_SUCCESS | Code(WAIT_TIMEOUT), _) => Ok(None),
            (code, _) => Err(Error::failed("GetQueuedCompletionStatus", code)),
        }
    }
}

impl transport::Handle for Handle {
    fn send(&mut self, control: Control) -> Result<Ticket, Error> {
        let length = |length| {
            u32::try_from(length)
                .map_err(|_| Error::Usage("a buffer of more than 4 GiB cannot be sent".into()))
        };
        let (input_length, output_length) = (length(control.input.len())?, length(control.output_length)?);
        self.last += 1;
        let ticket = self.last;
        let operation = Box::into_raw(Box::new(Operation {
            overlapped: OVERLAPPED::default(),
            ticket,
            input: control.input,
            output: vec![0; control.output_length],
        }));
        // SAFETY: it was made just now, and nobody else has it.
        let input = unsafe { (*operation).input.as_ptr() };
        // SAFETY: as above.
        let output = unsafe { (*operation).output.as_mut_ptr() };
        // SAFETY: the file is open or its handle an invalid one, which is refused. The buffers are as long as said,
        // and stay with the operation, where they are, until `take`.
        let done = unsafe {
            DeviceIoControl(
                self.raw(),
                control.code,
                input.cast(),
                input_length,
                output.cast(),
                output_length,
                null_mut(),
                operation.cast(),
            )
        };
        let code = if done == 0 { last_code() } else { Code::ERROR_SUCCESS };
        self.pending.insert(operation.addr(), operation);
        let failed = code != Code::ERROR_SUCCESS && code != Code(ERROR_IO_PENDING);
        // SAFETY: it is in the map, and the system has nothing more to write to it: the call failed.
        if failed && !WARNINGS.contains(unsafe { &(*operation).overlapped.Internal }) {
            let failed = self.take(operation.cast(), code, 0);
            self.ready.extend(failed);
        }
        Ok(ticket)
    }

    fn cancel(&mut self, ticket: Ticket) -> Result<(), Error> {
        for operation in self.pending.values() {
            // SAFETY: what is in the map is alive; the system changes the first field only.
            let of = unsafe { (**operation).ticket };
            if of == ticket {
                // SAFETY: the file is open, and the OVERLAPPED is that of a request which did not come back.
                let done = unsafe { CancelIoEx(self.raw(), (*operation).cast()) };
                let code = if done == 0 { last_code() } else { Code::ERROR_SUCCESS };
                // Not found: it is about to come back by itself.
                if code != Code::ERROR_SUCCESS && code != Code(ERROR_NOT_FOUND) {
                    return Err(Error::failed("CancelIoEx", code));
                }
            }
        }
        Ok(())
    }

    fn next(&mut self, limit: Duration) -> Result<Option<News>, Error> {
        match self.ready.pop_front() {
            Some(completed) => Ok(Some(News::Completed(completed))),
            None => self.wait(limit),
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if !self.pending.is_empty() {
            // SAFETY: the file is open; NULL means all of its requests. It fails if none is left to cancel.
            unsafe { CancelIoEx(self.raw(), null()) };
        }
        let end = Instant::now() + CLOSE_WITHIN;
        while !self.pending.is_empty() && Instant::now() < end {
            if self.wait(end.saturating_duration_since(Instant::now())).is_err() {
                break;
            }
        }
        // What did not come back stays allocated: the system may still write to it.
        self.file = None;
        self.shared.close();
        if !self.notification.is_null() {
            // SAFETY: it was registered once, and this is not its callback. When the call returns, the callback runs
            // no more, so nobody uses `shared` but this.
            unsafe { CM_Unregister_Notification(self.notification) };
        }
    }
}
