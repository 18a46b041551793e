//! The few things that the operating system must do.

// UNSAFETY: ending a process without running destructors is a foreign call.
#![expect(unsafe_code, reason = "leaving without destructors is a foreign call")]

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus};

/// Ends this process at once: no destructors, no exit handlers of the driver, other threads stop
/// where they are.
pub fn exit_now(code: i32) -> ! {
    #[cfg(unix)]
    // SAFETY: `_exit` has no precondition.
    unsafe {
        nix::libc::_exit(code)
    }
    #[cfg(not(unix))]
    std::process::exit(code)
}

/// How a process ended, in words: `exit code 3`, `signal SIGSEGV`.
pub fn describe_exit(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(number) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return nix::sys::signal::Signal::try_from(number)
            .map_or_else(|_| format!("signal {number}"), |signal| format!("signal {signal}"));
    }
    status.code().map_or_else(|| status.to_string(), |code| format!("exit code {code}"))
}

/// Lets the process be the first of a group, so that all it starts can be ended with it.
pub fn lead_a_group(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// Ends every process of the group that this one began, itself included. Returns if it began none.
pub fn end_own_group() {
    #[cfg(unix)]
    if nix::unistd::getpgrp() == nix::unistd::getpid() {
        let _ = nix::sys::signal::killpg(nix::unistd::getpgrp(), nix::sys::signal::Signal::SIGKILL);
    }
}

/// The standard input of this process, which from here on nobody else reads: what the driver and its children
/// find in its place is empty.
pub fn take_input() -> io::Result<impl Read + Send> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;

        let input = io::stdin().as_fd().try_clone_to_owned()?;
        nix::unistd::dup2_stdin(std::fs::File::open("/dev/null")?)?;
        Ok(std::fs::File::from(input))
    }
    #[cfg(not(unix))]
    Ok(io::stdin())
}

/// Ends a worker and everything that it started, and waits for its end.
pub fn end_tree(worker: &mut Child) {
    #[cfg(target_os = "linux")]
    crate::keeper::ask_to_end(worker);
    end_group(worker);
    // Both fail only if it is gone already.
    let _ = worker.kill();
    let _ = worker.wait();
}

/// Ends every process of the group that `leader` began.
fn end_group(leader: &Child) {
    #[cfg(unix)]
    if let Ok(group) = leader.id().try_into() {
        // Fails only if no process of the group is left.
        let _ =
            nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group), nix::sys::signal::Signal::SIGKILL);
    }
    #[cfg(not(unix))]
    let _ = leader;
}
