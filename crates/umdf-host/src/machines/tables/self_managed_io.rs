//! The machine of the self-managed I/O callbacks.
//!
//! Names, numbers and transitions are those of `selfmanagediostatemachine.cpp` in
//! microsoft/Windows-Driver-Frameworks (`src/framework/shared/irphandlers/pnp`, MIT; see `licences/NOTICE`).
//! What only a bus driver's entry function returns is left out.

use super::super::entry::self_managed_io as entry;
use super::super::table::states;
use super::events::SelfManagedIoEvent;

states! {
    /// The machine of the self-managed I/O callbacks.
    pub enum SelfManagedIo "self-managed I/O" (SelfManagedIoEvent);
    prefix "FxSelfManagedIo";
    priority [];
    singular [];
    Created 1 Closed on { Cleanup => Final, Flush => Created, Start => Init };
    Init 2 Closed enter init -> [Created, InitFailed, InitStartedFailedPost, Started];
    InitFailed 3 Closed on { Flush => Flushing, Suspend => InitFailed };
    InitStartedFailedPost 4 Closed absent ClassExtension -> [InitFailed];
    Started 5 Closed on { Suspend => Suspending };
    Suspending 6 Closed enter suspending -> [Failed, Stopped];
    Stopped 7 Closed on { Flush => Flushing, Start => Restarting, Suspend => Stopped };
    Restarting 8 Closed enter restarting -> [Failed, RestartedFailedPost, Started];
    RestartedFailedPost 9 Closed absent ClassExtension -> [Failed];
    Failed 10 Closed on { Flush => Flushing, Suspend => Failed };
    Flushing 11 Closed enter flushing -> [Flushed];
    Flushed 12 Closed on { Cleanup => Cleanup, Flush => Flushed, Start => Restarting };
    Cleanup 13 Closed enter cleanup -> [Final];
    Final 14 Closed;
}
