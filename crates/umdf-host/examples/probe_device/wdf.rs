//! Calls into the framework, and how a check tells what it found.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};

use wdk_sys::{
    _WDF_EXECUTION_LEVEL, _WDF_SYNCHRONIZATION_SCOPE, NTSTATUS, ULONG, UNICODE_STRING, WDF_OBJECT_ATTRIBUTES,
    WDFOBJECT,
};

/// Calls a framework function.
macro_rules! wdf {
    ($function:ident $(, $argument:expr)* $(,)?) => {
        // SAFETY: every pointer is what the function's contract asks for, or wrong on purpose in a way that
        // the host sees without following it.
        unsafe { ::wdk_sys::call_unsafe_wdf_function_binding!($function $(, $argument)*) }
    };
}
pub(crate) use wdf;

static CHECKS: AtomicU32 = AtomicU32::new(0);

/// One check: a line for the test.
#[expect(clippy::needless_pass_by_value, reason = "values are what checks compare")]
pub fn expect<T: PartialEq + Debug>(name: &str, found: T, expected: T) {
    CHECKS.fetch_add(1, Ordering::Relaxed);
    if found == expected {
        wdk_sys::wdk::println!("ok {name}");
    } else {
        wdk_sys::wdk::println!("FAILED {name} => {found:?}, not {expected:?}");
    }
}

/// Statuses, told as Windows writes them.
pub fn status(name: &str, found: NTSTATUS, expected: NTSTATUS) {
    expect(name, format!("{found:#010x}"), format!("{expected:#010x}"));
}

/// The last line: how many checks there were.
pub fn finish() {
    wdk_sys::wdk::println!("checks: {}", CHECKS.load(Ordering::Relaxed));
}

/// The size of a structure as its own `Size` holds it.
pub fn size_field<T>() -> ULONG {
    ULONG::try_from(size_of::<T>()).expect("no structure of WDF is that large")
}

/// What WDF_OBJECT_ATTRIBUTES_INIT gives, and a parent.
pub fn attributes(parent: WDFOBJECT) -> WDF_OBJECT_ATTRIBUTES {
    WDF_OBJECT_ATTRIBUTES {
        Size: size_field::<WDF_OBJECT_ATTRIBUTES>(),
        ExecutionLevel: _WDF_EXECUTION_LEVEL::WdfExecutionLevelInheritFromParent,
        SynchronizationScope: _WDF_SYNCHRONIZATION_SCOPE::WdfSynchronizationScopeInheritFromParent,
        ParentObject: parent,
        ..WDF_OBJECT_ATTRIBUTES::default()
    }
}

/// A string and the units behind it.
pub struct Text {
    _units: Vec<u16>,
    /// Points at the units.
    pub string: UNICODE_STRING,
}

/// A string that is well-formed, with the NUL that registry names need.
pub fn text(content: &str) -> Text {
    let mut units: Vec<u16> = content.encode_utf16().chain([0]).collect();
    let bytes = u16::try_from(units.len() * 2).expect("texts are short");
    let string = UNICODE_STRING { Length: bytes - 2, MaximumLength: bytes, Buffer: units.as_mut_ptr() };
    Text { _units: units, string }
}

/// A string of an odd length.
pub fn malformed() -> Text {
    let mut text = text("ab");
    text.string.Length = 3;
    text
}
