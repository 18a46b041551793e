//! What the tests stand on: a host that serves, and `eductl` beside it.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
use nix::{
    sys::signal::{self, Signal},
    unistd::Pid,
};
use serde_json::Value;
use tempfile::{NamedTempFile, TempPath};

/// Longest wait for anything.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The host and the driver.
static BUILT: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the package lies two folders deep")
}

/// Has cargo build the host and the driver, in the folder where this test lies. Nothing is to be done after
/// `cargo build`.
pub fn build() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--message-format=json-render-diagnostics", "--target-dir"]).arg(target);
    cargo.args(["--package", "edu-umdf", "--package", "umdf-host", "--bin", "umdf-host", "--lib"]);
    let output = cargo.current_dir(root()).stderr(Stdio::inherit()).output().expect("cargo starts");
    assert!(output.status.success(), "cargo builds neither host nor driver");
    let messages = String::from_utf8(output.stdout).expect("UTF-8");
    let artifacts: Vec<Value> = messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let find = |name: &str, file: &dyn Fn(&Value) -> Option<PathBuf>| {
        let mut named = artifacts.iter().filter(|artifact| artifact["target"]["name"] == name);
        named.find_map(file).unwrap_or_else(|| panic!("cargo built no {name}"))
    };
    let host = find("umdf-host", &|artifact| artifact["executable"].as_str().map(PathBuf::from));
    let driver = find("edu_umdf", &|artifact| {
        let files = artifact["filenames"].as_array()?.iter().filter_map(Value::as_str).map(PathBuf::from);
        files
            .into_iter()
            .find(|file| file.extension().is_some_and(|extension| extension == env::consts::DLL_EXTENSION))
    });
    BUILT.set((host, driver)).expect("they are built once");
}

/// A host that serves.
pub struct Host {
    child: Child,
    control: Option<ChildStdin>,
    lines: Mutex<Receiver<String>>,
    _inf: Option<TempPath>,
    pub address: SocketAddr,
}

impl Host {
    /// So many devices.
    pub fn new(devices: usize) -> Self {
        Self::with(devices, &[])
    }

    /// With further options.
    pub fn with(devices: usize, options: &[&str]) -> Self {
        Self::serve(devices, options, |inf| inf)
    }

    /// With another INF.
    pub fn with_inf(devices: usize, change: impl FnOnce(String) -> String) -> Self {
        Self::serve(devices, &[], change)
    }

    fn serve(devices: usize, options: &[&str], change: impl FnOnce(String) -> String) -> Self {
        let (host, driver) = BUILT.get().expect("they are built");
        let inf = fs::read_to_string(root().join("inf/edu_umdf.inx")).expect("the INF is text");
        // No watchdog wakes up, however slow the machine is.
        let inf = inf.replace("FactorialTimeoutMs,0x10001,2000", "FactorialTimeoutMs,0x10001,60000");
        let file = NamedTempFile::with_suffix(".inx").expect("a temporary file can be made").into_temp_path();
        fs::write(&file, change(inf)).expect("it is writable");
        let mut command = Command::new(host);
        command.arg("serve").arg("--driver").arg(driver).arg("--inf").arg(&file);
        command.args(["--control", "--json"]).args(vec!["--device=edu"; devices]).args(options);
        Self::start(command, Some(file))
    }

    /// With these arguments, the driver in the place of one of them, from the root of the repository.
    pub fn by(arguments: &[&str], driver_at: Option<usize>) -> Self {
        let (host, driver) = BUILT.get().expect("they are built");
        let mut arguments: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
        if let Some(place) = driver_at {
            arguments[place].clone_from(driver);
        }
        let mut command = Command::new(host);
        command.args(arguments).arg("--json").current_dir(root());
        Self::start(command, None)
    }

    fn start(mut command: Command, inf: Option<TempPath>) -> Self {
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
        let lines = Mutex::new(lines);
        let mut host = Self { child, control, lines, _inf: inf, address: ([127, 0, 0, 1], 0).into() };
        let ready = host.line();
        host.address = ready["serving"].as_str().and_then(|text| text.parse().ok()).expect("an address");
        host
    }

    fn next(&self) -> Option<String> {
        self.lines.lock().expect("no test panics in here").recv_timeout(PATIENCE).ok()
    }

    fn line(&self) -> Value {
        let line = self.next().expect("a line");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Has a line followed; it is not refused.
    pub fn say(&mut self, line: &str) {
        writeln!(self.control.as_mut().expect("it is open"), "{line}").expect("it listens");
        let told = self.line();
        assert_eq!(told["refusal"], Value::Null, "{told}");
    }

    /// `eductl` with this host and these arguments.
    pub fn eductl(&self, arguments: &[&str]) -> Command {
        connected(self.address, arguments)
    }

    /// Runs `eductl` to its end, which is a good one; the answer is what it printed.
    #[track_caller]
    pub fn text(&self, arguments: &[&str]) -> String {
        let (code, text) = run(self.eductl(arguments));
        assert_eq!(code, 0, "{arguments:?}: {text}");
        text
    }

    /// As [`text`](Self::text), with `--json`: one document.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let text = self.text(&[&["--json"], arguments].concat());
        assert_eq!(text.lines().count(), 1, "{text}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Ends it. The driver met every expectation and broke no rule.
    #[track_caller]
    pub fn pass(mut self) -> Value {
        self.control = None;
        let (code, report) = self.report();
        assert_eq!((code, report["result"].as_str()), (Some(0), Some("pass")), "{report:#}");
        assert_eq!(report["mapped"], report["unmapped"]);
        report
    }

    /// It ends: its exit code and its report.
    pub fn report(mut self) -> (Option<i32>, Value) {
        let mut text = String::new();
        while let Some(line) = self.next() {
            text += &(line + "\n");
        }
        let status = self.child.wait().expect("it can be waited for");
        let report = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        (status.code(), report)
    }

    /// Kills the process that has the driver in it, once there is one.
    #[cfg(target_os = "linux")]
    pub fn kill_worker(&mut self) {
        let host = self.child.id();
        let mut worker = None;
        until("a worker", || {
            worker = children(host).pop();
            worker.is_some()
        });
        let worker = worker.expect("it was waited for");
        let process = Pid::from_raw(worker.parse().expect("a number"));
        signal::kill(process, Signal::SIGKILL).expect("it lives");
        until("its end", || !children(host).contains(&worker));
    }
}

/// The processes that a process has started, as Linux tells them.
#[cfg(target_os = "linux")]
fn children(parent: u32) -> Vec<String> {
    let threads = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().filter_map(Result::ok);
    let listed = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    listed.flat_map(|ids| ids.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

impl Drop for Host {
    fn drop(&mut self) {
        // Fails if it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `eductl`, without arguments.
pub fn eductl() -> Command {
    Command::new(env!("CARGO_BIN_EXE_eductl"))
}

/// `eductl` with whoever listens at this address, and these arguments.
pub fn connected(address: SocketAddr, arguments: &[&str]) -> Command {
    let mut command = eductl();
    command.arg("--connect").arg(address.to_string()).args(arguments);
    command
}

/// Runs a program to its end; the answer is its exit code and what it printed.
pub fn run(mut command: Command) -> (i32, String) {
    let Output { status, stdout, stderr } = command.output().expect("eductl starts");
    let text = String::from_utf8(stdout).expect("UTF-8") + &String::from_utf8_lossy(&stderr);
    (status.code().unwrap_or(-1), text)
}

/// `eductl` that runs beside the test.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    pub fn new(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("eductl starts");
        let (send, lines) = channel();
        let error = child.stderr.take().expect("it is a pipe");
        let output = child.stdout.take().expect("it is a pipe");
        let to = send.clone();
        thread::spawn(move || tell(BufReader::new(output), &to));
        thread::spawn(move || tell(BufReader::new(error), &send));
        Self { child, lines }
    }

    /// The next line that it prints.
    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("a line")
    }

    #[cfg(unix)]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("it lives");
    }

    /// Waits for its end: its exit code, and the lines that nobody read.
    pub fn end(mut self) -> (Option<i32>, Vec<String>) {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                break status;
            }
            assert!(Instant::now() < end, "eductl does not end");
            thread::sleep(Duration::from_millis(10));
        };
        (status.code(), self.lines.iter().collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn tell(output: impl BufRead, to: &Sender<String>) {
    for line in output.lines().map_while(Result::ok) {
        let _ = to.send(line);
    }
}

/// Waits until something holds.
#[track_caller]
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "{what} does not come about");
        thread::sleep(Duration::from_millis(5));
    }
}
