//! What the PnP and the power manager can do with a device.

use std::fmt;

use crate::machines::tables::pnp::Pnp;

/// What the PnP and the power manager can do with a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Starts it.
    Start,
    /// Asks whether it may be stopped.
    QueryStop,
    /// It is not stopped after all.
    CancelStop,
    /// Stops it, to assign other resources.
    Stop,
    /// Starts it again, at other addresses.
    Restart,
    /// Asks whether it may be removed.
    QueryRemove,
    /// It is not removed after all.
    CancelRemove,
    /// Removes it.
    Remove,
    /// Tells that it is gone.
    SurpriseRemove,
    /// The system goes to sleep.
    Sleep,
    /// The system comes back.
    Resume,
    /// The system shuts down.
    Shutdown,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "start",
            Self::QueryStop => "query-stop",
            Self::CancelStop => "cancel-stop",
            Self::Stop => "stop",
            Self::Restart => "restart",
            Self::QueryRemove => "query-remove",
            Self::CancelRemove => "cancel-remove",
            Self::Remove => "remove",
            Self::SurpriseRemove => "surprise-remove",
            Self::Sleep => "sleep",
            Self::Resume => "resume",
            Self::Shutdown => "shutdown",
        })
    }
}

impl Request {
    /// States of the PnP machine in which the PnP manager sends it. Elsewhere it would never end.
    pub fn states(self) -> &'static [Pnp] {
        use crate::machines::table::State;
        use Pnp::{
            FailedWaitForRemove, Init, InitQueryRemove, QueryRemovePending, QueryStopPending, Started,
            Stopped,
        };
        match self {
            Self::Start => &[Init, Started, Stopped, FailedWaitForRemove],
            Self::QueryStop => &[Started],
            Self::CancelStop => &[QueryStopPending, Started],
            Self::Stop => &[QueryStopPending],
            Self::Restart => &[Stopped, FailedWaitForRemove],
            Self::QueryRemove => &[Init, Started],
            Self::CancelRemove => &[InitQueryRemove, QueryRemovePending, Started],
            Self::Remove => &[Init, InitQueryRemove, Started, QueryRemovePending, FailedWaitForRemove],
            Self::SurpriseRemove => {
                &[Init, Started, QueryStopPending, Stopped, QueryRemovePending, FailedWaitForRemove]
            }
            Self::Sleep | Self::Resume | Self::Shutdown => Pnp::ALL,
        }
    }
}
