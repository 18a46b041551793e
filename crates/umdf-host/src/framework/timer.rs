//! `wdftimer.h`. The clockwork is in [`crate::timer`].

use std::mem::offset_of;
use std::sync::MutexGuard;
use std::time::Duration;

use wdk_portable::{
    _WDF_EXECUTION_LEVEL, BOOLEAN, LONGLONG, NTSTATUS, PFN_WDF_TIMER, PWDF_OBJECT_ATTRIBUTES,
    PWDF_TIMER_CONFIG, STATUS_INVALID_DEVICE_REQUEST, STATUS_INVALID_PARAMETER, STATUS_NOT_IMPLEMENTED,
    STATUS_NOT_SUPPORTED, STATUS_SUCCESS, WDF_TIMER_CONFIG, WDFOBJECT, WDFTIMER,
};

use super::attributes::{self, Allowed};
use super::objects::Handle;
use super::{Stop, callbacks, serialize};
use crate::history::Actor;
use crate::host::{Host, State};
use crate::own::{self, ThreadId};
use crate::rules::Rule;
use crate::timer::{Expiry, relative};

/// Sizes of the older versions of WDF_TIMER_CONFIG: without UseHighResolutionTimer, and without
/// everything from TolerableDelay on.
const OLDER_CONFIGS: [usize; 2] =
    [offset_of!(WDF_TIMER_CONFIG, UseHighResolutionTimer), offset_of!(WDF_TIMER_CONFIG, TolerableDelay)];

/// A timer.
pub struct Timer {
    function: PFN_WDF_TIMER,
    period: u32,
    parent: Handle,
    /// The object whose lock its callback takes.
    lock: Option<Handle>,
    /// Its callbacks come by a work item.
    passive: bool,
    /// The start that is pending.
    armed: Option<u64>,
    /// How often it was due, and no thread has taken that up.
    due: u32,
    /// The work item waits.
    queued: bool,
    /// Who runs its callback: several threads, if it expired again meanwhile.
    running: Vec<ThreadId>,
    /// A WdfTimerStop waits for the callback; whether a start was ignored meanwhile.
    stopping: Option<bool>,
}

/// Start `number` of the timer is due: runs the callback on a thread of the pool.
pub fn expire(host: &'static Host, handle: Handle, number: u64) {
    let mut state = host.state();
    let Some(timer) = state.objects.get_mut::<Timer>(handle) else { return };
    if timer.armed != Some(number) {
        return;
    }
    timer.armed = (timer.period > 0)
        .then(|| host.timers.start(host, Expiry::Timer(handle), Duration::from_millis(timer.period.into())));
    timer.due += 1;
    host.pool.spawn(Actor::Timer, move || take_up(host, handle));
}

/// Runs the callback, or queues the work item that does.
fn take_up(host: &'static Host, handle: Handle) {
    let mut state = host.state();
    let Some(timer) = state.objects.get_mut::<Timer>(handle) else { return };
    // A stop may have cancelled it.
    let Some(due) = timer.due.checked_sub(1) else { return };
    timer.due = due;
    if !timer.passive {
        run(host, handle, state);
    } else if !std::mem::replace(&mut timer.queued, true) {
        // One that waits already stands for this one too (FxSystemWorkItem::TryToEnqueue).
        host.pool.spawn(Actor::Timer, move || run(host, handle, host.state()));
    }
}

/// Runs the callback once. The state is locked from where it was decided, so that no stop comes in between.
fn run(host: &'static Host, handle: Handle, mut state: MutexGuard<'_, State>) {
    let Some(timer) = state.objects.get_mut::<Timer>(handle) else { return };
    timer.queued = false;
    timer.running.push(own::thread());
    let (function, lock) = (timer.function, timer.lock.filter(|_| timer.function.is_some()));
    drop(state);
    serialize::with(host, lock, || callbacks::timer(function, handle));
    if let Some(timer) = host.state().objects.get_mut::<Timer>(handle) {
        timer.running.retain(|thread| *thread != own::thread());
    }
    host.notify();
}

/// Stops the timer and waits for its callback, unless this is called from it.
pub fn stop_before_deletion(host: &Host, handle: Handle) {
    if disarm(host, handle).is_some() {
        finish_callbacks(host, handle);
    }
}

/// Whether the timer was armed; `None` if it is no timer.
fn disarm(host: &Host, handle: Handle) -> Option<bool> {
    let mut state = host.state();
    Some(state.objects.get_mut::<Timer>(handle)?.armed.take().is_some())
}

/// Begins or ends a stop that waits; the answer is whether a start was ignored.
fn set_stopping(host: &Host, handle: Handle, stopping: bool) -> bool {
    host.state()
        .objects
        .get_mut::<Timer>(handle)
        .is_some_and(|timer| std::mem::replace(&mut timer.stopping, stopping.then_some(false)) == Some(true))
}

/// Waits for the callbacks that have begun, and for the one whose work item waits. What nobody has taken up is
/// cancelled (MxTimer::FlushQueuedDpcs).
fn finish_callbacks(host: &Host, handle: Handle) {
    if let Some(timer) = host.state().objects.get_mut::<Timer>(handle) {
        timer.due = 0;
    }
    let me = own::thread();
    let idle = host.wait(host.hang_limit(), |state| {
        let timer = state.objects.get::<Timer>(handle);
        let is_idle = |timer: &Timer| !timer.queued && timer.running.is_empty();
        timer.is_none_or(|timer| is_idle(timer) || timer.running.contains(&me)).then_some(())
    });
    if idle.is_none() {
        let name = host.state().objects.name(handle);
        host.end(format!("the callback of {name} did not return before the deadline"));
    }
}

ddi! {
    /// Makes a timer.
    fn WdfTimerCreate(
        host,
        Config: PWDF_TIMER_CONFIG,
        Attributes: PWDF_OBJECT_ATTRIBUTES,
        Timer: *mut WDFTIMER,
    ) -> NTSTATUS {
        let mut state = host.state();
        let parent = attributes::required_parent(host, &state.objects, Attributes)?;
        Config.require(host, "Config")?;
        Timer.require(host, "Timer")?;
        let config =
            Config.read_any_version(host, "Config", &OLDER_CONFIGS, WDF_TIMER_CONFIG::default())?;
        if config.Period > i32::MAX as u32 {
            return Err(Stop::Status(STATUS_INVALID_PARAMETER));
        }
        if config.UseHighResolutionTimer != 0 {
            return Err(Stop::Status(STATUS_NOT_IMPLEMENTED));
        }
        let allowed = Allowed { parent_required: true, level: true, ..Allowed::default() };
        let attributes = attributes::check(host, &state.objects, Attributes, allowed)?;
        let passive = attributes.level == Some(_WDF_EXECUTION_LEVEL::WdfExecutionLevelPassive);
        if config.Period > 0 && passive {
            return Err(Stop::Status(STATUS_NOT_SUPPORTED));
        }
        if state.objects.device_above(parent).is_none() {
            return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
        }
        let automatic = config.AutomaticSerialization != 0;
        let body = Timer {
            function: config.EvtTimerFunc,
            period: config.Period,
            parent,
            lock: serialize::effective_lock(host, &state.objects, parent, automatic, passive)?,
            passive,
            armed: None,
            due: 0,
            queued: false,
            running: Vec::new(),
            stopping: None,
        };
        let timer = state.objects.create(host, body, None, attributes);
        Timer.write(host, "Timer", timer.raw())?;
        Ok(STATUS_SUCCESS)
    }

    /// Starts the timer anew; the answer is whether it was started already.
    fn WdfTimerStart(host, Timer: WDFTIMER, DueTime: LONGLONG) -> BOOLEAN {
        let mut state = host.state();
        let handle = state.objects.resolve::<Timer>(host, Timer, "Timer")?;
        if state.objects.object(handle).is_some_and(|object| object.deleted) {
            let message = format!("WdfTimerStart({}), which is being deleted", state.objects.name(handle));
            return Err(host.violation(Rule::TimerStartRunningDown, message));
        }
        let Some(timer) = state.objects.get_mut::<Timer>(handle) else { return Err(Stop::NoEffect) };
        if let Some(start_aborted) = &mut timer.stopping {
            *start_aborted = true;
            return Ok(0);
        }
        let number = host.timers.start(crate::host::host(), Expiry::Timer(handle), relative(DueTime));
        Ok(timer.armed.replace(number).is_some().into())
    }

    /// Stops the timer; the answer is whether it was started. Starts while this waits are ignored.
    fn WdfTimerStop(host, Timer: WDFTIMER, Wait: BOOLEAN) -> BOOLEAN {
        let (handle, in_callback, name) = {
            let state = host.state();
            let handle = state.objects.resolve::<Timer>(host, Timer, "Timer")?;
            let timer = state.objects.get::<Timer>(handle);
            let in_callback = timer.is_some_and(|timer| timer.running.contains(&own::thread()));
            (handle, in_callback, state.objects.name(handle))
        };
        if Wait != 0 && in_callback {
            let message = format!("WdfTimerStop({name}) from its own callback would wait for itself");
            return Err(host.violation(Rule::TimerStopInCallback, message));
        }
        if Wait == 0 {
            return Ok(disarm(host, handle).unwrap_or(false).into());
        }
        set_stopping(host, handle, true);
        let armed = disarm(host, handle).unwrap_or(false);
        finish_callbacks(host, handle);
        Ok((set_stopping(host, handle, false) || armed).into())
    }

    /// The object that the timer was made for.
    fn WdfTimerGetParentObject(host, Timer: WDFTIMER) -> WDFOBJECT {
        let state = host.state();
        let handle = state.objects.resolve::<Timer>(host, Timer, "Timer")?;
        let timer = state.objects.get::<Timer>(handle).ok_or(Stop::NoEffect)?;
        Ok(timer.parent.raw())
    }
}
