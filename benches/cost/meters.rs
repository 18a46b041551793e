//! What is measured with: the process's CPU time and memory.

use std::time::Duration;
use std::{fs, io};

/// CPU time of this process so far, all its threads.
#[cfg(unix)]
pub fn cpu_time() -> io::Result<Duration> {
    use nix::time::{ClockId, clock_gettime};

    Ok(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?.into())
}

#[cfg(not(unix))]
pub fn cpu_time() -> io::Result<Duration> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this bench measures on Linux only"))
}

/// Memory of this process, KiB.
#[derive(Clone, Copy)]
pub struct Memory {
    /// Its own: heap and stacks.
    pub own: i64,
    /// What it has touched of files, and here that is the history.
    pub history: i64,
}

impl Memory {
    /// What it has now, as Linux tells.
    pub fn now() -> io::Result<Self> {
        let status = fs::read_to_string("/proc/self/status")?;
        let field = |name: &str| {
            let value = status.lines().find_map(|line| line.strip_prefix(name));
            let value = value.and_then(|value| value.trim_end_matches("kB").trim().parse::<i64>().ok());
            value.ok_or_else(|| io::Error::other(format!("/proc/self/status has no {name}")))
        };
        // A history in a file system in memory counts as shared.
        Ok(Self { own: field("RssAnon:")?, history: field("RssFile:")? + field("RssShmem:")? })
    }

    /// What it has more than before.
    pub fn beyond(self, before: Self) -> Self {
        Self { own: self.own - before.own, history: self.history - before.history }
    }
}
