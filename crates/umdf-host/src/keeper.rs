//! The keeper: the process between the supervisor and its worker, so that nothing of a worker is left behind.
//!
//! A process that loses its parent goes to the nearest ancestor that is a subreaper (`prctl(2)`). The keeper is
//! one, so it gets whatever the driver starts, in whatever session or process group that is and whoever
//! started it in between. When the worker has ended, it ends all of that, and then leaves as the worker did.
//! When the supervisor has ended, it ends the worker too.
//!
//! Out of its reach: a process that took another user's rights, what a service of the system starts because
//! the driver asks for it, and what lives on when the driver kills the keeper.

// UNSAFETY: processes are made and waited for by foreign calls.
#![expect(unsafe_code, reason = "fork, wait and signals are foreign calls")]

use std::fs;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use nix::libc;
use nix::sys::prctl;
use nix::sys::signal::{SigSet, SigmaskHow, Signal, kill};
use nix::unistd::{ForkResult, Pid, fork, getppid, setpgid};

use crate::host::exit;
use crate::platform;

/// Longest wait for the end of processes that were killed.
const PATIENCE: Duration = Duration::from_secs(5);
/// Time between two looks at them.
const LOOK: Duration = Duration::from_millis(1);

/// In the supervisor: asks a keeper, which it started as its worker, to end everything, and waits for that.
pub fn ask_to_end(keeper: &mut Child) {
    let Ok(process) = keeper.id().try_into().map(Pid::from_raw) else { return };
    let mut lives = || matches!(keeper.try_wait(), Ok(None));
    // Else the number may be another process's by now.
    if lives() && kill(process, Signal::SIGTERM).is_ok() {
        let end = Instant::now() + PATIENCE * 2;
        while lives() && Instant::now() < end {
            thread::sleep(LOOK);
        }
    }
}

/// Puts a keeper between this process and its parent: what returns is a child of the caller, alone in a
/// process group. Must be called before the process has a second thread. `history` is what the keeper
/// removes if nobody else is left to do so.
pub fn put_between(history: &Path) {
    let waited_for = SigSet::from_iter([Signal::SIGCHLD, Signal::SIGTERM]);
    let Ok(before) = waited_for.thread_swap_mask(SigmaskHow::SIG_BLOCK) else { return };
    let forked = prctl::set_child_subreaper(true).and_then(|()| {
        // SAFETY: the caller promises that there is one thread, so the child may do what it likes.
        unsafe { fork() }
    });
    if let Ok(ForkResult::Parent { child }) = forked {
        watch(child, waited_for, history);
    }
    // Without a keeper the worker does its work, and its process group is all that is ended with it.
    let _ = before.thread_set_mask();
    if forked.is_ok() {
        let _ = setpgid(Pid::from_raw(0), Pid::from_raw(0));
        let _ = prctl::set_pdeathsig(Signal::SIGKILL);
    }
}

/// Runs `life` in a copy of this process, which the answer names. Must be called while the process has one
/// thread.
pub fn copy(life: impl FnOnce()) -> nix::Result<Pid> {
    // SAFETY: the caller promises that there is one thread, so the child may do what it likes.
    match unsafe { fork() }? {
        ForkResult::Parent { child } => Ok(child),
        ForkResult::Child => {
            let _ = prctl::set_pdeathsig(Signal::SIGKILL);
            life();
            platform::exit_now(exit::FINISHED)
        }
    }
}

/// Waits for the worker's end and sees to the rest.
fn watch(worker: Pid, signals: SigSet, history: &Path) -> ! {
    let supervisor = getppid();
    // The supervisor sends the same to end everything.
    let _ = prctl::set_pdeathsig(Signal::SIGTERM);
    let status = loop {
        if let Some(status) = ended(worker) {
            break status;
        }
        if signals.wait() == Ok(Signal::SIGTERM) {
            let _ = kill(worker, Signal::SIGKILL);
        }
    };
    end_orphans();
    if getppid() != supervisor {
        // The worker has most likely done so, and nobody would hear what fails.
        let _ = fs::remove_file(history);
    }
    leave_as(status)
}

/// What is known of the children.
enum Waited {
    /// One has ended.
    Ended(Pid, i32),
    /// All of them live.
    AllLive,
    /// There is none.
    NoChild,
}

fn wait() -> Waited {
    let mut status = 0;
    // SAFETY: `status` is a place for a number.
    match unsafe { libc::waitpid(-1, &raw mut status, libc::WNOHANG) } {
        0 => Waited::AllLive,
        child if child > 0 => Waited::Ended(Pid::from_raw(child), status),
        _ => Waited::NoChild,
    }
}

/// The worker's status, once it has ended.
fn ended(worker: Pid) -> Option<i32> {
    loop {
        match wait() {
            Waited::Ended(child, status) if child == worker => return Some(status),
            Waited::Ended(..) => {}
            Waited::AllLive | Waited::NoChild => return None,
        }
    }
}

/// Ends the processes that lost their parent, and those that lose it thereby.
fn end_orphans() {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        match wait() {
            Waited::NoChild => return,
            Waited::Ended(..) => {}
            Waited::AllLive => {
                for child in children() {
                    let _ = kill(child, Signal::SIGKILL);
                }
                thread::sleep(LOOK);
            }
        }
    }
}

fn children() -> Vec<Pid> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(|process| parent(*process) == Some(Pid::this())).map(Pid::from_raw).collect()
}

/// The parent of a process (`proc_pid_stat(5)`): the name before it may hold anything.
fn parent(process: i32) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, behind_name) = stat.rsplit_once(')')?;
    behind_name.split_whitespace().nth(1)?.parse().ok().map(Pid::from_raw)
}

/// Ends this process as another one ended.
fn leave_as(status: i32) -> ! {
    if libc::WIFEXITED(status) {
        platform::exit_now(libc::WEXITSTATUS(status));
    }
    let signal = libc::WTERMSIG(status);
    // One core file is enough.
    let _ = prctl::set_dumpable(false);
    // SAFETY: the default action needs no handler.
    unsafe { libc::signal(signal, libc::SIG_DFL) };
    let _ = SigSet::empty().thread_set_mask();
    // SAFETY: `raise` takes any number.
    unsafe { libc::raise(signal) };
    platform::exit_now(128 + signal)
}
