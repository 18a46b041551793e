//! Devices of `umdf-host serve`, over a socket. Each handle has a connection of its own.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use edu_interface::GUID_DEVINTERFACE_EDU;
use serve_wire::{Frames, FromHost, MAX_BUFFER, ToHost, check_greeting, parse};

use crate::Error;
use crate::code::Code;
use crate::transport::{self, Access, Completed, Control, News, Ticket, Transport};

/// Longest wait for a connection, a greeting, a list or an open.
const PATIENCE: Duration = Duration::from_secs(10);

/// `umdf-host serve` at an address.
pub struct Remote {
    address: SocketAddr,
}

impl Remote {
    /// Nothing is connected yet.
    pub fn new(address: SocketAddr) -> Self {
        Self { address }
    }
}

impl Transport for Remote {
    fn interfaces(&mut self) -> Result<Vec<String>, Error> {
        let mut connection = Connection::new(self.address)?;
        let id = connection.number();
        connection.say(&ToHost::List { id })?;
        let interfaces = connection.wait(|said| match said {
            FromHost::Interfaces { id: of, interfaces } if of == id => Some(interfaces),
            _ => None,
        })?;
        let ours = interfaces.into_iter().filter(|interface| interface.class == class());
        Ok(ours.map(|interface| interface.path).collect())
    }

    fn open(&mut self, path: &str, access: Access) -> Result<Box<dyn transport::Handle>, Error> {
        let mut connection = Connection::new(self.address)?;
        let id = connection.number();
        let access = match access {
            Access::ReadWrite => serve_wire::Access::ReadWrite,
            Access::Read => serve_wire::Access::Read,
        };
        connection.say(&ToHost::Open { id, path: path.into(), access })?;
        let (status, handle) = connection.wait(|said| match said {
            FromHost::Opened { id: of, status, handle } if of == id => Some((status, handle)),
            _ => None,
        })?;
        match Code::of_status(status) {
            Code::ERROR_SUCCESS => Ok(Box::new(Handle { connection, handle })),
            Code::ERROR_FILE_NOT_FOUND => Err(Error::NoDevice(format!("there is no device {path}"))),
            code => Err(Error::failed("open", code)),
        }
    }
}

/// The interface class, as the bytes of a GUID in memory.
fn class() -> [u8; 16] {
    let guid = GUID_DEVINTERFACE_EDU;
    let numbers =
        [&guid.data1.to_le_bytes()[..], &guid.data2.to_le_bytes(), &guid.data3.to_le_bytes()].concat();
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&numbers);
    bytes[8..].copy_from_slice(&guid.data4);
    bytes
}

/// An open device.
struct Handle {
    connection: Connection,
    handle: u64,
}

impl transport::Handle for Handle {
    fn send(&mut self, control: Control) -> Result<Ticket, Error> {
        let Control { code, input, output_length } = control;
        let fits = input.len().max(output_length) <= MAX_BUFFER;
        let output_length = u32::try_from(output_length).ok().filter(|_| fits);
        let output_length = output_length
            .ok_or_else(|| Error::Usage(format!("a buffer has at most {MAX_BUFFER} bytes over a socket")))?;
        let id = self.connection.number();
        let handle = self.handle;
        self.connection.say(&ToHost::Control { id, handle, code, input, output_length })?;
        Ok(id.into())
    }

    fn cancel(&mut self, ticket: Ticket) -> Result<(), Error> {
        let id = u32::try_from(ticket).map_err(|_| Error::Usage("there is no such request".into()))?;
        self.connection.say(&ToHost::Cancel { id })
    }

    fn next(&mut self, limit: Duration) -> Result<Option<News>, Error> {
        let end = Instant::now() + limit;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Some(said) = self.connection.hear(left)? else { return Ok(None) };
            return Ok(Some(match said {
                FromHost::Completed { id, status, output, .. } => {
                    News::Completed(Completed { ticket: id.into(), code: Code::of_status(status), output })
                }
                FromHost::QueryRemove { handle } if handle == self.handle => News::QueryRemove,
                FromHost::RemoveCancelled { handle } if handle == self.handle => News::Stays,
                FromHost::Removed { handle } if handle == self.handle => News::Removed,
                // Of another handle, or an answer that nobody waits for any more.
                _ => continue,
            }));
        }
    }
}

/// A connection. Dropping it closes what is open over it.
struct Connection {
    stream: TcpStream,
    heard: Receiver<Result<FromHost, Error>>,
    last: u32,
}

impl Connection {
    fn new(address: SocketAddr) -> Result<Self, Error> {
        let lost =
            |error| Error::Connection(format!("{address}: {error}; is umdf-host serve running there?"));
        let stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(lost)?;
        stream.set_nodelay(true).map_err(lost)?;
        stream.set_write_timeout(Some(PATIENCE)).map_err(lost)?;
        let reading = stream.try_clone().map_err(lost)?;
        let (tell, heard) = channel();
        let (greet, greeted) = channel();
        thread::spawn(move || {
            let end = read(reading, &greet, &tell).err();
            let end = end.unwrap_or_else(|| Error::Connection("umdf-host serve has ended".into()));
            // Nobody may be there any more.
            let _ = tell.send(Err(end));
        });
        let mut connection = Self { stream, heard, last: 0 };
        connection.write(&serve_wire::frame(&serve_wire::greeting())?)?;
        match greeted.recv_timeout(PATIENCE) {
            Ok(()) => Ok(connection),
            Err(RecvTimeoutError::Timeout) => {
                Err(Error::Connection(format!("{address} does not greet: is umdf-host serve running there?")))
            }
            Err(RecvTimeoutError::Disconnected) => Err(connection.end()),
        }
    }

    fn number(&mut self) -> u32 {
        // Of a handle that lives for so many requests, the first ones are over.
        self.last = self.last.wrapping_add(1);
        self.last
    }

    /// Why the connection has ended.
    fn end(&mut self) -> Error {
        match self.heard.recv_timeout(PATIENCE) {
            Ok(Err(error)) => error,
            _ => Error::Connection("the connection has ended".into()),
        }
    }

    fn say(&mut self, message: &ToHost) -> Result<(), Error> {
        let frame = serve_wire::message(message)?;
        self.write(&frame)
    }

    fn write(&mut self, frame: &[u8]) -> Result<(), Error> {
        self.stream
            .write_all(frame)
            .map_err(|error| Error::Connection(format!("the connection has ended: {error}")))
    }

    fn hear(&mut self, limit: Duration) -> Result<Option<FromHost>, Error> {
        match self.heard.recv_timeout(limit) {
            Ok(said) => said.map(Some),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Error::Connection("the connection has ended".into())),
        }
    }

    fn wait<T>(&mut self, mut awaited: impl FnMut(FromHost) -> Option<T>) -> Result<T, Error> {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.hear(left)? {
                Some(said) => {
                    if let Some(found) = awaited(said) {
                        return Ok(found);
                    }
                }
                None => {
                    return Err(Error::Connection(format!(
                        "umdf-host serve has not answered in {PATIENCE:?}"
                    )));
                }
            }
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Fails only if the other side is gone.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Reads until the end of the connection, or until something makes no sense.
fn read(
    mut stream: TcpStream,
    greet: &Sender<()>,
    tell: &Sender<Result<FromHost, Error>>,
) -> Result<(), Error> {
    let mut frames = Frames::default();
    let mut chunk = [0; 16 * 1024];
    let mut greeted = false;
    // An end in the middle is an end too.
    while let Ok(length @ 1..) = stream.read(&mut chunk) {
        frames.push(&chunk[..length]);
        while let Some(content) = frames.next_frame()? {
            if !greeted {
                check_greeting(&content)?;
                greeted = true;
                let _ = greet.send(());
                continue;
            }
            match parse(&content)? {
                FromHost::Refused { reason } => {
                    return Err(Error::Connection(format!("umdf-host serve refuses: {reason}")));
                }
                said => {
                    if tell.send(Ok(said)).is_err() {
                        return Ok(());
                    }
                }
            }
        }
    }
    Ok(())
}
