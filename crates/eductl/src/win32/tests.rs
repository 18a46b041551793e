//! The Win32 side with drivers that every Windows has, and Wine too. The one below the sockets has a request that
//! pends until somebody connects; the one that knows the volumes says that the output is too short for all of them.
//! The configuration manager knows neither, so the notification's callback is called here as it would call it.

use std::fs::{File, OpenOptions};
use std::net::{TcpListener, TcpStream};
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::AsRawSocket;
use std::ptr::{null, null_mut};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use windows_sys::Win32::Devices::DeviceAndDriverInstallation::{
    CM_NOTIFY_ACTION, CM_NOTIFY_ACTION_DEVICEQUERYREMOVE, CM_NOTIFY_ACTION_DEVICEQUERYREMOVEFAILED,
    CM_NOTIFY_ACTION_DEVICEREMOVECOMPLETE, CM_NOTIFY_ACTION_DEVICEREMOVEPENDING,
};
use windows_sys::Win32::Foundation::ERROR_SUCCESS;
use windows_sys::Win32::Storage::FileSystem::FILE_FLAG_OVERLAPPED;

use super::{Handle, Shared, Windows, notified};
use crate::Error;
use crate::code::Code;
use crate::transport::{Access, Completed, Control, Handle as _, News, Ticket, Transport};

/// The driver below the sockets. Any name behind it opens it.
const SOCKETS: &str = r"\\.\GLOBALROOT\Device\Afd\eductl";
/// Its request that waits until something happens to a socket.
const POLL: u32 = 0x0001_2024;
/// A connection can be accepted.
const ACCEPT: u32 = 0x80;
/// The driver that knows the volumes.
const VOLUMES: &str = r"\\.\MountPointManager";
/// `IOCTL_MOUNTMGR_QUERY_POINTS`.
const QUERY_POINTS: u32 = 0x006D_0008;
/// `MOUNTMGR_MOUNT_POINT`, `MOUNTMGR_MOUNT_POINTS`: no volume is so short.
const POINT: usize = 24;
const POINTS: usize = 32;

/// Longest wait for what must come.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long is waited for what must not come.
const SILENCE: Duration = Duration::from_millis(100);

fn open(path: &str, access: u32) -> Handle {
    let mut options = OpenOptions::new();
    let file = options.access_mode(access).custom_flags(FILE_FLAG_OVERLAPPED).open(path);
    Handle::new(file.unwrap_or_else(|error| panic!("{path}: {error}"))).expect("there are completion ports")
}

fn sockets() -> Handle {
    open(SOCKETS, windows_sys::Win32::Foundation::GENERIC_READ)
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("a loopback address can be bound")
}

/// The request that pends until somebody connects: no limit of time, one socket.
fn connection(to: &TcpListener) -> Control {
    let socket = to.as_raw_socket().to_ne_bytes();
    let words = |words: [u32; 2]| words.map(u32::to_ne_bytes).concat();
    let input = [&i64::MAX.to_ne_bytes()[..], &words([1, 0]), &socket, &words([ACCEPT, 0])].concat();
    Control { code: POLL, output_length: input.len(), input }
}

fn connect(to: &TcpListener) -> TcpStream {
    TcpStream::connect(to.local_addr().expect("it is bound")).expect("it listens")
}

#[track_caller]
fn completed(handle: &mut Handle) -> Completed {
    match handle.next(PATIENCE) {
        Ok(Some(News::Completed(completed))) => completed,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_silent(handle: &mut Handle) {
    let since = Instant::now();
    assert_eq!(handle.next(SILENCE).expect("the port is open"), None);
    // Not even something that nobody knows. The system's clock is coarse.
    assert!(since.elapsed() >= SILENCE / 2, "something came to the port");
}

#[track_caller]
fn assert_connected(completed: &Completed, ticket: Ticket) {
    assert_eq!((completed.ticket, completed.code), (ticket, Code::ERROR_SUCCESS));
    let events = completed.output.get(24..28).map(|bytes| bytes[0]);
    assert_eq!((completed.output.len(), events), (32, Some(0x80)), "{:?}", completed.output);
}

fn aborted(ticket: Ticket) -> Completed {
    Completed { ticket, code: Code::ERROR_OPERATION_ABORTED, output: Vec::new() }
}

#[test]
fn a_request_pends_until_the_driver_is_done_with_it() {
    let (mut handle, listener) = (sockets(), listener());
    let ticket = handle.send(connection(&listener)).expect("it is sent");
    assert_silent(&mut handle);
    let _connected = connect(&listener);
    assert_connected(&completed(&mut handle), ticket);
    // It is done at once now, and tells as ever.
    let next = handle.send(connection(&listener)).expect("it is sent");
    assert_connected(&completed(&mut handle), next);
    assert_silent(&mut handle);
}

#[test]
fn requests_come_back_as_they_are_done_each_with_its_ticket() {
    let (mut handle, listeners) = (sockets(), [listener(), listener(), listener()]);
    let tickets = listeners.each_ref().map(|listener| handle.send(connection(listener)).expect("it is sent"));
    let mut connections = Vec::new();
    for place in [2, 0, 1] {
        assert_silent(&mut handle);
        connections.push(connect(&listeners[place]));
        assert_connected(&completed(&mut handle), tickets[place]);
    }
}

#[test]
fn the_one_that_is_cancelled_comes_back_so() {
    let (mut handle, listeners) = (sockets(), [listener(), listener()]);
    let tickets = listeners.each_ref().map(|listener| handle.send(connection(listener)).expect("it is sent"));
    handle.cancel(tickets[1]).expect("it is pending");
    assert_eq!(completed(&mut handle), aborted(tickets[1]));
    handle.cancel(tickets[1]).expect("there is nothing to cancel any more");
    assert_silent(&mut handle);
    let _connected = connect(&listeners[0]);
    // Done, and nobody took it yet: too late.
    thread::sleep(SILENCE);
    handle.cancel(tickets[0]).expect("there is nothing to cancel any more");
    assert_connected(&completed(&mut handle), tickets[0]);
}

#[test]
fn what_the_driver_refuses_comes_back_once() {
    let (mut handle, listener) = (sockets(), listener());
    let pending = handle.send(connection(&listener)).expect("it is sent");
    // Too short an input; a code that the driver does not know.
    for (code, input) in [(POLL, vec![0]), (0x0022_2000, Vec::new())] {
        let ticket = handle.send(Control { code, input, output_length: 8 }).expect("it is sent");
        let refused = completed(&mut handle);
        assert_eq!((refused.ticket, refused.output.len()), (ticket, 0));
        assert!(refused.code != Code::ERROR_SUCCESS && !refused.code.may_say_gone(), "{}", refused.code);
    }
    assert_silent(&mut handle);
    handle.cancel(pending).expect("it is pending");
    assert_eq!(completed(&mut handle), aborted(pending));
}

/// The call fails, and yet the system tells the port too: whoever gives the memory back at once gives it to the next
/// request, which then seems to be done.
#[test]
fn what_comes_back_with_a_warning_comes_back_once() {
    let mut handle = open(VOLUMES, 0);
    for _ in 0..10 {
        let control = Control { code: QUERY_POINTS, input: vec![0; POINT], output_length: POINTS };
        let ticket = handle.send(control).expect("it is sent");
        let warned = completed(&mut handle);
        assert_eq!((warned.ticket, warned.code), (ticket, Code::ERROR_MORE_DATA));
    }
    assert_silent(&mut handle);
}

#[test]
fn whoever_closes_waits_for_what_is_pending() {
    let (mut handle, listeners) = (sockets(), [listener(), listener()]);
    for listener in &listeners {
        handle.send(connection(listener)).expect("it is sent");
    }
    let shared = Arc::clone(&handle.shared);
    drop(handle);
    // What the system still had would come to the port before this.
    thread::sleep(SILENCE);
    shared.post(super::STAYS);
    let mut after = open(VOLUMES, 0);
    after.shared = shared;
    assert_eq!(after.next(PATIENCE).expect("the port is open"), Some(News::Stays));
}

#[test]
fn a_device_that_is_not_there_is_told() {
    let opened = Windows.open(r"\\.\edu that nobody has", Access::ReadWrite);
    assert!(matches!(opened, Err(Error::NoDevice(_))), "{:?}", opened.err());
}

/// As the system does when something happens to the device.
fn notify(shared: &Arc<Shared>, action: CM_NOTIFY_ACTION) -> u32 {
    // SAFETY: the context is what the callback takes it for, and lives as long as `shared`. It looks at nothing else.
    unsafe { notified(null_mut(), Arc::as_ptr(shared).cast(), action, null(), 0) }
}

#[test]
fn what_happens_to_the_device_is_news() {
    let (mut handle, listener) = (sockets(), listener());
    let pending = handle.send(connection(&listener)).expect("it is sent");
    for (action, news) in [
        // The removal itself: there is still something to come.
        (CM_NOTIFY_ACTION_DEVICEREMOVEPENDING, None),
        (CM_NOTIFY_ACTION_DEVICEQUERYREMOVEFAILED, Some(News::Stays)),
        (CM_NOTIFY_ACTION_DEVICEREMOVECOMPLETE, Some(News::Removed)),
    ] {
        assert_eq!(notify(&handle.shared, action), ERROR_SUCCESS);
        assert_eq!(handle.next(SILENCE).expect("the port is open"), news, "{action}");
    }
    handle.cancel(pending).expect("the device is not closed by that");
    assert_eq!(completed(&mut handle), aborted(pending));
}

/// A file that nobody else may open stands for the device, so that it shows when it is closed.
#[test]
fn a_removal_waits_until_the_device_is_closed() {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let path = folder.path().join("device");
    File::create(&path).expect("it can be made");
    let mut options = OpenOptions::new();
    let file = options.read(true).share_mode(0).custom_flags(FILE_FLAG_OVERLAPPED).open(&path);
    let mut handle = Handle::new(file.expect("it is there")).expect("there are completion ports");
    let shared = Arc::clone(&handle.shared);
    let asked = thread::spawn(move || {
        let answer = notify(&shared, CM_NOTIFY_ACTION_DEVICEQUERYREMOVE);
        (answer, File::open(path).map(drop))
    });
    assert_eq!(handle.next(PATIENCE).expect("the port is open"), Some(News::QueryRemove));
    thread::sleep(SILENCE);
    assert!(!asked.is_finished(), "the removal goes on while the device is open");
    drop(handle);
    let (answer, opened) = asked.join().expect("it does not panic");
    assert_eq!(answer, ERROR_SUCCESS);
    opened.expect("the device is closed");
}

#[test]
fn a_removal_does_not_wait_for_ever() {
    let handle = open(VOLUMES, 0);
    let since = Instant::now();
    handle.shared.wait_until_closed(SILENCE);
    assert!(since.elapsed() >= SILENCE / 2);
}
