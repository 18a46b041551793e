//! The other side is something else, or nobody; and wrong usage.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread;

use libtest_mimic::Trial;
use serve_wire::{FromHost, frame, greeting, greeting_of, message};

use super::stand::{eductl, run};
use super::test;

pub fn trials() -> Vec<Trial> {
    vec![
        test("strangers::nobody_listens", nobody),
        test("strangers::another_version", another_version),
        test("strangers::something_else", something_else),
        test("strangers::wrong_usage", wrong_usage),
        #[cfg(not(windows))]
        test("strangers::no_windows", no_windows),
    ]
}

/// Somebody who says this to whoever comes.
fn stranger(says: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has one");
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        // Nobody may listen to all of it.
        let _ = stream.write_all(&says);
        let _ = stream.read_to_end(&mut Vec::new());
    });
    address
}

fn told(address: SocketAddr) -> String {
    let mut command = eductl();
    command.arg("--connect").arg(address.to_string()).arg("info");
    let (code, text) = run(command);
    assert_eq!(code, 6, "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

fn nobody() {
    let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let text = told(address.expect("a port is free"));
    assert!(text.contains("is umdf-host serve running there?"), "{text}");
}

fn another_version() {
    let text = told(stranger(frame(&greeting_of(2)).expect("it fits")));
    assert!(text.contains("speaks version 2, this one version 1"), "{text}");
}

fn something_else() {
    let text = told(stranger(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()));
    assert!(text.contains("a frame of"), "{text}");
    let text = told(stranger(frame(b"hello").expect("it fits")));
    assert!(text.contains("does not greet"), "{text}");
    let greeted = |then: &[u8]| [&frame(&greeting()).expect("it fits")[..], then].concat();
    let text = told(stranger(greeted(&frame(&[0xff; 20]).expect("it fits"))));
    assert!(text.contains("no known content"), "{text}");
    let refused = message(&FromHost::Refused { reason: "go away".into() }).expect("it fits");
    let text = told(stranger(greeted(&refused)));
    assert!(text.contains("go away"), "{text}");
}

fn wrong_usage() {
    for (arguments, words) in [
        (&[][..], "say what to do"),
        (&["jump"], "jump"),
        (&["live", "0x1ffffffff"], "32 bits"),
        (&["factorial"], "<N>"),
        (&["bench", "--outstanding", "0"], "--outstanding"),
        (&["--connect", "somewhere", "list"], "--connect"),
    ] {
        let mut command = eductl();
        command.args(arguments);
        let (code, text) = run(command);
        assert_eq!((code, text.lines().count()), (2, 1), "{text}");
        assert!(text.contains(words) && text.contains("--help"), "{text}");
        let mut command = eductl();
        command.args(arguments).arg("--json");
        let (code, text) = run(command);
        let document: serde_json::Value = serde_json::from_str(&text).expect("a JSON document");
        assert_eq!((code, &document["exit_code"]), (2, &2.into()), "{text}");
        assert!(document["error"].as_str().is_some_and(|error| error.contains(words)), "{text}");
    }
}

#[cfg(not(windows))]
fn no_windows() {
    let mut command = eductl();
    command.args(["--json", "list"]);
    let (code, text) = run(command);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("--connect") && text.starts_with('{'), "{text}");
}
