//! Where the driver's traces go: line by line to the debugger.
//!
//! Levels: `error` once per failure, at the place that hands it to the framework or the caller; `info` for each
//! step of a life; `trace` for each register access, in debug builds only (release builds leave these lines out,
//! they cost more than the access). On Windows a kernel debugger or DebugView shows the lines; umdf-host records
//! them.

use std::io;

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Switches tracing on.
///
/// The subscriber is the process's, and stays: there is nothing to tear down, since it owns neither a thread
/// nor a handle. A process that has one already (a program that the driver is linked into) keeps it.
pub fn start() {
    let level = if cfg!(debug_assertions) { LevelFilter::TRACE } else { LevelFilter::INFO };
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(Debugger)
        .with_ansi(false)
        .without_time()
        .finish();
    let _kept = tracing::subscriber::set_global_default(subscriber);
}

/// Writes to the debugger.
struct Debugger;

impl MakeWriter<'_> for Debugger {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

impl io::Write for Debugger {
    /// Takes what the formatter writes at once: one event, with its line end.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        crate::wdk::print!("{}", String::from_utf8_lossy(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
