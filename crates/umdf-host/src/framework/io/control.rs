//! Starting, stopping, draining and purging queues.

use wdk_portable::{
    _WDF_IO_QUEUE_STATE as QueueState, NTSTATUS, PFN_WDF_IO_QUEUE_STATE, PULONG, STATUS_DELETE_PENDING,
    STATUS_INVALID_DEVICE_REQUEST, STATUS_SUCCESS, ULONG, WDF_IO_QUEUE_STATE, WDFCONTEXT, WDFQUEUE,
};

use super::{Notice, Queue};
use crate::framework::device::Device;
use crate::framework::{Handle, Pointer, Stop};
use crate::host::{Host, host};
use crate::io::present;
use crate::io::stop::{self, Change};
use crate::rules::Rule;

fn resolve(host: &Host, queue: Pointer<wdk_portable::WDFQUEUE__>) -> Result<Handle, Stop> {
    let state = host.state();
    let handle = state.objects.resolve::<Queue>(host, queue, "Queue")?;
    Ok(handle)
}

/// Begins a change of the queue. Only one may be waited for at a time, and none of a deleted queue.
fn begin(host: &Host, queue: Handle, change: Change, notice: Option<Notice>) -> Result<(), Stop> {
    {
        let mut state = host.state();
        let name = state.objects.name(queue);
        let deleted = state.objects.object(queue).is_some_and(|object| object.deleted);
        let Some(body) = state.objects.get_mut::<Queue>(queue) else { return Err(Stop::NoEffect) };
        let waiter = if change.stops() { &mut body.stopped } else { &mut body.purged };
        if deleted || (notice.is_some() && waiter.is_some()) {
            let why = if deleted { "it is being deleted" } else { "an earlier one has not finished" };
            return Err(host.violation(Rule::QueueFatal, format!("{change} of {name} while {why}")));
        }
        if notice.is_some() {
            *waiter = notice;
        }
    }
    stop::change(self::host(), queue, change);
    Ok(())
}

fn asynchronously(
    host: &Host,
    queue: Pointer<wdk_portable::WDFQUEUE__>,
    change: Change,
    function: PFN_WDF_IO_QUEUE_STATE,
    context: Pointer<std::ffi::c_void>,
) -> Result<(), Stop> {
    let queue = resolve(host, queue)?;
    let notice = function
        .map(|function| Notice { function: Some(function), context: context.raw().expose_provenance() });
    begin(host, queue, change, notice)
}

fn synchronously(host: &Host, queue: Pointer<wdk_portable::WDFQUEUE__>, change: Change) -> Result<(), Stop> {
    let queue = resolve(host, queue)?;
    begin(host, queue, change, Some(Notice::default()))?;
    let done = host.wait(host.hang_limit(), |state| {
        let queue = state.objects.get::<Queue>(queue);
        let waiter = queue.and_then(|queue| if change.stops() { queue.stopped } else { queue.purged });
        waiter.is_none().then_some(())
    });
    if done.is_none() {
        let name = host.state().objects.name(queue);
        host.end(format!("{change} of {name} was not done before the deadline"));
    }
    Ok(())
}

/// A count as the driver's type has it.
fn count(number: usize) -> ULONG {
    ULONG::try_from(number).unwrap_or(ULONG::MAX)
}

ddi! {
    /// What the queue does, and how many requests it and the driver have.
    fn WdfIoQueueGetState(
        host,
        Queue: WDFQUEUE,
        QueueRequests: PULONG,
        DriverRequests: PULONG,
    ) -> WDF_IO_QUEUE_STATE {
        let state = host.state();
        let handle = state.objects.resolve::<Queue>(host, Queue, "Queue")?;
        let queue = state.objects.get::<Queue>(handle).ok_or(Stop::NoEffect)?;
        let presenting = state.objects.get::<Device>(queue.device).is_some_and(|device| device.presenting);
        QueueRequests.write_if_any(count(queue.waiting.len()));
        DriverRequests.write_if_any(count(queue.owned.len()));
        let facts = [
            (queue.accepting, QueueState::WdfIoQueueAcceptRequests),
            (queue.dispatching, QueueState::WdfIoQueueDispatchRequests),
            (queue.waiting.is_empty(), QueueState::WdfIoQueueNoRequests),
            (queue.owned.is_empty(), QueueState::WdfIoQueueDriverNoRequests),
            (queue.power_managed && !presenting, QueueState::WdfIoQueuePnpHeld),
        ];
        Ok(facts.iter().filter(|(holds, _)| *holds).map(|(_, bit)| bit).sum())
    }

    /// Takes and presents requests again.
    fn WdfIoQueueStart(host, Queue: WDFQUEUE) {
        let queue = resolve(host, Queue)?;
        stop::start(self::host(), queue);
        Ok(())
    }

    /// Presents no more requests.
    fn WdfIoQueueStop(host, Queue: WDFQUEUE, StopComplete: PFN_WDF_IO_QUEUE_STATE, Context: WDFCONTEXT) {
        asynchronously(host, Queue, Change::Stop, StopComplete, Context)
    }

    /// Presents no more requests and waits until the driver owns none.
    fn WdfIoQueueStopSynchronously(host, Queue: WDFQUEUE) {
        synchronously(host, Queue, Change::Stop)
    }

    /// Takes no more requests; presents those it has.
    fn WdfIoQueueDrain(host, Queue: WDFQUEUE, DrainComplete: PFN_WDF_IO_QUEUE_STATE, Context: WDFCONTEXT) {
        asynchronously(host, Queue, Change::Drain, DrainComplete, Context)
    }

    /// Takes no more requests and waits until all are done.
    fn WdfIoQueueDrainSynchronously(host, Queue: WDFQUEUE) {
        synchronously(host, Queue, Change::Drain)
    }

    /// Takes no more requests and cancels those it has and those the driver has.
    fn WdfIoQueuePurge(host, Queue: WDFQUEUE, PurgeComplete: PFN_WDF_IO_QUEUE_STATE, Context: WDFCONTEXT) {
        asynchronously(host, Queue, Change::Purge, PurgeComplete, Context)
    }

    /// As `WdfIoQueuePurge`, and waits until all are done.
    fn WdfIoQueuePurgeSynchronously(host, Queue: WDFQUEUE) {
        synchronously(host, Queue, Change::Purge)
    }

    /// Presents no more requests, still takes them, and cancels those that are there now.
    fn WdfIoQueueStopAndPurge(
        host,
        Queue: WDFQUEUE,
        StopAndPurgeComplete: PFN_WDF_IO_QUEUE_STATE,
        Context: WDFCONTEXT,
    ) {
        asynchronously(host, Queue, Change::StopAndPurge, StopAndPurgeComplete, Context)
    }

    /// As `WdfIoQueueStopAndPurge`, and waits until the driver owns none.
    fn WdfIoQueueStopAndPurgeSynchronously(host, Queue: WDFQUEUE) {
        synchronously(host, Queue, Change::StopAndPurge)
    }

    /// Tells the driver whenever a manual queue is no longer empty; NULL ends that, which needs a
    /// stopped queue.
    fn WdfIoQueueReadyNotify(
        host,
        Queue: WDFQUEUE,
        QueueReady: PFN_WDF_IO_QUEUE_STATE,
        Context: WDFCONTEXT,
    ) -> NTSTATUS {
        let queue = {
            let mut state = host.state();
            let handle = state.objects.resolve::<Queue>(host, Queue, "Queue")?;
            let deleted = state.objects.object(handle).is_some_and(|object| object.deleted);
            let queue = state.objects.get_mut::<Queue>(handle).ok_or(Stop::NoEffect)?;
            if !queue.is_manual() {
                return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
            }
            if deleted {
                return Err(Stop::Status(STATUS_DELETE_PENDING));
            }
            let off = QueueReady.is_none();
            if off != queue.ready.is_some() || (off && queue.dispatching) {
                return Err(Stop::Status(STATUS_INVALID_DEVICE_REQUEST));
            }
            queue.ready = QueueReady.map(|function| Notice {
                function: Some(function),
                context: Context.raw().expose_provenance(),
            });
            handle
        };
        present::present(self::host(), queue);
        Ok(STATUS_SUCCESS)
    }
}
