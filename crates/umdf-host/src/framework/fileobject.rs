//! `wdffileobject.h`.

use wdk_portable::{PUNICODE_STRING, ULONG, UNICODE_STRING, WDFDEVICE, WDFFILEOBJECT};

use super::request::caller::APPLICATION;
use super::{Handle, Stop};

/// A file object: one open of the device by an application.
pub struct FileObject {
    /// The device that was opened.
    pub device: Handle,
    name: Box<UNICODE_STRING>,
}

// SAFETY: the name points at nothing.
unsafe impl Send for FileObject {}

impl FileObject {
    /// An open of the device itself, whose name is empty.
    pub fn new(device: Handle) -> Self {
        Self { device, name: Box::default() }
    }
}

ddi! {
    /// The device that was opened.
    fn WdfFileObjectGetDevice(host, FileObject: WDFFILEOBJECT) -> WDFDEVICE {
        let state = host.state();
        let file = state.objects.resolve::<FileObject>(host, FileObject, "FileObject")?;
        let file = state.objects.get::<FileObject>(file).ok_or(Stop::NoEffect)?;
        Ok(file.device.raw())
    }

    /// The name below the device, which is empty: applications open the interface itself.
    fn WdfFileObjectGetFileName(host, FileObject: WDFFILEOBJECT) -> PUNICODE_STRING {
        let mut state = host.state();
        let file = state.objects.resolve::<FileObject>(host, FileObject, "FileObject")?;
        let file = state.objects.get_mut::<FileObject>(file).ok_or(Stop::NoEffect)?;
        Ok(&raw mut *file.name)
    }

    /// The process that opened the device.
    fn WdfFileObjectGetInitiatorProcessId(host, FileObject: WDFFILEOBJECT) -> ULONG {
        host.state().objects.resolve::<FileObject>(host, FileObject, "FileObject")?;
        Ok(APPLICATION)
    }

    /// The file object that this one was opened relative to: none, applications name the interface.
    fn WdfFileObjectGetRelatedFileObject(host, FileObject: WDFFILEOBJECT) -> WDFFILEOBJECT {
        host.state().objects.resolve::<FileObject>(host, FileObject, "FileObject")?;
        Ok(std::ptr::null_mut())
    }
}
