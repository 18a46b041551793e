//! A QEMU that somebody else started, behind a loopback socket.

use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use umdf_host::bus::{EduDevice, PROGRAM, PciDevice, QemuDevice, QemuModel, Width};

use crate::fixture::misbehaviour::Misbehaviour;
use crate::host::{Files, START};
use crate::refused::listener;

const NOW: Duration = Duration::ZERO;

/// A QEMU with edu, which ends with this.
struct Qemu {
    process: Child,
    address: SocketAddr,
}

impl Qemu {
    fn start() -> Self {
        let listener = listener();
        let address = listener.local_addr().expect("it has one");
        let mut command = Command::new(PROGRAM);
        command.args([
            "-machine",
            "q35",
            "-S",
            "-display",
            "none",
            "-nodefaults",
            "-device",
            "edu,addr=04.0",
        ]);
        // The socket is its standard input, which it need not open and nobody can take away.
        command.args(["-chardev", "socket,id=qtest,fd=0,server=on,wait=off"]);
        command.args(["-qtest", "chardev:qtest", "-qtest-log", "none"]).stdin(OwnedFd::from(listener));
        let process = command.stderr(Stdio::null()).spawn().expect("QEMU starts");
        Self { process, address }
    }

    fn connect(&self) -> QemuDevice {
        QemuDevice::connect(QemuModel::Edu, self.address).unwrap_or_else(|error| panic!("{error}"))
    }

    fn end(&mut self) {
        // Both fail only if it has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        self.end();
    }
}

pub fn works_like_one_of_our_own() {
    let qemu = Qemu::start();
    let mut device = qemu.connect();
    assert_eq!((device.identity(), device.bars()), (EduDevice::IDENTITY, EduDevice::default().bars()));
    device.write(0, 0x60, Width::U32, 1, NOW);
    assert!(device.interrupt_line(NOW));
    device.write(0, 0x64, Width::U32, 1, NOW);
    assert!(!device.interrupt_line(NOW));
    // It lives on, and takes the next one.
    drop(device);
    assert_eq!(qemu.connect().read(0, 0, Width::U32, NOW), 0x0100_00ed);
}

pub fn is_gone_when_it_ends() {
    let mut qemu = Qemu::start();
    let mut device = qemu.connect();
    let (ring, bell) = channel();
    device.set_waker(Box::new(move || ring.send(()).unwrap_or_default()));
    qemu.end();
    bell.recv_timeout(crate::host::PATIENCE).expect("the host is told");
    assert_eq!(device.read(0, 0, Width::U32, NOW), 0xffff_ffff);
    assert!(device.failure().is_some_and(|failure| failure.contains("ended")));
}

pub fn a_whole_life() {
    let qemu = Qemu::start();
    let files = Files::new(Misbehaviour::None, &format!("{START}[[step]]\ndo = 'remove'\n"));
    let model = format!("qemu:edu@{}", qemu.address);
    let output = files.command().args(["--device", &model]).output().expect("umdf-host starts");
    let story = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{story}{}", String::from_utf8_lossy(&output.stderr));
    assert!(files.processes().is_empty());
}
