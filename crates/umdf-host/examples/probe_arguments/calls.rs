//! The calls of the table.

use std::ptr::{null, null_mut};

use wdk_sys::{
    _MEMORY_CACHING_TYPE as CacheType, _SECURITY_IMPERSONATION_LEVEL as Level,
    _WDF_DEVICE_HWACCESS_TARGET_SIZE as Size, _WDF_DEVICE_HWACCESS_TARGET_TYPE as Type,
    _WDF_DEVICE_IO_TYPE as IoType, _WDF_EVENT_TYPE as EventType, _WDF_FILEOBJECT_CLASS as FileClass,
    _WDF_INTERRUPT_POLICY as Policy, _WDF_INTERRUPT_PRIORITY as Priority,
    _WDF_IO_TARGET_PURGE_IO_ACTION as PurgeAction, _WDF_IO_TARGET_SENT_IO_ACTION as SentAction,
    _WDF_IO_TARGET_STATE as TargetState, _WDF_REQUEST_TYPE as RequestType, DEVICE_REGISTRY_PROPERTY as Old,
    STATUS_ACCESS_DENIED, STATUS_ACCESS_VIOLATION, STATUS_BUFFER_OVERFLOW, STATUS_BUFFER_TOO_SMALL,
    STATUS_CANCELLED, STATUS_INFO_LENGTH_MISMATCH, STATUS_INTEGER_OVERFLOW, STATUS_INVALID_BUFFER_SIZE,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER,
    STATUS_INVALID_PARAMETER_4, STATUS_NO_SUCH_FILE, STATUS_NOT_FOUND, STATUS_NOT_IMPLEMENTED,
    STATUS_NOT_SUPPORTED, STATUS_OBJECT_NAME_EXISTS, STATUS_OBJECT_NAME_INVALID,
    STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_PATH_INVALID, STATUS_OBJECT_TYPE_MISMATCH,
    STATUS_POWER_STATE_INVALID, STATUS_RESOURCE_DATA_NOT_FOUND,
};

use crate::bad::{
    Answer, STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL, STATUS_WDF_NO_CALLBACK, STATUS_WDF_PARENT_NOT_SPECIFIED,
};
use crate::good::{self, KEY_CREATE_SUB_KEY};
use crate::rows::{Mistake, Row};
use crate::says::expect;
use crate::wdf::{HARDWARE_KEY, KEY_READ, wdf};

/// Says what it thinks of an answer. `good` is the answer to good arguments, `other` that to a mistake which
/// the table describes; without them the function may choose.
fn judge<T: Answer>(row: &Row, answer: T, good: impl FnOnce() -> Option<T>, other: Option<T>) {
    let name = format!("{}: {} {:?}", row.function.name, row.argument, row.mistake);
    let expected = match row.mistake {
        Mistake::None => good(),
        Mistake::Other(..) => other,
        _ => row.status().and_then(T::of_status),
    };
    match expected {
        // With its rule switched off a mistake may do nothing at all.
        Some(expected) if crate::is_without_rules() && answer != expected => {
            expect(&format!("{name} {answer:?}"), answer.is_nothing(), true);
        }
        Some(expected) => expect(&name, answer, expected),
        None if row.mistake == Mistake::None => expect(&format!("{name} {answer:?}"), answer.is_good(), true),
        None => expect(&format!("{name} {answer:?}"), answer.is_nothing(), true),
    }
}

/// What a mistake is answered with, if the table says it.
macro_rules! answer {
    (R ($answer:expr)) => {
        Some($answer)
    };
    (B ($rule:literal, $answer:expr)) => {
        Some($answer)
    };
    ($class:ident ($rule:literal)) => {
        None
    };
}

macro_rules! perform {
    ($header:literal:
        $($function:ident $(at $place:ident)? $(order [$($order:ident),*])? $(never $never:ident)? (
            $($argument:ident: $kind:ident $good:expr
                $(=> allows [$($allowed:ident),*])?
                $(=> [$($what:literal: $value:expr => $class:ident $outcome:tt),* $(,)?])?
            ),* $(,)?
        ) $(= $expected:expr)?;)+
    ) => {
        |row| match row.function.name {
            $(stringify!($function) => {
                let answer = wdf!($function $(, match row.other(stringify!($argument)) {
                    $($(Some($what) => $value,)*)?
                    _ => row.$kind(stringify!($argument), || $good),
                })*);
                let good = || [$(Some($expected),)? None][0];
                let other = None$($($(.or_else(|| {
                    (row.other(stringify!($argument)) == Some($what)).then(|| answer!($class $outcome)).flatten()
                }))*)?)*;
                judge(row, answer, good, other);
            })+
            other => expect("a function of the table", other, ""),
        }
    };
}

/// Makes the call of a row.
pub fn perform(row: &Row) {
    const HEADERS: &[fn(&Row)] = &for_each_header!(perform);
    let place = crate::rows::headers().iter().position(|header| *header == row.function.header);
    if let Some(call) = place.and_then(|place| HEADERS.get(place)) {
        call(row);
    }
    good::tidy(row);
}
