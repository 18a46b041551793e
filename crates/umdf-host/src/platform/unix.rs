//! Process groups, signals and files of Unix.

// UNSAFETY: ending a process without running destructors is a foreign call.
#![expect(unsafe_code, reason = "leaving without destructors is a foreign call")]

use std::fs::{File, OpenOptions};
use std::io::{self, Write, stderr, stdin};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};

use nix::libc;
use nix::sys::signal::{Signal, killpg, raise};
use nix::unistd::{Pid, dup2_stdin, getpgrp, getpid};

/// Ends this process at once: no destructors, no exit handlers of the driver, other threads stop
/// where they are.
pub fn exit_now(code: i32) -> ! {
    // SAFETY: `_exit` has no precondition.
    unsafe { libc::_exit(code) }
}

/// Stops every thread of this process until somebody lets it go on.
pub fn stop_for_debugger() {
    let process = getpid();
    // Who stopped it will look for it.
    let _ = writeln!(
        stderr(),
        "umdf-host: stopped. Look at it with: gdb -p {process}; go on with: kill -CONT {process}"
    );
    let _ = raise(Signal::SIGSTOP);
}

/// From here on signals of this thread are handled on the stack on which they come. A stack overflow ends the process
/// then, and nobody is told.
#[cfg(target_os = "linux")]
pub fn handle_signals_where_they_come() {
    let none = libc::stack_t { ss_sp: std::ptr::null_mut(), ss_flags: libc::SS_DISABLE, ss_size: 0 };
    // SAFETY: a structure of this frame. It fails only in a handler that runs on such a stack.
    unsafe { libc::sigaltstack(&raw const none, std::ptr::null_mut()) };
}

/// How a process ended, in words: `exit code 3`, `signal SIGSEGV`.
pub fn describe_exit(status: ExitStatus) -> String {
    if let Some(number) = status.signal() {
        return Signal::try_from(number)
            .map_or_else(|_| format!("signal {number}"), |signal| format!("signal {signal}"));
    }
    status.code().map_or_else(|| status.to_string(), |code| format!("exit code {code}"))
}

/// A process and all that it starts: a process group, which begins with it.
pub struct Group {
    leader: Option<Pid>,
}

impl Group {
    /// Starts the process that leads the group.
    pub fn start(command: &mut Command) -> io::Result<(Child, Self)> {
        let child = command.process_group(0).spawn()?;
        let leader = child.id().try_into().ok().map(Pid::from_raw);
        Ok((child, Self { leader }))
    }

    /// Ends every process of the group, and on Linux whatever else its leader started, and waits for the
    /// end of the leader.
    pub fn end(&self, leader: &mut Child) {
        #[cfg(target_os = "linux")]
        crate::keeper::ask_to_end(leader);
        if let Some(leader) = self.leader {
            // Fails only if no process of the group is left.
            let _ = killpg(leader, Signal::SIGKILL);
        }
        // Both fail only if it is gone already.
        let _ = leader.kill();
        let _ = leader.wait();
    }
}

/// Ends every process of the group that this one began, itself included. Returns if it began none.
pub fn end_own_group() {
    if getpgrp() == getpid() {
        let _ = killpg(getpgrp(), Signal::SIGKILL);
    }
}

/// Has the process that the command starts killed when the thread that starts it ends, on Linux.
pub fn end_with_this_thread(command: &mut Command) {
    #[cfg(target_os = "linux")]
    {
        let end = || nix::sys::prctl::set_pdeathsig(Signal::SIGKILL).map_err(io::Error::from);
        // SAFETY: between fork and exec there is this one system call, which allocates nothing.
        unsafe { command.pre_exec(end) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = command;
}

/// What a worker does first. Returns its end of the pipe to the supervisor, which from here on nobody else
/// reads: what the driver and its children find in the place of the standard input is empty.
pub fn enter_worker() -> io::Result<File> {
    let input = stdin().as_fd().try_clone_to_owned()?;
    dup2_stdin(File::open("/dev/null")?)?;
    Ok(File::from(input))
}

/// Makes a file that another process of this user can open too. Fails if there is one already.
pub fn create_shared(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

/// Keeps the current thread, and those that it starts, on the core on which it is. Where that is not possible
/// they are slower, and nothing else.
pub fn stay_on_one_core() {
    #[cfg(target_os = "linux")]
    {
        use nix::sched::{CpuSet, sched_getcpu, sched_setaffinity};
        let mut cores = CpuSet::new();
        if sched_getcpu().and_then(|core| cores.set(core)).is_ok() {
            let _ = sched_setaffinity(Pid::from_raw(0), &cores);
        }
    }
}
