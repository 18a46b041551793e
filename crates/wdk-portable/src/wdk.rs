//! Stand-in of the crate `wdk`: [`print!`], [`println!`] and [`nt_success`].
//!
//! The genuine macros send text to the debugger (OutputDebugStringA); these send it to the loader's debug
//! output. Outside bind and unbind there is no loader, and the text is dropped.
//!
//! Sources: `wdk` 0.5.0.

use core::{ffi::c_void, fmt};
use std::sync::{PoisonError, RwLock};

pub use crate::NT_SUCCESS as nt_success;
pub use crate::{__wdk_print as print, __wdk_println as println};

/// The debug output of the loader that bound this driver, and its context.
#[derive(Clone, Copy)]
pub(crate) struct DebugOutput {
    pub function: unsafe extern "C" fn(context: *mut c_void, text: *const u8, length: usize),
    pub context: *mut c_void,
}

// SAFETY: `LoaderInterface::debug_output` may be called on any thread, with the context it was given; nothing
// here looks behind the context.
unsafe impl Send for DebugOutput {}
// SAFETY: as above.
unsafe impl Sync for DebugOutput {}

static OUTPUT: RwLock<Option<DebugOutput>> = RwLock::new(None);

/// Says where text goes from now on; `None` drops it.
pub(crate) fn set_output(output: Option<DebugOutput>) {
    *OUTPUT.write().unwrap_or_else(PoisonError::into_inner) = output;
}

/// Sends the formatted text, without its NUL characters, in one call.
#[doc(hidden)]
pub fn _print(arguments: fmt::Arguments<'_>) {
    // Copied out: the lock must not be held while foreign code runs.
    let output = *OUTPUT.read().unwrap_or_else(PoisonError::into_inner);
    let Some(DebugOutput { function, context }) = output else { return };
    let mut text = arguments.to_string();
    text.retain(|character| character != '\0');
    // SAFETY: the loader keeps `function` callable with `context` until unbind returns; `text` is readable
    // for its length.
    unsafe { function(context, text.as_ptr(), text.len()) }
}

/// Prints to the debug output; the arguments are those of [`format!`].
#[doc(hidden)]
#[macro_export]
macro_rules! __wdk_print {
    ($($argument:tt)*) => {
        $crate::wdk::_print(::core::format_args!($($argument)*))
    };
}

/// Prints a line to the debug output, in one call; the arguments are those of [`format!`].
#[doc(hidden)]
#[macro_export]
macro_rules! __wdk_println {
    () => {
        $crate::__wdk_print!("\n")
    };
    ($($argument:tt)*) => {
        $crate::__wdk_print!("{}\n", ::core::format_args!($($argument)*))
    };
}
