//! Where the driver's traces go, and how they tell which device and which request they are about.
//!
//! Levels, by what a line tells:
//! - `error`: something failed. Once per failure, where it is handed to the framework or to the caller.
//! - `warn`: something is not as it should be, and the driver goes on without it.
//! - `info`: a step in the life of the driver or a device. Nothing that happens per request or per interrupt.
//! - `debug`: what comes in and goes out: requests.
//! - `trace`: each register access.
//!
//! Spans: `device`, with its number in order of EvtDriverDeviceAdd in this process, and `request`, with its I/O
//! control code. `wdf/callback.rs` opens them. In Plug and Play and power
//! callbacks the device's is there if lines of `info` are wanted. In all others both are there only if lines of
//! `debug` are: what does not get a line costs no look-up and no memory. So an error names both itself, and so does
//! the end of a request, which any callback may bring.
//!
//! Nothing asks the sinks first whether a line is wanted (`enabled!`, `span_enabled!`): the answer would stay with the
//! thread, and keep the next line from one of them. `level_enabled!` does not ask them.
//!
//! Sinks: the debugger, line by line (umdf-host stands in for it on portable builds): everything in debug builds, up
//! to `info` in release builds. On Windows ETW too: whatever level a session asks for, see `trace/etw.rs`.

use std::io;

use tracing_subscriber::prelude::*;
use tracing_subscriber::{filter::LevelFilter, fmt, registry};

#[cfg(windows)]
mod etw;

/// Switches tracing on, for DriverEntry. Nothing in it fails the start.
///
/// The subscriber is the image's, and stays: it owns neither a thread nor a handle, but for what [`stop`] lets go. A
/// program that the driver is linked into may have a subscriber already, and keeps it.
pub(crate) fn start() {
    let level = if cfg!(debug_assertions) { LevelFilter::TRACE } else { LevelFilter::INFO };
    let subscriber = registry();
    #[cfg(windows)]
    let subscriber = subscriber.with(etw::layer());
    let debugger = fmt::layer().with_writer(|| Debugger).with_ansi(false).without_time().with_filter(level);
    let _kept = tracing::subscriber::set_global_default(subscriber.with(debugger));
    #[cfg(windows)]
    etw::register();
}

/// Lets go what must not outlive the image, for EvtDriverUnload and the end of a DriverEntry that fails. [`start`]
/// may be called again.
pub(crate) fn stop() {
    #[cfg(windows)]
    etw::unregister();
}

/// Writes to the debugger.
struct Debugger;

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
