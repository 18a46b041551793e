//! Finds a QEMU for the tests that need one, or says why there is none and what installs it. The host asks for no more
//! than the version: what else is wrong it learns from the device itself.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

use thiserror::Error;
use wait_timeout::ChildExt;

mod version;

pub use version::{OLDEST, Version};

/// QEMU's program.
pub const PROGRAM: &str = "qemu-system-x86_64";
/// The Debian packages of QEMU and of its firmware.
pub const PACKAGES: &[&str] = &["qemu-system-x86", "seabios"];
/// What installs them.
pub const INSTALL: &str = "apt-get install --no-install-recommends qemu-system-x86 seabios";

/// Longest wait for a program that does next to nothing.
const SOON: Duration = Duration::from_secs(30);
/// Longest wait for the last words of a process that has ended.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// More than this of what it says is not read, in bytes.
const LONGEST: u64 = 4096;

/// Why there is no QEMU that will do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unusable {
    /// No folder of `PATH` has it.
    #[error("there is no {PROGRAM}")]
    Missing,
    /// It does not answer `--version` as QEMU does.
    #[error("{} is no QEMU: it answers --version with \"{answer}\"", .program.display())]
    NoQemu {
        /// The program.
        program: PathBuf,
        /// The first line of its answer, or of its errors.
        answer: String,
    },
    /// It is too old.
    #[error("{} is QEMU {found}, older than {OLDEST}", .program.display())]
    TooOld {
        /// The program.
        program: PathBuf,
        /// Its version.
        found: Version,
    },
    /// It makes no machine with the device: it lacks the device, or the firmware.
    #[error("{} makes no machine with an edu device: {words}", .program.display())]
    NoMachine {
        /// The program.
        program: PathBuf,
        /// What it said last.
        words: String,
    },
}

/// The QEMU that is first on `PATH`, if it will do: new enough, and able to make the machine of the tests.
///
/// # Errors
/// [`Unusable`]: what is wrong with it, or that there is none.
pub fn find() -> Result<PathBuf, Unusable> {
    find_in(&env::var_os("PATH").unwrap_or_default(), SOON)
}

fn find_in(folders: &OsStr, patience: Duration) -> Result<PathBuf, Unusable> {
    let file = format!("{PROGRAM}{}", env::consts::EXE_SUFFIX);
    let mut programs = env::split_paths(folders).map(|folder| folder.join(&file));
    let program = programs.find(|program| program.is_file()).ok_or(Unusable::Missing)?;
    let told = run(&program, &["--version"], "", patience);
    match Version::parse(told.line()) {
        None => return Err(Unusable::NoQemu { program, answer: told.line().to_owned() }),
        Some(found) if found < OLDEST => return Err(Unusable::TooOld { program, found }),
        Some(_) => (),
    }
    // The monitor on its standard input is told to end it at once.
    let machine = ["-machine", "q35", "-S", "-display", "none", "-nodefaults", "-device", "edu"];
    let made = run(&program, &[&machine[..], &["-monitor", "stdio"]].concat(), "quit\n", patience);
    if made.success {
        Ok(program)
    } else {
        let words = made.errors.lines().last().unwrap_or("it said nothing").to_owned();
        Err(Unusable::NoMachine { program, words })
    }
}

/// A program that has ended.
#[derive(Default)]
struct Told {
    success: bool,
    output: String,
    errors: String,
}

impl Told {
    /// Its first line.
    fn line(&self) -> &str {
        self.output.lines().chain(self.errors.lines()).next().unwrap_or_default()
    }
}

/// Runs a program, and ends one that does not end by itself.
fn run(program: &Path, arguments: &[&str], input: &str, patience: Duration) -> Told {
    let begun = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let ended = begun.and_then(|process| finish(process, input, patience));
    ended.unwrap_or_else(|error| Told { errors: error.to_string(), ..Told::default() })
}

fn finish(mut process: Child, input: &str, patience: Duration) -> io::Result<Told> {
    let (output, errors) = (reader(process.stdout.take()), reader(process.stderr.take()));
    if let Some(mut stdin) = process.stdin.take() {
        // Fails if it has ended already; its status tells.
        let _ = stdin.write_all(input.as_bytes());
    }
    let status = process.wait_timeout(patience)?;
    // Both fail if it has ended.
    let _ = process.kill();
    let _ = process.wait();
    let [output, mut errors] = [output, errors].map(|text| text.recv_timeout(LAST_WORDS).unwrap_or_default());
    if status.is_none() {
        errors = format!("it does not end within {patience:?}");
    }
    Ok(Told { success: status.is_some_and(|status| status.success()), output, errors })
}

/// Reads the beginning of what a process says, and answers when it says no more.
fn reader(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (give, text) = sync_channel(1);
    thread::spawn(move || {
        let mut read = Vec::new();
        if let Some(pipe) = pipe {
            // What came before an error is what it said.
            let _ = pipe.take(LONGEST).read_to_end(&mut read);
        }
        // Nobody waits any more.
        let _ = give.send(String::from_utf8_lossy(&read).trim().to_owned());
    });
    text
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// The answer where the QEMU on `PATH` misbehaves in this way of the host's `fake.sh`.
    fn found(way: &str, patience: Duration) -> Result<(), String> {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join(way);
        fs::create_dir(&folder).unwrap();
        let fake = Path::new(env!("CARGO_MANIFEST_DIR")).join("../umdf-host/tests/qemu/fake.sh");
        symlink(fake.canonicalize().unwrap(), folder.join(PROGRAM)).unwrap();
        let path = env::join_paths([&parent.path().join("nothing"), &folder]).unwrap();
        let found = find_in(&path, patience);
        found.map(|program| assert_eq!(program, folder.join(PROGRAM))).map_err(|error| error.to_string())
    }

    #[test]
    fn each_qemu_that_will_not_do_is_told_by_what_is_wrong_with_it() {
        for (way, words) in [
            ("old", "is QEMU 6.2, older than 7.2"),
            ("other-program", "is no QEMU: it answers --version with \"hello\""),
            ("version-empty", "is no QEMU"),
            ("dies", "makes no machine with an edu device: qemu-system-x86_64: -device edu: 'edu' is not a"),
            ("flood", "makes no machine"),
        ] {
            let error = found(way, SOON).unwrap_err();
            assert!(error.contains(words) && error.contains(way), "{way}: {error}");
        }
        assert_eq!(find_in(OsStr::new(""), SOON), Err(Unusable::Missing));
    }

    #[test]
    fn who_does_not_end_is_ended() {
        let patience = Duration::from_millis(300);
        for way in ["version-hangs", "silent"] {
            let error = found(way, patience).unwrap_err();
            assert!(error.contains("it does not end within 300ms"), "{way}: {error}");
        }
    }

    /// It answers whatever it is told, and ends when nobody talks to it any more.
    #[test]
    fn one_that_makes_a_machine_will_do() {
        assert_eq!(found("empty-slot", SOON), Ok(()));
    }

    #[test]
    fn the_command_installs_the_packages() {
        assert!(INSTALL.ends_with(&PACKAGES.join(" ")));
    }
}
