//! What is measured with: the process's CPU time and memory.

use std::fs;
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

use crate::Outcome;

/// CPU time of this process so far, all its threads.
pub fn cpu_time() -> Outcome<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?.into())
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
    /// What it has now.
    pub fn now() -> Outcome<Self> {
        let status = fs::read_to_string("/proc/self/status")?;
        let field = |name: &str| -> Outcome<i64> {
            let value = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such field")?;
            Ok(value.trim_end_matches("kB").trim().parse()?)
        };
        // A history in a file system in memory counts as shared.
        Ok(Self { own: field("RssAnon:")?, history: field("RssFile:")? + field("RssShmem:")? })
    }

    /// What it has more than before.
    pub fn beyond(self, before: Self) -> Self {
        Self { own: self.own - before.own, history: self.history - before.history }
    }
}
