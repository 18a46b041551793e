//! `wdffileobject.h`.

use wdk_portable::WDFDEVICE;
use wdk_portable::WDFFILEOBJECT;

use super::{Handle, Stop};

/// A file object: one open of the device by an application.
pub struct FileObject {
    /// The device that was opened.
    pub device: Handle,
}

ddi! {
    /// The device that was opened.
    fn WdfFileObjectGetDevice(host, FileObject: WDFFILEOBJECT) -> WDFDEVICE {
        let state = host.state();
        let file = state.objects.resolve::<FileObject>(host, FileObject, "FileObject")?;
        let file = state.objects.get::<FileObject>(file).ok_or(Stop::NoEffect)?;
        Ok(file.device.raw())
    }
}
