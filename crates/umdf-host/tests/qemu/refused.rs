//! Somebody behind a loopback socket who is no QEMU.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use umdf_host::bus::{QemuDevice, QemuError, QemuModel};

pub fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("there is a free port")
}

/// Nobody listens; somebody hangs up, says nothing, or says something else.
pub fn whoever_is_no_qemu() {
    let address = listener().local_addr().expect("it has one");
    let connect = |address| QemuDevice::connect(QemuModel::Edu, address).err();
    assert!(matches!(connect(address), Some(QemuError::Unreachable { .. })));

    for (answer, says) in
        [(None, "ended"), (Some(""), "did not answer"), (Some("HTTP/1.1 400\n"), "qtest protocol")]
    {
        let listener = listener();
        let address = listener.local_addr().expect("it has one");
        let server = thread::spawn(move || {
            let (mut socket, _) = listener.accept().expect("somebody connects");
            let Some(answer) = answer else { return };
            socket.write_all(answer.as_bytes()).expect("it reads");
            // Until it goes away.
            let _ = socket.read_to_end(&mut Vec::new());
        });
        let error = connect(address).expect("it is no QEMU").to_string();
        assert!(error.contains(says), "{error}");
        server.join().expect("the server ends");
    }
}
