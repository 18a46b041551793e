//! What every callback and every call needs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wdk_sys::{NT_SUCCESS, NTSTATUS, STATUS_INTERNAL_ERROR, STATUS_SUCCESS, ULONG};

pub use wdk_sys::call_unsafe_wdf_function_binding as call_unsafe;
pub use wdk_sys::wdk::println;

/// Runs the body of a callback. A panic must not reach the framework: it becomes a failure, which is traced.
pub fn contain<T>(event: &str, body: impl FnOnce() -> Result<T, NTSTATUS>) -> Result<T, NTSTATUS> {
    let result = catch_unwind(AssertUnwindSafe(body)).unwrap_or(Err(STATUS_INTERNAL_ERROR));
    result.inspect_err(|status| println!("abacus: {event} fails with {status:#010x}"))
}

/// What a callback returns.
pub fn status_of(result: Result<(), NTSTATUS>) -> NTSTATUS {
    result.err().unwrap_or(STATUS_SUCCESS)
}

/// What a framework function returned, as a result.
pub fn check(status: NTSTATUS) -> Result<(), NTSTATUS> {
    if NT_SUCCESS(status) { Ok(()) } else { Err(status) }
}

/// The size of a structure as its own `Size` field holds it.
#[expect(clippy::cast_possible_truncation, reason = "no structure of WDF is that large")]
pub const fn size_field<T>() -> ULONG {
    size_of::<T>() as ULONG
}
