//! Runs of the program `umdf-host` whose processes can be found again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::fixture::driver::{Package, misbehave};
use crate::fixture::library::library;
use crate::fixture::misbehaviour::Misbehaviour;

/// Longest wait for a process to begin or to end.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The beginning of every scenario here.
pub const START: &str =
    "title = 'A device of QEMU'\ndevice = { model = 'qemu:edu' }\n[[step]]\ndo = 'start'\n";

/// A driver, its INF and a scenario, in a folder whose name every process of the run has in its environment.
pub struct Files {
    package: Package,
}

impl Files {
    pub fn new(misbehaviour: Misbehaviour, scenario: &str) -> Self {
        let files = Self { package: misbehave(misbehaviour).install() };
        fs::write(files.path("scenario.toml"), scenario).expect("the folder is writable");
        files
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.package.folder().join(name)
    }

    /// `umdf-host run` with these files.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_umdf-host"));
        command.arg("run").arg("--driver").arg(library("misbehave")).arg("--inf").arg(self.package.inf());
        command.arg("--scenario").arg(self.path("scenario.toml"));
        command.env("TMPDIR", self.package.folder()).stdin(Stdio::null());
        command
    }

    /// The same with a program in the place of QEMU that misbehaves in a way of `fake.sh`.
    pub fn command_with_fake(&self, way: &str) -> Command {
        let mut command = self.command();
        command.env("PATH", self.path_with_fake(way));
        command
    }

    /// A `PATH` on which this program comes first.
    pub fn path_with_fake(&self, way: &str) -> String {
        let folder = self.path(way);
        fs::create_dir_all(&folder).expect("the folder is writable");
        // A link: a file that this process wrote could still be open in a child of another test, and then not run.
        let fake = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/qemu/fake.sh");
        std::os::unix::fs::symlink(fake, folder.join("qemu-system-x86_64")).expect("the folder is writable");
        let path = std::env::var("PATH").expect("there is a PATH");
        format!("{}:{path}", folder.display())
    }

    /// The processes of the run that are there, by their programs' names.
    pub fn processes(&self) -> Vec<(i32, String)> {
        let mark = self.package.folder().as_os_str().as_encoded_bytes();
        let processes = fs::read_dir("/proc").expect("there is a /proc").flatten();
        let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
        let of_run = numbers.filter_map(|number| {
            let environment = fs::read(format!("/proc/{number}/environ")).ok()?;
            let marked = environment.windows(mark.len()).any(|part| part == mark);
            let name = fs::read_to_string(format!("/proc/{number}/comm")).ok()?;
            marked.then(|| (number, name.trim_end().to_owned()))
        });
        of_run.collect()
    }

    /// Whether this holds for the processes, now or soon.
    pub fn soon(&self, holds: impl Fn(&[(i32, String)]) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        while !holds(&self.processes()) {
            if Instant::now() > end {
                return false;
            }
            thread::sleep(Duration::from_millis(5));
        }
        true
    }
}

pub fn is_qemu(name: &str) -> bool {
    name.starts_with("qemu-system")
}
