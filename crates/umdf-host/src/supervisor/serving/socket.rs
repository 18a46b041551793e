//! The connections of clients: frames in, frames out, and no wait without an end.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use serve_wire::Frames;

use super::Incoming;

/// Longest time for a frame to arrive once it has begun, for the greeting from the beginning of the connection, and
/// for a client to take a frame.
const FRAME_WITHIN: Duration = Duration::from_secs(5);
/// How often a reader looks at its watch.
const LOOK: Duration = Duration::from_millis(250);
/// How often it is looked whether all is written in the end.
const WRITING: Duration = Duration::from_millis(1);
/// Most frames that wait for a client to take them.
const MOST_WAITING: usize = 1024;

/// A client's end, as the supervisor sees it. Dropping it sends what still waits, then closes the connection.
pub struct Connection {
    frames: SyncSender<Vec<u8>>,
}

impl Connection {
    /// Sends a message. False: the client takes none any more.
    pub fn send(&self, message: &impl Serialize) -> bool {
        serve_wire::message(message).is_ok_and(|frame| self.send_frame(frame))
    }

    fn send_frame(&self, frame: Vec<u8>) -> bool {
        !matches!(self.frames.try_send(frame), Err(TrySendError::Full(_) | TrySendError::Disconnected(_)))
    }
}

/// The threads that write: each has a share of this until it has written what it had.
#[derive(Clone, Default)]
pub struct Writers(Arc<()>);

impl Writers {
    /// Waits until all is written of connections that were dropped. Who does not take it is not waited for.
    pub fn wait(&self) {
        let end = Instant::now() + FRAME_WITHIN;
        while Arc::strong_count(&self.0) > 1 && Instant::now() < end {
            thread::sleep(WRITING);
        }
    }
}

/// The next client that knocks, if there is one.
pub fn accept(
    listener: &TcpListener,
    client: u64,
    to: &SyncSender<Incoming>,
    writers: &Writers,
) -> io::Result<Option<Connection>> {
    let stream = match listener.accept() {
        Ok((stream, _)) => stream,
        Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
        // It left before it was let in.
        Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(LOOK))?;
    stream.set_write_timeout(Some(FRAME_WITHIN))?;
    let reading = stream.try_clone()?;
    let (frames, waiting) = sync_channel(MOST_WAITING);
    let to = to.clone();
    thread::spawn(move || {
        let why = read(reading, client, &to);
        // The supervisor may have ended.
        let _ = to.send(Incoming::Left { client, why });
    });
    let writer = writers.clone();
    thread::spawn(move || {
        write(stream, &waiting);
        drop(writer);
    });
    let connection = Connection { frames };
    if let Ok(greeting) = serve_wire::frame(&serve_wire::greeting()) {
        connection.send_frame(greeting);
    }
    Ok(Some(connection))
}

/// Reads frames until the client leaves, or says what makes no sense.
fn read(mut stream: TcpStream, client: u64, to: &SyncSender<Incoming>) -> Option<String> {
    let mut frames = Frames::default();
    let mut chunk = [0; 16 * 1024];
    let mut began = Some(Instant::now());
    loop {
        let length = match stream.read(&mut chunk) {
            Ok(0) => return None,
            Ok(length) => length,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => 0,
            Err(error) if error.kind() == ErrorKind::Interrupted => 0,
            Err(_) => return None,
        };
        frames.push(&chunk[..length]);
        loop {
            match frames.next_frame() {
                Ok(Some(content)) => {
                    began = None;
                    if to.send(Incoming::Frame { client, content }).is_err() {
                        return None;
                    }
                }
                Ok(None) => break,
                Err(error) => return Some(error.to_string()),
            }
        }
        if began.is_none() && frames.is_in_frame() {
            began = Some(Instant::now());
        }
        if began.is_some_and(|began| began.elapsed() > FRAME_WITHIN) {
            return Some(format!("a frame did not arrive within {FRAME_WITHIN:?}"));
        }
    }
}

/// Writes frames until there are no more, then ends the connection in both directions.
fn write(mut stream: TcpStream, frames: &Receiver<Vec<u8>>) {
    for frame in frames {
        if stream.write_all(&frame).is_err() {
            break;
        }
    }
    // Fails only if the client is gone.
    let _ = stream.shutdown(Shutdown::Both);
}
