//! What `umdf-host serve` and its clients say to each other over a socket.
//!
//! Each side sends frames: a length of four bytes, little-endian, and as many bytes of content, from 1 to
//! [`MAX_FRAME`]. The first frame of each side is a [`greeting`]: eight bytes [`MAGIC`] and two bytes of
//! version, little-endian. A side that hears another version answers nothing more and leaves; the host says
//! [`FromHost::Refused`] before. All later frames are a [`ToHost`] or a [`FromHost`] in the encoding of the
//! crate postcard, with nothing behind it.
//!
//! A client numbers its requests as it likes; each request but a cancellation gets one answer with its
//! number. A number is free again once its answer has come. Answers come in the order in which things are
//! done, not in that of the requests. A client that closes its connection closes its handles: what is
//! pending on them is cancelled.
//!
//! Whatever the bytes are, reading them does not panic, and takes no more memory than [`MAX_FRAME`] and what
//! was received.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The version of all that this crate describes.
pub const VERSION: u16 = 1;
/// How a greeting begins.
pub const MAGIC: [u8; 8] = *b"UMDFSERV";
/// Longest input, and longest output, of an I/O control request, in bytes.
pub const MAX_BUFFER: usize = 64 * 1024;
/// Longest path of an interface, in bytes.
pub const MAX_PATH: usize = 512;
/// Most interfaces in a list.
pub const MAX_INTERFACES: usize = 100;
/// Longest content of a frame, in bytes.
pub const MAX_FRAME: usize = MAX_BUFFER + 1024;
/// Most handles that a client has at a time.
pub const MAX_HANDLES: usize = 16;
/// Most requests of a client that are without an answer.
pub const MAX_OUTSTANDING: usize = 256;

/// Bytes of the length in front of a frame.
const PREFIX: usize = size_of::<u32>();

// Every list of interfaces fits into a frame.
const _: () = assert!(MAX_INTERFACES * (MAX_PATH + 32) < MAX_FRAME);

/// What a client wants to do with a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// GENERIC_READ and GENERIC_WRITE.
    ReadWrite,
    /// GENERIC_READ.
    Read,
    /// GENERIC_WRITE.
    Write,
}

/// An enabled device interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// The symbolic link by which it is opened.
    pub path: String,
    /// The interface class: the 16 bytes of a GUID in memory.
    pub class: [u8; 16],
}

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToHost {
    /// The enabled interfaces. Answer: [`FromHost::Interfaces`].
    List {
        /// Number of the request.
        id: u32,
    },
    /// Opens an interface. Answer: [`FromHost::Opened`].
    Open {
        /// Number of the request.
        id: u32,
        /// Its path; letters may be of either case.
        path: String,
        /// What for.
        access: Access,
    },
    /// Sends an I/O control request. Answer: [`FromHost::Completed`], when it comes back.
    Control {
        /// Number of the request.
        id: u32,
        /// The handle.
        handle: u64,
        /// The I/O control code.
        code: u32,
        /// Input, at most [`MAX_BUFFER`] bytes.
        input: Vec<u8>,
        /// Bytes of room for output, at most [`MAX_BUFFER`].
        output_length: u32,
    },
    /// Takes an I/O control request back. It is answered as ever, most often with STATUS_CANCELLED.
    Cancel {
        /// Number of the request to cancel.
        id: u32,
    },
    /// Closes a handle. Its requests are cancelled, and answered before this one: [`FromHost::Closed`].
    Close {
        /// Number of the request.
        id: u32,
        /// The handle.
        handle: u64,
    },
}

/// What the host says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromHost {
    /// The enabled interfaces.
    Interfaces {
        /// Number of the request.
        id: u32,
        /// In the order of the devices.
        interfaces: Vec<Interface>,
    },
    /// An open has ended.
    Opened {
        /// Number of the request.
        id: u32,
        /// NTSTATUS.
        status: i32,
        /// The handle, if the status is a success.
        handle: u64,
    },
    /// An I/O control request came back.
    Completed {
        /// Number of the request.
        id: u32,
        /// NTSTATUS.
        status: i32,
        /// `Information`: the byte count.
        information: u64,
        /// The bytes that came back.
        output: Vec<u8>,
    },
    /// A handle is closed.
    Closed {
        /// Number of the request.
        id: u32,
    },
    /// Plug and Play asks whether the device may be removed: whoever does not mind closes its handle.
    QueryRemove {
        /// The handle.
        handle: u64,
    },
    /// The device stays: somebody did not close it.
    RemoveCancelled {
        /// The handle.
        handle: u64,
    },
    /// The device is gone. What is left to do with the handle is to close it.
    Removed {
        /// The handle.
        handle: u64,
    },
    /// The host hears this client no more: the last thing that it says.
    Refused {
        /// Why.
        reason: String,
    },
}

/// What comes over the wire is not what this crate describes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WireError {
    /// A frame that cannot be.
    #[error("a frame of {length} bytes: it has 1 to {MAX_FRAME}")]
    Length {
        /// What its prefix says.
        length: usize,
    },
    /// No greeting.
    #[error("the other side does not greet as `umdf-host serve` and its clients do")]
    NoGreeting,
    /// A greeting of another version.
    #[error("the other side speaks version {version}, this one version {VERSION}")]
    Version {
        /// Its version.
        version: u16,
    },
    /// A frame with another content.
    #[error("a frame has no known content")]
    Content,
}

/// The content of the first frame of either side.
pub fn greeting() -> Vec<u8> {
    greeting_of(VERSION)
}

/// A greeting of any version.
pub fn greeting_of(version: u16) -> Vec<u8> {
    [&MAGIC[..], &version.to_le_bytes()].concat()
}

/// Checks the content of the other side's first frame.
///
/// # Errors
/// [`WireError`] if it is no greeting, or that of another version.
pub fn check_greeting(content: &[u8]) -> Result<(), WireError> {
    let version = content.strip_prefix(&MAGIC).and_then(|rest| rest.first_chunk());
    match version.map(|bytes| u16::from_le_bytes(*bytes)) {
        // The greeting of a later version may be longer.
        Some(VERSION) if content.len() == MAGIC.len() + size_of::<u16>() => Ok(()),
        Some(version) if version != VERSION => Err(WireError::Version { version }),
        _ => Err(WireError::NoGreeting),
    }
}

/// A frame around a content, as it goes over the wire.
///
/// # Errors
/// The content is empty or too long.
pub fn frame(content: &[u8]) -> Result<Vec<u8>, WireError> {
    let length = content.len();
    let prefix = u32::try_from(length).ok().filter(|_| (1..=MAX_FRAME).contains(&length));
    let prefix = prefix.ok_or(WireError::Length { length })?;
    Ok([&prefix.to_le_bytes()[..], content].concat())
}

/// A frame around a message.
///
/// # Errors
/// The message is too long.
pub fn message(message: &impl Serialize) -> Result<Vec<u8>, WireError> {
    frame(&postcard::to_stdvec(message).map_err(|_| WireError::Content)?)
}

/// The message that is the content of a frame.
///
/// # Errors
/// It is none, or something stands behind it.
pub fn parse<'a, T: Deserialize<'a>>(content: &'a [u8]) -> Result<T, WireError> {
    match postcard::take_from_bytes(content) {
        Ok((message, [])) => Ok(message),
        _ => Err(WireError::Content),
    }
}

/// Puts frames together from bytes as they come.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    /// Takes what was received.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The content of the next frame; `None` until all of it is there.
    ///
    /// # Errors
    /// The length is impossible. Nothing that follows can be understood.
    pub fn next_frame(&mut self) -> Result<Option<Vec<u8>>, WireError> {
        let Some(prefix) = self.bytes.first_chunk::<PREFIX>() else { return Ok(None) };
        let length = usize::try_from(u32::from_le_bytes(*prefix)).unwrap_or(usize::MAX);
        if !(1..=MAX_FRAME).contains(&length) {
            return Err(WireError::Length { length });
        }
        let Some(content) = self.bytes.get(PREFIX..PREFIX + length) else { return Ok(None) };
        let content = content.to_vec();
        self.bytes.drain(..PREFIX + length);
        Ok(Some(content))
    }

    /// Whether a frame has begun whose rest is missing.
    pub fn is_in_frame(&self) -> bool {
        !self.bytes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn control() -> ToHost {
        ToHost::Control { id: 7, handle: 1, code: 0x22_6004, input: vec![1, 2, 3], output_length: 8 }
    }

    #[test]
    fn a_message_arrives_however_it_is_cut() {
        let bytes = [message(&control()).unwrap(), message(&ToHost::Cancel { id: 7 }).unwrap()].concat();
        for cut in 0..bytes.len() {
            let mut frames = Frames::default();
            let mut heard = Vec::new();
            for part in [&bytes[..cut], &bytes[cut..]] {
                frames.push(part);
                while let Some(content) = frames.next_frame().unwrap() {
                    heard.push(parse::<ToHost>(&content).unwrap());
                }
            }
            assert_eq!(heard, [control(), ToHost::Cancel { id: 7 }]);
            assert!(!frames.is_in_frame());
        }
    }

    #[test]
    fn a_length_that_cannot_be_is_refused_at_once() {
        for length in [0, MAX_FRAME + 1, u32::MAX as usize] {
            let mut frames = Frames::default();
            frames.push(&u32::try_from(length).unwrap().to_le_bytes());
            assert_eq!(frames.next_frame(), Err(WireError::Length { length }));
        }
        assert_eq!(frame(&[]), Err(WireError::Length { length: 0 }));
        assert!(frame(&vec![0; MAX_FRAME]).is_ok());
        assert_eq!(frame(&vec![0; MAX_FRAME + 1]), Err(WireError::Length { length: MAX_FRAME + 1 }));
    }

    #[test]
    fn a_frame_is_not_asked_for_before_it_is_whole() {
        let mut frames = Frames::default();
        frames.push(&message(&control()).unwrap()[..6]);
        assert_eq!(frames.next_frame(), Ok(None));
        assert!(frames.is_in_frame());
    }

    #[test]
    fn something_behind_a_message_is_refused() {
        let mut content = postcard::to_stdvec(&control()).unwrap();
        assert_eq!(parse::<ToHost>(&content), Ok(control()));
        content.push(0);
        assert_eq!(parse::<ToHost>(&content), Err(WireError::Content));
        assert_eq!(parse::<ToHost>(&content[..4]), Err(WireError::Content));
    }

    #[test]
    fn greetings_are_told_apart() {
        assert_eq!(check_greeting(&greeting()), Ok(()));
        assert_eq!(check_greeting(&greeting_of(2)), Err(WireError::Version { version: 2 }));
        assert_eq!(check_greeting(b"GET / HTTP"), Err(WireError::NoGreeting));
        assert_eq!(check_greeting(&MAGIC), Err(WireError::NoGreeting));
        assert_eq!(check_greeting(&[&greeting()[..], &[0]].concat()), Err(WireError::NoGreeting));
    }

    #[test]
    fn the_longest_list_and_the_longest_buffers_fit() {
        let interface = Interface { path: "x".repeat(MAX_PATH), class: [255; 16] };
        let interfaces = vec![interface; MAX_INTERFACES];
        assert!(message(&FromHost::Interfaces { id: u32::MAX, interfaces }).is_ok());
        let output = vec![255; MAX_BUFFER];
        let completed = FromHost::Completed { id: u32::MAX, status: -1, information: u64::MAX, output };
        assert!(message(&completed).is_ok());
        let input = vec![255; MAX_BUFFER];
        let control = ToHost::Control { id: 1, handle: u64::MAX, code: 1, input, output_length: u32::MAX };
        assert!(message(&control).is_ok());
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut frames = Frames::default();
            frames.push(&bytes);
            while let Ok(Some(content)) = frames.next_frame() {
                prop_assert!(content.len() <= bytes.len());
                let _ = parse::<ToHost>(&content);
                let _ = parse::<FromHost>(&content);
                let _ = check_greeting(&content);
            }
        }
    }
}
