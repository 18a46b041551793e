//! Writes scenario files.

use serde::Serialize;

use super::{Device, Scenario, Step};
use crate::failing::FailingCall;
use crate::ioctl::Names;

/// The file, in the order in which people read it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct File<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preemptions: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    any_status: bool,
    device: &'a [Device],
    #[serde(skip_serializing_if = "Names::is_empty")]
    ioctls: &'a Names,
    #[serde(skip_serializing_if = "<[FailingCall]>::is_empty")]
    fail: &'a [FailingCall],
    #[serde(skip_serializing_if = "<[Step]>::is_empty")]
    step: &'a [Step],
}

impl Scenario {
    /// The text of a file that says the same.
    ///
    /// # Errors
    /// TOML has no room for a number: its greatest is 2^63 - 1.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let Self { title, devices, ioctls, plan, any_status, failing, steps } = self;
        toml::to_string(&File {
            title,
            seed: plan.map(|plan| plan.seed),
            preemptions: plan.and_then(|plan| plan.preemptions),
            any_status: *any_status,
            device: devices,
            ioctls,
            fail: failing,
            step: steps,
        })
    }
}
