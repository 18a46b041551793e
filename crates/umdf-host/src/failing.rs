//! Framework calls that fail because the scenario says so: the driver gets the status and nothing else happens.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use wdk_portable::NTSTATUS;

use crate::scenario::Status;

pub mod table;

/// A framework call that fails.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FailingCall {
    /// The function.
    pub function: String,
    /// Which of its calls in a host process, from 1.
    #[serde(default = "first")]
    pub nth: u64,
    /// What it returns.
    pub status: Status,
}

const fn first() -> u64 {
    1
}

/// The failing calls of a host process.
#[derive(Default)]
pub struct FailingCalls {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    wanted: Vec<FailingCall>,
    made: BTreeMap<&'static str, u64>,
}

impl FailingCalls {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says which calls fail, counted from here.
    pub fn set(&self, wanted: &[FailingCall]) {
        *self.lock() = Inner { wanted: wanted.to_vec(), made: BTreeMap::new() };
    }

    /// The driver calls a function: what it gets, if the call fails.
    pub fn next(&self, function: &'static str) -> Option<NTSTATUS> {
        let mut inner = self.lock();
        if inner.wanted.is_empty() {
            return None;
        }
        let made = inner.made.entry(function).or_default();
        *made += 1;
        let nth = *made;
        let fails = inner.wanted.iter().find(|call| call.function == function && call.nth == nth);
        fails.map(|call| call.status.0)
    }
}

#[cfg(test)]
mod tests {
    use wdk_portable::STATUS_INSUFFICIENT_RESOURCES;

    use super::*;

    #[test]
    fn each_function_has_a_count_of_its_own() {
        let calls = FailingCalls::default();
        let status = Status(STATUS_INSUFFICIENT_RESOURCES);
        calls.set(&[FailingCall { function: "WdfTimerCreate".into(), nth: 2, status }]);
        let made =
            ["WdfTimerCreate", "WdfWaitLockCreate", "WdfWaitLockCreate", "WdfTimerCreate", "WdfTimerCreate"];
        let failed = made.map(|function| calls.next(function).is_some());
        assert_eq!(failed, [false, false, false, true, false]);
        calls.set(&[]);
        assert_eq!(calls.next("WdfTimerCreate"), None);
    }
}
