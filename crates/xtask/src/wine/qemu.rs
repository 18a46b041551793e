//! A QEMU of this system, for a host under Wine: a Windows program cannot start one.

use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// The machine and its one device, as the host makes them.
const MACHINE: &[&str] =
    &["-machine", "q35", "-S", "-display", "none", "-nodefaults", "-device", "edu,addr=04.0"];
/// The protocol on a socket that listens, which is standard input.
const QTEST: &[&str] =
    &["-chardev", "socket,id=qtest,fd=0,server=on,wait=off", "-qtest", "chardev:qtest", "-qtest-log", "none"];

/// A QEMU whose qtest socket listens. It ends with this.
pub struct Qemu {
    process: Child,
    address: SocketAddr,
}

impl Qemu {
    pub fn start(program: &Path) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("there is no free port")?;
        let address = listener.local_addr().context("there is no free port")?;
        let mut command = Command::new(program);
        // Connections wait in the socket until QEMU takes them, so nobody has to wait for QEMU.
        command.args(MACHINE).args(QTEST).stdin(OwnedFd::from(listener));
        let process = command.stdout(Stdio::null()).spawn().context("could not start QEMU")?;
        Ok(Self { process, address })
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        // Both fail only if it has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
