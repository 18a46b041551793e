//! Bad arguments in the place of good ones.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use wdk_sys::{
    _WDF_EXECUTION_LEVEL as Level, _WDF_SYNCHRONIZATION_SCOPE as Scope, NTSTATUS,
    STATUS_INFO_LENGTH_MISMATCH, STATUS_INVALID_PARAMETER, UNICODE_STRING, WDF_OBJECT_ATTRIBUTES,
    WDF_OBJECT_CONTEXT_TYPE_INFO,
};

use crate::good::keep;
use crate::rows::{AttributesMistake as Wrong, Mistake, Row, TextMistake};
use crate::wdf::{attributes, create_object, size_field, wdf};

/// Statuses of `wdfstatus.h`.
const STATUS_WDF_OBJECT_ATTRIBUTES_INVALID: NTSTATUS = u32::cast_signed(0xC020_0209);
const STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED: NTSTATUS = u32::cast_signed(0xC020_020F);
const STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID: NTSTATUS = u32::cast_signed(0xC020_0210);
const STATUS_WDF_EXECUTION_LEVEL_INVALID: NTSTATUS = u32::cast_signed(0xC020_0211);
/// What the table says of a queue that nothing is called for.
pub const STATUS_WDF_NO_CALLBACK: NTSTATUS = u32::cast_signed(0xC020_020B);
/// What the table says of a timer whose parent is serialized at another level.
pub const STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL: NTSTATUS = u32::cast_signed(0xC020_020C);
/// Also what a table says of a parent that is missing.
pub const STATUS_WDF_PARENT_NOT_SPECIFIED: NTSTATUS = u32::cast_signed(0xC020_0212);

/// An object of a type that no function of the table takes.
static OTHER: AtomicPtr<std::ffi::c_void> = AtomicPtr::new(null_mut());
/// The handle of an object that is gone.
static GONE: AtomicPtr<std::ffi::c_void> = AtomicPtr::new(null_mut());

/// Makes the bad handles.
pub fn prepare() -> Result<(), NTSTATUS> {
    OTHER.store(create_object(attributes(null_mut()))?, Ordering::Relaxed);
    let gone = create_object(attributes(null_mut()))?;
    wdf!(WdfObjectDelete, gone);
    GONE.store(gone, Ordering::Relaxed);
    Ok(())
}

impl Row {
    fn is_wrong(&self, argument: &str) -> bool {
        if self.mistake != Mistake::NullFromHere {
            return self.argument == argument;
        }
        let order = self.function.required();
        let place = |argument: &str| order.iter().position(|known| *known == argument);
        place(argument) >= place(self.argument)
    }

    /// What the table says is wrong with this argument.
    pub fn other(&self, argument: &str) -> Option<&'static str> {
        match self.mistake {
            Mistake::Other(what, _) if self.argument == argument => Some(what),
            _ => None,
        }
    }

    /// The status that answers a text or attributes.
    pub fn status(&self) -> Option<NTSTATUS> {
        match self.mistake {
            Mistake::Text(_) => Some(STATUS_INVALID_PARAMETER),
            Mistake::Attributes(Wrong::StaleParent) => None,
            Mistake::Attributes(wrong) => Some(status_of(wrong)),
            _ => None,
        }
    }

    /// A handle, wrong if the row is about this argument.
    pub fn handle<T>(&self, argument: &str, good: impl FnOnce() -> *mut T) -> *mut T {
        match self.mistake {
            _ if !self.is_wrong(argument) => good(),
            Mistake::OtherType => OTHER.load(Ordering::Relaxed).cast(),
            Mistake::Stale => GONE.load(Ordering::Relaxed).cast(),
            _ => null_mut(),
        }
    }

    /// A handle that is looked at as a pointer first.
    pub fn handle_pointer<T>(&self, argument: &str, good: impl FnOnce() -> *mut T) -> *mut T {
        self.handle(argument, good)
    }

    /// A handle of any type.
    pub fn object<T>(&self, argument: &str, good: impl FnOnce() -> *mut T) -> *mut T {
        self.handle(argument, good)
    }

    /// A handle that may be NULL.
    pub fn optional<T>(&self, argument: &str, good: impl FnOnce() -> *mut T) -> *mut T {
        self.handle(argument, good)
    }

    /// A pointer.
    pub fn pointer<T>(&self, argument: &str, good: impl FnOnce() -> *mut T) -> *mut T {
        if self.is_wrong(argument) { null_mut() } else { good() }
    }

    /// A callback.
    pub fn function<F>(&self, argument: &str, good: impl FnOnce() -> Option<F>) -> Option<F> {
        if self.is_wrong(argument) { None } else { good() }
    }

    /// A string.
    pub fn text(&self, argument: &str, good: impl FnOnce() -> *mut UNICODE_STRING) -> *mut UNICODE_STRING {
        match self.mistake {
            _ if !self.is_wrong(argument) => good(),
            Mistake::Text(mistake) => malformed(good(), mistake),
            _ => null_mut(),
        }
    }

    /// A string that may be NULL.
    pub fn optional_text(
        &self,
        argument: &str,
        good: impl FnOnce() -> *mut UNICODE_STRING,
    ) -> *mut UNICODE_STRING {
        self.text(argument, good)
    }

    /// Attributes.
    pub fn attributes(
        &self,
        argument: &str,
        good: impl FnOnce() -> *mut WDF_OBJECT_ATTRIBUTES,
    ) -> *mut WDF_OBJECT_ATTRIBUTES {
        match self.mistake {
            Mistake::Attributes(wrong) if self.is_wrong(argument) => mistaken(good(), wrong),
            _ => good(),
        }
    }

    /// What is never wrong, unless the table says how.
    pub fn given<T>(&self, _argument: &str, good: impl FnOnce() -> T) -> T {
        good()
    }
}

fn malformed(good: *mut UNICODE_STRING, mistake: TextMistake) -> *mut UNICODE_STRING {
    // SAFETY: a good value is a string of its own.
    let good = unsafe { good.read() };
    keep(match mistake {
        TextMistake::OddLength => UNICODE_STRING { Length: good.Length - 1, ..good },
        TextMistake::OddMaximumLength => UNICODE_STRING { MaximumLength: good.MaximumLength - 1, ..good },
        TextMistake::NoBuffer => UNICODE_STRING { Buffer: null_mut(), ..good },
        TextMistake::LongerThanMaximum => UNICODE_STRING { Length: good.MaximumLength + 2, ..good },
    })
}

/// A context type.
fn context_type(name: bool) -> WDF_OBJECT_CONTEXT_TYPE_INFO {
    WDF_OBJECT_CONTEXT_TYPE_INFO {
        Size: size_field::<WDF_OBJECT_CONTEXT_TYPE_INFO>(),
        ContextName: if name { c"Context".as_ptr().cast_mut() } else { null_mut() },
        ContextSize: 8,
        UniqueType: std::ptr::null(),
        EvtDriverGetUniqueContextType: None,
    }
}

/// Attributes that are wrong in one way. Good ones that are NULL are as `WDF_OBJECT_ATTRIBUTES_INIT` makes
/// them.
fn mistaken(good: *mut WDF_OBJECT_ATTRIBUTES, wrong: Wrong) -> *mut WDF_OBJECT_ATTRIBUTES {
    // SAFETY: good attributes are NULL or a structure of their own.
    let good = unsafe { good.as_ref() }.copied().unwrap_or_else(|| attributes(null_mut()));
    let typed = |info| WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: keep(info), ..good };
    keep(match wrong {
        Wrong::Null => return null_mut(),
        Wrong::Size => WDF_OBJECT_ATTRIBUTES { Size: good.Size - 1, ..good },
        Wrong::TypeSize => typed(WDF_OBJECT_CONTEXT_TYPE_INFO { Size: 1, ..context_type(true) }),
        Wrong::TypeWithoutName => typed(context_type(false)),
        Wrong::OverrideWithoutType => {
            WDF_OBJECT_ATTRIBUTES { ContextTypeInfo: std::ptr::null(), ContextSizeOverride: 8, ..good }
        }
        Wrong::OverrideTooSmall => {
            WDF_OBJECT_ATTRIBUTES { ContextSizeOverride: 7, ..typed(context_type(true)) }
        }
        // The framework does not even look whether it is one.
        Wrong::Parent => {
            WDF_OBJECT_ATTRIBUTES { ParentObject: std::ptr::without_provenance_mut(0x1000), ..good }
        }
        Wrong::NoParent => WDF_OBJECT_ATTRIBUTES { ParentObject: null_mut(), ..good },
        Wrong::StaleParent => WDF_OBJECT_ATTRIBUTES { ParentObject: GONE.load(Ordering::Relaxed), ..good },
        Wrong::NoLevel => WDF_OBJECT_ATTRIBUTES { ExecutionLevel: Level::WdfExecutionLevelInvalid, ..good },
        Wrong::LevelTooLarge => {
            WDF_OBJECT_ATTRIBUTES { ExecutionLevel: Level::WdfExecutionLevelDispatch + 1, ..good }
        }
        Wrong::NoScope => {
            WDF_OBJECT_ATTRIBUTES { SynchronizationScope: Scope::WdfSynchronizationScopeInvalid, ..good }
        }
        Wrong::ScopeTooLarge => {
            WDF_OBJECT_ATTRIBUTES { SynchronizationScope: Scope::WdfSynchronizationScopeNone + 1, ..good }
        }
        Wrong::Scope => {
            WDF_OBJECT_ATTRIBUTES { SynchronizationScope: Scope::WdfSynchronizationScopeDevice, ..good }
        }
        Wrong::Level => WDF_OBJECT_ATTRIBUTES { ExecutionLevel: Level::WdfExecutionLevelPassive, ..good },
    })
}

/// What `FxValidateObjectAttributes` answers.
fn status_of(wrong: Wrong) -> NTSTATUS {
    match wrong {
        Wrong::Size | Wrong::TypeSize => STATUS_INFO_LENGTH_MISMATCH,
        Wrong::Parent => STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED,
        Wrong::Null | Wrong::NoParent | Wrong::StaleParent => STATUS_WDF_PARENT_NOT_SPECIFIED,
        Wrong::Scope => STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID,
        Wrong::Level => STATUS_WDF_EXECUTION_LEVEL_INVALID,
        _ => STATUS_WDF_OBJECT_ATTRIBUTES_INVALID,
    }
}

/// What a framework function answers.
pub trait Answer: Copy + PartialEq + std::fmt::Debug {
    /// Whether a call that has no effect may answer this.
    fn is_nothing(self) -> bool;
    /// Whether good arguments may be answered with this.
    fn is_good(self) -> bool {
        true
    }
    /// The answer that tells a status; `None` if the function tells none.
    fn of_status(_: NTSTATUS) -> Option<Self> {
        None
    }
}

impl Answer for () {
    fn is_nothing(self) -> bool {
        true
    }
}

/// A status, or a number that is none.
impl Answer for i32 {
    fn is_nothing(self) -> bool {
        self == 0
    }
    fn is_good(self) -> bool {
        self >= 0
    }
    fn of_status(status: NTSTATUS) -> Option<Self> {
        Some(status)
    }
}

macro_rules! numbers {
    ($($number:ty)+) => {$(
        impl Answer for $number {
            fn is_nothing(self) -> bool {
                self == 0
            }
        }
    )+};
}

numbers! { i8 u8 u32 u64 }

impl<T> Answer for *mut T {
    fn is_nothing(self) -> bool {
        self.is_null()
    }
}
