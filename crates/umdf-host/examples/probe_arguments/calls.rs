//! The calls of the table.

use std::ptr::null_mut;

use wdk_sys::{
    _SECURITY_IMPERSONATION_LEVEL as Level, _WDF_IO_TARGET_PURGE_IO_ACTION as PurgeAction,
    _WDF_IO_TARGET_SENT_IO_ACTION as SentAction, _WDF_IO_TARGET_STATE as TargetState, STATUS_CANCELLED,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_OBJECT_NAME_NOT_FOUND,
};

use crate::bad::Answer;
use crate::good;
use crate::rows::{Mistake, Row};
use crate::says::expect;
use crate::wdf::wdf;

/// Says what it thinks of an answer.
fn judge<T: Answer>(row: &Row, answer: T, expected: Option<T>) {
    let Row { function, argument, mistake } = row;
    let name = format!("{}: {argument} {mistake:?}", function.name);
    match (mistake, expected) {
        (Mistake::None, Some(expected)) => expect(&name, answer, expected),
        (Mistake::None, None) => expect(&format!("{name} {answer:?}"), answer.is_good(), true),
        _ => expect(&format!("{name} {answer:?}"), answer.is_nothing(), true),
    }
}

macro_rules! perform {
    ($($header:literal:
        $($function:ident $(order [$($order:ident),*])? $(never $never:ident)? (
            $($argument:ident: $kind:ident $good:expr),* $(,)?
        ) $(= $expected:expr)?;)+
    )+) => {
        /// Makes the call of a row.
        pub fn perform(row: &Row) {
            match row.function.name {
                $($(stringify!($function) => {
                    let answer = wdf!($function $(, row.$kind(stringify!($argument), $good))*);
                    let expected = [$(Some($expected),)? None][0];
                    judge(row, answer, expected);
                })+)+
                other => expect("a function of the table", other, ""),
            }
        }
    };
}

for_each_call!(perform);
