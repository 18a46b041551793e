//! The rules that the driver breaks, how, and what the host says: the tests of the rules look here whether each
//! is broken somewhere.

use umdf_host::rules::Rule as R;

use super::plan::{Command, Fallible};

/// What the driver does wrong.
#[derive(Clone, Copy, Debug)]
pub enum Mistake {
    /// A callback returns STATUS_NOT_SUPPORTED.
    NotSupported(Fallible),
    /// Commands that do not go together.
    Commands(&'static [Command]),
}

pub const TRIPS: &[(R, &str, Mistake)] = &[
    (
        R::PnpStatusNotSupported,
        "EvtDevicePrepareHardware returned",
        Mistake::NotSupported(Fallible::PrepareHardware),
    ),
    (
        R::PnpStatusNotSupported,
        "EvtDeviceReleaseHardware returned",
        Mistake::NotSupported(Fallible::ReleaseHardware),
    ),
    (R::PnpStatusNotSupported, "EvtDeviceQueryStop returned", Mistake::NotSupported(Fallible::QueryStop)),
    (R::PnpStatusNotSupported, "EvtDeviceQueryRemove returned", Mistake::NotSupported(Fallible::QueryRemove)),
    (R::ResumeIdleUnbalanced, "nothing keeps device0 in D0", Mistake::Commands(&[Command::ResumeIdle])),
    (
        R::ResumeIdleUnbalanced,
        "nothing keeps device0 in D0",
        Mistake::Commands(&[Command::StopIdle, Command::ResumeIdleNoTrack, Command::ResumeIdleNoTrack]),
    ),
];
