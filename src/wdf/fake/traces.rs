//! Where the traces of a test go.

use std::cell::{Cell, RefCell};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tracing_subscriber::filter::LevelFilter;

thread_local! {
    static ERRORS: RefCell<String> = const { RefCell::new(String::new()) };
    static PANIC: Cell<bool> = const { Cell::new(true) };
}

/// Runs `body`; returns the error traces that it wrote, one a line.
pub fn errors_of(body: impl FnOnce()) -> Vec<String> {
    struct Writer;
    impl io::Write for Writer {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            ERRORS.with_borrow_mut(|errors| errors.push_str(&String::from_utf8_lossy(line)));
            Ok(line.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::ERROR)
        .with_writer(|| Writer)
        .with_ansi(false)
        .finish();
    tracing::subscriber::with_default(subscriber, body);
    ERRORS.take().lines().map(ToOwned::to_owned).collect()
}

/// Runs `body`, in which the first trace panics.
pub fn panic_in_first_trace(body: impl FnOnce()) {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(|| {
            assert!(!PANIC.replace(false), "no writer");
            io::sink()
        })
        .finish();
    let _caught = catch_unwind(AssertUnwindSafe(|| {
        tracing::subscriber::with_default(subscriber, body);
    }));
    assert!(!PANIC.replace(true), "nothing was traced");
}
