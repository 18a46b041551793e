//! Somebody between a client and the host, who hears when a wait for an interrupt has reached the host.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use edu_interface::IOCTL_EDU_WAIT_INTERRUPT;
use serve_wire::{Frames, FromHost, ToHost, frame, message, parse};

use super::stand::PATIENCE;

/// The number of a request that the client does not have.
const OWN: u32 = u32::MAX;

/// Passes on what a client and the host say.
pub struct Between {
    /// Where it is the host.
    pub address: SocketAddr,
    waits: Receiver<()>,
}

impl Between {
    /// In front of the host at this address.
    pub fn new(host: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has one");
        let (tell, waits) = channel();
        // A client comes more than once.
        thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.expect("somebody comes");
                let host = TcpStream::connect(host).expect("the host listens");
                let [from_client, from_host] =
                    [&client, &host].map(|stream| stream.try_clone().expect("a second handle"));
                let tell = tell.clone();
                thread::spawn(move || pass_on(from_client, host, ask_behind_a_wait));
                thread::spawn(move || pass_on(from_host, client, |content| without_own(content, &tell)));
            }
        });
        Self { address, waits }
    }

    /// Waits for the next wait of the client to be one of the host's requests.
    pub fn wait_has_arrived(&self) {
        self.waits.recv_timeout(PATIENCE).expect("the client waits for an interrupt");
    }
}

/// Passes on what is made of each frame, until one of the two leaves; then the other is left too.
fn pass_on(mut from: TcpStream, mut to: TcpStream, make: impl Fn(&[u8]) -> Vec<u8>) {
    let (mut frames, mut bytes) = (Frames::default(), [0; 4096]);
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        frames.push(&bytes[..length]);
        while let Some(content) = frames.next_frame().expect("both speak as they should") {
            // Whoever has left is found out by the next read.
            let _ = to.write_all(&make(&content));
        }
    }
    // Both fail if it has left.
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}

/// Behind a wait goes a question of our own: the host takes what a client says in its order.
fn ask_behind_a_wait(content: &[u8]) -> Vec<u8> {
    let mut frames = frame(content).expect("it came as one");
    if let Ok(ToHost::Control { code: IOCTL_EDU_WAIT_INTERRUPT, .. }) = parse(content) {
        frames.extend(message(&ToHost::List { id: OWN }).expect("it is short"));
    }
    frames
}

/// The answer to that question is not the client's.
fn without_own(content: &[u8], tell: &Sender<()>) -> Vec<u8> {
    if let Ok(FromHost::Interfaces { id: OWN, .. }) = parse(content) {
        // The test may be over.
        let _ = tell.send(());
        return Vec::new();
    }
    frame(content).expect("it came as one")
}
