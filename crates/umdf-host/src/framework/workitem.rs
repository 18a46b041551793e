//! `wdfworkitem.h`.

use wdk_portable::{
    NTSTATUS, PFN_WDF_WORKITEM, PWDF_OBJECT_ATTRIBUTES, PWDF_WORKITEM_CONFIG, STATUS_INVALID_DEVICE_REQUEST,
    STATUS_INVALID_PARAMETER, STATUS_SUCCESS, WDFOBJECT, WDFWORKITEM,
};

use super::attributes::{self, Allowed};
use super::objects::Handle;
use super::{Stop, callbacks, object, serialize};
use crate::history::Actor;
use crate::host::Host;
use crate::own::{self, ThreadId};
use crate::rules::Rule;

/// A work item.
pub struct WorkItem {
    function: PFN_WDF_WORKITEM,
    parent: Handle,
    /// The object whose lock its callback takes.
    lock: Option<Handle>,
    /// A run is pending.
    queued: bool,
    /// Who runs the callback: more than one thread, if it was queued again meanwhile.
    running: Vec<ThreadId>,
}

impl WorkItem {
    fn is_idle(&self) -> bool {
        !self.queued && self.running.is_empty()
    }
}

/// Runs the callback once.
fn run(host: &'static Host, handle: Handle) {
    let me = own::thread();
    let (function, lock) = {
        let mut state = host.state();
        let Some(item) = state.objects.get_mut::<WorkItem>(handle) else { return };
        item.queued = false;
        item.running.push(me);
        (item.function, item.lock)
    };
    serialize::with(host, lock, || callbacks::work_item(function, handle));
    if let Some(item) = host.state().objects.get_mut::<WorkItem>(handle) {
        item.running.retain(|thread| *thread != me);
    }
    object::release(host, handle);
    host.notify();
}

/// Waits until the work item neither runs nor is going to.
fn wait_until_idle(host: &Host, handle: Handle) {
    let idle = host.wait(host.hang_limit(), |state| {
        state.objects.get::<WorkItem>(handle).is_none_or(WorkItem::is_idle).then_some(())
    });
    if idle.is_none() {
        let name = host.state().objects.name(handle);
        host.end(format!("the callback of {name} did not return before the deadline"));
    }
}

/// Waits for the callback, unless this is called from it. Nothing, if the object is no work item.
pub fn finish_before_deletion(host: &Host, handle: Handle) {
    let in_callback = {
        let state = host.state();
        let Some(item) = state.objects.get::<WorkItem>(handle) else { return };
        item.running.contains(&own::thread())
    };
    if !in_callback {
        wait_until_idle(host, handle);
    }
}

ddi! {
    /// Makes a work item.
    fn WdfWorkItemCreate(
        host,
        Config: PWDF_WORKITEM_CONFIG,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        WorkItem: *mut WDFWORKITEM,
    ) -> NTSTATUS {
        let mut state = host.state();
        let parent = attributes::required_parent(host, &state.objects, Attributes)?;
        Config.require(host, "Config")?;
        WorkItem.require(host, "WorkItem")?;
        let config = Config.read_sized(host, "Config")?;
        if config.EvtWorkItemFunc.is_none() {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        let allowed = Allowed { parent_required: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, Attributes, allowed)?;
        if state.objects.device_above(parent).is_none() {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        let automatic = config.AutomaticSerialization != 0;
        let lock = serialize::effective_lock(host, &state.objects, parent, automatic, true)?;
        let body =
            WorkItem { function: config.EvtWorkItemFunc, parent, lock, queued: false, running: Vec::new() };
        let item = state.objects.create(host, body, None, attributes);
        WorkItem.write(host, "WorkItem", item.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Lets the work item run once more; nothing, if a run is pending already.
    fn WdfWorkItemEnqueue(host, WorkItem: WDFWORKITEM) {
        let mut state = host.state();
        let handle = state.objects.resolve::<WorkItem>(host, WorkItem, "WorkItem")?;
        let deleted = state.objects.object(handle).is_some_and(|object| object.deleted);
        let name = state.objects.name(handle);
        let Some(item) = state.objects.get_mut::<WorkItem>(handle) else { return Err(Stop::NoEffect) };
        if item.queued {
            return Ok(());
        }
        if deleted {
            let message = format!("WdfWorkItemEnqueue({name}), which is being deleted");
            return Err(host.violation(Rule::WorkItemEnqueueRunningDown, message));
        }
        item.queued = true;
        if let Some(object) = state.objects.object_mut(handle) {
            // The run's own; its end gives it up.
            object.references += 1;
        }
        let host = crate::host::host();
        host.pool.spawn(Actor::WorkItem, move || run(host, handle));
        Ok(())
    }

    /// The object that the work item was made for.
    fn WdfWorkItemGetParentObject(host, WorkItem: WDFWORKITEM) -> WDFOBJECT {
        let state = host.state();
        let handle = state.objects.resolve::<WorkItem>(host, WorkItem, "WorkItem")?;
        let item = state.objects.get::<WorkItem>(handle).ok_or(Stop::NoEffect)?;
        Ok(item.parent.raw())
    }

    /// Waits until the work item neither runs nor is going to.
    fn WdfWorkItemFlush(host, WorkItem: WDFWORKITEM) {
        let handle = {
            let state = host.state();
            let handle = state.objects.resolve::<WorkItem>(host, WorkItem, "WorkItem")?;
            let item = state.objects.get::<WorkItem>(handle).ok_or(Stop::NoEffect)?;
            if item.running.contains(&own::thread()) {
                let name = state.objects.name(handle);
                let message = format!("WdfWorkItemFlush({name}) from its own callback would wait for itself");
                return Err(host.violation(Rule::WorkItemFlushInCallback, message));
            }
            handle
        };
        wait_until_idle(host, handle);
        Ok(())
    }
}
