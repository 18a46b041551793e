//! Entry functions of the self-managed I/O machine (`selfmanagediostatemachine.cpp`).

use wdk_portable::{NTSTATUS, STATUS_SUCCESS};

use crate::machines::actions::Callback;
use crate::machines::table::State;
use crate::machines::tables::events::SelfManagedIoEvent;
use crate::machines::tables::self_managed_io::SelfManagedIo;
use crate::machines::{Cause, Machines};
use crate::schedule::lock;

impl Machines {
    /// Gives the machine an event. The answer is the driver's, success where no callback runs.
    pub(super) fn self_managed_io(&self, event: SelfManagedIoEvent) -> NTSTATUS {
        let mut state = lock(&self.self_managed_io);
        self.shared().self_managed_status = STATUS_SUCCESS;
        let from = *state;
        if let Some((_, to)) = from.row().on.iter().find(|(on, _)| *on == event) {
            self.enter(from, Cause::Event(format!("{event:?}")), *to, |next| *state = next);
        }
        self.shared().self_managed_status
    }

    fn call_self_managed(
        &self,
        callback: Callback,
        good: SelfManagedIo,
        bad: SelfManagedIo,
    ) -> SelfManagedIo {
        let status = self.actions.callback(callback);
        self.shared().self_managed_status = status;
        if status >= 0 { good } else { bad }
    }
}

pub fn init(machines: &Machines) -> Option<SelfManagedIo> {
    use SelfManagedIo::{InitFailed, Started};
    Some(machines.call_self_managed(Callback::SelfManagedIoInit, Started, InitFailed))
}

pub fn restarting(machines: &Machines) -> Option<SelfManagedIo> {
    use SelfManagedIo::{Failed, Started};
    Some(machines.call_self_managed(Callback::SelfManagedIoRestart, Started, Failed))
}

pub fn suspending(machines: &Machines) -> Option<SelfManagedIo> {
    use SelfManagedIo::{Failed, Stopped};
    Some(machines.call_self_managed(Callback::SelfManagedIoSuspend, Stopped, Failed))
}

pub fn flushing(machines: &Machines) -> Option<SelfManagedIo> {
    machines.actions.callback(Callback::SelfManagedIoFlush);
    Some(SelfManagedIo::Flushed)
}

pub fn cleanup(machines: &Machines) -> Option<SelfManagedIo> {
    machines.actions.callback(Callback::SelfManagedIoCleanup);
    Some(SelfManagedIo::Final)
}
