//! The way to devices: what Windows does, and what stands for it elsewhere.

use std::time::Duration;

use crate::Error;
use crate::code::Code;

/// What a handle is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing.
    ReadWrite,
    /// Reading only.
    Read,
}

/// Tells the requests of a handle apart.
pub type Ticket = u64;

/// An I/O control request.
#[derive(Clone, Debug)]
pub struct Control {
    /// The I/O control code.
    pub code: u32,
    /// Input.
    pub input: Vec<u8>,
    /// Bytes of room for output.
    pub output_length: usize,
}

/// A request came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// Which one.
    pub ticket: Ticket,
    /// How.
    pub code: Code,
    /// The bytes that came back.
    pub output: Vec<u8>,
}

/// What a handle has to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A request came back.
    Completed(Completed),
    /// The device is to be removed: whoever does not mind drops the handle.
    QueryRemove,
    /// The device stays after all.
    Stays,
    /// The device is gone.
    Removed,
}

/// A way to devices.
pub trait Transport {
    /// The paths of the devices with the driver's interface.
    ///
    /// # Errors
    /// [`Error::Connection`] or, of Windows, [`Error::System`]: nobody says which there are. None is no error.
    fn interfaces(&mut self) -> Result<Vec<String>, Error>;

    /// Opens one.
    ///
    /// # Errors
    /// [`Error::NoDevice`]: there is none of this path. [`Error::Failed`]: it cannot be opened. [`Error::Connection`].
    /// [`Error::System`]: Windows will not tell of its removal.
    fn open(&mut self, path: &str, access: Access) -> Result<Box<dyn Handle>, Error>;
}

/// An open device. Dropping it cancels what is pending and closes it.
pub trait Handle {
    /// Sends a request; any number may be pending.
    ///
    /// # Errors
    /// [`Error::Usage`]: a buffer is too long. [`Error::Connection`]: it is lost. A request that is refused comes back.
    fn send(&mut self, control: Control) -> Result<Ticket, Error>;

    /// Takes a request back. It comes back as ever, most often with [`Code::ERROR_OPERATION_ABORTED`].
    ///
    /// # Errors
    /// [`Error::Failed`]: Windows refuses. [`Error::Connection`]: it is lost. That the request is gone already is none.
    fn cancel(&mut self, ticket: Ticket) -> Result<(), Error>;

    /// The next news; `None` if there are none within `limit`.
    ///
    /// # Errors
    /// [`Error::Connection`]: it is lost. [`Error::Failed`]: Windows does not tell any more.
    fn next(&mut self, limit: Duration) -> Result<Option<News>, Error>;
}
