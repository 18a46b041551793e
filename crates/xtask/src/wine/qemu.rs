//! QEMUs of this system, for programs under Wine: a Windows program cannot start one.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result};

/// The machine, as the host makes it.
const MACHINE: &[&str] = &["-machine", "q35", "-S", "-display", "none", "-nodefaults"];
/// The protocol on a socket that is connected already, which is standard input.
const QTEST: &[&str] = &["-chardev", "socket,id=qtest,fd=0", "-qtest", "chardev:qtest", "-qtest-log", "none"];
/// The device alone, as the host makes it: the name in front of the address, and QEMU's arguments.
const EDU: (&str, &[&str]) = ("edu", &["-device", "edu,addr=04.0"]);
/// All devices.
const DEVICES: &[(&str, &[&str])] = &[
    EDU,
    ("pci-testdev", &["-device", "pci-testdev,addr=04.0,membar=16777216"]),
    (
        "ivshmem-plain",
        &[
            "-object",
            "memory-backend-ram,id=shared,size=1M,share=on",
            "-device",
            "ivshmem-plain,addr=04.0,memdev=shared",
        ],
    ),
];
/// Pause between two looks at who comes and who goes.
const PAUSE: Duration = Duration::from_millis(5);

/// Starts a QEMU for each who connects. All of them end with this.
pub struct Qemus {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    served: Option<JoinHandle<()>>,
}

impl Qemus {
    /// QEMUs with edu.
    pub fn with_edu(program: &Path) -> Result<Self> {
        Self::start(program, &[MACHINE, EDU.1, QTEST].concat())
    }

    /// QEMUs with each device, and the words that say where they are: `edu@127.0.0.1:4711`.
    pub fn with_each(program: &Path) -> Result<(Vec<Self>, String)> {
        let all = DEVICES.iter().map(|(name, device)| {
            let qemus = Self::start(program, &[MACHINE, device, QTEST].concat())?;
            let words = format!("{name}@{}", qemus.address);
            Ok((qemus, words))
        });
        let (qemus, words): (_, Vec<_>) = all.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        Ok((qemus, words.join(" ")))
    }

    fn start(program: &Path, arguments: &[&'static str]) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("there is no free port")?;
        let address = listener.local_addr().context("there is no free port")?;
        listener.set_nonblocking(true).context("a socket that does not block")?;
        let over = Arc::new(AtomicBool::new(false));
        let mut running = Running { program: program.into(), arguments: arguments.into(), qemus: Vec::new() };
        let seen = Arc::clone(&over);
        let served = thread::spawn(move || {
            while !seen.load(Ordering::SeqCst) {
                running.look(&listener);
                thread::sleep(PAUSE);
            }
        });
        Ok(Self { address, over, served: Some(served) })
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Qemus {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // A panic there has been told already.
        let _ = self.served.take().map(JoinHandle::join);
    }
}

/// The QEMUs of one device that run.
struct Running {
    program: PathBuf,
    arguments: Vec<&'static str>,
    qemus: Vec<Qemu>,
}

impl Running {
    /// Takes whoever came, and ends the QEMUs of those who are gone.
    fn look(&mut self, listener: &TcpListener) {
        self.qemus.retain_mut(|qemu| !qemu.is_over());
        while let Ok((socket, _)) = listener.accept() {
            match self.serve(socket) {
                Ok(qemu) => self.qemus.push(qemu),
                // Whoever came is hung up on, and says so.
                Err(error) => eprintln!("xtask: QEMU does not start: {error:#}"),
            }
        }
    }

    fn serve(&self, socket: TcpStream) -> Result<Qemu> {
        // For this and for QEMU: it is one socket.
        socket.set_nonblocking(true)?;
        let watched = socket.try_clone()?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(input(socket));
        let process = command.stdout(Stdio::null()).spawn()?;
        Ok(Qemu { process, watched })
    }
}

/// A socket as the standard input of a process.
#[cfg(unix)]
fn input(socket: TcpStream) -> Stdio {
    std::os::fd::OwnedFd::from(socket).into()
}

/// Windows hands on no socket; and there is no Wine.
#[cfg(not(unix))]
fn input(_socket: TcpStream) -> Stdio {
    Stdio::null()
}

/// One QEMU. It ends with this.
struct Qemu {
    process: Child,
    /// Its socket, which stays open as long as somebody has it.
    watched: TcpStream,
}

impl Qemu {
    /// It ended, or nobody is there any more.
    fn is_over(&mut self) -> bool {
        let ended = !matches!(self.process.try_wait(), Ok(None));
        let alone = match self.watched.peek(&mut [0]) {
            Ok(length) => length == 0,
            Err(error) => error.kind() != ErrorKind::WouldBlock,
        };
        ended || alone
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        // Both fail only if it has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::path::PathBuf;
    use std::time::Instant;

    use super::*;

    /// Longest wait for what comes at once.
    const SOON: Duration = Duration::from_secs(20);
    /// Says into its socket which process it is.
    const STAYS: &[&str] = &["-c", "echo $$ >&0; exec sleep 1000"];
    const ENDS: &[&str] = &["-c", "echo $$ >&0"];

    fn connect(qemus: &Qemus) -> BufReader<TcpStream> {
        let socket = TcpStream::connect(qemus.address()).unwrap();
        socket.set_read_timeout(Some(SOON)).unwrap();
        BufReader::new(socket)
    }

    fn line(socket: &mut BufReader<TcpStream>) -> String {
        let mut line = String::new();
        socket.read_line(&mut line).unwrap();
        line
    }

    fn is_there(process: &str) -> bool {
        PathBuf::from("/proc").join(process.trim()).is_dir()
    }

    fn goes(process: &str) {
        let end = Instant::now() + SOON;
        while is_there(process) {
            assert!(Instant::now() < end, "{process} is still there");
            thread::sleep(PAUSE);
        }
    }

    #[test]
    fn everyone_has_a_process_which_goes_with_them() {
        let qemus = Qemus::start(Path::new("sh"), STAYS).unwrap();
        let (mut first, mut second) = (connect(&qemus), connect(&qemus));
        let processes = [line(&mut first), line(&mut second)];
        assert_ne!(processes[0], processes[1]);
        drop(first);
        goes(&processes[0]);
        assert!(is_there(&processes[1]));
        drop(qemus);
        assert!(!is_there(&processes[1]));
        assert_eq!(line(&mut second), "");
    }

    #[test]
    fn whose_process_ends_is_hung_up_on() {
        let qemus = Qemus::start(Path::new("sh"), ENDS).unwrap();
        let mut socket = connect(&qemus);
        assert_ne!(line(&mut socket), "");
        assert_eq!(line(&mut socket), "");
    }

    #[test]
    fn each_device_has_its_address() {
        let (qemus, words) = Qemus::with_each(Path::new("sh")).unwrap();
        let expected = ["edu", "pci-testdev", "ivshmem-plain"];
        let expected = expected.iter().zip(&qemus).map(|(name, qemus)| format!("{name}@{}", qemus.address()));
        assert!(words.split(' ').eq(expected), "{words}");
    }
}
