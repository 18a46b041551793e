//! `umdf-host serve`: clients that behave and clients that do not. The driver is the fixture `misbehave` at its best,
//! which keeps requests until their handle is closed, and dies if it is asked to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use serve_wire::{Access, Frames, FromHost, MAX_FRAME, MAX_OUTSTANDING, ToHost, greeting_of};

use fixture::driver::{Driver, Package, misbehave};
use fixture::library::library;
use fixture::misbehaviour::Misbehaviour;

#[expect(dead_code, reason = "other tests use more of it")]
mod fixture;

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);
/// Keeps the request until its handle is closed.
const KEEP: u32 = 0x22_2004;
/// Dies in the way that the input says.
const DIE: u32 = 0x22_2014;
/// STATUS_CANCELLED.
const CANCELLED: i32 = 0xC000_0120_u32.cast_signed();
/// STATUS_DRIVER_PROCESS_TERMINATED.
const TERMINATED: i32 = 0xC000_0450_u32.cast_signed();

/// `umdf-host serve`, from its start to its report.
struct Served {
    _package: Package,
    child: Child,
    control: Option<ChildStdin>,
    /// Lines of its standard output.
    lines: Receiver<String>,
    address: SocketAddr,
}

impl Served {
    fn new(driver: &Driver, devices: usize) -> Self {
        Self::with(driver, devices, &[])
    }

    fn with(driver: &Driver, devices: usize, options: &[&str]) -> Self {
        let package = driver.install();
        let mut command = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
        command.arg("serve").arg("--driver").arg(library("misbehave")).arg("--inf").arg(package.inf());
        command.args(["--control", "--json", "--deadline", "10"]).args(vec!["--device=edu"; devices]);
        command.args(options);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("umdf-host starts");
        let output = BufReader::new(child.stdout.take().expect("it is a pipe"));
        let (send, lines) = channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let control = child.stdin.take();
        let address = ([127, 0, 0, 1], 0).into();
        let mut served = Self { _package: package, child, control, lines, address };
        let ready = served.line();
        served.address = ready["serving"].as_str().and_then(|text| text.parse().ok()).expect("an address");
        served
    }

    /// A line of JSON that it prints.
    fn line(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("a line");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Says a line; the answer is why it was refused.
    fn say(&mut self, line: &str) -> Option<String> {
        writeln!(self.control.as_mut().expect("it is open"), "{line}").expect("it listens");
        let told = self.line();
        told["refusal"].as_str().map(str::to_owned)
    }

    fn connect(&self) -> Client {
        Client::greeted(self.address)
    }

    /// Ends it; the answer is its report.
    fn end(mut self) -> (ExitStatus, Value) {
        self.control = None;
        self.report()
    }

    fn report(mut self) -> (ExitStatus, Value) {
        let mut text = String::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            text += &(line + "\n");
        }
        let status = self.child.wait().expect("it can be waited for");
        (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
    }

    /// Ends it; everything was as it should be.
    fn pass(self) -> Value {
        let (status, report) = self.end();
        assert_eq!((status.code(), report["result"].as_str()), (Some(0), Some("pass")), "{report:#}");
        report
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that says what it likes.
struct Client {
    stream: TcpStream,
    frames: Frames,
}

impl Client {
    fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        Self { stream, frames: Frames::default() }
    }

    fn greeted(address: SocketAddr) -> Self {
        let mut client = Self::new(address);
        client.raw(&serve_wire::frame(&serve_wire::greeting()).expect("it fits"));
        assert_eq!(client.frame(), Some(serve_wire::greeting()));
        client
    }

    fn raw(&mut self, bytes: &[u8]) {
        // Whoever was sent away meanwhile is not heard.
        let _ = self.stream.write_all(bytes);
    }

    fn say(&mut self, message: &ToHost) {
        self.raw(&serve_wire::message(message).expect("it fits"));
    }

    /// The next frame; `None` at the end of the connection.
    fn frame(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(content) = self.frames.next_frame().expect("the host makes sense") {
                return Some(content);
            }
            let mut chunk = [0; 4096];
            match self.stream.read(&mut chunk) {
                Ok(0) => return None,
                Ok(length) => self.frames.push(&chunk[..length]),
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return None,
                Err(error) => panic!("{error}"),
            }
        }
    }

    fn hear(&mut self) -> FromHost {
        serve_wire::parse(&self.frame().expect("it speaks")).expect("it makes sense")
    }

    /// What it hears as the last thing.
    fn refusal(&mut self) -> String {
        loop {
            if let FromHost::Refused { reason } = self.hear() {
                assert_eq!(self.frame(), None);
                return reason;
            }
        }
    }

    /// The paths of the devices.
    fn list(&mut self) -> Vec<String> {
        self.say(&ToHost::List { id: 1 });
        let FromHost::Interfaces { id: 1, interfaces } = self.hear() else { panic!("a list") };
        interfaces.into_iter().map(|interface| interface.path).collect()
    }

    fn open(&mut self, device: usize) -> u64 {
        let path = self.list().swap_remove(device).to_lowercase();
        self.say(&ToHost::Open { id: 2, path, access: Access::ReadWrite });
        let FromHost::Opened { id: 2, status: 0, handle } = self.hear() else { panic!("an open") };
        handle
    }

    fn send(&mut self, id: u32, handle: u64, code: u32, input: &[u8]) {
        self.say(&ToHost::Control { id, handle, code, input: input.to_vec(), output_length: 4 });
    }

    fn status(&mut self, of: u32) -> i32 {
        match self.hear() {
            FromHost::Completed { id, status, .. } if id == of => status,
            other => panic!("{other:?}"),
        }
    }
}

fn good() -> Driver {
    misbehave(Misbehaviour::None)
}

/// A client is served as ever.
fn assert_serves(served: &Served) {
    let mut client = served.connect();
    let handle = client.open(0);
    client.send(9, handle, KEEP, &[]);
    client.say(&ToHost::Cancel { id: 9 });
    assert_eq!(client.status(9), CANCELLED);
    client.say(&ToHost::Close { id: 10, handle });
    assert_eq!(client.hear(), FromHost::Closed { id: 10 });
}

#[test]
fn a_handle_that_is_closed_answers_its_requests_before() {
    let served = Served::new(&good(), 1);
    let mut client = served.connect();
    let handle = client.open(0);
    for id in 20..24 {
        client.send(id, handle, KEEP, &[]);
    }
    client.say(&ToHost::Close { id: 3, handle });
    let mut ids: Vec<u32> = (0..4)
        .map(|_| match client.hear() {
            FromHost::Completed { id, status: CANCELLED, .. } => id,
            other => panic!("{other:?}"),
        })
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, [20, 21, 22, 23]);
    assert_eq!(client.hear(), FromHost::Closed { id: 3 });
    let report = served.pass();
    let called =
        |name: &str| report["callbacks"].as_array().is_some_and(|list| list.iter().any(|it| it == name));
    assert!(called("EvtFileCleanup") && called("EvtFileClose"), "{report:#}");
}

#[test]
fn a_client_that_goes_away_closes_its_handles() {
    let served = Served::new(&good(), 1);
    let mut client = served.connect();
    let handle = client.open(0);
    client.send(20, handle, KEEP, &[]);
    client.send(21, handle, KEEP, &[]);
    drop(client);
    assert_serves(&served);
    let report = served.pass();
    let count = |name: &str| {
        report["callbacks"].as_array().map_or(0, |list| list.iter().filter(|it| *it == name).count())
    };
    assert_eq!((count("EvtFileCleanup"), count("EvtFileClose")), (2, 2), "{report:#}");
    let ioctls = report["ioctls"].as_array().expect("a list");
    assert_eq!(ioctls.len(), 3, "{ioctls:#?}");
    assert!(ioctls.iter().all(|ioctl| ioctl["status"] == "STATUS_CANCELLED"), "{ioctls:#?}");
}

#[test]
fn an_end_with_clients_closes_what_they_have_open() {
    let served = Served::new(&good(), 2);
    let mut clients: Vec<Client> = (0..4).map(|_| served.connect()).collect();
    for (index, client) in clients.iter_mut().enumerate() {
        let handle = client.open(index % 2);
        client.send(20, handle, KEEP, &[]);
    }
    served.pass();
    assert!(clients[0].refusal().contains("the host ends"));
}

#[test]
fn bytes_of_any_kind_send_away_and_harm_nobody() {
    let served = Served::new(&good(), 1);
    let mut rng = fastrand::Rng::with_seed(7);
    for round in 0..60 {
        let mut client =
            if round % 2 == 0 { Client::new(served.address) } else { Client::greeted(served.address) };
        let bytes: Vec<u8> = (0..rng.usize(1..4000)).map(|_| rng.u8(..)).collect();
        match round % 3 {
            0 => client.raw(&bytes),
            // Frames with a right length.
            1 => client.raw(&serve_wire::frame(&bytes).expect("it fits")),
            // A message with wrong bytes in it.
            _ => {
                let message = ToHost::Control { id: 1, handle: 2, code: 3, input: bytes, output_length: 4 };
                let mut frame = serve_wire::message(&message).expect("it fits");
                let place = rng.usize(4..12);
                frame[place] = rng.u8(..);
                client.raw(&frame);
            }
        }
    }
    assert_serves(&served);
    served.pass();
}

#[test]
fn a_client_hears_why_it_is_sent_away() {
    let served = Served::new(&good(), 1);
    let refused = |client: &mut Client, words: &str| {
        let reason = client.refusal();
        assert!(reason.contains(words), "{reason}");
    };
    let mut client = served.connect();
    client.raw(&u32::try_from(MAX_FRAME + 1).expect("it is small").to_le_bytes());
    refused(&mut client, "a frame of 66561 bytes");
    let mut client = served.connect();
    client.raw(&[0; 4]);
    refused(&mut client, "a frame of 0 bytes");
    let mut client = served.connect();
    client.raw(&serve_wire::frame(&[0xff; 8]).expect("it fits"));
    refused(&mut client, "no known content");
    let mut client = Client::new(served.address);
    client.raw(b"\x12\0\0\0GET / HTTP/1.1\r\n\r\n");
    assert_eq!(client.frame(), Some(serve_wire::greeting()));
    refused(&mut client, "does not greet");
    let mut client = Client::new(served.address);
    client.raw(&serve_wire::frame(&greeting_of(2)).expect("it fits"));
    assert_eq!(client.frame(), Some(serve_wire::greeting()));
    refused(&mut client, "speaks version 2");
    assert_serves(&served);
    served.pass();
}

#[test]
fn half_a_frame_and_no_greeting_do_not_last() {
    let served = Served::new(&good(), 1);
    let mut silent = Client::new(served.address);
    let mut half = served.connect();
    half.raw(&serve_wire::message(&ToHost::List { id: 1 }).expect("it fits")[..5]);
    // Byte by byte, never whole.
    let mut slow = served.connect();
    slow.raw(&100_u32.to_le_bytes());
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(6) {
        slow.raw(&[0]);
        thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(silent.frame(), Some(serve_wire::greeting()));
    for client in [&mut silent, &mut half, &mut slow] {
        let reason = client.refusal();
        assert!(reason.contains("did not arrive within"), "{reason}");
    }
    assert_serves(&served);
    served.pass();
}

/// More requests than a client may have, and a client that does not read what it asks for.
#[test]
fn floods_end() {
    let served = Served::new(&good(), 1);
    let mut client = served.connect();
    let handle = client.open(0);
    for id in 0..=u32::try_from(MAX_OUTSTANDING).expect("it is small") {
        client.send(100 + id, handle, KEEP, &[]);
    }
    assert!(client.refusal().contains("256 requests have no answer yet"));
    let mut deaf = served.connect();
    let list = serve_wire::message(&ToHost::Close { id: 1, handle: 0 }).expect("it fits").repeat(1000);
    deaf.stream.set_write_timeout(Some(Duration::from_secs(1))).expect("a time");
    let began = Instant::now();
    while deaf.stream.write_all(&list).is_ok() && began.elapsed() < Duration::from_secs(20) {}
    assert!(began.elapsed() < Duration::from_secs(20), "it hears for ever");
    assert_serves(&served);
    served.pass();
}

#[test]
fn there_are_not_too_many_clients() {
    let served = Served::new(&good(), 1);
    let mut clients: Vec<Client> = (0..16).map(|_| served.connect()).collect();
    let mut more = Client::new(served.address);
    assert!(more.frame().is_some());
    assert!(more.refusal().contains("16 clients already"));
    assert_eq!(clients[15].list().len(), 1);
    drop(clients);
    // The places are free again, soon.
    let began = Instant::now();
    loop {
        let mut client = served.connect();
        client.say(&ToHost::List { id: 1 });
        match client.hear() {
            FromHost::Interfaces { .. } => break,
            FromHost::Refused { .. } => assert!(began.elapsed() < PATIENCE),
            other => panic!("{other:?}"),
        }
    }
    served.pass();
}

#[test]
fn who_has_a_device_hears_that_it_goes() {
    let mut served = Served::new(&good().unshared(), 2);
    let (mut client, mut other) = (served.connect(), served.connect());
    let (handle, untouched) = (client.open(0), other.open(1));
    assert_eq!(served.say("surprise-remove"), None);
    assert_eq!(client.hear(), FromHost::Removed { handle });
    assert!(served.say("surprise-remove 0").is_some_and(|why| why.contains("it is gone")));
    assert_eq!(client.list().len(), 1);
    client.send(5, handle, KEEP, &[]);
    assert!(client.status(5) < 0);
    client.say(&ToHost::Close { id: 6, handle });
    assert_eq!(client.hear(), FromHost::Closed { id: 6 });
    // The other one is asked, keeps its device, is asked again, and gives way.
    assert!(served.say("query-remove 1").is_some_and(|why| why.contains("has it open")));
    assert_eq!(other.hear(), FromHost::QueryRemove { handle: untouched });
    assert_eq!(other.hear(), FromHost::RemoveCancelled { handle: untouched });
    other.say(&ToHost::Close { id: 7, handle: untouched });
    assert_eq!(other.hear(), FromHost::Closed { id: 7 });
    assert_eq!(served.say("query-remove 1"), None);
    assert!(other.list().is_empty());
    let report = served.pass();
    let states: Vec<_> = report["devices"].as_array().into_iter().flatten().map(|it| &it["state"]).collect();
    assert_eq!(states, ["disconnected", "removed"], "{report:#}");
}

#[test]
fn lines_that_make_no_sense_are_refused_and_are_no_failure() {
    let mut served = Served::new(&good(), 1);
    for (line, words) in [
        ("jump", "write one of"),
        ("surprise-remove 7", "no such device"),
        ("query-remove x", "no number"),
        ("resume", "is awake"),
    ] {
        let why = served.say(line).expect("it is refused");
        assert!(why.contains(words), "{why}");
    }
    assert_eq!(served.say("sleep"), None);
    assert!(served.say("sleep").is_some_and(|why| why.contains("is asleep")));
    assert!(served.say("surprise-remove").is_some_and(|why| why.contains("resume first")));
    assert_eq!(served.say("resume"), None);
    served.pass();
}

#[test]
fn a_driver_that_dies_is_told_to_its_clients_and_fails_the_run() {
    let served = Served::new(&good(), 1);
    let mut client = served.connect();
    let handle = client.open(0);
    client.send(20, handle, KEEP, &[]);
    client.send(21, handle, DIE, &[1, 0, 0, 0]);
    let mut lost: Vec<u32> = (0..2)
        .map(|_| match client.hear() {
            FromHost::Completed { id, status: TERMINATED, .. } => id,
            other => panic!("{other:?}"),
        })
        .collect();
    lost.sort_unstable();
    assert_eq!(lost, [20, 21]);
    assert_eq!(client.hear(), FromHost::Removed { handle });
    // Nothing is left to serve.
    let (status, report) = served.report();
    assert_eq!((status.code(), report["result"].as_str()), (Some(1), Some("fail")), "{report:#}");
}

#[test]
fn a_device_is_restarted_once_nobody_has_it_open() {
    let mut served = Served::with(&good().unshared(), 2, &["--restart"]);
    let (mut client, mut other) = (served.connect(), served.connect());
    let (handle, untouched) = (client.open(0), other.open(1));
    client.send(20, handle, DIE, &[1, 0, 0, 0]);
    assert_eq!(client.status(20), TERMINATED);
    assert_eq!(client.hear(), FromHost::Removed { handle });
    client.send(21, handle, KEEP, &[]);
    assert_eq!(client.status(21), TERMINATED);
    assert!(served.say("query-remove 0").is_some_and(|why| why.contains("it is gone")));
    // It would be there again long since.
    thread::sleep(Duration::from_millis(500));
    assert_eq!(client.list().len(), 1);
    // Nor is a device restarted while the system is asleep.
    assert_eq!(served.say("sleep"), None);
    client.say(&ToHost::Close { id: 22, handle });
    assert_eq!(client.hear(), FromHost::Closed { id: 22 });
    thread::sleep(Duration::from_millis(500));
    assert_eq!(client.list().len(), 1);
    assert_eq!(served.say("resume"), None);
    let end = Instant::now() + PATIENCE;
    while client.list().len() < 2 {
        assert!(Instant::now() < end, "the device is not restarted");
        thread::sleep(Duration::from_millis(5));
    }
    // The other one went on all the time.
    other.send(23, untouched, KEEP, &[]);
    other.say(&ToHost::Cancel { id: 23 });
    assert_eq!(other.status(23), CANCELLED);
    let (status, report) = served.end();
    assert_eq!((status.code(), report["result"].as_str()), (Some(1), Some("fail")), "{report:#}");
    let devices = report["devices"].as_array().expect("a list");
    assert!(devices.iter().all(|device| device["state"] == "removed"), "{report:#}");
}

#[test]
fn a_broken_rule_is_in_the_report() {
    let served = Served::new(&misbehave(Misbehaviour::DieInFileClose), 1);
    let mut client = served.connect();
    let handle = client.open(0);
    client.say(&ToHost::Close { id: 3, handle });
    assert_eq!(client.hear(), FromHost::Closed { id: 3 });
    let (status, report) = served.report();
    assert_eq!(status.code(), Some(1), "{report:#}");
}

#[test]
fn only_this_machine_is_served() {
    let package = good().install();
    for (listen, words) in [("0.0.0.0:0", "reached from elsewhere"), ("nowhere", "--listen")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
        command.arg("serve").arg("--driver").arg(library("misbehave")).arg("--inf").arg(package.inf());
        let output =
            command.args(["--device", "edu", "--listen", listen]).output().expect("umdf-host starts");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(words) && error.lines().count() == 1, "{error}");
    }
}

#[cfg(not(target_os = "linux"))]
#[ignore = "a signal stands for Ctrl-C, and Windows has none"]
#[test]
fn ctrl_c_is_an_end_with_a_report() {}

/// On Linux a signal stands for Ctrl-C.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_is_an_end_with_a_report() {
    let served = Served::new(&good(), 1);
    let mut client = served.connect();
    let handle = client.open(0);
    client.send(20, handle, KEEP, &[]);
    let id = served.child.id().try_into().map(nix::unistd::Pid::from_raw).expect("a process id");
    nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGINT).expect("it lives");
    let (status, report) = served.report();
    assert_eq!((status.code(), report["result"].as_str()), (Some(0), Some("pass")), "{report:#}");
    assert!(client.refusal().contains("the host ends"));
}
